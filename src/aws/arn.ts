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
