import type { Aws } from './aws/aws.ts';
import { buildAndPush } from './build/build-and-push.ts';
import { buildBeside, buildOnly } from './build/build-only.ts';
import { checkDocker } from './builder/check-docker.ts';
import { saveMounts } from './cache-mounts/save-mounts.ts';
import { ensureCacheRepository } from './cache/ensure-cache-repository.ts';
import { recordColdBuild } from './cache/record-cold-build.ts';
import { saveLayers } from './cache/restore-layers.ts';
import { findDocker } from './docker/docker.ts';
import { writePlan } from './dry-run/write-plan.ts';
import { findImage } from './gate/find-image.ts';
import { judgeImage } from './gate/judge-image.ts';
import { readBaseline } from './gate/read-baseline.ts';
import { logDockerIn } from './image/log-docker-in.ts';
import { readCommit, readInputs } from './inputs.ts';
import { createIndex } from './merge/create-index.ts';
import { makePlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { begin, runJob, together } from './platform/job.ts';
import { prepareBuild } from './prepare-build.ts';
import { commentOnPullRequest } from './report/comment-on-pull-request.ts';
import { openRun } from './report/open-run.ts';
import type { Run as RunOfPlan } from './report/open-run.ts';
import { handOn, tellIdle, tellImage, tellPlatforms } from './report/tell-image.ts';
import type { ImageInPlace } from './report/tell-image.ts';
import { writeReports } from './report/write-reports.ts';
import { compareRepository } from './repository/compare-settings.ts';
import { ensureRepository } from './repository/ensure-repository.ts';
import { openLifecycle } from './repository/put-lifecycle-policy.ts';
import { reconcileRepository } from './repository/reconcile-settings.ts';
import { draftContentKey } from './reuse/compute-content-key.ts';
import { findExistingImages } from './reuse/find-existing.ts';
import { reuseOrBuild } from './reuse/reuse-or-build.ts';
import { tagByContent } from './reuse/tag-content.ts';
import { assumeRole } from './role/assume-role.ts';
import { waitForScan } from './scan/wait-for-scan.ts';
import { chooseTags } from './tags/choose-tags.ts';
import { releaseTags } from './tags/release-tags.ts';

type Run = RunOfPlan<Plan>;

/** Builds, pushes, judges and releases. What is begun runs beside the next line; who needs its answer waits for it. */
async function publish(run: Run): Promise<void> {
  const finding = begin(findDocker(run.job.signal, run.plan));
  const keying = draftContentKey(run, finding);
  const [aws, docker] = await Promise.all([assumeRole(run), checkDocker(run, finding)]);
  const ensuring = begin(ensureRepository(run, aws));
  const login = begin(logDockerIn(run, aws, { docker, repository: ensuring }));
  const key = begin(keying(login));
  const look = () => findExistingImages(run, aws, key);
  const [found, existing, cacheRepository] = await Promise.all([
    ensuring,
    look(),
    ensureCacheRepository(run, aws),
  ]);
  const settings = await compareRepository(run, aws, found);
  const repository = await reconcileRepository(run, aws, { repository: found, settings });
  const lifecycle = openLifecycle(run, aws, { repository, settings });
  const chosen = await chooseTags(run, aws, repository);
  const prepare = () => prepareBuild(run, docker, { repository, existing, cacheRepository, login });
  const { image, built, layers, mounts } = await reuseOrBuild(chosen, aws, {
    repository,
    existing,
    look,
    async make(other) {
      const { tools, ...kept } = await prepare();
      return {
        ...kept,
        ...(await buildAndPush(chosen, repository, { ...tools, registry: await login, other })),
      };
    },
    beside: async () => buildBeside(run, repository, (await prepare()).tools),
  });
  const pushed = tellImage(chosen, aws, { repository, existing, image, built });
  await together(
    login,
    endings[run.plan.mode](chosen, aws, pushed),
    saveLayers(run, layers, built),
    recordColdBuild(run, aws, { layers, built }),
    saveMounts(run, mounts),
    tagByContent(run, aws, { ...pushed, built, key }),
  );
  await lifecycle.put(image);
}

/** Joins what other jobs have pushed for one platform each. */
async function merge(run: Run): Promise<void> {
  const aws = await assumeRole(run);
  const [repository, existing] = await Promise.all([
    ensureRepository(run, aws),
    findExistingImages(run, aws, { kind: 'unasked' }),
  ]);
  const chosen = await chooseTags(run, aws, repository);
  const image = await createIndex(chosen, aws, { repository, existing });
  await judgeAndRelease(chosen, aws, tellImage(chosen, aws, { repository, existing, image }));
}

/** Judges an image that is in the repository. */
async function gate(run: Run): Promise<void> {
  const aws = await assumeRole(run);
  const repository = await ensureRepository(run, aws);
  const chosen = await chooseTags(run, aws, repository);
  const found = await findImage(chosen, aws, repository);
  await judgeAndRelease(chosen, aws, tellImage(chosen, aws, { repository, ...found }));
}

/** Builds, and pushes nothing. */
async function build(run: Run): Promise<void> {
  const docker = await checkDocker(run, findDocker(run.job.signal, run.plan));
  const { tools, layers, mounts } = await prepareBuild(run, docker);
  await buildOnly(run, tools);
  await together(saveLayers(run, layers), saveMounts(run, mounts));
}

/** How every run about an image ends that is whole, whether it was built, joined or found. */
async function judgeAndRelease(run: Run, aws: Aws, image: ImageInPlace): Promise<void> {
  const [report, baseline] = await Promise.all([
    waitForScan(run, aws, image),
    readBaseline(run, aws, { ...image, scan: other => waitForScan(run, aws, { ...image, ...other }) }),
    tellPlatforms(run, image),
  ]);
  const judgement = await judgeImage(run, { ...image, report, baseline });
  await writeReports(run, aws, { ...image, report, judgement });
  await releaseTags(run, aws, { ...image, isBlocked: judgement.verdict.kind === 'blocked' });
  await commentOnPullRequest(run);
}

const endings = { all: judgeAndRelease, build: handOn, merge: judgeAndRelease, gate: judgeAndRelease };

const workflows = { publish, merge, gate, build, idle: tellIdle, 'dry-run': writePlan };

await runJob(async job => {
  const inputs = await readInputs();
  const run = openRun(job, makePlan(inputs, await readCommit(inputs)));
  await run.finish(() => workflows[run.plan.kind](run));
});
