/** Why there is no scan to judge, and the way out. */
export interface Obstacle {
  reason: string;
  remedy: string;
}

const unsupported = /UnsupportedImageError|operating system and\/or package manager are not supported/i;

/**
 * What a status means that is no result and will not become one.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html
 */
export function obstacleOf(
  status: string,
  { name, description = '' }: { name: string; description?: string | undefined },
): Obstacle {
  const said = `(${[status, description.replace(/\.$/, '')].filter(Boolean).join(': ')})`;
  if (status === 'UNSUPPORTED_IMAGE' || unsupported.test(description)) {
    return {
      reason: `ECR cannot scan ${name}: it finds no operating system or package manager that it knows, as in images made \`FROM scratch\` and distroless ones ${said}.`,
      remedy:
        'Build on a base image that ECR scans, or let such images pass without a scan: `on-unscannable: warn`. Enhanced scanning knows more images than basic scanning does.',
    };
  }
  const known = obstacles[status];
  return known === undefined
    ? {
        reason: `ECR says of ${name} what is no result of a scan ${said}.`,
        remedy: `Look at the image in ECR's console. If such images may pass without a scan: \`on-unscannable: warn\`.`,
      }
    : { reason: `${known.reason(name)} ${said}.`, remedy: known.remedy };
}

/** What is waited for where scanning is enhanced and has not begun; it cannot be asked for. */
export const noEnhancedScan = 'no enhanced scan yet';

/** A scan whose time was up, with the last that was seen of it. */
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
    remedy: 'Restore the image from the archive in ECR, then run the job again.',
  },
};
