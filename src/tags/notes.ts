import type { Commit } from '../commit/commit.ts';
import { cacheTag } from '../ecr/mutability.ts';
import type { Flavor } from './flavor.ts';
import type { GeneratedTag } from './generate-version-tag.ts';
import { branchOf } from './global-expressions.ts';
import { isPlain } from './template.ts';

/** Why a release moves nothing, completing a sentence. */
export function sayUnreleased(commit: Commit, unreleased: readonly GeneratedTag[]): string {
  const early = unreleased.find(({ version }) => version?.released === false);
  return early?.version === undefined
    ? `the release that this event is about is a ${commit.unreleased}`
    : `${early.version.text} is not released yet`;
}

/** A name that no tag can have, or that is that of a cache. */
export function sayInvalidTag(name: string): string {
  const reason = name.startsWith(cacheTag)
    ? `layers are cached under '${cacheTag}'`
    : name.length > 128
      ? `it has ${name.length} characters, and a tag has 128 at most`
      : "a tag does not begin with '.' or '-'";
  return `The image does not get the tag '${name}': ${reason}.`;
}

/** The time of the commit is not known, and a rule asks for it. */
export function sayUnknownTime({ sha }: Commit): string {
  return (
    `{{commit_date}} is the time of this run: neither the event nor the checkout says when ${sha} was made. ` +
    'With `fetch-depth: 2` actions/checkout has the head of a pull request beside its merge.'
  );
}

/** The image is built from the head of a fork, and gets tags. */
export function sayForkHead({ fork, checkedOut }: Commit, releases: string[]): string {
  return (
    `The image is built from ${checkedOut} of a fork, ${fork}, as \`allow-fork-head\` allows. ` +
    `If the gate lets it pass, it gets the tags that \`tags\` gives it: ${releases.join(', ')}.`
  );
}

/** Affixes with expressions, which the commit's tag does not have. */
export function sayLeftOff(flavor: Flavor, candidate: string): string[] {
  const names = (['prefix', 'suffix'] as const).filter(name => !isPlain(flavor[name].text));
  if (names.length === 0) return [];
  return [
    `The commit's tag ${candidate} is without the ${names.join(' and the ')} of \`flavor\`, as an expression can give another text for another event, and every event has to find the image of the commit.`,
  ];
}

/** Variants of one commit take `latest` from each other, as with docker/metadata-action, unless their flavors say otherwise. */
export function saySharedLatest(name: string, flavor: Flavor): string[] {
  const missing = (['prefix', 'suffix'] as const).filter(
    each => flavor[each].text.length > 0 && !flavor[each].onLatest,
  );
  return missing.map(
    each =>
      `The tag '${name}' is without the ${each} of \`flavor\`, so another variant of this image would take it: \`${each}=…,onlatest=true\` gives each variant its own, and \`latest=false\` gives none.`,
  );
}

/** What is built is not what the ref of the job names. */
export function sayOtherRef({ ref, refSha, checkedOut }: Commit): string[] {
  const branch = branchOf(ref);
  return branch === undefined
    ? []
    : [
        `The image is built from ${checkedOut}, and the job runs for ${refSha} of ${branch}: no tag is named after ${branch}.`,
      ];
}

/** A name that would be taken for another commit's. */
export function sayOtherCommit(name: string): string {
  return (
    `The image does not get the tag '${name}': the name of a branch or git tag puts into it what reads as the SHA of another commit, ` +
    'whose image it would be taken for.'
  );
}

/** A name that is the SHA of the head of a pull request, where its merge is built. */
export function sayShaNotBuilt(name: string, { checkedOut }: Commit): string {
  return (
    `The image does not get the tag '${name}', because it is built from ${checkedOut}. ` +
    'Check the head out to build it: `ref: ${{ github.event.pull_request.head.sha }}` for actions/checkout.'
  );
}
