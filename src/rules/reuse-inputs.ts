import type { Door } from './door.ts';
import * as field from './field.ts';
import type { Release, Reuse } from './reuse.ts';

/** Reads when an image that is there already is taken instead of a build. */
export function readReuse(door: Door): Reuse {
  return door.read('reuse', text => field.choiceOf(text, ['commit', 'content', 'off'] as const), 'commit');
}

/** Reads when the tags that promise something go on. */
export function readRelease(door: Door): Release {
  return door.read(
    'release',
    text => field.choiceOf(text, ['after-gate', 'with-push'] as const),
    'after-gate',
  );
}
