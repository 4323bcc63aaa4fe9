import type { Mode } from '../validation/mode.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import { isForIndex } from './annotation-levels.ts';
import type { Build } from './build.ts';

/**
 * Reads the input `deploy-target` and adapts the build to it. Lambda takes one image of one platform: no index, and so
 * no attestations, which would make one. https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export function fitDeployTarget(reader: InputReader, build: Build, { mode }: { mode: Mode }): Build {
  const target = reader.read(
    'deploy-target',
    text => parsers.parseChoice(text, ['lambda'] as const),
    undefined,
  );
  if (target === undefined) return build;
  const { platforms, attests, annotations, imageAttributes } = build;
  if (mode === 'build') {
    reader.reject('deploy-target', target, {
      problem: 'is for one image, and `mode: merge` makes an index, which Lambda does not run',
      remedy:
        'Leave it out and deploy a digest of the output `platforms`; or set `mode: all`, on a runner of that kind.',
    });
  }
  const unsupported = platforms.find(platform => !/^linux\/(amd64|arm64)$/.test(platform));
  if (platforms.length > 1) {
    reader.reject('platforms', platforms.join(','), {
      problem: 'make an index, which Lambda does not run',
      remedy:
        'Give one, linux/amd64 or linux/arm64; or leave `deploy-target` out and deploy a digest of the output `platforms`.',
    });
  } else if (unsupported !== undefined) {
    reader.reject('platforms', unsupported, {
      problem: 'is not a platform of Lambda',
      remedy: 'Give linux/amd64 or linux/arm64.',
    });
  }
  for (const attest of attests.filter(each => !each.includes('disabled=true'))) {
    reader.reject(inputOf(attest, reader), attest, {
      problem: 'makes an index, which Lambda does not run',
      remedy: 'Leave it out, or attest the pushed image in a step of its own, such as actions/attest.',
    });
  }
  // The error of Lambda for a layer that it cannot read: https://github.com/bazel-contrib/rules_oci/issues/777
  const compression = imageAttributes.find(each => /^compression=(?!gzip$)/.test(each));
  if (compression !== undefined) {
    reader.reject('outputs', compression, {
      problem: 'is a compression that nobody promises Lambda to read',
      remedy: 'Leave it out, which is gzip.',
    });
  }
  const onIndex = annotations.find(isForIndex);
  if (onIndex !== undefined) {
    reader.reject('annotations', onIndex, {
      problem: 'is for an index, which Lambda does not run',
      remedy: 'Annotate the manifest, as is done without a kind before the name.',
    });
  }
  return { ...build, attests: ['type=provenance,disabled=true'] };
}

/** The input that an attestation comes from: the one of its type where that is given, as no type may be given twice. */
function inputOf(attest: string, reader: InputReader): string {
  const type = /(?:^|,)type=sbom(?:,|$)/.test(attest) ? 'sbom' : 'provenance';
  return reader.optional(type, () => undefined) === undefined ? 'attests' : type;
}
