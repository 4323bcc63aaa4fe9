/** What stands before and after the SHA in the tag of a commit's image, so that several images of one commit have a tag each. */
export interface CommitAffixes {
  prefix: string;
  suffix: string;
}

/** The tag under which the image of a commit is pushed and found again. */
export function commitTagOf(sha: string, { prefix, suffix }: CommitAffixes): string {
  return `${prefix}${sha}${suffix}`;
}

/** The tag of a part of a commit's image, which has only these platforms: `sha-linux-arm64`. */
export function platformTagOf(commitTag: string, platforms: readonly string[]): string {
  return `${commitTag}-${platforms.map(platform => platform.replaceAll('/', '-')).join('_')}`;
}

/**
 * What GitHub tells the images of a repository apart by: the repository's name, and where a flavor makes several images of a commit also
 * what their tags have around its SHA, as in `team/app:SHA-alpine`.
 */
export function imageNameOf(
  repository: string,
  { commitTag, sha }: { commitTag: string; sha: string },
): string {
  return commitTag === sha ? repository : `${repository}:${commitTag.replace(sha, 'SHA')}`;
}
