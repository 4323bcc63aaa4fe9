import type { Build } from '../src/build/build.ts';
import type { Commit } from '../src/commit/commit.ts';
import type { Inputs } from '../src/plan.ts';
import { defaultFlavor } from '../src/tags/flavor.ts';

export const sha = '0123456789abcdef0123456789abcdef01234567';

/** A push to main. */
export const commit: Commit = {
  repository: 'octo-org/octo-repo',
  repositoryId: '740000074',
  ownerId: '650065',
  runId: '42',
  event: 'push',
  sha,
  checkedOut: sha,
  folders: {},
  hasOtherRepository: false,
  isOpenToStrangers: false,
  committedAt: '2026-10-01T12:00:00.000Z',
  ref: 'refs/heads/main',
  refSha: sha,
  branch: 'main',
  defaultBranch: 'main',
  isPullRequest: false,
  isFork: false,
  earlier: [],
  about: { name: 'octo-repo', url: 'https://github.com/octo-org/octo-repo' },
  now: '2026-10-01T12:34:56.000Z',
};

/** What the tags of commits have besides their SHA without a flavor. */
export const noAffixes = { prefix: '', suffix: '' };

/** A build of nothing but the Dockerfile in the workspace. */
export const build: Build = {
  context: '.',
  buildContexts: [],
  platforms: [],
  buildArgs: [],
  jobValues: {},
  labels: [],
  deriveLabels: true,
  metadataProvenance: 'min',
  annotations: [],
  secrets: [],
  ssh: [],
  noCache: false,
  noCacheFilters: [],
  pull: false,
  attests: [],
  builderId: 'https://github.com/octo-org/octo-repo/actions/runs/42/attempts/1',
  load: false,
  outputs: [],
  imageAttributes: [],
  addHosts: [],
  allow: [],
  ulimits: [],
};

/** The inputs of the workflow that the README shows. */
export const inputs: Inputs = {
  job: { idToken: true, actor: 'octocat', mayHaveKeys: false },
  stallTimeoutMs: 600_000,
  mode: 'all',
  role: {
    region: 'eu-central-1',
    arns: ['arn:aws:iam::123456789012:role/github-ecr-push'],
    chaining: false,
    durationSeconds: 3600,
    audience: 'sts.amazonaws.com',
    issuer: 'https://token.actions.githubusercontent.com',
    sessionPolicyArns: [],
    tags: {},
    spareTagKeys: [],
    transitiveTagKeys: [],
    allowedAccountIds: [],
    exportCredentials: false,
    masksAccountId: false,
  },
  repository: {
    type: 'private',
    name: 'team/app',
    create: true,
    asked: { tags: {}, pullAccounts: [], pullServices: [] },
    onDrift: 'report',
    allowExpiry: false,
  },
  build,
  builder: { kind: 'present' },
  push: true,
  layers: {
    cache: 'auto',
    from: [],
    to: [],
    service: { reads: true, writes: true, v2: true },
    architecture: 'amd64',
  },
  mounts: { kind: 'off' },
  tags: { flavor: defaultFlavor },
  reuse: 'commit',
  release: 'after-gate',
  allowForkHead: false,
  dockerLogin: true,
  loginRegistries: [],
  baseRepositories: [],
  gate: {
    wait: true,
    failOn: 'critical',
    max: {},
    ignoreUnfixed: false,
    failOnExploitable: false,
    scope: 'all',
    exceptions: { ignore: [], vex: [] },
    timeout: 600_000,
    onTimeout: 'fail',
    onUnscannable: 'fail',
  },
  replication: { wait: false, timeout: 600_000 },
  platformBuilds: { builds: [], missing: [] },
  copies: [],
  dryRun: false,
};
