import type { Ecr } from '../aws/ecr.ts';
import { sendRequest } from '../platform/http.ts';
import { readImages } from './read-images.ts';

/** An image's manifest, and the config that it names. */
export interface ImageWithConfig {
  /** JSON text. */
  manifest: string;
  /** Parsed JSON. */
  config: unknown;
}

/** Reads the manifests and configs of the images with these digests. An image whose config cannot be read is left out. */
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
  const read = images.map(async ({ text: manifest }): Promise<ImageWithConfig[]> => {
    const { config }: { config?: { digest?: string } } = JSON.parse(manifest);
    if (config?.digest === undefined) return [];
    const { downloadUrl } = await ecr.getDownloadUrlForLayer({ ...where, layerDigest: config.digest });
    const answer = downloadUrl ? await sendRequest({ method: 'GET', url: downloadUrl }) : undefined;
    return answer?.status === 200 ? [{ manifest, config: answer.body }] : [];
  });
  return (await Promise.all(read)).flat();
}
