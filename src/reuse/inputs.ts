import type { Build } from '../build/build.ts';
import * as field from '../validation/parsers.ts';
import type { Door } from '../validation/reader.ts';
import type { Reuse } from './decide.ts';

/** Reads when an image that is there already is taken instead of a build. */
export function readReuse(door: Door): Reuse {
  return door.read('reuse', text => field.choiceOf(text, ['commit', 'content', 'off'] as const), 'commit');
}

/** To build anew and to take what another commit has built are two wishes. */
export function refuseColdContent(
  door: Door,
  { reuse, build }: { reuse: Reuse; build: Pick<Build, 'noCache'> },
): void {
  if (reuse !== 'content' || !build.noCache) return;
  door.fault('reuse', reuse, {
    problem: 'takes what another commit has built, and `no-cache: true` wants every step built anew',
    remedy: 'Leave out one of the two; `reuse: commit` takes the image of this very commit alone.',
  });
}
