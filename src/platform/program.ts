import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Environment } from './environment.ts';

/** The runner has no program of this name. */
export class MissingProgram extends Error {
  constructor(command: string, options: ErrorOptions) {
    super(`${command} is not on this runner.`, options);
  }
}

interface ProgramOptions {
  /** All that the program gets of an environment. */
  env: Environment;
  /** Written to standard input; without it there is none. */
  input?: string | undefined;
}

/** The programs that run now, each in a process group of its own where there are such groups. */
const running = new Set<ChildProcess>();
const hasGroups = process.platform !== 'win32';

// Whatever ends this process before its work is done leaves no program behind.
process.on('exit', () => signalPrograms('SIGKILL'));

/**
 * Starts a program in a process group of its own, and gives it its input. Its outputs are text.
 * @param onFault called instead of its end where it cannot be started, with a {@link MissingProgram} where there is none.
 */
export function startProgram(
  command: string,
  args: readonly string[],
  { env, input, onFault }: ProgramOptions & { onFault: (fault: Error) => void },
): ChildProcess {
  const child = spawn(command, args, {
    env,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: hasGroups,
  });
  running.add(child);
  child.stdout?.setEncoding('utf8');
  child.stderr?.setEncoding('utf8');
  child.on('close', () => running.delete(child));
  child.on('error', error => {
    running.delete(child);
    const isMissing = 'code' in error && error.code === 'ENOENT';
    onFault(isMissing ? new MissingProgram(command, { cause: error }) : error);
  });
  // A program that ends before it has read everything closes the pipe. Its exit code says why it ended.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  return child;
}

/** Sends a signal to a program and to all that it has started. docker runs buildx in a process of its own. */
export function signalProgram({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(hasGroups ? -pid : pid, signal);
  } catch {
    // It has just ended.
  }
}

/** Sends a signal to every program that still runs, with all that these have started. */
export function signalPrograms(signal: NodeJS.Signals): void {
  for (const child of running) signalProgram(child, signal);
}
