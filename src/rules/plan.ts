import type { Build } from './buildx-arguments.ts';
import { cacheTagFilter } from './cache.ts';
import type { Mutability } from './cache.ts';
import { planTags } from './tags.ts';
import type { Tags } from './tags.ts';
import type { Threshold } from './severity.ts';

/** action.yml's inputs, checked, in parts named after the steps that eat them. */
export interface Inputs {
  role: {
    /** Absent: the SDK's default provider chain. */
    arn?: string;
    region: string;
    sessionName?: string;
    /** Seconds. */
    durationSeconds: number;
    audience: string;
  };
  repository: {
    name: string;
    create: boolean;
    mutability: Exclude<Mutability['setting'], 'MUTABLE_WITH_EXCLUSION'>;
    scanOnPush: boolean;
  };
  build: Build & { push: boolean };
  layers: { cache: 'registry' | 'off' };
  tags: { names?: string[] };
  gate: {
    wait: boolean;
    failOn: Threshold;
    /** Milliseconds. */
    timeout: number;
  };
}

/** What the event and git say of what is built. */
export interface Commit {
  /** `owner/name` on GitHub. */
  repository: string;
  runId: string;
  /** The full SHA; of a pull request its head, not the merge commit that GitHub makes. */
  sha: string;
  /** The git tag that was pushed. */
  tag?: string;
  isPullRequest: boolean;
}

export type RolePlan =
  | {
      kind: 'oidc';
      region: string;
      arn: string;
      sessionName: string;
      durationSeconds: number;
      audience: string;
    }
  | { kind: 'default'; region: string };

export interface RepositoryPlan {
  name: string;
  create: boolean;
  mutability: Mutability;
  scanOnPush: boolean;
}

/** All that the step is going to do, before it has done anything. */
export interface Plan {
  kind: 'publish' | 'build';
  role: RolePlan;
  repository: RepositoryPlan;
  layers: { kind: 'registry'; readOnly: boolean } | { kind: 'off' };
  build: Build;
  tags: Tags;
  gate: Inputs['gate'];
}

/** The same inputs and commit give the same plan. */
export function makePlan(inputs: Inputs, commit: Commit): Plan {
  const { push, ...build } = inputs.build;
  return {
    kind: push ? 'publish' : 'build',
    role: planRole(inputs.role, commit),
    repository: {
      name: inputs.repository.name,
      create: inputs.repository.create,
      mutability: planMutability(inputs.repository.mutability),
      scanOnPush: inputs.repository.scanOnPush,
    },
    // A pull request reads what the branch it goes to has cached, and never overwrites it.
    layers:
      inputs.layers.cache === 'off' ? { kind: 'off' } : { kind: 'registry', readOnly: commit.isPullRequest },
    build,
    tags: planTags(inputs.tags.names, commit),
    gate: inputs.gate,
  };
}

function planRole(role: Inputs['role'], commit: Commit): RolePlan {
  if (role.arn === undefined) return { kind: 'default', region: role.region };
  return {
    kind: 'oidc',
    region: role.region,
    arn: role.arn,
    sessionName: role.sessionName ?? sessionNameOf(commit),
    durationSeconds: role.durationSeconds,
    audience: role.audience,
  };
}

/** Repository and run, so that CloudTrail leads back to the job; made to fit STS's `[\w+=,.@-]{2,64}`. */
function sessionNameOf({ repository, runId }: Commit): string {
  const suffix = `-${runId}`;
  return `${repository.replace(/[^\w+=,.@-]/g, '-').slice(0, 64 - suffix.length)}${suffix}`;
}

function planMutability(setting: Inputs['repository']['mutability']): Mutability {
  return { setting, exclusions: setting === 'IMMUTABLE_WITH_EXCLUSION' ? [cacheTagFilter] : [] };
}
