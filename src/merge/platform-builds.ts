import { isTag, nameOneRepository } from '../ecr/reference.ts';
import { parseGivenJson } from '../validation/json.ts';
import type { Parsed } from '../validation/parsers.ts';

/** The output of one run of `mode: build`: a part of an image, for some of its platforms. */
export interface PlatformBuild {
  /** URI of the repository, or its name alone where the account id in the URI is masked. */
  repository: string;
  /** SHA of the commit that was built. */
  commit: string;
  /** Tag of the image that this is a part of, where `flavor` makes it another one than the commit. */
  tag?: string;
  /** `sha256:…` */
  digest: string;
  /** `os/architecture[/variant]` */
  platforms: string[];
}

/** What `mode: merge` gets in its input `builds`. */
export interface PlatformBuilds {
  builds: PlatformBuild[];
  /** The places in `builds` that are empty, such as `line 2` or the name of a member. */
  missing: string[];
}

const remedy =
  'Give the output `build` of each run of `mode: build`, one a line, or `${{ toJSON(needs.build.outputs) }}` of a job whose outputs they are.';

/**
 * Reads platform builds: one in each line, or all of them in one JSON document, as values or as strings. An entry is empty where
 * a job pushed nothing or GitHub withheld its output. That is no problem here, because it matters only if the builds are joined.
 */
export function parsePlatformBuilds(text: string): Parsed<PlatformBuilds> {
  const document = parseJson(text);
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const entries =
    document === undefined
      ? lines.flatMap((line, index) => flatten(parseJson(line), `line ${index + 1}`))
      : flatten(document, 'all of it');
  const builds = entries.flatMap(({ value }) => (isPlatformBuild(value) ? [value] : []));
  const missing = entries.filter(({ value }) => value === '').map(({ name }) => name);
  return builds.length + missing.length === entries.length
    ? { value: { builds, missing } }
    : { problem: 'is not what `mode: build` hands on', remedy };
}

function parseJson(text: string): unknown {
  const parsed = parseGivenJson(text);
  return 'value' in parsed ? parsed.value : undefined;
}

/** Lists the platform builds in arrays, in the members of an object, and in strings of JSON, each with the name of its place. */
function flatten(value: unknown, name: string): { name: string; value: unknown }[] {
  if (typeof value === 'string' && value !== '') return flatten(parseJson(value), name);
  if (Array.isArray(value)) return value.flatMap((each, index) => flatten(each, `number ${index + 1}`));
  if (typeof value !== 'object' || value === null || 'digest' in value) return [{ name, value }];
  return Object.entries(value).flatMap(([member, each]) => flatten(each, `\`${member}\``));
}

function isPlatformBuild(value: unknown): value is PlatformBuild {
  if (typeof value !== 'object' || value === null) return false;
  const { repository, commit, tag, digest, platforms }: Partial<Record<keyof PlatformBuild, unknown>> = value;
  return (
    typeof repository === 'string' &&
    typeof commit === 'string' &&
    (tag === undefined || (typeof tag === 'string' && isTag(tag))) &&
    typeof digest === 'string' &&
    /^sha256:[0-9a-f]{64}$/.test(digest) &&
    Array.isArray(platforms) &&
    platforms.length > 0 &&
    platforms.every(each => typeof each === 'string')
  );
}

/** Why the platform builds cannot be joined to one image; `undefined` where they can. */
export function whyNotMergeable(
  { builds, missing }: PlatformBuilds,
  { repository, name, commit, tag = commit, platforms }: Omit<PlatformBuild, 'digest'> & { name: string },
): { message: string; remedy: string } | undefined {
  if (missing.length > 0) {
    return {
      message: `A piece is lost: in \`builds\` ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} empty.`,
      remedy:
        'Look at the job that should have given it: it pushed nothing, or GitHub withheld its output, as it does where a secret is in it (the account id or the name of the repository), which the end of its log says. With `mask-aws-account-id: true` in that job `build` is without the account id.',
    };
  }
  if (builds.length === 0) {
    return { message: 'There is nothing to merge: `builds` is empty.', remedy };
  }
  const ofOtherRepository = builds.find(
    build => build.repository !== name && !nameOneRepository(build.repository, repository),
  );
  if (ofOtherRepository !== undefined) {
    return {
      message: `${ofOtherRepository.digest} is in ${ofOtherRepository.repository}, not in ${repository}.`,
      remedy: 'Give `mode: build` and `mode: merge` the same `repository`, role and region.',
    };
  }
  const ofOtherCommit = builds.find(build => build.commit !== commit);
  if (ofOtherCommit !== undefined) {
    return {
      message: `${ofOtherCommit.digest} was built of commit ${ofOtherCommit.commit}, and this run is of ${commit}.`,
      remedy: 'Merge what jobs of the same run have built, from the same checkout.',
    };
  }
  const ofOtherTag = builds.find(build => (build.tag ?? build.commit) !== tag);
  if (ofOtherTag !== undefined) {
    return {
      message: `${ofOtherTag.digest} was built as a part of ${ofOtherTag.tag ?? ofOtherTag.commit}, and this run joins ${tag}.`,
      remedy:
        'Give the jobs of `mode: build` and that of `mode: merge` the same `flavor`, and join each variant for itself.',
    };
  }
  const builtPlatforms = builds.flatMap(build => build.platforms);
  const builtTwice = builtPlatforms.find((platform, index) => builtPlatforms.indexOf(platform) !== index);
  if (builtTwice !== undefined) {
    return {
      message: `${builtTwice} was built twice.`,
      remedy: 'Give each run of `mode: build` platforms of its own, in `platforms`.',
    };
  }
  const unbuilt = platforms.filter(platform => !builtPlatforms.includes(platform));
  const surplus =
    platforms.length === 0 ? [] : builtPlatforms.filter(platform => !platforms.includes(platform));
  if (unbuilt.length + surplus.length > 0) {
    return {
      message: [
        ...unbuilt.map(platform => `${platform} is missing among what was built.`),
        ...surplus.map(platform => `${platform} was built and is not among \`platforms\`.`),
      ].join(' '),
      remedy: 'Give `platforms` as they were built, or leave it out to merge whatever there is.',
    };
  }
  return undefined;
}
