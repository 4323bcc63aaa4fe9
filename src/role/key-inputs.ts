import type { Credentials } from '../aws/client.ts';
import type { InputReader } from '../validation/reader.ts';
import * as validators from '../validation/validators.ts';

/** The inputs with keys of AWS. Each is a secret as a whole. */
export const keyInputs = ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'] as const;

type KeyInput = (typeof keyInputs)[number];

/**
 * Reads the keys that the inputs give, under the names of aws-actions/configure-aws-credentials. No error shows a value. `isMeant`
 * holds for half a pair too, which is no key, so that its error alone is told and none of what keys would make right.
 */
export function readKeys(reader: InputReader): { keys?: Credentials; isMeant: boolean } {
  const id = reader.optional('aws-access-key-id', validators.anything);
  const secret = reader.optional('aws-secret-access-key', validators.anything);
  const token = reader.optional('aws-session-token', validators.anything);
  const refuse = (input: KeyInput, value: '…' | '', problem: string, remedy: string): void =>
    reader.reject(input, value, { problem, remedy });
  const values = { 'aws-access-key-id': id, 'aws-secret-access-key': secret, 'aws-session-token': token };
  for (const input of keyInputs.filter(each => /[^!-~]/.test(values[each] ?? ''))) {
    refuse(
      input,
      '…',
      'has a space, a line break or another character in it that no key has',
      'Give the key alone, as a secret of the repository or the organisation.',
    );
  }
  if (id === undefined && secret === undefined) {
    if (token !== undefined) {
      refuse('aws-session-token', '…', 'comes without the keys that it belongs to', BOTH_OR_NEITHER);
    }
    return { isMeant: false };
  }
  if (id === undefined || secret === undefined) {
    const [missing, given] =
      id === undefined
        ? (['aws-access-key-id', 'aws-secret-access-key'] as const)
        : (['aws-secret-access-key', 'aws-access-key-id'] as const);
    refuse(missing, '', `is empty, and \`${given}\` is given`, BOTH_OR_NEITHER);
    return { isMeant: true };
  }
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
  if (id.startsWith('ASIA') && token === undefined) {
    refuse(
      'aws-session-token',
      '',
      'is empty, and `aws-access-key-id` is the key of a session (ASIA…)',
      'Give the session token that was made with the key.',
    );
  }
  const session = token === undefined ? {} : { sessionToken: token };
  return { keys: { accessKeyId: id, secretAccessKey: secret, ...session }, isMeant: true };
}

const BOTH_OR_NEITHER =
  "Give both keys, or neither and `role-to-assume`. A secret that the job cannot see is empty: one that is misspelt or another environment's, and in a pull request from a fork or of Dependabot each one.";
