import { createHash } from 'node:crypto';
import type { Commit } from '../commit/commit.ts';
import type { CacheService } from './github-cache-access.ts';

/** Names of caches: the one that this build may write, and those that it reads, in the order of preference. */
export interface Scopes {
  writeTag?: string;
  readTags: string[];
  /** Why this build has no `writeTag`. */
  whyReadOnly?: string;
}

/** What makes the layers of builds of the same branch differ, so that these do not overwrite each other's caches. */
export type Variant = readonly (string | undefined)[];

/** What a cache is named after: a branch, a pull request, or all git tags together. */
type ScopeRef = { branch: string } | { pullRequest: number } | 'tags';

/**
 * The caches that a build may write and read. A pull request reads the caches of its branch, of its base and of the default
 * branch, and writes only its own. The branch of a fork is not read, even where it has the name of a branch of this
 * repository. A build of untrusted sources does not write the cache of a branch.
 */
export function scopesOf(
  commit: Commit,
  variant: Variant,
  { isUntrusted }: { isUntrusted: boolean },
): Scopes {
  const { branch, baseBranch, defaultBranch, isFork } = commit;
  const whyReadOnly =
    isUntrusted && !commit.isPullRequest ? anotherCommit : 'nobody would read what this ref writes';
  const writeRef = whyReadOnly === anotherCommit ? undefined : refToWrite(commit);
  const branches = [isFork ? undefined : branch, baseBranch, defaultBranch]
    .filter(each => each !== undefined)
    .filter(each => !isMergeQueue(each));
  const refs = [...(writeRef === undefined ? [] : [writeRef]), ...branches.map(each => ({ branch: each }))];
  return {
    ...(writeRef === undefined ? { whyReadOnly } : { writeTag: scopeNameOf(writeRef, variant) }),
    readTags: [...new Set(refs.map(ref => scopeNameOf(ref, variant)))],
  };
}

const anotherCommit = 'what is checked out is not the commit that the job runs for';

/**
 * GitHub's cache without write access where the sources are untrusted: the job would write to the cache of its ref, which
 * is the default branch for many events.
 */
export function limitService(service: CacheService, { isUntrusted }: { isUntrusted: boolean }): CacheService {
  if (!isUntrusted || !service.writes) return service;
  return { ...service, writes: false, limit: `is only read, as ${anotherCommit}` };
}

/** The ref whose cache this build writes. All git tags share one cache, as each is usually built only once. */
function refToWrite({ isPullRequest, pullRequest, branch, tag }: Commit): ScopeRef | undefined {
  if (isPullRequest) return pullRequest === undefined ? undefined : { pullRequest };
  if (tag !== undefined) return 'tags';
  return branch === undefined || isMergeQueue(branch) ? undefined : { branch };
}

/** https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue */
function isMergeQueue(branch: string): boolean {
  return branch.startsWith('gh-readonly-queue/');
}

/** The branch's name where it needs no change and the variant is empty; else a shortened name with a hash. */
function scopeNameOf(ref: ScopeRef, variant: Variant): string {
  const isBranch = typeof ref === 'object' && 'branch' in ref;
  const name = ref === 'tags' ? ref : 'branch' in ref ? ref.branch : `pr-${ref.pullRequest}`;
  const isUnchanged = isBranch && slugOf(name) === name && variant.every(each => !each);
  return isUnchanged ? name : `${slugOf(name)}-${scopeHashOf([ref, ...variant])}`;
}

/** The text shortened to at most 60 characters that are allowed in tags, keys and folders. */
export function slugOf(text: string): string {
  return text
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/^[.-]+/g, '')
    .slice(0, 60);
}

/** Eight hexadecimal digits of the SHA-256 of a value as JSON. */
export function scopeHashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}
