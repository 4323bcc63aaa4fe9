import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pullRequest, push } from '../world/github/event.ts';
import type { Event } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

const [one, two] = ['1'.repeat(40), '2'.repeat(40)];
const pushed = (ref: string, sha: string, before?: string) =>
  push(describeJob(), `refs/heads/${ref}`, { sha, ...(before !== undefined && { before }) });

/** Builds on a machine, and on another that has nothing of it; answers what the second says. */
async function buildTwice(
  world: World,
  inputs: Record<string, string>,
  { first, second }: { first: Event; second: Event },
) {
  const workspace = await world.checkout();
  const made = `FROM ${world.baseImage}\nRUN head -c 100000 /dev/urandom > /data # ${randomUUID()}\n`;
  await writeFile(join(workspace, 'Dockerfile'), made);
  const given = { 'wait-for-scan': 'false', ...inputs };
  const earlier = await world.run({ workspace, event: first, with: given });
  assert.equal(earlier.outcome, 'success', earlier.log);
  await world.engine.prune();
  const later = await world.run({ workspace, event: second, with: given });
  assert.equal(later.outcome, 'success', later.log);
  assert.match(later.summary, /\| Build \| 1 of 1 steps were cached/, later.log);
  return later;
}

test('`cache: inline` reads the image of the commit before, by its tag', async () => {
  await using world = await startWorld();
  const events = { first: pushed('main', one), second: pushed('main', two, one) };
  const { log } = await buildTwice(world, { cache: 'inline' }, events);
  assert.match(
    log,
    new RegExp(`--cache-from type=registry,ref=\\S+/team/hello:${one} --cache-to type=inline `),
  );
});

test('`cache-from` and `cache-to` are passed on as they are', async () => {
  await using world = await startWorld();
  const ref = `type=registry,ref=${world.gate.host}/team/hello:buildcache-mine`;
  const to = `${ref},mode=max,image-manifest=true,oci-mediatypes=true`;
  const events = { first: pushed('main', one), second: pushed('main', two, one) };
  const { log } = await buildTwice(world, { 'cache-from': ref, 'cache-to': to }, events);
  assert.ok(log.includes(`--cache-from ${ref} --cache-to ${to} `), log);
  assert.deepEqual(
    [...(world.aws.ecr.repository('team/hello')?.imageTags.keys() ?? [])].filter(tag =>
      tag.startsWith('build'),
    ),
    ['buildcache-mine'],
  );
});

test('a pull request reads the cache of the branch that it goes into, whatever that is, and leaves it alone', async () => {
  await using world = await startWorld();
  const second = pullRequest(describeJob(), {
    number: 7,
    mergeSha: two,
    headSha: '3'.repeat(40),
    headRef: 'feature',
    baseRef: 'next',
  });
  const { log } = await buildTwice(world, {}, { first: pushed('next', one), second });
  assert.match(log, /--cache-from type=registry,ref=\S+:buildcache-next --cache-to \S+:buildcache-pr-7-/);
});
