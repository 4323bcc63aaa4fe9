import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { poisons, startOutside } from '../cache/poisons.ts';
import { tarOf } from '../world/github/tar.ts';
import { startWorld } from '../world/world.ts';

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

  const all = poisons('layers', outside);
  const escapes = Object.entries(all).filter(
    ([what]) => !what.includes('inside') && !what.startsWith('nothing'),
  );
  const archives = {
    // Each of them alone is tried in cache/safe-tar.test.ts.
    'all that reaches outside': escapes.flatMap(([, members]) => members),
    ...Object.fromEntries(
      ['a hard link to a file outside', 'a link inside', 'nothing of the folder'].map(what => [
        what,
        all[what] ?? [],
      ]),
    ),
  };
  for (const [what, members] of Object.entries(archives)) {
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
  const archives = {
    // Each of them alone is tried in cache/safe-tar.test.ts.
    'all that reaches outside': Object.entries(all)
      .filter(([what]) => !what.includes('inside') && !what.startsWith('nothing'))
      .flatMap(([, members]) => members),
    'a file beside the folder': all['a file beside the folder'] ?? [],
  };
  for (const [what, members] of Object.entries(archives)) {
    assert.ok(members.length > 0, what);
    world.github.overwriteCache(saved.id, { archive: zstdCompressSync(tarOf(members)) });
    const { log, told } = await build();
    assert.deepEqual(await readdir(outside.folder), ['victim'], what);
    assert.ok(
      told.some(each => each.startsWith('warning: Cache mounts are not kept: ')),
      `${what}: ${log}`,
    );
  }
});

test('what an archive has in place of a cache is no trouble, and its key is no command of the runner', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo ${randomUUID()} >/made\n`,
  );
  const temp = join(world.scratch, 'temp');
  const inputs = { push: 'false', 'role-to-assume': '', 'build-args': '', cache: 'actions' };
  const build = async () => {
    const run = await world.run({ workspace, temp, with: inputs });
    assert.equal(run.outcome, 'success', run.log);
    return run;
  };
  const archiveOf = (folders: string[]) =>
    zstdCompressSync(
      tarOf(folders.map(name => ({ name: `layers/${name}`, kind: 'folder', mode: 0o755 }) as const)),
    );
  await build();
  const [saved] = world.github.caches();
  assert.ok(saved);
  world.github.overwriteCache(saved.id, { archive: archiveOf(['', 'index.json/', 'cold-seconds/']) });
  assert.match((await build()).log, /Cache hit for/);

  const key = `${saved.key}\n::add-mask::forged-mask\narchive: forged-key`;
  // Whichever is found: a build that can use none may have saved its own.
  for (const { id } of world.github.caches())
    world.github.overwriteCache(id, { archive: archiveOf(['']), key });
  const run = await build();
  assert.match(run.log, /Cache hit for/);
  assert.ok(!run.masks.includes('forged-mask'), run.rawLog);
  assert.doesNotMatch(run.rawLog, /^(::add-mask::forged|archive: )/m);
});
