import type { RequestContext } from './conditions.ts';
import { decide } from './iam.ts';
import type { Question } from './iam.ts';
import type { Identities, Principal } from './identities.ts';
import type { PolicyDocument } from './policy-document.ts';
import { Refusal } from './refusal.ts';
import { placeContext, principalContext } from './request-context.ts';
import type { RequestPlace } from './request-context.ts';

/** A request for one action on one resource, for which a principal needs permission. */
export interface Access {
  principal: Principal;
  /** `ecr:CreateRepository` */
  action: string;
  /** An ARN, or `*` for actions that have none. */
  resource: string;
  /** The policy that stands on the resource itself, if any. */
  resourcePolicy?: PolicyDocument | undefined;
  /** The account of the resource, where its own policy has to let other accounts in. */
  owner?: string;
  place: RequestPlace;
  /** What the service knows of the request besides who makes it, where and when. */
  context?: RequestContext;
}

/** Why access is refused, in the sentence's own words; undefined when it is granted. */
export function denialOf(identities: Identities, access: Access): string | undefined {
  const { principal, action, resource } = access;
  const names = principalNames(principal);
  const context = { ...placeContext(access.place), ...principalContext(principal), ...access.context };
  const question: Question = { action, resource, context, principal: { type: 'AWS', names } };

  const identity = decide(identities.policiesOf(principal), question);
  const session = new Set(principal.sessionPolicies.map(policy => decide([policy], question)));
  const own = access.resourcePolicy ? decide([access.resourcePolicy], question) : 'silent';
  const crossing = access.owner !== undefined && access.owner !== principal.accountId;

  if (identity === 'denied') return 'with an explicit deny in an identity-based policy';
  if (own === 'denied') return 'with an explicit deny in a resource-based policy';
  if (session.has('denied')) return 'with an explicit deny in a session policy';
  if (session.has('silent')) return `because no session policy allows the ${action} action`;
  if (identity === 'silent' && (crossing || own === 'silent')) {
    return `because no identity-based policy allows the ${action} action`;
  }
  if (crossing && own === 'silent') return `because no resource-based policy allows the ${action} action`;
  return undefined;
}

/**
 * The sentence with which services refuse what is not permitted.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialMessage(
  { principal, action, resource }: Pick<Access, 'principal' | 'action' | 'resource'>,
  reason: string,
): string {
  return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** @throws {Refusal} AccessDeniedException */
export function authorize(identities: Identities, access: Access): void {
  const reason = denialOf(identities, access);
  if (reason !== undefined) throw new Refusal('AccessDeniedException', denialMessage(access, reason));
}

/** The names by which a policy can mean a principal: its session, its role, its account. */
export function principalNames(principal: Principal): string[] {
  const { arn, roleArn, accountId } = principal;
  return [arn, ...(roleArn === undefined ? [] : [roleArn]), accountId, `arn:aws:iam::${accountId}:root`];
}
