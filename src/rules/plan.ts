import type { Build } from './build.ts';
import { engineNeedOf, nativeOf } from './builder.ts';
import type { BuilderPlan, EngineNeed } from './builder.ts';
import { planBaseline } from './baseline.ts';
import type { GateInputs, GatePlan } from './gate.ts';
import type { JudgedImage } from './image-inputs.ts';
import { derive, describeImage } from './labels.ts';
import { namesOf, planLayers } from './layers.ts';
import type { LayersInputs, LayersPlan } from './layers.ts';
import type { Mode } from './mode-inputs.ts';
import { movingFilters } from './moving-filters.ts';
import { isOutside } from './outsider.ts';
import type { JobContext } from './outsider.ts';
import { planMounts } from './mounts.ts';
import type { MountsInputs, MountsPlan } from './mounts.ts';
import type { Pieces } from './pieces.ts';
import { planRepository } from './repository.ts';
import type { RepositoryInputs, RepositoryPlan } from './repository.ts';
import type { Release, Reuse } from './reuse.ts';
import { planRole } from './role.ts';
import type { RoleInputs, RolePlan } from './role.ts';
import { planTags } from './tags.ts';
import type { Tags, TagsInputs } from './tags.ts';

/** action.yml's inputs, checked, in parts named after the steps that eat them. */
export interface Inputs {
  job: JobContext;
  mode: Mode;
  push: boolean;
  role: RoleInputs;
  repository: RepositoryInputs;
  build: Build;
  builder: BuilderPlan;
  layers: LayersInputs;
  mounts: MountsInputs;
  tags: TagsInputs;
  reuse: Reuse;
  release: Release;
  /** What `mode: merge` joins. */
  pieces: Pieces;
  /** The image that `mode: gate` judges. */
  image?: JudgedImage;
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
  /** Characters of a short SHA, where it is not 7. */
  shaLength?: number;
  /** The full SHA that is built: of a pull request GitHub's merge, unless its head was checked out. */
  checkedOut: string;
  /** The full SHAs that the folders of the build have checked out, by the context's name; none of those outside git. */
  folders: Record<string, string>;
  /** When the commit was made, ISO 8601; absent where neither the event nor git says it. */
  committedAt?: string;
  /** `refs/heads/main` */
  ref: string;
  /** The full SHA that the job runs for: `GITHUB_SHA`, which `ref` named when the event happened. */
  refSha: string;
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
  kind: 'publish' | 'merge' | 'gate' | 'build' | 'idle' | 'rehearse';
  mode: Mode;
  push: boolean;
  /** Something should be pushed, but GitHub gives the job no identity to do it with. */
  isOutside: boolean;
  commit: Commit;
  role: RolePlan;
  repository: RepositoryPlan;
  layers: LayersPlan;
  mounts: MountsPlan;
  build: Build;
  builder: BuilderPlan;
  /** The platform of an image that does not say it. */
  platform: string;
  /** When it takes an engine on this machine. */
  engine: EngineNeed;
  tags: Tags;
  reuse: Reuse;
  release: Release;
  /** What is joined, where nothing is built. */
  pieces: Pieces;
  /** The image that is judged, where none is built. */
  image?: JudgedImage;
  gate: GatePlan;
}

/** The same inputs and commit give the same plan. */
export function makePlan(inputs: Inputs, commit: Commit): Plan {
  const { mode, dryRun, build, builder, pieces, image, reuse, release, gate } = inputs;
  const builds = mode === 'all' || mode === 'build';
  const outside = inputs.push && isOutside(inputs.job, inputs.role, commit);
  const push = inputs.push && builds && !outside;
  const platformsSaid =
    build.platforms.length > 0 ? build.platforms : [`linux/${inputs.layers.architecture}`];
  const tags = planTags(inputs.tags, commit);
  const derived = build.deriveLabels ? derive(commit, tags.version) : new Map<string, string>();
  return {
    kind: dryRun ? 'rehearse' : kindOf(mode, { push, outside }),
    mode,
    push,
    isOutside: outside,
    commit,
    role: planRole(inputs.role, commit),
    repository: planRepository(
      { ...inputs.repository, create: push && inputs.repository.create },
      movingFilters(inputs.tags, commit),
    ),
    layers: !builds
      ? { kind: 'off' }
      : planLayers(inputs.layers, { push, commit, build, repository: inputs.repository }),
    mounts: planMounts(inputs.mounts, {
      ...namesOf(inputs.layers, { push, commit, build, repository: inputs.repository }),
      push,
      isPublic: inputs.repository.type === 'public',
      cache: inputs.layers.cache,
    }),
    build: {
      ...build,
      checkout: checkoutOf(commit),
      native: build.platforms.length > 0 ? [] : nativeOf(builder, inputs.layers.architecture),
      description: describeImage(build, derived, commit),
    },
    builder,
    platform: platformsSaid[0] ?? '',
    engine: engineNeedOf(builder, build),
    tags: mode === 'build' ? tagsOfPiece(tags, platformsSaid) : tags,
    reuse,
    release,
    pieces,
    ...(image !== undefined && { image }),
    gate: { ...gate, wait: gate.wait && mode !== 'build', baseline: planBaseline(gate.baseline, commit) },
  };
}

/** A folder may lie in another checkout than the one that names the tag: then the tag says too little of what is built. */
function checkoutOf({ folders, checkedOut }: Commit): string[] {
  return Object.entries(folders)
    .filter(([, sha]) => sha !== checkedOut)
    .map(([name, sha]) => `${name}=${sha}`);
}

function kindOf(mode: Mode, { push, outside }: { push: boolean; outside: boolean }): Plan['kind'] {
  if (mode === 'all' || mode === 'build') return push ? 'publish' : 'build';
  // Nothing was pushed that could be merged or judged.
  return outside ? 'idle' : mode;
}

/**
 * A part of an image has a tag of its own, which any builder can push, and that a re-run finds: `sha-linux-arm64`. All other
 * tags are the joined image's, which asks for them.
 */
function tagsOfPiece(tags: Tags, platforms: string[]): Tags {
  const suffix = platforms.map(platform => platform.replaceAll('/', '-')).join('_');
  const none = { releases: [], names: [], notes: [], moving: [], claims: [], readings: [], mayClaim: false };
  return { ...tags, ...none, candidate: `${tags.candidate}-${suffix}` };
}
