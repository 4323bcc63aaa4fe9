import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';

const [mergeSha, headSha] = ['e'.repeat(40), 'd'.repeat(40)];
const pull = { number: 7, mergeSha, headSha, headRef: 'feature' };

test('a pull request from a fork is built and not pushed, is green and says why', async () => {
  await using world = await startWorld();
  const event = pullRequest(describeJob(), { ...pull, fork: 'mallory/octo-repo' });
  const run = await world.run({ event });
  assert.equal(run.outcome, 'success', run.log);
  assert.deepEqual(world.aws.requests, []);
  assert.deepEqual(Object.keys(run.outputs).sort(), ['imageid', 'metadata']);
  assert.match(run.log, /builds; nothing was pushed \(a pull request from outside\)/);
  assert.match(run.log, /^##\[notice\]GitHub gave this pull request, from a fork .*no identity at AWS/m);
  assert.match(run.summary, /built, not pushed/);

  const builds = '{"amd64":"","arm64":""}';
  const merge = await world.run({ event, with: { mode: 'merge', builds, 'build-args': '' } });
  assert.equal(merge.outcome, 'success', merge.log);
  assert.deepEqual(world.aws.requests, []);
  assert.deepEqual(merge.outputs, {});
  assert.match(merge.log, /^##\[notice\]GitHub gave this pull request, from a fork .*no identity at AWS/m);
  assert.match(merge.summary, /nothing was pushed that could be judged/);

  const gate = await world.run({ event, with: { mode: 'gate', image: '', 'build-args': '' } });
  assert.equal(gate.outcome, 'success', gate.log);

  // GitHub keeps its variables from a fork, so what a workflow names by them is empty.
  const variables = { 'role-to-assume': '', 'aws-region': '', repository: '/hello', 'registry-id': '' };
  const kept = await world.run({ event, with: variables });
  assert.equal(kept.outcome, 'success', kept.log);
  assert.match(
    kept.log,
    /^octo-org\/octo-repo:\w+ builds; nothing was pushed \(a pull request from outside\)/m,
  );

  const own = await world.run({ event: pullRequest(describeJob(), pull), permissions: {} });
  assert.equal(own.outcome, 'failure', 'a pull request of the repository itself lacks a permission');
  assert.match(own.log, /id-token: write/);
});
