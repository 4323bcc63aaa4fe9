import type { AskedSettings, RepositoryInputs, RepositoryPlan } from './plan.ts';

/** The remedy when ECR does not create the repository, by the code of the error; `undefined` if there is no particular one. */
export function creationRemedy(code: string, { asked, name }: RepositoryPlan): string | undefined {
  switch (code) {
    case 'KmsException':
      return (
        `The key ${asked.encryption?.key ?? 'of ECR'} has to exist in this region, to be symmetric and enabled; and the role ` +
        'needs kms:CreateGrant, kms:DescribeKey and kms:RetireGrant on it, in its own policy and for what ECR does in its name: ' +
        '`dry-run: true` prints the statement. The policy of the key may have to admit the role, too.'
      );
    case 'LimitExceededException':
      return 'The registry has as many repositories as it may: delete some, or ask AWS for a higher quota (Service Quotas, Amazon ECR).';
    case 'TooManyTagsException':
      return 'Leave some of `repository-tags` out: ECR takes 50.';
    case 'InvalidParameterException':
      return `ECR does not accept one of the settings for '${name}': the message above names it. Nothing has been created.`;
    default:
      return undefined;
  }
}

/** The message and the remedy when the repository does not exist. A registry can create it only if the run pushes. */
export function sayMissing(
  { name, type, registryId }: RepositoryInputs,
  { region, push }: { region: string; push: boolean },
): { message: string; remedy: string } {
  const location = type === 'public' ? 'ECR Public' : region;
  const remedies = [
    type === 'public'
      ? 'Create it, correct `repository`, or let a build create it: `create-repository: true`.'
      : 'Create it, correct `repository` or `aws-region`, or let a build create it: `create-repository: true`.',
    ...(push && type === 'private'
      ? [
          'A registry that creates on push has to have a template for this name, and the role needs ecr:DescribeRepositoryCreationTemplates to see it.',
        ]
      : []),
    ...(push && registryId !== undefined
      ? [
          `The templates of another account's registry can't be read: if ${registryId} is one, create it there.`,
        ]
      : []),
  ];
  return {
    message: `The repository '${name}' does not exist in ${location}, and this run creates none.`,
    remedy: remedies.join(' '),
  };
}

/**
 * The remedy when the repository was created but one of its policies was not put: later runs do not take it for a new
 * repository.
 */
export const unfinishedRemedy =
  'The repository has been created without it: once that is mended, `on-drift: reconcile` puts it in a later run.';

/** The given inputs that say how the repository should be set. */
export function givenSettings(asked: AskedSettings): string[] {
  const settings: [input: string, isAsked: boolean][] = [
    ['image-tag-mutability', asked.mutability !== undefined],
    ['image-tag-mutability-exclusions', asked.exclusions !== undefined],
    ['scan-on-push', asked.scanOnPush !== undefined],
    ['encryption-type', asked.encryption !== undefined],
    ['kms-key', asked.encryption?.key !== undefined],
    ['repository-tags', Object.keys(asked.tags).length > 0],
    ['lifecycle-policy', asked.lifecyclePolicy !== undefined],
    ['repository-policy', asked.repositoryPolicy !== undefined],
    ['pull-accounts', asked.pullAccounts.length > 0],
    ['pull-services', asked.pullServices.length > 0],
  ];
  return settings.flatMap(([input, isAsked]) => (isAsked ? [`\`${input}\``] : []));
}
