import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprintOf } from '../src/build/fingerprint.ts';
import type { BuilderPlan } from '../src/builder/plan.ts';
import { archiveKeysOf } from '../src/cache/archive-keys.ts';
import { imageNameOf } from '../src/commit/commit-tag.ts';
import { permissionsFor } from '../src/permissions.ts';
import { makePlan } from '../src/plan.ts';
import type { Inputs } from '../src/plan.ts';
import { commentMark } from '../src/report/comment-on-pull-request.ts';
import { defaultFlavor } from '../src/tags/flavor.ts';
import type { Flavor } from '../src/tags/flavor.ts';
import { readTags } from '../src/tags/inputs.ts';
import { readerOf } from '../src/validation/reader.ts';
import { tag } from './commit/events.ts';
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

test('variants of one commit have nothing in common: no tag, no cache, no baseline', () => {
  const read = (flavor: string) =>
    readTags(readerOf(input => ({ flavor, tags: 'type=semver,pattern={{version}}' })[input] ?? ''));
  const namesOf = (flavor: string, more: Partial<Inputs> = {}): string[] => {
    const earlier = { baseSha: 'b'.repeat(40), earlier: ['c'.repeat(40)] };
    const given = { ...inputs, tags: read(flavor), mounts: { kind: 'auto' } as const, ...more };
    const gate = { ...inputs.gate, baseline: 'base' };
    const plan = makePlan(
      { ...given, gate, layers: { ...inputs.layers, cache: 'registry' } },
      { ...tag('v1.2.3'), ...earlier },
    );
    const { tags, layers, mounts, gate: judged } = plan;
    assert.ok(layers.kind !== 'off' && mounts.kind !== 'off' && judged.baseline.kind === 'image');
    const inline = makePlan(
      { ...given, layers: { ...inputs.layers, cache: 'inline' } },
      { ...commit, ...earlier },
    );
    assert.ok(inline.layers.kind !== 'off');
    return [
      tags.candidate,
      ...tags.releases,
      ...layers.tags.readTags,
      ...mounts.tags.readTags,
      layers.name,
      mounts.name,
      ...inline.layers.images,
      ...Object.values(judged.baseline.id),
      commentMark(plan),
      imageNameOf('team/app', { commitTag: tags.commitTag, sha: plan.commit.checkedOut }),
    ];
  };
  const flavors = [
    '',
    'suffix=-alpine,onlatest=true',
    'prefix=-alpine,onlatest=true',
    'suffix=-slim,onlatest=true',
  ];
  const all = flavors.flatMap(flavor => Array.from(new Set(namesOf(flavor))));
  assert.equal(new Set(all).size, all.length, all.join(' '));
  assert.ok(
    all.includes('1.2.3') && all.includes('latest-alpine') && all.includes(`${'c'.repeat(40)}-alpine`),
  );
  // GitHub takes the newest archive whose key begins as one of them.
  const archives = flavors.map(flavor => {
    const { layers } = makePlan({ ...inputs, tags: read(flavor) }, commit);
    return archiveKeysOf(layers.kind === 'off' ? '' : layers.name, 'FROM scratch');
  });
  for (const { key } of archives) {
    const finding = archives.filter(each => each.fallbackKeys.some(prefix => key.startsWith(prefix)));
    assert.equal(finding.length, 1, key);
  }
  const part = makePlan({ ...inputs, mode: 'build', tags: { flavor: suffix('-alpine') } }, commit);
  assert.equal(part.tags.candidate, `${commit.sha}-alpine-linux-amd64`);
  assert.equal(part.tags.commitTag, `${commit.sha}-alpine`);
});

function suffix(text: string): Flavor {
  return { ...defaultFlavor, suffix: { text: [text], onLatest: false } };
}

test('without a push nothing is published, and a dry run does neither', () => {
  const kindOf = (more: Partial<Inputs>) => makePlan({ ...inputs, ...more }, commit).kind;
  const build = { push: false };
  assert.equal(kindOf({}), 'publish');
  assert.equal(kindOf(build), 'build');
  assert.equal(kindOf({ dryRun: true }), 'dry-run');
  assert.equal(kindOf({ ...build, dryRun: true }), 'dry-run');
  assert.equal(kindOf({ mode: 'gate' }), 'gate');
  assert.equal(kindOf({ mode: 'gate', dryRun: true }), 'dry-run');
});

