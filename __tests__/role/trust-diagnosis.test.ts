import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainDenial } from '../../src/role/access-denied.ts';
import { explainRefusal } from '../../src/role/trust-diagnosis.ts';
import type { TokenClaims } from '../../src/role/trust-diagnosis.ts';

const role = 'arn:aws-cn:iam::123456789012:role/ci';
const claims: TokenClaims = {
  iss: 'https://token.actions.githubusercontent.com',
  aud: 'sts.amazonaws.com',
  sub: 'repo:octo-org/octo-repo:ref:refs/heads/main',
  repository: 'octo-org/octo-repo',
  repository_id: '740000074',
  repository_owner_id: '650065',
  ref: 'refs/heads/main',
  event_name: 'push',
};
const legacy = 'repo:octo-org/octo-repo';
const immutable = 'repo:octo-org@650065/octo-repo@740000074';

const table: [claims: Partial<TokenClaims>, suspicion: RegExp | undefined, subjects: string | string[]][] = [
  [{}, undefined, [`${legacy}:ref:refs/heads/main`, `${immutable}:ref:refs/heads/main`]],
  [
    { sub: `${immutable}:ref:refs/heads/main` },
    /The subject has ids/,
    [`${legacy}:ref:refs/heads/main`, `${immutable}:ref:refs/heads/main`],
  ],
  [
    { sub: `${legacy}:pull_request` },
    /pull request/,
    [`${legacy}:pull_request`, `${immutable}:pull_request`],
  ],
  [
    { sub: `${legacy}:environment:prod`, environment: 'prod' },
    /names an environment/,
    [`${legacy}:environment:prod`, `${immutable}:environment:prod`],
  ],
  [
    { sub: `${legacy}:ref:refs/tags/v1` },
    /runs for a tag/,
    [`${legacy}:ref:refs/tags/v1`, `${immutable}:ref:refs/tags/v1`],
  ],
  [{ sub: 'repository_owner:octo-org:custom' }, /subject was customised/, 'repository_owner:octo-org:custom'],
  [
    { aud: 'https://example.com' },
    /The audience is 'https:\/\/example\.com'/,
    [`${legacy}:ref:refs/heads/main`, `${immutable}:ref:refs/heads/main`],
  ],
];

test('a refused job is told who it is, what is likely wrong, and the narrowest policy that admits it', () => {
  for (const [more, suspicion, subjects] of table) {
    const said = explainRefusal(role, { ...claims, ...more });
    const [first = ''] = /^ {2}- .*$/m.exec(said) ?? [];
    if (suspicion) assert.match(first, suspicion);
    const policy: {
      Statement: { Principal: object; Condition: { StringEquals: Record<string, unknown> } }[];
    } = JSON.parse(said.slice(said.indexOf('{')));
    const statement = policy.Statement.at(0);
    assert.ok(statement);
    assert.deepEqual(statement.Condition.StringEquals['token.actions.githubusercontent.com:sub'], subjects);
    assert.deepEqual(statement.Principal, {
      Federated: 'arn:aws-cn:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
    });
  }
});

const user =
  'User: arn:aws:sts::1:assumed-role/ci/s is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:x:1:repository/a';
const denials: [message: string, says: RegExp][] = [
  [
    `${user} because no identity-based policy allows the ecr:PutImage action`,
    /^The role lacks ecr:PutImage on arn:aws:ecr:x:1:repository\/a\.\n/,
  ],
  [`${user} with an explicit deny in a service control policy`, /^A service control policy/],
  [`${user} with an explicit deny in an identity-based policy`, /^A policy denies it explicitly/],
  [`${user} because no session policy allows the ecr:PutImage action`, /^The session was narrowed/],
  [`${user} because no permissions boundary allows the ecr:PutImage action`, /permissions boundary/],
  ['no words that are known', /^The role lacks the action\.\n/],
];

test('a denied call is told who denies it and what to paste', () => {
  for (const [message, says] of denials) {
    const said = explainDenial(message, { Version: '2012-10-17', Statement: [] });
    assert.match(said, says);
    assert.match(said, /"Statement": \[\]/);
  }
});
