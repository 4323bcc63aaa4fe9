import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Faults } from '../world/faults.ts';
import type { Run } from '../world/github/runner.ts';
import type { World } from '../world/world.ts';
import { callOf, isCall } from './calls.ts';
import { judgeCell } from './judge-cell.ts';
import type { FaultAtCall } from './kinds.ts';
import { pictureOf, repositoryIn } from './picture.ts';
import type { Picture } from './picture.ts';
import { emptyFolder } from './stage.ts';
import type { Scenario, Scene, Stage } from './stage.ts';

/** One scenario in one world, ready to be run again and again. */
export interface Performance {
  scenario: Scenario;
  stage: Stage;
  next(): Promise<Scene>;
}

/** A run without faults, and the calls that it made. */
export interface Clean {
  picture: Picture;
  /** Call → how often. */
  calls: ReadonlyMap<string, number>;
  durationMs: number;
}

/** What became of a run with faults. */
export interface Outcome {
  problems: readonly string[];
  /** How many of the faults struck: a call that this run happened not to make was not tried. */
  struck: number;
  outcome: Run['outcome'];
  /** The first error annotation. */
  error?: string | undefined;
  durationMs: number;
  log: string;
}

export async function openScenario(scenario: Scenario, stage: Stage): Promise<Performance> {
  const make = await scenario.open(stage);
  return { scenario, stage, next: () => make(stage.newId()) };
}

/** Runs a scenario without a fault. What is wrong then is thrown: nothing can be compared with it. */
export async function runClean(performance: Performance): Promise<Clean> {
  const { name: scenario, end = 'success' } = performance.scenario;
  const scene = await performance.next();
  const asked = countAsked(performance.stage.world);
  const { run, picture, ...rest } = await perform(performance, scene);
  const problems = judgeCell({ scenario, scene, run, picture, faults: [], ...rest }, picture);
  if (run.outcome !== end) problems.push(`it ended with ${run.outcome}`);
  if (problems.length > 0) throw new Error(`${scenario} without a fault: ${problems.join('; ')}\n${run.log}`);
  const labels = askedSince(performance.stage.world, asked).map(({ label }) => label);
  const calls = Map.groupBy(labels.filter(isCall).map(callOf), call => call);
  return {
    picture,
    calls: new Map([...calls].map(([call, times]) => [call, times.length])),
    durationMs: run.main.durationMs,
  };
}

/**
 * The calls that faults are tried at: each call's first, and of AWS's operations, which serve different ends in one run, also the
 * last of several.
 */
export function placesIn({ calls }: Clean): Omit<FaultAtCall, 'kind'>[] {
  return [...calls].flatMap(([call, times]) =>
    times > 1 && /^[\w-]+:[A-Z]\w+$/.test(call) && !call.startsWith('cache:')
      ? [{ call }, { call, nth: times }]
      : [{ call }],
  );
}

/** Runs a scenario with faults, each at one of its calls or at all of them from there on, and judges what became of it. */
export async function runWithFaults(
  performance: Performance,
  clean: Clean,
  faults: readonly FaultAtCall[],
): Promise<Outcome> {
  const scene = await performance.next();
  const { world } = performance.stage;
  const asked = countAsked(world);
  for (const { call, nth = 1, kind } of faults) {
    const times = kind.once ? { times: 1 } : {};
    let count = 0;
    const match = (label: string): boolean => isCall(label) && callOf(label) === call && ++count >= nth;
    faultsFor(world, call).add({ ...kind.faultAt(call), ...times, match });
  }
  const limitMs = Math.max(...faults.map(({ kind }) => kind.limitMs));
  const cell = await perform(performance, scene, limitMs).finally(() => forget(world));
  const { run } = cell;
  const struck = askedSince(world, asked).filter(each => each.fault).length;
  const { name: scenario } = performance.scenario;
  // Nobody need do without what did not strike.
  const met = struck > 0 ? faults : [];
  return {
    problems: judgeCell({ scenario, scene, faults: met, ...cell }, clean.picture),
    struck,
    outcome: run.outcome,
    error: run.annotations.find(({ level }) => level === 'error')?.message,
    durationMs: run.main.durationMs,
    log: run.log,
  };
}

async function perform({ stage: { world, temp } }: Performance, scene: Scene, limitMs = 120_000) {
  const [name = ''] = scene.repositories;
  const [tag = ''] = scene.tags;
  const before = repositoryIn(world, name)?.imageTags.get(tag);
  const known = new Set(secretsOf(world));
  const run = await world.run({ ...scene.options, temp, cancelAfter: { ms: limitMs } });
  const secrets = secretsOf(world).filter(secret => !known.has(secret));
  const after = repositoryIn(world, name)?.imageTags.get(tag);
  const picture = pictureOf(world, scene, run);
  const leaks = await findLeaks(run, { secrets, folders: [temp, run.dockerConfig] });
  await emptyFolder(temp);
  await rm(run.dockerConfig, { recursive: true, force: true });
  return { run, picture, leaks, pushed: after === before ? undefined : after };
}

/** Where what was handed out in secret can be read by others. */
async function findLeaks(
  run: Run,
  { secrets, folders }: { secrets: readonly string[]; folders: readonly string[] },
): Promise<string[]> {
  const places = new Map<string, string>([
    ['the log', run.log],
    ['the summary', run.summary],
    ['the outputs', JSON.stringify(run.outputs)],
    ['the state', JSON.stringify(run.state)],
    ['the environment', JSON.stringify([run.env, run.path])],
  ]);
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter(each => each.isFile())) {
      const path = join(entry.parentPath, entry.name);
      places.set(path.slice(folder.length + 1), await readFile(path, 'latin1'));
    }
  }
  return [...places]
    .filter(([, text]) => secrets.some(secret => text.includes(secret)))
    .map(([place]) => place);
}

function secretsOf({ aws, github }: World): string[] {
  return [...aws.secrets(), ...github.secrets()].filter(secret => secret.length > 8);
}

function faultsOf({ aws, gateFaults, github }: World): Faults[] {
  return [aws.faults, aws.layers.faults, gateFaults, github.faults];
}

function faultsFor({ aws, gateFaults, github }: World, call: string): Faults {
  if (/^(sts|ecr|ecr-public|inspector2):/.test(call)) return aws.faults;
  if (call.startsWith('layer:')) return aws.layers.faults;
  return call.startsWith('registry:') ? gateFaults : github.faults;
}

function forget(world: World): void {
  for (const faults of faultsOf(world)) faults.clear();
}

function countAsked(world: World): number[] {
  return faultsOf(world).map(({ asked }) => asked.length);
}

function askedSince(world: World, counts: readonly number[]) {
  return faultsOf(world).flatMap(({ asked }, index) => asked.slice(counts[index]));
}
