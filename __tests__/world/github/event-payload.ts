import { ownerOf } from './job.ts';
import type { Job } from './job.ts';

/** The repository that events tell of. */
export type EventRepository = Pick<
  Job,
  'repository' | 'repositoryId' | 'ownerId' | 'visibility' | 'defaultBranch' | 'actor' | 'actorId'
>;

/** What every payload has: the repository and who acted. */
export function common(from: EventRepository) {
  return {
    repository: {
      id: Number(from.repositoryId),
      ...named(from.repository, Number(from.ownerId)),
      private: from.visibility !== 'public',
      visibility: from.visibility,
      fork: false,
      default_branch: from.defaultBranch,
    },
    sender: { login: from.actor, id: Number(from.actorId), type: 'User' },
  };
}

/** The names by which a payload calls a repository. */
export function named(repository: string, ownerId?: number) {
  const owner = ownerOf({ repository });
  return {
    name: repository.slice(owner.length + 1),
    full_name: repository,
    html_url: `https://github.com/${repository}`,
    owner: { login: owner, ...(ownerId !== undefined && { id: ownerId }), type: 'Organization' },
  };
}
