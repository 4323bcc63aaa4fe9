import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Annotation } from '../world/github/job-log.ts';
import type { Run } from '../world/github/runner.ts';
import { judgeCell } from './judge-cell.ts';
import type { Cell } from './judge-cell.ts';
import { kinds } from './kinds.ts';
import type { Picture } from './picture.ts';

const digest = `sha256:${'1'.repeat(64)}`;
const clean: Picture = {
  outcome: 'success',
  outputs: { digest: '{digest}', 'scan-verdict': 'passed' },
  warnings: [],
  repositories: { '{repository}': { scanOnPush: true } },
  tags: { '{commit}': 'the image', '1.2.3': 'the image' },
  released: ['1.2.3'],
  comments: 1,
};
const well: Run = {
  main: { exitCode: 0, signal: null, durationMs: 1 },
  post: { exitCode: 0, signal: null, durationMs: 1 },
  outcome: 'success',
  log: '',
  rawLog: '',
  annotations: [],
  outputs: { digest, 'scan-verdict': 'passed' },
  state: {},
  env: {},
  path: [],
  summary: '',
  masks: [],
  marker: '',
  leftovers: [],
};
const scene = { isJudged: true };
const nothing = { '{commit}': 'nothing', '1.2.3': 'nothing' } as const;

function error(message: string): Annotation {
  return { level: 'error', message };
}

function fault(kind: string, call = 'ecr:PutImage'): Cell['faults'] {
  return kinds.filter(({ name }) => name === kind).map(each => ({ call, kind: each }));
}

interface Given extends Partial<Pick<Cell, 'faults' | 'pushed' | 'leaks'>> {
  run?: Partial<Run>;
  picture?: Partial<Picture>;
}

/** The problems of a run that went well, but for what is given. */
function judge({ run, picture, ...cell }: Given): string[] {
  const whole = { scenario: 'first-build', scene, faults: fault('throttle'), leaks: [], ...cell };
  return judgeCell({ ...whole, run: { ...well, ...run }, picture: { ...clean, ...picture } }, clean);
}

/** A run that failed before it pushed anything. */
function red(message: string, more: Partial<Run> = {}): Pick<Given, 'run' | 'picture'> {
  return {
    run: {
      outcome: 'failure',
      main: { ...well.main, exitCode: 1 },
      outputs: {},
      annotations: [error(message)],
      ...more,
    },
    picture: { outcome: 'failure', outputs: {}, tags: nothing, released: [] },
  };
}

const denied = fault('denied');
const told = "The role may not do this: ecr:PutImage.\nAllow it in the role's policy.";

test('a run is right that nobody could tell from one without the fault, or that says what to do', () => {
  assert.deepEqual(judge({}), []);
  assert.deepEqual(judge({ faults: denied, ...red(told) }), []);
  const warned = { picture: { warnings: ['Layers are not cached.'] } };
  assert.deepEqual(judge({ faults: fault('denied', 'cache:CreateCacheEntry'), ...warned }), []);
});

const wrong: [what: string, given: Given, problem: RegExp][] = [
  [
    'an await that never settles',
    { run: { main: { ...well.main, exitCode: 13 } } },
    /main ended with exit 13/,
  ],
  [
    'a signal',
    { run: { post: { exitCode: null, signal: 'SIGKILL', durationMs: 1 } } },
    /post ended with SIGKILL/,
  ],
  ['a run without an end', { run: { outcome: 'cancelled' } }, /did not end within its time/],
  ['a process that stays', { run: { leftovers: ['docker buildx build'] } }, /left behind: docker buildx/],
  ['a secret in a file', { leaks: ['docker-config/config.json'] }, /a secret is in docker-config/],
  [
    'raw words',
    { faults: denied, ...red('ecr:PutImage: Unexpected token <\nTry again.') },
    /raw words in an error/,
  ],
  ['a stack', { run: { log: '    at async file:///dist/index.js:1:2' } }, /a stack in the log/],
  [
    'a blocked image that passes',
    { run: { outputs: { digest, 'scan-verdict': 'blocked' } } },
    /the verdict is blocked/,
  ],
  ['a green run without a verdict', { run: { outputs: { digest } } }, /green without a verdict/],
  [
    'a release without a verdict',
    { faults: denied, ...red(told), picture: { ...red(told).picture, released: ['1.2.3'] } },
    /released unjudged: 1\.2\.3/,
  ],
  [
    'a digest that is kept from the user',
    { faults: denied, ...red(told), pushed: digest },
    /it is no output/,
  ],
  ['a passing fault that ends the run', red(told), /a passing fault ended it: The role may not/],
  [
    'a setting that is lost',
    { picture: { repositories: { '{repository}': { scanOnPush: false } } } },
    /\{repository\} scanOnPush: true without the fault, false with it/,
  ],
  ['a second comment', { picture: { comments: 2 } }, /run comments: 1 without the fault, 2 with it/],
  ['a warning of what passed', { picture: { warnings: ['Odd.'] } }, /a warning of what passed: Odd/],
  ['a refusal that is overlooked', { faults: denied }, /as if nothing were wrong/],
  [
    'a cache that stops the run',
    { faults: fault('denied', 'cache:PUT blob'), ...red(told) },
    /can do without this call/,
  ],
  ['a cache that is missing in silence', { faults: fault('denied', 'cache:PUT blob') }, /did not say so/],
  [
    'a comment that is missing in silence',
    { faults: fault('page', 'issues:POST comments'), picture: { comments: 0 } },
    /run comments/,
  ],
  ['a red run without a word', { faults: denied, ...red('', { annotations: [] }) }, /red without an error/],
  [
    'two errors',
    { faults: denied, ...red('', { annotations: [error(told), error('Another.')] }) },
    /2 errors, the second: Another/,
  ],
  [
    'an error of nobody',
    { faults: denied, ...red('It failed.\nTry again.') },
    /names neither call nor service/,
  ],
  ['an error without a remedy', { faults: denied, ...red('ecr:PutImage failed.') }, /has no remedy/],
];

for (const [what, given, problem] of wrong)
  test(`the matrix finds ${what}`, () => {
    assert.match(judge(given).join('\n'), problem);
  });
