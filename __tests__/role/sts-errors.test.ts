import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stsFaultOf } from '../../src/role/sts-errors.ts';

const table: [code: string, message: string, tries: number | undefined, remedy?: RegExp][] = [
  ['IDPCommunicationError', 'could not reach the provider', 6],
  ['IDPCommunicationErrorException', 'could not reach the provider', 6],
  ['Throttling', 'Rate exceeded', 6],
  ['ThrottlingException', 'Rate exceeded', 6],
  ['InvalidIdentityToken', "Couldn't retrieve verification key", 3],
  ['InvalidIdentityTokenException', "Couldn't retrieve verification key", 3],
  ['ExpiredTokenException', 'Token expired', 3],
  ['ExpiredToken', 'Token expired', 3],
  ['AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 3],
  [
    'InvalidIdentityToken',
    'No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com',
    1,
    /create-open-id-connect-provider --url https:\/\/token\.actions\.githubusercontent\.com --client/,
  ],
  [
    'InvalidIdentityToken',
    'No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com/octocat-inc',
    1,
    /--url https:\/\/token\.actions\.githubusercontent\.com\/octocat-inc --client/,
  ],
  [
    'InvalidIdentityToken',
    'No OpenIDConnect provider found in your account for $(id)',
    1,
    /--url https:\/\/token\.actions\.githubusercontent\.com --client/,
  ],
  ['InvalidIdentityToken', 'Incorrect token audience', 1, /client ids/],
  ['IDPRejectedClaim', 'rejected', undefined],
  [
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    1,
    /role-duration-seconds/,
  ],
  ['ValidationError', "1 validation error detected: Value 'x' at 'roleArn'", undefined],
  ['MalformedPolicyDocument', 'Syntax errors in policy', 1, /inline-session-policy/],
  ['PackedPolicyTooLarge', 'exceeds the allowed space', 1, /shorten/],
  ['RegionDisabledException', 'STS is not activated in this region', 1, /another `aws-region`/],
];

test('each error of STS has its own treatment, and nothing that cannot succeed is tried again', () => {
  for (const [code, message, tries, remedy] of table) {
    const fault = stsFaultOf(code, message);
    assert.equal(fault?.tries, tries, `${code}: ${message}`);
    if (remedy !== undefined) assert.match(fault?.remedy ?? '', remedy);
  }
});
