import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Image } from '@aws-sdk/client-ecr';
import { requestLogin } from '../../src/aws/authorization-token.ts';
import { openTransfers } from '../../src/aws/transfers.ts';
import { openBlobStore } from '../../src/copy/blob-store.ts';
import type { ImageTree, TreeBlob } from '../../src/copy/image-tree.ts';
import type { Place } from '../../src/copy/place.ts';
import { readBlob } from '../../src/copy/read-blob.ts';
import { openBlobSender } from '../../src/copy/send-blobs.ts';
import { Failure } from '../../src/platform/failure.ts';
import type { FaultRule } from '../world/faults.ts';
import { sampleTree, startRegistries } from './in-process-registries.ts';
import type { Registries } from './in-process-registries.ts';

let world: Registries;
let tree: ImageTree;
/** Where blobs are kept; it is empty whenever nothing is copied. */
let temp: string;

before(async () => {
  temp = process.env['RUNNER_TEMP'] = await mkdtemp(join(tmpdir(), 'copy-'));
  world = await startRegistries();
  const { index, platforms, attestation } = sampleTree(world.source);
  for (const image of [...platforms, attestation]) await world.put(image);
  tree = await world.read(await world.put(index));
});
after(async () => {
  await world[Symbol.asyncDispose]();
  await rm(temp, { recursive: true });
});

let opened = 0;
/** Opens a place in one of the registries. Tests that put manifests have a region each, so that none waits for the pace of another. */
const openPlace = (region: string, options: { actions?: string[] } = {}) =>
  world.open({ region, name: `team/app-${(opened += 1)}`, ...options });

function sumOf(blobs: readonly TreeBlob[]): number {
  return blobs.reduce((sum, { size }) => sum + size, 0);
}

/** Counts the logins that are requested from now on. */
function countLogins(): () => number {
  const count = () =>
    world.aws.requests.filter(({ operation }) => operation === 'GetAuthorizationToken').length;
  const earlier = count();
  return () => count() - earlier;
}

const expired = {
  code: 'DENIED',
  status: 403,
  message: 'Your authorization token has expired. Reauthenticate and try again.',
};

/** At most two that strike one kind of request in one copy: one layer is tried three times, and all may strike the same one. */
const passing: FaultRule[][] = [
  [
    { match: /POST .*uploads/, kind: 'throttle', times: 1 },
    { match: /POST .*uploads/, kind: 'refuse', error: expired, times: 1 },
    { match: /PUT .*uploads/, kind: 'cut', times: 1 },
    { match: /PUT .*uploads/, kind: 'server-error', times: 1 },
  ],
  [
    { match: /PUT .*uploads/, kind: 'lose', times: 1 },
    { match: /PUT .*uploads/, kind: 'page', times: 1 },
  ],
];

test('what passes at a destination is tried again, with a new login where that has expired', async () => {
  for (const rules of passing) {
    const place = await openPlace('us-east-1');
    const askedBefore = place.gateFaults.asked.length;
    for (const rule of rules) place.gateFaults.add(rule);
    const { results } = await world.copy(tree, [place]);
    const struck = place.gateFaults.asked.slice(askedBefore).flatMap(({ fault }) => fault ?? []);
    assert.deepEqual(new Set(struck), new Set(rules));
    assert.equal(results[0]?.status, 'fulfilled');
  }
  assert.deepEqual(await readdir(temp), []);
});

test('a login from before the build is used, and renewed where it has expired meanwhile', async () => {
  const place = await openPlace('ap-south-1');
  const login = await requestLogin(place.ecr, place.repository.registryId);
  const logins = countLogins();
  const { results } = await world.copy(tree, [{ ...place, login }]);
  assert.equal(results[0]?.status, 'fulfilled');
  assert.equal(logins(), 0);
  const old = { ...login, password: 'of yesterday' };
  const late = await world.copy(tree, [{ ...(await openPlace('ap-south-1')), login: old }]);
  assert.equal(late.results[0]?.status, 'fulfilled');
  assert.equal(logins(), 1);
});

test('a layer that is cut at the source is read again, once for all destinations', async () => {
  const { faults, done } = world.aws.layers;
  const askedBefore = done.length;
  // Each strikes another layer, as one layer is tried three times.
  for (const [index, kind] of (['cut', 'truncate', 'page', 'halve'] as const).entries())
    faults.add({ match: `layer:GET ${tree.blobs[index]?.digest}`, kind, times: 1 });
  const { results, readBytes } = await world.copy(tree, [
    await openPlace('us-east-2'),
    await openPlace('us-east-2'),
  ]);
  faults.clear();
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'fulfilled'],
  );
  assert.equal(readBytes, sumOf(tree.blobs));
  assert.ok(done.length - askedBefore <= tree.blobs.length + 2);
});

