import type { PolicyDocument } from './aws/iam-policy.ts';
import type { Build } from './build/build.ts';
import { deriveFromCommit, describeImage } from './build/labels.ts';
import { isUntrusted, whyRefused } from './build/untrusted-checkout.ts';
import { engineNeedOf, nativePlatformOf } from './builder/plan.ts';
import type { BuilderPlan, EngineNeed } from './builder/plan.ts';
import { planMounts } from './cache-mounts/plan.ts';
import type { MountsInputs, MountsPlan } from './cache-mounts/plan.ts';
import { cacheNamesOf, planCache } from './cache/plan.ts';
import type { CacheInputs, CachePlan } from './cache/plan.ts';
import type { Commit } from './commit/commit.ts';
import { planCopies } from './copies/plan.ts';
import type { CopyInputs, DestinationPlan } from './copies/plan.ts';
import type { BaseRegistry, BaseRepository } from './ecr/base-registries.ts';
import { planBaseline } from './gate/baseline.ts';
import { effectiveLenience } from './gate/limits.ts';
import type { GateInputs, GatePlan } from './gate/plan.ts';
import type { LikelyPlatform } from './image/image.ts';
import type { JudgedImage } from './image/inputs.ts';
import type { LoginsPlan } from './image/login-inputs.ts';
import type { PlatformBuilds } from './merge/platform-builds.ts';
import { permissionsElsewhere, permissionsFor } from './permissions.ts';
import { planPromotion } from './promote/plan.ts';
import type { PromotionInputs, PromotionPlan } from './promote/plan.ts';
import type { ReplicationInputs } from './replication/inputs.ts';
import { planRepository } from './repository/plan.ts';
import type { RepositoryInputs, RepositoryPlan } from './repository/plan.ts';
import type { Reuse } from './reuse/decide.ts';
import type { PermissionsElsewhere } from './role/permissions-elsewhere.ts';
import { planRole } from './role/plan.ts';
import type { RoleInputs, RolePlan } from './role/plan.ts';
import { hasNoIdentity } from './role/untrusted-job.ts';
import type { JobContext } from './role/untrusted-job.ts';
import { movingFilters } from './tags/exclusion-filters.ts';
import { commitAffixesOf } from './tags/flavor.ts';
import { planTags } from './tags/plan.ts';
import type { Release, Tags, TagsInputs } from './tags/plan.ts';
import { tagsOfMode } from './tags/tags-of-mode.ts';
import type { Mode } from './validation/mode.ts';

/** The inputs of action.yml, checked. The parts are named after the steps that use them. */
export interface Inputs {
  job: JobContext;
  mode: Mode;
  push: boolean;
  role: RoleInputs;
  repository: RepositoryInputs;
  build: Build;
  /** Milliseconds without progress after which a push, a pull or the transfer of a cache is cut. */
  stallTimeoutMs: number;
  builder: BuilderPlan;
  layers: CacheInputs;
  mounts: MountsInputs;
  tags: TagsInputs;
  reuse: Reuse;
  release: Release;
  /** Whether an image of a fork's head may be pushed by a job that has the rights of this repository. */
  allowForkHead: boolean;
  /** Whether the job's docker is logged in too, for later steps. */
  dockerLogin: boolean;
  loginRegistries: BaseRegistry[];
  /** The repositories of ECR that base images come from, as far as the Dockerfile tells them. */
  baseRepositories: BaseRepository[];
  /** The platform builds that `mode: merge` joins. */
  platformBuilds: PlatformBuilds;
  /** The image that `mode: gate` judges. */
  image?: JudgedImage;
  /** What `mode: promote` copies. */
  promotion?: PromotionInputs;
  gate: GateInputs;
  /** Where the image is copied to once it has been judged. */
  copies: CopyInputs[];
  /** The wait for ECR's own replication. */
  replication: ReplicationInputs;
  dryRun: boolean;
}

/** Everything that the action is going to do. It is complete before the first AWS call. */
export interface Plan {
  /** Which workflow of main.ts runs. `dry-run` writes the plan and carries out none of it; `idle` does nothing. */
  kind: 'publish' | 'merge' | 'gate' | 'promote' | 'build' | 'idle' | 'dry-run';
  mode: Mode;
  push: boolean;
  /** The image should be pushed, but GitHub gives the job no OIDC token or secrets, as for a pull request from a fork. */
  lacksIdentity: boolean;
  commit: Commit;
  role: RolePlan;
  repository: RepositoryPlan;
  layers: CachePlan;
  mounts: MountsPlan;
  build: Build;
  /** Milliseconds without progress after which a push, a pull or the transfer of a cache is cut. */
  stallTimeoutMs: number;
  builder: BuilderPlan;
  /** The platform to assume for an image that does not state it. */
  platform: LikelyPlatform;
  /** The least permissions that the role needs. */
  permissions: PolicyDocument;
  /** The least permissions of other roles, and of repositories in other accounts. */
  permissionsElsewhere: PermissionsElsewhere;
  /** Whether the job's docker is logged in too, for later steps. */
  dockerLogin: boolean;
  /** The further registries that docker is logged in to for the build. */
  logins: LoginsPlan;
  /** The repositories of ECR that base images come from, as far as the Dockerfile tells them. */
  baseRepositories: BaseRepository[];
  /** Whether the run needs a docker engine on this machine. */
  engine: EngineNeed;
  tags: Tags;
  reuse: Reuse;
  release: Release;
  /** The platform builds that `mode: merge` joins. */
  platformBuilds: PlatformBuilds;
  /** The image that `mode: gate` judges. */
  image?: JudgedImage;
  /** What `mode: promote` copies, and who reads it. */
  promotion?: PromotionPlan;
  gate: GatePlan;
  /** Where the image is copied to once it has been judged; nowhere, where this run has no image to judge. */
  copies: DestinationPlan[];
  /** Whether copies are asked for, and this run has no image to copy. */
  omitsCopies: boolean;
  /** The wait for ECR's own replication. */
  replication: ReplicationInputs;
}

