import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pullRequest } from './event.ts';
import { describeJob } from './job.ts';
import type { Job } from './job.ts';
import { startGitHub } from './server.ts';
import type { GitHub } from './server.ts';

type Answer = Record<string, unknown> & { status: number };
type Call = (method: string, body: object) => Promise<Answer>;

/** Speaks to the cache service as a job's client does. */
async function client(github: GitHub, known: Partial<Job> = {}): Promise<Call> {
  const { ACTIONS_RESULTS_URL: url = '', ACTIONS_RUNTIME_TOKEN: token = '' } = await github.startJob(
    describeJob(known),
  );
  return async (method, body) => {
    const response = await fetch(`${url}twirp/github.actions.results.api.v1.CacheService/${method}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer: Record<string, unknown> = JSON.parse(await response.text());
    return { ...answer, status: response.status };
  };
}

async function put(url: unknown, content: string, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(String(url), { method: 'PUT', body: content, headers });
}

const BLOB = { 'x-ms-blob-type': 'BlockBlob' };

async function save(call: Call, key: string, content: string): Promise<Answer> {
  const created = await call('CreateCacheEntry', { key, version: 'v1' });
  await put(created['signed_upload_url'], content, BLOB);
  const size = String(Buffer.byteLength(content));
  return await call('FinalizeCacheEntryUpload', { key, version: 'v1', size_bytes: size });
}

async function restore(call: Call, key: string, restoreKeys: string[] = []): Promise<string | undefined> {
  const found = await call('GetCacheEntryDownloadURL', { key, restore_keys: restoreKeys, version: 'v1' });
  if (found['ok'] !== true) return undefined;
  const content = await (await fetch(String(found['signed_download_url']))).text();
  return `${String(found['matched_key'])}: ${content}`;
}

test('what was saved is restored by its key, else by the newest with a prefix', async () => {
  await using github = await startGitHub();
  const call = await client(github);
  const { ok, entry_id: id } = await save(call, 'npm-1', 'one');
  assert.deepEqual([ok, id], [true, '1']);
  await save(call, 'npm-2', 'two');
  await save(call, 'npm-linux-1', 'three');
  assert.equal(await restore(call, 'npm-1'), 'npm-1: one');
  assert.equal(await restore(call, 'npm-9', ['npm-linux', 'npm-']), 'npm-linux-1: three');
  assert.equal(await restore(call, 'npm-9', ['yarn-', 'npm-']), 'npm-linux-1: three');
  assert.equal(await restore(call, 'npm-9'), undefined);
  const other = await call('GetCacheEntryDownloadURL', { key: 'npm-1', restore_keys: [], version: 'v2' });
  assert.deepEqual([other.status, other['ok']], [200, false]);
  assert.deepEqual(
    github.caches().map(({ key, scope, size }) => [key, scope, size]),
    [
      ['npm-1', 'refs/heads/main', 3],
      ['npm-2', 'refs/heads/main', 3],
      ['npm-linux-1', 'refs/heads/main', 5],
    ],
  );
});

test('a cache is made once, and seen only when it is complete', async () => {
  await using github = await startGitHub();
  const call = await client(github);
  const entry = { key: 'k', version: 'v1' };
  const { signed_upload_url: url } = await call('CreateCacheEntry', entry);
  assert.deepEqual(await call('CreateCacheEntry', entry), {
    status: 409,
    code: 'already_exists',
    msg: 'cache entry with the same key, version, and scope already exists',
  });
  assert.equal(await restore(call, 'k'), undefined);
  assert.equal((await call('FinalizeCacheEntryUpload', { ...entry, size_bytes: '5' }))['ok'], false);
  await put(url, 'hello', BLOB);
  assert.equal((await call('FinalizeCacheEntryUpload', { ...entry, size_bytes: 4 }))['ok'], false);
  assert.equal((await call('FinalizeCacheEntryUpload', { ...entry, size_bytes: 5 }))['ok'], true);
  assert.equal(await restore(call, 'k'), 'k: hello');
});

test('a pull request reads its base’s caches and the default branch’s, and writes for itself alone', async () => {
  await using github = await startGitHub();
  const main = await client(github);
  const release = await client(github, { ref: 'refs/heads/release' });
  const merge = {
    number: 7,
    mergeSha: 'a'.repeat(40),
    headSha: 'b'.repeat(40),
    headRef: 'fix',
    baseRef: 'release',
  };
  const change = await client(github, { ...pullRequest(describeJob(), merge).job });
  await save(main, 'k-main', 'main');
  await save(main, 'k', 'main');
  await save(release, 'k', 'release');
  assert.equal(await restore(change, 'k'), 'k: release');
  assert.equal(await restore(change, 'k-main'), 'k-main: main');
  await save(change, 'k', 'change');
  assert.deepEqual(await Promise.all([change, release, main].map(call => restore(call, 'k'))), [
    'k: change',
    'k: release',
    'k: main',
  ]);
  const elsewhere = await client(github, { repository: 'octo-org/other', repositoryId: '75' });
  assert.equal(await restore(elsewhere, 'k'), undefined);
});

test('a token’s mode decides whether it reads and writes', async () => {
  await using github = await startGitHub();
  await save(await client(github), 'k', 'content');
  const reader = await client(github, { cacheMode: 'read' });
  assert.equal(await restore(reader, 'k'), 'k: content');
  const { ok, message, status } = await reader('CreateCacheEntry', { key: 'x', version: 'v1' });
  assert.deepEqual([status, ok, message], [200, false, 'cache write denied: token has no writable scopes']);
  const writer = await client(github, { cacheMode: 'write-only' });
  assert.equal((await save(writer, 'y', 'content'))['ok'], true);
  const unread = await writer('GetCacheEntryDownloadURL', { key: 'y', version: 'v1', restore_keys: [] });
  assert.deepEqual([unread.status, unread['msg']], [403, 'cache read denied: token has no readable scopes']);
});

test('the protocol is kept', async () => {
  await using github = await startGitHub();
  const url = `${github.url}/twirp/github.actions.results.api.v1.CacheService/CreateCacheEntry`;
  const json = { 'Content-Type': 'application/json' };
  const foreign = { ...json, Authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln' };
  assert.equal((await fetch(url, { method: 'POST', headers: json, body: '{}' })).status, 401);
  assert.equal((await fetch(url, { method: 'POST', headers: foreign, body: '{}' })).status, 401);
  assert.equal((await fetch(url)).status, 404);
  const call = await client(github);
  assert.equal((await call('DeleteCacheEntry', {}))['code'], 'bad_route');
  assert.equal((await call('CreateCacheEntry', { key: 'a,b', version: 'v' }))['code'], 'invalid_argument');
  assert.equal(
    (await call('CreateCacheEntry', { key: 'x'.repeat(513), version: 'v' }))['code'],
    'invalid_argument',
  );
  assert.equal((await call('CreateCacheEntry', { key: 'k' }))['code'], 'invalid_argument');
});

test('BuildKit’s mutable index: a key that only its prefix is known of, and a number after it', async () => {
  await using github = await startGitHub();
  const call = await client(github);
  // https://github.com/tonistiigi/go-actions-cache: the index is looked up as `index-…#` among its own restore keys.
  assert.equal(await restore(call, 'index-app#', ['index-app#']), undefined);
  await save(call, 'index-app#1', 'first');
  await save(call, 'index-app#2', 'second');
  assert.equal(await restore(call, 'index-app#', ['index-app#']), 'index-app#2: second');
});

test('faults strike', async () => {
  await using github = await startGitHub();
  const call = await client(github);
  github.faults.add({ match: 'cache:CreateCacheEntry', kind: 'throttle', times: 1 });
  assert.equal((await call('CreateCacheEntry', { key: 'k', version: 'v' })).status, 429);
  github.faults.add({ match: 'cache:PUT blob', kind: 'throttle', times: 1 });
  const { signed_upload_url: url } = await call('CreateCacheEntry', { key: 'k', version: 'v' });
  assert.equal((await put(url, 'x', BLOB)).headers.get('x-ms-error-code'), 'ServerBusy');
});
