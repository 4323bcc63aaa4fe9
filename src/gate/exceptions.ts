import type { Finding } from '../scan/findings.ts';
import { whyIneffective, findMatch, sayEntry } from './ignore-entry.ts';
import type { IgnoreEntry } from './ignore-entry.ts';
import type { Rules } from './limits.ts';
import { statusIn } from './vex.ts';
import type { Product, VexStatement } from './vex.ts';

/** What takes findings out of the count. */
export interface Exceptions {
  ignore: readonly IgnoreEntry[];
  vex: readonly VexStatement[];
}

/** Why a finding does not count. */
export interface Exemption {
  by: 'ignore-file' | 'vex' | 'ignore-unfixed';
  reason: string;
  /** Where it is written, `file:line` or the VEX document. */
  source?: string;
  /** The last day on which it counts, `2026-12-31`, or `fixed`. */
  until?: string;
}

/** A finding on the platforms where it does not count. */
export interface Ignored extends Exemption {
  finding: Finding;
}

export interface Sorted {
  counted: Finding[];
  ignored: Ignored[];
  /** What somebody should look at: exceptions that have ended, or that nothing matches. */
  notes: string[];
}

/** What the findings are of, and when it is. */
export interface Circumstances {
  image: Product;
  now: Date;
}

type Sorter = Pick<Rules, 'ignoreUnfixed' | 'failOnExploitable'> & { exceptions: Exceptions };

/** Takes the excused findings out, platform by platform: an exception for one platform leaves the others standing. */
export function applyExceptions(
  findings: readonly Finding[],
  sorter: Sorter,
  circumstances: Circumstances,
): Sorted {
  const sorted = findings.map(finding => split(finding, sorter, circumstances));
  return {
    counted: sorted.flatMap(({ counted }) => counted),
    ignored: sorted.flatMap(({ ignored }) => ignored),
    notes: [
      ...sorter.exceptions.ignore.flatMap(entry => noteOn(entry, findings, circumstances.now)),
      ...notesOnUnknown(findings, sorter),
    ],
  };
}

function split(finding: Finding, sorter: Sorter, circumstances: Circumstances): Omit<Sorted, 'notes'> {
  // One that knows no platform is of an image that is no index.
  const platforms = finding.platforms.length > 0 ? finding.platforms : [''];
  const excused = platforms.map(platform => ({
    platform,
    excuse: excuseOf(finding, platform, { ...sorter, ...circumstances }),
  }));
  const on = (some: typeof excused): Finding => ({
    ...finding,
    platforms: some.map(({ platform }) => platform).filter(Boolean),
  });
  const counting = excused.filter(({ excuse }) => excuse === undefined);
  const groups = Map.groupBy(
    excused.filter(({ excuse }) => excuse !== undefined),
    ({ excuse }) => JSON.stringify(excuse),
  );
  return {
    counted: counting.length > 0 ? [on(counting)] : [],
    ignored: [...groups.values()].flatMap(group => {
      const [{ excuse } = {}] = group;
      return excuse ? [{ finding: on(group), ...excuse }] : [];
    }),
  };
}

function excuseOf(
  finding: Finding,
  platform: string,
  { exceptions, ignoreUnfixed, failOnExploitable, image, now }: Sorter & Circumstances,
): Exemption | undefined {
  const entry = findMatch(exceptions.ignore, { finding, platform, now });
  if (entry !== undefined) {
    return { by: 'ignore-file', reason: entry.reason, source: entry.source, until: entry.until ?? 'fixed' };
  }
  const statement = statusIn(exceptions.vex, { finding, platform, image });
  if (statement?.status === 'not_affected' || statement?.status === 'fixed') {
    return { by: 'vex', reason: statement.reason, source: statement.source };
  }
  // A known exploit that has no fix is what `fail-on-exploitable` is there for.
  const isSpared = failOnExploitable && finding.exploitable === true;
  return ignoreUnfixed && finding.unfixed && !isSpared
    ? { by: 'ignore-unfixed', reason: 'No version mends it yet' }
    : undefined;
}

function noteOn(entry: IgnoreEntry, findings: readonly Finding[], now: Date): string[] {
  const end = whyIneffective(entry, findings, now);
  return end === undefined ? [] : [`${sayEntry(entry)} ${end}`];
}

const noFixes =
  'This scan does not tell which findings have a fix, as only enhanced scanning does: `ignore-unfixed` has no effect on it.';

/** What was asked for and cannot be told apart is not left out: the gate fails closed. */
function notesOnUnknown(findings: readonly Finding[], sorter: Sorter): string[] {
  const isBasic =
    findings.length > 0 &&
    findings.every(({ exploitable, fixed, unfixed }) => exploitable === undefined && !fixed && !unfixed);
  return isBasic && sorter.ignoreUnfixed ? [noFixes] : [];
}
