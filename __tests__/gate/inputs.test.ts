import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGate } from '../../src/gate/inputs.ts';
import type { GateInputs } from '../../src/gate/plan.ts';
import { pathBelow } from '../../src/platform/workspace.ts';
import { gateInputReader } from '../../src/validation/mode.ts';
import { readerOf } from '../../src/validation/reader.ts';

async function read(
  given: Record<string, string>,
  files: Record<string, string> = {},
  { base }: { base?: Record<string, string> } = {},
) {
  const filesOf = (all: Record<string, string>) => ({
    textOf: (path: string) => all[path],
    matching: (pattern: string) => Object.keys(all).filter(path => path === pattern),
  });
  const reader = readerOf(input => given[input] ?? '');
  const gate: GateInputs = await readGate(reader, {
    mode: 'all',
    workspace: filesOf(files),
    pathInCommit: path => pathBelow('/srv/space', path),
    openBase: base && (async () => ({ sha: 'b'.repeat(40), files: filesOf(base) })),
  });
  return { gate, message: reader.close()?.message ?? '' };
}

test('without inputs the gate blocks what is critical, and no file is needed', async () => {
  const { gate, message } = await read({});
  assert.equal(message, '');
  assert.equal(gate.failOn, 'critical');
  assert.deepEqual(gate.max, {});
  assert.deepEqual(gate.exceptions, { ignore: [], vex: [] });
});

test('a limit of 0 is a limit', async () => {
  const { gate } = await read({ 'max-high': '0', 'max-undefined': '7' });
  assert.deepEqual(gate.max, { high: 0, undefined: 7 });
});

test('an ignore file that is named has to be there', async () => {
  const { message } = await read({ 'ignore-file': 'other.yml' });
  assert.match(message, /ignore-file: 'other\.yml' is no file\. Give its path in the workspace/);
});

test('a file of the base commit is known by its absolute path too, and one that no commit has is refused', async () => {
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const base = { 'sub/ignore.yml': `ignore:\n  - {id: CVE-1, reason: seen, until: ${until}}\n` };
  const from = { 'exceptions-from': 'base' };
  for (const path of ['sub/ignore.yml', './sub/ignore.yml', '/srv/space/sub/ignore.yml']) {
    const { gate, message } = await read({ ...from, 'ignore-file': path }, {}, { base });
    assert.equal(message, '');
    assert.deepEqual(
      gate.exceptions.ignore.map(({ source }) => source),
      ['sub/ignore.yml:2'],
      path,
    );
    assert.deepEqual(gate.exceptions.base?.missing, []);
  }
  for (const [input, path] of [
    ['ignore-file', '/tmp/ignore.yml'],
    ['ignore-file', '../ignore.yml'],
    ['vex', '/srv/spaces/*.json'],
  ] as const) {
    const { message } = await read({ ...from, [input]: path }, {}, { base });
    const problem = 'is outside of the workspace, and `exceptions-from: base` reads the files of a commit';
    assert.ok(message.includes(`${input}: '${path}' ${problem}. Give the path from the root`), message);
  }
});

test('a pattern whose braces stand for too many is refused before it is looked for', async () => {
  for (const vex of ['{1..100000}', '{a,b}'.repeat(16)])
    assert.match((await read({ vex })).message, /vex: .* has braces that stand for more patterns/);
  assert.doesNotMatch((await read({ vex: 'vex/{a,b}-{1..9}.json' })).message, /braces/);
});

const rulesOfGate: Record<string, string> = {
  'wait-for-scan': 'false',
  'fail-on': 'high',
  'max-high': '0',
  'ignore-unfixed': 'true',
  'fail-on-exploitable': 'true',
  'ignore-file': 'other.yml',
  'ignore-max-days': '30',
  'exceptions-from': 'base',
  vex: 'vex.json',
  baseline: 'latest',
  gate: 'new',
  comment: 'true',
  'scan-timeout': '1m',
  'on-scan-timeout': 'warn',
  'on-unscannable': 'warn',
};

test('each rule of a scan that is not awaited is refused, unless it is as it is by default', async () => {
  const { 'wait-for-scan': off = '', comment: _, ...rules } = rulesOfGate;
  const byDefault = { 'fail-on': 'critical', 'scan-timeout': '10m', 'ignore-file': '.ecr-scan-ignore.yml' };
  assert.equal((await read({ ...byDefault, 'wait-for-scan': off })).message, '');
  for (const [input, value] of Object.entries(rules)) {
    const { message } = await read({ 'wait-for-scan': off, [input]: value });
    const fault = `${input}: '${value}' is about a scan that is not awaited. Leave it out, or take`;
    assert.ok(message.includes(fault), message);
  }
  assert.match((await read({ ...rules, 'wait-for-scan': off })).message, /^13 inputs need a change:/);
});

test('a gate for new findings needs something to compare with', async () => {
  const { message } = await read({ gate: 'new' });
  assert.match(message, /gate: 'new' has nothing to compare with\. Name a `baseline`/);
  assert.equal((await read({ gate: 'new', baseline: 'latest' })).message, '');
});

test('a comment needs a token, which GitHub gives by default', async () => {
  assert.match((await read({ comment: 'true' })).message, /comment: 'true' needs a token of GitHub/);
  assert.equal((await read({ comment: 'true', 'github-token': 'ghs_1' })).gate.comment, 'ghs_1');
  assert.equal((await read({ 'github-token': 'ghs_1' })).gate.comment, undefined);
});

test('a part of an image is not judged, so each rule of the gate is sent to the run that joins it', async () => {
  const faultsOf = async (given: Record<string, string>) => {
    const reader = readerOf(input => given[input] ?? '');
    const files = {
      workspace: { textOf: () => undefined, matching: () => [] },
      pathInCommit: () => undefined,
    };
    const gate = await readGate(gateInputReader('build', reader), { mode: 'build', ...files });
    return { gate, message: reader.close()?.message ?? '' };
  };
  const byDefault = { 'fail-on': 'critical', 'wait-for-scan': 'true', 'github-token': 'ghs_1' };
  const { gate, message } = await faultsOf(byDefault);
  assert.deepEqual([message, gate.comment], ['', undefined]);
  for (const [input, value] of Object.entries(rulesOfGate)) {
    const fault = `${input}: '${value}' has no place in \`mode: build\`, which judges nothing. Give it to the step of \`mode: merge\``;
    assert.ok((await faultsOf({ [input]: value })).message.includes(fault), input);
  }
  assert.match((await faultsOf(rulesOfGate)).message, /^15 inputs need a change/);
});
