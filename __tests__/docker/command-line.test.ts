import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { sayCommand } from '../../src/docker/command-line.ts';

const argv = [
  'build',
  '--build-arg',
  'A=1',
  'B=two words',
  "C=it's",
  'D=line\n::error::x',
  'E=$HOME `id` \\',
  '',
];

test('a command can be pasted into a shell and means the same there', () => {
  const said = execFileSync('bash', ['-c', `printf '%s\\0' ${sayCommand(argv)}`], { encoding: 'utf8' });
  assert.deepEqual(said.split('\0').slice(0, -1), argv);
});

test('no argument begins a line of its own, where the runner would obey it', () => {
  assert.ok(!sayCommand(argv).includes('\n'));
});
