import { parseRecord } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { tagsOf } from './image-lookup.ts';
import { parseManifest, platformOf } from './image.ts';
import type { Image, Manifest } from './image.ts';
import { checkTagIsFree } from './mutability.ts';
import type { EcrContext } from './operation.ts';
import type { Registry, Repository } from './registry.ts';
import { invalid } from './shape.ts';
import { sign } from './signing.ts';
import type { Pusher } from './signing.ts';
import { findActiveImage, restored, statusOf } from './storage-class.ts';

/** A manifest on its way into a repository. */
export interface Push {
  repositoryName: string;
  manifest: string;
  mediaType?: string | undefined;
  /** What the pusher says the digest is. */
  digest?: string | undefined;
  tag?: string | undefined;
  /** Who gets what the registry signs by itself signed in his name; absent where nothing is to be signed. */
  pusher?: Pusher | undefined;
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const mostTags = 1000;

const tagPattern = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';

/**
 * Puts a manifest into a repository, with its tag, and starts the scan that the push brings with it.
 *
 * @returns the image, and whether it had been there before under this very tag
 * @throws {Refusal}
 */
export async function pushManifest(
  context: EcrContext,
  push: Push,
): Promise<{ image: Image; existed: boolean }> {
  const { registry, scans, storage, now } = context;
  const { repositoryName, tag } = push;
  const repository = registry.get(repositoryName);
  const manifest = parseManifest(push.manifest, push.mediaType);
  checkDigest(manifest, push.digest);
  const known = repository.images.get(manifest.digest);
  // A push of an archived image restores it, tags and all.
  const isArchived = known !== undefined && statusOf(known, now()) !== 'ACTIVE';
  const isRestored = isArchived && tag !== undefined && repository.imageTags.get(tag) === manifest.digest;
  if (tag !== undefined && !isRestored) checkTag(repository, tag);
  if (known && !isArchived && (tag === undefined || repository.imageTags.get(tag) === manifest.digest)) {
    return { image: known, existed: true };
  }
  if (tag !== undefined) checkTagCount(registry, repository, { tag, digest: manifest.digest });
  const image = isArchived
    ? restored(known, now())
    : (known ?? (await receive(context, repository, manifest)));
  const { content } = storage();
  const { text: body, mediaType } = manifest;
  if (!known) await content.putManifest({ repositoryName, reference: image.digest, body, mediaType });

  // Somebody else may have pushed meanwhile, so the tag is asked again, and goes on only after that.
  if (tag !== undefined) {
    const current = registry.get(repositoryName);
    if (!isRestored) checkTag(current, tag);
    checkTagCount(registry, current, { tag, digest: image.digest });
  }
  registry.update(repositoryName, ({ images, imageTags }) => ({
    images: new Map([...images, [image.digest, image]]),
    imageTags: tag === undefined ? imageTags : new Map([...imageTags, [tag, image.digest]]),
  }));
  if (isArchived) scans.forget(repositoryName, image);
  if (!known || isArchived) scans.pushed(repositoryName, image, now());
  if (tag !== undefined) await content.putManifest({ repositoryName, reference: tag, body, mediaType });
  context.replication.pushed(repositoryName, image, tag);
  const { pusher } = push;
  if (pusher) {
    const pushed = { repositoryName, image, isNew: known === undefined, pusher };
    await sign(context, pushed, signature => pushManifest(context, signature));
  }
  return { image, existed: false };
}

/** A manifest's image, once all that it needs is there. */
async function receive(context: EcrContext, repository: Repository, manifest: Manifest): Promise<Image> {
  const { registry, storage, now } = context;
  const place = `into repository with name '${repository.name}' in the registry with id '${registry.accountId}'`;
  const missingImages = manifest.children.filter(
    imageDigest => !findActiveImage(repository, { imageDigest }, now()),
  );
  if (missingImages.length > 0) {
    throw new Refusal(
      'ReferencedImagesNotFoundException',
      `Images with digests '[${missingImages.join(', ')}]' required for pushing image ${place} do not exist`,
    );
  }
  const { content } = storage();
  const blobs = [...(manifest.config ? [manifest.config] : []), ...manifest.layers];
  const sizes = await Promise.all(blobs.map(({ digest }) => content.blobSize(repository.name, digest)));
  const missingLayers = blobs.filter((_blob, index) => sizes[index] === undefined);
  if (missingLayers.length > 0) {
    throw new Refusal(
      'LayersNotFoundException',
      `Layers with digests '[${missingLayers.map(({ digest }) => digest).join(', ')}]' ` +
        `required for pushing image ${place} do not exist`,
    );
  }
  const configBytes = manifest.config && (await content.readBlob(repository.name, manifest.config.digest));
  const config = parseRecord(configBytes?.toString('utf8') ?? '');
  const childSizes = manifest.children.map(digest => repository.images.get(digest)?.sizeInBytes ?? 0);
  return {
    digest: manifest.digest,
    manifest: manifest.text,
    mediaType: manifest.mediaType,
    ...(manifest.artifactMediaType === undefined ? {} : { artifactMediaType: manifest.artifactMediaType }),
    // Of an index, ECR tells the largest of its images.
    sizeInBytes: Math.max(0, ...childSizes) + manifest.layers.reduce((sum, { size }) => sum + size, 0),
    pushedAt: now(),
    ...(config === undefined ? {} : { config, platform: platformOf(config) }),
    children: manifest.children,
    ...(manifest.subject === undefined ? {} : { subject: manifest.subject }),
    ...(manifest.annotations === undefined ? {} : { annotations: manifest.annotations }),
  };
}

function checkTag(repository: Repository, tag: string): void {
  if (!new RegExp(`^${tagPattern}$`).test(tag)) {
    throw invalid('imageTag', `must satisfy regular expression '${tagPattern}'`);
  }
  checkTagIsFree(repository, tag);
}

/** The words are those of https://github.com/medic/cht-core/issues/11099 */
function checkTagCount(
  { accountId }: Registry,
  repository: Repository,
  { tag, digest }: { tag: string; digest: string },
): void {
  if (tagsOf(repository, digest).filter(each => each !== tag).length < mostTags) return;
  throw new Refusal(
    'LimitExceededException',
    `Adding tag '${tag}' to an image in the repository with name '${repository.name}' in registry with id '${accountId}' ` +
      `exceeds the maximum allowed number of tags per image which is '${mostTags}'`,
  );
}

function checkDigest(manifest: Manifest, told: string | undefined): void {
  if (told !== undefined && told !== manifest.digest) {
    throw new Refusal(
      'ImageDigestDoesNotMatchException',
      `The provided digest '${told}' does not match the digest '${manifest.digest}' that ECR calculated`,
    );
  }
}
