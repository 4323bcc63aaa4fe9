import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { Build } from '../../src/build/build.ts';
import {
  differencesOf,
  fingerprintIn,
  fingerprintOf,
  haveSameInputs,
  isOfSameInputs,
} from '../../src/build/fingerprint.ts';
import type { TagMutability } from '../../src/ecr/mutability.ts';
import { fingerprintAnnotation } from '../../src/image/description.ts';
import type { ExistingImages, StoredImage } from '../../src/image/image.ts';
import { decideReuse } from '../../src/reuse/decide.ts';
import { storedImage, storedIndex } from '../ecr/stored-manifest.ts';
import { build, sha } from '../sample.ts';

const tags = { candidate: sha, releases: ['1.2.3'] };

const plan = { build, tags, reuse: 'commit' } as const;

const mine = fingerprintOf(build);

const other = fingerprintOf({ ...build, platforms: ['linux/arm64'], buildArgs: ['A=1'] });

const immutable: TagMutability = { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['buildcache*'] };

const mutable: TagMutability = { setting: 'MUTABLE', exclusions: [] };

const found = (digest: string, fingerprint: string | undefined): StoredImage => ({
  digest,
  fingerprint,
  text: '{}',
  mediaType: 'application/vnd.oci.image.index.v1+json',
});

const table: [name: string, existing: ExistingImages, mutability: TagMutability, kind: string][] = [
  ['nothing there', { releases: {} }, immutable, 'build'],
  ['the same inputs', { candidate: found('a', mine), releases: {} }, immutable, 'reuse'],
  ['the same inputs, where tags move', { candidate: found('a', mine), releases: {} }, mutable, 'reuse'],
  ['other inputs', { candidate: found('a', other), releases: {} }, immutable, 'conflict'],
  ['another tool', { candidate: found('a', undefined), releases: {} }, immutable, 'conflict'],
  ['other inputs, where tags move', { candidate: found('a', other), releases: {} }, mutable, 'build'],
  ['released already', { candidate: found('a', mine), releases: { '1.2.3': 'a' } }, immutable, 'reuse'],
  ['a version of another image', { releases: { '1.2.3': 'b' } }, immutable, 'conflict'],
  ['a version of another image, where tags move', { releases: { '1.2.3': 'b' } }, mutable, 'build'],
  [
    'the same inputs, but the version is taken',
    { candidate: found('a', mine), releases: { '1.2.3': 'b' } },
    immutable,
    'conflict',
  ],
];

test('what is there already decides before the build', () => {
  for (const [name, existing, mutability, kind] of table) {
    assert.equal(decideReuse(plan, { existing, mutability }).kind, kind, name);
  }
});

test('each input that makes the image makes another fingerprint', () => {
  const others: Build[] = [
    { ...build, context: 'api' },
    { ...build, buildContexts: ['A=b'] },
    { ...build, file: 'Dockerfile' },
    { ...build, target: 'final' },
    { ...build, platforms: ['linux/arm64'] },
    { ...build, buildArgs: ['A=1'] },
    { ...build, jobValues: { A: '1' } },
    { ...build, labels: ['A=1'] },
    { ...build, annotations: ['A=1'] },
    { ...build, secrets: [{ id: 'A', kind: 'value', value: '1' }] },
    { ...build, ssh: ['default'] },
    { ...build, noCache: true },
    { ...build, noCacheFilters: ['a'] },
    { ...build, pull: true },
    { ...build, attests: ['type=sbom'] },
    { ...build, imageAttributes: ['compression=zstd'] },
    { ...build, network: 'none' },
    { ...build, addHosts: ['db:10.0.0.1'] },
    { ...build, allow: ['network.host'] },
    { ...build, shmSize: '128m' },
    { ...build, ulimits: ['nofile=1024'] },
    { ...build, cgroupParent: 'ci' },
    { ...build, checkout: [`context=${sha}`] },
    { ...build, native: ['linux/s390x'] },
  ];
  assert.equal(new Set([build, ...others].map(fingerprintOf)).size, 1 + others.length);
});

test('the value of a secret leaves no trace in the fingerprint', () => {
  const prints = ['1', '2'].map(value =>
    fingerprintOf({ ...build, secrets: [{ id: 'A', kind: 'value', value }] }),
  );
  assert.equal(new Set(prints).size, 1);
});

