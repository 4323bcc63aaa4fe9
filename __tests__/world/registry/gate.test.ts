import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import {
  BatchDeleteImageCommand,
  CreatePullThroughCacheRuleCommand,
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  DescribePullThroughCacheRulesCommand,
  DescribeRepositoriesCommand,
  GetAccountSettingCommand,
  GetAuthorizationTokenCommand,
  PutAccountSettingCommand,
  PutImageCommand,
  PutRegistryPolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import type { ECRClient } from '@aws-sdk/client-ecr';
import {
  CreateRepositoryCommand as CreatePublicRepositoryCommand,
  GetAuthorizationTokenCommand as GetPublicTokenCommand,
} from '@aws-sdk/client-ecr-public';
import { startAws } from '../aws/aws.ts';
import type { Aws, AwsOptions } from '../aws/aws.ts';
import { clientsIn, clientsOf } from '../aws/sample.ts';
import { startDistribution } from './distribution.ts';
import type { Distribution } from './distribution.ts';
import { startGate } from './gate.ts';
import type { Gate } from './gate.ts';

const imageType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

/** One registry for all tests: what a gate hides or forgets must not come back in the next one. */
let distribution: Distribution;
before(async () => {
  distribution = await startDistribution();
});
after(async () => {
  await distribution[Symbol.asyncDispose]();
});

test('what is pushed through the gate is in ECR, is scanned, and comes back as it was', async () => {
  await using world = await start();
  const { aws, ecr, gate } = world;
  const repositoryName = await create(world);
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
  assert.equal(repositories?.[0]?.repositoryUri, `${gate.host}/${repositoryName}`);
  aws.ecr.scans.tell({
    match: { labels: { scan: 'critical' } },
    findings: [{ name: 'CVE-1', severity: 'CRITICAL' }],
  });

  const client = await login(world, repositoryName);
  const image = await pushImage(client, { labels: { scan: 'critical' } });
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [{ mediaType: imageType, digest: image.digest, size: image.manifest.length }],
  });
  const pushed = await client('PUT', 'manifests/one', { body: index, type: indexType });
  assert.equal(pushed.status, 201);
  assert.equal(pushed.headers.get('docker-content-digest'), digestOf(index));

  const pulled = await client('GET', 'manifests/one', { type: indexType });
  assert.equal(await pulled.text(), index);
  assert.equal((await client('HEAD', `manifests/${image.digest}`, { type: imageType })).status, 200);
  const blob = await client('GET', `blobs/${image.layer}`);
  assert.equal(await blob.text(), 'a layer of little worth');
  assert.deepEqual(aws.ecr.repository(repositoryName)?.images.get(digestOf(index))?.children, [image.digest]);
  const scanned = await ecr.send(
    new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest: image.digest } }),
  );
  assert.deepEqual(scanned.imageScanFindings?.findingSeverityCounts, { CRITICAL: 1 });
  assert.ok(gate.requests.every(({ principal }) => principal === 'arn:aws:iam::123456789012:user/tester'));
});

test('a tag that PutImage puts resolves over HTTP', async () => {
  await using world = await start();
  const repositoryName = await create(world);
  const client = await login(world, repositoryName);
  const image = await pushImage(client);
  await world.ecr.send(
    new PutImageCommand({ repositoryName, imageManifest: image.manifest, imageTag: '1.2.3' }),
  );
  const head = await client('HEAD', 'manifests/1.2.3', { type: imageType });
  assert.equal(head.headers.get('docker-content-digest'), image.digest);
  const behind = await fetch(`${distribution.url}/v2/${repositoryName}/manifests/1.2.3`, {
    headers: { accept: imageType },
  });
  assert.equal(behind.headers.get('docker-content-digest'), image.digest);
});

test('without a login the gate asks for one', async () => {
  await using world = await start();
  const answer = await fetch(`http://${world.gate.host}/v2/`);
  assert.equal(answer.status, 401);
  assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic realm="http:\/\/127\.0\.0\.1:\d+\/"/);
});

test('a password that nobody gave out is refused', async () => {
  await using world = await start();
  const headers = { authorization: `Basic ${Buffer.from('AWS:guess').toString('base64')}` };
  assert.equal((await fetch(`http://${world.gate.host}/v2/`, { headers })).status, 401);
});

