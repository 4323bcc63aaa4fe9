import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RegistryLogin } from '../../src/docker/config-file.ts';
import type { Docker } from '../../src/docker/docker.ts';
import { logDockerIn } from '../../src/image/log-docker-in.ts';
import { makePlan } from '../../src/plan.ts';
import { jobOf } from '../in-process.ts';
import { commit, inputs } from '../sample.ts';

process.env['GITHUB_OUTPUT'] = '/dev/null';

/** Logs in with a registry that answers these tokens, one after the other. */
async function logIn(tokens: { expiresAt?: Date; password: string }[]) {
  const [log, logins]: [string[], [string, RegistryLogin][]] = [[], []];
  const answers = tokens.map(({ password, expiresAt }) => ({
    authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
    proxyEndpoint: 'https://registry.example',
    ...(expiresAt && { expiresAt }),
  }));
  const docker: Pick<Docker, 'engineVersion' | 'buildxVersion' | 'config'> = {
    engineVersion: '28.5.2',
    buildxVersion: '0.29.1',
    config: {
      environment: () => ({}),
      addLogin: async (host, login) => void logins.push([host, login]),
      scopedLoginsFor: async () => [],
      faults: [],
      remove: async () => {},
    },
  };
  const ecr = { getAuthorizationToken: async () => ({ authorizationData: [answers.shift() ?? {}] }) };
  const plan = makePlan({ ...inputs, dockerLogin: false }, commit);
  const registry = await logDockerIn(
    { job: jobOf(log), plan, tell: () => {} },
    { ecr },
    { docker, repository: new Promise(() => {}) },
  );
  return { registry, result: log.at(-1), logins };
}

test('the time until which the login holds is told where ECR tells it', async () => {
  const told = await logIn([{ password: 'one', expiresAt: new Date('2026-10-01T12:34:56Z') }]);
  assert.equal(told.result, 'registry.example until 12:34 UTC');
  assert.equal((await logIn([{ password: 'one' }])).result, 'registry.example');
});

test("a login that is renewed replaces the one in the step's own configuration", async () => {
  const { registry, logins } = await logIn([{ password: 'one' }, { password: 'two' }]);
  await registry.renew();
  assert.deepEqual(logins, [
    ['registry.example', { user: 'AWS', password: 'one' }],
    ['registry.example', { user: 'AWS', password: 'two' }],
  ]);
});
