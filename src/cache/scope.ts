import { createHash } from 'node:crypto';
import type { Commit } from '../commit/commit.ts';
import type { CacheService } from './github-cache.ts';

/** Names of caches: the one that this build may write, and those that it reads, the nearest first. */
export interface Scopes {
  writeTag?: string;
  readTags: string[];
  /** Why there is none of its own. */
  whyReadOnly?: string;
}

/** What makes layers of the same branch differ: builds of other variants must not overwrite them. */
export type Variant = readonly (string | undefined)[];

/** A ref as caches are named after it; a pull request's number is no branch's name. */
type Ref = { branch: string } | { pullRequest: number } | 'tags';

/**
 * A pull request reads what its branch, the branch that it goes into and the default branch have cached, and writes for
 * itself alone; the branch of a fork is a stranger's, whatever it is called. What may be anybody's writes no branch's.
 */
export function scopesOf(
  commit: Commit,
  variant: Variant,
  { isUntrusted }: { isUntrusted: boolean },
): Scopes {
  const { branch, baseBranch, defaultBranch, isFork } = commit;
  const unwritten =
    isUntrusted && !commit.isPullRequest ? notOfTheJob : 'nobody would read what this ref writes';
  const own = unwritten === notOfTheJob ? undefined : ownRef(commit);
  const branches = [isFork ? undefined : branch, baseBranch, defaultBranch]
    .filter(each => each !== undefined)
    .filter(each => !isQueue(each));
  const refs = [...(own === undefined ? [] : [own]), ...branches.map(each => ({ branch: each }))];
  return {
    ...(own === undefined ? { whyReadOnly: unwritten } : { writeTag: nameOf(own, variant) }),
    readTags: [...new Set(refs.map(ref => nameOf(ref, variant)))],
  };
}

const notOfTheJob = 'what is checked out is not the commit that the job runs for';

/**
 * The job may read GitHub's cache and write to it under its ref, which of many events is the default branch: what may be
 * anybody's is not written there.
 */
export function serviceFor(service: CacheService, { isUntrusted }: { isUntrusted: boolean }): CacheService {
  if (!isUntrusted || !service.writes) return service;
  return { ...service, writes: false, limit: `is only read, as ${notOfTheJob}` };
}

/** All tags share one, as each is built but once. */
function ownRef({ isPullRequest, pullRequest, branch, tag }: Commit): Ref | undefined {
  if (isPullRequest) return pullRequest === undefined ? undefined : { pullRequest };
  if (tag !== undefined) return 'tags';
  return branch === undefined || isQueue(branch) ? undefined : { branch };
}

/** https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue */
function isQueue(branch: string): boolean {
  return branch.startsWith('gh-readonly-queue/');
}

/** A plain branch of a plain build keeps its name; whatever else is told apart by a hash. */
function nameOf(ref: Ref, variant: Variant): string {
  const isBranch = typeof ref === 'object' && 'branch' in ref;
  const plain = ref === 'tags' ? ref : 'branch' in ref ? ref.branch : `pr-${ref.pullRequest}`;
  const isExact = isBranch && slugOf(plain) === plain && variant.every(each => !each);
  return isExact ? plain : `${slugOf(plain)}-${hashOf([ref, ...variant])}`;
}

/** At most 60 characters that tags, keys and folders take. */
export function slugOf(text: string): string {
  return text
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/^[.-]+/g, '')
    .slice(0, 60);
}

/** Eight hexadecimal digits. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}
