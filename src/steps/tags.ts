import type { Job } from '../platform/runner.ts';
import { chooseAmong, stuckIn } from '../rules/moving.ts';
import type { Plan } from '../rules/plan.ts';
import { isNew } from '../rules/repository-answer.ts';
import type { Repository } from './repository.ts';
import type { Tagger } from './tagging.ts';

/** Answers the plan with the tags that can be had: those that may move here, and of the rest the highest release's. */
export async function chooseTags(
  job: Job,
  tagger: Tagger,
  { plan, repository }: { plan: Plan; repository: Repository },
): Promise<Plan> {
  const { tags } = plan;
  if (tags.names.length + tags.notes.length === 0) return plan;
  return job.step('Choose the tags', async log => {
    const stuck = stuckIn(repository.mutability, tags);
    const isOpen = tags.claims.some(({ tag }) => !stuck.includes(tag));
    const present = isOpen && !isNew(repository) ? await tagger.names() : [];
    const choice = chooseAmong(tags, { mutability: repository.mutability, present });
    for (const note of [...tags.notes, ...choice.told]) log.info(note);
    for (const warning of choice.warnings) log.warn(warning);
    const { releases } = choice.tags;
    log.result(
      releases.length > 0 ? `To be released: ${releases.join(', ')}` : 'No release tags for this commit',
    );
    return { ...plan, tags: choice.tags };
  });
}
