import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CutTransfer, openTransfers } from '../../src/aws/transfers.ts';
import { startProxy } from '../world/proxy.ts';
import { startTlsFront } from '../world/tls.ts';

const { signal } = new AbortController();

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return {
    url: new URL(`http://127.0.0.1:${address.port}/layer?X-Amz-Signature=secret`),
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test("layers travel by the job's proxy and trust the file of AWS_CA_BUNDLE, as the calls to AWS do", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'transfers-'));
  const file = { path: join(folder, 'layer'), size: 300_000 };
  await writeFile(file.path, 'x'.repeat(file.size));
  let received = 0;
  using server = await listen((message, response) => {
    message.on('data', (piece: Buffer) => (received += piece.length));
    message.on('end', () => response.writeHead(201).end('done'));
  });
  await using front = await startTlsFront(server.url.origin, folder);
  await using proxy = await startProxy({ open: true });
  const names = ['AWS_CA_BUNDLE', 'HTTPS_PROXY', 'NO_PROXY'];
  const before = names.map(name => [name, process.env[name]] as const);
  Object.assign(process.env, { AWS_CA_BUNDLE: front.certificate, HTTPS_PROXY: proxy.url, NO_PROXY: '' });
  using transfers = openTransfers(signal);
  const answer = await transfers.send({ method: 'PUT', url: new URL(front.url), file });
  assert.deepEqual([answer.status, await answer.text(), received], [201, 'done', file.size]);
  assert.deepEqual(proxy.requests, [`CONNECT ${new URL(front.url).host}`]);

  delete process.env['AWS_CA_BUNDLE'];
  using untrusting = openTransfers(signal);
  await assert.rejects(untrusting.send({ method: 'GET', url: new URL(front.url) }), {
    message: /^the certificate of 127\.0\.0\.1:\d+ is not trusted/,
  });
  for (const [name, value] of before)
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  await rm(folder, { recursive: true });
});

const cuts: [what: string, listener: RequestListener, message: RegExp][] = [
  ['silence', () => {}, /^127\.0\.0\.1:\d+ could not be reached \(ETIMEDOUT\)$/],
  [
    'a body that stops',
    (_, response) => void response.writeHead(200, { 'content-length': '10' }).write('half'),
    /^127\.0\.0\.1:\d+ could not be reached \(ETIMEDOUT\)$|^the connection to/,
  ],
  [
    'a connection that is to speak another protocol',
    ({ socket }) =>
      void socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n'),
    /^127\.0\.0\.1:\d+: there was no answer$/,
  ],
  [
    'a cut connection',
    (_, response) =>
      void response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy()),
    /^the connection to 127\.0\.0\.1:\d+ was cut \(ECONNRESET\)$/,
  ],
];

for (const [what, listener, message] of cuts) {
  test(`a transfer ends, and no error shows its address: ${what}`, async () => {
    using server = await listen(listener);
    using transfers = openTransfers(signal, { shortIdleMs: 50 });
    const get = async () => (await transfers.send({ method: 'GET', url: server.url })).text();
    await assert.rejects(get(), error => {
      assert.ok(error instanceof CutTransfer);
      assert.match(error.message, message);
      return true;
    });
  });
}

test('what refuses before it has read everything is heard', async () => {
  using server = await listen((_, response) => void response.writeHead(403).end('{"errors":[]}'));
  using transfers = openTransfers(signal);
  const file = { path: process.execPath, size: 50_000_000 };
  const answer = await transfers.send({ method: 'PUT', url: server.url, file });
  assert.deepEqual([answer.status, await answer.text()], [403, '{"errors":[]}']);
});
