import type { BuildFailure } from '../docker/build-failure.ts';
import { sayTime } from '../docker/transfer-watch.ts';
import type { Stall } from '../docker/transfer-watch.ts';
import type { Fault, FoundFault } from './fault.ts';
import { isStalledPush } from './push-faults.ts';

/** A known reason why an image could not be pulled, which may pass. */
export interface PullFault extends Fault {
  /** How many times the same command is worth trying again. Nothing was built. */
  retries: number;
  /** Milliseconds to wait before another try, where {@link pauseBeforeTry} is too short. */
  waitMs?: number;
}

/**
 * The answer of a registry that is not the one that was asked for. What the registry says of it stands on lines of its own, or after
 * a dash. https://github.com/containerd/containerd/blob/main/core/remotes/errors/errors.go
 */
function answered(status: string, { by = String.raw`\S+` }: { by?: string } = {}): string {
  return String.raw`^[^\n]*unexpected status (?:from \w+ request to |code )(?:${by}): (?:${status})\b`;
}

/** BuildKit's errors do not tell what the header `Retry-After` of a registry said. */
const LIMIT_WAIT_MS = 60_000;

/**
 * Pulls fail by these with nothing wrong in the workflow. The remedies are for those that do not pass.
 * https://docs.docker.com/docker-hub/usage/pulls/
 */
