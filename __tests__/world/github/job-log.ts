import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
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
  /** What the commands of this phase have set. The files that the phase writes are read after them, and win. */
  readonly told: ToldByCommands;
  /** Begins main or post, whose commands are taken even where the phase before has stopped them. */
  startPhase(): void;
  /** A line of a process, which may be a command. */
  receive(line: string): void;
  /** A line of the runner's own. */
  write(line: string): void;
  annotate(level: Annotation['level'], message: string): void;
}

/** Set by `set-output` and `save-state`. */
export interface ToldByCommands {
  outputs: Record<string, string>;
  state: Record<string, string>;
}

export interface JobLogOptions {
  /** Where the paths of matchers are looked for. */
  workspace: string;
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
  'add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning'.split(
    ' ',
  ),
);

/** Those that `echo` does not show. */
const SILENT_COMMANDS = new Set(['add-mask', 'debug', 'error', 'notice', 'stop-commands', 'warning']);

/** Why a command cannot be processed, in the runner's words. */
class CommandError extends Error {}

/** https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs */
export function createJobLog({ masks, workspace, debug = false, onLine }: JobLogOptions): JobLog {
  const lines: string[] = [];
  const annotations: Annotation[] = [];
  let failed = false;
  let told: ToldByCommands = { outputs: {}, state: {} };
  /** Whether each command is shown before it is obeyed. */
  let echoes = false;
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

  const requireName = ({ name, properties }: Command): string => {
    const { name: value } = properties;
    if (!value) throw new CommandError(`Required field 'name' is missing in ##[${name}] command.`);
    return value;
  };

  const process = (command: Command): void => {
    const { name, properties, data } = command;
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
      case 'set-output':
        told.outputs[requireName(command)] = data;
        return;
      case 'save-state':
        told.state[requireName(command)] = data;
        return;
      case 'echo': {
        const value = data.trim().toLowerCase();
        if (value !== 'on' && value !== 'off')
          throw new CommandError(
            `Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${data}'.`,
          );
        echoes = value === 'on';
        return;
      }
      case 'add-matcher': {
        const path = resolve(workspace, data);
        if (data !== '' && !existsSync(path)) throw new CommandError(`Could not find file '${path}'.`);
        return;
      }
      case 'set-env':
      case 'add-path':
        throw new CommandError(
          `The \`${name}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command ` +
            'execution by setting the `ACTIONS_ALLOW_UNSECURE_COMMANDS` environment variable to `true`. For more ' +
            'information see: https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/',
        );
    }
  };

  const stop = (token: string, line: string): void => {
    const name = token.toLowerCase();
    if (name === '' || name === 'pause-logging' || COMMANDS.has(name))
      throw new CommandError(
        "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command. " +
          'For more information see: https://docs.github.com/actions/learn-github-actions/workflow-commands-for-' +
          'github-actions#example-stopping-and-starting-workflow-commands or opt into insecure command execution by ' +
          'setting the `ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS` environment variable to `true`.',
      );
    // Only who wrote a longer token can know it.
    if (token.length > 6) masks.add(token);
    write(line);
    resume = name;
  };

  const obey = (command: Command, line: string): void => {
    if (echoes && !SILENT_COMMANDS.has(command.name)) write(line);
    try {
      if (command.name === 'stop-commands') stop(command.data, line);
      else process(command);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      annotate('error', `Unable to process command '${line}' successfully.`);
      annotate('error', error.message);
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
    get told() {
      return told;
    },
    startPhase() {
      told = { outputs: {}, state: {} };
      echoes = false;
      resume = undefined;
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
