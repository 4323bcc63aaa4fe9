import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  digestOf,
  manifestTypes,
  mediaTypeIn,
  misnamedChild,
  readConfig,
  readContent,
  readContentIfSound,
} from '../../src/ecr/manifest.ts';
import { platformsOf } from '../../src/ecr/platforms.ts';
import { Failure } from '../../src/platform/failure.ts';
import { storedConfig, storedImage, storedText } from './stored-manifest.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

const [oci, list] = manifestTypes;
const entry = `{"digest":"${digest('a')}","size":1}`;
const image = `"config":${entry},"layers":[${entry}]`;

/** JSON texts that docker and this step could read differently, or that are no manifests, and what is said of each. */
const refused: [kind: 'index' | 'image', text: string, said: RegExp][] = [
  ['index', `{"manifests":[],"manifests":[${entry}]}`, /has the member `manifests` twice/],
  ['index', `{"manifests":[],"manifest\\u0073":[${entry}]}`, /has the member `manifests` twice/],
  ['index', `{"manifests":[],"Manifests":[${entry}]}`, /`Manifests`, which docker reads as `manifests`/],
  ['index', `{"MANIFESTS":[${entry}]}`, /`MANIFESTS`, which docker reads as `manifests`/],
  ['index', `{"manifests":[],"manife\u017Fts":[]}`, /`manifeſts`, which docker reads as `manifests`/],
  ['index', `{"manifests":[],"mediatype":"${list}"}`, /`mediatype`, which docker reads as `mediaType`/],
  [
    'index',
    `{"manifests":[{"digest":"${digest('a')}","Digest":"${digest('b')}"}]}`,
    /`manifests\[0\]\.Digest`/,
  ],
  [
    'index',
    `{"manifests":[{"digest":"${digest('a')}","digest":"${digest('b')}"}]}`,
    /`manifests\[0\]\.digest` twice/,
  ],
  [
    'index',
    `{"manifests":[{"digest":"a","platform":{"os":"unknown","OS":"linux"}}]}`,
    /`manifests\[0\]\.platform\.OS`, which docker reads as `manifests\[0\]\.platform\.os`|docker reads as `os`/,
  ],
  [
    'index',
    '{"manifests":[{"digest":"a","annotations":{"vnd.docker.reference.type":"a","vnd.docker.reference.type":"b"}}]}',
    /`manifests\[0\]\.annotations\.vnd\.docker\.reference\.type` twice/,
  ],
  ['index', '{"manifests":[],"annotations":{"a":"1","a":"2"}}', /`annotations\.a` twice/],
  ['index', '{"manifests":[],"x":[{"y":{"z":1,"z":1}}]}', /`x\[0\]\.y\.z` twice/],
  ['index', '{"manifests":[],"__proto__":1,"__proto__":2}', /`__proto__` twice/],
  ['index', `{"manifests":[],${image}}`, /is an index and has the member `config` of an image too/],
  ['index', '{"manifests":[],"layers":[]}', /has the member `layers` of an image too/],
  ['index', '{"manifests":[],"fsLayers":[]}', /has the member `fsLayers` of an image too/],
  ['image', `{${image},"manifests":[]}`, /is an image and has the member `manifests` of an index too/],
  ['image', `{${image},"manifests":null}`, /has the member `manifests` of an index too/],
  ['image', `{${image},"Layers":[]}`, /`Layers`, which docker reads as `layers`/],
  ['image', `{"config":{"digest":"a","Digest":"b"},"layers":[]}`, /`config\.Digest`/],
  ['image', `{${image},"subject":{"DIGEST":"a"}}`, /`subject\.DIGEST`/],
  ['image', `{${image},"FSLayers":[]}`, /`FSLayers`, which docker reads as `fsLayers`/],
  [
    'index',
    `{"mediaType":"${list}","manifests":[]}`,
    /says that it is `.*list\.v2\+json`, and the registry says that it is `.*oci/,
  ],
  ['image', `{"mediaType":"${oci}",${image}}`, /says that it is `.*index\.v1\+json`, and the registry/],
  ['index', '{"mediaType":null,"manifests":[]}', /says that it is `null`/],
  ['index', '{}', /is no index/],
  ['index', '{"manifests":{"0":{}}}', /is no index/],
  ['index', '{"manifests":[{"digest":1}]}', /is no index/],
  ['index', `{"manifests":[{"digest":"a","size":9007199254740993}]}`, /is no index/],
  ['index', `{"manifests":[{"digest":"a","size":1e400}]}`, /is no index/],
  ['index', `{"manifests":[{"digest":"a","platform":"linux/amd64"}]}`, /is no index/],
  ['image', '{"layers":[]}', /is no image/],
  ['image', '[]', /is no JSON object/],
  ['image', `{${image}} {}`, /is no JSON object/],
  ['image', `{${image},}`, /is no JSON object/],
  ['image', `{${image},"x":${'['.repeat(200)}${']'.repeat(200)}}`, /is nested too deeply in `x\[0\]\[0\]`/],
  ['image', `{${image},"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, /is nested too deeply/],
  ['image', `{${image},"x":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`, /is nested too deeply/],
];

test('a manifest that docker could read as another image is refused, with the member and the way out', () => {
  for (const [kind, text, said] of refused) {
    const stored = storedText(kind, text);
    assert.throws(
      () => readContent(stored),
      error =>
        error instanceof Failure &&
        said.test(error.message) &&
        error.message.startsWith(`The manifest ${stored.digest} `) &&
        /Delete this image in ECR/.test(error.remedy),
      text.slice(0, 200),
    );
    assert.equal(readContentIfSound(stored), undefined);
  }
});

test('what no struct has is free: annotations in any case, unknown members, names that only look alike', () => {
  const annotations = '{"Manifests":"1","manifests":"2","digest":"3","Digest":"4"}';
  const accepted: [kind: 'index' | 'image', text: string][] = [
    ['index', `{"manifests":[{"digest":"a","annotations":${annotations}}],"annotations":${annotations}}`],
    ['index', '{"manifests":[],"x-y":{"Digest":1,"digest":2},"constructor":1,"__proto__":{"Digest":1}}'],
    // A dotless i and the ligature fi fold to no ASCII letters.
    ['index', '{"manifests":[],"man\u0131fests":[],"con\uFB01g":{}}'],
    ['image', `{${image},"annotations":{"vnd.docker.reference.type":"x"},"mediaType":"${manifestTypes[2]}"}`],
  ];
  for (const [kind, text] of accepted)
    assert.deepEqual(readContent(storedText(kind, text)).members, JSON.parse(text));
});

test('null is nothing in a descriptor, as it is for docker, and an image may have no layers', () => {
  const nothing = '"annotations":null,"urls":null,"mediaType":null';
  const config = `"config":{"digest":"a","size":1,${nothing},"platform":null}`;
  const layerless = readContent(storedText('image', `{${config},"layers":null,"annotations":null}`));
  assert.ok(layerless.kind === 'image');
  assert.deepEqual(
    [layerless.config, layerless.layers, layerless.annotations],
    [{ digest: 'a', size: 1 }, [], {}],
  );
  const platform = '{"os":"linux","architecture":"amd64","variant":null,"os.version":null}';
  const child = storedImage();
  const entries = `{"digest":"${child.digest}",${nothing},"platform":${platform}},{"digest":"b","platform":null}`;
  const index = storedText('index', `{"manifests":[${entries}]}`);
  assert.deepEqual(platformsOf(index), [
    { platform: 'linux/amd64', digest: child.digest },
    { platform: '', digest: 'b' },
  ]);
  const content = readContent(index);
  assert.ok(content.kind === 'index');
  assert.equal(misnamedChild(content, child), undefined);
  assert.throws(() => readContent(storedText('index', '{"manifests":[null]}')), /is no index/);
});

test('a manifest is what its digest names, and of a kind that docker runs', () => {
  const stored = storedImage();
  assert.throws(
    () => readContent({ ...stored, digest: digest('a') }),
    new RegExp(
      `${digest('a')} is not what the registry answers: the digest of the answer is ${stored.digest}`,
    ),
  );
  const old = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
  assert.throws(() => readContent({ ...stored, mediaType: old }), /neither an index nor an image.*prettyjws/);
});

test('a child is of the media type that its index gives', () => {
  const child = storedImage();
  const index = (mediaType?: string) => ({
    manifests: [{ digest: child.digest, ...(mediaType && { mediaType }) }],
  });
  assert.equal(misnamedChild(index(), child), undefined);
  assert.equal(misnamedChild(index(child.mediaType), child), undefined);
  assert.match(
    misnamedChild(index(oci), child)?.message ?? '',
    /The index says that the manifest .* is `.*index/,
  );
});

test('a config that docker could read otherwise is refused; its free maps are free', () => {
  const config = { os: 'linux', config: { Labels: { Os: '1', os: '2' }, Env: [] }, rootfs: { diff_ids: [] } };
  assert.deepEqual(readConfig(storedConfig(config)), config);
  const faults: [body: object, said: RegExp][] = [
    [{ os: 'linux', OS: 'windows' }, /The config sha256:\w+ has the member `OS`, which docker reads as `os`/],
    [{ config: { labels: {} } }, /`config\.labels`, which docker reads as `Labels`/],
    [{ rootfs: { Diff_IDs: [] } }, /`rootfs\.Diff_IDs`/],
    [{ history: [{ Created_By: 'x' }] }, /`history\[0\]\.Created_By`/],
  ];
  for (const [body, said] of faults) assert.throws(() => readConfig(storedConfig(body)), said);
  assert.throws(
    () => readConfig({ digest: digestOf('{}'), text: '{ }' }),
    /is not what the registry answers/,
  );
});

test('the media type that the registry does not tell is the own one or that of the kind', () => {
  assert.equal(mediaTypeIn(`{"mediaType":"${list}"}`), list);
  assert.equal(mediaTypeIn('{"manifests":[]}'), oci);
  assert.equal(mediaTypeIn('{"layers":[]}'), manifestTypes[2]);
  assert.equal(mediaTypeIn('no JSON'), manifestTypes[2]);
});
