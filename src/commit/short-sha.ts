import { isSha } from '../git/values.ts';
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

/**
 * Variables of the runner that reach command lines and addresses, and the form that each has. The runner sets them itself.
 * https://git-scm.com/docs/git-check-ref-format
 */
const runnerVariables: Record<string, { hasForm: (text: string) => boolean; example: string }> = {
  GITHUB_SHA: { hasForm: isSha, example: '40 or 64 characters of 0-9 and a-f' },
  GITHUB_REF: { hasForm: text => /^refs\/[^\p{Cc} ~^:?*[\\]+$/u.test(text), example: 'refs/heads/main' },
  GITHUB_REPOSITORY: { hasForm: text => /^[\w.-]+\/[\w.-]+$/.test(text), example: 'octo-org/octo-repo' },
  GITHUB_SERVER_URL: {
    hasForm: text => /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
    example: 'https://github.com',
  },
};

/** Rejects an invalid value of a variable in the same way as that of an input. */
export function rejectInvalidVariables(reader: InputReader, environment: RunnerEnvironment): void {
  for (const [name, { hasForm, example }] of Object.entries(runnerVariables)) {
    const value = environment[name];
    if (value && !hasForm(value)) {
      reader.reject(name, value, {
        problem: 'is not what the runner sets',
        remedy: `It sets such as ${example}: let no earlier step and no \`env\` change it.`,
      });
    }
  }
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
