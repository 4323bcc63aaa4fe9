import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCopies } from '../../src/copies/inputs.ts';
import type { CopyInputs } from '../../src/copies/plan.ts';
import type { Inputs } from '../../src/plan.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { inputs } from '../sample.ts';

const otherRole = 'arn:aws:iam::210987654321:role/copy';
const policy = '{"Statement":[{"Effect":"Allow"}]}';
const lifecycle = JSON.stringify({
  rules: [{ rulePriority: 1, description: 'x'.repeat(60), selection: {}, action: { type: 'expire' } }],
});

function read(text: string, more: Partial<Pick<Inputs, 'mode' | 'repository' | 'role'>> = {}) {
  const reader = readerOf(input => (input === 'copy-to' ? text : ''));
  const files: Record<string, string> = { 'policy.json': policy, 'lifecycle.json': lifecycle };
  const { mode, repository, role } = { ...inputs, ...more };
  const contentOf = (given: string) => ({ value: files[given] ?? given });
  const copies = readCopies(reader, { mode, repository, role, contentOf });
  const refusal = reader.close();
  return { copies, faults: refusal === undefined ? undefined : refusal.message };
}

const taken: [line: string, destination: CopyInputs][] = [
  ['region=us-east-1', { name: 'team/app', region: 'us-east-1' }],
  ['team/other', { name: 'team/other', region: 'eu-central-1' }],
  ['repository=us-east-1', { name: 'us-east-1', region: 'eu-central-1' }],
  [
    'region=cn-north-1,role-to-assume=arn:aws-cn:iam::210987654321:role/copy',
    {
      name: 'team/app',
      region: 'cn-north-1',
      registryId: '210987654321',
      role: { arn: 'arn:aws-cn:iam::210987654321:role/copy' },
    },
  ],
  [
    '210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/app',
    { name: 'team/app', region: 'eu-west-1', registryId: '210987654321' },
  ],
  [
    '210987654321.dkr-ecr.eu-west-1.on.aws/team/app',
    {
      name: 'team/app',
      region: 'eu-west-1',
      registryId: '210987654321',
      host: '210987654321.dkr-ecr.eu-west-1.on.aws',
    },
  ],
  [
    'arn:aws:ecr:eu-west-1:210987654321:repository/team/app',
    { name: 'team/app', region: 'eu-west-1', registryId: '210987654321' },
  ],
  [
    `repository=Team/Prod, region=us-east-1, role-to-assume=${otherRole}, role-chaining=true, role-external-id=abc, create=false`,
    {
      name: 'team/prod',
      region: 'us-east-1',
      registryId: '210987654321',
      lowered: '`copy-to` is taken in lower case, as ECR wants names: team/prod',
      role: { arn: otherRole, chaining: true, externalId: 'abc' },
      create: false,
    },
  ],
  [
    'region=us-east-1,registry-id=210987654321,kms-key=alias/images,repository-policy=policy.json,lifecycle-policy=lifecycle.json,create-repository=true',
    {
      name: 'team/app',
      region: 'us-east-1',
      registryId: '210987654321',
      create: true,
      encryption: { type: 'KMS', key: 'alias/images' },
      repositoryPolicy: policy,
      lifecyclePolicy: lifecycle,
    },
  ],
  [
    'region=us-east-1,encryption-type=KMS_DSSE',
    { name: 'team/app', region: 'us-east-1', encryption: { type: 'KMS_DSSE' } },
  ],
];

test('a line of `copy-to` is an address or attributes, and what it leaves out is as in `repository`', () => {
  for (const [line, destination] of taken)
    assert.deepEqual(read(line), { copies: [destination], faults: undefined }, line);
  assert.deepEqual(
    read(
      `# far away\n\n${taken
        .map(([line]) => line)
        .slice(0, 3)
        .join('\n')}`,
    ).copies.length,
    3,
  );
  assert.deepEqual(read(''), { copies: [], faults: undefined });
});

const key = 'arn:aws:kms:eu-central-1:123456789012:key/0b9b8c8e-1111-2222-3333-444455556666';
const source = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app';
const narrow = { ...inputs.role, allowedAccountIds: ['123456789012'] };
const publicRepository = { ...inputs.repository, type: 'public' as const };

