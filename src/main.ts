import type { Aws } from './aws/aws.ts';
import { buildWithoutPush, keepForNextBuild, openBuild } from './build-image.ts';
import { checkDocker } from './builder/check-docker.ts';
import { ensureCacheRepository } from './cache/ensure-cache-repository.ts';
import { findDocker } from './docker/docker.ts';
import { writePlan } from './dry-run/write-plan.ts';
import { findImage } from './gate/find-image.ts';
import { judgeImage } from './gate/judge-image.ts';
import { readBaseline } from './gate/read-baseline.ts';
import type { Image } from './image/image.ts';
import { logDockerIn } from './image/log-docker-in.ts';
import { readCommit, readInputs } from './inputs.ts';
import { createIndex } from './merge/create-index.ts';
import { makePlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { begin, together } from './platform/job.ts';
import { useProxy } from './platform/proxy.ts';
import { runJob } from './platform/run-job.ts';
import { requireTempDir } from './platform/temp-dir.ts';
import { commentOnPullRequest } from './report/comment-on-pull-request.ts';
import { openRun } from './report/open-run.ts';
import type { Run as RunOfPlan } from './report/open-run.ts';
import { handOnPlatformBuild, tellIdle, tellImage, tellPlatforms } from './report/tell-image.ts';
import type { ImageInPlace } from './report/tell-image.ts';
import { writeReports } from './report/write-reports.ts';
import { compareAndReconcile } from './repository/compare-and-reconcile.ts';
import { ensureRepository } from './repository/ensure-repository.ts';
import { draftContentKey } from './reuse/compute-content-key.ts';
import { findExistingImages } from './reuse/find-existing.ts';
import { followCommitTag, takesOther } from './reuse/follow-commit-tag.ts';
import { reuseOrBuild } from './reuse/reuse-or-build.ts';
import { assumeRole } from './role/assume-role.ts';
import { waitForScan } from './scan/wait-for-scan.ts';
import { chooseTags } from './tags/choose-tags.ts';
import { releaseTags } from './tags/release-tags.ts';

type Run = RunOfPlan<Plan>;

/** Builds, pushes, judges and releases. What is started with begin runs in parallel, until a later step awaits its result. */
async function publish(run: Run): Promise<void> {
  const finding = begin(findDocker(run.job, run.plan));
  const computeKey = draftContentKey(run, finding);
  const [aws, docker] = await Promise.all([assumeRole(run, finding), checkDocker(run, finding)]);
  const ensuring = begin(ensureRepository(run, aws));
  const login = begin(logDockerIn(run, aws, { docker, repository: ensuring }));
  const key = begin(computeKey(login));
  const findAgain = () => findExistingImages(run, aws, key);
  const caches = ensureCacheRepository(run, aws);
  const [found, existing, cacheRepository] = await Promise.all([ensuring, findAgain(), caches]);
  const { repository, lifecycle } = await compareAndReconcile(run, aws, found);
  const runWithTags = await chooseTags(run, aws, repository);
  const builds = openBuild(runWithTags, docker, { repository, existing, cacheRepository, login });
  const made = await reuseOrBuild(runWithTags, aws, { repository, existing, findAgain, ...builds });
  const pushed = tellImage(runWithTags, aws, { repository, existing, ...made });
  const ending = endings[run.plan.mode](runWithTags, aws, pushed);
  const keeping = keepForNextBuild(run, aws, { ...pushed, ...made, key });
  await together(login, ending, keeping);
  await lifecycle.put(await ending);
}

/** Joins the images of single platforms that other jobs have pushed. */
async function merge(run: Run): Promise<void> {
  const aws = await assumeRole(run);
  const ensuring = ensureRepository(run, aws);
  const looking = findExistingImages(run, aws, { kind: 'unasked' });
  const [repository, existing] = await Promise.all([ensuring, looking]);
  const runWithTags = await chooseTags(run, aws, repository);
  const image = await createIndex(runWithTags, aws, { repository, existing });
  await judgeAndRelease(runWithTags, aws, tellImage(runWithTags, aws, { repository, existing, image }));
}

/** Judges an image that is in the repository. */
async function gate(run: Run): Promise<void> {
  const aws = await assumeRole(run);
  const repository = await ensureRepository(run, aws);
  const runWithTags = await chooseTags(run, aws, repository);
  const found = await findImage(runWithTags, aws, repository);
  await judgeAndRelease(runWithTags, aws, tellImage(runWithTags, aws, { repository, ...found }));
}

/**
 * Waits for the scan, judges and releases. Every run about a complete image ends so, whether it was built, joined or found. Where
 * another job has moved the commit's tag to its own image meanwhile, that one is judged and released in its place, and returned.
 */
async function judgeAndRelease(run: Run, aws: Aws, image: ImageInPlace): Promise<Image> {
  const [report, baseline] = await Promise.all([
    waitForScan(run, aws, image),
    readBaseline(run, aws, { ...image, scan: other => waitForScan(run, aws, { ...image, ...other }) }),
    tellPlatforms(run, image),
  ]);
  const judgement = await judgeImage(run, { ...image, report, baseline });
  await writeReports(run, aws, { ...image, report, judgement });
  const isBlocked = judgement.verdict.kind === 'blocked';
  const { other } = await releaseTags(run, aws, { ...image, isBlocked, takes: takesOther(run, image) });
  await commentOnPullRequest(run);
  const follow = (taken: Image) => judgeAndRelease(run, aws, tellImage(run, aws, { ...image, image: taken }));
  return followCommitTag(run, { ...image, other }, follow);
}

const endings = {
  all: judgeAndRelease,
  build: handOnPlatformBuild,
  merge: judgeAndRelease,
  gate: judgeAndRelease,
};

const workflows = { publish, merge, gate, build: buildWithoutPush, idle: tellIdle, 'dry-run': writePlan };

await runJob(async job => {
  const inputs = await readInputs();
  const run = openRun(job, makePlan(inputs, await readCommit(inputs)));
  await run.finish(async () => {
    useProxy(run.plan.role);
    await requireTempDir();
    await workflows[run.plan.kind](run);
  });
});
