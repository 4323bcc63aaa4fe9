import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  code,
  codeBlock,
  details,
  fit,
  gfm,
  joined,
  link,
  list,
  name,
  quote,
  sentence,
  table,
  text,
} from '../../src/report/markdown.ts';
import type { Markdown } from '../../src/report/markdown.ts';
import { root } from '../world/world.ts';
import { pieces } from './hostile-text.ts';
import { render } from './rendered.ts';

/** The text without what is invisible, and without spaces, which are folded. */
const lettersOf = (shown: string): string =>
  shown.replace(/[\s\uFFFD\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');

const show = (markdown: Markdown): string => fit([markdown], 1_000_000);

test('harmless text stays as it is', () => {
  for (const harmless of [
    'team/app',
    '3.0.11-1',
    'linux/amd64, linux/arm64',
    '1:1.2.13',
    'A reason: it is not used.',
    'IMMUTABLE_WITH_EXCLUSION',
  ])
    for (const shown of [text(harmless), name(harmless), sentence(harmless), gfm`${harmless}`])
      assert.equal(show(shown), harmless);
  assert.equal(show(code('@angular/core')), '`@angular/core`');
  assert.equal(show(name('@angular/core')), '`@angular/core`');
  assert.equal(show(name('20240203')), '`20240203`', 'could be a commit, and is copied as it is');
});

test('a text is shown as the characters that it has, wherever it stands', () => {
  const places: Record<string, (foreign: string) => Markdown> = {
    paragraph: foreign => gfm`${foreign}`,
    heading: foreign => gfm`### ${foreign}`,
    item: foreign => list([text(foreign)]),
    quote: foreign => quote([sentence(foreign)]),
    cell: foreign => table(['a', 'b'], [[foreign, '1']]),
    'bold cell': foreign => table(['a', 'b'], [[gfm`x **${name(foreign)}**`, '1']]),
    code: foreign => gfm`x ${code(foreign)} y`,
    'code in a cell': foreign => table(['a', 'b'], [[code(foreign), '1']]),
    'label of a link': foreign => link(name(foreign), 'https://example.com/'),
    'title to unfold': foreign => details(foreign, text('inside')),
  };
  const plain = Object.fromEntries(
    Object.entries(places).map(([place, make]) => [place, render(show(make('plain')))]),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 8 }), parts => {
      const foreign = `${parts.join('')}z`;
      for (const [place, make] of Object.entries(places)) {
        const rendered = render(show(make(foreign)));
        assert.deepEqual(rendered.elements, plain[place]?.elements, place);
        assert.deepEqual(rendered.links, plain[place]?.links, place);
        assert.deepEqual(rendered.found, [], place);
        // In a sentence and a title backticks make code, so they are not shown themselves.
        if (place !== 'quote' && place !== 'title to unfold')
          assert.ok(lettersOf(rendered.text).includes(lettersOf(foreign)), `${place}: ${rendered.text}`);
      }
    }),
    { numRuns: 300 },
  );
});

test('an entity is shown as its characters', () => {
  const { text: shown } = render(show(text('&#64;octocat &lt;img&gt;')));
  assert.equal(shown.replaceAll('\u200B', '').trim(), '&#64;octocat &lt;img&gt;');
});

test('a block of code ends where it should, whatever is in it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces, '\n', '````', '~~~'), { maxLength: 12 }), parts => {
      const { elements, found } = render(`${show(codeBlock(parts.join('')))}\n\nafter`);
      assert.deepEqual([elements, found], [{ pre: 1, p: 1 }, []]);
    }),
  );
  assert.equal(show(codeBlock('\u001B[31mred\u001B[0m\r\nnext\u2028line')), '```text\nred\nnext\nline\n```');
});

test('a link goes to the web or nowhere', () => {
  const targetOf = (url: string): string[] => render(show(link(text('x'), url))).links;
  assert.deepEqual(targetOf('https://example.com/a?b=1&c=2#d'), ['https://example.com/a?b=1&c=2#d']);
  assert.deepEqual(targetOf('https://example.com/> [y](https://evil.example)|`'), [
    'https://example.com/%3E%20%5By%5D%28https://evil.example%29%7C%60',
  ]);
  for (const url of [
    'javascript:alert(1)',
    'JAVA\nSCRIPT:alert(1)',
    'data:text/html,x',
    '//example.com',
    'https://github.com@evil.example/',
    `https://example.com/${'x'.repeat(600)}`,
    '',
  ])
    assert.deepEqual(targetOf(url), [], url);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), parts => {
      const { elements, links } = render(
        show(gfm`x ${link(text('x'), `https://example.com/${parts.join('')}`)} y`),
      );
      assert.ok(links.length <= 1 && links.every(each => each.startsWith('https://example.com')));
      assert.ok(Object.keys(elements).every(each => ['p', 'a'].includes(each)));
    }),
  );
});

test('what cannot be seen is shown as a sign', () => {
  assert.equal(show(text('a\u202Eb\u2066c\u200Bd\u0007e\uD800f\u{E0041}g\u3164h')), 'a�b�c�d�e�f�g�h');
  assert.equal(show(text('a\u2028b\r\nc\u0085d\te')), 'a b c d e');
  assert.equal(show(text('⚠️')), '⚠️');
});

test('names in backticks in a sentence become code, and backticks that somebody else has in it change nothing', () => {
  assert.equal(show(sentence('Set `mode: gate` to <x>.')), 'Set `mode: gate` to \\<x\\>.');
  const rendered = render(show(sentence('Upgrade a`![x](https://evil.example/x.png)`b ` ![y](y.png)')));
  assert.deepEqual([rendered.elements, rendered.found], [{ p: 1 }, []]);
});

test('nothing else makes Markdown', () => {
  const files = globSync('**/*.ts', { cwd: join(root, 'src') });
  const makers = files.filter(file =>
    /\bmarkdown: (?!string)|\{ markdown \}/.test(readFileSync(join(root, 'src', file), 'utf8')),
  );
  assert.deepEqual(makers, ['report/markdown.ts']);
});

test('a long text is cut', () => {
  assert.equal(show(text('x'.repeat(5_000))).length, 1_000);
  assert.ok(show(joined(Array.from({ length: 3 }, () => code('x'.repeat(5_000), 200)))).length < 700);
});