test('a login ends with its time', async () => {
  let now = new Date();
  await using world = await start({ now: () => now, registryTokenLifetimeSeconds: 2 });
  const client = await login(world, await create(world));
  assert.equal((await client('GET', 'tags/list')).status, 200);
  now = new Date(now.getTime() + 3000);
  const message = 'Your authorization token has expired. Reauthenticate and try again.';
  await refused(await client('GET', 'tags/list'), [403, 'DENIED', message]);
});

test('a repository that does not exist takes no push', async () => {
  await using world = await start();
  const client = await login(world, 'gate/none');
  const message =
    "The repository with name 'gate/none' does not exist in the registry with id '123456789012'";
  await refused(await client('POST', 'blobs/uploads/'), [404, 'NAME_UNKNOWN', message]);
});

test('a registry that creates on push makes what its template says, for a push only', async () => {
  await using world = await start();
  const lifecyclePolicyText = JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: 7,
        },
        action: { type: 'expire' },
      },
    ],
  });
  const { ecr: registry } = world.aws;
  registry.createOnPush({ prefix: 'ROOT' });
  registry.createOnPush({
    prefix: 'gate',
    mutability: 'IMMUTABLE',
    resourceTags: { made: 'by a push' },
    lifecyclePolicy: lifecyclePolicyText,
  });
  const repositoryName = `gate/r${crypto.randomUUID()}`;
  const client = await login(world, repositoryName);
  assert.equal((await client('GET', 'manifests/one', { type: imageType })).status, 404);
  await assert.rejects(
    world.ecr.send(new PutImageCommand({ repositoryName, imageManifest: '{}', imageTag: 'one' })),
    { name: 'RepositoryNotFoundException' },
  );
  assert.deepEqual(registry.repositories(), []);

  const { manifest } = await pushImage(client);
  await client('PUT', 'manifests/one', { body: manifest, type: imageType });
  const made = registry.repository(repositoryName);
  assert.deepEqual(
    [made?.mutability, made?.resourceTags, made?.lifecyclePolicy, [...(made?.imageTags.keys() ?? [])]],
    ['IMMUTABLE', { made: 'by a push' }, lifecyclePolicyText, ['one']],
  );
  await pushImage(await login(world, 'other/app'));
  assert.equal(registry.repository('other/app')?.mutability, 'MUTABLE');
});

test('who may not push makes no repository by trying to', async () => {
  await using world = await start();
  world.aws.ecr.createOnPush({ prefix: 'ROOT' });
  const repositoryName = `gate/r${crypto.randomUUID()}`;
  const some = await login(world, repositoryName, 'ecr:GetAuthorizationToken', 'ecr:PutImage');
  await refused(await some('POST', 'blobs/uploads/'), [
    403,
    'DENIED',
    /not authorized to perform: ecr:InitiateLayerUpload on resource: .* because no identity-based policy allows/,
  ]);
  assert.deepEqual(world.aws.ecr.repositories(), []);
});

test('the template with the longest prefix makes the repository, a slash at its end or not', async () => {
  await using world = await start();
  const { ecr: registry } = world.aws;
  const id = crypto.randomUUID();
  for (const prefix of ['ROOT', `p${id}`, `p${id}/team/`])
    registry.createOnPush({ prefix, resourceTags: { by: prefix } });
  for (const [name, by] of [
    [`p${id}/app`, `p${id}`],
    [`p${id}/team/app`, `p${id}/team/`],
    [`p${id}/teams/app`, `p${id}`],
    [`p${id}s/app`, 'ROOT'],
    [`p${id}`, 'ROOT'],
  ] as const) {
    const client = await login(world, name);
    assert.equal((await client('POST', 'blobs/uploads/')).status, 202);
    assert.deepEqual(registry.repository(name)?.resourceTags, { by });
  }
  for (const prefix of ['', 'Team', '/team', 'team//', 'team*']) {
    assert.throws(() => registry.createOnPush({ prefix }), { code: 'InvalidParameterException' }, prefix);
  }
  assert.throws(() => registry.createOnPush({ prefix: `p${id}/` }), {
    code: 'TemplateAlreadyExistsException',
  });
});

