import { readImages } from './read-images.ts';
import type { Aws } from '../aws/aws.ts';
import { platformIn, platformsOf } from '../ecr/manifest.ts';
import { Failure } from '../platform/failure.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import { readConfigs } from './config.ts';
import { saidBy } from './description.ts';
import type { Description } from './description.ts';
import type { Image, LikelyPlatform, Manifest } from './image.ts';

/** Reads what was pushed, once and only when it is needed: to scan the platforms, or to put a release on these bytes. */
export function readManifest(
  aws: Aws,
  repository: Repository,
  { image, plan }: { image: Image; plan: { platform: LikelyPlatform } },
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
  { image, plan }: { image: Image; plan: { platform: LikelyPlatform } },
): Promise<string> {
  const otherwise = image.kind === 'found' ? '' : plan.platform.name;
  if (image.kind !== 'found' && plan.platform.isCertain) return plan.platform.name;
  const where = { repositoryName, registryId };
  // Nobody depends on it: exceptions for one platform do not count where it cannot be read.
  const [only] = await readConfigs(ecr, where, [image.digest]).catch(() => []);
  return platformIn(only?.config) || otherwise;
}

async function read(aws: Aws, repository: Repository, image: Image): Promise<Manifest> {
  if (image.kind !== 'built')
    return { ...image.manifest, platforms: platformsOf(image.manifest.text, image.digest) };
  const where = { repositoryName: repository.name, registryId: repository.registryId };
  const [pushed] = await readImages(aws.ecr, where, [{ imageDigest: image.digest }]);
  if (pushed === undefined) {
    throw new Failure(`ECR does not show ${image.ref}, which was pushed a moment ago.`, {
      remedy:
        'Somebody or a lifecycle policy may have deleted it: look at the repository, then run the job again.',
    });
  }
  const { text, mediaType } = pushed;
  return { text, mediaType, platforms: platformsOf(text, image.digest) };
}

/** Reads what the first platform's image says of itself, once and only when it is asked for; nobody depends on it. */
export function readDescription(
  { ecr }: Aws,
  { name: repositoryName, registryId }: Repository,
  manifest: () => Promise<Manifest>,
): () => Promise<Description | undefined> {
  const readOnce = async (): Promise<Description | undefined> => {
    const digests = (await manifest()).platforms.slice(0, 1).map(({ digest }) => digest);
    const configs = await readConfigs(ecr, { repositoryName, registryId }, digests);
    return configs.map(saidBy)[0];
  };
  let held: Promise<Description | undefined> | undefined;
  return () => (held ??= readOnce().catch(() => undefined));
}