/**
 * Makes the plan. It is a pure function: the same inputs and commit give the same plan.
 * @throws {Failure} where an image of these sources may not be pushed.
 */
export function makePlan(inputs: Inputs, commit: Commit): Plan {
  const { mode, dryRun, build, builder, platformBuilds, image, reuse, release, gate } = inputs;
  const builds = mode === 'all' || mode === 'build';
  const isWithheld = hasNoIdentity(inputs.job, inputs.role, commit);
  const lacksIdentity = inputs.push && isWithheld;
  const push = inputs.push && builds && !lacksIdentity;
  const ensures = push || (mode === 'promote' && !lacksIdentity);
  const isLoggedIn = builds && inputs.loginRegistries.length > 0 && !isWithheld;
  // A build of a fork's head that may pull what the role may read could print all of it.
  const isGuarded = push || (isLoggedIn && commit.fork !== undefined);
  const refusal = isGuarded ? whyRefused(commit, inputs) : undefined;
  if (refusal !== undefined) throw refusal;
  const platforms = build.platforms.length > 0 ? build.platforms : [`linux/${inputs.layers.architecture}`];
  const native = build.platforms.length > 0 ? [] : nativePlatformOf(builder, inputs.layers.architecture);
  const [platform = ''] = platforms;
  const tags = planTags(inputs.tags, commit);
  const affixes = commitAffixesOf(inputs.tags.flavor);
  const role = planRole(inputs.role, commit);
  const cacheContext = {
    push,
    commit,
    affixes,
    build,
    isUntrusted: isUntrusted(commit, build),
    repository: inputs.repository,
  };
  const derivedLabels = build.deriveLabels
    ? deriveFromCommit(commit, tags.version)
    : new Map<string, string>();
  const repository = planRepository(
    { ...inputs.repository, create: ensures && inputs.repository.create },
    movingFilters(inputs.tags, commit),
  );
  const judges = push || (!builds && !lacksIdentity);
  const plan = {
    kind: dryRun ? 'dry-run' : kindOf(mode, { push, lacksIdentity }),
    mode,
    push,
    lacksIdentity,
    commit,
    role,
    repository,
    layers: !builds ? { kind: 'off' } : planCache(inputs.layers, cacheContext),
    mounts: planMounts(inputs.mounts, {
      ...cacheNamesOf(inputs.layers, cacheContext),
      push,
      isPublic: inputs.repository.type === 'public',
      cache: inputs.layers.cache,
    }),
    build: {
      ...build,
      checkout: checkoutOf(commit),
      native,
      description: describeImage(build, derivedLabels, commit),
    },
    stallTimeoutMs: inputs.stallTimeoutMs,
    builder,
    platform: {
      name: platform,
      isCertain: build.platforms.length > 0 || (builder.kind === 'made' && native[0] === platform),
    },
    dockerLogin: inputs.dockerLogin,
    logins: { registries: inputs.loginRegistries, isWithheld },
    baseRepositories: inputs.baseRepositories,
    engine: engineNeedOf(builder, build),
    tags: tagsOfMode(tags, { mode, platforms }),
    reuse,
    release,
    platformBuilds,
    ...(image !== undefined && { image }),
    ...(inputs.promotion !== undefined && { promotion: planPromotion(inputs.promotion, role) }),
    gate: {
      ...gate,
      wait: gate.wait && mode !== 'build',
      baseline: planBaseline(gate.baseline, commit, affixes),
      lenience: effectiveLenience(gate),
    },
    replication: inputs.replication,
    copies: judges ? planCopies(inputs.copies, { role, repository, create: inputs.repository.create }) : [],
    omitsCopies: inputs.copies.length > 0 && !judges,
  } satisfies Omit<Plan, 'permissions' | 'permissionsElsewhere'>;
  return { ...plan, permissions: permissionsFor(plan), permissionsElsewhere: permissionsElsewhere(plan) };
}

/** The folders from other commits than the one that names the tag, as `name=sha`, because the tag does not identify them. */
function checkoutOf({ folders, checkedOut }: Commit): string[] {
  return Object.entries(folders)
    .filter(([, sha]) => sha !== checkedOut)
    .map(([name, sha]) => `${name}=${sha}`);
}

function kindOf(
  mode: Mode,
  { push, lacksIdentity }: { push: boolean; lacksIdentity: boolean },
): Plan['kind'] {
  if (mode === 'all' || mode === 'build') return push ? 'publish' : 'build';
  // Nothing was pushed that could be merged or judged.
  return lacksIdentity ? 'idle' : mode;
}
