import { baselineName } from './baseline.ts';
import type { Door } from './door.ts';
import type { Exceptions } from './excuse.ts';
import * as field from './field.ts';
import type { GateInputs } from './gate.ts';
import type { ImageName } from './image-inputs.ts';
import type { FileFault, Parsed } from './ignore-file.ts';
import { scopes } from './limits.ts';
import type { Limits } from './limits.ts';
import type { Mode } from './mode-inputs.ts';
import { readScan } from './scan-inputs.ts';
import type { Release } from './reuse.ts';
import { thresholds } from './severity.ts';

/** How the door looks at files of the workspace. */
export interface Files {
  /** A file's text, or nothing where there is no such file. */
  textOf(path: string): string | undefined;
  /** The files that a path or a pattern names. */
  matching(pattern: string): string[];
}

/** The file that is read where nobody names another; it need not exist. */
const usualIgnoreFile = '.ecr-scan-ignore.yml';

/** Reads the inputs about the scan and what it blocks. */
export async function readGate(door: Door, { mode, ...files }: Files & { mode: Mode }): Promise<GateInputs> {
  const baseline = door.optional('baseline', baselineName);
  const comment = readComment(door);
  const gate: GateInputs = {
    ...readScan(door, mode),
    failOn: door.read('fail-on', text => field.choiceOf(text, thresholds), 'critical'),
    max: readLimits(door),
    ignoreUnfixed: door.read('ignore-unfixed', field.flagOf, false),
    failOnExploitable: door.read('fail-on-exploitable', field.flagOf, false),
    scope: door.read('gate', text => field.choiceOf(text, scopes), 'all'),
    exceptions: await readExceptions(door, files),
    ...(baseline !== undefined && { baseline }),
    ...(comment !== undefined && { comment }),
  };
  if (!gate.wait) refuseIdle(door, gate);
  if (gate.scope === 'new' && baseline === undefined) {
    door.fault('gate', 'new', {
      problem: 'has nothing to compare with',
      remedy: 'Name a `baseline`: a tag such as latest, a digest, or base.',
    });
  }
  return gate;
}

/** Rules of a gate that nobody waits for would be read and do nothing. */
function refuseIdle(
  door: Door,
  { max, ignoreUnfixed, failOnExploitable, exceptions, baseline }: GateInputs,
): void {
  const idle: [input: string, value: string | undefined][] = [
    ...Object.entries(max).map(([severity, limit]): [string, string] => [`max-${severity}`, String(limit)]),
    ['ignore-unfixed', ignoreUnfixed ? 'true' : undefined],
    ['fail-on-exploitable', failOnExploitable ? 'true' : undefined],
    ['vex', exceptions.vex[0]?.source],
    ['baseline', baseline],
  ];
  for (const [input, value] of idle) {
    if (value === undefined) continue;
    door.fault(input, value, {
      problem: 'is about a scan that is not awaited',
      remedy: 'Leave it out, or take `wait-for-scan: false` away.',
    });
  }
}

/** Held against itself an image has nothing new, and would always pass. */
export function refuseOwnBaseline(
  door: Door,
  { baseline, scope }: Pick<GateInputs, 'baseline' | 'scope'>,
  { release, image }: { release: Release; image: ImageName | undefined },
): void {
  if (baseline === undefined || baseline === 'base' || scope === 'all') return;
  const isTag = !baseline.startsWith('sha256:');
  if (isTag && release === 'with-push') {
    door.fault('baseline', baseline, {
      problem: 'may be put on this very image before it is judged, by `release: with-push`',
      remedy: 'Take `release: with-push` away, or give a digest or base.',
    });
  }
  if (image !== undefined && Object.values(image).includes(baseline)) {
    door.fault('baseline', baseline, {
      problem: 'is the image that is judged',
      remedy: 'Give another one, or leave `gate: new` out.',
    });
  }
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

/** Each reader is loaded only when there is something to read. */
async function readExceptions(door: Door, files: Files): Promise<Exceptions> {
  const ignoreFile = door.text('ignore-file', () => undefined, usualIgnoreFile);
  const patterns = door.read('vex', field.linesOf, []);
  return {
    ignore: await readIgnoreFile(door, ignoreFile, files),
    vex: await readVex(door, patterns, files),
  };
}

async function readIgnoreFile(door: Door, path: string, files: Files): Promise<Exceptions['ignore']> {
  const text = files.textOf(path);
  if (text !== undefined) {
    const { parseIgnoreFile } = await import('./ignore-file.ts');
    return take(door, 'ignore-file', parseIgnoreFile(path, text));
  }
  if (path !== usualIgnoreFile) {
    door.fault('ignore-file', path, {
      problem: 'is no file',
      remedy: 'Give its path in the workspace, after a step that checks the repository out.',
    });
  }
  return [];
}

async function readVex(door: Door, patterns: readonly string[], files: Files): Promise<Exceptions['vex']> {
  if (patterns.length === 0) return [];
  const { parseVexDocument } = await import('./vex-document.ts');
  const paths = patterns.flatMap(pattern => {
    const found = files.matching(pattern);
    if (found.length === 0) {
      door.fault('vex', pattern, {
        problem: 'names no file',
        remedy: 'Give paths or patterns such as vex/*.json, one a line, of files in the workspace.',
      });
    }
    return found;
  });
  return [...new Set(paths)].flatMap(path =>
    take(door, 'vex', parseVexDocument(path, files.textOf(path) ?? '')),
  );
}

function take<T>(door: Door, input: string, { values, faults }: Parsed<T>): T[] {
  const tell = ({ place, ...objection }: FileFault): void => door.fault(input, place, objection);
  faults.forEach(tell);
  return values;
}
