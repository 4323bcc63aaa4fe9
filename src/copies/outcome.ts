import type { Copied } from '../copy/copy-tree.ts';
import type { PlatformImage } from '../ecr/platforms.ts';
import { Failure } from '../platform/failure.ts';
import type { CopySummary } from '../report/copies-table.ts';
import { digestsByPlatform } from '../report/output-values.ts';
import type { Destination } from './open-destination.ts';
import { sayFailed } from './failed-destinations.ts';

/** What came of the copy to one destination. */
export interface CopyOutcome {
  destination: Destination;
  /** Absent where the image did not get there. */
  copied: Copied | undefined;
  /** The tags of the run that the image has there. */
  tags: readonly string[];
  /** Why the copy failed, or one of its tags; absent where all is done. */
  error?: unknown;
}

/** An entry of the output `copies`. docs/destinations.md describes it. */
interface CopyEntry {
  status: CopySummary['status'];
  /** The name of the repository. */
  repository: string;
  region: string;
  'registry-id'?: string;
  /** The image by digest, as it can be pulled there; absent where it is not there. */
  image?: string;
  digest?: string;
  platforms?: Record<string, string>;
  tags: readonly string[];
}

/** The value of the output `copies`. With `mask-aws-account-id` it is without the account, so that GitHub hands it on to other jobs. */
export function copiesOutput(
  outcomes: readonly CopyOutcome[],
  {
    digest,
    platforms,
    masksAccountId,
  }: { digest: string; platforms: readonly PlatformImage[]; masksAccountId: boolean },
): string {
  const entries = outcomes.map((outcome): CopyEntry => {
    const { destination, copied, tags } = outcome;
    const { name, registryId, uri } = destination.repository;
    return {
      status: statusOf(outcome),
      repository: name,
      region: destination.plan.region,
      ...(!masksAccountId && { 'registry-id': registryId }),
      ...(copied && {
        ...(!masksAccountId && { image: `${uri}@${digest}` }),
        digest,
        platforms: digestsByPlatform(platforms),
      }),
      tags,
    };
  });
  return JSON.stringify(entries);
}

/** The outcomes as the summary shows them. */
export function summariesOf(outcomes: readonly CopyOutcome[]): CopySummary[] {
  return outcomes.map(outcome => {
    const { destination, copied, tags } = outcome;
    const { sentBytes = 0, mountedBytes = 0, presentBytes = 0 } = copied ?? {};
    return {
      title: destination.plan.title,
      status: statusOf(outcome),
      tags,
      ...(copied && { bytes: { sent: sentBytes, mounted: mountedBytes, present: presentBytes } }),
    };
  });
}

function statusOf({ copied, error }: CopyOutcome): CopySummary['status'] {
  return error !== undefined || copied === undefined ? 'failed' : copied.kind;
}

/** The one failure of all copies, which says where the image is and where not; `undefined` where none has failed. */
export function copiesFailure(outcomes: readonly CopyOutcome[]): Failure | undefined {
  const failed = outcomes.filter(each => statusOf(each) === 'failed');
  const [first] = failed;
  if (first === undefined) return undefined;
  const done = outcomes.filter(each => statusOf(each) !== 'failed').map(titleOf);
  const halfway = failed.filter(({ copied }) => copied !== undefined).map(titleOf);
  const { message, remedy } = sayFailed(failed.map(each => ({ title: titleOf(each), error: each.error })));
  const has = done.length === 0 ? 'None has it with its tags.' : `Those that have it: ${done.join(', ')}.`;
  const partly =
    halfway.length === 0 ? '' : ` The image is there, but not each of its tags: ${halfway.join(', ')}.`;
  return new Failure(
    `The copy to ${failed.length} of ${outcomes.length} destinations failed:\n${message}\n${has}${partly}`,
    {
      remedy: [remedy, 'Then run the job again: it copies only what is missing.'].filter(Boolean).join('\n'),
      cause: first.error,
    },
  );
}

function titleOf({ destination: { plan } }: CopyOutcome): string {
  return plan.title;
}
