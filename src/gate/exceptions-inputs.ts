import { Failure } from '../platform/failure.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import type { BaseFiles, Files } from './base-files.ts';
import type { Exceptions } from './exceptions.ts';
import type { ParsedFile } from './ignore-file.ts';

/** Where exceptions are read. */
export interface ExceptionFiles {
  /** The files of the workspace. */
  workspace: Files;
  /** A path or a pattern from the root of the repository; `undefined` where it leads out of the workspace. */
  pathInCommit(path: string): string | undefined;
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
  { workspace, pathInCommit, openBase }: ExceptionFiles,
): Promise<Exceptions> {
  const ignoreFile = reader.text('ignore-file', () => undefined, DEFAULT_IGNORE_FILE);
  const patterns = reader.read('vex', parsers.parseLines, []);
  const days = (text: string) => parsers.parseWholeNumber(text, { min: 1, max: 36_500 });
  const maxDays = reader.read('ignore-max-days', days, DEFAULT_MAX_DAYS);
  const from = reader.read('exceptions-from', text => parsers.parseChoice(text, origins), 'checkout');
  const given = { ignoreFile, patterns };
  const readFrom = async (files: Files, reports: Reports, paths = given) => ({
    ignore: await readIgnoreFile({ path: paths.ignoreFile, maxDays, files, reports }),
    vex: await readVex({ patterns: paths.patterns, files, reports }),
  });
  const rejecting = { missing: reader.reject, faulty: reader.reject };
  if (from === 'checkout') return readFrom(workspace, rejecting);
  const inCommit = (input: string, path: string): string => {
    const inner = pathInCommit(path);
    if (inner === undefined) reader.reject(input, path, outOfCommit);
    return inner ?? path;
  };
  const pathsInCommit = {
    ignoreFile: inCommit('ignore-file', ignoreFile),
    patterns: patterns.map(pattern => inCommit('vex', pattern)),
  };
  if (openBase === undefined) return { ignore: [], vex: [] };
  // What the checkout has counts once it is merged, so its faults are told now. It need not have the files.
  await readFrom(workspace, { missing: () => {}, faulty: reader.reject });
  try {
    const { sha, files } = await openBase();
    // The pull request that brings the first exceptions goes on a commit without them, and the one that mends a faulty file on a
    // commit that has it.
    const missing: string[] = [];
    const faults: string[] = [];
    const reports: Reports = {
      missing: (input, value) => void missing.push(`\`${input}: ${value}\``),
      faulty: (_input, place, { problem }) => void faults.push(`${place} ${problem}`),
    };
    const exceptions = await readFrom(files, reports, pathsInCommit);
    return { ...exceptions, base: { sha, missing, faults } };
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

/** What is wrong with a path that no commit has. */
const outOfCommit = {
  problem: 'is outside of the workspace, and `exceptions-from: base` reads the files of a commit',
  remedy: 'Give the path from the root of the repository.',
};

/** What is said of the files. */
interface Reports {
  /** An input names no file. */
  missing: InputReader['reject'];
  /** A file, or a line of it, cannot be used. */
  faulty: InputReader['reject'];
}

interface IgnoreFileOptions {
  path: string;
  maxDays: number;
  files: Files;
  reports: Reports;
}

async function readIgnoreFile({
  path,
  maxDays,
  files,
  reports,
}: IgnoreFileOptions): Promise<Exceptions['ignore']> {
  const text = await files.textOf(path);
  if (typeof text === 'object') {
    reports.faulty('ignore-file', path, text);
    return [];
  }
  if (text !== undefined) {
    const { latestEndOf, parseIgnoreFile } = await import('./ignore-file.ts');
    return valuesOf(reports, 'ignore-file', parseIgnoreFile(path, text, latestEndOf(maxDays, new Date())));
  }
  if (path !== DEFAULT_IGNORE_FILE) {
    reports.missing('ignore-file', path, {
      problem: 'is no file',
      remedy: 'Give its path in the workspace, after a step that checks the repository out.',
    });
  }
  return [];
}

/** Characters, as many as a path of Linux has at most. */
const MAX_PATTERN_LENGTH = 4096;

/** Patterns that braces may stand for. All of them are made before the first is looked for, so that `{1..100000}` would never end. */
const MAX_ALTERNATIVES = 1000;

function hasTooManyAlternatives(pattern: string): boolean {
  const counts = Array.from(pattern.matchAll(/\{([^{}]*)\}/g), ([, inner = '']) => {
    const [, from, to] = /^(-?\d+|[a-z])\.\.(-?\d+|[a-z])(?:\.\.-?\d+)?$/i.exec(inner) ?? [];
    if (from === undefined || to === undefined) return inner.split(',').length;
    return /\d/.test(from) ? Math.abs(Number(to) - Number(from)) + 1 : 64;
  });
  return counts.reduce((all, each) => all * each, 1) > MAX_ALTERNATIVES;
}

interface VexOptions {
  patterns: readonly string[];
  files: Files;
  reports: Reports;
}

async function readVex({ patterns, files, reports }: VexOptions): Promise<Exceptions['vex']> {
  if (patterns.length === 0) return [];
  const { parseVexDocument } = await import('./vex-document.ts');
  const paths = new Set<string>();
  for (const pattern of patterns) {
    if (pattern.length > MAX_PATTERN_LENGTH) {
      const most = MAX_PATTERN_LENGTH.toLocaleString('en');
      reports.faulty('vex', pattern, {
        problem: 'is longer than a path may be',
        remedy: `Give paths or patterns of up to ${most} characters, one a line.`,
      });
      continue;
    }
    if (hasTooManyAlternatives(pattern)) {
      reports.faulty('vex', pattern, {
        problem: 'has braces that stand for more patterns than are looked for',
        remedy: `Let them stand for up to ${MAX_ALTERNATIVES.toLocaleString('en')}, or use \`*\`.`,
      });
      continue;
    }
    const found = await files.matching(pattern);
    for (const path of found) paths.add(path);
    if (found.length > 0) continue;
    reports.missing('vex', pattern, {
      problem: 'names no file',
      remedy: 'Give paths or patterns such as vex/*.json, one a line, of files in the workspace.',
    });
  }
  const texts = [...paths].map(async path => [path, (await files.textOf(path)) ?? ''] as const);
  return (await Promise.all(texts)).flatMap(([path, text]) => {
    if (typeof text === 'string') return valuesOf(reports, 'vex', parseVexDocument(path, text));
    reports.faulty('vex', path, text);
    return [];
  });
}

function valuesOf<T>({ faulty }: Reports, input: string, { values, faults }: ParsedFile<T>): T[] {
  faults.forEach(({ place, ...problem }) => faulty(input, place, problem));
  return values;
}
