import { Failure } from '../platform/failure.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import type { BaseFiles, Files } from './base-files.ts';
import type { Exceptions } from './exceptions.ts';
import type { FileFault, ParsedFile } from './ignore-file.ts';

/** Where exceptions are read. */
export interface ExceptionFiles {
  /** The files of the workspace. */
  workspace: Files;
  /** Opens the commit that the pull request goes on; absent where nothing is judged, so that no exception counts. */
  openBase?: (() => Promise<BaseFiles>) | undefined;
}

/** The default of `ignore-file`, which need not exist. */
const DEFAULT_IGNORE_FILE = '.ecr-scan-ignore.yml';

/** The default of `ignore-max-days`. */
const DEFAULT_MAX_DAYS = 365;

/** Reads `ignore-file` and `vex`. The parser of each format is loaded only when there is a file to parse. */
export async function readExceptions(
  reader: InputReader,
  { workspace, openBase }: ExceptionFiles,
): Promise<Exceptions> {
  const ignoreFile = reader.text('ignore-file', () => undefined, DEFAULT_IGNORE_FILE);
  const patterns = reader.read('vex', parsers.parseLines, []);
  const days = (text: string) => parsers.parseWholeNumber(text, { min: 1, max: 36_500 });
  const maxDays = reader.read('ignore-max-days', days, DEFAULT_MAX_DAYS);
  const from = reader.read('exceptions-from', text => parsers.parseChoice(text, origins), 'checkout');
  const readFrom = async (files: Files, reject: Reject) => ({
    ignore: await readIgnoreFile(reader, { path: ignoreFile, maxDays, files, reject }),
    vex: await readVex(reader, { patterns, files, reject }),
  });
  if (from === 'checkout') return readFrom(workspace, reader.reject);
  if (openBase === undefined) return { ignore: [], vex: [] };
  try {
    const { sha, files } = await openBase();
    // The pull request that brings the first exceptions goes on a commit without them.
    const missing: string[] = [];
    const exceptions = await readFrom(files, (input, value) => void missing.push(`\`${input}: ${value}\``));
    return { ...exceptions, base: { sha, missing } };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    reader.reject('exceptions-from', 'base', {
      problem: `leads to no exceptions: ${error.message.replace(/\.$/, '')}`,
      remedy: error instanceof Failure ? error.remedy : 'Run the job again.',
    });
    return { ignore: [], vex: [] };
  }
}

/** Where exceptions come from: the files of the checkout, or the commit that a pull request goes on. */
const origins = ['checkout', 'base'] as const;

/** Says that an input names no file. */
type Reject = InputReader['reject'];

interface IgnoreFileOptions {
  path: string;
  maxDays: number;
  files: Files;
  reject: Reject;
}

async function readIgnoreFile(
  reader: InputReader,
  { path, maxDays, files, reject }: IgnoreFileOptions,
): Promise<Exceptions['ignore']> {
  const text = await files.textOf(path);
  if (typeof text === 'object') {
    reader.reject('ignore-file', path, text);
    return [];
  }
  if (text !== undefined) {
    const { latestEndOf, parseIgnoreFile } = await import('./ignore-file.ts');
    return valuesOf(reader, 'ignore-file', parseIgnoreFile(path, text, latestEndOf(maxDays, new Date())));
  }
  if (path !== DEFAULT_IGNORE_FILE) {
    reject('ignore-file', path, {
      problem: 'is no file',
      remedy: 'Give its path in the workspace, after a step that checks the repository out.',
    });
  }
  return [];
}

async function readVex(
  reader: InputReader,
  { patterns, files, reject }: { patterns: readonly string[]; files: Files; reject: Reject },
): Promise<Exceptions['vex']> {
  if (patterns.length === 0) return [];
  const { parseVexDocument } = await import('./vex-document.ts');
  const paths = new Set<string>();
  for (const pattern of patterns) {
    const found = await files.matching(pattern);
    for (const path of found) paths.add(path);
    if (found.length > 0) continue;
    reject('vex', pattern, {
      problem: 'names no file',
      remedy: 'Give paths or patterns such as vex/*.json, one a line, of files in the workspace.',
    });
  }
  const texts = [...paths].map(async path => [path, (await files.textOf(path)) ?? ''] as const);
  return (await Promise.all(texts)).flatMap(([path, text]) => {
    if (typeof text === 'string') return valuesOf(reader, 'vex', parseVexDocument(path, text));
    reader.reject('vex', path, text);
    return [];
  });
}

function valuesOf<T>(reader: InputReader, input: string, { values, faults }: ParsedFile<T>): T[] {
  const reject = ({ place, ...problem }: FileFault): void => reader.reject(input, place, problem);
  faults.forEach(reject);
  return values;
}
