import { isRefusal } from '../platform/aws.ts';
import type { Aws } from '../platform/aws.ts';
import { Failure } from '../platform/failure.ts';
import type { Job } from '../platform/runner.ts';
import type { Verdict } from '../rules/gate.ts';
import type { Image } from './image.ts';
import type { Manifest } from './manifest.ts';
import type { Repository } from './repository.ts';

/** The tags that promise something: on the image, or withheld from it. */
export interface Releases {
  released: string[];
  withheld: string[];
}

/** Puts the release tags on the digest that was judged: the same bytes, without a rebuild or a pull. */
export function releaseTags(
  job: Job,
  aws: Aws,
  {
    repository,
    image,
    manifest,
    tags,
    verdict,
  }: {
    repository: Repository;
    image: Image;
    manifest: Manifest;
    tags: string[];
    verdict: Verdict;
  },
): Promise<Releases> {
  return job.step('Release the tags', async log => {
    if (verdict.kind === 'blocked') {
      log.result(tags.length > 0 ? `Withheld: ${tags.join(', ')}` : 'Nothing is released');
      return { released: [], withheld: tags };
    }
    await Promise.all(tags.map(tag => put(aws, { repository, image, manifest, tag })));
    log.result(
      tags.length > 0 ? `${tags.join(', ')} now at ${image.digest}` : 'No release tags for this commit',
    );
    return { released: tags, withheld: [] };
  });
}

interface Release {
  repository: Repository;
  image: Image;
  manifest: Manifest;
  tag: string;
}

async function put({ ecr }: Aws, { repository, image, manifest, tag }: Release): Promise<void> {
  const { name: repositoryName, registryId } = repository;
  try {
    await ecr.putImage({
      repositoryName,
      registryId,
      imageTag: tag,
      imageDigest: image.digest,
      imageManifest: manifest.text,
      imageManifestMediaType: manifest.mediaType,
    });
  } catch (error) {
    if (isRefusal(error, 'ImageAlreadyExistsException')) return;
    if (!isRefusal(error, 'ImageTagAlreadyExistsException')) throw error;
    const { images } = await ecr.batchGetImage({ repositoryName, registryId, imageIds: [{ imageTag: tag }] });
    const there = images?.[0]?.imageId?.imageDigest;
    if (there === image.digest) return;
    throw new Failure(
      `The tag '${tag}' is immutable and names another image (${there ?? 'unknown'}), so it can't be put on ${image.digest}.`,
      {
        remedy: `Release under a new version, or delete '${tag}' in the repository '${repositoryName}' if it was a mistake.`,
        cause: error,
      },
    );
  }
}
