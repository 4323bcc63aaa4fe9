import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TarMember } from '../world/github/tar.ts';

/** A folder with a short path, which is none of the step's, and a file in it. */
export async function startOutside() {
  const folder = await mkdtemp(join(tmpdir(), 'outside-'));
  const victim = join(folder, 'victim');
  await writeFile(victim, 'mine\n');
  return {
    folder,
    victim,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Archives that reach outside, or that bring what the step has not saved, for the folder `name`. */
export function poisons(
  name: string,
  { folder, victim }: { folder: string; victim: string },
): Record<string, TarMember[]> {
  const written = { kind: 'file', content: 'not yours\n' } as const;
  const own: TarMember = { name: `${name}/`, kind: 'folder', mode: 0o755 };
  const upwards = '../'.repeat(12);
  return {
    'an absolute path': [own, { ...written, name: `${folder}/absolute` }],
    'a path that climbs out': [own, { ...written, name: `${upwards}${folder.slice(1)}/climbed` }],
    'a path that climbs out of its own folder': [
      own,
      { ...written, name: `${name}/${upwards}${folder.slice(1)}/up` },
    ],
    'a link that a later member is written through': [
      own,
      { name: `${name}/out`, kind: 'link', target: folder },
      { ...written, name: `${name}/out/through` },
    ],
    'a link that climbs, and a later member through it': [
      own,
      { name: `${name}/out`, kind: 'link', target: `${upwards}${folder.slice(1)}` },
      { ...written, name: `${name}/out/through` },
    ],
    'a hard link to a file outside': [own, { name: `${name}/index.json`, kind: 'hard link', target: victim }],
    'a link to a file outside': [own, { name: `${name}/index.json`, kind: 'link', target: victim }],
    'a link inside': [own, { name: `${name}/index.json`, kind: 'link', target: 'other' }],
    'nothing of the folder': [{ ...written, name: 'other/file' }],
    'nothing at all': [],
    'a file beside the folder': [own, { ...written, name: '_runner_file_commands/set_env' }],
  };
}
