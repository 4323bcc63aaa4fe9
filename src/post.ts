import { rm } from 'node:fs/promises';
import { Failure } from './platform/failure.ts';
import { regret } from './platform/job.ts';
import { runProcess } from './platform/process.ts';
import { recall } from './platform/state.ts';

const { registry, builder, folder, mounts } = recall();

await Promise.all([
  registry && undo(`Docker is still logged in to ${registry}`, ['logout', registry]),
  builder && undo(`The builder ${builder} is still there`, ['buildx', 'rm', builder]),
  folder && discard(folder),
  mounts && discard(mounts),
]);

/** Post may warn; it never turns a job red. */
async function undo(regrettable: string, args: string[]): Promise<void> {
  try {
    const { exitCode, output } = await runProcess('docker', args);
    // Main may have been killed after it remembered the builder and before it made it.
    if (exitCode !== 0 && !/no builder .* found/.test(output))
      throw new Failure(output.trim(), { remedy: `By hand: docker ${args.join(' ')}` });
    console.log(`docker ${args.join(' ')}`);
  } catch (error) {
    regret(regrettable, error);
  }
}

function discard(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true }).catch(error => regret(`${path} is still there`, error));
}
