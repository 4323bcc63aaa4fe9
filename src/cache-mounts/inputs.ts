import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import type { Validator } from '../validation/validators.ts';
import type { MountsInputs } from './plan.ts';

/** Reads the input `cache-mounts`: which cache mounts are kept for later builds. */
export function readMounts(reader: InputReader): MountsInputs {
  const lines = reader.list('cache-mounts', parsers.parseLines, validateMountLine);
  if (lines.length > 1 && lines.includes('auto')) {
    reader.reject('cache-mounts', lines.join(' '), {
      problem: 'has `auto` among mounts that are named',
      remedy: 'Set `auto` alone, or name all of them as `id=/target`, one a line.',
    });
  }
  if (lines.length === 0) return { kind: 'off' };
  if (lines.includes('auto')) return { kind: 'auto' };
  const pairs = lines.map(line => /^([^=]+)=(.+)$/.exec(line) ?? ['', '', '']);
  return { kind: 'named', mounts: pairs.map(([, id = '', target = '']) => ({ id, target })) };
}

/** Neither the id nor the target may have a character that ends an option of `RUN --mount`. */
const validateMountLine: Validator = text =>
  text === 'auto' || /^[^\s=,"'$\\]+=\/[^\s=,"'$\\]*$/.test(text)
    ? undefined
    : {
        problem: 'is not a cache mount',
        remedy:
          'Give `auto`, or one `id=/target` a line, as in `RUN --mount=type=cache,id=npm,target=/root/.npm`: npm=/root/.npm.',
      };
