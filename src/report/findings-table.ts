import type { Finding } from '../scan/findings.ts';
import { codeOf, escape, table } from './markdown.ts';

/** Findings as a table, those that are marked with a sign. */
export function rows(
  findings: readonly Finding[],
  mark: (finding: Finding) => boolean = () => false,
): string {
  return table(
    ['Severity', 'Finding', 'Package', 'Installed → fixed', 'Platforms'],
    findings.map(finding => [
      `${mark(finding) ? '⛔ ' : ''}${finding.severity}${finding.exploitable ? ', exploited' : ''}`,
      link(finding),
      named(finding.package),
      `${cell(finding.installed)}${sayFix(finding)}`,
      cell(finding.platforms.join(', ')),
    ]),
  );
}

function sayFix({ fixed, unfixed }: Finding): string {
  if (fixed !== undefined) return ` → **${cell(fixed)}**`;
  return unfixed ? ', no fix yet' : '';
}

/** What a list leaves out. */
export function sayMore(more: number): string {
  return more > 0 ? `\n\n… and ${more} more, all of them in the report (output \`report\`).` : '';
}

/** The name of a vulnerability, linked where it has an address. */
export function link({ id, url }: Finding): string {
  return isWebAddress(url) ? `[${cell(id)}](<${encodeURI(url)}>)` : cell(id);
}

/** Names come from scanners: a very long one would make the summary too big for GitHub. */
function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** Text of a scanner in a cell. */
export function cell(text: string): string {
  return escape(short(text));
}

/** A name of a scanner as code. */
export function named(text: string): string {
  return codeOf(short(text));
}

function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//.test(url) && url.length < 500;
}
