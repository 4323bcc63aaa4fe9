import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePlan } from '../../src/plan.ts';
import { withLocalName } from '../../src/repository/inputs.ts';
import { jobOf } from '../../src/role/untrusted-job.ts';
import { commit, inputs } from '../sample.ts';

const pull = { ...commit, event: 'pull_request', isPullRequest: true };

const none = { idToken: false, actor: 'mallory', mayHaveKeys: false };

const bot = { idToken: false, actor: 'dependabot[bot]', mayHaveKeys: false };

const table: [name: string, kind: string, parts: Parameters<typeof makePlan>][] = [
  [
    'a fork',
    'build',
    [
      { ...inputs, job: none },
      { ...pull, isFork: true },
    ],
  ],
  ['Dependabot', 'build', [{ ...inputs, job: bot }, pull]],
  ['a pull request without the permission', 'publish', [{ ...inputs, job: none }, pull]],
  ['a fork that has an identity', 'publish', [inputs, { ...pull, isFork: true }]],
  ['a push without the permission', 'publish', [{ ...inputs, job: none }, commit]],
  [
    'a fork on a machine with keys of its own',
    'publish',
    [
      { ...inputs, job: { ...none, mayHaveKeys: true }, role: { ...inputs.role, arns: [] } },
      { ...pull, isFork: true },
    ],
  ],
  [
    'a fork that is kept from the variable which names the role',
    'build',
    [
      { ...inputs, job: none, role: { ...inputs.role, arns: [] } },
      { ...pull, isFork: true },
    ],
  ],
  [
    'a fork whose jobs are given the secrets with keys',
    'publish',
    [
      { ...inputs, job: none, role: { ...inputs.role, keys: { accessKeyId: 'AKIA', secretAccessKey: 'x' } } },
      { ...pull, isFork: true },
    ],
  ],
  [
    "a pull request of one's own without a role",
    'publish',
    [{ ...inputs, job: none, role: { ...inputs.role, arns: [] } }, pull],
  ],
];

test('who can have no identity builds and pushes nothing; who could have one is told how', () => {
  for (const [name, kind, parts] of table) assert.equal(makePlan(...parts).kind, kind, name);
});

const machines: [environment: Record<string, string>, mayHaveKeys: boolean][] = [
  [{ RUNNER_ENVIRONMENT: 'github-hosted' }, false],
  [{ RUNNER_ENVIRONMENT: 'github-hosted', AWS_ACCESS_KEY_ID: '' }, false],
  [{ RUNNER_ENVIRONMENT: 'github-hosted', AWS_ACCESS_KEY_ID: 'AKIA' }, true],
  [{ RUNNER_ENVIRONMENT: 'github-hosted', AWS_PROFILE: 'ci' }, true],
  // It may have an instance's role.
  [{ RUNNER_ENVIRONMENT: 'self-hosted' }, true],
  [{}, true],
];

test("a machine of GitHub's own has keys only if the job has them", () => {
  for (const [environment, mayHaveKeys] of machines)
    assert.equal(jobOf(environment).mayHaveKeys, mayHaveKeys, JSON.stringify(environment));
});

test("what is built for nobody keeps the repository's name where it is one", () => {
  const nameOf = (name: string): string => withLocalName({ ...inputs.repository, name }, 'octo/app').name;
  assert.deepEqual(['team/app', '', '/app', '.dkr.ecr..amazonaws.com/team/app'].map(nameOf), [
    'team/app',
    'octo/app',
    'octo/app',
    'octo/app',
  ]);
});
