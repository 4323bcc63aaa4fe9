import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

/** Mounts of two stages that remember every build, the second another user's; a build of number 0 only reads them. */
function dockerfile(
  baseImage: string,
  { own, build, on }: { own: string; build: number; on: string },
): string {
  const list = build === 0 ? ':' : `echo ${build} >> /var/${own}/list/builds`;
  const owned = build === 0 ? ':' : `touch /own/${build} && chown 65534 /own/${build}`;
  return `ARG BASE=${baseImage}
FROM ${on} \${BASE} AS tools
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

const places = [
  {
    name: 'ECR, for several platforms',
    inputs: { platforms: 'linux/amd64,linux/arm64' },
    on: '--platform=$BUILDPLATFORM',
    built: 'linux_arm64',
    unread: /^Cache mounts are not kept: What is saved as \S+:buildcache-mounts-\S+ could not be read: /,
  },
  {
    name: "GitHub's cache",
    inputs: { push: 'false', 'role-to-assume': '' },
    on: '',
    built: '.',
    unread: /^Cache mounts are not kept: What GitHub's cache may have of them could not be read\./,
  },
] as const;
for (const { name, inputs, on, built, unread } of places) {
  test(`cache mounts outlive the runner in ${name}; what breaks off is a warning, and stays as it was`, async () => {
    const isEcr = 'platforms' in inputs;
    await using world = await startWorld();
    const workspace = await world.checkout();
    const own = randomUUID().slice(0, 8);
    const out = join(world.scratch, 'out');
    const read = (file: string) => readFile(join(out, built, file), 'utf8');
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
    const slowLogin = { match: 'ecr:GetAuthorizationToken', kind: 'slow', delayMs: 1000, times: 1 } as const;
    const build = async (number: number, kept = 'auto') => {
      await writeFile(join(workspace, 'Dockerfile'), dockerfile(world.baseImage, { own, build: number, on }));
      const run = await world.run({
        ...runner,
        with: { ...runner.with, 'cache-mounts': kept },
        sha: String(number + 1).repeat(40),
      });
      assert.equal(run.outcome, 'success', run.log);
      await world.engine.prune();
      return run;
    };
    world.aws.faults.add(slowLogin);
    const first = await build(1);
    assert.match(first.log, new RegExp(`^Nothing is saved of /var/${own}/list, own-${own} yet`, 'm'));
    assert.match(first.log, /^Saved as /m);
    if (isEcr) {
      await build(4, '');
      assert.equal(await read('builds'), '4\n', 'nothing of it is left in the engine');
      world.aws.faults.add(slowLogin);
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
    assert.equal(await read('builds'), '1\n2\n');
    const owners = await read('owners');
    assert.match(owners, /^-rw\S+ +1 65534 .* 1$/m);
    assert.match(owners, /^drwx------ +\d+ 65534 .* \/own$/m);
    assert.equal(existsSync(join(runner.temp, 'ecr-image-mounts')), false);

    const unchanged = await build(0);
    assert.match(unchanged.log, /^Nothing in the mounts has changed: nothing is saved/m);
    assert.equal(await read('builds'), '1\n2\n');

    const faults = isEcr ? world.gateFaults : world.github.faults;
    const match = isEcr ? /^registry:GET .*\/blobs\// : /^cache:GET blob/;
    faults.add({ match, kind: 'truncate' });
    const broken = await build(5);
    assert.equal(await read('builds'), '5\n');
    assert.ok(
      broken.annotations.some(({ level, message }) => level === 'warning' && unread.test(message)),
      broken.log,
    );
    assert.doesNotMatch(broken.log, /^Save cache mounts/m);

    if (isEcr) return;
    faults.clear();
    faults.add({ match, kind: 'slow', delayMs: 1000 });
    const late = await build(6);
    assert.equal(await read('builds'), '1\n2\n6\n');
    assert.deepEqual(late.annotations, []);
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
