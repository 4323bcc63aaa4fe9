import type { Aws } from '../aws/aws.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { isMutableTag } from '../ecr/mutability.ts';
import { isJustCopied, isJustPushed, isNamedByInput } from '../image/image.ts';
import type { ExistingImages, Image, Manifest } from '../image/image.ts';
import { byTag, readImages } from '../image/read-images.ts';
import type { NamedImage } from '../image/read-images.ts';
import { nameApart } from '../image/tag-conflict.ts';
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
  /** Whether this run takes the image that another job has put the commit's tag on, in place of its own. */
  takes: (other: StoredManifest) => Promise<boolean>;
}

/** What came of the release. */
export interface ReleaseResult {
  /** The image to which another job has moved the commit's tag, which is to be judged and released first. */
  other?: StoredManifest;
  /** The release tags that are on the image; none where there is another. */
  released: string[];
  /** Whether the commit's tag names the image of another job by now, which this run does not take. */
  isOvertaken: boolean;
}

/**
 * Puts the release tags on the digest that was judged, without a rebuild or a pull. Where another job has moved the commit's tag
 * meanwhile to an image that this run takes, it puts none and answers that image.
 * @throws {Failure} where a tag names another image and cannot move, or the image has as many tags as ECR allows.
 */
export function releaseTags(
  { job, plan, tell }: RunOf<{ tags: Tags; release: Release }, Releases>,
  aws: Aws,
  options: Omit<ReleaseTagsOptions, 'tagger'>,
): Promise<ReleaseResult> {
  const { tags, release } = plan;
  // What was pushed during this run is new to ECR; an image that it found is not.
  const isNew = isJustPushed(options.image);
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
    const isPushed = release === 'with-push' && !isNamedByInput(image);
    const follows = !isNamedByInput(image) && isMutableTag(tags.candidate, options.repository.mutability);
    if (isPushed && (isBlocked || !follows)) {
      tell({ released: [], withheld: [] });
      log.result(sayPushed(tags.releases, isBlocked));
      return { released: tags.releases, isOvertaken: false };
    }
    if (isBlocked) {
      const releases = tellReleases(tags.releases, tag => ownValue(existing.releases, tag) === image.digest);
      const said = sayWithheld(releases.withheld, releases.released);
      log.result(isJustCopied(image) ? `${said}; the image came without a tag and stays so` : said);
      return { released: releases.released, isOvertaken: false };
    }
    const { holders, ofCommit } = await currentHolders(tags, aws, { ...fullOptions, follows });
    const other = ofCommit === undefined || ofCommit.digest === image.digest ? undefined : ofCommit;
    if (other !== undefined && (await options.takes(other))) {
      log.result(
        `Another job has put ${tags.candidate} on ${other.digest}, from the same inputs: that image is released`,
      );
      return { other, released: [], isOvertaken: false };
    }
    if (other !== undefined) warnOfOther(log, { tag: tags.candidate, other, digest: image.digest });
    const putTags: string[] = [];
    const isOnImage = (tag: string): boolean => ownValue(holders, tag) === image.digest;
    // It is as if the other job, which has pushed later, had begun after this one was over.
    const isOnOther = (tag: string): boolean =>
      other !== undefined && ownValue(holders, tag) === other.digest;
    const putMissing = (wanted: string[]): Promise<void> =>
      together(
        ...wanted
          .filter(tag => !isOnImage(tag) && !isOnOther(tag))
          .map(async tag => {
            await tagger.release(tag, { digest: image.digest, ...(await manifest()) });
            putTags.push(tag);
          }),
      );
    let wanted = tags.releases;
    let released: string[] = [];
    try {
      const groups = splitFixedAndMoving(tags);
      await putMissing(groups.fixed);
      const hasMissingClaims = tags.claims.some(({ tag }) => groups.moving.includes(tag) && !isOnImage(tag));
      if (hasMissingClaims) wanted = await selectAgain(log, tags, fullOptions);
      await putMissing(groups.moving.filter(tag => wanted.includes(tag)));
    } finally {
      wanted = wanted.filter(tag => !isOnOther(tag));
      ({ released } = tellReleases(wanted, tag => isOnImage(tag) || putTags.includes(tag)));
      for (const tag of putTags) {
        const holder = ownValue(holders, tag);
        const movedMeanwhile = holder !== undefined && holder !== ownValue(existing.releases, tag);
        if (movedMeanwhile) warnOfMove(log, { tag, holder, digest: image.digest });
      }
    }
    log.result(
      isPushed && putTags.length === 0 ? sayPushed(wanted, isBlocked) : sayReleased(wanted, image.digest),
    );
    return { released, isOvertaken: other !== undefined };
  });
}

function sayReleased(releases: string[], digest: string): string {
  return releases.length === 0
    ? 'No release tags for this commit'
    : `${releases.join(', ')} now at ${digest}`;
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

interface Holders {
  /** The digests by release tag. */
  holders: Record<string, string>;
  /** The image that the commit's tag names; absent where the tag cannot move, or is gone. */
  ofCommit?: NamedImage;
}

/** What the tags name now. Tags that can move are read again, in one call, because another job may have moved them. */
async function currentHolders(
  { releases, candidate }: Tags,
  { ecr }: Aws,
  { repository, existing, follows }: ReleaseTagsOptions & { follows: boolean },
): Promise<Holders> {
  const { name: repositoryName, registryId, mutability } = repository;
  const movable = releases.filter(tag => isMutableTag(tag, mutability));
  const names = [...movable, ...(follows ? [candidate] : [])];
  if (names.length === 0) return { holders: existing.releases };
  const images = await readImages(ecr, { repositoryName, registryId }, byTag(names));
  const fixedHolders = Object.entries(existing.releases).filter(([tag]) => !movable.includes(tag));
  const movedHolders = images.map(({ tag = '', digest }) => [tag, digest] as const);
  const ofCommit = follows ? images.find(({ tag }) => tag === candidate) : undefined;
  return { holders: Object.fromEntries([...fixedHolders, ...movedHolders]), ...(ofCommit && { ofCommit }) };
}

function warnOfOther(
  log: Log,
  { tag, other, digest }: { tag: string; other: StoredManifest; digest: string },
): void {
  log.warn(
    `Another job has put the commit's tag ${tag} on ${other.digest} while this one ran, and this one's image is ${digest}. ` +
      'The two are not taken for each other, as they were made from other inputs, or from sources that may change, or `reuse` is off. ' +
      `If both images are wanted: ${nameApart} A \`concurrency\` group in the workflow lets one job follow the other.`,
  );
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
