import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sayPullThrough } from '../image/permissions.ts';
import type { Plan } from '../plan.ts';
import { setOutput } from '../platform/actions.ts';
import type { RunOf } from '../platform/run-of.ts';
import { makeTempDir } from '../platform/temp-dir.ts';
import { withoutCredentials } from '../platform/url-credentials.ts';
import { selectReleases } from '../tags/select-releases.ts';
import { documentPlan } from './plan-document.ts';
import { summarizePlan } from './summary.ts';

/** Writes the plan as a file, which stays until the job ends, and as the summary. */
export function writePlan({ job, plan, tell }: RunOf<Plan, { summaryText: string }>): Promise<void> {
  return job.step('Plan the step', async log => {
    const document = documentPlan(plan);
    const text = JSON.stringify(document, hideCredentials, 2);
    const file = join(await makeTempDir(), 'plan.json');
    await writeFile(file, `${text}\n`);
    log.info(text);
    log.result(`Nothing was touched (\`dry-run: true\`); the plan is in ${file}`);
    setOutput('plan', file);
    const note = sayPullThrough(plan.permissions.Statement);
    if (note !== undefined) log.info(note);
    for (const warning of warnAboutTags(plan)) log.warn(warning);
    tell({ summaryText: summarizePlan(document) });
  });
}

/** Tags that are meant to move, and could not in a repository that the step creates. Those of one that is there are not known. */
function warnAboutTags({ repository: { create, mutability }, tags }: Plan): string[] {
  if (!create) return [];
  return selectReleases(tags, { mutability, present: [] }).warnings.map(
    warning => `In a repository that this step creates: ${warning}`,
  );
}

/** Leaves the users and passwords of URLs out of the texts of a JSON document. */
function hideCredentials(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? withoutCredentials(value) : value;
}
