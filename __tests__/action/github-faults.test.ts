import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';

const oidc = 'github:GET /oidc';
const event = pullRequest(describeJob(), {
  number: 7,
  mergeSha: 'e'.repeat(40),
  headSha: 'd'.repeat(40),
  headRef: 'feature',
});

test('a token and a comment come through whatever happens to the answers once, and the comment is written once', async () => {
  await using world = await startWorld();
  for (const kind of ['cut', 'truncate', 'server-error', 'page'] as const)
    world.github.faults.add({ match: oidc, kind, times: 1 });
  world.github.faults.add({ match: 'issues:POST comments', kind: 'truncate', times: 1 });
  const run = await world.run({
    event,
    permissions: { 'id-token': 'write', 'pull-requests': 'write' },
    with: { cache: 'off', comment: 'true' },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /^#7: written/m);
  assert.equal(world.github.comments.length, 1);
  // Those before it never arrived whole.
  assert.ok(run.masks.includes(world.github.secrets().at(-1) ?? ''));

  world.github.faults.add({
    match: oidc,
    kind: 'refuse',
    error: { code: 'x', message: 'no', status: 403 },
  });
  const refused = await world.run();
  assert.match(
    refused.annotations[0]?.message ?? '',
    /^GitHub did not hand out an OIDC token: this job may not ask for one\. GitHub answered 403: no\./,
  );
});
