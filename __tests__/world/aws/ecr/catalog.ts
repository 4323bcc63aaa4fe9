import { digestOf } from './content.ts';
import { tagsOf } from './image-lookup.ts';
import * as members from './members.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import { pageOf } from './page.ts';
import type { Repository } from './registry.ts';
import { structure } from './shape.ts';

const { publicRepositoryName: repositoryName, registry } = members;

export const getRepositoryCatalogData = operation(structure({ repositoryName }, registry), {
  perform: ({ repositoryName: name }, call) => ({
    catalogData: describeCatalog(call.registry.get(name), call),
  }),
});

export const putRepositoryCatalogData = operation(
  structure({ repositoryName, catalogData: members.catalogData }, registry),
  {
    perform({ repositoryName: name, catalogData }, call) {
      const repository = call.registry.update(name, () => ({ catalogData }));
      return { catalogData: describeCatalog(repository, call) };
    },
  },
);

/** The one registry of the caller, with the alias that its repositories are found under. */
export const describeRegistries = operation(structure({}, members.page), {
  resources: () => ['*'],
  perform(_request, { registry: { accountId, alias }, storage }) {
    const host = new URL(storage().endpoint).host;
    const named = { name: alias, status: 'ACTIVE', primaryRegistryAlias: true, defaultRegistryAlias: true };
    return {
      registries: [
        {
          registryId: accountId,
          registryArn: `arn:aws:ecr-public::${accountId}:registry/${accountId}`,
          registryUri: `${host}/${alias}`,
          verified: false,
          aliases: [named],
        },
      ],
    };
  },
});

export const describeImageTags = operation(structure({ repositoryName }, { ...registry, ...members.page }), {
  perform({ repositoryName: name, ...page }, call) {
    const repository = call.registry.get(name);
    const details = [...repository.images.values()].flatMap(image =>
      tagsOf(repository, image.digest).map(imageTag => ({
        imageTag,
        createdAt: image.pushedAt,
        imageDetail: {
          imageDigest: image.digest,
          imageSizeInBytes: image.sizeInBytes,
          imagePushedAt: image.pushedAt,
          imageManifestMediaType: image.mediaType,
          artifactMediaType: image.artifactMediaType,
        },
      })),
    );
    const { items, nextToken } = pageOf(details, page, { size: 100 });
    return { imageTagDetails: items, nextToken };
  },
});

/** What the gallery shows of a repository; its logo by an address instead of its bytes. */
export function describeCatalog({ catalogData = {} }: Repository, { storage }: Call): object {
  const { logoImageBlob, ...shown } = catalogData;
  const logoUrl =
    logoImageBlob === undefined ? undefined : `${storage().endpoint}/logo/${digestOf(logoImageBlob)}`;
  return { ...shown, logoUrl };
}
