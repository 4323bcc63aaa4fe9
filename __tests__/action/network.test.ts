import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProxy } from '../world/proxy.ts';
import { startTlsFront } from '../world/tls.ts';
import { allow, startWorld } from '../world/world.ts';

const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const environment = { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey };

test('`http-proxy` carries the calls to AWS, except for what `no-proxy` names', async () => {
  await using world = await startWorld();
  await using proxy = await startProxy({ open: true });
  const run = await world.run({
    with: { 'http-proxy': proxy.url, 'no-proxy': world.gate.host, cache: 'off' },
    environment: { NO_PROXY: '' },
  });
  assert.equal(run.outcome, 'success', run.log);
  const hosts = new Set(proxy.requests.map(line => new URL(line.split(' ')[1] ?? '').host));
  // @actions/http-client, which asks GitHub for the token, never sends a loopback address through a proxy.
  assert.deepEqual(hosts, new Set([new URL(world.aws.url).host]));

  // Without a push too, where no role is assumed. This run ends at the builder's second node.
  const unpushed = await world.run({
    with: {
      'http-proxy': 'http://proxy.example.com:3128',
      push: 'false',
      driver: 'docker-container',
      append: '- endpoint: nowhere',
    },
  });
  assert.match(unpushed.log, / --driver-opt env\.http_proxy=http:\/\/proxy\.example\.com:3128 /);
});

test("the job's own HTTP_PROXY does too", async () => {
  await using world = await startWorld();
  await using proxy = await startProxy({ open: true });
  const run = await world.run({
    with: { cache: 'off' },
    environment: { HTTP_PROXY: proxy.url, NO_PROXY: world.gate.host },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.ok(proxy.requests.some(line => line.includes(world.aws.url)));
});

test('a certificate is trusted when AWS_CA_BUNDLE names it, and a refusal says what is wrong', async () => {
  await using world = await startWorld();
  await using front = await startTlsFront(world.aws.url, world.scratch);
  const endpoint = { AWS_ENDPOINT_URL: front.url };
  const trusted = await world.run({
    with: { cache: 'off' },
    environment: { ...endpoint, AWS_CA_BUNDLE: front.certificate },
  });
  assert.equal(trusted.outcome, 'success', trusted.log);

  const also = await world.run({
    sha: 'f'.repeat(40),
    with: { cache: 'off' },
    environment: { ...endpoint, NODE_EXTRA_CA_CERTS: front.certificate },
  });
  assert.equal(also.outcome, 'success', also.log);

  const refused = await world.run({ environment: endpoint });
  assert.match(refused.annotations[0]?.message ?? '', /self-signed certificate[^]*AWS_CA_BUNDLE/);
});

const hosts: [region: string, environment: Record<string, string>, host: string][] = [
  ['eu-central-1', {}, 'api.ecr.eu-central-1.amazonaws.com:443'],
  ['cn-north-1', {}, 'api.ecr.cn-north-1.amazonaws.com.cn:443'],
  ['us-gov-west-1', {}, 'api.ecr.us-gov-west-1.amazonaws.com:443'],
  ['eusc-de-east-1', {}, 'api.ecr.eusc-de-east-1.amazonaws.eu:443'],
  ['us-east-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'api.ecr-fips.us-east-1.amazonaws.com:443'],
  ['eu-west-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'ecr.eu-west-1.api.aws:443'],
];

test("every partition, FIPS and dual-stack are reached by the SDK's own rules", async t => {
  await using world = await startWorld();
  world.aws.iam.putUser({ name: 'builder', ...keys, policies: [allow('ecr:*')] });
  for (const [region, settings, host] of hosts) {
    await t.test(host, async () => {
      await using proxy = await startProxy({ open: false });
      const run = await world.run({
        with: { 'role-to-assume': '', 'aws-region': region, 'http-proxy': proxy.url },
        environment: { ...environment, ...settings, AWS_ENDPOINT_URL: '' },
      });
      assert.equal(run.outcome, 'failure');
      assert.deepEqual(new Set(proxy.requests), new Set([`CONNECT ${host}`]));
    });
  }
});
