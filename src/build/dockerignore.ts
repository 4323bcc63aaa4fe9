import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Which paths of a context the build does not see. */
export interface IgnoreMatcher {
  /** Whether a path, relative to the context, is left out. */
  ignores: (path: string) => boolean;
  /** Whether the file has exceptions, so that a file in an ignored folder may be seen. */
  hasExceptions: boolean;
}

/**
 * The text of the ignore file of a context, which is empty where there is none.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export async function readIgnoreFile(context: string, dockerfile: string | undefined): Promise<string> {
  const specificFile = `${dockerfile}.dockerignore`;
  const file =
    dockerfile !== undefined && existsSync(specificFile) ? specificFile : join(context, '.dockerignore');
  return existsSync(file) ? readFile(file, 'utf8') : '';
}

/** Reads the text of an ignore file. The library is loaded only when it is needed. */
export async function ignoreMatcher(text: string): Promise<IgnoreMatcher> {
  const { default: library } = await import('@balena/dockerignore');
  const matcher = library.default().add(text);
  return { ignores: path => matcher.ignores(path), hasExceptions: /^\s*!/m.test(text) };
}
