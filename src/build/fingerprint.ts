import { createHash } from 'node:crypto';
import { fingerprintAnnotation } from '../image/description.ts';
import { ingredientsOf } from './build.ts';
import type { Build } from './build.ts';

/** A short hash of each input that was given, `context:6a1f…+platforms:0b7c…`: it tells what differs, and no value. */
export function fingerprintOf(build: Build): string {
  return ingredientsOf(build)
    .filter(([, value]) => value !== false && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${inputOf(name)}:${hashOf(value)}`)
    .join('+');
}

/** The input that a member of the build is read from. */
function inputOf(member: string): string {
  if (member === 'jobValues') return 'build-args';
  if (member === 'ulimits') return 'ulimit';
  if (member === 'native') return 'platforms';
  return member.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** The names of the inputs that two fingerprints don't share. */
export function differencesOf(one: string, other: string): string[] {
  const parts = [...new Set(one.split('+')).symmetricDifference(new Set(other.split('+')))];
  return [...new Set(parts.map(part => part.replace(/:.*/, '')))].toSorted();
}

interface Annotated {
  annotations?: Record<string, string>;
  manifests?: Annotated[];
}

/** The fingerprint in a manifest, or in an index by its entries; `undefined` in what another tool made. */
export function fingerprintIn(manifest: string): string | undefined {
  const { annotations, manifests = [] }: Annotated = JSON.parse(manifest);
  return [{ annotations }, ...manifests].find(each => each.annotations?.[fingerprintAnnotation] !== undefined)
    ?.annotations?.[fingerprintAnnotation];
}