test('who may not push is told what he lacks', async () => {
  await using world = await start();
  const repositoryName = await create(world);
  const client = await login(
    world,
    repositoryName,
    'ecr:GetAuthorizationToken',
    'ecr:BatchCheckLayerAvailability',
  );
  assert.equal((await client('HEAD', `blobs/${digestOf('nothing')}`)).status, 404);
  await refused(await client('POST', 'blobs/uploads/'), [
    403,
    'DENIED',
    'User: arn:aws:iam::123456789012:user/tester is not authorized to perform: ecr:InitiateLayerUpload ' +
      `on resource: arn:aws:ecr:eu-central-1:123456789012:repository/${repositoryName} ` +
      'because no identity-based policy allows the ecr:InitiateLayerUpload action',
  ]);
});

test('another account pulls and pushes what the repository lets it', async () => {
  await using world = await start();
  const repositoryName = await create(world);
  const { digest } = await pushImage(await login(world, repositoryName));
  const { ecr } = clientsIn(world.aws, '222222222222', { actions: ['ecr:*'] });
  const guest = await loginWith(ecr, world, repositoryName);
  await refused(await guest('GET', `manifests/${digest}`, { type: imageType }), [
    403,
    'DENIED',
    /^User: arn:aws:iam::222222222222:user\/tester is not .* because no resource-based policy allows the ecr:BatchGetImage action$/,
  ]);
  const statement = { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'ecr:BatchGetImage' };
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await world.ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  assert.equal((await guest('GET', `manifests/${digest}`, { type: imageType })).status, 200);
  await refused(await guest('POST', 'blobs/uploads/'), [403, 'DENIED', /ecr:InitiateLayerUpload/]);
});

test('an immutable tag takes no second push, an excluded one does', async () => {
  await using world = await start();
  const repositoryName = await create(world, 'cache*');
  const client = await login(world, repositoryName);
  const first = await pushImage(client, { labels: { number: '1' } });
  const second = await pushImage(client, { labels: { number: '2' } });
  for (const tag of ['one', 'cache']) {
    assert.equal(
      (await client('PUT', `manifests/${tag}`, { body: first.manifest, type: imageType })).status,
      201,
    );
  }
  assert.equal(
    (await client('PUT', 'manifests/cache', { body: second.manifest, type: imageType })).status,
    201,
  );
  await refused(await client('PUT', 'manifests/one', { body: second.manifest, type: imageType }), [
    400,
    'TAG_INVALID',
    `The image tag 'one' already exists in the '${repositoryName}' repository and cannot be overwritten because the tag is immutable.`,
  ]);
  assert.equal(
    (await client('HEAD', 'manifests/one', { type: imageType })).headers.get('docker-content-digest'),
    first.digest,
  );
});

test('an index whose images are missing is refused, and so is an image without its layers', async () => {
  await using world = await start();
  const client = await login(world, await create(world));
  const missing = { mediaType: imageType, digest: digestOf('nothing'), size: 7 };
  const index = JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: [missing] });
  const image = JSON.stringify({ schemaVersion: 2, mediaType: imageType, config: missing, layers: [] });
  await refused(await client('PUT', 'manifests/one', { body: index, type: indexType }), [
    400,
    'MANIFEST_BLOB_UNKNOWN',
    /^Images with digests '\[sha256:\w+\]' required for pushing image into repository with name '.*' in the registry with id '123456789012' do not exist$/,
  ]);
  await refused(await client('PUT', 'manifests/one', { body: image, type: imageType }), [
    400,
    'MANIFEST_BLOB_UNKNOWN',
    /^Layers with digests /,
  ]);
});

test('a manifest under a digest that is not its own is refused', async () => {
  await using world = await start();
  const client = await login(world, await create(world));
  const { manifest } = await pushImage(client);
  const answer = await client('PUT', `manifests/${digestOf('other')}`, { body: manifest, type: imageType });
  await refused(answer, [400, 'DIGEST_INVALID', /does not match/]);
});

test('a deleted image is gone, whatever the registry behind still has', async () => {
  await using world = await start();
  const repositoryName = await create(world);
  const client = await login(world, repositoryName);
  const { manifest, digest } = await pushImage(client);
  await client('PUT', 'manifests/one', { body: manifest, type: imageType });
  await world.ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }));
  await refused(await client('GET', 'manifests/one', { type: imageType }), [
    404,
    'MANIFEST_UNKNOWN',
    'Requested image not found',
  ]);
});

