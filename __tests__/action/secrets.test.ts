import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withRecorder } from '../world/docker/shims.ts';
import type { RunOptions } from '../world/github/runner.ts';
import { allow, startWorld, trust } from '../world/world.ts';
import type { WorldOptions } from '../world/world.ts';

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
    const { environment, argv } = await withRecorder(join(world.scratch, 'recorder'));
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
