import type { RunOf } from '../platform/run.ts';
import { isMutableTag } from '../ecr/mutability.ts';
import type { ExistingImages, Image, Manifest } from '../image/image.ts';
import type { Aws } from '../aws/aws.ts';
import { openTagger } from '../image/tagger.ts';
import type { Tagger } from '../image/tagger.ts';
import { together } from '../platform/job.ts';
import type { Log } from '../platform/job.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import type { Release, Tags } from './plan.ts';
import { chooseAmong, sayWithheld, turnsOf } from './select-releases.ts';

/** The tags that promise something: on the image, or withheld from it. */
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
  /** The gate has blocked the image. */
  isBlocked: boolean;
}

/** Puts the release tags on the digest that was judged: the same bytes, without a rebuild or a pull. */
export function releaseTags(
  { job, plan, tell }: RunOf<{ tags: Tags; release: Release }, Releases>,
  aws: Aws,
  options: Omit<ReleaseTagsOptions, 'tagger'>,
): Promise<void> {
  const { tags, release } = plan;
  const judged = { ...options, tagger: openTagger(aws, options.repository) };
  const { image, manifest, tagger, isBlocked, existing: earlier } = judged;
  const tellBy = (wanted: string[], isReleased: (tag: string) => boolean): Releases => {
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
      const told = tellBy(tags.releases, tag => earlier.releases[tag] === image.digest);
      return log.result(sayWithheld(told.withheld, told.released));
    }
    const holders = await holdersNow(tags.releases, judged);
    const put: string[] = [];
    const isThere = (tag: string): boolean => holders[tag] === image.digest;
    const putAll = (wanted: string[]): Promise<void> =>
      together(
        ...wanted
          .filter(tag => !isThere(tag))
          .map(async tag => {
            await tagger.release(tag, { digest: image.digest, ...(await manifest()) });
            put.push(tag);
          }),
      );
    let wanted = tags.releases;
    try {
      const turns = turnsOf(tags);
      await putAll(turns.fixed);
      const isOpen = tags.claims.some(({ tag }) => turns.moving.includes(tag) && !isThere(tag));
      if (isOpen) wanted = await highestNow(log, tags, judged);
      await putAll(turns.moving.filter(tag => wanted.includes(tag)));
    } finally {
      tellBy(wanted, tag => isThere(tag) || put.includes(tag));
      for (const tag of put) {
        const holder = holders[tag];
        const isNew = holder !== undefined && holder !== earlier.releases[tag];
        if (isNew) warnOfMove(log, { tag, holder, digest: image.digest });
      }
    }
    const released = wanted.join(', ');
    log.result(released === '' ? 'No release tags for this commit' : `${released} now at ${image.digest}`);
  });
}

/**
 * The release tags without those that a higher release has taken since the plan was made: builds and scans take minutes, and
 * another job's version is put on before that job asks in its turn.
 */
async function highestNow(
  log: Log,
  tags: Tags,
  { repository, tagger }: ReleaseTagsOptions,
): Promise<string[]> {
  const present = await tagger.names();
  const choice = chooseAmong(tags, { mutability: repository.mutability, present });
  for (const told of choice.told) log.info(told);
  return choice.tags.releases;
}

function sayPushed(releases: string[], isBlocked: boolean): string {
  if (releases.length === 0) return 'No release tags for this commit';
  const doubt = isBlocked ? ', though the gate blocked the image' : '';
  return `${releases.join(', ')} went on with the push${doubt} (\`release: with-push\`)`;
}

/** What the tags name: those that can move are asked again, as another job may have put them elsewhere meanwhile. */
async function holdersNow(
  releases: string[],
  { repository, tagger, existing }: ReleaseTagsOptions,
): Promise<Record<string, string>> {
  const movable = releases.filter(tag => isMutableTag(tag, repository.mutability));
  if (movable.length === 0) return existing.releases;
  const fixed = Object.entries(existing.releases).filter(([tag]) => !movable.includes(tag));
  return { ...Object.fromEntries(fixed), ...(await tagger.holders(movable)) };
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
