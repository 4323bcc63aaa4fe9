import { cacheTag } from '../ecr/mutability.ts';

/** Days after which a cache that nobody has written since is gone. */
const expiryDays = { pullRequest: 7, any: 14, overwritten: 1 };

/**
 * Keeps a repository of caches small: what was overwritten goes the next day, a pull request's caches a week after its last
 * build. ECR wants the rule for `any` to be the last. https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function cacheLifecycle(): string {
  const after = (countNumber: number) => ({ countType: 'sinceImagePushed', countUnit: 'days', countNumber });
  const rules = [
    {
      description: 'Caches that were overwritten',
      selection: { tagStatus: 'untagged', ...after(expiryDays.overwritten) },
    },
    {
      description: 'Caches of pull requests',
      selection: {
        tagStatus: 'tagged',
        tagPrefixList: [`${cacheTag}-pr-`],
        ...after(expiryDays.pullRequest),
      },
    },
    {
      description: 'Caches that no build has changed for long',
      selection: { tagStatus: 'any', ...after(expiryDays.any) },
    },
  ];
  return JSON.stringify({
    rules: rules.map(({ description, selection }, index) => ({
      rulePriority: index + 1,
      description,
      selection,
      action: { type: 'expire' },
    })),
  });
}
