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
  Resource?: string;
  Condition?: Record<string, Record<string, string>>;
}

/** Who a job is to AWS: three claims of its OIDC token. */
export interface Claims {
  issuer: string;
  audience: string;
  subject: string;
}

/** The trust policy that admits these claims and no others to a role; partition and account are the role's own. */
export function trustPolicy(roleArn: string, claims: Claims): PolicyDocument {
  const provider = claims.issuer.replace(/^https:\/\//, '');
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: roleArn.replace(/:role\/.*$/, `:oidc-provider/${provider}`) },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { [`${provider}:aud`]: claims.audience, [`${provider}:sub`]: claims.subject },
        },
      },
    ],
  };
}
