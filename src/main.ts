import { readCommit, readInputs } from './inputs.ts';
import { openOutputs } from './outputs.ts';
import type { Outputs } from './outputs.ts';
import { findDocker } from './platform/docker.ts';
import { runJob } from './platform/runner.ts';
import type { Job } from './platform/runner.ts';
import { makePlan } from './rules/plan.ts';
import type { Plan } from './rules/plan.ts';
import { readBaseline } from './steps/baseline.ts';
import type { OtherImage } from './steps/baseline.ts';
import { prepareBuilder } from './steps/builder.ts';
import { commentOnPullRequest } from './steps/comment.ts';
import { compareRepository } from './steps/comparison.ts';
import { findEarlier } from './steps/earlier.ts';
import { build, buildAndPush } from './steps/image.ts';
import { judgeImage } from './steps/judgement.ts';
import { restoreLayers } from './steps/layers.ts';
import { putLifecycle } from './steps/lifecycle.ts';
import { manifestOf } from './steps/manifest.ts';
import { reconcileRepository } from './steps/reconciliation.ts';
import { logDockerIn } from './steps/registry.ts';
import { writeRehearsal } from './steps/rehearsal.ts';
import { releaseTags } from './steps/release.ts';
import { writeReports } from './steps/reports.ts';
import { ensureRepository } from './steps/repository.ts';
import { assumeRole } from './steps/role.ts';
import { waitForScan } from './steps/scan.ts';
import { chooseTags } from './steps/tags.ts';

const sentences = {
  async publish(job: Job, plan: Plan, outputs: Outputs) {
    const [aws, docker] = await Promise.all([
      assumeRole(job, plan),
      findDocker(job.signal, { engine: true }),
    ]);
    const ensured = ensureRepository(job, aws, plan.repository);
    const [existing, registry, earlier] = await Promise.all([
      ensured,
      logDockerIn(job, aws, { docker, plan: plan.repository, repository: ensured }),
      findEarlier(aws, plan),
    ]);
    outputs.repository(existing, registry);
    const comparison = await compareRepository(job, aws, { repository: existing, plan: plan.repository });
    outputs.comparison(comparison);
    const repository = await reconcileRepository(job, aws, { repository: existing, plan, comparison });
    const chosen = await chooseTags(job, aws, { plan, repository });
    outputs.choice(chosen.tags);
    const cache = await restoreLayers(job, repository, plan.layers);
    const builder = await prepareBuilder(job, docker, plan);
    const image = await buildAndPush(job, repository, chosen, { docker, registry, builder, cache, earlier });
    outputs.image(image);
    const manifest = manifestOf(aws, repository, image);
    const scan = (other: OtherImage) => waitForScan(job, aws, { repository, gate: plan.gate, ...other });
    const [report, baseline] = await Promise.all([
      waitForScan(job, aws, { repository, image, manifest, gate: plan.gate }),
      readBaseline(job, aws, { plan, repository, scan }),
    ]);
    const told = { repository, image, manifest, report };
    const judgement = await judgeImage(job, chosen, { ...told, baseline });
    outputs.judgement(judgement, report);
    outputs.reports(await writeReports(job, aws, { plan: chosen, ...told, judgement }));
    const { releases: tags } = chosen.tags;
    const { verdict } = judgement;
    const judged = { repository, image, manifest, tags, earlier, verdict };
    await releaseTags(job, aws, { ...judged, tell: outputs.releases });
    await commentOnPullRequest(job, plan, outputs.comment());
    await putLifecycle(job, aws, { repository, image, plan, comparison });
  },

  async build(job: Job, plan: Plan) {
    const docker = await findDocker(job.signal, { engine: true });
    await build(job, plan, { docker, builder: await prepareBuilder(job, docker, plan) });
  },

  async rehearse(job: Job, plan: Plan, outputs: Outputs) {
    outputs.rehearsal(await writeRehearsal(job, plan));
  },
};

await runJob(async job => {
  const inputs = await readInputs();
  const plan = makePlan(inputs, await readCommit(inputs));
  const outputs = openOutputs(job, plan);
  await outputs.tell(() => sentences[plan.kind](job, plan, outputs));
});
