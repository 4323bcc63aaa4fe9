/** An IAM policy as AWS reads it. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: Statement[];
}

export interface Statement {
  Sid?: string;
  Effect: 'Allow';
  Principal?: Record<string, string>;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** Who a job is to AWS: claims of its OIDC token. */
export interface Claims {
  issuer: string;
  audience: string;
  /** Each is admitted. */
  subjects: string[];
}

/** The trust policy that admits these claims and no others to a role; partition and account are the role's own. */
export function trustPolicy(roleArn: string, { issuer, audience, subjects }: Claims): PolicyDocument {
  const provider = issuer.replace(/^https:\/\//, '');
  const [only = '', ...more] = subjects;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: roleArn.replace(/:role\/.*$/, `:oidc-provider/${provider}`) },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${provider}:aud`]: audience,
            [`${provider}:sub`]: more.length > 0 ? subjects : only,
          },
        },
      },
    ],
  };
}
