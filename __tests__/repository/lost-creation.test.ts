import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateRepositoryCommand, PutLifecyclePolicyCommand } from '@aws-sdk/client-ecr';
import { openPublicEcr } from '../../src/aws/ecr-public.ts';
import { openEcr } from '../../src/aws/ecr.ts';
import { openInspector } from '../../src/aws/inspector.ts';
import { ensureCacheRepository } from '../../src/cache/ensure-cache-repository.ts';
import { makePlan } from '../../src/plan.ts';
import { compareAndReconcile } from '../../src/repository/compare-and-reconcile.ts';
import { ensureRepository } from '../../src/repository/ensure-repository.ts';
import type { OnDrift, RepositoryPlan } from '../../src/repository/plan.ts';
import { jobOf, openUser } from '../in-process.ts';
import { commit, inputs } from '../sample.ts';
import { startAws } from '../world/aws/aws.ts';
import { clientsOf } from '../world/aws/sample.ts';

const name = 'team/app';
const selection = { tagStatus: 'untagged', countType: 'imageCountMoreThan', countNumber: 100 };
const lifecyclePolicy = JSON.stringify({
  rules: [{ rulePriority: 1, description: 'Keeps the newest', selection, action: { type: 'expire' } }],
});

/** A run that asks for a repository with all that can be asked, up to its lifecycle policy. */
async function startStory(changes: Partial<RepositoryPlan> = {}) {
  const aws = await startAws({ oidcProviders: [] });
  aws.ecr.previews.looks = 0;
  const options = openUser(aws, 'ecr:*', 'ecr-public:*');
  const { ecr } = await (changes.type === 'public' ? openPublicEcr(options) : openEcr(aws.region, options));
  const clients = { region: aws.region, ecr, inspector: () => openInspector(aws.region, options) };
  const plan = makePlan(inputs, commit);
  const asked = { tags: { team: 'web' }, pullAccounts: ['210987654321'], pullServices: [], lifecyclePolicy };
  const repository = { ...plan.repository, name, create: true, asked, ...changes };
  const log: string[] = [];
  const run = { job: jobOf(log), plan: { ...plan, repository }, tell: () => {} };
  const ensure = async () => {
    const found = await ensureRepository(run, clients);
    const { lifecycle } = await compareAndReconcile(run, clients, found);
    await lifecycle.put({ digest: 'sha256:0' });
    return found;
  };
  return {
    aws,
    clients,
    run,
    log,
    ensure,
    [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose](),
  };
}

for (const fault of [{ kind: 'lose' }, { kind: 'lose', status: 500 }, { kind: 'halve' }] as const)
  test(`a repository whose creation is answered by ${JSON.stringify(fault)} is this run's, with all that was asked`, async () => {
    await using story = await startStory();
    const { aws, log } = story;
    aws.faults.add({ match: 'ecr:CreateRepository', times: 1, ...fault });
    aws.faults.add({ match: 'ecr:StartLifecyclePolicyPreview', times: 1, kind: 'lose' });
    const { madeBy } = await story.ensure();
    assert.equal(madeBy, 'this run');
    assert.match(log.join('\n'), /^An earlier try of the same call created it: its answer was lost$/m);
    const made = aws.ecr.repository(name);
    assert.match(made?.policy?.text ?? '', /arn:aws:iam::210987654321:root/);
    assert.equal(made?.lifecyclePolicy, lifecyclePolicy);
    assert.deepEqual(
      aws.requests.filter(({ operation }) => operation.startsWith('Get')).map(({ operation }) => operation),
      ['GetLifecyclePolicyPreview'],
    );
  });

/** Lets another run create the repository after this one has found none. */
function createElsewhere({ aws, clients }: Awaited<ReturnType<typeof startStory>>): void {
  const describe = clients.ecr.describeRepositories.bind(clients.ecr);
  clients.ecr.describeRepositories = async asked => {
    clients.ecr.describeRepositories = describe;
    try {
      return await describe(asked);
    } finally {
      await clientsOf(aws, 'ecr:*').ecr.send(new CreateRepositoryCommand({ repositoryName: name }));
      aws.faults.add({ match: 'ecr:CreateRepository', times: 1, kind: 'server-error' });
    }
  };
}

for (const onDrift of ['report', 'reconcile'] as const satisfies OnDrift[])
  test(`another run's new repository gets the policies that it lacks, and the rest is compared (${onDrift})`, async () => {
    await using story = await startStory({ onDrift });
    const { aws, log } = story;
    createElsewhere(story);
    const { madeBy } = await story.ensure();
    assert.equal(madeBy, 'another run at once');
    const text = log.join('\n');
    assert.match(
      text,
      /^pull-accounts and pull-services: asked 1 statement, is none yet and is put, as the repository is new$/m,
    );
    assert.match(text, /^repository-tags: asked team=web, is no tag 'team'$/m);
    const made = aws.ecr.repository(name);
    assert.ok(made);
    assert.match(made.policy?.text ?? '', /arn:aws:iam::210987654321:root/);
    assert.equal(made.lifecyclePolicy, lifecyclePolicy);
    assert.deepEqual(made.resourceTags, onDrift === 'report' ? {} : { team: 'web' });
  });

test('where nothing is to be changed, a repository that another run has just created fails for what differs', async () => {
  await using story = await startStory({ onDrift: 'fail' });
  createElsewhere(story);
  await assert.rejects(story.ensure(), {
    message: /^team\/app: 1 setting is not as asked\nrepository-tags: /,
  });
});

const statement = { Effect: 'Allow', Principal: '*', Action: 'ecr-public:PutImage' };
const repositoryPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

test("ECR Public's creation and the cache's survive a lost answer too", async () => {
  await using story = await startStory({
    type: 'public',
    asked: { tags: {}, pullAccounts: [], pullServices: [], repositoryPolicy },
  });
  story.aws.faults.add({ match: 'ecr-public:CreateRepository', times: 1, kind: 'lose' });
  assert.equal((await ensureRepository(story.run, story.clients)).madeBy, 'this run');
  assert.match(story.aws.ecrPublic.repository(name)?.policy?.text ?? '', /PutImage/);

  await using cache = await startStory();
  cache.aws.faults.add({ match: 'ecr:CreateRepository', times: 1, kind: 'lose' });
  const layers = { ...cache.run.plan.layers, repository: 'team/cache' };
  const run = { ...cache.run, plan: { ...cache.run.plan, layers } };
  const found = await ensureCacheRepository(run, cache.clients);
  assert.match(found?.uri ?? '', /\/team\/cache$/);
  assert.match(cache.aws.ecr.repository('team/cache')?.lifecyclePolicy ?? '', /rules/);
});

test('a lifecycle policy that the creator of the repository has put meanwhile is not put again', async () => {
  await using story = await startStory();
  createElsewhere(story);
  const found = await ensureRepository(story.run, story.clients);
  const { lifecycle } = await compareAndReconcile(story.run, story.clients, found);
  const { ecr } = clientsOf(story.aws, 'ecr:*');
  const theirs = lifecyclePolicy.replace('100', '50');
  await ecr.send(new PutLifecyclePolicyCommand({ repositoryName: name, lifecyclePolicyText: theirs }));
  await lifecycle.put({ digest: 'sha256:0' });
  assert.equal(story.aws.ecr.repository(name)?.lifecyclePolicy, theirs);
  assert.match(story.log.join('\n'), /^Not put: the run that created the repository has put one meanwhile$/m);
});
