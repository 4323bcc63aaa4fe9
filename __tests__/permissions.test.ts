import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr';
import type { PolicyDocument } from '../src/aws/iam-policy.ts';
import { permissionsFor } from '../src/permissions.ts';
import { makePlan } from '../src/plan.ts';
import type { Inputs } from '../src/plan.ts';
import { commit, inputs } from './sample.ts';
import { startAws } from './world/aws/aws.ts';
import { decide } from './world/aws/iam.ts';
import { keyContext } from './world/aws/kms.ts';
import { clientsOf } from './world/aws/sample.ts';

const id = '0b9b8c8e-1111-2222-3333-444455556666';
const multiRegionId = `mrk-${id.replaceAll('-', '')}`;
const place = 'arn:aws:kms:eu-central-1:123456789012';
const viaService = { 'kms:ViaService': 'ecr.eu-central-1.amazonaws.com' };
const ofTeam = { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/team/images' } };

function policyFor(key: string, region = 'eu-central-1', role = inputs.role.arns): PolicyDocument {
  const asked = { ...inputs.repository.asked, encryption: { type: 'KMS' as const, key } };
  const repository = { ...inputs.repository, asked };
  return permissionsFor(
    makePlan({ ...inputs, repository, role: { ...inputs.role, region, arns: role } }, commit),
  );
}

const statementOf = (...given: Parameters<typeof policyFor>) =>
  policyFor(...given).Statement.find(({ Sid }) => Sid === 'Key');

test('a key is named by its ARN or by its alias as a condition, and used by ECR alone', () => {
  const cases: [key: string, resource: string, condition: object][] = [
    [`${place}:key/${id}`, `${place}:key/${id}`, {}],
    [id, `${place}:key/${id}`, {}],
    [multiRegionId, `${place}:key/${multiRegionId}`, {}],
    ['alias/team/images', `${place}:key/*`, ofTeam],
    [`${place}:alias/team/images`, `${place}:key/*`, ofTeam],
    [
      'arn:aws:kms:eu-central-1:210987654321:alias/team/images',
      'arn:aws:kms:eu-central-1:210987654321:key/*',
      ofTeam,
    ],
  ];
  for (const [key, Resource, condition] of cases) {
    assert.deepEqual(
      statementOf(key),
      {
        Sid: 'Key',
        Effect: 'Allow',
        Action: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:RetireGrant'],
        Resource,
        Condition: { StringEquals: viaService, ...condition },
      },
      key,
    );
  }
});

test("the key that AWS keeps for ECR needs no permission, and an unknown role's account is left open", () => {
  assert.equal(statementOf('alias/aws/ecr'), undefined);
  assert.equal(statementOf(`${place}:alias/aws/ecr`), undefined);
  assert.equal(statementOf(id, 'eu-central-1', [])?.Resource, `arn:*:kms:eu-central-1:*:key/${id}`);
  const chinese = statementOf('alias/team', 'cn-north-1', ['arn:aws-cn:iam::123456789012:role/ci']);
  assert.equal(chinese?.Resource, 'arn:aws-cn:kms:cn-north-1:123456789012:key/*');
  const hosts = ['ecr.cn-north-1.amazonaws.com', 'ecr.cn-north-1.amazonaws.com.cn'];
  assert.deepEqual(chinese.Condition?.['StringEquals'], { 'kms:ViaService': hosts });
});

test('what is printed for a key is enough to create the repository, and good for no other key and no other service', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const kmsKey = aws.kms.putKey({ alias: 'alias/team/images' });
  const other = aws.kms.putKey({ alias: 'alias/payroll' });
  const nameless = aws.kms.putKey();
  const { ecr } = clientsOf(aws, 'ecr:Describe*');
  const references = [kmsKey, kmsKey.split('/')[1] ?? '', 'alias/team/images', `${place}:alias/team/images`];
  for (const [index, reference] of references.entries()) {
    const policy = policyFor(reference);
    const user = {
      name: 'tester',
      accessKeyId: 'AKIATESTER123456789012',
      secretAccessKey: 'a/secret+of/a+tester',
    };
    aws.iam.putUser({ ...user, policies: [policyOn(policy, `app${index}`)] });
    const create = (name: string, key: string) =>
      ecr.send(
        new CreateRepositoryCommand({
          repositoryName: name,
          encryptionConfiguration: { encryptionType: 'KMS', kmsKey: key },
        }),
      );
    for (const wrong of [other, nameless]) {
      await assert.rejects(create(`app${index}`, wrong), { name: 'KmsException' }, reference);
    }
    const { repository } = await create(`app${index}`, reference);
    assert.equal(repository?.encryptionConfiguration?.kmsKey, kmsKey);

    for (const action of ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey']) {
      const key = { arn: kmsKey, alias: 'alias/team/images', enabled: true, managed: false };
      const ofEcr = keyContext(key, { service: 'ecr', callerAccount: '123456789012' });
      const { 'kms:ViaService': _service, ...direct } = ofEcr;
      const asked = (context: typeof direct) => decide([policy], { action, resource: kmsKey, context });
      assert.equal(asked(direct), 'silent');
      assert.equal(asked({ ...direct, 'kms:ViaService': 's3.eu-central-1.amazonaws.com' }), 'silent');
      assert.equal(asked(ofEcr), action === 'kms:CreateGrant' ? 'allowed' : 'silent');
    }
  }
});

