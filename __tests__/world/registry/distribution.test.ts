import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { startDistribution } from './distribution.ts';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

it('a registry takes a push, resolves its tag, deletes, and is gone after use', async () => {
  let url: string;
  {
    await using registry = await startDistribution();
    url = registry.url;
    const config = await pushBlob(url, Buffer.from('{}'));
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: config, size: 2 },
      layers: [],
    });
    const put = await fetch(`${url}/v2/app/manifests/v1`, {
      method: 'PUT',
      headers: { 'content-type': manifestType },
      body: manifest,
    });
    assert.equal(put.status, 201, await put.text());
    const head = await fetch(`${url}/v2/app/manifests/v1`, {
      method: 'HEAD',
      headers: { accept: manifestType },
    });
    assert.equal(head.headers.get('docker-content-digest'), digestOf(Buffer.from(manifest)));
    const remove = await fetch(`${url}/v2/app/manifests/${digestOf(Buffer.from(manifest))}`, {
      method: 'DELETE',
    });
    assert.equal(remove.status, 202);
    assert.equal((await fetch(`${url}/v2/app/manifests/v1`)).status, 404);
  }
  await assert.rejects(fetch(`${url}/v2/`));
});

it('two registries know nothing of each other', async () => {
  await using one = await startDistribution();
  await using other = await startDistribution();
  const digest = await pushBlob(one.url, Buffer.from('layer'));
  assert.equal((await fetch(`${one.url}/v2/app/blobs/${digest}`)).status, 200);
  assert.equal((await fetch(`${other.url}/v2/app/blobs/${digest}`)).status, 404);
});

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Uploads in two steps, as the location of the second is where relative URLs show. Gives the blob's digest. */
async function pushBlob(url: string, content: Buffer): Promise<string> {
  const digest = digestOf(content);
  const start = await fetch(`${url}/v2/app/blobs/uploads/`, { method: 'POST' });
  const location = start.headers.get('location') ?? '';
  assert.match(location, /^\/v2\//);
  const upload = new URL(location, url);
  upload.searchParams.set('digest', digest);
  const put = await fetch(upload, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(content),
  });
  assert.equal(put.status, 201, await put.text());
  return digest;
}
