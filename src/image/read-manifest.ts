import type { Aws } from '../aws/aws.ts';
import { readConfig } from '../ecr/manifest.ts';
import { platformIn, platformsOf } from '../ecr/platforms.ts';
import { Failure } from '../platform/failure.ts';
import type { Repository } from '../repository/repository.ts';
import { descriptionOf } from './description.ts';
import type { Description } from './description.ts';
import { isNamedByInput } from './image.ts';
import type { Image, LikelyPlatform, Manifest } from './image.ts';
import { askUntilKnown } from './just-pushed.ts';
import type { JustPushed } from './just-pushed.ts';
import { readConfigs } from './read-configs.ts';
import { readImages } from './read-images.ts';

interface ReadManifestOptions extends JustPushed {
  image: Image;
  plan: { platform: LikelyPlatform };
}

/**
 * Makes a function that reads the manifest of the image, once and only when it is needed: to scan the platforms, or to put
 * release tags on it. The function throws a `Failure` if ECR does not have an image that was just pushed, even half a minute later, or if docker could read
 * another image from the manifest.
 */
export function readManifest(
  aws: Aws,
  repository: Repository,
  { image, plan, ...pushed }: ReadManifestOptions,
): () => Promise<Manifest> {
  let held: Promise<Manifest> | undefined;
  const readAll = async (): Promise<Manifest> => {
    const manifest = await read(aws, repository, { image, pushed });
    const [only, ...others] = manifest.platforms;
    if (only?.platform !== '' || others.length > 0) return manifest;
    const platform = await findPlatform(aws, repository, { image, plan });
    return { ...manifest, platforms: [{ ...only, platform }] };
  };
  return () => (held ??= readAll());
}

/**
 * The platform of a single manifest, which does not name it. The run knows it if it built the image; otherwise the image's
 * config has it.
 */
async function findPlatform(
  { ecr }: Aws,
  { name: repositoryName, registryId }: Repository,
  { image, plan }: { image: Image; plan: { platform: LikelyPlatform } },
): Promise<string> {
  const assumed = isNamedByInput(image) ? '' : plan.platform.name;
  if (!isNamedByInput(image) && plan.platform.isCertain) return plan.platform.name;
  const where = { repositoryName, registryId };
  // An error is ignored: without the platform only the exceptions for one platform do not apply.
  const platform = await readConfigs(ecr, where, [image.digest])
    .then(([only]) => (only === undefined ? '' : platformIn(readConfig(only.config))))
    .catch(() => '');
  return platform || assumed;
}

async function read(
  aws: Aws,
  repository: Repository,
  { image, pushed }: { image: Image; pushed: JustPushed },
): Promise<Manifest> {
  if (image.kind !== 'built')
    return { ...image.manifest, platforms: platformsOf({ ...image.manifest, digest: image.digest }) };
  const where = { repositoryName: repository.name, registryId: repository.registryId };
  const ids = [{ imageDigest: image.digest }];
  const found = await askUntilKnown(async () => (await readImages(aws.ecr, where, ids))[0], pushed);
  if (found === undefined) {
    throw new Failure(`ECR does not show ${image.ref}, which was pushed a moment ago.`, {
      remedy:
        'Somebody or a lifecycle policy may have deleted it: look at the repository, then run the job again.',
    });
  }
  const { text, mediaType } = found;
  return { text, mediaType, platforms: platformsOf(found) };
}

/**
 * Makes a function that reads the labels and annotations of the first platform's image once; it answers `undefined` if they
 * cannot be read.
 */
export function readDescription(
  { ecr }: Aws,
  { name: repositoryName, registryId }: Repository,
  manifest: () => Promise<Manifest>,
): () => Promise<Description | undefined> {
  const readOnce = async (): Promise<Description | undefined> => {
    const digests = (await manifest()).platforms.slice(0, 1).map(({ digest }) => digest);
    const configs = await readConfigs(ecr, { repositoryName, registryId }, digests);
    return configs.map(descriptionOf)[0];
  };
  let held: Promise<Description | undefined> | undefined;
  return () => (held ??= readOnce().catch(() => undefined));
}
