import { openOutputLines } from './output-lines.ts';
import type { OutputLine, OutputLines } from './output-lines.ts';
import type { SolveStatus, Vertex, VertexStatus } from './solve-status.ts';

/** A vertex of a build, or a group of vertexes that is shown as one. */
export interface Step {
  /** As BuildKit names it, on one line. The author of an instruction chooses its name, and a frontend that of any vertex. */
  readonly name: string;
  /** Absent for a group, whose id a frontend chooses. */
  readonly digest: string | undefined;
  readonly hasInputs: boolean;
  /** Whether it is left out of the log, as no member of the group that counts has started. */
  readonly isHidden: boolean;
  /** Each time that it ran, by its start; `undefined` while it runs. Milliseconds since 1970. */
  readonly runs: ReadonlyMap<number, number | undefined>;
  readonly isCached: boolean;
  readonly error: string | undefined;
  /** The last state of each of its parts. Only BuildKit itself names these. */
  readonly statuses: ReadonlyMap<string, VertexStatus>;
  /** The last lines that it printed. */
  readonly lastLines: readonly string[];
  /** Whether the last that was heard of it is that it printed something. */
  readonly hasJustPrinted: boolean;
}

/** Something that a report told about a step. */
export type Change = { step: Step } & (
  | { kind: 'state' }
  | { kind: 'status'; status: VertexStatus }
  | { kind: 'warning'; text: string }
  /** A line that the step printed, with the seconds since its start before it. */
  | { kind: 'line'; text: string }
);

/** The steps of a build as far as BuildKit has reported them. */
export interface BuildSteps {
  /** In the order in which they were first reported. */
  list(): readonly Step[];
  /** Takes a report, and returns what it changes. */
  apply(report: SolveStatus): Change[];
  /** Returns what steps have printed without a line break after it, once nothing more is reported. */
  end(): Change[];
  /**
   * The state of a build that only waits: for the download of layers, or without any step in progress. `undefined` while a
   * step is at work. The same answer later means that there was no progress in between.
   */
  waitState(): string | undefined;
  /** How often BuildKit has reported something new. */
  moves(): number;
}

/** As many lines as BuildKit's own log repeats of a step that failed. */
const MAX_LAST_LINES = 10;

interface MutableStep extends Step {
  name: string;
  hasInputs: boolean;
  isHidden: boolean;
  runs: Map<number, number | undefined>;
  isCached: boolean;
  error: string | undefined;
  statuses: Map<string, VertexStatus>;
  lastLines: string[];
  /** The vertexes of a group. */
  members: Map<string, Vertex>;
  output: OutputLines;
  hasJustPrinted: boolean;
}

/** Follows the steps of one build. */
export function openBuildSteps(): BuildSteps {
  const steps = new Map<string, MutableStep>();
  const byDigest = new Map<string, MutableStep>();
  let moves = 0;

  const findOrAdd = (key: string, digest: string | undefined): MutableStep => {
    const known = steps.get(key);
    if (known !== undefined) return known;
    const step = newStep(digest);
    steps.set(key, step);
    return step;
  };

  const stepOf = (vertex: Vertex): MutableStep => {
    const { digest, group } = vertex;
    const step =
      group === undefined ? findOrAdd(`vertex ${digest}`, digest) : findOrAdd(`group ${group.id}`, undefined);
    byDigest.set(digest, step);
    return step;
  };

  return {
    list: () => [...steps.values()],
    apply({ vertexes, statuses, logs, warnings }) {
      const changes: Change[] = [];
      for (const vertex of vertexes) {
        const step = stepOf(vertex);
        if (!(vertex.group === undefined ? takeVertex(step, vertex) : takeMember(step, vertex))) continue;
        moves++;
        step.hasJustPrinted = false;
        changes.push({ step, kind: 'state' });
      }
      for (const status of statuses) {
        const step = byDigest.get(status.vertex);
        if (step === undefined) continue;
        const before = step.statuses.get(status.id);
        step.statuses.set(status.id, status);
        if (before?.current !== status.current || before.completed !== status.completed) moves++;
        step.hasJustPrinted = false;
        changes.push({ step, kind: 'status', status });
      }
      for (const { vertex, text } of warnings) {
        const step = byDigest.get(vertex);
        if (step !== undefined) changes.push({ step, kind: 'warning', text: onOneLine(text) });
      }
      for (const { vertex, data, timestamp } of logs) {
        const step = byDigest.get(vertex);
        if (step === undefined) continue;
        moves++;
        step.hasJustPrinted = true;
        for (const line of step.output.add(data, timestamp)) changes.push(keepLine(step, line));
      }
      // A report may have the end of a step and the last of its output.
      for (const step of new Set(vertexes.map(({ digest }) => byDigest.get(digest)))) {
        if (step === undefined || !hasEnded(step)) continue;
        for (const line of step.output.end()) changes.push(keepLine(step, line));
      }
      return changes;
    },
    end: () => [...steps.values()].flatMap(step => step.output.end().map(line => keepLine(step, line))),
    moves: () => moves,
    waitState: () => (steps.size > 0 && ![...steps.values()].some(isAtWork) ? String(moves) : undefined),
  };
}

