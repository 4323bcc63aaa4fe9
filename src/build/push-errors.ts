import { lastLinesOf } from '../docker/buildkit-progress.ts';

/** Why a build with a push failed. */
export interface PushFault {
  name: string;
  /** What the registry said of it; clients render the prefix differently, so only its own text counts. */
  sign: RegExp;
  /** How often a new login and the same command again may mend it; that repeats nothing but the push. */
  retries: number;
  remedy: string;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html */
const faults: PushFault[] = [
  {
    name: 'immutable tag',
    sign: /cannot be overwritten because the tag is immutable/,
    retries: 0,
    remedy:
      'This commit has been pushed before, and its tag cannot move. Push another commit, delete that tag in ECR, or make the repository mutable.',
  },
  {
    name: 'missing repository',
    sign: /The repository with name '[^']*' does not exist in the registry/,
    retries: 0,
    remedy: 'The repository was deleted while the image was built: run the job again.',
  },
  {
    name: 'missing permission',
    sign: /is not authorized to perform: ecr:/,
    retries: 0,
    remedy:
      'Allow the action that the message names in a policy of the role; the README lists all that are needed.',
  },
  {
    name: 'expired login',
    sign: /Your authorization token has expired|failed to push.*no basic auth credentials/,
    retries: 2,
    remedy: 'Docker lost its login while it pushed: check that no other step logs it out.',
  },
  {
    // The answer to a HEAD request has no text: an expired login or a missing permission, and one more try tells which.
    name: 'refused without a reason',
    sign: /failed to push.*unexpected status from HEAD request to \S+: (401 Unauthorized|403 Forbidden)/,
    retries: 1,
    remedy:
      'The role may not ask the registry what is there: allow ecr:BatchCheckLayerAvailability, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the repository.',
  },
  {
    // https://github.com/moby/buildkit/issues/6171
    name: 'attestations refused',
    sign: /failed to push.*(405 Method Not Allowed|: unsupported\b)/,
    retries: 0,
    remedy: 'The registry does not take this kind of manifest: set `provenance: false`, and no `sbom`.',
  },
  {
    name: 'throttled',
    sign: /failed to push.*(toomanyrequests|Rate exceeded)/i,
    retries: 2,
    remedy: 'ECR throttles this registry: let fewer jobs push at once, and run this one again.',
  },
  {
    // Of two jobs on one engine, containerd lets one give an image its name.
    name: 'named by another build',
    sign: /^image "[^"]+": already exists$/,
    retries: 2,
    remedy: 'Another build on this engine gives its image the same name at this moment: run the job again.',
  },
  {
    name: 'registry out of reach',
    sign: /failed to push.*(connection re(set|fused)|broken pipe|EOF|i\/o timeout|TLS handshake timeout|: 50[0234] |: unknown: Internal|on closed pipe)/,
    retries: 2,
    remedy: 'Three tries did not reach the registry: check the network of the runner, and run the job again.',
  },
];

/** The error that ended a build; what came before it, such as a cache that could not be read, ended nothing. */
export function lastErrorOf(output: string): string | undefined {
  // Each layer of buildx says again that something failed; the last says what.
  return /^ERROR: (?:failed to (?:build|solve): )*(.*)$/.exec(
    output.match(/^ERROR: .*$/gm)?.at(-1) ?? '',
  )?.[1];
}

/** Judges the output of a failed `buildx build --push`; `undefined` where the build itself is at fault. */
export function pushFaultOf(output: string): PushFault | undefined {
  const error = lastErrorOf(output) ?? '';
  return faults.find(({ sign }) => sign.test(error));
}

/** A failed build as its reader needs it. */
interface BuildFault {
  remedy: string;
  /** Of its output. */
  lastLines: string;
}

/** What is said of a build that ended with an error. */
export function faultOfBuild(output: string, reference: string): [message: string, fault: BuildFault] {
  return [
    `Building ${reference} failed: ${lastErrorOf(output) ?? 'buildx ended without a reason'}`,
    {
      remedy:
        pushFaultOf(output)?.remedy ??
        "The build's own output, in the log of this step, says which instruction failed and why.",
      lastLines: lastLinesOf(output),
    },
  ];
}

/**
 * How BuildKit says that it could not fetch a layer. It takes a cache at its word and fetches only what it needs in the
 * end, so a layer that has gone meanwhile ends the build: https://github.com/moby/buildkit/issues/2836
 */
const sign =
  /failed to copy: |httpReadSeeker: |short read: expected \d+ bytes|blob (?:sha256:\w+ )?not found|maximum timeout reached|failed to get state for index|failed commit on ref .*unexpected (?:commit )?(?:size|digest)/;

/** A push that broke off says partly the same. */
const fetching = /httpReadSeeker: |GET http/;

/** Whether a build that read caches may end well without them. A base image that can't be fetched looks the same. */
export function isCacheFault(output: string): boolean {
  const error = lastErrorOf(output) ?? '';
  return sign.test(error) && (!error.includes('failed to push') || fetching.test(error));
}
