import { conditionsHold } from './conditions.ts';
import type { RequestContext } from './conditions.ts';
import { statementsOf } from './policy-document.ts';
import type { PolicyDocument, PolicyPrincipal, Statement } from './policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

/** Who asks: the type of principal that a policy would name, and every name by which it could be meant. */
export interface NamedPrincipal {
  type: 'AWS' | 'Federated';
  names: readonly string[];
}

/** What a policy is asked. A trust policy has no resources; there `resource` is left out. */
export interface Question {
  action: string;
  resource?: string;
  principal?: NamedPrincipal;
  context: RequestContext;
}

/** `denied` is an explicit deny, which wins over any allow; `silent` means that nothing was said. */
export type Decision = 'allowed' | 'denied' | 'silent';

/**
 * What a set of policies says to a question, by IAM's rules.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(policies: readonly PolicyDocument[], question: Question): Decision {
  const effects = new Set(
    policies
      .flatMap(policy => statementsOf(policy))
      .filter(statement => applies(statement, question))
      .map(statement => statement.Effect),
  );
  if (effects.has('Deny')) return 'denied';
  return effects.has('Allow') ? 'allowed' : 'silent';
}

function applies(statement: Statement, question: Question): boolean {
  return (
    namesAction(statement, question.action) &&
    namesResource(statement, question.resource) &&
    namesPrincipal(statement.Principal, question.principal) &&
    conditionsHold(statement.Condition ?? {}, question.context)
  );
}

function namesAction(statement: Statement, action: string): boolean {
  const named = (patterns: string | string[]) =>
    [patterns].flat().some(pattern => matchesWildcard(pattern, action, { ignoreCase: true }));
  return statement.NotAction === undefined ? named(statement.Action ?? []) : !named(statement.NotAction);
}

function namesResource(statement: Statement, resource: string | undefined): boolean {
  if (resource === undefined) return true;
  const named = (patterns: string | string[]) =>
    [patterns].flat().some(pattern => matchesWildcard(pattern, resource));
  if (statement.NotResource !== undefined) return !named(statement.NotResource);
  // A repository policy has no resources: it stands on the repository itself.
  return statement.Resource === undefined || named(statement.Resource);
}

function namesPrincipal(named: PolicyPrincipal | undefined, asking: NamedPrincipal | undefined): boolean {
  if (named === undefined || asking === undefined) return true;
  if (named === '*') return asking.type === 'AWS';
  return [named[asking.type] ?? []].flat().some(name => name === '*' || asking.names.includes(name));
}
