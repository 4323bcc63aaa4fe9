import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  ListImagesCommand,
  PutImageCommand,
  StartImageScanCommand,
  UpdateImageStorageClassCommand,
} from '@aws-sdk/client-ecr';
import type { ImageStatusFilter, TargetStorageClass } from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import { clientsOf, isRefusal, sampleImage, sampleIndex } from './sample.ts';

const repositoryName = 'team/app';

/** A repository that lets no tag move and scans on push, with one image of the tag 1.0.0, by a clock that tests set. */
async function start() {
  const clock = { time: Date.now() };
  const aws = await startAws({ oidcProviders: [], now: () => new Date(clock.time) });
  const { ecr } = clientsOf(aws, 'ecr:*');
  const image = sampleImage(aws.ecr, repositoryName);
  const imageId = { imageDigest: image.digest };
  const put = (imageTag?: string, each = image) =>
    ecr.send(
      new PutImageCommand({ repositoryName, imageManifest: each.manifest, ...(imageTag && { imageTag }) }),
    );
  await ecr.send(
    new CreateRepositoryCommand({
      repositoryName,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
    }),
  );
  await put('1.0.0');
  return {
    aws,
    ecr,
    image,
    imageId,
    put,
    clock,
    move: (targetStorageClass: TargetStorageClass) =>
      ecr.send(new UpdateImageStorageClassCommand({ repositoryName, imageId, targetStorageClass })),
    async statuses(imageStatus?: ImageStatusFilter) {
      const filter = imageStatus && { filter: { imageStatus } };
      const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName, ...filter }));
      return imageDetails.map(each => each.imageStatus);
    },
    [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose](),
  };
}

test('an archived image is there for those who ask for it, and for nobody else', async () => {
  await using world = await start();
  const { ecr, imageId } = world;
  assert.deepEqual(await world.statuses(), ['ACTIVE']);
  assert.equal((await world.move('ARCHIVE')).imageStatus, 'ARCHIVED');
  assert.deepEqual(await world.statuses(), []);
  assert.deepEqual(await world.statuses('ACTIVE'), []);
  assert.deepEqual(await world.statuses('ARCHIVED'), ['ARCHIVED']);
  assert.deepEqual(await world.statuses('ANY'), ['ARCHIVED']);
  const list = (filter = {}) => ecr.send(new ListImagesCommand({ repositoryName, filter }));
  assert.deepEqual((await list()).imageIds, []);
  assert.equal((await list({ imageStatus: 'ANY' })).imageIds?.[0]?.imageTag, '1.0.0');
  const named = { repositoryName, imageIds: [{ imageTag: '1.0.0' }] };
  await assert.rejects(ecr.send(new DescribeImagesCommand(named)), { name: 'ImageNotFoundException' });
  const any = await ecr.send(new DescribeImagesCommand({ ...named, filter: { imageStatus: 'ANY' } }));
  assert.equal(any.imageDetails?.[0]?.imageDigest, imageId.imageDigest);
  const { images, failures } = await ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [imageId] }),
  );
  assert.deepEqual([images, failures?.[0]?.failureCode], [[], 'ImageNotFound']);
});

test('an archived image has no findings and gets no scan', async () => {
  await using world = await start();
  const { ecr, imageId } = world;
  await world.move('ARCHIVE');
  const found = await ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId }));
  assert.equal(found.imageScanStatus?.status, 'IMAGE_ARCHIVED');
  assert.equal(found.imageScanFindings, undefined);
  await assert.rejects(ecr.send(new StartImageScanCommand({ repositoryName, imageId })), error =>
    isRefusal(error, 'ImageArchivedException', 'The specified image is archived and cannot be scanned.'),
  );
});

test('an image is restored within 20 minutes, and is scanned as a new one', async () => {
  await using world = await start();
  const { ecr, imageId } = world;
  await world.move('ARCHIVE');
  await assert.rejects(world.move('ARCHIVE'), { name: 'ImageStorageClassUpdateNotSupportedException' });
  assert.equal((await world.move('STANDARD')).imageStatus, 'ACTIVATING');
  assert.deepEqual(await world.statuses('ACTIVATING'), ['ACTIVATING']);
  assert.deepEqual(await world.statuses(), []);
  world.clock.time += 20 * 60_000;
  // Each answer's date, which is of this machine, corrects the client's clock.
  ecr.config.systemClockOffset = 20 * 60_000;
  assert.deepEqual(await world.statuses(), ['ACTIVE']);
  ecr.config.systemClockOffset = 20 * 60_000;
  const found = await ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId }));
  assert.equal(found.imageScanStatus?.status, 'COMPLETE');
});

test('a push of an archived image restores it at once, under an immutable tag too', async () => {
  await using world = await start();
  await world.move('ARCHIVE');
  const other = sampleImage(world.aws.ecr, repositoryName, { platform: 'linux/arm64' });
  await assert.rejects(world.put('1.0.0', other), { name: 'ImageTagAlreadyExistsException' });
  await assert.rejects(world.put('index', sampleIndex(world.image)), {
    name: 'ReferencedImagesNotFoundException',
  });
  await world.put('1.0.0');
  assert.deepEqual(await world.statuses(), ['ACTIVE']);
  await world.put('index', sampleIndex(world.image));
});
