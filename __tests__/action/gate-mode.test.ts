import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ImageScanFinding } from '@aws-sdk/client-ecr';
import { withoutDocker } from '../world/docker/broken.ts';
import { allow, startWorld } from '../world/world.ts';
import { assertTranscript, digestOf } from './transcript.ts';

const critical: ImageScanFinding = {
  name: 'CVE-2024-5535',
  severity: 'CRITICAL',
  attributes: [
    { key: 'package_name', value: 'openssl' },
    { key: 'package_version', value: '3.0.11-1' },
  ],
};

test('a later run whose scan has become clean releases the same digest, without docker or a build', async t => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell({ findings: [critical] });
  const pushed = await world.run({ ref: 'refs/tags/v1.2.3', with: { cache: 'off' } });
  assert.equal(pushed.outputs['scan-verdict'], 'blocked', pushed.log);
  const { image = '', digest = '' } = pushed.outputs;

  const permitted = allow(
    'ecr:BatchGetImage',
    'ecr:DescribeImageScanFindings',
    'ecr:DescribeRepositories',
    'ecr:GetDownloadUrlForLayer',
    'ecr:PutImage',
    'ecr:StartImageScan',
  );
  const environment = await withoutDocker(`${world.scratch}/path`);
  // Where nothing is built, what lies in the workspace is nobody's context.
  const workspace = await world.checkout();
  await rm(join(workspace, 'Dockerfile'));
  await mkdir(join(workspace, 'Dockerfile'));
  const judge = (inputs: Record<string, string>) =>
    world.run({
      environment,
      workspace,
      with: {
        mode: 'gate',
        'build-args': '',
        'inline-session-policy': JSON.stringify(permitted),
        ...inputs,
      },
    });
  const still = await judge({ image, tags: '1.2.3' });
  assert.equal(still.outcome, 'failure');
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), null);

  world.aws.ecr.scans.tell({ findings: [] });
  const before = world.aws.requests.length;
  const run = await judge({ image: digest, tags: '1.2.3' });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(run.outputs['digest'], digest);
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), digest);
  const requests = world.aws.requests.slice(before);
  assertTranscript(t, { ...world, aws: { ...world.aws, requests } }, run);

  const byTag = await judge({ image: `${world.gate.host}/Team/Hello:1.2.3`, repository: 'Team/Hello' });
  assert.match(byTag.log, /^`image` is taken in lower case, as ECR wants names: \S+\/team\/hello$/m);
  assert.equal(byTag.outputs['digest'], digest);
  assert.match(byTag.outputs['tags'] ?? '', /:1\.2\.3$/);
  const gone = await judge({ image: 'nowhere' });
  assert.match(gone.annotations[0]?.message ?? '', /has no image nowhere\.\nCorrect `image`/);
  const elsewhere = await judge({ image: '1.2.3', repository: 'team/gone' });
  assert.match(elsewhere.annotations[0]?.message ?? '', /'team\/gone' does not exist/);
  // Nothing is pushed here that a registry could create a repository for.
  assert.ok(!world.aws.requests.some(({ operation }) => /CreationTemplates/.test(operation)));

  await t.test('an image is no baseline of its own, whatever names it has', async () => {
    world.aws.ecr.scans.tell({ findings: [critical] });
    const itself = await judge({ image: digest, baseline: '1.2.3', gate: 'new' });
    assert.equal(itself.outputs['scan-verdict'], 'blocked', itself.log);
    assert.equal(itself.outputs['new'], '1');
    const warning = itself.annotations.find(({ level }) => level === 'warning');
    assert.match(
      warning?.message ?? '',
      /^There is no baseline `1\.2\.3`: every finding counts as new\. It is the very image/,
    );
  });

  await t.test('an image of another registry is not looked for in this one', async () => {
    const other = await judge({ image: '111111111111.dkr.ecr.eu-central-1.amazonaws.com/team/hello:1.2.3' });
    assert.equal(other.outputs['scan-verdict'], undefined);
    const message = other.annotations[0]?.message ?? '';
    assert.match(message, /^111111111111\S+ is another repository than .* set `mode: promote`/s);
  });
});
