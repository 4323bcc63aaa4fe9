import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateRepositoryCommand, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr';
import type { AwsSession } from '../../src/aws/aws.ts';
import { openEcr } from '../../src/aws/ecr.ts';
import { openInspector } from '../../src/aws/inspector.ts';
import { Failure } from '../../src/platform/failure.ts';
import { copyIntoRepository } from '../../src/promote/copy-into-repository.ts';
import { findSource } from '../../src/promote/find-source.ts';
import type { Source } from '../../src/promote/find-source.ts';
import { planPromotion } from '../../src/promote/plan.ts';
import type { SourceImage } from '../../src/promote/plan.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { planRole } from '../../src/role/plan.ts';
import { jobOf, openUser } from '../in-process.ts';
import { commit, inputs } from '../sample.ts';
import { startAws } from '../world/aws/aws.ts';
import type { Aws } from '../world/aws/aws.ts';
import { allow, clientsIn, sampleImage } from '../world/aws/sample.ts';

const repositoryName = 'staging/app';
const [own, other] = ['123456789012', '111111111111'];

interface Place {
  accountId: string;
  region: string;
}

/** Makes the repository there and pushes an image under v1. */
async function push(aws: Aws, place: Place, name = repositoryName) {
  const ecr = aws.registry(place);
  const { ecr: client } = clientsIn(aws, place.accountId, { actions: ['ecr:*'], region: place.region });
  await client.send(new CreateRepositoryCommand({ repositoryName: name }));
  const image = sampleImage(ecr, name);
  await ecr.push({ repositoryName: name, ...image, tag: 'v1' });
  return { client, digest: image.digest };
}

/** The session of a role that may do all that ECR has, in its own account and where a repository admits it. */
async function openSession(aws: Aws): Promise<AwsSession> {
  const options = openUser(aws, 'ecr:*', 'sts:AssumeRole');
  const { credentials } = options;
  assert.ok(credentials);
  const { ecr } = await openEcr(aws.region, options);
  return {
    region: aws.region,
    ecr,
    inspector: () => openInspector(aws.region, { credentials, signal: options.signal }),
    credentials,
  };
}

function find(
  session: AwsSession,
  { chained, ...source }: Partial<SourceImage> & Pick<SourceImage, 'repository'> & { chained?: string },
) {
  const role = planRole({ ...inputs.role, chaining: chained !== undefined }, commit);
  const image = { name: { imageTag: 'v1' }, region: 'eu-central-1', address: repositoryName, ...source };
  const promotion = planPromotion({ source: image, ...(chained && { role: chained }) }, role);
  const permissions = { Version: '2012-10-17' as const, Statement: [] };
  // The role that reads copies too.
  const statement = {
    Sid: 'Copies',
    Effect: 'Allow' as const,
    Action: ['ecr:BatchGetImage', 'ecr:PutImage'],
  };
  const roles = chained
    ? [{ role: chained, isByOidc: false, permissions: { ...permissions, Statement: [statement] } }]
    : [];
  const plan = { role, promotion, permissions, permissionsElsewhere: { roles } };
  return findSource({ job: jobOf([]), plan, tell: () => {} }, session);
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => 'nothing failed').catch((reason: unknown) => reason);
  assert.ok(error instanceof Failure, String(error));
  return `${error.message}\n${error.remedy}`;
}

test('the image is read in whatever region it is, with the account that ECR tells', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const region = 'us-east-1';
  const { digest } = await push(aws, { accountId: own, region });
  const source = await find(await openSession(aws), { repository: { name: repositoryName }, region });
  assert.equal(source.ref, `${repositoryName}@${digest}`);
  const { repository, region: found } = source.place;
  assert.deepEqual([repository.registryId, repository.name, found], [own, repositoryName, region]);
  assert.equal((await source.tree).root.digest, digest);
});

