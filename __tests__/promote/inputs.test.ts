import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPromotion } from '../../src/promote/inputs.ts';
import { planPromotion } from '../../src/promote/plan.ts';
import { promotionPermissions } from '../../src/promote/permissions.ts';
import type { RepositoryInputs } from '../../src/repository/plan.ts';
import { planRole } from '../../src/role/plan.ts';
import type { RoleInputs } from '../../src/role/plan.ts';
import { readMode, repositoryInputReader } from '../../src/validation/mode.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { commit, inputs } from '../sample.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const staging = '111111111111.dkr.ecr.eu-west-1.amazonaws.com';
const sourceRole = 'arn:aws:iam::111111111111:role/reader';

function promote(
  given: Record<string, string>,
  { repository = {}, role = {} }: { repository?: Partial<RepositoryInputs>; role?: Partial<RoleInputs> } = {},
) {
  const reader = readerOf(input => ({ mode: 'promote', ...given })[input] ?? '');
  const options = {
    mode: readMode(reader),
    repository: { ...inputs.repository, ...repository },
    role: { ...inputs.role, ...role },
  };
  return { promotion: readPromotion(reader, options), message: reader.close()?.message ?? '' };
}

const sources: [image: string, role: string, source: string][] = [
  [`${staging}/staging/app@${digest}`, '', `111111111111/eu-west-1/staging/app ${digest}`],
  [`${staging}/staging/app:1.2.3`, '', '111111111111/eu-west-1/staging/app 1.2.3'],
  [`https://${staging}/Staging/App:RC1@${digest}`, '', `111111111111/eu-west-1/staging/app ${digest}`],
  ['111111111111.dkr-ecr.eu-west-1.on.aws/app:1', '', '111111111111/eu-west-1/app 1'],
  ['111111111111.dkr.ecr-fips.us-east-1.amazonaws.com/app:1', '', '111111111111/us-east-1/app 1'],
  [
    `arn:aws:ecr:us-east-1:111111111111:repository/staging/app:1.2.3`,
    '',
    '111111111111/us-east-1/staging/app 1.2.3',
  ],
  // The same name elsewhere is another repository.
  [`${staging}/team/app:1.2.3`, '', '111111111111/eu-west-1/team/app 1.2.3'],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1', '', '123456789012/eu-west-1/team/app 1'],
  // The mere name of a repository is in the account of the role that reads it.
  ['staging/app:1.2.3', '', '-/eu-central-1/staging/app 1.2.3'],
  [`candidates@${digest}`, '', `-/eu-central-1/candidates ${digest}`],
  ['Candidates:v1', '', '-/eu-central-1/candidates v1'],
  ['team/app:1.2.3', sourceRole, '-/eu-central-1/team/app 1.2.3'],
];

test('the image to promote is one of another repository, account or region', () => {
  for (const [image, role, expected] of sources) {
    const { promotion, message } = promote({ image, 'source-role-to-assume': role });
    assert.equal(message, '', image);
    const { repository, region, name } = promotion?.source ?? { repository: { name: '' } };
    const where = `${repository.registryId ?? '-'}/${region}/${repository.name}`;
    assert.equal(`${where} ${Object.values(name ?? {}).join('')}`, expected);
    assert.equal(promotion?.role, role || undefined);
  }
});

test('the mere name of a repository is in the registry that `registry-id` names, unless another role reads it', () => {
  const repository = { registryId: '222222222222' };
  const accountOf = (given: Record<string, string>) =>
    promote({ image: 'staging/app:1', ...given }, { repository }).promotion?.source.repository.registryId;
  assert.equal(accountOf({}), '222222222222');
  assert.equal(accountOf({ 'source-role-to-assume': sourceRole }), undefined);
});

const itself =
  /image: '.*' is an image of 'team\/app' itself.* To judge and release it where it is, set `mode: gate`/;
