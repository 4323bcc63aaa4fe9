import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text as readAll } from 'node:stream/consumers';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createJobLog } from '../world/github/job-log.ts';
import type { JobLog } from '../world/github/job-log.ts';

/** The pieces of a program's output, and a text that this program writes after it. */
interface Case {
  pieces: string[];
  text: string;
}

const commands = [
  'add-mask',
  'set-output name=image',
  'save-state name=folder;',
  'stop-commands',
  'add-matcher',
  'add-path',
  'set-env name=PATH',
  'warning',
  'error file=a,line=1',
  'echo',
  'SAVE-STATE name=builder',
];

const whole = fc.oneof(
  fc.constantFrom(...commands).map(command => `::${command}::`),
  fc.constantFrom(...commands).map(command => `##[${command}]`),
);
const separators = [
  '\n',
  '\r',
  '\r\n',
  ' ',
  '\t',
  '\v',
  '\f',
  '\0',
  '\u0085',
  '\u00a0',
  '\u1680',
  '\u2003',
  '\u3000',
];
const unseen = ['\u200b', '\u00ad', '\u2060', '\ufeff', '\u202e', '\u001b', '\u2028', '\u2029'];
const part = fc.oneof(
  { weight: 4, arbitrary: whole },
  {
    weight: 4,
    arbitrary: fc.constantFrom('::', ':', '#', '##', '##[', '[', ']', '│ ', '%0A', 'x', 'text', ...commands),
  },
  { weight: 3, arbitrary: fc.constantFrom(...separators) },
  { weight: 1, arbitrary: fc.constantFrom(...unseen) },
);
const output = fc.array(part, { minLength: 1, maxLength: 12 }).map(parts => parts.join(''));
const cases: fc.Arbitrary<Case> = fc.record({
  pieces: fc
    .tuple(output, fc.array(fc.nat({ max: 60 }), { maxLength: 6 }))
    .map(([all, cuts]) => cutAt(all, cuts)),
  text: output,
});

function cutAt(text: string, cuts: readonly number[]): string[] {
  const ends = [...new Set([...cuts.filter(cut => cut < text.length), text.length])].toSorted(
    (a, b) => a - b,
  );
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

/** What the runner makes of what the processes of a step wrote. It keeps the masks and hides nothing. */
function receive(written: string): { log: JobLog; masked: string[] } {
  const masked: string[] = [];
  const masks = { values: masked, add: (value: string) => void masked.push(value), hide: String };
  const log = createJobLog({ masks, workspace: '/nowhere' });
  for (const line of written.split(/\r\n|\r|\n/)) log.receive(line);
  return { log, masked };
}

async function write(all: Case[]): Promise<string> {
  const child = spawn(process.execPath, [new URL('log-writer-cases.ts', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(all));
  return readAll(child.stdout);
}

const isStop = (line: string): boolean =>
  /^::(?:stop-commands::ecr-image-[\da-f-]+|ecr-image-[\da-f-]+::)$/.test(line);

test('the runner obeys nothing of 10,000 random outputs and texts, in whatever pieces they come, and all masks after them', async () => {
  const all = fc.sample(cases, { seed: 13, numRuns: 10_000 });
  const written = await write(all);
  const passwords = all.map((_, index) => `password-${index}-`);

  const stopped = receive(written);
  // Nothing is obeyed even where no command stops the others.
  const unstopped = receive(
    written
      .split('\n')
      .filter(line => !isStop(line))
      .join('\n'),
  );
  for (const { log, masked } of [stopped, unstopped]) {
    const ours = masked.filter(value => !value.startsWith('ecr-image-'));
    assert.deepEqual(ours, passwords);
    assert.deepEqual(log.told, { outputs: {}, state: {} });
    assert.deepEqual(log.annotations, []);
    assert.equal(log.failed, false);
  }
});

test('the older syntax and the newer one look nearly as they were written', async () => {
  const written = await write([
    {
      pieces: ['#7 ##', '[add-mask]x\n  ::err', 'or::two\r', '50 %\r', '\n', 'std::vector ## [done]\nlast'],
      text: "label '##[set-output name=image;]x'\n::debug::y",
    },
    { pieces: ['plain\n'], text: 'own' },
  ]);
  const lines = written.split('\n').map(line => line.replaceAll(/ecr-image-[\da-f-]{36}/g, 'TOKEN'));
  assert.deepEqual(lines, [
    '::add-mask::TOKEN',
    '::stop-commands::TOKEN',
    '#7 ## [add-mask]x',
    '::TOKEN::',
    '::stop-commands::TOKEN',
    '│   ::error::two',
    '::TOKEN::',
    '│ 50 %',
    'std::vector ## [done]',
    'last',
    '::add-mask::password-0-',
    '::stop-commands::TOKEN',
    "label '## [set-output name=image;]x'",
    '│ ::debug::y',
    '::TOKEN::',
    'plain',
    '::add-mask::password-1-',
    'own',
    '',
  ]);
});

test('a line without an end is written in parts, and none of them is obeyed', async () => {
  const long = 'x'.repeat(70_000);
  const written = await write([{ pieces: [long, '::add-mask::one', '##', '[add-mask]two'], text: '' }]);
  const { masked } = receive(written);
  assert.deepEqual(masked.slice(-1), ['password-0-']);
  assert.equal(masked.length, 3);
});
