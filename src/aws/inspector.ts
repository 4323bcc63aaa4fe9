import type * as sdk from '@aws-sdk/client-inspector2';
import { endWith, isPassing, requestOptions } from './client.ts';
import type { CredentialsProvider } from './client.ts';

/** What is asked of Amazon Inspector, which makes the enhanced scans. */
export interface Inspector {
  listCoverage(request: sdk.ListCoverageRequest): Promise<sdk.ListCoverageResponse>;
}

/** Loaded only for the image that needs it. */
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
  endWith(inspector.config.requestHandler, signal);
  return inspector;
}

/** Whether the scan of an image has succeeded, by its ARN; `undefined` where Inspector will not tell this role. */
async function hasSucceeded(inspector: Inspector, imageArn: string): Promise<boolean | undefined> {
  const is = (value: string) => [{ comparison: 'EQUALS' as const, value }];
  const filterCriteria = { resourceType: is('AWS_ECR_CONTAINER_IMAGE'), resourceId: is(imageArn) };
  try {
    const { coveredResources = [] } = await inspector.listCoverage({ filterCriteria });
    return coveredResources.some(({ scanStatus }) => scanStatus?.reason === 'SUCCESSFUL');
  } catch (error) {
    return isPassing(error) ? false : undefined;
  }
}

/** Asks whether images have been scanned for as long as Inspector tells; where it does not, that is told once. */
export function openCoverage(
  open: () => Promise<Inspector>,
  { repositoryArn, onSilence }: { repositoryArn: string | undefined; onSilence: () => void },
): (digest: string) => Promise<boolean> {
  let held: Promise<Inspector> | undefined;
  // Of several that are asked about at once each may find it out.
  const untold: string[] = [];
  return async digest => {
    if (untold.length > 0) return false;
    const succeeded = await hasSucceeded(await (held ??= open()), `${repositoryArn}/${digest}`);
    if (succeeded !== undefined) return succeeded;
    if (untold.push(digest) === 1) onSilence();
    return false;
  };
}
