import { createHash } from 'node:crypto';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Finding } from '../scan/findings.ts';
import { severities } from '../scan/severity.ts';
import type { Severity } from '../scan/severity.ts';
import type { FileLine } from './dockerfile-lines.ts';
import { sarifMessage } from './markdown.ts';

/** The image and the limits of a SARIF file. */
export interface SarifOptions {
  /** Name of the image, by which GitHub separates the alerts of different images: that of the repository, or of a variant in it. */
  image: string;
  /** `uri@sha256:…` */
  ref: string;
  lineOfFinding: (finding: Finding) => FileLine;
  /** How many results the file may have. */
  maxResults: number;
}

/** How many results GitHub accepts. https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
export const MAX_SARIF_RESULTS = 25_000;

/** How many characters of a description GitHub accepts. */
const MAX_TEXT_CHARACTERS = 1_000;

/**
 * GitHub's score range of each severity. `middle` becomes the `security-severity` where a finding has no score, or a score
 * outside the range of the severity that ECR gave it.
 */
const scoreRanges: Partial<Record<Severity, { from: number; to: number; middle: string }>> = {
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
 * Findings as SARIF 2.1.0 for GitHub code scanning. They come worst first, and those after `maxResults` are left out.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(findings: readonly Finding[], options: SarifOptions): Log {
  const shown = findings.slice(0, options.maxResults);
  const rules = [...Map.groupBy(shown, ({ id }) => id).values()].map(sarifRuleOf);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const counts = new Map<string, number>();
  const results = shown.map((finding): Result => {
    const fingerprint = findingFingerprint(finding);
    const occurrence = (counts.get(fingerprint) ?? 0) + 1;
    counts.set(fingerprint, occurrence);
    return sarifResultOf(finding, {
      options,
      ruleIndex: indexes.get(finding.id) ?? 0,
      print: `${fingerprint}:${occurrence}`,
    });
  });
  const leftOut = findings.length - shown.length;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Amazon ECR image scan', rules } },
        automationDetails: { id: `ecr-image/${options.image}/` },
        columnKind: 'utf16CodeUnits',
        results,
        properties: { image: options.ref, ...(leftOut > 0 && { leftOut: leftOut }) },
      },
    ],
  };
}

/** The SARIF rule for one vulnerability, in all its packages. */
function sarifRuleOf(findings: readonly Finding[]): ReportingDescriptor {
  const [first] = findings;
  const worst = severities.find(each => findings.some(({ severity }) => severity === each)) ?? 'undefined';
  const id = first?.id ?? '';
  const packages = [...new Set(findings.map(each => each.package))];
  const shortText = sarifMessage(`${id} in ${packages.join(', ')}`, MAX_TEXT_CHARACTERS);
  const description = sarifMessage(first?.description ?? shortText, MAX_TEXT_CHARACTERS, { lines: true });
  const url = first?.url;
  const fixes = [
    ...new Set(findings.flatMap(each => (each.fixed ? [`Upgrade ${each.package} to ${each.fixed}.`] : []))),
  ];
  const advice = fixes.length > 0 ? fixes.join(' ') : 'The scan knows no version that mends it.';
  const score = securitySeverity(worst, findings);
  return {
    id,
    shortDescription: { text: shortText },
    fullDescription: { text: description },
    help: {
      text: sarifMessage(`${description} ${advice}${url ? ` ${url}` : ''}`, MAX_TEXT_CHARACTERS, {
        lines: true,
      }),
    },
    ...(url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url) && { helpUri: url }),
    defaultConfiguration: { level: levels[worst] },
    properties: {
      tags: ['security', 'vulnerability', worst],
      ...(score !== undefined && { 'security-severity': score }),
    },
  };
}

function securitySeverity(severity: Severity, findings: readonly Finding[]): string | undefined {
  const range = scoreRanges[severity];
  if (range === undefined) return undefined;
  const score = Math.max(...findings.map(each => (each.severity === severity ? (each.score ?? 0) : 0)));
  return score >= range.from && score <= range.to ? score.toFixed(1) : range.middle;
}

function sarifResultOf(
  finding: Finding,
  { options, ruleIndex, print: fingerprint }: { options: SarifOptions; ruleIndex: number; print: string },
): Result {
  const { id, severity, package: name, installed, fixed, platforms, path } = finding;
  const { file, line } = options.lineOfFinding(finding);
  const where = platforms.length > 0 ? ` on ${platforms.join(', ')}` : '';
  const advice = fixed === undefined ? 'no version that mends it is known' : `upgrade it to ${fixed}`;
  return {
    ruleId: id,
    ruleIndex,
    level: levels[severity],
    message: {
      text: sarifMessage(
        `${id} (${severity}) in ${name} ${installed}${path ? `, ${path},` : ''}${where}: ${advice}.`,
        MAX_TEXT_CHARACTERS,
      ),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file), uriBaseId: '%SRCROOT%' },
          region: { startLine: line },
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    properties: { package: name, installed, ...(fixed && { fixed }), platforms },
  };
}

/** A fingerprint of vulnerability, package and path. Version, line and platform do not change it. */
function findingFingerprint({ id, package: name, path }: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify([id, name, path ?? '']))
    .digest('hex')
    .slice(0, 32);
}
