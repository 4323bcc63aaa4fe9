import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startAws } from './aws.ts';
import { operations } from './ecr/operations.ts';
import type { RegistryService } from './ecr/registry.ts';
import type { Principal } from './identities.ts';

const repositoryName = 'team/app';
const name = { repositoryName };
const imageId = { imageTag: 'one' };
const imageIds = [imageId];
const imageScanningConfiguration = {};
const uploadId = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const tags = [{ Key: 'a', Value: 'b' }];

const arns: Record<RegistryService, string> = {
  ecr: 'arn:aws:ecr:eu-central-1:123456789012:repository/team/app',
  'ecr-public': 'arn:aws:ecr-public::123456789012:repository/team/app',
};

/** What each operation has to be asked at least; those that are not here are asked by the repository's name. */
const requests = new Map<string, object>([
  ['BatchCheckLayerAvailability', { ...name, layerDigests: ['sha256:0'] }],
  ['BatchDeleteImage', { ...name, imageIds }],
  ['BatchGetImage', { ...name, imageIds }],
  ['BatchGetRepositoryScanningConfiguration', { repositoryNames: [repositoryName] }],
  ['CompleteLayerUpload', { ...name, uploadId, layerDigests: ['sha256:0'] }],
  ['CreatePullThroughCacheRule', { ecrRepositoryPrefix: 'quay', upstreamRegistryUrl: 'quay.io' }],
  ['DescribeImageReplicationStatus', { ...name, imageId }],
  ['DescribeImageScanFindings', { ...name, imageId }],
  ['DescribeRepositories', { repositoryNames: [repositoryName] }],
  ['DescribeImageSigningStatus', { ...name, imageId }],
  ['GetAccountSetting', { name: 'BLOB_MOUNTING' }],
  ['GetDownloadUrlForLayer', { ...name, layerDigest: `sha256:${'0'.repeat(64)}` }],
  ['ListImageReferrers', { ...name, subjectId: { imageDigest: `sha256:${'0'.repeat(64)}` } }],
  ['PutAccountSetting', { name: 'BLOB_MOUNTING', value: 'ENABLED' }],
  ['PutImage', { ...name, imageManifest: '{}' }],
  ['PutImageScanningConfiguration', { ...name, imageScanningConfiguration }],
  ['PutImageTagMutability', { ...name, imageTagMutability: 'MUTABLE' }],
  ['PutLifecyclePolicy', { ...name, lifecyclePolicyText: '{}'.padEnd(100) }],
  ['PutRegistryPolicy', { policyText: '{}' }],
  ['PutReplicationConfiguration', { replicationConfiguration: { rules: [] } }],
  ['PutRepositoryCatalogData', { ...name, catalogData: {} }],
  ['PutSigningConfiguration', { signingConfiguration: { rules: [] } }],
  ['SetRepositoryPolicy', { ...name, policyText: '{}' }],
  ['StartImageScan', { ...name, imageId }],
  ['UpdateImageStorageClass', { ...name, imageId, targetStorageClass: 'STANDARD' }],
  [
    'UploadLayerPart',
    {
      ...name,
      uploadId,
      partFirstByte: 0,
      partLastByte: 0,
      layerPartBlob: Buffer.from('a').toString('base64'),
    },
  ],
]);
/** Operations that the permission of another's name is for. */
const actions = new Map([['ListImageReferrers', 'BatchGetImage']]);
const ofRegistry = new Set([
  'CreatePullThroughCacheRule',
  'DescribePullThroughCacheRules',
  'DescribeRegistries',
  'DescribeRegistry',
  'DescribeRepositoryCreationTemplates',
  'GetAccountSetting',
  'GetAuthorizationToken',
  'GetRegistryPolicy',
  'GetRegistryScanningConfiguration',
  'GetSigningConfiguration',
  'PutAccountSetting',
  'PutRegistryPolicy',
  'PutRegistryScanningConfiguration',
  'PutReplicationConfiguration',
  'PutSigningConfiguration',
]);

for (const service of ['ecr', 'ecr-public'] as const) {
  test(`each operation of ${service} needs the permission of its own name, on what it is done to`, async () => {
    await using aws = await startAws({ oidcProviders: [] });
    const registry = service === 'ecr' ? aws.ecr : aws.ecrPublic;
    const arn = 'arn:aws:iam::123456789012:user/nobody';
    const principal: Principal = {
      arn,
      userId: 'x',
      accountId: aws.accountId,
      sessionPolicies: [],
      context: {},
    };
    for (const operation of operations[service].keys()) {
      const ofResource = operation.endsWith('Resource') && { resourceArn: arns[service] };
      const added = { TagResource: { tags }, UntagResource: { tagKeys: ['a'] } };
      const request = ofRegistry.has(operation)
        ? (requests.get(operation) ?? {})
        : ofResource
          ? { ...ofResource, ...new Map<string, object>(Object.entries(added)).get(operation) }
          : (requests.get(operation) ?? name);
      const action = `${service}:${actions.get(operation) ?? operation}`;
      const resource = ofRegistry.has(operation) ? '*' : arns[service];
      await assert.rejects(registry.perform(operation, JSON.stringify(request), { principal }), {
        code: 'AccessDeniedException',
        message:
          `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ` +
          `because no identity-based policy allows the ${action} action`,
      });
    }
  });
}
