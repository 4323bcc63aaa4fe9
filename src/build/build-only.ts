import type { RunOf } from '../platform/run.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheArguments } from '../cache/backends.ts';
import type { Build } from './build.ts';
import type { Tags } from '../tags/plan.ts';
import { cacheUseOf } from '../docker/buildkit-progress.ts';
import type { CacheUse } from '../docker/buildkit-progress.ts';
import { Failure } from '../platform/failure.ts';
import type { Log } from '../platform/job.ts';
import { inScratch } from '../platform/temp-dir.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import type { Buildx } from './buildx.ts';
import { annotate, setOutput, setOutputs } from '../platform/actions.ts';
import { buildOutputs, metadataOf } from './metadata.ts';
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
  lacksIdentity: boolean;
}

interface BuildOnlyTools {
  buildx: Buildx;
  cache: CacheArguments;
}

/** Builds and pushes nothing: does it build at all? */
export async function buildOnly(
  { job, plan, tell }: RunOf<BuildParts, { build: LocalBuild }>,
  tools: BuildOnlyTools,
): Promise<void> {
  const reference = `${plan.repository.name}:${plan.tags.candidate}`;
  const told = await job.step('Build', async log => {
    const built = await runBuild(log, plan, { ...tools, reference });
    const why = plan.lacksIdentity ? 'a pull request from outside' : '`push: false`';
    const where = plan.build.load ? " and is in this machine's docker" : '';
    log.result(`${reference} builds${where}; nothing was pushed (${why})`);
    return built;
  });
  setOutputs(buildOutputs(told.metadata));
  tell({ build: told });
  if (plan.build.load) setOutput('loaded', reference);
  if (plan.lacksIdentity) noticeOutside();
}

/** Why a pull request from outside is only built, or not even that. */
export function noticeOutside(): void {
  annotate.notice(
    'GitHub gave this pull request, from a fork or of Dependabot, no identity at AWS, so nothing is pushed and nothing judged.',
    { title: 'Nothing was pushed' },
  );
}

/** An image that is there already need not be pushed, but what was asked for beside it is not there. */
export function buildBeside(
  { job, plan }: RunOf<Pick<BuildParts, 'build' | 'tags'>>,
  repository: Repository,
  { buildx, cache }: BuildOnlyTools,
): Promise<void> {
  const reference = `${repository.uri}:${plan.tags.candidate}`;
  return job.step('Build what is asked for beside the image', async log => {
    const own = { from: cache.from, to: [] };
    const built = await runBuild(log, plan, { buildx, cache: own, reference });
    log.result('Built from the same inputs; nothing had to be pushed');
    setOutputs(buildOutputs(built.metadata));
  });
}

function runBuild(
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
