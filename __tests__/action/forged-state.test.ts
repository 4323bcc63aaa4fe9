import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../world/world.ts';

const run = promisify(execFile);

/** Runs the bundle's post step with a saved state, and a docker that only writes down what it is called with. */
async function runPost(state: (folders: { scratch: string; temp: string }) => Record<string, string>) {
  const scratch = await mkdtemp(join(tmpdir(), 'forged-state-'));
  const temp = join(scratch, 'temp');
  const [bin, argv] = [join(scratch, 'bin'), join(scratch, 'argv')];
  await Promise.all([mkdir(join(temp, 'ecr-image-layers'), { recursive: true }), mkdir(bin)]);
  await mkdir(join(temp, 'ecr-image-a', 'inner'), { recursive: true });
  await mkdir(join(scratch, 'ecr-image-elsewhere'));
  await symlink(scratch, join(temp, 'link'));
  await writeFile(join(bin, 'docker'), `#!/bin/sh\necho "$@" >>"${argv}"\n`, { mode: 0o755 });
  const saved = Object.entries(state({ scratch, temp })).map(([name, value]) => [`STATE_${name}`, value]);
  const { stdout } = await run(process.execPath, [join(root, 'dist/post.js')], {
    env: { PATH: `${bin}:${process.env['PATH']}`, RUNNER_TEMP: temp, ...Object.fromEntries(saved) },
    timeout: 20_000,
  });
  return {
    log: stdout,
    calls: existsSync(argv) ? (await readFile(argv, 'utf8')).trim().split('\n') : [],
    has: (path: string) => existsSync(join(scratch, path)),
    [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }),
  };
}

test('the post step undoes what the main step has saved', async () => {
  const builder = 'ecr-image-01234567-89ab-4cde-8f01-23456789abcd';
  const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
  await using post = await runPost(({ temp }) => ({
    registry,
    builder,
    folder: join(temp, 'ecr-image-layers'),
  }));
  assert.deepEqual(post.calls.toSorted(), [`buildx rm ${builder}`, `logout ${registry}`]);
  assert.equal(post.has('temp/ecr-image-layers'), false);
  assert.doesNotMatch(post.log, /::warning/);
});

test('what somebody else has put into its state is left alone, and said', async () => {
  const folders: ((folders: { scratch: string; temp: string }) => string)[] = [
    ({ scratch }) => scratch,
    ({ temp }) => temp,
    ({ scratch }) => join(scratch, 'ecr-image-elsewhere'),
    ({ temp }) => `${temp}/../ecr-image-elsewhere`,
    ({ temp }) => `${temp}/ecr-image-layers/..`,
    ({ temp }) => `${temp}/ecr-image-a/inner`,
    ({ temp }) => `${temp}/link/ecr-image-elsewhere`,
    () => 'ecr-image-layers',
  ];
  const forged = {
    folder: folders,
    mounts: folders,
    builder: ['--all-inactive', 'default', 'ecr-image-', 'ecr-image-x --force'].map(value => () => value),
    registry: ['--help', 'a b', 'https://x', 'x\n::add-mask::y', 'x/../y'].map(value => () => value),
  };
  for (const [member, values] of Object.entries(forged)) {
    for (const value of values) {
      await using post = await runPost(where => ({ [member]: value(where) }));
      const what = `${member}=${value({ scratch: '', temp: '' })}`;
      assert.deepEqual(post.calls, [], what);
      for (const path of ['temp/ecr-image-layers', 'temp/ecr-image-a/inner', 'ecr-image-elsewhere'])
        assert.ok(post.has(path), `${what} removed ${path}`);
      assert.match(
        post.log,
        new RegExp(`^::warning::The saved '${member}' is nothing that this step has made`),
      );
      assert.equal(post.log.trim().split('\n').length, 1, post.log);
    }
  }
});
