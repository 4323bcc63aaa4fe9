import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

test('after main and post no secret is left in log, outputs, state, summary or the docker configuration', async () => {
  await using world = await startWorld();
  const run = await world.run({ ref: 'refs/tags/v1.2.3' });
  assert.equal(run.outcome, 'success', run.log);

  // Keys, the session's token, the OIDC token, the registry's password and its base64 form.
  assert.ok(run.masks.length >= 6, `only ${run.masks.length} values were masked`);
  const shown = run.rawLog.replaceAll(/^::add-mask::.*$/gm, '');
  const files = await readdir(run.dockerConfig, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.filter(file => file.isFile()).map(file => readFile(join(file.parentPath, file.name), 'utf8')),
  );
  const told = [
    shown,
    run.summary,
    ...texts,
    ...[run.outputs, run.state, run.env].map(each => JSON.stringify(each)),
  ];
  for (const secret of run.masks) {
    assert.ok(!told.some(text => text.includes(secret)), `a secret of ${secret.length} characters is left`);
  }
});
