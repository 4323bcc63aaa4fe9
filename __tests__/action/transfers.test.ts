import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pushBaseImage } from '../world/docker/base-image.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { digestOf } from './transcript.ts';

const calm = { 'wait-for-scan': 'false', 'build-args': '', cache: 'off' };

/** A base image that no builder has seen under its name. */
async function newBase({ engine, baseImage }: World, name: string): Promise<string> {
  const { host } = new URL(`http://${baseImage}`);
  await pushBaseImage(engine, { url: `http://${host}`, name, tag: '1' });
  return `${host}/${name}:1`;
}

async function dockerfile(world: World, text: string): Promise<string> {
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), text);
  return workspace;
}

test(
  'transfers that fail or stall are tried again, and told where it does not pass',
  { concurrency: true },
  async t => {
    await using world = await startWorld();

    const passing = t.test('an image that COPY names, once', async () => {
      const [base, copied] = await Promise.all([
        newBase(world, 'passing/base'),
        newBase(world, 'passing/copied'),
      ]);
      // BuildKit asks by https and then by http.
      world.baseFaults.add({ match: /HEAD .*\/passing\/copied\/manifests\//, kind: 'page', times: 2 });
      const text = `FROM ${base}\nCOPY --from=${copied} /etc/passwd /copied\n`;
      const run = await world.run({ workspace: await dockerfile(world, text), with: calm });
      assert.equal(run.outcome, 'success', run.log);
      assert.match(
        run.log,
        /^The pull of an image failed \(registry out of reach\): trying again in [23] seconds\.$/m,
      );
      assert.equal(run.log.match(/^docker buildx build /gm)?.length, 2, run.log);
    });

    const lasting = t.test('without a push too, and for ever', async () => {
      const base = await newBase(world, 'lasting/base');
      world.baseFaults.add({ match: /^registry:HEAD .*\/lasting\/base\/manifests\//, kind: 'cut' });
      const workspace = await dockerfile(world, `FROM ${base}\nCOPY site /site\n`);
      const run = await world.run({ workspace, with: { ...calm, push: 'false', 'role-to-assume': '' } });
      assert.equal(run.outcome, 'failure', run.log);
      assert.equal(run.log.match(/^docker buildx build /gm)?.length, 3, run.log);
      assert.match(
        run.annotations[0]?.message ?? '',
        /^Building \S+ failed: .*EOF\nThe registry is `[\d.:]+`\. Three tries did not reach the registry of this image/,
      );
    });

    const builder = t.test("BuildKit's image, once and without a name", async () => {
      const { host } = new URL(`http://${world.baseImage}`);
      world.baseFaults.add({ match: /HEAD .*\/moby\/buildkit\/manifests\/passing/, kind: 'page', times: 2 });
      const run = await world.run({
        with: {
          ...calm,
          push: 'false',
          'role-to-assume': '',
          driver: 'docker-container',
          'driver-opts': `image=${host}/moby/buildkit:passing`,
        },
      });
      assert.match(
        run.log,
        /^The builder does not answer \(registry out of reach\): trying again in [23] seconds\.$/m,
      );
      // Nobody has pushed it, which is told at once.
      assert.equal(run.log.match(/^docker buildx inspect --bootstrap /gm)?.length, 2, run.log);
      assert.match(run.annotations[0]?.message ?? '', /^The builder does not answer: .*not found\n/);
    });

    const unanswered = t.test('a base image whose registry is silent', async () => {
      const base = await newBase(world, 'silent/base');
      world.baseFaults.add({ match: /HEAD .*\/silent\/base\/manifests\//, kind: 'silent', times: 1 });
      const workspace = await dockerfile(world, `FROM ${base}\nCOPY site /site\n`);
      const inputs = { ...calm, push: 'false', 'role-to-assume': '', 'stall-timeout': '5s' };
      const run = await world.run({ workspace, with: inputs });
      assert.equal(run.outcome, 'success', run.log);
      assert.match(
        run.log,
        /^The pull of an image failed \(nothing has moved for \d+ seconds\): trying again in [23] seconds\.$/m,
      );
    });

    const silent = t.test('a push that is silent', async () => {
      world.gateFaults.add({ match: /POST .*\/team\/silent\/blobs\/uploads\//, kind: 'silent', times: 1 });
      const run = await world.run({
        workspace: await dockerfile(world, `FROM ${world.baseImage}\nRUN echo ${randomUUID()} >/made\n`),
        with: { ...calm, repository: 'team/silent', 'stall-timeout': '5s' },
      });
      assert.equal(run.outcome, 'success', run.log);
      assert.match(
        run.log,
        /^The push failed \(nothing has moved for \d+ seconds\): logging in again and repeating it\.$/m,
      );
    });

    const cache = t.test('a cache that is silent once the image is pushed', async () => {
      world.gateFaults.add({ match: /POST .*\/team\/layers\/blobs\/uploads\//, kind: 'silent' });
      const run = await world.run({
        workspace: await dockerfile(world, `FROM ${world.baseImage}\nRUN echo ${randomUUID()} >/made\n`),
        with: {
          ...calm,
          repository: 'team/cached',
          cache: 'registry',
          'cache-repository': 'team/layers',
          'stall-timeout': '5s',
        },
      });
      assert.equal(run.outcome, 'success', run.log);
      assert.equal(run.log.match(/^docker buildx build /gm)?.length, 1, run.log);
      assert.match(
        run.annotations.find(({ level }) => level === 'warning')?.message ?? '',
        /^A cache of layers could not be written, .*: nothing has moved for \d+ seconds: exporting cache to registry/,
      );
      assert.match(run.summary, /\*\*not written\*\*/);
      assert.equal(
        await digestOf(world, 'team/cached', '0123456789abcdef0123456789abcdef01234567'),
        run.outputs['digest'],
      );
    });

    const released = t.test('release tags that a push has not come to', async () => {
      // The commit's tag cannot move, so the next try of the push ends there.
      const match = /^registry:PUT .*\/team\/released\/manifests\/v4$/;
      world.gateFaults.add({ match, kind: 'server-error', times: 8 });
      const run = await world.run({
        workspace: await dockerfile(world, `FROM ${world.baseImage}\nRUN echo ${randomUUID()} >/made\n`),
        with: { ...calm, repository: 'team/released', release: 'with-push', tags: 'v4' },
      });
      assert.equal(run.outcome, 'success', run.log);
      assert.match(run.log, /^The push failed \(registry out of reach\): /m);
      assert.equal(await digestOf(world, 'team/released', 'v4'), run.outputs['digest']);
    });

    await Promise.all([passing, lasting, builder, unanswered, silent, cache, released]);
  },
);
