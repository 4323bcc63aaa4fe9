import type { Environment } from './environment.ts';
import { signalProgram, startProgram } from './program.ts';

/** Options of a program that asks somebody who may never answer, such as a keychain. */
export interface LimitedOptions {
  /** All that the program gets of an environment. */
  env: Environment;
  /** Written to standard input. */
  input?: string;
  /** Milliseconds after which the program is ended. */
  limitMs: number;
  /** Ends the program too. */
  signal?: AbortSignal;
}

/** How a program with a limit ended. */
export interface LimitedResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A program had not ended when its time was over, so it was ended. */
export class TimeLimitExceeded extends Error {}

/** Milliseconds between SIGTERM and SIGKILL. */
const TERMINATION_GRACE_MS = 500;

/** Milliseconds that a program which has ended may keep its output open, by a program that it has started. */
const OUTPUT_GRACE_MS = 500;

/**
 * Runs a program that may hang. Where its time is over it is ended together with the programs that it has started: by SIGTERM, and
 * by SIGKILL half a second later.
 * @throws {TimeLimitExceeded} when its time was over.
 * @throws {MissingProgram} when it is not on the runner. If the signal ended the program, the signal's reason is thrown.
 */
export async function runLimited(
  command: string,
  args: readonly string[],
  { env, input, limitMs, signal }: LimitedOptions,
): Promise<LimitedResult> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const [stdout, stderr]: [string[], string[]] = [[], []];
    const timers: NodeJS.Timeout[] = [];
    const after = (milliseconds: number, work: () => void): void =>
      void timers.push(setTimeout(work, milliseconds));
    let reason: unknown;
    const settle = (exitCode: number | null): void => {
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
      for (const pipe of child.stdio) pipe?.destroy();
      // What it has started may have ignored SIGTERM.
      if (reason !== undefined) signalProgram(child, 'SIGKILL');
      if (reason === undefined)
        resolve({ exitCode: exitCode ?? 1, stdout: stdout.join(''), stderr: stderr.join('') });
      else reject(reason);
    };
    const end = (why: unknown): void => {
      reason ??= why;
      signalProgram(child, 'SIGTERM');
      after(TERMINATION_GRACE_MS, () => {
        signalProgram(child, 'SIGKILL');
        after(OUTPUT_GRACE_MS, () => settle(null));
      });
    };
    const interrupt = (): void => end(signal?.reason);
    const child = startProgram(command, args, {
      env,
      input,
      onFault(fault) {
        reason ??= fault;
        settle(null);
      },
    });
    signal?.addEventListener('abort', interrupt, { once: true });
    const limit = `${command} had not ended after ${(limitMs / 1000).toFixed(1)} s, and was ended.`;
    after(limitMs, () => end(new TimeLimitExceeded(limit)));
    child.stdout?.on('data', (text: string) => void stdout.push(text));
    child.stderr?.on('data', (text: string) => void stderr.push(text));
    child.on('exit', code => after(OUTPUT_GRACE_MS, () => settle(code)));
    child.on('close', settle);
  });
}
