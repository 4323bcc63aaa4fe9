/**
 * One report of BuildKit's progress, as `--progress rawjson` prints it, with what is read of it here. Times are milliseconds
 * since 1970. https://github.com/moby/buildkit/blob/master/client/graph.go
 */
export interface SolveStatus {
  vertexes: Vertex[];
  statuses: VertexStatus[];
  logs: VertexLog[];
  warnings: VertexWarning[];
}

/** A piece of work in a build, such as an instruction of the Dockerfile or the export of the image. */
export interface Vertex {
  digest: string;
  name: string;
  hasInputs: boolean;
  started?: number;
  completed?: number;
  cached: boolean;
  error?: string;
  group?: ProgressGroup;
}

/** What several vertexes are shown as. A group in which only weak members have started is not shown. */
export interface ProgressGroup {
  id: string;
  name: string;
  weak: boolean;
}

/** The progress of a part of a vertex, such as the download of a layer. Sizes are bytes. */
export interface VertexStatus {
  vertex: string;
  id: string;
  current: number;
  total: number;
  timestamp: number;
  started?: number;
  completed?: number;
}

/** A piece of what a vertex has printed. It may begin and end within a line, and within a character. */
export interface VertexLog {
  vertex: string;
  data: Buffer;
  timestamp: number;
}

/** A warning about a vertex. */
export interface VertexWarning {
  vertex: string;
  text: string;
}

type Members = Record<string, unknown>;

/** Reads one report; `undefined` for a text that is none. */
export function parseSolveStatus(text: string): SolveStatus | undefined {
  if (!text.startsWith('{')) return undefined;
  const report = parseMembers(text);
  if (report === undefined) return undefined;
  const { vertexes, statuses, logs, warnings, ...others } = report;
  if (Object.keys(others).length > 0) return undefined;
  const status = {
    vertexes: listOf(vertexes, vertexOf),
    statuses: listOf(statuses, statusOf),
    logs: listOf(logs, logOf),
    warnings: listOf(warnings, warningOf),
  };
  return isComplete(status) ? status : undefined;
}

function isComplete(status: {
  [Member in keyof SolveStatus]: SolveStatus[Member] | undefined;
}): status is SolveStatus {
  return Object.values(status).every(list => list !== undefined);
}

function parseMembers(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An absent list is an empty one. `undefined` where it is no list, or where one of its items can't be read. */
function listOf<T>(value: unknown, read: (members: Members) => T | undefined): T[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const items: T[] = [];
  for (const each of value) {
    const item = isMembers(each) ? read(each) : undefined;
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

function vertexOf({
  digest,
  name = '',
  inputs,
  started,
  completed,
  cached,
  error,
  progressGroup,
}: Members): Vertex | undefined {
  if (typeof digest !== 'string' || typeof name !== 'string') return undefined;
  const group = isMembers(progressGroup) ? groupOf(progressGroup) : undefined;
  return {
    digest,
    name,
    hasInputs: Array.isArray(inputs) && inputs.length > 0,
    ...timesOf({ started, completed }),
    cached: cached === true,
    ...(typeof error === 'string' && error !== '' && { error }),
    ...(group && { group }),
  };
}

function groupOf({ id, name = '', weak }: Members): ProgressGroup | undefined {
  if (typeof id !== 'string' || typeof name !== 'string') return undefined;
  return { id, name, weak: weak === true };
}

function statusOf({
  vertex,
  id,
  current = 0,
  total = 0,
  timestamp,
  started,
  completed,
}: Members): VertexStatus | undefined {
  if (typeof vertex !== 'string' || typeof id !== 'string') return undefined;
  if (typeof current !== 'number' || typeof total !== 'number') return undefined;
  return {
    vertex,
    id,
    current,
    total,
    timestamp: timeOf(timestamp) ?? 0,
    ...timesOf({ started, completed }),
  };
}

/** `data` is base64; Go writes an empty one as null. */
function logOf({ vertex, data, timestamp }: Members): VertexLog | undefined {
  if (typeof vertex !== 'string') return undefined;
  const bytes = Buffer.from(typeof data === 'string' ? data : '', 'base64');
  return { vertex, data: bytes, timestamp: timeOf(timestamp) ?? 0 };
}

/** `short` is base64. */
function warningOf({ vertex = '', short }: Members): VertexWarning | undefined {
  if (typeof vertex !== 'string') return undefined;
  return { vertex, text: Buffer.from(typeof short === 'string' ? short : '', 'base64').toString() };
}

function timesOf(times: { started: unknown; completed: unknown }): { started?: number; completed?: number } {
  const [started, completed] = [timeOf(times.started), timeOf(times.completed)];
  return { ...(started !== undefined && { started }), ...(completed !== undefined && { completed }) };
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
