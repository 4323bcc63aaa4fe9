import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import type { Exceptions } from './exceptions.ts';
import type { FileFault, ParsedFile } from './ignore-file.ts';

/** Reads files of the workspace. */
export interface WorkspaceFiles {
  /** A file's text; `undefined` where there is no such file. */
  textOf(path: string): string | undefined;
  /** The files that a path or a pattern names. */
  matching(pattern: string): string[];
}

/** The default of `ignore-file`, which need not exist. */
const DEFAULT_IGNORE_FILE = '.ecr-scan-ignore.yml';

/** The default of `ignore-max-days`. */
const DEFAULT_MAX_DAYS = 365;

/** Reads `ignore-file` and `vex`. The parser of each format is loaded only when there is a file to parse. */
export async function readExceptions(reader: InputReader, files: WorkspaceFiles): Promise<Exceptions> {
  const ignoreFile = reader.text('ignore-file', () => undefined, DEFAULT_IGNORE_FILE);
  const patterns = reader.read('vex', parsers.parseLines, []);
  const days = (text: string) => parsers.parseWholeNumber(text, { min: 1, max: 36_500 });
  const maxDays = reader.read('ignore-max-days', days, DEFAULT_MAX_DAYS);
  return {
    ignore: await readIgnoreFile(reader, { path: ignoreFile, maxDays, files }),
    vex: await readVex(reader, patterns, files),
  };
}

async function readIgnoreFile(
  reader: InputReader,
  { path, maxDays, files }: { path: string; maxDays: number; files: WorkspaceFiles },
): Promise<Exceptions['ignore']> {
  const text = files.textOf(path);
  if (text !== undefined) {
    const { latestEndOf, parseIgnoreFile } = await import('./ignore-file.ts');
    return valuesOf(reader, 'ignore-file', parseIgnoreFile(path, text, latestEndOf(maxDays, new Date())));
  }
  if (path !== DEFAULT_IGNORE_FILE) {
    reader.reject('ignore-file', path, {
      problem: 'is no file',
      remedy: 'Give its path in the workspace, after a step that checks the repository out.',
    });
  }
  return [];
}

async function readVex(
  reader: InputReader,
  patterns: readonly string[],
  files: WorkspaceFiles,
): Promise<Exceptions['vex']> {
  if (patterns.length === 0) return [];
  const { parseVexDocument } = await import('./vex-document.ts');
  const paths = patterns.flatMap(pattern => {
    const found = files.matching(pattern);
    if (found.length === 0) {
      reader.reject('vex', pattern, {
        problem: 'names no file',
        remedy: 'Give paths or patterns such as vex/*.json, one a line, of files in the workspace.',
      });
    }
    return found;
  });
  return [...new Set(paths)].flatMap(path =>
    valuesOf(reader, 'vex', parseVexDocument(path, files.textOf(path) ?? '')),
  );
}

function valuesOf<T>(reader: InputReader, input: string, { values, faults }: ParsedFile<T>): T[] {
  const reject = ({ place, ...problem }: FileFault): void => reader.reject(input, place, problem);
  faults.forEach(reject);
  return values;
}
