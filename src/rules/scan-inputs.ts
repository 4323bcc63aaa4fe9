import type { Door } from './door.ts';
import * as field from './field.ts';
import type { Mode } from './mode-inputs.ts';
import { consequences } from './unscanned.ts';
import type { Consequence } from './unscanned.ts';

/** The inputs about the wait for the scan. */
export interface ScanInputs {
  wait: boolean;
  /** Milliseconds. */
  timeout: number;
  onTimeout: Consequence;
  onUnscannable: Consequence;
}

/** Reads the inputs about the wait for the scan. */
export function readScan(door: Door, mode: Mode): ScanInputs {
  const consequence = (text: string) => field.choiceOf(text, consequences);
  const scan: ScanInputs = {
    wait: door.read('wait-for-scan', field.flagOf, true),
    timeout: door.read('scan-timeout', field.durationOf, 600_000),
    onTimeout: door.read('on-scan-timeout', consequence, 'fail'),
    onUnscannable: door.read('on-unscannable', consequence, 'fail'),
  };
  if (!scan.wait) refuseIdle(door, scan);
  if (!scan.wait && mode === 'gate') {
    door.fault('wait-for-scan', 'false', {
      problem: 'leaves nothing to do for `mode: gate`',
      remedy: 'Leave it out, or leave the step out.',
    });
  }
  return scan;
}

/** What follows from a scan that nobody waits for would be read and do nothing. */
function refuseIdle(door: Door, { onTimeout, onUnscannable }: ScanInputs): void {
  const idle = [
    ['on-scan-timeout', onTimeout],
    ['on-unscannable', onUnscannable],
  ] as const;
  for (const [input, value] of idle.filter(([, chosen]) => chosen !== 'fail')) {
    door.fault(input, value, {
      problem: 'is about a scan that is not awaited',
      remedy: 'Leave it out, or take `wait-for-scan: false` away.',
    });
  }
}
