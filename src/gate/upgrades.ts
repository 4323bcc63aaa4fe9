import type { Finding } from '../scan/findings.ts';

/** One package to upgrade. */
export interface Upgrade {
  package: string;
  /** The newest of the versions that fix its findings. */
  to: string;
  /** How many of the blocking findings it fixes. */
  fixes: number;
}

/** The upgrades that fix the blocking findings; those that fix the most come first. */
export function upgradesFor(blocking: readonly Finding[]): Upgrade[] {
  const packages = Map.groupBy(
    blocking.filter(({ fixed }) => fixed !== undefined),
    each => each.package,
  );
  return [...packages]
    .map(([name, findings]) => ({ package: name, to: newestOf(findings), fixes: findings.length }))
    .toSorted((a, b) => b.fixes - a.fixes || a.package.localeCompare(b.package, 'en'));
}

function newestOf(findings: readonly Finding[]): string {
  return (
    findings
      .map(({ fixed = '' }) => fixed)
      .toSorted(byVersion)
      .at(-1) ?? ''
  );
}

/** The prerelease part of a version: `-rc1` in `2.0.0-rc1`, `b2` in `1.0b2`, and in Debian what follows a tilde. */
const prereleasePart = /(~|[-._]?(alpha|beta|rc|pre|preview|snapshot|dev)[-._]?\d*|(?<=\d)[ab]\d+)\b.*$/i;

/** Sorts versions of any ecosystem from old to new. Numbers in them are compared as numbers. */
function byVersion(a: string, b: string): number {
  const order = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });
  const prereleaseFirst = (version: string): number => (prereleasePart.test(version) ? 0 : 1);
  return (
    order(a.replace(prereleasePart, ''), b.replace(prereleasePart, '')) ||
    prereleaseFirst(a) - prereleaseFirst(b) ||
    order(a, b)
  );
}

/** The remedy text: the first three blocking findings, the upgrades that fix several, and what to do about the others. */
export function sayRemedies(blocking: readonly Finding[], count: number): string {
  const upgrades = upgradesFor(blocking);
  const fixedCount = upgrades.reduce((sum, { fixes }) => sum + fixes, 0);
  // The text names up to three findings with their upgrades, so only upgrades that fix several add anything.
  const shownUpgrades = count > 3 ? upgrades : upgrades.filter(({ fixes }) => fixes > 1);
  return [
    `${sayBlocking(blocking, count)}.`,
    ...shownUpgrades.slice(0, 3).map(each => `${sayUpgrade(each, count)}.`),
    ...(upgrades.length > 3 ? [`So do ${upgrades.length - 3} other upgrades, which the summary lists.`] : []),
    ...(fixedCount < count ? [sayWithoutFix(count - fixedCount, count)] : []),
  ].join(' ');
}

/** "Upgrading libssl3 to 3.0.15-1 mends 4 of 5" */
export function sayUpgrade({ package: name, to, fixes }: Upgrade, count: number): string {
  return `Upgrading ${name} to ${to} mends ${fixes} of ${count}`;
}

/** What to do about findings that no version fixes. */
export function sayWithoutFix(rest: number, count: number): string {
  const which = rest === count ? (count === 1 ? 'it' : 'them') : `${rest} of ${count}`;
  return `The scan knows no version that mends ${which}: rebuild on a newer base image, or let pass what you have looked at, with a reason and an end, in .ecr-scan-ignore.yml.`;
}

function sayBlocking(blocking: readonly Finding[], count: number): string {
  const firstThree = blocking
    .slice(0, 3)
    .map(({ id, package: name, installed, fixed }) =>
      fixed === undefined
        ? `${id} in ${name} ${installed}`
        : `${id}: upgrade ${name} ${installed} to ${fixed}`,
    );
  const more = count - firstThree.length;
  const rest = firstThree.length > 0 ? `and ${more} more` : `${more} that ECR counted and did not list`;
  return [...firstThree, ...(more > 0 ? [rest] : [])].join('; ');
}
