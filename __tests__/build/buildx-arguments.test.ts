import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Build } from '../../src/build/build.ts';
import { buildxArguments } from '../../src/build/buildx-arguments.ts';
import type { BuildxOptions } from '../../src/build/buildx-arguments.ts';
import { fingerprintOf } from '../../src/build/fingerprint.ts';
import { build } from '../sample.ts';

const options: BuildxOptions = {
  reference: 'uri:sha',
  releases: [],
  cache: { from: [], to: [] },
  metadataFile: '/m.json',
  push: true,
  annotate: false,
  builder: undefined,
};
const head = 'build --progress rawjson --metadata-file /m.json --tag uri:sha';

const table: [build: Partial<Build>, options: Partial<BuildxOptions>, argv: string][] = [
  [{}, {}, `${head} --push .`],
  [{}, { push: false }, `${head} .`],
  [
    { context: 'services/api', file: 'services/api/prod.Dockerfile' },
    {},
    `${head} --file services/api/prod.Dockerfile --push services/api`,
  ],
  [{}, { ignoreBuilderCache: true }, `${head} --no-cache --push .`],
  [{ target: 'final' }, {}, `${head} --target final --push .`],
  [{ platforms: ['linux/amd64', 'linux/arm64'] }, {}, `${head} --platform linux/amd64,linux/arm64 --push .`],
  [{ buildArgs: ['A=1', 'B=x,y'] }, {}, `${head} --build-arg A=1 --build-arg B=x,y --push .`],
  [{ labels: ['team=web'] }, {}, `${head} --label team=web --push .`],
  [
    { buildContexts: ['alpine=docker-image://alpine:3', 'shared=../shared'] },
    {},
    `${head} --build-context alpine=docker-image://alpine:3 --build-context shared=../shared --push .`,
  ],
  [
    { annotations: ['index:team=web', 'title=a,b'] },
    { annotate: false },
    `${head} --annotation index:team=web --annotation title=a,b --push .`,
  ],
  [
    { attests: ['type=provenance,mode=max', 'type=sbom'] },
    {},
    `${head} --attest type=provenance,mode=max,builder-id=${build.builderId} --attest type=sbom --push .`,
  ],
  [
    { attests: ['type=provenance,disabled=true'] },
    {},
    `${head} --attest type=provenance,disabled=true --push .`,
  ],
  [
    { attests: ['type=sbom'] },
    { withoutAttestations: true },
    `${head} --attest type=provenance,disabled=true --push .`,
  ],
  [
    { attests: ['type=provenance,builder-id=me'] },
    {},
    `${head} --attest type=provenance,builder-id=me --push .`,
  ],
  [
    {
      secrets: [
        { id: 'npm', kind: 'value', value: 'hunter2' },
        { id: 'empty', kind: 'value', value: '' },
        { id: 'token', kind: 'variable', variable: 'TOKEN' },
        { id: 'pem', kind: 'file', path: 'a,b.pem' },
        { id: 'key', kind: 'value', value: 'hunter3' },
      ],
      ssh: ['default', 'git=a,b'],
    },
    {},
    `${head} --secret id=npm,env=BUILD_SECRET_1 --secret id=token,env=TOKEN --secret id=pem,"src=a,b.pem" --secret id=key,env=BUILD_SECRET_4 --ssh default --ssh git=a,b --push .`,
  ],
  [
    { noCache: true, noCacheFilters: ['deps', 'build'], pull: true },
    {},
    `${head} --no-cache --no-cache-filter deps --no-cache-filter build --pull --push .`,
  ],
  [
    { network: 'none', addHosts: ['db:10.0.0.1'], allow: ['network.host'] },
    {},
    `${head} --network none --add-host db:10.0.0.1 --allow network.host --push .`,
  ],
  [
    { load: true, outputs: ['out'], imageAttributes: ['compression=zstd'] },
    {},
    `${head} --output out --output type=docker --output type=image,compression=zstd,push=true .`,
  ],
  [{ load: true, outputs: ['out'] }, { push: false }, `${head} --output out --output type=docker .`],
  [
    { shmSize: '128m', ulimits: ['nofile=1024:2048'], cgroupParent: 'ci.slice' },
    {},
    `${head} --shm-size 128m --ulimit nofile=1024:2048 --cgroup-parent ci.slice --push .`,
  ],
  [{}, { cache: { from: ['f'], to: ['t'] } }, `${head} --cache-from f --cache-to t --push .`],
  [
    {},
    { annotate: true },
    `${head} --annotation manifest,manifest-descriptor:io.github.ecr-image.inputs=${fingerprintOf(build)} --push .`,
  ],
  [{}, { releases: ['uri:1.2.3', 'uri:latest'] }, `${head} --tag uri:1.2.3 --tag uri:latest --push .`],
  [{}, { builder: 'b' }, `build --builder b${head.slice('build'.length)} --push .`],
];

test('inputs become the arguments of buildx', () => {
  for (const [parts, more, argv] of table) {
    assert.equal(buildxArguments({ ...build, ...parts }, { ...options, ...more }).join(' '), argv);
  }
});

test('a value with spaces stays one argument', () => {
  const argv = buildxArguments({ ...build, buildArgs: ['GREETING=hello  world\nagain'] }, options);
  assert.equal(argv[argv.indexOf('--build-arg') + 1], 'GREETING=hello  world\nagain');
});
