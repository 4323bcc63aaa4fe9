/** One image of one platform, which can be pulled and scanned. */
export interface PlatformImage {
  /** `os/architecture[/variant]`; empty if a single manifest does not name it. */
  platform: string;
  digest: string;
}

/** The media types that `BatchGetImage` may answer with. Without those of an index, ECR would choose one platform of it. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

interface ImageIndex {
  manifests?: {
    digest: string;
    platform?: Platform;
    annotations?: Record<string, string>;
  }[];
}

/**
 * The images behind a digest: the children of an index without BuildKit's attestations, or the manifest itself. An attestation
 * has the platform `unknown` and an annotation. A child that has only one of the two may be an image that another tool made,
 * and is kept.
 * https://docs.docker.com/build/metadata/attestations/attestation-storage/
 */
export function platformsOf(manifest: string, digest: string): PlatformImage[] {
  const { manifests }: ImageIndex = JSON.parse(manifest);
  if (manifests === undefined) return [{ platform: '', digest }];
  return manifests
    .filter(
      ({ platform, annotations }) =>
        platform?.os !== 'unknown' || annotations?.['vnd.docker.reference.type'] !== 'attestation-manifest',
    )
    .map(({ platform, digest: child }) => ({
      platform: platform ? platformName(platform) : '',
      digest: child,
    }));
}

interface Platform {
  os: string;
  architecture: string;
  variant?: string;
}

function platformName({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join('/');
}

/**
 * The platform in the config of an image; empty if it names none.
 * https://github.com/opencontainers/image-spec/blob/main/config.md
 */
export function platformIn(config: unknown): string {
  const { os, architecture, variant }: Partial<Platform> =
    typeof config === 'object' && config !== null ? config : {};
  return os && architecture ? platformName({ os, architecture, ...(variant && { variant }) }) : '';
}
