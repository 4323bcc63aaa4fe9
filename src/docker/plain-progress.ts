import { hasEnded, isRunning, onOneLine } from './build-steps.ts';
import type { Change, Step } from './build-steps.ts';
import type { VertexStatus } from './solve-status.ts';

/**
 * Writes the progress of a build as `--progress plain` does: `#7 [build 2/4] RUN make` names a step, its output and its end
 * follow. What other steps print meanwhile comes when this one has ended, or when it has had its turn.
 * https://github.com/moby/buildkit/blob/master/util/progress/progressui/printer.go
 */
export interface PlainProgress {
  add(changes: readonly Change[]): void;
  /** Returns what can be written now, whole lines; `now` is in milliseconds. */
  write(now: number): string;
  /** Returns all that has not been written. */
  writeRest(now: number): string;
}

/** Milliseconds that a step keeps its turn while others have something to say. */
const TURN_MS = 5000;

/** A part of a step is told again after this progress or this time. */
const MIN_SHARE = 0.05;
const MIN_INTERVAL_MS = 5000;

/** What is to be written of a step. */
interface News {
  /** Milliseconds since when it waits. */
  since: number;
  statuses: Map<string, VertexStatus>;
  warnings: string[];
  lines: string[];
}

/** Opens the log of one build. */
export function openPlainProgress(): PlainProgress {
  const numbers = new Map<Step, number>();
  const news = new Map<Step, News>();
  const lastTold = new Map<string, VertexStatus>();
  let arrived: Change[] = [];
  let current: Step | undefined;
  let turnBegan = 0;

  const takeArrived = (now: number): void => {
    for (const change of arrived) {
      const { step } = change;
      const its: News = news.get(step) ?? { since: now, statuses: new Map(), warnings: [], lines: [] };
      news.set(step, its);
      if (change.kind === 'status') its.statuses.set(change.status.id, change.status);
      else if (change.kind === 'warning') its.warnings.push(change.text);
      else if (change.kind === 'line') its.lines.push(change.text);
    }
    arrived = [];
  };

  const numberOf = (step: Step): number => {
    const number = numbers.get(step) ?? numbers.size + 1;
    numbers.set(step, number);
    return number;
  };

  const isWorthTelling = (key: string, status: VertexStatus): boolean => {
    const last = lastTold.get(key);
    if (last === undefined || status.completed !== undefined) return true;
    const share = status.total > 0 ? (status.current - last.current) / status.total : 0;
    return share >= MIN_SHARE || status.timestamp - last.timestamp >= MIN_INTERVAL_MS;
  };

  const writeStep = (step: Step, now: number): string => {
    const isFirst = numbers.size === 0;
    const number = numberOf(step);
    const told: string[] = [];
    if (step !== current) {
      if (current !== undefined) told.push(`#${numberOf(current)} ...`);
      if (!isFirst) told.push('');
      told.push(`#${number} ${step.name}`);
      turnBegan = now;
    }
    const its = news.get(step);
    news.delete(step);
    let hasOpenPart = false;
    for (const [id, status] of its?.statuses ?? []) {
      const key = `${number} ${id}`;
      if (!isWorthTelling(key, status)) continue;
      lastTold.set(key, status);
      if (status.completed === undefined) hasOpenPart = true;
      told.push(`#${number} ${sayStatus(status)}`);
    }
    for (const text of its?.warnings ?? []) told.push(`#${number} WARN: ${text}`);
    for (const line of its?.lines ?? []) told.push(`#${number} ${line}`);
    current = step;
    // A layer may still be fetched when the step that needed it has ended.
    if (hasEnded(step) && !hasOpenPart) {
      current = undefined;
      told.push(`#${number} ${sayEnd(step).replaceAll(/\r\n|\r|\n/g, `\n#${number} `)}`);
    }
    return told.map(line => `${line}\n`).join('');
  };

  const writeEnded = (now: number): string => {
    const ended = [...news.keys()].filter(step => !step.isHidden && hasEnded(step));
    const isHeld = (step: Step): boolean => step === current;
    return ended
      .toSorted((a, b) => Number(isHeld(b)) - Number(isHeld(a)) || endOf(a) - endOf(b))
      .map(step => writeStep(step, now))
      .join('');
  };

  const writeRunning = (now: number): string => {
    const waiting = [...news]
      .filter(([step]) => !step.isHidden)
      .map(([step, { since }]) => ({ step, since }));
    const own = current !== undefined && news.has(current) ? writeStep(current, now) : '';
    const next = waiting.filter(({ step }) => news.has(step)).toSorted((a, b) => a.since - b.since)[0];
    if (next === undefined) return own;
    const isItsTurn = current === undefined || (now - turnBegan >= TURN_MS && now - next.since >= TURN_MS);
    return isItsTurn ? own + writeStep(next.step, now) : own;
  };

  return {
    add(changes) {
      for (const change of changes) arrived.push(change);
    },
    write(now) {
      takeArrived(now);
      const text = writeEnded(now) + writeRunning(now);
      if (text === '' || current !== undefined) return text;
      const running = [...numbers.keys()].find(step => isRunning(step) && !step.isHidden);
      return running === undefined ? text : text + writeStep(running, now);
    },
    writeRest(now) {
      takeArrived(now);
      return (
        writeEnded(now) +
        [...news.keys()]
          .filter(step => !step.isHidden)
          .map(step => writeStep(step, now))
          .join('')
      );
    },
  };
}

/** What BuildKit repeats of a step that failed: its name and the last that it printed. */
export function sayFailedStep({ name, lastLines }: Pick<Step, 'name' | 'lastLines'>): string {
  return ['------', ` > ${name}:`, ...lastLines, '------', ''].join('\n');
}

function sayStatus({ id, current, total, timestamp, started, completed }: VertexStatus): string {
  const size =
    total > 0 ? ` ${sayBytes(current)} / ${sayBytes(total)}` : current > 0 ? ` ${sayBytes(current)}` : '';
  const seconds = started === undefined ? 0 : ((completed ?? timestamp) - started) / 1000;
  const time = seconds > 0.01 ? ` ${seconds.toFixed(1)}s` : '';
  return `${onOneLine(id)}${size}${time}${completed === undefined ? '' : ' done'}`;
}

/** `28B`, `1.05MB` */
function sayBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const index = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${index === 0 ? bytes : (bytes / 1000 ** index).toFixed(2)}${units[index]}`;
}

function sayEnd({ error, isCached, runs }: Step): string {
  if (error !== undefined) return isCancelled(error) ? 'CANCELED' : `ERROR: ${error}`;
  if (isCached) return 'CACHED';
  const milliseconds = [...runs].reduce((sum, [started, ended]) => sum + ((ended ?? started) - started), 0);
  return `DONE ${(milliseconds / 1000).toFixed(1)}s`;
}

/** Whether a step failed only because another one did. */
export function isCancelled(error: string): boolean {
  return error.endsWith('context canceled');
}

function endOf({ runs }: Step): number {
  return Math.max(...[...runs.values()].map(ended => ended ?? 0));
}
