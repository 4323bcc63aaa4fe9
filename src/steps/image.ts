import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Docker, Ended } from '../platform/docker.ts';
import { Failure } from '../platform/failure.ts';
import { makeScratch } from '../platform/runner.ts';
import type { Job, Log } from '../platform/runner.ts';
import type { Build } from '../rules/build.ts';
import { buildxArguments } from '../rules/buildx-arguments.ts';
import type { CacheArguments } from '../rules/cache.ts';
import { sayCommand } from '../rules/command.ts';
import type { Plan } from '../rules/plan.ts';
import { cacheUseOf } from '../rules/progress.ts';
import type { CacheUse } from '../rules/progress.ts';
import { lastErrorOf, pushFaultOf } from '../rules/push-fault.ts';
import { decide } from '../rules/reuse.ts';
import type { Earlier } from '../rules/reuse.ts';
import { secretEnvironment, toldSecrets } from '../rules/secret.ts';
import type { Registry } from './registry.ts';
import type { Repository } from './repository.ts';

/** An image in the registry, of this run or of an earlier one of the same commit and inputs. */
export type Image = {
  /** `uri@sha256:…`: what a deploy step wants. */
  ref: string;
  digest: string;
  /** The commit's tag, under which it was pushed. */
  tag: string;
} & ({ kind: 'built'; cacheUse: CacheUse } | { kind: 'reused' });

interface Tools {
  docker: Docker;
  registry: Registry;
  builder: string | undefined;
  cache: CacheArguments;
  earlier: Earlier;
}

/** BuildKit 0.32 and newer would push attestations as artifacts that ECR has refused. https://github.com/moby/buildkit/issues/6171 */
const buildEnvironment = { BUILDX_NO_DEFAULT_OCI_ARTIFACT: '1' };

/** One `buildx build --push`; the digest is what buildx wrote to its metadata file, never read from a log. */
export function buildAndPush(job: Job, repository: Repository, plan: Plan, tools: Tools): Promise<Image> {
  const tag = plan.tags.candidate;
  const reference = `${repository.uri}:${tag}`;
  const imageOf = (digest: string) => ({ ref: `${repository.uri}@${digest}`, digest, tag });
  return job.step('Build and push', async log => {
    const decision = decide(plan, { earlier: tools.earlier, mutability: repository.mutability });
    if (decision.kind === 'conflict') throw new Failure(decision.message, { remedy: decision.remedy });
    if (decision.kind === 'reuse') {
      const { digest } = decision.found;
      log.result(`${reference} is there already, from the same inputs: ${digest}`);
      return { kind: 'reused', ...imageOf(digest) };
    }
    return withMetadata(async metadataFile => {
      const annotate = tools.docker.containerdStore || tools.builder !== undefined;
      const what = { ...tools, reference, releases: [], metadataFile, push: true, annotate };
      tellOfEmptySecrets(log, plan.build);
      const command = { docker: tools.docker, argv: buildxArguments(plan.build, what), build: plan.build };
      const output = await pushWithPatience(job, log, command, { ...tools, reference });
      const digest = await readDigest(metadataFile);
      log.result(`${reference} is ${digest}`);
      return { kind: 'built', ...imageOf(digest), cacheUse: cacheUseOf(output) };
    });
  });
}

/** Builds and pushes nothing: does it build at all? */
export function build(job: Job, plan: Plan, tools: Pick<Tools, 'docker' | 'builder'>): Promise<void> {
  const reference = `${plan.repository.name}:${plan.tags.candidate}`;
  return job.step('Build', log =>
    withMetadata(async metadataFile => {
      const cache = { from: [], to: [] };
      const what = { reference, releases: [], cache, metadataFile, push: false, annotate: false };
      tellOfEmptySecrets(log, plan.build);
      const argv = buildxArguments(plan.build, { ...tools, ...what });
      const { exitCode, output } = await runBuildx(job, log, {
        docker: tools.docker,
        argv,
        build: plan.build,
      });
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
  command: Command,
  { registry, reference }: { registry: Registry; reference: string },
): Promise<string> {
  let first: string | undefined;
  for (let tries = 0; ; tries++) {
    const { exitCode, output } = await runBuildx(job, log, command);
    first ??= output;
    if (exitCode === 0) return first;
    const fault = pushFaultOf(output);
    if (fault === undefined || tries >= fault.retries) throw buildFailure(output, reference);
    log.info(`The push failed (${fault.name}): logging in again and repeating it.`);
    await sleep(500 * 3 ** tries, undefined, { signal: job.signal });
    await registry.renew();
  }
}

interface Command {
  docker: Docker;
  argv: string[];
  build: Build;
}

function runBuildx(job: Job, log: Log, { docker, argv, build: of }: Command): Promise<Ended> {
  log.info(`docker buildx ${sayCommand(argv)}`);
  const env = { ...buildEnvironment, ...secretEnvironment(of) };
  return docker.buildx(argv, { env, onOutput: log.raw, signal: job.signal });
}

function tellOfEmptySecrets(log: Log, { secrets }: Build): void {
  const told = toldSecrets({ secrets });
  for (const { id } of secrets.filter(secret => !told.includes(secret))) {
    log.info(`The secret ${id} is empty, and the build goes without it.`);
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
  return new Failure(
    `Building ${reference} failed: ${lastErrorOf(output) ?? 'buildx ended without a reason'}`,
    {
      remedy:
        pushFaultOf(output)?.remedy ??
        "The build's own output, in the log of this step, says which instruction failed and why.",
    },
  );
}
