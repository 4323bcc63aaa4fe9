import type * as sdk from '@aws-sdk/client-inspector2';
import { isTransient, renewExpired } from './client.ts';
import type { CredentialsProvider } from './client.ts';
import { guardRequests, requestOptions } from './connection.ts';

/** The operations that are used of Amazon Inspector, which makes the enhanced scans. */
export interface Inspector {
  listCoverage(request: sdk.ListCoverageRequest): Promise<sdk.ListCoverageResponse>;
}

/** Opens a client of Amazon Inspector. Its SDK is loaded only when an image needs it. */
export async function openInspector(
  region: string,
  { credentials, signal }: { credentials: CredentialsProvider | undefined; signal: AbortSignal },
): Promise<Inspector> {
  const { Inspector2 } = await import('@aws-sdk/client-inspector2');
  const inspector = new Inspector2({
    region,
    requestHandler: requestOptions(),
    ...(credentials && { credentials }),
  });
  guardRequests(inspector.config.requestHandler, signal);
  inspector.middlewareStack.add(renewExpired(inspector.config.credentials), { step: 'initialize' });
  return inspector;
}

/** Whether the scan of the image with this ARN has succeeded; `undefined` where Inspector denies this role an answer. */
async function hasSucceeded(inspector: Inspector, imageArn: string): Promise<boolean | undefined> {
  const is = (value: string) => [{ comparison: 'EQUALS' as const, value }];
  const filterCriteria = { resourceType: is('AWS_ECR_CONTAINER_IMAGE'), resourceId: is(imageArn) };
  try {
    const { coveredResources = [] } = await inspector.listCoverage({ filterCriteria });
    return coveredResources.some(({ scanStatus }) => scanStatus?.reason === 'SUCCESSFUL');
  } catch (error) {
    return isTransient(error) ? false : undefined;
  }
}

/**
 * Makes a function that answers whether Inspector's scan of an image has succeeded. Once Inspector denies an answer it is not
 * called any more: the function then answers `false`, and `onDenied` is called once.
 */
export function openCoverage(
  open: () => Promise<Inspector>,
  { repositoryArn, onDenied }: { repositoryArn: string | undefined; onDenied: () => void },
): (digest: string) => Promise<boolean> {
  let inspector: Promise<Inspector> | undefined;
  // Several calls at the same time may each be denied.
  const denied: string[] = [];
  return async digest => {
    if (denied.length > 0) return false;
    const succeeded = await hasSucceeded(await (inspector ??= open()), `${repositoryArn}/${digest}`);
    if (succeeded !== undefined) return succeeded;
    if (denied.push(digest) === 1) onDenied();
    return false;
  };
}
