import { decide } from '../iam.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { Refusal } from '../refusal.ts';
import { getImage } from './image-lookup.ts';
import type { Image } from './image.ts';
import * as members from './members.ts';
import { operation } from './operation.ts';
import type { Replica } from './replica.ts';
import type { RegistryId } from './registries.ts';
import type { Registry } from './registry.ts';
import { list, oneOf, structure, text } from './shape.ts';
import type { Shaped } from './shape.ts';

/** How the replication of a push goes. */
export interface ReplicationStory {
  /** Milliseconds from the push until the image is there, or has failed; 0 where it is left out. */
  takesMs?: number;
  /** Milliseconds from the push until DescribeImageReplicationStatus has something of it; 0 where it is left out. */
  listedAfterMs?: number;
  /** It fails, and is told with this code. */
  failureCode?: string;
  /** Nothing is replicated and nothing told, whatever the rules say. */
  isAbsent?: boolean;
}

/** For which pushes a story is; for all where nothing is said. */
export interface ReplicationMatch {
  region?: string;
  registryId?: string;
  /** Only pushes with a tag, or only those without. */
  isTagged?: boolean;
}

/** What a registry replicates, and how that went. */
export interface Replication {
  rules: ReplicationRules;
  /** Tells how replications go from now on; of the stories that match, the last one counts. */
  tell(story: ReplicationStory & { match?: ReplicationMatch }): void;
  /** Whether a tag that is put on an image makes its status IN_PROGRESS again, which no source tells; false at first. */
  startsAgain: boolean;
  /** Begins what the rules say of a push. */
  pushed(repositoryName: string, image: Image, tag: string | undefined): void;
  /** Carries out what is due by now. */
  settle(): Promise<void>;
  statusesOf(repositoryName: string, image: Image): object[];
}

/** A registry that images are replicated to. */
export interface ReplicationTarget {
  registry: Registry;
  /** The registry's own policy, by which it lets other accounts in. */
  policy: () => PolicyDocument | undefined;
  receive: (replica: Replica) => Promise<void>;
}

interface Status {
  destination: Destination;
  listedAt: number;
  dueAt: number;
  failureCode?: string | undefined;
}

const region = text({ min: 2, max: 25, pattern: '[0-9a-z-]{2,25}' });
const destination = structure({ region, registryId: members.registryId }, {});
const filter = structure(
  {
    filter: text({
      min: 2,
      max: 256,
      pattern: String.raw`(?:[a-z0-9]+(?:[._-][a-z0-9]*)*/)*[a-z0-9]*(?:[._-][a-z0-9]*)*`,
    }),
    filterType: oneOf('PREFIX_MATCH'),
  },
  {},
);
const rules = list(
  structure(
    { destinations: list(destination, { min: 0, max: 100 }) },
    { repositoryFilters: list(filter, { min: 0, max: 100 }) },
  ),
  { min: 0, max: 10 },
);
/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const mostDestinations = 25;

type Destination = Shaped<typeof destination>;
export type ReplicationRules = Shaped<typeof rules>;

/** No source has the code with which a replication fails that the other account does not allow; this one is ours. */
const denied = 'AccessDenied';