const faults: [given: Record<string, string>, fault: RegExp][] = [
  [{}, /image: '' is empty, and `mode: promote` copies an image\. Give the image's reference/],
  [{ image: digest }, /names no repository that it is copied from.* set `mode: gate`/],
  [{ image: '1.2.3' }, /names no repository that it is copied from.* set `mode: gate`/],
  [{ image: `${staging}/staging/app` }, /names no image\. Give the image's reference/],
  [{ image: 'staging/app:-x' }, /names no image/],
  [{ image: 'team/app:1.2.3' }, itself],
  [{ image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1' }, itself],
  [{ image: '123456789012.dkr-ecr.eu-central-1.on.aws/Team/App:1' }, itself],
  [{ image: 'team/app:1', 'source-role-to-assume': 'arn:aws:iam::123456789012:role/other' }, itself],
  [{ image: 'ghcr.io/team/app:1' }, /is in no private registry of ECR: .* begins with 'ghcr\.io'/],
  [{ image: '127.0.0.1:5000/team/app:1' }, /is in no private registry of ECR/],
  [{ image: 'public.ecr.aws/team/app:1' }, /is in ECR Public, which does not show the manifests/],
  [
    { image: '111111111111.dkr.ecr.eu-west-1.example.com/app:1' },
    /is in no private registry of ECR: .* no host of a registry in eu-west-1/,
  ],
  [
    { image: '111111111111.dkr.ecr.frankfurt.amazonaws.com/app:1' },
    /is in no private registry of ECR: .* names 'frankfurt', which is not a region/,
  ],
  [
    { image: '111111111111.dkr.ecr.us-gov-west-1.amazonaws.com/app:1' },
    /is in the partition aws-us-gov of AWS, and the role that reads it is of aws\. .*`source-role-to-assume`/,
  ],
  [
    {
      image: 'staging/app:1',
      'source-role-to-assume': 'arn:aws-cn:iam::111111111111:role/reader',
    },
    /is in the partition aws of AWS, and the role that reads it is of aws-cn/,
  ],
  [{ image: 'staging_/app:1' }, /is in no private registry of ECR: .*'_' at its end/],
  [
    { image: 'staging/app:1', 'source-role-to-assume': 'reader' },
    /source-role-to-assume: 'reader' is not a role's ARN/,
  ],
  [
    { mode: 'gate', 'source-role-to-assume': sourceRole },
    /source-role-to-assume: '\S+' is the role that reads the image of `mode: promote`\. Set `mode: promote`/,
  ],
];

test('what cannot be promoted is refused with what to write', () => {
  for (const [given, fault] of faults) assert.match(promote(given).message, fault, JSON.stringify(given));
  const { message } = promote({ image: 'staging/app:1' }, { repository: { type: 'public' } });
  assert.match(message, /mode: 'promote' is not to be had in ECR Public/);
});

test('a role of another partition of AWS reads what is there', () => {
  const image = '111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/staging/app:1';
  const role = 'arn:aws-cn:iam::111111111111:role/reader';
  assert.equal(promote({ image, 'source-role-to-assume': role }).message, '');
});

test('an account that is not allowed is not read from either', () => {
  const role = { allowedAccountIds: ['123456789012'] };
  const image = `${staging}/staging/app:1`;
  for (const [given, input] of [
    [{ image }, 'image'],
    [{ image: 'staging/app:1', 'source-role-to-assume': sourceRole }, 'source-role-to-assume'],
  ] as const) {
    const fault = `allowed-account-ids: '123456789012' does not name 111111111111, the account in \`${input}\``;
    assert.ok(promote(given, { role }).message.includes(fault), input);
  }
  const both = { allowedAccountIds: ['123456789012', '111111111111'] };
  assert.equal(promote({ image }, { role: both }).message, '');
});

test('the settings of the repository are those of one that a build ensures; a gate takes it as it is', () => {
  const faultsIn = (mode: 'promote' | 'gate') => {
    const reader = readerOf(input => ({ 'scan-on-push': 'true' })[input] ?? '');
    repositoryInputReader(mode, reader).optional('scan-on-push', () => undefined);
    return reader.close()?.message ?? '';
  };
  assert.equal(faultsIn('promote'), '');
  assert.match(faultsIn('gate'), /scan-on-push: 'true' has no place in `mode: gate`/);
});

const reading = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const arn = 'arn:aws:ecr:eu-west-1:111111111111:repository/staging/app';
const own = 'arn:aws:iam::123456789012:role/github-ecr-push';

function permissionsOf(given: Record<string, string>, roleInputs: Partial<RoleInputs> = {}) {
  const { promotion, message } = promote({ image: `${staging}/staging/app:1`, ...given });
  assert.ok(promotion, message);
  const role = planRole({ ...inputs.role, ...roleInputs }, commit);
  return promotionPermissions(planPromotion(promotion, role), role);
}

test("to read the image the step's own role needs a statement, and of another account's repository its policy one too", () => {
  assert.deepEqual(permissionsOf({}), {
    own: [{ Sid: 'Source', Effect: 'Allow', Action: reading, Resource: arn }],
    roles: [],
    repositories: [
      {
        repository: arn,
        permissions: {
          Version: '2012-10-17',
          Statement: [{ Sid: 'Promote', Effect: 'Allow', Principal: { AWS: own }, Action: reading }],
        },
      },
    ],
  });
  const { own: statements, repositories } = permissionsOf({ image: 'staging/app:1' });
  const named = statements.map(({ Resource }) => Resource);
  assert.deepEqual(named, ['arn:aws:ecr:eu-central-1:123456789012:repository/staging/app']);
  assert.deepEqual(repositories, []);
});

test('another role reads the image by a policy of its own, and the step may have to assume it', () => {
  const given = { 'source-role-to-assume': sourceRole };
  const permissions = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'Source', Effect: 'Allow', Action: reading, Resource: arn }],
  };
  assert.deepEqual(permissionsOf(given), {
    own: [],
    roles: [{ role: sourceRole, isByOidc: true, permissions }],
    repositories: [],
  });
  assert.deepEqual(permissionsOf(given, { chaining: true }), {
    own: [{ Sid: 'SourceRole', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: sourceRole }],
    roles: [{ role: sourceRole, isByOidc: false, permissions }],
    repositories: [],
  });
});
