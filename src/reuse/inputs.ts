import type { Build } from '../build/build.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import type { Reuse } from './decide.ts';

/** Reads `reuse`: which existing images are reused instead of a build. */
export function readReuse(reader: InputReader): Reuse {
  return reader.read(
    'reuse',
    text => parsers.parseChoice(text, ['commit', 'content', 'off'] as const),
    'commit',
  );
}

/** Rejects `reuse: content` with `no-cache: true`, which contradict each other. */
export function refuseContentWithoutCache(
  reader: InputReader,
  { reuse, build }: { reuse: Reuse; build: Pick<Build, 'noCache'> },
): void {
  if (reuse !== 'content' || !build.noCache) return;
  reader.reject('reuse', reuse, {
    problem: 'takes what another commit has built, and `no-cache: true` wants every step built anew',
    remedy: 'Leave out one of the two; `reuse: commit` takes the image of this very commit alone.',
  });
}
