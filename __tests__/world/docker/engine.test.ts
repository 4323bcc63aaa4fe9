import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { withoutBuildx, withoutDocker, withoutEngine } from './broken.ts';
import { run } from './command.ts';
import { findEngine } from './engine.ts';
import type { Engine } from './engine.ts';

describe('the docker engine', () => {
  let engine: Engine;
  let folder: string;
  before(async () => {
    engine = await findEngine();
    folder = await mkdtemp(join(tmpdir(), 'engine-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is found with its versions', () => {
    assert.match(engine.host, /^(unix|tcp|ssh|npipe):\/\//);
    assert.match(engine.version, /^\d+\.\d+\.\d+/);
    assert.match(engine.buildxVersion, /^\d+\.\d+\.\d+/);
  });

  it('gives a configuration with buildx and nothing else', async () => {
    const environment = await engine.newConfig(join(folder, 'fresh'));
    assert.deepEqual(await readdir(join(folder, 'fresh'), { recursive: true }), [
      'cli-plugins',
      join('cli-plugins', 'docker-buildx'),
    ]);
    assert.match(await run('docker', ['buildx', 'version'], environment), /github\.com\/docker\/buildx/);
    assert.equal(
      await run('docker', ['version', '--format', '{{.Server.Version}}'], environment),
      engine.version,
    );
  });

  it('can be one that does not answer', async () => {
    const environment = await withoutEngine(engine, join(folder, 'no-engine'));
    await run('docker', ['buildx', 'version'], environment);
    await assert.rejects(
      run('docker', ['info'], environment),
      /Cannot connect to the Docker daemon|failed to connect/i,
    );
  });

  it('can have a client without buildx', async () => {
    const environment = await withoutBuildx(engine, join(folder, 'no-buildx'));
    await run('docker', ['version'], environment);
    await assert.rejects(
      run('docker', ['buildx', 'version'], environment),
      /unknown command: docker buildx|not a docker command/,
    );
  });

  it('can be missing altogether', async () => {
    const environment = await withoutDocker(join(folder, 'no-docker'));
    await assert.rejects(run('sh', ['-c', 'docker info'], environment), /docker: (command )?not found/);
    assert.match(await run('git', ['--version'], environment), /^git version/);
  });
});
