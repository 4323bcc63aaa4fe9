import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBuildx } from '../../src/build/buildx.ts';
import type { BuildOptions } from '../../src/build/buildx.ts';
import type { Docker, DockerOptions } from '../../src/docker/docker.ts';
import type { BuildEnd } from '../../src/docker/run-build.ts';
import { vertexes } from '../docker/reports.ts';
import { build } from '../sample.ts';

/** How one run of buildx goes: what it reports of a step that fails, or nothing where it succeeds. */
type Failing = { name: string; error: string } | undefined;

interface Simulation {
  end: BuildEnd;
  log: string[];
  /** Milliseconds of each wait, in units of the shortest. */
  waits: number[];
  argv: string[];
}

/** Builds with a buildx whose runs go one after the other as told, by a clock that nobody waits for. */
async function simulate(runs: Failing[], caches: string[] = []): Promise<Simulation> {
  const log: string[] = [];
  const waits: number[] = [];
  const argv: string[] = [];
  const fail = (): never => {
    throw new Error('nobody does this here');
  };
  const docker: Docker = {
    engineVersion: '28',
    buildxVersion: '0.29',
    containerdStore: true,
    isHere: true,
    config: {
      environment: () => ({}),
      addLogin: fail,
      loginHosts: fail,
      scopedLoginsFor: fail,
      faults: [],
      remove: fail,
    },
    askBuildx: fail,
    async buildx(args, { onError = () => {} }: DockerOptions = {}) {
      argv.push(args.join(' '));
      const failing = runs[argv.length - 1];
      if (failing === undefined) return { exitCode: 0, output: '' };
      onError(`${vertexes({ ...failing, at: 1, until: 2 })}\nERROR: failed to solve: ${failing.error}\n`);
      return { exitCode: 1, output: '' };
    },
  };
  const clock = {
    now: () => 0,
    sleep: async (milliseconds: number) => void waits.push(milliseconds),
  };
  const job = {
    signal: new AbortController().signal,
    times: [],
    logInOrder: fail,
    allLogged: fail,
    onFailure: fail,
    runFailureHandlers: fail,
    titleOf: fail,
    step: fail,
    atEnd: fail,
    runEndings: fail,
    orBrokenOff: fail,
  };
  const buildx = openBuildx(
    { job, plan: { stallTimeoutMs: 600_000 }, tell: () => {} },
    { docker, builder: { name: undefined, annotates: true, caches: true, isHere: true }, clock },
  );
  const options: BuildOptions = {
    reference: 'r/x:t',
    releases: [],
    cache: { from: caches, to: caches },
    metadataFile: '/m.json',
    push: false,
    annotate: true,
  };
  const say = (text: string): void => void log.push(text);
  const end = await buildx.build({ info: say, warn: say, raw: () => {}, result: say }, build, options);
  return { end, log: log.filter(line => !line.startsWith('docker buildx ')), waits, argv };
}

const name = '[internal] load metadata for docker.io/library/node:22';
const answer = (status: string): Failing => ({
  name,
  error: `unexpected status from HEAD request to https://registry-1.docker.io/v2/library/node/manifests/22: ${status}`,
});
const download = 'failed to copy: httpReadSeeker: failed open: ';

test('a pull that fails is tried again, three times in all', async () => {
  const passing = await simulate([answer('503 Service Unavailable'), undefined]);
  assert.equal(passing.end.failure, undefined);
  assert.match(
    passing.log.join('\n'),
    /^The pull of an image failed \(registry out of reach\): trying again in [23] seconds\.$/,
  );
  const lasting = await simulate(Array.from({ length: 9 }, () => answer('503 Service Unavailable')));
  assert.equal(lasting.argv.length, 3);
  assert.match(lasting.end.failure?.message ?? '', /503 Service Unavailable$/);
  const [first = 0, second = 0] = lasting.waits;
  assert.ok(first < second, `${first} ${second}`);
});

test('a limit of pulls is waited out once, and what no try mends is told at once', async () => {
  const limited = await simulate(Array.from({ length: 9 }, () => answer('429 Too Many Requests')));
  assert.equal(limited.argv.length, 2);
  assert.ok((limited.waits[0] ?? 0) >= 60_000);
  for (const failing of [answer('404 Not Found'), { name: '[2/2] RUN x', error: 'process "x EOF" failed' }])
    assert.equal((await simulate([failing, undefined])).argv.length, 1);
});

test('caches are still read after a pull of a base image, and not where a layer of theirs may be lost', async () => {
  const cache = ['type=registry,ref=r/cache'];
  const base = await simulate([answer('503'), undefined], cache);
  assert.match(base.argv[1] ?? '', /--cache-from/);
  const layer = { name: '[2/3] RUN make', error: `${download}unexpected status code https://r/: 503` };
  const { argv, log, waits } = await simulate([layer, layer, layer, undefined], cache);
  assert.deepEqual(
    argv.map(each => each.includes('--cache-from')),
    [true, false, false, false],
  );
  assert.match(log[0] ?? '', /^A layer could not be fetched, so the image is built without reading caches/);
  assert.equal(waits.length, 2);
});
