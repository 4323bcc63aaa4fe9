import type { Mode } from '../validation/mode.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import { rejectAll } from '../validation/unused-inputs.ts';
import type { Unscanned } from './report.ts';

const DEFAULT_TIMEOUT_MS = 600_000;

/** The inputs about the wait for the scan. */
export interface ScanInputs {
  wait: boolean;
  /** Milliseconds. */
  timeout: number;
  onTimeout: Consequence;
  onUnscannable: Consequence;
}

/** Reads the inputs about the wait for the scan. */
export function readScan(reader: InputReader, mode: Mode): ScanInputs {
  const wait = reader.read('wait-for-scan', parsers.parseBoolean, true);
  if (!wait && mode === 'gate') {
    reader.reject('wait-for-scan', 'false', {
      problem: 'leaves nothing to do for `mode: gate`',
      remedy: 'Leave it out, or leave the step out.',
    });
  }
  return { wait, ...readConsequences(scanInputReader(reader, { wait })) };
}

function readConsequences(reader: InputReader): Omit<ScanInputs, 'wait'> {
  const consequence = (text: string) => parsers.parseChoice(text, consequences);
  return {
    timeout: reader.read('scan-timeout', parsers.parseDuration, DEFAULT_TIMEOUT_MS),
    onTimeout: reader.read('on-scan-timeout', consequence, 'fail'),
    onUnscannable: reader.read('on-unscannable', consequence, 'fail'),
  };
}

/** The reader of inputs about a scan. It rejects them if the scan is not awaited, as they would have no effect. */
export function scanInputReader(reader: InputReader, { wait }: Pick<ScanInputs, 'wait'>): InputReader {
  if (wait) return reader;
  return rejectAll(reader, {
    problem: 'is about a scan that is not awaited',
    remedy: 'Leave it out, or take `wait-for-scan: false` away.',
    allowed: [],
  });
}

/** What to do if an image, or one of its platforms, has no scan to judge. */
export const consequences = ['fail', 'warn', 'ignore'] as const;

/** One of `consequences`. */
export type Consequence = (typeof consequences)[number];

/** What to do about images without a scan, by the reason. */
export interface Lenience {
  onTimeout: Consequence;
  onUnscannable: Consequence;
}

/** What to do about an image without a scan. */
export function consequenceOf({ timedOut }: Pick<Unscanned, 'timedOut'>, lenience: Lenience): Consequence {
  return timedOut ? lenience.onTimeout : lenience.onUnscannable;
}
