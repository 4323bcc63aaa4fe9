import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CopyInputs } from '../../src/copies/plan.ts';
import { documentPlan } from '../../src/dry-run/plan-document.ts';
import { summarizePlan } from '../../src/dry-run/summary.ts';
import { makePlan } from '../../src/plan.ts';
import type { Inputs } from '../../src/plan.ts';
import { commit, inputs } from '../sample.ts';

const ours = 'arn:aws:iam::123456789012:role/github-ecr-push';
const theirs = 'arn:aws:iam::210987654321:role/copy';
const foreign = { name: 'team/app', region: 'eu-west-1', registryId: '210987654321' };

function plan(copies: CopyInputs[], more: Partial<Inputs> = {}) {
  return makePlan({ ...inputs, copies, ...more }, commit);
}

test("keys, policies and who may pull are a destination's own, and all else is as in `repository`", () => {
  const asked = {
    mutability: 'IMMUTABLE' as const,
    scanOnPush: false,
    tags: { team: 'web' },
    encryption: { type: 'KMS' as const, key: 'alias/images' },
    lifecyclePolicy: '{"rules":[]}',
    repositoryPolicy: '{"Statement":[]}',
    pullAccounts: ['210987654321'],
    pullServices: ['lambda.amazonaws.com'],
  };
  const repository = { ...inputs.repository, asked, onDrift: 'reconcile' as const };
  const own = { encryption: { type: 'AES256' as const }, lifecyclePolicy: '{"rules":[1]}' };
  const region = 'us-east-1';
  const { copies } = plan(
    [
      { name: 'team/app', region },
      { name: 'team/b', region, ...own },
    ],
    { repository },
  );
  const [first, second] = copies.map(each => each.repository);
  const kept = { mutability: 'IMMUTABLE', scanOnPush: false, tags: { team: 'web' } };
  assert.deepEqual(first?.asked, {
    ...kept,
    encryption: { type: 'KMS' },
    pullAccounts: [],
    pullServices: [],
  });
  assert.deepEqual(second?.asked, { ...kept, ...own, pullAccounts: [], pullServices: [] });
  assert.deepEqual([first.create, first.onDrift, first.mutability.setting], [true, 'reconcile', 'IMMUTABLE']);
});

test('a repository of another account is created only by a role there', () => {
  const create = (given: Partial<CopyInputs>, more: Partial<Inputs> = {}) =>
    plan([{ ...foreign, ...given }], more).copies.map(each => [each.repository.create, each.isForeign]);
  assert.deepEqual(create({}), [[false, true]]);
  assert.deepEqual(create({ role: { arn: theirs } }), [[true, false]]);
  assert.deepEqual(create({ registryId: '123456789012' }), [[true, false]]);
  assert.deepEqual(create({ role: { arn: theirs }, create: false }), [[false, false]]);
  const repository = { ...inputs.repository, create: false };
  assert.deepEqual(create({ role: { arn: theirs } }, { repository }), [[false, false]]);
  // Whose keys they are is not known before a call.
  const unknown = { role: { ...inputs.role, arns: [] } };
  assert.deepEqual(create({}, unknown), [[true, false]]);
});

test('nothing is copied where there is no image to judge', () => {
  const countOf = (more: Partial<Inputs>) => plan([foreign], more).copies.length;
  const image = { name: { imageTag: 'one' } };
  assert.equal(countOf({}), 1);
  assert.equal(countOf({ mode: 'gate', image }), 1);
  assert.equal(countOf({ mode: 'merge' }), 1);
  assert.equal(countOf({ push: false }), 0);
  const fork = { ...commit, isPullRequest: true, isFork: true };
  const job = { ...inputs.job, idToken: false };
  assert.deepEqual(makePlan({ ...inputs, job, copies: [foreign] }, fork).copies, []);
  assert.deepEqual(makePlan({ ...inputs, mode: 'gate', image, job, copies: [foreign] }, fork).copies, []);
});

const copyActions = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:DescribeRepositories',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
];

test('a role that reads what is promoted and copies it on has one policy for both', () => {
  const source = {
    name: { imageTag: 'v1' },
    repository: { name: 'staging/app' },
    region: 'eu-west-1',
    address: 'staging/app',
  };
  const { permissionsElsewhere } = plan([{ ...foreign, role: { arn: theirs } }], {
    mode: 'promote',
    promotion: { source, role: theirs },
  });
  assert.deepEqual(
    permissionsElsewhere.roles.map(({ role, permissions }) => [
      role,
      permissions.Statement.map(({ Sid }) => Sid),
    ]),
    [[theirs, ['Login', 'Copies', 'Source']]],
  );
});

