import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCertificateFiles } from '../../src/builder/certificates.ts';
import { readBuilder } from '../../src/builder/inputs.ts';
import { createArguments, engineNeedOf } from '../../src/builder/plan.ts';
import type { BuilderPlan } from '../../src/builder/plan.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { build } from '../sample.ts';

async function read(given: Record<string, string>, variables: Record<string, string> = {}) {
  const reader = readerOf(input => given[input] ?? '');
  const hidden: string[] = [];
  const plan = await readBuilder(reader, {
    exists: path => path === 'ca.pem',
    jobValue: name => variables[name],
    hide: secret => void hidden.push(secret),
  });
  return { plan, hidden, faults: reader.close()?.message };
}

const nodes = `
- name: arm
  endpoint: tcp://arm.example.com:1234
  driver-opts:
    - cacert=ca.pem
    - servername=buildkit
  buildkitd-flags: --debug
  platforms: linux/arm64, linux/arm/v7
- endpoint: tcp://other.example.com:1234
`;

const made: [given: Record<string, string>, commands: string[]][] = [
  [{ driver: 'docker-container' }, ['create --name b --driver docker-container']],
  [
    {
      driver: 'docker-container',
      'driver-opts': 'network=host\nenv.A=1,2\n"env.B=a=1,b=2"',
      'buildkitd-config-inline': 'debug = true',
    },
    [
      'create --name b --driver docker-container --driver-opt network=host --driver-opt "env.A=1,2" --driver-opt "env.B=a=1,b=2" --buildkitd-config c.toml',
    ],
  ],
  [
    { driver: 'kubernetes', 'driver-opts': 'namespace=ci\nreplicas=2' },
    ['create --name b --driver kubernetes --driver-opt namespace=ci --driver-opt replicas=2'],
  ],
  [
    {
      driver: 'remote',
      endpoint: 'tcp://amd.example.com:1234',
      'driver-opts': 'cacert=ca.pem',
      append: nodes,
    },
    [
      'create --name b --driver remote --driver-opt cacert=ca.pem tcp://amd.example.com:1234',
      'create --name b --append --node arm --platform linux/arm64,linux/arm/v7 --driver-opt cacert=ca.pem --driver-opt servername=buildkit tcp://arm.example.com:1234',
      'create --name b --append tcp://other.example.com:1234',
    ],
  ],
];

test('inputs become the commands that make a builder', async () => {
  for (const [given, commands] of made) {
    const { plan, faults } = await read(given);
    assert.equal(faults, undefined);
    assert.ok(plan.kind === 'made');
    const argv = createArguments(plan, { name: 'b', configFile: 'c.toml', allow: [] });
    assert.deepEqual(
      argv.map(each => each.join(' ')),
      commands,
    );
  }
});

test('a BuildKit of the job grants the privileges that the build asks for, a remote one its own', () => {
  const node = { driverOpts: [], platforms: [], flags: '--debug' };
  const plan = (driver: 'kubernetes' | 'remote') => ({ kind: 'made' as const, driver, node, append: [] });
  const options = { name: 'b', configFile: 'c.toml', allow: ['network.host'] };
  assert.equal(
    createArguments(plan('kubernetes'), options)[0]?.at(-1),
    '--debug --allow-insecure-entitlement network.host',
  );
  assert.equal(
    createArguments(plan('kubernetes'), { ...options, allow: ['security.insecure'] })[0]?.at(-1),
    '--debug --allow-insecure-entitlement security.insecure --allow-insecure-entitlement network.host',
  );
  assert.ok(!createArguments(plan('remote'), options)[0]?.includes('--buildkitd-flags'));
});

const pem = (kind: string): string => `-----BEGIN ${kind}-----\nMIIB${kind}\n-----END ${kind}-----\n`;

