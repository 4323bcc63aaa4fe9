import { Refusal } from '../refusal.ts';
import { getImage } from './image-lookup.ts';
import { evaluateLifecycle } from './lifecycle-evaluation.ts';
import type { LifecycleOutcome } from './lifecycle-evaluation.ts';
import { normalizeLifecyclePolicy, parseLifecyclePolicy } from './lifecycle-policy.ts';
import * as members from './members.ts';
import type { ImageId } from './members.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import { pageOf } from './page.ts';
import { absent, headingOf } from './policy-answer.ts';
import type { Repository } from './registry.ts';
import { integer, oneOf, structure, text } from './shape.ts';

/** A preview as it was started; it belongs to its repository, and a new one takes its place. */
export interface LifecyclePreview {
  readonly policyText: string;
  readonly outcomes: readonly LifecycleOutcome[];
  /** How many looks still find it in progress. */
  readonly looksLeft: number;
}

/** How previews go, for tests to set. */
export interface PreviewStory {
  /** How many looks at a preview (or starts of another) find it in progress, before it has ended. */
  looks: number;
  /** What it ends with. */
  status: 'COMPLETE' | 'FAILED' | 'EXPIRED';
}

const { repositoryName, registry, lifecyclePolicyText } = members;

export const startLifecyclePolicyPreview = operation(
  structure({ repositoryName }, { ...registry, lifecyclePolicyText }),
  {
    perform({ repositoryName: name, lifecyclePolicyText: given }, call) {
      const repository = call.registry.get(name);
      const policyText = given === undefined ? repository.lifecyclePolicy : checked(given);
      if (policyText === undefined) throw absent('Lifecycle', name, call);
      if (look(repository, call) > 0) {
        throw new Refusal(
          'LifecyclePolicyPreviewInProgressException',
          `The lifecycle policy preview for the repository with name '${name}' ` +
            `in the registry with id '${call.registry.accountId}' is still in progress`,
        );
      }
      const outcomes = evaluateLifecycle(repository, parseLifecyclePolicy(policyText), { now: call.now() });
      const preview = { policyText, outcomes, looksLeft: call.previews.looks };
      call.registry.update(name, () => ({ preview }));
      return { ...headingOf(name, call), lifecyclePolicyText: policyText, status: 'IN_PROGRESS' };
    },
  },
);

export const getLifecyclePolicyPreview = operation(
  structure(
    { repositoryName },
    {
      ...registry,
      imageIds: members.imageIds,
      nextToken: text(),
      maxResults: integer({ min: 1, max: 100 }),
      filter: structure({}, { tagStatus: oneOf('TAGGED', 'UNTAGGED', 'ANY') }),
    },
  ),
  {
    perform({ repositoryName: name, imageIds, filter, ...page }, call) {
      const repository = call.registry.get(name);
      const { preview } = repository;
      if (!preview) {
        throw new Refusal(
          'LifecyclePolicyPreviewNotFoundException',
          `Lifecycle policy preview does not exist for the repository with name '${name}' ` +
            `in the registry with id '${call.registry.accountId}'`,
        );
      }
      if (imageIds && (page.nextToken !== undefined || page.maxResults !== undefined)) {
        throw new Refusal(
          'InvalidParameterException',
          "Invalid parameter at 'maxResults' or 'nextToken': cannot be used with 'imageIds'",
        );
      }
      const heading = { ...headingOf(name, call), lifecyclePolicyText: preview.policyText };
      const running = look(repository, call) > 0;
      const { status } = call.previews;
      if (running || status !== 'COMPLETE') {
        return { ...heading, status: running ? 'IN_PROGRESS' : status, previewResults: [], summary: {} };
      }
      const wanted = wantedOf(
        preview.outcomes,
        { imageIds, tagStatus: filter?.tagStatus },
        { repository, call },
      );
      const { items, nextToken } = pageOf(wanted, page, { size: 100 });
      return {
        ...heading,
        status,
        previewResults: items.map(resultOf),
        summary: summaryOf(preview.outcomes),
        nextToken,
      };
    },
  },
);

/** The policy as it is kept. */
function checked(policyText: string): string {
  parseLifecyclePolicy(policyText);
  return normalizeLifecyclePolicy(policyText);
}

/** Each look brings a preview nearer to its end; how many it needed yet. */
function look({ name, preview }: Repository, { registry: { update } }: Call): number {
  if (!preview) return 0;
  update(name, () => ({ preview: { ...preview, looksLeft: Math.max(0, preview.looksLeft - 1) } }));
  return preview.looksLeft;
}

function wantedOf(
  outcomes: readonly LifecycleOutcome[],
  { imageIds, tagStatus = 'ANY' }: { imageIds: ImageId[] | undefined; tagStatus: string | undefined },
  { repository, call }: { repository: Repository; call: Call },
): LifecycleOutcome[] {
  const digests = imageIds?.map(id => getImage(call.registry, repository, id).digest);
  return outcomes.filter(
    ({ image, tags }) =>
      (digests?.includes(image.digest) ?? true) &&
      (tagStatus === 'ANY' || (tagStatus === 'TAGGED') === tags.length > 0),
  );
}

function resultOf({ image, tags, rule }: LifecycleOutcome): object {
  return {
    ...(tags.length > 0 ? { imageTags: tags } : {}),
    imageDigest: image.digest,
    imagePushedAt: image.pushedAt,
    action:
      rule.action === 'expire' ? { type: 'EXPIRE' } : { type: 'TRANSITION', targetStorageClass: 'ARCHIVE' },
    appliedRulePriority: rule.rulePriority,
    storageClass: rule.selection.storageClass === 'archive' ? 'ARCHIVE' : 'STANDARD',
  };
}

function summaryOf(outcomes: readonly LifecycleOutcome[]): object {
  const counted = (action: string) => outcomes.filter(({ rule }) => rule.action === action).length;
  const imageTotalCount = counted('transition');
  return {
    expiringImageTotalCount: counted('expire'),
    ...(imageTotalCount > 0
      ? { transitioningImageTotalCounts: [{ targetStorageClass: 'ARCHIVE', imageTotalCount }] }
      : {}),
  };
}
