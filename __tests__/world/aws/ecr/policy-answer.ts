import { Refusal } from '../refusal.ts';
import type { Call } from './operation.ts';

/** What every answer about a repository's policy begins with. */
export function headingOf(name: string, { registry: { accountId } }: Call): object {
  return { registryId: accountId, repositoryName: name };
}

/** The refusal for a policy that a repository does not have. */
export function absent(
  kind: 'Lifecycle' | 'Repository',
  name: string,
  { registry: { accountId } }: Call,
): Refusal {
  return new Refusal(
    `${kind}PolicyNotFoundException`,
    `${kind} policy does not exist for the repository with name '${name}' in the registry with id '${accountId}'`,
  );
}
