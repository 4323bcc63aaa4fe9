import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { cacheScopes } from './cache-scopes.ts';
import type { CacheScope } from './cache-scopes.ts';
import type { Job } from './job.ts';

/** What a runtime token lets its bearer do. */
export interface Grant {
  repositoryId: string;
  planId: string;
  planJobId: string;
  idToken: boolean;
  cacheScopes: readonly CacheScope[];
}

/** Mints and checks runtime tokens, the one bearer token that a job shows to all of GitHub's services. */
export interface RuntimeTokens {
  mint(job: Job): Promise<string>;
  /** What the bearer may do; undefined when `authorization` is missing, foreign or expired. */
  verify(authorization: string | undefined): Promise<Grant | undefined>;
}

/** A job's token outlives the longest job, which may run 6 hours on a hosted runner. */
const LIFETIME = '6h';

export function createRuntimeTokens(): RuntimeTokens {
  const secret = randomBytes(32);
  return {
    async mint(job) {
      const scopes = [
        `Actions.Results:${job.planId}:${job.planJobId}`,
        ...(job.idToken ? [`generate_id_token:${job.planId}:${job.planJobId}`] : []),
      ];
      return await new SignJWT({
        scp: scopes.join(' '),
        // BuildKit reads the scopes from here: a JSON text inside the JSON.
        ac: JSON.stringify(cacheScopes(job)),
        repository_id: job.repositoryId,
        plan_id: job.planId,
        job_id: job.planJobId,
      })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuedAt()
        .setNotBefore('-5m')
        .setExpirationTime(LIFETIME)
        .sign(secret);
    },
    async verify(authorization) {
      const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
      if (!token) return undefined;
      try {
        const { payload } = await jwtVerify<TokenClaims>(token, secret, { algorithms: ['HS256'] });
        return {
          repositoryId: payload.repository_id,
          planId: payload.plan_id,
          planJobId: payload.job_id,
          idToken: payload.scp.split(' ').includes(`generate_id_token:${payload.plan_id}:${payload.job_id}`),
          cacheScopes: JSON.parse(payload.ac),
        };
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}

interface TokenClaims {
  scp: string;
  ac: string;
  repository_id: string;
  plan_id: string;
  job_id: string;
}