/** Whether a step has started and is not running any more. */
export function hasEnded({ runs }: Step): boolean {
  return runs.size > 0 && ![...runs.values()].includes(undefined);
}

/** Whether a step is running. */
export function isRunning({ runs }: Step): boolean {
  return [...runs.values()].includes(undefined);
}

/** Whether a part of a step is a layer that is downloaded. */
export function isDownload({ id }: VertexStatus): boolean {
  return /^sha256:[0-9a-f]+$/.test(id);
}

/** A text without line breaks, so that nothing in it begins a line of the log. */
export function onOneLine(text: string): string {
  // One pattern for the break and the spaces around it would take a time that grows with the square of their number.
  return text
    .split(/[\n\r]+/)
    .map(line => line.trim())
    .filter(line => line !== '')
    .join(' ');
}

function newStep(digest: string | undefined): MutableStep {
  return {
    name: '',
    digest,
    hasInputs: false,
    isHidden: false,
    runs: new Map(),
    isCached: false,
    error: undefined,
    statuses: new Map(),
    lastLines: [],
    members: new Map(),
    output: openOutputLines(),
    hasJustPrinted: false,
  };
}

/** Takes the state of a vertex into its step. Returns whether that tells something about a step that has started. */
function takeVertex(target: MutableStep, vertex: Vertex): boolean {
  const step = target;
  // BuildKit repeats some vertexes without their inputs: once there were some, it is none of BuildKit's own.
  step.hasInputs ||= vertex.hasInputs;
  // What is announced again without a start does not undo what is known.
  if (step.runs.size > 0 && vertex.started === undefined) return false;
  step.name = onOneLine(vertex.name);
  step.isCached = vertex.cached;
  step.error = vertex.error;
  if (vertex.started !== undefined) step.runs.set(vertex.started, vertex.completed);
  return vertex.started !== undefined;
}

/** Takes the state of a member into its group, which failed where one member did, and was cached where all were. */
function takeMember(target: MutableStep, vertex: Vertex): boolean {
  const step = target;
  step.name = onOneLine(vertex.group?.name ?? '');
  step.members.set(vertex.digest, vertex);
  const members = [...step.members.values()];
  step.isCached = members.every(({ cached }) => cached);
  step.error = members.find(({ error }) => error !== undefined)?.error;
  step.isHidden =
    step.error === undefined &&
    !members.some(({ started, group }) => started !== undefined && group?.weak === false);
  if (vertex.started !== undefined) step.runs.set(vertex.started, vertex.completed);
  return step.runs.size > 0;
}

/** Puts the seconds since the step's start before a line, as BuildKit does, and keeps the line as one of the last. */
function keepLine(step: MutableStep, { text: printed, timestamp }: OutputLine): Change {
  const start = step.runs.size === 0 ? timestamp : Math.max(...step.runs.keys());
  const seconds = Math.max(0, timestamp - start) / 1000;
  const text = `${seconds.toFixed(seconds < 10 ? 3 : seconds < 100 ? 2 : 1)} ${printed}`;
  step.lastLines.push(text);
  if (step.lastLines.length > MAX_LAST_LINES) step.lastLines.shift();
  return { step, kind: 'line', text };
}

/** Whether a step does something else than to wait for downloads. */
function isAtWork(step: MutableStep): boolean {
  const open = [...step.statuses.values()].filter(({ completed }) => completed === undefined);
  if (open.some(each => !isDownload(each))) return true;
  return isRunning(step) && (open.length === 0 || step.hasJustPrinted);
}
