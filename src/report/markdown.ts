import { stripVTControlCharacters } from 'node:util';
import { replaceMasked } from '../platform/masked-values.ts';

/**
 * Markdown as GitHub renders it. Only the functions of this file make it, and they escape all text that they are given, so what
 * others wrote (a package's name, a Dockerfile, an answer of AWS) cannot become a heading, an image, a link, a mention or a row.
 */
export interface Markdown {
  readonly markdown: string;
}

/** Characters of one text; a longer one is cut, as GitHub drops a summary that is too big. */
const MAX_TEXT_LENGTH = 1_000;

/** Characters of a code block. */
const MAX_BLOCK_LENGTH = 100_000;

/** Characters of the URL of a link. */
const MAX_URL_LENGTH = 500;

/**
 * A zero-width space, which keeps GitHub from seeing a mention, a reference or a URL. It looks for them in the rendered text,
 * where a backslash is gone already: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
const BREAK = '&#8203;';

/** Ends a text for GitHub, as the zero-width space does, and is not copied with the text. */
const SPLIT = '<wbr>';

/** Markdown of a template: strings are escaped as by {@link text}, Markdown is left as it is. */
export function gfm(parts: TemplateStringsArray, ...values: (string | number | Markdown)[]): Markdown {
  return made(
    parts
      .map((part, index) => part + (index < values.length ? markdownOf(values[index] ?? '') : ''))
      .join(''),
  );
}

/** Text in which nothing is Markdown, in one line. It is safe in a paragraph, heading, item, cell or link. */
export function text(foreign: string, maxLength?: number): Markdown {
  return made(escaped(oneLine(foreign, maxLength)));
}

/** A name as code, in one line. */
export function code(foreign: string, maxLength?: number): Markdown {
  const line = oneLine(foreign, maxLength).trim();
  // Backticks keep everything but the end of a cell, and of a link's label that begins a paragraph.
  return made(line === '' || /[`|[\]]/.test(line) ? `<code>${escaped(line)}</code>` : `\`${line}\``);
}

/** A version, platform or other name: as it is where nothing in it has to be escaped, and as code otherwise. */
export function name(foreign: string, maxLength?: number): Markdown {
  const line = oneLine(foreign, maxLength).trim();
  return escaped(line) === line ? made(line) : code(foreign, maxLength);
}

/** Sentences in which names stand in backticks, in one line. The names become code, and all else is escaped. */
export function sentence(sentences: string): Markdown {
  const parts = oneLine(sentences, MAX_TEXT_LENGTH * 4).split(/`([^`]*)`/);
  return joined(
    parts.map((part, index) => (index % 2 === 1 ? code(part) : made(escaped(part)))),
    '',
  );
}

/** A link, or the label alone where the address is not one of the web. */
export function link(label: Markdown, url: string | undefined): Markdown {
  const address = webAddress(url);
  return address === undefined ? label : made(`[${label.markdown}](<${address}>)`);
}

/** A fenced code block, which GitHub shows with a copy button. Text of a program may have colours; they are left out. */
export function codeBlock(
  foreign: string,
  { language = 'text', maxLength = MAX_BLOCK_LENGTH } = {},
): Markdown {
  const block = visibleLines(cut(replaceMasked(stripVTControlCharacters(foreign)), maxLength));
  const marks = '`'.repeat(Math.max(3, ...Array.from(block.matchAll(/`+/g), ([run]) => run.length + 1)));
  return made(`${marks}${language}\n${block}\n${marks}`);
}

/**
 * A message of SARIF. It is text, in which GitHub makes links of `[text](address)` all the same; with `lines` it keeps its lines.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html#_Toc141790717
 */
export function sarifMessage(foreign: string, maxLength: number, { lines = false } = {}): string {
  // It is about packages and never quotes a build, so no secret is looked for in what may be 25,000 messages.
  const shown = lines ? visibleLines(foreign) : visible(withoutBreaks(foreign));
  return cut(shown.replace(/\](?=\()/g, '] '), maxLength);
}

/** A table; strings are escaped. */
export function table(
  head: readonly (string | Markdown)[],
  rows: readonly (readonly (string | Markdown)[])[],
): Markdown {
  const lines = [head, head.map(() => made('---')), ...rows];
  return made(lines.map(cells => `| ${cells.map(markdownOf).join(' | ')} |`).join('\n'));
}

/** An unordered list. */
export function list(items: readonly Markdown[]): Markdown {
  return made(items.map(item => `- ${item.markdown}`).join('\n'));
}

/** Paragraphs as a block quote. */
export function quote(paragraphs: readonly Markdown[]): Markdown {
  return made(paragraphs.map(({ markdown }) => `> ${markdown}`).join('\n>\n'));
}

/** Content that is folded until the reader clicks on its title. What stands in backticks in the title becomes code. */
export function details(title: string, content: Markdown): Markdown {
  // GitHub reads no Markdown in the line of an HTML tag, so the title is HTML.
  const html = oneLine(title)
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? `<code>${escapedHtml(part)}</code>` : escapedHtml(part)))
    .join('');
  return made(`<details><summary>${html}</summary>\n\n${content.markdown}\n\n</details>`);
}

/** Markdown with a separator between its parts. */
export function joined(parts: readonly Markdown[], separator = ', '): Markdown {
  return made(parts.map(({ markdown }) => markdown).join(separator));
}

