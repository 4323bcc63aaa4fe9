import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BatchGetRepositoryScanningConfigurationCommand,
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  GetRegistryScanningConfigurationCommand,
  paginateDescribeImageScanFindings,
  PutImageCommand,
  PutRegistryScanningConfigurationCommand,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr';
import type {
  ECRClient,
  EnhancedImageScanFinding,
  ImageScanFinding,
  RegistryScanningRule,
} from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import type { Aws } from './aws.ts';
import { clientsOf, isRefusal, sampleImage, sampleIndex } from './sample.ts';
import type { SampleImage } from './sample.ts';

const repositoryName = 'team/app';
const critical: ImageScanFinding = {
  name: 'CVE-2026-0001',
  description: 'A hole.',
  uri: 'https://security.example/CVE-2026-0001',
  severity: 'CRITICAL',
  attributes: [{ key: 'package_name', value: 'openssl' }],
};
const low: ImageScanFinding = { name: 'CVE-2026-0002', severity: 'LOW' };
const enhanced: EnhancedImageScanFinding = {
  findingArn: 'arn:aws:inspector2:eu-central-1:123456789012:finding/1',
  severity: 'HIGH',
  title: 'CVE-2026-0003 - zlib',
  firstObservedAt: new Date('2026-01-02T03:04:05Z'),
};

test('an image without a story has no findings, at once', async () => {
  await using world = await start();
  const image = await push(world, sampleImage(world.aws.ecr, repositoryName));
  const { imageScanStatus, imageScanFindings } = await findings(world, image);
  assert.equal(imageScanStatus?.status, 'COMPLETE');
  assert.deepEqual(imageScanFindings?.findings, []);
  assert.deepEqual(imageScanFindings.findingSeverityCounts, {});
  assert.ok(imageScanFindings.imageScanCompletedAt);
});

test('a label in its config makes an image critical, on each of its platforms', async () => {
  await using world = await start();
  const { aws } = world;
  aws.ecr.scans.tell({ match: { labels: { scan: 'critical' } }, findings: [critical, low] });
  const labels = { scan: 'critical' };
  const amd = await push(world, sampleImage(aws.ecr, repositoryName, { labels }));
  const arm = await push(world, sampleImage(aws.ecr, repositoryName, { labels, platform: 'linux/arm64' }));
  const other = await push(world, sampleImage(aws.ecr, repositoryName));
  for (const image of [amd, arm]) {
    const { imageScanFindings } = await findings(world, image);
    assert.deepEqual(imageScanFindings?.findings, [critical, low]);
    assert.deepEqual(imageScanFindings.findingSeverityCounts, { CRITICAL: 1, LOW: 1 });
  }
  assert.deepEqual((await findings(world, other)).imageScanFindings?.findings, []);
});

test('a story is for a platform, a tag of the index, a digest or a repository; the last one told goes first', async () => {
  await using world = await start();
  const { aws } = world;
  const amd = await push(world, sampleImage(aws.ecr, repositoryName));
  const arm = await push(world, sampleImage(aws.ecr, repositoryName, { platform: 'linux/arm64' }));
  await push(world, sampleIndex(amd, arm), 'v1');
  const namesOf = async (image: SampleImage) =>
    (await findings(world, image)).imageScanFindings?.findings?.map(({ name }) => name);

  aws.ecr.scans.tell({ match: { tag: 'v1' }, findings: [critical] });
  assert.deepEqual(await namesOf(amd), ['CVE-2026-0001']);
  assert.deepEqual(await namesOf(arm), ['CVE-2026-0001']);
  aws.ecr.scans.tell({ match: { digest: arm.digest }, findings: [low] });
  assert.deepEqual(await namesOf(amd), ['CVE-2026-0001']);
  assert.deepEqual(await namesOf(arm), ['CVE-2026-0002']);
  aws.ecr.scans.tell({ platform: 'linux/amd64', findings: [] });
  assert.deepEqual(await namesOf(amd), []);
  aws.ecr.scans.tell({ repositoryName: 'other/app', findings: [critical] });
  assert.deepEqual(await namesOf(amd), []);
  aws.ecr.scans.tell({ match: ({ config }) => config.architecture === 'arm64', findings: [critical] });
  assert.deepEqual(await namesOf(arm), ['CVE-2026-0001']);
});

