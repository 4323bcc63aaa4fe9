import type { ImageTagMutabilityExclusionFilter, Repository } from '@aws-sdk/client-ecr';
import { matchesWildcard } from './wildcard.ts';

/** The prefix of the tags of caches, which are in the repository of the images or in one of their own. */
export const cacheTag = 'buildcache';

/** The exclusion filter that makes the tags of caches mutable in an otherwise immutable repository. */
export const cacheTagFilter = `${cacheTag}*`;

/** Whether tags can be moved to another image. */
export interface TagMutability {
  setting: 'MUTABLE' | 'IMMUTABLE' | 'MUTABLE_WITH_EXCLUSION' | 'IMMUTABLE_WITH_EXCLUSION';
  /** Wildcard filters of the tags for which the opposite of the setting holds. */
  exclusions: string[];
}

/**
 * Whether a tag can be moved to another image. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
export function isMutableTag(tag: string, { setting, exclusions }: TagMutability): boolean {
  const excluded = exclusions.some(filter => matchesWildcard(tag, filter));
  return setting.startsWith('MUTABLE') ? !excluded : excluded;
}

/** The setting and its exclusions as text. */
export function sayMutability({ setting, exclusions }: TagMutability): string {
  return exclusions.length > 0 ? `${setting} except ${exclusions.join(', ')}` : setting;
}

interface TagSetting {
  imageTagMutability?: TagMutability['setting'];
  imageTagMutabilityExclusionFilters?: ImageTagMutabilityExclusionFilter[];
}

/** The members of a request. ECR requires filters if the setting has exclusions, and refuses them otherwise. */
export function tagSettingOf({
  setting,
  exclusions,
}: TagMutability): Required<Pick<TagSetting, 'imageTagMutability'>> & TagSetting {
  const filters = exclusions.map(filter => ({ filterType: 'WILDCARD' as const, filter }));
  return {
    imageTagMutability: setting,
    ...(filters.length > 0 && { imageTagMutabilityExclusionFilters: filters }),
  };
}

/** The mutability in an answer of ECR; an answer without one means `MUTABLE`. */
export function mutabilityOf(answer: Pick<Repository, keyof TagSetting>): TagMutability {
  return {
    setting: answer.imageTagMutability ?? 'MUTABLE',
    exclusions: (answer.imageTagMutabilityExclusionFilters ?? []).flatMap(({ filter }) => filter ?? []),
  };
}
