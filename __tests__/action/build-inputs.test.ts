import assert from 'node:assert/strict';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pushBeside } from '../world/docker/base-image.ts';
import { run as execute } from '../world/docker/command.ts';
import { readEverything, readManifest } from '../world/registry/manifest.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

const dockerfile = `ARG BASE_IMAGE
FROM \${BASE_IMAGE} AS checks
RUN grep -q "10.9.8.7.*db.internal" /etc/hosts
RUN df -k /dev/shm | grep -q " 32768 "
RUN test "$(ulimit -n)" = 1234
RUN ! wget -T 2 -q -O - http://127.0.0.1:1 && ! ip route | grep -q default
COPY --from=shared note.txt /note.txt
FROM scratch
COPY --from=checks /note.txt /
`;

test('what build-push-action can say to a build, the engine hears', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), dockerfile);
  await mkdir(join(workspace, 'shared'));
  await writeFile(join(workspace, 'shared', 'note.txt'), 'from another context\n');
  const run = await world.run({
    workspace,
    environment: { BUILDX_METADATA_PROVENANCE: 'max' },
    with: {
      cache: 'off',
      'wait-for-scan': 'false',
      platforms: 'local',
      'build-contexts': 'shared=shared',
      'add-hosts': 'db.internal:10.9.8.7',
      'shm-size': '32m',
      ulimit: 'nofile=1234:1234',
      network: 'none',
      'no-cache': 'true',
      annotations: 'org.opencontainers.image.title=Hello, world\nmanifest-descriptor:team=web',
      provenance: 'mode=max',
    },
  });
  assert.equal(run.outcome, 'success', run.log);
  const index = await readManifest(world, run.outputs['digest']);
  const [image, attestation] = index.manifests ?? [];
  assert.equal(String(image?.platform?.architecture), process.arch === 'arm64' ? 'arm64' : 'amd64');
  const manifest = await readManifest(world, image?.digest);
  assert.equal(manifest.annotations?.['org.opencontainers.image.title'], 'Hello, world');
  assert.equal(image?.annotations?.['team'], 'web');
  const statement = await readManifest(world, attestation?.digest);
  assert.equal(
    statement.layers?.[0]?.annotations?.['in-toto.io/predicate-type'],
    'https://slsa.dev/provenance/v0.2',
  );
  assert.match(run.outputs['metadata'] ?? '', /"buildx\.build\.provenance[^"]*":\{.*"buildConfig"/);
  assert.match(run.log, /,mode=max,builder-id=https:\/\/github\.com\/octo-org\/octo-repo\/actions\/runs\//);
});

test('`provenance: false` pushes an image without an index, which other outputs reuse and other inputs do not', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const calm = { cache: 'off', 'wait-for-scan': 'false', 'build-args': '' };
  const run = await world.run({ workspace, with: { ...calm, provenance: 'false' } });
  assert.equal(run.outcome, 'success', run.log);
  const { manifests, layers } = await readManifest(world, run.outputs['digest']);
  assert.deepEqual([manifests, layers?.length], [undefined, 1]);

  const loaded = await world.run({
    workspace,
    with: { ...calm, provenance: 'false', load: 'true', outputs: 'out' },
  });
  assert.equal(loaded.outputs['reused'], 'true', loaded.log);
  await execute('docker', ['image', 'inspect', loaded.outputs['loaded'] ?? '']);
  assert.deepEqual(await readdir(join(workspace, 'out')), ['style.css']);

  const other = await world.run({ workspace, with: { ...calm, annotations: 'team=web' } });
  assert.equal(other.outcome, 'failure');
  assert.match(other.log, /annotations/);
});

test('an image goes into docker and into files beside the push, whose digest is the one told', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const outputs = 'type=oci,dest=image.tar\nout\ntype=image,compression=zstd,force-compression=true';
  const calm = { cache: 'off', 'wait-for-scan': 'false', 'build-args': '' };
  const run = await world.run({ workspace, with: { ...calm, load: 'true', outputs } });
  assert.equal(run.outcome, 'success', run.log);
  assert.deepEqual(await readdir(join(workspace, 'out')), ['style.css']);
  assert.ok((await stat(join(workspace, 'image.tar'))).size > 0);
  const [image] = (await readManifest(world, run.outputs['digest'])).manifests ?? [];
  const { layers } = await readManifest(world, image?.digest);
  assert.equal(layers?.[0]?.mediaType, 'application/vnd.oci.image.layer.v1.tar+zstd');
  await execute('docker', ['image', 'inspect', run.outputs['tags'] ?? '']);
});

