import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr';
import type { ImageScanFinding } from '@aws-sdk/client-ecr';
import { digestOf as hashOf } from '../world/aws/ecr/content.ts';
import type { Ecr } from '../world/aws/ecr/ecr.ts';
import { clientsIn, sampleImage } from '../world/aws/sample.ts';
import type { PolicyDocument } from '../world/aws/policy-document.ts';
import type { SampleImage } from '../world/aws/sample.ts';
import { withoutDocker } from '../world/docker/broken.ts';
import { allow, startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { assertTranscript, digestOf } from './transcript.ts';

const staging = '111111111111';
const [region, repositoryName] = ['eu-west-1', 'staging/app'];

const readActions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const pushActions = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:CreateRepository',
  'ecr:DescribeImageScanFindings',
  'ecr:DescribeRepositories',
  'ecr:GetAuthorizationToken',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:StartImageScan',
  'ecr:UploadLayerPart',
];

const critical: ImageScanFinding = {
  name: 'CVE-2024-5535',
  severity: 'CRITICAL',
  attributes: [
    { key: 'package_name', value: 'openssl' },
    { key: 'package_version', value: '3.0.11-1' },
  ],
};

/** An image of two platforms with an attestation, a signature of one platform, and cosign's tag for one of the whole. */
async function pushSigned(ecr: Ecr, label: string) {
  const put = async (image: SampleImage, tag?: string): Promise<SampleImage> => {
    await ecr.push({ repositoryName, ...image, tag });
    return image;
  };
  const labels = { label };
  const [amd64, arm64, attestation] = [
    await put(sampleImage(ecr, repositoryName, { labels })),
    await put(sampleImage(ecr, repositoryName, { labels, platform: 'linux/arm64' })),
    await put(sampleImage(ecr, repositoryName, { labels, platform: 'unknown/unknown' })),
  ];
  const entry = ({ manifest, digest, mediaType }: SampleImage, architecture: string, os = 'linux') => {
    return { mediaType, digest, size: manifest.length, platform: { os, architecture } };
  };
  const reference = {
    'vnd.docker.reference.type': 'attestation-manifest',
    'vnd.docker.reference.digest': amd64.digest,
  };
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      entry(amd64, 'amd64'),
      entry(arm64, 'arm64'),
      { ...entry(attestation, 'unknown', 'unknown'), annotations: reference },
    ],
  });
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const index = await put({ manifest: text, digest: hashOf(text), mediaType }, label);
  const signature = sampleImage(ecr, repositoryName, { subject: arm64, artifactType: 'application/sig' });
  const cosign = sampleImage(ecr, repositoryName, { labels: { of: index.digest } });
  await put(signature);
  await put(cosign, `${index.digest.replace(':', '-')}.sig`);
  return { index, arm64, all: [amd64, arm64, attestation, index, signature, cosign] };
}

/** The bytes that the destination answers for a manifest, asked as any client would. */
async function manifestAt(world: World, name: string, reference: string): Promise<string> {
  const accept = ['index', 'manifest'].map(kind => `application/vnd.oci.image.${kind}.v1+json`).join(', ');
  const url = `${world.registryUrl}/v2/${name}/manifests/${reference}`;
  return (await fetch(url, { headers: { accept } })).text();
}

