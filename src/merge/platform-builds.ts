import type { Parsed } from '../validation/parsers.ts';

/** What one run of `mode: build` hands on to `mode: merge`: a part of an image, for some of its platforms. */
export interface PlatformBuild {
  /** URI of the repository. */
  repository: string;
  /** SHA of the commit that was built. */
  commit: string;
  digest: string;
  platforms: string[];
}

/** What `mode: merge` was given. */
export interface PlatformBuilds {
  builds: PlatformBuild[];
  /** Where there should be a piece and is none, as the user finds it in `builds`. */
  missing: string[];
}

const remedy =
  'Give the output `build` of each run of `mode: build`, one a line, or `${{ toJSON(needs.build.outputs) }}` of a job whose outputs they are.';

/**
 * One piece a line, or all of them in one JSON, as values or as texts in it. An empty one is one that a job did not push or
 * that GitHub lost: whether that matters is known when it is known whether anything is joined.
 */
export function parsePlatformBuilds(text: string): Parsed<PlatformBuilds> {
  const whole = parse(text);
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const parts =
    whole === undefined
      ? lines.flatMap((line, index) => flat(parse(line), `line ${index + 1}`))
      : flat(whole, 'all of it');
  const builds = parts.flatMap(({ value }) => (isPiece(value) ? [value] : []));
  const missing = parts.filter(({ value }) => value === '').map(({ name }) => name);
  return builds.length + missing.length === parts.length
    ? { value: { builds, missing } }
    : { problem: 'is not what `mode: build` hands on', remedy };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Pieces in lists, in the members of an object, or as JSON in texts, each with the name of its place. */
function flat(value: unknown, name: string): { name: string; value: unknown }[] {
  if (typeof value === 'string' && value !== '') return flat(parse(value), name);
  if (Array.isArray(value)) return value.flatMap((each, index) => flat(each, `number ${index + 1}`));
  if (typeof value !== 'object' || value === null || 'digest' in value) return [{ name, value }];
  return Object.entries(value).flatMap(([member, each]) => flat(each, `\`${member}\``));
}

function isPiece(value: unknown): value is PlatformBuild {
  if (typeof value !== 'object' || value === null) return false;
  const { repository, commit, digest, platforms }: Partial<Record<keyof PlatformBuild, unknown>> = value;
  return (
    typeof repository === 'string' &&
    typeof commit === 'string' &&
    typeof digest === 'string' &&
    /^sha256:[0-9a-f]{64}$/.test(digest) &&
    Array.isArray(platforms) &&
    platforms.length > 0 &&
    platforms.every(each => typeof each === 'string')
  );
}

/** What keeps pieces from being one image, as a message and its remedy. */
export function whyNotMergeable(
  { builds, missing }: PlatformBuilds,
  { repository, commit, platforms }: Omit<PlatformBuild, 'digest'>,
): { message: string; remedy: string } | undefined {
  if (missing.length > 0) {
    return {
      message: `A piece is lost: in \`builds\` ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} empty.`,
      remedy:
        'Look at the job that should have given it: it pushed nothing, or GitHub withheld its output, as it does where a secret is in it (the account id or the name of the repository), which the end of its log says.',
    };
  }
  if (builds.length === 0) {
    return { message: 'There is nothing to merge: `builds` is empty.', remedy };
  }
  const stranger = builds.find(piece => piece.repository !== repository);
  if (stranger !== undefined) {
    return {
      message: `${stranger.digest} is in ${stranger.repository}, not in ${repository}.`,
      remedy: 'Give `mode: build` and `mode: merge` the same `repository`, role and region.',
    };
  }
  const other = builds.find(piece => piece.commit !== commit);
  if (other !== undefined) {
    return {
      message: `${other.digest} was built of commit ${other.commit}, and this run is of ${commit}.`,
      remedy: 'Merge what jobs of the same run have built, from the same checkout.',
    };
  }
  const there = builds.flatMap(piece => piece.platforms);
  const twice = there.find((platform, index) => there.indexOf(platform) !== index);
  if (twice !== undefined) {
    return {
      message: `${twice} was built twice.`,
      remedy: 'Give each run of `mode: build` platforms of its own, in `platforms`.',
    };
  }
  const unbuilt = platforms.filter(platform => !there.includes(platform));
  const surplus = platforms.length === 0 ? [] : there.filter(platform => !platforms.includes(platform));
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
