import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePlan } from '../../src/rules/plan.ts';
import type { Commit, Inputs } from '../../src/rules/plan.ts';
import { planTags } from '../../src/rules/tags.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const commit: Commit = { repository: 'octo-org/octo-repo', runId: '42', sha, isPullRequest: false };
const inputs: Inputs = {
  role: {
    region: 'eu-central-1',
    arn: 'arn:aws:iam::123456789012:role/ci',
    durationSeconds: 3600,
    audience: 'sts.amazonaws.com',
  },
  repository: { name: 'team/app', create: true, mutability: 'IMMUTABLE_WITH_EXCLUSION', scanOnPush: true },
  build: { context: '.', platforms: [], buildArgs: [], labels: [], push: true },
  layers: { cache: 'registry' },
  tags: {},
  gate: { wait: true, failOn: 'critical', timeout: 600_000 },
};

const tagTable: [gitTag: string | undefined, names: string[] | undefined, releases: string[]][] = [
  [undefined, undefined, []],
  ['v1.2.3', undefined, ['1.2.3']],
  ['1.2.3', undefined, ['1.2.3']],
  ['v1.2.3-rc.1', undefined, ['1.2.3-rc.1']],
  ['v1.2.3+build.5', undefined, ['1.2.3']],
  ['v1.2', undefined, []],
  ['release-7', undefined, []],
  ['nightly', undefined, []],
  ['v01.2.3', undefined, []],
  ['v1.2.3', ['latest', 'prod'], ['latest', 'prod']],
  [undefined, ['latest', 'latest', sha], ['latest']],
];

test("the commit's tag is pushed; versions and names are earned", () => {
  for (const [tag, names, releases] of tagTable) {
    const planned = planTags(names, { ...commit, ...(tag !== undefined && { tag }) });
    assert.deepEqual(planned, { candidate: sha, releases }, `${tag} ${String(names)}`);
  }
});

test('the same inputs and commit give the same plan, byte for byte', () => {
  const plan = JSON.stringify(makePlan(inputs, commit));
  assert.equal(JSON.stringify(makePlan(structuredClone(inputs), structuredClone(commit))), plan);
});

test('the session names repository and run, and fits what STS takes', () => {
  const nameOf = (repository: string, runId: string): string => {
    const { role } = makePlan(inputs, { ...commit, repository, runId });
    return role.kind === 'oidc' ? role.sessionName : '';
  };
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

test('only the default tag setting has an exclusion, for the tag of the cache', () => {
  const mutabilityOf = (mutability: Inputs['repository']['mutability']) =>
    makePlan({ ...inputs, repository: { ...inputs.repository, mutability } }, commit).repository.mutability;
  assert.deepEqual(mutabilityOf('IMMUTABLE_WITH_EXCLUSION'), {
    setting: 'IMMUTABLE_WITH_EXCLUSION',
    exclusions: ['buildcache*'],
  });
  assert.deepEqual(mutabilityOf('IMMUTABLE'), { setting: 'IMMUTABLE', exclusions: [] });
  assert.deepEqual(mutabilityOf('MUTABLE'), { setting: 'MUTABLE', exclusions: [] });
});

test('without a role to assume the default chain is used, and without a push nothing is published', () => {
  const { arn: _, ...role } = inputs.role;
  assert.deepEqual(makePlan({ ...inputs, role }, commit).role, { kind: 'default', region: 'eu-central-1' });
  assert.equal(makePlan(inputs, commit).kind, 'publish');
  assert.equal(makePlan({ ...inputs, build: { ...inputs.build, push: false } }, commit).kind, 'build');
});
