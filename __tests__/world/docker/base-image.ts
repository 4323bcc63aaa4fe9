import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Environment } from './command.ts';
import { run } from './command.ts';
import type { Engine } from './engine.ts';

/**
 * Builds a base image from this machine's static busybox and pushes it to `reference`, which stands for the busybox
 * image that machines with a network pull. It has the machine's own platform only.
 *
 * @param options.environment the configuration to push with, from `engine.newConfig`; it must be logged in where the
 *   registry asks for it.
 * @throws Error when there is no static busybox, or with buildx's words when the push fails.
 */
export async function pushBaseImage(
  engine: Engine,
  reference: string,
  { environment }: { environment: Environment },
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'base-image-'));
  try {
    await layOutRootFileSystem(join(folder, 'root'));
    await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY root/ /\nCMD ["sh"]\n');
    const options = ['--push', '--provenance=false', '--progress=plain', '--tag', reference];
    await run('docker', ['buildx', 'build', ...options, folder], {
      SOURCE_DATE_EPOCH: '0',
      DOCKER_HOST: engine.host,
      ...environment,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The folders, users and identity that programs expect of a small distribution, and busybox under all its names. */
async function layOutRootFileSystem(root: string): Promise<void> {
  const busybox = await findBusybox();
  for (const folder of ['bin', 'etc', 'home', 'root', 'tmp', 'var'])
    await mkdir(join(root, folder), { recursive: true });
  await copyFile(busybox.file, join(root, 'bin', 'busybox'));
  const names = busybox.names.filter(name => name !== 'busybox');
  await Promise.all(names.map(name => symlink('busybox', join(root, 'bin', name))));
  await writeFile(
    join(root, 'etc', 'os-release'),
    `NAME="BusyBox"\nID=busybox\nVERSION_ID=${busybox.version}\nPRETTY_NAME="BusyBox ${busybox.version}"\n`,
  );
  await writeFile(
    join(root, 'etc', 'passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n',
  );
  await writeFile(join(root, 'etc', 'group'), 'root:x:0:\nnobody:x:65534:\n');
  // What the umask of this process made of the modes must not reach the image.
  await run('chmod', ['-R', 'u=rwX,go=rX', root]);
  await chmod(join(root, 'tmp'), 0o1777);
}

interface Busybox {
  file: string;
  /** `1.35.0` */
  version: string;
  names: string[];
}

/** The first busybox on PATH that needs no library: one that does would not start in an image that has nothing else. */
async function findBusybox(): Promise<Busybox> {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(directory, 'busybox');
    if (await isStatic(file)) {
      const banner = await run(file, []);
      return {
        file,
        version: /^BusyBox v(\S+)/.exec(banner)?.[1] ?? 'unknown',
        names: (await run(file, ['--list'])).split('\n'),
      };
    }
  }
  throw new Error(
    'The base image needs a static busybox on PATH. Install one (on Debian and Ubuntu: apt-get install busybox-static), ' +
      'or run: script/engine start && eval "$(script/engine env)"',
  );
}

/** Whether `file` is a program that names no dynamic linker (`/lib64/ld-linux…`), as it would near its beginning. */
async function isStatic(file: string): Promise<boolean> {
  const program = await readFile(file).catch(() => undefined);
  return program !== undefined && !program.subarray(0, 4096).includes('/ld-');
}
