import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

/** Mounts of two stages that remember every build, the second another user's; a build of number 0 only reads them. */
function dockerfile(baseImage: string, own: string, build: number): string {
  const list = build === 0 ? ':' : `echo ${build} >> /var/${own}/list/builds`;
  const owned = build === 0 ? ':' : `touch /own/${build} && chown 65534 /own/${build}`;
  return `ARG BASE=${baseImage}
FROM \${BASE} AS tools
FROM tools AS made
RUN --mount=type=cache,target=/var/${own}/list/ ${list} && cp /var/${own}/list/builds /builds
FROM --platform=$BUILDPLATFORM \${BASE} AS owned
RUN --mount=type=cache,id=own-${own},target=/own,uid=65534,mode=0700 \\
    ${owned} && ls -ln /own > /owners && ls -ldn /own >> /owners
FROM scratch
COPY --from=made /builds /
COPY --from=owned /owners /
`;
}

for (const [name, inputs] of [
  ['ECR', {}],
  ["GitHub's cache", { push: 'false', 'role-to-assume': '' }],
] as const) {
  test(`cache mounts outlive the runner in ${name}, and are saved when they change`, async () => {
    await using world = await startWorld();
    const workspace = await world.checkout();
    const own = randomUUID().slice(0, 8);
    const out = join(world.scratch, 'out');
    const runner = {
      workspace,
      temp: join(world.scratch, 'temp'),
      with: {
        ...inputs,
        cache: 'off',
        'wait-for-scan': 'false',
        'cache-mounts': 'auto',
        outputs: `type=local,dest=${out}`,
      },
    };
    // What needs the login has to wait for it.
    world.aws.faults.add({ match: 'ecr:GetAuthorizationToken', kind: 'slow', delayMs: 1000 });
    const build = async (number: number, kept = 'auto') => {
      await writeFile(join(workspace, 'Dockerfile'), dockerfile(world.baseImage, own, number));
      const run = await world.run({
        ...runner,
        with: { ...runner.with, 'cache-mounts': kept },
        sha: String(number).repeat(40),
      });
      assert.equal(run.outcome, 'success', run.log);
      await world.engine.prune();
      return run;
    };
    const first = await build(1);
    assert.match(first.log, new RegExp(`^Nothing is saved of /var/${own}/list, own-${own} yet`, 'm'));
    assert.match(first.log, /^Saved as /m);
    if (name === 'ECR') {
      await build(4, '');
      assert.equal(await readFile(join(out, 'builds'), 'utf8'), '4\n', 'nothing of it is left in the engine');
    }
    // One by its id, the other, which has none, by its place.
    const second = await build(2, `list=/var/${own}/list\nown-${own}=/own`);
    assert.match(second.log, new RegExp(`^Filled /var/${own}/list, own-${own} from `, 'm'));
    assert.match(
      second.summary,
      new RegExp(
        `\\| Cache mounts \\| \`/var/${own}/list\`, \`own-${own}\` in (the registry|GitHub's cache): filled from \`\\S+\`, \\S+ [kM]B restored \\|`,
      ),
    );
    assert.doesNotMatch(second.log, /docker\.io/, 'nothing is pulled from Docker Hub');
    assert.equal(await readFile(join(out, 'builds'), 'utf8'), '1\n2\n');
    const owners = await readFile(join(out, 'owners'), 'utf8');
    assert.match(owners, /^-rw\S+ +1 65534 .* 1$/m);
    assert.match(owners, /^drwx------ +\d+ 65534 .* \/own$/m);
    assert.equal(existsSync(join(runner.temp, 'ecr-image-mounts')), false);

    await writeFile(join(workspace, 'Dockerfile'), dockerfile(world.baseImage, own, 0));
    const unchanged = await world.run({ ...runner, sha: '3'.repeat(40) });
    assert.match(unchanged.log, /^Nothing in the mounts has changed: nothing is saved/m);
    assert.equal(await readFile(join(out, 'builds'), 'utf8'), '1\n2\n');
  });
}

test('a mount in an image without a shell only warns', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const build = async (sha: string, from: string) => {
    await writeFile(
      join(workspace, 'Dockerfile'),
      `FROM ${world.baseImage} AS tools
FROM ${from}
COPY --from=tools /bin/busybox /
RUN --mount=type=cache,id=bare,target=/list ["/busybox", "touch", "/list/made"]
`,
    );
    const inputs = { cache: 'off', 'wait-for-scan': 'false', 'cache-mounts': 'bare=/list' };
    const run = await world.run({ workspace, sha: sha.repeat(40), with: inputs });
    assert.equal(run.outcome, 'success', run.log);
    return run;
  };
  const scratch = await build('1', 'scratch');
  assert.match(scratch.log, /warning.*A cache mount is not kept: bare stands on scratch, which has no shell/);
  const bare = await build('2', scratch.outputs['image'] ?? '');
  assert.match(
    bare.log,
    /warning.*Cache mounts could not be read in .*It takes a shell, mkdir, ls and cp in that image/,
  );
});

test('mounts of a build for several platforms outlive the runner; what breaks off is a warning, and stays as it was', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const id = `own-${randomUUID().slice(0, 8)}`;
  const temp = join(world.scratch, 'temp');
  const build = async (text: string, kept: string) => {
    await writeFile(
      join(workspace, 'Dockerfile'),
      `FROM --platform=$BUILDPLATFORM ${world.baseImage} AS made
RUN --mount=type=cache,id=${id},target=/own cp -a /own /before && echo ${text} > /own/${text} && ls /before > /seen
FROM scratch
COPY --from=made /seen /
`,
    );
    const platforms = 'linux/amd64,linux/arm64';
    const inputs = { cache: 'off', 'wait-for-scan': 'false', 'cache-mounts': kept, platforms };
    const out = join(world.scratch, text);
    const run = await world.run({
      workspace,
      temp,
      sha: text.repeat(40),
      with: { ...inputs, outputs: `type=local,dest=${out}` },
    });
    assert.equal(run.outcome, 'success', run.log);
    await world.engine.prune();
    return { run, seen: await readFile(join(out, 'linux_arm64', 'seen'), 'utf8') };
  };
  await build('1', 'auto');
  assert.equal((await build('2', 'auto')).seen, '1\n');

  world.gateFaults.add({ match: /^registry:GET .*\/blobs\//, kind: 'truncate' });
  const { run, seen } = await build('3', 'auto');
  assert.equal(seen, '');
  assert.match(
    run.annotations[0]?.message ?? '',
    /^Cache mounts are not kept: What is saved as \S+:buildcache-mounts-\S+ could not be read: /,
  );
  assert.doesNotMatch(run.log, /^Save cache mounts/m);
});
