import { rm } from 'node:fs/promises';
import { annotate } from './platform/actions.ts';
import { dockerEnvironment, jobEnvironment } from './platform/environment.ts';
import { Failure } from './platform/failure.ts';
import { warnOfError } from './platform/job.ts';
import { reportUncaughtErrors, writeText } from './platform/log-writer.ts';
import { runProcess } from './platform/process.ts';
import { recall } from './platform/state.ts';

reportUncaughtErrors();

const { state, doubtful } = recall();
const { registry, builder, folder, mounts } = state;
for (const member of doubtful)
  annotate.warning(
    `The saved '${member}' is nothing that this step has made, so it is left alone. Something else in the job has changed the step's state.`,
  );

await Promise.all([
  registry && runDocker(`Docker is still logged in to ${registry}`, ['logout', registry]),
  builder && runDocker(`The builder ${builder} is still there`, ['buildx', 'rm', builder]),
  folder && removeFolder(folder),
  mounts && removeFolder(mounts),
]);

/** Runs a docker command that undoes something. An error becomes a warning, because the post step must not fail the job. */
async function runDocker(warning: string, args: string[]): Promise<void> {
  try {
    const { exitCode, output } = await runProcess('docker', args, {
      env: dockerEnvironment(jobEnvironment(), args),
    });
    // The main step may have been killed after it stored the builder's name and before it created the builder.
    if (exitCode !== 0 && !/no builder .* found/.test(output))
      throw new Failure(output.trim(), { remedy: `By hand: docker ${args.join(' ')}` });
    writeText(`docker ${args.join(' ')}`);
  } catch (error) {
    warnOfError(warning, error);
  }
}

function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true }).catch(error =>
    warnOfError(`${path} is still there`, error),
  );
}
