/**
 * What stops the step: one sentence that says what failed and why, and a remedy that says what to change.
 * Everything else that can happen (a blocked image, a cold cache) is a value.
 */
export class Failure extends Error {
  /** What the reader can do about it: a setting, a permission, a command. */
  readonly remedy: string;
  /** The last lines of a program that failed, for the summary: the log has them already. */
  readonly lastLines: string | undefined;

  constructor(message: string, options: { remedy: string; lastLines?: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'Failure';
    this.remedy = options.remedy;
    this.lastLines = options.lastLines;
  }
}

/** The message and the remedy as a reader sees them; an error nobody foresaw shows its own message. */
export function describeFailure(error: unknown): string {
  if (error instanceof Failure) return `${error.message}\n${error.remedy}`;
  return error instanceof Error ? error.message : String(error);
}

/** Why the run stopped, with the last lines of the program that failed. */
export function reasonOf(error: unknown): { failure: string; lastLines?: string } {
  const lastLines = error instanceof Failure ? error.lastLines : undefined;
  return { failure: describeFailure(error), ...(lastLines !== undefined && { lastLines }) };
}