export const pullFaults: readonly PullFault[] = [
  {
    name: "Docker Hub's pull limit",
    pattern: new RegExp(
      `${answered('429', { by: String.raw`https://[\w.-]+\.docker\.(?:io|com)/\S*` })}|toomanyrequests: You have reached your (?:[\\w ]+ )?pull rate limit`,
    ),
    retries: 1,
    waitMs: LIMIT_WAIT_MS,
    examples: [
      'unexpected status from HEAD request to https://registry-1.docker.io/v2/library/alpine/manifests/3: 429 Too Many Requests',
      'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    ],
    why: 'Docker Hub limits how many images one address or one login may pull. Runners share addresses, so a job that has no login pays for the pulls of others. The step waited a minute and tried once more.',
    remedy:
      "Docker Hub counts the pulls of everybody behind this runner's address: log in to it in a step before this one (docker/login-action), take the image from `public.ecr.aws/docker/library/…`, or pull it through a pull-through cache of ECR, such as `FROM 123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/alpine:3`.",
  },
  {
    name: 'throttled by ECR',
    pattern: new RegExp(
      answered('429', {
        by: String.raw`https://(?:public\.ecr\.aws|[\w.-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws))/\S*`,
      }),
    ),
    retries: 2,
    examples: [
      'unexpected status from HEAD request to https://public.ecr.aws/v2/docker/library/alpine/manifests/3: 429 Too Many Requests',
    ],
    why: 'ECR limits the pulls of one account in one region, and ECR Public those of one address without a login.',
    remedy:
      'ECR throttles the pulls of this account, or of those without a login from `public.ecr.aws`: let fewer jobs pull at once, and run this one again.',
  },
  {
    name: 'throttled',
    pattern: new RegExp(`${answered('429')}|toomanyrequests: `),
    retries: 2,
    examples: [
      'unexpected status from HEAD request to https://ghcr.io/v2/octo-org/base/manifests/1: 429 Too Many Requests',
    ],
    why: 'The registry of a base image limits the pulls of one address or one login. The step tried three times.',
    remedy:
      'The registry of this image throttles: let fewer jobs pull at once, log in to it in a step before this one, and run the job again.',
  },
  {
    // Most often the name is wrong, but a name server in trouble says it too.
    name: 'unknown host',
    pattern: /^(?![^\n]*unexpected status )[^\n]*\bno such host\b/,
    retries: 1,
    examples: [
      'failed to do request: Head "https://registry.example.com/v2/base/manifests/1": dial tcp: lookup registry.example.com on 127.0.0.53:53: no such host',
    ],
    why: "No name server of the builder's machine knows the registry's host.",
    remedy:
      'No name server knows the host of this image, asked twice: check its name, and the network of the runner.',
  },
  {
    name: 'registry out of reach',
    pattern: new RegExp(
      [
        answered('50[0234]'),
        // The engine's classic image store says it so.
        String.raw`^[^\n]*received unexpected HTTP status: 50[0234]\b`,
        // Network errors of Go; no registry has answered then.
        String.raw`^(?![^\n]*unexpected status )[^\n]*(?:\bEOF\b|TLS handshake timeout|i/o timeout|connection re(?:set|fused)|broken pipe|server misbehaving|[Tt]emporary failure in name resolution|no route to host|network is unreachable|Client\.Timeout exceeded|context deadline exceeded|on closed pipe|use of closed network connection)`,
      ].join('|'),
    ),
    retries: 2,
    examples: [
      'unexpected status from HEAD request to https://registry.example.com/v2/base/manifests/1: 503 Service Unavailable',
      'failed to do request: Head "https://registry.example.com/v2/base/manifests/1": net/http: TLS handshake timeout',
    ],
    why: 'The builder did not reach the registry of an image, or the registry answered with an error of its own, three times.',
    remedy:
      'Three tries did not reach the registry of this image: check its name, the network of the runner and the status of the registry, and run the job again.',
  },
];

/** The fault in what an engine or BuildKit says of a pull; `undefined` where another try would fail too. */
export function pullFaultIn(reason: string): FoundFault<PullFault> | undefined {
  return pullFaults.find(({ pattern }) => pattern.test(reason));
}

/**
 * Finds out whether a build failed as an image could not be pulled, for a reason that may pass: a base image, a frontend, what
 * `COPY --from` or a named context names. `undefined` where something else failed. A frontend that `# syntax=` names may give its
 * steps the names of pulls; its author gains two more runs of his own build by that.
 */
export function findPullFault(failure: BuildFailure): FoundFault<PullFault> | undefined {
  const { stall } = failure;
  if (stall !== undefined) return isStalledPush({ stall }) ? undefined : stalledPull(stall);
  const reason = pullReasonIn(failure);
  return reason === undefined ? undefined : pullFaultIn(reason);
}

/**
 * BuildKit's own words for a layer that could not be downloaded, with which an error begins. The layers of a base image are
 * downloaded for the first step that needs them. What an instruction says stands behind `process "`, or in quotes.
 */
const downloadPattern =
  /^(?:failed to (?:compute|load) cache key: )?(?:failed to copy: httpReadSeeker: |httpReadSeeker: |short read: expected \d+ bytes)/;

function stalledPull({ silentMs, transfers }: Stall): FoundFault<PullFault> {
  const time = sayTime(silentMs);
  const isSilent = transfers.some(({ kind }) => kind === 'reports');
  return {
    name: `nothing has moved for ${time}`,
    retries: 2,
    remedy: isSilent
      ? `BuildKit reported no work, ${time} long in the last of three tries: check the builder and its machine, or raise \`stall-timeout\`.`
      : `The registry of this image accepts connections and sends nothing, ${time} long in the last of three tries: check its status and the network of the runner, or raise \`stall-timeout\`.`,
  };
}

const resolveErrorPattern = /^(?:\S+: )?failed to resolve source metadata for /;

function pullReasonIn({ step, message }: BuildFailure): string | undefined {
  if (step === undefined)
    return resolveErrorPattern.test(message) || downloadPattern.test(message) ? message : undefined;
  const { role, error } = step;
  if (role === 'pull') return error;
  if (role === 'push' || role === 'cache export' || role === 'cache import') return undefined;
  const reason = role === 'image export' ? (/^failed to push \S+: (.*)$/s.exec(error)?.[1] ?? error) : error;
  return downloadPattern.test(reason) ? reason : undefined;
}

const FIRST_PAUSE_MS = 2000;

/**
 * Milliseconds to wait before another try: 2 s and then 6 s, give or take a quarter, so that jobs that failed at once do not ask at
 * once again.
 *
 * @param random from 0 to 1
 */
export function pauseBeforeTry(
  tries: number,
  { waitMs = FIRST_PAUSE_MS * 3 ** (tries - 1) }: Pick<PullFault, 'waitMs'>,
  random: number,
): number {
  // A limit that is waited out has not ended before.
  return Math.round(waitMs * (waitMs >= LIMIT_WAIT_MS ? 1 + random / 4 : 0.75 + random / 2));
}
