import type { Log } from '../platform/job.ts';
import { buildFailureOf, findFailedStep, stalledFailure } from './build-failure.ts';
import type { BuildFailure, FailedStep } from './build-failure.ts';
import { openBuildSteps } from './build-steps.ts';
import type { BuildSteps } from './build-steps.ts';
import { cacheUseOf } from './cache-use.ts';
import type { CacheUse } from './cache-use.ts';
import type { Docker, DockerOptions } from './docker.ts';
import { openPlainProgress, sayFailedStep } from './plain-progress.ts';
import { parseSolveStatus } from './solve-status.ts';
import { watchTransfers } from './transfer-watch.ts';
import type { Stall, TransferWatchOptions } from './transfer-watch.ts';
import { pushedBy, transfersOf } from './transfers.ts';
import type { Pushed } from './transfers.ts';
import { runWatched, watchAll, watchState } from './watchdog.ts';

/** How a build ended. */
export interface BuildEnd {
  cacheUse: CacheUse;
  /** Absent where it succeeded. */
  failure?: BuildFailure;
}

/** Options of one build. */
export interface RunBuildOptions extends Pick<DockerOptions, 'env' | 'input' | 'signal'> {
  /** Where the progress is written, as text. */
  log: Pick<Log, 'raw'>;
  /**
   * Milliseconds of waiting for layers without progress, or for nothing that BuildKit reports, after which the build is
   * interrupted. By default it is not.
   */
  waitTimeoutMs?: number;
  /** When a transfer is interrupted. By default none is. */
  transfers?: Pick<TransferWatchOptions, 'stallTimeoutMs' | 'sentBytes' | 'say'>;
}

/** The arguments of `docker buildx build` that {@link runBuild} needs. */
export const progressArguments = ['--progress', 'rawjson'];

/** How often the log is written, as BuildKit does. */
const WRITE_INTERVAL_MS = 150;

/**
 * Runs `docker buildx build` and reads BuildKit's reports, which it prints as JSON. What a build prints, and what quotes its
 * instructions, is data in these reports: nobody but BuildKit and buildx can make one. The log gets the text that
 * `--progress plain` would have printed.
 */
export async function runBuild(
  docker: Pick<Docker, 'buildx'>,
  argv: readonly string[],
  { log, waitTimeoutMs, transfers, signal, ...options }: RunBuildOptions,
): Promise<BuildEnd> {
  const steps = openBuildSteps();
  const reader = openReader(steps, log);
  const timer = setInterval(reader.write, WRITE_INTERVAL_MS);
  try {
    const watch = watchAll<Stall>([
      ...(waitTimeoutMs === undefined ? [] : [watchWaiting(steps, waitTimeoutMs)]),
      ...(transfers === undefined ? [] : [watchTransfers({ ...transfers, stateOf: () => stateOf(steps) })]),
    ]);
    const run = (until: AbortSignal | undefined) =>
      docker.buildx(argv, {
        ...options,
        ...(until && { signal: until }),
        onOutput: log.raw,
        onError: reader.read,
      });
    const { exitCode, stopped } = await runWatched(run, { signal, watch });
    const { beforeText, lastWords } = reader.end();
    if (stopped !== undefined) return { cacheUse: beforeText.cacheUse, failure: stalledFailure(stopped) };
    if (exitCode === 0) return { cacheUse: cacheUseOf(steps.list()) };
    const { failed, pushed, cacheUse } = beforeText;
    return {
      cacheUse,
      failure: {
        ...buildFailureOf(failed, lastWords),
        ...(pushed !== undefined && pushed.digests.size > 0 && { pushed }),
      },
    };
  } finally {
    clearInterval(timer);
    reader.end();
  }
}

function watchWaiting(steps: BuildSteps, stallTimeoutMs: number) {
  const reason: Stall = { transfers: [], silentMs: stallTimeoutMs };
  return watchState({ stallTimeoutMs, stateOf: steps.waitState, reason });
}

function stateOf(steps: BuildSteps) {
  const list = steps.list();
  return { transfers: transfersOf(list), moves: steps.moves(), pushed: pushedBy(list) };
}

/** As many of buildx's last lines are kept. */
const MAX_LAST_WORDS = 200;

