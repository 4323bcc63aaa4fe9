import type { Finding } from './findings.ts';
import type { Obstacle } from './obstacles.ts';
import type { Counts } from './severity.ts';
import type { OldScan } from './stale-scan.ts';

/** The name of the platform of an image that does not name its own. */
export const unnamedPlatform = 'the image';

/** The result of waiting for the scan of an image. */
export type ScanReport =
  | {
      kind: 'scanned';
      status: string;
      platforms: string[];
      findings: Finding[];
      counts: Counts;
      /** Findings that ECR counted but did not list, so that neither an exception nor a baseline can match them. */
      unlisted: Counts;
      /** Platforms without a scan, if the inputs allow them. */
      gaps?: Unscanned[];
      /** Scans that are older than a day. */
      old?: OldScan[];
    }
  /** ECR has no result for the image. */
  | ({ kind: 'unscannable'; status: string } & Unscanned)
  /** `wait-for-scan: false`: the scan was not awaited. */
  | { kind: 'unawaited' };

/** Why there is no scan: it did not end in time, or ECR says that there will be no result. */
export interface Unscanned extends Obstacle {
  timedOut?: true;
}
