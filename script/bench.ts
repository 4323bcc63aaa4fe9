import { spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ECR } from '@aws-sdk/client-ecr';
import { run } from '../__tests__/world/docker/command.ts';
import type { Environment } from '../__tests__/world/docker/command.ts';
import { push } from '../__tests__/world/github/event.ts';
import { describeJob } from '../__tests__/world/github/job.ts';
import { addNewCity, allow, startWorld } from '../__tests__/world/world.ts';
import type { World } from '../__tests__/world/world.ts';

const { values } = parseArgs({
  options: { repetitions: { type: 'string', default: '7' }, latency: { type: 'string', default: '0' } },
});
const repetitions = Number(values.repetitions);

/** What both sides build: the same files, into repositories of their own, under a tag that is new each time. */
interface Build {
  repository: string;
  sha: string;
  /** The one before in the same repository. */
  before?: string;
  /** The cache that both use; `off` where it is not said. */
  cache?: Cache;
}

type Cache = 'registry' | 'gha' | 'actions' | 'inline' | 'off';

interface Scenario {
  name: string;
  /** Brings engine and registry into the state that the measured build meets. */
  prepare(build: Build): Promise<void>;
  /** Whether each build has a repository of its own, without a cache. */
  fresh: boolean;
  cache: Cache;
}

await using world = await startWorld({ allCities: true });
const workspace = await world.checkout();
await addNewCity(workspace);
const admin = beAdmin(world);
const bare = await logIn(world);
let builds = 0;
const last = new Map<string, string>();

const scenarios: Scenario[] = [
  { name: 'cold', cache: 'registry', fresh: true, prepare: makeCold },
  { name: 'machine without layers, cache: registry', cache: 'registry', fresh: false, prepare: prune },
  { name: 'machine without layers, cache: gha', cache: 'gha', fresh: false, prepare: prune },
  { name: 'machine without layers, cache: actions', cache: 'actions', fresh: false, prepare: prune },
  { name: 'machine without layers, cache: inline', cache: 'inline', fresh: false, prepare: prune },
  { name: 'machine without layers, cache: off', cache: 'off', fresh: false, prepare: prune },
  { name: 'unchanged', cache: 'registry', fresh: false, prepare: () => Promise.resolve() },
];

// The first build of all warms what is measured nowhere: the base image, the page cache.
await fill('off');
world.aws.faults.latencyMs = Number(values.latency);

console.log(`medians of ${repetitions}, milliseconds; every AWS answer takes ${values.latency} ms longer`);
const rows: Record<string, string | number>[] = [];
for (const scenario of scenarios) {
  const times: { bare: number[]; action: number[] } = { bare: [], action: [] };
  // What the last scenario has changed is built and cached before this one is measured.
  if (!scenario.fresh) await fill(scenario.cache);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    // Taking turns, and each first as often as the other, so that a noisy minute hits both.
    const sides = repetition % 2 === 0 ? (['bare', 'action'] as const) : (['action', 'bare'] as const);
    for (const side of sides) {
      const name = `bench/${side}${scenario.fresh ? `-${builds}` : ''}`;
      const build = { ...(await newBuild(name)), cache: scenario.cache };
      await scenario.prepare(build);
      times[side].push(await (side === 'bare' ? buildBare(build) : buildByAction(build)));
    }
  }
  const [alone, ours] = [median(times.bare), median(times.action)];
  rows.push({
    scenario: scenario.name,
    bare: alone,
    action: ours,
    beyond: ours - alone,
    ratio: (ours / alone).toFixed(2),
  });
}
console.table(rows);

console.table(await breakCaches());
console.table(await reRuns());

console.table(await startUp());
await explainOneRun();

async function fill(cache: Cache): Promise<void> {
  await buildBare({ ...(await newBuild('bench/bare')), cache });
  await buildByAction({ ...(await newBuild('bench/action')), cache });
}

async function newBuild(repository: string): Promise<Build> {
  builds++;
  const before = last.get(repository);
  const build = {
    repository,
    sha: builds.toString(16).padStart(40, '0'),
    ...(before !== undefined && { before }),
  };
  last.set(repository, build.sha);
  if (!world.aws.ecr.repository(repository) && repository.startsWith('bench/bare')) {
    await admin.createRepository({ repositoryName: repository });
  }
  return build;
}

/** Wall time of the bare command, with the cache that the action uses too. */
async function buildBare(build: Build): Promise<number> {
  const image = `${world.gate.host}/${build.repository}`;
  const options = ['--progress', 'plain', '--push', '--tag', `${image}:${build.sha}`];
  const args = ['--build-arg', `BASE_IMAGE=${world.baseImage}`, ...bareCache(image, build)];
  return timed(() => run('docker', ['buildx', 'build', ...options, ...args, workspace], bare));
}

