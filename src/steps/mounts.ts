import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { restoreArchive, saveArchive } from '../platform/archive.ts';
import { describeFailure } from '../platform/failure.ts';
import { start } from '../platform/docker.ts';
import type { Docker } from '../platform/docker.ts';
import { fixedFolder } from '../platform/runner.ts';
import type { Job, Log } from '../platform/runner.ts';
import { remember } from '../platform/state.ts';
import type { Build } from '../rules/build.ts';
import { keysOf } from '../rules/cache-archive.ts';
import { lastErrorOf } from '../rules/push-fault.ts';
import { chooseMountStore } from '../rules/mounts.ts';
import type { KeptMounts, MountStore } from '../rules/mounts.ts';
import type { MountGroup } from '../rules/mounts-dockerfile.ts';
import type { Plan } from '../rules/plan.ts';
import type { Builder } from './builder.ts';
import type { Repository } from './repository.ts';

/** Cache mounts that have been filled, and all that it takes to save them after the build. */
export interface Mounts {
  tools: Tools;
  build: Build;
  groups: MountGroup[];
  store: MountStore;
  /** What is saved at GitHub is found under its beginning. */
  key: string;
  folder: string;
  /** The digest of what was there to be filled in; absent where nothing was. */
  restored?: string;
  /** It was there and could not be filled in: what is in the mounts is less than what is saved. */
  broken: boolean;
}

interface Tools {
  docker: Docker;
  builder: Builder;
  /** Absent where nothing is pushed. */
  repository?: Repository;
}

/** Milliseconds after which it is given up. */
const budget = { restore: 180_000, save: 300_000 };

/** Where the digest of the contents is written in an image of them. */
const label = 'ecr-image.mounts';

/** Fills the build's cache mounts with what an earlier build left in them; trouble costs a warning. */
export async function restoreMounts(job: Job, plan: Plan, tools: Tools): Promise<Mounts | undefined> {
  const { mounts } = plan;
  if (mounts.kind === 'off') return undefined;
  return job.step('Restore cache mounts', log =>
    forgiving(job, log, () => restore(job, log, { plan, mounts, tools })),
  );
}

interface Wish {
  plan: Plan;
  mounts: KeptMounts;
  tools: Tools;
}

async function restore(job: Job, log: Log, { plan, mounts, tools }: Wish): Promise<Mounts | undefined> {
  const { build } = plan;
  const file = build.file ?? join(build.context, 'Dockerfile');
  if (!existsSync(file)) {
    log.warn(`Cache mounts are not kept: there is no ${file} here to read them from.`);
    return undefined;
  }
  const dockerfile = await readFile(file, 'utf8');
  // The parser is loaded by those who need it.
  const { readMountsOf } = await import('../rules/mounts-dockerfile.ts');
  const { groups, left } = readMountsOf(dockerfile, mounts.kind === 'named' ? mounts.mounts : undefined);
  for (const each of left) log.warn(`A cache mount is not kept: ${each}.`);
  const store = chooseMountStore(mounts, tools.repository);
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
  const state: Mounts = { tools, build, groups, store, key, folder, broken: false };
  const ids = groups.flatMap(group => group.mounts.map(({ id }) => id)).join(', ');
  const found =
    store.kind === 'registry'
      ? await findImage(job, tools, store.reads)
      : await findArchive(job, log, { folder, key, others });
  if (found === undefined) {
    log.result(`Nothing is saved of ${ids} yet (${store.why})`);
    return state;
  }
  const filled = await inject(job, log, { ...state, from: found.from });
  log.result(filled ? `Filled ${ids} from ${found.name}` : 'Cache mounts stay as they are');
  return { ...state, restored: found.digest, broken: !filled };
}

interface Saved {
  digest: string;
  /** A reference of the image that holds it; absent where `saved.tar` does. */
  from?: string;
  name: string;
}

async function findImage(job: Job, { docker }: Tools, references: string[]): Promise<Saved | undefined> {
  for (const from of references) {
    const argv = ['imagetools', 'inspect', '--format', '{{json .Image}}', from];
    const { exitCode, output } = await docker.buildx(argv, { signal: job.signal });
    const [, digest] = /"ecr-image\.mounts":\s*"([0-9a-f]+)"/.exec(output) ?? [];
    if (exitCode === 0 && digest !== undefined) return { digest, from, name: from };
  }
  return undefined;
}

async function findArchive(
  job: Job,
  log: Log,
  archive: { folder: string; key: string; others: string[] },
): Promise<Saved | undefined> {
  const restored = await restoreArchive(job, archive, { log, budget: budget.restore });
  if (restored === undefined || !existsSync(join(archive.folder, 'saved.tar'))) return undefined;
  return { digest: restored.key.replace(/^.*-/, ''), name: restored.key };
}

async function inject(job: Job, log: Log, state: Mounts & { from: string | undefined }): Promise<boolean> {
  const { injection } = await import('../rules/mounts-dockerfile.ts');
  const { groups, from, folder } = state;
  let filled = true;
  for (const [index, group] of groups.entries()) {
    const text = injection(group, { nonce: randomUUID(), index, saved: from });
    const output = await run(job, log, { ...state, text, context: folder, output: 'type=cacheonly' });
    if (output.exitCode === 0) continue;
    filled = false;
    log.warn(`Cache mounts could not be filled in ${group.image}: ${reasonIn(output.output)}`);
  }
  return filled;
}

