import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Build } from '../build/build.ts';
import type { Builder } from '../build/buildx.ts';
import { contextsOf } from '../build/contexts.ts';
import { archiveKeysOf } from '../cache/archive-keys.ts';
import type { EcrLookup } from '../cache/restore-layers.ts';
import type { Docker } from '../docker/docker.ts';
import { runBuild } from '../docker/run-build.ts';
import type { BuildEnd } from '../docker/run-build.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { bestEffort } from '../platform/job.ts';
import type { Job, Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { remember } from '../platform/state.ts';
import { fixedTempDir } from '../platform/temp-dir.ts';
import { copyArguments, copyErrorOf, fillMountsDockerfile } from './copy-builds.ts';
import type { MountGroup } from './dockerfile.ts';
import { findSavedArchive, findSavedImage } from './find-saved-mounts.ts';
import { chooseMountStore } from './plan.ts';
import type { MountsPlan, EnabledMountsPlan, MountStore, MountsSummary } from './plan.ts';

/** The cache mounts of the build, and what is needed to save them after it. */
export interface RestoredMounts {
  /** Builds a Dockerfile that fills or saves the mounts. */
  copy(log: Log, copyBuild: CopyBuild): Promise<BuildEnd>;
  groups: MountGroup[];
  store: MountStore;
  /** The beginning of the key in GitHub's cache; the digest of the contents follows it. */
  key: string;
  /** Path of the folder for `saved.tar`, the same in every run. */
  folder: string;
  /** The digest of the saved contents that were found; absent where there were none. */
  restored?: string;
  summary: MountsSummary;
  /** Whether saved contents could not be filled in. Then the mounts hold less than what is saved, and are not saved. */
  isIncomplete: boolean;
}

interface CopyBuild {
  /** The Dockerfile. */
  text: string;
  /** Path of the context. */
  context: string;
  /** Value of buildx's `--output`. */
  output: string;
}

interface RestoreMountsTools {
  docker: Docker;
  /** The builder, which is prepared while saved contents are looked for. */
  building: Promise<Builder>;
}

interface RestoreMountsParts {
  build: Build;
  mounts: MountsPlan;
}

/** What was looked up in ECR before the build, where something is pushed. */
type MountsEcrLookup = Pick<EcrLookup, 'repository' | 'existing'> & {
  /** Ends when docker is logged in; saved contents can be read only then. */
  login: Promise<unknown>;
};

/** Milliseconds after which building one of the step's own Dockerfiles is given up. */
const COPY_TIMEOUT_MS = 300_000;

/** The beginning of the warning where something fails. */
const goal = 'Cache mounts are not kept';

/**
 * Fills the build's cache mounts with the contents that an earlier build saved. Where that fails, it only warns. Returns
 * `undefined` where no mounts are kept.
 */
export async function restoreMounts(
  { job, plan, tell }: RunOf<RestoreMountsParts, { mounts: MountsSummary }>,
  { found, ...tools }: RestoreMountsTools & { found: MountsEcrLookup | undefined },
): Promise<RestoredMounts | undefined> {
  const { mounts } = plan;
  if (mounts.kind === 'off') return undefined;
  return job.step('Restore cache mounts', async log => {
    const work = () => findAndFill(job, log, { plan, mounts, tools, found });
    const restored = await bestEffort(job, log, { goal, work });
    if (restored) tell({ mounts: restored.summary });
    return restored;
  });
}

interface RestoreOptions {
  plan: RestoreMountsParts;
  mounts: EnabledMountsPlan;
  tools: RestoreMountsTools;
  found: MountsEcrLookup | undefined;
}

async function findAndFill(job: Job, log: Log, options: RestoreOptions): Promise<RestoredMounts | undefined> {
  const { plan, mounts, tools, found: ecr } = options;
  const { build } = plan;
  const dockerfile = await readDockerfile(log, build);
  if (dockerfile === undefined) return undefined;
  // The parser is loaded only where it is needed.
  const { parseMounts } = await import('./dockerfile.ts');
  const { groups, skipped } = parseMounts(dockerfile, mounts.kind === 'named' ? mounts.mounts : undefined);
  for (const each of skipped) log.warn(`A cache mount is not kept: ${each}.`);
  const manifests = ecr?.existing.caches ?? new Map<string, StoredManifest>();
  const store = chooseMountStore(mounts, ecr && { ...ecr.repository, manifests });
  if (store.kind === 'none') log.warn(`Cache mounts are not kept: ${store.why}.`);
  if (groups.length === 0 || store.kind === 'none') {
    log.result('No cache mount is kept');
    return undefined;
  }
  const { key, fallbackKeys } = archiveKeysOf(mounts.name, dockerfile, 'mounts');
  const folder = fixedTempDir('mounts');
  remember({ mounts: folder });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const ids = groups.flatMap(group => group.mounts.map(({ id }) => id));
  const summary = { ids, why: store.why, bytes: 0 };
  const copy = createCopy(job, tools, build);
  const unfilled: RestoredMounts = { copy, groups, store, key, folder, summary, isIncomplete: false };
  const idList = ids.join(', ');
  const saved =
    store.kind === 'registry'
      ? await findSavedImage(job, tools.docker, { reads: store.reads, login: ecr?.login })
      : await findSavedArchive(job, log, { folder, key, fallbackKeys });
  if (saved === undefined) {
    log.result(`Nothing is saved of ${idList} yet (${store.why})`);
    return unfilled;
  }
  const filled = await fillMounts(log, { ...unfilled, from: saved.from });
  log.result(filled ? `Filled ${idList} from ${saved.name}` : 'Cache mounts stay as they are');
  const { digest: restored, name: from, bytes } = saved;
  return {
    ...unfilled,
    restored,
    isIncomplete: !filled,
    summary: filled ? { ...summary, from, bytes } : summary,
  };
}

/** Reads the Dockerfile, or warns where it is not on this machine: with a remote context, a local file is not its Dockerfile. */
async function readDockerfile(log: Log, build: Build): Promise<string | undefined> {
  const file = build.file ?? join(build.context, 'Dockerfile');
  const isHere = contextsOf(build)['context']?.kind === 'folder';
  if (isHere && existsSync(file)) return readFile(file, 'utf8');
  log.warn(
    `Cache mounts are not kept: there is no ${isHere ? file : `Dockerfile of ${build.context}`} here to read them from.`,
  );
  return undefined;
}

/** Fills all groups, and returns whether every one was filled. */
async function fillMounts(log: Log, mounts: RestoredMounts & { from: string | undefined }): Promise<boolean> {
  const { copy, groups, from, folder } = mounts;
  let filled = true;
  for (const [index, group] of groups.entries()) {
    const text = fillMountsDockerfile(group, { nonce: randomUUID(), index, saved: from });
    const { failure } = await copy(log, { text, context: folder, output: 'type=cacheonly' });
    if (failure === undefined) continue;
    filled = false;
    log.warn(`Cache mounts could not be filled in ${group.image}: ${copyErrorOf(failure)}`);
  }
  return filled;
}

/** Returns a function that builds the step's own Dockerfiles with the builder, contexts and build arguments of the image. */
function createCopy(
  job: Job,
  { docker, building }: RestoreMountsTools,
  build: Build,
): RestoredMounts['copy'] {
  return async (log, { text, context, output }) => {
    const argv = copyArguments(build, { builder: (await building).name, context, output });
    return runBuild(docker, argv, {
      log,
      input: text,
      env: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
      signal: AbortSignal.any([job.signal, AbortSignal.timeout(COPY_TIMEOUT_MS)]),
    });
  };
}
