import { cacheTag } from '../ecr/mutability.ts';

/** Days after its last push in which a cache expires. */
const expiryDays = { pullRequest: 7, any: 14, overwritten: 1 };

/**
 * The JSON of the lifecycle policy that keeps a cache repository small. Overwritten caches expire after a day, and those of
 * a pull request a week after its last build. ECR requires the rule for `any` to be the last. https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function cacheLifecyclePolicy(): string {
  const expireAfterDays = (countNumber: number) => ({
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber,
  });
  const rules = [
    {
      description: 'Caches that were overwritten',
      selection: { tagStatus: 'untagged', ...expireAfterDays(expiryDays.overwritten) },
    },
    {
      description: 'Caches of pull requests',
      selection: {
        tagStatus: 'tagged',
        tagPrefixList: [`${cacheTag}-pr-`],
        ...expireAfterDays(expiryDays.pullRequest),
      },
    },
    {
      description: 'Caches that no build has changed for long',
      selection: { tagStatus: 'any', ...expireAfterDays(expiryDays.any) },
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
