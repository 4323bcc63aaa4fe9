import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issuerOf } from '../../src/role/oidc-subject.ts';
import { stsFaultOf } from '../../src/role/sts-errors.ts';
import type { TokenFacts } from '../../src/role/sts-errors.ts';

const server = { issuer: 'https://github.example.com/_services/token', audience: 'ecr' };

const table: [
  code: string,
  message: string,
  tries: number | undefined,
  remedy?: RegExp,
  token?: TokenFacts,
][] = [
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
  [
    'InvalidIdentityToken',
    'No OpenIDConnect provider found in your account in words that name none',
    1,
    /--url https:\/\/github\.example\.com\/_services\/token --client-id-list ecr\nAWS reads https:\/\/github\.example\.com/,
    server,
  ],
  [
    'InvalidIdentityToken',
    'No OpenIDConnect provider found in your account',
    1,
    /--url https:\/\/token\.actions\.octocorp\.ghe\.com --client-id-list sts\.amazonaws\.com$/,
    { issuer: 'https://token.actions.octocorp.ghe.com' },
  ],
  [
    'InvalidIdentityToken',
    'No OpenIDConnect provider found in your account',
    1,
    /--url https:\/\/token\.actions\.githubusercontent\.com --client-id-list sts\.amazonaws\.com$/,
    { issuer: 'https://x.example/$(id)', audience: 'a;b' },
  ],
  ['IDPCommunicationError', 'could not reach the provider', 6, /the server has to let it\.$/, server],
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
  for (const [code, message, tries, remedy, token] of table) {
    const fault = stsFaultOf(code, message, token);
    assert.equal(fault?.tries, tries, `${code}: ${message}`);
    if (remedy !== undefined) assert.match(fault?.remedy ?? '', remedy);
  }
});

test("the issuer of a GitHub's tokens follows from the URL of its server", () => {
  const servers = {
    'https://github.com': 'https://token.actions.githubusercontent.com',
    '': 'https://token.actions.githubusercontent.com',
    'https://octocorp.ghe.com': 'https://token.actions.octocorp.ghe.com',
    'https://github.example.com': 'https://github.example.com/_services/token',
    'https://octocorp.ghe.com.example.org/': 'https://octocorp.ghe.com.example.org/_services/token',
  };
  for (const [url, issuer] of Object.entries(servers)) assert.equal(issuerOf(url), issuer);
});
