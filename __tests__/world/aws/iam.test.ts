import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestContext } from './conditions.ts';
import { decide } from './iam.ts';
import { checkPolicy, parsePolicy } from './policy-document.ts';
import type { ConditionBlock, PolicyKind, Statement } from './policy-document.ts';

const repository = 'arn:aws:ecr:eu-central-1:123456789012:repository/team/app';

const statements: [what: string, statement: Partial<Statement>, decision: string][] = [
  ['the very action and resource', { Action: 'ecr:PutImage', Resource: repository }, 'allowed'],
  ['a list of actions', { Action: ['ecr:GetImage', 'ecr:PutImage'], Resource: '*' }, 'allowed'],
  ['actions in another case', { Action: 'ECR:putimage', Resource: '*' }, 'allowed'],
  ['a wildcard in the action', { Action: 'ecr:Put*', Resource: '*' }, 'allowed'],
  ['a question mark', { Action: 'ecr:PutImag?', Resource: '*' }, 'allowed'],
  ['another action', { Action: 'ecr:PutImageTagMutability', Resource: '*' }, 'silent'],
  ['all actions but this one', { NotAction: 'ecr:PutImage', Resource: '*' }, 'silent'],
  ['all actions but another one', { NotAction: 'ecr:Delete*', Resource: '*' }, 'allowed'],
  ['a wildcard in the resource', { Action: '*', Resource: 'arn:aws:ecr:*:*:repository/team/*' }, 'allowed'],
  ['a dot is a dot', { Action: '*', Resource: 'arn.aws:ecr:*' }, 'silent'],
  ['another resource', { Action: '*', Resource: 'arn:aws:ecr:*:*:repository/other' }, 'silent'],
  ['all resources but this one', { Action: '*', NotResource: '*/app' }, 'silent'],
  ['a deny', { Effect: 'Deny', Action: '*', Resource: '*' }, 'denied'],
];

for (const [what, statement, decision] of statements) {
  test(`a policy with ${what}: ${decision}`, () => {
    const policy = checkPolicy({ Statement: { Effect: 'Allow', ...statement } }, 'identity');
    assert.equal(decide([policy], { action: 'ecr:PutImage', resource: repository, context: {} }), decision);
  });
}

test('a deny in one policy wins over an allow in another', () => {
  const allow = parsePolicy('{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', 'identity');
  const deny = parsePolicy('{"Statement":{"Effect":"Deny","Action":"ecr:Put*","Resource":"*"}}', 'identity');
  assert.equal(
    decide([allow, deny], { action: 'ecr:PutImage', resource: repository, context: {} }),
    'denied',
  );
});