test('who builds, and the order in which names are written, make no other fingerprint', () => {
  const written = { ...build, buildArgs: ['B=2', 'A=1'], platforms: ['linux/arm64', 'linux/amd64'] };
  const others: Build[] = [
    { ...written, builderId: 'another run', load: true, outputs: ['out'] },
    { ...written, buildArgs: ['A=1', 'B=2'] },
    { ...written, platforms: ['linux/amd64', 'linux/arm64'] },
  ];
  assert.equal(new Set([written, ...others].map(fingerprintOf)).size, 1);
  const twice = [
    ['A=1', 'A=2'],
    ['A=2', 'A=1'],
  ].map(buildArgs => fingerprintOf({ ...build, buildArgs }));
  assert.equal(new Set(twice).size, 2, 'of two values of one name the later wins');
});

test("with `reuse: content` an image of the same content stands for a build, after the commit's own", () => {
  const asked = { ...plan, reuse: 'content' } as const;
  const content = found('c', mine);
  const rows = [
    [asked, { content, releases: {} }, 'content'],
    [asked, { candidate: found('a', mine), content, releases: {} }, 'commit'],
    [asked, { content, releases: { '1.2.3': 'c' } }, 'content'],
    // Whoever put such a tag there did not mean these inputs.
    [asked, { content: found('c', other), releases: {} }, undefined],
    [plan, { content, releases: {} }, undefined],
  ] as const;
  for (const [each, existing, by] of rows) {
    const decision = decideReuse(each, { existing, mutability: immutable });
    assert.equal(decision.kind === 'reuse' ? decision.by : undefined, by);
  }
  const conflict = decideReuse(asked, {
    existing: { candidate: found('a', other), content, releases: {} },
    mutability: immutable,
  });
  assert.equal(conflict.kind, 'conflict');
});

test('the image of a commit does not stand for sources that the commit does not name', () => {
  const conflicts: [Build, message: RegExp, remedy: RegExp][] = [
    [
      { ...build, checkout: [`context=${'f'.repeat(40)}`] },
      /\(`checkout` differs\)/,
      /`flavor: suffix=-alpine`/,
    ],
    [
      { ...build, context: 'https://github.com/o/r.git#main' },
      /from the same inputs/,
      /^The commit's own image does not stand for a build, as what is under the address of the context 'context' may change\. Pin it/,
    ],
    [
      { ...build, buildContexts: ['base=docker-image://alpine:3'] },
      /from the same inputs/,
      /the context 'base' may change/,
    ],
  ];
  for (const [each, message, remedy] of conflicts) {
    const fingerprint = each.checkout === undefined ? fingerprintOf(each) : mine;
    const existing = { candidate: found('a', fingerprint), releases: {} };
    const asked = { ...plan, build: each };
    assert.equal(decideReuse(asked, { existing, mutability: mutable }).kind, 'build');
    const decision = decideReuse(asked, { existing, mutability: immutable });
    assert.equal(decision.kind, 'conflict');
    assert.match(decision.message, message);
    assert.match(decision.remedy, remedy);
  }
  const pinned = { ...build, context: `https://github.com/o/r.git#${sha}` };
  const existing = { candidate: found('a', fingerprintOf(pinned)), releases: {} };
  assert.equal(decideReuse({ ...plan, build: pinned }, { existing, mutability: immutable }).kind, 'reuse');
});

test('the same content stands for a build of another checkout too, and for what an address shows now', () => {
  const others: Build[] = [
    { ...build, checkout: [`context=${'f'.repeat(40)}`] },
    { ...build, buildContexts: ['base=docker-image://alpine:3'] },
  ];
  for (const each of others) {
    const asked = { ...plan, build: each, reuse: 'content' } as const;
    const content = found('c', fingerprintOf({ ...each, checkout: [`context=${sha}`] }));
    for (const existing of [
      { content, releases: {} },
      { candidate: content, content, releases: {} },
    ]) {
      const decision = decideReuse(asked, { existing, mutability: immutable });
      assert.equal(decision.kind === 'reuse' ? decision.found.digest : undefined, 'c');
    }
  }
});

test('with `reuse: off` what is there never stands for a build, and is a conflict where the tag cannot move', () => {
  const off = { ...plan, reuse: 'off' } as const;
  const existing = { candidate: found('a', mine), releases: {} };
  assert.equal(decideReuse(off, { existing, mutability: mutable }).kind, 'build');
  const decision = decideReuse(off, { existing, mutability: immutable });
  assert.equal(decision.kind, 'conflict');
  assert.match(decision.message, /\(a\), made from the same inputs, and it cannot move/);
  assert.match(decision.remedy, /^Set `reuse: commit`/);
  const variant = { candidate: found('a', other), releases: {} };
  const apart = decideReuse(off, { existing: variant, mutability: immutable });
  assert.match(
    apart.kind === 'conflict' ? apart.remedy : '',
    /If both images are wanted/,
    'it cannot be taken',
  );
});

