import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ImageScanFinding } from '@aws-sdk/client-ecr';
import { run as execute } from '../world/docker/command.ts';
import { readManifest } from '../world/registry/manifest.ts';
import type { Manifest } from '../world/registry/manifest.ts';
import { startWorld } from '../world/world.ts';
import { digestOf } from './transcript.ts';

const critical: ImageScanFinding = { name: 'CVE-2024-5535', severity: 'CRITICAL' };
const indexType = 'application/vnd.oci.image.index.v1+json';
const repositoryName = 'team/hello';

test('the gate refuses an image of which docker would run another than was scanned', async t => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const publish = async (sha: string, dockerfile: string): Promise<Manifest> => {
    await writeFile(join(workspace, 'Dockerfile'), `FROM scratch\n${dockerfile}\n`);
    const run = await world.run({ workspace, sha, with: { cache: 'off', 'build-args': '' } });
    assert.equal(run.outcome, 'success', run.log);
    const { manifests } = await readManifest(world, run.outputs['digest']);
    assert.ok(manifests?.[0]);
    return manifests[0];
  };
  const clean = await publish('a'.repeat(40), 'COPY site/style.css /');
  const vulnerable = await publish('b'.repeat(40), 'COPY site/style.css /vulnerable');
  world.aws.ecr.scans.tell({ match: { digest: vulnerable.digest }, findings: [critical] });

  const push = async (tag: string, manifest: string, mediaType: string): Promise<string> => {
    const { digest } = await world.aws.ecr.push({ repositoryName, manifest, mediaType, tag });
    return digest;
  };
  const judge = (image: string, more: Record<string, string> = {}) =>
    world.run({ workspace, with: { mode: 'gate', 'build-args': '', image, tags: '1.2.3', ...more } });
  const refuse = async (tag: string, said: RegExp): Promise<void> => {
    const run = await judge(tag);
    assert.equal(run.outcome, 'failure', run.log);
    assert.match(run.annotations[0]?.message ?? '', said);
    assert.match(run.annotations[0]?.message ?? '', /Delete this image in ECR/);
    assert.notEqual(run.outputs['scan-verdict'], 'passed');
    assert.equal(await digestOf(world, repositoryName, '1.2.3'), null);
  };
  const indexOf = (members: string): string => `{"schemaVersion":2,"mediaType":"${indexType}",${members}}`;
  const list = (child: Manifest): string => JSON.stringify([child]);

  await t.test('an index with `manifests` for the scan and `Manifests` for docker', async () => {
    const text = indexOf(`"manifests":${list(clean)},"Manifests":${list(vulnerable)}`);
    await push('cases', text, indexType);
    const host = world.registryUrl.replace(/^https?:\/\//, '');
    const format = ['--format', '{{json .Manifest}}', `${host}/${repositoryName}:cases`];
    const seenByDocker = await execute('docker', ['buildx', 'imagetools', 'inspect', ...format]);
    assert.match(seenByDocker, new RegExp(vulnerable.digest), 'docker goes by the last of the two');
    await refuse('cases', /has the member `Manifests`, which docker reads as `manifests`/);
  });

  await t.test('an index with `manifests` twice', async () => {
    await push('twice', indexOf(`"manifests":${list(vulnerable)},"manifests":${list(clean)}`), indexType);
    await refuse('twice', /has the member `manifests` twice/);
  });

  await t.test('a sound index of an image with `layers` for the scan and `Layers` for docker', async () => {
    const { config, layers = [] } = await readManifest(world, clean.digest);
    const { layers: others } = await readManifest(world, vulnerable.digest);
    const { mediaType } = clean;
    const members = { schemaVersion: 2, mediaType, config, layers, Layers: others };
    const text = JSON.stringify(members);
    const digest = await push('child', text, mediaType);
    await push('parent', indexOf(`"manifests":${list({ ...clean, digest })}`), indexType);
    await refuse('parent', /has the member `Layers`, which docker reads as `layers`/);
    await refuse('child', /has the member `Layers`, which docker reads as `layers`/);
  });

  await t.test('neither is it reused for a build, nor joined, nor a baseline', async () => {
    const sha = 'c'.repeat(40);
    const forged = indexOf(`"manifests":${list(clean)},"Manifests":${list(vulnerable)}`);
    const digest = await push(sha, forged, indexType);
    const said = /has the member `Manifests`, which docker reads as `manifests`/;
    const reusing = await world.run({ workspace, sha, with: { cache: 'off', 'build-args': '' } });
    assert.match(reusing.annotations[0]?.message ?? '', said);
    const repository = `${world.gate.host}/${repositoryName}`;
    const builds = JSON.stringify({ repository, commit: sha, digest, platforms: ['linux/amd64'] });
    const merging = { mode: 'merge', 'build-args': '', builds };
    const joining = await world.run({ workspace, sha, with: merging });
    assert.match(joining.annotations[0]?.message ?? '', said);
    const comparing = await judge('a'.repeat(40), { baseline: sha, gate: 'new' });
    assert.match(comparing.annotations[0]?.message ?? '', said);
  });

  await t.test('while a sound index passes', async () => {
    await push('sound', indexOf(`"manifests":${list(clean)}`), indexType);
    const run = await judge('sound');
    assert.equal(run.outcome, 'success', run.log);
    assert.equal(run.outputs['scan-verdict'], 'passed');
  });
});
