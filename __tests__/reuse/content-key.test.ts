import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseMetadata } from '../../src/build/buildx-metadata.ts';
import { contextsOf } from '../../src/build/contexts.ts';
import { fingerprintOf } from '../../src/build/fingerprint.ts';
import { makePlan } from '../../src/plan.ts';
import { buildArgsOf, contentTagOf, unexpectedMaterials } from '../../src/reuse/content-key.ts';
import type { ContentKeyInputs } from '../../src/reuse/content-key.ts';
import { build, commit, inputs } from '../sample.ts';

const ingredients: ContentKeyInputs = {
  build,
  folders: { context: '4b825dc642cb6eb9a060e54bf8d69288fbee4904' },
  dockerfile: 'FROM busybox:1.37\n',
  ignored: '',
  images: { 'busybox:1.37': `sha256:${'0'.repeat(64)}` },
};

test('everything that content follows from makes another key', () => {
  const others: ContentKeyInputs[] = [
    { ...ingredients, build: { ...build, buildArgs: ['A=1'] } },
    { ...ingredients, build: { ...build, labels: ['a=b'] } },
    { ...ingredients, folders: { context: 'other' } },
    { ...ingredients, folders: { ...ingredients.folders, assets: 'other' } },
    { ...ingredients, dockerfile: 'FROM busybox:1.37\nRUN true\n' },
    { ...ingredients, ignored: 'node_modules\n' },
    { ...ingredients, images: { 'busybox:1.37': `sha256:${'1'.repeat(64)}` } },
  ];
  const tags = [ingredients, ...others].map(contentTagOf);
  assert.equal(new Set(tags).size, tags.length);
  for (const tag of tags) assert.match(tag, /^content-[0-9a-f]{40}$/);
});

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });

test('the same inputs and commit give the same plan, fingerprint and key, byte for byte', () => {
  fc.assert(
    fc.property(
      fc.dictionary(word, word),
      fc.dictionary(word, word),
      fc.array(word),
      (images, folders, words) => {
        const own = { ...build, buildArgs: words.map(each => `A=${each}`), labels: words };
        const again = structuredClone(own);
        const turned = <T>(record: Record<string, T>): Record<string, T> =>
          Object.fromEntries(Object.entries(record).toReversed());
        assert.equal(fingerprintOf(own), fingerprintOf(again));
        assert.equal(
          contentTagOf({ ...ingredients, build: own, images, folders }),
          contentTagOf({ ...ingredients, build: again, images: turned(images), folders: turned(folders) }),
        );
        const plan = makePlan({ ...inputs, build: own }, commit);
        assert.equal(
          JSON.stringify(plan),
          JSON.stringify(makePlan(structuredClone({ ...inputs, build: again }), structuredClone(commit))),
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('a fingerprint names inputs and tells none of their values', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6 }), value => {
      const fingerprint = fingerprintOf({ ...build, buildArgs: [`TOKEN=${value}`] });
      assert.match(fingerprint, /^([a-z-]+:[0-9a-f]{16})(\+[a-z-]+:[0-9a-f]{16})*$/);
    }),
  );
});

test('the same files are the same content, whichever commit is checked out', () => {
  const checkedOut = { ...ingredients, build: { ...build, checkout: ['context=other'] } };
  assert.equal(contentTagOf(checkedOut), contentTagOf(ingredients));
  const arm = { ...ingredients, build: { ...build, native: ['linux/arm64'] } };
  assert.notEqual(contentTagOf(arm), contentTagOf(ingredients), 'on another processor it is another image');
});

test('contexts are folders, images, or only seen by the build', () => {
  const contexts = contextsOf({
    ...build,
    context: 'services/api',
    buildContexts: ['a=../shared', 'b=docker-image://alpine:3', 'c=https://github.com/o/r.git'],
  });
  assert.deepEqual(contexts, {
    context: { kind: 'folder', path: 'services/api' },
    a: { kind: 'folder', path: '../shared' },
    b: { kind: 'image', reference: 'alpine:3' },
    c: { kind: 'elsewhere', address: 'https://github.com/o/r.git' },
  });
});

test('a build argument without a value has the job its own', () => {
  const args = buildArgsOf({ ...build, buildArgs: ['A=1=2', 'B'], jobValues: { B: '3' } });
  assert.deepEqual(args, { A: '1=2', B: '3' });
});

test('what the build took and the key does not name is a stranger', () => {
  const [image, file, revision] = ['0'.repeat(64), 'f'.repeat(64), 'a'.repeat(40)];
  const provenance = {
    materials: [
      { uri: 'pkg:docker/busybox@1.37?platform=linux%2Famd64', digest: { sha256: image } },
      { uri: 'https://example.com/x', digest: { sha256: file } },
      { uri: 'https://github.com/o/r.git#main', digest: { sha1: revision } },
    ],
  };
  const { materials } = parseMetadata(JSON.stringify({ 'buildx.build.provenance/linux/amd64': provenance }));
  assert.ok(materials);
  const { images } = ingredients;
  const strangers = (of: { images?: Record<string, string>; pins?: string }) =>
    unexpectedMaterials(materials, { images, pins: `sha256:${file} ${revision}`, ...of }).map(
      ({ uri }) => uri,
    );
  assert.deepEqual(strangers({}), []);
  assert.deepEqual(strangers({ images: {}, pins: `${image} ${file} ${revision}` }), [
    'pkg:docker/busybox@1.37?platform=linux%2Famd64',
  ]);
  assert.deepEqual(strangers({ pins: '' }), ['https://example.com/x', 'https://github.com/o/r.git#main']);
  assert.equal(
    unexpectedMaterials([{ uri: 'https://example.com', digest: 'sha256:' }], { images, pins: '' }).length,
    1,
  );
});
