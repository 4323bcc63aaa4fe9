import { replaceMasked } from '../platform/masked-values.ts';
import type { Step } from './build-steps.ts';
import { isCancelled } from './plain-progress.ts';
import { roleOf } from './step-roles.ts';
import type { StepRole } from './step-roles.ts';
import { sayTime } from './transfer-watch.ts';
import type { Stall } from './transfer-watch.ts';
import type { Pushed } from './transfers.ts';

/** Why a build failed. */
export interface BuildFailure {
  /** The step that ended the build; absent where no step failed, as with a Dockerfile that can't be parsed. */
  step?: FailedStep;
  /**
   * The error in buildx's last words. It quotes the instruction, so it is for the reader alone, and never searched for the kind of
   * a fault where a step failed.
   */
  message: string;
  /** Set where the build was interrupted, as nothing moved any more. */
  stall?: Stall;
  /** What the build had pushed, as BuildKit itself has reported it; only where every step but the export of its cache was over. */
  pushed?: Pushed;
  /** What the failed step printed last, and the error with its place in the Dockerfile. At most 25 lines and 8,000 characters. */
  lastLines: string;
}

/** A step that failed, and by whose words that is known. */
export interface FailedStep {
  role: StepRole;
  name: string;
  error: string;
  /** The last that it printed, as BuildKit repeats it in the log. */
  lastLines: readonly string[];
}

const MAX_LAST_LINES = 25;
const MAX_LAST_CHARACTERS = 8_000;

/** Lines of those that are kept for what buildx says at the end. */
const MAX_WORDS = 13;

/**
 * The step that ended a build. Steps that were cancelled only followed, and BuildKit goes on without a cache that it can't
 * import; one that it can't export ends the build unless it is told to ignore that.
 */
export function findFailedStep(steps: readonly Step[]): FailedStep | undefined {
  const failed = steps.flatMap(step => {
    const { error, name, runs, lastLines } = step;
    if (error === undefined || isCancelled(error) || name.startsWith('importing cache manifest from '))
      return [];
    const endedAt = Math.max(...[...runs.values()].map(ended => ended ?? 0));
    return [{ step: { role: roleOf(step, steps), name, error, lastLines: [...lastLines] }, endedAt }];
  });
  const isOnlyCache = ({ role }: FailedStep): number => Number(role === 'cache export');
  return failed.toSorted((a, b) => isOnlyCache(a.step) - isOnlyCache(b.step) || a.endedAt - b.endedAt)[0]
    ?.step;
}

/** Describes a failure from the step that ended the build, and from what buildx wrote after the last report, line by line. */
export function buildFailureOf(step: FailedStep | undefined, lastWords: readonly string[]): BuildFailure {
  const said = lastWords.find(line => line.startsWith('ERROR: '));
  const printed = step === undefined ? [] : [` > ${step.name}:`, ...step.lastLines, ''];
  const words = lastWords.slice(
    -Math.min(MAX_LAST_LINES - printed.length, step === undefined ? MAX_LAST_LINES : MAX_WORDS),
  );
  return {
    ...(step !== undefined && { step }),
    message: withoutPrefixes(said) ?? step?.error ?? 'buildx ended without a reason',
    // Before the text is cut, as the rest of a secret that is cut would be shown.
    lastLines: replaceMasked([...printed, ...words].join('\n').trimEnd()).slice(-MAX_LAST_CHARACTERS),
  };
}

/** Describes a build that was interrupted. What BuildKit says of that is about the interrupt. */
export function stalledFailure(stall: Stall): BuildFailure {
  const lines = stall.transfers.map(({ what }) => replaceMasked(what));
  return {
    message: `nothing has moved for ${sayTime(stall.silentMs)}: ${lines.join('; ')}`,
    stall,
    lastLines: lines.join('\n'),
  };
}

/** Each layer of buildx adds a prefix that something failed; the text after the last one is the reason. */
function withoutPrefixes(line: string | undefined): string | undefined {
  return /^ERROR: (?:failed to (?:build|solve): )*(.*)$/.exec(line ?? '')?.[1];
}
