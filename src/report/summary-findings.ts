import { sayComparison } from '../gate/baseline-diff.ts';
import type { BaselineDiff } from '../gate/baseline-diff.ts';
import type { Ignored } from '../gate/exceptions.ts';
import { sayWithoutFix, upgradesFor } from '../gate/upgrades.ts';
import type { Judgement } from '../gate/verdict.ts';
import { countFindings } from '../scan/findings.ts';
import type { Finding } from '../scan/findings.ts';
import type { ScanReport } from '../scan/report.ts';
import { severities, total } from '../scan/severity.ts';
import type { Counts, Severity } from '../scan/severity.ts';
import { findingLink, findingsTable, packageName, sayMore, scannerName } from './findings-table.ts';
import { code, details, list, gfm, quote, sentence, table, text } from './markdown.ts';
import type { Markdown } from './markdown.ts';
import { pie } from './mermaid.ts';

/** How many findings are shown, and how many more are in the folded part. */
const [SHOWN_FINDINGS, FOLDED_FINDINGS] = [10, 200];

/** Characters of a reason in the table of exceptions. */
const MAX_REASON_LENGTH = 200;

const colors: Record<Severity, string> = {
  critical: '#b3261e',
  high: '#e8710a',
  medium: '#f2c037',
  low: '#5b9bd5',
  informational: '#9aa7b2',
  undefined: '#c9ced3',
};

/** The parts of the summary about findings; blocking findings come first. */
export function findingsPart(report: ScanReport | undefined, judgement: Judgement | undefined): Markdown[] {
  if (report?.kind !== 'scanned') return [];
  const { counts, findings, status } = report;
  const rest = judgement ? [...ignoredPart(judgement), ...notesPart(judgement.notes)] : [];
  const compared = comparisonPart(judgement?.comparison);
  if (total(counts) === 0) return [gfm`#### Findings`, gfm`None (${code(status)}).`, ...compared, ...rest];
  const blocking = new Set(judgement?.blocking.map(findingKey));
  const worstFirst = [
    ...findings.filter(each => blocking.has(findingKey(each))),
    ...findings.filter(each => !blocking.has(findingKey(each))),
  ];
  return [
    gfm`#### Findings`,
    countsTable(counts, judgement),
    pie(
      'Findings',
      severities.map(name => ({ name, size: counts[name], color: colors[name] })),
    ),
    ...findingsList(worstFirst, { mark: each => blocking.has(findingKey(each)) }),
    ...compared,
    ...rest,
  ];
}

function countsTable(counts: Counts, judgement: Judgement | undefined): Markdown {
  const row = (title: string, each: Counts): string[] => [
    title,
    ...severities.map(severity => String(each[severity])),
    String(total(each)),
  ];
  const ignored = judgement?.ignored.map(({ finding }) => finding) ?? [];
  const { comparison } = judgement ?? {};
  return table(
    ['', ...severities, 'total'],
    [
      row('Found', counts),
      ...(ignored.length > 0 ? [row('Ignored', countFindings(ignored))] : []),
      ...(comparison ? [row('New', countFindings(comparison.added))] : []),
      ...(judgement ? [row('Judged', judgement.counted)] : []),
    ],
  );
}

function ignoredPart({ ignored, exceptionsOrigin: origin }: Judgement): Markdown[] {
  const originPart = origin === undefined ? [] : [sentence(`Exceptions are those of ${origin}.`)];
  if (ignored.length === 0) return originPart;
  const shown = ignored.slice(0, FOLDED_FINDINGS);
  return [
    gfm`#### Ignored`,
    gfm`${table(
      ['Finding', 'Package', 'Why', 'By', 'Until'],
      shown.map(({ finding, reason, by, source, until }) => [
        findingLink(finding),
        gfm`${packageName(finding.package)} ${scannerName(finding.installed)}`,
        text(reason, MAX_REASON_LENGTH),
        scannerName(source ?? by),
        sayEnd(by, until),
      ]),
    )}${sayMore(ignored.length - shown.length)}`,
    ...originPart,
  ];
}

/** Neither an entry with `until-fixed` nor a VEX statement has a date. */
function sayEnd(by: Ignored['by'], until: string | undefined): string {
  if (until === 'fixed') return 'there is a fix, without a date';
  return until ?? (by === 'vex' ? 'no end' : '');
}

function notesPart(notes: readonly string[]): Markdown[] {
  return notes.length === 0 ? [] : [quote(notes.map(note => gfm`⚠️ ${sentence(note)}`))];
}

/** The first findings, more of them folded, and a note on how many are left out. */
function findingsList(
  findings: readonly Finding[],
  { mark }: { mark: (finding: Finding) => boolean },
): Markdown[] {
  const more = findings.slice(SHOWN_FINDINGS, SHOWN_FINDINGS + FOLDED_FINDINGS);
  return [
    findingsTable(findings.slice(0, SHOWN_FINDINGS), mark),
    ...(more.length > 0 ? [details(`${more.length} more`, findingsTable(more, mark))] : []),
    ...(findings.length > SHOWN_FINDINGS + FOLDED_FINDINGS
      ? [sayMore(findings.length - SHOWN_FINDINGS - FOLDED_FINDINGS)]
      : []),
  ];
}

function findingKey({ id, package: name, installed, severity }: Finding): string {
  return JSON.stringify([id, name, installed, severity]);
}

/** The part of the summary that compares the findings with the baseline. */
export function comparisonPart(comparison: BaselineDiff | undefined): Markdown[] {
  if (comparison === undefined) return [];
  const { baseline, added, gone, stayed } = comparison;
  if (baseline.kind === 'missing') {
    return [
      gfm`#### Since the baseline`,
      gfm`There is no baseline ${code(baseline.name)}: every finding counts as new. ${sentence(baseline.reason)}`,
    ];
  }
  const parts = [
    ['New', added],
    ['Gone', gone],
    ['Stayed', stayed],
  ] as const;
  return [
    gfm`#### Since the baseline`,
    gfm`${sayComparison(comparison)}, ${code(baseline.digest.slice(0, 19))}`,
    ...parts
      .filter(([, findings]) => findings.length > 0)
      .map(([title, findings]) =>
        details(
          `${title}: ${findings.length}`,
          gfm`${findingsTable(findings.slice(0, FOLDED_FINDINGS))}${sayMore(findings.length - FOLDED_FINDINGS)}`,
        ),
      ),
  ];
}

/** The part of the summary with the upgrades that would make the gate pass. */
export function upgradesPart(judgement: Judgement | undefined): Markdown[] {
  if (judgement?.verdict.kind !== 'blocked' || judgement.blocking.length === 0) return [];
  const { blocking } = judgement;
  const upgrades = upgradesFor(blocking);
  const left = blocking.length - upgrades.reduce((sum, { fixes }) => sum + fixes, 0);
  const lines = upgrades
    .slice(0, 20)
    .map(
      ({ package: name, to, fixes }) =>
        gfm`Upgrade **${packageName(name)}** to **${packageName(to)}**: fixes ${fixes} of ${blocking.length}`,
    );
  const more = upgrades.length - lines.length;
  return [
    gfm`#### What would make it green`,
    list([
      ...lines,
      ...(more > 0 ? [gfm`and ${more} other upgrades`] : []),
      ...(left > 0 ? [sentence(sayWithoutFix(left, blocking.length))] : []),
    ]),
  ];
}
