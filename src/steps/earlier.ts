import { isRefusal } from '../platform/aws.ts';
import type { Aws } from '../platform/aws.ts';
import { manifestTypes } from '../rules/manifest.ts';
import type { Plan } from '../rules/plan.ts';
import { fingerprintIn } from '../rules/reuse.ts';
import type { Earlier } from '../rules/reuse.ts';

/** Looks for the tags of this commit while docker logs in: one call, whatever it finds. */
export async function findEarlier({ ecr }: Aws, { repository, tags }: Plan): Promise<Earlier> {
  const imageIds = [tags.candidate, ...tags.releases].map(imageTag => ({ imageTag }));
  try {
    const { images = [] } = await ecr.batchGetImage({
      repositoryName: repository.name,
      imageIds,
      acceptedMediaTypes: manifestTypes,
    });
    const found = images.flatMap(({ imageId, imageManifest: text = '{}', imageManifestMediaType = '' }) =>
      imageId?.imageTag && imageId.imageDigest
        ? [
            {
              tag: imageId.imageTag,
              digest: imageId.imageDigest,
              fingerprint: fingerprintIn(text),
              text,
              mediaType: imageManifestMediaType,
            },
          ]
        : [],
    );
    const candidate = found.find(({ tag }) => tag === tags.candidate);
    const releases = found
      .filter(({ tag }) => tag !== tags.candidate)
      .map(({ tag, digest }) => [tag, digest]);
    return { ...(candidate && { candidate }), releases: Object.fromEntries(releases) };
  } catch (error) {
    if (isRefusal(error, 'RepositoryNotFoundException')) return { releases: {} };
    throw error;
  }
}
