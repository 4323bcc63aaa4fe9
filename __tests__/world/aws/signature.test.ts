import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { before, test } from 'node:test';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccessKey } from './identities.ts';
import { verifySignature } from './signature.ts';
import type { WireRequest } from './signature.ts';

const credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'a/secret+key=',
  sessionToken: 'a/token+==',
};
const principal = { arn: 'arn', userId: 'id', accountId: '123456789012', sessionPolicies: [], context: {} };
const key: AccessKey = { ...credentials, principal };

/** Requests as the SDK signs them, at this moment. */
const signed = new Map<'ecr' | 'sts', WireRequest>();

before(async () => {
  signed.set(
    'ecr',
    await capture(endpoint => clientOf(ECRClient, endpoint).send(new DescribeRepositoriesCommand({}))),
  );
  signed.set(
    'sts',
    await capture(endpoint => clientOf(STSClient, endpoint).send(new GetCallerIdentityCommand({}))),
  );
});

const services: ('ecr' | 'sts')[] = ['ecr', 'sts'];

for (const service of services) {
  test(`a request that the SDK signs for ${service} is its key's`, () => {
    assert.equal(verify(service), key);
  });
}

interface Refused {
  what: string;
  change?: (request: WireRequest) => WireRequest;
  found?: AccessKey | undefined;
  now?: Date;
  ecr: [code: string, message: RegExp];
  sts: [code: string, message: RegExp];
}

const hour = 60 * 60 * 1000;
const mismatch = /^The request signature we calculated does not match the signature you provided\./;
const refused: Refused[] = [
  {
    what: 'another body',
    change: request => ({ ...request, body: Buffer.from('{"maxResults":1}') }),
    ecr: ['InvalidSignatureException', mismatch],
    sts: ['SignatureDoesNotMatch', mismatch],
  },
  {
    what: 'another path',
    change: request => ({ ...request, path: '/other' }),
    ecr: ['InvalidSignatureException', mismatch],
    sts: ['SignatureDoesNotMatch', mismatch],
  },
  {
    what: 'another host',
    change: request => withHeaders(request, { host: 'ecr.example' }),
    ecr: ['InvalidSignatureException', mismatch],
    sts: ['SignatureDoesNotMatch', mismatch],
  },
  {
    what: 'another secret',
    found: { ...key, secretAccessKey: 'other' },
    ecr: ['InvalidSignatureException', mismatch],
    sts: ['SignatureDoesNotMatch', mismatch],
  },
  {
    what: 'an unknown key',
    found: undefined,
    ecr: ['UnrecognizedClientException', /^The security token included in the request is invalid\.$/],
    sts: ['InvalidClientTokenId', /^The security token included in the request is invalid\.$/],
  },
  {
    what: 'another session token',
    change: request => withHeaders(request, { 'x-amz-security-token': 'other' }),
    ecr: ['UnrecognizedClientException', /is invalid/],
    sts: ['InvalidClientTokenId', /is invalid/],
  },
  {
    what: 'a session that is over',
    found: { ...key, expiresAt: new Date(Date.now() - 1000) },
    ecr: ['ExpiredTokenException', /^The security token included in the request is expired$/],
    sts: ['ExpiredToken', /^The security token included in the request is expired$/],
  },
  {
    what: 'no authorization',
    change: request => withHeaders(request, { authorization: undefined }),
    ecr: ['MissingAuthenticationTokenException', /Missing Authentication Token/],
    sts: ['MissingAuthenticationToken', /Request is missing Authentication Token/],
  },
  {
    what: 'half an authorization',
    change: request => withHeaders(request, { authorization: 'AWS4-HMAC-SHA256 Credential=A/B/C/D/E' }),
    ecr: [
      'IncompleteSignatureException',
      /requires 'Signature' parameter\. .*requires 'SignedHeaders' parameter\./,
    ],
    sts: ['IncompleteSignature', /requires 'Signature' parameter\./],
  },
  {
    what: 'a clock an hour behind',
    now: new Date(Date.now() + hour),
    ecr: [
      'InvalidSignatureException',
      /^Signature expired: \d{8}T\d{6}Z is now earlier than .* - 5 min\.\)$/,
    ],
    sts: ['SignatureDoesNotMatch', /^Signature expired: .* - 15 min\.\)$/],
  },
  {
    what: 'a clock an hour ahead',
    now: new Date(Date.now() - hour),
    ecr: ['InvalidSignatureException', /^Signature not yet current: .* is still later than .* \+ 5 min\.\)$/],
    sts: ['SignatureDoesNotMatch', /^Signature not yet current: .* \+ 15 min\.\)$/],
  },
  {
    what: 'the scope of another region',
    change: request =>
      withHeaders(request, {
        authorization: request.headers.authorization?.replace('eu-central-1', 'eu-west-1') ?? '',
      }),
    ecr: ['InvalidSignatureException', /^Credential should be scoped to a valid region\. $/],
    sts: ['SignatureDoesNotMatch', /^Credential should be scoped to a valid region\. $/],
  },
  {
    what: 'the scope of another service',
    change: request =>
      withHeaders(request, {
        authorization: request.headers.authorization?.replace(/\/(ecr|sts)\//, '/s3/') ?? '',
      }),
    ecr: ['InvalidSignatureException', /^Credential should be scoped to correct service: 'ecr'\. $/],
    sts: ['SignatureDoesNotMatch', /^Credential should be scoped to correct service: 'sts'\. $/],
  },
];

for (const { what, change, now, ...expected } of refused) {
  for (const service of services) {
    const [code, message] = expected[service];
    test(`${what} is refused by ${service} as ${code}`, () => {
      const found = 'found' in expected ? expected.found : key;
      assert.throws(() => verify(service, { change, now, found }), { code, message });
    });
  }
}

function verify(
  service: 'ecr' | 'sts',
  options: {
    change?: ((request: WireRequest) => WireRequest) | undefined;
    now?: Date | undefined;
    found?: AccessKey | undefined;
  } = { found: key },
): AccessKey {
  const request = signed.get(service);
  assert.ok(request);
  const { change = same => same, now = new Date(), found } = options;
  return verifySignature(change(request), { service, region: 'eu-central-1', now }, { findKey: () => found });
}

function withHeaders(request: WireRequest, changes: Record<string, string | undefined>): WireRequest {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries({ ...request.headers, ...changes })) {
    if (value !== undefined) headers.set(name, value);
  }
  return { ...request, headers: Object.fromEntries(headers) };
}

function clientOf<C>(
  Client: new (options: {
    endpoint: string;
    region: string;
    credentials: typeof credentials;
    maxAttempts: number;
  }) => C,
  endpoint: string,
): C {
  return new Client({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
}

/** The request that a client sends, in the words of the wire; nobody answers it. */
async function capture(send: (endpoint: string) => Promise<unknown>): Promise<WireRequest> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address !== 'string');
  const captured = once(server, 'request').then(async ([message, response]: unknown[]) => {
    assert.ok(message instanceof IncomingMessage && response instanceof ServerResponse);
    const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
    const { method = '', url: path = '' } = message;
    const body = await buffer(message);
    response.destroy();
    return { method, path, headers: Object.fromEntries(headers), body };
  });
  await assert.rejects(send(`http://127.0.0.1:${address.port}`));
  server.close();
  return await captured;
}
