import { createHash } from 'node:crypto';
import { readContent } from '../ecr/manifest.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { fingerprintAnnotation } from '../image/description.ts';
import { imageInputsOf } from './build.ts';
import type { Build } from './build.ts';

/**
 * The inputs of a build as short hashes, `context:6a1f…+platforms:0b7c…`. Two fingerprints show which inputs differ
 * without revealing their values.
 */
export function fingerprintOf(build: Build): string {
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

/** The names of the inputs in which two fingerprints differ. */
export function differencesOf(one: string, other: string): string[] {
  const parts = [...new Set(one.split('+')).symmetricDifference(new Set(other.split('+')))];
  return [...new Set(parts.map(part => part.replace(/:.*/, '')))].toSorted();
}

/**
 * The fingerprint in a manifest, or in an entry of an index; `undefined` where another tool made the image.
 * @throws {Failure} where docker could read another image from the manifest.
 */
export function fingerprintIn(stored: StoredManifest): string | undefined {
  const content = readContent(stored);
  const entries = content.kind === 'index' ? content.manifests : [];
  return [content, ...entries].find(each => each.annotations?.[fingerprintAnnotation] !== undefined)
    ?.annotations?.[fingerprintAnnotation];
}
