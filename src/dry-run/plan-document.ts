import { trustPolicy } from '../aws/iam-policy.ts';
import type { PolicyDocument } from '../aws/iam-policy.ts';
import { buildxArguments } from '../build/buildx-arguments.ts';
import { withCertificateFiles } from '../builder/certificates.ts';
import { createArguments } from '../builder/plan.ts';
import { withProxies } from '../builder/proxy-options.ts';
import type { MountsPlan } from '../cache-mounts/plan.ts';
import { chooseCache } from '../cache/choose-backend.ts';
import type { CacheChoice } from '../cache/choose-backend.ts';
import { canRecordColdTime } from '../cache/cold-build-time.ts';
import type { Commit } from '../commit/commit.ts';
import { sayRegistry } from '../ecr/base-registries.ts';
import type { BaseRepository } from '../ecr/base-registries.ts';
import { limitsOf } from '../gate/limits.ts';
import type { Limits } from '../gate/limits.ts';
import type { BaselinePlan } from '../gate/plan.ts';
import type { ImageName } from '../image/inputs.ts';
import type { Plan } from '../plan.ts';
import { jobEnvironment } from '../platform/environment.ts';
import { proxyVariables } from '../platform/proxy.ts';
import type { PromotionPlan } from '../promote/plan.ts';
import type { RepositoryPlan } from '../repository/plan.ts';
import type { Reuse } from '../reuse/decide.ts';
import { subjectEnding, subjectForms } from '../role/oidc-subject.ts';
import type { OtherRole } from '../role/plan.ts';
import type { Consequence } from '../scan/inputs.ts';
import type { Release, Tags } from '../tags/plan.ts';
import { isBuildMode } from '../validation/mode.ts';
import type { Mode } from '../validation/mode.ts';

/** The JSON of a dry run; docs/permissions.md describes it. Members may be added, but never change their meaning. */
export interface PlanDocument {
  version: 1;
  commit: Omit<Commit, 'now'>;
  mode: Mode;
  push: boolean;
  role: {
    region: string;
    source: 'oidc' | 'keys' | 'default';
    /** In the order in which they are assumed. */
    arns: string[];
    sessionName: string;
    durationSeconds: number;
    allowedAccountIds: string[];
  };
  repository: RepositoryPlan;
  /** The tag that the build pushes, and the tags that are put on the image after the gate. */
  tags: Omit<Tags, 'claims' | 'commitTag' | 'versionPatterns' | 'mayClaim' | 'registries'> & {
    highest: string[];
  };
  /** Whether the job's docker is logged in to the registry too. */
  dockerLogin: boolean;
  /** The further registries of ECR that docker is logged in to for the build, as `login-registries` takes them. */
  loginRegistries: string[];
  /** The repositories of ECR that base images come from, as far as the Dockerfile tells them. */
  baseRepositories: BaseRepository[];
  /** Which existing images would be reused instead of a build. */
  reuse: Reuse;
  /** When the release tags are put on the image. */
  release: Release;
  /** The image that `mode: gate` judges. */
  image?: ImageName;
  /** What `mode: promote` copies, and the role that reads it where it is not the step's own. */
  promotion?: PromotionPlan;
  labels: string[];
  /** Where layers are cached, if every cache exists already. `{cache-folder}` is known only during the run. */
  cache: CacheChoice;
  /** Whether the duration of the last cold build is stored with the layers. */
  cacheKeepsTime: boolean;
  /** Which cache mounts are saved, and under which names; absent where none are. */
  cacheMounts?: MountsPlan;
  /**
   * Arguments of `docker buildx` that create a builder; empty where an existing builder is used. `{certificates}` is the folder of the
   * files that are made of the job's variables.
   */
  builder: string[][];
  /** The arguments of `docker buildx`; `{builder}`, `{repository-uri}` and `{metadata-file}` are known only during the run. */
  buildx: string[];
  /** Seconds without progress after which a push, a pull or the transfer of a cache is cut. */
  stallTimeoutSeconds: number;
  gate: {
    wait: boolean;
    timeoutSeconds: number;
    onTimeout: Consequence;
    onUnscannable: Consequence;
    failOn: string;
    /** How many findings of a severity may pass; a severity that is left out has no limit. */
    limits: Limits;
    ignoreUnfixed: boolean;
    failOnExploitable: boolean;
    /** How many exceptions were read from the ignore file and from VEX documents, and of which commit where it is not the checkout's. */
    exceptions: { ignore: number; vex: number; base?: string };
    scope: 'all' | 'new';
    baseline: BaselinePlan;
    /** Whether the result is written as a comment on the pull request. */
    comment: boolean;
  };
  /** Where the image is copied to once it has been judged. */
  copies: {
    region: string;
    /** The other role that copies there, and how it is assumed. */
    role?: OtherRole;
    repository: RepositoryPlan;
  }[];
  /** Whether ECR's own replication of the image is awaited. */
  replication: { wait: boolean; timeoutSeconds: number };
  policies: {
    /** The trust policy of the first role; absent where none is assumed by OIDC. */
    trust?: PolicyDocument;
    /** The permissions that the acting role needs. */
    permissions: PolicyDocument;
    /** Those of each other role, with its trust policy where GitHub's OIDC assumes it. */
    roles: { role: string; trust?: PolicyDocument; permissions: PolicyDocument }[];
    /** What the policies of repositories in other accounts have to say, by the ARN of the repository. */
    repositories: { repository: string; permissions: PolicyDocument }[];
  };
}

