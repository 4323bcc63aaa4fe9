import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Build } from '../../src/build/build.ts';
import { fingerprintOf } from '../../src/build/fingerprint.ts';
import { cacheContentHash, archiveKeysOf } from '../../src/cache/archive-keys.ts';
import { makePlan } from '../../src/plan.ts';
import { contentTagOf } from '../../src/reuse/content-key.ts';
import { build, commit, inputs } from '../sample.ts';

// Values that images and caches of earlier releases carry. A change here turns the tag of every image that was ever pushed
// into a conflict, or empties every cache: it belongs into the notes of a major version.

/** Every member of a build has a value. */
const full: Required<Build> = {
  context: 'app',
  buildContexts: ['assets=./assets', 'base=docker-image://busybox:1.37'],
  file: 'app/Dockerfile.prod',
  target: 'runtime',
  platforms: ['linux/amd64', 'linux/arm64'],
  buildArgs: ['VERSION=1.2.3', 'TOKENLESS'],
  jobValues: { TOKENLESS: 'from the job' },
  labels: ['a=b', 'a=c'],
  deriveLabels: true,
  metadataProvenance: 'min',
  annotations: ['index:d=e'],
  secrets: [{ kind: 'value', id: 'npm', value: 'hidden' }],
  ssh: ['default'],
  noCache: true,
  noCacheFilters: ['deps'],
  pull: true,
  attests: ['type=provenance,mode=max', 'type=sbom'],
  builderId: 'https://github.com/octo-org/octo-repo/actions/runs/42/attempts/1',
  load: true,
  outputs: ['type=local,dest=out'],
  imageAttributes: ['compression=zstd'],
  network: 'host',
  addHosts: ['db:10.0.0.1'],
  allow: ['network.host'],
  shmSize: '1g',
  ulimits: ['nofile=1024:2048'],
  cgroupParent: 'ci',
  checkout: ['assets=0123456789abcdef0123456789abcdef01234567'],
  native: ['linux/amd64'],
  description: { labels: ['x=y'], derivedAnnotations: [], annotations: [] },
};

const ingredients = {
  folders: { context: '4b825dc642cb6eb9a060e54bf8d69288fbee4904', assets: 'one' },
  dockerfile: 'FROM busybox:1.37\n',
  ignored: 'node_modules\n',
  images: { 'busybox:1.37': `sha256:${'0'.repeat(64)}` },
};

test('the fingerprint of a build is what it has always been', () => {
  assert.equal(
    fingerprintOf(makePlan(inputs, commit).build),
    'context:7299b59de0b5dad3+derive-labels:b5bea41b6c623f7c+platforms:ac8335d2e189797f',
  );
  assert.deepEqual(fingerprintOf(full).split('+'), [
    'add-hosts:e0b64552826fda77',
    'allow:76d14a6084c4a6f2',
    'annotations:6b600db80100beb2',
    'attests:ed08c29c6825048d',
    'build-args:1f57d02836299fba',
    'build-contexts:463da721eb4f6785',
    'cgroup-parent:ef173e6ef1eadabe',
    'checkout:767a06e3cb4e71ff',
    'context:4e5ef144c51cd252',
    'derive-labels:b5bea41b6c623f7c',
    'file:ee831b14ad6a53d3',
    'image-attributes:e2ab6fbdf246e16a',
    'build-args:488089ce11f7f431',
    'labels:5676c78ea05de4a6',
    'platforms:ac8335d2e189797f',
    'network:e62c1c090b46507d',
    'no-cache:b5bea41b6c623f7c',
    'no-cache-filters:3b15788f0a44fd10',
    'platforms:99c5c9d6930bd8a5',
    'pull:b5bea41b6c623f7c',
    'secrets:eb7aa3a98be56e31',
    'shm-size:876a0e708cf5aa2b',
    'ssh:ed954e41fa3f395c',
    'target:2d52cd9073053426',
    'ulimit:307aa67939475731',
  ]);
});

test('the content tag of a build is what it has always been', () => {
  assert.equal(contentTagOf({ build, ...ingredients }), 'content-0e09abd0e317caca37eb35751dc2d1de5c93aa63');
  assert.equal(
    contentTagOf({ build: full, ...ingredients }),
    'content-85d7c6fcd52d844a1484ce1a8894abfdb5b1d442',
  );
});

test('caches are found under the names that they have always had', () => {
  const variant = { ...inputs, build: { ...build, target: 'runtime', platforms: ['linux/arm64'] } };
  const pullRequest = {
    ...commit,
    isPullRequest: true,
    pullRequest: 7,
    branch: 'feature/x',
    baseBranch: 'main',
  };
  const named = [makePlan(inputs, commit), makePlan(variant, pullRequest)].map(({ layers }) =>
    layers.kind === 'off' ? layers : { tags: layers.tags, name: layers.name },
  );
  assert.deepEqual(named, [
    { tags: { readTags: ['buildcache-main'], writeTag: 'buildcache-main' }, name: 'team-app' },
    {
      tags: {
        readTags: ['buildcache-pr-7-7c93a95c', 'buildcache-feature-x-88a683f9', 'buildcache-main-e4afab97'],
        writeTag: 'buildcache-pr-7-7c93a95c',
      },
      name: 'team-app-eba35ae2',
    },
  ]);
  assert.deepEqual(archiveKeysOf('team-app', ingredients.dockerfile), {
    key: 'ecr-image-layers-team-app-6dd2861bc0568445-',
    fallbackKeys: ['ecr-image-layers-team-app-'],
  });
  assert.deepEqual(archiveKeysOf('team-app', ingredients.dockerfile, 'mounts'), {
    key: 'ecr-image-mounts-team-app-6dd2861bc0568445-',
    fallbackKeys: ['ecr-image-mounts-team-app-'],
  });
  assert.equal(
    cacheContentHash(
      '{"layers":[{"blob":"sha256:1","createdAt":"2026-10-01"}],"records":[{"digest":"sha256:2"}]}',
    ),
    '43e8949ac189673a',
  );
});
