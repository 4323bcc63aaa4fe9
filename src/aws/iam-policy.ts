/** An IAM policy as AWS reads it. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: PolicyStatement[];
}

/** One statement of an IAM policy. */
export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow';
  Principal?: Record<string, string>;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy of these statements. */
export function policyWith(statements: PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** The login to private registries, for which IAM knows no resource. */
export const loginStatement: PolicyStatement = {
  Sid: 'Login',
  Effect: 'Allow',
  Action: 'ecr:GetAuthorizationToken',
  Resource: '*',
};

/** The claims of an OIDC token by which a trust policy admits a job. */
export interface TrustedClaims {
  issuer: string;
  audience: string;
  /** Any of these subjects is admitted. */
  subjects: string[];
}

/** The trust policy of a role that admits only these claims, from the OIDC provider of the role's own account. */
export function trustPolicy(roleArn: string, { issuer, audience, subjects }: TrustedClaims): PolicyDocument {
  const provider = issuer.replace(/^https:\/\//, '');
  const [only = '', ...more] = subjects;
  return policyWith([
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
  ]);
}
