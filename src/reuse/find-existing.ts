import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import { fingerprintIn } from '../build/fingerprint.ts';
import { mountTagsToFind } from '../cache-mounts/plan.ts';
import type { MountsPlan } from '../cache-mounts/plan.ts';
import { cacheTagsToFind } from '../cache/plan.ts';
import type { CachePlan } from '../cache/plan.ts';
import { inRegistry } from '../ecr/reference.ts';
import type { ExistingImages } from '../image/image.ts';
import { byTag, readImages } from '../image/read-images.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Tags } from '../tags/plan.ts';
import type { Content } from './compute-content-key.ts';

interface ExistingParts {
  repository: { name: string; registryId?: string };
  tags: Pick<Tags, 'candidate' | 'releases'>;
  layers: CachePlan;
  mounts: MountsPlan;
}

/** Reads the images under the tags of this commit and of its content, in one call. */
export async function findExistingImages(
  { plan: { repository, tags, layers, mounts } }: RunOf<ExistingParts>,
  { ecr }: Aws,
  key: Content | Promise<Content>,
): Promise<ExistingImages> {
  const content = await key;
  const cacheTags = [...cacheTagsToFind(layers), ...mountTagsToFind(mounts)];
  const contentTags = content.kind === 'known' ? [content.tag] : [];
  const names = [tags.candidate, ...tags.releases, ...contentTags, ...cacheTags];
  try {
    const repositoryId = { repositoryName: repository.name, ...inRegistry(repository) };
    const images = await readImages(ecr, repositoryId, byTag(names));
    const found = images.map(({ tag = '', digest, text, mediaType }) => ({
      tag,
      digest,
      fingerprint: fingerprintIn(text),
      text,
      mediaType,
    }));
    const candidate = found.find(({ tag }) => tag === tags.candidate);
    const sameContent = found.find(({ tag }) => contentTags.includes(tag));
    const releases = found
      .filter(({ tag }) => tags.releases.includes(tag))
      .map(({ tag, digest }) => [tag, digest]);
    const caches = found.filter(({ tag }) => cacheTags.includes(tag));
    return {
      ...(candidate && { candidate }),
      ...(sameContent && { content: sameContent }),
      releases: Object.fromEntries(releases),
      caches: new Map(caches.map(({ tag, text }) => [tag, text])),
    };
  } catch (error) {
    if (isRefusal(error, 'RepositoryNotFoundException')) return { releases: {} };
    throw error;
  }
}
