/**
 * An error that stops the step: its message says what failed and why, and its remedy says what to change. Outcomes that do not
 * stop the step (a blocked image, a cold cache) are values instead.
 */
export class Failure extends Error {
  /** What the user can do about it: change a setting, grant a permission, run a command. */
  readonly remedy: string;
  /** The last lines that a failed program printed. They are for the summary: the log already has them. */
  readonly lastLines: string | undefined;

  constructor(message: string, options: { remedy: string; lastLines?: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'Failure';
    this.remedy = options.remedy;
    this.lastLines = options.lastLines;
  }
}

/** The message and the remedy as the user sees them. An error that is not a `Failure` has its message alone. */
export function describeFailure(error: unknown): string {
  if (error instanceof Failure) return `${error.message}\n${error.remedy}`;
  return error instanceof Error ? error.message : String(error);
}

/** Why the run stopped, with the last lines of the program that failed. */
export function reasonOf(error: unknown): { failure: string; lastLines?: string } {
  const lastLines = error instanceof Failure ? error.lastLines : undefined;
  return { failure: describeFailure(error), ...(lastLines !== undefined && { lastLines }) };
}
