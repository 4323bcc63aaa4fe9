import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { kill, killTree } from './processes.ts';

/** How main or post went. */
export interface Phase {
  /** Null when a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  durationMs: number;
  /** From the start to the first line; undefined if there was none. */
  firstLineMs?: number;
}

/** When to step in: at the first line that has this text, or after this time. */
export type Trigger = { line: string | RegExp } | { ms: number };

export interface PhaseOptions {
  cwd: string;
  environment: Record<string, string>;
  onLine: (line: string) => void;
  /** Cancels the job. */
  cancelAfter?: Trigger | undefined;
  /** Kills this one process, and leaves its children behind: what a runner that dies does. */
  kill?: Trigger | undefined;
  /** Whether its pauses are over at once, though its clock says that their time has passed. */
  leapsOverPauses?: boolean | undefined;
}

/**
 * Lets Node keep what it compiles of the action: a test run starts it hundreds of times. Its environment does not tell.
 */
const compileCache = fileURLToPath(new URL('compile-cache.cjs', import.meta.url));

const leapingClock = fileURLToPath(new URL('leaping-clock.cjs', import.meta.url));

/** Milliseconds from SIGINT to SIGTERM, and from there to the end of the whole tree. */
const SIGINT_PATIENCE = 7500;
const SIGTERM_PATIENCE = 2500;

/** Milliseconds for which output is read on after the end, from children that hold the pipe. */
const STREAM_PATIENCE = 5000;

/**
 * Runs a script in Node as the runner does: no input, both streams by line, signals to this one process.
 * https://github.com/actions/runner/blob/main/src/Runner.Sdk/ProcessInvoker.cs
 */
export async function runPhase(
  script: string,
  options: PhaseOptions,
): Promise<Phase & { cancelled: boolean }> {
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  const loaded = options.leapsOverPauses === true ? [compileCache, leapingClock] : [compileCache];
  const child = spawn(process.execPath, [...loaded.flatMap(file => ['--require', file]), script], {
    cwd: options.cwd,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.race([once(child, 'close'), lingering(child)]);
  let cancellation: Promise<void> | undefined;
  using cancel = watch(options.cancelAfter, () => {
    cancellation = interrupt(child);
  });
  using death = watch(options.kill, () => child.kill('SIGKILL'));
  let firstLineMs: number | undefined;
  for (const stream of [child.stdout, child.stderr])
    readLines(stream, line => {
      firstLineMs ??= elapsed();
      options.onLine(line);
      cancel.see(line);
      death.see(line);
    });
  await ended;
  await cancellation;
  // A test that waits for a line which never comes would pass without having tried anything.
  if (cancel.isOpen() || death.isOpen())
    throw new Error(`${script} ended before the line that was waited for.`);
  return {
    exitCode: child.exitCode,
    signal: child.signalCode,
    durationMs: elapsed(),
    ...(firstLineMs !== undefined && { firstLineMs }),
    cancelled: cancellation !== undefined,
  };
}

/**
 * Calls `onLine` for each line of a stream, as .NET's `StreamReader.ReadLine` tells them apart: `\n`, `\r` and `\r\n` end a line,
 * and nothing else does.
 * https://learn.microsoft.com/dotnet/api/system.io.streamreader.readline
 */
function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string): void => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
  stream.on('data', (data: Buffer) => take(decoder.write(data)));
  stream.on('end', () => {
    take(decoder.end());
    if (rest !== '') onLine(rest.replace(/\r$/, ''));
  });
}

/** Resolves when the process has ended long ago and its children still hold its output: they are not waited for. */
async function lingering(child: ChildProcess): Promise<void> {
  await once(child, 'exit');
  await delay(STREAM_PATIENCE, undefined, { ref: false });
  child.stdout?.destroy();
  child.stderr?.destroy();
}

async function interrupt(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || hasEnded(child)) return;
  const exit = once(child, 'exit');
  for (const [signal, patience] of [
    ['SIGINT', SIGINT_PATIENCE],
    ['SIGTERM', SIGTERM_PATIENCE],
  ] as const) {
    kill(pid, signal);
    await Promise.race([exit, delay(patience, undefined, { ref: false })]);
    if (hasEnded(child)) return;
  }
  await killTree(pid);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Calls `act` once, when the trigger's time has come or its line has been seen. */
function watch(
  trigger: Trigger | undefined,
  act: () => void,
): Disposable & { see(line: string): void; isOpen(): boolean } {
  let done = trigger === undefined;
  const fire = (): void => {
    if (!done) act();
    done = true;
  };
  const timer = trigger && 'ms' in trigger ? setTimeout(fire, trigger.ms) : undefined;
  return {
    see(line) {
      if (trigger && 'line' in trigger && has(line, trigger.line)) fire();
    },
    isOpen: () => !done && trigger !== undefined && 'line' in trigger,
    [Symbol.dispose]() {
      clearTimeout(timer);
      done = true;
    },
  };
}

function has(line: string, sought: string | RegExp): boolean {
  return typeof sought === 'string' ? line.includes(sought) : line.search(sought) >= 0;
}
