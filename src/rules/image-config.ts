import type { Description } from './build.ts';
import { isRecord, parseJson } from './field.ts';
import { fingerprintAnnotation } from './fingerprint.ts';

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
