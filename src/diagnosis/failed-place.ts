import type { BuildFailure } from '../docker/build-failure.ts';

/**
 * Where a build failed, as its structure tells it:
 *
 * - `image`: while an image was looked up or fetched that the Dockerfile names
 * - `syntax`: while the image of `# syntax=` was looked up
 * - `process`: what a `RUN` started ended with an error
 * - `step`: any other step of the build
 * - `export`: while the image was written
 * - `cache`: while the cache was written
 * - `no step`: before the first step, or without one that failed
 */
export type Place = 'image' | 'syntax' | 'process' | 'step' | 'export' | 'cache' | 'no step';

/** What is known of a build that failed, from what BuildKit tells of the step. */
export interface FailedPlace {
  place: Place;
  /** The first line of the error without what is quoted in it: instructions are quoted, and names of files. */
  words: string;
  /** The whole error. */
  error: string;
  /** Name of the step that failed. */
  step?: string;
  /** The image that the step looks up or fetches, such as `docker.io/library/alpine:3`. */
  image?: string;
  /** How many lines the step has printed, as far as they are kept. */
  printedLines: number;
}

/** The place where a build failed. */
export function placeOf({ step, message }: BuildFailure): FailedPlace {
  if (step === undefined)
    return { place: 'no step', words: wordsOf(message), error: message, printedLines: 0 };
  const { role, name, error, lastLines } = step;
  const known = { words: wordsOf(error), error, step: name, printedLines: lastLines.length };
  if (role === 'cache export') return { ...known, place: 'cache' };
  if (role === 'image export' || role === 'push') return { ...known, place: 'export' };
  const syntax = /^resolve image config for (?:docker-image:\/\/)?(\S+)$/.exec(name)?.[1];
  if (syntax !== undefined) return { ...known, place: 'syntax', image: syntax };
  const image = imageNamePattern.exec(name)?.[1];
  if (image !== undefined) return { ...known, place: 'image', image };
  if (downloadPattern.test(known.words)) return { ...known, place: 'image' };
  const isProcess = known.words.startsWith('process "" did not complete successfully: ');
  return { ...known, place: isProcess ? 'process' : 'step' };
}

/** The steps that look an image up, or whose only work is to fetch it: a base image, or a named context. */
const imageNamePattern =
  /^(?:\[[^\]]+\] load metadata for |(?:\[[^\]]+\] )?FROM |(?:\[[^\]]+\] )?docker-image:\/\/)(\S+)$/;

/** The layers of a base image are fetched for the first step that needs them. */
const downloadPattern =
  /^(?:failed to (?:compute|load) cache key: )?(?:failed to copy: )?(?:httpReadSeeker: |short read: )/;

function wordsOf(error: string): string {
  const [line = ''] = error.split('\n', 1);
  return line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
}
