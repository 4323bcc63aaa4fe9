import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readManifest } from '../world/registry/manifest.ts';
import { allow, startWorld } from '../world/world.ts';

const dockerfile = 'FROM scratch\nCOPY site/style.css /\n';

test('`deploy-target: lambda` pushes one image that Lambda runs, and tells the platforms of any other', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), dockerfile);
  const calm = { cache: 'off', 'wait-for-scan': 'false', 'build-args': '' };
  const lambda = { ...calm, 'deploy-target': 'lambda', platforms: 'linux/arm64' };
  const run = await world.run({ workspace, with: lambda });
  assert.equal(run.outcome, 'success', run.log);
  const { mediaType, layers } = await readManifest(world, run.outputs['digest']);
  assert.deepEqual([mediaType, layers?.length], ['application/vnd.oci.image.manifest.v1+json', 1]);
  assert.equal(run.outputs['platforms'], JSON.stringify({ 'linux/arm64': run.outputs['digest'] }));

  const image = run.outputs['digest'] ?? '';
  const judge = { mode: 'gate', image, 'build-args': '' };
  const judged = await world.run({ sha: 'a'.repeat(40), with: judge });
  assert.equal(judged.outputs['platforms'], run.outputs['platforms'], judged.log);
  assert.ok(judged.outputs['labels'], 'labels of the image, not of the run that judges it');
  const sorted = (labels = '') => labels.split('\n').toSorted();
  assert.deepEqual(sorted(judged.outputs['labels']), sorted(run.outputs['labels']));
  const session = JSON.stringify(allow('ecr:BatchGetImage', 'ecr:Describe*', 'ecr:StartImageScan'));
  const unread = await world.run({ with: { ...judge, 'inline-session-policy': session } });
  assert.equal(unread.outcome, 'success', unread.log);
  assert.deepEqual([unread.outputs['platforms'], unread.outputs['labels']], ['{}', '']);

  const platforms = 'linux/amd64,linux/arm64';
  const other = await world.run({ workspace, sha: 'f'.repeat(40), with: { ...calm, platforms } });
  assert.equal(other.outcome, 'success', other.log);
  const index = await readManifest(world, other.outputs['digest']);
  const digests: Record<string, string> = JSON.parse(other.outputs['platforms'] ?? '{}');
  assert.deepEqual(Object.keys(digests), platforms.split(','));
  for (const digest of Object.values(digests))
    assert.ok(index.manifests?.some(each => each.digest === digest && each.platform?.os === 'linux'));
});

test('a registry that takes no attestations gets the image without, with one warning', async () => {
  await using world = await startWorld();
  world.gateFaults.add({ match: 'registry:PUT attestation', kind: 'throttle' });
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), dockerfile);
  const inputs = { cache: 'off', 'wait-for-scan': 'false', 'build-args': '' };
  const run = await world.run({ workspace, with: inputs });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(run.log.match(/^##\[warning\]The registry does not take attestations/gm)?.length, 1);
  const { manifests } = await readManifest(world, run.outputs['digest']);
  assert.equal(manifests, undefined);
  const again = await world.run({ workspace, with: inputs });
  assert.equal(again.outputs['reused'], 'true', again.log);
});

const methodNotAllowed = { status: 405, code: 'UNSUPPORTED', message: 'The operation is unsupported.' };

test('attestations that were asked for are not left out: a registry that takes none fails the step', async () => {
  await using world = await startWorld();
  world.gateFaults.add({ match: 'registry:PUT attestation', kind: 'throttle' });
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), dockerfile);
  const inputs = { cache: 'off', 'wait-for-scan': 'false', 'build-args': '', provenance: 'mode=max' };
  const run = await world.run({ workspace, with: inputs });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /^The registry does not take the attestations that were asked for .*\nLeave `provenance`, `sbom` and `attests` out/,
  );
  const again = await world.run({ workspace, with: { ...inputs, provenance: 'false' } });
  assert.equal(again.outcome, 'success', again.log);

  // Where nothing is attested there is nothing to leave out.
  world.gateFaults.add({ match: /^registry:PUT .*\/manifests\//, kind: 'refuse', error: methodNotAllowed });
  const plain = await world.run({
    workspace,
    sha: 'f'.repeat(40),
    with: { ...inputs, provenance: 'false' },
  });
  assert.equal(plain.outcome, 'failure');
  assert.match(plain.annotations[0]?.message ?? '', /^The registry does not take the manifest of /);
  assert.equal(plain.log.match(/^docker buildx build /gm)?.length, 1);
  assert.equal(again.outputs['reused'], 'false');
});
