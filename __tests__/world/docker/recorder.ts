import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Environment } from './command.ts';
import { run } from './command.ts';

/** A docker that writes down what it is called with, before the machine's own does it; its files are kept in `folder`. */
export async function withRecorder(folder: string): Promise<{ environment: Environment; argv: string }> {
  const argv = join(folder, 'argv');
  await mkdir(folder, { recursive: true });
  await writeFile(argv, '');
  const docker = await run('sh', ['-c', 'command -v docker']);
  await writeFile(join(folder, 'docker'), `#!/bin/sh\necho "$@" >>"${argv}"\nexec "${docker}" "$@"\n`);
  await chmod(join(folder, 'docker'), 0o755);
  return { environment: { PATH: [folder, process.env['PATH']].join(delimiter) }, argv };
}