test('an image has a thousand tags and no more, however they come', async () => {
  await using world = await start();
  const repositoryName = await create(world, 'full*');
  const { manifest: imageManifest, digest: imageDigest } = await pushImage(
    await login(world, repositoryName),
  );
  const client = await login(world, repositoryName);
  const tags = Array.from({ length: 999 }, (_, index) => `t${index}`);
  world.aws.ecr.tagImage(repositoryName, imageDigest, tags);
  const push = (tag: string) => client('PUT', `manifests/${tag}`, { body: imageManifest, type: imageType });
  assert.equal((await push('full')).status, 201);
  assert.equal((await push('full')).status, 201);
  const message = (tag: string) =>
    `Adding tag '${tag}' to an image in the repository with name '${repositoryName}' in registry with id '123456789012' exceeds the maximum allowed number of tags per image which is '1000'`;
  await refused(await push('full-2'), [403, 'DENIED', message('full-2')]);
  await assert.rejects(
    world.ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'full-3' })),
    { name: 'LimitExceededException', message: message('full-3') },
  );
  await world.ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag: 't7' }] }));
  assert.equal((await push('full-2')).status, 201);
});

test('tags are listed in pages as they are now, without those that were deleted', async () => {
  await using world = await start();
  const repositoryName = await create(world, '*');
  const client = await login(world, repositoryName);
  const { manifest } = await pushImage(client);
  const other = await pushImage(client, { labels: { other: 'yes' } });
  for (const tag of ['b', 'a', 'c'])
    await client('PUT', `manifests/${tag}`, { body: manifest, type: imageType });
  await client('PUT', 'manifests/d', { body: other.manifest, type: imageType });
  const list = async (query = '') => {
    const answer = await client('GET', `tags/list${query}`);
    assert.equal(answer.status, 200);
    return { body: await answer.json(), link: answer.headers.get('link') };
  };
  assert.deepEqual(await list(), { body: { name: repositoryName, tags: ['a', 'b', 'c', 'd'] }, link: null });
  const page = await list('?n=3');
  assert.deepEqual(page.body, { name: repositoryName, tags: ['a', 'b', 'c'] });
  assert.equal(page.link, `</v2/${repositoryName}/tags/list?last=c&n=3>; rel="next"`);
  assert.deepEqual((await list('?last=c&n=3')).body, { name: repositoryName, tags: ['d'] });

  const imageIds = [{ imageTag: 'b' }, { imageDigest: other.digest }];
  await world.ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds }));
  assert.deepEqual((await list()).body, { name: repositoryName, tags: ['a', 'c'] });
  const some = await login(world, repositoryName, 'ecr:GetAuthorizationToken', 'ecr:BatchGetImage');
  await refused(await some('GET', 'tags/list'), [403, 'DENIED', /not authorized to perform: ecr:ListImages/]);
});

test('what is about an image is listed by its digest, and told at the push that it is', async () => {
  await using world = await start();
  const client = await login(world, await create(world));
  const { manifest, digest } = await pushImage(client);
  const about = async (artifactType: string, more: object = {}) => {
    const config = await pushBlob(client, '{}');
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType: imageType,
      artifactType,
      config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: config, size: 2 },
      layers: [],
      subject: { mediaType: imageType, digest, size: manifest.length },
      ...more,
    });
    const pushed = await client('PUT', `manifests/${digestOf(body)}`, { body, type: imageType });
    assert.equal(pushed.status, 201);
    assert.equal(pushed.headers.get('oci-subject'), digest);
    return { mediaType: imageType, digest: digestOf(body), size: body.length, artifactType, ...more };
  };
  const list = async (path: string) => {
    const answer = await client('GET', `referrers/${path}`);
    assert.equal(answer.headers.get('content-type'), indexType);
    const index: { manifests: unknown[] } = JSON.parse(await answer.text());
    return { manifests: index.manifests, filters: answer.headers.get('oci-filters-applied') };
  };
  assert.deepEqual(await list(digest), { manifests: [], filters: null });
  const signature = await about('application/vnd.example.signature', { annotations: { by: 'me' } });
  const sbom = await about('application/vnd.example.sbom');
  assert.deepEqual(await list(digest), { manifests: [signature, sbom], filters: null });
  assert.deepEqual(await list(`${digest}?artifactType=application/vnd.example.sbom`), {
    manifests: [sbom],
    filters: 'artifactType',
  });
  assert.deepEqual(await list(`sha256:${'0'.repeat(64)}`), { manifests: [], filters: null });
  await refused(await client('GET', 'referrers/one'), [400, 'DIGEST_INVALID', /not a digest/]);
  const plain = await client('PUT', `manifests/${digest}`, { body: manifest, type: imageType });
  assert.equal(plain.headers.get('oci-subject'), null);
});