/** What the action chooses, in buildx's words; an archive is a folder that need not travel. */
function bareCache(image: string, { cache = 'off', before = '' }: Build): string[] {
  const folder = join(world.scratch, 'bare-layers');
  const backends: Record<Cache, [from: string, to: string] | undefined> = {
    registry: [
      `type=registry,ref=${image}:buildcache`,
      `type=registry,ref=${image}:buildcache,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`,
    ],
    gha: ['type=gha,scope=bare,version=2', 'type=gha,scope=bare,version=2,mode=max,ignore-error=true'],
    actions: [`type=local,src=${folder}`, `type=local,dest=${folder},mode=max,ignore-error=true`],
    // The action reads the commit before the push from the event.
    inline: [`type=registry,ref=${image}:${before}`, 'type=inline'],
    off: undefined,
  };
  const [from, to] = backends[cache] ?? [];
  return from === undefined || to === undefined ? [] : ['--cache-from', from, '--cache-to', to];
}

/** What a broken cache costs a machine without layers that needs one of them, as the last step has changed. */
async function breakCaches(): Promise<Record<string, string | number>[]> {
  const error = { status: 403, code: 'permission_denied', message: 'no' };
  const { gateFaults, github } = world;
  const places = {
    registry: {
      faults: gateFaults,
      any: /^registry:.*\/(manifests\/buildcache|blobs\/)/,
      layer: /^registry:GET .*\/blobs\//,
    },
    gha: { faults: github.faults, any: /^cache:/, layer: /^cache:GET blob/ },
    actions: { faults: github.faults, any: /^cache:/, layer: /^cache:GET blob/ },
  };
  const broken: Record<string, string | number>[] = [];
  for (const cache of ['registry', 'gha', 'actions'] as const) {
    const { faults, any, layer } = places[cache];
    const breaks = {
      well: () => {},
      refuses: () =>
        faults.add({
          match: cache === 'registry' ? /:(GET|HEAD) .*\/manifests\/buildcache/ : any,
          kind: 'refuse',
          error,
        }),
      'breaks off': () => {
        // What lists the layers is read whole; of an archive there is nothing else.
        if (cache !== 'actions') faults.add({ match: layer, kind: 'slow', times: 1 });
        faults.add({ match: layer, kind: 'truncate' });
      },
      '0.2 s late': () => faults.add({ match: any, kind: 'slow', delayMs: 200 }),
    };
    const times = Object.entries(breaks).map(([name, begin]) => ({ name, begin, took: noTimes() }));
    // Each is a cold build or worse: three tell what is lost.
    for (let repetition = 0; repetition < Math.min(repetitions, 3); repetition++) {
      for (const { begin, took } of times) {
        await buildByAction({ ...(await newBuild('bench/action')), cache });
        await prune();
        await writeFile(join(workspace, 'site', 'greeting.html'), `<p>${builds}</p>\n`);
        begin();
        took.push(await buildByAction({ ...(await newBuild('bench/action')), cache }));
        faults.clear();
      }
    }
    broken.push({ cache, ...Object.fromEntries(times.map(({ name, took }) => [name, median(took)])) });
  }
  return broken;
}

function prune(): Promise<void> {
  return world.engine.prune();
}

/** Layers are known by their content, so cold means that another city is computed. */
async function makeCold(): Promise<void> {
  await prune();
  await addNewCity(workspace);
}

/** Wall time of the action's main, from the start of its process to its end, with a scan that is done at once. */
async function buildByAction(
  { repository, sha, before, cache = 'registry' }: Build,
  environment: Environment = {},
): Promise<number> {
  const step = await world.run({
    workspace,
    event: push(describeJob(), 'refs/heads/main', { sha, ...(before !== undefined && { before }) }),
    environment,
    // Archives are known by the path of the folder that they are made of.
    temp: join(world.scratch, 'temp'),
    with: { repository, cache, 'image-tag-mutability': 'MUTABLE' },
  });
  if (step.outcome !== 'success') throw new Error(step.log);
  return step.main.durationMs;
}

/** An unchanged re-run beside the bare build of the same files: of the same commit, and of another commit of the same content. */
async function reRuns(): Promise<Record<string, string | number>[]> {
  const monorepo = await world.checkout();
  await cp(workspace, join(monorepo, 'app'), { recursive: true });
  const git = (...args: string[]) =>
    run('git', ['-C', monorepo, '-c', 'user.name=b', '-c', 'user.email=b@b', ...args]);
  await git('init', '-q');
  const settings = { repository: 'bench/reuse', 'image-tag-mutability': 'MUTABLE', context: 'app' };
  const again = async (reuse: 'commit' | 'content'): Promise<number> => {
    const step = await world.run({ workspace: monorepo, with: { ...settings, reuse } });
    if (step.outcome !== 'success') throw new Error(step.log);
    return step.outputs['reused'] === 'true' ? step.main.durationMs : Number.NaN;
  };
  const commit = async (): Promise<void> => {
    await git('add', '--all');
    await git('commit', '-q', '--allow-empty', '-m', 'Another');
  };
  await commit();
  await again('content');
  const times: Record<'bare' | 'commit' | 'content', number[]> = { bare: [], commit: [], content: [] };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    times.bare.push(await buildBare(await newBuild('bench/bare')));
    times.commit.push(await again('commit'));
    await commit();
    times.content.push(await again('content'));
  }
  const bareTime = median(times.bare);
  return (['commit', 'content'] as const).map(reuse => {
    const ours = median(times[reuse]);
    return { 're-run with reuse': reuse, bare: bareTime, action: ours, ratio: (ours / bareTime).toFixed(2) };
  });
}

