import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cacheServiceOf } from '../../src/cache/github-cache-access.ts';

const tokenWith = (claims: object): string =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
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
