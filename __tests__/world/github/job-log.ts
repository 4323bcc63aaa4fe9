import { parseCommand } from './commands.ts';
import type { Command } from './commands.ts';
import type { Masks } from './masks.ts';

/** A message that GitHub shows on the run's page and, with a file, beside the code. Masked like the log. */
export interface Annotation {
  level: 'error' | 'warning' | 'notice';
  message: string;
  title?: string;
  file?: string;
  line?: number;
}

/** A step's log: takes what its processes write, and shows what a user reads. */
export interface JobLog {
  readonly lines: readonly string[];
  readonly annotations: readonly Annotation[];
  /** Whether a command could not be processed, which fails the step. */
  readonly failed: boolean;
  /** A line of a process, which may be a command. */
  receive(line: string): void;
  /** A line of the runner's own. */
  write(line: string): void;
  annotate(level: Annotation['level'], message: string): void;
}

export interface JobLogOptions {
  masks: Masks;
  /** Shows `::debug::` lines, as the secret `ACTIONS_STEP_DEBUG` makes the runner do. */
  debug?: boolean;
  /** Told of every line as it is shown. */
  onLine?: (line: string) => void;
}

/** The most annotations of one level that a step keeps, and the most characters of one. */
const ANNOTATIONS = 10;
const ANNOTATION_LENGTH = 4096;

const COMMANDS = new Set(
  'add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher set-env stop-commands warning'.split(
    ' ',
  ),
);

/** https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs */
export function createJobLog({ masks, debug = false, onLine }: JobLogOptions): JobLog {
  const lines: string[] = [];
  const annotations: Annotation[] = [];
  let failed = false;
  /** While commands are stopped, the name of the one that resumes them. */
  let resume: string | undefined;

  const write = (text: string): void => {
    for (const line of masks.hide(text).split(/\r\n|\r|\n/)) {
      lines.push(line);
      onLine?.(line);
    }
  };

  const annotate = (
    level: Annotation['level'],
    message: string,
    properties: Command['properties'] = {},
  ): void => {
    write(`##[${level}]${message}`);
    if (annotations.filter(other => other.level === level).length >= ANNOTATIONS) return;
    const { title, file, line } = properties;
    annotations.push({
      level,
      message: masks.hide(message).slice(0, ANNOTATION_LENGTH),
      ...(title && { title: masks.hide(title) }),
      ...(file && { file: masks.hide(file) }),
      ...(line && { line: Number(line) }),
    });
  };

  const obey = ({ name, properties, data }: Command, line: string): void => {
    switch (name) {
      case 'group':
        return write(`##[group]${data}`);
      case 'endgroup':
        return write('##[endgroup]');
      case 'error':
      case 'warning':
      case 'notice':
        return annotate(name, data, properties);
      case 'debug':
        if (debug) for (const part of data.split('\n')) write(`##[debug]${part}`);
        return;
      case 'add-mask':
        if (data.trim() === '')
          annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
        else masks.add(data);
        return;
      case 'stop-commands':
        write(line);
        resume = data.toLowerCase();
        return;
      case 'set-env':
      case 'add-path':
        annotate('error', `Unable to process command '${line}' successfully.`);
        annotate(
          'error',
          `The \`${name}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command ` +
            'execution by setting the `ACTIONS_ALLOW_UNSECURE_COMMANDS` environment variable to `true`. For more ' +
            'information see: https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/',
        );
        failed = true;
    }
  };

  return {
    get lines() {
      return lines;
    },
    get annotations() {
      return annotations;
    },
    get failed() {
      return failed;
    },
    receive(line) {
      const command = parseCommand(line, name => COMMANDS.has(name) || name === resume);
      if (!command) return write(line);
      if (resume === undefined) return obey(command, line);
      if (command.name === resume) resume = undefined;
      write(line);
    },
    write,
    annotate,
  };
}
