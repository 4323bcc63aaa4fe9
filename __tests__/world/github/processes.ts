import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

export interface RunningProcess {
  pid: number;
  /** The arguments, separated by spaces. */
  commandLine: string;
}

/** The living processes whose environment holds `variable`, such as `RUNNER_TRACKING_ID=github_…`. */
export async function processesWith(variable: string): Promise<RunningProcess[]> {
  const all = await Promise.all((await pids()).map(pid => inspect(pid, variable)));
  return all.filter(process => process !== undefined);
}

/** As `processesWith`, once those that are just ending have had `patienceMs` to end. */
export async function lastingProcessesWith(variable: string, patienceMs: number): Promise<RunningProcess[]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await processesWith(variable);
    if (found.length === 0 || Date.now() >= deadline) return found;
    await delay(50);
  }
}

/** Kills a process and all that descend from it. */
export async function killTree(pid: number): Promise<void> {
  const parents = await Promise.all(
    (await pids()).map(async child => ({ child, parent: await parentOf(child) })),
  );
  const tree = (root: number): number[] =>
    parents
      .filter(({ parent }) => parent === root)
      .flatMap(({ child }) => tree(child))
      .concat(root);
  for (const victim of tree(pid)) kill(victim);
}

/** Kills a process, unless it has ended. */
export function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function pids(): Promise<number[]> {
  return (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number);
}

async function inspect(pid: number, variable: string): Promise<RunningProcess | undefined> {
  const environment = await readProc(pid, 'environ');
  if (!environment?.split('\0').includes(variable)) return undefined;
  const commandLine = (await readProc(pid, 'cmdline'))?.split('\0').join(' ').trim();
  // A process that has ended and is not waited for yet has no command line any more.
  return commandLine ? { pid, commandLine } : undefined;
}

async function parentOf(pid: number): Promise<number | undefined> {
  const parent = /^PPid:\s*(\d+)$/m.exec((await readProc(pid, 'status')) ?? '')?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** Undefined when the process ended meanwhile or is somebody else's. */
async function readProc(pid: number, file: string): Promise<string | undefined> {
  return await readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => undefined);
}
