import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { addNewCity, startWorld } from '../world/world.ts';

const noPush = { push: 'false', 'role-to-assume': '' };

test('a service that refuses is a warning, and the image is built', async () => {
  await using world = await startWorld();
  const temp = join(world.scratch, 'temp');
  const error = { status: 403, code: 'permission_denied', message: 'no' };
  world.github.faults.add({ match: /^cache:/, kind: 'refuse', error });
  const refused = await world.run({ temp, with: { ...noPush, cache: 'actions', target: 'almanac' } });
  assert.equal(refused.outcome, 'success', refused.log);
  const levels = refused.annotations.map(({ level }) => level);
  assert.deepEqual(new Set(levels), new Set(['warning']), refused.log);
  assert.match(refused.log, /^Not saved /m);
});

for (const cache of ['registry', 'gha'] as const) {
  test(`where ${cache} refuses what is read or written, that is a warning, and the summary says it`, async () => {
    await using world = await startWorld();
    const workspace = await world.checkout();
    const faults = cache === 'gha' ? world.github.faults : world.gateFaults;
    const [reading, writing] =
      cache === 'gha'
        ? ([/GetCacheEntryDownloadURL/, /CreateCacheEntry/] as const)
        : ([/:(GET|HEAD) .*\/manifests\/buildcache/, /:PUT .*\/manifests\/buildcache/] as const);
    const error = {
      status: 403,
      code: cache === 'gha' ? 'permission_denied' : 'DENIED',
      message: 'no such right',
    };
    const build = async (number: string) => {
      const text = `FROM ${world.baseImage}\nRUN echo ${randomUUID()} >/made\n`;
      await writeFile(join(workspace, 'Dockerfile'), text);
      const run = await world.run({
        workspace,
        sha: number.repeat(40),
        with: { cache, 'wait-for-scan': 'false' },
      });
      assert.equal(run.outcome, 'success', run.log);
      const warnings = run.annotations.filter(({ level }) => level === 'warning');
      return { run, said: warnings.map(({ message }) => message.replace(/, and the build.*/s, '')) };
    };
    faults.add({ match: writing, kind: 'refuse', error });
    const unwritten = await build('1');
    assert.deepEqual(unwritten.said, ['A cache of layers could not be written'], unwritten.run.log);
    assert.match(unwritten.run.summary, /\| Layers \| .*, \*\*not written\*\* \|/);
    faults.clear();
    assert.deepEqual((await build('2')).said, []);
    faults.add({ match: reading, kind: 'refuse', error });
    // What is there is asked for before it is overwritten.
    const unread = await build('3');
    const both = ['A cache of layers could not be read', 'A cache of layers could not be written'];
    assert.deepEqual(unread.said, both, unread.run.log);
    assert.match(unread.run.summary, /\| Layers \| .*, \*\*not read\*\*, \*\*not written\*\* \|/);
  });

  test(`a layer that ${cache} promised and breaks off is a warning, and the image is built without the cache`, async () => {
    await using world = await startWorld();
    const workspace = await world.checkout();
    await addNewCity(workspace);
    const first = await world.run({ workspace, with: { cache } });
    assert.equal(first.outcome, 'success', first.log);
    await world.engine.prune();

    // The layers under the last step, which is new, are needed now. What lists them is read well.
    await writeFile(join(workspace, 'site', 'greeting.html'), '<p>Good evening.</p>\n');
    const [faults, match] =
      cache === 'gha'
        ? ([world.github.faults, /^cache:GET blob/] as const)
        : ([world.gateFaults, /^registry:GET .*\/blobs\//] as const);
    faults.add({ match, kind: 'slow', times: 1 });
    faults.add({ match, kind: 'truncate' });
    const broken = await world.run({ workspace, sha: 'f'.repeat(40), with: { cache } });
    assert.equal(broken.outcome, 'success', broken.log);
    assert.deepEqual(
      broken.annotations.map(({ level, message }) => [level, message.replace(/: .*/s, '')]),
      [['warning', 'A layer could not be fetched, so the image is built without reading caches']],
    );
    const commands = broken.log.match(/^docker buildx build .*$/gm) ?? [];
    assert.deepEqual(
      commands.map(command => [command.includes('--cache-from'), command.includes('--cache-to')]),
      [
        [true, true],
        [false, true],
      ],
    );
    assert.match(broken.outputs['digest'] ?? '', /^sha256:/);
  });
}
