import type { Finding } from './findings.ts';
import type { Obstacle } from './obstacles.ts';
import type { Counts } from './severity.ts';
import type { OldScan } from './stale-scan.ts';

/** How an image is called that does not say its platform. */
export const unsaid = 'the image';

export type ScanReport =
  | {
      kind: 'scanned';
      status: string;
      platforms: string[];
      findings: Finding[];
      counts: Counts;
      /** What ECR counted and did not list: nobody can excuse it or find it in a baseline. */
      unlisted: Counts;
      /** Platforms without a scan, which the inputs let pass. */
      gaps?: Unscanned[];
      /** Scans of another day. */
      old?: OldScan[];
    }
  /** ECR did not, or could not, say what is in the image. */
  | ({ kind: 'unscannable'; status: string } & Unscanned)
  /** `wait-for-scan: false`: nobody asked. */
  | { kind: 'unawaited' };

/** What was not scanned: its time was up, or ECR says that no result will come. */
export interface Unscanned extends Obstacle {
  timedOut?: true;
}
