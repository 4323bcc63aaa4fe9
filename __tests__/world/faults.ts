import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** What a service says when it refuses, in its own code and words; `status` is the HTTP status. */
export interface FaultError {
  code: string;
  message: string;
  status: number;
}

/**
 * What goes wrong: `throttle` and `server-error` are worded by the endpoint in its own form, `refuse` says `error`,
 * `cut` ends the connection without an answer, `truncate` in the middle of its body, and `slow` answers well but late.
 * `delayMs` comes before any of them.
 */
export type Fault = { delayMs?: number } & (
  | { kind: 'throttle' }
  | { kind: 'server-error' }
  | { kind: 'cut' }
  | { kind: 'truncate' }
  | { kind: 'slow' }
  | { kind: 'refuse'; error: FaultError }
);

/**
 * A fault and where it strikes. `match` is compared with an endpoint's label, such as
 * `sts:AssumeRoleWithWebIdentity`, `ecr:PutImage`, `registry:PUT /v2/app/manifests/x` or `github:GET /oidc`: a string
 * is the whole label, a pattern may find a part of it. It strikes `times` times, or for ever.
 */
export type FaultRule = Fault & { match: string | RegExp; times?: number };

/** The faults that one stand-in has been told. */
export interface Faults {
  /** Milliseconds that every answer takes longer, fault or not: the distance to a real service. */
  latencyMs: number;
  add(rule: FaultRule): void;
  /** Forgets all faults; the latency stays. */
  clear(): void;
  /** The fault that strikes this request, if any: of the rules that match, the oldest that is not used up. */
  next(label: string): Fault | undefined;
}

export function createFaults(): Faults {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    latencyMs: 0,
    add(rule) {
      rules.push({ rule, left: rule.times ?? Infinity });
    },
    clear() {
      rules = [];
    },
    next(label) {
      const found = rules.find(({ rule, left }) => left > 0 && matches(rule.match, label));
      if (!found) return undefined;
      found.left -= 1;
      return found.rule;
    },
  };
}

/** A fault that the endpoint still has to put into words, after `strike` did what is the same everywhere. */
export type WordedFault = Exclude<Fault, { kind: 'cut' | 'truncate' | 'slow' }>;

/**
 * Lets the next fault for `label` strike: waits out latency and delay, and ends the connection of `response` if the
 * fault is a cut.
 *
 * @returns `'cut'` when there is nobody left to answer, a fault to be worded, or undefined when all is well.
 */
export async function strike(
  faults: Faults,
  label: string,
  { response }: { response: ServerResponse },
): Promise<'cut' | WordedFault | undefined> {
  const fault = faults.next(label);
  const pause = faults.latencyMs + (fault?.delayMs ?? 0);
  // Whoever waits for the answer keeps this process alive; once nobody does, it may end.
  if (pause > 0) await delay(pause, undefined, { ref: false });
  if (fault === undefined || fault.kind === 'slow') return undefined;
  if (fault.kind === 'truncate') {
    truncate(response);
    return undefined;
  }
  if (fault.kind !== 'cut') return fault;
  response.socket?.destroy();
  return 'cut';
}

/** Lets half of the first piece of the body out, and then nothing more. */
function truncate(response: ServerResponse): void {
  const write = response.write.bind(response);
  const stop = (piece: string | Uint8Array = ''): boolean => {
    const bytes = Buffer.from(piece);
    write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    return false;
  };
  Object.assign(response, { write: stop, end: stop });
}

function matches(match: string | RegExp, label: string): boolean {
  // `search` ignores `lastIndex`, so a pattern with the flag `g` or `y` has no memory here.
  return typeof match === 'string' ? match === label : label.search(match) >= 0;
}
