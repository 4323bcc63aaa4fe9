import type { Lenience, ScanInputs } from '../scan/inputs.ts';
import type { Exceptions } from './exceptions.ts';
import type { Rules } from './limits.ts';

/** The image that findings are compared with, as far as it is known before any AWS call. */
export type BaselinePlan =
  | { kind: 'none' }
  | {
      kind: 'image';
      name: string;
      id: { imageTag: string } | { imageDigest: string };
      /** The baseline is the base commit's image. It may have the judged image's digest, which means that nothing has changed. */
      isBase?: true;
    }
  | { kind: 'missing'; name: string; reason: string };

/** The inputs about the scan and the gate. */
export interface GateInputs extends Rules, ScanInputs {
  exceptions: Exceptions;
  /** A tag, a digest, or `base` for the image of the pull request's base commit. */
  baseline?: string;
  /** The GitHub token with which the comment on the pull request is written; absent where none is wanted. */
  comment?: string;
}

/** The gate for this commit. */
export type GatePlan = Omit<GateInputs, 'baseline'> & {
  baseline: BaselinePlan;
  /** The consequences of a missing scan under these rules. */
  lenience: Lenience;
};
