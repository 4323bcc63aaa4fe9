import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BatchCheckLayerAvailabilityCommand,
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ListImagesCommand,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import type { ECRClient, ImageTagMutability } from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import type { Aws } from './aws.ts';
import { createRates } from './ecr/rates.ts';
import { clientsOf, isRefusal, sampleImage, sampleIndex } from './sample.ts';
import type { SampleImage } from './sample.ts';

const repositoryName = 'team/app';

test('an index and its images are put, described, and got as they are', async () => {
  await using world = await start();
  const { ecr, aws } = world;
  const amd = sampleImage(aws.ecr, repositoryName, { platform: 'linux/amd64' });
  const arm = sampleImage(aws.ecr, repositoryName, { platform: 'linux/arm64' });
  const index = sampleIndex(amd, arm);
  await put(ecr, amd);
  await put(ecr, arm);
  const { image } = await put(ecr, index, '1.2.3');
  assert.deepEqual(image?.imageId, { imageDigest: index.digest, imageTag: '1.2.3' });

  const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName }));
  assert.deepEqual(
    imageDetails.map(detail => [detail.imageDigest, detail.imageTags, detail.imageManifestMediaType]),
    [amd, arm, index].map(each => [each.digest, each === index ? ['1.2.3'] : undefined, each.mediaType]),
  );
  assert.equal(imageDetails[0]?.artifactMediaType, 'application/vnd.oci.image.config.v1+json');
  assert.equal(imageDetails[0].imageSizeInBytes, 'not really a tar'.length);

  const got = await ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: '1.2.3' }, { imageTag: 'none' }] }),
  );
  assert.equal(got.images?.[0]?.imageManifest, index.manifest);
  assert.deepEqual(got.failures, [
    {
      imageId: { imageTag: 'none' },
      failureCode: 'ImageNotFound',
      failureReason: 'Requested image not found',
    },
  ]);
});

test('an index of images that are not there is refused', async () => {
  await using world = await start();
  const amd = sampleImage(world.aws.ecr, repositoryName);
  await assert.rejects(put(world.ecr, sampleIndex(amd), 'one'), error =>
    isRefusal(
      error,
      'ReferencedImagesNotFoundException',
      `Images with digests '[${amd.digest}]' required for pushing image into repository with name 'team/app' ` +
        "in the registry with id '123456789012' do not exist",
    ),
  );
});

test('an image whose layers are elsewhere is refused', async () => {
  await using world = await start();
  const image = sampleImage(world.aws.ecr, 'other/app');
  await assert.rejects(put(world.ecr, image, 'one'), error =>
    isRefusal(error, 'LayersNotFoundException', /^Layers with digests '\[sha256:\w+, sha256:\w+\]' required/),
  );
});

test('the same image under the same tag is refused, under another it is not', async () => {
  await using world = await start();
  const image = sampleImage(world.aws.ecr, repositoryName);
  await put(world.ecr, image, 'one');
  await put(world.ecr, image, 'two');
  await assert.rejects(put(world.ecr, image, 'one'), error =>
    isRefusal(
      error,
      'ImageAlreadyExistsException',
      `Image with digest '${image.digest}' and tag 'one' already exists in the repository with name 'team/app' ` +
        "in registry with id '123456789012'",
    ),
  );
  const { imageDetails } = await world.ecr.send(new DescribeImagesCommand({ repositoryName }));
  assert.deepEqual(imageDetails?.[0]?.imageTags, ['one', 'two']);
});

const mutabilities: [
  mutability: ImageTagMutability,
  filter: string | undefined,
  tag: string,
  moves: boolean,
][] = [
  ['MUTABLE', undefined, 'one', true],
  ['IMMUTABLE', undefined, 'one', false],
  ['IMMUTABLE_WITH_EXCLUSION', 'buildcache*', 'buildcache-main', true],
  ['IMMUTABLE_WITH_EXCLUSION', 'buildcache*', 'one', false],
  ['IMMUTABLE_WITH_EXCLUSION', 'v*.*', 'v1.2', true],
  ['MUTABLE_WITH_EXCLUSION', 'v*', 'v1.2', false],
  ['MUTABLE_WITH_EXCLUSION', 'v*', 'latest', true],
];

