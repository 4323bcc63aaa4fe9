import { parseArn } from '../aws/arn.ts';
import { trustPolicy } from '../aws/iam-policy.ts';
import { defaultIssuer, isOfGitHub, subjectForms } from './oidc-subject.ts';

/** The claims of a job's OIDC token. Only claims are shown to the user, never the token itself. */
export interface TokenClaims {
  iss?: string;
  aud?: string;
  sub?: string;
  [claim: string]: string | undefined;
}

const otherClaims = [
  'repository',
  'repository_id',
  'repository_owner_id',
  'ref',
  'event_name',
  'environment',
];
/**
 * Claims that AWS compares: those of every provider, and those of github.com's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const comparedClaims = ['aud', 'sub'];
const comparedClaimsOfGitHub = [
  'actor',
  'actor_id',
  'job_workflow_ref',
  'repository',
  'repository_id',
  'workflow',
  'ref',
  'environment',
  'enterprise_id',
];
const runnerClaims = ['job_workflow_ref', 'runner_environment'];

/**
 * The remedy for a refused AssumeRoleWithWebIdentity: the claims of the job, the likely causes, and a trust policy that admits
 * the job.
 */
export function explainRefusal(roleArn: string, claims: TokenClaims): string {
  const { iss = '', aud = '', sub = '' } = claims;
  const present = ['iss', 'aud', 'sub', ...otherClaims, ...runnerClaims].filter(
    claim => claims[claim] !== undefined,
  );
  const width = Math.max(...present.map(claim => claim.length));
  const subjects = subjectFormsOf(claims);
  const runsForTag = /:ref:refs\/tags\//.test(sub);
  return [
    "The job's token says",
    ...present.map(claim => `  ${claim.padEnd(width)}  ${claims[claim]}`),
    'What often does not match',
    ...likelyCauses(roleArn, claims).map(each => `  - ${each}`),
    "A trust policy for the role that admits this job, whichever form its repository's subject has",
    JSON.stringify(
      trustPolicy(roleArn, { issuer: iss, audience: aud, subjects: subjects.length > 0 ? subjects : [sub] }),
      null,
      2,
    ),
    ...(runsForTag
      ? [
          'With refs/tags/* in the place of this tag it admits whoever may push a tag, on any commit: have a ruleset for tags, or release from an environment.',
        ]
      : []),
  ].join('\n');
}

/** The likely causes for these claims, the likeliest first. */
function likelyCauses(roleArn: string, claims: TokenClaims): string[] {
  const { iss = '', aud = '', sub = '' } = claims;
  const { account = '' } = parseArn(roleArn);
  const provider = iss.replace(/^https:\/\//, '');
  const compared = [...comparedClaims, ...(isOfGitHub(iss) ? comparedClaimsOfGitHub : [])];
  return [
    /^repo:[^:]*@\d+\/[^:]*@\d+:/.test(sub) &&
      'The subject has ids (OWNER@ID/REPO@ID), as of repositories made, renamed or transferred after 2026-07-15: a policy for repo:OWNER/REPO:… does not match it.',
    !hasUsualEnding(claims) &&
      'The subject was customised for this repository or organisation: a policy for repo:OWNER/REPO:… as GitHub makes it by default does not match it.',
    iss !== defaultIssuer &&
      `The issuer is not ${defaultIssuer}: the account needs an OIDC provider for ${iss}, and the policy its name as principal and in its conditions.`,
    sub.endsWith(':pull_request') &&
      'The job runs for a pull request: a policy for a branch, ref:refs/heads/…, does not admit it.',
    /:environment:/.test(sub) &&
      'The job names an environment, so its subject ends with environment:… and not with a ref.',
    /:ref:refs\/tags\//.test(sub) &&
      'The job runs for a tag: a policy for ref:refs/heads/… does not admit it.',
    aud !== 'sts.amazonaws.com' &&
      `The audience is '${aud}': the policy and the provider's client ids have to have it, or leave \`audience\` out.`,
    `The role does not exist under this name and path: ${roleArn}`,
    `The policy's principal is another provider than oidc-provider/${provider} of account ${account}, or has StringEquals where a * is meant to match (that needs StringLike).`,
    `The policy asks for a claim that AWS does not compare, such as repository_owner or event_name, which never holds. AWS compares ${compared.join(', ')}.`,
  ].filter(each => each !== false);
}

/** Whether the subject says where the job runs as GitHub says it by default, behind whatever names the repository. */
function hasUsualEnding({ sub = '' }: TokenClaims): boolean {
  return /^repo:[^:]*:(pull_request|ref:[^:]*|environment:[^:]*)$/.test(sub);
}

/** Both forms of the subject; only its own form if it was customised, and none if it names no repository. */
function subjectFormsOf(claims: TokenClaims): string[] {
  const {
    sub = '',
    repository,
    repository_id: repositoryId = '',
    repository_owner_id: ownerId = '',
  } = claims;
  const ending = /^repo:[^:]*:(.*)$/.exec(sub)?.[1];
  if (ending === undefined || repository === undefined) return [];
  const forms = subjectForms({ repository, repositoryId, ownerId }, ending);
  return forms.includes(sub) ? forms : [sub];
}
