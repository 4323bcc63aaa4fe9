import type { Aws } from '../aws/aws.ts';
import { isMutableTag } from '../ecr/mutability.ts';
import type { ExistingImages, Image, Manifest } from '../image/image.ts';
import { openTagger } from '../image/tagger.ts';
import type { Tagger } from '../image/tagger.ts';
import { together } from '../platform/job.ts';
import type { Log } from '../platform/job.ts';
import { ownValue } from '../platform/own-value.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import type { Release, Tags } from './plan.ts';
import { selectReleases, sayWithheld, splitFixedAndMoving } from './select-releases.ts';

/** The release tags that are on the image, and those that are withheld from it. */
export interface Releases {
  released: string[];
  withheld: string[];
}

interface ReleaseTagsOptions {
  repository: Repository;
  image: Image;
  manifest: () => Promise<Manifest>;
  tagger: Tagger;
  existing: ExistingImages;
  /** Whether the gate has blocked the image. */
  isBlocked: boolean;
}

/**
 * Puts the release tags on the digest that was judged, without a rebuild or a pull.
 * @throws {Failure} where a tag names another image and cannot move, or the image has as many tags as ECR allows.
 */
export function releaseTags(
  { job, plan, tell }: RunOf<{ tags: Tags; release: Release }, Releases>,
  aws: Aws,
  options: Omit<ReleaseTagsOptions, 'tagger'>,
): Promise<void> {
  const { tags, release } = plan;
  // What this run has built or joined is new to ECR; an image that it found is not.
  const isNew = options.image.kind === 'built' || options.image.kind === 'joined';
  const tagger = openTagger(aws, options.repository, isNew ? { signal: job.signal } : undefined);
  const fullOptions = { ...options, tagger };
  const { image, manifest, isBlocked, existing } = fullOptions;
  const tellReleases = (wanted: string[], isReleased: (tag: string) => boolean): Releases => {
    const releases = {
      released: wanted.filter(isReleased),
      withheld: wanted.filter(tag => !isReleased(tag)),
    };
    tell(releases);
    return releases;
  };
  return job.step('Release the tags', async log => {
    if (release === 'with-push' && image.kind !== 'found') {
      tell({ released: [], withheld: [] });
      return log.result(sayPushed(tags.releases, isBlocked));
    }
    if (isBlocked) {
      const releases = tellReleases(tags.releases, tag => ownValue(existing.releases, tag) === image.digest);
      return log.result(sayWithheld(releases.withheld, releases.released));
    }
    const holders = await currentHolders(tags.releases, fullOptions);
    const putTags: string[] = [];
    const isOnImage = (tag: string): boolean => ownValue(holders, tag) === image.digest;
    const putMissing = (wanted: string[]): Promise<void> =>
      together(
        ...wanted
          .filter(tag => !isOnImage(tag))
          .map(async tag => {
            await tagger.release(tag, { digest: image.digest, ...(await manifest()) });
            putTags.push(tag);
          }),
      );
    let wanted = tags.releases;
    try {
      const groups = splitFixedAndMoving(tags);
      await putMissing(groups.fixed);
      const hasMissingClaims = tags.claims.some(({ tag }) => groups.moving.includes(tag) && !isOnImage(tag));
      if (hasMissingClaims) wanted = await selectAgain(log, tags, fullOptions);
      await putMissing(groups.moving.filter(tag => wanted.includes(tag)));
    } finally {
      tellReleases(wanted, tag => isOnImage(tag) || putTags.includes(tag));
      for (const tag of putTags) {
        const holder = ownValue(holders, tag);
        const movedMeanwhile = holder !== undefined && holder !== ownValue(existing.releases, tag);
        if (movedMeanwhile) warnOfMove(log, { tag, holder, digest: image.digest });
      }
    }
    const released = wanted.join(', ');
    log.result(released === '' ? 'No release tags for this commit' : `${released} now at ${image.digest}`);
  });
}

/**
 * Selects the release tags again, because another job may have pushed a higher release during this build and scan. Each job
 * puts its version tag on before it lists the repository's tags, so one of two parallel jobs always sees the other.
 */
async function selectAgain(
  log: Log,
  tags: Tags,
  { repository, tagger }: ReleaseTagsOptions,
): Promise<string[]> {
  const present = await tagger.names();
  const selected = selectReleases(tags, { mutability: repository.mutability, present });
  for (const note of selected.notes) log.info(note);
  return selected.tags.releases;
}

function sayPushed(releases: string[], isBlocked: boolean): string {
  if (releases.length === 0) return 'No release tags for this commit';
  const blockedNote = isBlocked ? ', though the gate blocked the image' : '';
  return `${releases.join(', ')} went on with the push${blockedNote} (\`release: with-push\`)`;
}

/** The digests that the tags name now. Tags that can move are read again, because another job may have moved them. */
async function currentHolders(
  releases: string[],
  { repository, tagger, existing }: ReleaseTagsOptions,
): Promise<Record<string, string>> {
  const movable = releases.filter(tag => isMutableTag(tag, repository.mutability));
  if (movable.length === 0) return existing.releases;
  const fixedHolders = Object.entries(existing.releases).filter(([tag]) => !movable.includes(tag));
  return { ...Object.fromEntries(fixedHolders), ...(await tagger.holders(movable)) };
}

function warnOfMove(
  log: Log,
  { tag, holder, digest }: { tag: string; holder: string; digest: string },
): void {
  log.warn(
    `Another job put the tag '${tag}' on ${holder} while this one ran; this job has put it on ${digest}. ` +
      'Where the other job was the newer one, run it again; a `concurrency` group in the workflow lets one follow the other.',
  );
}
