import { describedAsJson } from '../build/labels.ts';
import type { OutputValues } from '../platform/actions.ts';
import type { PlatformImage } from '../ecr/manifest.ts';
import type { Description, Origin } from '../image/description.ts';

/** What is told of an image as soon as it is there. */
export function imageOutputs(
  image: Origin & { digest: string; ref: string; isNew?: boolean },
  { version, loaded }: { version: string | undefined; loaded: string | undefined },
): OutputValues {
  return [
    ['digest', image.digest],
    ['image', image.ref],
    ['reused', image.kind === 'joined' ? !image.isNew : image.kind !== 'built'],
    ['version', version ?? ''],
    ...(loaded === undefined ? [] : some(['loaded', loaded])),
  ];
}

/** The tags that are on the image, alone and with its labels as docker/metadata-action's `json`. */
export function tagOutputs(
  description: Description | undefined,
  { uri, tags }: { uri: string | undefined; tags: string[] },
): OutputValues {
  const references = tags.map(tag => `${uri}:${tag}`);
  return [
    ['labels', (description?.labels ?? []).join('\n')],
    ['tags', references.join('\n')],
    ['json', describedAsJson(description, { references, tags })],
  ];
}

/** Each platform's own digest, as far as the platform is known. */
export function digestsOf(images: readonly PlatformImage[]): Record<string, string> {
  return Object.fromEntries(
    images.filter(({ platform }) => platform !== '').map(({ platform, digest }) => [platform, digest]),
  );
}

function some(...told: OutputValues): OutputValues {
  return told;
}
