import type { InputReader } from '../validation/reader.ts';
import type { Exceptions } from './exceptions.ts';
import * as parsers from '../validation/parsers.ts';
import type { FileFault, Parsed } from './ignore-file.ts';

/** How the inputs look at files of the workspace. */
export interface Files {
  /** A file's text, or nothing where there is no such file. */
  textOf(path: string): string | undefined;
  /** The files that a path or a pattern names. */
  matching(pattern: string): string[];
}

/** The file that is read where nobody names another; it need not exist. */
const usualIgnoreFile = '.ecr-scan-ignore.yml';

/** Each reader is loaded only when there is something to read. */
export async function readExceptions(reader: InputReader, files: Files): Promise<Exceptions> {
  const ignoreFile = reader.text('ignore-file', () => undefined, usualIgnoreFile);
  const patterns = reader.read('vex', parsers.parseLines, []);
  return {
    ignore: await readIgnoreFile(reader, ignoreFile, files),
    vex: await readVex(reader, patterns, files),
  };
}

async function readIgnoreFile(
  reader: InputReader,
  path: string,
  files: Files,
): Promise<Exceptions['ignore']> {
  const text = files.textOf(path);
  if (text !== undefined) {
    const { parseIgnoreFile } = await import('./ignore-file.ts');
    return take(reader, 'ignore-file', parseIgnoreFile(path, text));
  }
  if (path !== usualIgnoreFile) {
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
  files: Files,
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
    take(reader, 'vex', parseVexDocument(path, files.textOf(path) ?? '')),
  );
}

function take<T>(reader: InputReader, input: string, { values, faults }: Parsed<T>): T[] {
  const tell = ({ place, ...objection }: FileFault): void => reader.reject(input, place, objection);
  faults.forEach(tell);
  return values;
}
