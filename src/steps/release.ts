import { isRefusal } from '../platform/aws.ts';
import type { Aws } from '../platform/aws.ts';
import { Failure } from '../platform/failure.ts';
import type { Job } from '../platform/runner.ts';
import type { Verdict } from '../rules/gate.ts';
import { manifestTypes } from '../rules/manifest.ts';
import { conflictOver } from '../rules/reuse.ts';
import type { Earlier } from '../rules/reuse.ts';
import type { Image } from './image.ts';
import type { Manifest } from './manifest.ts';
import type { Repository } from './repository.ts';

/** The tags that promise something: on the image, or withheld from it. */
export interface Releases {
  released: string[];
  withheld: string[];
}

interface Release {
  repository: Repository;
  image: Image;
  manifest: () => Promise<Manifest>;
}

interface Judged extends Release {
  tags: string[];
  earlier: Earlier;
  verdict: Verdict;
  /** Told what has been released even when one of the tags could not be. */
  tell: (releases: Releases) => void;
}

/** Puts the release tags on the digest that was judged: the same bytes, without a rebuild or a pull. */
export function releaseTags(job: Job, aws: Aws, judged: Judged): Promise<void> {
  const { image, tags, earlier, verdict, tell } = judged;
  return job.step('Release the tags', async log => {
    if (verdict.kind === 'blocked') {
      tell({ released: [], withheld: tags });
      return log.result(tags.length > 0 ? `Withheld: ${tags.join(', ')}` : 'Nothing is released');
    }
    const attempts = await Promise.allSettled(
      tags.map(async tag => {
        if (earlier.releases[tag] !== image.digest) await put(aws, judged, tag);
      }),
    );
    tell({ released: tags.filter((_, index) => attempts[index]?.status === 'fulfilled'), withheld: [] });
    const refused = attempts.find(attempt => attempt.status === 'rejected');
    if (refused) throw refused.reason;
    log.result(
      tags.length > 0 ? `${tags.join(', ')} now at ${image.digest}` : 'No release tags for this commit',
    );
  });
}

async function put({ ecr }: Aws, { repository, image, manifest }: Release, tag: string): Promise<void> {
  const { name: repositoryName, registryId } = repository;
  const { text, mediaType } = await manifest();
  try {
    await ecr.putImage({
      repositoryName,
      registryId,
      imageTag: tag,
      imageDigest: image.digest,
      imageManifest: text,
      imageManifestMediaType: mediaType,
    });
  } catch (error) {
    if (isRefusal(error, 'ImageAlreadyExistsException')) return;
    if (!isRefusal(error, 'ImageTagAlreadyExistsException')) throw error;
    // Another job put it there since this one looked.
    const { images } = await ecr.batchGetImage({
      repositoryName,
      registryId,
      imageIds: [{ imageTag: tag }],
      acceptedMediaTypes: manifestTypes,
    });
    const holder = images?.[0]?.imageId?.imageDigest ?? 'unknown';
    if (holder === image.digest) return;
    const { message, remedy } = conflictOver(tag, holder);
    throw new Failure(message, { remedy, cause: error });
  }
}
