import type { ImageReplicationStatus } from '@aws-sdk/client-ecr';
import type { ReplicaEntry } from '../report/replicas-table.ts';
import { isSamePlace } from './rules.ts';
import type { ReplicationDestination } from './rules.ts';

/** What is known of the image at one destination. */
export type ReplicaState =
  /** `state` is text for the log: ECR's status, or our own words. `failure` is the code of a failure that was seen once. */
  | { kind: 'pending'; state: string; reason?: WaitReason; failure?: string }
  | ({ kind: 'replicated' } & Replicated)
  | { kind: 'failed'; why: string; code?: string };

/** A destination and what is known of the image there. */
export interface Watched {
  destination: ReplicationDestination;
  state: ReplicaState;
}

/** An image that has arrived. */
export interface Replicated {
  /** `uri@sha256:…` there; absent where the role may not ask for the repository. */
  image?: string;
  /** Whether the tags were looked for, or the role may not read there and ECR's word for the digest counts. */
  checked: 'tags' | 'digest';
  /** The tags that were seen on the image there. */
  tags: string[];
}

/** What is missing, which decides what to do about it. */
export type WaitReason = 'unlisted' | 'running' | 'tag missing' | 'tag elsewhere' | 'no answer';

/** What the API says of the replication to one destination. */
export type ReplicationStatus =
  | { kind: 'complete' }
  | { kind: 'failed'; code: string }
  | { kind: 'running'; state: string; reason: WaitReason };

/** The state in which every destination begins. */
export const nothingListed: ReplicaState = { kind: 'pending', state: 'not listed yet', reason: 'unlisted' };

/**
 * ECR's status for a destination in an answer of `DescribeImageReplicationStatus`. Just after a push the list may be empty. Where
 * there are several entries for a place, all of them count.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageReplicationStatus.html
 */
export function statusAt(
  destination: ReplicationDestination,
  statuses: readonly ImageReplicationStatus[],
): ReplicationStatus {
  const entries = statuses.filter(each => isSamePlace(each, destination));
  const failed = entries.find(({ status }) => status === 'FAILED');
  if (failed !== undefined) return { kind: 'failed', code: failed.failureCode ?? 'without a code' };
  const open = entries.find(({ status }) => status !== 'COMPLETE');
  if (open !== undefined) return { kind: 'running', state: open.status ?? 'no status', reason: 'running' };
  return entries.length > 0
    ? { kind: 'complete' }
    : { kind: 'running', state: 'not listed yet', reason: 'unlisted' };
}

/**
 * The state after ECR has said that a replication failed. That may be the replication of the push, which the release tags have begun
 * anew, so that a failure counts when the next look shows it again.
 */
export function stateAfterFailure(before: ReplicaState, code: string): ReplicaState {
  const isRepeated = before.kind === 'pending' && before.failure === code;
  return isRepeated
    ? { kind: 'failed', why: `FAILED (${code})`, code }
    : { kind: 'pending', state: `FAILED (${code})`, failure: code, reason: 'running' };
}

/** What the tags name at a destination. */
export interface TagsThere {
  /** Those that are on the image there. */
  seen: string[];
  /** Those that are not. */
  missing: string[];
  /** Of the missing, those that are on another image, with its digest. */
  elsewhere: [tag: string, digest: string][];
}

/** Compares the tags at a destination with those that the image was released with. */
export function compareTags(
  tags: readonly string[],
  { digest, holders }: { digest: string; holders: ReadonlyMap<string, string> },
): TagsThere {
  const missing = tags.filter(tag => holders.get(tag) !== digest);
  return {
    seen: tags.filter(tag => holders.get(tag) === digest),
    missing,
    elsewhere: missing.flatMap((tag): [string, string][] => {
      const holder = holders.get(tag);
      return holder === undefined ? [] : [[tag, holder]];
    }),
  };
}

/** The state of a replication that ECR calls complete, while tags are missing: it may be that of the push alone. */
export function stateWithoutTags({ missing, elsewhere }: TagsThere): ReplicaState {
  const [other] = elsewhere;
  if (other !== undefined) {
    const [tag, digest] = other;
    return { kind: 'pending', state: `COMPLETE, but ${tag} is on ${digest} there`, reason: 'tag elsewhere' };
  }
  return { kind: 'pending', state: `COMPLETE, without ${missing.join(', ')}`, reason: 'tag missing' };
}

/** A destination as users know it: by its region, and by its account where that is another one. */
export function sayPlace({ region, registryId }: ReplicationDestination, own: string): string {
  return registryId === own ? region : `${region} of account ${registryId}`;
}

/** The state in words, for the log. */
export function sayState(state: ReplicaState): string {
  switch (state.kind) {
    case 'pending':
      return state.state;
    case 'failed':
      return state.why;
    case 'replicated':
      return state.checked === 'digest' ? 'COMPLETE (digest only)' : ['COMPLETE', ...state.tags].join(', ');
  }
}

/** A destination at the end of the wait. */
export function entryOf(
  { region, registryId }: ReplicationDestination,
  { digest, state }: { digest: string; state: ReplicaState },
): ReplicaEntry {
  const place = { region, registryId, digest };
  switch (state.kind) {
    case 'replicated': {
      const { kind: _, ...replicated } = state;
      return { ...place, status: 'replicated', ...replicated };
    }
    case 'failed':
      return {
        ...place,
        status: 'failed',
        reason: state.why,
        ...(state.code !== undefined && { failureCode: state.code }),
      };
    case 'pending':
      return { ...place, status: 'timed-out', reason: state.state };
  }
}

/**
 * The value of the output `replicas`, which docs/replication.md describes. With `mask-aws-account-id` it is without the account, so
 * that GitHub hands it on to other jobs.
 */
export function replicasOutput(
  entries: readonly ReplicaEntry[],
  { masksAccountId }: { masksAccountId: boolean },
): string {
  const told = entries.map(({ region, registryId, image, failureCode, ...more }) => ({
    region,
    ...(!masksAccountId && { 'registry-id': registryId }),
    ...(!masksAccountId && image !== undefined && { image }),
    ...more,
    ...(failureCode !== undefined && { 'failure-code': failureCode }),
  }));
  return JSON.stringify(told);
}
