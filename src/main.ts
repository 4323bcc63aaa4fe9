import { readCommit, readInputs } from './inputs.ts';
import { openOutputs } from './outputs.ts';
import type { Outputs } from './outputs.ts';
import type { Aws } from './platform/aws.ts';
import { findDocker } from './platform/docker.ts';
import { begin, runJob, together } from './platform/runner.ts';
import type { Job } from './platform/runner.ts';
import type { Description } from './rules/build.ts';
import { makePlan } from './rules/plan.ts';
import type { Plan } from './rules/plan.ts';
import type { Earlier } from './rules/reuse.ts';
import { readBaseline } from './steps/baseline.ts';
import type { OtherImage } from './steps/baseline.ts';
import { prepareBuilder } from './steps/builder.ts';
import { openBuildx } from './steps/buildx.ts';
import { ensureCacheRepository } from './steps/cache-repository.ts';
import { noteColdTime } from './steps/cold-time.ts';
import { takeOrMake } from './steps/choice.ts';
import { beginContent } from './steps/content.ts';
import { configOf } from './steps/config.ts';
import { compareRepository } from './steps/comparison.ts';
import { findEarlier } from './steps/earlier.ts';
import { fitDocker } from './steps/fitness.ts';
import type { FitDocker } from './steps/fitness.ts';
import { buildAndPush } from './steps/image.ts';
import type { Image } from './steps/image.ts';
import { restoreLayers, saveLayers } from './steps/layers.ts';
import { build, buildBeside } from './steps/local-build.ts';
import type { Found } from './steps/layers.ts';
import { restoreMounts } from './steps/mounts.ts';
import { saveMounts } from './steps/mounts-saving.ts';
import { judgeImage } from './steps/judgement.ts';
import { openLifecycle } from './steps/lifecycle.ts';
import { findImage } from './steps/existing-image.ts';
import { joinPieces } from './steps/merge.ts';
import { manifestOf } from './steps/manifest.ts';
import type { Manifest } from './steps/manifest.ts';
import { reconcileRepository } from './steps/reconciliation.ts';
import { logDockerIn } from './steps/registry.ts';
import { writeRehearsal } from './steps/rehearsal.ts';
import { writeReports } from './steps/reports.ts';
import { commentOnPullRequest } from './steps/comment.ts';
import { nameContent } from './steps/naming.ts';
import { releaseTags } from './steps/release.ts';
import { ensureRepository } from './steps/repository.ts';
import type { Repository } from './steps/repository.ts';
import { assumeRole } from './steps/role.ts';
import { waitForScan } from './steps/scan.ts';
import { chooseTags } from './steps/tags.ts';
import { openTagger } from './steps/tagging.ts';
import type { Tagger } from './steps/tagging.ts';

const sentences = {
  async publish(job: Job, plan: Plan, outputs: Outputs) {
    const finding = findDocker(job.signal, plan);
    const begun = beginContent(job, plan, finding);
    const [aws, docker] = await Promise.all([assumeRole(job, plan), fitDocker(job, finding, plan)]);
    const ensured = ensureRepository(job, aws, plan);
    const where = { docker, plan: plan.repository, repository: ensured };
    const login = begin(logDockerIn(job, aws, where).then(outputs.registry));
    const keyed = begin(begun(login).then(outputs.content));
    const look = async () => findEarlier(aws, plan, await keyed);
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
    const chosen = await chooseTags(job, tagger, { plan, repository });
    outputs.choice(chosen.tags);
    const prepare = async () => {
      const found = { repository, earlier, cacheRepository, login };
      const { tools, ...restored } = await prepareBuild({ job, plan, outputs }, docker, { found });
      const { times } = restored.layers;
      return { ...restored, tools: { ...tools, registry: await login, look, times } };
    };
    const { image, layers, mounts } = await takeOrMake(job, chosen, {
      repository,
      earlier,
      tagger,
      look,
      async make() {
        const { tools, ...restored } = await prepare();
        return { image: await buildAndPush(job, repository, chosen, tools), ...restored };
      },
      async beside() {
        const { metadata } = await buildBeside(job, repository, plan, (await prepare()).tools);
        outputs.metadata(metadata);
      },
    });
    outputs.image(image);
    const manifest = manifestOf(aws, repository, { image, plan });
    const config = configOf(aws, repository, manifest);
    const subject = { repository, image, manifest, config, tagger, earlier };
    await together(
      login,
      endings[plan.mode]({ job, plan: chosen, outputs }, aws, subject),
      saveLayers(job, layers, image),
      noteColdTime(job, aws, { plan, layers, image }),
      saveMounts(job, mounts),
      keyed.then(content => nameContent(job, { image, content, manifest, tagger })),
    );
    await lifecycle.put(image);
  },

  async merge(job: Job, plan: Plan, outputs: Outputs) {
    const aws = await assumeRole(job, plan);
    const [repository, earlier] = await Promise.all([
      ensureRepository(job, aws, plan),
      findEarlier(aws, plan, { kind: 'unasked' }),
    ]);
    outputs.repository(repository);
    const tagger = openTagger(aws, repository);
    const chosen = await chooseTags(job, tagger, { plan, repository });
    outputs.choice(chosen.tags);
    const image = await joinPieces(job, aws, { plan: chosen, repository, earlier, tagger });
    outputs.image(image);
    const manifest = manifestOf(aws, repository, { image, plan });
    const config = configOf(aws, repository, manifest);
    const subject = { repository, image, manifest, config, tagger, earlier };
    await judgeAndRelease({ job, plan: chosen, outputs }, aws, subject);
  },

  async gate(job: Job, plan: Plan, outputs: Outputs) {
    const aws = await assumeRole(job, plan);
    const repository = await ensureRepository(job, aws, plan);
    outputs.repository(repository);
    const tagger = openTagger(aws, repository);
    const chosen = await chooseTags(job, tagger, { plan, repository });
    outputs.choice(chosen.tags);
    const { image, earlier } = await findImage(job, aws, { plan: chosen, repository });
    outputs.image(image);
    const manifest = manifestOf(aws, repository, { image, plan });
    const config = configOf(aws, repository, manifest);
    const subject = { repository, image, manifest, config, tagger, earlier };
    await judgeAndRelease({ job, plan: chosen, outputs }, aws, subject);
  },

  async build(job: Job, plan: Plan, outputs: Outputs) {
    const docker = await fitDocker(job, findDocker(job.signal, plan), plan);
    const found = undefined;
    const { tools, layers, mounts } = await prepareBuild({ job, plan, outputs }, docker, { found });
    outputs.built(await build(job, plan, tools));
    await together(saveLayers(job, layers), saveMounts(job, mounts));
  },

  async idle(_job: Job, _plan: Plan, outputs: Outputs) {
    outputs.idle();
  },

  async rehearse(job: Job, plan: Plan, outputs: Outputs) {
    outputs.rehearsal(await writeRehearsal(job, plan));
  },
};

interface Subject {
  repository: Repository;
  image: Image;
  manifest: () => Promise<Manifest>;
  config: () => Promise<Description | undefined>;
  tagger: Tagger;
  earlier: Earlier;
}

interface Run {
  job: Job;
  plan: Plan;
  outputs: Outputs;
}

/** All that the build stands on: a builder boots while an archive is fetched. */
async function prepareBuild(
  { job, plan, outputs }: Run,
  docker: FitDocker,
  { found }: { found: (Found & { login: Promise<unknown> }) | undefined },
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
  await releaseTags(job, plan, { ...subject, verdict: judgement.verdict, tell: outputs.releases });
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
