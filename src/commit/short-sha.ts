import type { InputReader } from '../validation/reader.ts';
import type { Parsed } from '../validation/parsers.ts';

/** How docker/metadata-action is told the length of a short SHA. https://github.com/docker/metadata-action#environment-variables */
const shaLengthVariable = 'DOCKER_METADATA_SHORT_SHA_LENGTH';

type Environment = Record<string, string | undefined>;

/** Characters of a short SHA, where the job's environment says it. */
export function shaLengthIn(environment: Environment): number | undefined {
  const length = lengthOf(environment[shaLengthVariable] ?? '');
  return 'value' in length ? length.value : undefined;
}

/** Refuses variables that say something of the commit and cannot be read, as inputs are refused. */
export function refuseVariables(reader: InputReader, environment: Environment): void {
  const text = environment[shaLengthVariable];
  const length = text ? lengthOf(text) : { value: 7 };
  if (text && !('value' in length)) reader.reject(shaLengthVariable, text, length);
}

/** A number that is greater than the SHA is long means all of it. */
function lengthOf(text: string): Parsed<number> {
  return /^[1-9]\d*$/.test(text)
    ? { value: Number(text) }
    : { problem: 'is not a number of characters', remedy: 'Give one such as 12, or leave it out for 7.' };
}