export function createReplication({
  registry,
  content,
  target,
  now,
}: {
  registry: Registry;
  content: () => Replica['source']['content'];
  target: (id: RegistryId) => ReplicationTarget;
  now: () => Date;
}): Replication {
  const stories: (ReplicationStory & { match?: ReplicationMatch })[] = [];
  const statuses = new Map<string, Map<string, Status>>();
  let due: { at: number; run: () => Promise<void> }[] = [];
  let settled = Promise.resolve();
  const storyOf = (push: Required<ReplicationMatch>) =>
    stories.findLast(
      ({ match: { region: place, registryId, isTagged } = {} }) =>
        (place ?? push.region) === push.region &&
        (registryId ?? push.registryId) === push.registryId &&
        (isTagged ?? push.isTagged) === push.isTagged,
    );
  const carryOut = async (before: Promise<void>) => {
    await before;
    const at = now().getTime();
    const ready = due.filter(each => each.at <= at);
    due = due.filter(each => each.at > at);
    for (const { run } of ready.toSorted((one, other) => one.at - other.at)) await run();
  };

  const self: Replication = {
    rules: [],
    startsAgain: false,
    tell(story) {
      stories.push(story);
    },
    pushed(repositoryName, image, tag) {
      for (const to of destinationsOf(self.rules, repositoryName)) {
        const story = storyOf({ ...to, isTagged: tag !== undefined }) ?? {};
        if (story.isAbsent) continue;
        const at = now().getTime();
        const status: Status = {
          destination: to,
          listedAt: at + (story.listedAfterMs ?? 0),
          dueAt: at + (story.takesMs ?? 0),
          failureCode: story.failureCode,
        };
        const key = `${repositoryName}@${image.digest}`;
        const known = statuses.get(key) ?? new Map<string, Status>();
        const place = `${to.registryId}/${to.region}`;
        if (self.startsAgain || !known.has(place)) statuses.set(key, new Map([...known, [place, status]]));
        due.push({
          at: status.dueAt,
          run: async () => {
            const there = target({ accountId: to.registryId, region: to.region });
            if (!isAllowed(registry, there, repositoryName)) status.failureCode ??= denied;
            if (status.failureCode !== undefined) return;
            await there.receive({ repositoryName, image, tag, source: { registry, content: content() } });
          },
        });
      }
    },
    settle: () => (settled = carryOut(settled)),
    statusesOf(repositoryName, { digest }) {
      const at = now().getTime();
      const known = statuses.get(`${repositoryName}@${digest}`)?.values() ?? [];
      return [...known].flatMap(({ destination: to, listedAt, dueAt, failureCode }) => {
        if (listedAt > at) return [];
        if (dueAt > at) return [{ ...to, status: 'IN_PROGRESS' }];
        return [{ ...to, status: failureCode === undefined ? 'COMPLETE' : 'FAILED', failureCode }];
      });
    },
  };
  return self;
}

/** The destinations of a repository, each once; a rule without filters is for all repositories. */
function destinationsOf(all: ReplicationRules, repositoryName: string): Destination[] {
  const matching = all.filter(
    ({ repositoryFilters = [] }) =>
      repositoryFilters.length === 0 ||
      repositoryFilters.some(({ filter: prefix }) => repositoryName.startsWith(prefix)),
  );
  const named = matching.flatMap(({ destinations }) => destinations);
  return [...new Map(named.map(each => [`${each.registryId}/${each.region}`, each])).values()];
}

/**
 * Whether the destination's own policy lets the source's account in, which one account need not ask itself.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-create-replication.html
 */
function isAllowed(
  source: Registry,
  { registry, policy }: ReplicationTarget,
  repositoryName: string,
): boolean {
  if (source.accountId === registry.accountId) return true;
  const actions = ['ecr:ReplicateImage', ...(registry.find(repositoryName) ? [] : ['ecr:CreateRepository'])];
  const document = policy();
  const names = [source.accountId, `arn:aws:iam::${source.accountId}:root`];
  const question = { resource: registry.arnOf(repositoryName), principal: { type: 'AWS' as const, names } };
  return actions.every(
    action =>
      document !== undefined && decide([document], { ...question, action, context: {} }) === 'allowed',
  );
}

export const describeRegistry = operation(structure({}, {}), {
  resources: () => ['*'],
  perform: (_request, { registry: { accountId }, replication }) => ({
    registryId: accountId,
    replicationConfiguration: { rules: replication.rules },
  }),
});

export const putReplicationConfiguration = operation(
  structure({ replicationConfiguration: structure({ rules }, {}) }, {}),
  {
    resources: () => ['*'],
    perform({ replicationConfiguration }, { registry, replication }) {
      const all = replicationConfiguration.rules.flatMap(({ destinations }) => destinations);
      const places = new Set(all.map(({ registryId, region: place }) => `${registryId}/${place}`));
      if (places.has(`${registry.accountId}/${registry.region}`)) {
        throw invalid('The registry cannot be a destination of its own replication');
      }
      if (places.size > mostDestinations) {
        throw invalid(`A registry can replicate to at most ${mostDestinations} destinations`);
      }
      replication.rules = replicationConfiguration.rules;
      return { replicationConfiguration };
    },
  },
);

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageReplicationStatus.html */
export const describeImageReplicationStatus = operation(
  structure({ repositoryName: members.repositoryName, imageId: members.imageId }, members.registry),
  {
    perform({ repositoryName, imageId }, { registry, replication }) {
      const image = getImage(registry, registry.get(repositoryName), imageId);
      const replicationStatuses = replication.statusesOf(repositoryName, image);
      return { repositoryName, imageId: { ...imageId, imageDigest: image.digest }, replicationStatuses };
    },
  },
);

function invalid(message: string): Refusal {
  return new Refusal('ValidationException', message);
}
