import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRole } from '../../src/role/inputs.ts';
import { planRole } from '../../src/role/plan.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { commit } from '../sample.ts';

const role = 'arn:aws:iam::123456789012:role/ci';
const next = 'arn:aws:iam::210987654321:role/push';
const policy = '{"Version":"2012-10-17","Statement":[]}';

function read(given: Record<string, string>) {
  const reader = readerOf(input => given[input] ?? '');
  const files: Record<string, string> = { 'policy.json': `${policy}\n` };
  const inputs = readRole(reader, {
    callsAws: true,
    jobRegion: 'eu-central-1',
    environment: {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_WORKFLOW: `Build & push 🚀 ${'x'.repeat(300)}`,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_HEAD_REF: '',
    },
    contentOf: text => ({ value: files[text] ?? text }),
  });
  return { inputs, faults: reader.close()?.message };
}

const keys = { 'aws-access-key-id': 'AKIAEXAMPLE', 'aws-secret-access-key': 'a/secret' };

const refused: [given: Record<string, string>, fault: RegExp][] = [
  [
    { 'role-to-assume': 'ci' },
    /^An input needs a change: role-to-assume: 'ci' is not a role's ARN.*:role\/ci\. Where credentials of the job assume it, set `role-chaining: true` as well/,
  ],
  [{ 'role-to-assume': `${role}\nnope` }, /role-to-assume: 'nope'/],
  [
    { 'role-to-assume': `${role}\n${next}`, 'role-duration-seconds': '3601' },
    /'3601' is out of range.*900 to 3600/,
  ],
  [{ 'role-to-assume': role, 'role-duration-seconds': '43201' }, /900 to 43200/],
  [{ 'role-chaining': 'true' }, /role-chaining: 'true' names no role/],
  [
    { 'role-to-assume': role, 'role-external-id': 'abc' },
    /role-external-id: 'abc' is for a chained role.*`role-chaining: true`/,
  ],
  [{ 'role-to-assume': `${role}\n${next}`, 'role-external-id': 'a b' }, /is not an external id/],
  [
    { 'role-to-assume': role, 'custom-tags': '{"team":"web"}' },
    /custom-tags: .* are for a chained role.*`role-chaining: true`/,
  ],
  [{ 'role-to-assume': `${role}\n${next}`, 'custom-tags': 'team=web' }, /'team=web' are no session tags/],
  [{ 'role-to-assume': `${role}\n${next}`, 'custom-tags': '{"team":1}' }, /are no session tags/],
  [
    { 'role-to-assume': `${role}\n${next}`, 'custom-tags': '{"team":"a","Team":"b"}' },
    /no key twice in another case/,
  ],
  [{ 'role-to-assume': `${role}\n${next}`, 'custom-tags': '{"aws:team":"a"}' }, /none that begins with aws:/],
  [{ 'role-to-assume': `${role}\n${next}`, 'custom-tags': '{"":"a"}' }, /are no session tags/],
  [
    { 'role-to-assume': role, 'role-skip-session-tagging': 'false' },
    /'false' tags a chained role, and there is none.*`role-chaining: true`/,
  ],
  [
    {
      'role-to-assume': `${role}\n${next}`,
      'role-skip-session-tagging': 'false',
      'custom-tags': '{"branch": "x"}',
    },
    /^An input needs a change: custom-tags: 'branch' is a tag of the job already/,
  ],
  [{ 'role-to-assume': `${role}\n${next}`, 'transitive-tag-keys': 'constructor' }, /is no key of/],
  [{ 'role-to-assume': role, 'transitive-tag-keys': 'team' }, /'team' is no key of `custom-tags`/],
  [{ 'inline-session-policy': policy }, /narrows a session, and no role is assumed/],
  [{ 'managed-session-policies': 'arn:aws:iam::aws:policy/A' }, /narrows a session, and no role is assumed/],
  [{ 'role-to-assume': role, 'managed-session-policies': 'ReadOnlyAccess' }, /is not a policy's ARN/],
  [
    { 'role-to-assume': role, 'managed-session-policies': 'arn:aws:iam::aws:policy/A\n'.repeat(11) },
    /'11 ARNs' are too many/,
  ],
  [{ 'role-to-assume': role, 'inline-session-policy': 'missing.json' }, /'missing\.json' is no IAM policy/],
  [{ 'role-to-assume': role, 'inline-session-policy': '{"Version":' }, /is no IAM policy/],
  [
    { 'role-to-assume': role, 'inline-session-policy': `{"Statement":"${'x'.repeat(2048)}"}` },
    /has 2064 characters as compact JSON.*2,048 at most/,
  ],
  [{ 'allowed-account-ids': '12345' }, /'12345' is not an account id/],
  [{ 'http-proxy': 'proxy.example.com:8080' }, /is not a proxy's address/],
  [{ 'http-proxy': 'http://u:p/ss@host:1' }, /http-proxy: '…@host:1' is not a proxy's address/],
  [
    { 'http-proxy': 'http://u:50%@host:1' },
    /http-proxy: '…@host:1' is an address that cannot be read.*`%25`/,
  ],
  [
    { 'http-proxy': 'http://host:99999' },
    /http-proxy: 'http:\/\/host:99999' is an address that cannot be read/,
  ],
  [{ 'output-env-credentials': 'yes' }, /is not a boolean/],
  [
    {
      'aws-access-key-id': 'AKIAEXAMPLE',
      'role-to-assume': role,
      'role-external-id': 'abc',
      'custom-tags': '{"team":"web"}',
    },
    /^An input needs a change: aws-secret-access-key: '' is empty, and `aws-access-key-id` is given.*A secret that the job cannot see is empty/,
  ],
  [
    { 'aws-secret-access-key': 'secret', 'aws-session-token': 'token' },
    /^An input needs a change: aws-access-key-id: '' is empty, and `aws-secret-access-key` is given/,
  ],
  [{ 'aws-session-token': 'token' }, /aws-session-token: '…' comes without the keys/],
  [
    { 'aws-access-key-id': 'ASIAEXAMPLE', 'aws-secret-access-key': 'secret' },
    /aws-session-token: '' is empty, and `aws-access-key-id` is the key of a session/,
  ],
  [
    { 'aws-access-key-id': 'AKIAEXAMPLE', 'aws-secret-access-key': 'two words' },
    /^An input needs a change: aws-secret-access-key: '…' has a space/,
  ],
  // A role that a user's keys assume lasts as long as it allows; one that a role assumes an hour.
  [{ 'role-to-assume': role, ...keys, 'role-duration-seconds': '43201' }, /900 to 43200/],
  [
    { 'role-to-assume': `${role}\n${next}`, ...keys, 'role-duration-seconds': '3601' },
    /'3601' is out of range.*900 to 3600/,
  ],
];

test('what STS would refuse, or what would be ignored, is refused at the reader', () => {
  for (const [given, fault] of refused)
    assert.match(read(given).faults ?? 'no fault', fault, JSON.stringify(given));
});

test('everything that can be said of a role is understood', () => {
  const { inputs, faults } = read({
    'role-to-assume': `${role}\n${next}`,
    'role-session-name': 'release',
    'role-duration-seconds': '900',
    audience: 'https://example.com',
    'role-external-id': 'team:42',
    'inline-session-policy': 'policy.json',
    'managed-session-policies': 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    'custom-tags': '{"team": "web", "stage": "prod"}',
    'transitive-tag-keys': 'team',
    'allowed-account-ids': '123456789012, 210987654321',
    'output-env-credentials': 'true',
    'mask-aws-account-id': 'true',
    'http-proxy': 'http://user:secret@proxy.example.com:8080',
    'no-proxy': '127.0.0.1,.internal',
  });
  assert.equal(faults, undefined);
  assert.deepEqual(inputs, {
    region: 'eu-central-1',
    arns: [role, next],
    chaining: false,
    sessionName: 'release',
    durationSeconds: 900,
    audience: 'https://example.com',
    issuer: 'https://token.actions.githubusercontent.com',
    externalId: 'team:42',
    sessionPolicy: policy,
    sessionPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    tags: { team: 'web', stage: 'prod' },
    spareTagKeys: [],
    transitiveTagKeys: ['team'],
    allowedAccountIds: ['123456789012', '210987654321'],
    exportCredentials: true,
    masksAccountId: true,
    proxy: 'http://user:secret@proxy.example.com:8080',
    noProxy: '127.0.0.1,.internal',
  });
});

test('a role that keys assume takes an external id and tags, and its session may last for hours', () => {
  const { inputs, faults } = read({
    'role-to-assume': role,
    ...keys,
    'role-external-id': 'team:42',
    'custom-tags': '{"team": "web"}',
    'role-duration-seconds': '43200',
    // They are the keys that are given, whoever says that the job has some.
    'role-chaining': 'true',
  });
  assert.equal(faults, undefined);
  assert.deepEqual(inputs.keys, { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a/secret' });
  const { source, chain } = planRole(inputs, commit);
  assert.deepEqual([source.kind, chain], ['keys', [role]]);
});

test('the tags of the job are set when asked for, in characters that STS takes', () => {
  const { inputs, faults } = read({
    'role-to-assume': `${role}\n${next}`,
    'role-skip-session-tagging': 'false',
    'custom-tags': '{"team": "web"}',
    'transitive-tag-keys': 'Repository\nteam',
  });
  assert.equal(faults, undefined);
  assert.deepEqual(inputs.tags, {
    GitHub: 'Actions',
    Repository: 'octo-org/octo-repo',
    Workflow: `Build _ push _ ${'x'.repeat(241)}`,
    Branch: 'refs/heads/main',
    team: 'web',
  });
  assert.ok(inputs.spareTagKeys.includes('RunId'));
});
