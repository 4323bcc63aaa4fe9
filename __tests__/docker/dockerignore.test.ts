import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ignoreMatcher } from '../../src/docker/dockerignore.ts';

test('only what the build leaves out is ignored: case counts, and names are no regular expressions', async () => {
  const { ignores } = await ignoreMatcher(
    ['docs', '*.md', 'a|b', 'c++', 'a(1).txt', 'f{2}', '\\+x', 'x[+]', '**/x|y', '!docs/keep(1)'].join('\n'),
  );
  const seen = ['Docs/evil', 'a.MD', 'another', 'xb', 'ff', 'c', 'a1.txt', 'deep/x', 'docs/keep(1)'];
  for (const path of seen) assert.equal(ignores(path), false, path);
  const ignored = [
    'docs/a',
    'a.md',
    'a|b',
    'a|b/c',
    'c++',
    'c++/a',
    'a(1).txt',
    'f{2}',
    '+x',
    'x+',
    'deep/x|y',
  ];
  for (const path of ignored) assert.equal(ignores(path), true, path);
});

test('a pattern that cannot be read is an error that says so', async () => {
  for (const pattern of ['[', 'a[b-', '[b-a]', '**['])
    await assert.rejects(ignoreMatcher(`docs\n${pattern}\n`), {
      message: 'The .dockerignore file has a pattern that BuildKit would not take either.',
    });
});
