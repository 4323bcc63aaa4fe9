import type { Aws } from '../aws/aws.ts';
import { platformsOf } from '../ecr/platforms.ts';
import { findHidden, isArchived, orArchived, sayRestore } from '../image/archived-image.ts';
import type { Image, Manifest } from '../image/image.ts';
import { readImages } from '../image/read-images.ts';
import type { Job } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import type { ScanReport } from '../scan/report.ts';
import type { Baseline } from './baseline-diff.ts';
import { baselineFromScan, whyItself } from './baseline.ts';
import type { GatePlan } from './plan.ts';

/** An image of the repository that this run did not push. `title` is the title of the step that waits for its scan. */
export interface OtherImage {
  title: string;
  image: { kind: 'reused' };
  manifest: () => Promise<Manifest>;
}

/** Reads the baseline's current findings. With an older scan, vulnerabilities that became known since would look new. */
export async function readBaseline(
  { job, plan }: RunOf<{ gate: GatePlan }>,
  aws: Aws,
  { repository, image, scan }: ReadBaselineOptions,
): Promise<Baseline | undefined> {
  const { baseline } = plan.gate;
  if (baseline.kind === 'none') return undefined;
  const { name } = baseline;
  const found = await findBaseline(job, aws, { gate: plan.gate, repository });
  if ('reason' in found) return { kind: 'missing', name, reason: found.reason };
  const reasonItself =
    baseline.kind === 'image'
      ? whyItself(baseline, { ...plan.gate, found: found.digest, digest: image.digest })
      : undefined;
  if (reasonItself !== undefined) return { kind: 'missing', name, reason: reasonItself };
  const report = await scan({
    title: 'Wait for the scan of the baseline',
    image: { kind: 'reused' },
    manifest: () => Promise.resolve(found.manifest),
  });
  return baselineFromScan(report, { name, digest: found.digest });
}

interface ReadBaselineOptions {
  repository: Repository;
  /** The image that is judged. */
  image: Pick<Image, 'digest'>;
  /** Waits for a scan by the same rules as for the judged image. */
  scan: (other: OtherImage) => Promise<ScanReport>;
}

function findBaseline(
  job: Job,
  { ecr }: Aws,
  { gate, repository }: { gate: GatePlan; repository: Repository },
): Promise<{ digest: string; manifest: Manifest } | { reason: string }> {
  return job.step('Find the baseline', async log => {
    const { baseline } = gate;
    if (baseline.kind !== 'image') {
      log.result('There is none: everything counts as new');
      return { reason: baseline.kind === 'missing' ? baseline.reason : 'None is asked for.' };
    }
    const repositoryId = { repositoryName: repository.name, registryId: repository.registryId };
    const [found] = await readImages(ecr, repositoryId, [baseline.id]);
    if (found === undefined) {
      const hidden = await findHidden({ ecr }, repositoryId, baseline.id);
      if (isArchived(hidden)) {
        log.result(`${baseline.name} is archived (${hidden.digest}): everything counts as new`);
        return { reason: `It is archived. ${sayRestore(repository.name, hidden)}` };
      }
      log.result(`There is no image ${baseline.name}: everything counts as new`);
      return { reason: `The repository has no such image.${orArchived(hidden)}` };
    }
    const { digest, text, mediaType } = found;
    log.result(`${baseline.name} is ${digest}`);
    return { digest, manifest: { text, mediaType, platforms: platformsOf(found) } };
  });
}
