import { basename } from 'node:path';
import type { Job } from '../platform/runner.ts';
import { sayComparison } from '../rules/comparison.ts';
import type { Baseline } from '../rules/comparison.ts';
import type { Ignored } from '../rules/excuse.ts';
import { judge } from '../rules/gate.ts';
import type { Judgement, ScanReport } from '../rules/gate.ts';
import { sayRules } from '../rules/limits.ts';
import type { Plan } from '../rules/plan.ts';
import type { Image } from './image.ts';
import type { Manifest } from './manifest.ts';
import type { Repository } from './repository.ts';

interface Judged {
  repository: Repository;
  image: Image;
  manifest: () => Promise<Manifest>;
  report: ScanReport;
  baseline: Baseline | undefined;
}

/** Holds the report against the rules, today. */
export function judgeImage(job: Job, plan: Plan, judged: Judged): Promise<Judgement> {
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
