import type { Content } from './content.ts';

/**
 * Layers and manifests in a registry that speaks the distribution protocol.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * @param url the registry's base URL, without a slash at its end
 * @param alias before the repositories' names, where the registry has one
 */
export function createDistributionContent(url: string, alias = ''): Content {
  const repositoryUrl = (name: string) => `${url}/v2/${alias === '' ? name : `${alias}/${name}`}`;
  const blobUrl = (name: string, digest: string) => `${repositoryUrl(name)}/blobs/${digest}`;
  return {
    blobUrl,
    async blobSize(repositoryName, digest) {
      const response = await fetch(blobUrl(repositoryName, digest), { method: 'HEAD' });
      return response.ok ? Number(response.headers.get('content-length')) : undefined;
    },
    async readBlob(repositoryName, digest) {
      const response = await fetch(blobUrl(repositoryName, digest));
      const body = Buffer.from(await response.arrayBuffer());
      return response.ok ? body : undefined;
    },
    async writeBlob(repositoryName, digest, bytes) {
      const begun = await fetch(`${repositoryUrl(repositoryName)}/blobs/uploads/`, { method: 'POST' });
      const upload = new URL(begun.headers.get('location') ?? '', url);
      upload.searchParams.set('digest', digest);
      const response = await fetch(upload, {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body: new Uint8Array(bytes),
      });
      if (!response.ok) throw new Error(`The registry behind ECR refused a layer: ${response.status}`);
    },
    async putManifest({ repositoryName, reference, body, mediaType }) {
      const response = await fetch(`${repositoryUrl(repositoryName)}/manifests/${reference}`, {
        method: 'PUT',
        headers: { 'content-type': mediaType },
        body,
      });
      const answer = await response.text();
      if (!response.ok) {
        throw new Error(`The registry behind ECR refused a manifest: ${response.status} ${answer}`);
      }
    },
  };
}
