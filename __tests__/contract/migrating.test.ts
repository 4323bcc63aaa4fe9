import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { inputsOfOtherActions } from '../../src/validation/other-actions-inputs.ts';
import { root } from '../world/world.ts';
import { peers } from './peers.ts';

const guide = await readFile(join(root, 'docs/migrating.md'), 'utf8');
const { inputs, outputs }: { inputs: object; outputs: object } = parse(
  await readFile(join(root, 'action.yml'), 'utf8'),
);

interface Row {
  /** The names of the other action, in the first column. */
  names: string[];
  /** What to write in their place. */
  here: string;
}

const spansOf = (text: string): string[] => Array.from(text.matchAll(/`([^`]+)`/g), ([, span = '']) => span);

/** The rows of an action's table whose first column has that title. */
function rowsOf(action: string, title: string): Row[] {
  const section = guide.split(/^## /m).find(each => each.startsWith(`${action}\n`)) ?? '';
  const table = section.split('\n\n').find(each => each.startsWith(`| ${title} `)) ?? '';
  return table
    .split('\n')
    .slice(2)
    .map(line => {
      const [, names = '', here = ''] = line.split('|');
      return { names: spansOf(names), here: here.trim() };
    });
}

for (const peer of peers) {
  const tables = [
    { title: 'Input', theirs: [...peer.inputs, ...peer.formerInputs], ours: inputs },
    { title: 'Output', theirs: peer.outputs, ours: outputs },
    { title: 'Variable', theirs: peer.variables, ours: undefined },
  ];
  for (const { title, theirs, ours } of tables) {
    const what = `${title.toLowerCase()} of ${peer.action} ${peer.version}`;
    const rows = rowsOf(peer.action, title);

    test(`the guide has one row for each ${what}, and no other`, () => {
      const named = rows.flatMap(({ names }) => names);
      assert.deepEqual(new Set(named), new Set(theirs));
      assert.equal(named.length, theirs.length, 'a name stands in two rows');
      assert.ok(
        rows.every(({ here }) => here !== ''),
        'a row says nothing',
      );
    });

    if (ours === undefined) continue;
    test(`the guide calls the same what this step has, and says where it means something else: ${what}`, () => {
      for (const { name, here } of rows.flatMap(row => row.names.map(each => ({ ...row, name: each })))) {
        if (here.startsWith('the same')) assert.ok(name in ours, `${name} is not here`);
        else if (name in ours) assert.match(here, /^another meaning/, `${name} is here`);
      }
    });
  }
}

test('the log tells each input of the five actions that this step does not have, if it is given', () => {
  const theirs = peers.flatMap(peer => peer.inputs.concat(peer.formerInputs));
  const foreign = theirs.filter(name => !(name in inputs));
  assert.deepEqual(new Set(Object.keys(inputsOfOtherActions)), new Set(foreign));
});

/** Other words of the right columns: a key of GitHub's, a driver, a tag, a branch, and values that stand beside one with its input. */
const others = new Set(['timeout-minutes', 'docker-container', 'latest', 'main', 'actions', 'off']);

test('what the guide says to write is an input or an output of this step', () => {
  const cells = Array.from(guide.matchAll(/^\|[^|]+\|(.*)\|$/gm), ([, rest = '']) => rest);
  const names = cells
    .flatMap(spansOf)
    .flatMap(span => /^([a-z]+(?:-[a-z]+)*)(?:: .+)?$/.exec(span)?.[1] ?? []);
  assert.deepEqual(
    names.filter(name => !(name in inputs) && !(name in outputs) && !others.has(name)),
    [],
  );
});
