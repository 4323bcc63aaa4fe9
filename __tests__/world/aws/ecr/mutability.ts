import { Refusal } from '../refusal.ts';
import { matchesWildcard } from '../wildcard.ts';
import type { ExclusionFilters, Mutability } from './members.ts';
import type { Repository } from './registry.ts';
import { invalid } from './shape.ts';

const mostWildcards = 2;

/**
 * Exclusion filters belong to the settings that have an exclusion, and to no other.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 * @throws {Refusal} InvalidParameterException
 */
export function checkExclusions(mutability: Mutability, filters: ExclusionFilters): void {
  const at = 'imageTagMutabilityExclusionFilters';
  const wanted = mutability.endsWith('_WITH_EXCLUSION');
  if (wanted && filters.length === 0) {
    throw invalid(at, `must be provided when imageTagMutability is ${mutability}`);
  }
  if (!wanted && filters.length > 0) {
    throw invalid(at, `must not be provided when imageTagMutability is ${mutability}`);
  }
  const wild = filters.find(({ filter }) => filter.split('*').length - 1 > mostWildcards);
  if (wild) throw invalid(at, `filter '${wild.filter}' must have at most ${mostWildcards} wildcards`);
}

/** Whether a tag, once it is on an image, stays there. */
export function isImmutable({ mutability, exclusionFilters }: Repository, tag: string): boolean {
  const excluded = exclusionFilters.some(({ filter }) => matchesWildcard(filter, tag));
  return mutability.startsWith('IMMUTABLE') !== excluded;
}

/** @throws {Refusal} ImageTagAlreadyExistsException, even when the image would be the same */
export function checkTagIsFree(repository: Repository, tag: string): void {
  if (repository.imageTags.has(tag) && isImmutable(repository, tag)) {
    throw new Refusal(
      'ImageTagAlreadyExistsException',
      `The image tag '${tag}' already exists in the '${repository.name}' repository ` +
        'and cannot be overwritten because the tag is immutable.',
    );
  }
}
