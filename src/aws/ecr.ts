import type * as sdk from '@aws-sdk/client-ecr';
import type * as publicSdk from '@aws-sdk/client-ecr-public';
import { Failure } from '../platform/failure.ts';
import { explainErrors, renewExpired } from './client.ts';
import type { CredentialsProvider } from './client.ts';
import { guardRequests, requestOptions } from './connection.ts';

type Call<Input, Output> = (input: Input) => Promise<Output>;

/** The operations of a registry. ECR Public supports only some of them; the others reject there with a `Failure`. */
export interface Ecr {
  /** Milliseconds by which the clock of AWS is ahead of this machine's, to a second, according to the last response. */
  clockOffset: () => number;
  batchCheckLayerAvailability: Call<
    sdk.BatchCheckLayerAvailabilityRequest,
    sdk.BatchCheckLayerAvailabilityResponse
  >;
  batchGetImage: Call<sdk.BatchGetImageRequest, sdk.BatchGetImageResponse>;
  batchGetRepositoryScanningConfiguration: Call<
    sdk.BatchGetRepositoryScanningConfigurationRequest,
    sdk.BatchGetRepositoryScanningConfigurationResponse
  >;
  describeImageReplicationStatus: Call<
    sdk.DescribeImageReplicationStatusRequest,
    sdk.DescribeImageReplicationStatusResponse
  >;
  describeImages: Call<sdk.DescribeImagesRequest, sdk.DescribeImagesResponse>;
  /** Every page, each with up to 1,000 images. */
  describeImagePages: (request: sdk.DescribeImagesRequest) => AsyncIterable<sdk.DescribeImagesResponse>;
  describeImageScanFindings: Call<
    sdk.DescribeImageScanFindingsRequest,
    sdk.DescribeImageScanFindingsResponse
  >;
  describeRegistry: Call<sdk.DescribeRegistryRequest, sdk.DescribeRegistryResponse>;
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
  initiateLayerUpload: Call<sdk.InitiateLayerUploadRequest, sdk.InitiateLayerUploadResponse>;
  listImageReferrers: Call<sdk.ListImageReferrersRequest, sdk.ListImageReferrersResponse>;
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
    sdk.CreateRepositoryRequest & { catalogData?: publicSdk.RepositoryCatalogDataInput },
    sdk.CreateRepositoryResponse
  >;
  /** ECR Public only. */
  describeRegistries: Call<publicSdk.DescribeRegistriesRequest, publicSdk.DescribeRegistriesResponse>;
  /** ECR Public only. */
  getRepositoryCatalogData: Call<
    publicSdk.GetRepositoryCatalogDataRequest,
    publicSdk.GetRepositoryCatalogDataResponse
  >;
  /** ECR Public only. */
  putRepositoryCatalogData: Call<
    publicSdk.PutRepositoryCatalogDataRequest,
    publicSdk.PutRepositoryCatalogDataResponse
  >;
}

/** Options of a client of ECR or ECR Public. */
export interface EcrOptions {
  /** Without a provider the SDK uses its default chain: environment, profile, role of the container or of the machine. */
  credentials: CredentialsProvider | undefined;
  /** Makes the remedy for a call that AWS denies from the message of AWS. */
  denied: (message: string) => string;
  signal: AbortSignal;
}

/** The client of a registry, and the provider of the credentials that it uses. */
export interface OpenEcr {
  ecr: Ecr;
  credentials: sdk.ECR['config']['credentials'];
}

/** Opens a client of ECR for the private registries of a region. */
export async function openEcr(region: string, { credentials, denied, signal }: EcrOptions): Promise<OpenEcr> {
  // Loaded here and not at the start, as the SDK is half of the bundle; it loads while the runner answers the OIDC request.
  const { ECR, paginateDescribeImages } = await import('@aws-sdk/client-ecr');
  const client = new ECR({ region, requestHandler: requestOptions(), ...(credentials && { credentials }) });
  guardRequests(client.config.requestHandler, signal);
  client.middlewareStack.add(renewExpired(client.config.credentials), { step: 'initialize' });
  client.middlewareStack.add(explainErrors('ecr', { region, denied }), {
    step: 'initialize',
    priority: 'high',
  });
  const ecr = Object.assign(client, {
    clockOffset: () => client.config.systemClockOffset,
    describeImagePages: (request: sdk.DescribeImagesRequest) =>
      paginateDescribeImages({ client, ...imagePagination }, request),
    describeRegistries: unsupported('DescribeRegistries', 'A private registry'),
    getRepositoryCatalogData: unsupported('GetRepositoryCatalogData', 'A private registry'),
    putRepositoryCatalogData: unsupported('PutRepositoryCatalogData', 'A private registry'),
  });
  return { ecr, credentials: client.config.credentials };
}

/** Images per page; a page token that repeats ends the paging, which would otherwise never end. */
export const imagePagination = { pageSize: 1000, stopOnSameToken: true };

/** An operation that this kind of registry does not have. Inputs that need it are rejected earlier, when they are read. */
export function unsupported(operation: string, registry: string): () => Promise<never> {
  return () =>
    Promise.reject(
      new Failure(`${registry} has no ${operation}.`, {
        remedy: 'Please report this run: it is our mistake.',
      }),
    );
}
