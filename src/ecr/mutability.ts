import { matchesWildcard } from './wildcard.ts';
import type { ImageTagMutabilityExclusionFilter, Repository } from '@aws-sdk/client-ecr';

/** What the tags of caches begin with, beside the images or in a repository of their own. */
export const cacheTag = 'buildcache';

/** The exclusion filter that lets the caches' tags move in an otherwise immutable repository. */
export const cacheTagFilter = `${cacheTag}*`;

export interface TagMutability {
  setting: 'MUTABLE' | 'IMMUTABLE' | 'MUTABLE_WITH_EXCLUSION' | 'IMMUTABLE_WITH_EXCLUSION';
  /** Wildcard filters: tags that are the other way round. */
  exclusions: string[];
}

/** Whether a tag may be put on another image. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
export function isMutableTag(tag: string, { setting, exclusions }: TagMutability): boolean {
  const excluded = exclusions.some(filter => matchesWildcard(tag, filter));
  return setting.startsWith('MUTABLE') ? !excluded : excluded;
}

export function sayMutability({ setting, exclusions }: TagMutability): string {
  return exclusions.length > 0 ? `${setting} except ${exclusions.join(', ')}` : setting;
}

interface TagSetting {
  imageTagMutability?: TagMutability['setting'];
  imageTagMutabilityExclusionFilters?: ImageTagMutabilityExclusionFilter[];
}

/** ECR wants filters with, and only with, a setting that has exclusions. */
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

export function mutabilityOf(answer: Pick<Repository, keyof TagSetting>): TagMutability {
  return {
    setting: answer.imageTagMutability ?? 'MUTABLE',
    exclusions: (answer.imageTagMutabilityExclusionFilters ?? []).flatMap(({ filter }) => filter ?? []),
  };
}
