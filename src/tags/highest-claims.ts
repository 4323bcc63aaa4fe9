import type { Commit } from '../commit/commit.ts';
import { sanitizeTag } from '../ecr/reference.ts';
import type { Flavor } from './flavor.ts';
import { matchedText } from './generate-version-tag.ts';
import type { GeneratedTag } from './generate-version-tag.ts';
import { affixText } from './global-expressions.ts';
import { versionPatternOf } from './highest-release.ts';
import type { Claim, VersionPattern } from './highest-release.ts';
import type { TagRule } from './rule.ts';
import type { Expression, Template } from './template.ts';

/** The claims of a commit's tags. Tags that the user writes out, and `latest=true`, are no claims and always go on. */
export function claimsOf(generated: readonly GeneratedTag[], latest: readonly string[]): Claim[] {
  const seriesClaims = generated.flatMap(({ name, version }) =>
    version?.released && version.series !== undefined
      ? [{ tag: sanitizeTag(name), version: version.text, scheme: version.scheme, series: version.series }]
      : [],
  );
  const first = generated[0]?.version;
  const latestClaims = latest.flatMap(tag =>
    first?.released ? [{ tag, version: first.text, scheme: first.scheme, series: '' }] : [],
  );
  return [...seriesClaims, ...latestClaims];
}

/** Whether a rule has claims when a release is made. The role then needs the permission to list the repository's tags. */
export function mayClaim(rule: TagRule, flavor: Flavor): boolean {
  if (rule.enable === 'false') return false;
  const readsGitTags = rule.type === 'match' || (rule.type === 'ref' && rule.event === 'tag');
  if (rule.type === 'semver' || rule.type === 'pep440') {
    const versionPattern = versionPatternOf(rule.type, rule.pattern, ['', '']);
    return flavor.latest === 'auto' || (versionPattern !== undefined && versionPattern.precision < 3);
  }
  return readsGitTags && (flavor.latest === 'auto' || rule.type === 'match');
}

/**
 * The patterns that read versions out of the tags of a rule. A `match` rule reads a series or a full version, whichever it
 * takes from this commit's git tag.
 */
export function versionPatternsOf(rule: TagRule, flavor: Flavor, commit: Commit): VersionPattern[] {
  const pattern = templateOfRule(rule, commit);
  if (pattern === undefined) return [];
  const affixes: [string, string] = [
    affixText(rule.prefix, flavor.prefix, commit),
    affixText(rule.suffix, flavor.suffix, commit),
  ];
  return [versionPatternOf(rule.type === 'pep440' ? 'pep440' : 'semver', pattern, affixes) ?? []].flat();
}

function templateOfRule(rule: TagRule, commit: Commit): Template | undefined {
  switch (rule.type) {
    case 'semver':
    case 'pep440':
      return rule.pattern;
    case 'ref':
      return rule.event === 'tag' ? [expression('version')] : undefined;
    case 'match': {
      const [series, v = '', , minor] = /^(v?)(\d+)(\.\d+)?$/.exec(matchedText(rule, commit) ?? '') ?? [];
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
