import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { randomUUID } from 'node:crypto';
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
    await build(4, '');
    assert.equal(await readFile(join(out, 'builds'), 'utf8'), '4\n', 'nothing of it is left in the engine');
    const second = await build(2);
    assert.match(second.log, new RegExp(`^Filled /var/${own}/list, own-${own} from `, 'm'));
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
