import type { Build } from './build.ts';
import type { InputReader } from '../validation/reader.ts';
import * as parsers from '../validation/parsers.ts';

/** What the build writes beside the push, and how it writes the image that it pushes. */
export interface Exports {
  /** Values of `--output`. */
  outputs: string[];
  /** Attributes of the image that is pushed, such as `compression=zstd`. */
  imageAttributes: string[];
}

/**
 * Reads the input `outputs`. Its image is the one that the step pushes, so it gives attributes, and no other name.
 * https://docs.docker.com/build/exporters/
 */
export function readOutputs(reader: InputReader, { push }: { push: boolean }): Exports {
  const given = reader.list('outputs', parsers.parsePlainLines, text => faultOf(text, { push }));
  const images = given.filter(isImage);
  if (images.length > 1) {
    reader.reject('outputs', images[1] ?? '', {
      problem: 'is a second image',
      remedy: 'One image is pushed: give all its attributes in one line.',
    });
  }
  return {
    outputs: given.filter(each => !isImage(each)),
    imageAttributes: (images[0] ?? '').split(',').filter(each => !/^(type=.*|push=true|)$/.test(each)),
  };
}

/** Docker's own kind of archive has no place for an index. https://docs.docker.com/build/exporters/oci-docker/ */
export function refuseDockerArchive(
  reader: InputReader,
  { outputs, platforms, attests }: Pick<Build, 'outputs' | 'platforms' | 'attests'>,
): void {
  const archive = outputs.find(each => /(^|,)type=docker(,|$)/.test(each));
  const attested = attests.some(each => !each.includes('disabled=true'));
  if (archive === undefined || (platforms.length < 2 && !attested)) return;
  reader.reject('outputs', archive, {
    problem: `cannot hold an index, which ${platforms.length < 2 ? 'attestations' : 'several platforms'} make`,
    remedy: 'Write type=oci in place of type=docker.',
  });
}

function isImage(output: string): boolean {
  return /(^|,)type=(image|registry)(,|$)/.test(output);
}

function faultOf(output: string, { push }: { push: boolean }): parsers.Problem | undefined {
  if (isImage(output)) {
    if (!push) return { problem: 'says how an image is pushed, and none is', remedy: 'Set `push: true`.' };
    return /(^|,)("?name|push-by-digest|name-canonical|push=false|dest)/.test(output)
      ? {
          problem: 'would push another image than the step',
          remedy:
            "Names and digests are the step's own: `repository` and `tags` name the image, `mode: build` pushes one platform. Give attributes alone, such as type=image,compression=zstd.",
        }
      : undefined;
  }
  // Nothing is kept of such a build, which a push contradicts.
  if (output === 'type=cacheonly' && !push) return undefined;
  if (/(^|,)type=(local|tar|oci|docker)(,|$)/.test(output)) {
    return /(^|,)"?dest=(?!-(,|$))/.test(output)
      ? undefined
      : { problem: 'has no dest', remedy: 'Give dest=path; an image goes into docker by `load: true`.' };
  }
  return /^[^=,]+$/.test(output) && output !== '-'
    ? undefined
    : {
        problem: 'is not an output',
        remedy: 'Give a folder, or type=local, tar, oci or docker with dest=path, one a line.',
      };
}
