import { isRecord, parseJson } from '../validation/parsers.ts';

/** What an image itself says by its labels and annotations. https://github.com/opencontainers/image-spec/blob/main/config.md */
export function saidBy({ manifest, config }: { manifest: string; config: unknown }): Description {
  const said = isRecord(config) ? config : {};
  const own = isRecord(said['config']) ? said['config'] : {};
  const image = parseJson(manifest);
  return {
    labels: pairsOf(own['Labels']),
    derivedAnnotations: pairsOf(isRecord(image) ? image['annotations'] : undefined)
      .filter(each => !each.startsWith(`${fingerprintAnnotation}=`))
      .map(each => `manifest:${each}`),
    annotations: [],
  };
}

function pairsOf(value: unknown): string[] {
  return isRecord(value) ? Object.entries(value).map(([name, text]) => `${name}=${String(text)}`) : [];
}

/** An image as far as it matters who described it. */
export interface Origin {
  kind: 'built' | 'reused' | 'joined' | 'found';
  by?: 'commit' | 'content';
}

/** Whether another run, of another commit or for other tags, has said what the image says of itself. */
export function isDescribedElsewhere({ kind, by }: Origin): boolean {
  return kind === 'found' || kind === 'joined' || by === 'content';
}

/** Labels and annotations as buildx takes them. */
export interface Description {
  labels: string[];
  /** They are nobody's wish: left out where the builder cannot annotate. */
  derivedAnnotations: string[];
  annotations: string[];
}

/** The annotation that says which inputs an image was made from; `BatchGetImage` shows it without another call. */
export const fingerprintAnnotation = 'io.github.ecr-image.inputs';

/** A layer of an image, with what its history says made it. */
export interface Layer {
  /** The names by which a scan may know it: of the layer as it is stored, and as it is unpacked. */
  digests: readonly string[];
  createdBy: string;
}

interface Manifest {
  layers?: { digest?: string }[];
}

interface Config {
  history?: { created_by?: string; empty_layer?: boolean }[];
  rootfs?: { diff_ids?: string[] };
}

/**
 * The layers of an image with what made them: of the entries of its history, those that made a layer are in the layers'
 * order. https://github.com/opencontainers/image-spec/blob/main/config.md
 */
export function historyOf(manifest: string, config: unknown): Layer[] {
  const { layers = [] }: Manifest = JSON.parse(manifest);
  const { history = [], rootfs }: Config = typeof config === 'object' && config !== null ? config : {};
  const made = history.filter(entry => entry.empty_layer !== true);
  if (made.length !== layers.length) return [];
  return made.map(({ created_by: createdBy = '' }, index) => ({
    digests: [layers[index]?.digest, rootfs?.diff_ids?.[index]].filter(digest => digest !== undefined),
    createdBy,
  }));
}
