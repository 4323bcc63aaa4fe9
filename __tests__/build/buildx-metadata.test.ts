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
    },
  ],
  [
    'several platforms: their index is',
    `{"containerimage.digest":"${index}"}`,
    { text: `{"containerimage.digest":"${index}"}`, digest: index, imageId: index, materials: undefined },
  ],
  [
    'nothing was kept of the build',
    '{"buildx.build.ref":"default/default/x","buildx.build.provenance":{}}',
    {
      text: '{"buildx.build.ref":"default/default/x","buildx.build.provenance":{}}',
      digest: undefined,
      imageId: undefined,
      materials: [],
    },
  ],
  [
    'what is cut off tells nothing',
    '{"containerimage.d',
    { text: '{}', digest: undefined, imageId: undefined, materials: undefined },
  ],
];

for (const [title, text, expected] of table) {
  test(`buildx's metadata: ${title}`, () => {
    assert.deepEqual(parseMetadata(text), expected);
  });
}
