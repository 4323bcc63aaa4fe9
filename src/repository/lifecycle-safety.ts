import type { LifecyclePolicyPreviewResult } from '@aws-sdk/client-ecr';

/** The images that a lifecycle policy must not remove. */
export interface ProtectedImages {
  /** Digest of the image that this run is about, if it is in the repository already. */
  digest?: string;
  /** Tags of images in use: the tag of the commit and the release tags. */
  tags: readonly string[];
}

type Result = LifecyclePolicyPreviewResult;

/** The actions of a policy that make an image unavailable; an archived image cannot be pulled either. */
const losses = { EXPIRE: 'expire', TRANSITION: 'archive' } as const;

/**
 * Why a lifecycle policy must not be put, with the list of images in use that it would remove; `undefined` if it removes none.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive-image.html
 */
export function problemWithExpiry(
  results: readonly Result[],
  { digest, tags }: ProtectedImages,
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
