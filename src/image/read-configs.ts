import type { Ecr } from '../aws/ecr.ts';
import { digestOf, readContent } from '../ecr/manifest.ts';
import type { StoredConfig, StoredManifest } from '../ecr/manifest.ts';
import { getWithRetries } from '../platform/http.ts';
import type { HttpResponse } from '../platform/http.ts';
import { readImages } from './read-images.ts';

/** An image's manifest, and the config that it names. `readContent` and `readConfig` read them. */
export interface ImageWithConfig {
  manifest: StoredManifest;
  config: StoredConfig;
}

/**
 * Reads the manifests and configs of the images with these digests. An image whose config cannot be read is left out.
 * @throws {Failure} where docker could read another image from a manifest.
 */
export async function readConfigs(
  ecr: Pick<Ecr, 'batchGetImage' | 'getDownloadUrlForLayer'>,
  where: { repositoryName: string; registryId: string },
  digests: readonly string[],
): Promise<ImageWithConfig[]> {
  const images = await readImages(
    ecr,
    where,
    digests.map(imageDigest => ({ imageDigest })),
  );
  const read = images.map(async (manifest): Promise<ImageWithConfig[]> => {
    const content = readContent(manifest);
    if (content.kind === 'index') return [];
    const { digest } = content.config;
    const { downloadUrl } = await ecr.getDownloadUrlForLayer({ ...where, layerDigest: digest });
    // What is not the config that was asked for may be cut, or the page of a proxy; `readConfig` refuses it if it stays so.
    const isAnswer = ({ status, text }: HttpResponse) => status >= 400 || digestOf(text) === digest;
    const answer = downloadUrl ? await getWithRetries({ url: downloadUrl, isAnswer }) : undefined;
    return answer?.status === 200 ? [{ manifest, config: { digest, text: answer.text } }] : [];
  });
  return (await Promise.all(read)).flat();
}
