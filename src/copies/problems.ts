import { Failure } from '../platform/failure.ts';

/** What is wrong at a destination. */
export interface Problem {
  /** How the log calls the destination. */
  title: string;
  error: unknown;
}

/** What is wrong at several destinations, a line each, and what to do, where one remedy for several of them is told once. */
export function sayProblems(problems: readonly Problem[]): { message: string; remedy: string } {
  const lines = problems.map(({ title, error }) => `- ${title}: ${messageOf(error)}`);
  const byRemedy = Map.groupBy(problems, ({ error }) => (error instanceof Failure ? error.remedy : ''));
  const remedies = [...byRemedy].flatMap(([remedy, alike]) =>
    remedy === ''
      ? []
      : [problems.length === 1 ? remedy : `${alike.map(({ title }) => title).join(', ')}: ${remedy}`],
  );
  return { message: lines.join('\n'), remedy: remedies.join('\n') };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
