import type { RunOf } from '../platform/run.ts';
import type { Aws } from '../aws/aws.ts';
import { manifestTypes } from '../ecr/manifest.ts';
import type { ExistingImages, Image } from '../image/image.ts';
import type { Tags } from '../tags/plan.ts';
import type { JudgedImage } from '../image/inputs.ts';
import { isAt } from '../image/inputs.ts';
import { Failure } from '../platform/failure.ts';
import type { Repository } from '../repository/ensure-repository.ts';

/** Finds an image that was pushed earlier, and what its release tags name now: one call. */
export function findImage(
  { job, plan }: RunOf<{ tags: Pick<Tags, 'releases'>; image?: JudgedImage }>,
  { ecr }: Aws,
  repository: Repository,
): Promise<{ image: Image; existing: ExistingImages }> {
  const { tags, image: { name, address } = {} } = plan;
  const said = Object.values(name ?? {}).join('');
  return job.step('Find the image', async log => {
    if (address !== undefined && !isAt(address, repository)) {
      throw new Failure(
        `${address} is another repository than ${repository.uri}, which this run speaks to.`,
        {
          remedy:
            'Correct `image`, or `repository` and the account of `role-to-assume`. Nothing has been judged.',
        },
      );
    }
    const { images = [] } = await ecr.batchGetImage({
      repositoryName: repository.name,
      registryId: repository.registryId,
      imageIds: [
        ...(name ? [name] : []),
        ...tags.releases.filter(tag => tag !== said).map(imageTag => ({ imageTag })),
      ],
      acceptedMediaTypes: manifestTypes,
    });
    const { imageId, ...found } = images.find(each => Object.values(each.imageId ?? {}).includes(said)) ?? {};
    const { imageManifest: text, imageManifestMediaType: mediaType } = found;
    if (!imageId?.imageDigest || !text || !mediaType) {
      throw new Failure(`${repository.uri} has no image ${said}.`, {
        remedy: 'Correct `image`, or push it first; a lifecycle policy may have deleted it.',
      });
    }
    const digest = imageId.imageDigest;
    const ref = `${repository.uri}@${digest}`;
    log.result(`Found ${ref}`);
    const releases = images.flatMap(({ imageId: each }) =>
      each?.imageTag && each.imageDigest && tags.releases.includes(each.imageTag)
        ? [[each.imageTag, each.imageDigest]]
        : [],
    );
    return {
      image: {
        kind: 'found',
        ref,
        digest,
        ...(name && 'imageTag' in name && { tag: name.imageTag }),
        manifest: { text, mediaType },
      },
      existing: { releases: Object.fromEntries(releases) },
    };
  });
}
