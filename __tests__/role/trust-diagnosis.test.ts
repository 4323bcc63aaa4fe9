import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainingPermissions, explainChain, explainDenial } from '../../src/role/access-denied.ts';
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
const reusable = 'octo-org/workflows/.github/workflows/image.yml@refs/heads/main';
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
    { sub: `${legacy}:ref:refs/heads/main:job_workflow_ref:${reusable}` },
    /subject was customised/,
    [
      `${legacy}:ref:refs/heads/main:job_workflow_ref:${reusable}`,
      `${immutable}:ref:refs/heads/main:job_workflow_ref:${reusable}`,
    ],
  ],
  [
    { sub: `${legacy}:job_workflow_ref:${reusable}` },
    /subject was customised/,
    [`${legacy}:job_workflow_ref:${reusable}`, `${immutable}:job_workflow_ref:${reusable}`],
  ],
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
    } = JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1));
    const statement = policy.Statement.at(0);
    assert.ok(statement);
    assert.deepEqual(statement.Condition.StringEquals['token.actions.githubusercontent.com:sub'], subjects);
    assert.deepEqual(statement.Principal, {
      Federated: 'arn:aws-cn:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
    });
  }
});

test("an enterprise's own issuer is named, in the causes and in the policy", () => {
  const iss = 'https://token.actions.githubusercontent.com/octo-enterprise';
  const said = explainRefusal(role, { ...claims, iss });
  assert.match(said, /the account needs an OIDC provider for https:\/\/token\S+\/octo-enterprise, and/);
  assert.match(said, /oidc-provider\/token\.actions\.githubusercontent\.com\/octo-enterprise"/);
  assert.match(said, /"token\.actions\.githubusercontent\.com\/octo-enterprise:sub": \[/);
});

test('of the claims of a GitHub Enterprise Server AWS compares two, and its issuer is in the policy', () => {
  const said = explainRefusal(role, { ...claims, iss: 'https://github.example.com/_services/token' });
  assert.match(said, /AWS compares aud, sub\.$/m);
  assert.match(said, /"github\.example\.com\/_services\/token:sub": \[/);
});

test('what AWS compares, and whom a policy for every tag admits, is said', () => {
  assert.match(
    explainRefusal(role, claims),
    /such as repository_owner or event_name, which never holds\. AWS compares aud, sub, /,
  );
  assert.doesNotMatch(explainRefusal(role, claims), /whoever may push a tag/);
  const forTag = explainRefusal(role, { ...claims, sub: `${legacy}:ref:refs/tags/v1` });
  assert.match(
    forTag,
    /With refs\/tags\/\* .* admits whoever may push a tag, on any commit: .* ruleset .* environment/,
  );
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

test('an action that no input tells of is in the policy too, such as the one that managed signing needs', () => {
  const statement = {
    Sid: 'Image',
    Effect: 'Allow' as const,
    Action: ['ecr:PutImage'],
    Resource: 'arn:aws:ecr:x:1:repository/a',
  };
  const policy = { Version: '2012-10-17' as const, Statement: [statement] };
  const profile = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/team';
  const said = explainDenial(
    `User: arn:aws:sts::1:assumed-role/ci/s is not authorized to perform: signer:SignPayload on resource: ${profile} because no identity-based policy allows the signer:SignPayload action`,
    policy,
  );
  assert.match(
    said,
    /^The role lacks signer:SignPayload on .*team\.\n.*which no input asks for but the registry's settings may/,
  );
  assert.deepEqual(JSON.parse(said.slice(said.indexOf('{'))), {
    ...policy,
    Statement: [
      statement,
      { Sid: 'Registry', Effect: 'Allow', Action: 'signer:SignPayload', Resource: profile },
    ],
  });
  assert.doesNotMatch(explainDenial(`${user} because no identity-based policy allows`, policy), /Registry/);
});

test('who may not assume a role is told by the name that AWS gave, or as the role before it', () => {
  const policy = { Version: '2012-10-17' as const, Statement: [] };
  const admitted = (before: 'role' | 'keys', caller: string) =>
    explainChain(role, {
      message: `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
      before,
      policy,
    }).match(/has to admit (.*) as a principal[^]*\nand (.*) needs/);
  const builder = 'arn:aws:iam::123456789012:user/builder';
  const session = 'arn:aws:sts::123456789012:assumed-role/machine/i-0123';
  assert.deepEqual(admitted('keys', builder)?.slice(1), [builder, builder]);
  assert.equal(admitted('keys', session)?.[1], 'the role machine of account 123456789012');
  assert.equal(admitted('keys', 'nobody')?.[1], 'the owner of these keys');
  assert.equal(admitted('role', session)?.[1], 'the role before it');
});

test('a trust policy without sts:TagSession is told that it lacks this', () => {
  const said = explainChain(role, {
    message: `User: arn:aws:iam::123456789012:user/builder is not authorized to perform: sts:TagSession on resource: ${role}`,
    before: 'keys',
    policy: chainingPermissions({ tags: { team: 'web' } }, role),
  });
  assert.match(
    said,
    /^Only the tags of the session are refused: .*\nThe trust policy of \S+ has to admit \S+ as a principal for sts:AssumeRole and sts:TagSession, /,
  );
});

test('a user lacks a permission as a role does, and is called what he is', () => {
  const said = explainDenial(
    'User: arn:aws:iam::123456789012:user/builder is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:x',
    { Version: '2012-10-17', Statement: [] },
  );
  assert.match(
    said,
    /^The user lacks ecr:PutImage on arn:aws:ecr:x\.\nAll that these inputs need, for a policy of the user:/,
  );
});
