import type * as sdk from '@aws-sdk/client-ecr';
import type * as open from '@aws-sdk/client-ecr-public';
import { endWith, explained, requestOptions } from './client.ts';
import type { CredentialsProvider } from './client.ts';
import { Failure } from '../platform/failure.ts';

type Call<Input, Output> = (input: Input) => Promise<Output>;

/** The operations of a registry. ECR Public has the same shape and fewer of them. */
export interface Ecr {
  /** Milliseconds by which the clock of AWS is ahead of this machine's, to a second, by its last answer. */
  clockOffset: () => number;
  batchGetImage: Call<sdk.BatchGetImageRequest, sdk.BatchGetImageResponse>;
  batchGetRepositoryScanningConfiguration: Call<
    sdk.BatchGetRepositoryScanningConfigurationRequest,
    sdk.BatchGetRepositoryScanningConfigurationResponse
  >;
  /** Every page, a thousand images each. */
  describeImagePages: (request: sdk.DescribeImagesRequest) => AsyncIterable<sdk.DescribeImagesResponse>;
  describeImageScanFindings: Call<
    sdk.DescribeImageScanFindingsRequest,
    sdk.DescribeImageScanFindingsResponse
  >;
  describeRepositories: Call<sdk.DescribeRepositoriesRequest, sdk.DescribeRepositoriesResponse>;
  describeRepositoryCreationTemplates: Call<
    sdk.DescribeRepositoryCreationTemplatesRequest,
    sdk.DescribeRepositoryCreationTemplatesResponse
  >;
  getDownloadUrlForLayer: Call<sdk.GetDownloadUrlForLayerRequest, sdk.GetDownloadUrlForLayerResponse>;
  getAuthorizationToken: Call<sdk.GetAuthorizationTokenRequest, sdk.GetAuthorizationTokenResponse>;
  getLifecyclePolicy: Call<sdk.GetLifecyclePolicyRequest, sdk.GetLifecyclePolicyResponse>;
  getLifecyclePolicyPreview: Call<
    sdk.GetLifecyclePolicyPreviewRequest,
    sdk.GetLifecyclePolicyPreviewResponse
  >;
  getRegistryScanningConfiguration: Call<
    sdk.GetRegistryScanningConfigurationRequest,
    sdk.GetRegistryScanningConfigurationResponse
  >;
  getRepositoryPolicy: Call<sdk.GetRepositoryPolicyRequest, sdk.GetRepositoryPolicyResponse>;
  listTagsForResource: Call<sdk.ListTagsForResourceRequest, sdk.ListTagsForResourceResponse>;
  putImage: Call<sdk.PutImageRequest, sdk.PutImageResponse>;
  putImageScanningConfiguration: Call<
    sdk.PutImageScanningConfigurationRequest,
    sdk.PutImageScanningConfigurationResponse
  >;
  putImageTagMutability: Call<sdk.PutImageTagMutabilityRequest, sdk.PutImageTagMutabilityResponse>;
  putLifecyclePolicy: Call<sdk.PutLifecyclePolicyRequest, sdk.PutLifecyclePolicyResponse>;
  setRepositoryPolicy: Call<sdk.SetRepositoryPolicyRequest, sdk.SetRepositoryPolicyResponse>;
  startImageScan: Call<sdk.StartImageScanRequest, sdk.StartImageScanResponse>;
  startLifecyclePolicyPreview: Call<
    sdk.StartLifecyclePolicyPreviewRequest,
    sdk.StartLifecyclePolicyPreviewResponse
  >;
  tagResource: Call<sdk.TagResourceRequest, sdk.TagResourceResponse>;
  createRepository: Call<
    sdk.CreateRepositoryRequest & { catalogData?: open.RepositoryCatalogDataInput },
    sdk.CreateRepositoryResponse
  >;
  /** ECR Public alone. */
  describeRegistries: Call<open.DescribeRegistriesRequest, open.DescribeRegistriesResponse>;
  /** ECR Public alone. */
  getRepositoryCatalogData: Call<open.GetRepositoryCatalogDataRequest, open.GetRepositoryCatalogDataResponse>;
  /** ECR Public alone. */
  putRepositoryCatalogData: Call<open.PutRepositoryCatalogDataRequest, open.PutRepositoryCatalogDataResponse>;
}

export interface EcrOptions {
  /** Without a provider the SDK looks where it always does: environment, profile, instance or container role. */
  credentials: CredentialsProvider | undefined;
  /** The remedy for a call that AWS denies, by AWS's message. */
  denied: (message: string) => string;
  signal: AbortSignal;
}

/** A registry, and the keys with which it is asked. */
export interface OpenEcr {
  ecr: Ecr;
  credentials: sdk.ECR['config']['credentials'];
}

export async function openEcr(region: string, { credentials, denied, signal }: EcrOptions): Promise<OpenEcr> {
  // Loaded when it is needed, while the runner answers the OIDC request: half the bundle is the SDK.
  const { ECR, paginateDescribeImages } = await import('@aws-sdk/client-ecr');
  const client = new ECR({ region, requestHandler: requestOptions(), ...(credentials && { credentials }) });
  endWith(client.config.requestHandler, signal);
  client.middlewareStack.add(explained('ecr', { region, denied }), { step: 'initialize' });
  const ecr = Object.assign(client, {
    clockOffset: () => client.config.systemClockOffset,
    describeImagePages: (request: sdk.DescribeImagesRequest) =>
      paginateDescribeImages({ client, ...imagePages }, request),
    describeRegistries: absent('DescribeRegistries', 'A private registry'),
    getRepositoryCatalogData: absent('GetRepositoryCatalogData', 'A private registry'),
    putRepositoryCatalogData: absent('PutRepositoryCatalogData', 'A private registry'),
  });
  return { ecr, credentials: client.config.credentials };
}

/** A token that repeats would be asked for without an end. */
export const imagePages = { pageSize: 1000, stopOnSameToken: true };

/** An operation that this kind of registry does not have; inputs that would need it are refused when the inputs are read. */
export function absent(operation: string, registry: string): () => Promise<never> {
  return () =>
    Promise.reject(
      new Failure(`${registry} has no ${operation}.`, {
        remedy: 'Please report this run: it is our mistake.',
      }),
    );
}
