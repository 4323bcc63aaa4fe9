import { join } from 'node:path';
import type { CacheArguments } from '../cache/backends.ts';
import { describeBuildFailure } from '../diagnosis/describe-failure.ts';
import type { CacheUse } from '../docker/cache-use.ts';
import { annotate, setOutput, setOutputs } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';
import type { Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { withTempDir } from '../platform/temp-dir.ts';
import type { Repository } from '../repository/repository.ts';
import type { Tags } from '../tags/plan.ts';
import type { Build } from './build.ts';
import { buildOutputs, readMetadata } from './buildx-metadata.ts';
import type { Metadata } from './buildx-metadata.ts';
import type { Buildx } from './buildx.ts';

/** The result of a build that pushed nothing. */
export interface LocalBuild {
  metadata: Metadata;
  cacheUse: CacheUse;
}

interface BuildOnlyParts {
  build: Build;
  tags: Pick<Tags, 'candidate'>;
  repository: { name: string };
  lacksIdentity: boolean;
  /** Whether copies are asked for, which a run without a push makes none of. */
  omitsCopies: boolean;
  logins: { isWithheld: boolean };
}

interface BuildOnlyTools {
  buildx: Buildx;
  cache: CacheArguments;
}

/** Builds the image without pushing it, to check that it builds. Throws a `Failure` where it does not. */
export async function buildOnly(
  { job, plan, tell }: RunOf<BuildOnlyParts, { build: LocalBuild }>,
  tools: BuildOnlyTools,
): Promise<void> {
  const reference = `${plan.repository.name}:${plan.tags.candidate}`;
  const localBuild = await job.step('Build', async log => {
    const built = await runBuild(log, plan, { ...tools, reference });
    const reason = plan.lacksIdentity ? 'a pull request from outside' : '`push: false`';
    const where = plan.build.load ? " and is in this machine's docker" : '';
    log.result(
      `${reference} builds${where}; nothing was ${plan.omitsCopies ? 'pushed or copied' : 'pushed'} (${reason})`,
    );
    return built;
  });
  const { metadata } = localBuild;
  setOutputs(buildOutputs(metadata));
  // Where a push was meant, an empty digest tells a deploy step that there was none.
  if (metadata.digest !== undefined && !plan.lacksIdentity) setOutput('digest', metadata.digest);
  tell({ build: localBuild });
  if (plan.build.load) setOutput('loaded', reference);
  if (plan.lacksIdentity) noticeNothingPushed();
}

/** Adds a notice to the job that explains why nothing was pushed for a pull request from a fork or of Dependabot. */
export function noticeNothingPushed(): void {
  annotate.notice(
    'GitHub gave this pull request, from a fork or of Dependabot, no identity at AWS, so nothing is pushed and nothing judged.',
    { title: 'Nothing was pushed' },
  );
}

/**
 * Builds what the inputs ask for besides the pushed image, such as `load` and `outputs`, where the image itself is reused.
 * Pushes nothing and writes no cache. Throws a `Failure` where the build fails.
 */
export function buildExtraOutputs(
  { job, plan }: RunOf<Pick<BuildOnlyParts, 'build' | 'tags' | 'logins'>>,
  repository: Repository,
  { buildx, cache }: BuildOnlyTools,
): Promise<void> {
  const reference = `${repository.uri}:${plan.tags.candidate}`;
  return job.step('Build what is asked for beside the image', async log => {
    const readOnlyCache = { from: cache.from, to: [] };
    const built = await runBuild(log, plan, { buildx, cache: readOnlyCache, reference });
    log.result('Built from the same inputs; nothing had to be pushed');
    setOutputs(buildOutputs(built.metadata));
  });
}

function runBuild(
  log: Log,
  { build, logins }: Pick<BuildOnlyParts, 'build' | 'logins'>,
  { buildx, cache, reference }: BuildOnlyTools & { reference: string },
): Promise<LocalBuild> {
  return withTempDir(async scratch => {
    const metadataFile = join(scratch, 'metadata.json');
    const options = { reference, releases: [], cache, metadataFile, push: false, annotate: false };
    const { failure, cacheUse } = await buildx.build(log, build, options);
    if (failure !== undefined)
      throw new Failure(
        ...(await describeBuildFailure(failure, {
          ...options,
          build,
          hosts: buildx.loginHosts(),
          lacksIdentity: logins.isWithheld,
        })),
      );
    return { metadata: await readMetadata(log, build, metadataFile), cacheUse };
  });
}
