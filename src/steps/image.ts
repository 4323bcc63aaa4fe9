import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Docker, Ended } from '../platform/docker.ts';
import { Failure } from '../platform/failure.ts';
import { makeScratch } from '../platform/runner.ts';
import type { Job, Log } from '../platform/runner.ts';
import type { Build } from '../rules/build.ts';
import { buildxArguments } from '../rules/buildx-arguments.ts';
import type { BuildxOptions } from '../rules/buildx-arguments.ts';
import type { CacheArguments } from '../rules/cache.ts';
import { isCacheFault } from '../rules/cache-fault.ts';
import { sayCommand } from '../rules/command.ts';
import { materialsIn } from '../rules/content.ts';
import type { Material } from '../rules/content.ts';
import type { Plan } from '../rules/plan.ts';
import { cacheUseOf, lastLinesOf } from '../rules/progress.ts';
import type { CacheUse } from '../rules/progress.ts';
import { sayTimeSaved, timeSaved } from '../rules/cold-time.ts';
import type { TimeSaved } from '../rules/cold-time.ts';
import { lastErrorOf, pushFaultOf } from '../rules/push-fault.ts';
import { decide } from '../rules/reuse.ts';
import type { Earlier, Found } from '../rules/reuse.ts';
import { sayEmpty, secretEnvironment, toldSecrets } from '../rules/secret.ts';
import type { Builder } from './builder.ts';
import type { Registry } from './registry.ts';
import type { Repository } from './repository.ts';

/** An image in the registry: of this run, of an earlier one of the same commit and inputs, or one that was named. */
export type Image = {
  /** `uri@sha256:…`: what a deploy step wants. */
  ref: string;
  digest: string;
  /** The commit's tag, under which it was pushed; of one that was named, the tag that named it. */
  tag?: string;
} & (
  | {
      kind: 'built';
      cacheUse: CacheUse;
      /** What building and pushing took. */
      seconds: number;
      saved?: TimeSaved;
      materials: Material[] | undefined;
    }
  | { kind: 'reused'; by: 'commit' | 'content'; manifest: Pick<Found, 'text' | 'mediaType'> }
  | { kind: 'joined'; isNew: boolean; manifest: Pick<Found, 'text' | 'mediaType'> }
  | { kind: 'found'; manifest: Pick<Found, 'text' | 'mediaType'> }
);

interface Tools {
  docker: Docker;
  registry: Registry;
  builder: Builder;
  cache: CacheArguments;
  /** Seconds that the last cold build took, as far as the cache tells, and those that it took to restore this one. */
  times: { cold?: number; restored: number };
  /** Looks again for the tags of this commit, when another job was faster. */
  look: () => Promise<Earlier>;
}

/** BuildKit 0.32 and newer would push attestations as artifacts that ECR has refused. https://github.com/moby/buildkit/issues/6171 */
const buildEnvironment = {
  BUILDX_NO_DEFAULT_OCI_ARTIFACT: '1',
  // What the build was made of goes to the metadata file, though the job may have turned that off.
  BUILDX_METADATA_PROVENANCE: 'min',
};

