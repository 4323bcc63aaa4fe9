import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMetadata } from '../../src/build/buildx-metadata.ts';

const [index, config] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];

const table: [title: string, text: string, expected: object][] = [
  [
    'one platform: its config is the image',
    `{\n  "containerimage.digest": "${index}",\n  "containerimage.config.digest": "${config}"\n}`,
    {
      text: `{"containerimage.digest":"${index}","containerimage.config.digest":"${config}"}`,
      digest: index,
      imageId: config,
      materials: undefined,
      leftOut: [],
      checks: [],
    },
  ],
  [
    'several platforms: their index is',
    `{"containerimage.digest":"${index}"}`,
    {
      text: `{"containerimage.digest":"${index}"}`,
      digest: index,
      imageId: index,
      materials: undefined,
      leftOut: [],
      checks: [],
    },
  ],
  [
    'nothing was kept of the build',
    '{"buildx.build.ref":"default/default/x","buildx.build.provenance":{}}',
    {
      text: '{"buildx.build.ref":"default/default/x","buildx.build.provenance":{}}',
      digest: undefined,
      imageId: undefined,
      materials: [],
      leftOut: [],
      checks: [],
    },
  ],
  [
    'what is cut off tells nothing',
    '{"containerimage.d',
    { text: '{}', digest: undefined, imageId: undefined, materials: undefined, leftOut: [], checks: [] },
  ],
];

for (const [title, text, expected] of table) {
  test(`buildx's metadata: ${title}`, () => {
    assert.deepEqual(parseMetadata(text), expected);
  });
}

test('the output has no provenance where the job wants none, and the step still knows what was used', () => {
  const material = { uri: 'pkg:docker/busybox@1.37', digest: { sha256: 'e'.repeat(64) } };
  const provenance = { materials: [material] };
  const text = JSON.stringify({
    'buildx.build.provenance': provenance,
    'buildx.build.provenance/linux/arm64': provenance,
    'containerimage.digest': index,
  });
  const quiet = parseMetadata(text, { metadataProvenance: 'disabled' });
  assert.equal(quiet.text, `{"containerimage.digest":"${index}"}`);
  assert.deepEqual([quiet.materials?.length, quiet.leftOut], [2, []]);
  for (const metadataProvenance of ['min', 'max'] as const)
    assert.equal(parseMetadata(text, { metadataProvenance }).text, text);
});

const warning = (more: object = {}): object => ({
  vertex: `sha256:${'c'.repeat(64)}`,
  level: 1,
  short: base64(
    'MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label (line 2)',
  ),
  detail: [base64('The MAINTAINER instruction is deprecated, use a label instead to define an image author')],
  url: 'https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/',
  sourceInfo: {
    filename: 'Dockerfile',
    data: base64('FROM busybox\nMAINTAINER me\n'),
    language: 'Dockerfile',
  },
  range: [{ start: { line: 2 }, end: { line: 2 } }],
  ...more,
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function metadataOf(members: object) {
  return parseMetadata(JSON.stringify({ 'containerimage.digest': index, ...members }));
}

test("buildx's metadata: what build checks found, by line and once for all platforms", () => {
  const atFour = warning({ range: [{ start: { line: 4 }, end: { line: 5 } }] });
  const { checks, text } = metadataOf({
    'buildx.build.warnings': [atFour, warning(), warning({ vertex: 'other' })],
  });
  assert.deepEqual(
    checks.map(({ line }) => line),
    [2, 4],
  );
  assert.deepEqual(checks[0], {
    title: 'The MAINTAINER instruction is deprecated, use a label instead to define an image author',
    message:
      'MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label\nMore info: https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/',
    source: base64('FROM busybox\nMAINTAINER me\n'),
    line: 2,
  });
  assert.match(text, /"buildx\.build\.warnings":\[\{"vertex"/);
});

test("buildx's metadata: a frontend's warnings are text of limited length, and nothing else", () => {
  const odd = [
    null,
    'text',
    [],
    {},
    warning({ short: 7 }),
    warning({ short: base64('\n') }),
    warning({
      short: base64(`a\n::error::b\r##[group]c\u0007${'x'.repeat(100_000)}`),
      detail: 'no list',
      url: 'javascript:alert(1)',
    }),
    warning({ short: base64('odd lines'), range: [{ start: { line: '3' } }], url: 'https://h/ x' }),
    warning({
      short: base64('odd place'),
      range: [{ start: { line: -1.5 } }],
      sourceInfo: 'none',
      url: `https://h/${'x'.repeat(1_000)}`,
    }),
  ];
  const { checks } = metadataOf({ 'buildx.build.warnings': odd });
  assert.equal(checks.length, 3);
  for (const { message, title, line } of checks) {
    assert.ok(message.length < 600 && title.length < 300);
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(message + title, /[\u0000-\u001f]/);
    assert.equal(line === undefined || line === 2, true);
  }
  const many = Array.from({ length: 2_000 }, (_, line) => warning({ range: [{ start: { line } }] }));
  assert.ok(metadataOf({ 'buildx.build.warnings': many }).checks.length <= 200);
});

test("buildx's metadata: what is too long for an output leaves members out, and is whole JSON", () => {
  const big = 'x'.repeat(200_000);
  const sourceInfo = { filename: 'Dockerfile', data: big };
  const long: [members: object, leftOut: string[]][] = [
    [{ 'buildx.build.warnings': [warning({ sourceInfo })] }, ['Dockerfile in its warnings']],
    [{ 'buildx.build.warnings': [warning({ detail: [big] })] }, ['Dockerfile in its warnings', 'warnings']],
    [{ 'buildx.build.provenance': { big } }, ['provenance']],
    [{ 'containerimage.descriptor': { big } }, ['member but the digests']],
  ];
  for (const [members, leftOut] of long) {
    const metadata = metadataOf(members);
    assert.deepEqual(metadata.leftOut, leftOut);
    assert.ok(Buffer.byteLength(metadata.text) < 131_072);
    assert.equal(parseMetadata(metadata.text).digest, index);
  }
  assert.equal(metadataOf({ 'buildx.build.warnings': [warning({ sourceInfo })] }).checks.length, 1);
});
