import { awaitingIn, readScan } from '../scan/inputs.ts';
import type { ScanInputs } from '../scan/inputs.ts';
import { thresholds } from '../scan/severity.ts';
import type { Mode } from '../validation/mode.ts';
import * as field from '../validation/parsers.ts';
import type { Door } from '../validation/reader.ts';
import { baselineName } from './baseline.ts';
import { readExceptions } from './exceptions-inputs.ts';
import type { Files } from './exceptions-inputs.ts';
import { scopes } from './limits.ts';
import type { Limits } from './limits.ts';
import type { GateInputs } from './plan.ts';

/** Reads the inputs about the scan and what it blocks. */
export async function readGate(door: Door, { mode, ...files }: Files & { mode: Mode }): Promise<GateInputs> {
  const scan = readScan(door, mode);
  const comment = readComment(door);
  return {
    ...scan,
    ...(await readRules(awaitingIn(door, scan), files)),
    ...(comment !== undefined && { comment }),
  };
}

/** Reads what the scan is held against. */
async function readRules(door: Door, files: Files): Promise<Omit<GateInputs, keyof ScanInputs>> {
  const baseline = door.optional('baseline', baselineName);
  const gate = {
    failOn: door.read('fail-on', text => field.choiceOf(text, thresholds), 'critical'),
    max: readLimits(door),
    ignoreUnfixed: door.read('ignore-unfixed', field.flagOf, false),
    failOnExploitable: door.read('fail-on-exploitable', field.flagOf, false),
    scope: door.read('gate', text => field.choiceOf(text, scopes), 'all'),
    exceptions: await readExceptions(door, files),
    ...(baseline !== undefined && { baseline }),
  };
  if (gate.scope === 'new' && baseline === undefined) {
    door.fault('gate', 'new', {
      problem: 'has nothing to compare with',
      remedy: 'Name a `baseline`: a tag such as latest, a digest, or base.',
    });
  }
  return gate;
}

/** The token is all that a comment needs. */
function readComment(door: Door): string | undefined {
  const isWanted = door.read('comment', field.flagOf, false);
  const token = door.optional('github-token', () => undefined);
  if (!isWanted) return undefined;
  if (token === undefined) {
    door.fault('comment', 'true', {
      problem: 'needs a token of GitHub',
      remedy: 'Leave `github-token` as it is by default, or give one that may write to pull requests.',
    });
  }
  return token;
}

function readLimits(door: Door): Limits {
  const number = (text: string) => field.wholeNumberOf(text, { min: 0, max: 1_000_000 });
  const limits = {
    critical: door.read('max-critical', number, undefined),
    high: door.read('max-high', number, undefined),
    medium: door.read('max-medium', number, undefined),
    low: door.read('max-low', number, undefined),
    informational: door.read('max-informational', number, undefined),
    undefined: door.read('max-undefined', number, undefined),
  };
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}
