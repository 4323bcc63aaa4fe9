import type { LifecyclePolicyPreviewResult } from '@aws-sdk/client-ecr';

/** What a lifecycle policy must leave alone. */
export interface Kept {
  /** The image being pushed, where it is there already. */
  digest?: string;
  /** Tags that name an image in use: the commit's and the releases'. */
  tags: readonly string[];
}

type Result = LifecyclePolicyPreviewResult;

/** What a policy does to an image that it does not leave alone; what is archived can't be pulled either. */
const losses = { EXPIRE: 'expire', TRANSITION: 'archive' } as const;

/**
 * Why a lifecycle policy is not put, with the list of what it would take away; `undefined` when it may be.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive-image.html
 */
export function objectionToExpiry(
  results: readonly Result[],
  { digest, tags }: Kept,
): { message: string; remedy: string } | undefined {
  const lost = results.flatMap(result => {
    const { action, imageDigest, imageTags = [] } = result;
    const isKept = imageDigest === digest || imageTags.some(tag => tags.includes(tag));
    return isKept && action?.type !== undefined ? [{ result, loss: losses[action.type] }] : [];
  });
  if (lost.length === 0) return undefined;
  const kinds = Object.values(losses).filter(each => lost.some(({ loss }) => loss === each));
  const lines = lost.map(({ result, loss }) => {
    const { imageDigest = '', imageTags = [], appliedRulePriority = '?' } = result;
    const pushed = imageDigest === digest ? ', the image being pushed' : '';
    const how = kinds.length > 1 || loss === 'archive' ? `${loss}d by` : 'by';
    return `- ${imageDigest} (${imageTags.join(', ') || 'untagged'}${pushed}), ${how} rule ${appliedRulePriority}`;
  });
  return {
    message: `\`lifecycle-policy\` was not put, as it would ${kinds.join(' or ')} ${lost.length === 1 ? 'an image that is' : `${lost.length} images that are`} in use:\n${lines.join('\n')}`,
    remedy:
      'Let a rule of a smaller rulePriority keep these tags, or raise its count; `allow-lifecycle-expiry: true` puts it all the same.',
  };
}
