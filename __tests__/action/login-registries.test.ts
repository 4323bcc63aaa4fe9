import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CreatePullThroughCacheRuleCommand,
  CreateRepositoryCommand,
  PutImageCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import type { PolicyDocument, Statement } from '../world/aws/policy-document.ts';
import { clientsIn, clientsOf } from '../world/aws/sample.ts';
import { pushBaseImage } from '../world/docker/base-image.ts';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { allow, startWorld, trust } from '../world/world.ts';
import type { World } from '../world/world.ts';

const place = { accountId: '210987654321', region: 'us-east-1' };
const listed = `${place.accountId}@${place.region}`;
const repositoryName = 'team/base';

/** Puts a base image into the registry of another account and region, in a repository that admits the role of the job. */
async function putBaseImage(world: World, { registryUrl }: { registryUrl: string }): Promise<void> {
  await pushBaseImage(world.engine, { url: registryUrl, name: repositoryName, tag: '1' });
  const answer = await fetch(`${registryUrl}/v2/${repositoryName}/manifests/1`, {
    headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
  });
  const { ecr } = clientsIn(world.aws, place.accountId, { actions: ['ecr:*'], region: place.region });
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  await ecr.send(new PutImageCommand({ repositoryName, imageManifest: await answer.text(), imageTag: '1' }));
  const admits = {
    Effect: 'Allow',
    Principal: { AWS: world.roleArn },
    Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  };
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [admits] });
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
}

const errorOf = ({ annotations }: Awaited<ReturnType<World['run']>>): string =>
  annotations.find(({ level }) => level === 'error')?.message ?? '';

