import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCache } from '../../src/cache/inputs.ts';
import { readerOf } from '../../src/validation/reader.ts';

const role = { region: 'eu-central-1', arns: ['arn:aws:iam::123456789012:role/ci'] };

function read(given: Record<string, string>, around: object = {}) {
  const hidden: string[] = [];
  const reader = readerOf(input => given[input] ?? '');
  const layers = readCache(reader, {
    service: { reads: true, writes: true, v2: true },
    architecture: 'amd64',
    repository: { type: 'private' },
    role,
    hide: secret => void hidden.push(secret),
    ...around,
  });
  return { layers, hidden, faults: reader.close()?.message ?? '' };
}

const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const fips = host.replace('ecr', 'ecr-fips');
const repositories: [text: string, expected: string | RegExp, around?: object][] = [
  ['team/caches', 'team/caches'],
  [`${host}/team/caches`, 'team/caches'],
  ['arn:aws:ecr:eu-central-1:123456789012:repository/team/caches', 'team/caches'],
  [`${host.replace('eu', 'us')}/team/caches`, /is not in the region of the image, eu-central-1/],
  [`${host.replace('123', '999')}/team/caches`, /is not in the registry of the image, 123456789012/],
  [
    `${host}/team/caches`,
    /is not in the registry of the image, 210987654321/,
    { repository: { type: 'private', registryId: '210987654321' } },
  ],
  [
    `${host}/team/caches`,
    /names an account, .*Give its name alone, team\/caches, or that account in `registry-id`/,
    { role: { ...role, arns: [] } },
  ],
  [`${fips}/team/caches`, /names another host than `repository`, which leaves it to ECR/],
  [`${fips}/team/caches`, 'team/caches', { repository: { type: 'private', host: fips } }],
  ['public.ecr.aws/octo/caches', /is in ECR Public/],
  ['team/caches', /is in a private registry/, { repository: { type: 'public' } }],
  ['Team/Caches', 'team/caches'],
  [`${host}/Team/Caches`, 'team/caches'],
  ['Team/caches!', /Did you mean 'team\/caches'/],
];

for (const [text, expected, around] of repositories) {
  test(`cache-repository: ${text} ${around === undefined ? '' : JSON.stringify(around)}`, () => {
    const { layers, faults } = read({ 'cache-repository': text }, around);
    if (expected instanceof RegExp) assert.match(faults, expected);
    else assert.deepEqual([layers.repository, faults], [expected, '']);
  });
}

const refused: [given: Record<string, string>, fault: RegExp][] = [
  [
    { 'cache-repository': 'a/b', 'cache-from': 'type=gha', 'cache-to': 'type=gha' },
    /cache-repository: 'a\/b' would not be used, as `cache-from` and `cache-to` take its place/,
  ],
  [{ 'cache-repository': 'a/b', cache: 'gha' }, /would not be used with `cache: gha`/],
  [{ cache: 'gha', 'cache-from': 'type=gha', 'cache-to': 'type=gha' }, /^An input.*cache: 'gha' would not/],
  [{ 'cache-from': 'a=b' }, /'a=b' is not a cache of buildx/],
  [{ 'cache-to': 'type=registry,ref=/team/app:c,mode=max' }, /has a reference without a registry.*is empty/],
  [{ 'cache-from': '"ref=",type=registry' }, /has a reference without a registry/],
];

test('what would not be used, or is no cache, is refused', () => {
  for (const [given, fault] of refused) assert.match(read(given).faults, fault);
});

const secrets: [line: string, shown: string][] = [
  ['type=s3,region=x,secret_access_key=Hush,bucket=b', 'type=s3,region=x,secret_access_key=…'],
  ['type=azblob,Secret_Access_Key=Hush', 'type=azblob,Secret_Access_Key=…'],
  ['type=gha,"token=Hush",scope=a', 'type=gha,token=…'],
];

test('a secret is refused, hidden, and not shown by its own refusal', () => {
  for (const [line, shown] of secrets) {
    for (const input of ['cache-from', 'cache-to']) {
      const { faults, hidden } = read({ [input]: line });
      assert.ok(faults.includes(`${input}: '${shown}' has a secret in it`), faults);
      assert.doesNotMatch(faults, /Hush/);
      assert.deepEqual(hidden, ['Hush']);
    }
  }
});