const main = { 'g:sub': 'repo:octo-org/app:ref:refs/heads/main' };
const conditions: [block: ConditionBlock, context: RequestContext, holds: boolean][] = [
  [{ StringEquals: { 'g:sub': 'repo:octo-org/app:ref:refs/heads/main' } }, main, true],
  [{ StringEquals: { 'G:SUB': 'repo:octo-org/app:ref:refs/heads/main' } }, main, true],
  [{ StringEquals: { 'g:sub': 'repo:octo-org/app:*' } }, main, false],
  [{ StringEquals: { 'g:sub': ['other', 'repo:octo-org/app:ref:refs/heads/main'] } }, main, true],
  [{ StringEquals: { 'g:sub': 'x' } }, {}, false],
  [{ StringEqualsIfExists: { 'g:sub': 'x' } }, {}, true],
  [{ StringEqualsIfExists: { 'g:sub': 'x' } }, main, false],
  [{ StringNotEquals: { 'g:sub': 'x' } }, main, true],
  [{ StringNotEquals: { 'g:sub': ['x', main['g:sub']] } }, main, false],
  [{ StringNotEquals: { 'g:sub': 'x' } }, {}, true],
  [{ StringEqualsIgnoreCase: { 'g:sub': 'REPO:octo-org/app:ref:refs/heads/main' } }, main, true],
  [{ StringLike: { 'g:sub': 'repo:octo-org/*:ref:refs/heads/*' } }, main, true],
  [{ StringLike: { 'g:sub': 'repo:octo-org/app:environment:*' } }, main, false],
  [{ StringNotLike: { 'g:sub': 'repo:octo-org/*' } }, main, false],
  [{ StringLike: { 'g:sub': '*' }, StringEquals: { 'g:aud': 'sts' } }, main, false],
  [{ Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:SecureTransport': 'TRUE' }, true],
  [{ Null: { 'g:sub': 'false' } }, main, true],
  [{ Null: { 'g:sub': 'true' } }, main, false],
  [{ ArnLike: { a: 'arn:aws:iam::*:role/*' } }, { a: 'arn:aws:iam::123456789012:role/ci/x' }, true],
  [{ ArnLike: { a: 'arn:aws:*:role/ci' } }, { a: 'arn:aws:iam::123456789012:role/ci' }, false],
  [{ 'ForAnyValue:StringEquals': { tags: ['a', 'b'] } }, { tags: ['b', 'c'] }, true],
  [{ 'ForAnyValue:StringEquals': { tags: ['a', 'b'] } }, { tags: ['c'] }, false],
  [{ 'ForAnyValue:StringEquals': { tags: ['a'] } }, {}, false],
  [{ 'ForAllValues:StringEquals': { tags: ['a', 'b'] } }, { tags: ['b', 'c'] }, false],
  [{ 'ForAllValues:StringEquals': { tags: ['a', 'b'] } }, { tags: ['a', 'b'] }, true],
  [{ 'ForAllValues:StringEquals': { tags: ['a'] } }, {}, true],
  [{ 'ForAnyValue:StringNotEquals': { tags: ['a'] } }, {}, false],
  [{ 'ForAnyValue:StringNotEquals': { tags: ['a'] } }, { tags: ['a', 'b'] }, true],
  [{ 'ForAllValues:StringNotEquals': { tags: ['a'] } }, { tags: ['a', 'b'] }, false],
  [{ 'ForAnyValue:StringEqualsIfExists': { tags: ['a'] } }, {}, true],
  [{ DateGreaterThan: { t: '2026-10-01T00:00:00Z' } }, { t: '2026-10-01T00:00:01Z' }, true],
  [{ DateGreaterThan: { t: '2026-10-01T00:00:00Z' } }, { t: '2026-10-01T00:00:00Z' }, false],
  [{ DateGreaterThanEquals: { t: '2026-10-01T00:00:00Z' } }, { t: '1790812800' }, true],
  [{ DateLessThan: { t: '2026-10-01' } }, { t: '2026-09-30T23:59:59Z' }, true],
  [{ DateLessThanEquals: { t: '1790812800' } }, { t: '2026-10-01T00:00:00+01:00' }, true],
  [{ DateEquals: { t: '2026-10-01T02:00:00+02:00' } }, { t: '2026-10-01T00:00:00Z' }, true],
  [{ DateNotEquals: { t: '2026-10-01T00:00:00Z' } }, { t: '2026-10-01T00:00:00Z' }, false],
  [{ DateNotEquals: { t: '2026-10-01T00:00:00Z' } }, {}, true],
  [{ DateLessThan: { t: '2026-10-01T00:00:00Z' } }, {}, false],
  [{ DateLessThan: { t: 'tomorrow' } }, { t: '2026-10-01T00:00:00Z' }, false],
  [{ NumericLessThanEquals: { n: '3600' } }, { n: '900' }, true],
  [{ NumericLessThan: { n: '900' } }, { n: '3600' }, false],
  [{ NumericEquals: { n: '10' } }, { n: '10.0' }, true],
  [{ NumericNotEquals: { n: '10' } }, { n: '11' }, true],
  [{ IpAddress: { ip: '203.0.113.0/24' } }, { ip: '203.0.113.7' }, true],
  [{ IpAddress: { ip: '203.0.113.0/24' } }, { ip: '203.0.114.7' }, false],
  [{ IpAddress: { ip: ['10.0.0.0/8', '203.0.113.7'] } }, { ip: '203.0.113.7' }, true],
  [{ IpAddress: { ip: '2001:db8::/32' } }, { ip: '2001:db8:1::1' }, true],
  [{ IpAddress: { ip: '2001:db8::/32' } }, { ip: '203.0.113.7' }, false],
  [{ IpAddress: { ip: 'here' } }, { ip: '203.0.113.7' }, false],
  [{ IpAddress: { ip: '203.0.113.0/24' } }, {}, false],
  [{ NotIpAddress: { ip: '203.0.113.0/24' } }, { ip: '203.0.113.7' }, false],
  [{ NotIpAddress: { ip: '203.0.113.0/24' } }, { ip: '198.51.100.7' }, true],
];

for (const [block, context, holds] of conditions) {
  test(`${JSON.stringify(block)} ${holds ? 'holds' : 'does not hold'} for ${JSON.stringify(context)}`, () => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: block };
    const policy = checkPolicy({ Statement: [statement] }, 'identity');
    assert.equal(decide([policy], { action: 'ecr:PutImage', context }), holds ? 'allowed' : 'silent');
  });
}

const allowAll = { Effect: 'Allow', Action: '*', Resource: '*' };
const malformed: [what: string, document: unknown, kind: PolicyKind, message: RegExp][] = [
  ['no statement', { Version: '2012-10-17' }, 'identity', /Syntax errors/],
  ['another version', { Version: '2020-01-01', Statement: allowAll }, 'identity', /version is not valid/],
  ['a misspelt effect', { Statement: { ...allowAll, Effect: 'allow' } }, 'identity', /Syntax errors/],
  ['a misspelt member', { Statement: { ...allowAll, Conditions: {} } }, 'identity', /Syntax errors/],
  ['no action', { Statement: { Effect: 'Allow', Resource: '*' } }, 'identity', /must contain actions/],
  ['no resource', { Statement: { Effect: 'Allow', Action: '*' } }, 'identity', /must contain resources/],
  [
    'a principal',
    { Statement: { ...allowAll, Principal: '*' } },
    'identity',
    /should not specify a principal/,
  ],
  [
    'an unknown operator',
    { Statement: { ...allowAll, Condition: { StringIs: { a: 'b' } } } },
    'identity',
    /StringIs/,
  ],
  [
    'no principal',
    { Statement: { Effect: 'Allow', Action: '*' } },
    'trust',
    /Missing required field Principal/,
  ],
  ['a resource', { Statement: { ...allowAll, Principal: '*' } }, 'trust', /prohibited field Resource/],
];

for (const [what, document, kind, message] of malformed) {
  test(`a policy of the kind ${kind} with ${what} is malformed`, () => {
    assert.throws(() => checkPolicy(document, kind), { code: 'MalformedPolicyDocument', message });
  });
}

test('a policy that is no JSON is malformed', () => {
  assert.throws(() => parsePolicy('{', 'identity'), { code: 'MalformedPolicyDocument' });
});
