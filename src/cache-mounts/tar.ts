import { Failure } from '../platform/failure.ts';
import { runProcess } from '../platform/process.ts';

/** Adds what is in one tarball to another. */
export async function joinTarballs(into: string, from: string, signal: AbortSignal): Promise<void> {
  const { exitCode, output } = await runProcess('tar', ['--concatenate', '--file', into, from], { signal });
  if (exitCode === 0) return;
  throw new Failure(`Two tarballs could not be joined: ${output.trim()}`, {
    remedy: 'It takes GNU tar on this runner.',
  });
}

/** A line for each thing in a tarball: mode, owner, size, time and name. */
export async function listTarball(file: string, signal: AbortSignal): Promise<string[]> {
  const argv = ['--list', '--verbose', '--numeric-owner', '--full-time', '--file', file];
  const { output } = await runProcess('tar', argv, { signal, stdoutOnly: true });
  return output.split('\n').filter(line => line !== '');
}
