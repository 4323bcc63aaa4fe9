import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import type { RequestContext } from '../conditions.ts';
import { Refusal } from '../refusal.ts';

/** An OpenID Connect provider that an account has in its IAM. */
export interface OidcProvider {
  /** The URL that tokens name in `iss`: `https://token.actions.githubusercontent.com` */
  issuer: string;
  /** The public keys, or where they are asked for at each token, as STS does over HTTP. */
  jwks: JSONWebKeySet | (() => JSONWebKeySet | Promise<JSONWebKeySet>);
  /** The client ids that are registered: `sts.amazonaws.com` */
  audiences: string[];
  /** The account of the world where it is left out. */
  accountId?: string;
}

/** Who a token speaks for, once it is proved. */
export interface WebIdentity {
  provider: OidcProvider;
  /** The issuer without `https://`: the provider's name in ARNs and condition keys. */
  host: string;
  subject: string;
  audience: string;
  /** `token.actions.githubusercontent.com:sub` and its like, one for each claim that AWS compares. */
  context: RequestContext;
}

/**
 * Proves a token: a provider that is known, an audience that is registered, the signature, and its time.
 *
 * @param providers those of the role's account
 * @throws {Refusal} InvalidIdentityToken, ExpiredTokenException
 */
export async function proveWebIdentity(
  token: string,
  providers: readonly OidcProvider[],
  { now }: { now: Date },
): Promise<WebIdentity> {
  const claims = decode(token);
  const provider = providers.find(({ issuer }) => issuer === claims.iss);
  if (!provider) throw invalid(`No OpenIDConnect provider found in your account for ${claims.iss}`);
  const audience = [claims.aud ?? []].flat().find(each => provider.audiences.includes(each));
  if (audience === undefined) throw invalid('Incorrect token audience');
  const seconds = Math.floor(now.getTime() / 1000);
  if (claims.exp === undefined) throw invalid('Missing a required claim: exp');
  if (claims.sub === undefined) throw invalid('Missing a required claim: sub');
  if (claims.exp <= seconds) {
    throw new Refusal(
      'ExpiredTokenException',
      `Token expired: current date/time ${seconds} must be before the expiration date/time ${claims.exp}`,
    );
  }
  await proveSignature(token, provider, now);
  const host = provider.issuer.replace(/^https:\/\//, '');
  return { provider, host, subject: claims.sub, audience, context: contextOf(claims, host) };
}

async function proveSignature(token: string, { jwks }: OidcProvider, now: Date): Promise<void> {
  try {
    const keys = createLocalJWKSet(typeof jwks === 'function' ? await jwks() : jwks);
    await jwtVerify(token, keys, { currentDate: now });
  } catch (error) {
    // The wording of these two is ours; AWS's own was nowhere to be found.
    if (error instanceof errors.JWTClaimValidationFailed) {
      throw invalid(`The ID Token provided is not valid yet: ${error.claim}`);
    }
    if (error instanceof errors.JWSSignatureVerificationFailed) throw invalid('Invalid token signature');
    throw invalid(
      "Couldn't retrieve verification key from your identity provider, " +
        'please reference AssumeRoleWithWebIdentity documentation for requirements',
    );
  }
}

function decode(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw invalid(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
}

/**
 * The claims that AWS makes condition keys of, whatever else a token says: those of every provider, and those of GitHub's.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const claimsOfAll = ['amr', 'aud', 'sub'];
const claimsOfGitHub = [
  'actor',
  'actor_id',
  'enterprise_id',
  'environment',
  'job_workflow_ref',
  'ref',
  'repository',
  'repository_id',
  'workflow',
];
const gitHubHost = 'token.actions.githubusercontent.com';

function contextOf(claims: JWTPayload, host: string): RequestContext {
  // An enterprise's own issuer is the same host with the enterprise's name behind it.
  const isGitHub = host === gitHubHost || host.startsWith(`${gitHubHost}/`);
  const known = new Set([...claimsOfAll, ...(isGitHub ? claimsOfGitHub : [])]);
  return Object.fromEntries(
    Object.entries(claims)
      .filter(([name, value]) => known.has(name) && (typeof value === 'string' || Array.isArray(value)))
      .map(([name, value]) => [`${host}:${name}`, Array.isArray(value) ? value.map(String) : String(value)]),
  );
}

function invalid(message: string): Refusal {
  return new Refusal('InvalidIdentityToken', message);
}
