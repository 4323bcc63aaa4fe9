import { readImages } from './read-images.ts';
import type { Ecr } from '../aws/ecr.ts';
import { sendRequest } from '../platform/http.ts';

/** An image's manifest, and the config that it names. */
export interface Configured {
  manifest: string;
  config: unknown;
}

/** The manifests and configs of images by digest; one that cannot be had is left out. */
export async function readConfigs(
  ecr: Pick<Ecr, 'batchGetImage' | 'getDownloadUrlForLayer'>,
  where: { repositoryName: string; registryId: string },
  digests: readonly string[],
): Promise<Configured[]> {
  const images = await readImages(
    ecr,
    where,
    digests.map(imageDigest => ({ imageDigest })),
  );
  const read = images.map(async ({ text: manifest }): Promise<Configured[]> => {
    const { config }: { config?: { digest?: string } } = JSON.parse(manifest);
    if (config?.digest === undefined) return [];
    const { downloadUrl } = await ecr.getDownloadUrlForLayer({ ...where, layerDigest: config.digest });
    const answer = downloadUrl ? await sendRequest({ method: 'GET', url: downloadUrl }) : undefined;
    return answer?.status === 200 ? [{ manifest, config: answer.body }] : [];
  });
  return (await Promise.all(read)).flat();
}
