import { fence } from './markdown.ts';

/** A part of a whole; the colour as CSS has it. */
export interface Slice {
  name: string;
  size: number;
  color: string;
}

/** A pie, where there is more than one slice. https://mermaid.js.org/syntax/pie.html */
export function pie(title: string, slices: readonly Slice[]): string {
  const some = slices.filter(({ size }) => size > 0);
  if (some.length < 2) return '';
  // Only the slices have colours of their own: the rest is GitHub's, light or dark.
  const themeVariables = Object.fromEntries(some.map(({ color }, index) => [`pie${index + 1}`, color]));
  return fence(
    [
      `%%{init: ${JSON.stringify({ themeVariables })}}%%`,
      'pie showData',
      `  title ${title}`,
      ...some.map(({ name, size }) => `  "${name}" : ${size}`),
    ].join('\n'),
    'mermaid',
  );
}

/** Something that takes time; milliseconds. */
export interface Span {
  title: string;
  startedAt: number;
  duration: number;
}

/** What ran when. Mermaid takes the times for those of a clock, so it shows minutes and seconds alone. https://mermaid.js.org/syntax/gantt.html */
export function gantt(spans: readonly Span[]): string {
  if (spans.length < 2) return '';
  const lines = spans.map(({ title, startedAt, duration }) => {
    const start = Math.round(startedAt);
    // A bar of no width is not drawn.
    return `  ${title.replaceAll(/[:;#,]/g, ' ')} : ${start}, ${start + Math.max(1, Math.round(duration))}`;
  });
  return fence(['gantt', '  dateFormat x', '  axisFormat %M:%S', ...lines].join('\n'), 'mermaid');
}
