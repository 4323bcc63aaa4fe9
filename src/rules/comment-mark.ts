import type { Plan } from './plan.ts';
import { ownerOf } from './repository-policy.ts';

/** What a comment begins with, unseen: one for each image, wherever it lies, whatever job or run it is of. */
export function markOf({ repository, role }: Pick<Plan, 'repository' | 'role'>): string {
  const first = role.source.kind === 'oidc' ? role.source.arn : undefined;
  const last = role.chain.at(-1) ?? first;
  const account = repository.registryId ?? (last && ownerOf(last).account);
  const place = [account, role.region, repository.name].filter(Boolean).join('/');
  return `<!-- ecr-image: ${place} -->`;
}
