import { readImages } from '../image/read-images.ts';
import type { RunOf } from '../platform/run.ts';
import type { Aws } from '../aws/aws.ts';
import { platformsOf } from '../ecr/manifest.ts';
import type { Image, Manifest } from '../image/image.ts';
import type { Job } from '../platform/job.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import type { ScanReport } from '../scan/report.ts';
import type { Baseline } from './baseline-diff.ts';
import type { GatePlan } from './plan.ts';
import { baselineIn, selfOf } from './baseline.ts';

/** An image of the repository that nobody has just pushed. */
export interface OtherImage {
  title: string;
  image: { kind: 'reused' };
  manifest: () => Promise<Manifest>;
}

/** Reads how the baseline fares today: a scan of last week would make old findings look new. */
export async function readBaseline(
  { job, plan }: RunOf<{ gate: GatePlan }>,
  aws: Aws,
  { repository, image, scan }: ReadBaselineOptions,
): Promise<Baseline | undefined> {
  const { baseline } = plan.gate;
  if (baseline.kind === 'none') return undefined;
  const { name } = baseline;
  const found = await find(job, aws, { gate: plan.gate, repository });
  if (found === undefined) {
    const reason = baseline.kind === 'missing' ? baseline.reason : 'The repository has no such image.';
    return { kind: 'missing', name, reason };
  }
  const self =
    baseline.kind === 'image'
      ? selfOf(baseline, { ...plan.gate, found: found.digest, digest: image.digest })
      : undefined;
  if (self !== undefined) return { kind: 'missing', name, reason: self };
  const report = await scan({
    title: 'Wait for the scan of the baseline',
    image: { kind: 'reused' },
    manifest: () => Promise.resolve(found.manifest),
  });
  return baselineIn(report, { name, digest: found.digest });
}

interface ReadBaselineOptions {
  repository: Repository;
  /** The image that is judged. */
  image: Pick<Image, 'digest'>;
  /** The very scan that the image itself has. */
  scan: (other: OtherImage) => Promise<ScanReport>;
}

function find(
  job: Job,
  { ecr }: Aws,
  { gate, repository }: { gate: GatePlan; repository: Repository },
): Promise<{ digest: string; manifest: Manifest } | undefined> {
  return job.step('Find the baseline', async log => {
    const { baseline } = gate;
    if (baseline.kind !== 'image') {
      log.result('There is none: everything counts as new');
      return undefined;
    }
    const where = { repositoryName: repository.name, registryId: repository.registryId };
    const [found] = await readImages(ecr, where, [baseline.id]);
    if (found === undefined) {
      log.result(`There is no image ${baseline.name}: everything counts as new`);
      return undefined;
    }
    const { digest, text, mediaType } = found;
    log.result(`${baseline.name} is ${digest}`);
    return { digest, manifest: { text, mediaType, platforms: platformsOf(text, digest) } };
  });
}