test('layers of another repository are sent, or mounted where the account has that on', async () => {
  await using world = await start();
  const { ecr } = world;
  const from = await create(world);
  const { layer } = await pushImage(await login(world, from));
  const enable = (value: string) => ecr.send(new PutAccountSettingCommand({ name: 'BLOB_MOUNTING', value }));
  const setting = async () => (await ecr.send(new GetAccountSettingCommand({ name: 'BLOB_MOUNTING' }))).value;
  const mount = async (client: Client, source = from) =>
    (await client('POST', `blobs/uploads/?mount=${layer}&from=${source}`)).status;

  assert.equal(await setting(), 'DISABLED');
  assert.equal(await mount(await login(world, await create(world))), 202);

  await enable('ENABLED');
  assert.equal(await setting(), 'ENABLED');
  const client = await login(world, await create(world));
  assert.equal((await client('HEAD', `blobs/${layer}`)).status, 404);
  assert.equal(await mount(client, 'gate/none'), 202);
  assert.equal(await mount(client), 201);
  assert.equal((await client('HEAD', `blobs/${layer}`)).status, 200);

  const encrypted = `gate/r${crypto.randomUUID()}`;
  const encryptionConfiguration = { encryptionType: 'KMS' as const };
  await ecr.send(new CreateRepositoryCommand({ repositoryName: encrypted, encryptionConfiguration }));
  assert.equal(await mount(await login(world, encrypted)), 202);
  const pusher = await login(
    world,
    await create(world),
    'ecr:GetAuthorizationToken',
    'ecr:InitiateLayerUpload',
  );
  assert.equal(await mount(pusher), 202);
  clientsOf(world.aws, 'ecr:*');
  await enable('DISABLED');
  assert.equal(await mount(await login(world, await create(world))), 202);
  await assert.rejects(enable('on'), { name: 'InvalidParameterException' });
});

test('what lies under the prefix of a pull-through rule is imported at the first pull, for who may', async () => {
  await using world = await start();
  const { aws } = world;
  const id = crypto.randomUUID();
  const name = `tools/r${id}`;
  const cached = `quay/${name}`;
  aws.upstreams.set('quay.io', distribution.url);
  const upstream = clientOf(`${new URL(distribution.url).host}/${name}`, '');
  const image = await pushImage(upstream);
  const body = JSON.stringify({
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [{ mediaType: imageType, digest: image.digest, size: image.manifest.length }],
  });
  assert.equal((await upstream('PUT', 'manifests/v1', { body, type: indexType })).status, 201);

  const pull = async (...actions: string[]) => {
    const client = await login(world, cached, 'ecr:GetAuthorizationToken', ...actions);
    return await client('GET', 'manifests/v1', { type: indexType });
  };
  await refused(await pull('ecr:*'), [404, 'NAME_UNKNOWN', /does not exist/]);
  const rule = { ecrRepositoryPrefix: 'quay', upstreamRegistryUrl: 'quay.io' };
  await world.ecr.send(new CreatePullThroughCacheRuleCommand(rule));
  await assert.rejects(world.ecr.send(new CreatePullThroughCacheRuleCommand(rule)), {
    name: 'PullThroughCacheRuleAlreadyExistsException',
  });
  const hub = { ecrRepositoryPrefix: 'docker-hub', upstreamRegistryUrl: 'registry-1.docker.io' };
  await assert.rejects(world.ecr.send(new CreatePullThroughCacheRuleCommand(hub)), {
    message: /needs a credentialArn/,
  });
  const { pullThroughCacheRules } = await world.ecr.send(new DescribePullThroughCacheRulesCommand({}));
  assert.deepEqual(
    pullThroughCacheRules?.map(({ ecrRepositoryPrefix }) => ecrRepositoryPrefix),
    ['quay'],
  );

  const read = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  await refused(await pull(...read), [
    403,
    'DENIED',
    /not authorized to perform: ecr:BatchImportUpstreamImage/,
  ]);
  const importing = [...read, 'ecr:BatchImportUpstreamImage'];
  await refused(await pull(...importing), [403, 'DENIED', /not authorized to perform: ecr:CreateRepository/]);
  assert.deepEqual(aws.ecr.repositories(), []);
  aws.ecr.createOnPush({ prefix: 'quay', appliedFor: ['PULL_THROUGH_CACHE'], mutability: 'IMMUTABLE' });
  const first = await pull(...importing);
  assert.equal(await first.text(), body);
  assert.equal(aws.ecr.repository(cached)?.mutability, 'IMMUTABLE');

  // From now on it is there, and to read it is enough.
  assert.equal((await pull(...read)).status, 200);
  const client = await login(world, cached, ...read, 'ecr:GetAuthorizationToken');
  assert.equal(await (await client('GET', `blobs/${image.layer}`)).text(), 'a layer of little worth');
  const all = await login(world, 'quay/no/such');
  await refused(await all('GET', 'manifests/v1'), [404, 'MANIFEST_UNKNOWN', /not found/]);
});

