import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run as execute } from '../world/docker/command.ts';
import type { Environment } from '../world/docker/command.ts';
import { withEnvironmentRecorder } from '../world/docker/shims.ts';
import type { RecordedProcess } from '../world/docker/shims.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

/** Of the job's own environment: what docker and its helpers read, and what is none of any program's business. */
const jobVariables = {
  AWS_PROFILE: 'of-the-job',
  KUBECONFIG: '/nowhere/kubeconfig',
  no_proxy: '127.0.0.1',
  NO_PROXY: '127.0.0.1',
  SSL_CERT_DIR: '/etc/ssl/certs',
  BUILDX_GIT_INFO: 'true',
  NAMED_SECRET: 'for-the-build',
  NAMED_ARGUMENT: 'for-the-build',
  DEPLOY_TOKEN: 'for-another-step',
  GITHUB_TOKEN: 'for-another-step',
};

const basics = ['LANG', 'PATH', 'RUNNER_TRACKING_ID'];

/** A commit with a cache mount, whose build names two variables of the job. */
async function checkout(world: World): Promise<string> {
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    [
      'ARG BASE_IMAGE',
      'FROM ${BASE_IMAGE}',
      'ARG NAMED_ARGUMENT',
      `RUN --mount=type=cache,id=${randomUUID()},target=/own echo "$NAMED_ARGUMENT" >/own/file`,
      'RUN --mount=type=secret,id=named,required test "$(cat /run/secrets/named)" = for-the-build',
      '',
    ].join('\n'),
  );
  await appendFile(join(workspace, '.dockerignore'), '\n.git\n');
  await execute('git', ['init', '-q', workspace]);
  await execute('git', ['-C', workspace, 'add', '--all']);
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  await execute('git', ['-C', workspace, ...author, 'commit', '-qm', 'Begin']);
  return workspace;
}

/** What every program of a run was started with, by the name of the program. */
async function processesOf(world: World, inputs: Record<string, string>, workspace: string) {
  const recorder = await withEnvironmentRecorder(world.engine, join(world.scratch, randomUUID()));
  const run = await world.run({
    workspace,
    environment: { ...recorder.environment, ...jobVariables },
    with: {
      reuse: 'content',
      'wait-for-scan': 'false',
      'build-args': `BASE_IMAGE=${world.baseImage}\nNAMED_ARGUMENT`,
      'secret-envs': 'named=NAMED_SECRET',
      ...inputs,
    },
  });
  assert.equal(run.outcome, 'success', run.log);
  const processes = await recorder.processes();
  const secrets = run.masks.filter(value => value !== jobVariables.NAMED_SECRET);
  assert.ok(secrets.length > 3);
  for (const { program, args, environment } of processes) {
    const what = `${program} ${args}`;
    const names = Object.keys(environment).join(' ');
    assert.doesNotMatch(
      names,
      /\b(INPUT_|STATE_|ACTIONS_ID_TOKEN_)|_TOKEN_URL|\bGITHUB_(ENV|PATH|OUTPUT)\b/,
      what,
    );
    // After the job's steps, what was exported for them is the job's own.
    if (args.startsWith('logout ')) continue;
    for (const value of Object.values(environment))
      assert.ok(value !== 'for-another-step' && !secrets.some(secret => value.includes(secret)), what);
    assert.equal(environment['RUNNER_TRACKING_ID']?.startsWith('github_'), true, what);
  }
  return { run, processes, of: (program: string) => processes.filter(each => each.program === program) };
}

function tokenOf(each: { environment: Environment }): string | undefined {
  return each.environment['ACTIONS_RUNTIME_TOKEN'];
}

function isBuild({ args }: RecordedProcess): boolean {
  return args.startsWith('build ');
}

function isOwnGit({ args }: RecordedProcess): boolean {
  return args.includes('--git-dir');
}

