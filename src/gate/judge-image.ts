import { basename } from 'node:path';
import type { Image, Manifest } from '../image/image.ts';
import type { Job } from '../platform/job.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import type { ScanReport } from '../scan/report.ts';
import { sayComparison } from './baseline-diff.ts';
import type { Baseline } from './baseline-diff.ts';
import type { GatePlan } from './plan.ts';
import type { Tags } from '../tags/plan.ts';
import type { Commit } from '../commit/commit.ts';
import type { Ignored } from './exceptions.ts';
import { judge } from './judge.ts';
import { sayRules } from './limits.ts';
import type { Judgement } from './verdict.ts';

interface JudgeParts {
  gate: GatePlan;
  tags: Pick<Tags, 'releases'>;
  commit: Pick<Commit, 'now'>;
}

interface JudgeImageOptions {
  repository: Repository;
  image: Image;
  manifest: () => Promise<Manifest>;
  report: ScanReport;
  baseline: Baseline | undefined;
}

/** Holds the report against the rules, today. */
export function judgeImage(job: Job, plan: JudgeParts, judged: JudgeImageOptions): Promise<Judgement> {
  const { repository, image, manifest, report, baseline } = judged;
  return job.step('Judge', async log => {
    const platforms = report.kind === 'scanned' ? (await manifest()).platforms : [];
    const tags = [...(image.tag === undefined ? [] : [image.tag]), ...plan.tags.releases];
    const product = { uri: repository.uri, digest: image.digest, tags, platforms };
    const judgement = judge(report, plan.gate, {
      image: product,
      now: new Date(plan.commit.now),
      ...(baseline && { baseline }),
    });
    log.info(`Rules       ${sayRules(plan.gate)}`);
    for (const each of judgement.ignored) log.info(`Ignored     ${sayIgnored(each)}`);
    if (judgement.comparison) log.info(`Compared    ${sayComparison(judgement.comparison)}`);
    // One annotation for all of them: a step has ten.
    if (judgement.notes.length > 0) log.warn(judgement.notes.join('\n'));
    // The annotation that follows tells why.
    log.result(judgement.verdict.kind === 'blocked' ? 'Blocked' : judgement.verdict.sentence);
    return judgement;
  });
}

function sayIgnored({ finding, reason, source, until }: Ignored): string {
  const where = [...(source ? [basename(source)] : []), ...(until ? [`until ${until}`] : [])].join(', ');
  return `${finding.id} in ${finding.package} ${finding.installed}: ${reason}${where && ` (${where})`}`;
}
