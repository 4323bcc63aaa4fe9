import { matchesWildcard } from '../wildcard.ts';
import type { ScanningRules } from './members.ts';
import type { Repository, ScanningConfiguration } from './registry.ts';

type Rule = ScanningRules[number];

/**
 * When a repository's images are scanned. The registry's rules come first, so a repository whose own scanOnPush is
 * false may be scanned all the same; enhanced scanning knows nothing but rules.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
 */
export function scanFrequencyOf(
  repository: Repository,
  { scanType, rules }: ScanningConfiguration,
): Rule['scanFrequency'] {
  const rule = rules.find(({ repositoryFilters }) =>
    repositoryFilters.some(filter => selects(filter, repository)),
  );
  if (rule) return rule.scanFrequency;
  return scanType === 'BASIC' && repository.scanOnPush ? 'SCAN_ON_PUSH' : 'MANUAL';
}

/** The filters by which a repository is scanned. */
export function appliedFiltersOf(
  repository: Repository,
  { rules }: ScanningConfiguration,
): Rule['repositoryFilters'] {
  return rules.flatMap(rule => rule.repositoryFilters).filter(filter => selects(filter, repository));
}

/**
 * A filter without a wildcard selects all names that contain it.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
function selects({ filter }: { filter: string }, { name }: Repository): boolean {
  return filter.includes('*') ? matchesWildcard(filter, name) : name.includes(filter);
}
