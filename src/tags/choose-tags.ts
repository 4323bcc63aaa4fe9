import type { Aws } from '../aws/aws.ts';
import { openTagger } from '../image/tagger.ts';
import { Failure } from '../platform/failure.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import { isNew } from '../repository/repository.ts';
import type { Tags } from './plan.ts';
import { selectReleases, immovableTags } from './select-releases.ts';

/**
 * Returns the run with the release tags that can be put on the image: tags that the repository does not let move are left out,
 * and so are tags that belong to a higher release.
 * @throws {Failure} where a reference in `tags` names the registry of another account.
 */
export async function chooseTags<Run extends RunOf<{ tags: Tags }>>(
  run: Run,
  aws: Aws,
  repository: Repository,
): Promise<Run> {
  const { job, plan } = run;
  const { tags } = plan;
  if (tags.names.length + tags.notes.length === 0) return run;
  return job.step('Choose the tags', async log => {
    const other = tags.registries?.find(each => each !== repository.registryId);
    if (other !== undefined) throw otherRegistry(other, repository);
    const immovable = immovableTags(repository.mutability, tags);
    const hasMovableClaims = tags.claims.some(({ tag }) => !immovable.includes(tag));
    const present = hasMovableClaims && !isNew(repository) ? await openTagger(aws, repository).names() : [];
    const selected = selectReleases(tags, { mutability: repository.mutability, present });
    for (const note of [...tags.notes, ...selected.notes]) log.info(note);
    for (const warning of selected.warnings) log.warn(warning);
    const { releases } = selected.tags;
    log.result(
      releases.length > 0 ? `To be released: ${releases.join(', ')}` : 'No release tags for this commit',
    );
    return { ...run, plan: { ...plan, tags: selected.tags } };
  });
}

function otherRegistry(account: string, { name, registryId, madeBy }: Repository): Failure {
  const created = madeBy === 'this run' ? `; the repository in ${registryId} has just been created` : '';
  return new Failure(
    `A reference in \`tags\` names the registry of account ${account}, and the repository '${name}' is in that of ${registryId}.`,
    {
      remedy: `Give the tag alone, or the credentials of ${account}, or the URI of the repository in \`repository\`. Nothing has been built or pushed${created}.`,
    },
  );
}
