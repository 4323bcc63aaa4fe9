import { randomUUID } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files that an action tells the runner things by, each by its name in the environment. */
export const COMMAND_FILES = {
  GITHUB_PATH: 'path',
  GITHUB_ENV: 'env',
  GITHUB_STEP_SUMMARY: 'step_summary',
  GITHUB_STATE: 'state',
  GITHUB_OUTPUT: 'output',
} as const;

export type CommandFile = keyof typeof COMMAND_FILES;

/** Paths of the files. */
export type CommandFiles = Record<CommandFile, string>;

/** A summary of more bytes than these is dropped whole. */
export const SUMMARY_LIMIT = 1024 * 1024;

/** What the outputs of a job may take together, in bytes of UTF-16. */
export const JOB_OUTPUTS_LIMIT = 1024 * 1024;

/** Makes new and empty command files for one phase of an action. */
export async function createCommandFiles(temp: string): Promise<CommandFiles> {
  const folder = join(temp, '_runner_file_commands');
  await mkdir(folder, { recursive: true });
  const suffix = randomUUID();
  const files: CommandFiles = {
    GITHUB_PATH: join(folder, `add_path_${suffix}`),
    GITHUB_ENV: join(folder, `set_env_${suffix}`),
    GITHUB_STEP_SUMMARY: join(folder, `step_summary_${suffix}`),
    GITHUB_STATE: join(folder, `save_state_${suffix}`),
    GITHUB_OUTPUT: join(folder, `set_output_${suffix}`),
  };
  await Promise.all(Object.values(files).map(file => writeFile(file, '')));
  return files;
}

/** What an action wrote, and what was wrong with it in the runner's words. */
export interface Told {
  env: Record<string, string>;
  path: string[];
  state: Record<string, string>;
  outputs: Record<string, string>;
  summary: string;
  /** Errors that fail the step. */
  failures: string[];
  /** Errors that are shown and change nothing. */
  complaints: string[];
}

/** Reads what a phase wrote. https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs */
export async function readCommandFiles(files: CommandFiles): Promise<Told> {
  const failures: string[] = [];
  const complaints: string[] = [];
  const pairs = async (file: 'GITHUB_ENV' | 'GITHUB_STATE' | 'GITHUB_OUTPUT') => {
    try {
      return parsePairs(await read(files[file]));
    } catch (error) {
      if (!(error instanceof CommandFileError)) throw error;
      failures.push(`Unable to process file command '${COMMAND_FILES[file]}' successfully.`, error.message);
      return {};
    }
  };
  const { NODE_OPTIONS: refused, ...env } = await pairs('GITHUB_ENV');
  if (refused !== undefined)
    complaints.push("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
  const size = await sizeOf(files.GITHUB_STEP_SUMMARY);
  if (size > SUMMARY_LIMIT)
    complaints.push(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${SUMMARY_LIMIT / 1024}k, got ` +
        `${Math.floor(size / 1024)}k. For more information see: https://docs.github.com/actions/using-workflows/` +
        'workflow-commands-for-github-actions#adding-a-markdown-summary',
    );
  const outputs = await pairs('GITHUB_OUTPUT');
  failures.push(...jobOutputFaults(outputs));
  return {
    env,
    path: (await read(files.GITHUB_PATH)).split(/\r\n|\r|\n/).filter(Boolean),
    state: await pairs('GITHUB_STATE'),
    outputs,
    summary: size > SUMMARY_LIMIT ? '' : await read(files.GITHUB_STEP_SUMMARY),
    failures,
    complaints,
  };
}

/**
 * What is wrong with outputs that a job hands on. A step may set any number of them; when the job ends the runner evaluates those that
 * `jobs.<job_id>.outputs` names, and with too many the job is red. The job here hands on whatever its one step has set.
 *
 * - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 * - the words are those of https://github.com/google/osv-scanner-action/issues/129
 */
export function jobOutputFaults(outputs: Record<string, string>): string[] {
  const characters = Object.entries(outputs).reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    0,
  );
  if (characters * 2 <= JOB_OUTPUTS_LIMIT) return [];
  return [
    'Fail to evaluate job outputs',
    `Job outputs exceed ${JOB_OUTPUTS_LIMIT.toLocaleString('en')} bytes`,
  ];
}

class CommandFileError extends Error {}

/**
 * Reads lines `name=value` and heredocs `name<<delimiter`; the last value of a name counts.
 *
 * @throws {CommandFileError} for anything else.
 */
export function parsePairs(text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  const lines = text.split('\n');
  // A file that ends with a line feed ends with a line, not with an empty one.
  const unended = lines.pop();
  if (unended) lines.push(unended);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    if (line.includes('\0')) throw new CommandFileError(`Invalid format '${line}'`);
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new CommandFileError(`Invalid format '${line}'. Name must not be empty`);
      pairs[line.slice(0, equals)] = line.slice(equals + 1);
    } else if (heredoc >= 0) {
      const delimiter = line.slice(heredoc + 2);
      if (heredoc === 0 || delimiter === '')
        throw new CommandFileError(
          `Invalid format '${line}'. Name must not be empty and delimiter must not be empty`,
        );
      const end = lines.indexOf(delimiter, index + 1);
      if (end < 0 && unended && index + 1 < lines.length)
        throw new CommandFileError('Invalid value. EOF marker missing new line.');
      if (end < 0) throw new CommandFileError(`Invalid value. Matching delimiter not found '${delimiter}'`);
      const value = lines.slice(index + 1, end).join('\n');
      if (value.includes('\0')) throw new CommandFileError(`Invalid format '${line}'`);
      pairs[line.slice(0, heredoc)] = value;
      index = end;
    } else {
      throw new CommandFileError(`Invalid format '${line}'`);
    }
  }
  return pairs;
}

/** A file that the action has deleted says nothing. */
async function read(file: string): Promise<string> {
  return (await sizeOf(file)) > 0 ? await readFile(file, 'utf8') : '';
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  return found?.size ?? 0;
}
