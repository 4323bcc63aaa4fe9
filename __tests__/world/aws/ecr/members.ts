import { bytes, flag, integer, list, oneOf, structure, text } from './shape.ts';
import type { Shaped } from './shape.ts';

/**
 * The members that requests have in common, with the limits of the service's model.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Types.html
 */
export const repositoryName = text({
  min: 2,
  max: 256,
  pattern: String.raw`[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*`,
});
/** @see https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_CreateRepository.html */
export const publicRepositoryName = text({
  min: 2,
  max: 205,
  pattern: '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*',
});
export const registryId = text({ pattern: '[0-9]{12}' });
export const registry = { registryId };
export const imageTag = text({ min: 1, max: 300 });
export const imageDigest = text();
export const imageId = structure({}, { imageDigest, imageTag });
export const imageIds = list(imageId, { min: 1, max: 100 });
export const page = { nextToken: text(), maxResults: integer({ min: 1, max: 1000 }) };
export const imageFilter = structure(
  {},
  {
    tagStatus: oneOf('TAGGED', 'UNTAGGED', 'ANY'),
    imageStatus: oneOf('ACTIVE', 'ARCHIVED', 'ACTIVATING', 'ANY'),
  },
);
export const lifecyclePolicyText = text({ min: 100, max: 30_720 });
export const resourceTags = list(structure({ Key: text(), Value: text() }, {}));
export const mutability = {
  imageTagMutability: oneOf('MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION'),
};
export const exclusions = {
  imageTagMutabilityExclusionFilters: list(
    structure(
      {
        filterType: oneOf('WILDCARD'),
        filter: text({ min: 1, max: 128, pattern: '^[0-9a-zA-Z._*-]{1,128}$' }),
      },
      {},
    ),
    { min: 1, max: 5 },
  ),
};
export const imageScanningConfiguration = structure({}, { scanOnPush: flag() });
const badges = list(text({ min: 1, max: 50 }), { max: 50 });
/** @see https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_RepositoryCatalogDataInput.html */
export const catalogData = structure(
  {},
  {
    description: text({ max: 1024 }),
    architectures: badges,
    operatingSystems: badges,
    logoImageBlob: bytes({ min: 0, max: 512_000 }),
    aboutText: text({ max: 25_600 }),
    usageText: text({ max: 25_600 }),
  },
);
export const encryptionConfiguration = structure(
  { encryptionType: oneOf('AES256', 'KMS', 'KMS_DSSE') },
  { kmsKey: text({ min: 1, max: 2048 }) },
);
export const scanningRules = list(
  structure(
    {
      scanFrequency: oneOf('SCAN_ON_PUSH', 'CONTINUOUS_SCAN', 'MANUAL'),
      repositoryFilters: list(
        structure(
          {
            filter: text({
              min: 1,
              max: 255,
              pattern: String.raw`^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$`,
            }),
            filterType: oneOf('WILDCARD'),
          },
          {},
        ),
        { min: 0, max: 100 },
      ),
    },
    {},
  ),
  { min: 0, max: 2 },
);

export type ImageId = Shaped<typeof imageId>;
export type ResourceTags = Shaped<typeof resourceTags>;
export type Mutability = Shaped<(typeof mutability)['imageTagMutability']>;
export type ExclusionFilters = Shaped<(typeof exclusions)['imageTagMutabilityExclusionFilters']>;
export type CatalogData = Shaped<typeof catalogData>;
export type Encryption = Shaped<typeof encryptionConfiguration>;
export type ScanningRules = Shaped<typeof scanningRules>;