test('another account may pull through what the registry’s own policy lets it', async () => {
  await using world = await start();
  const { aws } = world;
  aws.upstreams.set('quay.io', distribution.url);
  const name = `tools/r${crypto.randomUUID()}`;
  const { digest } = await pushImage(clientOf(`${new URL(distribution.url).host}/${name}`, ''));
  await world.ecr.send(
    new CreatePullThroughCacheRuleCommand({ ecrRepositoryPrefix: 'quay', upstreamRegistryUrl: 'quay.io' }),
  );
  const { ecr } = clientsIn(aws, '222222222222', { actions: ['ecr:*'] });
  const guest = await loginWith(ecr, world, `quay/${name}`);
  const pull = () => guest('GET', `manifests/${digest}`, { type: imageType });
  await refused(await pull(), [403, 'DENIED', /no resource-based policy allows the ecr:BatchGetImage/]);
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: '222222222222' },
    Action: ['ecr:BatchGetImage', 'ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
    Resource: 'arn:aws:ecr:eu-central-1:123456789012:repository/quay/*',
  };
  await world.ecr.send(
    new PutRegistryPolicyCommand({ policyText: JSON.stringify({ Statement: statement }) }),
  );
  const scope = { name: 'REGISTRY_POLICY_SCOPE', value: 'V1' };
  await world.ecr.send(new PutAccountSettingCommand(scope));
  await refused(await pull(), [403, 'DENIED', /ecr:BatchGetImage/]);
  await world.ecr.send(new PutAccountSettingCommand({ ...scope, value: 'V2' }));
  assert.equal((await pull()).status, 200);
});

test('what ECR’s registry does not do is refused', async () => {
  await using world = await start();
  const client = await login(world, await create(world));
  await refused(await client('GET', 'signatures/one'), [405, 'UNSUPPORTED', /unsupported/]);
});

test('a client that goes away in the middle harms nobody', async () => {
  await using world = await start();
  const client = await login(world, await create(world));
  const digest = await pushBlob(client, 'x'.repeat(10_000_000));
  const download = await client('GET', `blobs/${digest}`);
  await download.body?.cancel();

  const upload = await client('POST', 'blobs/uploads/');
  const leaving = request(new URL(upload.headers.get('location') ?? '', upload.url), {
    method: 'PATCH',
    headers: { authorization: client.authorization, 'content-length': 1000 },
  });
  leaving.write('only a part');
  const left = once(leaving, 'error');
  setTimeout(() => leaving.destroy(new Error('gone')), 50);
  await left;

  assert.equal((await client('HEAD', `blobs/${digest}`)).status, 200);
});

