import type { Finding } from '../scan/findings.ts';
import { whyIneffective, findMatch, sayEntry } from './ignore-entry.ts';
import type { IgnoreEntry } from './ignore-entry.ts';
import type { Rules } from './limits.ts';
import { latestStatement } from './vex.ts';
import type { Product, VexStatement } from './vex.ts';

/** The entries and statements that exempt findings from the gate. */
export interface Exceptions {
  ignore: readonly IgnoreEntry[];
  vex: readonly VexStatement[];
  /** The commit that they were read from; absent where they are the checkout's. */
  base?: {
    /** The full SHA. */
    sha: string;
    /** The inputs with their values that name no file of that commit. */
    missing: readonly string[];
    /** What in its files cannot be used and excuses nothing, each with its place. */
    faults: readonly string[];
  };
}

/** Why a finding does not count. */
export interface Exemption {
  by: 'ignore-file' | 'vex' | 'ignore-unfixed';
  reason: string;
  /** Where the exception is written: `file:line`, or the path of the VEX document. */
  source?: string;
  /** The last day on which the exception is valid, such as `2026-12-31`, or `fixed` for until a fix exists. */
  until?: string;
}

/** A finding that does not count, with the platforms where it does not. */
export interface Ignored extends Exemption {
  finding: Finding;
}

/** The findings after the exceptions were applied. */
export interface AppliedExceptions {
  counted: Finding[];
  ignored: Ignored[];
  /** Warnings about exceptions that have expired or match no finding. */
  notes: string[];
}

/** The image that is judged, and the time of the judgement. */
export interface JudgeContext {
  image: Product;
  now: Date;
}

type ExceptionRules = Pick<Rules, 'ignoreUnfixed' | 'failOnExploitable'> & { exceptions: Exceptions };

/** Separates exempted findings, platform by platform: after an exception for one platform a finding counts on the others. */
export function applyExceptions(
  findings: readonly Finding[],
  rules: ExceptionRules,
  circumstances: JudgeContext,
): AppliedExceptions {
  const index = indexOf(rules.exceptions);
  const results = findings.map(finding => applyToFinding(finding, { ...rules, index }, circumstances));
  return {
    counted: results.flatMap(({ counted }) => counted),
    ignored: results.flatMap(({ ignored }) => ignored),
    notes: [
      ...notesOnIneffective(rules.exceptions.ignore, findings, circumstances.now),
      ...noteOnUnknownFixes(findings, rules),
      ...noteOnBase(rules.exceptions),
    ],
  };
}

/** The exceptions by the name of the vulnerability, in lower case: of thousands, a finding is compared with its own alone. */
interface ExceptionIndex {
  ignore: ReadonlyMap<string, readonly IgnoreEntry[]>;
  vex: ReadonlyMap<string, readonly VexStatement[]>;
}

function indexOf({ ignore, vex }: Exceptions): ExceptionIndex {
  const statements = new Map<string, VexStatement[]>();
  for (const statement of vex) {
    for (const name of new Set(statement.vulnerability)) {
      const others = statements.get(name);
      if (others === undefined) statements.set(name, [statement]);
      else others.push(statement);
    }
  }
  return { ignore: Map.groupBy(ignore, ({ id }) => id.toLowerCase()), vex: statements };
}

type IndexedRules = ExceptionRules & { index: ExceptionIndex };

