import type { LifecyclePolicyPreviewResult } from '@aws-sdk/client-ecr';

/** What a lifecycle policy must leave alone. */
export interface Kept {
  /** The image being pushed, where it is there already. */
  digest?: string;
  /** Tags that name an image in use: the commit's and the releases'. */
  tags: readonly string[];
}

/** Why a lifecycle policy is not put, with the list of what it would expire; `undefined` when it may be. */
export function objectionToExpiry(
  results: readonly LifecyclePolicyPreviewResult[],
  { digest, tags }: Kept,
): { message: string; remedy: string } | undefined {
  const lost = results.filter(
    ({ action, imageDigest, imageTags = [] }) =>
      action?.type === 'EXPIRE' && (imageDigest === digest || imageTags.some(tag => tags.includes(tag))),
  );
  if (lost.length === 0) return undefined;
  const lines = lost.map(({ imageDigest = '', imageTags = [], appliedRulePriority }) => {
    const pushed = imageDigest === digest ? ', the image being pushed' : '';
    return `- ${imageDigest} (${imageTags.join(', ') || 'untagged'}${pushed}), by rule ${appliedRulePriority ?? '?'}`;
  });
  return {
    message: `\`lifecycle-policy\` was not put, as it would expire ${lost.length === 1 ? 'an image that is' : `${lost.length} images that are`} in use:\n${lines.join('\n')}`,
    remedy:
      'Let a rule of a smaller rulePriority keep these tags, or raise its count; `allow-lifecycle-expiry: true` puts it all the same.',
  };
}
