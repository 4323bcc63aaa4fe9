import { codeBlock, gfm } from './markdown.ts';
import type { Markdown } from './markdown.ts';

/** A slice of a pie chart. `color` is a CSS colour. */
export interface Slice {
  name: string;
  size: number;
  color: string;
}

/** A pie chart; empty where fewer than two slices have a size. https://mermaid.js.org/syntax/pie.html */
export function pie(title: string, slices: readonly Slice[]): Markdown {
  const nonEmpty = slices.filter(({ size }) => size > 0);
  if (nonEmpty.length < 2) return gfm``;
  // Only the slices get colours, so that the rest follows GitHub's light or dark theme.
  const themeVariables = Object.fromEntries(nonEmpty.map(({ color }, index) => [`pie${index + 1}`, color]));
  return codeBlock(
    [
      `%%{init: ${JSON.stringify({ themeVariables })}}%%`,
      'pie showData',
      `  title ${label(title)}`,
      ...nonEmpty.map(({ name, size }) => `  "${label(name)}" : ${size}`),
    ].join('\n'),
    { language: 'mermaid' },
  );
}

/** A step and its time, in milliseconds. */
export interface Span {
  title: string;
  startedAt: number;
  duration: number;
}

/**
 * A Gantt chart of the steps; empty for fewer than two. Mermaid takes the times for dates, so the axis shows minutes and seconds
 * alone. https://mermaid.js.org/syntax/gantt.html
 */
export function gantt(spans: readonly Span[]): Markdown {
  if (spans.length < 2) return gfm``;
  const lines = spans.map(({ title, startedAt, duration }) => {
    const start = Math.round(startedAt);
    // Mermaid does not draw a bar without width.
    return `  ${label(title)} : ${start}, ${start + Math.max(1, Math.round(duration))}`;
  });
  return codeBlock(['gantt', '  dateFormat x', '  axisFormat %M:%S', ...lines].join('\n'), {
    language: 'mermaid',
  });
}

/** A label in which nothing is a directive, a comment or an entity of Mermaid. */
function label(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .'()/_-]/gu, ' ');
}
