import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeJob } from '../world/github/job.ts';
import { pullRequest } from '../world/github/event.ts';
import { startWorld } from '../world/world.ts';

const [merge, head] = ['e'.repeat(40), 'd'.repeat(40)];
const event = pullRequest(describeJob(), { number: 7, mergeSha: merge, headSha: head, headRef: 'feature' });

test('a pull request is tagged with the commit that was checked out, and does not write the cache', async t => {
  await using world = await startWorld();
  for (const sha of [merge, head]) {
    await t.test(sha === merge ? 'the merge' : 'the head', async () => {
      const workspace = await world.checkout();
      await mkdir(join(workspace, '.git'));
      await writeFile(join(workspace, '.git', 'HEAD'), `${sha}\n`);
      const run = await world.run({ event, workspace });
      assert.equal(run.outcome, 'success', run.log);
      assert.equal(run.outputs['tags'], `${world.gate.host}/team/hello:${sha}`);
      assert.doesNotMatch(run.log, /--cache-to/);
    });
  }
});
