import { rm } from 'node:fs/promises';
import { undoJobLogin } from './docker/job-login.ts';
import { annotate } from './platform/actions.ts';
import { guardEnd } from './platform/ending.ts';
import { dockerEnvironment, jobEnvironment } from './platform/environment.ts';
import { Failure } from './platform/failure.ts';
import { warnOfError } from './platform/job.ts';
import { writeText } from './platform/log-writer.ts';
import { runLimited } from './platform/process.ts';
import { recall } from './platform/state.ts';

/** Milliseconds: nodes in a cluster take their time. */
const BUILDER_LIMIT_MS = 60_000;

const end = guardEnd();

const { state, doubtful } = recall();
const { registry, login, builder, folder, mounts, docker, certificates } = state;
for (const member of doubtful)
  annotate.warning(
    `The saved '${member}' is nothing that this step has made, so it is left alone. Something else in the job has changed the step's state.`,
  );

await Promise.all([
  registry && undo(`Docker is still logged in to ${registry}`, () => undoJobLogin(registry, login)),
  builder && undo(`The builder ${builder} is still there`, () => removeBuilder(builder)),
  ...[folder, mounts, docker].map(path => path && removeFolder(path)),
]);
// What was undone reads the login that was to be put back, and the certificates of a builder.
for (const path of [login, certificates]) if (path !== undefined) await removeFolder(path);
end();

/** Undoes something and says what was done. An error becomes a warning, because the post step must not fail the job. */
async function undo(warning: string, work: () => Promise<string>): Promise<void> {
  try {
    writeText(await work());
  } catch (error) {
    warnOfError(warning, error);
  }
}

/** Removes a builder, by the job's own configuration of docker, in which buildx has kept it. */
async function removeBuilder(name: string): Promise<string> {
  const args = ['buildx', 'rm', name];
  const { exitCode, stdout, stderr } = await runLimited('docker', args, {
    env: dockerEnvironment(jobEnvironment(), args),
    limitMs: BUILDER_LIMIT_MS,
  });
  const output = `${stdout}${stderr}`.trim();
  // The main step may have been killed after it stored the builder's name and before it created the builder.
  if (exitCode !== 0 && !/no builder .* found/.test(output))
    throw new Failure(output, { remedy: `By hand: docker ${args.join(' ')}` });
  return `docker ${args.join(' ')}`;
}

function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true }).catch(error =>
    warnOfError(`${path} is still there`, error),
  );
}