/** One `buildx build --push`; the digest is what buildx wrote to its metadata file, never read from a log. */
export function buildAndPush(job: Job, repository: Repository, plan: Plan, tools: Tools): Promise<Image> {
  const { candidate: tag, releases } = plan.tags;
  const reference = `${repository.uri}:${tag}`;
  const imageOf = (digest: string) => ({ ref: `${repository.uri}@${digest}`, digest, tag });
  return job.step('Build and push', log =>
    withMetadata(async metadataFile => {
      const what = {
        reference,
        cache: cacheOf(tools),
        releases: plan.release === 'with-push' ? releases.map(each => `${repository.uri}:${each}`) : [],
        metadataFile,
        push: true,
        annotate: tools.builder.annotates,
        builder: tools.builder.name,
      };
      const push = (unattested: boolean) => {
        const command = { docker: tools.docker, build: plan.build, options: { ...what, unattested } };
        return pushWithPatience(job, log, command, { ...tools, reference });
      };
      tellOfEmptySecrets(log, plan.build);
      if (!tools.builder.annotates && plan.reuse !== 'off') {
        log.warn(
          'A re-run of this commit will not recognise the image, as the builder cannot annotate it. Let docker/setup-buildx-action make a builder, set `driver: docker-container`, or turn on the containerd image store of this engine.',
        );
      }
      const startedAt = performance.now();
      let pushed = await push(false);
      if (pushed.kind === 'unattestable') {
        refuseUnattested(plan.build, reference);
        log.warn(
          'The registry does not take attestations (405 Method Not Allowed): the image is pushed without provenance and SBOM. `provenance: false` leaves them out from the start.',
        );
        pushed = await push(true);
        if (pushed.kind === 'unattestable') throw buildFailure(pushed.output, reference);
      }
      if (pushed.kind === 'taken') {
        const found = yieldTo(await tools.look(), plan, repository);
        if (found === undefined) throw buildFailure(pushed.output, reference);
        log.result(`Another job pushed ${reference} meanwhile, from the same inputs: ${found.digest}`);
        return { kind: 'reused', by: 'commit', ...imageOf(found.digest), manifest: found };
      }
      const { digest, materials } = await readMetadata(metadataFile);
      const seconds = (performance.now() - startedAt) / 1000;
      const cacheUse = cacheUseOf(pushed.output);
      const { cold, restored } = tools.times;
      const saved = timeSaved({ cacheUse, seconds: seconds + restored }, cold);
      log.result(`${reference} is ${digest}${saved ? `, ${sayTimeSaved(saved)}` : ''}`);
      return { kind: 'built', ...imageOf(digest), cacheUse, seconds, ...(saved && { saved }), materials };
    }),
  );
}

/** What was asked for is never left out; what buildx adds by itself may be. */
function refuseUnattested({ attests }: Build, reference: string): void {
  if (attests.every(each => each.includes('disabled=true'))) return;
  throw new Failure(
    `The registry does not take the attestations that were asked for with ${reference} (405 Method Not Allowed).`,
    {
      remedy:
        'Leave `provenance`, `sbom` and `attests` out, or attest the pushed image in a step of its own, such as actions/attest.',
    },
  );
}

/** Takes the image of another job of this commit, where it was made from the same inputs. */
function yieldTo(earlier: Earlier, plan: Plan, repository: Repository): Found | undefined {
  const decision = decide(plan, { earlier, mutability: repository.mutability });
  if (decision.kind === 'conflict') throw new Failure(decision.message, { remedy: decision.remedy });
  return decision.kind === 'reuse' ? decision.found : undefined;
}

/** Builds and pushes nothing: does it build at all? */
export function build(
  job: Job,
  plan: Plan,
  tools: Pick<Tools, 'docker' | 'builder' | 'cache'>,
): Promise<void> {
  const reference = `${plan.repository.name}:${plan.tags.candidate}`;
  return job.step('Build', async log => {
    await buildOnly(job, log, plan, { ...tools, reference });
    const why = plan.isOutside ? 'a pull request from outside' : '`push: false`';
    const where = plan.build.load ? " and is in this machine's docker" : '';
    log.result(`${reference} builds${where}; nothing was pushed (${why})`);
  });
}

type Local = Pick<Tools, 'docker' | 'builder' | 'cache'> & { reference: string };

/** An image that is there already need not be pushed, but what was asked for beside it is not there. */
export function buildBeside(job: Job, repository: Repository, plan: Plan, tools: Tools): Promise<void> {
  const reference = `${repository.uri}:${plan.tags.candidate}`;
  return job.step('Build what is asked for beside the image', async log => {
    await buildOnly(job, log, plan, { ...tools, cache: { from: cacheOf(tools).from, to: [] }, reference });
    log.result('Built from the same inputs; nothing had to be pushed');
  });
}

