import { createHash } from 'node:crypto';

/** A vertex as a report has it; `at` and `until` are seconds. */
export interface VertexSketch {
  name: string;
  at?: number;
  until?: number;
  cached?: boolean;
  error?: string;
  inputs?: string[];
  digest?: string;
  group?: { id: string; name: string; weak?: boolean };
}

/** A part of a vertex. */
export interface StatusSketch {
  of: string;
  id: string;
  current?: number;
  total?: number;
  at?: number;
  until?: number;
}

/** The digest of a vertex by default: the hash of its name, as the import of a cache has it. */
export function digestOfName(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

const time = (seconds: number | undefined): string | undefined =>
  seconds === undefined ? undefined : `${new Date(seconds * 1000).toISOString().slice(0, -1)}456789Z`;

/** A report of vertexes, one line of `--progress rawjson`. */
export function vertexes(...sketches: VertexSketch[]): string {
  return JSON.stringify({
    vertexes: sketches.map(
      ({ name, at, until, digest = digestOfName(name), group, cached, error, inputs }) => ({
        digest,
        name,
        started: time(at),
        completed: time(until),
        progressGroup: group,
        cached,
        error,
        inputs,
      }),
    ),
  });
}

/** A report of parts of vertexes, which are named by the vertexes' names. */
export function statuses(...sketches: StatusSketch[]): string {
  return JSON.stringify({
    statuses: sketches.map(({ of, id, current = 0, total, at = 0, until }) => ({
      id,
      vertex: digestOfName(of),
      current,
      total,
      timestamp: time(until ?? at),
      started: time(at),
      completed: time(until),
    })),
  });
}

/** A report of what a vertex printed. */
export function printed(of: string, data: string | Buffer, at = 0): string {
  const log = {
    vertex: digestOfName(of),
    stream: 1,
    data: Buffer.from(data).toString('base64'),
    timestamp: time(at),
  };
  return JSON.stringify({ logs: [log] });
}

/** A report of a warning about a vertex. */
export function warned(of: string, text: string): string {
  return JSON.stringify({
    warnings: [{ vertex: digestOfName(of), level: 1, short: Buffer.from(text).toString('base64') }],
  });
}
