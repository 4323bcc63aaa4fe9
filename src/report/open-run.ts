import type { Description } from '../image/description.ts';
import { annotate, setOutputs, writeSummary } from '../platform/actions.ts';
import { describeFailure, reasonOf } from '../platform/failure.ts';
import type { Job } from '../platform/job.ts';
import type { RunOf } from '../platform/run.ts';
import type { SettingsDiff } from '../repository/compare-settings.ts';
import type { RepositoryPlan } from '../repository/plan.ts';
import { commentOnPullRequest } from './comment-on-pull-request.ts';
import type { CommentParts } from './comment-on-pull-request.ts';
import { describeDrift } from './drift-table.ts';
import { tagOutputs } from './output-values.ts';
import { summarize } from './summary.ts';
import type { Facts } from './summary.ts';

/** What the steps have told. */
export interface RunFacts extends Omit<Facts, 'name' | 'drift' | 'steps'> {
  settings: SettingsDiff;
  /** Tags that were put on the image after the push. */
  released: string[];
  /** What the image says of itself. */
  description: Description | undefined;
  /** Stands in the place of the summary. */
  ownSummary: string;
}

/** A run from its first step to its summary. */
export interface Run<Plan> extends RunOf<Plan, RunFacts> {
  /** What a comment says: the summary, but for the steps. */
  comment: () => string;
  /** Does the work and writes the summary, whatever came of it. */
  finish: (work: () => Promise<void>) => Promise<void>;
}

interface OpenRunParts extends CommentParts {
  repository: RepositoryPlan;
  build: { description?: Description };
}

/** Bytes of a comment, somewhat less than the characters that GitHub takes of one. */
const MAX_COMMENT_BYTES = 60_000;

/** Opens the run of a plan: it keeps what the steps tell, and tells the job what follows from it. */
export function openRun<Plan extends OpenRunParts>(job: Job, plan: Plan): Run<Plan> {
  let facts: Partial<RunFacts> & Pick<RunFacts, 'tags' | 'released' | 'withheld'> = {
    tags: [],
    released: [],
    withheld: [],
    description: plan.build.description,
  };
  const now = (steps: Facts['steps']): Facts => {
    const { settings, released, tags, ...rest } = facts;
    return {
      ...rest,
      name: plan.repository.name,
      tags: [...new Set([...tags, ...released])],
      drift: describeDrift(settings?.drift ?? [], plan.repository.onDrift),
      steps,
    };
  };
  const tell = (told: Partial<RunFacts>): void => {
    facts = { ...facts, ...told };
    const { description, repository } = facts;
    const isAboutTags = 'tags' in told || 'description' in told || (told.released ?? []).length > 0;
    if (isAboutTags) setOutputs(tagOutputs(description, { uri: repository?.uri, tags: now([]).tags }));
  };
  const comment = (): string => summarize(now([]), MAX_COMMENT_BYTES);
  const summary = (): string =>
    facts.ownSummary ?? summarize(now(job.times.toSorted((a, b) => a.startedAt - b.startedAt)));
  return {
    job,
    plan,
    tell,
    comment,
    async finish(work) {
      try {
        await work();
      } catch (error) {
        await job.failed();
        tell(job.signal.aborted ? { cancelled: true } : reasonOf(error));
        throw error;
      } finally {
        await job.settled();
        // What an earlier run said there is no longer true.
        if (facts.failure !== undefined) await commentOnPullRequest({ job, plan, tell, comment });
        await writeSummary(summary()).catch(error =>
          // A pity, and no reason to turn a job red or to hide its error.
          annotate.warning(`The job summary could not be written: ${describeFailure(error)}`),
        );
      }
    },
  };
}