test('who pushes to the public registry fetches a token with his password; who pulls needs none', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  await using gate = await startGate({ ecr: aws.ecrPublic, upstream: distribution.url, faults: aws.faults });
  const { ecrPublic } = clientsOf(aws, 'ecr-public:*', 'sts:GetServiceBearerToken');
  const { repository } = await ecrPublic.send(
    new CreatePublicRepositoryCommand({ repositoryName: `gate/r${crypto.randomUUID()}` }),
  );
  const { repositoryUri = '', repositoryName = '' } = repository ?? {};
  assert.equal(repositoryUri, `${gate.host}/${aws.ecrPublic.alias}/${repositoryName}`);
  const asked = await fetch(`http://${gate.host}/v2/`);
  assert.equal(asked.status, 401);
  assert.equal(
    asked.headers.get('www-authenticate'),
    `Bearer realm="http://${gate.host}/token/",service="public.ecr.aws",scope="aws"`,
  );
  const tokenFor = async (headers: Record<string, string>) => {
    const answer = await fetch(`http://${gate.host}/token/?scope=aws&service=public.ecr.aws`, { headers });
    const [, token] = /^\{"token":"(.+)"\}$/.exec(await answer.text()) ?? [];
    return `Bearer ${token}`;
  };
  const { authorizationData } = await ecrPublic.send(new GetPublicTokenCommand({}));
  const authorization = `Basic ${authorizationData?.authorizationToken}`;
  const client = clientOf(repositoryUri, await tokenFor({ authorization }));
  const { manifest, digest } = await pushImage(client);
  const pushed = await client('PUT', 'manifests/latest', { body: manifest, type: imageType });
  assert.equal(
    pushed.headers.get('location'),
    `/v2/${aws.ecrPublic.alias}/${repositoryName}/manifests/${digest}`,
  );
  assert.equal(aws.ecrPublic.repository(repositoryName)?.imageTags.get('latest'), digest);
  assert.deepEqual(aws.ecr.repositories(), []);

  const anyone = clientOf(repositoryUri, await tokenFor({}));
  assert.equal(await (await anyone('GET', 'manifests/latest', { type: imageType })).text(), manifest);
  assert.equal((await anyone('POST', 'blobs/uploads/')).status, 401);
  const { ecrPublic: reader } = clientsOf(
    aws,
    'ecr-public:GetAuthorizationToken',
    'sts:GetServiceBearerToken',
  );
  const poor = await reader.send(new GetPublicTokenCommand({}));
  const basic = `Basic ${poor.authorizationData?.authorizationToken}`;
  await refused(await clientOf(repositoryUri, basic)('POST', 'blobs/uploads/'), [
    403,
    'DENIED',
    /ecr-public:InitiateLayerUpload on resource: arn:aws:ecr-public::123456789012:repository\/gate/,
  ]);
  const other = clientOf(repositoryUri.replace(aws.ecrPublic.alias, 'b1234567'), authorization);
  await refused(await other('POST', 'blobs/uploads/'), [404, 'NAME_UNKNOWN', /does not exist/]);
});

test('faults are worded as a registry words them', async () => {
  await using world = await start();
  const { faults } = world.aws;
  const client = await login(world, await create(world));
  faults.add({ match: /^registry:POST .*\/uploads\/$/, times: 1, kind: 'throttle' });
  faults.add({ match: /^registry:POST/, times: 1, kind: 'server-error' });
  faults.add({ match: /^registry:POST/, times: 1, kind: 'cut' });
  await refused(await client('POST', 'blobs/uploads/'), [429, 'TOOMANYREQUESTS', 'Rate exceeded']);
  await refused(await client('POST', 'blobs/uploads/'), [500, 'INTERNAL_ERROR', /./]);
  await assert.rejects(client('POST', 'blobs/uploads/'), TypeError);
  assert.deepEqual(
    world.gate.requests.map(({ status }) => status),
    [429, 500, 0],
  );
});

interface World extends AsyncDisposable {
  aws: Aws;
  gate: Gate;
  ecr: ECRClient;
}

