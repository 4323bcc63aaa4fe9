import { ownValue } from '../platform/own-value.ts';

/** Why there is no scan to judge, and what to do about it. */
export interface Obstacle {
  reason: string;
  remedy: string;
}

const unsupported = /UnsupportedImageError|operating system and\/or package manager are not supported/i;

/**
 * The reason and the remedy for a status that is not a result and will not become one.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html
 */
export function obstacleOf(
  status: string,
  { name, description = '' }: { name: string; description?: string | undefined },
): Obstacle {
  const statusText = `(${[status, description.replace(/\.$/, '')].filter(Boolean).join(': ')})`;
  if (status === 'UNSUPPORTED_IMAGE' || unsupported.test(description)) {
    return {
      reason: `ECR cannot scan ${name}: it finds no operating system or package manager that it knows, as in images made \`FROM scratch\` and distroless ones ${statusText}.`,
      remedy:
        'Build on a base image that ECR scans, or let such images pass without a scan: `on-unscannable: warn`. Enhanced scanning knows more images than basic scanning does.',
    };
  }
  const known = ownValue(obstacles, status);
  return known === undefined
    ? {
        reason: `ECR says of ${name} what is no result of a scan ${statusText}.`,
        remedy: `Look at the image in ECR's console. If such images may pass without a scan: \`on-unscannable: warn\`.`,
      }
    : { reason: `${known.reason(name)} ${statusText}.`, remedy: known.remedy };
}

/** The state while an enhanced scan has not begun; such a scan cannot be requested. */
export const noEnhancedScan = 'no enhanced scan yet';

/** The reason and the remedy for a scan that did not end in time; `state` is its last state, `time` the time-out as text. */
export function timeoutOf(name: string, { state, time }: { state: string; time: string }): Obstacle {
  return {
    reason: `The scan of ${name} was not done within ${time} (last seen: ${state}).`,
    remedy:
      state === noEnhancedScan
        ? 'Enhanced scanning is on and has not begun: check that a scan filter of the registry matches the repository. If it does, raise `scan-timeout`.'
        : 'Raise `scan-timeout`, or run the job again: the image is there and will not be built again.',
  };
}

const obstacles: Record<string, { reason: (name: string) => string; remedy: string }> = {
  FAILED: {
    reason: name => `The scan of ${name} failed`,
    remedy:
      'Look at the image in the console of ECR. A basic scan can be repeated 24 hours after the last: `aws ecr start-image-scan`.',
  },
  SCAN_ELIGIBILITY_EXPIRED: {
    reason: name =>
      `Amazon Inspector no longer scans ${name}: it is older than the re-scan duration that is set there`,
    remedy:
      'Build and push the image anew, or lengthen the ECR re-scan duration in the settings of Amazon Inspector.',
  },
  FINDINGS_UNAVAILABLE: {
    reason: name => `ECR has no findings of ${name} to show`,
    remedy:
      'Check that Amazon Inspector is active for ECR in this account and region, then run the job again.',
  },
  LIMIT_EXCEEDED: {
    reason: name => `The registry's basic scans of today are used up, and ${name} was not scanned`,
    remedy:
      'Run the job again when 24 hours are over: the image is there and will not be built again. Or ask AWS for a higher quota.',
  },
  IMAGE_ARCHIVED: {
    reason: name => `ECR does not scan ${name} because it is archived`,
    remedy:
      'Push it again, which restores it at once, or restore it in up to 20 minutes (`aws ecr update-image-storage-class`); then run the job again: what was found before is gone, and it is scanned anew.',
  },
};
