import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cacheServiceOf } from '../../src/cache/github-cache-access.ts';

const tokenWith = (claims: object): string =>
  [{ alg: 'HS256' }, { exp: 1_800_000_000, nbf: 1_700_000_000, ...claims }]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('signature')
    .join('.');
const scopes = (...permissions: number[]): string =>
  tokenWith({
    ac: JSON.stringify(permissions.map(Permission => ({ Scope: 'refs/heads/main', Permission }))),
  });
const v2 = { ACTIONS_RESULTS_URL: 'https://results/', ACTIONS_CACHE_SERVICE_V2: 'True' };

type Environment = Record<string, string>;
const table: [name: string, environment: Environment, may: string, limit: RegExp | undefined][] = [
  ['no token', v2, '', /has no token/],
  [
    'no address',
    { ACTIONS_RUNTIME_TOKEN: scopes(3), ACTIONS_CACHE_SERVICE_V2: 'True' },
    '',
    /has no address/,
  ],
  ['an older server', { ACTIONS_RUNTIME_TOKEN: scopes(3), ACTIONS_CACHE_URL: 'https://c/' }, 'rw', undefined],
  ['a token that may both', { ...v2, ACTIONS_RUNTIME_TOKEN: scopes(3, 1) }, 'rw', undefined],
  ['a token that may read', { ...v2, ACTIONS_RUNTIME_TOKEN: scopes(1, 1) }, 'r', /only be read/],
  ['a token that may nothing', { ...v2, ACTIONS_RUNTIME_TOKEN: scopes() }, '', /may not be read/],
  ['a token that does not say', { ...v2, ACTIONS_RUNTIME_TOKEN: tokenWith({}) }, 'rw', undefined],
  ['a token of another kind', { ...v2, ACTIONS_RUNTIME_TOKEN: 'opaque' }, 'rw', undefined],
  [
    'a job that may read',
    { ...v2, ACTIONS_RUNTIME_TOKEN: scopes(3), ACTIONS_CACHE_MODE: 'read' },
    'r',
    /only be read/,
  ],
  [
    'a job that may write only',
    { ...v2, ACTIONS_RUNTIME_TOKEN: scopes(3), ACTIONS_CACHE_MODE: 'write-only' },
    '',
    /may not be read/,
  ],
  [
    'a job that may nothing',
    { ...v2, ACTIONS_RUNTIME_TOKEN: scopes(3), ACTIONS_CACHE_MODE: 'none' },
    '',
    /may not be read/,
  ],
];

for (const [name, environment, may, limit] of table) {
  test(`GitHub's cache for ${name}`, () => {
    const service = cacheServiceOf(environment);
    assert.equal(`${service.reads ? 'r' : ''}${service.writes ? 'w' : ''}`, may);
    if (limit === undefined) assert.equal(service.limit, undefined);
    else assert.match(service.limit ?? '', limit);
  });
}

const unread: [name: string, token: string][] = [
  ["act's", 'token'],
  ['an opaque one', 'gitea-0123456789abcdef'],
  ['two parts of a JWT', scopes(3).replace(/\.signature$/, '')],
  ['a header that is no JSON', `x.${scopes(3).split('.').slice(1).join('.')}`],
  ['no access controls', tokenWith({})],
  ['access controls that are no text', tokenWith({ ac: [] })],
  ['access controls that are no list', tokenWith({ ac: '{}' })],
  ['access controls that are no JSON', tokenWith({ ac: 'all' })],
  ['no end', tokenWith({ ac: '[]', exp: undefined })],
  ['no beginning', tokenWith({ ac: '[]', nbf: '1' })],
];

test('a token that BuildKit cannot read is good for archives alone', () => {
  for (const [name, token] of unread) {
    const { reads, writes, notByBuildKit } = cacheServiceOf({ ...v2, ACTIONS_RUNTIME_TOKEN: token });
    assert.deepEqual([reads, writes], [true, true], name);
    assert.match(notByBuildKit ?? '', /ACTIONS_RUNTIME_TOKEN/, name);
  }
  assert.equal(cacheServiceOf({ ...v2, ACTIONS_RUNTIME_TOKEN: scopes(3) }).notByBuildKit, undefined);
});
