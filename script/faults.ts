import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { kinds } from '../__tests__/faults/kinds.ts';
import type { FaultAtCall } from '../__tests__/faults/kinds.ts';
import { openScenario, placesIn, runClean, runWithFaults } from '../__tests__/faults/matrix.ts';
import type { Clean, Outcome, Performance } from '../__tests__/faults/matrix.ts';
import { scenarios } from '../__tests__/faults/scenarios.ts';
import { openStage } from '../__tests__/faults/stage.ts';
import type { Scenario, Stage } from '../__tests__/faults/stage.ts';

/** A run with one fault that is to be tried. */
interface Trial extends FaultAtCall {
  scenario: Scenario;
}

type Tried = Trial & Outcome;

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', multiple: true },
    kind: { type: 'string', multiple: true },
    call: { type: 'string', default: '' },
    limit: { type: 'string', default: 'Infinity' },
    jobs: { type: 'string', default: '3' },
    'all-kinds': { type: 'boolean', default: false },
    'all-calls': { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    logs: { type: 'boolean', default: false },
  },
});
const chosenScenarios = choose('scenario', scenarios, values.scenario);
const chosenKinds = values.kind
  ? choose('kind', kinds, values.kind)
  : kinds.filter(({ usual }) => usual || values['all-kinds']);

if (values.list) {
  for (const { name, title } of [...scenarios, ...kinds]) console.log(`${name.padEnd(18)}${title}`);
  process.exit();
}

const began = performance.now();
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    tell('faults: interrupted; what was tried by now is told');
    interruption.abort();
  });
await using stages = new AsyncDisposableStack();
const workers: Worker[] = [];
for (let count = 0; count < Number(values.jobs); count++)
  workers.push(createWorker(stages.use(await openStage())));

const cleans = new Map<Scenario, Clean>();
await share(chosenScenarios, async (scenario, worker) => {
  const clean = await runClean(await worker.open(scenario));
  cleans.set(scenario, clean);
  tell(`${scenario.name}: ${clean.calls.size} calls, ${seconds(clean.durationMs)} without a fault`);
});
const known = chosenScenarios.flatMap(scenario => {
  const clean = cleans.get(scenario);
  const places = clean ? placesIn(clean) : [];
  return places
    .filter(({ call }) => values['all-calls'] || (scenario.calls?.test(call) ?? true))
    .filter(({ call }) => new RegExp(values.call).test(call))
    .flatMap(place => chosenKinds.map(kind => ({ scenario, ...place, kind })));
});
if (values.limit === '0') {
  for (const [{ name }, { calls }] of cleans)
    for (const [call, times] of calls) console.log(`${name.padEnd(18)}${times} × ${call}`);
  const missing = await findUnreached([...cleans.values()].flatMap(({ calls }) => Array.from(calls.keys())));
  console.log(`Reached by no scenario: ${missing.join(', ') || 'none'}`);
}
const trials = sample(known, Number(values.limit));
tell(`${trials.length} of ${known.length} runs with a fault`);

const tried: Tried[] = [];
await share(trials, async (trial, worker) => {
  const clean = cleans.get(trial.scenario);
  if (!clean) return;
  const outcome = await worker
    .open(trial.scenario)
    .then(performance => runWithFaults(performance, clean, [trial]))
    .catch(untried);
  // An interrupt has reached the run too.
  if (interruption.signal.aborted) return;
  tried.push({ ...trial, ...outcome });
  const state = outcome.problems.length > 0 ? 'WRONG' : outcome.struck === 0 ? 'not reached' : 'right';
  tell(
    `${tried.length}/${trials.length} ${state} ${trial.scenario.name} ${trial.kind.name} ${placeOf(trial)} ${seconds(outcome.durationMs)}`,
  );
  for (const problem of outcome.problems) tell(`  ${cut(problem)}`);
});

const wrong = tried.filter(({ problems }) => problems.length > 0);
console.log(
  '`tried` counts the runs in which the fault struck; in the others the call was not made again, as happens where it is chance.\n',
);
console.log(table('Kind', chosenKinds, ({ kind }) => kind));
console.log(table('Scenario', chosenScenarios, ({ scenario }) => scenario));
for (const each of wrong) console.log(describe(each));
console.log(`${tried.length} of ${trials.length} runs with a fault, ${wrong.length} wrong, in ${minutes()}`);
if (wrong.length > 0 || interruption.signal.aborted) process.exitCode = 1;

