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
