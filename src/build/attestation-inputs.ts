import type { Validator } from '../validation/validators.ts';
import type { InputReader } from '../validation/reader.ts';
import * as parsers from '../validation/parsers.ts';

/**
 * Reads the inputs about attestations, all in buildx's own words of `--attest`. Where none speaks of provenance buildx
 * makes the least of it by itself. https://docs.docker.com/build/metadata/attestations/
 */
export function readAttests(reader: InputReader): string[] {
  const provenance = reader.read('provenance', text => attestOf('provenance', text), undefined);
  const sbom = reader.read('sbom', text => attestOf('sbom', text), undefined);
  const attests = reader.list('attests', parsers.parseLines, attest);
  for (const [input, said] of Object.entries({ provenance, sbom })) {
    const twice = attests.find(each => typeOf(each) === input);
    if (said === undefined || twice === undefined) continue;
    reader.reject('attests', twice, {
      problem: `speaks of what the input \`${input}\` says already`,
      remedy: 'Give it once, in one of the two.',
    });
  }
  return [provenance, sbom].filter(each => each !== undefined).concat(attests);
}

/** `true`, `false`, or attributes such as `mode=max`. */
function attestOf(type: string, text: string): parsers.Parsed<string> {
  const flag = parsers.parseBoolean(text);
  if ('value' in flag) return { value: `type=${type}${flag.value ? '' : ',disabled=true'}` };
  if (/^[\w-]+=/.test(text)) return { value: `type=${type},${text}` };
  return {
    problem: 'is neither a boolean nor attributes',
    remedy: `Allowed: true, false, or name=value between commas, such as ${type === 'sbom' ? 'generator=docker/scout-sbom-indexer' : 'mode=max'}.`,
  };
}

const attest: Validator = text =>
  typeOf(text) === undefined
    ? {
        problem: 'names no attestation',
        remedy: 'Give type=provenance or type=sbom with its attributes, one a line.',
      }
    : undefined;

function typeOf(text: string): string | undefined {
  return /(?:^|,)type=(provenance|sbom)(?:,|$)/.exec(text)?.[1];
}
