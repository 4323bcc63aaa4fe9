import type { Finding } from '../scan/findings.ts';
import { code, joined, link, gfm, name, table } from './markdown.ts';
import type { Markdown } from './markdown.ts';

/** Characters of a scanner's name; very long ones would make the summary too big for GitHub. */
const MAX_NAME_LENGTH = 200;

/** A Markdown table of findings. Findings for which `mark` is true have a sign. */
export function findingsTable(
  findings: readonly Finding[],
  mark: (finding: Finding) => boolean = () => false,
): Markdown {
  return table(
    ['Severity', 'Finding', 'Package', 'Installed → fixed', 'Platforms'],
    findings.map(finding => [
      `${mark(finding) ? '⛔ ' : ''}${finding.severity}${finding.exploitable ? ', exploited' : ''}`,
      findingLink(finding),
      packageName(finding.package),
      gfm`${scannerName(finding.installed)}${sayFix(finding)}`,
      joined(finding.platforms.map(platform => scannerName(platform))),
    ]),
  );
}

function sayFix({ fixed, unfixed }: Finding): Markdown {
  if (fixed !== undefined) return gfm` → **${scannerName(fixed)}**`;
  return unfixed ? gfm`, no fix yet` : gfm``;
}

/** The note on how many findings a list leaves out; empty where it leaves out none. */
export function sayMore(more: number): Markdown {
  return more > 0 ? gfm`\n\n… and ${more} more, all of them in the report (output \`report\`).` : gfm``;
}

/** The name of a vulnerability, as a link where the finding has a URL. */
export function findingLink({ id, url }: Finding): Markdown {
  return link(scannerName(id), url);
}

/** A version, an identifier or another name that a scanner or an exception tells. */
export function scannerName(foreign: string): Markdown {
  return name(foreign, MAX_NAME_LENGTH);
}

/** The name of a package, always as code. */
export function packageName(foreign: string): Markdown {
  return code(foreign, MAX_NAME_LENGTH);
}
