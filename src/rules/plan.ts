import type { Build } from './buildx-arguments.ts';
import { cacheTagFilter } from './cache.ts';
import type { Mutability } from './cache.ts';
import { planRole } from './role.ts';
import type { RoleInputs, RolePlan } from './role.ts';
import { planTags } from './tags.ts';
import type { Tags } from './tags.ts';
import type { Threshold } from './severity.ts';

/** action.yml's inputs, checked, in parts named after the steps that eat them. */
export interface Inputs {
  role: RoleInputs;
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
  dryRun: boolean;
}

/** What the event and git say of what is built, and of the job that builds it. */
export interface Commit {
  /** `owner/name` on GitHub. */
  repository: string;
  /** Decimal ids, in the subject of newer repositories' tokens. */
  repositoryId: string;
  ownerId: string;
  runId: string;
  /** The full SHA; of a pull request its head where that was checked out, else the merge that GitHub makes. */
  sha: string;
  /** `refs/heads/main` */
  ref: string;
  /** The git tag that was pushed. */
  tag?: string;
  isPullRequest: boolean;
}

export interface RepositoryPlan {
  name: string;
  create: boolean;
  mutability: Mutability;
  scanOnPush: boolean;
}

/** All that the step is going to do, before it has done anything. */
export interface Plan {
  /** `rehearse` is a dry run: it tells the plan and carries out none of it. */
  kind: 'publish' | 'build' | 'rehearse';
  push: boolean;
  commit: Commit;
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
    kind: inputs.dryRun ? 'rehearse' : push ? 'publish' : 'build',
    push,
    commit,
    role: planRole(inputs.role, commit),
    repository: {
      name: inputs.repository.name,
      create: inputs.repository.create,
      mutability: planMutability(inputs.repository.mutability),
      scanOnPush: inputs.repository.scanOnPush,
    },
    // A pull request reads what the branch it goes to has cached, and never overwrites it.
    layers:
      inputs.layers.cache === 'off' || !push
        ? { kind: 'off' }
        : { kind: 'registry', readOnly: commit.isPullRequest },
    build,
    tags: planTags(inputs.tags.names, commit),
    gate: inputs.gate,
  };
}

function planMutability(setting: Inputs['repository']['mutability']): Mutability {
  return { setting, exclusions: setting === 'IMMUTABLE_WITH_EXCLUSION' ? [cacheTagFilter] : [] };
}