/** What the first line of main costs beside a Node that does nothing. */
async function startUp(): Promise<Record<string, string | number>[]> {
  const nothing: number[] = [];
  const firstLine: number[] = [];
  for (let repetition = 0; repetition < Math.max(repetitions, 9); repetition++) {
    nothing.push(await timed(() => run(process.execPath, ['-e', '0'])));
    firstLine.push(await timeToFirstLine());
  }
  const [node, main] = [median(nothing), median(firstLine)];
  return [
    { 'node -e 0': node, 'first line of main': main, beyond: main - node, ratio: (main / node).toFixed(1) },
  ];
}

function timeToFirstLine(): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    // Without inputs main stops at once: its first line is the error that names them.
    const child = spawn(process.execPath, [join(import.meta.dirname, '../dist/main.js')], { env: {} });
    child.on('error', reject);
    child.stdout.once('data', () => resolve(performance.now() - began));
  });
}

/** One warm run, call by call: what AWS was asked and which programs were started, each with its begin and its time. */
async function explainOneRun(): Promise<void> {
  const before = world.aws.requests.length;
  const folder = await mkdtemp(join(world.scratch, 'shims-'));
  const log = join(folder, 'log');
  await writeFile(log, '');
  const environment = await withRecorder(folder, log);
  const build = await newBuild('bench/action');
  const began = Date.now();
  const whole = await buildByAction(build, environment);
  const calls = world.aws.requests.slice(before).map(({ service, operation, startedAt, durationMs }) => ({
    what: `${service}:${operation}`,
    begins: startedAt - began,
    takes: durationMs,
  }));
  const children = (await readFile(log, 'utf8'))
    .trim()
    .split('\n')
    .map(line => {
      const [start = '', end = '', ...what] = line.split(' ');
      return {
        what: what.join(' ').slice(0, 60),
        begins: Number(start) - began,
        takes: Number(end) - Number(start),
      };
    });
  console.log(`one unchanged run, ${whole} ms in all: AWS calls and child processes (milliseconds)`);
  console.table([...calls, ...children].toSorted((a, b) => a.begins - b.begins));
  await rm(folder, { recursive: true });
}

/** A docker and a buildx that write down when they were started and when they ended. */
async function withRecorder(folder: string, log: string): Promise<Environment> {
  const environment = await world.engine.newConfig(join(folder, 'config'));
  const plugin = join(folder, 'config/cli-plugins/docker-buildx');
  const programs = [
    ['docker', join(folder, 'docker'), await run('sh', ['-c', 'command -v docker'])],
    ['docker-buildx', plugin, await realpath(plugin)],
  ] as const;
  await rm(plugin);
  for (const [name, shim, real] of programs) {
    // The client asks each plugin for its name; that is part of what `docker info` costs and no call of ours.
    const lines = [
      '#!/usr/bin/env bash',
      `case "$1" in docker-cli-plugin-metadata) exec "${real}" "$@" ;; esac`,
      'begin=${EPOCHREALTIME/./}',
      `"${real}" "$@"`,
      'code=$?',
      'end=${EPOCHREALTIME/./}',
      `echo "$((begin / 1000)) $((end / 1000)) ${name} $*" >>"${log}"`,
      'exit $code',
    ];
    await writeFile(shim, `${lines.join('\n')}\n`);
    await chmod(shim, 0o755);
  }
  return { ...environment, PATH: `${folder}:${process.env['PATH']}` };
}

/** A docker configuration that is logged in to the gate, as the bare build needs it. */
async function logIn({ engine, gate, scratch }: World): Promise<Environment> {
  const environment = await engine.newConfig(join(scratch, 'bare'));
  const { authorizationData } = await admin.getAuthorizationToken({});
  const auths = { [gate.host]: { auth: authorizationData?.[0]?.authorizationToken } };
  await writeFile(join(scratch, 'bare', 'config.json'), JSON.stringify({ auths }));
  return { ...environment, ...(await world.github.startJob(describeJob())) };
}

/** One who may do everything, for what is not measured. */
function beAdmin({ aws }: World): ECR {
  const credentials = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  aws.iam.putUser({ name: 'admin', ...credentials, policies: [allow('ecr:*')] });
  return new ECR({ endpoint: aws.url, region: aws.region, credentials });
}

function noTimes(): number[] {
  return [];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began);
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}
