import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  entryFor,
  loginOf,
  helperFor,
  mentionsLogins,
  parseConfigFile,
  replaceEntry,
  withLogins,
  withoutHosts,
} from '../../src/docker/config-file.ts';

const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const auth = Buffer.from('AWS:password').toString('base64');
const other = Buffer.from('me:mine').toString('base64');
const logins = new Map([[host, { user: 'AWS', password: 'password' }]]);

const own = { auths: { [host]: { auth } }, credHelpers: { [host]: '' } };

/** Of a file: its text, what the step's own configuration is, and how many faults are told. */
const files: Record<string, [text: string, config: object, faults: number]> = {
  'an empty file': ['', own, 0],
  'null, which docker takes': ['null', own, 0],
  'an empty object': ['{}', own, 0],
  'other members, of which docker knows some': [
    '{"currentContext":"mine","proxies":{"default":{"httpProxy":"http://p"}},"aliases":{"builder":"buildx"},"plugins":{"x":{"a":"b"}},"HttpHeaders":{"A":"b"},"cliPluginsExtraDirs":["/plugins"],"stackOrchestrator":7,"__proto__":{"x":1}}',
    {
      currentContext: 'mine',
      proxies: { default: { httpProxy: 'http://p' } },
      aliases: { builder: 'buildx' },
      plugins: { x: { a: 'b' } },
      HttpHeaders: { A: 'b' },
      cliPluginsExtraDirs: ['/plugins'],
      stackOrchestrator: 7,
      ['__proto__']: { x: 1 },
      ...own,
    },
    0,
  ],
  'logins of others, which stay, and those of the host, under any of its names': [
    JSON.stringify({
      auths: {
        'ghcr.io': { auth: other },
        'https://index.docker.io/v1/': { auth: other, email: 'me@example.com' },
        'empty.example': {},
        'null.example': null,
        'token.example': { auth: other, identitytoken: 'x' },
        [host]: { auth: other },
        [`https://${host}`]: { auth: other },
        [`https://${host}/v1/`]: { auth: other },
        [`${host}.evil.example`]: { auth: other },
      },
    }),
    {
      auths: {
        'ghcr.io': { auth: other },
        'https://index.docker.io/v1/': { auth: other, email: 'me@example.com' },
        'empty.example': {},
        'null.example': null,
        'token.example': { auth: other, identitytoken: 'x' },
        [`${host}.evil.example`]: { auth: other },
        [host]: { auth },
      },
      credHelpers: { [host]: '' },
    },
    0,
  ],
  'a helper for the host and a store for all': [
    JSON.stringify({ credsStore: 'desktop', credHelpers: { [host]: 'ecr-login', 'gcr.io': 'gcloud' } }),
    { credsStore: 'desktop', auths: own.auths, credHelpers: { [host]: '', 'gcr.io': 'gcloud' } },
    0,
  ],
  "names in another case, which are docker's too": [
    JSON.stringify({
      CredsStore: 'desktop',
      AUTHS: { 'a.example': { Auth: other } },
      auths: { 'b.example': {} },
      credhelpers: { [host]: 'ecr-login' },
    }),
    {
      credsStore: 'desktop',
      auths: { 'a.example': { Auth: other }, 'b.example': {}, [host]: { auth } },
      credHelpers: { [host]: '' },
    },
    0,
  ],
  'no JSON': ['{"auths": {"ghcr.io": {"auth": "c2VjcmV0"', own, 1],
  'an array': ['[{"auths": {}}]', own, 1],
  'a text': ['"auths"', own, 1],
  'members that are something else': [
    '{"auths":[],"credHelpers":"x","credsStore":7,"proxies":[],"detachKeys":{},"pruneFilters":"x","plugins":{"a":{"b":1},"c":{"d":"e"}}}',
    { plugins: { c: { d: 'e' } }, ...own },
    7,
  ],
  'entries that are something else': [
    JSON.stringify({
      auths: {
        'a.example': 'c2VjcmV0',
        'b.example': { auth: 7 },
        'c.example': { auth: 'not base64!' },
        'd.example': { auth: Buffer.from('no colon').toString('base64') },
        'e.example': { auth: Buffer.from(':no user').toString('base64') },
        'f.example': { username: [] },
        ['x'.repeat(2_000_000)]: 7,
        'g.example': { auth: other },
      },
      credHelpers: { 'a.example': 7, 'b.example': 'pass' },
    }),
    {
      auths: { 'g.example': { auth: other }, [host]: { auth } },
      credHelpers: { 'b.example': 'pass', [host]: '' },
    },
    8,
  ],
};