test('a scan is not to be seen, then in progress, then complete', async () => {
  let now = new Date();
  await using world = await start({ now: () => now });
  world.aws.ecr.scans.tell({ findings: [critical], scanNotFoundForMs: 1000, durationMs: 5000 });
  const image = await push(world, sampleImage(world.aws.ecr, repositoryName), 'one');
  await assert.rejects(findings(world, image), error =>
    isRefusal(
      error,
      'ScanNotFoundException',
      `Image scan does not exist for the image with '{imageDigest:'${image.digest}', imageTag:'one'}' ` +
        "in the repository with name 'team/app' in the registry with id '123456789012'",
    ),
  );
  now = new Date(now.getTime() + 2000);
  const running = await findings(world, image);
  assert.equal(running.imageScanStatus?.status, 'IN_PROGRESS');
  assert.equal(running.imageScanFindings, undefined);
  now = new Date(now.getTime() + 4000);
  const ended = await findings(world, image);
  assert.equal(ended.imageScanStatus?.status, 'COMPLETE');
  assert.equal(ended.imageScanFindings?.findings?.length, 1);
});

test('a scan that fails says why', async () => {
  await using world = await start();
  world.aws.ecr.scans.default = { status: 'FAILED' };
  const image = await push(world, sampleImage(world.aws.ecr, repositoryName));
  const { imageScanStatus, imageScanFindings } = await findings(world, image);
  assert.deepEqual(imageScanStatus, {
    status: 'FAILED',
    description: 'UnsupportedImageError: The operating system and/or package manager are not supported.',
  });
  assert.equal(imageScanFindings, undefined);
});

test('findings come in pages, and each page has the counts of all', async () => {
  await using world = await start();
  const many = Array.from({ length: 250 }, (_, index): ImageScanFinding => ({
    name: `CVE-${index}`,
    severity: 'HIGH',
  }));
  world.aws.ecr.scans.tell({ findings: many });
  const { digest: imageDigest } = await push(world, sampleImage(world.aws.ecr, repositoryName));
  const input = { repositoryName, imageId: { imageDigest } };
  const pages: string[] = [];
  for await (const { imageScanFindings } of paginateDescribeImageScanFindings({ client: world.ecr }, input)) {
    const { findings: page = [], findingSeverityCounts } = imageScanFindings ?? {};
    pages.push(`${page[0]?.name} and ${page.length - 1} more of ${findingSeverityCounts?.HIGH}`);
  }
  assert.deepEqual(pages, [
    'CVE-0 and 99 more of 250',
    'CVE-100 and 99 more of 250',
    'CVE-200 and 49 more of 250',
  ]);
});

test('an image is scanned once in 24 hours, the push included', async () => {
  let now = new Date();
  await using world = await start({ now: () => now, scanOnPush: false });
  const image = await push(world, sampleImage(world.aws.ecr, repositoryName));
  await assert.rejects(findings(world, image), { name: 'ScanNotFoundException' });
  const command = new StartImageScanCommand({ repositoryName, imageId: { imageDigest: image.digest } });
  assert.equal((await world.ecr.send(command)).imageScanStatus?.status, 'IN_PROGRESS');
  await assert.rejects(world.ecr.send(command), error =>
    isRefusal(
      error,
      'LimitExceededException',
      'The scan quota per image has been exceeded. Wait and try again.',
    ),
  );
  // The clocks of a day later, for the client too: signatures are good for minutes.
  now = new Date(now.getTime() + 25 * 60 * 60 * 1000);
  world.ecr.config.systemClockOffset = 25 * 60 * 60 * 1000;
  await world.ecr.send(command);
});

test('an index, and what runs nowhere, cannot be scanned', async () => {
  await using world = await start();
  const { aws, ecr } = world;
  const image = await push(world, sampleImage(aws.ecr, repositoryName));
  const attestation = await push(
    world,
    sampleImage(aws.ecr, repositoryName, { platform: 'unknown/unknown' }),
  );
  const index = await push(world, sampleIndex(image, attestation), 'one');
  for (const { digest: imageDigest, mediaType } of [index, attestation]) {
    const imageId = { imageDigest };
    await assert.rejects(ecr.send(new StartImageScanCommand({ repositoryName, imageId })), error =>
      isRefusal(
        error,
        'UnsupportedImageTypeException',
        `An artifact with media type '${mediaType.replace('image.manifest', 'image.config')}' cannot be scanned. For more information, see the Amazon ECR documentation.`,
      ),
    );
    await assert.rejects(findings(world, { digest: imageDigest }), { name: 'ScanNotFoundException' });
  }
});

