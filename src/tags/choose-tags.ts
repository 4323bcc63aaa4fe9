import type { RunOf } from '../platform/run.ts';
import { chooseAmong, stuckIn } from './select-releases.ts';
import { isNew } from '../repository/repository.ts';
import type { Tags } from './plan.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import type { Aws } from '../aws/aws.ts';
import { openTagger } from '../image/tagger.ts';

/** The tags that can be had: those that may move here, and of the rest the highest release's. */
export async function chooseTags<Run extends RunOf<{ tags: Tags }>>(
  run: Run,
  aws: Aws,
  repository: Repository,
): Promise<Run> {
  const { job, plan } = run;
  const { tags } = plan;
  if (tags.names.length + tags.notes.length === 0) return run;
  return job.step('Choose the tags', async log => {
    const stuck = stuckIn(repository.mutability, tags);
    const isOpen = tags.claims.some(({ tag }) => !stuck.includes(tag));
    const present = isOpen && !isNew(repository) ? await openTagger(aws, repository).names() : [];
    const choice = chooseAmong(tags, { mutability: repository.mutability, present });
    for (const note of [...tags.notes, ...choice.told]) log.info(note);
    for (const warning of choice.warnings) log.warn(warning);
    const { releases } = choice.tags;
    log.result(
      releases.length > 0 ? `To be released: ${releases.join(', ')}` : 'No release tags for this commit',
    );
    return { ...run, plan: { ...plan, tags: choice.tags } };
  });
}
