import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DescribeImagesCommand, UpdateImageStorageClassCommand } from '@aws-sdk/client-ecr';
import { clientsOf } from '../world/aws/sample.ts';
import { allow, startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { digestOf } from './transcript.ts';

const repositoryName = 'team/hello';
const restoring =
  /Restore it, which takes up to 20 minutes: `aws ecr update-image-storage-class --repository-name team\/hello --image-id imageDigest=sha256:\w{64} --target-storage-class STANDARD`\. Then run the job again\.$/;

async function openArchive(world: World) {
  const { ecr } = clientsOf(world.aws, 'ecr:*');
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  return {
    archive: (imageDigest = '') =>
      ecr.send(
        new UpdateImageStorageClassCommand({
          repositoryName,
          imageId: { imageDigest },
          targetStorageClass: 'ARCHIVE',
        }),
      ),
    async statusOf(imageDigest = ''): Promise<string | undefined> {
      const filter = { imageStatus: 'ANY' as const };
      const { imageDetails } = await ecr.send(
        new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest }], filter }),
      );
      return imageDetails?.[0]?.imageStatus;
    },
    run: (sha: string, more: Record<string, string> = {}, ref = 'refs/heads/main') => {
      const builds = more['mode'] === undefined || more['mode'] === 'build';
      const cache = builds ? { cache: 'off' } : {};
      return world.run({
        workspace,
        sha: sha.repeat(40),
        ref,
        with: { 'build-args': '', ...cache, ...more },
      });
    },
  };
}

test('a release that is archived stays the highest', async () => {
  await using world = await startWorld();
  const { archive, run } = await openArchive(world);
  const tags = {
    tags: 'type=semver,pattern={{version}}',
    'image-tag-mutability': 'MUTABLE',
    'wait-for-scan': 'false',
  };
  const two = await run('b', tags, 'refs/tags/v2.0.0');
  assert.equal(two.outcome, 'success', two.log);
  await archive(two.outputs['digest']);
  const patch = await run('c', tags, 'refs/tags/v1.9.1');
  assert.equal(patch.outcome, 'success', patch.log);
  assert.match(patch.log, /The tag 'latest' stays where it is: 2\.0\.0 is there already/);
  assert.equal(await digestOf(world, repositoryName, 'latest'), two.outputs['digest']);
});

test('an archived image is named as one wherever it is looked for', async t => {
  await using world = await startWorld();
  const { archive, run } = await openArchive(world);
  const first = await run('a', { tags: '1.0.0' });
  assert.equal(first.outcome, 'success', first.log);
  const { digest = '' } = first.outputs;
  await archive(digest);
  const messageOf = ({ annotations }: Awaited<ReturnType<typeof run>>): string =>
    annotations.map(({ message }) => message).join('\n');

  await t.test('by `mode: gate`, which neither passes nor blocks it', async () => {
    for (const image of [digest, '1.0.0']) {
      const judged = await run('a', { mode: 'gate', image });
      assert.equal(judged.outcome, 'failure');
      assert.equal(judged.outputs['scan-verdict'], undefined);
      assert.match(messageOf(judged), /team\/hello[:@]\S+ is archived \(sha256:\w{64}\): ECR keeps it, but/);
      assert.match(messageOf(judged), restoring);
    }
  });

  await t.test('by a role that may not ask, which is told that', async () => {
    const actions = ['BatchGetImage', 'DescribeImageScanFindings', 'DescribeRepositories', 'StartImageScan'];
    const policy = JSON.stringify(allow(...actions.map(action => `ecr:${action}`)));
    const judged = await run('a', { mode: 'gate', image: digest, 'inline-session-policy': policy });
    assert.match(
      messageOf(judged),
      /It may also be archived, which this role may not ask \(ecr:DescribeImages\)/,
    );
    const gone = await run('a', { mode: 'gate', image: 'nowhere' });
    assert.doesNotMatch(messageOf(gone), /archive/);
  });

  await t.test('by a build of the same commit, whose tag cannot move', async () => {
    const again = await run('a', { 'image-tag-mutability': 'IMMUTABLE' });
    assert.equal(again.outcome, 'failure', again.log);
    assert.match(messageOf(again), /:a{40}, which this commit was built as before, is archived/);
    assert.match(messageOf(again), restoring);
  });

  await t.test('by a release whose tag it has', async () => {
    const other = await run('b', { tags: '1.0.0' });
    assert.equal(other.outcome, 'failure', other.log);
    assert.match(
      messageOf(other),
      /The tag '1\.0\.0' names another image already \(sha256:\w{64}, which is archived\)/,
    );
  });

  await t.test('as a baseline, of which every finding counts as new', async () => {
    const compared = await run('c', { baseline: '1.0.0', gate: 'new' });
    assert.equal(compared.outcome, 'success', compared.log);
    assert.match(messageOf(compared), /There is no baseline `1\.0\.0`: .*It is archived\. Restore it/);
  });

  await t.test('as a part of an index', async () => {
    const platforms = 'linux/amd64';
    const part = await run('d', { mode: 'build', platforms });
    await archive(part.outputs['digest']);
    const merge = { mode: 'merge', builds: part.outputs['build'] ?? '' };
    const merged = await run('d', merge);
    assert.equal(merged.outcome, 'failure', merged.log);
    assert.match(messageOf(merged), /which was built for linux\/amd64, is archived/);
  });
});

test('a push of an archived image restores it, and it is scanned again', async () => {
  await using world = await startWorld();
  const { archive, statusOf, run } = await openArchive(world);
  const amd = await run('a', { mode: 'build', platforms: 'linux/amd64' });
  const arm = await run('a', { mode: 'build', platforms: 'linux/arm64' });
  const merge = { mode: 'merge', builds: `${amd.outputs['build']}\n${arm.outputs['build']}` };
  const merged = await run('a', merge);
  assert.equal(merged.outcome, 'success', merged.log);
  const { digest = '', platforms = '{}' } = merged.outputs;
  await archive(digest);
  assert.equal(await statusOf(digest), 'ARCHIVED');
  const again = await run('a', merge);
  assert.equal(again.outcome, 'success', again.log);
  assert.equal(again.outputs['digest'], digest);
  assert.equal(again.outputs['scan-verdict'], 'passed');
  assert.equal(await statusOf(digest), 'ACTIVE');

  // Of an index whose platform is archived docker can run nothing, and ECR scans nothing.
  const child: string = JSON.parse(platforms)['linux/amd64'];
  await archive(child);
  const judged = await run('a', { mode: 'gate', image: digest });
  assert.equal(judged.outputs['scan-verdict'], 'blocked', judged.log);
  assert.equal(judged.outputs['scan-status'], 'IMAGE_ARCHIVED');
});
