import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readManifest } from '../world/registry/manifest.ts';
import { allow, startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { digestOf } from './transcript.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const calm = { cache: 'off', 'build-args': '', mode: 'build' };
const joining = { mode: 'merge', 'build-args': '' };

async function checkout(world: World): Promise<string> {
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  return workspace;
}

test('jobs that build a platform each are joined into one index, which is judged, released and copied', async () => {
  await using world = await startWorld({ policies: [allow('ecr:*', 'sts:AssumeRole')] });
  const workspace = await checkout(world);
  const { ecr: copies } = await world.openRegistry({ accountId: '210987654321', region: 'us-east-1' });
  const copier = world.putRole({
    accountId: '210987654321',
    name: 'copier',
    trustPolicy: {
      Statement: { Effect: 'Allow', Principal: { AWS: world.roleArn }, Action: 'sts:AssumeRole' },
    },
  });
  const ref = 'refs/tags/v1.2.3';
  const pieces = [];
  for (const platforms of ['linux/arm64', 'linux/amd64']) {
    const run = await world.run({ workspace, ref, sha, with: { ...calm, platforms } });
    assert.equal(run.outcome, 'success', run.log);
    assert.equal(run.outputs['tags'], `${world.gate.host}/team/hello:${sha}-${platforms.replace('/', '-')}`);
    assert.equal(run.outputs['scan-verdict'], undefined, 'a part is not judged');
    assert.match(run.summary, /team\/hello: a piece was pushed, to be judged where `mode: merge` joins it/);
    assert.deepEqual(
      run.annotations.map(({ level, message }) => [level, message]),
      [['notice', 'This is a part of an image: it is judged and released where `mode: merge` joins it.']],
    );
    pieces.push(run);
  }
  const builds = JSON.stringify({ arm64: pieces[0]?.outputs['build'], amd64: pieces[1]?.outputs['build'] });
  const merge = {
    ...joining,
    builds,
    platforms: 'linux/amd64,linux/arm64',
    annotations: 'index:team={{branch}} web',
    'copy-to': `region=us-east-1,role-to-assume=${copier},role-chaining=true`,
  };
  const run = await world.run({ workspace, ref, sha, with: merge });
  assert.equal(run.outcome, 'success', run.log);
  const { digest = '', tags = '', platforms = '{}' } = run.outputs;
  assert.equal(await digestOf(world, 'team/hello', sha), digest);
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), digest);
  assert.match(tags, /:1\.2\.3$/m);
  assert.deepEqual(Object.keys(JSON.parse(platforms)), ['linux/amd64', 'linux/arm64']);
  const { manifests = [], annotations } = await readManifest(world, digest);
  assert.deepEqual(annotations, { team: ' web' });
  assert.match(run.outputs['labels'] ?? '', /^org\.opencontainers\.image\.version=1\.2\.3$/m);
  assert.deepEqual(
    manifests.map(({ platform }) => platform?.architecture),
    ['amd64', 'unknown', 'arm64', 'unknown'],
    'the attestations stay in it',
  );

  const held = copies.repository('team/hello');
  assert.deepEqual(
    new Set(held?.images.keys()),
    new Set([digest, ...manifests.map(each => each.digest)]),
    'the copy is whole, and the parts have no tags there',
  );
  assert.deepEqual(
    held?.imageTags,
    new Map([
      ['1.2.3', digest],
      [sha, digest],
    ]),
  );

  const again = await world.run({ workspace, ref, sha, with: merge });
  assert.deepEqual([again.outputs['digest'], again.outputs['reused']], [digest, 'true'], again.log);
  assert.match(again.outputs['copies'] ?? '', /^\[\{"status":"there"/);

  const part = { ...calm, platforms: 'linux/amd64', 'copy-to': merge['copy-to'] };
  const refused = await world.run({ workspace, sha, with: part });
  assert.match(refused.annotations[0]?.message ?? '', /copy-to: .* has no place in `mode: build`/);

  const lacking = { ...merge, builds: pieces[0]?.outputs['build'] ?? '' };
  const missing = await world.run({ workspace, sha, with: lacking });
  assert.match(missing.log, /linux\/amd64 is missing among what was built\./);

  const lost = JSON.stringify({ arm64: pieces[0]?.outputs['build'], amd64: '' });
  const empty = await world.run({ workspace, sha, with: { ...joining, builds: lost } });
  assert.match(empty.annotations[0]?.message ?? '', /in `builds` `amd64` is empty\.\nLook at the job/);
});

const quick = { ...joining, 'wait-for-scan': 'false' };

test('latest of a variant stays on its highest release, whichever was joined last', async () => {
  await using world = await startWorld();
  const workspace = await checkout(world);
  const tags = 'type=semver,pattern={{version}}\ntype=semver,pattern={{major}}';
  const flavor = 'suffix=-alpine,onlatest=true';
  const mutable = { ...calm, tags, flavor, 'image-tag-mutability': 'MUTABLE' };
  const permitted = allow(
    'ecr:BatchGetImage',
    'ecr:DescribeImages',
    'ecr:DescribeRepositories',
    'ecr:PutImage',
  );
  const release = async (version: string, commit: string) => {
    const pushed = { workspace, ref: `refs/tags/v${version}`, sha: commit.repeat(40) };
    const piece = await world.run({ ...pushed, with: mutable });
    assert.equal(piece.outcome, 'success', piece.log);
    const inputs = {
      builds: piece.outputs['build'] ?? '',
      tags,
      flavor,
      'inline-session-policy': JSON.stringify(permitted),
    };
    const run = await world.run({ ...pushed, with: { ...quick, ...inputs } });
    assert.equal(run.outcome, 'success', run.log);
    assert.match(piece.outputs['tags'] ?? '', /:(\w{40})-alpine-linux-\w+$/);
    assert.equal(await digestOf(world, 'team/hello', `${pushed.sha}-alpine`), run.outputs['digest']);
    return run;
  };
  const two = await release('2.0.0', 'a');
  const patch = await release('1.9.1', 'b');
  const at = (tag: string) => digestOf(world, 'team/hello', tag);
  const digests = [two, two, patch, patch].map(run => run.outputs['digest']);
  assert.deepEqual(
    await Promise.all(['latest-alpine', '2-alpine', '1-alpine', '1.9.1-alpine'].map(at)),
    digests,
  );
  assert.notEqual(digests[0], digests[2]);
  assert.match(
    patch.log,
    /The tag 'latest-alpine' stays where it is: 2\.0\.0 is there already, and 1\.9\.1 is not higher/,
  );
  assert.doesNotMatch(patch.outputs['tags'] ?? '', /latest/);
  const asked = world.aws.requests.filter(({ operation }) => operation === 'DescribeImages');
  assert.equal(asked.length, 4, 'the runs that join ask, before they join and before they release');
});

test('a release that is taken, and an image that can have no more tags, are told before anything is put', async () => {
  await using world = await startWorld();
  const workspace = await checkout(world);
  const ref = 'refs/tags/v1.2.3';
  const one = await world.run({
    workspace,
    ref,
    sha,
    with: { ...calm, mode: 'all', 'wait-for-scan': 'false' },
  });
  assert.equal(one.outcome, 'success', one.log);
  const other = 'b'.repeat(40);
  const piece = await world.run({ workspace, ref, sha: other, with: calm });
  const merge = { ...quick, builds: piece.outputs['build'] ?? '' };
  const taken = await world.run({ workspace, ref, sha: other, with: merge });
  assert.match(
    taken.annotations[0]?.message ?? '',
    /^The tag '1\.2\.3' names another image already .*\nRelease under another/,
  );
  assert.equal(await digestOf(world, 'team/hello', other), null);

  const error = { code: 'LimitExceededException', message: 'The image has too many tags.', status: 400 };
  world.aws.faults.add({ match: 'ecr:PutImage', kind: 'refuse', error });
  const full = await world.run({ workspace, sha: other, with: merge });
  assert.equal(full.outcome, 'failure');
  assert.match(
    full.annotations[0]?.message ?? '',
    /as many tags as ECR allows.*can't be put on it\.\nDelete some/,
  );
});
