import type { Door } from './door.ts';
import type { Mode } from './mode-inputs.ts';
import { piecesOf } from './pieces.ts';
import type { Pieces } from './pieces.ts';

/** Reads what the runs of `mode: build` hand on; whether it is enough is known when the repository is. */
export function readPieces(door: Door, { mode, type }: { mode: Mode; type: 'private' | 'public' }): Pieces {
  const pieces = door.read('builds', piecesOf, { whole: [], lost: [] });
  if (pieces.whole.length + pieces.lost.length > 0 && mode !== 'merge') {
    door.fault('builds', '…', {
      problem: 'is what `mode: merge` joins',
      remedy: 'Set `mode: merge`, or leave it out.',
    });
  }
  if (type === 'public' && (mode === 'build' || mode === 'merge')) {
    door.fault('mode', mode, {
      problem: 'is not to be had in ECR Public, which shows no manifests',
      remedy: 'Set `mode: all`, and build all platforms in one run.',
    });
  }
  return pieces;
}
