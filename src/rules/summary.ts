import type { Finding } from './findings.ts';
import type { Judgement, ScanReport } from './gate.ts';
import type { CacheUse } from './progress.ts';
import { severities, total } from './severity.ts';

/** What became true during the run; a part is absent where the run did not come that far. */
export interface Facts {
  name: string;
  repository?: { uri: string; created: boolean; tagSetting: string };
  image?: { ref: string; digest: string } & ({ kind: 'built'; cacheUse: CacheUse } | { kind: 'reused' });
  /** Full tags, without the repository. */
  tags: string[];
  withheld: string[];
  /** How the repository differs from what was asked: parts of Markdown. */
  drift?: string[];
  report?: ScanReport;
  judgement?: Judgement;
  /** Why the run stopped. */
  failure?: string;
  cancelled?: boolean;
  /** Milliseconds each. */
  steps: readonly { title: string; duration: number }[];
}

/** How many findings are named one by one. */
const named = 10;

/** The job summary as GitHub-flavoured Markdown. */
export function summarize(facts: Facts): string {
  return [
    headline(facts),
    imagePart(facts),
    facts.drift ?? [],
    findingsPart(facts.report),
    stepsPart(facts.steps),
  ]
    .flat()
    .filter(part => part !== '')
    .join('\n\n');
}

function headline({ name, failure, cancelled, judgement, image }: Facts): string[] {
  if (cancelled) return [`### ⏹️ ${escape(name)}: cancelled`];
  if (failure !== undefined) return [`### ❌ ${escape(name)}: failed`, fence(failure)];
  if (judgement === undefined) return [`### ✅ ${escape(name)}: built, ${image ? 'pushed' : 'not pushed'}`];
  const { verdict } = judgement;
  const mark = { passed: '✅', blocked: '⛔', unscanned: '⚠️' }[verdict.kind];
  const remedy = verdict.kind === 'blocked' ? `\n\n${verdict.remedy}` : '';
  return [`### ${mark} ${escape(name)}: ${verdict.kind}`, quote(escapeTags(`${verdict.sentence}${remedy}`))];
}

function imagePart({ repository, image, tags, withheld, report }: Facts): string[] {
  const rows = [
    tags.length > 0 ? ['Tags', tags.map(code).join(', ')] : [],
    withheld.length > 0 ? ['Withheld', `${withheld.map(code).join(', ')}: not released`] : [],
    repository
      ? [
          'Repository',
          `${code(repository.uri)}, ${repository.created ? '**created**' : 'existing'}, ${repository.tagSetting}`,
        ]
      : [],
    image ? ['Build', sayBuild(image)] : [],
    report?.kind === 'scanned' ? ['Scanned', report.platforms.map(code).join(', ')] : [],
  ].filter(row => row.length > 0);
  return [
    ...(image ? [fence(image.ref), fence(image.digest)] : []),
    rows.length > 0 ? table(['', ''], rows) : '',
  ];
}

function sayBuild(image: NonNullable<Facts['image']>): string {
  return image.kind === 'built'
    ? `${image.cacheUse.cached} of ${image.cacheUse.steps} steps were cached`
    : 'not needed: this commit was built before from the same inputs';
}

function findingsPart(report: ScanReport | undefined): string[] {
  if (report?.kind !== 'scanned') return [];
  const { counts, findings } = report;
  if (total(counts) === 0) return ['#### Findings', `None (${code(report.status)}).`];
  const rest = total(counts) - Math.min(named, findings.length);
  return [
    '#### Findings',
    table(
      [...severities, 'total'],
      [[...severities.map(severity => String(counts[severity])), String(total(counts))]],
    ),
    table(
      ['Severity', 'Finding', 'Package', 'Installed', 'Fixed in', 'Platforms'],
      findings.slice(0, named).map(rowOf),
    ),
    rest > 0 ? `… and ${rest} more.` : '',
  ];
}

function rowOf(finding: Finding): string[] {
  const id = escape(finding.id);
  return [
    finding.severity,
    isWebAddress(finding.url) ? `[${id}](<${encodeURI(finding.url)}>)` : id,
    escape(finding.package),
    escape(finding.installed),
    escape(finding.fixed ?? ''),
    escape(finding.platforms.join(', ')),
  ];
}

function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//.test(url);
}

function stepsPart(steps: Facts['steps']): string[] {
  if (steps.length === 0) return [];
  const rows = steps.map(({ title, duration }) => [title, `${(duration / 1000).toFixed(1)} s`]);
  return ['#### Steps', table(['Step', 'Time'], rows)];
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** GitHub shows a fenced block with a button that copies it. */
function fence(text: string): string {
  const marks = '`'.repeat(Math.max(3, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length + 1)));
  return `${marks}text\n${text}\n${marks}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function quote(text: string): string {
  return text.replace(/^/gm, '> ');
}

/** Sentences keep their code marks, but no name in them may open a tag. */
function escapeTags(text: string): string {
  return text.replaceAll('<', '&lt;');
}

/** Names come from scanners and packages: none may end a cell or open a tag. */
function escape(text: string): string {
  return text.replace(/[\\|`*_[\]<>]/g, '\\$&').replace(/\s+/g, ' ');
}