/**
 * Stands above and below the lines of the Dockerfile that buildx quotes, after the name of the file.
 * https://github.com/moby/buildkit/blob/master/solver/errdefs/source.go
 */
const QUOTE_BORDER = '-'.repeat(20);

/** What was known when buildx began to write text. */
interface Known {
  failed: FailedStep | undefined;
  cacheUse: CacheUse;
  pushed: Pushed | undefined;
}

/**
 * Reads the standard error of buildx. Versions before 0.15 indent their JSON, and then a report begins and ends with a line that
 * is a brace alone. All else is text. buildx writes it once the reports have ended: the place in the Dockerfile and the error,
 * both of which may hold what the Dockerfile's author or a registry wrote, line breaks included. So of what looks like a report
 * after a text nothing is believed of a build that failed, although it is still shown. The name of the quoted file is the first
 * text, and a frontend that `# syntax=` names may choose a report for it. Only a step of the Dockerfile has a place that can be
 * quoted, so where there is a quote, no exporter is believed to have failed. A program that docker asks for credentials could
 * write in between: then a push that fails is not repeated, but no fault is taken for another.
 */
function openReader(steps: BuildSteps, log: Pick<Log, 'raw'>) {
  const progress = openPlainProgress();
  let lastWords: string[] = [];
  let begun: string[] = [];
  let indented: string[] | undefined;
  let hasReports = false;
  let beforeText: Known | undefined;
  let hasShownFailure = false;
  let hasQuote = false;
  let isOver = false;

  const know = (): Known => {
    const list = steps.list();
    return { failed: findFailedStep(list), cacheUse: cacheUseOf(list), pushed: pushedBy(list) };
  };
  const show = (text: string): void => {
    if (text !== '') log.raw(text);
  };
  const takeText = (line: string): void => {
    const now = performance.now();
    if (hasReports) beforeText ??= know();
    if (line === QUOTE_BORDER) hasQuote = true;
    // Buildx itself writes this once nothing more is reported.
    if (hasReports && /^ERROR: failed to (?:build|solve): /.test(line)) {
      isOver = true;
      progress.add(steps.end());
    }
    if (beforeText?.failed !== undefined && !hasShownFailure) {
      hasShownFailure = true;
      show(progress.writeRest(now) + sayFailedStep(beforeText.failed));
    } else {
      show(progress.write(now));
    }
    show(`${line}\n`);
    lastWords.push(line);
    if (lastWords.length > MAX_LAST_WORDS) lastWords.shift();
  };
  const takeReport = (text: string): void => {
    const report = parseSolveStatus(text);
    if (report === undefined) {
      for (const line of text.split('\n')) takeText(line);
      return;
    }
    hasReports = true;
    if (beforeText === undefined) lastWords = [];
    progress.add(steps.apply(report));
  };
  const takeLine = (line: string): void => {
    if (isOver) {
      takeText(line);
    } else if (indented !== undefined) {
      indented.push(line);
      if (line !== '}') return;
      const text = indented.join('\n');
      indented = undefined;
      takeReport(text);
    } else if (line === '{') {
      indented = [line];
    } else if (line.startsWith('{')) {
      takeReport(line);
    } else {
      takeText(line);
    }
  };
  return {
    read(text: string): void {
      const [first = '', ...others] = text.split('\n');
      begun.push(first);
      for (const next of others) {
        const line = begun.join('');
        begun = [next];
        takeLine(line);
      }
    },
    write(): void {
      show(progress.write(performance.now()));
    },
    /** Writes the rest, and returns what is known. */
    end(): { beforeText: Known; lastWords: readonly string[] } {
      const rest = [...(indented ?? []), begun.join('')].join('\n');
      [begun, indented] = [[], undefined];
      if (rest !== '') for (const line of rest.split('\n')) takeText(line);
      progress.add(steps.end());
      show(progress.writeRest(performance.now()));
      const known = beforeText ?? know();
      const { failed } = known;
      // A pull has a place in the Dockerfile too.
      const isForged = hasQuote && failed !== undefined && failed.role !== 'pull';
      return {
        beforeText: { ...known, failed: isForged ? { ...failed, role: 'other' as const } : failed },
        lastWords,
      };
    },
  };
}