interface Order {
  tools: Tools;
  build: Build;
  /** Of the Dockerfile. */
  text: string;
  context: string;
  output: string;
}

/** Builds a Dockerfile of the step's own, as the image is built that it stands beside. */
async function run(job: Job, log: Log, { tools, build, text, context, output }: Order) {
  const { docker, builder } = tools;
  const argv = [
    'build',
    ...(builder.name === undefined ? [] : ['--builder', builder.name]),
    '--progress',
    'plain',
    '--provenance=false',
    '--file',
    '-',
    '--output',
    output,
    ...(build.platforms[0] === undefined ? [] : ['--platform', build.platforms[0]]),
    ...build.buildContexts.flatMap(each => ['--build-context', each]),
    ...build.buildArgs.flatMap(each => (each.startsWith('BUILDKIT_SYNTAX') ? [] : ['--build-arg', each])),
    context,
  ];
  return docker.buildx(argv, {
    input: text,
    onOutput: log.raw,
    env: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
    signal: AbortSignal.any([job.signal, AbortSignal.timeout(budget.save)]),
  });
}

/** Saves what the build left in its cache mounts, where that has changed; trouble costs a warning. */
export async function saveMounts(job: Job, mounts: Mounts | undefined): Promise<void> {
  if (mounts === undefined) return;
  const { store, folder, broken } = mounts;
  const writes =
    store.kind === 'github' ? store.writes : store.kind === 'registry' && store.own !== undefined;
  if (writes && !broken) {
    await job.step('Save cache mounts', log => forgiving(job, log, () => save(job, log, mounts)));
  }
  await rm(folder, { recursive: true, force: true });
}

async function save(job: Job, log: Log, mounts: Mounts): Promise<void> {
  const { store, folder, key, restored } = mounts;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const tar = join(folder, 'saved.tar');
  if (!(await extract(job, log, { ...mounts, tar }))) return log.result('Not saved');
  const digest = await digestOf(job, tar);
  if (digest === undefined) return log.result('Not saved: the mounts are empty');
  if (digest === restored) return log.result('Nothing in the mounts has changed: nothing is saved');
  const name = store.kind === 'registry' ? (store.own ?? '') : `${key}${digest}`;
  const saved =
    store.kind === 'registry'
      ? await push(job, log, { ...mounts, name, digest })
      : await saveArchive(job, { folder, key: name }, { log, budget: budget.save });
  log.result(saved ? `Saved as ${name}` : 'Not saved');
}

/** One group after the other, each added to the archive. */
async function extract(job: Job, log: Log, mounts: Mounts & { tar: string }): Promise<boolean> {
  const { extraction } = await import('../rules/mounts-dockerfile.ts');
  const { groups, folder, tar } = mounts;
  for (const [index, group] of groups.entries()) {
    const part = index === 0 ? tar : join(folder, `part-${index}.tar`);
    const text = extraction(group, { nonce: randomUUID(), index });
    const order = { ...mounts, text, context: folder, output: `type=tar,dest=${part}` };
    const { exitCode, output } = await run(job, log, order);
    if (exitCode !== 0) {
      log.warn(`Cache mounts could not be read in ${group.image}: ${reasonIn(output)}`);
      return false;
    }
    if (part === tar) continue;
    const joined = await start('tar', ['--concatenate', '--file', tar, part], { signal: job.signal });
    if (joined.exitCode !== 0) {
      log.warn(`Cache mounts could not be joined: ${joined.output.trim()}`);
      return false;
    }
    await rm(part);
  }
  return true;
}

/** Of the listing: names, owners, modes, sizes and times; `undefined` where there is nothing but empty folders. */
async function digestOf(job: Job, tar: string): Promise<string | undefined> {
  const argv = ['--list', '--verbose', '--numeric-owner', '--full-time', '--file', tar];
  const { output } = await start('tar', argv, { signal: job.signal, stdoutOnly: true });
  const lines = output.split('\n').filter(line => /^[^d]/.test(line));
  if (lines.length === 0) return undefined;
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 16);
}

async function push(job: Job, log: Log, mounts: Mounts & { name: string; digest: string }): Promise<boolean> {
  const { name, digest, folder } = mounts;
  const text = `FROM scratch\nADD saved.tar /\nLABEL ${label}=${digest}\n`;
  const order = { ...mounts, text, context: folder, output: `type=image,name=${name},push=true` };
  const { exitCode, output } = await run(job, log, order);
  if (exitCode !== 0) log.warn(`Cache mounts could not be pushed: ${reasonIn(output)}`);
  return exitCode === 0;
}

function reasonIn(output: string): string {
  const reason = lastErrorOf(output) ?? 'buildx ended without a reason';
  return /did not complete|exec:|no such file/.test(reason)
    ? `${reason}. It takes a shell, mkdir, ls and cp in that image.`
    : reason;
}

async function forgiving<T>(job: Job, log: Log, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    job.signal.throwIfAborted();
    log.warn(`Cache mounts are not kept: ${describeFailure(error)}`);
    return undefined;
  }
}
