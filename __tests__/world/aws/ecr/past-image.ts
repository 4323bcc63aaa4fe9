import { randomUUID } from 'node:crypto';
import { digestOf } from './content.ts';
import { getImage } from './image-lookup.ts';
import { parseManifest, platformOf } from './image.ts';
import type { Image } from './image.ts';
import type { Registry, Repository } from './registry.ts';

/** The dates that lifecycle policies go by. */
export interface ImageDates {
  pushedAt?: Date;
  lastPulledAt?: Date;
  /** An image with such a date is in the storage class for archives. */
  archivedAt?: Date;
}

/** An image of the time before a test; it is in ECR's books, but no registry has its layers. */
export interface PastImage extends ImageDates {
  tags?: string[];
  /** Digests of images of the same repository; the image is an index of them. */
  children?: string[];
  labels?: Record<string, string>;
}

/** What tests tell a registry of the time before them. */
export interface PastImages {
  /**
   * Puts an image into a repository as if it had been pushed long ago.
   *
   * @returns its digest, which is another each time
   */
  addImage(repositoryName: string, image?: PastImage): string;
  /** Puts tags on an image as if they had been pushed long ago. */
  tagImage(repositoryName: string, digest: string, tags: readonly string[]): void;
  /** Makes an image, by its tag or its digest, as old as a lifecycle policy has to find it. */
  dateImage(repositoryName: string, reference: string, dates: ImageDates): void;
}

export function pastImages(registry: Registry): PastImages {
  return {
    addImage(name, past = {}) {
      const image = imageOf(past, registry.get(name));
      registry.update(name, ({ images, imageTags }) => ({
        images: new Map([...images, [image.digest, image]]),
        imageTags: new Map([...imageTags, ...(past.tags ?? []).map(tag => [tag, image.digest] as const)]),
      }));
      return image.digest;
    },
    tagImage(name, digest, tags) {
      registry.update(name, ({ imageTags }) => ({
        imageTags: new Map([...imageTags, ...tags.map(tag => [tag, digest] as const)]),
      }));
    },
    dateImage(name, reference, dates) {
      const repository = registry.get(name);
      const id = reference.includes(':') ? { imageDigest: reference } : { imageTag: reference };
      const image = { ...getImage(registry, repository, id), ...dates };
      registry.update(name, ({ images }) => ({ images: new Map([...images, [image.digest, image]]) }));
    },
  };
}

function imageOf(past: PastImage, repository: Repository): Image {
  const { tags: _tags, children, labels = {}, pushedAt = repository.createdAt, ...dates } = past;
  const config = { os: 'linux', architecture: 'amd64', config: { Labels: labels }, id: randomUUID() };
  const descriptor = (digest: string) => ({ mediaType: imageType, digest, size: 1000 });
  const configDigest = digestOf(JSON.stringify(config));
  const body = children
    ? { mediaType: indexType, manifests: children.map(descriptor), annotations: { id: config.id } }
    : {
        mediaType: imageType,
        config: { ...descriptor(configDigest), mediaType: configType },
        layers: [],
      };
  const manifest = parseManifest(JSON.stringify({ schemaVersion: 2, ...body }), undefined);
  return {
    digest: manifest.digest,
    manifest: manifest.text,
    mediaType: manifest.mediaType,
    sizeInBytes: 1000,
    children: manifest.children,
    ...(children ? {} : { config, platform: platformOf(config), artifactMediaType: configType }),
    pushedAt,
    ...dates,
  };
}

const imageType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const configType = 'application/vnd.oci.image.config.v1+json';