test('a dry run has the permissions by who needs them: the step, each other role, each repository of another account', () => {
  const copies = [
    { name: 'team/app', region: 'us-east-1' },
    { name: 'team/app', region: 'us-west-2' },
    foreign,
    { ...foreign, region: 'us-east-1', role: { arn: theirs } },
    {
      ...foreign,
      region: 'us-west-2',
      role: { arn: `${theirs}-too`, chaining: true },
      encryption: { type: 'KMS' as const, key: 'alias/images' },
    },
  ];
  const document = documentPlan(plan(copies));
  const { permissions, roles, repositories } = document.policies;
  const withoutCopies = plan([]).permissions.Statement;
  const creating = [...copyActions, 'ecr:CreateRepository'].toSorted();
  assert.deepEqual(
    permissions.Statement.filter(({ Sid = '' }) => !['Login', 'Image'].includes(Sid)),
    [
      {
        Sid: 'Copies',
        Effect: 'Allow',
        Action: creating,
        Resource: ['us-east-1', 'us-west-2'].map(
          region => `arn:aws:ecr:${region}:123456789012:repository/team/app`,
        ),
      },
      {
        Sid: 'Copies2',
        Effect: 'Allow',
        Action: copyActions,
        Resource: 'arn:aws:ecr:eu-west-1:210987654321:repository/team/app',
      },
      { Sid: 'CopyRoles', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `${theirs}-too` },
    ],
  );
  assert.equal(permissions.Statement.length, withoutCopies.length + 3);
  const bareSource = plan([], { layers: { ...inputs.layers, cache: 'off' } }).permissions.Statement[1]
    ?.Action;
  const source = plan(copies, { layers: { ...inputs.layers, cache: 'off' } }).permissions.Statement[1]
    ?.Action;
  assert.deepEqual(
    [source ?? []].flat().filter(action => !(bareSource ?? []).includes(action)),
    ['ecr:GetDownloadUrlForLayer'],
  );

  const [byOidc, chained] = roles;
  assert.equal(byOidc?.role, theirs);
  const [trusted] = byOidc.trust?.Statement ?? [];
  assert.deepEqual(trusted?.Principal, {
    Federated: 'arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com',
  });
  assert.deepEqual(
    byOidc.permissions.Statement.map(({ Sid, Resource }) => [Sid, Resource]),
    [
      ['Login', '*'],
      ['Copies', 'arn:aws:ecr:us-east-1:210987654321:repository/team/app'],
    ],
  );
  assert.equal(chained?.trust, undefined);
  const [, , key] = chained?.permissions.Statement ?? [];
  assert.deepEqual([key?.Sid, key?.Resource], ['CopyKey', 'arn:aws:kms:us-west-2:210987654321:key/*']);
  assert.deepEqual(repositories, [
    {
      repository: 'arn:aws:ecr:eu-west-1:210987654321:repository/team/app',
      permissions: {
        Version: '2012-10-17',
        Statement: [{ Sid: 'CopyFromCi', Effect: 'Allow', Principal: { AWS: ours }, Action: copyActions }],
      },
    },
  ]);
  const summary = summarizePlan(document);
  assert.match(summary, /^\| Copied to \| `team\/app` in `us-east-1` \(created if it is missing\), /m);
  assert.match(summary, /`team\/app` in `eu-west-1` of `210987654321` \(has to exist\)/);
  assert.match(summary, /The least trust policy of <code>arn\S+role\/copy<\/code>/);
  assert.match(summary, /The least permissions of <code>arn\S+role\/copy-too<\/code>/);
  assert.match(summary, /For the policy of <code>arn:/);
});

test('a run that only judges logs in to copy, and no statement is there twice', () => {
  const image = { name: { imageTag: 'one' } };
  const { Statement } = plan([{ name: 'team/app', region: 'us-east-1' }], {
    mode: 'gate',
    image,
  }).permissions;
  assert.deepEqual(
    Statement.map(({ Sid }) => Sid),
    ['Image', 'Login', 'Copies'],
  );
  const actions = [Statement[0]?.Action ?? []].flat();
  assert.ok(actions.includes('ecr:GetDownloadUrlForLayer'));
  assert.equal(new Set(actions).size, actions.length);
});
