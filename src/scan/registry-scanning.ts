import { matchesWildcard } from '../ecr/wildcard.ts';
import type { RegistryScanningConfiguration, ScanFrequency } from '@aws-sdk/client-ecr';
import { nothingEnhancedYet, nothingYet } from './scan-state.ts';
import type { ScanState } from './scan-state.ts';

/** What is waited for where there is no scan; `undefined` where one has to be asked for, as basic scanning alone can be. */
export function awaitedOf(
  scanning: RegistryScanningConfiguration | undefined,
  { repositoryName, isYoung }: { repositoryName: string; isYoung: boolean },
): ScanState | undefined {
  if (scanning === undefined) return undefined;
  // The registry's rules may scan on push what the repository's own setting does not.
  if (isYoung && frequencyOf(scanning, repositoryName) === 'SCAN_ON_PUSH') return nothingYet;
  return scanning.scanType === 'ENHANCED' ? nothingEnhancedYet : undefined;
}

/**
 * How often the registry's rules scan a repository, the most frequent of those that select it; `undefined` where none does.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
export function frequencyOf(
  { rules = [] }: RegistryScanningConfiguration,
  repositoryName: string,
): ScanFrequency | undefined {
  const frequencies = rules
    .filter(({ repositoryFilters = [] }) =>
      repositoryFilters.some(({ filter = '' }) => selects(filter, repositoryName)),
    )
    .map(({ scanFrequency }) => scanFrequency);
  return frequencies.find(each => each === 'CONTINUOUS_SCAN') ?? frequencies[0];
}

/** A filter without a wildcard selects all names that contain it. */
function selects(filter: string, name: string): boolean {
  return filter.includes('*') ? matchesWildcard(name, filter) : name.includes(filter);
}
