import type { Commit } from '../commit/commit.ts';
import type { Flavor } from './flavor.ts';
import { gitTagVersion, generateMatchTag, generateVersionTag } from './generate-version-tag.ts';
import type { GeneratedTag, NoTag } from './generate-version-tag.ts';
import { affixText, branchOf, renderGlobal, refOf, shortShaOf, tagOf } from './global-expressions.ts';
import type { TagRule } from './rule.ts';
import { isPlain } from './template.ts';

/** The tag that a rule gives the image of a commit; `undefined` where the rule is for another event. */
export function generateTag(rule: TagRule, flavor: Flavor, commit: Commit): GeneratedTag | NoTag | undefined {
  const ref = refOf(commit);
  const withAffixes = (name: string): string =>
    `${affixText(rule.prefix, flavor.prefix, commit)}${name}${affixText(rule.suffix, flavor.suffix, commit)}`;
  const buildTag = (name: string | undefined, more: Partial<GeneratedTag> = {}): GeneratedTag | undefined =>
    name === undefined
      ? undefined
      : { latest: false, moves: false, isWrittenOut: false, ...more, name: withAffixes(name) };
  switch (rule.type) {
    case 'schedule':
      return commit.event.includes('schedule')
        ? buildTag(renderGlobal(rule.pattern, commit), { moves: isPlain(rule.pattern) })
        : undefined;
    case 'semver':
    case 'pep440':
      return generateVersionTag(rule, commit, buildTag);
    case 'match':
      return generateMatchTag(rule, commit, buildTag);
    case 'edge':
      return branchOf(ref) !== undefined && branchOf(ref) === (rule.branch ?? commit.defaultBranch)
        ? buildTag('edge', { moves: true })
        : undefined;
    case 'ref':
      return {
        branch: () => buildTag(branchOf(ref), { moves: true }),
        tag: () => buildTag(tagOf(ref), { latest: true, ...gitTagVersion(tagOf(ref) ?? '') }),
        pr: () => buildTag(/^refs\/pull\/(.*?)(\/merge)?$/.exec(ref)?.[1], { moves: true }),
      }[rule.event]();
    case 'raw':
      // A word such as `stable` moves from image to image; text with a digit in it is taken for one version.
      return buildTag(renderGlobal(rule.value, commit), {
        moves: isPlain(rule.value) && !/\d/.test(renderGlobal(rule.value, commit)),
        isWrittenOut: true,
      });
    case 'sha':
      return buildTag(rule.format === 'short' ? shortShaOf(commit) : commit.sha, {
        moves: commit.sha !== commit.checkedOut,
      });
  }
}
