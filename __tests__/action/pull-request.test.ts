import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';

const run = promisify(execFile);

test('a pull request is tagged with the commit that was checked out, and writes a cache of its own alone', async t => {
  await using world = await startWorld();
  for (const name of ['the merge', 'the head']) {
    await t.test(name, async () => {
      const workspace = await world.checkout();
      const sha = await commit(workspace, name);
      const [mergeSha, headSha] = name === 'the merge' ? [sha, 'd'.repeat(40)] : ['e'.repeat(40), sha];
      const event = pullRequest(describeJob(), { number: 7, mergeSha, headSha, headRef: 'feature' });
      const { outcome, log, outputs } = await world.run({ event, workspace });
      assert.equal(outcome, 'success', log);
      assert.equal(outputs['tags'], `${world.gate.host}/team/hello:${sha}`);
      // The merge's time is not the head's, which a shallow checkout of the merge does not know.
      const hasTime = /^org\.opencontainers\.image\.created=/m.test(outputs['labels'] ?? '');
      assert.equal(hasTime, name === 'the head');
      const written = Array.from(log.matchAll(/--cache-to \S+:(buildcache-[\w-]+)/g), ([, tag]) => tag);
      assert.match(written.join(), /^buildcache-pr-7-[0-9a-f]{8}$/);
    });
  }
});

/** Commits the whole workspace, as a checkout has it, and answers the SHA. */
async function commit(workspace: string, message: string): Promise<string> {
  const git = (...args: string[]) =>
    run('git', ['-C', workspace, '-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', ...args]);
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--message', message);
  await git('checkout', '--quiet', '--detach');
  return (await git('rev-parse', 'HEAD')).stdout.trim();
}
