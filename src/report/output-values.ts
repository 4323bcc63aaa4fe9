import { descriptionAsJson } from '../build/labels.ts';
import type { PlatformImage } from '../ecr/manifest.ts';
import type { Description, ImageOrigin } from '../image/description.ts';
import type { OutputValues } from '../platform/actions.ts';

/** The outputs about an image that are set as soon as it is in the repository. */
export function imageOutputs(
  image: ImageOrigin & { digest: string; ref: string; isNew?: boolean },
  { version, loaded }: { version: string | undefined; loaded: string | undefined },
): OutputValues {
  return [
    ['digest', image.digest],
    ['image', image.ref],
    ['reused', image.kind === 'joined' ? !image.isNew : image.kind !== 'built'],
    ['version', version ?? ''],
    ...(loaded === undefined ? [] : outputs(['loaded', loaded])),
  ];
}

/** The outputs about the image's tags and labels; `json` has both in the form of docker/metadata-action. */
export function tagOutputs(
  description: Description | undefined,
  { uri, tags }: { uri: string | undefined; tags: string[] },
): OutputValues {
  const references = tags.map(tag => `${uri}:${tag}`);
  return [
    ['labels', (description?.labels ?? []).join('\n')],
    ['tags', references.join('\n')],
    ['json', descriptionAsJson(description, { references, tags })],
  ];
}

/** The digest of each platform's image, by platform. Images of unknown platforms are left out. */
export function digestsByPlatform(images: readonly PlatformImage[]): Record<string, string> {
  return Object.fromEntries(
    images.filter(({ platform }) => platform !== '').map(({ platform, digest }) => [platform, digest]),
  );
}

function outputs(...told: OutputValues): OutputValues {
  return told;
}
