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
    platform?: Platform;
    annotations?: Record<string, string>;
  }[];
}

/**
 * The images behind a digest: an index's children without BuildKit's attestations, or the manifest itself. An attestation has
 * two marks; what has one of them may be an image of another tool, which nothing but ECR says to be none.
 * https://docs.docker.com/build/metadata/attestations/attestation-storage/
 */
export function platformsOf(manifest: string, digest: string): PlatformImage[] {
  const { manifests }: Index = JSON.parse(manifest);
  if (manifests === undefined) return [{ platform: '', digest }];
  return manifests
    .filter(
      ({ platform, annotations }) =>
        platform?.os !== 'unknown' || annotations?.['vnd.docker.reference.type'] !== 'attestation-manifest',
    )
    .map(({ platform, digest: child }) => ({ platform: platform ? nameOf(platform) : '', digest: child }));
}

interface Platform {
  os: string;
  architecture: string;
  variant?: string;
}

function nameOf({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join('/');
}

/** The platform that an image's config names; empty where it names none. https://github.com/opencontainers/image-spec/blob/main/config.md */
export function platformIn(config: unknown): string {
  const { os, architecture, variant }: Partial<Platform> =
    typeof config === 'object' && config !== null ? config : {};
  return os && architecture ? nameOf({ os, architecture, ...(variant && { variant }) }) : '';
}
