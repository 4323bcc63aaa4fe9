import type { BuildResult } from './build/build-and-push.ts';
import * as core from '@actions/core';
import type { LocalBuild } from './build/build-only.ts';
import type { Metadata } from './build/metadata.ts';
import type { Mounts } from './cache-mounts/restore-mounts.ts';
import type { Layers } from './cache/restore-layers.ts';
import type { PlanDocument } from './dry-run/plan-document.ts';
import { summarizePlan } from './dry-run/summary.ts';
import { sayMutability } from './ecr/mutability.ts';
import type { Judgement, Verdict } from './gate/verdict.ts';
import { isDescribedElsewhere } from './image/description.ts';
import type { Description } from './image/description.ts';
import type { Image, Manifest } from './image/image.ts';
import type { Registry } from './image/log-docker-in.ts';
import type { Plan } from './plan.ts';
import { describeFailure, reasonOf } from './platform/failure.ts';
import type { Job } from './platform/job.ts';
import { describeDrift } from './report/drift-table.ts';
import {
  digestsOf,
  buildOutputs,
  imageOutputs,
  judgementOutputs,
  tagOutputs,
} from './report/output-values.ts';
import { summarize } from './report/summary.ts';
import type { Facts } from './report/summary.ts';
import type { Reports } from './report/write-reports.ts';
import type { SettingsDiff } from './repository/compare-settings.ts';
import type { Repository } from './repository/ensure-repository.ts';
import { isNew } from './repository/repository.ts';
import type { Content } from './reuse/compute-content-key.ts';
import type { ScanReport } from './scan/report.ts';
import type { Tags } from './tags/plan.ts';
import type { Releases } from './tags/release-tags.ts';

/** Everything that the step tells the job, each thing as soon as it is true. */
export interface Outputs {
  repository(repository: Repository): void;
  registry(registry: Registry): Registry;
  content(content: Content): Content;
  comparison(comparison: SettingsDiff | undefined): void;
  /** The tags that the image gets if it passes. */
  choice(tags: Tags): void;
  layers(layers: Layers): Layers;
  mounts(mounts: Mounts | undefined): Mounts | undefined;
  image(image: Image, built?: BuildResult): void;
  platforms(read: () => Promise<Manifest>, readConfig: () => Promise<Description | undefined>): Promise<void>;
  /** What buildx tells of a build, pushed or not. */
  metadata(metadata: Metadata): void;
  /** What was built and not pushed, if anything. */
  built(built?: LocalBuild): void;
  /** There was nothing to do. */
  idle(): void;
  /** A part of an image was pushed, to be judged with the others. */
  piece(): void;
  judgement(judgement: Judgement, report: ScanReport): void;
  reports(reports: Reports): void;
  releases(releases: Releases): void;
  dryRun(told: { file: string; document: PlanDocument }): void;
  /** What a comment says: the summary, but for the steps. */
  comment(): string;
  /** Does the work and writes the summary, whatever came of it; a failure is told elsewhere too. */
  tell(work: () => Promise<void>, elsewhere: (text: string) => Promise<void>): Promise<void>;
}

