import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BuilderNode, MadeBuilderPlan } from '../../src/builder/plan.ts';
import { proxyOptions, withProxies } from '../../src/builder/proxy-options.ts';
import { documentPlan } from '../../src/dry-run/plan-document.ts';
import { makePlan } from '../../src/plan.ts';
import { commit, inputs } from '../sample.ts';

const proxy = 'http://proxy.example.com:3128';

const table: [
  name: string,
  given: string[],
  environment: Record<string, string>,
  options: string[],
  note?: RegExp,
][] = [
  ['no proxy', [], { NO_PROXY: 'a' }, []],
  ['an empty one', [], { http_proxy: '', HTTP_PROXY: '' }, []],
  [
    'both, and exceptions',
    [],
    { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: 'localhost,.example.com' },
    [`env.http_proxy=${proxy}`, `env.https_proxy=${proxy}`, '"env.no_proxy=localhost,.example.com"'],
  ],
  [
    'names in small letters, which `http-proxy` sets, before capitals',
    [],
    { https_proxy: proxy, HTTPS_PROXY: 'http://other:1', no_proxy: 'a' },
    [`env.https_proxy=${proxy}`, 'env.no_proxy=a'],
  ],
  [
    'what `driver-opts` give',
    ['env.HTTP_PROXY=http://mine:1', '"env.no_proxy=a,b"'],
    { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: 'c' },
    [`env.https_proxy=${proxy}`],
  ],
  [
    'exceptions of the job for a proxy of `driver-opts`',
    ['env.https_proxy=http://mine:1'],
    { NO_PROXY: 'c' },
    ['env.no_proxy=c'],
  ],
  ['no scheme', [], { https_proxy: 'proxy:3128' }, ['env.https_proxy=proxy:3128']],
  ['nothing that is a proxy', [], { https_proxy: 'http://', no_proxy: 'a' }, []],
  [
    'a password',
    [],
    { https_proxy: 'http://me:secret@proxy:1', no_proxy: 'a' },
    [],
    /https_proxy, as its password/,
  ],
  ['a name', [], { https_proxy: 'me:secret@proxy:1' }, [], /its password would stand/],
  [
    'one on this machine',
    [],
    { http_proxy: 'http://localhost:3128' },
    [],
    /localhost is another machine.*network=host/,
  ],
  [
    'one on this machine by number',
    [],
    { http_proxy: '127.0.0.53:1' },
    [],
    /127\.0\.0\.53 is another machine/,
  ],
  ['one on this machine by IPv6', [], { http_proxy: 'http://[::1]:1' }, [], /\[::1\] is another machine/],
  [
    'one on this machine, whose network the container has',
    ['network=host'],
    { http_proxy: 'http://localhost:3128' },
    ['env.http_proxy=http://localhost:3128'],
  ],
  ['quotes', [], { http_proxy: proxy, no_proxy: 'a"b' }, [`env.http_proxy=${proxy}`, '"env.no_proxy=a""b"']],
];

test("a builder in a container gets the job's proxies that it can use and that nobody may not see", () => {
  for (const [name, given, environment, options, note] of table) {
    const found = proxyOptions(given, environment);
    assert.deepEqual(found.options, options, name);
    assert.match(found.notes.join('\n'), note ?? /^$/, name);
    assert.doesNotMatch(JSON.stringify(found), /secret/, name);
  }
});

const here: BuilderNode = { driverOpts: ['env.TEAM=web'], platforms: [] };
const elsewhere: BuilderNode = { ...here, endpoint: 'ssh://builder.example.com' };

test('machines elsewhere have networks of their own, and so have clusters', () => {
  const optionsOf = (plan: Omit<MadeBuilderPlan, 'kind'>) => {
    const { node, append } = withProxies({ kind: 'made', ...plan }, { https_proxy: proxy }).plan;
    return [node, ...append].map(({ driverOpts }) => driverOpts.length - 1);
  };
  assert.deepEqual(
    optionsOf({ driver: 'docker-container', node: here, append: [elsewhere, here] }),
    [1, 0, 1],
  );
  assert.deepEqual(optionsOf({ driver: 'docker-container', node: elsewhere, append: [] }), [0]);
  assert.deepEqual(optionsOf({ driver: 'kubernetes', node: here, append: [] }), [0]);
});

test('a dry run shows the proxy that the builder gets', () => {
  const builder: MadeBuilderPlan = { kind: 'made', driver: 'docker-container', node: here, append: [] };
  const plan = makePlan({ ...inputs, builder, role: { ...inputs.role, proxy } }, commit);
  assert.match(
    documentPlan(plan).builder.join('\n'),
    /--driver-opt,env\.https_proxy=http:\/\/proxy\.example/,
  );
});
