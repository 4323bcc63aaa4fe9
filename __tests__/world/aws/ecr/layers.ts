import { Refusal } from '../refusal.ts';
import * as members from './members.ts';
import { operation } from './operation.ts';
import { list, structure, text } from './shape.ts';

export const batchCheckLayerAvailability = operation(
  structure(
    {
      repositoryName: members.repositoryName,
      layerDigests: list(text({ min: 0, max: 1000 }), { min: 1, max: 100 }),
    },
    members.registry,
  ),
  {
    async perform({ repositoryName, layerDigests }, { registry, storage }) {
      registry.get(repositoryName);
      const isDigest = (digest: string) => /^[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+$/.test(digest);
      const checked = layerDigests.filter(isDigest).map(async layerDigest => {
        const layerSize = await storage().content.blobSize(repositoryName, layerDigest);
        return layerSize === undefined
          ? { layerDigest, layerAvailability: 'UNAVAILABLE' }
          : { layerDigest, layerAvailability: 'AVAILABLE', layerSize };
      });
      return {
        layers: await Promise.all(checked),
        failures: layerDigests
          .filter(digest => !isDigest(digest))
          .map(layerDigest => ({
            layerDigest,
            failureCode: layerDigest === '' ? 'MissingLayerDigest' : 'InvalidLayerDigest',
            failureReason:
              "Invalid request parameters: layer digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
          })),
      };
    },
  },
);

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetDownloadUrlForLayer.html */
export const getDownloadUrlForLayer = operation(
  structure(
    { repositoryName: members.repositoryName, layerDigest: text({ min: 0, max: 1000 }) },
    members.registry,
  ),
  {
    async perform({ repositoryName, layerDigest }, { registry, storage, downloads }) {
      registry.get(repositoryName);
      const { content } = storage();
      if ((await content.blobSize(repositoryName, layerDigest)) === undefined) {
        throw new Refusal(
          'LayersNotFoundException',
          `The layer with digest '${layerDigest}' does not exist in the repository with name '${repositoryName}' in the registry with id '${registry.accountId}'`,
        );
      }
      const { accountId: registryId, region } = registry;
      const downloadUrl = downloads.sign({ registryId, region, repositoryName, layerDigest, content });
      return { downloadUrl, layerDigest };
    },
  },
);
