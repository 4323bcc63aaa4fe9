import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { addNewCity, startWorld } from '../world/world.ts';

const event = pullRequest(describeJob(), {
  number: 7,
  mergeSha: 'e'.repeat(40),
  headSha: 'd'.repeat(40),
  headRef: 'main',
  fork: 'stranger/octo-repo',
});

test("a fork's pull request is built with what main has cached at GitHub, without AWS", async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await addNewCity(workspace);
  const main = await world.run({ workspace, with: { cache: 'gha' } });
  assert.equal(main.outcome, 'success', main.log);
  assert.match(main.log, /--cache-to type=gha,scope=team-hello,version=2,mode=max,ignore-error=true /);
  await world.engine.prune();

  const asked = world.aws.requests.length;
  const run = await world.run({ workspace, event, with: { push: 'false', 'role-to-assume': '' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /^Layers in GitHub's cache, by BuildKit, as nothing is pushed/m);
  const expensive = /^#(\d+) \[almanac \d\/\d\] RUN .*$/m.exec(run.log)?.[1];
  assert.match(run.log, new RegExp(`^#${expensive} (CACHED$|extracting sha256:)`, 'm'));
  assert.equal(world.aws.requests.length, asked);
  const scopes = world.github.caches().map(({ scope }) => scope);
  assert.deepEqual([...new Set(scopes)], ['refs/heads/main', 'refs/pull/7/merge']);
});

test('a job whose token may only read imports and exports nothing; one without a token is told so', async () => {
  await using world = await startWorld();
  const small = { push: 'false', 'role-to-assume': '', cache: 'gha', target: 'site' };
  const reader = await world.run({ job: { cacheMode: 'read' }, with: small });
  assert.equal(reader.outcome, 'success', reader.log);
  assert.match(reader.log, /^Layers in GitHub's cache, by BuildKit, which may only be read by this job: /m);
  assert.match(reader.log, /--cache-from type=gha/);
  assert.doesNotMatch(reader.log, /--cache-to/);

  const nobody = await world.run({
    environment: { ACTIONS_RUNTIME_TOKEN: '' },
    job: { cacheMode: 'none' },
    with: small,
  });
  assert.equal(nobody.outcome, 'success', nobody.log);
  assert.match(nobody.annotations[0]?.message ?? '', /^Layers are not cached: GitHub's cache /);
  assert.doesNotMatch(nobody.log, /--cache-/);
});

test('a token that BuildKit cannot read, as those of other servers are, costs the cache and not the job', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const run = await world.run({
    workspace,
    job: { runtimeToken: 'of-another-server', idToken: false },
    with: {
      push: 'false',
      'role-to-assume': '',
      cache: 'gha',
      'cache-to': 'type=gha,mode=max',
      'build-args': '',
    },
  });
  assert.equal(run.outcome, 'success', run.log);
  const warnings = run.annotations.map(({ message }) => message);
  assert.match(
    warnings[0] ?? '',
    /^Layers are not cached: GitHub's cache has a token .*\. `cache: actions` keeps them there without BuildKit\.$/,
  );
  assert.match(
    warnings[1] ?? '',
    /^Layers cannot be written to a cache, so the image is built without that: failed to configure gha cache exporter: /,
  );
  assert.equal(warnings.length, 2, run.log);
  assert.doesNotMatch(run.log, /--cache-from/);
  assert.deepEqual(
    [...run.log.matchAll(/^docker buildx build .*$/gm)].map(([line]) => line.includes('--cache-to')),
    [true, false],
  );
});