test('an image is promoted across accounts with two roles, judged where it arrives, and copied once', async t => {
  await using world = await startWorld();
  const ecr = world.aws.registry({ accountId: staging, region });
  const { ecr: client } = clientsIn(world.aws, staging, { actions: ['ecr:*'], region });
  await client.send(new CreateRepositoryCommand({ repositoryName }));
  const { index, arm64, all } = await pushSigned(ecr, 'v1');
  const next = await pushSigned(ecr, 'v2');
  const reader = world.putRole({
    accountId: staging,
    name: 'reader',
    policies: [allow(...readActions)],
  });
  const environment = await withoutDocker(`${world.scratch}/path`);
  const workspace = join(world.scratch, 'empty');
  await mkdir(workspace);
  const host = `${staging}.dkr.ecr.${region}.amazonaws.com`;
  const repository = 'prod/app';
  const promote = (inputs: Record<string, string> = {}, temp = join(world.scratch, 'temp')) =>
    world.run({
      environment,
      workspace,
      temp,
      with: {
        mode: 'promote',
        image: `${host}/${repositoryName}@${index.digest}`,
        'source-role-to-assume': reader,
        repository,
        'build-args': '',
        'inline-session-policy': JSON.stringify(allow(...pushActions)),
        tags: '1.2.3',
        ...inputs,
      },
    });

  await t.test('the dry run has the policies of both roles', async () => {
    const run = await promote({ 'dry-run': 'true' });
    assert.equal(run.outcome, 'success', run.log);
    const plan: {
      promotion: { role: object };
      policies: { permissions: PolicyDocument; roles: { role: string; permissions: PolicyDocument }[] };
    } = JSON.parse(await readFile(run.outputs['plan'] ?? '', 'utf8'));
    assert.match(run.summary, /\| Pushed as \| the copy comes without a tag \|/);
    assert.doesNotMatch(run.summary, /\| (Reused|Layers) \|/);
    assert.deepEqual(plan.promotion.role, { arn: reader, source: 'oidc' });
    const actionsOf = ({ Statement }: PolicyDocument) =>
      [Statement].flat().flatMap(({ Action }) => Action ?? []);
    const [other] = plan.policies.roles;
    assert.equal(other?.role, reader);
    assert.deepEqual(actionsOf(other.permissions), readActions);
    // The other runs have these permissions and no more.
    assert.deepEqual(actionsOf(plan.policies.permissions).toSorted(), pushActions);
    assert.match(
      run.summary,
      /\| Copied from \| `111111111111\S+\/staging\/app@sha256:\w+`, read by `\S+reader` \|/,
    );
  });

  await t.test(
    'a role that may not read the image is told its own policy, and nothing is created',
    async () => {
      const nobody = world.putRole({
        accountId: staging,
        name: 'nobody',
        policies: [allow('ecr:ListImages')],
      });
      const run = await promote({ 'source-role-to-assume': nobody });
      const { title, message = '' } = run.annotations[0] ?? {};
      assert.equal(title, 'Find the image to promote');
      assert.match(
        message,
        /^ecr:BatchGetImage failed: .*nobody\/.*\nAs arn:\S+nobody: The role lacks ecr:BatchGetImage/s,
      );
      assert.match(
        message,
        /"Sid": "Source".*"arn:aws:ecr:eu-west-1:111111111111:repository\/staging\/app"/s,
      );
      assert.equal(world.aws.ecr.repository(repository), undefined);
    },
  );

  world.aws.ecr.scans.tell({ findings: [critical] });
  const blocked = await promote();
  assert.equal(blocked.outcome, 'failure', blocked.log);
  assert.equal(blocked.outputs['scan-verdict'], 'blocked');
  assert.equal(blocked.outputs['digest'], index.digest);
  assert.equal(blocked.outputs['reused'], 'false');
  assert.equal(blocked.outputs['tags'], '');
  assert.deepEqual(JSON.parse(blocked.outputs['platforms'] ?? '{}')['linux/arm64'], arm64.digest);
  assert.equal(await digestOf(world, repository, '1.2.3'), null);
  for (const { digest, manifest } of all)
    assert.equal(await manifestAt(world, repository, digest), manifest, digest);
  assert.equal(
    hashOf(await manifestAt(world, repository, `${index.digest.replace(':', '-')}.sig`)),
    all[5]?.digest,
  );
  const copied = /^127\S+\/prod\/app@(\S+), copied from 111\S+\/staging\/app@\1: 6 manifests, \S+ kB sent/m;
  assert.match(blocked.log, copied);
  assert.match(blocked.log, /^Withheld: 1\.2\.3; the image came without a tag and stays so/m);
  assert.match(blocked.summary, /\| Copied from \| `111111111111\S+\/staging\/app@sha256:\w+` \|/);
  // The addresses of layers are secrets, too.
  for (const secret of world.aws.secrets()) assert.ok(!blocked.log.includes(secret));

  world.aws.ecr.scans.tell({ findings: [] });
  const [before, sent] = [world.aws.requests.length, world.gate.requests.length];
  const byTag = `arn:aws:ecr:${region}:${staging}:repository/${repositoryName}:v1`;
  // A tag of the source is no tag of this repository, in which a baseline is looked for.
  const passed = await promote({ image: byTag, baseline: 'v1', gate: 'new' });
  assert.equal(passed.outcome, 'success', passed.log);
  const requests = world.aws.requests.slice(before);
  assertTranscript(t, { ...world, aws: { ...world.aws, requests } }, passed);
  assert.equal(passed.outputs['reused'], 'true');
  assert.match(passed.outputs['tags'] ?? '', /\/prod\/app:1\.2\.3$/);
  assert.equal(await digestOf(world, repository, '1.2.3'), index.digest);
  assert.match(passed.log, /is there already, with all that belongs to it: nothing was copied/);
  assert.equal(world.gate.requests.length, sent, 'no byte of a layer was sent again');

  await t.test('what is promoted is copied on to further regions, with its release tag', async () => {
    const there = await world.openRegistry({ region: 'us-east-1' });
    const run = await promote({ 'inline-session-policy': '', 'copy-to': 'region=us-east-1' });
    assert.equal(run.outcome, 'success', run.log);
    const [copy]: { status: string; tags: string[] }[] = JSON.parse(run.outputs['copies'] ?? '[]');
    assert.deepEqual([copy?.status, copy?.tags], ['copied', ['1.2.3']]);
    const held = there.ecr.repository(repository);
    assert.equal(held?.imageTags.get('1.2.3'), index.digest);
    for (const { digest } of all) assert.ok(held.images.has(digest), digest);
  });

  await t.test('a release tag that another image has stops it before anything is copied', async () => {
    const run = await promote({ image: `${host}/${repositoryName}:v2` });
    assert.equal(run.outcome, 'failure', run.log);
    assert.match(run.annotations[0]?.message ?? '', /^The tag '1\.2\.3' names another image already/);
    assert.match(await manifestAt(world, repository, next.index.digest), /MANIFEST_UNKNOWN/);
  });
});
