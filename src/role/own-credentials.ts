/** Variables of the job. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Variables that the SDK's default provider chain reads first.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
const credentialVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** The first variable by which the job has credentials of its own; `undefined` if there is none. */
export function variableWithCredentials(environment: Environment): string | undefined {
  return credentialVariables.find(name => Boolean(environment[name]));
}

/** What to write where the job's own credentials are meant to assume the role; empty where it has none. */
export function adviseChaining(environment: Environment): string[] {
  const name = variableWithCredentials(environment);
  return name === undefined
    ? []
    : [
        `The job has credentials of its own (${name}). If they are to assume the role, set \`role-chaining: true\`: without it the role is assumed by GitHub's OIDC.`,
      ];
}
