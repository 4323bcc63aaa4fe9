import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cacheWorkerEnvironment,
  dockerEnvironment,
  gitEnvironment,
  tarEnvironment,
} from '../../src/platform/environment.ts';

/** Of each kind of variable some, with the kinds of programs that get it. */
const variables: Record<string, string> = {
  ...of('docker worker git tar', 'PATH Path RUNNER_TRACKING_ID LANG LC_ALL TMPDIR SystemRoot'),
  ...of('docker worker', 'HTTP_PROXY https_proxy no_proxy SSL_CERT_FILE SSL_CERT_DIR'),
  ...of('docker', 'HOME USERPROFILE DOCKER_HOST DOCKER_CONFIG BUILDX_BUILDER BUILDKIT_PROGRESS'),
  ...of('docker', 'SOURCE_DATE_EPOCH SSH_AUTH_SOCK KUBECONFIG AWS_PROFILE AWS_ACCESS_KEY_ID XDG_RUNTIME_DIR'),
  ...of('docker', 'GOOGLE_APPLICATION_CREDENTIALS GITHUB_EVENT_PATH ImageOS OTEL_EXPORTER_OTLP_ENDPOINT'),
  ...of('docker-gha worker', 'ACTIONS_RUNTIME_TOKEN ACTIONS_RESULTS_URL ACTIONS_CACHE_SERVICE_V2'),
  ...of('worker', 'RUNNER_TEMP NODE_EXTRA_CA_CERTS ACTIONS_CACHE_MODE'),
  ...of('', 'INPUT_SECRETS STATE_folder ACTIONS_ID_TOKEN_REQUEST_TOKEN ACTIONS_ID_TOKEN_REQUEST_URL'),
  ...of('', 'GITHUB_TOKEN GITHUB_ENV GITHUB_PATH GITHUB_OUTPUT NPM_TOKEN LD_PRELOAD TAR_OPTIONS GIT_DIR'),
  ...of('', 'GIT_CONFIG_PARAMETERS GIT_SSH_COMMAND BASH_ENV'),
};

function of(programs: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map(name => [name, programs]));
}

/** The names of what a program got of the variables. */
function given(environment: Readonly<Record<string, string>>): string[] {
  return Object.keys(environment)
    .filter(name => name in variables)
    .toSorted();
}

function meantFor(...programs: string[]): string[] {
  const isMeant = (name: string): boolean =>
    programs.some(program => variables[name]?.split(' ').includes(program));
  return Object.keys(variables).filter(isMeant).toSorted();
}

test('a program gets what it is known to read', () => {
  assert.deepEqual(given(dockerEnvironment(variables, ['info'])), meantFor('docker'));
  assert.deepEqual(given(gitEnvironment(variables)), meantFor('git'));
  assert.deepEqual(given(tarEnvironment(variables)), meantFor('tar'));
  assert.deepEqual(given(cacheWorkerEnvironment(variables)), meantFor('worker'));
});

test("buildx gets the token of GitHub's cache where its own arguments use that cache", () => {
  for (const cache of ['type=gha', 'type=gha,scope=a', 'scope=a,type=gha', '"type=gha",mode=max']) {
    for (const flag of ['--cache-from', '--cache-to']) {
      const environment = dockerEnvironment(variables, ['build', flag, cache, '.']);
      assert.deepEqual(given(environment), meantFor('docker', 'docker-gha'), cache);
    }
  }
  for (const args of [
    ['--cache-from', 'type=registry,ref=host/type=gha'],
    ['--cache-from', 'type=ghastly'],
    ['--label', 'type=gha'],
  ]) {
    assert.deepEqual(given(dockerEnvironment(variables, ['build', ...args])), meantFor('docker'));
  }
});

test("buildx gets the variables that its own arguments name, unless they are the runner's own", () => {
  const named = (...args: string[]) =>
    given(dockerEnvironment(variables, ['build', ...args, '.'])).filter(
      name => !meantFor('docker').includes(name),
    );
  assert.deepEqual(named('--build-arg', 'NPM_TOKEN'), ['NPM_TOKEN']);
  assert.deepEqual(named('--build-arg', 'NPM_TOKEN=given'), []);
  assert.deepEqual(named('--secret', 'id=npm,env=NPM_TOKEN'), ['NPM_TOKEN']);
  assert.deepEqual(named('--secret', '"id=a,b",env=GITHUB_TOKEN'), ['GITHUB_TOKEN']);
  assert.deepEqual(named('--secret', 'id=NPM_TOKEN,src=file'), []);
  for (const name of [
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'INPUT_SECRETS',
    'STATE_folder',
  ])
    assert.deepEqual(named('--build-arg', name, '--secret', `id=a,env=${name}`), [], name);
});

test('git reads no configuration but that of the repository, and fetches nothing', () => {
  const environment = gitEnvironment({ HOME: '/home/runner', GIT_CONFIG_COUNT: '9' });
  assert.equal(environment['HOME'], undefined);
  assert.equal(environment['GIT_CONFIG_NOSYSTEM'], '1');
  assert.equal(environment['GIT_ALLOW_PROTOCOL'], 'none');
  assert.equal(environment['GIT_NO_LAZY_FETCH'], '1');
  assert.equal(environment['GIT_CONFIG_COUNT'], '4');
  assert.equal(environment['GIT_CONFIG_KEY_0'], 'safe.bareRepository');
});
