import type { Description } from '../image/description.ts';
import { annotate, setOutputs, writeSummary } from '../platform/actions.ts';
import { describeFailure, reasonOf } from '../platform/failure.ts';
import type { Job } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { SettingsDiff } from '../repository/settings-diff.ts';
import type { RepositoryPlan } from '../repository/plan.ts';
import type { Tags } from '../tags/plan.ts';
import { commentOnPullRequest } from './comment-on-pull-request.ts';
import type { CommentParts } from './comment-on-pull-request.ts';
import { describeDrift } from './drift-table.ts';
import { fitDescription, tagOutputs } from './output-values.ts';
import { summarize } from './summary.ts';
import type { SummaryFacts } from './summary.ts';

/** The facts that the steps report during the run. */
export interface RunFacts extends Omit<SummaryFacts, 'name' | 'drift' | 'steps'> {
  settings: SettingsDiff;
  /** Tags that were put on the image after the push. */
  released: string[];
  /** The image's labels and annotations. */
  description: Description | undefined;
  /** Replaces the summary. */
  summaryText: string;
}

/** A run of the action, from its first step to its summary. */
export interface Run<Plan> extends RunOf<Plan, RunFacts> {
  /** The text of the comment: the summary without the steps. */
  comment: () => string;
  /** Does the work and writes the summary, whether or not the work fails. It throws what the work throws. */
  finish: (work: () => Promise<void>) => Promise<void>;
}

interface OpenRunParts extends CommentParts {
  repository: RepositoryPlan;
  tags: Pick<Tags, 'names' | 'commitTag'>;
  build: { description?: Description };
}

/** Limit of a comment in bytes, somewhat lower than GitHub's limit in characters. */
const MAX_COMMENT_BYTES = 60_000;

/** Names that are told, and characters of each. */
const MAX_NAMES = 5;
const MAX_NAME_CHARACTERS = 100;

function sayLongDescription(names: readonly string[]): string {
  const told = names.slice(0, MAX_NAMES).map(name => name.slice(0, MAX_NAME_CHARACTERS));
  const others = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
  return `The outputs \`labels\`, \`annotations\` and \`json\` are without ${told.join(', ')}${others}, which is too much for an output. The image has it.`;
}

/**
 * The tags as users of docker/metadata-action read them: those that rules give, in the order of the rules, and then the tag of
 * the commit and any other that the image has.
 */
function inOrder(tags: readonly string[], { names }: Pick<Tags, 'names'>): string[] {
  return [...names.filter(name => tags.includes(name)), ...tags.filter(tag => !names.includes(tag))].filter(
    (tag, index, all) => all.indexOf(tag) === index,
  );
}

/** Opens the run of a plan. It collects the facts of the steps and sets the outputs about tags from them. */
export function openRun<Plan extends OpenRunParts>(job: Job, plan: Plan): Run<Plan> {
  let facts: Partial<RunFacts> & Pick<RunFacts, 'tags' | 'released' | 'withheld'> = {
    tags: [],
    released: [],
    withheld: [],
    description: plan.build.description,
  };
  const currentFacts = (steps: SummaryFacts['steps']): SummaryFacts => {
    const { settings, released, tags, ...rest } = facts;
    return {
      ...rest,
      name: plan.repository.name,
      tags: inOrder([...tags, ...released], plan.tags),
      drift: describeDrift(settings?.drift ?? [], plan.repository.onDrift),
      steps,
    };
  };
  let hasWarned = false;
  const warnOfLongDescription = (names: readonly string[]): void => {
    if (!hasWarned) annotate.warning(sayLongDescription(names));
    hasWarned = true;
  };
  const tell = (news: Partial<RunFacts>): void => {
    facts = { ...facts, ...news };
    const { description, repository } = facts;
    const changesTagOutputs = 'tags' in news || 'description' in news || (news.released ?? []).length > 0;
    if (!changesTagOutputs) return;
    const fitting = description && fitDescription(description);
    if (fitting !== undefined && fitting.leftOut.length > 0) warnOfLongDescription(fitting.leftOut);
    setOutputs(tagOutputs(fitting?.description, { uri: repository?.uri, tags: currentFacts([]).tags }));
  };
  const comment = (): string => summarize(currentFacts([]), MAX_COMMENT_BYTES);
  const summary = (): string =>
    facts.summaryText ?? summarize(currentFacts(job.times.toSorted((a, b) => a.startedAt - b.startedAt)));
  return {
    job,
    plan,
    tell,
    comment,
    async finish(work) {
      try {
        await job.orBrokenOff(work());
      } catch (error) {
        tell(job.signal.aborted ? { cancelled: true } : reasonOf(error));
        await job
          .orBrokenOff(job.runFailureHandlers())
          .catch(later => annotate.error(describeFailure(later)));
        throw error;
      } finally {
        await job.allLogged();
        try {
          // The comment of an earlier run is out of date.
          if (facts.failure !== undefined) await commentOnPullRequest({ job, plan, tell, comment });
        } finally {
          await writeSummary(summary()).catch(error =>
            // A summary that cannot be written must not fail the job or hide the job's error.
            annotate.warning(`The job summary could not be written: ${describeFailure(error)}`),
          );
        }
      }
    },
  };
}
