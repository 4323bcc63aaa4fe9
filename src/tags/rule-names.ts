import type { Commit } from '../commit/commit.ts';
import type { Flavor } from './flavor.ts';
import { affix, branchOf, globalText, refOf, shortOf, tagOf } from './global-expressions.ts';
import type { TagRule } from './rule.ts';
import { isPlain } from './template.ts';
import { gitVersion, matchNameOf, versionNameOf } from './version-names.ts';
import type { Named, Unnamed } from './version-names.ts';

/** The name that a rule gives the image of a commit; nothing where the rule is for another event. */
export function nameOf(rule: TagRule, flavor: Flavor, commit: Commit): Named | Unnamed | undefined {
  const ref = refOf(commit);
  const whole = (name: string): string =>
    `${affix(rule.prefix, flavor.prefix, commit)}${name}${affix(rule.suffix, flavor.suffix, commit)}`;
  const named = (name: string | undefined, more: Partial<Named> = {}): Named | undefined =>
    name === undefined ? undefined : { latest: false, moves: false, ...more, name: whole(name) };
  switch (rule.type) {
    case 'schedule':
      return commit.event.includes('schedule')
        ? named(globalText(rule.pattern, commit), { moves: isPlain(rule.pattern) })
        : undefined;
    case 'semver':
    case 'pep440':
      return versionNameOf(rule, commit, named);
    case 'match':
      return matchNameOf(rule, commit, named);
    case 'edge':
      return branchOf(ref) !== undefined && branchOf(ref) === (rule.branch ?? commit.defaultBranch)
        ? named('edge', { moves: true })
        : undefined;
    case 'ref':
      return {
        branch: () => named(branchOf(ref), { moves: true }),
        tag: () => named(tagOf(ref), { latest: true, ...gitVersion(tagOf(ref) ?? '') }),
        pr: () => named(/^refs\/pull\/(.*?)(\/merge)?$/.exec(ref)?.[1], { moves: true }),
      }[rule.event]();
    case 'raw':
      // A word is a place that images come to and leave; a number is one of them.
      return named(globalText(rule.value, commit), {
        moves: isPlain(rule.value) && !/\d/.test(globalText(rule.value, commit)),
      });
    case 'sha':
      return named(rule.format === 'short' ? shortOf(commit) : commit.sha, {
        moves: commit.sha !== commit.checkedOut,
      });
  }
}
