import { denialMessage, denialOf, principalNames } from '../authorization.ts';
import type { RequestContext } from '../conditions.ts';
import { decide } from '../iam.ts';
import type { NamedPrincipal } from '../iam.ts';
import type { AccessKey, KnownRole, Principal } from '../identities.ts';
import { Refusal } from '../refusal.ts';
import { placeContext, principalContext } from '../request-context.ts';
import type { RequestPlace } from '../request-context.ts';
import type { Members } from './answer.ts';
import type { Parameters } from './parameters.ts';
import { sessionTagContext, sessionTagsOf } from './session-tags.ts';
import { openSession } from './session.ts';
import type { SessionContext } from './session.ts';
import { proveWebIdentity } from './web-identity.ts';
import type { OidcProvider } from './web-identity.ts';

/** What STS's operations work with. */
export interface StsContext extends SessionContext {
  /** Of the world's account, where a provider names no other. */
  accountId: string;
  region: string;
  oidcProviders: readonly OidcProvider[];
}

/**
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 * @throws {Refusal}
 */
export async function assumeRoleWithWebIdentity(
  context: StsContext,
  parameters: Parameters,
): Promise<Members> {
  const arn = parseRoleArn(parameters);
  const providers = context.oidcProviders.filter(
    ({ accountId = context.accountId }) => accountId === arn.split(':')[4],
  );
  const token = parameters.get('WebIdentityToken') ?? '';
  const identity = await proveWebIdentity(token, providers, { now: context.now() });

  const role = context.identities.findRole(arn);
  const action = 'sts:AssumeRoleWithWebIdentity';
  const facts = {
    ...placeContext(placeOf(context)),
    ...identity.context,
    [`${identity.host}:aud`]: identity.audience,
    ...sessionFacts(parameters),
  };
  const providerArn = `arn:aws:iam::${role?.accountId}:oidc-provider/${identity.host}`;
  const principal: NamedPrincipal = { type: 'Federated', names: [providerArn] };
  // A role that does not exist is not told from one that does not trust the token.
  if (!role || decide([role.trustPolicy], { action, principal, context: facts }) !== 'allowed') {
    throw new Refusal('AccessDenied', `Not authorized to perform ${action}`, 403);
  }
  return {
    ...openSession(context, role, { parameters, chained: false, tags: { all: {}, transitive: {} } }),
    SubjectFromWebIdentityToken: identity.subject,
    Audience: identity.audience,
    Provider: providerArn,
  };
}

/**
 * Tags need a permission of their own, those that the caller's session hands on as well.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @throws {Refusal}
 */
export function assumeRole(context: StsContext, parameters: Parameters, { principal }: AccessKey): Members {
  const arn = parseRoleArn(parameters);
  const role = context.identities.findRole(arn);
  const tags = sessionTagsOf(parameters, principal.transitiveTags);
  const isTagged = Object.keys(tags.all).length > 0;
  for (const action of ['sts:AssumeRole', ...(isTagged ? ['sts:TagSession'] : [])]) {
    if (!role || !mayAssume(context, role, { principal, parameters, action })) {
      const message = denialMessage({ principal, action, resource: arn }, '').trim();
      throw new Refusal('AccessDenied', message, 403);
    }
  }
  if (!role) throw new Refusal('AccessDenied', 'Access denied', 403);
  return openSession(context, role, { parameters, chained: principal.roleArn !== undefined, tags });
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export function getCallerIdentity({ principal }: AccessKey): Members {
  return { Arn: principal.arn, UserId: principal.userId, Account: principal.accountId };
}

/**
 * A trust policy that names the caller suffices in the same account. One that names the account (`…:root`) leaves it
 * to the caller's own policies, and another account's role needs both.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-cross-account.html
 */
function mayAssume(
  context: StsContext,
  role: KnownRole,
  request: { principal: Principal; parameters: Parameters; action: string },
): boolean {
  const { principal, parameters, action } = request;
  const place = placeOf(context);
  const facts = sessionFacts(parameters);
  const all = { ...placeContext(place), ...principalContext(principal), ...facts };
  const trusts = (names: string[]) =>
    decide([role.trustPolicy], { action, principal: { type: 'AWS', names }, context: all }) === 'allowed';
  const byName = trusts([principal.arn, principal.roleArn ?? principal.arn]);
  const access = { principal, action, resource: role.arn, place, context: facts };
  const permitted = denialOf(context.identities, access) === undefined;
  if (byName && principal.accountId === role.accountId) return true;
  return trusts(principalNames(principal)) && permitted;
}

function placeOf({ region, now }: StsContext): RequestPlace {
  return { region, now: now() };
}

function sessionFacts(parameters: Parameters): RequestContext {
  const externalId = parameters.get('ExternalId');
  return {
    ...sessionTagContext(parameters),
    'sts:RoleSessionName': parameters.get('RoleSessionName') ?? '',
    ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
  };
}

function parseRoleArn(parameters: Parameters): string {
  const arn = parameters.get('RoleArn') ?? '';
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/./.test(arn)) {
    throw new Refusal('ValidationError', `${arn} is invalid`);
  }
  return arn;
}
