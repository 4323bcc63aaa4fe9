import assert from 'node:assert/strict';
import { realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { digestOf } from './transcript.ts';

test('the digest is known although the disk was full when buildx wrote it, after the push', async () => {
  await using world = await startWorld();
  const environment = await world.engine.newConfig(join(world.scratch, 'config'));
  const plugin = join(world.scratch, 'config', 'cli-plugins', 'docker-buildx');
  const buildx = await realpath(plugin);
  await rm(plugin);
  // Buildx writes the file when all steps are done, and fails if it cannot.
  const script = `#!/bin/bash
"${buildx}" "$@" || exit
for argument; do
  [[ $previous != --metadata-file ]] || { rm "$argument"; echo "ERROR: write $argument: no space left on device" >&2; exit 1; }
  previous=$argument
done
`;
  await writeFile(plugin, script, { mode: 0o755 });
  const run = await world.run({ environment, with: { cache: 'off' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(
    run.outputs['digest'],
    await digestOf(world, 'team/hello', '0123456789abcdef0123456789abcdef01234567'),
  );
  const [warning] = run.annotations;
  assert.match(
    warning?.message ?? '',
    / was pushed, and then buildx failed: write .*no space left on device$/,
  );
});
