import { join } from 'node:path';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/runner.ts';
import { inScratch } from '../platform/scratch.ts';
import { faultOfBuild } from '../rules/build-fault.ts';
import type { CacheArguments } from '../rules/cache.ts';
import type { Plan } from '../rules/plan.ts';
import type { Buildx } from './buildx.ts';
import type { Repository } from './repository.ts';

interface Tools {
  buildx: Buildx;
  cache: CacheArguments;
}

/** Builds and pushes nothing: does it build at all? */
export function build(job: Job, plan: Plan, tools: Tools): Promise<void> {
  const reference = `${plan.repository.name}:${plan.tags.candidate}`;
  return job.step('Build', async log => {
    await buildOnly(log, plan, { ...tools, reference });
    const why = plan.isOutside ? 'a pull request from outside' : '`push: false`';
    const where = plan.build.load ? " and is in this machine's docker" : '';
    log.result(`${reference} builds${where}; nothing was pushed (${why})`);
  });
}

/** An image that is there already need not be pushed, but what was asked for beside it is not there. */
export function buildBeside(
  job: Job,
  repository: Repository,
  plan: Plan,
  { buildx, cache }: Tools,
): Promise<void> {
  const reference = `${repository.uri}:${plan.tags.candidate}`;
  return job.step('Build what is asked for beside the image', async log => {
    await buildOnly(log, plan, { buildx, cache: { from: cache.from, to: [] }, reference });
    log.result('Built from the same inputs; nothing had to be pushed');
  });
}

function buildOnly(
  log: Log,
  { build: of }: Plan,
  { buildx, cache, reference }: Tools & { reference: string },
): Promise<void> {
  return inScratch(async scratch => {
    const metadataFile = join(scratch, 'metadata.json');
    const options = { reference, releases: [], cache, metadataFile, push: false, annotate: false };
    const { exitCode, output } = await buildx.build(log, of, options);
    if (exitCode !== 0) throw new Failure(...faultOfBuild(output, reference));
  });
}
