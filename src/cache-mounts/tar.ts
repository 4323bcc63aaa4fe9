import { jobEnvironment, tarEnvironment } from '../platform/environment.ts';
import { Failure } from '../platform/failure.ts';
import { runProcess } from '../platform/process.ts';

/** Appends the contents of the tarball `source` to the tarball `target`. Throws a `Failure` where tar fails. */
export async function joinTarballs(target: string, source: string, signal: AbortSignal): Promise<void> {
  const { exitCode, output } = await runProcess('tar', ['--concatenate', '--file', target, source], {
    env: tarEnvironment(jobEnvironment()),
    signal,
  });
  if (exitCode === 0) return;
  throw new Failure(`Two tarballs could not be joined: ${output.trim()}`, {
    remedy: 'It takes GNU tar on this runner.',
  });
}

/** Lists a tarball, one line for each entry: mode, owner, size, time and name. */
export async function listTarball(file: string, signal: AbortSignal): Promise<string[]> {
  const argv = ['--list', '--verbose', '--numeric-owner', '--full-time', '--file', file];
  const { output } = await runProcess('tar', argv, {
    env: tarEnvironment(jobEnvironment()),
    signal,
    stdoutOnly: true,
  });
  return output.split('\n').filter(line => line !== '');
}
