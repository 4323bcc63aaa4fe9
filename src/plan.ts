import type { PolicyDocument } from './aws/iam-policy.ts';
import type { Build } from './build/build.ts';
import { derive, describeImage } from './build/labels.ts';
import { isUntrusted } from './build/untrusted-checkout.ts';
import { engineNeedOf, nativeOf } from './builder/plan.ts';
import type { BuilderPlan, EngineNeed } from './builder/plan.ts';
import { planMounts } from './cache-mounts/plan.ts';
import type { MountsInputs, MountsPlan } from './cache-mounts/plan.ts';
import { namesOf, planCache } from './cache/plan.ts';
import type { CacheInputs, CachePlan } from './cache/plan.ts';
import type { Commit } from './commit/commit.ts';
import { planBaseline } from './gate/baseline.ts';
import { effectiveLenience } from './gate/limits.ts';
import type { GateInputs, GatePlan } from './gate/plan.ts';
import type { LikelyPlatform } from './image/image.ts';
import type { JudgedImage } from './image/inputs.ts';
import type { PlatformBuilds } from './merge/platform-builds.ts';
import { permissionsFor } from './permissions.ts';
import { planRepository } from './repository/plan.ts';
import type { RepositoryInputs, RepositoryPlan } from './repository/plan.ts';
import type { Reuse } from './reuse/decide.ts';
import { planRole } from './role/plan.ts';
import type { RoleInputs, RolePlan } from './role/plan.ts';
import { hasNoIdentity } from './role/untrusted-job.ts';
import type { JobContext } from './role/untrusted-job.ts';
import { movingFilters } from './tags/exclusion-filters.ts';
import { planTags } from './tags/plan.ts';
import type { Release, Tags, TagsInputs } from './tags/plan.ts';
import type { Mode } from './validation/mode.ts';

/** action.yml's inputs, checked, in parts named after the steps that eat them. */
export interface Inputs {
  job: JobContext;
  mode: Mode;
  push: boolean;
  role: RoleInputs;
  repository: RepositoryInputs;
  build: Build;
  builder: BuilderPlan;
  layers: CacheInputs;
  mounts: MountsInputs;
  tags: TagsInputs;
  reuse: Reuse;
  release: Release;
  /** What `mode: merge` joins. */
  pieces: PlatformBuilds;
  /** The image that `mode: gate` judges. */
  image?: JudgedImage;
  gate: GateInputs;
  dryRun: boolean;
}

/** All that the step is going to do, before it has done anything. */
export interface Plan {
  /** `dry-run`: it tells the plan and carries out none of it. */
  kind: 'publish' | 'merge' | 'gate' | 'build' | 'idle' | 'dry-run';
  mode: Mode;
  push: boolean;
  /** Something should be pushed, but GitHub gives the job no identity to do it with. */
  isOutside: boolean;
  commit: Commit;
  role: RolePlan;
  repository: RepositoryPlan;
  layers: CachePlan;
  mounts: MountsPlan;
  build: Build;
  builder: BuilderPlan;
  /** The platform of an image that does not say it. */
  platform: LikelyPlatform;
  /** The least that the role has to be allowed. */
  permissions: PolicyDocument;
  /** When it takes an engine on this machine. */
  engine: EngineNeed;
  tags: Tags;
  reuse: Reuse;
  release: Release;
  /** What is joined, where nothing is built. */
  pieces: PlatformBuilds;
  /** The image that is judged, where none is built. */
  image?: JudgedImage;
  gate: GatePlan;
}

/** The same inputs and commit give the same plan. */
export function makePlan(inputs: Inputs, commit: Commit): Plan {
  const { mode, dryRun, build, builder, pieces, image, reuse, release, gate } = inputs;
  const builds = mode === 'all' || mode === 'build';
  const outside = inputs.push && hasNoIdentity(inputs.job, inputs.role, commit);
  const push = inputs.push && builds && !outside;
  const platformsSaid =
    build.platforms.length > 0 ? build.platforms : [`linux/${inputs.layers.architecture}`];
  const native = build.platforms.length > 0 ? [] : nativeOf(builder, inputs.layers.architecture);
  const [platform = ''] = platformsSaid;
  const tags = planTags(inputs.tags, commit);
  const kept = {
    push,
    commit,
    build,
    isUntrusted: isUntrusted(commit, build),
    repository: inputs.repository,
  };
  const derived = build.deriveLabels ? derive(commit, tags.version) : new Map<string, string>();
  const plan = {
    kind: dryRun ? 'dry-run' : kindOf(mode, { push, outside }),
    mode,
    push,
    isOutside: outside,
    commit,
    role: planRole(inputs.role, commit),
    repository: planRepository(
      { ...inputs.repository, create: push && inputs.repository.create },
      movingFilters(inputs.tags, commit),
    ),
    layers: !builds ? { kind: 'off' } : planCache(inputs.layers, kept),
    mounts: planMounts(inputs.mounts, {
      ...namesOf(inputs.layers, kept),
      push,
      isPublic: inputs.repository.type === 'public',
      cache: inputs.layers.cache,
    }),
    build: {
      ...build,
      checkout: checkoutOf(commit),
      native,
      description: describeImage(build, derived, commit),
    },
    builder,
    platform: {
      name: platform,
      isCertain: build.platforms.length > 0 || (builder.kind === 'made' && native[0] === platform),
    },
    engine: engineNeedOf(builder, build),
    tags: mode === 'build' ? tagsOfPiece(tags, platformsSaid) : tags,
    reuse,
    release,
    pieces,
    ...(image !== undefined && { image }),
    gate: {
      ...gate,
      wait: gate.wait && mode !== 'build',
      baseline: planBaseline(gate.baseline, commit),
      lenience: effectiveLenience(gate),
    },
  } satisfies Omit<Plan, 'permissions'>;
  return { ...plan, permissions: permissionsFor(plan) };
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
