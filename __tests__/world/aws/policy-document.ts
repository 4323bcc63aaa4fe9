import { isOperator } from './conditions.ts';
import { isRecord, parseRecord } from './json.ts';
import { Refusal } from './refusal.ts';

type OneOrMore = string | string[];

/** `'*'`, or the principals by type; a trust policy's OIDC provider is `{ Federated: 'arn:…:oidc-provider/…' }`. */
export type PolicyPrincipal =
  '*' | { AWS?: OneOrMore; Federated?: OneOrMore; Service?: OneOrMore; CanonicalUser?: OneOrMore };

/** Operator → condition key → the values of which one has to match. */
export type ConditionBlock = Record<string, Record<string, OneOrMore>>;

export interface Statement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: PolicyPrincipal;
  Action?: OneOrMore;
  NotAction?: OneOrMore;
  Resource?: OneOrMore;
  NotResource?: OneOrMore;
  Condition?: ConditionBlock;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface PolicyDocument {
  Version?: '2012-10-17' | '2008-10-17';
  Id?: string;
  Statement: Statement | Statement[];
}

/** Where a policy stands: in a trust or repository policy a principal is named, in an identity's it never is. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

const documentMembers = new Set(['Version', 'Id', 'Statement']);
const statementMembers = new Set([
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);
const principalTypes = new Set(['AWS', 'Federated', 'Service', 'CanonicalUser']);

/**
 * Reads a policy as JSON text.
 *
 * @throws {Refusal} MalformedPolicyDocument
 */
export function parsePolicy(text: string, kind: PolicyKind): PolicyDocument {
  const document = parseRecord(text);
  if (!document) throw malformed('This policy contains invalid Json');
  return checkPolicy(document, kind);
}

/**
 * The same document, once it is known to be one.
 *
 * @throws {Refusal} MalformedPolicyDocument
 */
export function checkPolicy(document: unknown, kind: PolicyKind): PolicyDocument {
  if (!isPolicy(document, kind)) throw malformed('Syntax errors in policy.');
  return document;
}

/** A policy's statements, however they are written. */
export function statementsOf(document: PolicyDocument): readonly Statement[] {
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement];
}

function isPolicy(document: unknown, kind: PolicyKind): document is PolicyDocument {
  if (!isRecord(document) || !hasOnly(document, documentMembers)) return false;
  if (
    document.Version !== undefined &&
    document.Version !== '2012-10-17' &&
    document.Version !== '2008-10-17'
  ) {
    throw malformed('The policy version is not valid.');
  }
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return statements.length > 0 && statements.every(statement => isStatement(statement, kind));
}

function isStatement(statement: unknown, kind: PolicyKind): statement is Statement {
  if (!isRecord(statement) || !hasOnly(statement, statementMembers)) return false;
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') return false;
  if (!isOneOf(statement, 'Action', 'NotAction')) throw malformed('Policy statement must contain actions.');
  if (kind === 'identity' && statement.Principal !== undefined) {
    throw malformed('Policy document should not specify a principal.');
  }
  if (kind !== 'identity' && !isPrincipal(statement.Principal)) {
    throw malformed('Missing required field Principal');
  }
  if (kind === 'trust' && (statement.Resource !== undefined || statement.NotResource !== undefined)) {
    throw malformed('Has prohibited field Resource');
  }
  if (kind === 'identity' && !isOneOf(statement, 'Resource', 'NotResource')) {
    throw malformed('Policy statement must contain resources.');
  }
  return statement.Condition === undefined || isCondition(statement.Condition);
}

function isCondition(block: unknown): block is ConditionBlock {
  if (!isRecord(block)) return false;
  const unknown = Object.keys(block).find(operator => !isOperator(operator));
  if (unknown !== undefined) throw malformed(`Invalid Condition type : ${unknown}.`);
  return Object.values(block).every(keys => isRecord(keys) && Object.values(keys).every(isOneOrMore));
}

function isPrincipal(principal: unknown): principal is PolicyPrincipal {
  if (principal === '*') return true;
  return (
    isRecord(principal) && hasOnly(principal, principalTypes) && Object.values(principal).every(isOneOrMore)
  );
}

function isOneOf(statement: Record<string, unknown>, name: string, opposite: string): boolean {
  const given = [statement[name], statement[opposite]].filter(value => value !== undefined);
  return given.length === 1 && given.every(isOneOrMore);
}

function isOneOrMore(value: unknown): value is OneOrMore {
  if (typeof value === 'string') return true;
  return Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'string');
}

function hasOnly(value: Record<string, unknown>, members: ReadonlySet<string>): boolean {
  return Object.keys(value).every(name => members.has(name));
}

function malformed(message: string): Refusal {
  return new Refusal('MalformedPolicyDocument', message);
}
