import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAction } from './action-manifest.ts';
import type { ActionManifest } from './action-manifest.ts';
import { createCommandFiles, readCommandFiles } from './command-files.ts';
import type { Told } from './command-files.ts';
import { jobEnvironment, machineEnvironment } from './environment.ts';
import { push } from './event.ts';
import type { Event } from './event.ts';
import { createEvaluator, fillInputs } from './inputs.ts';
import { createJobLog } from './job-log.ts';
import type { JobLog } from './job-log.ts';
import { describeJob } from './job.ts';
import type { Job } from './job.ts';
import { createMasks } from './masks.ts';
import type { Masks } from './masks.ts';
import { runPhase } from './phase.ts';
import type { Phase, Trigger } from './phase.ts';
import type { GitHub } from './server.ts';

/** A workflow step that `uses` an action, and the job around it. */
export interface StepOptions {
  /** The folder that has the `action.yml`. */
  action: string;
  with?: Record<string, string>;
  /** A push to the default branch if not said. */
  event?: Event;
  /** These outrank what follows from the event. */
  ref?: string;
  sha?: string;
  repository?: string;
  job?: Partial<Job>;
  /** What the workflow grants. A pull request from a fork gets no identity token whatever is granted. */
  permissions?: { 'id-token'?: 'write'; 'pull-requests'?: 'write'; contents?: 'read' | 'write' };
  workspace: string;
  /** The job's `env`. `ACTIONS_STEP_DEBUG: 'true'` shows debug lines. */
  environment?: Record<string, string>;
  /** `RUNNER_TEMP`, which is kept; by default a new folder that is removed at the end. */
  temp?: string;
  /**
   * Whether the action's own pauses are over at once, and its clock says that their time has passed. The world goes by the real time.
   */
  leapsOverPauses?: boolean;
  /** Told of every line of the log as a user sees it. */
  onLine?: (line: string) => void;
}

/** A phase, and what it told the runner by commands and by its files. */
export interface Finished {
  phase: Phase;
  cancelled: boolean;
  told: Told;
  succeeded: boolean;
}

export interface PhaseStart {
  /** What earlier phases of the job leave to this one. */
  inherited?: Pick<Told, 'env' | 'state' | 'path'>;
  cancelAfter?: Trigger | undefined;
  kill?: Trigger | undefined;
}

/** A step that is ready to run. */
export interface Step extends AsyncDisposable {
  readonly manifest: ActionManifest;
  readonly log: JobLog;
  readonly masks: Masks;
  /** What the processes wrote, line by line. */
  readonly rawLines: readonly string[];
  /** `NAME=value` in the environment of every process that the step starts. */
  readonly marker: string;
  /** Runs a script of the action. */
  run(script: string, start: PhaseStart): Promise<Finished>;
}

/** Starts the job at GitHub, fills the inputs up, and writes the step's head into its log. */
export async function prepareStep(github: GitHub, options: StepOptions): Promise<Step> {
  const { environment = {}, onLine } = options;
  const manifest = await readAction(options.action);
  const { job, event } = describeRun(options);
  const services = await github.startJob(job);
  const temp = options.temp ?? (await mkdtemp(join(tmpdir(), 'runner-temp-')));
  const trackingId = `github_${randomUUID()}`;
  const folders = { workspace: options.workspace, temp, toolCache: join(temp, '_tool') };
  const debug = environment['ACTIONS_STEP_DEBUG'] === 'true';
  const githubToken = `ghs_${randomBytes(18).toString('hex')}`;
  const canComment = options.permissions?.['pull-requests'] === 'write';
  const canReadContents = options.permissions?.contents !== undefined || job.visibility === 'public';
  github.admitToken(githubToken, { repository: job.repository, canComment, canReadContents });
  const masks = createMasks([githubToken, services['ACTIONS_RUNTIME_TOKEN'] ?? '']);
  const log = createJobLog({ masks, debug, workspace: options.workspace, ...(onLine && { onLine }) });
  const inputs = fillInputs(manifest.inputs, options.with ?? {}, { evaluate: createEvaluator(githubToken) });
  const context = {
    ...inputs.environment,
    ...(await jobEnvironment(job, event, { folders, trackingId })),
    ...services,
    ...(debug && { RUNNER_DEBUG: '1' }),
  };
  const rawLines: string[] = [];

  for (const warning of inputs.warnings) log.annotate('warning', warning);
  writeHead(log, { with: inputs.values, env: environment });
  return {
    manifest,
    log,
    masks,
    rawLines,
    marker: `RUNNER_TRACKING_ID=${trackingId}`,
    async run(script, { inherited, ...triggers }) {
      const files = await createCommandFiles(temp);
      log.startPhase();
      const base = { ...machineEnvironment(), ...environment, ...inherited?.env };
      const { cancelled, ...phase } = await runPhase(join(options.action, script), {
        cwd: options.workspace,
        environment: {
          ...base,
          PATH: [...(inherited?.path.toReversed() ?? []), base.PATH].join(':'),
          ...stateEnvironment(inherited?.state ?? {}),
          ...context,
          ...files,
        },
        onLine(line) {
          rawLines.push(line);
          log.receive(line);
        },
        ...triggers,
        leapsOverPauses: options.leapsOverPauses,
      });
      const byFiles = await readCommandFiles(files);
      const told = {
        ...byFiles,
        outputs: { ...log.told.outputs, ...byFiles.outputs },
        state: { ...log.told.state, ...byFiles.state },
      };
      for (const error of [...told.failures, ...told.complaints]) log.annotate('error', error);
      return {
        phase,
        cancelled,
        told,
        succeeded: phase.exitCode === 0 && told.failures.length === 0 && !log.failed,
      };
    },
    async [Symbol.asyncDispose]() {
      if (options.temp === undefined) await rm(temp, { recursive: true, force: true });
    },
  };
}

function describeRun(options: StepOptions): { job: Job; event: Event } {
  const { repository, ref, sha, permissions } = options;
  const known = {
    ...options.job,
    ...(repository && { repository }),
    ...(ref && { ref }),
    ...(sha && { sha }),
  };
  const base = describeJob(known);
  const event = options.event ?? push(base, base.ref, { sha: base.sha });
  const idToken = permissions?.['id-token'] === 'write' && event.job?.idToken !== false;
  return { event, job: { ...base, ...event.job, ...known, idToken } };
}

function stateEnvironment(state: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]));
}

/** The folded lines that every step's log begins with: its inputs as far as they have a value, and the job's `env`. */
function writeHead(log: JobLog, parts: Record<'with' | 'env', Record<string, string>>): void {
  log.write('##[group]Run ./');
  for (const [title, values] of Object.entries(parts)) {
    const shown = Object.entries(values).filter(([, value]) => title === 'env' || value !== '');
    if (shown.length > 0) log.write(`${title}:`);
    for (const [name, value] of shown) log.write(`  ${name}: ${value}`);
  }
  log.write('##[endgroup]');
}
