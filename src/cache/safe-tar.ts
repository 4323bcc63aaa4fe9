import { lstat, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/**
 * Stands before `tar` on the PATH of GitHub's cache client, which calls it with `-P`: then a member may have an absolute path,
 * climb by `..`, or be written through a link that the archive itself has made. Without `-P`, GNU tar and bsdtar refuse all of
 * these. tar and the decompressor get no environment but what they need, and what they print, which may have names of members
 * in it, goes to a file beside this one.
 * https://www.gnu.org/software/tar/manual/html_node/Security.html
 */
const wrapper = `#!/bin/sh
PATH=\${PATH#*:}
if [ "$1" = -xf ]; then set -- "$@" --no-same-owner --no-same-permissions; fi
for argument; do
  shift
  [ "$argument" = -P ] || set -- "$@" "$argument"
done
exec env -i PATH="$PATH" LC_ALL=C RUNNER_TRACKING_ID="\${RUNNER_TRACKING_ID-}" "\${0##*/}" "$@" >/dev/null 2>>"$0.log"
`;

/** The names under which the client looks for tar: `gtar` is GNU's on macOS. */
const tarNames = ['tar', 'gtar'];

/** A tar that keeps to its folder, for one run of the cache client. */
export interface SafeTar {
  /** The PATH that finds it first. */
  path: string;
  /** What it has printed. */
  output(): Promise<string>;
}

/** Makes a {@link SafeTar} in a folder. `path` is the PATH that has the machine's own tar. */
export async function makeSafeTar(folder: string, path: string): Promise<SafeTar> {
  await mkdir(folder, { recursive: true });
  const there = await Promise.all(tarNames.map(async name => ((await isOnPath(name, path)) ? [name] : [])));
  const made = there.flat();
  await Promise.all(made.map(name => writeFile(join(folder, name), wrapper, { mode: 0o700 })));
  return {
    path: [folder, path].join(delimiter),
    async output() {
      const logs = made.map(name => readFile(join(folder, `${name}.log`), 'utf8').catch(() => ''));
      return (await Promise.all(logs)).join('');
    },
  };
}

async function isOnPath(name: string, path: string): Promise<boolean> {
  const found = path.split(delimiter).map(folder =>
    lstat(join(folder, name)).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(found)).includes(true);
}

/**
 * Why an unpacked archive is none that this step has saved of the folder `name`; completes "it …". It may hold that folder
 * alone, and in it folders and files that can be read: neither BuildKit's cache nor the archive of cache mounts has links or
 * devices.
 */
export async function whyForeign(unpacked: string, name: string): Promise<string | undefined> {
  const names = await readdir(unpacked);
  if (!names.includes(name)) return `does not hold ${name}`;
  const foreign = names.find(each => each !== name) ?? (await foreignEntryIn(unpacked, name));
  return foreign === undefined
    ? undefined
    : `holds ${JSON.stringify(foreign)}, which this step would not have saved`;
}

/** The path of an entry that is neither a folder nor a file, or cannot be read. */
async function foreignEntryIn(root: string, path: string): Promise<string | undefined> {
  const stats = await lstat(join(root, path));
  if (stats.isFile()) return stats.nlink === 1 && (stats.mode & 0o400) !== 0 ? undefined : path;
  if (!stats.isDirectory() || (stats.mode & 0o500) !== 0o500) return path;
  for (const name of await readdir(join(root, path))) {
    const found = await foreignEntryIn(root, join(path, name));
    if (found !== undefined) return found;
  }
  return undefined;
}
