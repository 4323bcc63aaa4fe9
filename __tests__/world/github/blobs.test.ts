import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFaults } from '../faults.ts';
import { createBlobStorage } from './blobs.ts';
import { serve } from './service.ts';
import { createUrlSigner } from './signed-urls.ts';

const BLOB = { 'x-ms-blob-type': 'BlockBlob' };

/** A blob's place, and requests to it. */
async function startBlob(options: { now?: () => Date } = {}) {
  const { now = () => new Date() } = options;
  const storage = createBlobStorage({ signer: createUrlSigner({ lifetimeSeconds: 60, now }), now });
  const server = await serve([storage.service], createFaults());
  const path = storage.allocate();
  const send = (
    method: string,
    url: string,
    { body, headers = {} }: { body?: string; headers?: Record<string, string> } = {},
  ) => fetch(url, { method, headers, ...(body !== undefined && { body }) });
  const writeUrl = server.url + storage.signedPath(path, 'cw');
  const readUrl = server.url + storage.signedPath(path, 'r');
  return {
    writeUrl,
    readUrl,
    send,
    putBlock: (id: string, body: string) =>
      send('PUT', `${writeUrl}&comp=block&blockid=${encodeURIComponent(btoa(id))}`, { body }),
    commit: (...ids: string[]) =>
      send('PUT', `${writeUrl}&comp=blocklist`, {
        body: `<?xml version="1.0"?><BlockList>${ids.map(id => `<Latest>${btoa(id)}</Latest>`).join('')}</BlockList>`,
      }),
    read: async (headers: Record<string, string> = {}) => {
      const response = await send('GET', readUrl, { headers });
      return [response.status, response.ok ? await response.text() : response.headers.get('x-ms-error-code')];
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test('a blob put at once is read whole and in ranges', async () => {
  await using blob = await startBlob();
  assert.deepEqual(await blob.read(), [404, 'BlobNotFound']);
  const created = await blob.send('PUT', blob.writeUrl, { body: '0123456789', headers: BLOB });
  assert.equal(created.status, 201);
  const head = await blob.send('HEAD', blob.readUrl);
  assert.equal(head.headers.get('content-length'), '10');
  assert.equal(head.headers.get('etag'), created.headers.get('etag'));
  assert.equal(head.headers.get('x-ms-blob-type'), 'BlockBlob');
  assert.ok(head.headers.get('last-modified'));
  assert.deepEqual(await blob.read(), [200, '0123456789']);
  assert.deepEqual(await blob.read({ Range: 'bytes=7-' }), [206, '789']);
  assert.deepEqual(await blob.read({ 'x-ms-range': 'bytes=2-4' }), [206, '234']);
  assert.deepEqual(await blob.read({ Range: 'bytes=8-99' }), [206, '89']);
  assert.deepEqual(await blob.read({ Range: 'bytes=10-' }), [416, 'InvalidRange']);
  assert.deepEqual(await blob.read({ 'If-Match': '"0x0"' }), [412, 'ConditionNotMet']);
});

test('blocks come in any order and are put together by the list', async () => {
  await using blob = await startBlob();
  await Promise.all([blob.putBlock('c', 'third'), blob.putBlock('a', 'first '), blob.putBlock('b', 'old ')]);
  await blob.putBlock('b', 'second ');
  assert.deepEqual(await blob.read(), [404, 'BlobNotFound']);
  assert.equal((await blob.commit('a', 'x')).headers.get('x-ms-error-code'), 'InvalidBlockList');
  assert.equal((await blob.commit('a', 'b', 'c')).status, 201);
  assert.deepEqual(await blob.read(), [200, 'first second third']);
  await blob.putBlock('d', ', fourth');
  assert.equal((await blob.commit('c', 'd')).status, 201);
  assert.deepEqual(await blob.read(), [200, 'third, fourth']);
});

test('what the storage service refuses is refused in its words', async () => {
  await using blob = await startBlob();
  const code = async (response: Promise<Response>) => (await response).headers.get('x-ms-error-code');
  const { send, writeUrl, readUrl } = blob;
  assert.equal(await code(send('PUT', writeUrl, { body: 'x' })), 'MissingRequiredHeader');
  assert.equal(
    await code(send('PUT', readUrl, { body: 'x', headers: BLOB })),
    'AuthorizationPermissionMismatch',
  );
  assert.equal(await code(send('GET', writeUrl)), 'AuthorizationPermissionMismatch');
  assert.equal(await code(send('DELETE', writeUrl)), 'UnsupportedHttpVerb');
  assert.equal(
    await code(send('PUT', `${writeUrl}&comp=block&blockid=!`, { body: 'x' })),
    'InvalidQueryParameterValue',
  );
  assert.equal(await code(send('PUT', `${writeUrl}&comp=blocklist`, { body: 'x' })), 'InvalidXmlDocument');
  const md5 = { ...BLOB, 'Content-MD5': 'AAAA' };
  assert.equal(await code(send('PUT', writeUrl, { body: 'x', headers: md5 })), 'Md5Mismatch');
  await blob.putBlock('a', 'x');
  assert.equal(await code(blob.putBlock('longer', 'x')), 'InvalidBlobOrBlock');
  await send('PUT', writeUrl, { body: 'x', headers: BLOB });
  const once = { ...BLOB, 'If-None-Match': '*' };
  assert.equal(await code(send('PUT', writeUrl, { body: 'x', headers: once })), 'BlobAlreadyExists');
});

test('a signature holds for its path, its permission and its time', async () => {
  let time = Date.parse('2026-10-01T12:00:00Z');
  await using blob = await startBlob({ now: () => new Date(time) });
  const refusal = async (url: string) => await (await blob.send('GET', url)).text();
  await blob.send('PUT', blob.writeUrl, { body: 'x', headers: BLOB });
  assert.match(
    await refusal(blob.readUrl.replace(/sig=[^&]+/, 'sig=AAAA')),
    /AuthenticationFailed.*Signature did not match/s,
  );
  assert.match(await refusal(blob.writeUrl.replace('sp=cw', 'sp=r')), /Signature did not match/);
  assert.match(await refusal(blob.readUrl.replace('?', '0?')), /Signature did not match/);
  assert.match(await refusal(blob.readUrl.replace(/\?.*/, '')), /AuthenticationFailed/);
  time += 61_000;
  assert.match(await refusal(blob.readUrl), /Signature not valid in the specified time frame/);
});
