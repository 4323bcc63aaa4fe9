import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildxArguments } from '../../src/rules/buildx-arguments.ts';
import { fingerprintOf } from '../../src/rules/reuse.ts';
import type { Build, BuildxOptions } from '../../src/rules/buildx-arguments.ts';

const build: Build = { context: '.', platforms: [], buildArgs: [], labels: [] };
const options: BuildxOptions = {
  reference: 'uri:sha',
  cache: { from: [], to: [] },
  metadataFile: '/m.json',
  push: true,
  annotate: false,
  builder: undefined,
};
const head = 'build --progress plain --metadata-file /m.json --tag uri:sha';

const table: [build: Partial<Build>, options: Partial<BuildxOptions>, argv: string][] = [
  [{}, {}, `${head} --push .`],
  [{}, { push: false }, `${head} .`],
  [
    { context: 'services/api', file: 'services/api/prod.Dockerfile' },
    {},
    `${head} --file services/api/prod.Dockerfile --push services/api`,
  ],
  [{ target: 'final' }, {}, `${head} --target final --push .`],
  [{ platforms: ['linux/amd64', 'linux/arm64'] }, {}, `${head} --platform linux/amd64,linux/arm64 --push .`],
  [{ buildArgs: ['A=1', 'B=x,y'] }, {}, `${head} --build-arg A=1 --build-arg B=x,y --push .`],
  [{ labels: ['team=web'] }, {}, `${head} --label team=web --push .`],
  [{}, { cache: { from: ['f'], to: ['t'] } }, `${head} --cache-from f --cache-to t --push .`],
  [
    {},
    { annotate: true },
    `${head} --annotation manifest,manifest-descriptor:io.github.ecr-image.inputs=${fingerprintOf(build)} --push .`,
  ],
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