test('a layer that cannot be read fails each destination, and the signed address is told to nobody', async () => {
  const error = { code: 'AccessDenied', status: 403, message: 'no' };
  world.aws.layers.faults.add({ match: /GET/, kind: 'refuse', error });
  const { results, lines } = await world.copy(tree, [
    await openPlace('us-east-2'),
    await openPlace('us-east-2'),
  ]);
  world.aws.layers.faults.clear();
  for (const each of results) {
    assert.ok(each.status === 'rejected' && each.reason instanceof Failure);
    assert.match(
      each.reason.message,
      /^The layer sha256:[0-9a-f]{64} of .*team\/app could not be read: 127\.0\.0\.1:\d+ answered HTTP 403\.$/,
    );
    assert.doesNotMatch(
      JSON.stringify([each.reason.message, each.reason.remedy, each.reason.stack]),
      /X-Amz|starport/,
    );
  }
  assert.doesNotMatch(lines.join('\n'), /X-Amz/);
  assert.deepEqual(await readdir(temp), []);
});

test('one destination is denied, one is slow, and neither stops the third', async () => {
  const actions = [
    'GetAuthorizationToken',
    'BatchGetImage',
    'BatchCheckLayerAvailability',
    'InitiateLayerUpload',
    'UploadLayerPart',
    'CompleteLayerUpload',
  ];
  const denied = await openPlace('us-west-1', { actions: actions.map(name => `ecr:${name}`) });
  const unloading = await openPlace('us-west-1', { actions: actions.slice(0, 3).map(name => `ecr:${name}`) });
  const slow = await openPlace('us-west-1');
  slow.gateFaults.add({ match: label => label.includes(slow.repository.name), kind: 'slow', delayMs: 100 });
  const { results } = await world.copy(tree, [denied, unloading, slow, await openPlace('us-west-1')]);
  slow.gateFaults.clear();
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected', 'fulfilled', 'fulfilled'],
  );
  const [first, second] = results.map(each => (each.status === 'rejected' ? each.reason : undefined));
  assert.match(first.message, /^ecr:PutImage failed: .*not authorized to perform: ecr:PutImage/);
  assert.match(
    second.message,
    /took no layer: HTTP 403, .*not authorized to perform: ecr:InitiateLayerUpload/,
  );
  assert.match(second.remedy, /ecr:InitiateLayerUpload, ecr:UploadLayerPart and ecr:CompleteLayerUpload/);
});

test('a destination that shows other bytes than the source has no copy', async () => {
  const place = await openPlace('us-west-2');
  const batchGetImage: Place['ecr']['batchGetImage'] = async request => {
    const { images = [], ...answer } = await place.ecr.batchGetImage(request);
    const other = ({ imageId, imageManifest }: Image) => ({ imageId, imageManifest: `${imageManifest} ` });
    return { ...answer, images: images.map(other) };
  };
  const lying: Place = { ...place, ecr: { ...paceless(place.ecr), batchGetImage } };
  for (const _ of ['when it is put', 'when it is there']) {
    const { results } = await world.copy(tree, [lying]);
    assert.ok(results[0]?.status === 'rejected');
    assert.match(results[0].reason.message, /answers other bytes for sha256:/);
  }
});

test('a job that is cancelled ends at once and leaves no file', async () => {
  const place = await openPlace('us-east-1');
  place.gateFaults.add({ match: /PUT/, kind: 'silent' });
  const controller = new AbortController();
  const copying = world.copy(tree, [place], { signal: controller.signal });
  while (!place.gateFaults.asked.some(({ fault }) => fault?.kind === 'silent'))
    await new Promise(setImmediate);
  controller.abort(new Error('The job was cancelled.'));
  const { results } = await copying;
  place.gateFaults.clear();
  assert.ok(results[0]?.status === 'rejected');
  assert.equal(results[0].reason.message, 'The job was cancelled.');
  assert.deepEqual(await readdir(temp), []);
});

test('what comes for a layer is what its digest and its size say, or it is not kept', async () => {
  const { source, signal } = world;
  const [blob, other] = tree.blobs;
  assert.ok(blob && other);
  const lies: [blob: TreeBlob, message: RegExp, place?: Place][] = [
    [{ ...blob, size: blob.size - 1 }, /it is longer than the \d+ bytes that its manifest says/],
    [{ ...blob, size: blob.size + 1 }, /\d+ of the \d+ bytes came that its manifest says/],
    [
      { ...blob, size: other.size },
      /the digest of what came is sha256:/,
      {
        ...source,
        ecr: {
          ...paceless(source.ecr),
          getDownloadUrlForLayer: request =>
            source.ecr.getDownloadUrlForLayer({ ...request, layerDigest: other.digest }),
        },
      },
    ],
  ];
  for (const [lie, message, place = source] of lies) {
    await using store = openBlobStore(place, { readers: 1, signal, firstWaitMs: 1 });
    await assert.rejects(
      store.reader().use(lie, async () => {}),
      { message },
    );
  }
  await using store = openBlobStore(source, { readers: 1, signal });
  const absent = { digest: `sha256:${'0'.repeat(64)}`, size: 1, mayBeAbsent: true };
  assert.equal(await store.reader().use(absent, async path => path), undefined);
});

