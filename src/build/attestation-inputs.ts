import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import type { Validator } from '../validation/validators.ts';

/**
 * Reads the inputs `provenance`, `sbom` and `attests` as values of buildx's `--attest`. Where none is about provenance,
 * buildx attests minimal provenance by default. https://docs.docker.com/build/metadata/attestations/
 */
export function readAttests(reader: InputReader): string[] {
  const provenance = reader.read('provenance', text => parseAttestation('provenance', text), undefined);
  const sbom = reader.read('sbom', text => parseAttestation('sbom', text), undefined);
  const attests = reader.list('attests', parsers.parseLines, validateAttestation);
  for (const [input, value] of Object.entries({ provenance, sbom })) {
    const duplicate = attests.find(each => attestationTypeOf(each) === input);
    if (value === undefined || duplicate === undefined) continue;
    reader.reject('attests', duplicate, {
      problem: `speaks of what the input \`${input}\` says already`,
      remedy: 'Give it once, in one of the two.',
    });
  }
  return [provenance, sbom].filter(each => each !== undefined).concat(attests);
}

/** Accepts `true`, `false`, or attributes such as `mode=max`. */
function parseAttestation(type: string, text: string): parsers.Parsed<string> {
  const flag = parsers.parseBoolean(text);
  if ('value' in flag) return { value: `type=${type}${flag.value ? '' : ',disabled=true'}` };
  if (/^[\w-]+=/.test(text)) return { value: `type=${type},${text}` };
  return {
    problem: 'is neither a boolean nor attributes',
    remedy: `Allowed: true, false, or name=value between commas, such as ${type === 'sbom' ? 'generator=docker/scout-sbom-indexer' : 'mode=max'}.`,
  };
}

const validateAttestation: Validator = text =>
  attestationTypeOf(text) === undefined
    ? {
        problem: 'names no attestation',
        remedy: 'Give type=provenance or type=sbom with its attributes, one a line.',
      }
    : undefined;

function attestationTypeOf(text: string): string | undefined {
  return /(?:^|,)type=(provenance|sbom)(?:,|$)/.exec(text)?.[1];
}
