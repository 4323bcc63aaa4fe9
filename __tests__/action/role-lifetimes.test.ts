import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

test('a build that outlasts session, OIDC token and registry login ends well', async () => {
  await using world = await startWorld({
    aws: { sessionLifetimeSeconds: 3, registryTokenLifetimeSeconds: 3 },
    github: { idTokenLifetimeSeconds: 2 },
  });
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo ${Date.now()} > /built && sleep 4\n`,
  );
  const run = await world.run({ workspace, ref: 'refs/tags/v1.0.0', with: { cache: 'off' } });
  assert.equal(run.outcome, 'success', run.log);
  const sessions = world.aws.requests.filter(({ operation }) => operation === 'AssumeRoleWithWebIdentity');
  assert.ok(sessions.length > 1, `${sessions.length} sessions`);
});

test("a duration above the role's own is told with the way out, and asked for once", async () => {
  await using world = await startWorld();
  const run = await world.run({ with: { 'role-duration-seconds': '7200' } });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /exceeds the MaxSessionDuration.*\nLower `role-duration-seconds`/,
  );
  assert.equal(world.aws.requests.length, 1);
});
