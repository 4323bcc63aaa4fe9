import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { startDistribution } from '../registry/distribution.ts';
import { pushBaseImage } from './base-image.ts';
import { run } from './command.ts';
import { findEngine } from './engine.ts';

it('a base image can be pushed and built upon', async () => {
  const engine = await findEngine();
  await using registry = await startDistribution();
  const folder = await mkdtemp(join(tmpdir(), 'upon-'));
  try {
    const environment = await engine.newConfig(join(folder, 'config'));
    const reference = `${new URL(registry.url).host}/base/busybox:1`;
    await pushBaseImage(engine, { url: registry.url, name: 'base/busybox', tag: '1' });
    await writeFile(
      join(folder, 'Dockerfile'),
      `FROM ${reference} AS build\nUSER nobody\nRUN . /etc/os-release && echo "$ID $(id -un)" >/tmp/made\n` +
        'FROM scratch\nCOPY --from=build /tmp/made /\n',
    );
    await run('docker', ['buildx', 'build', '--output', join(folder, 'out'), folder], environment);
    assert.equal(await run('cat', [join(folder, 'out', 'made')]), 'busybox nobody');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