const stages = `ARG BASE_IMAGE
FROM \${BASE_IMAGE} AS once
RUN echo once >/once
FROM \${BASE_IMAGE} AS anew
RUN --network=host echo anew >/anew
FROM scratch
COPY --from=once /once /
COPY --from=anew /anew /
`;

// https://github.com/moby/buildkit/blob/master/docs/attestations/sbom-protocol.md
const statement = {
  _type: 'https://in-toto.io/Statement/v0.1',
  predicateType: 'https://spdx.dev/Document',
  predicate: { name: 'all of it' },
};

/** Pushes a program that lists what an image is made of to the registry that asks for no login. */
async function pushGenerator(world: World): Promise<string> {
  const folder = join(world.scratch, 'generator');
  await mkdir(folder);
  await writeFile(join(folder, 'all.spdx.json'), JSON.stringify(statement));
  const copy = 'CMD ["sh", "-c", "cp /all.spdx.json $BUILDKIT_SCAN_DESTINATION"]';
  await writeFile(join(folder, 'Dockerfile'), `FROM ${world.baseImage}\nCOPY all.spdx.json /\n${copy}\n`);
  return pushBeside(world, { folder, name: 'generator:1' });
}

test('an SBOM by a generator of their own, attestations, stages made anew, and the network of the machine where it is allowed', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), stages);
  const calm = { cache: 'off', 'wait-for-scan': 'false', allow: 'network.host' };
  const attested = { sbom: `generator=${await pushGenerator(world)}`, attests: 'type=provenance,mode=max' };
  // Nobody's test may empty the build cache in between.
  const [run, again] = await world.engine.build(async () => [
    await world.run({ workspace, with: { ...calm, ...attested } }),
    await world.run({
      workspace,
      environment: { BUILDX_METADATA_PROVENANCE: 'false' },
      // A name of its own: the engine is that of all tests, and each build without a push gives its image such a name.
      with: { ...calm, repository: 'team/anew', push: 'false', 'no-cache-filters': 'anew', load: 'true' },
    }),
  ]);
  assert.equal(run.outcome, 'success', run.log);
  const index = await readManifest(world, run.outputs['digest']);
  const attestations = await readManifest(world, index.manifests?.[1]?.digest);
  const predicates = attestations.layers?.map(each => each.annotations?.['in-toto.io/predicate-type']);
  assert.deepEqual(
    new Set(predicates),
    new Set(['https://spdx.dev/Document', 'https://slsa.dev/provenance/v0.2']),
  );
  const everything = await readEverything(world, run.outputs['digest']);
  assert.match(everything, /"all of it"/);
  assert.match(everything, /"buildkit_metadata"|"https:\/\/mobyproject\.org\/buildkit@v1#metadata"/);

  assert.equal(again.outcome, 'success', again.log);
  // The image that is in docker has a digest without a push, and the output has no more of the provenance than the job wants.
  const loaded = await execute('docker', [
    'image',
    'inspect',
    '--format',
    '{{.Id}}',
    again.outputs['loaded'] ?? '',
  ]);
  assert.equal(again.outputs['digest'], loaded.trim());
  const metadata = again.outputs['metadata'] ?? '';
  assert.ok(metadata.includes(`"containerimage.digest":"${again.outputs['digest']}"`), metadata);
  assert.doesNotMatch(metadata, /provenance/);
  assert.match(again.summary, /RUN echo once .* \| cached \|/);
  assert.match(again.summary, /RUN --network=host echo anew .* \| run \|/);

  const forbidden = await world.run({ workspace, with: { ...calm, push: 'false', allow: '' } });
  assert.equal(forbidden.outcome, 'failure');
  assert.match(forbidden.log, /network\.host/);
});