function buildOnly(job: Job, log: Log, plan: Plan, tools: Local): Promise<void> {
  const { docker, reference } = tools;
  const cache = cacheOf(tools);
  return withMetadata(async metadataFile => {
    const builder = tools.builder.name;
    const options = { reference, releases: [], cache, metadataFile, push: false, annotate: false, builder };
    tellOfEmptySecrets(log, plan.build);
    const { exitCode, output } = await runBuildx(job, log, { docker, build: plan.build, options });
    if (exitCode !== 0) throw buildFailure(output, reference);
  });
}

function cacheOf({ builder, cache }: Pick<Tools, 'builder' | 'cache'>): CacheArguments {
  return builder.caches ? cache : { from: [], to: [] };
}

async function withMetadata<T>(work: (metadataFile: string) => Promise<T>): Promise<T> {
  const scratch = await makeScratch();
  try {
    return await work(join(scratch, 'metadata.json'));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Answers the output of the first try, which alone tells what came from the cache: the next repeats only the push.
 * `taken`: another job has put an image under the tag that this one was about to push. `unattestable`: the registry
 * takes no attestations.
 */
async function pushWithPatience(
  job: Job,
  log: Log,
  command: Command,
  { registry, reference }: { registry: Registry; reference: string },
): Promise<{ kind: 'pushed' | 'taken' | 'unattestable'; output: string }> {
  let first: string | undefined;
  let next = command;
  for (let tries = 0; ; tries++) {
    const { exitCode, output, ran } = await runBuildx(job, log, next);
    next = ran;
    first ??= output;
    if (exitCode === 0) return { kind: 'pushed', output: first };
    const fault = pushFaultOf(output);
    if (fault?.name === 'immutable tag') return { kind: 'taken', output };
    if (fault?.name === 'attestations refused') return { kind: 'unattestable', output };
    if (fault === undefined || tries >= fault.retries) throw buildFailure(output, reference);
    log.info(`The push failed (${fault.name}): logging in again and repeating it.`);
    await sleep(500 * 3 ** tries, undefined, { signal: job.signal });
    await registry.renew();
  }
}

interface Command {
  docker: Docker;
  build: Build;
  options: BuildxOptions;
}

/** A build that a cache has failed is made without it. Answers what ran in the end, to be repeated if need be. */
async function runBuildx(job: Job, log: Log, command: Command): Promise<Ended & { ran: Command }> {
  const { docker, build: of, options } = command;
  const argv = buildxArguments(of, options);
  log.info(`docker buildx ${sayCommand(argv)}`);
  const env = { ...buildEnvironment, ...secretEnvironment(of) };
  const ended = await docker.buildx(argv, { env, onOutput: log.raw, signal: job.signal });
  const { cache } = options;
  if (ended.exitCode === 0 || cache.from.length === 0 || !isCacheFault(ended.output)) {
    return { ...ended, ran: command };
  }
  log.warn(
    `A layer could not be fetched, so the image is built without reading caches: ${lastErrorOf(ended.output)}`,
  );
  return runBuildx(job, log, { ...command, options: { ...options, cache: { from: [], to: cache.to } } });
}

function tellOfEmptySecrets(log: Log, { secrets }: Build): void {
  const told = toldSecrets({ secrets });
  for (const secret of secrets.filter(each => !told.includes(each))) {
    log.info(`${sayEmpty(secret)} is empty, and the build goes without it.`);
  }
}

async function readMetadata(file: string): Promise<{ digest: string; materials: Material[] | undefined }> {
  const metadata: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
  const digest = metadata['containerimage.digest'];
  if (typeof digest !== 'string') {
    throw new Failure('buildx did not tell the digest of what it pushed.', {
      remedy: 'Update buildx on this runner (0.12 or newer), for instance with docker/setup-buildx-action.',
    });
  }
  return { digest, materials: materialsIn(metadata) };
}

function buildFailure(output: string, reference: string): Failure {
  return new Failure(
    `Building ${reference} failed: ${lastErrorOf(output) ?? 'buildx ended without a reason'}`,
    {
      remedy:
        pushFaultOf(output)?.remedy ??
        "The build's own output, in the log of this step, says which instruction failed and why.",
      lastLines: lastLinesOf(output),
    },
  );
}
