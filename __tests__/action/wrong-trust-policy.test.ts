import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PolicyDocument } from '../world/aws/policy-document.ts';
import { startWorld, trust } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

test('a trust policy that does not admit the job is told with the claims and a policy that does', async t => {
  await using world = await startWorld({
    trustPolicy: trust({ 'token.actions.githubusercontent.com:sub': 'repo:octo-org/other-repo:*' }),
  });
  const run = await world.run();

  assert.equal(run.outcome, 'failure');
  assertTranscript(t, world, run);

  // The policy that was shown is one that works.
  const shown: PolicyDocument = JSON.parse(
    /^\{$.*^\}$/ms.exec(run.annotations[0]?.message ?? '')?.[0] ?? 'null',
  );
  world.aws.iam.putRole({ name: 'ci', trustPolicy: shown, policies: [] });
  const again = await world.run();
  assert.match(again.log, /^arn:aws:iam::123456789012:role\/ci until/m);
});
