import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RegistryLogin } from '../../src/docker/config-file.ts';
import type { Docker } from '../../src/docker/docker.ts';
import type { Endpoints } from '../../src/ecr/hosts.ts';
import { logDockerIn } from '../../src/image/log-docker-in.ts';
import { makePlan } from '../../src/plan.ts';
import type { RepositoryInputs } from '../../src/repository/plan.ts';
import { jobOf } from '../in-process.ts';
import { commit, inputs } from '../sample.ts';

process.env['GITHUB_OUTPUT'] = '/dev/null';

/** Logs in with a registry that answers these tokens, one after the other. */
async function logIn(
  tokens: { expiresAt?: Date; password: string }[],
  { endpoint = 'registry.example', ...repository }: Partial<RepositoryInputs> & { endpoint?: string } = {},
) {
  const [log, logins]: [string[], [string, RegistryLogin][]] = [[], []];
  const answers = tokens.map(({ password, expiresAt }) => ({
    authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
    proxyEndpoint: `https://${endpoint}`,
    ...(expiresAt && { expiresAt }),
  }));
  const docker: Pick<Docker, 'engineVersion' | 'buildxVersion' | 'config'> = {
    engineVersion: '28.5.2',
    buildxVersion: '0.29.1',
    config: {
      environment: () => ({}),
      addLogin: async (host, login) => void logins.push([host, login]),
      loginHosts: () => [],
      scopedLoginsFor: async () => [],
      faults: [],
      remove: async () => {},
    },
  };
  const ecr = { getAuthorizationToken: async () => ({ authorizationData: [answers.shift() ?? {}] }) };
  const plan = makePlan(
    { ...inputs, dockerLogin: false, repository: { ...inputs.repository, ...repository } },
    commit,
  );
  const registry = await logDockerIn(
    { job: jobOf(log), plan, tell: () => {} },
    { region: 'eu-central-1', ecr, credentials: () => Promise.reject(new Error('No client is opened.')) },
    { docker, repository: new Promise(() => {}) },
  );
  return { registry, log, result: log.at(-1), logins };
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

const answered = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

test('a host that was written is logged in to, and so is the one that ECR answers', async () => {
  const host = '123456789012.dkr-ecr-fips.us-east-1.on.aws';
  const { registry, result, logins, log } = await logIn([{ password: 'one' }], { endpoint: answered, host });
  assert.equal(registry.host, host);
  assert.equal(result, host);
  assert.deepEqual(
    logins.map(([at]) => at),
    [host, answered],
  );
  assert.ok(!log.some(line => line.includes('endpoints')));
});

const asked: [endpoints: Endpoints, told: string][] = [
  [
    { dualStack: true, fips: false },
    `The calls to AWS go to dual-stack endpoints, as the job's variables ask, and docker goes to ${answered}, as ECR answers; for docker too, write \`repository: 123456789012.dkr-ecr.us-east-1.on.aws/team/app\``,
  ],
  [
    { dualStack: false, fips: true },
    `The calls to AWS go to FIPS endpoints, as the job's variables ask, and docker goes to ${answered}, as ECR answers; for docker too, write \`repository: 123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/team/app\`, which not every region has`,
  ],
  [
    { dualStack: true, fips: true },
    `The calls to AWS go to dual-stack FIPS endpoints, as the job's variables ask, and docker goes to ${answered}, as ECR answers; for docker too, write \`repository: 123456789012.dkr-ecr-fips.us-east-1.on.aws/team/app\`, which not every region has`,
  ],
];

test('where the job asks for other endpoints, the log says where docker goes and what to write', async () => {
  for (const [endpoints, told] of asked) {
    const { log } = await logIn([{ password: 'one' }], { endpoint: answered, endpoints });
    assert.deepEqual(
      log.filter(line => line.includes('endpoints')),
      [told],
    );
  }
  const { log } = await logIn([{ password: 'one' }], {
    endpoint: '123456789012.dkr-ecr.us-east-1.on.aws',
    endpoints: { dualStack: true, fips: false },
  });
  assert.ok(!log.some(line => line.includes('endpoints')));
});
