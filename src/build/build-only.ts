import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheArguments } from '../cache/backends.ts';
import type { Build } from './build.ts';
import type { Tags } from '../tags/plan.ts';
import { cacheUseOf } from '../docker/buildkit-progress.ts';
import type { CacheUse } from '../docker/buildkit-progress.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import { inScratch } from '../platform/temp-dir.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import type { Buildx } from './buildx.ts';
import { metadataOf } from './metadata.ts';
import type { Metadata } from './metadata.ts';
import { faultOfBuild } from './push-errors.ts';

/** What a build tells that pushed nothing. */
export interface LocalBuild {
  metadata: Metadata;
  cacheUse: CacheUse;
}

interface BuildParts {
  build: Build;
  tags: Pick<Tags, 'candidate'>;
  repository: { name: string };
  isOutside: boolean;
}

interface BuildOnlyTools {
  buildx: Buildx;
  cache: CacheArguments;
}

/** Builds and pushes nothing: does it build at all? */
export function build(job: Job, plan: BuildParts, tools: BuildOnlyTools): Promise<LocalBuild> {
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
  plan: Pick<BuildParts, 'build' | 'tags'>,
  { buildx, cache }: BuildOnlyTools,
): Promise<LocalBuild> {
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
  { build: of }: Pick<BuildParts, 'build'>,
  { buildx, cache, reference }: BuildOnlyTools & { reference: string },
): Promise<LocalBuild> {
  return inScratch(async scratch => {
    const metadataFile = join(scratch, 'metadata.json');
    const options = { reference, releases: [], cache, metadataFile, push: false, annotate: false };
    const { exitCode, output } = await buildx.build(log, of, options);
    if (exitCode !== 0) throw new Failure(...faultOfBuild(output, reference));
    return { metadata: metadataOf(await readFile(metadataFile, 'utf8')), cacheUse: cacheUseOf(output) };
  });
}
