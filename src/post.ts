import { rm } from 'node:fs/promises';
import { ownBuildxFolder } from './docker/buildx-folder.ts';
import { undoJobLogin } from './docker/job-login.ts';
import { annotate } from './platform/actions.ts';
import { guardEnd } from './platform/ending.ts';
import { dockerEnvironment, jobEnvironment } from './platform/environment.ts';
import { Failure } from './platform/failure.ts';
import { warnOfError } from './platform/job.ts';
import { writeText } from './platform/log-writer.ts';
import { runLimited } from './platform/limited-process.ts';
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
  builder && undo(`The builder ${builder} is still there`, () => removeBuilder(builder, docker)),
  ...[folder, mounts].map(path => path && removeFolder(path)),
]);
// What was undone reads the login that was to be put back, and where the builder and its certificates are.
for (const path of [login, docker, certificates]) if (path !== undefined) await removeFolder(path);
end();

/** Undoes something and says what was done. An error becomes a warning, because the post step must not fail the job. */
async function undo(warning: string, work: () => Promise<string>): Promise<void> {
  try {
    writeText(await work());
  } catch (error) {
    warnOfError(warning, error);
  }
}

/** Removes a builder, by the job's own configuration of docker; buildx has kept it there, or in the step's own. */
async function removeBuilder(name: string, config: string | undefined): Promise<string> {
  const args = ['buildx', 'rm', name];
  const buildx = config === undefined ? undefined : ownBuildxFolder(config);
  const own = { ...jobEnvironment(), ...(buildx !== undefined && { BUILDX_CONFIG: buildx }) };
  const { exitCode, stdout, stderr } = await runLimited('docker', args, {
    env: dockerEnvironment(own, args),
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
