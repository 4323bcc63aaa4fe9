import assert from 'node:assert/strict';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECRPUBLICClient } from '@aws-sdk/client-ecr-public';
import { STSClient } from '@aws-sdk/client-sts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import type { Aws } from './aws.ts';
import { digestOf } from './ecr/content.ts';
import type { Ecr } from './ecr/ecr.ts';
import type { PolicyDocument } from './policy-document.ts';
import type { OidcProvider } from './sts/web-identity.ts';

const issuer = 'https://token.actions.githubusercontent.com';

/** An issuer of tokens with a key of its own, for tests of AWS without a GitHub. */
export interface Issuer {
  provider: OidcProvider & { jwks: JSONWebKeySet };
  /** A token for `repo:octo-org/app:ref:refs/heads/main` that lasts 5 minutes, but for what `claims` says. */
  issue(claims?: JWTPayload): Promise<string>;
}

export async function createIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwks: JSONWebKeySet = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }] };
  return {
    provider: { issuer, jwks, audiences: ['sts.amazonaws.com'] },
    issue(claims = {}) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        iss: issuer,
        aud: 'sts.amazonaws.com',
        sub: 'repo:octo-org/app:ref:refs/heads/main',
        repository: 'octo-org/app',
        iat: now,
        nbf: now,
        exp: now + 300,
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .sign(privateKey);
    },
  };
}

/** The trust policy that AWS and GitHub recommend. */
export function trustOf(repository: string, accountId = '123456789012'): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
        StringLike: { 'token.actions.githubusercontent.com:sub': `repo:${repository}:*` },
      },
    },
  };
}

/** A policy that allows some actions on everything. */
export function allow(...actions: string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}

export interface Clients {
  ecr: ECRClient;
  ecrPublic: ECRPUBLICClient;
  sts: STSClient;
}

/** A user who may do all that these actions say, and the clients that are his. */
export function clientsOf(aws: Aws, ...actions: string[]): Clients {
  return clientsIn(aws, aws.accountId, { actions });
}

/** The same for a user of some account, in some region. */
export function clientsIn(
  aws: Aws,
  accountId: string,
  { actions, region = aws.region }: { actions: string[]; region?: string },
): Clients {
  const secrets = { accessKeyId: `AKIATESTER${accountId}`, secretAccessKey: 'a/secret+of/a+tester' };
  const user = { name: 'tester', accountId, ...secrets };
  aws.iam.putUser({ ...user, policies: [allow(...actions)] });
  const options = { endpoint: aws.url, region, credentials: user, maxAttempts: 1 };
  return {
    ecr: new ECRClient(options),
    ecrPublic: new ECRPUBLICClient({ ...options, region: 'us-east-1' }),
    sts: new STSClient(options),
  };
}

/** Asserts that an error is what a service refuses with. */
export function isRefusal(error: unknown, code: string, message: string | RegExp): true {
  assert.ok(error instanceof Error);
  // The SDK calls modelled errors by their shape: InvalidIdentityTokenException for the code InvalidIdentityToken.
  assert.equal(error.name.replace(/Exception$/, ''), code.replace(/Exception$/, ''));
  if (typeof message === 'string') assert.equal(error.message, message);
  else assert.match(error.message, message);
  return true;
}

/** What a manifest is made of: its text, its digest, and the digest of the config within. */
export interface SampleImage {
  manifest: string;
  digest: string;
  mediaType: string;
}

/** Puts a small image's layer and config where PutImage finds them; the image itself is still to be put. */
export function sampleImage(
  { layers }: Ecr,
  repositoryName: string,
  options: {
    platform?: string;
    labels?: Record<string, string>;
    /** The image that this one is about. */
    subject?: SampleImage;
    artifactType?: string;
    annotations?: Record<string, string>;
  } = {},
): SampleImage {
  const { subject, artifactType, annotations } = options;
  const [os = '', architecture = ''] = (options.platform ?? 'linux/amd64').split('/');
  const layer = 'not really a tar';
  const config = JSON.stringify({ os, architecture, config: { Labels: options.labels ?? {} } });
  const descriptor = (bytes: string, mediaType: string) => {
    return { mediaType, digest: layers.putBlob(repositoryName, bytes), size: bytes.length };
  };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    artifactType,
    config: descriptor(config, 'application/vnd.oci.image.config.v1+json'),
    layers: [descriptor(layer, 'application/vnd.oci.image.layer.v1.tar')],
    ...(subject && {
      subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.manifest.length },
    }),
    annotations,
  });
  return { manifest, digest: digestOf(manifest), mediaType };
}

/** An index of images. */
export function sampleIndex(...images: SampleImage[]): SampleImage {
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const manifests = images.map(image => {
    return { mediaType: image.mediaType, digest: image.digest, size: image.manifest.length };
  });
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, manifests });
  return { manifest, digest: digestOf(manifest), mediaType };
}
