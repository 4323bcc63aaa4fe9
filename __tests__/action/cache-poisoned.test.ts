import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { tarOf } from '../world/github/tar.ts';
import type { TarMember } from '../world/github/tar.ts';
import { startWorld } from '../world/world.ts';

/** A folder with a short path, which is none of the step's, and a file in it. */
async function startOutside() {
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
function poisons(
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

test('an archive of layers that leaves its folder is a warning and a cold build, and writes nothing outside', async () => {
  await using world = await startWorld();
  await using outside = await startOutside();
  const workspace = await world.checkout();
  const text = `FROM ${world.baseImage}\nRUN echo ${randomUUID()} >/made\n`;
  await writeFile(join(workspace, 'Dockerfile'), text);
  const temp = join(world.scratch, 'temp');
  const inputs = { push: 'false', 'role-to-assume': '', 'build-args': '', cache: 'actions' };
  const build = async () => {
    const run = await world.run({ workspace, temp, with: inputs });
    assert.equal(run.outcome, 'success', run.log);
    return run;
  };
  const first = await build();
  assert.match(first.log, /^Saved as ecr-image-layers-/m);
  const restored = await build();
  assert.match(restored.log, /--cache-from type=local,src=/);

  for (const [what, members] of Object.entries(poisons('layers', outside))) {
    // Whichever is found: a build that found none may have saved its own.
    for (const { id } of world.github.caches())
      world.github.overwriteCache(id, { archive: zstdCompressSync(tarOf(members)) });
    const run = await build();
    assert.deepEqual(await readdir(outside.folder), ['victim'], what);
    assert.equal((await stat(outside.victim)).nlink, 1, what);
    assert.doesNotMatch(run.log, /--cache-from/, what);
    assert.deepEqual(
      run.annotations.map(({ level }) => level),
      ['warning'],
      `${what}: ${run.log}`,
    );
    assert.match(
      run.annotations[0]?.message ?? '',
      /^The archive ecr-image-layers-\S+ in GitHub's cache is not used: it (holds "|does not hold )|^Failed to restore: /,
    );
    const left = await readdir(temp);
    assert.deepEqual(
      left.filter(name => name.startsWith('ecr-image-')),
      [],
      what,
    );
    const commandFiles = left.includes('_runner_file_commands')
      ? await readdir(join(temp, '_runner_file_commands'))
      : [];
    assert.ok(!commandFiles.includes('set_env'), what);
  }
});

test('files of an archive that are none of a cache are no trouble', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo ${randomUUID()} >/made\n`,
  );
  const temp = join(world.scratch, 'temp');
  const inputs = { push: 'false', 'role-to-assume': '', 'build-args': '', cache: 'actions' };
  await world.run({ workspace, temp, with: inputs });
  const folders = ['', 'index.json/', 'cold-seconds/'];
  const members = folders.map(name => ({ name: `layers/${name}`, kind: 'folder', mode: 0o755 }) as const);
  for (const { id } of world.github.caches())
    world.github.overwriteCache(id, { archive: zstdCompressSync(tarOf(members)) });
  const run = await world.run({ workspace, temp, with: inputs });
  assert.equal(run.outcome, 'success', run.log);
});

test('an archive of cache mounts is unpacked as strictly', async () => {
  await using world = await startWorld();
  await using outside = await startOutside();
  const workspace = await world.checkout();
  const run = `RUN --mount=type=cache,id=${randomUUID()},target=/own echo ${randomUUID()} >>/own/builds`;
  await writeFile(join(workspace, 'Dockerfile'), `FROM ${world.baseImage}\n${run}\n`);
  const temp = join(world.scratch, 'temp');
  const inputs = {
    push: 'false',
    'role-to-assume': '',
    'build-args': '',
    cache: 'off',
    'cache-mounts': 'auto',
  };
  const build = async () => {
    const { outcome, log, annotations } = await world.run({ workspace, temp, with: inputs });
    assert.equal(outcome, 'success', log);
    return { log, told: annotations.map(({ level, message }) => `${level}: ${message}`) };
  };
  const first = await build();
  const [saved] = world.github.caches();
  assert.ok(saved, first.log);
  const all = poisons('ecr-image-mounts', outside);
  for (const what of ['an absolute path', 'a link to a file outside', 'a file beside the folder']) {
    world.github.overwriteCache(saved.id, { archive: zstdCompressSync(tarOf(all[what] ?? [])) });
    const { log, told } = await build();
    assert.deepEqual(await readdir(outside.folder), ['victim'], what);
    assert.ok(
      told.some(each => each.startsWith('warning: Cache mounts are not kept: ')),
      `${what}: ${log}`,
    );
  }
});

test('the key of an archive is no command of the runner, whatever lines are in it', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo ${randomUUID()} >/made\n`,
  );
  const temp = join(world.scratch, 'temp');
  const inputs = { push: 'false', 'role-to-assume': '', 'build-args': '', cache: 'actions' };
  const options = { workspace, temp, with: inputs };
  await world.run(options);
  const [saved] = world.github.caches();
  assert.ok(saved);
  const archive = zstdCompressSync(tarOf([{ name: 'layers/', kind: 'folder', mode: 0o755 }]));
  const key = `${saved.key}\n::add-mask::forged-mask\narchive: forged-key`;
  world.github.overwriteCache(saved.id, { archive, key });
  const run = await world.run(options);
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /Cache hit for/);
  assert.ok(!run.masks.includes('forged-mask'), run.rawLog);
  assert.doesNotMatch(run.rawLog, /^(::add-mask::forged|archive: )/m);
});