test('a full disk is told as one, with the folder to free space in', async () => {
  const [blob] = tree.blobs;
  assert.ok(blob);
  using transfers = openTransfers(world.signal);
  const reading = readBlob(world.source, blob, { path: '/dev/full', transfers, signal: world.signal });
  await assert.rejects(reading, error => {
    assert.ok(error instanceof Failure);
    assert.match(error.message, /could not be read: ENOSPC/);
    assert.match(error.remedy, /^Free space in the runner's temporary folder \(RUNNER_TEMP\)/);
    return true;
  });
});

test('a file is gone as soon as all destinations are done with it', async () => {
  const { source, signal } = world;
  const [blob, second] = tree.blobs;
  assert.ok(blob && second);
  await using store = openBlobStore(source, { readers: 3, signal });
  const files = async () =>
    (await readdir(temp, { recursive: true })).filter(each => each.includes('sha256')).length;
  const readers = [store.reader(), store.reader(), store.reader()];
  await readers[0]?.use(blob, async () => {});
  await readers[0]?.use(second, async () => {});
  readers[1]?.release(blob.digest);
  assert.equal(await files(), 2);
  readers[2]?.[Symbol.dispose]();
  while ((await files()) > 1) await new Promise(setImmediate);
  assert.equal(await files(), 1);
});

test('the login goes to the host of the repository and to no other, whatever that says', async () => {
  const asked: { path: string; authorization: string | undefined }[] = [];
  const listen = async (answer: (message: IncomingMessage) => string | undefined) => {
    const server = createServer((message, response) => {
      asked.push({ path: message.url ?? '', authorization: message.headers.authorization });
      const location = answer(message);
      if (location === undefined) response.writeHead(403).end();
      else response.writeHead(202, { location }).end();
    });
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    return { server, host: `127.0.0.1:${address.port}` };
  };
  const elsewhere = await listen(() => '/');
  const registry = await listen(({ url }) =>
    url?.includes('mount') ? undefined : `http://${elsewhere.host}/v2/team/app/blobs/uploads/1`,
  );
  const token = Buffer.from('AWS:a-password-of-ours').toString('base64');
  const place: Place = {
    ...world.source,
    ecr: {
      ...paceless(world.source.ecr),
      getAuthorizationToken: () =>
        Promise.resolve({
          authorizationData: [{ authorizationToken: token, proxyEndpoint: `http://${registry.host}` }],
        }),
    },
    repository: { ...world.source.repository, uri: `${registry.host}/team/app` },
  };
  using sender = openBlobSender(place, { signal: world.signal });
  const [blob, other] = tree.blobs;
  assert.ok(blob && other);
  const send = (each: TreeBlob) =>
    sender.send(each, { from: 'team/other', withFile: work => work(import.meta.filename) });
  await assert.rejects(send(blob), { message: /told to send a layer to another host/ });
  await assert.rejects(send(other), { message: /told to send a layer to another host/ });
  const uploads = '/v2/team/app/blobs/uploads/';
  const mount = `${uploads}?mount=${encodeURIComponent(blob.digest)}&from=team%2Fother`;
  // Who may not mount, by either login, sends all the same, and the other layers without asking.
  assert.deepEqual(
    asked,
    [mount, mount, uploads, uploads].map(path => ({ path, authorization: `Basic ${token}` })),
  );
  for (const { server } of [elsewhere, registry]) server.close();
});

/** The calls of a client as they are, to change one of them. */
function paceless(ecr: Place['ecr']): Place['ecr'] {
  return {
    batchCheckLayerAvailability: request => ecr.batchCheckLayerAvailability(request),
    batchGetImage: request => ecr.batchGetImage(request),
    describeImagePages: request => ecr.describeImagePages(request),
    describeImages: request => ecr.describeImages(request),
    getAuthorizationToken: request => ecr.getAuthorizationToken(request),
    getDownloadUrlForLayer: request => ecr.getDownloadUrlForLayer(request),
    listImageReferrers: request => ecr.listImageReferrers(request),
    putImage: request => ecr.putImage(request),
  };
}
