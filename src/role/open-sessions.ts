import { decodeJwt } from 'jose';
import { isRefusal } from '../aws/client.ts';
import type { CredentialsProvider, SessionCredentials } from '../aws/client.ts';
import { openSts } from '../aws/sts.ts';
import type { Job } from '../platform/job.ts';
import { chainingPermissions, explainChain } from './access-denied.ts';
import { callSts } from './call-sts.ts';
import { keepFresh, keysOf } from './credentials.ts';
import { requestOidcToken } from './oidc-token.ts';
import { findOwnCredentials } from './own-credentials-failure.ts';
import { adviseChaining } from './own-credentials.ts';
import type { RolePlan } from './plan.ts';
import type { TokenFacts } from './sts-errors.ts';
import { explainRefusal } from './trust-diagnosis.ts';
import type { TokenClaims } from './trust-diagnosis.ts';

/**
 * The provider of the credentials of the last role, which renews the whole chain when they expire; `undefined` means the SDK's
 * default chain. `own` has the credentials that the first role of the chain is assumed with, where they are those of a session.
 */
export function providerOf(
  job: Job,
  role: RolePlan,
  own?: CredentialsProvider,
): CredentialsProvider | undefined {
  const { chain } = role;
  const first = own ?? firstProviderOf(job, role);
  // The same role may be in a chain twice, so that its place counts and not its ARN.
  return chain.reduce<CredentialsProvider | undefined>(
    (before, arn, place) => keepFresh(() => assumeNext(job, role, { arn, place, before })),
    first,
  );
}

/** The provider of the first credentials; `undefined` means the SDK's default chain. */
export function firstProviderOf(job: Job, role: RolePlan): CredentialsProvider | undefined {
  const { source } = role;
  switch (source.kind) {
    case 'oidc':
      return keepFresh(() => assumeWithToken(job, role, source.arn));
    case 'keys':
      return () => Promise.resolve(source.keys);
    case 'default':
      return undefined;
  }
}

/**
 * Assumes the first role with a new OIDC token each time: a token expires after five minutes, a session only after the time
 * that the role allows.
 */
async function assumeWithToken(job: Job, role: RolePlan, arn: string): Promise<SessionCredentials> {
  const sts = await openSts(role.region, { credentials: undefined, signal: job.signal });
  let token = '';
  const ask = async (): Promise<SessionCredentials> => {
    token = await requestOidcToken(role.audience, job.signal);
    const session = sessionOf(role, { isLast: role.chain.length === 0 });
    return keysOf(await sts.assumeRoleWithWebIdentity({ ...session, RoleArn: arn, WebIdentityToken: token }));
  };
  const denied = (): string =>
    [...adviseChaining(process.env), explainRefusal(arn, claimsOf(token))].join('\n');
  const action = `sts:AssumeRoleWithWebIdentity of ${arn}`;
  const facts = (): TokenFacts => {
    if (token === '') return {};
    const { iss, aud } = claimsOf(token);
    return { ...(iss !== undefined && { issuer: iss }), ...(aud !== undefined && { audience: aud }) };
  };
  return callSts(ask, action, {
    isSigned: false,
    region: role.region,
    token: facts,
    denied,
    signal: job.signal,
  });
}

function claimsOf(token: string): TokenClaims {
  return Object.fromEntries(Object.entries(decodeJwt(token)).map(([name, value]) => [name, String(value)]));
}

/** Assumes the next role of a chain with the credentials of the one before. */
async function assumeNext(
  job: Job,
  role: RolePlan,
  { arn, place, before }: { arn: string; place: number; before: CredentialsProvider | undefined },
): Promise<SessionCredentials> {
  const sts = await openSts(role.region, { credentials: before, signal: job.signal });
  const isLast = place === role.chain.length - 1;
  const { tags, transitiveKeys } = tagsFor(role, { isFirst: place === 0 });
  const isSpare = (key: string): boolean => role.spareTagKeys.includes(key);
  const assume = async (isLeftOut: (key: string) => boolean): Promise<SessionCredentials> => {
    const tagged = tags.filter(({ Key }) => !isLeftOut(Key));
    const handedOn = transitiveKeys.filter(key => !isLeftOut(key));
    return keysOf(
      await sts.assumeRole({
        ...sessionOf(role, { isLast }),
        RoleArn: arn,
        ...(role.externalId !== undefined && { ExternalId: role.externalId }),
        ...(tagged.length > 0 && { Tags: tagged }),
        ...(handedOn.length > 0 && { TransitiveTagKeys: handedOn }),
      }),
    );
  };
  const ask = async (): Promise<SessionCredentials> => {
    if (before === undefined) await findOwnCredentials(() => sts.config.credentials(), role.region);
    return assume(() => false).catch((error: unknown) => {
      const isTooLarge = isRefusal(error, 'PackedPolicyTooLarge', 'PackedPolicyTooLargeException');
      if (!isTooLarge || !tags.some(({ Key }) => isSpare(Key))) throw error;
      return assume(isSpare);
    });
  };
  const denied = (message: string): string =>
    explainChain(arn, {
      message,
      before: place === 0 && role.source.kind !== 'oidc' ? 'keys' : 'role',
      policy: chainingPermissions(role, arn),
    });
  return callSts(ask, 'sts:AssumeRole', { isSigned: true, region: role.region, denied, signal: job.signal });
}

/**
 * The tags of a session. Those that the first session hands on are on the sessions after it already, and STS refuses to have them
 * set again. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
 */
function tagsFor({ tags, transitiveTagKeys }: RolePlan, { isFirst }: { isFirst: boolean }) {
  const handedOn = new Set(isFirst ? [] : transitiveTagKeys);
  return {
    tags: Object.entries(tags).flatMap(([Key, Value]) => (handedOn.has(Key) ? [] : [{ Key, Value }])),
    transitiveKeys: isFirst ? transitiveTagKeys : [],
  };
}

/**
 * The parameters of a session. Only the last session is narrowed by policies: those before it have to be able to assume the
 * next role.
 */
function sessionOf(role: RolePlan, { isLast }: { isLast: boolean }) {
  const arns = role.sessionPolicyArns.map(arn => ({ arn }));
  return {
    RoleSessionName: role.sessionName,
    DurationSeconds: role.durationSeconds,
    ...(isLast && role.sessionPolicy !== undefined && { Policy: role.sessionPolicy }),
    ...(isLast && arns.length > 0 && { PolicyArns: arns }),
  };
}