/** The same policy for a repository of another name. */
function policyOn(policy: PolicyDocument, name: string): PolicyDocument {
  const text = JSON.stringify(policy).replaceAll('repository/team/app', `repository/${name}`);
  const named: PolicyDocument = JSON.parse(text);
  return named;
}

const own = '123456789012';
const base = (name: string, registryId = own, region = 'eu-central-1') => ({ registryId, region, name });
const repositoryOf = (name: string, registryId = own, region = 'eu-central-1'): string =>
  `arn:aws:ecr:${region}:${registryId}:repository/${name}`;
const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const pullThrough = ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'];

/** What the policy has for base images: actions and resources by the name of the statement. */
const forBases: [
  given: Partial<Inputs>,
  statements: Record<string, [actions: string[], resources: string | string[]]>,
][] = [
  [{}, {}],
  [{ baseRepositories: [base('base')] }, { BaseImages: [pull, repositoryOf('base')] }],
  [
    {
      baseRepositories: [base('docker-hub/library/node'), base('docker-hub/library/alpine'), base('quay/x')],
    },
    {
      BaseImages: [
        pull,
        ['docker-hub/library/alpine', 'docker-hub/library/node', 'quay/x'].map(each => repositoryOf(each)),
      ],
      PullThroughCache: [pullThrough, [repositoryOf('docker-hub/*'), repositoryOf('quay/*')]],
    },
  ],
  // The step pushes to `team/app`, and so does nothing that a rule fills.
  [{ baseRepositories: [base('team/base')] }, { BaseImages: [pull, repositoryOf('team/base')] }],
  // Whoever is logged in to these, it is not this step.
  [{ baseRepositories: [base('hub/x', '210987654321'), base('hub/x', own, 'us-east-1')] }, {}],
  [
    {
      baseRepositories: [base('hub/x', '210987654321'), base('hub/x', own, 'us-east-1')],
      loginRegistries: [
        { registryId: '210987654321', region: 'eu-central-1' },
        { registryId: own, region: 'us-east-1' },
        { registryId: '210987654321', region: 'eu-west-1' },
      ],
    },
    {
      BaseImages: [
        pull,
        [
          repositoryOf('hub/x', '210987654321'),
          repositoryOf('*', '210987654321', 'eu-west-1'),
          repositoryOf('hub/x', own, 'us-east-1'),
        ],
      ],
      PullThroughCache: [pullThrough, repositoryOf('hub/*', own, 'us-east-1')],
    },
  ],
  [
    {
      push: false,
      baseRepositories: [base('base')],
      loginRegistries: [{ registryId: own, region: 'eu-central-1' }],
    },
    { BaseLogin: [['ecr:GetAuthorizationToken'], '*'], BaseImages: [pull, repositoryOf('base')] },
  ],
  [{ push: false, baseRepositories: [base('base')] }, {}],
  [
    { role: { ...inputs.role, arns: [] }, baseRepositories: [base('base')] },
    { BaseImages: [pull, repositoryOf('base').replace('aws', '*')] },
  ],
];

test('base images in registries of ECR are pulled by statements of their own, and what a pull-through cache may fill has one alone', () => {
  for (const [given, statements] of forBases) {
    const { Statement: all } = makePlan({ ...inputs, ...given }, commit).permissions;
    const found = all.filter(({ Sid }) => Sid?.startsWith('Base') || Sid === 'PullThroughCache');
    assert.deepEqual(
      Object.fromEntries(found.map(each => [each.Sid, [each.Action, each.Resource]])),
      Object.fromEntries(
        Object.entries(statements).map(([sid, [actions, resources]]) => [
          sid,
          [actions, Array.isArray(resources) ? resources.toSorted() : resources],
        ]),
      ),
      JSON.stringify(given),
    );
    assert.equal(new Set(all.map(({ Sid }) => Sid)).size, all.length);
  }
});
