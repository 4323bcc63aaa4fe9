import * as accountSettings from './account-settings.ts';
import { getAuthorizationToken, getPublicAuthorizationToken } from './authorization-token.ts';
import * as catalog from './catalog.ts';
import { describeRepositoryCreationTemplates } from './creation-template.ts';
import { batchDeleteImage } from './image-deletion.ts';
import * as imageLists from './image-lists.ts';
import * as imageScans from './image-scans.ts';
import { listImageReferrers } from './image-referrers.ts';
import * as images from './images.ts';
import * as uploads from './layer-uploads.ts';
import * as layers from './layers.ts';
import * as lifecyclePreview from './lifecycle-preview.ts';
import * as lifecycle from './lifecycle.ts';
import type { AnyOperation } from './operation.ts';
import * as registryScanning from './registry-scanning.ts';
import { getRegistryPolicy, putRegistryPolicy } from './registry-policy.ts';
import * as pulls from './pull-through.ts';
import type { RegistryService } from './registry.ts';
import * as replication from './replication.ts';
import * as repositories from './repositories.ts';
import * as policies from './repository-policies.ts';
import * as settings from './repository-settings.ts';
import * as resourceTags from './resource-tags.ts';
import * as signing from './signing.ts';
import { updateImageStorageClass } from './storage-class.ts';

/** The operations of both registries, by the name in X-Amz-Target. */
const shared: [name: string, AnyOperation][] = [
  ['BatchCheckLayerAvailability', layers.batchCheckLayerAvailability],
  ['BatchDeleteImage', batchDeleteImage],
  ['CompleteLayerUpload', uploads.completeLayerUpload],
  ['DeleteRepository', repositories.deleteRepository],
  ['DeleteRepositoryPolicy', policies.deleteRepositoryPolicy],
  ['DescribeImages', imageLists.describeImages],
  ['DescribeRepositories', repositories.describeRepositories],
  ['GetRepositoryPolicy', policies.getRepositoryPolicy],
  ['InitiateLayerUpload', uploads.initiateLayerUpload],
  ['ListTagsForResource', resourceTags.listTagsForResource],
  ['PutImage', images.putImage],
  ['SetRepositoryPolicy', policies.setRepositoryPolicy],
  ['TagResource', resourceTags.tagResource],
  ['UntagResource', resourceTags.untagResource],
  ['UploadLayerPart', uploads.uploadLayerPart],
];

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */
const ofPrivate: typeof shared = [
  ['BatchGetImage', images.batchGetImage],
  ['BatchGetRepositoryScanningConfiguration', registryScanning.batchGetRepositoryScanningConfiguration],
  ['CreatePullThroughCacheRule', pulls.createPullThroughCacheRule],
  ['CreateRepository', repositories.createRepository],
  ['DeleteLifecyclePolicy', lifecycle.deleteLifecyclePolicy],
  ['DescribeImageReplicationStatus', replication.describeImageReplicationStatus],
  ['DescribeImageScanFindings', imageScans.describeImageScanFindings],
  ['DescribeImageSigningStatus', signing.describeImageSigningStatus],
  ['DescribePullThroughCacheRules', pulls.describePullThroughCacheRules],
  ['DescribeRegistry', replication.describeRegistry],
  ['DescribeRepositoryCreationTemplates', describeRepositoryCreationTemplates],
  ['GetAccountSetting', accountSettings.getAccountSetting],
  ['GetAuthorizationToken', getAuthorizationToken],
  ['GetDownloadUrlForLayer', layers.getDownloadUrlForLayer],
  ['GetLifecyclePolicy', lifecycle.getLifecyclePolicy],
  ['GetLifecyclePolicyPreview', lifecyclePreview.getLifecyclePolicyPreview],
  ['GetRegistryPolicy', getRegistryPolicy],
  ['GetRegistryScanningConfiguration', registryScanning.getRegistryScanningConfiguration],
  ['GetSigningConfiguration', signing.getSigningConfiguration],
  ['ListImageReferrers', listImageReferrers],
  ['ListImages', imageLists.listImages],
  ['PutAccountSetting', accountSettings.putAccountSetting],
  ['PutImageScanningConfiguration', settings.putImageScanningConfiguration],
  ['PutImageTagMutability', settings.putImageTagMutability],
  ['PutLifecyclePolicy', lifecycle.putLifecyclePolicy],
  ['PutRegistryPolicy', putRegistryPolicy],
  ['PutRegistryScanningConfiguration', registryScanning.putRegistryScanningConfiguration],
  ['PutReplicationConfiguration', replication.putReplicationConfiguration],
  ['PutSigningConfiguration', signing.putSigningConfiguration],
  ['StartImageScan', imageScans.startImageScan],
  ['StartLifecyclePolicyPreview', lifecyclePreview.startLifecyclePolicyPreview],
  ['UpdateImageStorageClass', updateImageStorageClass],
];

/** @see https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_Operations.html */
const ofPublic: typeof shared = [
  ['CreateRepository', repositories.createPublicRepository],
  ['DescribeImageTags', catalog.describeImageTags],
  ['DescribeRegistries', catalog.describeRegistries],
  ['GetAuthorizationToken', getPublicAuthorizationToken],
  ['GetRepositoryCatalogData', catalog.getRepositoryCatalogData],
  ['PutRepositoryCatalogData', catalog.putRepositoryCatalogData],
];

export const operations: Readonly<Record<RegistryService, ReadonlyMap<string, AnyOperation>>> = {
  ecr: new Map([...shared, ...ofPrivate]),
  'ecr-public': new Map([...shared, ...ofPublic]),
};
