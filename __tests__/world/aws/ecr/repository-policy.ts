import { principalNames } from '../authorization.ts';
import { decide } from '../iam.ts';
import { parsePolicy, statementsOf } from '../policy-document.ts';
import type { PolicyDocument, Statement } from '../policy-document.ts';
import { Refusal } from '../refusal.ts';
import type { Call } from './operation.ts';
import { invalid } from './shape.ts';

/**
 * Reads a repository policy as ECR does: it stands on the repository, so it names no resource.
 *
 * @see https://github.com/awsdocs/amazon-ecr-user-guide/pull/20 for the words where it does
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/39064 for those where a principal is not there
 * @throws {Refusal} InvalidParameterException
 */
export function checkRepositoryPolicy(policyText: string, call: Call): PolicyDocument {
  const document = parse(policyText);
  const statements = statementsOf(document);
  if (!statements.every(statement => isSound(statement, call))) throw refused();
  const named = statements.flatMap(principalsOf);
  if (named.some(principal => isMissing(principal, call))) throw invalid('PolicyText', 'Principal not found');
  return document;
}

/**
 * Whether the caller could not set another policy once this one stands.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
 */
export function locksOut(document: PolicyDocument, arn: string, { principal, registry }: Call): boolean {
  const context = { 'aws:PrincipalArn': principal.roleArn ?? principal.arn, ...principal.context };
  const action = `${registry.service}:SetRepositoryPolicy`;
  const named = { type: 'AWS' as const, names: principalNames(principal) };
  return decide([document], { action, resource: arn, context, principal: named }) === 'denied';
}

/**
 * The policy as ECR keeps it and answers: accounts that were named by their id have become ARNs.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function inFull(document: PolicyDocument): string {
  const rootOf = (_key: string, value: unknown) =>
    typeof value === 'string' && /^\d{12}$/.test(value) ? `arn:aws:iam::${value}:root` : value;
  const principalOf = (key: string, value: unknown): unknown =>
    key === 'Principal' ? JSON.parse(JSON.stringify(value, rootOf)) : value;
  return JSON.stringify(document, principalOf);
}

function parse(policyText: string): PolicyDocument {
  try {
    return parsePolicy(policyText, 'resource');
  } catch (error) {
    if (error instanceof Refusal) throw refused();
    throw error;
  }
}

function isSound(statement: Statement, { registry: { service } }: Call): boolean {
  const actions = [statement.Action ?? statement.NotAction ?? []].flat();
  return (
    statement.Resource === undefined &&
    statement.NotResource === undefined &&
    actions.every(action => action === '*' || action.toLowerCase().startsWith(`${service}:`)) &&
    principalsOf(statement).every(isPrincipal) &&
    servicesOf(statement).every(name => /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(name))
  );
}

function principalsOf({ Principal }: Statement): string[] {
  return Principal === undefined || Principal === '*' ? [] : [Principal.AWS ?? []].flat();
}

function servicesOf({ Principal }: Statement): string[] {
  return Principal === undefined || Principal === '*' ? [] : [Principal.Service ?? []].flat();
}

/** An account, or somebody in one; `arn:aws:iam::123456789012:*` is nobody. */
function isPrincipal(principal: string): boolean {
  return (
    /^(\*|\d{12})$/.test(principal) ||
    /^arn:aws[\w-]*:(iam|sts)::\d{12}:(root|(user|role|assumed-role|federated-user)\/[\w+=,.@/-]+)$/.test(
      principal,
    )
  );
}

/** Whether somebody is named in the registry's own account whom it does not have; others are beyond its sight. */
function isMissing(principal: string, { identities, registry: { accountId } }: Call): boolean {
  const own = principal.includes(`:iam::${accountId}:`) && !principal.endsWith(':root');
  return own && !identities.exists(principal);
}

function refused(): Refusal {
  return invalid('PolicyText', 'Invalid repository policy provided');
}
