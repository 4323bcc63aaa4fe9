import type { RunnerEnvironment } from '../commit/short-sha.ts';

/** Characters of a tag's value. https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html */
const MAX_VALUE_LENGTH = 256;

/**
 * Session tags that tell of the job, by the variable of the runner that has the value: the keys that
 * aws-actions/configure-aws-credentials 6.2 sets, as trust policies and ABAC rules name them.
 * https://github.com/aws-actions/configure-aws-credentials#session-tagging
 */
const identifying = {
  Repository: 'GITHUB_REPOSITORY',
  Workflow: 'GITHUB_WORKFLOW',
  Action: 'GITHUB_ACTION',
  Actor: 'GITHUB_ACTOR',
  Commit: 'GITHUB_SHA',
  Branch: 'GITHUB_REF',
};

/** Those that the other action leaves out too where all together are more than STS takes. */
const describing = {
  EventName: 'GITHUB_EVENT_NAME',
  BaseRef: 'GITHUB_BASE_REF',
  HeadRef: 'GITHUB_HEAD_REF',
  RunId: 'GITHUB_RUN_ID',
  Job: 'GITHUB_JOB',
  TriggeringActor: 'GITHUB_TRIGGERING_ACTOR',
};

/** The keys of the job's tags that may be left out. */
export const spareKeys: readonly string[] = Object.keys(describing);

/** The tags of the job that this environment describes. */
export function jobTagsOf(environment: RunnerEnvironment): Record<string, string> {
  const told = Object.entries({ ...identifying, ...describing }).flatMap(
    ([key, name]): [string, string][] => {
      const value = asTagValue(environment[name] ?? '');
      return value === '' ? [] : [[key, value]];
    },
  );
  return { GitHub: 'Actions', ...Object.fromEntries(told) };
}

/** A branch or the name of a workflow may have any character; a tag takes some. */
function asTagValue(text: string): string {
  const characters = Array.from(text.replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_'));
  return characters.slice(0, MAX_VALUE_LENGTH).join('');
}
