import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import type { World } from '../world.ts';

export interface Manifest {
  digest: string;
  mediaType: string;
  platform?: { os: string; architecture: string };
  annotations?: Record<string, string>;
  manifests?: Manifest[];
  layers?: Manifest[];
  config?: Manifest;
}

const types = ['index', 'manifest'].map(kind => `application/vnd.oci.image.${kind}.v1+json`);

/** What the registry holds under a digest of the repository that every run pushes to. */
export async function readManifest({ registryUrl }: World, digest = 'none'): Promise<Manifest> {
  const bytes = await read(`${registryUrl}/v2/team/hello/manifests/${digest}`);
  const manifest: Manifest = JSON.parse(bytes.toString());
  return manifest;
}

/** All that is under a digest, as one text: manifests, configs, attestations, and layers as they are unpacked. */
export async function readEverything(world: World, digest = 'none'): Promise<string> {
  const manifest = await readManifest(world, digest);
  const { manifests = [], layers = [], config } = manifest;
  const blobs = [...layers, ...(config ? [config] : [])].map(async each => {
    const bytes = await read(`${world.registryUrl}/v2/team/hello/blobs/${each.digest}`);
    return (each.mediaType.endsWith('gzip') ? gunzipSync(bytes) : bytes).toString('latin1');
  });
  const children = manifests.map(each => readEverything(world, each.digest));
  return [JSON.stringify(manifest), ...(await Promise.all([...blobs, ...children]))].join('\n');
}

async function read(url: string): Promise<Buffer> {
  const answer = await fetch(url, { headers: { accept: types.join(', ') } });
  assert.equal(answer.status, 200);
  return Buffer.from(await answer.arrayBuffer());
}
