import type { BuildFailure } from '../docker/build-failure.ts';
import { findBuildFault } from './build-faults.ts';
import { explainCase } from './explain-case.ts';
import type { FailedBuild } from './explain-case.ts';
import { placeOf } from './failed-place.ts';
import { findPullFault } from './pull-faults.ts';
import { findPushFault, isStalledPush } from './push-faults.ts';

/** The options of the `Failure` that reports a failed build. */
interface BuildFailureDetails {
  remedy: string;
  /** The last lines of the build. */
  lastLines: string;
}

/** What was built, and how. */
export interface DescribedBuild {
  /** Full reference, or the name and tag of an image that is not pushed. */
  reference: string;
  build: FailedBuild;
  /** The hosts that the step is logged in to, all of them registries of ECR. */
  hosts: readonly string[];
  /** Whether GitHub withholds an identity at AWS from the job, as from a pull request from a fork. */
  lacksIdentity?: boolean;
  /** Whether the image was to be pushed. */
  push: boolean;
}

/**
 * The arguments of the `Failure` for a build that ended with an error. What fails while the image is exported to the registry is
 * called a push.
 */
export async function describeBuildFailure(
  failure: BuildFailure,
  { reference, build, push, hosts, lacksIdentity = false }: DescribedBuild,
): Promise<[message: string, fault: BuildFailureDetails]> {
  const failed = placeOf(failure);
  const isPush = push && (failed.place === 'export' || isStalledPush(failure));
  const { lastLines } = failure;
  const pushFault = findPushFault(failure);
  const message = isPush
    ? `Pushing ${reference} failed: ${failure.message.replace(/^failed to push \S+: /, '')}`
    : `Building ${reference} failed: ${failure.message}`;
  if (pushFault !== undefined) return [message, { remedy: pushFault.remedy, lastLines }];
  const pullFault = findPullFault(failure);
  const fault = findBuildFault(failed);
  const explanation = await explainCase(failed, {
    fault: pullFault?.name ?? fault?.name,
    build,
    hosts,
    lacksIdentity,
  });
  const remedy =
    pullFault?.remedy ??
    fault?.remedy ??
    (isPush
      ? 'The registry, or something before it, said this: the log of this step has the whole of it.'
      : "The build's own output, in the log of this step, says which instruction failed and why.");
  return [message, { remedy: [...explanation, remedy].join(' '), lastLines }];
}
