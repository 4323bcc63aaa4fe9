import { lastLinesOf } from './progress.ts';
import { lastErrorOf, pushFaultOf } from './push-fault.ts';

/** A failed build as its reader needs it. */
interface BuildFault {
  remedy: string;
  /** Of its output. */
  lastLines: string;
}

/** What is said of a build that ended with an error. */
export function faultOfBuild(output: string, reference: string): [message: string, fault: BuildFault] {
  return [
    `Building ${reference} failed: ${lastErrorOf(output) ?? 'buildx ended without a reason'}`,
    {
      remedy:
        pushFaultOf(output)?.remedy ??
        "The build's own output, in the log of this step, says which instruction failed and why.",
      lastLines: lastLinesOf(output),
    },
  ];
}
