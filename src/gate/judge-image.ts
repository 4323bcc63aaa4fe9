import { basename } from 'node:path';
import type { Commit } from '../commit/commit.ts';
import type { Image, Manifest } from '../image/image.ts';
import { annotate, setOutputs } from '../platform/actions.ts';
import type { OutputValues } from '../platform/actions.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import type { ScanReport } from '../scan/report.ts';
import { severities, total } from '../scan/severity.ts';
import type { Tags } from '../tags/plan.ts';
import { sayComparison } from './baseline-diff.ts';
import type { Baseline } from './baseline-diff.ts';
import { sayOrigin } from './exceptions.ts';
import type { Ignored } from './exceptions.ts';
import { judge } from './judge.ts';
import { sayRules } from './limits.ts';
import type { GatePlan } from './plan.ts';
import type { Judgement, Verdict } from './verdict.ts';

interface JudgeParts {
  gate: GatePlan;
  tags: Pick<Tags, 'releases'>;
  commit: Pick<Commit, 'now' | 'checkedOut'>;
}

interface JudgeImageOptions {
  repository: Repository;
  image: Image;
  manifest: () => Promise<Manifest>;
  report: ScanReport;
  baseline: Baseline | undefined;
}

/** Judges the report of an image by the rules of the gate. A blocked image sets the process's exit code to 1. */
export async function judgeImage(
  { job, plan, tell }: RunOf<JudgeParts, { judgement: Judgement; report: ScanReport }>,
  { repository, image, manifest, report, baseline }: JudgeImageOptions,
): Promise<Judgement> {
  const result = await job.step('Judge', async log => {
    const platforms = report.kind === 'scanned' ? (await manifest()).platforms : [];
    const tags = [...(image.tag === undefined ? [] : [image.tag]), ...plan.tags.releases];
    const product = { uri: repository.uri, digest: image.digest, tags, platforms };
    const origin = sayOrigin(plan.gate.exceptions, plan.commit.checkedOut);
    const judgement: Judgement = {
      ...judge(report, plan.gate, {
        image: product,
        now: new Date(plan.commit.now),
        ...(baseline && { baseline }),
      }),
      ...(origin !== undefined && { exceptionsOrigin: origin }),
    };
    log.info(`Rules       ${sayRules(plan.gate)}`);
    if (origin !== undefined) log.info(`Exceptions  ${origin}`);
    for (const each of judgement.ignored) log.info(`Ignored     ${sayIgnored(each)}`);
    if (judgement.comparison) log.info(`Compared    ${sayComparison(judgement.comparison)}`);
    // All notes are one annotation, because GitHub shows only ten of each step.
    if (judgement.notes.length > 0) log.warn(judgement.notes.join('\n'));
    // The annotation after this step has the reason.
    log.result(judgement.verdict.kind === 'blocked' ? 'Blocked' : judgement.verdict.sentence);
    return judgement;
  });
  setOutputs(judgementOutputs(result, report));
  tell({ judgement: result, report });
  if (result.verdict.kind === 'blocked') process.exitCode = 1;
  job.logInOrder(() => annotateVerdict(result.verdict));
  return result;
}

/** Writes the verdict as an annotation. */
function annotateVerdict(verdict: Verdict): void {
  switch (verdict.kind) {
    case 'passed':
      return;
    case 'unscanned':
      return annotate[verdict.level](verdict.sentence);
    case 'blocked':
      return annotate.error(`${verdict.sentence}\n${verdict.remedy}`, {
        title: 'The gate blocked this image',
      });
  }
}

/** The outputs of the verdict, with the numbers of findings where there was a scan. */
function judgementOutputs(
  { verdict, comparison, blockingCount, ignored }: Judgement,
  report: ScanReport,
): OutputValues {
  const outputs: OutputValues = [
    ['scan-verdict', verdict.kind],
    ['scan-sentence', verdict.sentence],
  ];
  if (report.kind === 'unawaited') return outputs;
  if (report.status !== '') outputs.push(['scan-status', report.status]);
  if (report.kind !== 'scanned') return outputs;
  for (const severity of severities) outputs.push([severity, report.counts[severity]]);
  outputs.push(['total', total(report.counts)], ['blocking', blockingCount], ['ignored', ignored.length]);
  if (comparison) outputs.push(['new', comparison.added.length], ['gone', comparison.gone.length]);
  return outputs;
}

function sayIgnored({ finding, reason, source, until }: Ignored): string {
  const where = [...(source ? [basename(source)] : []), ...(until ? [`until ${until}`] : [])].join(', ');
  return `${finding.id} in ${finding.package} ${finding.installed}: ${reason}${where && ` (${where})`}`;
}
