import type { Job } from './job.ts';

/**
 * One run as a step sees it: the job, the parts of the plan that the step reads, and a function that records facts. A run with
 * more parts and facts can be passed where fewer are needed.
 */
export interface RunOf<Parts, Facts = object> {
  readonly job: Job;
  readonly plan: Parts;
  /** Records facts as soon as they are true, for the summary, the comment and the outputs about tags. */
  tell: (facts: Partial<Facts>) => void;
}
