import { createHash } from 'node:crypto';
import type { Build } from '../build/build.ts';
import { fingerprintOf } from '../build/fingerprint.ts';
import type { Material } from '../build/metadata.ts';

/** All that an image's content follows from. */
export interface ContentKeyInputs {
  build: Build;
  /** Names of git trees: the context's, and those of named contexts by their name. */
  trees: Record<string, string[]>;
  dockerfile: string;
  /** What the `.dockerignore` says that holds for this build. */
  ignored: string;
  /** Digests of base images by reference. */
  images: Record<string, string>;
}

/** Where the image of a content is found again; such a tag promises nothing, and never has to move. */
export function contentTagOf({ build, trees, dockerfile, ignored, images }: ContentKeyInputs): string {
  // The trees say what is checked out, better than the commit does.
  const parts = [
    fingerprintOf({ ...build, checkout: [] }),
    sorted(trees),
    hashOf(dockerfile),
    hashOf(ignored),
    sorted(images),
  ];
  return `content-${hashOf(JSON.stringify(parts)).slice(0, 40)}`;
}

function sorted<T>(record: Record<string, T>): [string, T][] {
  return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The values of build arguments by name; the job's own where none is given. */
export function buildArgsOf({ buildArgs, jobValues }: Build): Record<string, string> {
  const given = buildArgs.map(each => /^([^=]+)=(.*)$/s.exec(each)).filter(match => match !== null);
  return { ...jobValues, ...Object.fromEntries(given.map(([, name = '', value = '']) => [name, value])) };
}

/**
 * What a build took and its key does not name: a base image that moved between the look and the build, or what it fetched
 * from elsewhere, unless its digest stands in the Dockerfile or in a build argument (`pins`).
 */
export function unexpectedMaterials(
  materials: Material[],
  { images, pins }: { images: Record<string, string>; pins: string },
): Material[] {
  const known = new Set(Object.values(images));
  return materials.filter(({ uri, digest }) => {
    if (known.has(digest)) return false;
    const value = digest.replace(/^\w+:/, '');
    return uri.startsWith('pkg:docker/') || value === '' || !pins.includes(value);
  });
}