for (const [name, [text, expected, faults]] of Object.entries(files)) {
  test(`the step's own configuration of ${name}`, () => {
    const parsed = parseConfigFile(text);
    assert.deepEqual(withLogins(parsed.config, logins), expected);
    assert.equal(parsed.faults.length, faults, parsed.faults.join('\n'));
    assert.ok(parsed.faults.every(fault => fault.length < 300 && !/c2VjcmV0|not base64/.test(fault)));
  });
}

test('without a login the configuration is the one of the job', () => {
  assert.deepEqual(withLogins(parseConfigFile('{"credsStore":"x"}').config, new Map()), { credsStore: 'x' });
});

test('the helper of a host is its own, else the store, and an empty name means the file', () => {
  const { config } = parseConfigFile(
    JSON.stringify({ credsStore: 'desktop', credHelpers: { [host]: 'ecr-login', 'file.example': '' } }),
  );
  assert.deepEqual(helperFor(config, host), { name: 'ecr-login', member: 'credHelpers' });
  assert.equal(helperFor(config, 'file.example'), undefined);
  assert.deepEqual(helperFor(config, 'constructor'), { name: 'desktop', member: 'credsStore' });
  assert.equal(helperFor({}, host), undefined);
});

test('docker looks for a store of the machine where the file says nothing about logins', () => {
  const texts = [
    '{}',
    '{"auths":{}}',
    '{"credsStore":""}',
    '{"auths":{"a":{}}}',
    '{"credHelpers":{"a":"b"}}',
  ];
  assert.deepEqual(
    texts.map(text => mentionsLogins(parseConfigFile(text).config)),
    [false, false, false, true, true],
  );
});

test('an entry is put back, and nothing else of the file changes', () => {
  const text = '{"auths":{"a":{"auth":"x"},"b":7},"odd":[1],"credsStore":false}';
  const parse = (value: string | undefined): unknown => JSON.parse(value ?? 'null');
  const rest = { odd: [1], credsStore: false };
  assert.deepEqual(parse(replaceEntry(text, 'a', { entry: { auth: 'y' } })), {
    auths: { b: 7, a: { auth: 'y' } },
    ...rest,
  });
  assert.deepEqual(parse(replaceEntry(text, 'a', { entry: undefined })), { auths: { b: 7 }, ...rest });
  assert.deepEqual(parse(replaceEntry('{"Auths":{}}', 'a', { entry: {} })), { Auths: { a: {} } });
  assert.deepEqual(parse(replaceEntry('', 'a', { entry: {} })), { auths: { a: {} } });
  assert.equal(replaceEntry('[]', 'a', { entry: {} }), undefined);
  assert.equal(replaceEntry('{', 'a', { entry: {} }), undefined);
  assert.equal(entryFor(parseConfigFile(text).config, 'toString'), undefined);
  // Docker takes an entry that an older version has named by an address.
  const older = parseConfigFile('{"auths":{"https://a/v1/":{"auth":"eDp5"}}}').config;
  assert.deepEqual(entryFor(older, 'a'), { key: 'https://a/v1/', entry: { auth: 'eDp5' } });
  assert.equal(loginOf(entryFor(older, 'a')?.entry), 'x:y');
  assert.deepEqual(parse(replaceEntry('{"auths":{"a":{}}}', 'a', { key: 'https://a/v1/', entry: 7 })), {
    auths: { 'https://a/v1/': 7 },
  });
});

test('a file that nests deeper than can be read is no JSON to this step', () => {
  const deep = `{"odd":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  assert.equal(parseConfigFile(deep).faults.length, 1);
});

test('DOCKER_AUTH_CONFIG, which docker prefers to the file, loses the login of the host and keeps the others', () => {
  const text = JSON.stringify({
    auths: { [`https://${host}`]: { auth: other }, 'ghcr.io': { auth: other } },
  });
  assert.equal(withoutHosts(text, logins), JSON.stringify({ auths: { 'ghcr.io': { auth: other } } }));
  assert.equal(withoutHosts(JSON.stringify({ auths: { [host]: { auth: other } } }), logins), undefined);
  for (const kept of ['{', '[]', '{"auths": { }}', '{"auths": {"ghcr.io": {"auth": "x"}}}'])
    assert.equal(withoutHosts(kept, logins), kept);
});
