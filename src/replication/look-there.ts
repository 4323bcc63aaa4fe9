import type { Aws, AwsSession } from '../aws/aws.ts';
import { isRefusal, isTransient } from '../aws/client.ts';
import type { Ecr } from '../aws/ecr.ts';
import { byTag, readImages } from '../image/read-images.ts';
import { describeFailure } from '../platform/failure.ts';
import { openElsewhere } from '../role/other-role.ts';
import { compareTags, stateWithoutTags } from './replica.ts';
import type { ReplicaState } from './replica.ts';
import type { ReplicationDestination } from './rules.ts';

/** Opens clients for regions, one for each. They have the credentials of the step's role. */
export function openRegions(
  { region: own, ecr, credentials }: AwsSession,
  signal: AbortSignal,
): (region: string) => Promise<Ecr> {
  const clients = new Map<string, Promise<Ecr>>([[own, Promise.resolve(ecr)]]);
  // Whoever looks there goes on without the permission, so that there is nothing to advise.
  const open = async (region: string): Promise<Ecr> =>
    (await openElsewhere(region, { credentials, denied: message => message, signal })).ecr;
  return region => {
    const client = clients.get(region) ?? open(region);
    clients.set(region, client);
    return client;
  };
}

interface LookThereOptions {
  repositoryName: string;
  digest: string;
  /** The tags that are to be there. */
  tags: () => readonly string[];
  clients: ReturnType<typeof openRegions>;
  signal: AbortSignal;
  /** Asks whether tags are on the image no longer in the source; those are not waited for. */
  dropMoved: (tags: readonly string[]) => Promise<void>;
}

/** Looks for the image and its tags at a destination to which ECR says that it was replicated. */
export async function lookThere(
  { region, registryId }: ReplicationDestination,
  options: LookThereOptions,
): Promise<ReplicaState> {
  const { repositoryName, digest, signal, dropMoved } = options;
  const where = { repositoryName, registryId };
  try {
    const ecr = await options.clients(region);
    const names = options.tags();
    const ids = names.length > 0 ? byTag(names) : [{ imageDigest: digest }];
    const images = await readImages(ecr, where, ids);
    if (names.length === 0 && images.length === 0)
      return { kind: 'pending', state: 'COMPLETE, but not shown there yet', reason: 'tag missing' };
    const holders = new Map(images.map(each => [each.tag ?? '', each.digest]));
    const found = compareTags(names, { digest, holders });
    if (found.elsewhere.length > 0) await dropMoved(found.elsewhere.map(([tag]) => tag));
    const wanted = options.tags();
    const rest = compareTags(wanted, { digest, holders });
    if (rest.missing.length > 0) return stateWithoutTags(rest);
    const uri = await uriOf({ ecr }, where);
    return {
      kind: 'replicated',
      ...(uri !== undefined && { image: `${uri}@${digest}` }),
      checked: 'tags',
      tags: rest.seen,
    };
  } catch (error) {
    signal.throwIfAborted();
    if (mayNotAsk(error)) return { kind: 'replicated', checked: 'digest', tags: [] };
    if (isRefusal(error, 'RepositoryNotFoundException'))
      return { kind: 'pending', state: 'COMPLETE, but no repository there yet', reason: 'tag missing' };
    if (isTransient(error))
      return { kind: 'pending', state: 'COMPLETE, but ECR did not answer there', reason: 'no answer' };
    return { kind: 'failed', why: describeFailure(error) };
  }
}

/**
 * Whether the role may not ask there. A session of the global endpoint of STS, as other tools may have opened it, is unknown in the
 * regions that an account opts in to, though its own region takes it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 */
function mayNotAsk(error: unknown): boolean {
  return isRefusal(error, 'AccessDeniedException', 'UnrecognizedClientException');
}

/** The URI of the repository, as ECR answers it; `undefined` where the role may not ask. */
async function uriOf(
  { ecr }: Pick<Aws, 'ecr'>,
  { repositoryName, registryId }: { repositoryName: string; registryId: string },
): Promise<string | undefined> {
  try {
    const { repositories = [] } = await ecr.describeRepositories({
      registryId,
      repositoryNames: [repositoryName],
    });
    return repositories[0]?.repositoryUri;
  } catch (error) {
    if (mayNotAsk(error)) return undefined;
    throw error;
  }
}