function applyToFinding(
  finding: Finding,
  rules: IndexedRules,
  context: JudgeContext,
): Omit<AppliedExceptions, 'notes'> {
  // A finding without a platform belongs to an image that is not an index.
  const platforms = finding.platforms.length > 0 ? finding.platforms : [''];
  const byPlatform = platforms.map(platform => ({
    platform,
    exemption: exemptionOf(finding, platform, { ...rules, ...context }),
  }));
  const withPlatforms = (some: typeof byPlatform): Finding => ({
    ...finding,
    platforms: some.map(({ platform }) => platform).filter(Boolean),
  });
  const counting = byPlatform.filter(({ exemption }) => exemption === undefined);
  const groups = Map.groupBy(
    byPlatform.filter(({ exemption }) => exemption !== undefined),
    ({ exemption }) => JSON.stringify(exemption),
  );
  return {
    counted: counting.length > 0 ? [withPlatforms(counting)] : [],
    ignored: [...groups.values()].flatMap(group => {
      const [{ exemption } = {}] = group;
      return exemption ? [{ finding: withPlatforms(group), ...exemption }] : [];
    }),
  };
}

function exemptionOf(
  finding: Finding,
  platform: string,
  { index, ignoreUnfixed, failOnExploitable, image, now }: IndexedRules & JudgeContext,
): Exemption | undefined {
  const id = finding.id.toLowerCase();
  const entry = findMatch(index.ignore.get(id) ?? [], { finding, platform, now });
  if (entry !== undefined) {
    return { by: 'ignore-file', reason: entry.reason, source: entry.source, until: entry.until ?? 'fixed' };
  }
  const statement = latestStatement(index.vex.get(id) ?? [], { finding, platform, image });
  if (statement?.status === 'not_affected' || statement?.status === 'fixed') {
    return { by: 'vex', reason: statement.reason, source: statement.source };
  }
  // `fail-on-exploitable` blocks findings with a known exploit even if there is no fix.
  const staysCounted = failOnExploitable && finding.exploitable === true;
  return ignoreUnfixed && finding.unfixed && !staysCounted
    ? { by: 'ignore-unfixed', reason: 'No version mends it yet' }
    : undefined;
}

/** How many exceptions without an effect are named. */
const MOST_NOTES = 50;

function notesOnIneffective(
  entries: readonly IgnoreEntry[],
  findings: readonly Finding[],
  now: Date,
): string[] {
  const findingsById = Map.groupBy(findings, ({ id }) => id.toLowerCase());
  const notes = entries.flatMap(entry => {
    const end = whyIneffective(entry, findingsById.get(entry.id.toLowerCase()) ?? [], now);
    return end === undefined ? [] : [`${sayEntry(entry)} ${end}`];
  });
  const untold = notes.length - MOST_NOTES;
  if (untold <= 0) return notes;
  return [
    ...notes.slice(0, MOST_NOTES),
    `${untold.toLocaleString('en')} more exceptions have ended or match no finding.`,
  ];
}

function noteOnBase({ base }: Exceptions): string[] {
  if (base === undefined) return [];
  const { sha, missing, faults } = base;
  return [
    ...(missing.length === 0
      ? []
      : [`No exceptions of ${missing.join(', ')}: commit \`${sha}\` has no such file.`]),
    ...faults.map(fault => `In commit \`${sha}\` ${fault}, so it excuses nothing.`),
  ];
}

/** Names what the exceptions are those of; `undefined` where there are none. `checkedOut` is a full SHA. */
export function sayOrigin({ ignore, vex, base }: Exceptions, checkedOut: string): string | undefined {
  if (base !== undefined) return `commit \`${base.sha}\` (\`exceptions-from: base\`)`;
  return ignore.length + vex.length === 0 ? undefined : `the checkout, commit \`${checkedOut}\``;
}

const unknownFixesNote =
  'This scan does not tell which findings have a fix, as only enhanced scanning does: `ignore-unfixed` has no effect on it.';

/** Findings that may or may not have a fix are not ignored, because the gate fails closed. The note says so. */
function noteOnUnknownFixes(findings: readonly Finding[], rules: ExceptionRules): string[] {
  const isBasic =
    findings.length > 0 &&
    findings.every(({ exploitable, fixed, unfixed }) => exploitable === undefined && !fixed && !unfixed);
  return isBasic && rules.ignoreUnfixed ? [unknownFixesNote] : [];
}
