import type { RunOf } from '../platform/run.ts';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Build } from '../build/build.ts';
import type { Builder } from '../build/buildx.ts';
import { contextsOf } from '../build/contexts.ts';
import { keysOf } from '../cache/archive-keys.ts';
import { restoreArchive } from '../cache/archive.ts';
import type { Docker } from '../docker/docker.ts';
import type { ExistingImages } from '../image/image.ts';
import { Failure } from '../platform/failure.ts';
import { bestEffort } from '../platform/job.ts';
import type { Job, Log } from '../platform/job.ts';
import type { Ended } from '../platform/process.ts';
import { remember } from '../platform/state.ts';
import { fixedFolder } from '../platform/temp-dir.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import { copyArguments, copyFaultOf, injection, keptDigestIn } from './copy-builds.ts';
import type { MountGroup } from './dockerfile.ts';
import { chooseMountStore } from './plan.ts';
import type { MountsPlan, KeptMounts, MountStore, ToldMounts } from './plan.ts';

/** Cache mounts that have been filled, and all that it takes to save them after the build. */
export interface Mounts {
  /** Builds a Dockerfile of the step's own. */
  copy(log: Log, order: CopyBuild): Promise<Ended>;
  groups: MountGroup[];
  store: MountStore;
  /** What is saved at GitHub is found under its beginning. */
  key: string;
  folder: string;
  /** The digest of what was there to be filled in; absent where nothing was. */
  restored?: string;
  told: ToldMounts;
  /** It was there and could not be filled in: what is in the mounts is less than what is saved. */
  broken: boolean;
}

interface CopyBuild {
  /** Of the Dockerfile. */
  text: string;
  context: string;
  output: string;
}

interface RestoreMountsTools {
  docker: Docker;
  /** What is saved is looked for while it is made ready. */
  building: Promise<Builder>;
}

interface MountsParts {
  build: Build;
  mounts: MountsPlan;
}

/** What is known of ECR, where something is pushed. */
interface KnownOfEcr {
  repository: Repository;
  existing: ExistingImages;
  /** What is saved there can be read once docker is logged in. */
  login: Promise<unknown>;
}

type Place = Extract<MountStore, { kind: 'registry' }>['reads'][number];

/** Milliseconds after which it is given up. */
const TIMEOUT_MS = { restore: 180_000, build: 300_000 };

/** What trouble ends in. */
const goal = 'Cache mounts are not kept';

/** Fills the build's cache mounts with what an earlier build left in them; trouble costs a warning. */
export async function restoreMounts(
  { job, plan, tell }: RunOf<MountsParts, { mounts: ToldMounts }>,
  { found, ...tools }: RestoreMountsTools & { found: KnownOfEcr | undefined },
): Promise<Mounts | undefined> {
  const { mounts } = plan;
  if (mounts.kind === 'off') return undefined;
  return job.step('Restore cache mounts', async log => {
    const work = () => restore(job, log, { plan, mounts, tools, found });
    const restored = await bestEffort(job, log, { goal, work });
    if (restored) tell({ mounts: restored.told });
    return restored;
  });
}

interface RestoreOptions {
  plan: MountsParts;
  mounts: KeptMounts;
  tools: RestoreMountsTools;
  found: KnownOfEcr | undefined;
}

async function restore(job: Job, log: Log, wish: RestoreOptions): Promise<Mounts | undefined> {
  const { plan, mounts, tools, found: ecr } = wish;
  const { build } = plan;
  const dockerfile = await readDockerfile(log, build);
  if (dockerfile === undefined) return undefined;
  // The parser is loaded by those who need it.
  const { readMountsOf } = await import('./dockerfile.ts');
  const { groups, left } = readMountsOf(dockerfile, mounts.kind === 'named' ? mounts.mounts : undefined);
  for (const each of left) log.warn(`A cache mount is not kept: ${each}.`);
  const manifests = ecr?.existing.caches ?? new Map<string, string>();
  const store = chooseMountStore(mounts, ecr && { ...ecr.repository, manifests });
  if (store.kind === 'none') log.warn(`Cache mounts are not kept: ${store.why}.`);
  if (groups.length === 0 || store.kind === 'none') {
    log.result('No cache mount is kept');
    return undefined;
  }
  const { key, others } = keysOf(mounts.name, dockerfile, 'mounts');
  const folder = fixedFolder('mounts');
  remember({ mounts: folder });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const names = groups.flatMap(group => group.mounts.map(({ id }) => id));
  const told = { ids: names, why: store.why, bytes: 0 };
  const copy = openCopier(job, tools, build);
  const state: Mounts = { copy, groups, store, key, folder, told, broken: false };
  const ids = names.join(', ');
  const found =
    store.kind === 'registry'
      ? await findSavedMounts(job, tools, { reads: store.reads, login: ecr?.login })
      : await findArchive(job, log, { folder, key, others });
  if (found === undefined) {
    log.result(`Nothing is saved of ${ids} yet (${store.why})`);
    return state;
  }
  const filled = await inject(log, { ...state, from: found.from });
  log.result(filled ? `Filled ${ids} from ${found.name}` : 'Cache mounts stay as they are');
  const { digest: restored, name: from, bytes } = found;
  return { ...state, restored, broken: !filled, told: filled ? { ...told, from, bytes } : told };
}

