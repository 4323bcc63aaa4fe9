import { isPlatform, readContent } from './manifest.ts';
import type { Platform, StoredManifest } from './manifest.ts';

/** One image of one platform, which can be pulled and scanned. */
export interface PlatformImage {
  /** `os/architecture[/variant]`; empty if a single manifest does not name it. */
  platform: string;
  digest: string;
}

/**
 * The images behind a manifest: the children of an index without BuildKit's attestations, or the image itself. An attestation
 * has the platform `unknown` and an annotation. A child that has only one of the two may be an image that another tool made,
 * and is kept.
 * https://docs.docker.com/build/metadata/attestations/attestation-storage/
 * @throws {Failure} where docker could read another image from the manifest.
 */
export function platformsOf(stored: StoredManifest): PlatformImage[] {
  const content = readContent(stored);
  if (content.kind === 'image') return [{ platform: '', digest: stored.digest }];
  return content.manifests
    .filter(
      ({ platform, annotations }) =>
        platform?.os !== 'unknown' || annotations?.['vnd.docker.reference.type'] !== 'attestation-manifest',
    )
    .map(({ platform, digest: child }) => ({
      platform: platform ? platformName(platform) : '',
      digest: child,
    }));
}

function platformName({ os, architecture, variant }: Partial<Platform>): string {
  return [os, architecture, variant].filter(Boolean).join('/');
}

/**
 * The platform in the config of an image; empty if it names none.
 * https://github.com/opencontainers/image-spec/blob/main/config.md
 */
export function platformIn(config: Record<string, unknown>): string {
  const { os, architecture } = config;
  return isPlatform(config) && os && architecture ? platformName(config) : '';
}
