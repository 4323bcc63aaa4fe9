import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateRepositoryCommand, DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import type { CopyInputs } from '../../src/copies/plan.ts';
import { openDestinations } from '../../src/copies/open-destinations.ts';
import { makePlan } from '../../src/plan.ts';
import type { Inputs } from '../../src/plan.ts';
import { repositoryOf } from '../../src/repository/repository.ts';
import { openElsewhere } from '../../src/role/other-role.ts';
import { readTags } from '../../src/tags/inputs.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { jobOf, openUser } from '../in-process.ts';
import { commit, inputs } from '../sample.ts';
import { startAws } from '../world/aws/aws.ts';
import type { Aws } from '../world/aws/aws.ts';
import { clientsIn } from '../world/aws/sample.ts';

const repositoryName = 'team/app';
const lifecyclePolicy = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 9 },
      action: { type: 'expire' },
    },
  ],
});

/** Opens the destinations of a run with keys of its own, from the repository in eu-central-1. */
async function open(aws: Aws, copies: CopyInputs[], more: Partial<Inputs> = {}) {
  const lines: string[] = [];
  const plan = makePlan({ ...inputs, role: { ...inputs.role, arns: [] }, copies, ...more }, commit);
  const credentials = openUser(aws, 'ecr:*').credentials ?? assert.fail();
  const job = jobOf(lines);
  const own = await openElsewhere(aws.region, { credentials, denied: text => text, signal: job.signal });
  const { ecr } = clientsIn(aws, aws.accountId, { actions: ['ecr:*'] });
  await ecr.send(new CreateRepositoryCommand({ repositoryName })).catch(() => undefined);
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
  const source = repositoryOf(repositories?.[0], 'this run') ?? assert.fail();
  const before = aws.requests.length;
  const destinations = await openDestinations({ job, plan, tell: () => {} }, own, source);
  const requests = aws.requests.slice(before).map(({ operation }) => operation);
  return { destinations, lines, requests };
}

test('who copies nowhere pays no call, and each destination costs three', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  aws.registry({ region: 'us-east-1' });
  assert.deepEqual((await open(aws, [])).requests, []);
  const copies = [{ name: repositoryName, region: 'us-east-1' }];
  const first = await open(aws, copies);
  assert.ok(first.requests.includes('CreateRepository'));
  const { requests, destinations } = await open(aws, copies);
  assert.deepEqual(requests.toSorted(), [
    'DescribeRepositories',
    'GetAuthorizationToken',
    'InitiateLayerUpload',
  ]);
  assert.deepEqual(
    destinations.map(({ aws: { region }, repository: { name, madeBy } }) => [region, name, madeBy]),
    [['us-east-1', repositoryName, 'somebody before']],
  );
});

test('a destination gets the settings of `repository`, its drift is told, and its lifecycle policy follows the image', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const [one, two] = ['us-east-1', 'us-west-2'].map(region => aws.registry({ region }));
  const { ecr } = clientsIn(aws, aws.accountId, { actions: ['ecr:*'], region: 'us-west-2' });
  await ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }));
  const asked = { ...inputs.repository.asked, mutability: 'MUTABLE' as const, tags: { team: 'web' } };
  const tags = readTags(readerOf(input => (input === 'tags' ? 'type=edge' : '')));
  const { destinations, lines } = await open(
    aws,
    [
      { name: repositoryName, region: 'us-east-1', lifecyclePolicy },
      { name: repositoryName, region: 'us-west-2' },
    ],
    { repository: { ...inputs.repository, asked }, tags },
  );
  const created = one?.repository(repositoryName);
  assert.deepEqual([created?.mutability, created?.resourceTags], ['MUTABLE', { team: 'web' }]);
  assert.equal(two?.repository(repositoryName)?.mutability, 'IMMUTABLE', 'it is only reported');
  const warning = lines.find(line => line.includes('asked MUTABLE'));
  assert.match(
    warning ?? '',
    /^team\/app in us-west-2: team\/app: .*\n.*image-tag-mutability: asked MUTABLE/,
  );
  assert.match(
    warning ?? '',
    /^team\/app in us-west-2: The image does not get the tags 'edge' there: .* is IMMUTABLE/m,
  );
  assert.equal(created?.lifecyclePolicy, undefined, 'it is put after the image');
  for (const { lifecycle } of destinations) await lifecycle.put({ digest: `sha256:${'a'.repeat(64)}` });
  assert.match(one?.repository(repositoryName)?.lifecyclePolicy ?? '', /sinceImagePushed/);
});

test('what is wrong at each destination is told at once: none there, the source itself, one named twice', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  aws.registry({ region: 'us-east-1' });
  const copies: CopyInputs[] = [
    { name: 'team/gone', region: 'us-east-1', create: false },
    { name: 'team/lost', region: 'us-east-1', create: false },
    // The inputs do not say whose keys they are.
    { name: repositoryName, region: 'eu-central-1', registryId: aws.accountId },
    { name: 'team/other', region: 'us-east-1' },
    { name: 'team/other', region: 'us-east-1', registryId: aws.accountId },
  ];
  const failure = await open(aws, copies).then(
    () => assert.fail('opened'),
    (error: unknown) => (error instanceof Error ? error : assert.fail(String(error))),
  );
  assert.match(failure.message, /^4 of 5 destinations of `copy-to` cannot be copied to:$/m);
  assert.match(
    failure.message,
    /^- team\/gone in us-east-1: The repository 'team\/gone' does not exist in us-east-1\.$/m,
  );
  assert.match(
    failure.message,
    /^- team\/app in eu-central-1 of 123456789012: It is \S+\/team\/app, as `repository` is\.$/m,
  );
  assert.match(
    failure.message,
    /^- team\/other in us-east-1 of 123456789012: It is \S+, as team\/other in us-east-1 is\.$/m,
  );
  assert.ok('remedy' in failure);
  // The same remedy is told once.
  assert.match(
    String(failure.remedy),
    /^team\/gone in us-east-1, team\/lost in us-east-1: Create it, correct this line, or let this step create it: `create-repository=true`\.$/m,
  );
  assert.match(
    String(failure.remedy),
    /Nothing has been built or pushed\. Created meanwhile, and empty: \S+\/team\/app, \S+\/team\/other\./,
  );
});
