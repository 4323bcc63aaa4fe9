import type { Aws } from './aws/aws.ts';
import { buildAndPush } from './build/build-and-push.ts';
import { build, buildBeside } from './build/build-only.ts';
import { openBuildx } from './build/buildx.ts';
import { checkDocker } from './builder/check-docker.ts';
import type { CheckedDocker } from './builder/check-docker.ts';
import { prepareBuilder } from './builder/prepare-builder.ts';
import { restoreMounts } from './cache-mounts/restore-mounts.ts';
import { saveMounts } from './cache-mounts/save-mounts.ts';
import { ensureCacheRepository } from './cache/ensure-cache-repository.ts';
import { recordColdBuild } from './cache/record-cold-build.ts';
import { restoreLayers, saveLayers } from './cache/restore-layers.ts';
import type { KnownOfEcr } from './cache/restore-layers.ts';
import { findDocker } from './docker/docker.ts';
import { writePlan } from './dry-run/write-plan.ts';
import { findImage } from './gate/find-image.ts';
import { judgeImage } from './gate/judge-image.ts';
import { readBaseline } from './gate/read-baseline.ts';
import type { OtherImage } from './gate/read-baseline.ts';
import type { Description } from './image/description.ts';
import type { ExistingImages, Image, Manifest } from './image/image.ts';
import { logDockerIn } from './image/log-docker-in.ts';
import { readDescription, readManifest } from './image/read-manifest.ts';
import { openTagger } from './image/tagger.ts';
import type { Tagger } from './image/tagger.ts';
import { readCommit, readInputs } from './inputs.ts';
import { createIndex } from './merge/create-index.ts';
import { openOutputs } from './outputs.ts';
import type { Outputs } from './outputs.ts';
import { makePlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { begin, runJob, together } from './platform/job.ts';
import type { Job } from './platform/job.ts';
import { commentOnPullRequest } from './report/comment-on-pull-request.ts';
import { writeReports } from './report/write-reports.ts';
import { compareRepository } from './repository/compare-settings.ts';
import { ensureRepository } from './repository/ensure-repository.ts';
import type { Repository } from './repository/ensure-repository.ts';
import { openLifecycle } from './repository/put-lifecycle-policy.ts';
import { reconcileRepository } from './repository/reconcile-settings.ts';
import { beginContent } from './reuse/compute-content-key.ts';
import { findExistingImages } from './reuse/find-existing.ts';
import { reuseOrBuild } from './reuse/reuse-or-build.ts';
import { tagByContent } from './reuse/tag-content.ts';
import { assumeRole } from './role/assume-role.ts';
import { waitForScan } from './scan/wait-for-scan.ts';
import { chooseTags } from './tags/choose-tags.ts';
import { releaseTags } from './tags/release-tags.ts';

const sentences = {
  async publish(job: Job, plan: Plan, outputs: Outputs) {
    const finding = findDocker(job.signal, plan);
    const begun = beginContent(job, plan, finding);
    const [aws, docker] = await Promise.all([assumeRole(job, plan), checkDocker(job, finding, plan)]);
    const ensured = ensureRepository(job, aws, plan);
    const where = { docker, plan: plan.repository, repository: ensured };
    const login = begin(logDockerIn(job, aws, where).then(outputs.registry));
    const keyed = begin(begun(login).then(outputs.content));
    const look = async () => findExistingImages(aws, plan, await keyed);
    const [existing, earlier, cacheRepository] = await Promise.all([
      ensured,
      look(),
      ensureCacheRepository(job, aws, plan),
    ]);
    outputs.repository(existing);
    const comparison = await compareRepository(job, aws, { repository: existing, plan: plan.repository });
    outputs.comparison(comparison);
    const repository = await reconcileRepository(job, aws, { repository: existing, plan, comparison });
    const lifecycle = openLifecycle(job, aws, { repository, plan, comparison });
    const tagger = openTagger(aws, repository);
    const chosen = { ...plan, tags: await chooseTags(job, tagger, { tags: plan.tags, repository }) };
    outputs.choice(chosen.tags);
    const prepare = async () => {
      const found = { repository, earlier, cacheRepository, login };
      const { tools, ...restored } = await prepareBuild({ job, plan, outputs }, docker, { found });
      const { times } = restored.layers;
      return { ...restored, tools: { ...tools, registry: await login, times } };
    };
    const { image, built, layers, mounts } = await reuseOrBuild(job, chosen, {
      repository,
      earlier,
      tagger,
      look,
      async make(other) {
        const { tools, ...restored } = await prepare();
        return { ...(await buildAndPush(job, repository, chosen, { ...tools, other })), ...restored };
      },
      async beside() {
        const { metadata } = await buildBeside(job, repository, plan, (await prepare()).tools);
        outputs.metadata(metadata);
      },
    });
    outputs.image(image, built);
    const manifest = readManifest(aws, repository, { image, plan });
    const config = readDescription(aws, repository, manifest);
    const subject = { repository, image, manifest, config, tagger, earlier };
    await together(
      login,
      endings[plan.mode]({ job, plan: chosen, outputs }, aws, subject),
      saveLayers(job, layers, built),
      recordColdBuild(job, aws, { plan, layers, built }),
      saveMounts(job, mounts),
      keyed.then(content => tagByContent(job, { image, built, content, manifest, tagger })),
    );
    await lifecycle.put(image);
  },

  async merge(job: Job, plan: Plan, outputs: Outputs) {
    const aws = await assumeRole(job, plan);
    const [repository, earlier] = await Promise.all([
      ensureRepository(job, aws, plan),
      findExistingImages(aws, plan, { kind: 'unasked' }),
    ]);
    outputs.repository(repository);
    const tagger = openTagger(aws, repository);
    const chosen = { ...plan, tags: await chooseTags(job, tagger, { tags: plan.tags, repository }) };
    outputs.choice(chosen.tags);
    const image = await createIndex(job, aws, { plan: chosen, repository, earlier, tagger });
    outputs.image(image);
    const manifest = readManifest(aws, repository, { image, plan });
    const config = readDescription(aws, repository, manifest);
    const subject = { repository, image, manifest, config, tagger, earlier };
    await judgeAndRelease({ job, plan: chosen, outputs }, aws, subject);
  },

  async gate(job: Job, plan: Plan, outputs: Outputs) {
    const aws = await assumeRole(job, plan);
    const repository = await ensureRepository(job, aws, plan);
    outputs.repository(repository);
    const tagger = openTagger(aws, repository);
    const chosen = { ...plan, tags: await chooseTags(job, tagger, { tags: plan.tags, repository }) };
    outputs.choice(chosen.tags);
    const { image, earlier } = await findImage(job, aws, { plan: chosen, repository });
    outputs.image(image);
    const manifest = readManifest(aws, repository, { image, plan });
    const config = readDescription(aws, repository, manifest);
    const subject = { repository, image, manifest, config, tagger, earlier };
    await judgeAndRelease({ job, plan: chosen, outputs }, aws, subject);
  },

  async build(job: Job, plan: Plan, outputs: Outputs) {
    const docker = await checkDocker(job, findDocker(job.signal, plan), plan);
    const found = undefined;
    const { tools, layers, mounts } = await prepareBuild({ job, plan, outputs }, docker, { found });
    outputs.built(await build(job, plan, tools));
    await together(saveLayers(job, layers), saveMounts(job, mounts));
  },

  async idle(_job: Job, _plan: Plan, outputs: Outputs) {
    outputs.idle();
  },

  async 'dry-run'(job: Job, plan: Plan, outputs: Outputs) {
    outputs.dryRun(await writePlan(job, plan));
  },
};

interface Subject {
  repository: Repository;
  image: Image;
  manifest: () => Promise<Manifest>;
  config: () => Promise<Description | undefined>;
  tagger: Tagger;
  earlier: ExistingImages;
}

interface Run {
  job: Job;
  plan: Plan;
  outputs: Outputs;
}

/** All that the build stands on: a builder boots while an archive is fetched. */
async function prepareBuild(
  { job, plan, outputs }: Run,
  docker: CheckedDocker,
  { found }: { found: (KnownOfEcr & { login: Promise<unknown> }) | undefined },
) {
  const restoring = begin(restoreLayers(job, plan, found).then(outputs.layers));
  const building = begin(prepareBuilder(job, docker, { plan, restoring }));
  const filling = restoreMounts(job, plan, { docker, building, found }).then(outputs.mounts);
  const [layers, builder, mounts] = await Promise.all([restoring, building, filling]);
  const tools = { buildx: openBuildx(job, { docker, builder }), cache: layers.choice };
  return { layers, mounts, tools };
}

/** How the sentences about an image end, whether it is built, joined or found. */
async function judgeAndRelease({ job, plan, outputs }: Run, aws: Aws, subject: Subject): Promise<void> {
  const { repository, image } = subject;
  const scan = (other: OtherImage) => waitForScan(job, aws, { repository, gate: plan.gate, ...other });
  const [report, baseline] = await Promise.all([
    waitForScan(job, aws, { ...subject, gate: plan.gate }),
    readBaseline(job, aws, { plan, repository, image, scan }),
    outputs.platforms(subject.manifest, subject.config),
  ]);
  const judgement = await judgeImage(job, plan, { ...subject, report, baseline });
  outputs.judgement(judgement, report);
  outputs.reports(await writeReports(job, aws, { plan, ...subject, report, judgement }));
  await releaseTags(job, plan, {
    ...subject,
    isBlocked: judgement.verdict.kind === 'blocked',
    tell: outputs.releases,
  });
  await commentOnPullRequest(job, plan, outputs.comment());
}

/** How the sentence about a piece of an image ends: the run that joins the pieces judges and releases them. */
async function handOn({ outputs }: Run, _aws: Aws, { manifest, config }: Subject): Promise<void> {
  await outputs.platforms(manifest, config);
  outputs.piece();
}

const endings = { all: judgeAndRelease, build: handOn, merge: judgeAndRelease, gate: judgeAndRelease };

await runJob(async job => {
  const inputs = await readInputs();
  const plan = makePlan(inputs, await readCommit(inputs));
  const outputs = openOutputs(job, plan);
  const comment = (text: string) => commentOnPullRequest(job, plan, text);
  await outputs.tell(() => sentences[plan.kind](job, plan, outputs), comment);
});
