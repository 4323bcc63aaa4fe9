import { randomBytes } from 'node:crypto';
import { digestOf } from '../__tests__/world/aws/ecr/content.ts';
import type { SampleImage } from '../__tests__/world/aws/sample.ts';
import { startRegistries } from '../__tests__/copy/in-process-registries.ts';
import type { TestPlace } from '../__tests__/copy/in-process-registries.ts';

/** Milliseconds that every call to AWS, every request to a registry and every layer takes longer. */
const LATENCY_MS = 100;

/** Bytes of each of the image's layers. */
const LAYER_BYTES = 2_000_000;

const LAYERS = 3;
const counts = [1, 5, 20];

// Each registry is a program, which is stopped when this one ends.
process.setMaxListeners(0);

await using world = await startRegistries();
const { layers: content } = world.source.registry;
const layers = Array.from({ length: LAYERS }, () => describe(randomBytes(LAYER_BYTES)));
const config = describe(Buffer.from('{"os":"linux","architecture":"amd64"}'));

const rows: Record<string, string | number>[] = [];
for (const count of counts) {
  const places = await Promise.all(
    Array.from({ length: count }, (_, at) => openPlace(`bench/of-${count}`, at)),
  );
  const [first, second] = [imageOf(`first of ${count}`), imageOf(`second of ${count}`)];
  rows.push(await measure('nothing there', first, places));
  rows.push(await measure('layers there', second, places));
  rows.push(await measure('all there', second, places));
}
console.log(
  `one image of ${LAYERS} layers of ${LAYER_BYTES / 1e6} MB, each destination in a registry of its own; everything takes ${LATENCY_MS} ms longer`,
);
console.table(rows);

/** The registry of another account for each, which is kept for the next count. */
function openPlace(name: string, at: number): Promise<TestPlace> {
  return world.open({ accountId: String(200_000_000_000 + at), name });
}

function describe(bytes: Buffer): { mediaType: string; digest: string; size: number } {
  const digest = content.putBlob('team/app', bytes);
  return { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest, size: bytes.length };
}

/** An image that differs from others of the same layers by its name. */
function imageOf(name: string): SampleImage {
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, config, layers, annotations: { name } });
  return { manifest, digest: digestOf(manifest), mediaType };
}

async function measure(
  what: string,
  image: SampleImage,
  places: readonly TestPlace[],
): Promise<Record<string, string | number>> {
  const { aws, source } = world;
  const isThere = source.registry.repository('team/app')?.images.has(image.digest) ?? false;
  const root = isThere
    ? { digest: image.digest, text: image.manifest, mediaType: image.mediaType }
    : await world.put(image);
  const faults = [aws.faults, aws.layers.faults, ...places.map(({ gateFaults }) => gateFaults)];
  for (const each of faults) each.latencyMs = LATENCY_MS;
  const calls = aws.requests.length;
  const began = performance.now();
  const { results, readBytes } = await world.copy(await world.read(root), places);
  const milliseconds = Math.round(performance.now() - began);
  for (const each of faults) each.latencyMs = 0;
  const copied = results.map(each => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
  return {
    destinations: places.length,
    what,
    milliseconds,
    'calls to AWS': aws.requests.length - calls,
    'MB read': readBytes / 1e6,
    'MB sent': copied.reduce((sum, { sentBytes }) => sum + sentBytes, 0) / 1e6,
  };
}
