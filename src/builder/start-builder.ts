import type { FoundFault } from '../diagnosis/fault.ts';
import { pauseBeforeTry, pullFaultIn } from '../diagnosis/pull-faults.ts';
import type { PullFault } from '../diagnosis/pull-faults.ts';
import { sayCommand } from '../docker/command-line.ts';
import type { Docker } from '../docker/docker.ts';
import { sayTime } from '../docker/transfer-watch.ts';
import { runWatched } from '../docker/watchdog.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import { clock } from '../platform/poll.ts';
import type { MadeDriver } from './plan.ts';

/** A command of buildx about a builder. */
export interface BuilderCommand {
  docker: Pick<Docker, 'buildx'>;
  argv: readonly string[];
  driver: MadeDriver;
  /** Milliseconds without a word of buildx after which it is interrupted. */
  stallTimeoutMs: number;
}

/** Registers a node of a builder, which starts nothing yet. Throws a `Failure` where that can't be done. */
export async function registerNode(job: Job, log: Log, command: BuilderCommand): Promise<void> {
  const failed = await runBuildx(job, log, command);
  if (failed === undefined) return;
  throw new Failure(`buildx could not make a builder: ${failed.reason}`, {
    remedy: remedyOf(command.driver, failed.reason),
  });
}

/**
 * Pulls BuildKit's image and starts it, or dials the one that runs elsewhere. What may pass is tried again, three times in all.
 * Throws a `Failure` where the builder does not answer.
 */
export async function startBuilder(job: Job, log: Log, command: BuilderCommand): Promise<void> {
  for (let tries = 1; ; tries++) {
    const failed = await runBuildx(job, log, command);
    if (failed === undefined) return;
    const { reason, isSilent } = failed;
    const remedy = remedyOf(command.driver, reason);
    const fault: FoundFault<PullFault> | undefined = isSilent
      ? { name: 'nothing is said', retries: 2, remedy }
      : pullFaultIn(reason);
    if (fault === undefined || tries > fault.retries) {
      throw new Failure(`The builder does not answer: ${reason}`, {
        remedy: fault?.waitMs === undefined ? remedy : `${fault.remedy} ${mirrorRemedy}`,
      });
    }
    const pauseMs = pauseBeforeTry(tries, fault, Math.random());
    log.info(
      `The builder does not answer (${fault.name}): trying again in ${Math.ceil(pauseMs / 1000)} seconds.`,
    );
    await clock.sleep(pauseMs, job.signal);
  }
}

/** Why a command failed. */
interface FailedCommand {
  reason: string;
  /** Whether it was interrupted, as it said nothing any more. */
  isSilent: boolean;
}

/** How often the time since buildx's last word is read within the time-out. */
const LOOKS_PER_TIMEOUT = 12;
const MAX_INTERVAL_MS = 5000;

/** Returns why the command failed; `undefined` where it did not. */
async function runBuildx(
  job: Job,
  log: Log,
  { docker, argv, stallTimeoutMs }: BuilderCommand,
): Promise<FailedCommand | undefined> {
  log.info(`docker buildx ${sayCommand(argv)}`);
  // The pull of BuildKit's image is silent, so this is the time of all of it.
  let heardAt = performance.now();
  const hear = (): void => void (heardAt = performance.now());
  const run = (signal: AbortSignal | undefined) =>
    docker.buildx(argv, { ...(signal && { signal }), onOutput: hear });
  const { exitCode, output, stopped } = await runWatched(run, {
    signal: job.signal,
    watch: {
      intervalMs: Math.min(MAX_INTERVAL_MS, stallTimeoutMs / LOOKS_PER_TIMEOUT),
      look: now => (now - heardAt >= stallTimeoutMs ? { silentMs: now - heardAt } : undefined),
    },
  });
  if (stopped !== undefined) {
    const reason = `buildx said nothing for ${sayTime(stopped.silentMs)} (\`stall-timeout\`)`;
    return { reason, isSilent: true };
  }
  if (exitCode === 0) return undefined;
  const said = output.match(/^ERROR: .*$/gm)?.at(-1);
  return { reason: said?.replace('ERROR: ', '') ?? output.trim(), isSilent: false };
}

const mirrorRemedy = "A mirror of BuildKit's image is named by `driver-opts: image=…`.";

function remedyOf(driver: MadeDriver, reason: string): string {
  if (reason.includes('TLS data loaded from environment'))
    return 'buildx takes an engine behind TLS from a docker context alone: run `docker context create tls --docker host=…,ca=…,cert=…,key=…` in a step before this one, and give `driver: docker-container` with `endpoint: tls`.';
  if (driver === 'docker-container' && /x509: |failed to verify certificate/.test(reason))
    return "The engine pulls BuildKit's image, and does not trust who signed the certificate of its registry: put the authority's certificate into `/etc/docker/certs.d/HOST/ca.crt` on the engine's machine, or name an image of another registry by `driver-opts: image=…`. AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS are for the calls of this step itself.";
  return remedies[driver];
}

const remedies: Record<MadeDriver, string> = {
  'docker-container':
    'Check `driver-opts`, and that this runner can pull the image of BuildKit (moby/buildkit); a mirror of it is named by `driver-opts: image=…`. Without a builder of its own the step builds with `cache: off` and a single platform, or with the containerd image store of this engine.',
  kubernetes:
    'Check `driver-opts`, that KUBECONFIG or the service account of this runner reaches the cluster, and that it may make Deployments in the namespace.',
  remote:
    'Check `endpoint`, that BuildKit listens there and that this runner may reach it; with TLS the `driver-opts` are cacert, cert, key and, where the certificate has another name than the endpoint, servername.',
};
