import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import { fingerprintIn } from '../build/fingerprint.ts';
import { mountTagsToFind } from '../cache-mounts/plan.ts';
import type { MountsPlan } from '../cache-mounts/plan.ts';
import { cacheTagsToFind } from '../cache/plan.ts';
import type { CachePlan } from '../cache/plan.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { inRegistry } from '../ecr/reference.ts';
import type { ExistingImages, StoredImage } from '../image/image.ts';
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

/**
 * Reads the images under the tags of this commit and of its content, in one call.
 * @throws {Failure} where docker could read another image from the manifest of one that may stand for a build.
 */
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
    const found = images.map(({ tag = '', ...stored }) => ({ tag, stored }));
    const candidate = found.find(({ tag }) => tag === tags.candidate);
    const sameContent = found.find(({ tag }) => contentTags.includes(tag));
    const releases = found.filter(({ tag }) => tags.releases.includes(tag));
    const caches = found.filter(({ tag }) => cacheTags.includes(tag));
    return {
      ...(candidate && { candidate: withFingerprint(candidate.stored) }),
      ...(sameContent && { content: withFingerprint(sameContent.stored) }),
      releases: Object.fromEntries(releases.map(({ tag, stored }) => [tag, stored.digest])),
      holders: new Map(releases.map(({ tag, stored }) => [tag, stored])),
      caches: new Map(caches.map(({ tag, stored }) => [tag, stored])),
    };
  } catch (error) {
    if (isRefusal(error, 'RepositoryNotFoundException')) return { releases: {} };
    throw error;
  }
}

function withFingerprint(stored: StoredManifest): StoredImage {
  return { ...stored, fingerprint: fingerprintIn(stored) };
}
