import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDrift } from '../../src/report/drift-table.ts';
import { fit } from '../../src/report/markdown.ts';
import { driftOf, sayDrift } from '../../src/repository/drift.ts';
import type { CurrentSettings } from '../../src/repository/drift.ts';
import type { AskedSettings } from '../../src/repository/plan.ts';
import { policyFor } from '../../src/repository/repository-policy.ts';

const owner = { partition: 'aws', account: '123456789012' };
const nothing: AskedSettings = { tags: {}, pullAccounts: [], pullServices: [] };
const found: CurrentSettings = {
  mutability: { setting: 'MUTABLE', exclusions: [] },
  scanning: { onPush: false, by: "the repository's own setting" },
  encryption: { type: 'AES256' },
  tags: { team: 'web', other: 'stays' },
  lifecyclePolicy: '{"rules":[{"rulePriority":1,"action":{"type":"expire"}}]}',
  repositoryPolicy:
    '{"Version":"2012-10-17","Statement":{"Sid":"Theirs","Effect":"Deny","Action":["a","b"]}}',
  catalog: { description: 'An app', architectures: ['x86-64', 'ARM 64'] },
};

const table: [asked: Partial<AskedSettings>, drift: RegExp[]][] = [
  [{}, []],
  [{ mutability: 'MUTABLE' }, []],
  [
    { mutability: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['b', 'a'] },
    [
      /^image-tag-mutability: asked IMMUTABLE_WITH_EXCLUSION, is MUTABLE$/,
      /^image-tag-mutability-exclusions: asked b, a, is none$/,
    ],
  ],
  [{ exclusions: ['a'] }, [/-exclusions: asked a, is none \(the repository is MUTABLE: .* which way round/]],
  [{ scanOnPush: false }, []],
  [{ scanOnPush: true }, [/^scan-on-push: asked true, is false, by the repository's own setting$/]],
  [{ encryption: { type: 'AES256' } }, []],
  [{ encryption: { type: 'KMS' } }, [/^encryption-type: asked KMS, is AES256 \(ECR fixes it when/]],
  [{ tags: { team: 'web' } }, []],
  [
    { tags: { team: 'api', stage: 'x' } },
    [/asked team=api, is team=web/, /asked stage=x, is no tag 'stage'/],
  ],
  [{ lifecyclePolicy: '{ "rules": [{ "action": { "type": "expire" }, "rulePriority": 1 }] }' }, []],
  [
    { lifecyclePolicy: '{"rules":[{"rulePriority":2},{"rulePriority":1}]}' },
    [/asked 2 rules, is another: 1 rule$/],
  ],
  [
    {
      repositoryPolicy:
        '{"Statement":[{"Action":["b","a"],"Effect":"Deny","Sid":"Theirs"}],"Version":"2012-10-17"}',
    },
    [],
  ],
  [
    { pullAccounts: ['210987654321'] },
    [/^pull-accounts and pull-services: asked 2 statements, is another: 1 st/],
  ],
  [{ catalog: { architectures: ['ARM 64', 'x86-64'] } }, []],
  [{ catalog: { description: 'Another' } }, [/catalog-data: description: asked "Another", is "An app"/]],
];

test('only what was asked for is compared, and policies by what they say', () => {
  for (const [asked, expected] of table) {
    const drift = driftOf({ ...nothing, ...asked }, found, owner).map(sayDrift);
    assert.equal(drift.length, expected.length, drift.join('\n'));
    for (const [index, each] of expected.entries()) assert.match(drift[index] ?? '', each);
  }
});

test('who asks for the tag setting alone says nothing of its filters, and the other way round', () => {
  const exclusions = ['buildcache*', 'latest'];
  const immutable = { ...found, mutability: { setting: 'IMMUTABLE_WITH_EXCLUSION' as const, exclusions } };
  const mutable = { ...found, mutability: { setting: 'MUTABLE_WITH_EXCLUSION' as const, exclusions } };
  const count = (asked: Partial<AskedSettings>, there: CurrentSettings): number =>
    driftOf({ ...nothing, ...asked }, there, owner).length;
  assert.equal(count({ mutability: 'IMMUTABLE_WITH_EXCLUSION' }, immutable), 0);
  assert.equal(count({ exclusions: ['latest', 'buildcache*'] }, mutable), 0);
  assert.equal(count({ exclusions: ['latest'] }, mutable), 1);
  assert.equal(count({ mutability: 'IMMUTABLE_WITH_EXCLUSION' }, mutable), 1);
});

test('an account is the same by its id and its ARN, in whatever partition', () => {
  const policyOf = (...AWS: string[]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'a' }],
    });
  const asked = { ...nothing, repositoryPolicy: policyOf('210987654321', '*') };
  const differs = (...AWS: string[]) =>
    driftOf(asked, { ...found, repositoryPolicy: policyOf(...AWS) }, { ...owner, partition: 'aws-cn' });
  assert.deepEqual(differs('*', 'arn:aws-cn:iam::210987654321:root'), []);
  assert.deepEqual(differs('210987654321', '*'), []);
  assert.equal(differs('arn:aws-cn:iam::123456789012:root', '*').length, 1);
  assert.equal(differs('arn:aws-cn:iam::210987654321:role/ci', '*').length, 1);
});

test("a statement of the user's own stays beside ours", () => {
  const deny = { Sid: 'Own', Effect: 'Deny', Principal: '*', Action: 'ecr:*' };
  const repositoryPolicy = JSON.stringify({ Statement: [deny] });
  const text = policyFor({ ...nothing, repositoryPolicy, pullAccounts: ['210987654321'] }, owner, undefined);
  const { Statement: statements }: { Statement: { Sid: string }[] } = JSON.parse(text ?? '{}');
  assert.deepEqual(
    statements.map(({ Sid }) => Sid),
    ['Own', 'PullAccounts'],
  );
});

const arn = 'arn:aws:kms:eu-central-1:123456789012:key/0b9b8c8e-1111-2222-3333-444455556666';

test('a key is the same by its id and its ARN; an alias cannot be compared', () => {
  const encrypted: CurrentSettings = { ...found, encryption: { type: 'KMS', key: arn } };
  const differs = (key?: string) =>
    driftOf({ ...nothing, encryption: { type: 'KMS', ...(key && { key }) } }, encrypted, owner).length > 0;
  assert.deepEqual(
    [undefined, arn, arn.replace(/.*\//, ''), 'alias/images', arn.replace('0b9b', '1111')].map(differs),
    [false, false, false, false, true],
  );
});

test('what the registry rules decide is said to be theirs', () => {
  const scanned: CurrentSettings = { ...found, scanning: { onPush: true, by: "the registry's rules" } };
  assert.deepEqual(driftOf({ ...nothing, scanOnPush: true }, scanned, owner), []);
  const [drift] = driftOf({ ...nothing, scanOnPush: false }, scanned, owner);
  assert.match(drift?.whyUnchangeable ?? '', /scan rules of the registry decide/);
});

test("ours are known by their Sid: a second run changes nothing, and others' statements stay", () => {
  const asked = { ...nothing, pullAccounts: ['210987654321'], pullServices: ['lambda.amazonaws.com'] };
  const first = policyFor(asked, owner, found.repositoryPolicy) ?? '';
  assert.equal(policyFor(asked, owner, first), first);
  assert.deepEqual(driftOf(asked, { ...found, repositoryPolicy: first }, owner), []);
  assert.deepEqual(JSON.parse(first), {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Theirs', Effect: 'Deny', Action: ['a', 'b'] },
      {
        Sid: 'PullAccounts',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::210987654321:root'] },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      },
      {
        Sid: 'PullLambda',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Condition: {
          ArnLike: {
            'aws:SourceArn': ['arn:aws:lambda:*:123456789012:*', 'arn:aws:lambda:*:210987654321:*'],
          },
        },
      },
    ],
  });
  assert.equal(policyFor(nothing, owner, first), undefined);
});

test('the summary has a row for each setting, and says what becomes of it', () => {
  const asked: AskedSettings = {
    ...nothing,
    mutability: 'IMMUTABLE',
    encryption: { type: 'KMS' },
    lifecyclePolicy: '{"rules":[{"rulePriority":2}]}',
  };
  const drift = driftOf(asked, found, owner);
  const text = fit(describeDrift(drift, 'reconcile'), 100_000);
  assert.match(text, /#### 3 settings are not as asked/);
  assert.match(text, /`image-tag-mutability` \| IMMUTABLE \| MUTABLE \| to be changed to what was asked \|/);
  assert.match(text, /`encryption-type` \| KMS \| AES256 \| left as it is: ECR fixes it/);
  assert.match(text, /`lifecycle-policy` \| 1 rule \| another: 1 rule \| put last/);
  assert.match(text, /<summary><code>lifecycle-policy<\/code> as it was found<\/summary>/);
  assert.match(
    fit(describeDrift(drift, 'report'), 100_000),
    /\| left as it is \|[^]*`on-drift: reconcile` changes what can be changed\./,
  );
  assert.deepEqual(describeDrift([], 'report'), []);
});