/** Writes the plan as the JSON document of a dry run. A real run uses the same plan, so the two cannot differ. */
export function documentPlan(plan: Plan): PlanDocument {
  const { push, role, repository, tags, reuse, release, build, builder, gate, replication } = plan;
  const environment = { ...jobEnvironment(), ...proxyVariables(role.proxy, role.noProxy) };
  // Without the time, the same job always gets the same document.
  const { now: _, ...commit } = plan.commit;
  const uri = push ? '{repository-uri}' : repository.name;
  const cache = chooseCache(plan.layers, {
    ...(push && { registry: { uri, mutability: repository.mutability, has: () => true } }),
    cacheRegistry: {
      uri: '{cache-repository-uri}',
      mutability: { setting: 'MUTABLE', exclusions: [] },
      has: () => true,
    },
    folders: { from: '{cache-folder}/restored', to: '{cache-folder}/layers' },
  });
  const trusted = {
    issuer: role.issuer,
    audience: role.audience,
    subjects: subjectForms(commit, subjectEnding(plan.commit)),
  };
  return {
    version: 1,
    commit,
    mode: plan.mode,
    push,
    role: {
      region: role.region,
      source: role.source.kind,
      arns: role.source.kind === 'oidc' ? [role.source.arn, ...role.chain] : role.chain,
      sessionName: role.sessionName,
      durationSeconds: role.durationSeconds,
      allowedAccountIds: role.allowedAccountIds,
    },
    repository,
    tags: documentedTags(tags),
    dockerLogin: push && plan.dockerLogin,
    loginRegistries: plan.logins.isWithheld ? [] : plan.logins.registries.map(sayRegistry),
    baseRepositories: plan.baseRepositories,
    reuse,
    release,
    ...(plan.image !== undefined && { image: plan.image.name }),
    ...(plan.promotion !== undefined && { promotion: plan.promotion }),
    labels: build.description?.labels ?? [],
    cache,
    cacheKeepsTime: canRecordColdTime(plan.layers, cache),
    ...(plan.mounts.kind !== 'off' && { cacheMounts: plan.mounts }),
    builder:
      builder.kind === 'made'
        ? createArguments(withCertificateFiles(withProxies(builder, environment).plan, '{certificates}'), {
            name: '{builder}',
            configFile: '{config-file}',
            allow: build.allow,
          })
        : [],
    buildx: !isBuildMode(plan.mode)
      ? []
      : buildxArguments(build, {
          reference: `${uri}:${tags.candidate}`,
          releases: push && release === 'with-push' ? tags.releases.map(tag => `${uri}:${tag}`) : [],
          cache,
          metadataFile: '{metadata-file}',
          push,
          annotate: push,
          builder:
            builder.kind === 'made' ? '{builder}' : builder.kind === 'named' ? builder.name : undefined,
        }),
    stallTimeoutSeconds: plan.stallTimeoutMs / 1000,
    gate: {
      wait: gate.wait,
      timeoutSeconds: gate.timeout / 1000,
      onTimeout: gate.onTimeout,
      onUnscannable: gate.onUnscannable,
      failOn: gate.failOn,
      limits: limitsOf(gate),
      ignoreUnfixed: gate.ignoreUnfixed,
      failOnExploitable: gate.failOnExploitable,
      exceptions: {
        ignore: gate.exceptions.ignore.length,
        vex: gate.exceptions.vex.length,
        ...(gate.exceptions.base !== undefined && { base: gate.exceptions.base.sha }),
      },
      scope: gate.scope,
      baseline: gate.baseline,
      comment: gate.comment !== undefined,
    },
    copies: plan.copies.map(({ region, role: other, repository: destination }) => ({
      region,
      ...(other && { role: other }),
      repository: destination,
    })),
    replication: { wait: replication.wait, timeoutSeconds: replication.timeout / 1000 },
    policies: {
      ...(role.source.kind === 'oidc' && { trust: trustPolicy(role.source.arn, trusted) }),
      permissions: plan.permissions,
      roles: plan.permissionsElsewhere.roles.map(({ role: arn, isByOidc, permissions }) => ({
        role: arn,
        ...(isByOidc && { trust: trustPolicy(arn, trusted) }),
        permissions,
      })),
      repositories: plan.permissionsElsewhere.repositories,
    },
  };
}

/** The tags without the rules for finding the highest release; `highest` has the tags that only that release may have. */
function documentedTags({
  claims,
  commitTag: _commitTag,
  versionPatterns: _versionPatterns,
  mayClaim: _mayClaim,
  registries: _registries,
  ...tags
}: Tags): PlanDocument['tags'] {
  return { ...tags, highest: claims.map(({ tag }) => tag) };
}
