import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../plan.ts';
import type { Job } from '../platform/job.ts';
import { makeScratch } from '../platform/temp-dir.ts';
import { documentPlan } from './plan-document.ts';
import type { PlanDocument } from './plan-document.ts';

/** Writes down what the step would do; the file stays until the job ends. */
export function writePlan(job: Job, plan: Plan): Promise<{ file: string; document: PlanDocument }> {
  return job.step('Plan the step', async log => {
    const document = documentPlan(plan);
    const text = JSON.stringify(document, null, 2);
    const file = join(await makeScratch(), 'plan.json');
    await writeFile(file, `${text}\n`);
    log.info(text);
    log.result(`Nothing was touched (\`dry-run: true\`); the plan is in ${file}`);
    return { file, document };
  });
}
