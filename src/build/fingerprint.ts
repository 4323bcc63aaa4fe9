import { createHash } from 'node:crypto';
import { readContent } from '../ecr/manifest.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { fingerprintAnnotation } from '../image/description.ts';
import { withoutCredentials } from '../platform/url-credentials.ts';
import { imageInputsOf } from './build.ts';
import type { Build } from './build.ts';

/**
 * Inputs that say not what an image is made from, but how: whether steps may come from a cache, and base images from the machine. They
 * are in a fingerprint, as they always were, and are not compared. docs/reuse.md has a table of all inputs.
 */
const notCompared: ReadonlySet<string> = new Set(['no-cache', 'no-cache-filters', 'pull']);

/**
 * The inputs of a build as short hashes, `context:6a1f…+platforms:0b7c…`. Two fingerprints show which inputs differ
 * without revealing their values.
 */
export function fingerprintOf(build: Build): string {
  return hashInputs({
    ...build,
    context: withoutCredentials(build.context),
    buildContexts: build.buildContexts.map(withoutCredentials),
  });
}

/** Whether an image with this fingerprint was made from the inputs of the build. */
export function isOfSameInputs(fingerprint: string | undefined, build: Build): boolean {
  if (fingerprint === undefined) return false;
  // Images of earlier releases have the hash of an address with its credentials.
  return [fingerprintOf(build), hashInputs(build)].some(
    each => differencesOf(each, fingerprint).length === 0,
  );
}

function hashInputs(build: Build): string {
  return imageInputsOf(build)
    .filter(([, value]) => value !== false && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${inputNameOf(name)}:${hashOf(value)}`)
    .join('+');
}

/** The input that a member of the build is read from. */
function inputNameOf(member: string): string {
  if (member === 'jobValues') return 'build-args';
  if (member === 'ulimits') return 'ulimit';
  if (member === 'native') return 'platforms';
  return member.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** The names of the inputs in which two fingerprints differ, of those that are compared. */
export function differencesOf(one: string, other: string): string[] {
  const parts = [...new Set(one.split('+')).symmetricDifference(new Set(other.split('+')))];
  const names = new Set(parts.map(part => part.replace(/:.*/, '')));
  return [...names].filter(name => !notCompared.has(name)).toSorted();
}

/** The names of inputs that differ, as a clause. */
export function sayDiffering(names: readonly string[]): string {
  return `${names.map(name => `\`${name}\``).join(', ')} ${names.length > 1 ? 'differ' : 'differs'}`;
}

/**
 * The fingerprint in a manifest, or in an entry of an index; `undefined` where another tool made the image.
 * @throws {Failure} where docker could read another image from the manifest.
 */
export function fingerprintIn(stored: StoredManifest): string | undefined {
  return fingerprintsIn(stored)[0];
}

/**
 * Whether two images were made from the same inputs, each platform of an index that was joined included.
 * @throws {Failure} where docker could read another image from a manifest.
 */
export function haveSameInputs(one: StoredManifest, other: StoredManifest): boolean {
  const [mine, theirs] = [one, other].map(each => fingerprintsIn(each).toSorted());
  if (mine === undefined || theirs === undefined || mine.length === 0) return false;
  return (
    mine.length === theirs.length &&
    mine.every((each, at) => differencesOf(each, theirs[at] ?? '').length === 0)
  );
}

/**
 * The fingerprints in a manifest and in the entries of an index.
 * @throws {Failure} where docker could read another image from the manifest.
 */
export function fingerprintsIn(stored: StoredManifest): string[] {
  const content = readContent(stored);
  const entries = content.kind === 'index' ? content.manifests : [];
  return [content, ...entries].flatMap(each => each.annotations?.[fingerprintAnnotation] ?? []);
}
