import type { Aws } from '../platform/aws.ts';
import { Failure } from '../platform/failure.ts';
import { manifestTypes, platformsOf } from '../rules/manifest.ts';
import type { PlatformImage } from '../rules/manifest.ts';
import type { Image } from './image.ts';
import type { Repository } from './repository.ts';

/** The bytes that the digest names, and the images behind them. */
export interface Manifest {
  text: string;
  mediaType: string;
  platforms: PlatformImage[];
}

/** Reads what was pushed, once and only when it is needed: to scan the platforms, or to put a release on these bytes. */
export function manifestOf(aws: Aws, repository: Repository, image: Image): () => Promise<Manifest> {
  let held: Promise<Manifest> | undefined;
  return () => (held ??= read(aws, repository, image));
}

async function read(aws: Aws, repository: Repository, image: Image): Promise<Manifest> {
  if (image.kind !== 'built')
    return { ...image.manifest, platforms: platformsOf(image.manifest.text, image.digest) };
  const { images } = await aws.ecr.batchGetImage({
    repositoryName: repository.name,
    registryId: repository.registryId,
    imageIds: [{ imageDigest: image.digest }],
    acceptedMediaTypes: manifestTypes,
  });
  const { imageManifest, imageManifestMediaType } = images?.[0] ?? {};
  if (!imageManifest || !imageManifestMediaType) {
    throw new Failure(`ECR does not show ${image.ref}, which was pushed a moment ago.`, {
      remedy:
        'Somebody or a lifecycle policy may have deleted it: look at the repository, then run the job again.',
    });
  }
  return {
    text: imageManifest,
    mediaType: imageManifestMediaType,
    platforms: platformsOf(imageManifest, image.digest),
  };
}
