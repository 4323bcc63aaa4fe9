import { Failure } from '../platform/failure.ts';

/** What is wrong at a destination. */
export interface FailedDestination {
  /** How the log calls the destination. */
  title: string;
  error: unknown;
}

/**
 * What is wrong at several destinations, a line each, and what to do. What several remedies say alike is told once: a remedy whole,
 * or what follows its first line, such as the policy of the one role that copies to all of them.
 */
export function sayFailed(failed: readonly FailedDestination[]): { message: string; remedy: string } {
  const lines = failed.map(({ title, error }) => `- ${title}: ${messageOf(error)}`);
  const remedies = failed.flatMap(({ title, error }) => {
    const [first = '', ...rest] = error instanceof Failure ? error.remedy.split('\n') : [];
    return first === '' ? [] : [{ title, first, rest: rest.join('\n') }];
  });
  const told = Array.from(Map.groupBy(remedies, ({ rest }) => rest).values(), withOneRest =>
    [
      ...Array.from(
        Map.groupBy(withOneRest, ({ first }) => first),
        ([first, alike]) =>
          failed.length === 1 ? first : `${alike.map(({ title }) => title).join(', ')}: ${first}`,
      ),
      ...withOneRest.slice(0, 1).flatMap(({ rest }) => (rest === '' ? [] : [rest])),
    ].join('\n'),
  );
  return { message: lines.join('\n'), remedy: told.join('\n') };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
