import type { Check } from '../validation/validators.ts';
import type { Door } from '../validation/reader.ts';
import * as field from '../validation/parsers.ts';

/**
 * Reads the inputs about attestations, all in buildx's own words of `--attest`. Where none speaks of provenance buildx
 * makes the least of it by itself. https://docs.docker.com/build/metadata/attestations/
 */
export function readAttests(door: Door): string[] {
  const provenance = door.read('provenance', text => attestOf('provenance', text), undefined);
  const sbom = door.read('sbom', text => attestOf('sbom', text), undefined);
  const attests = door.list('attests', field.linesOf, attest);
  for (const [input, said] of Object.entries({ provenance, sbom })) {
    const twice = attests.find(each => typeOf(each) === input);
    if (said === undefined || twice === undefined) continue;
    door.fault('attests', twice, {
      problem: `speaks of what the input \`${input}\` says already`,
      remedy: 'Give it once, in one of the two.',
    });
  }
  return [provenance, sbom].filter(each => each !== undefined).concat(attests);
}

/** `true`, `false`, or attributes such as `mode=max`. */
function attestOf(type: string, text: string): field.Field<string> {
  const flag = field.flagOf(text);
  if ('value' in flag) return { value: `type=${type}${flag.value ? '' : ',disabled=true'}` };
  if (/^[\w-]+=/.test(text)) return { value: `type=${type},${text}` };
  return {
    problem: 'is neither a boolean nor attributes',
    remedy: `Allowed: true, false, or name=value between commas, such as ${type === 'sbom' ? 'generator=docker/scout-sbom-indexer' : 'mode=max'}.`,
  };
}

const attest: Check = text =>
  typeOf(text) === undefined
    ? {
        problem: 'names no attestation',
        remedy: 'Give type=provenance or type=sbom with its attributes, one a line.',
      }
    : undefined;

function typeOf(text: string): string | undefined {
  return /(?:^|,)type=(provenance|sbom)(?:,|$)/.exec(text)?.[1];
}
