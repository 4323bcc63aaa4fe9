import type { AwsSession } from '../aws/aws.ts';
import type { Copied } from '../copy/copy-tree.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import type { Image, Manifest } from '../image/image.ts';
import { setOutput } from '../platform/actions.ts';
import { describeFailure } from '../platform/failure.ts';
import { megabytes, together } from '../platform/job.ts';
import type { Job } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { CopiesSummary } from '../report/copies-table.ts';
import type { Repository } from '../repository/repository.ts';
import type { Tags } from '../tags/plan.ts';
import { immovableTags, splitFixedAndMoving } from '../tags/select-releases.ts';
import type { Copier } from './copier.ts';
import type { Destination } from './open-destination.ts';
import { copiesOutput, copiesFailure, summariesOf } from './outcome.ts';
import type { CopyOutcome } from './outcome.ts';

interface CopyParts {
  tags: Pick<Tags, 'candidate' | 'moving'>;
  role: { masksAccountId: boolean };
}

interface CopyImageOptions {
  repository: Repository;
  destinations: readonly Destination[];
  image: Image;
  manifest: () => Promise<Manifest>;
  /** Whether the gate has blocked the image. */
  isBlocked: boolean;
  /** The release tags that the image has got. */
  released: readonly string[];
  /** Whether the commit's tag names the image of another job by now, whose run copies it with that tag. */
  isOvertaken: boolean;
  /** The image that is judged and released in place of this one, where there is one. */
  other?: StoredManifest | undefined;
}

/**
 * Copies the image to all destinations, with all that belongs to it, and puts its tags there. A destination that fails stops no other.
 * A blocked image is copied nowhere.
 * @throws {Failure} at the end, where a destination has failed.
 */
export async function copyImage(
  { job, plan, tell }: RunOf<CopyParts, { copies: CopiesSummary }>,
  own: AwsSession,
  { repository, destinations, image, manifest, isBlocked, released, isOvertaken, other }: CopyImageOptions,
): Promise<void> {
  if (destinations.length === 0 || other !== undefined) return;
  if (isBlocked) {
    setOutput('copies', '[]');
    tell({ copies: { kind: 'blocked', titles: destinations.map(each => each.plan.title) } });
    await together(...destinations.map(({ lifecycle }) => lifecycle.put(image)));
    return;
  }
  const { signal } = job;
  const from = { ecr: own.ecr, region: own.region, repository };
  const { text, mediaType, platforms } = await manifest();
  const tellOutcomes = (outcomes: readonly CopyOutcome[]): void => {
    const { masksAccountId } = plan.role;
    setOutput('copies', copiesOutput(outcomes, { digest: image.digest, platforms, masksAccountId }));
    tell({ copies: { kind: 'done', copies: summariesOf(outcomes) } });
  };
  await using copier = await job.step('Find what belongs to the image', async log => {
    // Only who copies loads what copies.
    const { openCopier } = await import('./copier.ts');
    const root = { digest: image.digest, text, mediaType };
    const options = { destinations: destinations.length, signal };
    const opened = await openCopier(from, root, options).catch(error => {
      tellOutcomes(destinations.map(destination => ({ destination, copied: undefined, tags: [], error })));
      throw error;
    });
    log.result(
      `${opened.tree.manifests.length} manifests, ${megabytes(opened.tree.bytes)} of layers and configs`,
    );
    return opened;
  });
  const isOfCommit = image.tag === plan.tags.candidate && !isOvertaken;
  const names = [...released, ...(isOfCommit ? [plan.tags.candidate] : [])];
  const copies = destinations.map(destination =>
    copier.inTurn(() => copyTo(job, destination, { image, copier, names, moving: plan.tags.moving })),
  );
  const outcomes = await Promise.all(copies);
  signal.throwIfAborted();
  tellOutcomes(outcomes);
  const failure = copiesFailure(outcomes);
  if (failure !== undefined) throw failure;
}

interface CopyToOptions {
  image: { digest: string };
  copier: Copier;
  /** The tags that the image is to have. */
  names: readonly string[];
  /** Those of the run's tags that are meant to move. */
  moving: readonly string[];
}

/** Copies to one destination; a failure is a part of the outcome. */
async function copyTo(
  job: Job,
  destination: Destination,
  { image, copier, names, moving }: CopyToOptions,
): Promise<CopyOutcome> {
  const { aws, repository, login } = destination;
  const to = { ecr: aws.ecr, region: aws.region, repository, login };
  const done = new Set<string>();
  let copied: Copied | undefined;
  try {
    await job.step(`Copy to ${destination.plan.title}`, async log => {
      try {
        copied = await copier.copy(to, log);
        const immovable = immovableTags(repository.mutability, { moving: [...moving] });
        const wanted = names.filter(tag => !immovable.includes(tag));
        const groups = splitFixedAndMoving({ releases: wanted, moving: [...moving] });
        await copier.tag(to, { ...groups, onPut: tag => void done.add(tag) });
        log.result(sayCopied(copied, wanted));
      } catch (error) {
        if (!job.signal.aborted) log.info(describeFailure(error));
        throw error;
      }
    });
    await destination.lifecycle.put(image);
    return { destination, copied, tags: names.filter(tag => done.has(tag)) };
  } catch (error) {
    return { destination, copied, tags: names.filter(tag => done.has(tag)), error };
  }
}

function sayCopied(
  { kind, manifests, sentBytes, mountedBytes, presentBytes }: Copied,
  tags: string[],
): string {
  const named = tags.length === 0 ? 'no tags' : tags.join(', ');
  if (kind === 'there') return `There already, ${megabytes(presentBytes)}; ${named}`;
  const counts = `${megabytes(sentBytes)} sent, ${megabytes(mountedBytes)} mounted, ${megabytes(presentBytes)} there`;
  return `${manifests} manifests put, ${counts}; ${named}`;
}
