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
 * `cut` ends the connection without an answer, and `slow` answers well but late. With `silent` no answer ever comes, and the
 * connection stays. A `page` is what something else before the service answers, a proxy or a portal: HTML, with the status 503
 * unless said otherwise.
 *
 * The request takes effect where only the answer suffers: `truncate` ends the connection in the middle of the body, `halve` ends
 * the body there as if it were whole, `empty` leaves nothing of it, and `lose` cuts the connection in place of the answer or, with
 * a status, says that.
 *
 * `delayMs` comes before any of them.
 */
export type Fault = { delayMs?: number } & (
  | { kind: 'throttle' }
  | { kind: 'server-error' }
  | { kind: 'cut' }
  | { kind: 'silent' }
  | { kind: 'page'; status?: number }
  | { kind: 'slow' }
  | { kind: 'truncate' }
  | { kind: 'halve' }
  | { kind: 'empty' }
  | { kind: 'lose'; status?: number }
  | { kind: 'refuse'; error: FaultError }
);

/**
 * A fault and where it strikes. `match` is compared with an endpoint's label, such as
 * `sts:AssumeRoleWithWebIdentity`, `ecr:PutImage`, `registry:PUT /v2/app/manifests/x` or `github:GET /oidc`: a string
 * is the whole label, a pattern may find a part of it, a function says whether it is meant. It strikes `times` times, or for ever.
 */
export type FaultRule = Fault & { match: string | RegExp | ((label: string) => boolean); times?: number };

/** A request that came in, and the fault that struck it, if any. */
export interface Asked {
  label: string;
  fault?: Fault;
}

/** The faults that one stand-in has been told. */
export interface Faults {
  /** Every request so far, in the order in which they came. */
  readonly asked: readonly Asked[];
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
  const asked: Asked[] = [];
  return {
    asked,
    latencyMs: 0,
    add(rule) {
      rules.push({ rule, left: rule.times ?? Infinity });
    },
    clear() {
      rules = [];
    },
    next(label) {
      const found = rules.find(({ rule, left }) => left > 0 && matches(rule.match, label));
      asked.push({ label, ...(found && { fault: found.rule }) });
      if (!found) return undefined;
      found.left -= 1;
      return found.rule;
    },
  };
}

/** A fault that the endpoint still has to put into words, after `strike` did what is the same everywhere. */
export type WordedFault = Extract<Fault, { kind: 'throttle' | 'server-error' | 'refuse' }>;

/**
 * Lets the next fault for `label` strike: waits out latency and delay, and does to the connection or to the answer of `response`
 * what the fault says.
 *
 * @returns `'cut'` when there is nothing left to answer, a fault to be worded, or undefined when all is well.
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
  switch (fault?.kind) {
    case undefined:
    case 'slow':
      return undefined;
    case 'truncate':
    case 'halve':
    case 'empty':
    case 'lose':
      spoil(response, fault);
      return undefined;
    case 'cut':
      response.socket?.destroy();
      return 'cut';
    case 'silent':
      return 'cut';
    case 'page':
      response.writeHead(fault.status ?? 503, { 'content-type': 'text/html' }).end(PAGE);
      return 'cut';
    default:
      return fault;
  }
}

const PAGE =
  '<html><head><title>Service Unavailable</title></head><body>Please log in to the network.</body></html>\n';

type SpoiltAnswer = Extract<Fault, { kind: 'truncate' | 'halve' | 'empty' | 'lose' }>;

/** Lets of an answer only that out which the fault leaves of it. */
function spoil(response: ServerResponse, fault: SpoiltAnswer): void {
  const writeHead = response.writeHead.bind(response);
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  let hasEnded = false;
  const finish = (piece: string | Uint8Array = ''): ServerResponse => {
    if (hasEnded) return response;
    hasEnded = true;
    const bytes = Buffer.from(piece);
    if (fault.kind === 'lose') return fault.status === undefined ? response.destroy() : end();
    if (fault.kind === 'empty') return end();
    const half = bytes.subarray(0, bytes.length / 2);
    if (fault.kind === 'halve') return end(half);
    write(half, () => response.destroy());
    return response;
  };
  Object.assign(response, {
    writeHead(status: number, headers: Record<string, string> = {}) {
      if (fault.kind === 'truncate') return writeHead(status, headers);
      const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length');
      return writeHead((fault.kind === 'lose' && fault.status) || status, Object.fromEntries(kept));
    },
    write(piece: string | Uint8Array) {
      finish(piece);
      return true;
    },
    end: finish,
  });
}

function matches(match: FaultRule['match'], label: string): boolean {
  if (typeof match === 'function') return match(label);
  // `search` ignores `lastIndex`, so a pattern with the flag `g` or `y` has no memory here.
  return typeof match === 'string' ? match === label : label.search(match) >= 0;
}