for (const [imageTagMutability, filter, tag, moves] of mutabilities) {
  const settings = filter === undefined ? imageTagMutability : `${imageTagMutability} (${filter})`;
  test(`with ${settings} the tag ${tag} ${moves ? 'moves to another image' : 'stays, even for the same image'}`, async () => {
    await using world = await start();
    const { aws, ecr } = world;
    const name = 'strict/app';
    await ecr.send(
      new CreateRepositoryCommand({
        repositoryName: name,
        imageTagMutability,
        ...(filter === undefined
          ? {}
          : { imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter }] }),
      }),
    );
    const first = sampleImage(aws.ecr, name, { labels: { number: '1' } });
    const second = sampleImage(aws.ecr, name, { labels: { number: '2' } });
    await put(ecr, first, tag, name);
    if (moves) {
      await put(ecr, second, tag, name);
      assert.equal(aws.ecr.repository(name)?.imageTags.get(tag), second.digest);
      return;
    }
    for (const image of [first, second]) {
      await assert.rejects(put(ecr, image, tag, name), error =>
        isRefusal(
          error,
          'ImageTagAlreadyExistsException',
          `The image tag '${tag}' already exists in the 'strict/app' repository and cannot be overwritten because the tag is immutable.`,
        ),
      );
    }
  });
}

test('a digest that is another one’s, a tag that is none, and a manifest that is none are refused', async () => {
  await using world = await start();
  const { manifest: imageManifest } = sampleImage(world.aws.ecr, repositoryName);
  const send = (input: { imageManifest: string; imageDigest?: string; imageTag?: string }) =>
    world.ecr.send(new PutImageCommand({ repositoryName, ...input }));
  await assert.rejects(send({ imageManifest, imageDigest: `sha256:${'0'.repeat(64)}` }), error =>
    isRefusal(error, 'ImageDigestDoesNotMatchException', /does not match/),
  );
  await assert.rejects(send({ imageManifest, imageTag: '-one' }), error =>
    isRefusal(error, 'InvalidParameterException', /'imageTag' .*\[A-Za-z0-9_\]\[A-Za-z0-9_\.-\]\{0,127\}/),
  );
  await assert.rejects(send({ imageManifest: '{}' }), error =>
    isRefusal(error, 'InvalidParameterException', /ImageManifest/),
  );
});

test('the eleventh PutImage of a second is throttled', () => {
  let elapsedMs = 0;
  const rates = createRates(() => elapsedMs);
  for (let call = 0; call < 10; call += 1) rates.check('PutImage');
  assert.throws(() => rates.check('PutImage'), { code: 'ThrottlingException', message: 'Rate exceeded' });
  elapsedMs = 1000;
  rates.check('PutImage');
});

test('images are listed with each of their tags, in pages', async () => {
  await using world = await start();
  const tagged = sampleImage(world.aws.ecr, repositoryName, { labels: { number: '1' } });
  const untagged = sampleImage(world.aws.ecr, repositoryName, { labels: { number: '2' } });
  await put(world.ecr, tagged, 'one');
  await put(world.ecr, tagged, 'two');
  await put(world.ecr, untagged);
  const first = await world.ecr.send(new ListImagesCommand({ repositoryName, maxResults: 2 }));
  assert.deepEqual(first.imageIds, [
    { imageDigest: tagged.digest, imageTag: 'one' },
    { imageDigest: tagged.digest, imageTag: 'two' },
  ]);
  const rest = await world.ecr.send(
    new ListImagesCommand({
      repositoryName,
      maxResults: 2,
      ...(first.nextToken ? { nextToken: first.nextToken } : {}),
    }),
  );
  assert.deepEqual(rest.imageIds, [{ imageDigest: untagged.digest }]);
  const filtered = await world.ecr.send(
    new ListImagesCommand({ repositoryName, filter: { tagStatus: 'UNTAGGED' } }),
  );
  assert.deepEqual(filtered.imageIds, [{ imageDigest: untagged.digest }]);
});

