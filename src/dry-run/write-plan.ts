import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../plan.ts';
import type { Job } from '../platform/job.ts';
import { makeScratch } from '../platform/temp-dir.ts';
import { rehearse } from './plan-document.ts';
import type { Rehearsal } from './plan-document.ts';

/** Writes down what the step would do; the file stays until the job ends. */
export function writeRehearsal(job: Job, plan: Plan): Promise<{ file: string; rehearsal: Rehearsal }> {
  return job.step('Plan the step', async log => {
    const rehearsal = rehearse(plan);
    const text = JSON.stringify(rehearsal, null, 2);
    const file = join(await makeScratch(), 'plan.json');
    await writeFile(file, `${text}\n`);
    log.info(text);
    log.result(`Nothing was touched (\`dry-run: true\`); the plan is in ${file}`);
    return { file, rehearsal };
  });
}
