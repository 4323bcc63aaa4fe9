import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePlan } from '../../src/rules/plan.ts';
import type { Inputs } from '../../src/rules/plan.ts';
import { commit, inputs } from './sample.ts';

test('the same inputs and commit give the same plan, byte for byte', () => {
  const plan = JSON.stringify(makePlan(inputs, commit));
  assert.equal(JSON.stringify(makePlan(structuredClone(inputs), structuredClone(commit))), plan);
});

test('the session names repository and run, and fits what STS takes', () => {
  const nameOf = (repository: string, runId: string): string =>
    makePlan(inputs, { ...commit, repository, runId }).role.sessionName;
  assert.equal(nameOf('octo-org/octo-repo', '42'), 'octo-org-octo-repo-42');
  for (const repository of ['a/b', `${'o'.repeat(39)}/${'r'.repeat(100)}`, 'octo/répo sitory']) {
    assert.match(nameOf(repository, '12345678901'), /^[\w+=,.@-]{2,64}$/);
    assert.ok(nameOf(repository, '12345678901').endsWith('-12345678901'));
  }
});

test('a pull request reads the cache and writes none', () => {
  assert.deepEqual(makePlan(inputs, commit).layers, { kind: 'registry', readOnly: false });
  assert.deepEqual(makePlan(inputs, { ...commit, isPullRequest: true }).layers, {
    kind: 'registry',
    readOnly: true,
  });
  assert.deepEqual(makePlan({ ...inputs, layers: { cache: 'off' } }, commit).layers, { kind: 'off' });
});

test('the roles are assumed one after the other, the first by OIDC unless it is chained to what the job has', () => {
  const role = (arns: string[], chaining = false) => {
    const { source, chain } = makePlan({ ...inputs, role: { ...inputs.role, arns, chaining } }, commit).role;
    return { source, chain };
  };
  assert.deepEqual(role([]), { source: { kind: 'default' }, chain: [] });
  assert.deepEqual(role(['a']), { source: { kind: 'oidc', arn: 'a' }, chain: [] });
  assert.deepEqual(role(['a', 'b', 'c']), { source: { kind: 'oidc', arn: 'a' }, chain: ['b', 'c'] });
  assert.deepEqual(role(['a', 'b'], true), { source: { kind: 'default' }, chain: ['a', 'b'] });
});

test('without a push nothing is published, and a dry run does neither', () => {
  const kindOf = (more: Partial<Inputs>) => makePlan({ ...inputs, ...more }, commit).kind;
  const build = { push: false };
  assert.equal(kindOf({}), 'publish');
  assert.equal(kindOf(build), 'build');
  assert.equal(kindOf({ dryRun: true }), 'rehearse');
  assert.equal(kindOf({ ...build, dryRun: true }), 'rehearse');
  assert.deepEqual(makePlan({ ...inputs, ...build }, commit).layers, { kind: 'off' });
});
