import { getAuthorizationToken } from './authorization-token.ts';
import { batchDeleteImage } from './image-deletion.ts';
import * as imageLists from './image-lists.ts';
import * as imageScans from './image-scans.ts';
import * as images from './images.ts';
import * as layers from './layers.ts';
import * as policies from './policies.ts';
import * as registryScanning from './registry-scanning.ts';
import * as repositories from './repositories.ts';
import * as resourceTags from './resource-tags.ts';
import type { AnyOperation } from './operation.ts';

/**
 * The operations of ECR that there are here, by the name in X-Amz-Target.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html
 */
export const operations: ReadonlyMap<string, AnyOperation> = new Map([
  ['BatchCheckLayerAvailability', layers.batchCheckLayerAvailability],
  ['BatchDeleteImage', batchDeleteImage],
  ['BatchGetImage', images.batchGetImage],
  ['BatchGetRepositoryScanningConfiguration', registryScanning.batchGetRepositoryScanningConfiguration],
  ['CreateRepository', repositories.createRepository],
  ['DeleteLifecyclePolicy', policies.deleteLifecyclePolicy],
  ['DeleteRepository', repositories.deleteRepository],
  ['DeleteRepositoryPolicy', policies.deleteRepositoryPolicy],
  ['DescribeImageScanFindings', imageScans.describeImageScanFindings],
  ['DescribeImages', imageLists.describeImages],
  ['DescribeRepositories', repositories.describeRepositories],
  ['GetAuthorizationToken', getAuthorizationToken],
  ['GetLifecyclePolicy', policies.getLifecyclePolicy],
  ['GetRegistryScanningConfiguration', registryScanning.getRegistryScanningConfiguration],
  ['GetRepositoryPolicy', policies.getRepositoryPolicy],
  ['ListImages', imageLists.listImages],
  ['ListTagsForResource', resourceTags.listTagsForResource],
  ['PutImage', images.putImage],
  ['PutImageScanningConfiguration', repositories.putImageScanningConfiguration],
  ['PutImageTagMutability', repositories.putImageTagMutability],
  ['PutLifecyclePolicy', policies.putLifecyclePolicy],
  ['PutRegistryScanningConfiguration', registryScanning.putRegistryScanningConfiguration],
  ['SetRepositoryPolicy', policies.setRepositoryPolicy],
  ['StartImageScan', imageScans.startImageScan],
  ['TagResource', resourceTags.tagResource],
]);
