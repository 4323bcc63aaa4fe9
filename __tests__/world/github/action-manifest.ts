import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

/** When post runs, of the expressions that a `post-if` can be. */
const CONDITIONS = ['always()', 'success()', 'failure()', 'cancelled()', '!cancelled()'] as const;
export type Condition = (typeof CONDITIONS)[number];

export interface ActionInput {
  /** As it is spelled in action.yml. */
  name: string;
  default: string;
  deprecationMessage?: string;
}

/** What the runner reads of an `action.yml`. */
export interface ActionManifest {
  inputs: ActionInput[];
  /** Paths below the action's folder. */
  main: string;
  post?: string;
  postIf: Condition;
}

/**
 * Reads `action.yml` of the action in `folder`.
 *
 * @throws in the runner's words if it is not a Node 24 action with an entry point.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionManifestManager.cs
 */
export async function readAction(folder: string): Promise<ActionManifest> {
  const file = join(folder, 'action.yml');
  const content = await readFile(file, 'utf8');
  const manifest = interpreted.get(content) ?? interpret(content, file);
  interpreted.set(content, manifest);
  return manifest;
}

/** By the file's text: to parse it takes longer than much that the action does. */
const interpreted = new Map<string, ActionManifest>();

function interpret(content: string, file: string): ActionManifest {
  const manifest = mapping(parse(content), file);
  const runs = mapping(manifest['runs'], 'runs');
  const using = text(runs['using']);
  if (using !== 'node24') throw new Error(`'using: ${using}' is not supported, use 'node24' instead.`);
  const main = text(runs['main']);
  if (!main)
    throw new Error(
      `You are using a JavaScript Action but there is not an entry JavaScript file provided in ${file}.`,
    );
  const post = text(runs['post']);
  const postIf = text(runs['post-if']) || 'always()';
  const condition = CONDITIONS.find(known => known === postIf);
  if (!condition) throw new Error(`This runner does not evaluate 'post-if: ${postIf}'.`);
  const inputs = Object.entries(mapping(manifest['inputs'] ?? {}, 'inputs'));
  return { inputs: inputs.map(readInput), main, ...(post && { post }), postIf: condition };
}

function readInput([name, value]: [string, unknown]): ActionInput {
  const input = mapping(value ?? {}, `inputs.${name}`);
  const deprecationMessage = text(input['deprecationMessage']);
  return { name, default: text(input['default']), ...(deprecationMessage && { deprecationMessage }) };
}

function mapping(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`A mapping was expected: ${name}`);
  return Object.fromEntries(Object.entries(value));
}

/** A scalar as the environment will hold it; empty when there is none. */
function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
