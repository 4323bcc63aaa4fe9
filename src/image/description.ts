import { readConfig, readContent } from '../ecr/manifest.ts';
import { isRecord } from '../validation/parsers.ts';
import type { ImageWithConfig } from './read-configs.ts';

/**
 * The description of an image, read from its manifest and its config.
 * https://github.com/opencontainers/image-spec/blob/main/config.md
 * @throws {Failure} where docker could read something else from them.
 */
export function descriptionOf({ manifest, config }: ImageWithConfig): Description {
  const runtime = readConfig(config)['config'];
  return {
    labels: pairsOf(isRecord(runtime) ? runtime['Labels'] : undefined),
    derivedAnnotations: pairsOf(readContent(manifest).annotations)
      .filter(each => !each.startsWith(`${fingerprintAnnotation}=`))
      .map(each => `manifest:${each}`),
    annotations: [],
  };
}

function pairsOf(value: unknown): string[] {
  return isRecord(value) ? Object.entries(value).map(([name, text]) => `${name}=${String(text)}`) : [];
}

/** How the run came to its image. */
export interface ImageOrigin {
  kind: 'built' | 'reused' | 'joined' | 'found' | 'copied';
  by?: 'commit' | 'content';
}

/** Whether another run wrote the labels and annotations of the image, for another commit or other tags. */
export function isDescribedElsewhere({ kind, by }: ImageOrigin): boolean {
  return kind === 'found' || kind === 'copied' || kind === 'joined' || by === 'content';
}

/** Labels and annotations in the format of buildx: `name=value`, or `type:name=value`. */
export interface Description {
  labels: string[];
  /** Annotations that no input asks for; they are left out if the builder cannot write annotations. */
  derivedAnnotations: string[];
  annotations: string[];
}

/**
 * The annotation with the fingerprint of the inputs of the build. It is in the manifest that `BatchGetImage` answers, so
 * reading it takes no other call.
 */
export const fingerprintAnnotation = 'io.github.ecr-image.inputs';

/** A layer of an image, with the command that created it. */
export interface Layer {
  /** Digests by which a scan may name the layer: that of the compressed layer and that of its uncompressed content. */
  digests: readonly string[];
  /** The command, from the history of the image. */
  createdBy: string;
}

/**
 * The layers of an image with the commands that created them. The entries of the history that created a layer are in the order
 * of the layers; the result is empty if their numbers differ. https://github.com/opencontainers/image-spec/blob/main/config.md
 * @throws {Failure} where docker could read something else from the manifest or the config.
 */
export function historyOf({ manifest, config }: ImageWithConfig): Layer[] {
  const content = readContent(manifest);
  const layers = content.kind === 'image' ? content.layers : [];
  const { history, rootfs } = readConfig(config);
  const entries = Array.isArray(history) ? history.filter(isRecord) : [];
  const diffIds: unknown = isRecord(rootfs) ? rootfs['diff_ids'] : undefined;
  const contents: unknown[] = Array.isArray(diffIds) ? diffIds : [];
  const made = entries.filter(entry => entry['empty_layer'] !== true);
  if (made.length !== layers.length) return [];
  return made.map(({ created_by: createdBy }, index) => ({
    digests: [layers[index]?.digest, contents[index]].filter(digest => typeof digest === 'string'),
    createdBy: typeof createdBy === 'string' ? createdBy : '',
  }));
}
