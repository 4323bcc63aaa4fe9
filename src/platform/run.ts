import type { Job } from './job.ts';

/**
 * One run as a step sees it: the job, the parts of the plan that the step reads, and the way to tell what became true. A run
 * that has more of both is taken for one that has less.
 */
export interface RunOf<Parts, Facts = object> {
  readonly job: Job;
  readonly plan: Parts;
  /** Keeps what the summary, the comment and the outputs about tags are made of, from the moment on that it is true. */
  tell: (facts: Partial<Facts>) => void;
}
