import type { Pushed, Transfer } from './transfers.ts';
import type { Watch } from './watchdog.ts';

/** Why a build was interrupted: a transfer in which nothing moved any more. */
export interface Stall {
  /** Empty where BuildKit waited for GitHub's cache, of which it reports nothing. */
  transfers: readonly Transfer[];
  /** Milliseconds. */
  silentMs: number;
  /** What the build had pushed; only where the export of its cache alone was left. */
  pushed?: Pushed;
}

/** What a watch over transfers sees. */
export interface TransferState {
  /** Absent while something else is at work. */
  transfers: readonly Transfer[] | undefined;
  /** Rises whenever BuildKit reports something new. */
  moves: number;
  pushed?: Pushed | undefined;
}

export interface TransferWatchOptions {
  /** Milliseconds without progress after which a transfer is stalled. */
  stallTimeoutMs: number;
  stateOf: () => TransferState;
  /** The bytes that the machine of BuildKit has sent; returns `undefined` where that can't be known. */
  sentBytes: () => number | undefined;
  /** Tells the reader that nothing moves. */
  say: (text: string) => void;
}

/** After so many milliseconds without progress the reader is told. */
const SAY_AFTER_MS = 60_000;

/** Looks are at most so many milliseconds apart. */
const MAX_INTERVAL_MS = 5000;
const LOOKS_PER_TIMEOUT = 12;

/** Bytes a second that a machine sends at least while it pushes. Less is what programs say to each other. */
const LEAST_RATE = 16_384;

/** A push that may move, as nobody can tell, is given so many times as long. */
const PATIENCE = 6;

/**
 * Watches over the transfers of a build. BuildKit reports no bytes of a push, so a slow one looks like one that hangs. Where
 * BuildKit runs on this machine, what the machine sends tells the two apart; only a push that sends nothing is cut in time. One that
 * sends, or that nobody sees, is cut after six times as long, since other programs may be who sends.
 */
export function watchTransfers(options: TransferWatchOptions): Watch<Stall> {
  const { stallTimeoutMs, stateOf, sentBytes, say } = options;
  /** What was sent at each look since BuildKit reported something new. The first is that time. */
  let looks: { at: number; sent: number | undefined }[] = [];
  let moves: number | undefined;
  let isSaid = false;

  /** Whether nothing has moved for a time; `undefined` where nobody can tell. */
  const isQuiet = (now: number, forMs: number, isCounted: boolean): boolean | undefined => {
    const before = looks.findLast(({ at }) => now - at >= forMs);
    if (before === undefined) return false;
    if (isCounted) return true;
    const sent = looks.at(-1)?.sent;
    if (sent === undefined || before.sent === undefined) return undefined;
    return ((sent - before.sent) / (now - before.at)) * 1000 < LEAST_RATE;
  };

  return {
    intervalMs: Math.min(MAX_INTERVAL_MS, stallTimeoutMs / LOOKS_PER_TIMEOUT),
    look(now) {
      const { transfers, moves: movesNow, pushed } = stateOf();
      if (transfers === undefined || transfers.length === 0 || movesNow !== moves) {
        moves = movesNow;
        looks = [];
        isSaid = false;
      }
      const isCounted = transfers?.every(({ hasBytes, kind }) => hasBytes || kind === 'cache import') ?? true;
      looks.push({ at: now, sent: isCounted ? undefined : sentBytes() });
      if (transfers === undefined || transfers.length === 0) return undefined;
      const silentMs = now - (looks[0]?.at ?? now);
      const quiet = isQuiet(now, stallTimeoutMs, isCounted);
      if (quiet === true || silentMs >= PATIENCE * stallTimeoutMs) {
        const isRecent = quiet === true && !isCounted;
        return {
          transfers,
          silentMs: isRecent ? stallTimeoutMs : silentMs,
          ...(pushed && { pushed }),
        };
      }
      if (!isSaid && stallTimeoutMs > SAY_AFTER_MS) {
        const quietSoon = isQuiet(now, SAY_AFTER_MS, isCounted);
        if (quietSoon === false) return undefined;
        isSaid = true;
        const limit = quietSoon === undefined ? PATIENCE * stallTimeoutMs : stallTimeoutMs;
        say(
          `${quietSoon === undefined ? 'BuildKit, which tells no bytes of a push, has reported nothing new for a minute' : 'Nothing has moved for a minute'}: ${transfers.map(({ what }) => what).join('; ')}. After ${sayTime(limit)} it is cut (\`stall-timeout\`).`,
        );
      }
      return undefined;
    },
  };
}

/** Such as `10 minutes` or `90 seconds`. */
export function sayTime(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const [count, unit] = seconds % 60 === 0 && seconds > 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
