import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Failure } from '../platform/failure.ts';

/** Which paths of a context the build does not see. */
export interface IgnoreMatcher {
  /** Whether a path, relative to the context, is left out. */
  ignores: (path: string) => boolean;
  /** Whether the file has exceptions, so that a file in an ignored folder may be seen. */
  hasExceptions: boolean;
}

/**
 * The path of the ignore file of a context; `undefined` where there is none.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function ignoreFileOf(context: string, dockerfile: string | undefined): string | undefined {
  const specificFile = `${dockerfile}.dockerignore`;
  const file =
    dockerfile !== undefined && existsSync(specificFile) ? specificFile : join(context, '.dockerignore');
  return existsSync(file) ? file : undefined;
}

/** The text of the ignore file of a context, which is empty where there is none. */
export async function readIgnoreFile(context: string, dockerfile: string | undefined): Promise<string> {
  const file = ignoreFileOf(context, dockerfile);
  return file === undefined ? '' : readFile(file, 'utf8');
}

/**
 * Reads the text of an ignore file. The library is loaded only when it is needed. A path that it took for ignored and the build
 * sees would be neither compared nor hashed: names are told apart by their case, as BuildKit does.
 * @throws {Failure} for a pattern that is none.
 */
export async function ignoreMatcher(text: string): Promise<IgnoreMatcher> {
  const { default: library } = await import('@balena/dockerignore');
  const matcher = library.default({ ignorecase: false }).add(literal(text));
  try {
    // The patterns are compiled when the first path is asked for.
    matcher.ignores('file');
  } catch (error) {
    throw new Failure('The .dockerignore file has a pattern that BuildKit would not take either.', {
      remedy: 'Close each `[` by `]`, with ranges such as `[a-z]` in it.',
      cause: error,
    });
  }
  return { ignores: path => matcher.ignores(path), hasExceptions: /^\s*!/m.test(text) };
}

/**
 * The text with a backslash before what BuildKit takes literally and the library for a part of a regular expression. On Windows a
 * backslash is a separator. https://github.com/moby/patternmatcher/blob/main/patternmatcher.go
 */
function literal(text: string): string {
  return sep === '/'
    ? text.replaceAll(/\\.|[+(){}|]/g, each => (each.length > 1 ? each : `\\${each}`))
    : text;
}
