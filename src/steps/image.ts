import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Docker } from '../platform/docker.ts';
import { Failure } from '../platform/failure.ts';
import { makeScratch } from '../platform/runner.ts';
import type { Job, Log } from '../platform/runner.ts';
import { buildxArguments } from '../rules/buildx-arguments.ts';
import type { CacheArguments } from '../rules/cache.ts';
import type { Plan } from '../rules/plan.ts';
import { cacheUseOf } from '../rules/progress.ts';
import type { CacheUse } from '../rules/progress.ts';
import { pushFaultOf } from '../rules/push-fault.ts';
import type { Registry } from './registry.ts';
import type { Repository } from './repository.ts';

/** An image in the registry. */
export interface Image {
  kind: 'built';
  /** `uri@sha256:…`: what a deploy step wants. */
  ref: string;
  digest: string;
  /** The commit's tag, under which it was pushed. */
  tag: string;
  cacheUse: CacheUse;
}

interface Tools {
  docker: Docker;
  registry: Registry;
  builder: string | undefined;
  cache: CacheArguments;
}

/** One `buildx build --push`; the digest is what buildx wrote to its metadata file, never read from a log. */
export function buildAndPush(job: Job, repository: Repository, plan: Plan, tools: Tools): Promise<Image> {
  const reference = `${repository.uri}:${plan.tags.candidate}`;
  return job.step('Build and push', log =>
    withMetadata(async metadataFile => {
      const argv = buildxArguments(plan.build, { ...tools, reference, metadataFile, push: true });
      log.info(`docker buildx ${argv.join(' ')}`);
      const output = await pushWithPatience(job, log, argv, { ...tools, reference });
      const digest = await readDigest(metadataFile);
      log.result(`${reference} is ${digest}`);
      return {
        kind: 'built',
        ref: `${repository.uri}@${digest}`,
        digest,
        tag: plan.tags.candidate,
        cacheUse: cacheUseOf(output),
      };
    }),
  );
}

/** Builds and pushes nothing: does it build at all? */
export function build(job: Job, plan: Plan, tools: Pick<Tools, 'docker' | 'builder'>): Promise<void> {
  const reference = `${plan.repository.name}:${plan.tags.candidate}`;
  return job.step('Build', log =>
    withMetadata(async metadataFile => {
      const cache = { from: [], to: [] };
      const argv = buildxArguments(plan.build, { ...tools, reference, cache, metadataFile, push: false });
      log.info(`docker buildx ${argv.join(' ')}`);
      const { exitCode, output } = await tools.docker.buildx(argv, { onOutput: log.raw, signal: job.signal });
      if (exitCode !== 0) throw buildFailure(output, reference);
      log.result(`${reference} builds; nothing was pushed (\`push: false\`)`);
    }),
  );
}

async function withMetadata<T>(work: (metadataFile: string) => Promise<T>): Promise<T> {
  const scratch = await makeScratch();
  try {
    return await work(join(scratch, 'metadata.json'));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Answers the output of the first try, which alone tells what came from the cache: the next repeats only the push. */
async function pushWithPatience(
  job: Job,
  log: Log,
  argv: string[],
  { docker, registry, reference }: Tools & { reference: string },
): Promise<string> {
  let first: string | undefined;
  for (let tries = 0; ; tries++) {
    const { exitCode, output } = await docker.buildx(argv, { onOutput: log.raw, signal: job.signal });
    first ??= output;
    if (exitCode === 0) return first;
    const fault = pushFaultOf(output);
    if (fault === undefined || tries >= fault.retries) throw buildFailure(output, reference);
    log.info(`The push failed (${fault.name}): logging in again and repeating it.`);
    await sleep(500 * 3 ** tries, undefined, { signal: job.signal });
    await registry.renew();
  }
}

async function readDigest(metadataFile: string): Promise<string> {
  const metadata: { 'containerimage.digest'?: string } = JSON.parse(await readFile(metadataFile, 'utf8'));
  const digest = metadata['containerimage.digest'];
  if (digest === undefined) {
    throw new Failure('buildx did not tell the digest of what it pushed.', {
      remedy: 'Update buildx on this runner (0.12 or newer), for instance with docker/setup-buildx-action.',
    });
  }
  return digest;
}

function buildFailure(output: string, reference: string): Failure {
  const reason =
    output
      .match(/^ERROR: .*$/gm)
      ?.at(-1)
      ?.replace(/^ERROR: /, '') ?? 'buildx ended without a reason';
  return new Failure(`Building ${reference} failed: ${reason}`, {
    remedy: pushFaultOf(output)?.remedy ?? 'The output of the build above says which step failed and why.',
  });
}
