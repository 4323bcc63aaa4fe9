import type { Job } from '../platform/job.ts';
import { chooseAmong, stuckIn } from './select-releases.ts';
import { isNew } from '../repository/repository.ts';
import type { Tags } from './plan.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import type { Tagger } from '../image/tagger.ts';

/** The tags that can be had: those that may move here, and of the rest the highest release's. */
export async function chooseTags(
  job: Job,
  tagger: Tagger,
  { tags, repository }: { tags: Tags; repository: Repository },
): Promise<Tags> {
  if (tags.names.length + tags.notes.length === 0) return tags;
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
    return choice.tags;
  });
}
