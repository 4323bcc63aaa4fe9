import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The environment of a child process: what a caller sets goes on top of this process's own. */
export type Environment = Record<string, string>;

/**
 * Runs a program to its end and gives its standard output without the last line break.
 *
 * @throws Error with the command and what it wrote to standard error, when it cannot be started or does not exit with 0.
 */
export async function run(program: string, args: string[], environment: Environment = {}): Promise<string> {
  const { stdout } = await execute(program, args, {
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trimEnd();
}
