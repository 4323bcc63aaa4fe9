import { createHash } from 'node:crypto';
import type { Build } from '../build/build.ts';
import type { Material } from '../build/buildx-metadata.ts';
import { fingerprintOf } from '../build/fingerprint.ts';

/** Everything that determines an image's content. */
export interface ContentKeyInputs {
  build: Build;
  /** Hashes of the folders by the name of the build context; the main one's is `context`. */
  folders: Record<string, string>;
  dockerfile: string;
  /** Text of the `.dockerignore` of this build. */
  ignored: string;
  /** Digests of base images by reference. */
  images: Record<string, string>;
}

/** The tag under which later commits find the image of the same content. It is no release tag and never moves. */
export function contentTagOf({ build, folders, dockerfile, ignored, images }: ContentKeyInputs): string {
  // The folders' hashes stand for the checked-out files, so the commits are left out.
  const parts = [
    fingerprintOf({ ...build, checkout: [] }),
    sorted(folders),
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

/** The values of build arguments by name. An argument without a value has the value of the job's variable. */
export function buildArgsOf({ buildArgs, jobValues }: Build): Record<string, string> {
  const given = buildArgs.map(each => /^([^=]+)=(.*)$/s.exec(each)).filter(match => match !== null);
  return { ...jobValues, ...Object.fromEntries(given.map(([, name = '', value = '']) => [name, value])) };
}

/**
 * The materials of a build that its key does not cover: a base image whose tag moved after it was resolved, or something that
 * the build fetched, unless the Dockerfile or a build argument has its digest (`pins`).
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
