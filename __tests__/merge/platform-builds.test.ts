import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprintAnnotation } from '../../src/image/description.ts';
import { imageIndexOf, sayMovedTag } from '../../src/merge/image-index.ts';
import { whyNotMergeable, parsePlatformBuilds } from '../../src/merge/platform-builds.ts';
import type { PlatformBuild } from '../../src/merge/platform-builds.ts';
import { storedImage, storedIndex } from '../ecr/stored-manifest.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const amd: PlatformBuild = { repository: 'r', commit: 'c', digest, platforms: ['linux/amd64'] };
const arm: PlatformBuild = { ...amd, platforms: ['linux/arm64'] };

const texts: [name: string, text: string][] = [
  ['one a line', `${JSON.stringify(amd)}\n\n${JSON.stringify(arm)}\n`],
  ['a list', JSON.stringify([amd, arm])],
  ['outputs of a job', JSON.stringify({ amd: JSON.stringify(amd), arm: JSON.stringify(arm) }, null, 2)],
];

test('pieces come one a line, as a list, or as the outputs of a job', () => {
  for (const [name, text] of texts)
    assert.deepEqual(parsePlatformBuilds(text), { value: { builds: [amd, arm], missing: [] } }, name);
  for (const text of [
    'hello',
    '{"digest":"sha256:1"}',
    JSON.stringify([{ ...amd, platforms: [] }]),
    JSON.stringify({ ...amd, tag: '-x' }),
  ])
    assert.ok('problem' in parsePlatformBuilds(text), text);
});

const gaps: [text: string, lost: string[]][] = [
  [JSON.stringify({ amd: JSON.stringify(amd), arm: '' }), ['`arm`']],
  [JSON.stringify({ amd: JSON.stringify(amd), arm: '', riscv: '' }), ['`arm`', '`riscv`']],
  [JSON.stringify(['', amd]), ['number 1']],
  [`${JSON.stringify(amd)}\n""`, ['line 2']],
];

test('an empty piece is lost, and is named as the user finds it', () => {
  for (const [text, lost] of gaps) {
    const value = { builds: [amd], missing: lost };
    assert.deepEqual(parsePlatformBuilds(text), { value }, text);
    const fault = whyNotMergeable(value, { ...asked, platforms: [] });
    assert.equal(
      fault?.message,
      `A piece is lost: in \`builds\` ${lost.join(', ')} ${lost.length > 1 ? 'are' : 'is'} empty.`,
    );
  }
});

const asked = { repository: 'r', name: 'n', commit: 'c', platforms: [] };
const faults: [pieces: PlatformBuild[], platforms: string[], fault: RegExp | undefined][] = [
  [[amd, arm], [], undefined],
  [[amd, arm], ['linux/arm64', 'linux/amd64'], undefined],
  [[], [], /nothing to merge/],
  [[amd, { ...arm, repository: 's' }], [], /is in s, not in r/],
  // Where the account id is masked, only the name is handed on.
  [[amd, { ...arm, repository: 'n' }], [], undefined],
  [[amd, { ...arm, commit: 'd' }], [], /was built of commit d, and this run is of c/],
  [[amd, { ...arm, tag: 'c-alpine' }], [], /was built as a part of c-alpine, and this run joins c\. *$/],
  [[amd, amd], [], /linux\/amd64 was built twice/],
  [[amd], ['linux/amd64', 'linux/arm64'], /linux\/arm64 is missing/],
  [[amd, arm], ['linux/amd64'], /linux\/arm64 was built and is not among/],
];

test('pieces of other repositories or commits, twice or missing, are not joined', () => {
  for (const [pieces, platforms, fault] of faults) {
    const found = whyNotMergeable({ builds: pieces, missing: [] }, { ...asked, platforms });
    if (fault === undefined) assert.equal(found, undefined);
    else assert.match(found?.message ?? 'no fault', fault);
  }
});

test('an index keeps the entries of others and describes what has none, whatever the order', () => {
  const index = { ...amd, ...storedIndex([{ digest: 'x' }, { digest: 'attestation', more: 'kept' }]) };
  const single = { ...arm, ...storedImage() };
  const { mediaType, text } = single;
  const one = imageIndexOf([index, single]);
  assert.deepEqual(JSON.parse(one.text).manifests, [
    { digest: 'x' },
    { digest: 'attestation', more: 'kept' },
    { mediaType, digest: single.digest, size: text.length, platform: { architecture: 'arm64', os: 'linux' } },
  ]);
  assert.equal(imageIndexOf([single, index]).digest, one.digest);
  assert.deepEqual(JSON.parse(imageIndexOf([single], { team: 'web' }).text).annotations, { team: 'web' });
});

test('a repository that jobs have named by different hosts is one', () => {
  const at = (host: string) => `123456789012.${host}/team/app`;
  const fault = (built: string, joined: string) =>
    whyNotMergeable(
      { builds: [{ ...amd, repository: built }], missing: [] },
      { ...asked, repository: joined },
    )?.message;
  const [plain, dualStack] = [at('dkr.ecr.eu-west-1.amazonaws.com'), at('dkr-ecr.eu-west-1.on.aws')];
  assert.equal(fault(plain, dualStack), undefined);
  assert.equal(fault(dualStack, plain), undefined);
  assert.match(fault(at('dkr-ecr.us-east-1.on.aws'), plain) ?? '', /is in \S+us-east-1\S+, not in /);
  assert.match(fault(plain.replace('123', '999'), dualStack) ?? '', /is in 999456789012/);
});

test('a tag that moves away from an index of other inputs is told, with what differs', () => {
  const indexOf = (...fingerprints: string[]) =>
    storedIndex(fingerprints.map(each => ({ digest: 'x', annotations: { [fingerprintAnnotation]: each } })));
  const debian = indexOf('context:1+platforms:2', 'context:1+platforms:3');
  const alpine = indexOf('context:1+platforms:2+target:4', 'context:1+platforms:3+target:4');
  assert.match(
    sayMovedTag('sha', debian, alpine) ?? '',
    /^The commit's tag sha moves away from sha256:\w+, .*\(`target` differs\).*`flavor: suffix=-alpine`/,
  );
  const again = storedIndex(JSON.parse(debian.text).manifests, { annotations: { team: 'web' } });
  assert.notEqual(again.digest, debian.digest);
  for (const holder of [undefined, debian, again, storedIndex([{ digest: 'x' }])])
    assert.equal(sayMovedTag('sha', holder, debian), undefined);
});
