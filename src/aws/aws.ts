import type { Ecr } from './ecr.ts';
import type { Inspector } from './inspector.ts';

/** An account as one step of a workflow sees it. */
export interface Aws {
  region: string;
  ecr: Ecr;
  /** Amazon Inspector, opened only where its scans are waited for. */
  inspector: () => Promise<Inspector>;
}