test('a run that only judges creates, caches and pushes nothing, and needs no login', () => {
  const gate = makePlan({ ...inputs, mode: 'gate', image: { name: { imageTag: 'one' } } }, commit);
  assert.deepEqual([gate.push, gate.repository.create, gate.layers], [false, false, { kind: 'off' }]);
  const [statement, ...more] = permissionsFor(gate).Statement;
  assert.deepEqual(more, []);
  assert.deepEqual(statement?.Action, [
    'ecr:BatchGetImage',
    'ecr:DescribeImageScanFindings',
    'ecr:DescribeRepositories',
    'ecr:StartImageScan',
  ]);
  const released = permissionsFor({ ...gate, tags: { ...gate.tags, releases: ['1.2.3'] } });
  assert.ok(released.Statement[0]?.Action.includes('ecr:PutImage'));
});

test('a promotion ensures the repository, copies into it without a docker, and releases whatever tag is asked for', () => {
  const source = { name: { imageTag: 'v1' }, repository: { name: 'staging/app' }, region: 'eu-central-1' };
  const promotion = { source: { ...source, address: 'staging/app' } };
  const tags = readTags(
    readerOf(input => (input === 'tags' ? `type=raw,value=${commit.sha}\nv1` : '')),
    {},
  );
  const promoting: Inputs = { ...inputs, mode: 'promote', promotion, tags };
  const plan = makePlan(promoting, commit);
  assert.equal(plan.kind, 'promote');
  assert.deepEqual([plan.push, plan.repository.create, plan.layers], [false, true, { kind: 'off' }]);
  // No build has put the commit's tag on the image.
  assert.deepEqual(plan.tags.releases, ['v1', commit.sha]);
  const statements = permissionsFor(plan).Statement;
  assert.deepEqual(
    statements.map(({ Sid }) => Sid),
    ['Login', 'Image', 'Source'],
  );
  assert.deepEqual(statements[1]?.Action, [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:CompleteLayerUpload',
    'ecr:CreateRepository',
    'ecr:DescribeImageScanFindings',
    'ecr:DescribeRepositories',
    'ecr:InitiateLayerUpload',
    'ecr:PutImage',
    'ecr:StartImageScan',
    'ecr:UploadLayerPart',
  ]);
  const fork = { ...commit, isPullRequest: true, isFork: true };
  const idle = makePlan({ ...promoting, job: { ...inputs.job, idToken: false } }, fork);
  assert.deepEqual([idle.kind, idle.repository.create], ['idle', false]);
});

test('an image says by which processor it was built where it names no platform, or who builds elsewhere', () => {
  const printOf = (changes: Partial<Inputs>) =>
    fingerprintOf(makePlan({ ...inputs, ...changes }, commit).build);
  const architecture = (name: string) => ({ layers: { ...inputs.layers, architecture: name } });
  const remote = (endpoint: string): BuilderPlan => ({
    kind: 'made',
    driver: 'remote',
    node: { endpoint, driverOpts: ['cacert=ca.pem'], platforms: [] },
    append: [],
  });
  const pods = (driverOpts: string[]): BuilderPlan => ({
    kind: 'made',
    driver: 'kubernetes',
    node: { driverOpts, platforms: [] },
    append: [],
  });
  const others: Partial<Inputs>[] = [
    architecture('amd64'),
    architecture('arm64'),
    { builder: remote('tcp://one:1234') },
    { builder: remote('tcp://two:1234') },
    { builder: pods(['replicas=2']) },
    { builder: pods(['nodeselector=kubernetes.io/arch=arm64']) },
  ];
  assert.equal(new Set(others.map(printOf)).size, others.length);
  const platforms = { build: { ...inputs.build, platforms: ['linux/arm64'] } };
  assert.equal(new Set(others.map(each => printOf({ ...each, ...platforms }))).size, 1);
  assert.equal(printOf({ builder: { kind: 'named', name: 'one', by: '`builder`' } }), printOf({}));
  assert.equal(printOf({ builder: pods(['replicas=2']) }), printOf({ builder: pods([]) }));
});

test('a folder of another checkout is told apart by its commit', () => {
  const checkoutOf = (folders: Record<string, string>) =>
    makePlan(inputs, { ...commit, folders }).build.checkout;
  const other = 'f'.repeat(40);
  assert.deepEqual(checkoutOf({ context: commit.checkedOut, shared: other }), [`shared=${other}`]);
  assert.deepEqual(checkoutOf({}), []);
});
