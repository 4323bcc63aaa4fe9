import { spawn } from 'node:child_process';

export interface RunOptions {
  /** Written to standard input: the way for secrets, which never stand in argv. */
  input?: string;
  /** Added to this process's own environment. */
  env?: Record<string, string>;
  /** Each piece of output as it comes, standard error included. */
  onOutput?: (text: string) => void;
  /** Interrupts the program, which then ends in its own way. */
  signal?: AbortSignal;
}

export interface Ended {
  exitCode: number;
  /** Standard output and standard error as they came. */
  output: string;
}

/** Starts a program and waits for its end; an interrupted one is waited for too, so that it can clean up. */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: RunOptions & { stdoutOnly?: boolean; onError?: (text: string) => void } = {},
): Promise<Ended> {
  options.signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...options.env },
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
    child.stderr?.setEncoding('utf8').on('data', options.stdoutOnly ? (options.onError ?? (() => {})) : take);
    child.on('error', reject);
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