/** What lies beside a context that is elsewhere is not its Dockerfile. */
async function readDockerfile(log: Log, build: Build): Promise<string | undefined> {
  const file = build.file ?? join(build.context, 'Dockerfile');
  const isHere = contextsOf(build)['context']?.kind === 'folder';
  if (isHere && existsSync(file)) return readFile(file, 'utf8');
  log.warn(
    `Cache mounts are not kept: there is no ${isHere ? file : `Dockerfile of ${build.context}`} here to read them from.`,
  );
  return undefined;
}

interface Saved {
  digest: string;
  /** A reference of the image that holds it; absent where `saved.tar` does. */
  from?: string;
  name: string;
  /** Of it, packed. */
  bytes: number;
}

async function findSavedMounts(
  job: Job,
  { docker }: RestoreMountsTools,
  { reads, login }: { reads: Place[]; login: KnownOfEcr['login'] | undefined },
): Promise<Saved | undefined> {
  if (reads.length > 0) await login;
  for (const { reference: from, bytes } of reads) {
    const argv = ['imagetools', 'inspect', '--format', '{{json .Image}}', from];
    const { exitCode, output } = await docker.askBuildx(argv, job.signal);
    if (exitCode !== 0) {
      throw new Failure(`What is saved as ${from} could not be read: ${copyFaultOf(output)}`, {
        remedy: 'It is left as it is. Should this go on, delete that tag: the next build saves them anew.',
      });
    }
    const digest = keptDigestIn(output);
    if (digest !== undefined) return { digest, from, name: from, bytes };
  }
  return undefined;
}

async function findArchive(
  job: Job,
  log: Log,
  archive: { folder: string; key: string; others: string[] },
): Promise<Saved | undefined> {
  const restored = await restoreArchive(job, archive, { log, timeoutMs: TIMEOUT_MS.restore });
  if (restored === 'failed') {
    throw new Failure("What GitHub's cache may have of them could not be read.", {
      remedy: 'It is left as it is.',
    });
  }
  if (restored === 'none' || !existsSync(join(archive.folder, 'saved.tar'))) return undefined;
  return { digest: restored.key.replace(/^.*-/, ''), name: restored.key, bytes: restored.bytes };
}

async function inject(log: Log, state: Mounts & { from: string | undefined }): Promise<boolean> {
  const { copy, groups, from, folder } = state;
  let filled = true;
  for (const [index, group] of groups.entries()) {
    const text = injection(group, { nonce: randomUUID(), index, saved: from });
    const output = await copy(log, { text, context: folder, output: 'type=cacheonly' });
    if (output.exitCode === 0) continue;
    filled = false;
    log.warn(`Cache mounts could not be filled in ${group.image}: ${copyFaultOf(output.output)}`);
  }
  return filled;
}

/** Opens the way in which Dockerfiles of the step's own are built, as the image is that they stand beside. */
function openCopier(job: Job, { docker, building }: RestoreMountsTools, build: Build): Mounts['copy'] {
  return async (log, { text, context, output }) => {
    const argv = copyArguments(build, { builder: (await building).name, context, output });
    return docker.buildx(argv, {
      input: text,
      onOutput: log.raw,
      env: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
      signal: AbortSignal.any([job.signal, AbortSignal.timeout(TIMEOUT_MS.build)]),
    });
  };
}
