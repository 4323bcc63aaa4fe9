import { createHash } from 'node:crypto';
import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import pRetry from 'p-retry';
import type { Docker } from '../docker/docker.ts';
import { Failure } from '../platform/failure.ts';
import { explainErrors, renewExpired } from './client.ts';
import { guardRequests, requestOptions } from './connection.ts';
import { unsupported, imagePagination } from './ecr.ts';
import type { Ecr, EcrOptions, OpenEcr } from './ecr.ts';

/** The region in which ECR Public is called. https://docs.aws.amazon.com/general/latest/gr/ecr-public.html */
const region = 'us-east-1';

interface PublicEcrOptions extends EcrOptions {
  /** Finds the docker that reads manifests. */
  docker: () => Promise<Docker>;
  /** The URI by which docker reads a repository, from the one that the API answers. */
  addressFor: (uri: string) => string;
}

/** Three tries within some seconds. */
const readAgain = { retries: 2, minTimeout: 500, randomize: true };

/** Opens a client of ECR Public with the operations of a private registry, so that the steps work with either. */
export async function openPublicEcr({
  credentials,
  denied,
  signal,
  docker: find,
  addressFor,
}: PublicEcrOptions): Promise<OpenEcr> {
  let found: Promise<Docker> | undefined;
  const { ECRPUBLIC, paginateDescribeImages } = await import('@aws-sdk/client-ecr-public');
  const options = { region, requestHandler: requestOptions(), ...(credentials && { credentials }) };
  const client = new ECRPUBLIC(options);
  guardRequests(client.config.requestHandler, signal);
  client.middlewareStack.add(renewExpired(client.config.credentials), { step: 'initialize' });
  client.middlewareStack.add(explainErrors('ecr-public', { region, denied }), {
    step: 'initialize',
    priority: 'high',
  });
  const unsupportedHere = (operation: string) => unsupported(operation, 'ECR Public');
  const ecr: Ecr = {
    clockOffset: () => client.config.systemClockOffset,
    /** The API of ECR Public has no such operation, so docker reads the manifests, which are public. */
    async batchGetImage({ repositoryName = '', registryId, imageIds = [] }) {
      const { repositories } = await client.describeRepositories({
        repositoryNames: [repositoryName],
        ...(registryId !== undefined && { registryId }),
      });
      const uri = addressFor(repositories?.[0]?.repositoryUri ?? '');
      const docker = await (found ??= find());
      // Unlike the SDK, docker makes each request once.
      const read = (imageId: ImageIdentifier) => () => readManifest(docker, uri, { imageId, signal });
      const answers = await Promise.all(
        imageIds.map(imageId => pRetry(read(imageId), { ...readAgain, signal })),
      );
      return { images: answers.filter(each => each !== undefined) };
    },
    createRepository: ({ repositoryName, tags, catalogData }) =>
      client.createRepository({ repositoryName, ...(tags && { tags }), ...(catalogData && { catalogData }) }),
    /** ECR Public archives no images, so a filter has nothing to leave out. */
    describeImages: ({ repositoryName, registryId, imageIds }) =>
      client.describeImages({ repositoryName, registryId, imageIds }),
    describeImagePages: ({ repositoryName, registryId }) =>
      paginateDescribeImages(
        { client, ...imagePagination },
        { repositoryName, ...(registryId !== undefined && { registryId }) },
      ),
    describeRegistries: request => client.describeRegistries(request),
    describeRepositories: request => client.describeRepositories(request),
    async getAuthorizationToken() {
      const { authorizationData } = await client.getAuthorizationToken({});
      return { authorizationData: authorizationData ? [authorizationData] : [] };
    },
    getRepositoryCatalogData: request => client.getRepositoryCatalogData(request),
    getRepositoryPolicy: request => client.getRepositoryPolicy(request),
    async listTagsForResource(request) {
      const { tags = [] } = await client.listTagsForResource(request);
      return { tags: tags.flatMap(({ Key, Value }) => (Key && Value !== undefined ? [{ Key, Value }] : [])) };
    },
    putImage: request => client.putImage(request),
    putRepositoryCatalogData: request => client.putRepositoryCatalogData(request),
    setRepositoryPolicy: request => client.setRepositoryPolicy(request),
    tagResource: request => client.tagResource(request),
    batchCheckLayerAvailability: unsupportedHere('BatchCheckLayerAvailability'),
    batchGetRepositoryScanningConfiguration: unsupportedHere('BatchGetRepositoryScanningConfiguration'),
    describeImageReplicationStatus: unsupportedHere('DescribeImageReplicationStatus'),
    describeImageScanFindings: unsupportedHere('DescribeImageScanFindings'),
    describeRegistry: unsupportedHere('DescribeRegistry'),
    describeRepositoryCreationTemplates: unsupportedHere('DescribeRepositoryCreationTemplates'),
    getDownloadUrlForLayer: unsupportedHere('GetDownloadUrlForLayer'),
    getLifecyclePolicy: unsupportedHere('GetLifecyclePolicy'),
    getLifecyclePolicyPreview: unsupportedHere('GetLifecyclePolicyPreview'),
    getRegistryScanningConfiguration: unsupportedHere('GetRegistryScanningConfiguration'),
    initiateLayerUpload: unsupportedHere('InitiateLayerUpload'),
    listImageReferrers: unsupportedHere('ListImageReferrers'),
    putImageScanningConfiguration: unsupportedHere('PutImageScanningConfiguration'),
    putImageTagMutability: unsupportedHere('PutImageTagMutability'),
    putLifecyclePolicy: unsupportedHere('PutLifecyclePolicy'),
    startImageScan: unsupportedHere('StartImageScan'),
    startLifecyclePolicyPreview: unsupportedHere('StartLifecyclePolicyPreview'),
  };
  return { ecr, credentials: client.config.credentials };
}

/** A manifest, byte for byte as the registry stores it, whose media type docker does not tell; `undefined` where there is none. */
async function readManifest(
  docker: Docker,
  uri: string,
  { imageId, signal }: { imageId: ImageIdentifier; signal: AbortSignal },
) {
  const { imageTag, imageDigest } = imageId;
  const reference = imageDigest === undefined ? `${uri}:${imageTag}` : `${uri}@${imageDigest}`;
  const argv = ['imagetools', 'inspect', '--raw', reference];
  const { exitCode, stdout, stderr } = await docker.askBuildx(argv, signal);
  if (exitCode !== 0) {
    const message = stderr.trim();
    if (/not found|manifest unknown/i.test(message)) return undefined;
    throw new Failure(`docker could not read ${reference}: ${message}`, {
      remedy: "Check that the runner's docker reaches this host, then run the job again.",
    });
  }
  const digest = imageDigest ?? `sha256:${createHash('sha256').update(stdout).digest('hex')}`;
  return { imageId: { ...imageId, imageDigest: digest }, imageManifest: stdout };
}