test('docker and git get what they need of the environment, and neither inputs nor tokens nor keys of the step', async () => {
  await using world = await startWorld();
  const inputs = { cache: 'registry', 'cache-mounts': 'auto', 'output-env-credentials': 'true' };
  const { run, of } = await processesOf(world, inputs, await checkout(world));
  assert.ok(run.env['AWS_SECRET_ACCESS_KEY'], 'the keys are for later steps');
  const dockers = [...of('docker'), ...of('docker-buildx')];
  const commands = new Set(dockers.map(({ args }) => args.split(' ')[0]));
  for (const command of ['info', 'login', 'build', 'imagetools', 'logout'])
    assert.ok(commands.has(command), command);
  const kept = [
    'AWS_PROFILE',
    'KUBECONFIG',
    'no_proxy',
    'NO_PROXY',
    'SSL_CERT_DIR',
    'BUILDX_GIT_INFO',
    'HOME',
  ];
  for (const each of dockers) {
    // The login for the job's later steps is in the job's own configuration, and all else uses the step's.
    const isJobs = /^log(in|out) /.test(each.args);
    assert.equal(/\/ecr-image-\w+$/.test(each.environment['DOCKER_CONFIG'] ?? ''), !isJobs, each.args);
    assert.equal(each.environment['BUILDX_CONFIG']?.endsWith('/config/buildx') ?? false, !isJobs, each.args);
    for (const name of [
      ...kept,
      'PATH',
      'RUNNER_TRACKING_ID',
      'DOCKER_CONFIG',
      'DOCKER_HOST',
      'AWS_ENDPOINT_URL',
      'GITHUB_REF',
    ])
      assert.ok(each.environment[name], `${name} for ${each.args}`);
    assert.equal(tokenOf(each), undefined, each.args);
    const named = ['NAMED_ARGUMENT', 'NAMED_SECRET'].map(name => each.environment[name] !== undefined);
    const [hasArgument, hasSecret] = ['--build-arg NAMED_ARGUMENT', 'env=NAMED_SECRET'].map(flag =>
      each.args.includes(flag),
    );
    assert.deepEqual(named, [hasArgument, hasSecret], each.args);
  }
  assert.ok(of('docker-buildx').some(({ args }) => args.includes('env=NAMED_SECRET')));

  const gits = of('git').filter(isOwnGit);
  assert.ok(gits.length > 0);
  for (const { environment } of gits) {
    const names = Object.keys(environment).filter(name => !name.startsWith('GIT_'));
    assert.deepEqual(names.toSorted(), basics);
  }
  assert.ok(of('tar').length > 0, 'the mounts are compared');
  for (const { environment, args } of of('tar'))
    assert.deepEqual(Object.keys(environment).toSorted(), basics, args);
});

test("buildx gets the token of GitHub's cache for a build that uses it, and for nothing else", async () => {
  await using world = await startWorld();
  const { of } = await processesOf(world, { cache: 'gha' }, await checkout(world));
  const all = [...of('docker'), ...of('docker-buildx')];
  assert.deepEqual(
    all.map(each => [each.args, tokenOf(each) !== undefined]),
    all.map(each => [each.args, isBuild(each)]),
  );
  assert.ok(all.some(isBuild));
  // buildx starts one too, which older versions give all that they have themselves.
  for (const each of of('git').filter(isOwnGit)) assert.equal(tokenOf(each), undefined);
});

test("the program that speaks to GitHub's cache gets its token, and the tar that it starts gets nothing", async () => {
  await using world = await startWorld();
  const workspace = await checkout(world);
  const temp = join(world.scratch, 'temp');
  const run = async (sha: string) => {
    const recorder = await withEnvironmentRecorder(world.engine, join(world.scratch, sha));
    const { outcome, log } = await world.run({
      workspace,
      temp,
      sha: sha.repeat(40),
      environment: { ...recorder.environment, ...jobVariables },
      with: {
        push: 'false',
        'role-to-assume': '',
        cache: 'actions',
        'no-cache': 'true',
        'build-args': `BASE_IMAGE=${world.baseImage}\nNAMED_ARGUMENT`,
        'secret-envs': 'named=NAMED_SECRET',
      },
    });
    assert.equal(outcome, 'success', log);
    return recorder.processes();
  };
  const processes = [...(await run('1')), ...(await run('2'))];
  const tars = processes.filter(({ program }) => program === 'tar');
  assert.ok(tars.some(({ args }) => args.includes('-cf')) && tars.some(({ args }) => args.includes('-xf')));
  for (const { environment, parentEnvironment, args } of tars) {
    assert.deepEqual(Object.keys(environment).toSorted(), ['LC_ALL', 'PATH', 'RUNNER_TRACKING_ID'], args);
    assert.doesNotMatch(args, /(^| )-P( |$)/);
    // The client itself.
    const names = Object.keys(parentEnvironment).join(' ');
    assert.match(names, /ACTIONS_RUNTIME_TOKEN/);
    assert.doesNotMatch(
      names,
      /INPUT_|STATE_|ACTIONS_ID_TOKEN_|AWS_|DOCKER_|DEPLOY_TOKEN|GITHUB_(ENV|PATH|TOKEN)/,
    );
  }
  for (const each of processes.filter(({ program }) => program.startsWith('docker')))
    assert.equal(tokenOf(each), undefined, each.args);
});