interface Worker {
  /** Brings the worker's world into the state of a scenario, once. */
  open(scenario: Scenario): Promise<Performance>;
}

function createWorker(stage: Stage): Worker {
  const opened = new Map<Scenario, Promise<Performance>>();
  return {
    open(scenario) {
      const performed = opened.get(scenario) ?? openScenario(scenario, stage);
      opened.set(scenario, performed);
      return performed;
    },
  };
}

/** Lets the workers do all of it, each one after the other. */
async function share<T>(work: readonly T[], act: (item: T, worker: Worker) => Promise<void>): Promise<void> {
  const left = [...work];
  await Promise.all(
    workers.map(async worker => {
      for (let next = left.shift(); next !== undefined && !interruption.signal.aborted; next = left.shift())
        await act(next, worker);
    }),
  );
}

/** Stands for a run that could not be made. */
function untried(error: unknown): Outcome {
  const problem = `it could not be tried: ${error instanceof Error ? error.message : String(error)}`;
  return { problems: [problem], struck: 0, outcome: 'failure', durationMs: 0, log: '' };
}

/** The operations of ECR that the step can call, without those that are among these calls. */
async function findUnreached(calls: readonly string[]): Promise<string[]> {
  const text = await readFile(new URL('../src/aws/ecr.ts', import.meta.url), 'utf8');
  const names = Array.from(text.matchAll(/^ {2}([a-z]\w+): Call</gm), ([, name = '']) => name);
  const reached = new Set(calls.map(call => call.replace(/^[\w-]+:/, '').toLowerCase()));
  return names.filter(name => !reached.has(name.toLowerCase()));
}

function choose<T extends { name: string }>(
  what: string,
  all: readonly T[],
  chosen: string[] | undefined,
): T[] {
  const unknown = chosen?.find(name => !all.some(each => each.name === name));
  if (unknown !== undefined) {
    console.error(
      `faults: there is no ${what} '${unknown}'. There are: ${all.map(({ name }) => name).join(', ')}`,
    );
    process.exit(2);
  }
  return all.filter(({ name }) => chosen?.includes(name) ?? true);
}

/** At most so many, spread evenly over the whole. */
function sample<T>(all: readonly T[], limit: number): T[] {
  if (limit >= all.length) return [...all];
  return Array.from({ length: limit }, (_, index) => all[Math.floor((index * all.length) / limit)]).filter(
    each => each !== undefined,
  );
}

function table(
  head: string,
  rows: readonly { name: string; title: string }[],
  of: (each: Tried) => object,
): string {
  const counts = (part: readonly Tried[]): string => {
    const struck = part.filter(each => each.struck > 0);
    const right = struck.filter(({ problems }) => problems.length === 0).length;
    const bad = part.filter(({ problems }) => problems.length > 0).length;
    return [struck.length, right, bad, part.length - struck.length].join(' | ');
  };
  return [
    `| ${head} | | Tried | Right | Wrong | Not reached |`,
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...rows.map(row => `| ${row.name} | ${row.title} | ${counts(tried.filter(each => of(each) === row))} |`),
    `| all | | ${counts(tried)} |`,
    '',
  ].join('\n');
}

/** A call, and which of several it is. */
function placeOf({ call, nth }: Trial): string {
  return nth === undefined ? call : `${call} (number ${nth})`;
}

function describe(each: Tried): string {
  const { scenario, kind, problems, outcome, error, durationMs, log } = each;
  return [
    `### ${scenario.name}: ${placeOf(each)}: ${kind.name}`,
    '',
    `- Expected: ${kind.once ? 'the same end as without the fault' : 'one error that names the call and says what to do'}`,
    `- Happened: ${outcome} after ${seconds(durationMs)}${error === undefined ? '' : `, ${JSON.stringify(cut(error))}`}`,
    ...problems.map(problem => `- Wrong: ${cut(problem).replaceAll('\n', ' / ')}`),
    ...(values.logs ? ['', '```', log, '```'] : []),
    '',
  ].join('\n');
}

function cut(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function minutes(): string {
  return `${((performance.now() - began) / 60_000).toFixed(1)} minutes`;
}

/** What goes on, beside the result on the standard output. */
function tell(text: string): void {
  console.error(text);
}
