import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from './command.ts';
import type { Engine } from './engine.ts';

/** A repository of a registry that asks for no login. */
export interface Place {
  /** `http://127.0.0.1:35127` */
  url: string;
  name: string;
  tag: string;
}

/**
 * Pushes a base image of this machine's static busybox, which stands for the one that machines with a network pull. It has
 * the machine's own platform only, and is built once for all test files of a run.
 *
 * @throws Error when there is no static busybox, or with the words of buildx or of the registry when one of them fails.
 */
export async function pushBaseImage(engine: Engine, { url, name, tag }: Place): Promise<void> {
  layout ??= buildLayout(engine);
  const folder = await layout;
  const blob = (digest: string): Promise<Buffer> => readFile(join(folder, 'blobs', digest.replace(':', '/')));
  const index: Named = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
  const [image] = index.manifests ?? [];
  if (image === undefined) throw new Error('buildx has exported no image.');
  const bytes = await blob(image.digest);
  const manifest: Named = JSON.parse(bytes.toString());
  for (const { digest } of [...(manifest.layers ?? []), ...(manifest.config ? [manifest.config] : [])]) {
    const upload = await send('POST', new URL(`/v2/${name}/blobs/uploads/`, url));
    const place = new URL(upload.headers.get('location') ?? '', url);
    place.searchParams.set('digest', digest);
    await send('PUT', place, { body: await blob(digest), type: 'application/octet-stream' });
  }
  await send('PUT', new URL(`/v2/${name}/manifests/${tag}`, url), { body: bytes, type: image.mediaType });
}

/** Builds the Dockerfile of a folder and pushes it beside the base image, from where nobody needs a login to pull it. */
export async function pushBeside(
  { engine, baseImage }: { engine: Engine; baseImage: string },
  { folder, name }: { folder: string; name: string },
): Promise<string> {
  const reference = `${new URL(`http://${baseImage}`).host}/${name}`;
  const options = ['--push', '--provenance=false', '--progress=plain', '--tag', reference];
  const environment = await engine.newConfig(join(folder, '.docker'));
  await run('docker', ['buildx', 'build', ...options, folder], environment);
  return reference;
}

/** What a manifest or an index names. */
interface Named {
  manifests?: { digest: string; mediaType: string }[];
  layers?: { digest: string }[];
  config?: { digest: string };
}

async function send(
  method: string,
  url: URL,
  { body, type }: { body?: Buffer; type?: string } = {},
): Promise<Response> {
  const answer = await fetch(url, {
    method,
    ...(body && { body: new Uint8Array(body) }),
    ...(type && { headers: { 'content-type': type } }),
  });
  if (!answer.ok) throw new Error(`${method} ${url.href}: ${answer.status} ${await answer.text()}`);
  return answer;
}

let layout: Promise<string> | undefined;

/** The base image as an OCI layout, shared with the other test files of this run. */
async function buildLayout(engine: Engine): Promise<string> {
  const shared = join(tmpdir(), `base-image-${process.ppid}`);
  if (existsSync(shared)) return shared;
  const folder = await mkdtemp(join(tmpdir(), 'base-image-'));
  try {
    await layOutRootFileSystem(join(folder, 'root'));
    await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY root/ /\nCMD ["sh"]\n');
    const made = join(folder, 'layout');
    const options = ['--output', `type=oci,tar=false,dest=${made}`, '--provenance=false', '--progress=plain'];
    await run('docker', ['buildx', 'build', ...options, folder], {
      SOURCE_DATE_EPOCH: '0',
      ...(await engine.newConfig(join(folder, 'config'))),
    });
    // Another file may have been faster.
    await rename(made, shared).catch(() => {});
    return shared;
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
