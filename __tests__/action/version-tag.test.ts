import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRecord } from '../../src/validation/parsers.ts';
import { startWorld } from '../world/world.ts';
import { digestOf } from './transcript.ts';

test('a pushed git tag becomes the version of the very image that passed the gate', async () => {
  await using world = await startWorld();
  const labels = 'team=app\nteam=web';
  const tags = 'type=sha\ntype=semver,pattern={{version}}';
  const run = await world.run({
    ref: 'refs/tags/v1.2.3',
    with: { cache: 'off', tags, labels, annotations: 'team=web' },
  });

  assert.equal(run.outcome, 'success', run.log);
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), run.outputs['digest']);
  const names = ['1.2.3', 'sha-0123456', 'latest', '0123456789abcdef0123456789abcdef01234567'];
  const references = names.map(name => `${world.gate.host}/team/hello:${name}`);
  assert.equal(run.outputs['tags'], references.join('\n'));
  assert.equal(run.outputs['tag-names'], names.join('\n'));
  assert.match(run.outputs['labels'] ?? '', /^team=web$/m);
  assert.doesNotMatch(run.outputs['labels'] ?? '', /team=app/);
  assert.match(
    run.outputs['annotations'] ?? '',
    /^manifest:org\.opencontainers\.image\.version=1\.2\.3\n[^]*^manifest:team=web$/m,
  );
  const json: unknown = JSON.parse(run.outputs['json'] ?? '');
  assert.ok(isRecord(json));
  assert.deepEqual([json['tags'], json['tag-names']], [references, names]);
  const operations = world.aws.requests.map(({ operation }) => operation);
  assert.ok(operations.indexOf('PutImage') > operations.lastIndexOf('DescribeImageScanFindings'));
});

test('a version that names another image already is a clear conflict', async () => {
  await using world = await startWorld();
  const one = await world.run({ ref: 'refs/tags/v1.2.3', with: { cache: 'off' } });
  const other = await world.run({
    ref: 'refs/tags/v1.2.3',
    sha: 'f'.repeat(40),
    with: { cache: 'off' },
  });

  assert.equal(other.outcome, 'failure');
  assert.match(other.annotations[0]?.message ?? '', /^The tag '1\.2\.3' names another image already/);
  assert.match(
    other.annotations[0]?.message ?? '',
    /made from the same inputs, of another commit\..*`reuse: content`/,
  );
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), one.outputs['digest']);
  assert.doesNotMatch(other.log, /^#\d+ /m, 'nothing is built for a release that cannot be');
});

test('a version that another job takes meanwhile is a conflict, and what else was released is told', async () => {
  await using world = await startWorld();
  world.aws.faults.add({
    match: 'ecr:PutImage',
    kind: 'refuse',
    times: 1,
    error: {
      code: 'ImageTagAlreadyExistsException',
      message:
        "The image tag 'prod' already exists in the 'team/hello' repository and cannot be overwritten because the tag is immutable.",
      status: 400,
    },
  });
  const run = await world.run({ with: { cache: 'off', tags: 'prod\nstaging' } });
  assert.equal(run.outcome, 'failure');
  assert.match(run.annotations[0]?.message ?? '', /^The tag '(prod|staging)' names another image already/);
  assert.match(run.outputs['tags'] ?? '', /:(prod|staging)\n/);
});

test('latest stays where it is when the version beside it is lost to another job', async () => {
  await using world = await startWorld();
  const quick = { cache: 'off', 'wait-for-scan': 'false' };
  const one = await world.run({ with: { ...quick, tags: '1.2.2\nlatest' } });
  assert.equal(one.outcome, 'success', one.log);
  const image = world.aws.ecr.repository('team/hello')?.images.get(one.outputs['digest'] ?? '');
  assert.ok(image);
  const other = await world.run({
    sha: 'f'.repeat(40),
    with: { ...quick, tags: 'latest\n1.2.3', labels: 'another=image' },
    // Between the look at the tags and the release, another job releases its own image.
    onLine: line =>
      void (
        line.includes('Build and push') &&
        world.aws.ecr.push({ ...image, repositoryName: 'team/hello', tag: '1.2.3' })
      ),
  });
  assert.equal(other.outcome, 'failure');
  assert.match(other.annotations.at(-1)?.message ?? '', /^The tag '1\.2\.3' names another image already/);
  assert.equal(await digestOf(world, 'team/hello', 'latest'), one.outputs['digest']);
  assert.doesNotMatch(other.outputs['tags'] ?? '', /latest/);
  assert.match(other.summary, /\| Withheld \| `latest`, `1\.2\.3`: not released \|/);
});