test('a conflict names what differs, and no value', () => {
  const secretive = fingerprintOf({ ...build, buildArgs: ['PASSWORD=hunter2'] });
  const one = decideReuse(plan, {
    existing: { candidate: found('a', secretive), releases: {} },
    mutability: immutable,
  });
  assert.equal(one.kind, 'conflict');
  assert.match(one.message, /made from other inputs \(`build-args` differs\)/);
  const two = decideReuse(plan, {
    existing: { candidate: found('a', other), releases: {} },
    mutability: immutable,
  });
  assert.equal(two.kind, 'conflict');
  assert.match(two.message, /made from other inputs \(`build-args`, `platforms` differ\)/);
  const silent = decideReuse(plan, {
    existing: { candidate: found('a', undefined), releases: {} },
    mutability: immutable,
  });
  assert.equal(silent.kind, 'conflict');
  assert.match(silent.message, /which does not say what it was made from/);
  assert.doesNotMatch(secretive, /hunter2|PASSWORD/);
});

test('images of one commit for other platforms are told how they become one image', () => {
  const arm = found('a', fingerprintOf({ ...build, platforms: ['linux/arm64'] }));
  const args = found('a', fingerprintOf({ ...build, buildArgs: ['A=1'] }));
  for (const mutability of [immutable, mutable]) {
    const [ofPlatform, ofArgs] = [arm, args].map(candidate =>
      JSON.stringify(decideReuse(plan, { existing: { candidate, releases: {} }, mutability })),
    );
    assert.match(ofPlatform ?? '', /platforms of one image: build each by `mode: build`.*`flavor: suffix=/);
    assert.doesNotMatch(ofArgs ?? '', /mode: build/);
  }
});

test('two images of one commit are told apart, and how, where the tag cannot move and where it does', () => {
  const existing = { candidate: found('a', other), releases: {} };
  const conflict = decideReuse(plan, { existing, mutability: immutable });
  assert.equal(conflict.kind, 'conflict');
  assert.match(
    conflict.remedy,
    /If both images are wanted: .*`flavor: suffix=-alpine`.*Else push another commit/,
  );
  const moved = decideReuse(plan, { existing, mutability: mutable });
  const byContent = { ...existing, content: found('b', mine) };
  const shared = decideReuse({ ...plan, reuse: 'content' }, { existing: byContent, mutability: mutable });
  for (const decision of [moved, shared]) {
    assert.ok(decision.kind !== 'conflict');
    assert.match(
      decision.warning ?? '',
      /^The commit's tag 0123\w+ moves away from a, made from other inputs \(`build-args`, `platforms` differ\)\..*`flavor: suffix=-alpine`/,
    );
  }
  const silent: ExistingImages[] = [
    { releases: {} },
    { candidate: found('a', mine), releases: {} },
    { candidate: found('a', undefined), releases: {} },
  ];
  for (const each of silent)
    for (const reuse of ['commit', 'off'] as const)
      assert.ok(!('warning' in decideReuse({ ...plan, reuse }, { existing: each, mutability: mutable })));
});

test('a release tag of another image names `reuse: content` where that can be the answer', () => {
  const takenBy = (fingerprint: string): ExistingImages => {
    const holder = storedIndex([], { annotations: { [fingerprintAnnotation]: fingerprint } });
    return { releases: { '1.2.3': holder.digest }, holders: new Map([['1.2.3', holder]]) };
  };
  const taken = takenBy(mine);
  const forged = { ...taken, holders: new Map([['1.2.3', { ...found('b', mine), text: '{"a":1,"a":2}' }]]) };
  const unpinned: Build = { ...build, context: 'https://github.com/octo-org/octo-repo.git#main' };
  const cases: [plan: Parameters<typeof decideReuse>[0], existing: ExistingImages, isNamed: boolean][] = [
    [plan, taken, true],
    [plan, takenBy(fingerprintOf({ ...build, checkout: [`context=${sha}`] })), true],
    [plan, takenBy(other), false],
    [plan, forged, false],
    [plan, { releases: { '1.2.3': 'b' } }, false],
    [{ ...plan, reuse: 'content' }, taken, false],
    [{ ...plan, reuse: 'off' }, taken, false],
    [plan, { ...taken, candidate: found('a', mine) }, false],
    [{ ...plan, build: { ...build, noCache: true } }, taken, false],
    [{ ...plan, build: unpinned }, taken, false],
  ];
  for (const [at, [wanted, existing, isNamed]] of cases.entries()) {
    const decision = decideReuse(wanted, { existing, mutability: immutable });
    assert.equal(decision.kind, 'conflict');
    assert.equal(decision.remedy.includes('`reuse: content`'), isNamed, `case ${at}`);
  }
});

test('what differs goes by the name of its input', () => {
  const others: [string, Build][] = [
    ['context', { ...build, context: 'api' }],
    ['build-contexts', { ...build, buildContexts: ['A=b'] }],
    ['build-args', { ...build, buildArgs: ['A=1'] }],
    ['build-args', { ...build, jobValues: { A: '1' } }],
    ['ulimit', { ...build, ulimits: ['nofile=1024'] }],
    ['platforms', { ...build, native: ['linux/arm64'] }],
    ['checkout', { ...build, checkout: [`context=${sha}`] }],
  ];
  for (const [name, each] of others) assert.deepEqual(differencesOf(mine, fingerprintOf(each)), [name]);
});

test('how an image is built makes no other image of the commit, whichever of the two runs says it', () => {
  const ways: Build[] = [
    { ...build, noCache: true },
    { ...build, noCacheFilters: ['deps'] },
    { ...build, pull: true },
  ];
  for (const way of ways) {
    // Images of earlier releases have it in their fingerprint.
    const earlier = { candidate: found('a', fingerprintOf(way)), releases: {} };
    assert.equal(decideReuse(plan, { existing: earlier, mutability: immutable }).kind, 'reuse');
    const here = { candidate: found('a', mine), releases: {} };
    assert.equal(
      decideReuse({ ...plan, build: way }, { existing: here, mutability: immutable }).kind,
      'reuse',
    );
    const twice = { ...way, target: 'site' };
    const conflict = decideReuse({ ...plan, build: twice }, { existing: here, mutability: immutable });
    assert.ok(conflict.kind === 'conflict');
    assert.match(conflict.message, /other inputs \(`target` differs\)/);
    const off = decideReuse({ ...plan, build: way, reuse: 'off' }, { existing: here, mutability: mutable });
    assert.equal(off.kind, 'build');
  }
});

test('the credentials in the address of a context make no other image, nor does an earlier release that hashed them', () => {
  const at = (user: string): Build => ({
    ...build,
    context: `https://${user}@github.com/o/r.git#${sha}`,
    buildContexts: [`a=https://${user}@github.com/o/a.git#${sha}`],
  });
  const one = at('x-access-token:ghs_one');
  assert.equal(fingerprintOf(one), fingerprintOf(at('x-access-token:ghs_two')));
  assert.notEqual(fingerprintOf(one), fingerprintOf({ ...one, target: 'site' }));
  assert.equal(isOfSameInputs(fingerprintOf(one), at('another')), true);
  const hashed = (text: string | string[]) =>
    createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 16);
  const earlier = `build-contexts:${hashed([...one.buildContexts])}+context:${hashed(one.context)}+derive-labels:b5bea41b6c623f7c`;
  assert.equal(isOfSameInputs(earlier, one), true);
  assert.equal(isOfSameInputs(earlier, at('another')), false);
});