test('enhanced findings come late, and more of them at each read', async () => {
  let now = new Date();
  await using world = await start({ now: () => now });
  const { aws, ecr } = world;
  aws.ecr.scanWith({
    scanType: 'ENHANCED',
    rules: [
      { scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters: [{ filter: 'team/*', filterType: 'WILDCARD' }] },
    ],
  });
  const many = Array.from({ length: 5 }, () => enhanced);
  aws.ecr.scans.tell({ findings: many, durationMs: 1000, settles: [0, 2] });
  const image = await push(world, sampleImage(aws.ecr, repositoryName));
  assert.equal((await findings(world, image)).imageScanStatus?.status, 'PENDING');
  now = new Date(now.getTime() + 2000);
  const reads = [await findings(world, image), await findings(world, image), await findings(world, image)];
  assert.deepEqual(
    reads.map(({ imageScanStatus, imageScanFindings }) => [
      imageScanStatus?.status,
      imageScanFindings?.enhancedFindings?.length,
      imageScanFindings?.findingSeverityCounts?.HIGH,
    ]),
    [
      ['ACTIVE', 0, undefined],
      ['ACTIVE', 2, 2],
      ['ACTIVE', 5, 5],
    ],
  );
  assert.deepEqual(reads[2]?.imageScanFindings?.enhancedFindings?.[0], enhanced);

  const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName }));
  assert.equal(imageDetails?.[0]?.imageScanStatus?.status, 'ACTIVE');
  const again = new StartImageScanCommand({ repositoryName, imageId: { imageDigest: image.digest } });
  await assert.rejects(ecr.send(again), error =>
    isRefusal(error, 'ValidationException', 'This feature is disabled'),
  );
});

test('the registry’s rules scan what the repository’s own setting would not', async () => {
  await using world = await start({ scanOnPush: false });
  const { ecr } = world;
  const rules: RegistryScanningRule = {
    scanFrequency: 'SCAN_ON_PUSH',
    repositoryFilters: [{ filter: 'app', filterType: 'WILDCARD' }],
  };
  await ecr.send(new PutRegistryScanningConfigurationCommand({ scanType: 'BASIC', rules: [rules] }));
  const { scanningConfiguration } = await ecr.send(new GetRegistryScanningConfigurationCommand({}));
  assert.deepEqual(scanningConfiguration, { scanType: 'BASIC', rules: [rules] });
  const { scanningConfigurations, failures } = await ecr.send(
    new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [repositoryName, 'other'] }),
  );
  assert.deepEqual(scanningConfigurations, [
    {
      repositoryArn: 'arn:aws:ecr:eu-central-1:123456789012:repository/team/app',
      repositoryName,
      scanOnPush: true,
      scanFrequency: 'SCAN_ON_PUSH',
      appliedScanFilters: rules.repositoryFilters,
    },
  ]);
  assert.equal(failures?.[0]?.failureCode, 'REPOSITORY_NOT_FOUND');
  const image = await push(world, sampleImage(world.aws.ecr, repositoryName));
  assert.equal((await findings(world, image)).imageScanStatus?.status, 'COMPLETE');
});

test('enhanced scanning goes by the registry’s rules alone, whatever a repository says of itself', async () => {
  await using world = await start();
  const rules: RegistryScanningRule[] = [
    { scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters: [{ filter: 'prod/*', filterType: 'WILDCARD' }] },
  ];
  await world.ecr.send(new PutRegistryScanningConfigurationCommand({ scanType: 'ENHANCED', rules }));
  await world.ecr.send(new CreateRepositoryCommand({ repositoryName: 'prod/app' }));
  const { scanningConfigurations = [], failures } = await world.ecr.send(
    new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [repositoryName, 'prod/app'] }),
  );
  assert.deepEqual(
    scanningConfigurations.map(({ scanFrequency, appliedScanFilters }) => [
      scanFrequency,
      appliedScanFilters,
    ]),
    [
      ['MANUAL', []],
      ['CONTINUOUS_SCAN', rules[0]?.repositoryFilters],
    ],
  );
  assert.deepEqual(failures, []);
});

test('continuous scanning is refused where scanning is basic', async () => {
  await using world = await start();
  const rules: RegistryScanningRule[] = [{ scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters: [] }];
  const command = new PutRegistryScanningConfigurationCommand({ scanType: 'BASIC', rules });
  await assert.rejects(world.ecr.send(command), error =>
    isRefusal(error, 'ValidationException', /CONTINUOUS_SCAN/),
  );
});

interface World extends AsyncDisposable {
  aws: Aws;
  ecr: ECRClient;
}

async function start({ scanOnPush = true, now = () => new Date() } = {}): Promise<World> {
  const aws = await startAws({ oidcProviders: [], now });
  const { ecr } = clientsOf(aws, 'ecr:*');
  const imageScanningConfiguration = { scanOnPush };
  await ecr.send(new CreateRepositoryCommand({ repositoryName, imageScanningConfiguration }));
  return { aws, ecr, [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
}

async function push({ ecr }: World, image: SampleImage, imageTag?: string): Promise<SampleImage> {
  const tag = imageTag === undefined ? {} : { imageTag };
  await ecr.send(new PutImageCommand({ repositoryName, imageManifest: image.manifest, ...tag }));
  return image;
}

function findings({ ecr }: World, { digest: imageDigest }: { digest: string }) {
  return ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest } }));
}