test('base images come from other registries of ECR, by logins of the role for this build alone', async t => {
  await using world = await startWorld();
  const there = await world.openRegistry(place);
  await putBaseImage(world, there);
  const workspace = await world.checkout();
  const from = (lines: string): Promise<void> => writeFile(join(workspace, 'Dockerfile'), `${lines}\n`);
  const lets = (policy: PolicyDocument): void => {
    const trustPolicy = trust({ 'token.actions.githubusercontent.com:sub': 'repo:octo-org*' });
    world.aws.iam.putRole({ name: 'ci', trustPolicy, policies: [policy] });
  };
  const cached = 'docker-hub/docker/library/busybox:1.37';
  world.aws.upstreams.set('registry-1.docker.io', world.registryUrl);
  await clientsOf(world.aws, 'ecr:*').ecr.send(
    new CreatePullThroughCacheRuleCommand({
      ecrRepositoryPrefix: 'docker-hub',
      upstreamRegistryUrl: 'registry-1.docker.io',
      credentialArn:
        'arn:aws:secretsmanager:eu-central-1:123456789012:secret:ecr-pullthroughcache/docker-hub',
    }),
  );
  const base = `FROM ${there.gate.host}/${repositoryName}:1`;
  const calm = { cache: 'off', 'wait-for-scan': 'false', 'build-args': '' };
  const only = { ...calm, push: 'false', 'login-registries': listed };

  await t.test('a build that pushes is logged in to both registries, and the job to its own', async () => {
    await from(`${base}\nLABEL own=base`);
    const run = await world.run({ workspace, with: { ...calm, 'login-registries': listed } });
    assert.equal(run.outcome, 'success', run.log);
    assert.match(run.log, new RegExp(`^For base images logged in to ${there.gate.host}$`, 'm'));
    const logins = world.aws.requests.filter(({ operation }) => operation === 'GetAuthorizationToken');
    assert.deepEqual(Object.fromEntries(logins.map(({ region, parameters }) => [region, parameters])), {
      [world.aws.region]: {},
      [place.region]: { registryIds: [place.accountId] },
    });
    const pull = there.gate.requests.find(({ status }) => status === 200);
    assert.match(pull?.principal ?? '', /^arn:aws:sts::123456789012:assumed-role\/ci\//);
    const config = JSON.parse(await readFile(join(run.dockerConfig, 'config.json'), 'utf8'));
    assert.equal(config.auths?.[there.gate.host], undefined);
  });

  await t.test(
    'a build without a push takes the role for that alone, and no more than a dry run prints',
    async () => {
      await from(`ARG HUB=123456789012.dkr.ecr.eu-central-1.amazonaws.com\nFROM $HUB/${cached}`);
      const own = `${world.aws.accountId}@${world.aws.region}`;
      const both = { ...only, 'login-registries': `${listed}, ${own}` };
      const temp = join(world.scratch, 'runner-temp');
      const planned = await world.run({ workspace, temp, with: { ...both, 'dry-run': 'true' } });
      assert.equal(planned.outcome, 'success', planned.log);
      const plan: {
        loginRegistries: string[];
        policies: { permissions: PolicyDocument & { Statement: Statement[] } };
      } = JSON.parse(await readFile(planned.outputs['plan'] ?? '', 'utf8'));
      assert.deepEqual(plan.loginRegistries, [listed, own]);
      const { permissions } = plan.policies;
      assert.deepEqual(permissions.Statement.at(-1), {
        Sid: 'PullThroughCache',
        Effect: 'Allow',
        Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
        Resource: 'arn:aws:ecr:eu-central-1:123456789012:repository/docker-hub/*',
      });
      const note =
        /The statement PullThroughCache is for base images below docker-hub, and needed only where/;
      assert.match(planned.log, note);
      assert.match(planned.summary, note);

      lets(permissions);
      const [before, pulls] = [world.aws.requests.length, there.gate.requests.length];
      await from(base);
      const run = await world.run({ workspace, with: both });
      assert.equal(run.outcome, 'success', run.log);
      assert.ok(there.gate.requests.slice(pulls).some(({ status }) => status === 200));
      const operations = world.aws.requests.slice(before).map(({ operation }) => operation);
      assert.deepEqual(new Set(operations), new Set(['AssumeRoleWithWebIdentity', 'GetAuthorizationToken']));

      // What the cache does not have yet is imported at the first pull, where the role may.
      await from(`FROM ${world.gate.host}/${cached}`);
      const PullThroughCache = permissions.Statement.at(-1);
      lets({ ...permissions, Statement: permissions.Statement.filter(each => each !== PullThroughCache) });
      assert.match(
        errorOf(await world.run({ workspace, with: both })),
        /fills `docker-hub\/`, ECR says so too while the role lacks ecr:BatchImportUpstreamImage or, .*ecr:CreateRepository/,
      );
      lets(permissions);
      const imported = await world.run({ workspace, with: both });
      assert.equal(imported.outcome, 'success', imported.log);
      assert.deepEqual(
        world.aws.ecr.repositories().map(({ name }) => name),
        ['team/hello', 'docker-hub/docker/library/busybox'],
      );
    },
  );

  await t.test(
    'a pull request from a fork is logged in to none, and its base image asks for it',
    async () => {
      await from(base);
      const pull = { number: 7, mergeSha: 'e'.repeat(40), headSha: 'd'.repeat(40), headRef: 'feature' };
      const event = pullRequest(describeJob(), { ...pull, fork: 'mallory/octo-repo' });
      const before = world.aws.requests.length;
      const run = await world.run({ workspace, event, with: only });
      assert.equal(run.outcome, 'failure', run.log);
      assert.match(
        run.log,
        new RegExp(`^Not logged in to ${listed}: GitHub gives a pull request from a fork`, 'm'),
      );
      assert.match(
        errorOf(run),
        /not logged in to `127\.0\.0\.1:\d+`.*name one of ECR in `login-registries` instead/s,
      );
      assert.equal(world.aws.requests.length, before);
    },
  );

  await t.test('a login that AWS refuses names the registry, before anything is built', async () => {
    lets(allow('ecr:BatchGetImage'));
    const run = await world.run({ workspace, with: only });
    assert.equal(run.outcome, 'failure', run.log);
    assert.match(
      errorOf(run),
      /^Docker could not be logged in to 210987654321@us-east-1, which `login-registries` names: ecr:GetAuthorizationToken failed: .*\n[^]*"Sid": "BaseLogin"/,
    );
    assert.doesNotMatch(run.log, /^docker buildx build/m);
  });
});
