import type { JSONWebKeySet } from 'jose';
import { createFaults } from '../faults.ts';
import type { Faults } from '../faults.ts';
import { createBlobStorage } from './blobs.ts';
import { createCacheService } from './cache.ts';
import type { CacheEntry, CacheService } from './cache.ts';
import { createCommentService } from './comments.ts';
import type { Comment, TokenGrant } from './comments.ts';
import { createContentsService } from './contents.ts';
import type { ContentsService } from './contents.ts';
import { createIdTokenEndpoint, idTokenPath } from './id-token-endpoint.ts';
import type { Job } from './job.ts';
import { createIssuer, ISSUER } from './oidc.ts';
import { createRuntimeTokens } from './runtime-token.ts';
import { serve } from './service.ts';
import type { GitHubRequest } from './service.ts';
import { createUrlSigner } from './signed-urls.ts';

export interface GitHubOptions {
  faults?: Faults;
  now?: () => Date;
  /** Lifetime of identity tokens in seconds; GitHub's is 300. */
  idTokenLifetimeSeconds?: number;
  /** Signs identity tokens with a key that `jwks` does not have: a forger. */
  signWithForeignKey?: boolean;
  /** Lifetime of the signed URLs of caches in seconds, 600 if not said. */
  blobUrlLifetimeSeconds?: number;
}

/** GitHub as a job meets it: identity tokens, and the cache with its blobs. */
export interface GitHub extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The `iss` of the identity tokens. */
  readonly issuer: string;
  readonly faults: Faults;
  /** Every request in the order of its end. */
  readonly requests: readonly GitHubRequest[];
  /** Every cache, the oldest first. */
  caches(): readonly CacheEntry[];
  readonly overwriteCache: CacheService['overwrite'];
  /** Every comment on a pull request, the oldest first. */
  readonly comments: Comment[];
  /** Lets GitHub have a commit of a repository, with its files. */
  readonly putCommit: ContentsService['putCommit'];
  /** Lets a job's token do what its permissions say. */
  admitToken(token: string, grant: TokenGrant): void;
  /** Every identity token that was handed out, for a search for what must not be seen. */
  secrets(): readonly string[];
  /** The public keys that identity tokens can be verified with, as `jose` and an OIDC provider take them. */
  jwks(): JSONWebKeySet;
  /** Admits a job and tells the `ACTIONS_*` environment in which its actions find the services. */
  startJob(job: Job): Promise<Record<string, string>>;
}

/** Starts GitHub on a free port of the loopback; it forgets everything when it is disposed of. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const { faults = createFaults(), now = () => new Date() } = options;
  const jobs = new Map<string, Job>();
  const runtimeTokens = createRuntimeTokens();
  const issuer = await createIssuer({
    now,
    lifetimeSeconds: options.idTokenLifetimeSeconds ?? 300,
    signWithForeignKey: options.signWithForeignKey ?? false,
  });
  const findJob = (planId: string, planJobId: string) => jobs.get(`${planId}/${planJobId}`);
  const signer = createUrlSigner({ lifetimeSeconds: options.blobUrlLifetimeSeconds ?? 600, now });
  const blobs = createBlobStorage({ signer, now });
  const cache = createCacheService({ blobs, runtimeTokens });
  const comments = createCommentService();
  const contents = createContentsService();
  const idTokens = createIdTokenEndpoint({ issuer, runtimeTokens, findJob });
  const services = [idTokens, cache.service, blobs.service, comments.service, contents.service];
  const server = await serve(services, faults);
  return {
    url: server.url,
    issuer: ISSUER,
    faults,
    requests: server.requests,
    comments: comments.comments,
    putCommit: contents.putCommit,
    admitToken(token, grant) {
      comments.admit(token, grant);
      contents.admit(token, grant);
    },
    caches: () => cache.entries(),
    overwriteCache: cache.overwrite,
    jwks: () => issuer.jwks(),
    secrets: () => issuer.issued(),
    async startJob(job) {
      jobs.set(`${job.planId}/${job.planJobId}`, job);
      const token = job.runtimeToken ?? (await runtimeTokens.mint(job));
      return {
        GITHUB_API_URL: `${server.url}/api/v3`,
        ACTIONS_RUNTIME_URL: `${server.url}/`,
        ACTIONS_RUNTIME_TOKEN: token,
        ACTIONS_RESULTS_URL: `${server.url}/`,
        ACTIONS_CACHE_URL: `${server.url}/`,
        ACTIONS_CACHE_SERVICE_V2: 'True',
        ACTIONS_CACHE_MODE: job.cacheMode,
        ...(job.idToken && {
          ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}${idTokenPath(job)}`,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
        }),
      };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
