import type { RequestContext } from '../conditions.ts';
import type { Identities, KnownRole } from '../identities.ts';
import { parsePolicy } from '../policy-document.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { Refusal } from '../refusal.ts';
import type { Members } from './answer.ts';
import { listOf } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import type { SessionTags } from './session-tags.ts';

const hourSeconds = 3600;

/** What sessions are made with. */
export interface SessionContext {
  identities: Identities;
  now: () => Date;
  /** Sessions last this long whatever was asked for, so that a test can outlive one. */
  sessionLifetimeSeconds?: number | undefined;
}

/**
 * Opens a session of a role that the caller may assume, and answers with its credentials.
 *
 * @throws {Refusal} ValidationError, MalformedPolicyDocument
 */
export function openSession(
  { identities, now, sessionLifetimeSeconds }: SessionContext,
  role: KnownRole,
  options: { parameters: Parameters; chained: boolean; tags: SessionTags },
): Members {
  const { parameters, chained, tags } = options;
  const seconds = durationSeconds(role, parameters, { chained });
  const sessionPolicies = sessionPoliciesOf(identities, parameters);
  const name = parameters.get('RoleSessionName') ?? '';
  const arn = `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/${name}`;
  const userId = `${role.id}:${name}`;
  const context: RequestContext = Object.fromEntries(
    Object.entries(tags.all).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
  );
  const owner = { accountId: role.accountId, roleArn: role.arn, transitiveTags: tags.transitive };
  const principal = { arn, userId, ...owner, sessionPolicies, context };
  const expiresAt = new Date(now().getTime() + (sessionLifetimeSeconds ?? seconds) * 1000);
  const key = identities.openSession(principal, expiresAt);
  return {
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    Credentials: {
      AccessKeyId: key.accessKeyId,
      SecretAccessKey: key.secretAccessKey,
      SessionToken: key.sessionToken,
      // Whole seconds, as STS tells it; the earlier one, so that no client trusts it for longer than it lasts.
      Expiration: expiresAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  };
}

function durationSeconds(role: KnownRole, parameters: Parameters, { chained }: { chained: boolean }): number {
  const asked = Number(parameters.get('DurationSeconds') ?? hourSeconds);
  if (chained && asked > hourSeconds) {
    throw new Refusal(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  if (asked > role.maxSessionDurationSeconds) {
    throw new Refusal(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  return asked;
}

/** The inline policy and the managed ones together are one policy: what any of them allows, the session may. */
function sessionPoliciesOf(identities: Identities, parameters: Parameters): PolicyDocument[] {
  const inline = parameters.get('Policy');
  const documents = [
    ...(inline === undefined ? [] : [parsePolicy(inline, 'identity')]),
    ...listOf(parameters, 'PolicyArns').map(({ arn = '' }) => {
      const document = identities.findManagedPolicy(arn);
      if (!document) {
        throw new Refusal('ValidationError', `Policy ${arn} does not exist or is not attachable.`);
      }
      return document;
    }),
  ];
  if (documents.length === 0) return [];
  return [{ Statement: documents.flatMap(document => document.Statement) }];
}
