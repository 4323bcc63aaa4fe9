import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLowered, readRepository, rejectOtherRegion } from '../../src/repository/inputs.ts';
import { planRepository } from '../../src/repository/plan.ts';
import { readerOf } from '../../src/validation/reader.ts';

const lifecycle = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
      action: { type: 'expire' },
    },
  ],
});
const policy =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:BatchGetImage"}]}';

function read(given: Record<string, string>, place = { region: 'eu-central-1', allowedAccountIds: [''] }) {
  const reader = readerOf(input => given[input] ?? '');
  const files: Record<string, string> = { '.aws/lifecycle.json': `${lifecycle}\n` };
  const contentOf = (text: string) => ({ value: files[text] ?? text });
  const inputs = readRepository(reader, { contentOf, env: given });
  rejectOtherRegion(reader, inputs, { ...place, allowedAccountIds: place.allowedAccountIds.filter(Boolean) });
  return { inputs, faults: reader.close()?.message };
}

const app = { repository: 'team/app' };
const open = { repository: 'public.ecr.aws/octo/app' };

const refused: [given: Record<string, string>, fault: RegExp][] = [
  [{}, /repository: '' is empty/],
  [
    { repository: 'Team/My App' },
    /repository: 'Team\/My App' has ' ' in the part 'my app'.*Did you mean 'team\/my-app'/,
  ],
  [{ repository: 'Größe/App' }, /'Größe\/App' has 'ö' in the part 'größe'/],
  [{ repository: 'Octo-Org/App:Main' }, /ends in ':main', which is an image's/],
  [
    { repository: '123456789012.dkr.ecr.eu-central-1.amazonaws.co/app' },
    /names '\S+\.amazonaws\.co', which is no host of a registry in eu-central-1\. Give the name alone, 'app', or the URI with 123456789012\.dkr\.ecr\.eu-central-1\.amazonaws\.com or 123456789012\.dkr-ecr\.eu-central-1\.on\.aws/,
  ],
  [{ repository: '123456789012.dkr-ecr.eu-central-1.amazonaws.com/app' }, /is no host of a registry in eu-/],
  [
    { repository: '123456789012.dkr.ecr.eu-central-1.amazonaws.com.cn/app' },
    /is no host of a registry in eu-/,
  ],
  [{ repository: '123456789012.dkr-ecr.eu-central-1.on.aws.example/app' }, /is no host of a registry in eu-/],
  [
    { repository: '123456789012.dkr-ecr.us-east-1.on.aws/app' },
    /is not the region of `repository`, us-east-1/,
  ],
  [{ repository: 'ecr-public.aws.com/app' }, /names no registry of ECR Public/],
  [{ repository: 'GHCR.io/Octo/App' }, /begins with 'ghcr\.io'.*such as 'octo\/app'/],
  [{ repository: 'team/app:1.2.3' }, /ends in ':1\.2\.3', which is an image's/],
  [
    { repository: '123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app' },
    /aws-region: 'eu-central-1' is not the region of `repository`, us-east-1/,
  ],
  [
    { repository: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app', 'registry-id': '210987654321' },
    /registry-id: '210987654321' is not the account in `repository`, 123456789012/,
  ],
  [{ ...app, 'registry-id': '1234' }, /'1234' is not an account id/],
  [{ ...open, 'registry-type': 'private' }, /registry-type: 'private' is not the kind.*which is public/],
  [{ ...app, 'registry-type': 'pubic' }, /Did you mean 'public'/],
  [{ ...app, 'image-tag-mutability': 'IMMUTABEL' }, /Did you mean 'IMMUTABLE'/],
  [
    { ...app, 'image-tag-mutability': 'IMMUTABLE', 'image-tag-mutability-exclusions': 'latest' },
    /'latest' are for no repository that is IMMUTABLE.*IMMUTABLE_WITH_EXCLUSION/,
  ],
  [{ ...app, 'image-tag-mutability': 'MUTABLE_WITH_EXCLUSION' }, /names no tag that cannot move/],
  [{ ...app, 'image-tag-mutability-exclusions': 'a,b,c,d,e,f' }, /are too many filters.*5 at most/],
  [{ ...app, 'image-tag-mutability-exclusions': '*a*b*' }, /'\*a\*b\*' is not an exclusion filter/],
  [{ ...app, 'image-tag-mutability-exclusions': 'a b' }, /'a b' is not an exclusion filter/],
  [
    { ...app, 'encryption-type': 'AES256', 'kms-key': 'alias/images' },
    /is not used by `encryption-type: AES256`/,
  ],
  [{ ...app, 'kms-key': 'images' }, /'images' is not a KMS key/],
  [{ ...app, 'repository-tags': 'team' }, /have the line 'team'/],
  [{ ...app, 'repository-tags': 'aws:team=web' }, /no key beginning with 'aws:'/],
  [{ ...app, 'repository-tags': Array.from({ length: 51 }, (_, n) => `k${n}=v`).join('\n') }, /are 51 tags/],
  [{ ...app, 'lifecycle-policy': 'lifecycle.json' }, /'lifecycle.json' is neither JSON nor a file/],
  [{ ...app, 'lifecycle-policy': '{"rules":[{}]}' }, /has 14 characters.*100 to 30720/],
  [{ ...app, 'lifecycle-policy': policy }, /has no rules/],
  [
    { ...app, 'lifecycle-policy': JSON.stringify({ rules: Array.from({ length: 51 }, () => ({ a: 1 })) }) },
    /has 51 rules.*50 at most/,
  ],
  [{ ...app, 'repository-policy': lifecycle }, /has no Statement/],
  [
    { ...app, 'repository-policy': JSON.stringify({ Statement: ['x'.repeat(10_240)] }) },
    /has 10258 characters.*10240/,
  ],
  [{ ...app, 'repository-policy': '{"Statement":[null]}' }, /has a part of its Statement that is no object/],
  [
    {
      ...app,
      'pull-services': 'lambda',
      'repository-policy': '{"Statement":[{"Sid":"PullLambda","Effect":"Deny","Action":"ecr:*"}]}',
    },
    /repository-policy: 'PullLambda' is the Sid of the statement that `pull-accounts` or `pull-services` adds/,
  ],
  [{ ...app, 'repository-tags': 'team=we!b' }, /have the line 'team=we!b'/],
  [{ ...app, 'pull-accounts': '12' }, /'12' is not an account id/],
  [{ ...app, 'pull-services': 'Lambda' }, /'Lambda' is not a service/],
  [{ ...app, 'on-drift': 'repair' }, /on-drift: 'repair' is not one of.*report, reconcile, fail, ignore/],
  [{ ...app, 'allow-lifecycle-expiry': 'true' }, /is for a policy, and there is none/],
  [{ ...app, 'catalog-data': '{"description":"An app"}' }, /is for ECR Public/],
  [{ ...open, 'catalog-data': '{"summary":"An app"}' }, /has 'summary', which is unknown/],
  [{ ...open, 'catalog-data': JSON.stringify({ description: 'x'.repeat(1025) }) }, /'description'.*1,024/],
  [{ ...open, 'scan-on-push': 'true' }, /scan-on-push: 'true' does not exist in ECR Public/],
  [
    { ...open, 'image-tag-mutability': 'MUTABLE' },
    /image-tag-mutability: 'MUTABLE' does not exist in ECR Public/,
  ],
  [{ ...open, 'lifecycle-policy': lifecycle }, /lifecycle-policy: '…' does not exist in ECR Public/],
  [{ ...open, 'encryption-type': 'KMS' }, /encryption-type: 'KMS' does not exist in ECR Public/],
  [{ ...open, 'pull-services': 'lambda' }, /does not exist in ECR Public, where everybody pulls/],
];

test('a repository that cannot be had is told with the input, the value and the way out', () => {
  for (const [given, fault] of refused)
    assert.match(read(given).faults ?? 'no fault', fault, JSON.stringify(given));
});

test('the account of the registry has to be one that the step may act in', () => {
  const { faults } = read(
    { ...app, 'registry-id': '210987654321' },
    { region: 'eu-central-1', allowedAccountIds: ['123456789012'] },
  );
  assert.match(faults ?? '', /'123456789012' does not name 210987654321, the account of the registry/);
});

const addresses: [repository: string, says: object][] = [
  ['team/app', { type: 'private', name: 'team/app' }],
  [
    '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app',
    { type: 'private', name: 'team/app', registryId: '123456789012', region: 'eu-central-1' },
  ],
  [
    '123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com/app',
    {
      type: 'private',
      name: 'app',
      registryId: '123456789012',
      region: 'eu-central-1',
      host: '123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com',
    },
  ],
  [
    'https://123456789012.dkr-ecr.eu-central-1.on.aws/app',
    {
      type: 'private',
      name: 'app',
      registryId: '123456789012',
      region: 'eu-central-1',
      host: '123456789012.dkr-ecr.eu-central-1.on.aws',
    },
  ],
  [
    'ecr-public.aws.com/octo/team/app',
    { type: 'public', name: 'team/app', alias: 'octo', host: 'ecr-public.aws.com' },
  ],
  [
    'arn:aws:ecr:eu-central-1:123456789012:repository/team/app',
    { type: 'private', name: 'team/app', registryId: '123456789012', region: 'eu-central-1' },
  ],
  ['public.ecr.aws/octo/team/app', { type: 'public', name: 'team/app', alias: 'octo' }],
  [
    'arn:aws:ecr-public::123456789012:repository/app',
    { type: 'public', name: 'app', registryId: '123456789012' },
  ],
];

test("a repository is told by its name, its URI or its ARN, whatever the partition's host", () => {
  for (const [repository, says] of addresses) {
    const { inputs, faults } = read({ repository });
    const {
      create: _create,
      asked: _asked,
      onDrift: _onDrift,
      allowExpiry: _allowExpiry,
      ...address
    } = inputs;
    assert.equal(faults, undefined, repository);
    assert.deepEqual(address, says, repository);
  }
});

const lowered: [given: Record<string, string>, name: string, told: string[]][] = [
  [app, 'team/app', []],
  [{ repository: 'Octo-Org/App' }, 'octo-org/app', ['`repository`: octo-org/app']],
  [
    { repository: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/Octo-Org/App' },
    'octo-org/app',
    ['`repository`: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/octo-org/app'],
  ],
  [
    { repository: 'arn:aws:ecr:eu-central-1:123456789012:repository/Octo-Org/App' },
    'octo-org/app',
    ['`repository`: arn:aws:ecr:eu-central-1:123456789012:repository/octo-org/app'],
  ],
  [{ repository: 'public.ecr.aws/Octo/App' }, 'app', ['`repository`: public.ecr.aws/octo/app']],
  [{ ...app, 'cache-repository': 'Team/Caches' }, 'team/app', ['`cache-repository`: team/caches']],
  // A tag keeps its case.
  [{ ...app, image: 'registry.example/Team/App:RC1' }, 'team/app', ['`image`: registry.example/team/app']],
  [{ ...app, image: 'RC1' }, 'team/app', []],
];

test('upper case in the name of a repository is lowered, and the log says so', () => {
  for (const [given, name, told] of lowered) {
    const { inputs, faults } = read(given);
    assert.equal(faults, undefined, JSON.stringify(given));
    assert.equal(inputs.name, name);
    const lines = readLowered(readerOf(input => given[input] ?? ''));
    assert.deepEqual(
      lines,
      told.map(each => each.replace(': ', ' is taken in lower case, as ECR wants names: ')),
    );
  }
});

test('China and other partitions have hosts of their own', () => {
  const repository = '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app';
  const { inputs, faults } = read({ repository }, { region: 'cn-north-1', allowedAccountIds: [] });
  assert.equal(faults, undefined);
  assert.equal(inputs.region, 'cn-north-1');
});

test('a file stands for the policy that it has, and services for their principals', () => {
  const { inputs, faults } = read({
    ...app,
    'lifecycle-policy': '.aws/lifecycle.json',
    'pull-services': 'lambda, codebuild.amazonaws.com, lambda.amazonaws.com',
    'pull-accounts': '210987654321, 210987654321',
    'repository-tags': 'team=web\ncost-centre=a=b',
  });
  assert.equal(faults, undefined);
  assert.deepEqual(inputs.asked, {
    tags: { team: 'web', 'cost-centre': 'a=b' },
    lifecyclePolicy: lifecycle,
    pullAccounts: ['210987654321'],
    pullServices: ['lambda.amazonaws.com', 'codebuild.amazonaws.com'],
  });
});

const settings: [given: Record<string, string>, created: string, exclusions: string[]][] = [
  [{}, 'IMMUTABLE_WITH_EXCLUSION', ['buildcache*']],
  [{ 'image-tag-mutability': 'immutable_with_exclusion' }, 'IMMUTABLE_WITH_EXCLUSION', ['buildcache*']],
  [
    { 'image-tag-mutability-exclusions': 'latest, buildcache*' },
    'IMMUTABLE_WITH_EXCLUSION',
    ['latest', 'buildcache*'],
  ],
  [{ 'image-tag-mutability': 'IMMUTABLE' }, 'IMMUTABLE', []],
  [{ 'image-tag-mutability': 'MUTABLE' }, 'MUTABLE', []],
  [
    { 'image-tag-mutability': 'MUTABLE_WITH_EXCLUSION', 'image-tag-mutability-exclusions': 'v*' },
    'MUTABLE_WITH_EXCLUSION',
    ['v*'],
  ],
];

test('a repository is created immutable but for the cache, unless another setting is asked for', () => {
  for (const [given, setting, exclusions] of settings) {
    const { inputs, faults } = read({ ...app, ...given });
    assert.equal(faults, undefined);
    assert.deepEqual(planRepository(inputs).mutability, { setting, exclusions });
    assert.equal(inputs.asked.mutability === undefined, given['image-tag-mutability'] === undefined);
    assert.equal(
      inputs.asked.exclusions === undefined,
      given['image-tag-mutability-exclusions'] === undefined,
    );
  }
  assert.deepEqual(planRepository(read(open).inputs).mutability, { setting: 'MUTABLE', exclusions: [] });
});
