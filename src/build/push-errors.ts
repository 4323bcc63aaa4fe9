import type { BuildFailure, FailedStep } from '../docker/build-failure.ts';

/** A known reason why a push failed. */
export interface PushFault {
  name: string;
  /** Matches the registry's own error text, without "failed to push …: " before it. What comes before it differs between clients. */
  pattern: RegExp;
  /** How many times a new login and the same command are worth trying; that repeats only the push. */
  retries: number;
  remedy: string;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html */
const pushFaults: PushFault[] = [
  {
    name: 'immutable tag',
    pattern: /cannot be overwritten because the tag is immutable/,
    retries: 0,
    remedy:
      'This commit has been pushed before, and its tag cannot move. Push another commit, delete that tag in ECR, or make the repository mutable.',
  },
  {
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
    name: 'too many tags',
    pattern: /exceeds the maximum allowed number of tags per image/,
    retries: 0,
    remedy:
      "The build gives the same image for many commits, and this one has as many tags as ECR allows: delete some of them. By default labels have the commit's SHA, and each commit an image of its own.",
  },
  {
    name: 'missing repository',
    pattern: /The repository with name '[^']*' does not exist in the registry/,
    retries: 0,
    remedy: 'The repository was deleted while the image was built: run the job again.',
  },
  {
    name: 'missing permission',
    // Of KMS and Signer too, which ECR calls in the role's name.
    pattern: /is not authorized to perform: (ecr|kms|signer):/,
    retries: 0,
    remedy:
      'Allow the action that the message names in a policy of the role; the README lists all that are needed.',
  },
  {
    name: 'expired login',
    pattern: /Your authorization token has expired|no basic auth credentials/,
    retries: 2,
    remedy: 'Docker lost its login while it pushed: check that no other step logs it out.',
  },
  {
    // The answer to a HEAD request has no text. The login has expired or a permission is missing; one more try shows which.
    name: 'refused without a reason',
    pattern: /unexpected status from HEAD request to \S+: (401 Unauthorized|403 Forbidden)/,
    retries: 1,
    remedy:
      'The role may not ask the registry what is there: allow ecr:BatchCheckLayerAvailability, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the repository.',
  },
  {
    // https://github.com/moby/buildkit/issues/6171
    name: 'attestations refused',
    pattern: /405 Method Not Allowed|(?:^|: )unsupported\b/,
    retries: 0,
    remedy: 'The registry does not take this kind of manifest: set `provenance: false`, and no `sbom`.',
  },
  {
    name: 'throttled',
    pattern: /toomanyrequests|Rate exceeded/i,
    retries: 2,
    remedy: 'ECR throttles this registry: let fewer jobs push at once, and run this one again.',
  },
  {
    // Where two jobs on one engine name an image at the same time, containerd lets only one of them.
    name: 'named by another build',
    pattern: /^image "[^"]+": already exists$/,
    retries: 2,
    remedy: 'Another build on this engine gives its image the same name at this moment: run the job again.',
  },
  {
    name: 'registry out of reach',
    pattern:
      /(connection re(set|fused)|broken pipe|EOF|i\/o timeout|TLS handshake timeout|: 50[0234] |: unknown: Internal|on closed pipe)/,
    retries: 2,
    remedy: 'Three tries did not reach the registry: check the network of the runner, and run the job again.',
  },
];

/**
 * Finds out why a push failed; `undefined` where something else failed. Only the words of the step that pushes are searched: those
 * of all others, and of buildx's last line, quote instructions and what other registries say. A layer that the push could not
 * fetch from where it lies is no fault of the push either.
 */
export function findPushFault({ step }: BuildFailure): PushFault | undefined {
  const reason = step === undefined ? undefined : pushReasonIn(step);
  if (reason === undefined || fetchErrorPattern.test(reason)) return undefined;
  return pushFaults.find(({ pattern }) => pattern.test(reason));
}

function pushReasonIn({ role, error }: FailedStep): string | undefined {
  if (role === 'push') return error;
  if (role !== 'image export') return undefined;
  return /^failed to push \S+: (.*)$/s.exec(error)?.[1] ?? /^image "[^"]+": already exists$/.exec(error)?.[0];
}

/** The remedy where the role may not pull a base image from ECR. */
function pullRemedyOf({ step }: BuildFailure): string | undefined {
  return step?.name.startsWith('[internal] load metadata for ') &&
    /is not authorized to perform: ecr:/.test(step.error)
    ? 'Allow the action that the message names on the repository of the base image.'
    : undefined;
}

/** The options of the `Failure` that reports a failed build. */
interface BuildFailureDetails {
  remedy: string;
  /** The last lines of the build. */
  lastLines: string;
}

/** The arguments of the `Failure` for a build that ended with an error. */
export function describeBuildFailure(
  failure: BuildFailure,
  reference: string,
): [message: string, fault: BuildFailureDetails] {
  return [
    `Building ${reference} failed: ${failure.message}`,
    {
      remedy:
        findPushFault(failure)?.remedy ??
        pullRemedyOf(failure) ??
        "The build's own output, in the log of this step, says which instruction failed and why.",
      lastLines: failure.lastLines,
    },
  ];
}

/**
 * Matches BuildKit's errors for a layer that it could not fetch. BuildKit trusts a cache's manifest and fetches layers
 * only when it needs them, so a layer that was deleted meanwhile ends the build: https://github.com/moby/buildkit/issues/2836
 */
const cacheErrorPattern =
  /failed to copy: |httpReadSeeker: |short read: expected \d+ bytes|blob (?:sha256:\w+ )?not found|maximum timeout reached|failed commit on ref .*unexpected (?:commit )?(?:size|digest)/;

/** Matches a failed download at the beginning of an error. A push that was interrupted has partly the same error texts. */
const fetchErrorPattern = /^(?:failed to copy: )?(?:httpReadSeeker: |GET http|short read: )/;

/** BuildKit's solver forgot the state of an edge of the build. No step fails then. */
const lostStatePattern = /^(?:failed to (?:compute|load) cache key: )?failed to get state for index \d+ on /;

/**
 * Whether a build that read caches may succeed without them. A base image that can't be fetched looks the same. Quoted texts are
 * left out: an instruction that failed is quoted in its error, and so is a file that is not there.
 */
export function isCacheFault({ step, message }: BuildFailure): boolean {
  if (step === undefined) return lostStatePattern.test(message);
  const { role, name, error } = step;
  if (role === 'push' || role === 'cache export' || name.startsWith('[internal] ')) return false;
  const [line = ''] = error.split('\n', 1);
  const words = line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  const pushReason = /^failed to push \S+: (.*)$/.exec(words)?.[1];
  if (role === 'image export' && pushReason !== undefined) return fetchErrorPattern.test(pushReason);
  return !words.startsWith('process "') && cacheErrorPattern.test(words);
}
