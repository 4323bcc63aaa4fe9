import { createHash } from 'node:crypto';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Place } from './dockerfile-lines.ts';
import type { Finding } from '../scan/findings.ts';
import { severities } from '../scan/severity.ts';
import type { Severity } from '../scan/severity.ts';

/** What a SARIF file is about. */
export interface SarifOptions {
  /** Name of the repository: alerts of other images are kept apart by it. */
  repository: string;
  /** `uri@sha256:…` */
  ref: string;
  placeOf: (finding: Finding) => Place;
  /** How many results it may have. */
  most: number;
}

/** Results that GitHub takes. https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
export const MAX_SARIF_RESULTS = 25_000;

/** Characters of a description that GitHub takes. */
const MAX_TEXT_CHARACTERS = 1_000;

/** What `security-severity` says where there is no score, or one that ECR judged otherwise: the middle of GitHub's band. */
const bands: Partial<Record<Severity, { from: number; to: number; middle: string }>> = {
  critical: { from: 9.1, to: 10, middle: '9.5' },
  high: { from: 7, to: 8.9, middle: '8.0' },
  medium: { from: 4, to: 6.9, middle: '5.5' },
  low: { from: 0.1, to: 3.9, middle: '2.0' },
};

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  informational: 'note',
  undefined: 'note',
};

/**
 * Findings as SARIF 2.1.0 that GitHub code scanning takes; the worst of them where there are too many.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(findings: readonly Finding[], options: SarifOptions): Log {
  const shown = findings.slice(0, options.most);
  const rules = [...Map.groupBy(shown, ({ id }) => id).values()].map(ruleOf);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const seen = new Map<string, number>();
  const results = shown.map((finding): Result => {
    const print = fingerprintOf(finding);
    const nth = (seen.get(print) ?? 0) + 1;
    seen.set(print, nth);
    return resultOf(finding, { options, ruleIndex: indexes.get(finding.id) ?? 0, print: `${print}:${nth}` });
  });
  const left = findings.length - shown.length;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Amazon ECR image scan', rules } },
        automationDetails: { id: `ecr-image/${options.repository}/` },
        columnKind: 'utf16CodeUnits',
        results,
        properties: { image: options.ref, ...(left > 0 && { leftOut: left }) },
      },
    ],
  };
}

/** One vulnerability, of whatever packages. */
function ruleOf(findings: readonly Finding[]): ReportingDescriptor {
  const [first] = findings;
  const worst = severities.find(each => findings.some(({ severity }) => severity === each)) ?? 'undefined';
  const id = first?.id ?? '';
  const packages = [...new Set(findings.map(each => each.package))];
  const brief = cut(`${id} in ${packages.join(', ')}`);
  const description = cut(first?.description ?? brief);
  const url = first?.url;
  const fixes = [
    ...new Set(findings.flatMap(each => (each.fixed ? [`Upgrade ${each.package} to ${each.fixed}.`] : []))),
  ];
  const advice = fixes.length > 0 ? fixes.join(' ') : 'The scan knows no version that mends it.';
  const score = securitySeverity(worst, findings);
  return {
    id,
    shortDescription: { text: brief },
    fullDescription: { text: description },
    help: { text: cut(`${description} ${advice}${url ? ` ${url}` : ''}`) },
    ...(url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url) && { helpUri: url }),
    defaultConfiguration: { level: levels[worst] },
    properties: {
      tags: ['security', 'vulnerability', worst],
      ...(score !== undefined && { 'security-severity': score }),
    },
  };
}

function securitySeverity(severity: Severity, findings: readonly Finding[]): string | undefined {
  const band = bands[severity];
  if (band === undefined) return undefined;
  const score = Math.max(...findings.map(each => (each.severity === severity ? (each.score ?? 0) : 0)));
  return score >= band.from && score <= band.to ? score.toFixed(1) : band.middle;
}

function resultOf(
  finding: Finding,
  { options, ruleIndex, print }: { options: SarifOptions; ruleIndex: number; print: string },
): Result {
  const { id, severity, package: name, installed, fixed, platforms, path } = finding;
  const { file, line } = options.placeOf(finding);
  const where = platforms.length > 0 ? ` on ${platforms.join(', ')}` : '';
  const advice = fixed === undefined ? 'no version that mends it is known' : `upgrade it to ${fixed}`;
  return {
    ruleId: id,
    ruleIndex,
    level: levels[severity],
    message: {
      text: cut(`${id} (${severity}) in ${name} ${installed}${path ? `, ${path},` : ''}${where}: ${advice}.`),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file), uriBaseId: '%SRCROOT%' },
          region: { startLine: line },
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: print },
    properties: { package: name, installed, ...(fixed && { fixed }), platforms },
  };
}

/** The same for the same vulnerability in the same package, whatever its version, line or platform. */
function fingerprintOf({ id, package: name, path }: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify([id, name, path ?? '']))
    .digest('hex')
    .slice(0, 32);
}

function cut(text: string): string {
  return text.length > MAX_TEXT_CHARACTERS ? `${text.slice(0, MAX_TEXT_CHARACTERS - 1)}…` : text;
}
