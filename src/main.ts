import type { AwsSession } from './aws/aws.ts';
import { buildWithoutPush, keepForNextBuild, openBuild } from './build-image.ts';
import { checkDocker } from './builder/check-docker.ts';
import { ensureCacheRepository } from './cache/ensure-cache-repository.ts';
import { copyImage } from './copies/copy-image.ts';
import type { Destination } from './copies/open-destination.ts';
import { openDestinations } from './copies/open-destinations.ts';
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
import { copyIntoRepository } from './promote/copy-into-repository.ts';
import { findSource } from './promote/find-source.ts';
import { waitForReplication } from './replication/wait-for-replication.ts';
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

type ImageToRelease = ImageInPlace & { destinations: Destination[] };

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
  const opening = openDestinations(run, aws, ensuring);
  const [found, existing, cacheRepository, destinations] = await Promise.all([
    ensuring,
    findAgain(),
    caches,
    opening,
  ]);
  const { repository, lifecycle } = await compareAndReconcile(run, aws, found);
  const runWithTags = await chooseTags(run, aws, repository);
  const builds = openBuild(runWithTags, docker, { repository, existing, cacheRepository, login });
  const made = await reuseOrBuild(runWithTags, aws, { repository, existing, findAgain, ...builds });
  const pushed = tellImage(runWithTags, aws, { repository, existing, ...made });
  const ending = endings[run.plan.mode](runWithTags, aws, { ...pushed, destinations });
  const keeping = keepForNextBuild(run, aws, { ...pushed, ...made, key });
  await together(login, ending, keeping);
  await lifecycle.put(await ending);
}

/** Joins the images of single platforms that other jobs have pushed. */
async function merge(run: Run): Promise<void> {
  const aws = await assumeRole(run);
  const ensuring = begin(ensureRepository(run, aws));
  const looking = findExistingImages(run, aws, { kind: 'unasked' });
  const opening = openDestinations(run, aws, ensuring);
  const [repository, existing, destinations] = await Promise.all([ensuring, looking, opening]);
  const runWithTags = await chooseTags(run, aws, repository);
  const image = await createIndex(runWithTags, aws, { repository, existing });
  const joined = tellImage(runWithTags, aws, { repository, existing, image });
  await judgeAndRelease(runWithTags, aws, { ...joined, destinations });
}

/** Judges an image that is in the repository. */
async function gate(run: Run): Promise<void> {
  const aws = await assumeRole(run);
  const ensuring = begin(ensureRepository(run, aws));
  const [repository, destinations] = await Promise.all([ensuring, openDestinations(run, aws, ensuring)]);
  const runWithTags = await chooseTags(run, aws, repository);
  const found = await findImage(runWithTags, aws, repository);
  const image = tellImage(runWithTags, aws, { repository, ...found });
  await judgeAndRelease(runWithTags, aws, { ...image, destinations });
}

/** Copies an image from another repository, and judges it where it then is. */
async function promote(run: Run): Promise<void> {
  const aws = await assumeRole(run);
  const source = await findSource(run, aws);
  const ensuring = begin(ensureRepository(run, aws));
  const [found, destinations] = await Promise.all([ensuring, openDestinations(run, aws, ensuring)]);
  const { repository, lifecycle } = await compareAndReconcile(run, aws, found);
  const runWithTags = await chooseTags(run, aws, repository);
  const copied = await copyIntoRepository(runWithTags, aws, { source, repository });
  const image = tellImage(runWithTags, aws, { repository, ...copied });
  await lifecycle.put(await judgeAndRelease(runWithTags, aws, { ...image, destinations }));
}

/**
 * Waits for the scan, judges, releases, copies and waits for the replicas. Every run about a complete image ends so, whether it was
 * built, joined, found or copied. Where another job has moved the commit's tag to its own image meanwhile, that one is judged and
 * released in its place, and returned.
 */
async function judgeAndRelease(run: Run, aws: AwsSession, image: ImageToRelease): Promise<Image> {
  const [report, baseline] = await Promise.all([
    waitForScan(run, aws, image),
    readBaseline(run, aws, { ...image, scan: other => waitForScan(run, aws, { ...image, ...other }) }),
    tellPlatforms(run, image),
  ]);
  const judgement = await judgeImage(run, { ...image, report, baseline });
  await writeReports(run, aws, { ...image, report, judgement });
  const isBlocked = judgement.verdict.kind === 'blocked';
  const release = await releaseTags(run, aws, { ...image, isBlocked, takes: takesOther(run, image) });
  const released = { ...image, ...release, isBlocked };
  await together(copyImage(run, aws, released), waitForReplication(run, aws, released));
  await commentOnPullRequest(run);
  const follow = (taken: Image) =>
    judgeAndRelease(run, aws, { ...image, ...tellImage(run, aws, { ...image, image: taken }) });
  return followCommitTag(run, { ...image, ...release }, follow);
}

const endings = {
  all: judgeAndRelease,
  build: handOnPlatformBuild,
  merge: judgeAndRelease,
  gate: judgeAndRelease,
  promote: judgeAndRelease,
};

const workflows = {
  publish,
  merge,
  gate,
  promote,
  build: buildWithoutPush,
  idle: tellIdle,
  'dry-run': writePlan,
};

await runJob(async job => {
  const inputs = await readInputs();
  const run = openRun(job, makePlan(inputs, await readCommit(inputs)));
  await run.finish(async () => {
    useProxy(run.plan.role);
    await requireTempDir();
    await workflows[run.plan.kind](run);
  });
});
