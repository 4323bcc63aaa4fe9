import { matchesWildcard } from '../wildcard.ts';
import { parentsOf, tagsOf } from './image-lookup.ts';
import type { Image } from './image.ts';
import type { LifecycleRule, LifecycleSelection } from './lifecycle-policy.ts';
import type { Repository } from './registry.ts';
import { statusOf } from './storage-class.ts';

/** What a policy would do to an image. */
export interface LifecycleOutcome {
  image: Image;
  tags: string[];
  rule: LifecycleRule;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * What a lifecycle policy would do to a repository at this moment, by ECR's rules: they are applied by their priority;
 * whatever a rule selects is out of reach for those after it, even where the rule leaves it alone, but it still counts
 * for them; and an image that an index names goes only after the index has gone.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function evaluateLifecycle(
  repository: Repository,
  rules: readonly LifecycleRule[],
  { now }: { now: Date },
): LifecycleOutcome[] {
  const seen = new Set<string>();
  return rules.flatMap(rule => {
    const selected = [...repository.images.values()].filter(image =>
      selects(rule, repository, { image, now }),
    );
    const due = dueOf(selected, rule.selection, now).filter(
      ({ digest }) => !seen.has(digest) && parentsOf(repository, digest).length === 0,
    );
    for (const { digest } of selected) seen.add(digest);
    return due.map(image => ({ image, tags: tagsOf(repository, image.digest), rule }));
  });
}

function selects(
  { selection }: LifecycleRule,
  repository: Repository,
  { image, now }: { image: Image; now: Date },
): boolean {
  const { tagStatus, tagPatterns, storageClass } = selection;
  const tags = tagsOf(repository, image.digest);
  if ((statusOf(image, now) !== 'ACTIVE') !== (storageClass === 'archive')) return false;
  if (tagStatus === 'any') return true;
  if (tagStatus === 'untagged') return tags.length === 0;
  return tagPatterns.every(pattern => tags.some(tag => matchesWildcard(pattern, tag)));
}

/** Those of a rule's images that its count is over for, the oldest first. */
function dueOf(images: readonly Image[], { countType, countNumber }: LifecycleSelection, now: Date): Image[] {
  const byAge = images.toSorted((one, other) => one.pushedAt.getTime() - other.pushedAt.getTime());
  if (countType === 'imageCountMoreThan') return byAge.slice(0, Math.max(0, byAge.length - countNumber));
  const latest = new Date(now.getTime() - countNumber * dayMs);
  const dateOf = ({ pushedAt, lastPulledAt = pushedAt, archivedAt = pushedAt }: Image) =>
    ({ sinceImagePushed: pushedAt, sinceImagePulled: lastPulledAt, sinceImageTransitioned: archivedAt })[
      countType
    ];
  return byAge.filter(image => dateOf(image) < latest);
}
