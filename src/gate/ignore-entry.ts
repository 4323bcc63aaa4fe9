import type { Finding } from '../scan/findings.ts';

/** One entry of the ignore file: a finding that somebody has looked at. */
export interface IgnoreEntry {
  /** CVE-…, in any case. */
  id: string;
  /** Every package and every platform that has the vulnerability where they are left out. */
  package?: string;
  platform?: string;
  reason: string;
  /** The last day on which it counts, by UTC: `2026-12-31`. */
  until?: string;
  /** It counts while no version mends the finding. */
  untilFixed: boolean;
  /** `file:line` */
  source: string;
}

/** The entry that excuses a finding on one platform today. */
export function findMatch(
  entries: readonly IgnoreEntry[],
  { finding, platform, now }: { finding: Finding; platform: string; now: Date },
): IgnoreEntry | undefined {
  return entries.find(
    entry =>
      matches(entry, finding) &&
      (entry.platform ?? platform) === platform &&
      !hasPassed(entry, now) &&
      (!entry.untilFixed || finding.unfixed === true),
  );
}

/** Why an entry no longer does what it says, or never did. */
export function whyIneffective(
  entry: IgnoreEntry,
  findings: readonly Finding[],
  now: Date,
): string | undefined {
  if (hasPassed(entry, now)) return `ended on ${entry.until} and no longer counts.`;
  const matching = findings.filter(
    finding =>
      matches(entry, finding) && (entry.platform === undefined || finding.platforms.includes(entry.platform)),
  );
  if (matching.length === 0) {
    const isUnplaced = findings.some(each => matches(entry, each) && each.platforms.length === 0);
    return isUnplaced
      ? 'is for one platform, and nothing says which one this image is for: it does not count.'
      : 'matches no finding: it can go.';
  }
  if (!entry.untilFixed) return undefined;
  const mended = matching.find(({ fixed }) => fixed !== undefined);
  if (mended) return `was until a fix, and ${mended.package} ${mended.fixed} is one: it no longer counts.`;
  return matching.some(({ unfixed }) => !unfixed)
    ? 'is until a fix, and this scan does not tell of fixes: it does not count; give it `until`, a date.'
    : undefined;
}

/** "The exception for CVE-1 in libssl3 (file:3)". */
export function sayEntry({ id, package: name, platform, source }: IgnoreEntry): string {
  const where = [...(name ? [`in ${name}`] : []), ...(platform ? [`on ${platform}`] : [])];
  return [`The exception for ${id}`, ...where, `(${source})`].join(' ');
}

function matches(entry: IgnoreEntry, finding: Finding): boolean {
  return (
    entry.id.toLowerCase() === finding.id.toLowerCase() &&
    (entry.package === undefined || entry.package === finding.package)
  );
}

function hasPassed({ until }: IgnoreEntry, now: Date): boolean {
  return until !== undefined && now.toISOString().slice(0, 10) > until;
}
