import { isRefusal } from '../platform/aws.ts';
import type { Aws } from '../platform/aws.ts';
import { tagsToFind } from '../rules/layers.ts';
import { mountTagsToFind } from '../rules/mounts.ts';
import { manifestTypes } from '../rules/manifest.ts';
import type { Plan } from '../rules/plan.ts';
import { inRegistry } from '../rules/repository-request.ts';
import { fingerprintIn } from '../rules/fingerprint.ts';
import type { Earlier } from '../rules/reuse.ts';
import type { Content } from './content.ts';

/** Looks for the tags of this commit and of its content while docker logs in: one call, whatever it finds. */
export async function findEarlier(
  { ecr }: Aws,
  { repository, tags, layers, mounts }: Plan,
  content: Content,
): Promise<Earlier> {
  const cacheTags = [...tagsToFind(layers), ...mountTagsToFind(mounts)];
  const contentTags = content.kind === 'known' ? [content.tag] : [];
  const names = [tags.candidate, ...tags.releases, ...contentTags, ...cacheTags];
  const imageIds = names.map(imageTag => ({ imageTag }));
  try {
    const { images = [] } = await ecr.batchGetImage({
      repositoryName: repository.name,
      ...inRegistry(repository),
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
    const same = found.find(({ tag }) => contentTags.includes(tag));
    const releases = found
      .filter(({ tag }) => tags.releases.includes(tag))
      .map(({ tag, digest }) => [tag, digest]);
    const caches = found.filter(({ tag }) => cacheTags.includes(tag));
    return {
      ...(candidate && { candidate }),
      ...(same && { content: same }),
      releases: Object.fromEntries(releases),
      caches: new Map(caches.map(({ tag, text }) => [tag, text])),
    };
  } catch (error) {
    if (isRefusal(error, 'RepositoryNotFoundException')) return { releases: {} };
    throw error;
  }
}
