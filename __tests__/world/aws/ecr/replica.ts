import type { Content } from './content.ts';
import { parseManifest } from './image.ts';
import type { Image } from './image.ts';
import type { EcrContext } from './operation.ts';
import { plainRepository } from './plain-repository.ts';
import type { Registry } from './registry.ts';

/** An image of another registry, and where it is there. */
export interface Replica {
  repositoryName: string;
  image: Image;
  tag?: string | undefined;
  source: { registry: Registry; content: Content };
}

/**
 * Takes an image over from another registry with all that it is made of, though without the scan that a push would bring. A
 * repository that is missing is made, with the settings of a template or of none.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export async function receiveReplica(context: EcrContext, replica: Replica): Promise<void> {
  const { registry, storage, templates, now } = context;
  const { repositoryName, image, tag, source } = replica;
  templates.apply(repositoryName, { at: now(), scenario: 'REPLICATION' });
  if (!registry.find(repositoryName)) registry.create(plainRepository(registry, repositoryName, now()));
  const { images } = registry.get(repositoryName);
  for (const digest of image.children) {
    const child = source.registry.find(repositoryName)?.images.get(digest);
    if (child && !images.has(digest)) {
      await receiveReplica(context, { ...replica, image: child, tag: undefined });
    }
  }
  const { content } = storage();
  const { config, layers } = parseManifest(image.manifest, image.mediaType);
  for (const { digest } of [...(config ? [config] : []), ...layers]) {
    if ((await content.blobSize(repositoryName, digest)) !== undefined) continue;
    const bytes = await source.content.readBlob(repositoryName, digest);
    if (bytes) await content.writeBlob(repositoryName, digest, bytes);
  }
  for (const reference of [image.digest, ...(tag === undefined ? [] : [tag])]) {
    const { manifest: body, mediaType } = image;
    await content.putManifest({ repositoryName, reference, body, mediaType });
  }
  registry.update(repositoryName, current => ({
    images: new Map([...current.images, [image.digest, { ...image, pushedAt: now() }]]),
    imageTags: tag === undefined ? current.imageTags : new Map([...current.imageTags, [tag, image.digest]]),
  }));
}
