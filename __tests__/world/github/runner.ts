import type { Condition } from './action-manifest.ts';
import type { Annotation } from './job-log.ts';
import type { Phase, Trigger } from './phase.ts';
import { kill, lastingProcessesWith } from './processes.ts';
import type { GitHub } from './server.ts';
import { prepareStep } from './step.ts';
import type { StepOptions } from './step.ts';

export interface RunOptions extends StepOptions {
  /** Cancels the job while main runs: SIGINT, after 7.5 s SIGTERM, after 2.5 s more the end of the process tree. */
  cancelAfter?: Trigger;
  /** Kills main's process and leaves its children behind, as a runner that dies does. */
  kill?: Trigger;
  /** Whether post runs after a kill; true if not said. */
  postAfterKill?: boolean;
}

export type Outcome = 'success' | 'failure' | 'cancelled';

export interface Run {
  main: Phase;
  /** Undefined if the action has none or its condition did not hold. */
  post?: Phase;
  outcome: Outcome;
  /** As a user reads it: commands carried out, masked values as `***`. */
  log: string;
  /** As the processes wrote it. */
  rawLog: string;
  annotations: readonly Annotation[];
  /** Of main; what post sets, nobody can read. */
  outputs: Record<string, string>;
  state: Record<string, string>;
  /** What later steps would find in their environment and before their PATH. */
  env: Record<string, string>;
  path: string[];
  /** Markdown, masked. */
  summary: string;
  /** The values that the action has masked, and their lines. */
  masks: readonly string[];
  /**
   * Command lines of the job's processes that outlived post. They are killed then, as the runner does.
   * https://github.com/actions/runner/blob/main/src/Runner.Worker/JobExtension.cs
   */
  leftovers: string[];
  /** `NAME=value` in the environment of every process of the job, by which the runner finds them. */
  marker: string;
}

/** Milliseconds in which processes that are just ending may end before they count as left over. */
const ORPHAN_PATIENCE = 500;

/** Runs an action's main and post as GitHub's runner does, with the Node that runs the tests for its own. */
export async function runAction(github: GitHub, options: RunOptions): Promise<Run> {
  await using step = await prepareStep(github, options);
  const { manifest, log, masks } = step;
  const ownMasks = masks.values;

  const main = await step.run(manifest.main, { cancelAfter: options.cancelAfter, kill: options.kill });
  if (main.cancelled) log.annotate('error', 'The operation was canceled.');
  const outcome = main.cancelled ? 'cancelled' : main.succeeded ? 'success' : 'failure';

  const postIsDue =
    (options.kill === undefined || options.postAfterKill !== false) && holds(manifest.postIf, outcome);
  if (manifest.post && postIsDue) log.write('Post job cleanup.');
  const post =
    manifest.post && postIsDue ? await step.run(manifest.post, { inherited: main.told }) : undefined;

  const told = post ? [main.told, post.told] : [main.told];
  return {
    main: main.phase,
    ...(post && { post: post.phase }),
    outcome: outcome === 'success' && post?.succeeded === false ? 'failure' : outcome,
    log: log.lines.join('\n'),
    rawLog: step.rawLines.join('\n'),
    annotations: log.annotations,
    outputs: main.told.outputs,
    state: merge(told.map(part => part.state)),
    env: merge(told.map(part => part.env)),
    path: told.flatMap(part => part.path),
    summary: masks.hide(told.map(part => part.summary).join('')),
    masks: masks.values.filter(value => !ownMasks.includes(value)),
    leftovers: await endOrphans(step.marker),
    marker: step.marker,
  };
}

function holds(condition: Condition, outcome: Outcome): boolean {
  switch (condition) {
    case 'always()':
      return true;
    case 'success()':
      return outcome === 'success';
    case 'failure()':
      return outcome === 'failure';
    case 'cancelled()':
      return outcome === 'cancelled';
    case '!cancelled()':
      return outcome !== 'cancelled';
  }
}

async function endOrphans(marker: string): Promise<string[]> {
  const orphans = await lastingProcessesWith(marker, ORPHAN_PATIENCE);
  for (const { pid } of orphans) kill(pid);
  return orphans.map(({ commandLine }) => commandLine);
}

function merge(records: Record<string, string>[]): Record<string, string> {
  return Object.fromEntries(records.flatMap(record => Object.entries(record)));
}
