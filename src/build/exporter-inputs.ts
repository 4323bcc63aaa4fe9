import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import type { Build } from './build.ts';

/** The input `outputs`: what the build writes besides the push, and how it writes the pushed image. */
export interface OutputInputs {
  /** Values of `--output`. */
  outputs: string[];
  /** Attributes of the image that is pushed, such as `compression=zstd`. */
  imageAttributes: string[];
}

/**
 * Reads the input `outputs`. A line for an image gives attributes of the image that the step pushes, and no other name.
 * https://docs.docker.com/build/exporters/
 */
export function readOutputs(reader: InputReader, { push }: { push: boolean }): OutputInputs {
  const lines = reader.list('outputs', parsers.parsePlainLines, text => validateOutput(text, { push }));
  const images = lines.filter(isImage);
  if (images.length > 1) {
    reader.reject('outputs', images[1] ?? '', {
      problem: 'is a second image',
      remedy: 'One image is pushed: give all its attributes in one line.',
    });
  }
  return {
    outputs: lines.filter(each => !isImage(each)),
    imageAttributes: (images[0] ?? '').split(',').filter(each => !/^(type=.*|push=true|)$/.test(each)),
  };
}

/** Rejects `type=docker` where the build makes an index, which Docker's archive format cannot hold. https://docs.docker.com/build/exporters/oci-docker/ */
export function refuseDockerArchive(
  reader: InputReader,
  { outputs, platforms, attests }: Pick<Build, 'outputs' | 'platforms' | 'attests'>,
): void {
  const archive = outputs.find(each => /(^|,)type=docker(,|$)/.test(each));
  const hasAttestations = attests.some(each => !each.includes('disabled=true'));
  if (archive === undefined || (platforms.length < 2 && !hasAttestations)) return;
  reader.reject('outputs', archive, {
    problem: `cannot hold an index, which ${platforms.length < 2 ? 'attestations' : 'several platforms'} make`,
    remedy: 'Write type=oci in place of type=docker.',
  });
}

function isImage(output: string): boolean {
  return /(^|,)type=(image|registry)(,|$)/.test(output);
}

function validateOutput(output: string, { push }: { push: boolean }): parsers.Problem | undefined {
  if (isImage(output)) {
    if (/(^|,)"?(push-by-digest|name-canonical)=/.test(output)) {
      return {
        problem: 'pushes one platform by its digest alone, for a later job to join',
        remedy:
          'Leave that line out: set `mode: build` in the job of each platform, and `mode: merge` in the job after them in place of `docker buildx imagetools create`, as examples/workflows/fan-out.yml does.',
      };
    }
    if (!push) return { problem: 'says how an image is pushed, and none is', remedy: 'Set `push: true`.' };
    return /(^|,)("?name|push=false|dest)/.test(output)
      ? {
          problem: 'would push another image than the step',
          remedy:
            "Names and digests are the step's own: `repository` and `tags` name the image. Give attributes alone, such as type=image,compression=zstd.",
        }
      : undefined;
  }
  // `type=cacheonly` keeps no result, so there would be nothing to push.
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
