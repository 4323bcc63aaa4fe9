import { digestOf } from '../../src/ecr/manifest.ts';
import type { StoredConfig, StoredManifest } from '../../src/ecr/manifest.ts';

const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  image: 'application/vnd.oci.image.manifest.v1+json',
};

const config = { digest: digestOf('{}') };

/** A manifest as a registry answers it. */
export function storedText(kind: keyof typeof mediaTypes, text: string): StoredManifest {
  return { digest: digestOf(text), text, mediaType: mediaTypes[kind] };
}

/** An index with these entries. */
export function storedIndex(manifests: object[], more: object = {}): StoredManifest {
  return storedText('index', JSON.stringify({ schemaVersion: 2, manifests, ...more }));
}

/** The manifest of an image with these layers. */
export function storedImage(layers: object[] = [], more: object = {}): StoredManifest {
  return storedText('image', JSON.stringify({ schemaVersion: 2, config, layers, ...more }));
}

/** The config of an image. */
export function storedConfig(body: object): StoredConfig {
  const text = JSON.stringify(body);
  return { digest: digestOf(text), text };
}
