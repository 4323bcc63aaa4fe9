import type { Aws } from '../platform/aws.ts';
import { Failure } from '../platform/failure.ts';
import { readConfigs } from '../platform/image-config.ts';
import { manifestTypes, platformIn, platformsOf } from '../rules/manifest.ts';
import type { PlatformImage } from '../rules/manifest.ts';
import type { Plan } from '../rules/plan.ts';
import type { Image } from './image.ts';
import type { Repository } from './repository.ts';

/** The bytes that the digest names, and the images behind them. */
export interface Manifest {
  text: string;
  mediaType: string;
  platforms: PlatformImage[];
}

/** Reads what was pushed, once and only when it is needed: to scan the platforms, or to put a release on these bytes. */
export function manifestOf(
  aws: Aws,
  repository: Repository,
  { image, plan }: { image: Image; plan: Pick<Plan, 'platform' | 'build' | 'builder'> },
): () => Promise<Manifest> {
  let held: Promise<Manifest> | undefined;
  const readAll = async (): Promise<Manifest> => {
    const manifest = await read(aws, repository, image);
    const [only, ...others] = manifest.platforms;
    if (only?.platform !== '' || others.length > 0) return manifest;
    const platform = await findPlatform(aws, repository, { image, plan });
    return { ...manifest, platforms: [{ ...only, platform }] };
  };
  return () => (held ??= readAll());
}

/** What a single manifest does not say: the run knows it of what it built as it was asked to, the image's config of any other. */
async function findPlatform(
  { ecr }: Aws,
  { name: repositoryName, registryId }: Repository,
  { image, plan }: { image: Image; plan: Pick<Plan, 'platform' | 'build' | 'builder'> },
): Promise<string> {
  const otherwise = image.kind === 'found' ? '' : plan.platform;
  if (image.kind !== 'found' && isSure(plan)) return plan.platform;
  const where = { repositoryName, registryId };
  const wanted = { digests: [image.digest], types: manifestTypes };
  // Nobody depends on it: exceptions for one platform do not count where it cannot be read.
  const [only] = await readConfigs(ecr, where, wanted).catch(() => []);
  return platformIn(only?.config) || otherwise;
}

/** Whether the plan knows the platform: it was asked for, or the builder was made on this machine. */
function isSure({ build, builder, platform }: Pick<Plan, 'platform' | 'build' | 'builder'>): boolean {
  return build.platforms.length > 0 || (builder.kind === 'made' && build.native?.[0] === platform);
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
