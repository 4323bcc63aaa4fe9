/**
 * The parts of an ARN; a part that is empty in it is absent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export interface Arn {
  partition?: string;
  service?: string;
  /** 12 digits, or `aws` for a resource that belongs to AWS. */
  account?: string;
}

/** Parses an ARN; all parts are absent if the text is none. */
export function parseArn(text: string): Arn {
  const [, partition, service, account] = /^arn:([^:]+):([^:]+):[^:]*:([^:]*):/.exec(text) ?? [];
  return { ...(partition && { partition }), ...(service && { service }), ...(account && { account }) };
}

/** The partition and the account of a role, for the ARNs of a policy; `*` stands for what is not known. */
export function homeOf(role: string | undefined): { partition: string; account: string } {
  const { partition = '*', account = '*' } = parseArn(role ?? '');
  return { partition, account };
}

/** The ARN of a repository of ECR for a policy. It has the role's partition and, unless `registryId` names another, its account. */
export function repositoryArn(
  { name, region, registryId }: { name: string; region: string; registryId?: string | undefined },
  role: string | undefined,
): string {
  const { partition, account } = homeOf(role);
  return `arn:${partition}:ecr:${region}:${registryId ?? account}:repository/${name}`;
}
