import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';

/**
 * Whether a path in the workspace is or goes through a symbolic link that leads out of it. A link can be committed, so whoever
 * writes the checkout could have any file of the machine read, sent to the build or overwritten by it. A path that itself names a
 * place outside is the workflow's own choice. Of a path that does not exist yet, the folder that does is looked at; a link to
 * nothing counts as one that leads out.
 */
export function leadsOut(path: string): boolean {
  const workspace = process.env['GITHUB_WORKSPACE'] || '.';
  const roots = [resolve(workspace), ...(existsSync(workspace) ? [realpathSync(workspace)] : [])];
  const isInside = (each: string): boolean =>
    roots.some(root => each === root || each.startsWith(root.endsWith(sep) ? root : `${root}${sep}`));
  let existing = resolve(path);
  if (!isInside(existing)) return false;
  while (!existsSync(existing) && existing !== dirname(existing)) {
    // What is written to a link without a target is written where it leads.
    if (lstatSync(existing, { throwIfNoEntry: false })?.isSymbolicLink()) return true;
    existing = dirname(existing);
  }
  return !isInside(realpathSync(existing));
}

/** Why a path that leads out is not used, and what to do about it. */
export const outOfWorkspace = {
  problem: 'is or goes through a symbolic link that leads out of the workspace',
  remedy: 'Put the file or folder itself into the workspace, or name the place where it is.',
};

/** Whether a path is a regular file, or a link to one: no folder, no device and nothing that waits for a writer. */
export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** The text of a file; `undefined` where there is none, or a link leads out of the workspace to it. */
export function readTextFile(path: string): string | undefined {
  return isFile(path) && !leadsOut(path) ? readFileSync(path, 'utf8') : undefined;
}
