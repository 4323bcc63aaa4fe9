import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePlan } from '../../src/rules/plan.ts';
import { commit, inputs } from './sample.ts';

const pull = { ...commit, event: 'pull_request', isPullRequest: true };
const none = { idToken: false, actor: 'mallory' };
const bot = { idToken: false, actor: 'dependabot[bot]' };

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
      { ...inputs, job: none, role: { ...inputs.role, arns: [] } },
      { ...pull, isFork: true },
    ],
  ],
];

test('who can have no identity builds and pushes nothing; who could have one is told how', () => {
  for (const [name, kind, parts] of table) assert.equal(makePlan(...parts).kind, kind, name);
});