test('images have the same inputs where each platform has', () => {
  const entry = (digest: string, fingerprint?: string) => ({
    digest: `sha256:${digest}`,
    annotations: { ...(fingerprint && { [fingerprintAnnotation]: fingerprint }) },
  });
  const arm = fingerprintOf({ ...build, platforms: ['linux/arm64'] });
  const withoutCache = fingerprintOf({ ...build, noCache: true });
  const rows: [one: string[], two: string[], same: boolean][] = [
    [[mine], [mine], true],
    [[mine], [withoutCache], true],
    [[mine, arm], [arm, mine], true],
    [[mine], [arm], false],
    [[mine, arm], [mine, other], false],
    [[mine, arm], [mine], false],
    [[], [], false],
    [[mine], [], false],
    [[], [mine], false],
  ];
  for (const [one, two, same] of rows) {
    const [first, second] = [one, two].map(each =>
      storedIndex([entry('attestation'), ...each.map((print, at) => entry(`${at}`, print))]),
    );
    assert.ok(first && second);
    assert.equal(haveSameInputs(first, second), same, JSON.stringify([one, two]));
  }
});

test('the fingerprint is read from an index and from a single manifest', () => {
  const annotations = { [fingerprintAnnotation]: mine };
  const digest = 'sha256:a';
  const entries = [
    { digest, annotations: {} },
    { digest, annotations },
  ];
  assert.equal(fingerprintIn(storedIndex(entries)), mine);
  assert.equal(fingerprintIn(storedImage([], { annotations })), mine);
  assert.equal(fingerprintIn(storedImage()), undefined);
});
