import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/runner.ts';
import { inScratch } from '../platform/scratch.ts';
import { faultOfBuild } from '../rules/build-fault.ts';
import type { CacheArguments } from '../rules/cache.ts';
import { metadataOf } from '../rules/metadata.ts';
import type { Metadata } from '../rules/metadata.ts';
import type { Plan } from '../rules/plan.ts';
import { cacheUseOf } from '../rules/progress.ts';
import type { CacheUse } from '../rules/progress.ts';
import type { Buildx } from './buildx.ts';
import type { Repository } from './repository.ts';

/** What a build tells that pushed nothing. */
export interface Built {
  metadata: Metadata;
  cacheUse: CacheUse;
}

interface Tools {
  buildx: Buildx;
  cache: CacheArguments;
}

/** Builds and pushes nothing: does it build at all? */
export function build(job: Job, plan: Plan, tools: Tools): Promise<Built> {
  const reference = `${plan.repository.name}:${plan.tags.candidate}`;
  return job.step('Build', async log => {
    const built = await buildOnly(log, plan, { ...tools, reference });
    const why = plan.isOutside ? 'a pull request from outside' : '`push: false`';
    const where = plan.build.load ? " and is in this machine's docker" : '';
    log.result(`${reference} builds${where}; nothing was pushed (${why})`);
    return built;
  });
}

/** An image that is there already need not be pushed, but what was asked for beside it is not there. */
export function buildBeside(
  job: Job,
  repository: Repository,
  plan: Plan,
  { buildx, cache }: Tools,
): Promise<Built> {
  const reference = `${repository.uri}:${plan.tags.candidate}`;
  return job.step('Build what is asked for beside the image', async log => {
    const own = { from: cache.from, to: [] };
    const built = await buildOnly(log, plan, { buildx, cache: own, reference });
    log.result('Built from the same inputs; nothing had to be pushed');
    return built;
  });
}

function buildOnly(
  log: Log,
  { build: of }: Plan,
  { buildx, cache, reference }: Tools & { reference: string },
): Promise<Built> {
  return inScratch(async scratch => {
    const metadataFile = join(scratch, 'metadata.json');
    const options = { reference, releases: [], cache, metadataFile, push: false, annotate: false };
    const { exitCode, output } = await buildx.build(log, of, options);
    if (exitCode !== 0) throw new Failure(...faultOfBuild(output, reference));
    return { metadata: metadataOf(await readFile(metadataFile, 'utf8')), cacheUse: cacheUseOf(output) };
  });
}
