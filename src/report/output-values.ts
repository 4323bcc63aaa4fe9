import { describedAsJson } from '../build/labels.ts';
import type { Metadata } from '../build/metadata.ts';
import type { PlatformImage } from '../ecr/manifest.ts';
import type { Judgement } from '../gate/verdict.ts';
import type { Description, Origin } from '../image/description.ts';
import type { ScanReport } from '../scan/report.ts';
import { severities, total } from '../scan/severity.ts';

/** Outputs of action.yml by name. */
type OutputValues = [name: string, value: string | number | boolean][];

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

/** What docker/build-push-action tells of a build beside the digest. */
export function buildOutputs({ text, imageId }: Metadata): OutputValues {
  return [['metadata', text], ...(imageId === undefined ? [] : some(['imageid', imageId]))];
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

/** The verdict, and the numbers behind it where there was a scan. */
export function judgementOutputs(
  { verdict, comparison, blockingCount, ignored }: Judgement,
  report: ScanReport,
): OutputValues {
  const status = report.kind === 'unawaited' ? '' : report.status;
  return [
    ['scan-verdict', verdict.kind],
    ['scan-sentence', verdict.sentence],
    ...(status === '' ? [] : some(['scan-status', status])),
    ...(report.kind === 'scanned'
      ? some(
          ...severities.map((severity): OutputValues[number] => [severity, report.counts[severity]]),
          ['total', total(report.counts)],
          ['blocking', blockingCount],
          ['ignored', ignored.length],
        )
      : []),
    ...(report.kind === 'scanned' && comparison
      ? some(['new', comparison.added.length], ['gone', comparison.gone.length])
      : []),
  ];
}

function some(...told: OutputValues): OutputValues {
  return told;
}
