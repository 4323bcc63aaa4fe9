import { annotationsOf, descriptionAsJson } from '../build/labels.ts';
import type { PlatformImage } from '../ecr/platforms.ts';
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
    ['reused', image.isNew === undefined ? image.kind !== 'built' : !image.isNew],
    ['version', version ?? ''],
    ...(loaded === undefined ? [] : outputs(['loaded', loaded])),
  ];
}

/**
 * Bytes of labels, and of annotations, that outputs may have. GitHub takes 1 MB of outputs of a job, counted as UTF-16, and each
 * is in two outputs: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
const MAX_DESCRIPTION_BYTES = 65_536;

/** A description whose labels and annotations fit into outputs, and the names of those that were left out as they do not. */
export function fitDescription(description: Description): { description: Description; leftOut: string[] } {
  const labels = fit(description.labels);
  const annotations = fit(description.annotations);
  return {
    description: { ...description, labels: labels.kept, annotations: annotations.kept },
    leftOut: [...labels.leftOut, ...annotations.leftOut].map(each => each.split('=', 1)[0] ?? ''),
  };
}

/** Leaves out whole items only. */
function fit(items: readonly string[]): { kept: string[]; leftOut: string[] } {
  const kept: string[] = [];
  const leftOut: string[] = [];
  let bytes = 0;
  for (const each of items) {
    const size = Buffer.byteLength(each);
    const fits = bytes + size <= MAX_DESCRIPTION_BYTES;
    if (fits) bytes += size;
    (fits ? kept : leftOut).push(each);
  }
  return { kept, leftOut };
}

/** The outputs about the image's tags, labels and annotations; `json` has all of them in the form of docker/metadata-action. */
export function tagOutputs(
  description: Description | undefined,
  { uri, tags }: { uri: string | undefined; tags: string[] },
): OutputValues {
  const references = tags.map(tag => `${uri}:${tag}`);
  return [
    ['labels', (description?.labels ?? []).join('\n')],
    ['annotations', annotationsOf(description).join('\n')],
    ['tags', references.join('\n')],
    ['tag-names', tags.join('\n')],
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
