import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createFaults, strike } from './faults.ts';
import type { Fault, Faults } from './faults.ts';

test('a fault strikes the label that it names, as often as it says', () => {
  const faults = createFaults();
  faults.add({ match: 'ecr:PutImage', times: 2, kind: 'throttle' });
  assert.equal(faults.next('ecr:PutImageTagMutability'), undefined);
  assert.equal(faults.next('ecr:PutImage')?.kind, 'throttle');
  assert.equal(faults.next('ecr:PutImage')?.kind, 'throttle');
  assert.equal(faults.next('ecr:PutImage'), undefined);
});

test('a pattern strikes all that it finds, for ever, and remembers nothing', () => {
  const faults = createFaults();
  faults.add({ match: /^registry:PUT .*\/manifests\//g, kind: 'server-error' });
  for (const tag of ['one', 'two', 'three']) {
    assert.equal(faults.next(`registry:PUT /v2/app/manifests/${tag}`)?.kind, 'server-error');
  }
  assert.equal(faults.next('registry:GET /v2/app/manifests/one'), undefined);
});

test('of two faults that match, the older one strikes until it is used up', () => {
  const faults = createFaults();
  faults.add({ match: /sts/, times: 1, kind: 'cut' });
  faults.add({ match: /sts/, kind: 'slow', delayMs: 1 });
  assert.deepEqual(
    [1, 2, 3].map(() => faults.next('sts:AssumeRole')?.kind),
    ['cut', 'slow', 'slow'],
  );
  faults.clear();
  assert.equal(faults.next('sts:AssumeRole'), undefined);
});

test('what was asked is known, with the fault that struck it', () => {
  const faults = createFaults();
  faults.add({ match: label => label.startsWith('ecr:Put'), times: 1, kind: 'throttle' });
  for (const label of ['ecr:DescribeImages', 'ecr:PutImage', 'ecr:PutImage']) faults.next(label);
  assert.deepEqual(
    faults.asked.map(({ label, fault }) => [label, fault?.kind]),
    [
      ['ecr:DescribeImages', undefined],
      ['ecr:PutImage', 'throttle'],
      ['ecr:PutImage', undefined],
    ],
  );
});

test('a cut ends the connection without an answer', async () => {
  const faults = createFaults();
  faults.add({ match: 'any', times: 1, kind: 'cut' });
  await using server = await serve(faults);
  await assert.rejects(fetch(server.url), TypeError);
  assert.equal((await fetch(server.url)).status, 200);
});

test('a page of something else, an answer that is only half there, empty or lost', async () => {
  const faults = createFaults();
  await using server = await serve(faults);
  const ask = async (fault: Fault): Promise<string> => {
    faults.clear();
    faults.add({ match: 'any', ...fault });
    const response = await fetch(server.url, { signal: AbortSignal.timeout(500) });
    return `${response.status} ${await response.text()}`;
  };
  assert.match(await ask({ kind: 'page' }), /^503 <html>/);
  assert.match(await ask({ kind: 'page', status: 200 }), /^200 <html>/);
  assert.equal(await ask({ kind: 'halve' }), '200 we');
  assert.equal(await ask({ kind: 'empty' }), '200 ');
  assert.equal(await ask({ kind: 'lose', status: 500 }), '500 ');
  await assert.rejects(ask({ kind: 'lose' }), { message: 'fetch failed' });
  await assert.rejects(ask({ kind: 'truncate' }), { message: 'terminated' });
  await assert.rejects(ask({ kind: 'silent' }), { name: 'TimeoutError' });
});

test('latency and delay are waited out, and a slow answer is a good one', async () => {
  const faults = createFaults();
  faults.latencyMs = 20;
  faults.add({ match: 'any', kind: 'slow', delayMs: 30 });
  await using server = await serve(faults);
  const startedAt = performance.now();
  assert.equal((await fetch(server.url)).status, 200);
  assert.ok(performance.now() - startedAt >= 45);
});

async function serve(faults: Faults): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((_request, response) => {
    const answer = async (): Promise<void> => {
      const struck = await strike(faults, 'any', { response });
      if (struck === undefined) response.writeHead(200, { 'Content-Length': 4 }).end('well');
    };
    void answer();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address !== 'string');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
