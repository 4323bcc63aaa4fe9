import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** What a text of the rendered Markdown has that reaches further than its place. */
export interface Rendered {
  /** How often each element is there; those that only show text as code or break it are left out. */
  elements: Record<string, number>;
  /** The targets of links. */
  links: string[];
  /** Mentions, references, emoji, addresses and formulas that GitHub finds in the rendered text. */
  found: string[];
  /** The text without elements. */
  text: string;
}

const plainElements = new Set(['code', 'span', 'wbr']);

/**
 * Patterns that GitHub looks for in the text between elements, outside code and links, after it has rendered the Markdown.
 * https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
const found = [
  /(?<![\w])@[\w-]+(?:\/[\w-]+)?/g,
  /[\w.+-]+@[\w-]+\.\w+/g,
  /#\d+/g,
  /\bgh-\d+/gi,
  /\b[0-9a-f]{7,40}\b/gi,
  /:[\w+-]+:/g,
  /\w+:\/\/\S+/g,
  /\bwww\.\S+/gi,
  /\$\S.*?\$/g,
];

/** Renders as GitHub does, but without its removal of dangerous HTML, so that such HTML would be seen. */
export function render(markdown: string): Rendered {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  const elements: Record<string, number> = {};
  const links: string[] = [];
  let inside = 0;
  const texts: string[] = [];
  const hits: string[] = [];
  for (const part of html.split(/(<!--[^]*?-->|<[!?/a-z](?:"[^"]*"|'[^']*'|[^"'>])*>)/i)) {
    const [, end, name] = /^<(\/?)([a-z0-9]+|!--|[!?])/i.exec(part) ?? [];
    if (name === undefined) {
      const text = decode(part);
      texts.push(text);
      if (inside === 0) for (const pattern of found) hits.push(...(text.match(pattern) ?? []));
      continue;
    }
    const element = name.toLowerCase();
    if (['a', 'code', 'pre'].includes(element)) inside += end === '' ? 1 : -1;
    if (end !== '' || plainElements.has(element)) continue;
    elements[element] = (elements[element] ?? 0) + 1;
    const [, target] = /\s(?:href|src)="([^"]*)"/.exec(part) ?? [];
    if (target !== undefined) links.push(decode(target));
  }
  return { elements, links, found: hits, text: texts.join('') };
}

function decode(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#8203;', '\u200B')
    .replaceAll('&amp;', '&');
}