test('an image that cannot be read is told before anything is done', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const place = { accountId: other, region: aws.region };
  const { client, digest } = await push(aws, place);
  const session = await openSession(aws);
  const repository = { name: repositoryName, registryId: other };
  assert.match(
    await failureOf(find(session, { repository })),
    /^ecr:BatchGetImage failed: .*no resource-based policy allows.*\nThe repository is another account's: .*And in the policy of arn:aws:ecr:eu-central-1:111111111111:repository\/staging\/app, which its own account sets:.*"AWS": "arn:aws:iam::123456789012:role\/github-ecr-push".*Instead of both, `source-role-to-assume` can name a role of that account/s,
  );
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${own}:root` },
    Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  };
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  assert.equal((await find(session, { repository })).digest, digest);
  assert.match(
    await failureOf(find(session, { repository, name: { imageTag: 'v2' } })),
    /^staging\/app has no image v2\.\nCorrect `image`, or push it first.* may also be archived/,
  );
  assert.match(
    await failureOf(find(session, { repository: { name: 'staging/gone' }, address: 'staging/gone' })),
    /^There is no repository staging\/gone in eu-central-1, .*\nCorrect `image`\. The mere name of a repository is looked for in the account/,
  );
});

test('where the role of the step is chained, its session assumes the role that reads the image', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const region = 'us-east-1';
  const { digest } = await push(aws, { accountId: other, region });
  const session = await openSession(aws);
  const principal = { AWS: `arn:aws:iam::${own}:user/ours` };
  const reader = {
    name: 'reader',
    accountId: other,
    trustPolicy: {
      Version: '2012-10-17' as const,
      Statement: [{ Effect: 'Allow' as const, Principal: principal, Action: 'sts:AssumeRole' }],
    },
  };
  aws.iam.putRole({ ...reader, policies: [allow('ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer')] });
  const chained = `arn:aws:iam::${other}:role/reader`;
  // The mere name is in the account of the role that reads it.
  const source = await find(session, { repository: { name: repositoryName }, region, chained });
  assert.deepEqual([source.digest, source.place.repository.registryId], [digest, other]);
  const call = aws.requests.find(({ operation }) => operation === 'AssumeRole');
  assert.equal(call?.parameters['RoleArn'], chained);
  assert.deepEqual(
    Object.keys(call.parameters).filter(name => /Policy|Tags|ExternalId/.test(name)),
    [],
  );
  aws.iam.putRole({ ...reader, policies: [allow('ecr:ListImages')] });
  const denied = await failureOf(find(session, { repository: { name: repositoryName }, region, chained }));
  assert.match(denied, /All that these inputs need, [^]*"Sid": "Copies"/, 'it is told all that it needs');
});

test('an image in the very repository that it would be copied to is told, though only the account of the role says so', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { digest } = await push(aws, { accountId: own, region: aws.region });
  const session = await openSession(aws);
  const source = await find(session, { repository: { name: repositoryName } });
  const repository: Repository = {
    name: repositoryName,
    registryId: own,
    uri: `host/${repositoryName}`,
    mutability: { setting: 'MUTABLE', exclusions: [] },
    scanOnPush: true,
    encryption: { type: 'AES256' },
    madeBy: 'somebody before',
  };
  const copy = (from: Source, to: Repository) =>
    copyIntoRepository({ job: jobOf([]), plan: { tags: { releases: [] } }, tell: () => {} }, session, {
      source: from,
      repository: to,
    });
  assert.match(
    await failureOf(copy(source, repository)),
    /^staging\/app@sha256:\w+ is in host\/staging\/app itself.*\nTo judge and release it where it is, set `mode: gate`/,
  );
  // In the same registry under another name it is another image's place.
  await push(aws, { accountId: own, region: aws.region }, 'team/app');
  const { image } = await copy(source, { ...repository, name: 'team/app', uri: 'host/team/app' });
  assert.deepEqual(
    { ...image, manifest: undefined },
    {
      kind: 'copied',
      isNew: false,
      from: `${repositoryName}@${digest}`,
      ref: `host/team/app@${digest}`,
      digest,
      manifest: undefined,
    },
  );
});
