/** One image that can be pulled and scanned. */
export interface PlatformImage {
  /** `os/architecture[/variant]`; empty where a single manifest does not say. */
  platform: string;
  digest: string;
}

/** What `BatchGetImage` may answer with: without the index types ECR would pick one platform for us. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

interface Index {
  manifests?: {
    digest: string;
    platform?: { os: string; architecture: string; variant?: string };
    annotations?: Record<string, string>;
  }[];
}

/**
 * The images behind a digest: an index's children without BuildKit's attestations, or the manifest itself.
 * https://docs.docker.com/build/metadata/attestations/attestation-storage/
 */
export function platformsOf(manifest: string, digest: string): PlatformImage[] {
  const { manifests }: Index = JSON.parse(manifest);
  if (manifests === undefined) return [{ platform: '', digest }];
  return manifests
    .filter(
      ({ platform, annotations }) =>
        platform?.os !== 'unknown' && annotations?.['vnd.docker.reference.type'] !== 'attestation-manifest',
    )
    .map(({ platform, digest: child }) => ({
      platform: platform
        ? [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/')
        : '',
      digest: child,
    }));
}
