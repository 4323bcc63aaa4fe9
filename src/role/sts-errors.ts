import { defaultIssuer, isOfGitHub } from './oidc-subject.ts';

/** What the OIDC token of the call says of itself; a signed call has none. */
export interface TokenFacts {
  issuer?: string;
  audience?: string;
}

/** What to do about an error of STS. */
export interface StsFault {
  /** How many times to make the call at most, the first one included. */
  tries: number;
  /** What the user can change; absent where the error is explained in another way. */
  remedy?: string;
}

interface Rule {
  code: RegExp;
  /** Matches the message; every message if it is absent. */
  message?: RegExp;
  tries: number;
  remedy?: string | ((token: Required<TokenFacts>) => string);
}

/** The first rule that matches applies. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const rules: Rule[] = [
  {
    code: /^InvalidIdentityToken/,
    message: /No OpenIDConnect provider/i,
    tries: 1,
    remedy: ({ issuer, audience }) =>
      `The role's account has no OIDC provider for GitHub. Create it once:\n  aws iam create-open-id-connect-provider --url ${issuer} --client-id-list ${audience}${reachability(issuer)}`,
  },
  {
    code: /^InvalidIdentityToken/,
    message: /audience/i,
    tries: 1,
    remedy:
      "Add this audience to the client ids of the account's OIDC provider, or leave `audience` out to use sts.amazonaws.com.",
  },
  // A new role is refused for some seconds, until IAM has replicated it.
  { code: /^AccessDenied/, tries: 3 },
  {
    code: /^(InvalidIdentityToken|ExpiredToken)/,
    tries: 3,
    remedy:
      "Three fresh tokens were refused: check the clock of a self-hosted runner, and that the token's issuer is GitHub.",
  },
  {
    code: /^IDPCommunicationError/,
    tries: 6,
    remedy: ({ issuer }) =>
      isOfGitHub(issuer)
        ? 'STS could not reach GitHub to verify the token: run the job again; https://www.githubstatus.com tells more.'
        : `STS could not reach GitHub to verify the token: run the job again.${reachability(issuer)}`,
  },
  {
    code: /^(Throttl|RequestLimitExceeded|TooManyRequests)/,
    tries: 6,
    remedy: 'STS throttled this call for a minute: let fewer jobs start at once, and run this one again.',
  },
  {
    code: /^ValidationError/,
    message: /MaxSessionDuration|DurationSeconds/,
    tries: 1,
    remedy:
      'Lower `role-duration-seconds`, or raise the maximum session duration of the role. A chained role has one hour at most. Longer builds need neither: the session is renewed.',
  },
  {
    code: /^(MalformedPolicyDocument|PackedPolicyTooLarge)/,
    tries: 1,
    remedy:
      'Correct or shorten `inline-session-policy`, `managed-session-policies` and `custom-tags`, or leave `role-skip-session-tagging: false` out.',
  },
  {
    code: /^InvalidParameterValue/,
    message: /tag/i,
    tries: 1,
    remedy:
      'Correct `custom-tags` and `transitive-tag-keys`. A tag that the session before hands on cannot be set again: leave it out.',
  },
  {
    code: /^RegionDisabled/,
    tries: 1,
    remedy: 'Turn STS on for this region in the account settings of IAM, or choose another `aws-region`.',
  },
];

/** What to do about an error of STS by its code and message; `undefined` if the error is unknown and not to be retried. */
export function stsFaultOf(code: string, message: string, token: TokenFacts = {}): StsFault | undefined {
  const rule = rules.find(each => each.code.test(code) && (each.message?.test(message) ?? true));
  if (rule === undefined) return undefined;
  const { tries, remedy } = rule;
  const facts = {
    issuer: plain(token.issuer) ?? plain(/\bfor (https:\S+)/.exec(message)?.[1]) ?? defaultIssuer,
    audience: plain(token.audience) ?? 'sts.amazonaws.com',
  };
  return {
    tries,
    ...(remedy !== undefined && { remedy: typeof remedy === 'string' ? remedy : remedy(facts) }),
  };
}

/** The text if it can stand on a command line as it is. */
function plain(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w.:/-]*[\w/-]$/.test(text) ? text : undefined;
}

/** What a server of one's own has to let in, which github.com and its enterprises do. */
function reachability(issuer: string): string {
  return isOfGitHub(issuer) || issuer.endsWith('.ghe.com')
    ? ''
    : `\nAWS reads ${issuer}/.well-known/openid-configuration over the internet, so the server has to let it.`;
}
