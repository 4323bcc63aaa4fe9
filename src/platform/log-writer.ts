import { randomUUID } from 'node:crypto';
import * as core from '@actions/core';

/**
 * Writes text to the log of the job so that the runner obeys none of it, whoever wrote its words. The runner tries two syntaxes
 * on every line: `::command::` at its beginning, after white space, and `##[command]` anywhere in it. Both are changed to text
 * that shows nearly the same and is no command.
 *
 * Only whole lines are written, so that a command of this program always begins a line of its own.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function writeText(text: string): void {
  writeLines(splitLines(`${text}\n`).lines);
}

/** Output of a program on its way to the log. */
export interface OutputWriter {
  /** Takes a piece of output; what has no line end yet waits for it. */
  write(text: string): void;
  /** Writes what still waits, as a line of its own. */
  flush(): void;
}

/** Opens a writer for the output of a program, which arrives in pieces of any size. */
export function openOutputWriter(): OutputWriter {
  let rest = '';
  let endedByReturn = false;
  const take = (text: string): void => {
    const split = splitLines(rest + text, endedByReturn);
    ({ rest, endedByReturn } = split);
    writeLines(split.lines);
  };
  const flush = (): void => {
    if (rest !== '') take('\n');
  };
  return {
    write(text) {
      take(text);
      if (rest.length > MAX_WAITING_CHARACTERS) flush();
    },
    flush,
  };
}

/** A line that gets longer without an end is written in parts of about this length. */
const MAX_WAITING_CHARACTERS = 65_536;

/**
 * Splits text where the runner sees the end of a line: at `\n`, `\r\n` and a lone `\r`, with which programs draw progress over
 * a line. What follows a lone `\r` is marked as the continuation of its line.
 */
function splitLines(
  text: string,
  startsAfterReturn = false,
): { lines: string[]; rest: string; endedByReturn: boolean } {
  const lines: string[] = [];
  let endedByReturn = startsAfterReturn;
  let start = 0;
  // A `\r` at the very end may be the first half of `\r\n`.
  for (const end of text.matchAll(/\r?\n|\r(?=[^\n])/g)) {
    lines.push(`${endedByReturn ? MARK : ''}${text.slice(start, end.index)}`);
    endedByReturn = end[0] === '\r';
    start = end.index + end[0].length;
  }
  return { lines, rest: text.slice(start), endedByReturn };
}

/** Begins a line whose own beginning must not be seen by the runner. */
const MARK = '│ ';

/**
 * Characters that .NET's comparison of strings, with which the runner looks for a command, takes for nothing:
 * https://learn.microsoft.com/dotnet/core/extensions/globalization-icu
 */
const ignored = String.raw`[\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]*`;
const commandAtStart = new RegExp(
  String.raw`^[\p{White_Space}\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]*:${ignored}:`,
  'u',
);
const commandAnywhere = new RegExp(`#${ignored}#${ignored}\\[`, 'gu');

/**
 * Adds an annotation to the run. The runner writes its lines to the log as they are, and obeys none of them, but the page of the
 * log would show `##[group]` at the beginning of one as a fold that hides what follows.
 */
export function writeAnnotation(
  level: 'error' | 'warning' | 'notice',
  text: string,
  properties: core.AnnotationProperties = {},
): void {
  const write = { error: core.error, warning: core.warning, notice: core.notice }[level];
  write(withoutOlderSyntax(text), properties);
}

function withoutOlderSyntax(text: string): string {
  return text.replaceAll(commandAnywhere, '## [');
}

function withoutCommands(line: string): string {
  const text = withoutOlderSyntax(line);
  return commandAtStart.test(text) ? MARK + text : text;
}

/**
 * Writes lines in one piece. Where one of them held what the runner would have tried as a command, commands are stopped around
 * the piece as well, by a token that nobody else knows, so that even a syntax that is unknown here is not obeyed, and so that no
 * such line can stop or resume the commands of this program: a mask that follows is taken. Other pieces have nothing that the
 * runner tries. They are written as they are, as each stop shows as two lines of the log.
 */
function writeLines(lines: readonly string[]): void {
  if (lines.length === 0) return;
  const harmless = lines.map(withoutCommands);
  const text = harmless.map(line => `${line}\n`).join('');
  const isTried = harmless.some((line, index) => line !== lines[index]);
  process.stdout.write(isTried ? stopCommandsAround(text) : text);
}

let stopToken: string | undefined;

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands */
function stopCommandsAround(text: string): string {
  if (stopToken === undefined) {
    stopToken = `ecr-image-${randomUUID()}`;
    // The log of a public repository can be read while the job runs.
    core.setSecret(stopToken);
  }
  return `::stop-commands::${stopToken}\n${text}::${stopToken}::\n`;
}
