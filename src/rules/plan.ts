import { planBaseline } from './baseline.ts';
import type { Build } from './build.ts';
import type { GateInputs, GatePlan } from './gate.ts';
import { derive, describeImage } from './labels.ts';
import { movingFilters } from './moving-filters.ts';
import { planRepository } from './repository.ts';
import type { RepositoryInputs, RepositoryPlan } from './repository.ts';
import type { Reuse } from './reuse.ts';
import { planRole } from './role.ts';
import type { RoleInputs, RolePlan } from './role.ts';
import { planTags } from './tags.ts';
import type { Tags, TagsInputs } from './tags.ts';

/** action.yml's inputs, checked, in parts named after the steps that eat them. */
export interface Inputs {
  push: boolean;
  role: RoleInputs;
  repository: RepositoryInputs;
  build: Build;
  layers: { cache: 'registry' | 'off' };
  tags: TagsInputs;
  reuse: Reuse;
  gate: GateInputs;
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
  /** `GITHUB_EVENT_NAME` */
  event: string;
  /** The full SHA that is meant; of a pull request its head's. */
  sha: string;
  /** The full SHA that is built: of a pull request GitHub's merge, unless its head was checked out. */
  checkedOut: string;
  /** The full SHAs that the folders of the build have checked out, by the context's name; none of those outside git. */
  folders: Record<string, string>;
  /** When the commit was made, ISO 8601; absent where neither the event nor git says it. */
  committedAt?: string;
  /** `refs/heads/main` */
  ref: string;
  /** The git tag that was pushed. */
  tag?: string;
  /** The branch that the pushed tag is on, where GitHub says it. */
  tagBranch?: string;
  /** The branch that the commit is on; of a pull request its head's. */
  branch?: string;
  /** The branch that a pull request or a merge queue goes into. */
  baseBranch?: string;
  /** The commit that a pull request or a merge queue goes on. */
  baseSha?: string;
  /** The repository's own main line. */
  defaultBranch?: string;
  isPullRequest: boolean;
  /** The pull request's number. */
  pullRequest?: number;
  /** The pull request's head is in another repository, whose branch names mean nothing here. */
  isFork: boolean;
  /** SHAs of commits that this one comes after, as far as the event knows them. */
  earlier: string[];
  /** What GitHub says of the repository. */
  about: { name: string; description?: string; url: string; license?: string };
  /** When the plan is made, ISO 8601. */
  now: string;
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
  reuse: Reuse;
  gate: GatePlan;
}

/** The same inputs and commit give the same plan. */
export function makePlan(inputs: Inputs, commit: Commit): Plan {
  const { push, build } = inputs;
  const tags = planTags(inputs.tags, commit);
  const derived = build.deriveLabels ? derive(commit, tags.version) : new Map<string, string>();
  return {
    kind: inputs.dryRun ? 'rehearse' : push ? 'publish' : 'build',
    push,
    commit,
    role: planRole(inputs.role, commit),
    repository: planRepository(
      { ...inputs.repository, create: push && inputs.repository.create },
      movingFilters(inputs.tags, commit),
    ),
    // A pull request reads what the branch it goes to has cached, and never overwrites it.
    layers:
      inputs.layers.cache === 'off' || !push
        ? { kind: 'off' }
        : { kind: 'registry', readOnly: commit.isPullRequest },
    build: {
      ...build,
      checkout: checkoutOf(commit),
      description: describeImage(build, derived, commit),
    },
    tags,
    reuse: inputs.reuse,
    gate: { ...inputs.gate, baseline: planBaseline(inputs.gate.baseline, commit) },
  };
}

/** A folder may lie in another checkout than the one that names the tag: then the tag says too little of what is built. */
function checkoutOf({ folders, checkedOut }: Commit): string[] {
  return Object.entries(folders)
    .filter(([, sha]) => sha !== checkedOut)
    .map(([name, sha]) => `${name}=${sha}`);
}
