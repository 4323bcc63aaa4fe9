import type { Commit } from '../commit/commit.ts';
import { sanitized } from '../ecr/reference.ts';
import type { Flavor } from './flavor.ts';
import { affix } from './global-expressions.ts';
import { readingOf } from './highest-release.ts';
import type { Claim, TagReading } from './highest-release.ts';
import type { TagRule } from './rule.ts';
import type { Expression, Template } from './template.ts';
import { foundBy } from './version-names.ts';
import type { Named } from './version-names.ts';

/** What is asked for by name, and `latest=true`, is done without a question. */
export function claimsOf(given: readonly Named[], latest: readonly string[]): Claim[] {
  const ofSeries = given.flatMap(({ name, version }) =>
    version?.released && version.series !== undefined
      ? [{ tag: sanitized(name), version: version.text, scheme: version.scheme, within: version.series }]
      : [],
  );
  const first = given[0]?.version;
  const ofAll = latest.flatMap(tag =>
    first?.released ? [{ tag, version: first.text, scheme: first.scheme, within: '' }] : [],
  );
  return [...ofSeries, ...ofAll];
}

/** Whether a rule claims something when a release is made: the role then has to be able to ask. */
export function mayClaim(rule: TagRule, flavor: Flavor): boolean {
  if (rule.enable === 'false') return false;
  const isOfTags = rule.type === 'match' || (rule.type === 'ref' && rule.event === 'tag');
  if (rule.type === 'semver' || rule.type === 'pep440') {
    const reading = readingOf(rule.type, rule.pattern, ['', '']);
    return flavor.latest === 'auto' || (reading !== undefined && reading.precision < 3);
  }
  return isOfTags && (flavor.latest === 'auto' || rule.type === 'match');
}

/** How the tags of a rule are read back. What is taken from git tags is read as it is written now: as a series, or whole. */
export function readingsOf(rule: TagRule, flavor: Flavor, commit: Commit): TagReading[] {
  const pattern = patternOf(rule, commit);
  if (pattern === undefined) return [];
  const around: [string, string] = [
    affix(rule.prefix, flavor.prefix, commit),
    affix(rule.suffix, flavor.suffix, commit),
  ];
  return [readingOf(rule.type === 'pep440' ? 'pep440' : 'semver', pattern, around) ?? []].flat();
}

function patternOf(rule: TagRule, commit: Commit): Template | undefined {
  switch (rule.type) {
    case 'semver':
    case 'pep440':
      return rule.pattern;
    case 'ref':
      return rule.event === 'tag' ? [expression('version')] : undefined;
    case 'match': {
      const [series, v = '', , minor] = /^(v?)(\d+)(\.\d+)?$/.exec(foundBy(rule, commit) ?? '') ?? [];
      if (series === undefined) return [expression('version')];
      return [v, expression('major'), ...(minor === undefined ? [] : ['.', expression('minor')])];
    }
    default:
      return undefined;
  }
}

function expression(name: string): Expression {
  return { name, escaped: false };
}
