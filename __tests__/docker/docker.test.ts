import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { jobOf } from '../in-process.ts';

const folder = await mkdtemp(join(tmpdir(), 'docker-'));
after(() => rm(folder, { recursive: true, force: true }));
process.env['RUNNER_TEMP'] = folder;
process.env['DOCKER_CONFIG'] = folder;
process.env['PATH'] = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
// The environment of programs is that with which this process loads the module.
const { findDocker } = await import('../../src/docker/docker.ts');

/** Finds a docker that is this shell script. */
async function find(script: string) {
  await writeFile(join(folder, 'docker'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'docker'), 0o755);
  return findDocker(jobOf([]), { engine: 'always', answerLimitMs: 300 });
}

test('an engine that never answers is given up, and so is a builder', async () => {
  await assert.rejects(find('exec sleep 60'), {
    message: '`docker info` does not answer: docker had not ended after 0.3 s, and was ended.',
  });
  const plugin = { Name: 'buildx', Path: join(folder, 'docker'), Version: 'v0.29.1' };
  const info = JSON.stringify({ ServerVersion: '28.5.2', ClientInfo: { Plugins: [plugin] } });
  const docker = await find(`[ "$1" = info ] || exec sleep 60; echo '${info}'`);
  assert.equal(docker.buildxVersion, '0.29.1');
  await assert.rejects(docker.askBuildx(['inspect'], new AbortController().signal), {
    message: /^`docker buildx inspect` does not answer: .*, and was ended\.$/,
  });
});