/** Joins parts to a text of at most `limit` bytes. Parts that do not fit are left out, and a note has their number. */
export function fit(parts: readonly Markdown[], limit: number): string {
  const note = (left: number): string =>
    `… ${left} ${left === 1 ? 'part' : 'parts'} left out: GitHub takes ${limit} bytes.`;
  const given = parts.map(({ markdown }) => markdown).filter(part => part !== '');
  let room = limit - Buffer.byteLength(note(given.length)) - 2;
  const fitting = given.filter(part => {
    const size = Buffer.byteLength(part) + 2;
    if (size <= room) room -= size;
    else return false;
    return true;
  });
  const left = given.length - fitting.length;
  return [...fitting, ...(left > 0 ? [note(left)] : [])].join('\n\n');
}

type Escape = [pattern: RegExp, escape: (match: string) => string];

/** What is Markdown in a line of text. */
const markdownSyntax: Escape[] = [
  [/[\\`*[\]<>|~]/, match => `\\${match}`],
  // Between letters it is none.
  [/(?<![a-z0-9])_|_(?![a-z0-9])/, () => '\\_'],
  // An entity such as `&#64;`.
  [/&(?=[#\w])/, () => '&amp;'],
  // An image, if a link follows.
  [/!(?=\[|$)/, () => '\\!'],
  // A heading, an item of a list, or the line below a heading.
  [/(?<=^ ?)[-+=#](?!\w)/, match => `\\${match}`],
  [/(?<=^ ?)\d{1,9}[.)](?=\s|$)/, match => `${match.slice(0, -1)}\\${match.slice(-1)}`],
];

/** What GitHub looks for in rendered text. */
const referenceSyntax: Escape[] = [
  // `@user`, `@owner/team` and e-mail addresses.
  [/@(?=\S)/, () => `@${BREAK}`],
  // `#1` and `owner/name#1`.
  [/#(?=\w)/, () => `#${BREAK}`],
  [/(?<![a-z0-9])gh-(?=\d)/, match => match + BREAK],
  // A URL.
  [/:(?=\/\/)/, () => `:${BREAK}`],
  [/www(?=\.)/, match => match + BREAK],
  // An emoji such as `:octocat:`, which is an image. Its second colon may be that of the text around it.
  [/:(?=[\w+-]+(?::|$))/, () => `:${BREAK}`],
  // A formula. https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
  [/\$/, () => '<span>$</span>'],
  // A commit.
  [/(?<![a-z0-9])[0-9a-f]{7,40}(?![a-z0-9])/, match => match.replace(/.{6}(?=.)/g, `$&${SPLIT}`)],
];

const escaped = escaping([...markdownSyntax, ...referenceSyntax]);

const withoutReferences = escaping(referenceSyntax);

/** A function that replaces every match of the patterns by its escape, without looking into the escape itself again. */
function escaping(syntax: readonly Escape[]): (line: string) => string {
  const pattern = new RegExp(syntax.map(([{ source }]) => `(${source})`).join('|'), 'gi');
  return line =>
    line.replace(pattern, (match: string, ...groups: unknown[]) => {
      const index = groups.findIndex(group => group !== undefined);
      return syntax[index]?.[1](match) ?? '';
    });
}

function escapedHtml(line: string): string {
  return withoutReferences(line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
}

/** The address as it may stand between `<` and `>`; `undefined` where it is not one of the web, or too long. */
function webAddress(url: string | undefined): string | undefined {
  if (url === undefined || url.length >= MAX_URL_LENGTH) return undefined;
  const parsed = URL.parse(replaceMasked(url));
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return undefined;
  // A user's name in front of the host is for deception only. An IPv6 address would need brackets.
  if (parsed.username !== '' || parsed.password !== '' || parsed.hostname.startsWith('[')) return undefined;
  return parsed.href
    .replace(/[^\w\-.~:/?#@!&*+,;=%]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('&', '&amp;');
}

/** The text in one line, without secrets and without what cannot be seen. */
function oneLine(foreign: string, maxLength = MAX_TEXT_LENGTH): string {
  return cut(visible(withoutBreaks(replaceMasked(foreign))), maxLength);
}

function withoutBreaks(foreign: string): string {
  return foreign.replace(/[\s\u0085]+/g, ' ');
}

/** The text in its lines, without what cannot be seen. */
function visibleLines(foreign: string): string {
  return foreign
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map(line => line.split('\t').map(visible).join('\t'))
    .join('\n');
}

/**
 * Shows a sign for each character that is not visible itself: control characters, those that change the direction of the text
 * around them (https://trojansource.codes), zero-width and other ignorable ones. Variation selectors belong to emoji.
 */
function visible(line: string): string {
  return line
    .toWellFormed()
    .replace(/(?!\p{Variation_Selector})[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '\u{FFFD}');
}

function cut(long: string, maxLength: number): string {
  return long.length > maxLength ? `${long.slice(0, maxLength - 1).toWellFormed()}…` : long;
}

function made(markdown: string): Markdown {
  return { markdown };
}

function markdownOf(value: string | number | Markdown): string {
  if (typeof value === 'object') return value.markdown;
  return typeof value === 'number' ? String(value) : text(value).markdown;
}
