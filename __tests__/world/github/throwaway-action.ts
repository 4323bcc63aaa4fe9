import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAction } from './runner.ts';
import type { Run, RunOptions } from './runner.ts';
import { startGitHub } from './server.ts';

export interface ThrowawayAction extends AsyncDisposable {
  /** The folder of its `action.yml`. */
  readonly action: string;
  readonly workspace: string;
}

export interface ThrowawayOptions {
  /** Sources of the modules. */
  main: string;
  post?: string;
  /** Lines of action.yml besides `runs`, such as its inputs. */
  manifest?: string;
  /** Lines of `runs` besides `using`, `main` and `post`. */
  runs?: string;
  using?: string;
}

/** What every one of these actions can call. */
const PRELUDE = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
const env = process.env;
const tell = (file, text) => appendFileSync(env[file], text);
const say = text => process.stdout.write(text + '\\n');
`;

/** Writes a small action and an empty workspace into a temporary folder. */
export async function throwawayAction(options: ThrowawayOptions): Promise<ThrowawayAction> {
  const { main, post, manifest = '', runs = '', using = 'node24' } = options;
  const folder = await mkdtemp(join(tmpdir(), 'throwaway-action-'));
  const workspace = join(folder, 'workspace');
  await mkdir(workspace);
  const lines = [
    'name: throw-away',
    manifest,
    'runs:',
    `  using: ${using}`,
    '  main: main.mjs',
    ...(post === undefined ? [] : ['  post: post.mjs']),
    ...(runs ? [`  ${runs}`] : []),
  ];
  await writeFile(join(folder, 'action.yml'), lines.join('\n'));
  await writeFile(join(folder, 'main.mjs'), PRELUDE + main);
  if (post !== undefined) await writeFile(join(folder, 'post.mjs'), PRELUDE + post);
  return {
    action: folder,
    workspace,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Runs such an action once, in a GitHub of its own. */
export async function runThrowaway(
  source: ThrowawayOptions,
  options: Partial<RunOptions> = {},
): Promise<Run> {
  await using github = await startGitHub();
  await using written = await throwawayAction(source);
  return await runAction(github, { action: written.action, workspace: written.workspace, ...options });
}
