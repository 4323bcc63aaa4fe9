import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeJob } from '../world/github/job.ts';
import { pullRequest } from '../world/github/event.ts';
import { startWorld } from '../world/world.ts';

test('a pull request is tagged with its head commit and does not write the cache', async () => {
  await using world = await startWorld();
  const event = pullRequest(describeJob(), {
    number: 7,
    mergeSha: 'e'.repeat(40),
    headSha: 'd'.repeat(40),
    headRef: 'feature',
  });
  const run = await world.run({ event });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(run.outputs['tags'], `${world.gate.host}/team/hello:${'d'.repeat(40)}`);
  assert.doesNotMatch(run.log, /--cache-to/);
});