test('an image that is not there is not found by DescribeImages', async () => {
  await using world = await start();
  const command = new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'none' }] });
  await assert.rejects(world.ecr.send(command), error =>
    isRefusal(
      error,
      'ImageNotFoundException',
      "The image with imageId {imageDigest:'null', imageTag:'none'} does not exist within the repository " +
        "with name 'team/app' in the registry with id '123456789012'",
    ),
  );
});

test('BatchGetImage gives only the media types that are accepted, and says what is wrong with an id', async () => {
  await using world = await start();
  const image = sampleImage(world.aws.ecr, repositoryName);
  await put(world.ecr, image, 'one');
  const { images, failures } = await world.ecr.send(
    new BatchGetImageCommand({
      repositoryName,
      imageIds: [{ imageTag: 'one' }, {}, { imageDigest: 'md5' }],
      acceptedMediaTypes: ['application/vnd.oci.image.index.v1+json'],
    }),
  );
  assert.deepEqual(images, []);
  assert.deepEqual(
    failures?.map(({ failureCode }) => failureCode),
    ['ImageNotFound', 'MissingDigestAndTag', 'InvalidImageDigest'],
  );
});

test('a tag is taken off, the last one takes the image with it, and an index holds its images', async () => {
  await using world = await start();
  const { aws, ecr } = world;
  const image = sampleImage(aws.ecr, repositoryName);
  const index = sampleIndex(image);
  await put(ecr, image, 'child');
  await put(ecr, index, 'one');
  await put(ecr, index, 'two');
  const remove = (imageTag: string) =>
    ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag }] }));
  assert.deepEqual((await remove('child')).failures, [
    {
      imageId: { imageTag: 'child' },
      failureCode: 'ImageReferencedByManifestList',
      failureReason: `Requested image referenced by manifest list: [${index.digest}]`,
    },
  ]);
  assert.deepEqual((await remove('one')).imageIds, [{ imageDigest: index.digest, imageTag: 'one' }]);
  assert.ok(aws.ecr.repository(repositoryName)?.images.has(index.digest));
  await remove('two');
  assert.equal(aws.ecr.repository(repositoryName)?.images.has(index.digest), false);
  await remove('child');
  assert.equal(aws.ecr.repository(repositoryName)?.images.size, 0);
});

test('layers are there or not, or no layers at all', async () => {
  await using world = await start();
  const there = world.aws.ecr.layers.putBlob(repositoryName, 'a layer');
  const layerDigests = [there, `sha256:${'0'.repeat(64)}`, 'layer'];
  const { layers, failures } = await world.ecr.send(
    new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }),
  );
  assert.deepEqual(
    layers?.map(({ layerAvailability, layerSize }) => [layerAvailability, layerSize]),
    [
      ['AVAILABLE', 7],
      ['UNAVAILABLE', undefined],
    ],
  );
  assert.equal(failures?.[0]?.failureCode, 'InvalidLayerDigest');
});

interface World extends AsyncDisposable {
  aws: Aws;
  ecr: ECRClient;
}

async function start(): Promise<World> {
  const aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  return { aws, ecr, [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
}

function put(
  ecr: ECRClient,
  { manifest: imageManifest }: SampleImage,
  imageTag?: string,
  name = repositoryName,
) {
  const tag = imageTag === undefined ? {} : { imageTag };
  return ecr.send(new PutImageCommand({ repositoryName: name, imageManifest, ...tag }));
}
