import type { Layer } from './dockerfile.ts';

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
