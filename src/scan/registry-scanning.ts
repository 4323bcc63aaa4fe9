import type { RegistryScanningConfiguration, ScanFrequency } from '@aws-sdk/client-ecr';
import { matchesWildcard } from '../ecr/wildcard.ts';
import { nothingEnhancedYet, nothingYet } from './scan-state.ts';
import type { ScanState } from './scan-state.ts';

/**
 * The state of an image without a scan if a scan will begin by itself; `undefined` if one has to be requested, which only basic
 * scanning allows.
 */
export function awaitedState(
  scanning: RegistryScanningConfiguration | undefined,
  { repositoryName, isYoung }: { repositoryName: string; isYoung: boolean },
): ScanState | undefined {
  if (scanning === undefined) return undefined;
  // The rules of the registry may scan on push even if the repository's own setting does not.
  if (isYoung && frequencyOf(scanning, repositoryName) === 'SCAN_ON_PUSH') return nothingYet;
  return scanning.scanType === 'ENHANCED' ? nothingEnhancedYet : undefined;
}

/**
 * How often the rules of the registry scan a repository: the most frequent of the rules that select it; `undefined` if none
 * does.
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