async function start(options: Partial<AwsOptions> = {}): Promise<World> {
  const aws = await startAws({ oidcProviders: [], ...options });
  const gate = await startGate({ ecr: aws.ecr, upstream: distribution.url, faults: aws.faults });
  const { ecr } = clientsOf(aws, 'ecr:*');
  return {
    aws,
    gate,
    ecr,
    async [Symbol.asyncDispose]() {
      await gate[Symbol.asyncDispose]();
      await aws[Symbol.asyncDispose]();
    },
  };
}

/** Creates a repository of a new name, immutable but for `mutable` tags, and scanned on push. */
async function create({ ecr }: World, mutable = 'none'): Promise<string> {
  const repositoryName = `gate/r${crypto.randomUUID()}`;
  await ecr.send(
    new CreateRepositoryCommand({
      repositoryName,
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: mutable }],
      imageScanningConfiguration: { scanOnPush: true },
    }),
  );
  return repositoryName;
}

/** A registry client for one repository: method, the path within it, and what it sends or accepts. */
interface Client {
  (method: string, path: string, content?: { body?: string; type?: string }): Promise<Response>;
  authorization: string;
}

async function login(world: World, repositoryName: string, ...actions: string[]): Promise<Client> {
  const { ecr } = clientsOf(world.aws, ...(actions.length > 0 ? actions : ['ecr:*']));
  return await loginWith(ecr, world, repositoryName);
}

async function loginWith(ecr: ECRClient, { aws, gate }: World, repositoryName: string): Promise<Client> {
  const { authorizationData } = await ecr.send(
    new GetAuthorizationTokenCommand({ registryIds: [aws.accountId] }),
  );
  const authorization = `Basic ${authorizationData?.[0]?.authorizationToken}`;
  assert.equal(authorizationData?.[0]?.proxyEndpoint, `http://${gate.host}`);
  return clientOf(`${gate.host}/${repositoryName}`, authorization);
}

/** A client for the repository of this URI. */
function clientOf(repositoryUri: string, authorization: string): Client {
  const [host = '', ...names] = repositoryUri.split('/');
  const send = (method: string, path: string, content: { body?: string; type?: string } = {}) => {
    const { body, type = 'application/octet-stream' } = content;
    const headers = { authorization, ...(body === undefined ? { accept: type } : { 'content-type': type }) };
    const url = new URL(path, `http://${host}/v2/${names.join('/')}/`);
    return fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  };
  return Object.assign(send, { authorization });
}

async function pushImage(
  client: Client,
  { labels = {} }: { labels?: Record<string, string> } = {},
): Promise<{ manifest: string; digest: string; layer: string }> {
  const descriptor = async (bytes: string, mediaType: string) => {
    return { mediaType, digest: await pushBlob(client, bytes), size: bytes.length };
  };
  const config = JSON.stringify({ os: 'linux', architecture: 'amd64', config: { Labels: labels } });
  const layer = await descriptor('a layer of little worth', 'application/vnd.oci.image.layer.v1.tar');
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: imageType,
    config: await descriptor(config, 'application/vnd.oci.image.config.v1+json'),
    layers: [layer],
  });
  const digest = digestOf(manifest);
  const { status } = await client('PUT', `manifests/${digest}`, { body: manifest, type: imageType });
  assert.equal(status, 201);
  return { manifest, digest, layer: layer.digest };
}

async function pushBlob(client: Client, body: string): Promise<string> {
  const digest = digestOf(body);
  const opened = await client('POST', 'blobs/uploads/');
  assert.equal(opened.status, 202);
  const location = opened.headers.get('location') ?? '';
  const patched = await client('PATCH', location, { body });
  assert.equal(patched.status, 202);
  const closed = new URL(patched.headers.get('location') ?? '', opened.url);
  closed.searchParams.set('digest', digest);
  assert.equal((await client('PUT', closed.href)).status, 201);
  return digest;
}

async function refused(
  answer: Response,
  [status, code, message]: [number, string, string | RegExp],
): Promise<void> {
  assert.equal(answer.status, status);
  const text = await answer.text();
  const [, codeTold, messageTold = ''] =
    /^\{"errors":\[\{"code":"(\w+)","message":"(.*)"\}\]\}$/.exec(text) ?? [];
  assert.equal(codeTold, code, text);
  if (typeof message === 'string') assert.equal(messageTold, message);
  else assert.match(messageTold, message);
}

function digestOf(bytes: string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
