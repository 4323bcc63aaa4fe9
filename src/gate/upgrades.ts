import type { Finding } from '../scan/findings.ts';

/** One package to upgrade, and what that does. */
export interface Upgrade {
  package: string;
  /** The newest of the versions that mend its findings. */
  to: string;
  /** How many of the blocking findings it mends. */
  mends: number;
}

/** What would make it green, the most helpful first. */
export function upgradesFor(blocking: readonly Finding[]): Upgrade[] {
  const packages = Map.groupBy(
    blocking.filter(({ fixed }) => fixed !== undefined),
    each => each.package,
  );
  return [...packages]
    .map(([name, findings]) => ({ package: name, to: newestOf(findings), mends: findings.length }))
    .toSorted((a, b) => b.mends - a.mends || a.package.localeCompare(b.package, 'en'));
}

function newestOf(findings: readonly Finding[]): string {
  return (
    findings
      .map(({ fixed = '' }) => fixed)
      .toSorted(byVersion)
      .at(-1) ?? ''
  );
}

/** What comes before the version that it names: `2.0.0-rc1`, `1.0b2`, and in Debian's what follows a tilde. */
const early = /(~|[-._]?(alpha|beta|rc|pre|preview|snapshot|dev)[-._]?\d*|(?<=\d)[ab]\d+)\b.*$/i;

/** Versions of any ecosystem, the older first: numbers in them are compared as numbers. */
function byVersion(a: string, b: string): number {
  const order = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });
  const isEarly = (version: string): number => (early.test(version) ? 0 : 1);
  return order(a.replace(early, ''), b.replace(early, '')) || isEarly(a) - isEarly(b) || order(a, b);
}

/** The first three offenders by name, then what mends how many of them, then what is left to do about the rest. */
export function waysOut(blocking: readonly Finding[], count: number): string {
  const upgrades = upgradesFor(blocking);
  const mended = upgrades.reduce((sum, { mends }) => sum + mends, 0);
  // Of a few that are all named, an upgrade that mends one says nothing new.
  const telling = count > 3 ? upgrades : upgrades.filter(({ mends }) => mends > 1);
  return [
    `${sayOffenders(blocking, count)}.`,
    ...telling.slice(0, 3).map(each => `${sayUpgrade(each, count)}.`),
    ...(upgrades.length > 3 ? [`So do ${upgrades.length - 3} other upgrades, which the summary lists.`] : []),
    ...(mended < count ? [sayRest(count - mended, count)] : []),
  ].join(' ');
}

/** "Upgrading libssl3 to 3.0.15-1 mends 4 of 5" */
export function sayUpgrade({ package: name, to, mends }: Upgrade, count: number): string {
  return `Upgrading ${name} to ${to} mends ${mends} of ${count}`;
}

/** What to do about findings without a version that mends them. */
export function sayRest(rest: number, count: number): string {
  const which = rest === count ? (count === 1 ? 'it' : 'them') : `${rest} of ${count}`;
  return `The scan knows no version that mends ${which}: rebuild on a newer base image, or let pass what you have looked at, with a reason and an end, in .ecr-scan-ignore.yml.`;
}

function sayOffenders(blocking: readonly Finding[], count: number): string {
  const named = blocking
    .slice(0, 3)
    .map(({ id, package: name, installed, fixed }) =>
      fixed === undefined
        ? `${id} in ${name} ${installed}`
        : `${id}: upgrade ${name} ${installed} to ${fixed}`,
    );
  const more = count - named.length;
  const rest = named.length > 0 ? `and ${more} more` : `${more} that ECR counted and did not list`;
  return [...named, ...(more > 0 ? [rest] : [])].join('; ');
}
