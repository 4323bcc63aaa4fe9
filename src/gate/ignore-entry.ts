import type { Finding } from '../scan/findings.ts';

/** One entry of the ignore file: an exception for a finding. */
export interface IgnoreEntry {
  /** Name of the vulnerability, such as `CVE-2024-5535`, in upper or lower case. */
  id: string;
  /** Without a package or a platform the entry is for all of them. */
  package?: string;
  platform?: string;
  reason: string;
  /** The last day on which the entry is valid, in UTC: `2026-12-31`. */
  until?: string;
  /** Whether the entry is valid only until a version fixes the finding. */
  untilFixed: boolean;
  /** Where the entry is: `file:line`. */
  source: string;
}

/** The entry that exempts a finding on one platform at this time. */
export function findMatch(
  entries: readonly IgnoreEntry[],
  { finding, platform, now }: { finding: Finding; platform: string; now: Date },
): IgnoreEntry | undefined {
  return entries.find(
    entry =>
      matches(entry, finding) &&
      (entry.platform ?? platform) === platform &&
      !hasExpired(entry, now) &&
      (!entry.untilFixed || finding.unfixed === true),
  );
}

/** Why an entry has no effect, or has none anymore; `undefined` where it has one. */
export function whyIneffective(
  entry: IgnoreEntry,
  findings: readonly Finding[],
  now: Date,
): string | undefined {
  if (hasExpired(entry, now)) return `ended on ${entry.until} and no longer counts.`;
  const matching = findings.filter(
    finding =>
      matches(entry, finding) && (entry.platform === undefined || finding.platforms.includes(entry.platform)),
  );
  if (matching.length === 0) {
    const lacksPlatform = findings.some(each => matches(entry, each) && each.platforms.length === 0);
    return lacksPlatform
      ? 'is for one platform, and nothing says which one this image is for: it does not count.'
      : 'matches no finding: it can go.';
  }
  if (!entry.untilFixed) return undefined;
  const withFix = matching.find(({ fixed }) => fixed !== undefined);
  if (withFix) return `was until a fix, and ${withFix.package} ${withFix.fixed} is one: it no longer counts.`;
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

function hasExpired({ until }: IgnoreEntry, now: Date): boolean {
  return until !== undefined && now.toISOString().slice(0, 10) > until;
}
