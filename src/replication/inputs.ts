import { parseArn } from '../aws/arn.ts';
import { gateInputReader } from '../validation/mode.ts';
import type { Mode } from '../validation/mode.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import { rejectAll } from '../validation/unused-inputs.ts';

const DEFAULT_TIMEOUT_MS = 600_000;

/** The inputs about the wait for ECR's own replication. */
export interface ReplicationInputs {
  wait: boolean;
  /** Milliseconds. */
  timeout: number;
}

/** Reads the inputs about the wait for ECR's own replication. `mode: build` releases nothing that could be waited for. */
export function readReplication(givenReader: InputReader, mode: Mode): ReplicationInputs {
  const reader = gateInputReader(mode, givenReader);
  const wait = reader.read('wait-for-replication', parsers.parseBoolean, false);
  // The reader of `mode: build` rejects what is given already.
  return { wait, timeout: readTimeout(wait || mode === 'build' ? reader : unawaitedReader(reader)) };
}

function readTimeout(reader: InputReader): number {
  return reader.read('replication-timeout', parsers.parseDuration, DEFAULT_TIMEOUT_MS);
}

function unawaitedReader(reader: InputReader): InputReader {
  return rejectAll(reader, {
    problem: 'is about a replication that is not awaited',
    remedy: 'Leave it out, or set `wait-for-replication: true`.',
    allowed: [],
  });
}

/** Rejects the wait where ECR does not tell of a replication: of a public registry, and to the role of another account. */
export function rejectUnseenReplication(
  reader: InputReader,
  { wait }: ReplicationInputs,
  {
    type,
    registryId,
    roleArn = '',
  }: { type: 'private' | 'public'; registryId?: string; roleArn?: string | undefined },
): void {
  if (!wait) return;
  if (type === 'public') {
    reader.reject('wait-for-replication', 'true', {
      problem: 'is not to be had in ECR Public, which replicates nothing by rules',
      remedy: 'Leave it out.',
    });
  }
  const { account } = parseArn(roleArn);
  if (registryId !== undefined && account !== undefined && registryId !== account) {
    reader.reject('wait-for-replication', 'true', {
      problem: `needs a role of account ${registryId}, whose registry it is, and \`role-to-assume\` is of account ${account}`,
      remedy:
        'Assume a role of that account, as ECR tells the rules of a registry to its own account alone, or leave it out.',
    });
  }
}
