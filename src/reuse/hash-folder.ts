import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';

/** The hash of all that a build sees of a folder, or why there is none that could be compared. */
export type FolderHash = { kind: 'known'; hash: string } | { kind: 'unknown'; reason: string };

interface HashOptions {
  /** Whether the build ignores this path, which is relative to the folder. */
  ignores: (path: string) => boolean;
  /** Whether the ignore file has exceptions, so that a file in an ignored folder may be relevant. */
  hasExceptions: boolean;
  signal: AbortSignal;
}

/** A line for each entry, in order: its path, kind, permissions, and the hash of a file or the target of a link. */
type Lines = string[];

/** Bytes from which on a file is read piece by piece. */
const LARGE_FILE_BYTES = 1_048_576;

/** Milliseconds after which other work gets its turn. Small files are read at once, as waiting for each takes far longer. */
const TURN_MS = 20;

/**
 * Hashes what BuildKit is sent of a folder: names, permissions, contents of files and targets of links. The files themselves
 * are read and git is not asked: its index and objects can say anything of files that somebody else has put there, and its
 * filters are programs. What git converts at a checkout, line ends or files of LFS, counts as it lies there.
 * https://github.com/moby/buildkit/blob/master/cache/contenthash/checksum.go
 */
export async function hashFolder(folder: string, options: HashOptions): Promise<FolderHash> {
  try {
    const lines = await linesOf(folder, '', { ...options, takeTurns: turnTaker(options.signal) });
    if (typeof lines === 'string') return { kind: 'unknown', reason: lines };
    return { kind: 'known', hash: hashOf(lines.join('\n')) };
  } catch (error) {
    options.signal.throwIfAborted();
    return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The lines of what a build sees below a folder of the context; or why they cannot be compared. */
async function linesOf(
  root: string,
  folder: string,
  options: HashOptions & { takeTurns: () => Promise<void> },
): Promise<Lines | string> {
  const lines: Lines = [];
  for (const name of readdirSync(join(root, folder)).toSorted()) {
    await options.takeTurns();
    const path = folder === '' ? name : `${folder}/${name}`;
    const isIgnored = options.ignores(path);
    if (isIgnored && !options.hasExceptions) continue;
    // Bytes that are no UTF-8 are read as this character, by which no file can be opened but another one of that name.
    if (name.includes('\uFFFD')) {
      if (isIgnored) continue;
      return `the name \`${path}\` is no UTF-8`;
    }
    const file = join(root, path);
    const stats = lstatSync(file);
    const permissions = stats.mode & 0o7777;
    if (stats.isDirectory()) {
      if (name === '.git' && !isIgnored)
        return `\`${path}\` is in the context and differs from commit to commit: add it to .dockerignore`;
      const inner = await linesOf(root, path, options);
      if (typeof inner === 'string') return inner;
      if (!isIgnored || inner.length > 0) lines.push(JSON.stringify([path, 'folder', permissions]));
      for (const line of inner) lines.push(line);
    } else if (isIgnored) {
      continue;
    } else if (stats.isSymbolicLink()) {
      lines.push(JSON.stringify([path, 'link', readlinkSync(file)]));
    } else if (stats.isFile()) {
      const hash =
        stats.size < LARGE_FILE_BYTES
          ? hashOf(readFileSync(file))
          : await hashOfLargeFile(file, options.signal);
      lines.push(JSON.stringify([path, 'file', permissions, hash]));
    } else {
      return `\`${path}\` is neither a file nor a folder nor a link`;
    }
  }
  return lines;
}

/** Lets other work have its turn every now and then, and ends with the job. */
function turnTaker(signal: AbortSignal): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < TURN_MS) return;
    await setImmediate();
    signal.throwIfAborted();
    began = performance.now();
  };
}

function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

async function hashOfLargeFile(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, { signal });
  return hash.digest('hex');
}