test('variables of the job give the certificates of remote nodes, as docker/setup-buildx-action has them', async () => {
  const given = {
    driver: 'remote',
    endpoint: 'tcp://amd.example.com:1234',
    'driver-opts': 'servername=buildkit',
    append: '- endpoint: tcp://arm.example.com:1234\n- endpoint: unix:///run/buildkit.sock\n',
  };
  const variables = {
    BUILDER_NODE_0_AUTH_TLS_CACERT: pem('CERTIFICATE'),
    BUILDER_NODE_0_AUTH_TLS_CERT: pem('CERTIFICATE'),
    BUILDER_NODE_0_AUTH_TLS_KEY: pem('PRIVATE KEY'),
    BUILDER_NODE_1_AUTH_TLS_CACERT: pem('CERTIFICATE'),
    // As it is with a secret that a fork does not get.
    BUILDER_NODE_1_AUTH_TLS_KEY: '',
    BUILDER_NODE_2_AUTH_TLS_CACERT: pem('CERTIFICATE'),
  };
  const { plan, faults, hidden } = await read(given, variables);
  assert.equal(faults, undefined);
  assert.ok(plan.kind === 'made');
  assert.deepEqual(hidden, [pem('PRIVATE KEY').trim()]);
  const argv = createArguments(withCertificateFiles(plan, '/t'), { name: 'b', configFile: 'c', allow: [] });
  assert.deepEqual(
    argv.map(each => each.join(' ')),
    [
      'create --name b --driver remote --driver-opt servername=buildkit --driver-opt cacert=/t/node-0-cacert.pem --driver-opt cert=/t/node-0-cert.pem --driver-opt key=/t/node-0-key.pem tcp://amd.example.com:1234',
      'create --name b --append --driver-opt cacert=/t/node-1-cacert.pem tcp://arm.example.com:1234',
      'create --name b --append unix:///run/buildkit.sock',
    ],
  );
  const twice = await read({ ...given, 'driver-opts': 'cacert=ca.pem' }, variables);
  assert.match(
    twice.faults ?? '',
    /driver-opts: 'cacert=ca\.pem' names what the variable BUILDER_NODE_0_AUTH/,
  );
  const path = await read(given, { BUILDER_NODE_0_AUTH_TLS_KEY: '/home/runner/key.pem' });
  assert.match(path.faults ?? '', /BUILDER_NODE_0_AUTH_TLS_KEY: '…' is not the text of a key in PEM form/);
  const { plan: container } = await read({ driver: 'docker-container' }, variables);
  assert.deepEqual(container.kind === 'made' && container.node, { driverOpts: [], platforms: [] });
});

const refused: [given: Record<string, string>, fault: RegExp][] = [
  [{ driver: 'podman' }, /driver: 'podman' is not one of the choices/],
  [{ builder: 'b', driver: 'remote' }, /driver: 'remote' makes a builder, and `builder` names one/],
  [{ endpoint: 'tcp://a:1' }, /endpoint: 'tcp:\/\/a:1' is for a builder that the step makes/],
  [{ driver: 'docker', 'driver-opts': 'a=b' }, /driver-opts: 'a=b' is for a builder that the step makes/],
  [{ driver: 'remote' }, /endpoint: '' is missing/],
  [
    { driver: 'remote', endpoint: 'tcp://a:1', 'buildkitd-config-inline': 'debug = true' },
    /is for a BuildKit that the step starts/,
  ],
  [
    { driver: 'remote', endpoint: 'tcp://a:1', 'driver-opts': 'cacert=none.pem' },
    /driver-opts: 'cacert=none\.pem' names a file that does not exist/,
  ],
  [{ driver: 'remote', endpoint: 'tcp://a:1', append: '- name: b' }, /append: 'b' has no endpoint/],
  [{ driver: 'kubernetes', append: 'name: b' }, /append: '…' is not a list/],
  [{ driver: 'kubernetes', append: '- [' }, /append: '…' is not YAML/],
  [
    { driver: 'kubernetes', append: '- platform: linux/arm64' },
    /append: 'platform' is nothing that a node has/,
  ],
  [{ driver: 'kubernetes', append: '- platforms: arm 64' }, /append: 'arm 64' is not a platform/],
];

test('what would be ignored, or cannot be, is refused at the reader', async () => {
  for (const [given, fault] of refused)
    assert.match((await read(given)).faults ?? 'no fault', fault, JSON.stringify(given));
});

test('a builder is there, named or made; one that buildx would take by itself is named', async () => {
  const own = { BUILDX_BUILDER: 'own' };
  const plans = await Promise.all([
    read({}),
    read({}, own),
    read({ builder: 'mine' }, own),
    read({ driver: 'docker' }, own),
    read({}, { BUILDX_BUILDER: '' }),
  ]);
  assert.deepEqual(
    plans.map(({ plan }) => plan),
    [
      { kind: 'present' },
      { kind: 'named', name: 'own', by: 'BUILDX_BUILDER' },
      { kind: 'named', name: 'mine', by: '`builder`' },
      { kind: 'named', name: 'default', by: '`driver`' },
      { kind: 'present' },
    ],
  );
});

test('only a build on this machine needs an engine on it', () => {
  const remote: BuilderPlan = {
    kind: 'made',
    driver: 'remote',
    node: { driverOpts: [], platforms: [] },
    append: [],
  };
  assert.deepEqual(
    [
      engineNeedOf({ kind: 'present' }, build),
      engineNeedOf({ ...remote, driver: 'docker-container' }, build),
      engineNeedOf(remote, { load: true }),
      engineNeedOf(remote, build),
    ],
    ['for its own builder', 'always', 'always', 'never'],
  );
});
