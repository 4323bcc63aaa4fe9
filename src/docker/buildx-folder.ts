import { constants, existsSync } from 'node:fs';
import { access, cp, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Its name in the step's own configuration of docker, beside the links to what the job's has. */
const COPY = 'own-buildx';

/** The folders that buildx writes to. https://github.com/docker/buildx/blob/master/store/store.go */
const written = ['instances', 'defaults', 'activity'];

/**
 * The folder in which buildx keeps its builders: the job's, so that every step of the job knows the same ones. Where nothing can be
 * written there, as with a home that is read-only or a folder that `sudo docker` has made, it is a copy in the step's own
 * configuration, as buildx builds nothing without it.
 *
 * @param folder of the step's own configuration
 */
export async function openBuildxFolder(jobs: string, folder: string): Promise<string> {
  if (await isWritable(jobs)) return jobs;
  const copy = join(folder, COPY);
  await mkdir(copy, { mode: 0o700 });
  const isKept = (path: string): boolean =>
    !(dirname(path) === jobs && ['.lock', 'activity', 'refs'].includes(basename(path)));
  // What cannot be read, buildx could not have read either.
  await cp(jobs, copy, { recursive: true, filter: isKept }).catch(() => {});
  return copy;
}

/** The folder of {@link openBuildxFolder} in the step's own configuration; `undefined` where it uses the job's. */
export function ownBuildxFolder(folder: string): string | undefined {
  const copy = join(folder, COPY);
  return existsSync(copy) ? copy : undefined;
}

async function isWritable(jobs: string): Promise<boolean> {
  try {
    for (const path of missingFolders(jobs)) await mkdir(path, { mode: 0o700 }).catch(passIfThere);
    const paths = [jobs, ...written.map(name => join(jobs, name)).filter(path => existsSync(path))];
    await Promise.all(paths.map(path => access(path, constants.W_OK | constants.X_OK)));
    return true;
  } catch {
    return false;
  }
}

/** The folders that a path lacks, the outermost first. Node's own `recursive` never ends in a file system that takes none, such as /proc. */
function missingFolders(path: string): string[] {
  const parent = dirname(path);
  return existsSync(path) || parent === path ? [] : [...missingFolders(parent), path];
}

/** Another job of this machine may have made it meanwhile. */
function passIfThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}