const refused: [lines: string, fault: RegExp, more?: Parameters<typeof read>[1]][] = [
  ['region=eu', /copy-to: 'region=eu' has the region 'eu', which is not a region/],
  ['regoin=us-east-1', /has 'regoin', which `copy-to` does not take.*Did you mean 'region'\?/],
  ['us_east/App!', /has the repository 'us_east\/App!', which has '!'/],
  ['registry-id=12', /has the registry-id '12', which is not an account id/],
  [
    'us-east-1',
    /'us-east-1', which is a region and no repository\. Write region=us-east-1; for a repository/,
  ],
  [
    '210987654321',
    /is an account and no repository\. Write registry-id=210987654321, or the role-to-assume=/,
  ],
  [
    '210987654321@us-east-1',
    /is an account and no repository\. Write region=us-east-1,registry-id=210987654321,/,
  ],
  [
    '210987654321.dkr.ecr.us-east-1.amazonaws.com',
    /is a registry and no repository\. Add the name, such as \S+\/team\/app/,
  ],
  ['region=us-east-1;create=false', /which is not a region\. Give its code, such as eu-central-1\.$/m],
  [
    'region=us-east-1,region=us-west-2',
    /says 'region' twice\. Say it once; give each item a line of its own/,
  ],
  ['region=us-east-1,role-to-assume=copy', /has the role-to-assume 'copy', which is not a role's ARN/],
  ['region=us-east-1,role-chaining=yes', /which is not a boolean/],
  ['region=us-east-1,role-chaining=true', /has 'role-chaining' and no role/],
  ['region=us-east-1,role-external-id=abc', /has 'role-external-id' and no role/],
  [
    `region=us-east-1,role-to-assume=${otherRole},role-external-id=abc`,
    /has 'role-external-id', and a role that GitHub's OIDC assumes takes none.*`role-chaining=true`/,
  ],
  ['region=us-east-1,create=true,create-repository=false', /both to create the repository and not to/],
  ['region=cn-north-1', /is in the partition aws-cn of AWS, and the role that copies there is of aws\. /],
  [`region=us-gov-west-1,role-to-assume=${otherRole}`, /is in the partition aws-us-gov of AWS/],
  [`region=us-east-1,kms-key=${key}`, /has a key in eu-central-1, and its repository is in us-east-1/],
  [
    'region=us-east-1,kms-key=alias/x,encryption-type=AES256',
    /has 'kms-key', which `encryption-type=AES256`/,
  ],
  [
    'region=us-east-1,repository-policy=gone.json',
    /has the repository-policy 'gone.json', which is neither JSON/,
  ],
  [
    'region=us-east-1,lifecycle-policy=policy.json',
    /has the lifecycle-policy 'policy.json', which has no rules/,
  ],
  [
    'arn:aws:ecr:eu-west-1:210987654321:repository/team/app,region=us-east-1',
    /has the region 'us-east-1', and the address of its repository is in eu-west-1/,
  ],
  [
    'arn:aws:ecr:eu-west-1:210987654321:repository/team/app,registry-id=123456789012',
    /has the registry-id '123456789012', and the address of its repository is in 210987654321/,
  ],
  ['public.ecr.aws/octo/app', /is a repository of ECR Public, to which nothing is copied/],
  ['ghcr.io/octo/app', /begins with 'ghcr.io', which is no address of a registry in ECR/],
  [source, /is `repository` itself.*Leave this line out/],
  ['team/app', /'team\/app' is `repository` itself/],
  ['region=us-east-1\nregion=us-east-1,create=false', /is the same repository as 'region=us-east-1'/],
  [
    `region=us-east-1,registry-id=123456789012\nregion=us-east-1`,
    /is the same repository as 'region=us-east-1,registry-id=123456789012'/,
  ],
  [
    'region=us-east-1,registry-id=210987654321',
    /is in account 210987654321, which `allowed-account-ids` does not name.*Allowed: 123456789012/,
    { role: narrow },
  ],
  [
    `region=us-east-1,registry-id=123456789012,role-to-assume=${otherRole}`,
    /is in account 210987654321, which `allowed-account-ids` does not name/,
    { role: narrow },
  ],
  [
    Array.from({ length: 51 }, (_, at) => `team/app-${at}`).join('\n'),
    /copy-to: '51 lines' are too many destinations.*50 at most/,
  ],
  ['region=us-east-1', /has no place in `mode: build`.*`mode: merge`/, { mode: 'build' }],
  ['region=us-east-1', /`repository` is one of ECR Public/, { repository: publicRepository }],
  ['region="us-east-1"', /has quotes inside the field/],
];

test('each line that cannot be used is one clear error', () => {
  for (const [lines, fault, more] of refused) {
    const { faults = 'none' } = read(lines, more);
    assert.match(faults, fault);
    assert.match(faults, /^An input needs a change: /, faults);
  }
});

test('all lines that cannot be used are told at once', () => {
  const { copies, faults } = read('region=us-east-1\nregion=eu\nregion=us\nteam/app');
  assert.match(faults ?? '', /^3 inputs need a change:/);
  assert.deepEqual(
    copies.map(({ region }) => region),
    ['us-east-1', 'eu-central-1'],
  );
});
