import type { Parsed } from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';

/**
 * The variable that sets the length of a short SHA, as for docker/metadata-action.
 * https://github.com/docker/metadata-action#environment-variables
 */
const shaLengthVariable = 'DOCKER_METADATA_SHORT_SHA_LENGTH';

/** Characters. */
const DEFAULT_SHA_LENGTH = 7;

/** Variables of the runner. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export type RunnerEnvironment = Record<string, string | undefined>;

/** Characters of a short SHA; `undefined` if the environment does not set it or sets it to no number. */
export function shaLengthIn(environment: RunnerEnvironment): number | undefined {
  const length = lengthOf(environment[shaLengthVariable] ?? '');
  return 'value' in length ? length.value : undefined;
}

/** Rejects an invalid value of the variable in the same way as that of an input. */
export function rejectInvalidVariables(reader: InputReader, environment: RunnerEnvironment): void {
  const text = environment[shaLengthVariable];
  const length = text ? lengthOf(text) : { value: DEFAULT_SHA_LENGTH };
  if (text && !('value' in length)) reader.reject(shaLengthVariable, text, length);
}

/** Parses the length. A number greater than the length of the SHA is allowed and means all of it. */
function lengthOf(text: string): Parsed<number> {
  return /^[1-9]\d*$/.test(text)
    ? { value: Number(text) }
    : { problem: 'is not a number of characters', remedy: 'Give one such as 12, or leave it out for 7.' };
}
