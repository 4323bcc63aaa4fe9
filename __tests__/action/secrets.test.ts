import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run as execute } from '../world/docker/command.ts';
import type { RunOptions } from '../world/github/runner.ts';
import { allow, startWorld, trust } from '../world/world.ts';
import type { World, WorldOptions } from '../world/world.ts';

const stories: [name: string, run: Partial<RunOptions>, world?: WorldOptions][] = [
  ['a release', { ref: 'refs/tags/v1.2.3' }],
  ['a blocked image', { with: { labels: 'base=old' } }],
  ['a refused role', {}, { trustPolicy: trust({ 'token.actions.githubusercontent.com:sub': 'repo:x/y:*' }) }],
  ['a refused call', {}, { policies: [allow('ecr:GetAuthorizationToken')] }],
  ['a cancelled job', { cancelAfter: { line: /^::group::Build and push/ } }],
  ['a killed step', { kill: { line: /^::group::Build and push/ } }],
];

for (const [name, options, how] of stories) {
  test(`after ${name} no secret is left in log, outputs, state, summary, commands or docker's configuration`, async () => {
    await using world = await startWorld(how);
    world.aws.ecr.scans.tell({
      match: { labels: { base: 'old' } },
      findings: [{ name: 'CVE-1', severity: 'CRITICAL', attributes: [] }],
    });
    const { environment, argv } = await withRecorder(world);
    const run = await world.run({ ...options, environment });

    const shown = run.rawLog.replaceAll(/^::add-mask::.*$/gm, '');
    const files = await readdir(run.dockerConfig, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter(file => file.isFile()).map(file => readFile(join(file.parentPath, file.name), 'utf8')),
    );
    const told = [shown, run.summary, ...texts, await readFile(argv, 'utf8')];
    told.push(...[run.outputs, run.state, run.env].map(each => JSON.stringify(each)));
    const secrets = [...world.aws.secrets(), ...world.github.secrets()];
    assert.ok(secrets.length > 0);
    for (const secret of secrets) {
      assert.ok(!told.some(text => text.includes(secret)), `a secret of ${secret.length} characters is left`);
      assert.ok(run.masks.includes(secret), `a secret of ${secret.length} characters was never masked`);
    }
  });
}

/** A docker that writes down what it is called with. */
async function withRecorder({
  scratch,
}: World): Promise<{ environment: Record<string, string>; argv: string }> {
  const folder = join(scratch, 'recorder');
  const argv = join(folder, 'argv');
  await mkdir(folder);
  await writeFile(argv, '');
  const docker = await execute('sh', ['-c', 'command -v docker']);
  await writeFile(join(folder, 'docker'), `#!/bin/sh\necho "$@" >>"${argv}"\nexec "${docker}" "$@"\n`);
  await chmod(join(folder, 'docker'), 0o755);
  return { environment: { PATH: `${folder}:${process.env['PATH']}` }, argv };
}
