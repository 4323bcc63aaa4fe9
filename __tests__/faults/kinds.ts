import type { Fault } from '../world/faults.ts';

/** What goes wrong at one call, and how often. */
export interface Kind {
  name: string;
  /** A sentence for the table. */
  title: string;
  /** Whether it strikes the first of the calls alone: a passing fault, which nobody should notice. */
  once: boolean;
  /** Whether it belongs to a run that is not told which kinds to try. */
  usual: boolean;
  /** Milliseconds after which the run is cancelled, and what it met has ended in no time that is right. */
  limitMs: number;
  /** The fault itself, worded for the service that has this label. */
  faultAt(label: string): Fault;
}

/** What went wrong at which call. */
export interface FaultAtCall {
  call: string;
  /** Which of several such calls is the first that it strikes, from 1 on; the first of all if not said. */
  nth?: number;
  kind: Kind;
}

/** How each service says that somebody may not do what he asks for. */
const refusals: [service: RegExp, code: string, status: number][] = [
  [/^sts:/, 'AccessDenied', 403],
  [/^(ecr|ecr-public|inspector2):/, 'AccessDeniedException', 400],
  [/^registry:/, 'DENIED', 403],
  [/^cache:/, 'permission_denied', 403],
  [/^/, 'Forbidden', 403],
];

const [MINUTE_MS, PATIENCE_MS] = [60_000, 300_000];

/** The kinds of faults, those that matter most before the others. */
export const kinds: readonly Kind[] = [
  once('throttle', 'throttled once', { usual: true, fault: { kind: 'throttle' } }),
  once('lost', 'took effect, but the answer is lost once', { usual: true, fault: { kind: 'lose' } }),
  once('page', 'an HTML page with 503 once', { usual: true, fault: { kind: 'page' } }),
  once('truncated', 'cut in the middle of the answer once', { usual: true, fault: { kind: 'truncate' } }),
  {
    name: 'denied',
    title: 'denied, for ever',
    once: false,
    usual: true,
    limitMs: MINUTE_MS,
    faultAt(label) {
      const [, code = '', status = 403] = refusals.find(([service]) => service.test(label)) ?? [];
      return { kind: 'refuse', error: { code, status, message: 'Not permitted, by the fault matrix.' } };
    },
  },
  once('server-error', 'failed once (500)', { fault: { kind: 'server-error' } }),
  once('lost-500', 'took effect, but the answer is a 500 once', { fault: { kind: 'lose', status: 500 } }),
  once('reset', 'reset before the answer once', { fault: { kind: 'cut' } }),
  once('halved', 'half of the answer, as if it were whole, once', { fault: { kind: 'halve' } }),
  once('empty', 'an empty answer once', { fault: { kind: 'empty' } }),
  once('portal', 'an HTML page with 200 once', { fault: { kind: 'page', status: 200 } }),
  once('slow', '10 s late once', { fault: { kind: 'slow', delayMs: 10_000 } }),
  once('silent', 'no answer once', { fault: { kind: 'silent' }, limitMs: PATIENCE_MS }),
  forEver('failing', 'failing for ever (500)', { kind: 'server-error' }),
  forEver('pages', 'an HTML page with 503 for ever', { kind: 'page' }),
  forEver('resets', 'reset for ever', { kind: 'cut' }),
  forEver('silence', 'no answer for ever', { kind: 'silent' }),
];

function once(
  name: string,
  title: string,
  { fault, usual = false, limitMs = 2 * MINUTE_MS }: { fault: Fault; usual?: boolean; limitMs?: number },
): Kind {
  return { name, title, once: true, usual, limitMs, faultAt: () => fault };
}

function forEver(name: string, title: string, fault: Fault): Kind {
  return { name, title, once: false, usual: false, limitMs: PATIENCE_MS, faultAt: () => fault };
}
