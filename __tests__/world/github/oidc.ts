import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { ownerOf, refType, workflowRef } from './job.ts';
import type { Job } from './job.ts';

/** The `iss` of every identity token of github.com. */
export const ISSUER = 'https://token.actions.githubusercontent.com';

export interface IssuerOptions {
  /** Seconds from issue to expiry; GitHub's are 300. */
  lifetimeSeconds?: number;
  /** Signs with a key that the published set does not have, under the id of the one that it has. */
  signWithForeignKey?: boolean;
  now?: () => Date;
}

/** Signs identity tokens and tells the keys to verify them with. */
export interface Issuer {
  jwks(): JSONWebKeySet;
  issue(job: Job, audience?: string): Promise<string>;
  /** Every token that was issued. */
  issued(): readonly string[];
}

/** One pair for all issuers of this process, as it takes long to find one. */
let ownKeys: ReturnType<typeof generateKeyPair> | undefined;

/** An issuer with a 2048-bit RSA key. */
export async function createIssuer(options: IssuerOptions = {}): Promise<Issuer> {
  const { lifetimeSeconds = 300, now = () => new Date() } = options;
  const published = await (ownKeys ??= generateKeyPair('RS256', { extractable: true }));
  const signing = options.signWithForeignKey ? await generateKeyPair('RS256') : published;
  const header = { alg: 'RS256', typ: 'JWT', kid: randomUUID() };
  const jwk = { ...(await exportJWK(published.publicKey)), kid: header.kid, alg: header.alg, use: 'sig' };
  const issued: string[] = [];
  return {
    jwks: () => ({ keys: [jwk] }),
    issued: () => issued,
    async issue(job, audience = `https://github.com/${ownerOf(job)}`) {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const token = await new SignJWT(claims(job))
        .setProtectedHeader(header)
        .setJti(randomUUID())
        .setSubject(subject(job))
        .setAudience(audience)
        .setIssuer(issuerOf(job))
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt - 600)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(signing.privateKey);
      issued.push(token);
      return token;
    },
  };
}

/** The `iss` claim: of github.com, of an enterprise that wanted one of its own, or of a GitHub Enterprise Server. */
export function issuerOf({ enterprise, serverUrl }: Pick<Job, 'enterprise' | 'serverUrl'>): string {
  if (serverUrl !== 'https://github.com') return `${serverUrl}/_services/token`;
  return enterprise?.hasIssuer ? `${ISSUER}/${enterprise.slug}` : ISSUER;
}

/**
 * The `sub` claim: the repository and the context, or the claims that were chosen in their place.
 * https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
 */
export function subject(job: Job): string {
  const { subjectClaims = ['repo', 'context'] } = job;
  return subjectClaims.map(key => subjectPart(job, key)).join(':');
}

function subjectPart(job: Job, key: string): string {
  if (key === 'repo') return `repo:${repositoryIn(job)}`;
  if (key === 'context') return contextOf(job);
  const value = new Map(Object.entries(claims(job))).get(key);
  if (value === undefined) throw new Error(`A token of this job has no claim ${key}.`);
  return `${key}:${escapeColons(value)}`;
}

/** Ids stay where the subject is immutable, whatever claims were chosen. */
function repositoryIn(job: Job): string {
  const owner = ownerOf(job);
  const name = job.repository.slice(owner.length + 1);
  return job.subject === 'immutable' ? `${owner}@${job.ownerId}/${name}@${job.repositoryId}` : job.repository;
}

/** An environment outranks the event, and a pull request's token names no ref. */
function contextOf(job: Job): string {
  if (job.environment) return `environment:${escapeColons(job.environment)}`;
  return job.eventName === 'pull_request' ? 'pull_request' : `ref:${escapeColons(job.ref)}`;
}

/** A colon would read as the next part of the subject. */
function escapeColons(text: string): string {
  return text.replaceAll(':', '%3A');
}

/** What the token says beyond the registered claims; every value is a string, numbers and booleans too. */
function claims(job: Job): Record<string, string> {
  return {
    ...(job.environment ? { environment: job.environment } : {}),
    ...(job.enterprise ? { enterprise: job.enterprise.slug, enterprise_id: job.enterprise.id } : {}),
    ref: job.ref,
    sha: job.sha,
    repository: job.repository,
    repository_owner: ownerOf(job),
    repository_id: job.repositoryId,
    repository_owner_id: job.ownerId,
    repository_visibility: job.visibility,
    run_id: job.runId,
    run_number: job.runNumber,
    run_attempt: job.runAttempt,
    actor: job.actor,
    actor_id: job.actorId,
    workflow: job.workflow,
    workflow_ref: workflowRef(job),
    workflow_sha: job.sha,
    job_workflow_ref: job.reusableWorkflow?.ref ?? workflowRef(job),
    job_workflow_sha: job.reusableWorkflow?.sha ?? job.sha,
    head_ref: job.headRef,
    base_ref: job.baseRef,
    event_name: job.eventName,
    ref_type: refType(job),
    ref_protected: 'false',
    runner_environment: job.runnerEnvironment,
  };
}
