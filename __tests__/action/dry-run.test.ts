import assert from 'node:assert/strict';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withoutDocker } from '../world/docker/broken.ts';
import { release } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startProxy } from '../world/proxy.ts';
import { startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

test('a dry run tells the whole plan and touches neither AWS nor docker nor the network', async t => {
  await using world = await startWorld();
  await using proxy = await startProxy({ open: false });
  const temp = join(world.scratch, 'runner-temp');
  const run = await world.run({
    ref: 'refs/tags/v1.2.3',
    temp,
    with: {
      'dry-run': 'true',
      'http-proxy': proxy.url,
      'build-args': 'BASE_IMAGE=busybox',
      labels: 'team=web',
    },
    environment: await withoutDocker(join(world.scratch, 'path')),
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.deepEqual([world.aws.requests, world.github.requests, proxy.requests], [[], [], []]);
  assert.deepEqual(Object.keys(run.outputs), ['plan']);
  const plan: { tags: object; buildx: string[] } = JSON.parse(
    await readFile(run.outputs['plan'] ?? '', 'utf8'),
  );
  assert.deepEqual(plan.tags, {
    candidate: '0123456789abcdef0123456789abcdef01234567',
    releases: ['1.2.3'],
    names: ['1.2.3'],
    version: '1.2.3',
    notes: [],
    moving: [],
    highest: [],
  });
  assertTranscript(t, world, run);
});

test('a dry run needs no checkout: the event and the environment say what the image is called', async () => {
  await using world = await startWorld();
  const workspace = await mkdtemp(join(world.scratch, 'empty-'));
  const inputs = {
    'dry-run': 'true',
    tags: 'type=semver,pattern={{major}}\ntype=sha',
    file: 'app/Dockerfile',
  };
  const environment = { DOCKER_METADATA_SHORT_SHA_LENGTH: '12', AWS_USE_FIPS_ENDPOINT: 'true' };
  const temp = join(world.scratch, 'runner-temp');
  const named = { ...inputs, repository: 'Octo-Org/App' };
  // On a GitHub Enterprise Server the trust policy is for its own issuer.
  const job = { serverUrl: 'https://github.example.com' };
  const run = await world.run({
    workspace,
    temp,
    ref: 'refs/tags/v1.2.3',
    job,
    with: named,
    environment,
  });
  assert.equal(run.outcome, 'success', run.log);
  const plan: {
    tags: { names: string[] };
    repository: Record<string, unknown>;
    policies: { trust: { Statement: { Principal: object; Condition: { StringEquals: object } }[] } };
  } = JSON.parse(await readFile(run.outputs['plan'] ?? '', 'utf8'));
  const { name, lowered, endpoints } = plan.repository;
  assert.deepEqual([name, endpoints], ['octo-org/app', { dualStack: false, fips: true }]);
  assert.deepEqual(lowered, ['`repository` is taken in lower case, as ECR wants names: octo-org/app']);
  assert.deepEqual(plan.tags.names, ['1', 'sha-0123456789ab', 'latest']);
  assert.deepEqual(
    run.annotations.map(({ level, message }) => [level, message.replace(/: they are meant.*/s, '')]),
    [['warning', "In a repository that this step creates: The image does not get the tags '1'"]],
    'a new repository lets `latest` move',
  );
  const [trusted] = plan.policies.trust.Statement;
  const provider = 'github.example.com/_services/token';
  assert.deepEqual(trusted?.Principal, { Federated: `arn:aws:iam::123456789012:oidc-provider/${provider}` });
  assert.deepEqual(Object.keys(trusted.Condition.StringEquals), [`${provider}:aud`, `${provider}:sub`]);
  const marked = release(describeJob(), 'v1.2.3', { sha: 'a'.repeat(40), prerelease: true });
  const early = await world.run({
    workspace,
    temp,
    event: marked,
    with: { ...inputs, flavor: 'suffix=-alpine' },
  });
  const told: { tags: { candidate: string; releases: string[]; notes: string[] } } = JSON.parse(
    await readFile(early.outputs['plan'] ?? '', 'utf8'),
  );
  assert.equal(told.tags.candidate, `${'a'.repeat(40)}-alpine`);
  assert.deepEqual(told.tags.releases, ['sha-aaaaaaa-alpine']);
  assert.match(
    told.tags.notes.join('\n'),
    /The tag 'latest' stays where it is: the release .* is a prerelease\./,
  );
  assert.deepEqual(early.annotations, [], 'what stays where it is needs no filter');

  const wrong = { DOCKER_METADATA_SHORT_SHA_LENGTH: 'short' };
  const refused = await world.run({
    workspace,
    with: { ...inputs, reuse: 'content', 'no-cache': 'true', flavor: 'prefix=-alpine-' },
    environment: wrong,
  });
  const message = refused.annotations[0]?.message ?? '';
  assert.match(message, /DOCKER_METADATA_SHORT_SHA_LENGTH.*'short'.* is not a number of characters/);
  assert.match(message, /reuse.*'content'.* takes what another commit has built, and `no-cache: true`/);
  assert.match(message, /flavor.*'prefix=-alpine-' would make '-alpine-0123\w+' of the commit's tag/);
  await writeFile(join(workspace, 'README.md'), '');
  const checkedOut = await world.run({ workspace, with: inputs });
  assert.match(checkedOut.annotations[0]?.message ?? '', /'app\/Dockerfile' does not exist in the workspace/);
});

test('the step carries out the very plan that a dry run tells', async () => {
  await using world = await startWorld();
  const temp = join(world.scratch, 'runner-temp');
  const inputs = { platforms: 'linux/amd64', labels: 'team=web' };
  const dry = await world.run({ temp, with: { ...inputs, 'dry-run': 'true' } });
  const first = await world.run({ with: inputs });
  // The plan cannot know that the repository is missing; the second build finds it as planned.
  const real = await world.run({ with: inputs, sha: 'f'.repeat(40) });
  assert.equal(first.outcome, 'success', first.log);
  const plan: { buildx: string[] } = JSON.parse(await readFile(dry.outputs['plan'] ?? '', 'utf8'));
  const [, ran = ''] = /^docker buildx (.*)$/m.exec(real.log) ?? [];
  const uri = `${world.gate.host}/team/hello`;
  const expected = plan.buildx
    .join(' ')
    .replaceAll('{repository-uri}', uri)
    .replaceAll('0123456789abcdef0123456789abcdef01234567', 'f'.repeat(40));
  assert.equal(ran.replace(/--metadata-file \S+/, '--metadata-file {metadata-file}'), expected);
});
