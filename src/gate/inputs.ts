import { scanInputReader, readScan } from '../scan/inputs.ts';
import type { ScanInputs } from '../scan/inputs.ts';
import { thresholds } from '../scan/severity.ts';
import type { Mode } from '../validation/mode.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import { baselineName } from './baseline.ts';
import { readExceptions } from './exceptions-inputs.ts';
import type { ExceptionFiles } from './exceptions-inputs.ts';
import { scopes } from './limits.ts';
import type { Limits } from './limits.ts';
import type { GateInputs } from './plan.ts';

/** Reads the inputs about the scan and the gate. */
export async function readGate(
  reader: InputReader,
  { mode, ...files }: ExceptionFiles & { mode: Mode },
): Promise<GateInputs> {
  const scan = readScan(reader, mode);
  const comment = readComment(reader);
  return {
    ...scan,
    ...(await readRules(scanInputReader(reader, scan), files)),
    ...(comment !== undefined && { comment }),
  };
}

/** Reads the rules by which the scan is judged. */
async function readRules(
  reader: InputReader,
  files: ExceptionFiles,
): Promise<Omit<GateInputs, keyof ScanInputs>> {
  const baseline = reader.optional('baseline', baselineName);
  const gate = {
    failOn: reader.read('fail-on', text => parsers.parseChoice(text, thresholds), 'critical'),
    max: readLimits(reader),
    ignoreUnfixed: reader.read('ignore-unfixed', parsers.parseBoolean, false),
    failOnExploitable: reader.read('fail-on-exploitable', parsers.parseBoolean, false),
    scope: reader.read('gate', text => parsers.parseChoice(text, scopes), 'all'),
    exceptions: await readExceptions(reader, files),
    ...(baseline !== undefined && { baseline }),
  };
  if (gate.scope === 'new' && baseline === undefined) {
    reader.reject('gate', 'new', {
      problem: 'has nothing to compare with',
      remedy: 'Name a `baseline`: a tag such as latest, a digest, or base.',
    });
  }
  return gate;
}

/** Returns the token with which the comment is written; `undefined` where no comment is wanted. */
function readComment(reader: InputReader): string | undefined {
  const isWanted = reader.read('comment', parsers.parseBoolean, false);
  const token = reader.optional('github-token', () => undefined);
  if (!isWanted) return undefined;
  if (token === undefined) {
    reader.reject('comment', 'true', {
      problem: 'needs a token of GitHub',
      remedy: 'Leave `github-token` as it is by default, or give one that may write to pull requests.',
    });
  }
  return token;
}

function readLimits(reader: InputReader): Limits {
  const number = (text: string) => parsers.parseWholeNumber(text, { min: 0, max: 1_000_000 });
  const limits = {
    critical: reader.read('max-critical', number, undefined),
    high: reader.read('max-high', number, undefined),
    medium: reader.read('max-medium', number, undefined),
    low: reader.read('max-low', number, undefined),
    informational: reader.read('max-informational', number, undefined),
    undefined: reader.read('max-undefined', number, undefined),
  };
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}
