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
async function runPost(
  state: (folders: { scratch: string; temp: string }) => Record<string, string>,
  /** What `ecr-image-login` has of an earlier login. */
  earlier?: object,
) {
  const scratch = await mkdtemp(join(tmpdir(), 'forged-state-'));
  const temp = join(scratch, 'temp');
  const [bin, argv] = [join(scratch, 'bin'), join(scratch, 'argv')];
  await Promise.all([mkdir(join(temp, 'ecr-image-layers'), { recursive: true }), mkdir(bin)]);
  await mkdir(join(temp, 'ecr-image-a', 'inner'), { recursive: true });
  await mkdir(join(scratch, 'ecr-image-elsewhere'));
  await symlink(scratch, join(temp, 'link'));
  await writeFile(join(bin, 'docker'), `#!/bin/sh\necho "$@" >>"${argv}"\n`, { mode: 0o755 });
  await writeFile(
    join(bin, 'docker-credential-keychain'),
    `#!/bin/sh\necho "keychain $1 $(cat)" >>"${argv}"\n`,
    { mode: 0o755 },
  );
  await mkdir(join(scratch, 'config'));
  await writeFile(
    join(scratch, 'config', 'config.json'),
    '{"auths":{"a.example":{"auth":"b3RoZXI6bG9naW4="}}}',
  );
  await mkdir(join(temp, 'ecr-image-login'));
  const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
  const kept = { host: registry, config: join(scratch, 'config'), written: 'a hash', earlier };
  if (earlier !== undefined)
    await writeFile(join(temp, 'ecr-image-login', 'login.json'), JSON.stringify(kept));
  const saved = Object.entries(state({ scratch, temp })).map(([name, value]) => [`STATE_${name}`, value]);
  const { stdout } = await run(process.execPath, [join(root, 'dist/post.js')], {
    env: {
      PATH: `${bin}:${process.env['PATH']}`,
      RUNNER_TEMP: temp,
      DOCKER_CONFIG: join(scratch, 'config'),
      ...Object.fromEntries(saved),
    },
    timeout: 20_000,
  });
  return {
    log: stdout,
    calls: existsSync(argv) ? (await readFile(argv, 'utf8')).trim().split('\n') : [],
    config: await readFile(join(scratch, 'config', 'config.json'), 'utf8'),
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
    docker: join(temp, 'ecr-image-a'),
  }));
  assert.deepEqual(post.calls.toSorted(), [`buildx rm ${builder}`, `logout ${registry}`]);
  for (const path of ['temp/ecr-image-layers', 'temp/ecr-image-a']) assert.equal(post.has(path), false);
  assert.doesNotMatch(post.log, /::warning/);
});

test('a login that docker had before is put back, and only for the host that it is of', async () => {
  const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
  const state = ({ temp }: { temp: string }) => ({ registry, login: join(temp, 'ecr-image-login') });
  const entry = { auth: 'QVdTOmVhcmxpZXI=' };
  await using file = await runPost(state, { host: registry, kind: 'file', entry });
  assert.deepEqual(JSON.parse(file.config), {
    auths: { 'a.example': { auth: 'b3RoZXI6bG9naW4=' }, [registry]: entry },
  });
  assert.deepEqual(file.calls, []);
  assert.match(file.log, /^Docker has the login to \S+ again that it had before$/m);

  const login = { ServerURL: registry, Username: 'AWS', Secret: 'earlier' };
  const stored = { host: registry, kind: 'helper', helper: 'keychain', login };
  await using store = await runPost(state, stored);
  assert.deepEqual(store.calls, [`keychain store ${JSON.stringify(login)}`]);
  for (const { log, has } of [file, store]) {
    assert.doesNotMatch(log, /earlier"|QVdTOmVhcmxpZXI=|::warning/);
    assert.equal(has('temp/ecr-image-login'), false);
  }

  const strange = [
    undefined,
    { ...stored, host: 'b.example' },
    { ...stored, helper: '../../evil' },
    { ...stored, login: { ...login, ServerURL: 'b.example' } },
  ];
  for (const kept of strange) {
    await using post = await runPost(state, kept);
    assert.deepEqual(post.calls, [`logout ${registry}`], JSON.stringify(kept));
    assert.doesNotMatch(post.config, /earlier|QVdTOmVhcmxpZXI=/);
  }
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
    docker: folders.slice(0, 1),
    login: folders.slice(0, 1),
    certificates: folders.slice(0, 1),
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
