import { writeAnnotation } from './log-writer.ts';

/** Milliseconds for which a process whose work has ended may still be kept by something, such as output that is being written. */
const LINGER_MS = 1_000;

/** What is done when a process cannot come to its end. */
interface Ends {
  /** Called with an error that nothing has caught. */
  onError: (error: Error) => void;
  /** Called when the work has not ended and nothing is left that it could wait for. Node would end with exit code 13 and no word. */
  onStall: () => void;
}

/**
 * Guards the end of this process from its start: whatever happens, it says so in the log and ends with exit code 1, and no
 * connection that a library has left open keeps it once its work has ended. Returns what has to be called at the end of the work.
 * https://nodejs.org/api/process.html#event-beforeexit
 */
export function guardEnd({ onError, onStall }: Ends = endingAtOnce): () => void {
  process.on('uncaughtException', error => {
    process.exitCode = 1;
    // Node would print the words of the error as they are.
    writeAnnotation('error', error.stack ?? error.message);
    onError(error);
  });
  const stall = (): void => {
    process.exitCode = 1;
    onStall();
  };
  process.on('beforeExit', stall);
  return () => {
    process.off('beforeExit', stall);
    setTimeout(() => process.exit(), LINGER_MS).unref();
  };
}

/** Says in which work this process was stuck. */
export function sayStall(titles: readonly string[]): string {
  const where = titles.length === 0 ? 'its work' : titles.map(title => `'${title}'`).join(' and ');
  return `Nothing is left that ${where} could wait for, and yet it has not ended.`;
}

const endingAtOnce: Ends = {
  onError: () => process.exit(1),
  onStall: () => {
    writeAnnotation('error', sayStall([]));
    process.exit(1);
  },
};
