import type { Mode } from '../validation/mode.ts';
import * as field from '../validation/parsers.ts';
import type { Door } from '../validation/reader.ts';
import { closed } from '../validation/unused-inputs.ts';
import type { Unscanned } from './report.ts';

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
  const wait = door.read('wait-for-scan', field.flagOf, true);
  if (!wait && mode === 'gate') {
    door.fault('wait-for-scan', 'false', {
      problem: 'leaves nothing to do for `mode: gate`',
      remedy: 'Leave it out, or leave the step out.',
    });
  }
  return { wait, ...readPatience(awaitingIn(door, { wait })) };
}

function readPatience(door: Door): Omit<ScanInputs, 'wait'> {
  const consequence = (text: string) => field.choiceOf(text, consequences);
  return {
    timeout: door.read('scan-timeout', field.durationOf, 600_000),
    onTimeout: door.read('on-scan-timeout', consequence, 'fail'),
    onUnscannable: door.read('on-unscannable', consequence, 'fail'),
  };
}

/** The door of what is about a scan: rules for one that nobody waits for would be read and do nothing. */
export function awaitingIn(door: Door, { wait }: Pick<ScanInputs, 'wait'>): Door {
  if (wait) return door;
  return closed(door, {
    problem: 'is about a scan that is not awaited',
    remedy: 'Leave it out, or take `wait-for-scan: false` away.',
    open: [],
  });
}

/** What follows from an image, or a platform of it, that has no scan to judge. */
export const consequences = ['fail', 'warn', 'ignore'] as const;

export type Consequence = (typeof consequences)[number];

/** What holds for images without a scan. */
export interface Lenience {
  onTimeout: Consequence;
  onUnscannable: Consequence;
}

export function consequenceOf({ timedOut }: Pick<Unscanned, 'timedOut'>, lenience: Lenience): Consequence {
  return timedOut ? lenience.onTimeout : lenience.onUnscannable;
}
