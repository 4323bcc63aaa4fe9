import type { Finding } from '../scan/findings.ts';
import { escapedCode, escape, table } from './markdown.ts';

/** A Markdown table of findings. Findings for which `mark` is true have a sign. */
export function findingsTable(
  findings: readonly Finding[],
  mark: (finding: Finding) => boolean = () => false,
): string {
  return table(
    ['Severity', 'Finding', 'Package', 'Installed → fixed', 'Platforms'],
    findings.map(finding => [
      `${mark(finding) ? '⛔ ' : ''}${finding.severity}${finding.exploitable ? ', exploited' : ''}`,
      findingLink(finding),
      codeCell(finding.package),
      `${textCell(finding.installed)}${sayFix(finding)}`,
      textCell(finding.platforms.join(', ')),
    ]),
  );
}

function sayFix({ fixed, unfixed }: Finding): string {
  if (fixed !== undefined) return ` → **${textCell(fixed)}**`;
  return unfixed ? ', no fix yet' : '';
}

/** The note on how many findings a list leaves out; empty where it leaves out none. */
export function sayMore(more: number): string {
  return more > 0 ? `\n\n… and ${more} more, all of them in the report (output \`report\`).` : '';
}

/** The name of a vulnerability, as a link where the finding has a URL. */
export function findingLink({ id, url }: Finding): string {
  return isWebAddress(url) ? `[${textCell(id)}](<${encodeURI(url)}>)` : textCell(id);
}

/** Limits a scanner's text to 200 characters, because a very long one would make the summary too big for GitHub. */
function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** A scanner's text, escaped and shortened for a cell. */
export function textCell(text: string): string {
  return escape(shorten(text));
}

/** A scanner's name as code, shortened for a cell. */
export function codeCell(text: string): string {
  return escapedCode(shorten(text));
}

function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//.test(url) && url.length < 500;
}
