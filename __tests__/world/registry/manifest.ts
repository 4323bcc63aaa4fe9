import assert from 'node:assert/strict';
import type { World } from '../world.ts';

export interface Manifest {
  digest: string;
  mediaType: string;
  platform?: { os: string; architecture: string };
  annotations?: Record<string, string>;
  manifests?: Manifest[];
  layers?: Manifest[];
}

const types = ['index', 'manifest'].map(kind => `application/vnd.oci.image.${kind}.v1+json`);

/** What the registry holds under a digest of the repository that every run pushes to. */
export async function readManifest({ registryUrl }: World, digest = 'none'): Promise<Manifest> {
  const headers = { accept: types.join(', ') };
  const answer = await fetch(`${registryUrl}/v2/team/hello/manifests/${digest}`, { headers });
  assert.equal(answer.status, 200);
  const manifest: Manifest = JSON.parse(await answer.text());
  return manifest;
}
