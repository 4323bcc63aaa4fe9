import type { Lenience, ScanInputs } from '../scan/inputs.ts';
import type { Exceptions } from './exceptions.ts';
import type { Rules } from './limits.ts';

/** The image that findings are held against, as far as it is known before anything is asked. */
export type BaselinePlan =
  | { kind: 'none' }
  | {
      kind: 'image';
      name: string;
      id: { imageTag: string } | { imageDigest: string };
      /** Another commit's by what it means: the same image says that nothing has changed. */
      isBase?: true;
    }
  | { kind: 'missing'; name: string; reason: string };

/** The inputs about the scan and what it blocks. */
export interface GateInputs extends Rules, ScanInputs {
  exceptions: Exceptions;
  /** A tag, a digest, or `base` for the image of the commit that a pull request goes on. */
  baseline?: string;
  /** Token of GitHub's API with which the pull request is told. */
  comment?: string;
}

/** The gate of this very commit. */
export type GatePlan = Omit<GateInputs, 'baseline'> & {
  baseline: BaselinePlan;
  /** What follows from an image without a scan, where these rules can block at all. */
  lenience: Lenience;
};