export function openOutputs(job: Job, plan: Plan): Outputs {
  let facts: Omit<Facts, 'steps'> = { name: plan.repository.name, tags: [], withheld: [] };
  let summary = (): string =>
    summarize({ ...facts, steps: job.times.toSorted((a, b) => a.startedAt - b.startedAt) });
  let { tags } = plan;
  let { description } = plan.build;
  const tell = (told: ReturnType<typeof tagOutputs>): void => {
    for (const [name, value] of told) core.setOutput(name, value);
  };
  const tellTags = (): void =>
    tell(tagOutputs(description, { uri: facts.repository?.uri, tags: facts.tags }));
  const outputs: Outputs = {
    choice(chosen) {
      tags = chosen;
    },
    repository(repository) {
      const { uri, registryId, mutability } = repository;
      core.setOutput('aws-account-id', registryId);
      core.setOutput('repository-uri', uri);
      const created = isNew(repository);
      facts = { ...facts, repository: { uri, created, tagSetting: sayMutability(mutability) } };
    },
    comparison(comparison) {
      facts = { ...facts, drift: describeDrift(comparison?.drift ?? [], plan.repository.onDrift) };
    },
    registry(registry) {
      core.setOutput('registry', registry.host);
      return registry;
    },
    content(content) {
      if (content.kind === 'unknown') facts = { ...facts, uncompared: content.reason };
      return content;
    },
    layers(layers) {
      const { choice, archive } = layers;
      facts = { ...facts, layers: { why: choice.why, restoredBytes: archive?.restored?.bytes ?? 0 } };
      return layers;
    },
    mounts(mounts) {
      if (mounts) facts = { ...facts, mounts: mounts.told };
      return mounts;
    },
    image(image, built) {
      const loaded = plan.build.load ? `${facts.repository?.uri}:${plan.tags.candidate}` : undefined;
      tell(imageOutputs(image, { version: tags.version, loaded }));
      if (built !== undefined) {
        outputs.metadata(built.metadata);
        facts = { ...facts, build: built };
      }
      // What another run has described is told when it has been read; what is joined is of this very commit.
      if (isDescribedElsewhere(image) && image.kind !== 'joined') description = undefined;
      const { releases } = tags;
      const pushed = plan.release === 'with-push' ? releases : [];
      const withheld = plan.release === 'with-push' ? [] : releases;
      facts = {
        ...facts,
        image,
        tags: [...(image.tag === undefined ? [] : [image.tag]), ...pushed],
        withheld,
      };
      tellTags();
    },
    async platforms(read, readConfig) {
      // ECR Public tells no manifests.
      if (plan.repository.type === 'public') return;
      const { platforms } = await read();
      const { repository, image } = facts;
      const config = isDescribedElsewhere(image ?? { kind: 'built' }) ? await readConfig() : undefined;
      const digests = digestsOf(platforms);
      core.setOutput('platforms', JSON.stringify(digests));
      if (config !== undefined) {
        description = { ...config, annotations: description?.annotations ?? [] };
        tellTags();
      }
      if (plan.mode !== 'build') return;
      const piece = { repository: repository?.uri, commit: plan.commit.checkedOut, digest: image?.digest };
      core.setOutput('build', JSON.stringify({ ...piece, platforms: Object.keys(digests) }));
    },
    metadata(metadata) {
      tell(buildOutputs(metadata));
    },
    built(built) {
      if (built !== undefined) {
        outputs.metadata(built.metadata);
        facts = { ...facts, build: built };
      }
      if (plan.build.load) core.setOutput('loaded', `${plan.repository.name}:${plan.tags.candidate}`);
      if (!plan.isOutside) return;
      core.notice(
        'GitHub gave this pull request, from a fork or of Dependabot, no identity at AWS, so nothing is pushed and nothing judged.',
        { title: 'Nothing was pushed' },
      );
    },
    idle() {
      facts = { ...facts, ending: 'idle' };
      outputs.built();
    },
    piece() {
      facts = { ...facts, ending: 'piece' };
      job.inTurn(() =>
        core.notice('This is a part of an image: it is judged and released where `mode: merge` joins it.', {
          title: 'Not judged yet',
        }),
      );
    },
    judgement(judgement, report) {
      const { verdict } = judgement;
      tell(judgementOutputs(judgement, report));
      facts = { ...facts, judgement, report };
      if (verdict.kind === 'blocked') process.exitCode = 1;
      job.inTurn(() => announce(verdict));
    },
    reports({ report, sarif }) {
      if (report !== undefined) core.setOutput('report', report);
      if (sarif !== undefined) core.setOutput('sarif', sarif);
    },
    releases({ released, withheld }) {
      facts = { ...facts, tags: [...new Set([...facts.tags, ...released])], withheld };
      if (released.length > 0) tellTags();
    },
    dryRun({ file, document }) {
      core.setOutput('plan', file);
      summary = () => summarizePlan(document);
    },
    comment: () => summarize({ ...facts, steps: [] }, MAX_COMMENT_BYTES),
    async tell(work, elsewhere) {
      try {
        await work();
      } catch (error) {
        await job.failed();
        facts = {
          ...facts,
          ...(job.signal.aborted ? { cancelled: true } : reasonOf(error)),
        };
        throw error;
      } finally {
        await job.settled();
        // What an earlier run said there is no longer true.
        if (facts.failure !== undefined) await elsewhere(outputs.comment());
        await writeSummary(summary());
      }
    },
  };
  return outputs;
}

/** Bytes of a comment, somewhat less than the characters that GitHub takes of one. */
const MAX_COMMENT_BYTES = 60_000;

/** A blocked image turns the step red; its digest, tags and report are told all the same. */
function announce(verdict: Verdict): void {
  switch (verdict.kind) {
    case 'passed':
      return;
    case 'unscanned':
      return { warning: core.warning, notice: core.notice, info: core.info }[verdict.level](verdict.sentence);
    case 'blocked':
      return core.error(`${verdict.sentence}\n${verdict.remedy}`, { title: 'The gate blocked this image' });
  }
}

/** A summary that cannot be written is a pity, and no reason to turn a job red or to hide its error. */
async function writeSummary(text: string): Promise<void> {
  try {
    await core.summary.addRaw(text, true).write();
  } catch (error) {
    core.warning(`The job summary could not be written: ${describeFailure(error)}`);
  }
}
