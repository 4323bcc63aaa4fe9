import { StringDecoder } from 'node:string_decoder';
import { exec } from '@actions/exec';
import type { Environment } from './environment.ts';
import { MissingProgram, signalProgram, startProgram } from './program.ts';

/** How a program ended. */
export interface ProcessResult {
  /** 1 if it was killed. */
  exitCode: number;
  /** Standard output and standard error in the order in which they arrived. */
  output: string;
}

/** Options of a short program that reads no input. */
export interface RunOptions {
  /** All that the program gets of an environment. */
  env: Environment;
  /** Leave standard error out of the output. */
  stdoutOnly?: boolean;
  /** What the program prints: `latin1` gives one character for each byte, whatever it is. By default UTF-8. */
  encoding?: 'utf8' | 'latin1';
  /** Called with each piece of standard error if `stdoutOnly` is set. */
  onError?: (text: string) => void;
  /** Checked before and after the program runs; it does not interrupt the program. */
  signal?: AbortSignal;
}

/** Options of a program that may take long or reads input. */
export interface StartOptions {
  /** Written to standard input. Secrets are passed in this way, and never in argv. */
  input?: string;
  /** All that the program gets of an environment. */
  env: Environment;
  /** Called with each piece of output as it arrives, standard error included. */
  onOutput?: (text: string) => void;
  /** Called with each piece of standard error, which is then no part of the output. */
  onError?: (text: string) => void;
  /** Sends the program SIGINT, so that it can clean up before it ends. */
  signal?: AbortSignal;
  /** Milliseconds after SIGINT when the program is killed, with all that it has started. */
  killAfterMs?: number;
  /** Milliseconds in which the rest of its output is read once it has ended. */
  outputGraceMs?: number;
}

/** Milliseconds. When a job is cancelled, the runner sends this process a second signal before. */
const KILL_AFTER_MS = 10_000;

/** Milliseconds: of a build that has just ended there may be much to read. */
const BUILD_OUTPUT_GRACE_MS = 5_000;

/**
 * Runs a program that ends soon and reads no input. Nothing is written to its standard input: if the program had already ended,
 * writing would end this process with an error that cannot be caught.
 * @throws {MissingProgram} when it is not on the runner.
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  { env, stdoutOnly = false, encoding = 'utf8', onError = () => {}, signal }: RunOptions,
): Promise<ProcessResult> {
  signal?.throwIfAborted();
  let output = '';
  const append = (text: string): void => void (output += text);
  const [out, err] = [decodeInto(append, encoding), decodeInto(stdoutOnly ? onError : append, encoding)];
  // `exec` splits its first argument at spaces, so a path that contains a space needs quotes.
  const exitCode = await exec(`"${command}"`, [...args], {
    silent: true,
    ignoreReturnCode: true,
    env,
    listeners: { stdout: out, stderr: err },
  }).catch(error => {
    if (error instanceof Error && error.message.startsWith('Unable to locate executable file'))
      throw new MissingProgram(command, { cause: error });
    throw error;
  });
  signal?.throwIfAborted();
  return { exitCode: Number.isInteger(exitCode) ? exitCode : 1, output };
}

/** Decodes text whose characters may be split between pieces of output. */
function decodeInto(append: (text: string) => void, encoding: BufferEncoding): (data: Buffer) => void {
  const decoder = new StringDecoder(encoding);
  return data => append(decoder.write(data));
}

/**
 * Starts a program that may take long or reads input, and waits until it has ended, also after an interrupt, so that it can
 * clean up.
 * @throws {MissingProgram} when it is not on the runner. If the signal interrupted the program, the signal's reason is thrown.
 */
export async function startProcess(
  command: string,
  args: readonly string[],
  {
    signal,
    onOutput,
    onError,
    killAfterMs = KILL_AFTER_MS,
    outputGraceMs = BUILD_OUTPUT_GRACE_MS,
    ...options
  }: StartOptions,
): Promise<ProcessResult> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = startProgram(command, args, { ...options, onFault: reject });
    let killing: NodeJS.Timeout | undefined;
    const interrupt = (): void => {
      child.kill('SIGINT');
      killing = setTimeout(() => signalProgram(child, 'SIGKILL'), killAfterMs);
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    let output = '';
    const append = (text: string): void => {
      output += text;
      onOutput?.(text);
    };
    child.stdout?.on('data', append);
    child.stderr?.on('data', onError ?? append);
    let closing: NodeJS.Timeout | undefined;
    // What it has started may keep its outputs open for ever, as a keychain's daemon does.
    child.on('exit', () => {
      closing = setTimeout(() => {
        for (const pipe of child.stdio) pipe?.destroy();
      }, outputGraceMs);
    });
    child.on('close', code => {
      clearTimeout(killing);
      clearTimeout(closing);
      signal?.removeEventListener('abort', interrupt);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ exitCode: code ?? 1, output });
    });
  });
}
