import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateRepositoryCommand,
  ListImageReferrersCommand,
  PutImageCommand,
  UpdateImageStorageClassCommand,
} from '@aws-sdk/client-ecr';
import type { ListImageReferrersCommandInput } from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import { clientsOf, isRefusal, sampleImage } from './sample.ts';

const repositoryName = 'team/app';

test('what is about an image is listed in pages, by kind and by status, for who may read the image', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(
    aws,
    ...['BatchGetImage', 'CreateRepository', 'PutImage', 'UpdateImageStorageClass'].map(
      name => `ecr:${name}`,
    ),
  );
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  const image = sampleImage(aws.ecr, repositoryName);
  const list = async (input: Partial<ListImageReferrersCommandInput> = {}) => {
    const subjectId = { imageDigest: image.digest };
    return ecr.send(new ListImageReferrersCommand({ repositoryName, subjectId, ...input }));
  };
  assert.deepEqual((await list()).referrers, [], 'an image that nobody knows has none');

  const artifactType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
  const abouts = Array.from({ length: 9 }, (_, index) =>
    sampleImage(aws.ecr, repositoryName, {
      subject: image,
      annotations: { number: String(index) },
      ...(index > 0 && { artifactType }),
    }),
  );
  for (const { manifest } of [image, ...abouts]) {
    await ecr.send(new PutImageCommand({ repositoryName, imageManifest: manifest }));
  }
  const first = await list({ maxResults: 5 });
  assert.equal(first.referrers?.length, 5);
  const second = await list({ maxResults: 5, nextToken: first.nextToken });
  assert.equal(second.nextToken, undefined);
  const all = [...first.referrers, ...(second.referrers ?? [])];
  assert.deepEqual(
    all.map(({ digest }) => digest),
    abouts.map(({ digest }) => digest),
  );
  assert.deepEqual(all[8], {
    digest: abouts[8]?.digest,
    mediaType: image.mediaType,
    artifactType,
    size: abouts[8]?.manifest.length,
    annotations: { number: '8' },
    artifactStatus: 'ACTIVE',
  });
  const config = 'application/vnd.oci.image.config.v1+json';
  assert.equal((await list({ filter: { artifactTypes: [config] } })).referrers?.length, 1);
  const imageId = { imageDigest: abouts[0]?.digest };
  const targetStorageClass = 'ARCHIVE';
  await ecr.send(new UpdateImageStorageClassCommand({ repositoryName, imageId, targetStorageClass }));
  assert.equal((await list()).referrers?.length, 8);
  assert.equal((await list({ filter: { artifactStatus: 'ARCHIVED' } })).referrers?.length, 1);
  assert.equal((await list({ filter: { artifactStatus: 'ANY' } })).referrers?.length, 9);
  await assert.rejects(list({ maxResults: 51 }), { name: 'InvalidParameterException' });
  const poor = clientsOf(aws, 'ecr:ListImageReferrers').ecr;
  const subjectId = { imageDigest: image.digest };
  await assert.rejects(poor.send(new ListImageReferrersCommand({ repositoryName, subjectId })), error =>
    isRefusal(error, 'AccessDeniedException', /to perform: ecr:BatchGetImage on resource/),
  );
});
