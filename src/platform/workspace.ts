import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, isAbsolute, normalize, relative, resolve, sep } from 'node:path';

/** Characters. Linux opens no longer path, so that nothing is there. https://man7.org/linux/man-pages/man3/realpath.3.html */
const MAX_PATH_LENGTH = 4096;

/**
 * Whether a path in the workspace is or goes through a symbolic link that leads out of it. A link can be committed, so whoever
 * writes the checkout could have any file of the machine read, sent to the build or overwritten by it. A path that itself names a
 * place outside is the workflow's own choice. Of a path that does not exist yet, the folder that does is looked at; a link to
 * nothing counts as one that leads out.
 */
export function leadsOut(path: string): boolean {
  if (path.length > MAX_PATH_LENGTH) return false;
  const workspace = process.env['GITHUB_WORKSPACE'] || '.';
  const roots = [resolve(workspace), ...(existsSync(workspace) ? [realpathSync(workspace)] : [])];
  const isInside = (each: string): boolean =>
    roots.some(root => each === root || each.startsWith(root.endsWith(sep) ? root : `${root}${sep}`));
  let existing = resolve(path);
  if (!isInside(existing)) return false;
  while (!existsSync(existing) && existing !== dirname(existing)) {
    // What is written to a link without a target is written where it leads.
    if (isLink(existing)) return true;
    existing = dirname(existing);
  }
  return !isInside(realpathSync(existing));
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    // Nothing is there, or no path is that long.
    return false;
  }
}

/** Why a path that leads out is not used, and what to do about it. */
export const outOfWorkspace = {
  problem: 'is or goes through a symbolic link that leads out of the workspace',
  remedy: 'Put the file or folder itself into the workspace, or name the place where it is.',
};

/** A path, absolute or relative to the folder, as it is from the folder; `undefined` where it leads out by its name. */
export function pathBelow(folder: string, path: string): string | undefined {
  const inner = isAbsolute(path) ? relative(folder, path) : normalize(path);
  return inner === '..' || inner.startsWith('../') ? undefined : inner;
}

/** Whether a path is a regular file, or a link to one: no folder, no device and nothing that waits for a writer. */
export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** Bytes of a file that the step itself reads whole. The largest that anybody needs is a list of thousands of exceptions. */
const MAX_TEXT_BYTES = 10 * 1024 * 1024;

/** Bytes. BuildKit takes no secret of more: https://github.com/moby/buildkit/blob/master/session/secrets/secretsprovider/secretsprovider.go */
export const MAX_SECRET_BYTES = 500 * 1024;

/** Bytes. buildx reads no more of a key: https://github.com/moby/buildkit/blob/master/session/sshforward/sshprovider/agentprovider.go */
const MAX_KEY_BYTES = 100 * 1024;

/** Why a path cannot be used, and what to do about it. */
interface PathProblem {
  problem: string;
  remedy: string;
}

/** What a path has to lead to: a file, one with a secret, a key or an agent's socket, a folder, or a place to write to. */
export type PathUse = 'file' | 'secret' | 'key' | 'folder' | 'output';

/**
 * Why a path cannot be used for this; `undefined` where it can, and where nothing is there yet, unless it is to be written and cannot
 * be. Whoever opens a pipe without a writer waits for ever, and a device may never end.
 */
export function whyUnusable(path: string, use: PathUse): PathProblem | undefined {
  let stats: Stats | undefined;
  try {
    stats = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return cannotBeRead(error);
  }
  if (stats === undefined) return use === 'output' ? whyNotMade(path) : undefined;
  const isWanted = {
    file: stats.isFile(),
    secret: stats.isFile(),
    key: stats.isFile() || stats.isSocket(),
    folder: stats.isDirectory(),
    output: !stats.isFIFO() && !stats.isSocket() && !stats.isBlockDevice(),
  }[use];
  if (!isWanted) {
    const wanted = {
      file: 'file',
      secret: 'file',
      key: 'key file or a socket',
      folder: 'folder',
      output: 'file',
    }[use];
    return {
      problem: `is ${kindOf(stats)}, and a ${wanted} is wanted`,
      remedy: `Name a ${wanted} by its path.`,
    };
  }
  if (use === 'output') return whyNotWritten(path);
  const most = {
    file: MAX_TEXT_BYTES,
    secret: MAX_SECRET_BYTES,
    key: MAX_KEY_BYTES,
    folder: undefined,
  }[use];
  return most !== undefined && stats.size > most ? tooLarge(stats.size, most) : undefined;
}

/** Why nothing can be made at a path where nothing is yet: what is above it is no folder, or may not be written to. */
function whyNotMade(path: string): PathProblem | undefined {
  let above = dirname(resolve(path));
  while (!existsSync(above) && above !== dirname(above)) above = dirname(above);
  if (!statSync(above).isDirectory())
    return {
      problem: `would be below ${above}, which is ${kindOf(statSync(above))}`,
      remedy: 'Name a place that can be written to.',
    };
  return whyNotWritten(above);
}

function whyNotWritten(path: string): PathProblem | undefined {
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return {
      problem: `cannot be written (${codeOf(error)})`,
      remedy: 'Name a place that the user of the runner may write to, such as ${{ runner.temp }}/out.',
    };
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return stats.isFile() ? 'a file' : 'a device';
}

/** The code of the error alone, as its message has the path once more. */
function cannotBeRead(error: unknown): PathProblem {
  return {
    problem: `cannot be read (${codeOf(error)})`,
    remedy: 'Check the path, and the permissions of what is there.',
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function tooLarge(size: number, most: number): PathProblem {
  return {
    problem: `has ${size.toLocaleString('en')} bytes, and ${most.toLocaleString('en')} are the most that is read`,
    remedy: 'Name a smaller file.',
  };
}

/**
 * The text of a regular file of up to 10 MiB, or why it is not read; `undefined` where there is none, or a link leads out of the
 * workspace to it.
 */
export function readTextFile(path: string): string | PathProblem | undefined {
  if (!isFile(path) || leadsOut(path)) return undefined;
  // Some files of /proc say that they are empty, and end only when their reader does or wait like a pipe.
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return cannotBeRead(error);
  }
  try {
    if (fstatSync(file).size > MAX_TEXT_BYTES) return tooLarge(fstatSync(file).size, MAX_TEXT_BYTES);
    const pieces: Buffer[] = [];
    let size = 0;
    for (;;) {
      const piece = Buffer.alloc(65_536);
      const read = readSync(file, piece);
      if (read === 0)
        return Buffer.concat(pieces)
          .toString()
          .replace(/^\uFEFF/, '');
      pieces.push(piece.subarray(0, read));
      size += read;
      if (size > MAX_TEXT_BYTES) return tooLarge(size, MAX_TEXT_BYTES);
    }
  } catch (error) {
    return cannotBeRead(error);
  } finally {
    closeSync(file);
  }
}
