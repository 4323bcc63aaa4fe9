import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { exec } from '@actions/exec';

/** How a program ended. */
export interface Ended {
  /** 1 where it was killed. */
  exitCode: number;
  /** Standard output and standard error as they came. */
  output: string;
}

export interface RunOptions {
  /** Added to this process's own environment. */
  env?: Record<string, string>;
  /** Standard error is no part of the output. */
  stdoutOnly?: boolean;
  /** Given each piece of standard error, where that is no part of the output. */
  onError?: (text: string) => void;
  /** Looked at before and after the program, which is not interrupted by it. */
  signal?: AbortSignal;
}

export interface StartOptions {
  /** Written to standard input: the way for secrets, which never stand in argv. */
  input?: string;
  /** Added to this process's own environment. */
  env?: Record<string, string>;
  /** Each piece of output as it comes, standard error included. */
  onOutput?: (text: string) => void;
  /** Interrupts the program, which then ends in its own way. */
  signal?: AbortSignal;
}

/** There is no program of this name on the runner. */
export class MissingProgram extends Error {}

/**
 * Runs a program that ends by itself soon and reads nothing: its standard input stays open without a word, as one that has
 * ended before it was written to would end this process by an error that nobody can catch.
 * @throws {MissingProgram} when it is not on the runner.
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  { env, stdoutOnly = false, onError = () => {}, signal }: RunOptions = {},
): Promise<Ended> {
  signal?.throwIfAborted();
  let output = '';
  const take = (text: string): void => void (output += text);
  const [out, err] = [readerInto(take), readerInto(stdoutOnly ? onError : take)];
  // The command is read as a line, so that a path with a space in it needs quotes.
  const exitCode = await exec(`"${command}"`, [...args], {
    silent: true,
    ignoreReturnCode: true,
    env: environment(env),
    listeners: { stdout: out, stderr: err },
  }).catch(error => {
    if (error instanceof Error && error.message.startsWith('Unable to locate executable file'))
      throw new MissingProgram(`${command} is not on this runner.`, { cause: error });
    throw error;
  });
  signal?.throwIfAborted();
  return { exitCode: Number.isInteger(exitCode) ? exitCode : 1, output };
}

/** Pieces of a character may come one by one. */
function readerInto(take: (text: string) => void): (data: Buffer) => void {
  const decoder = new StringDecoder('utf8');
  return data => take(decoder.write(data));
}

function environment(added: Record<string, string> = {}): Record<string, string> {
  const given = Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return { ...Object.fromEntries(given), ...added };
}

/**
 * Starts a program that may take long or has to be given something, and waits for its end; an interrupted one is waited for
 * too, so that it can clean up.
 * @throws {MissingProgram} when it is not on the runner; the signal's reason when that has interrupted it.
 */
export async function startProcess(
  command: string,
  args: readonly string[],
  options: StartOptions = {},
): Promise<Ended> {
  options.signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: environment(options.env),
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const interrupt = (): void => void child.kill('SIGINT');
    options.signal?.addEventListener('abort', interrupt, { once: true });
    let output = '';
    const take = (text: string): void => {
      output += text;
      options.onOutput?.(text);
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    child.on('error', error =>
      reject(
        'code' in error && error.code === 'ENOENT'
          ? new MissingProgram(`${command} is not on this runner.`, { cause: error })
          : error,
      ),
    );
    child.on('close', code => {
      options.signal?.removeEventListener('abort', interrupt);
      if (options.signal?.aborted) reject(options.signal.reason);
      else resolve({ exitCode: code ?? 1, output });
    });
    // A program that ends before it has read everything closes its end; its exit code tells why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
  });
}
