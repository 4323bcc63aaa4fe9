/** The parts of an ARN; one that it does not say is absent. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  partition?: string;
  service?: string;
  /** 12 digits, or `aws` in what is AWS's own. */
  account?: string;
}

/** Reads an ARN, as AWS gave it or the input's check has let it pass; of any other text nothing is known. */
export function parseArn(text: string): Arn {
  const [, partition, service, account] = /^arn:([^:]+):([^:]+):[^:]*:([^:]*):/.exec(text) ?? [];
  return { ...(partition && { partition }), ...(service && { service }), ...(account && { account }) };
}
