import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBuild } from '../../src/build/inputs.ts';
import { readCache } from '../../src/cache/inputs.ts';
import { isAddressOf, readImage } from '../../src/image/inputs.ts';
import { buildInputReader, readMode } from '../../src/validation/mode.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { inputs } from '../sample.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

function imageOf(given: Record<string, string>) {
  const reader = readerOf(input => given[input] ?? '');
  const { repository, role } = inputs;
  const image = readImage(reader, { mode: readMode(reader), repository, region: role.region });
  return { image: image?.name, address: image?.address, message: reader.close()?.message ?? '' };
}

const images: [text: string, image: object | undefined, fault?: RegExp][] = [
  [digest, { imageDigest: digest }],
  ['1.2.3', { imageTag: '1.2.3' }],
  ['latest', { imageTag: 'latest' }],
  [`${host}/team/app@${digest}`, { imageDigest: digest }],
  [`${host}/team/app:1.2.3`, { imageTag: '1.2.3' }],
  [`127.0.0.1:5000/team/app:1.2.3@${digest}`, { imageDigest: digest }],
  [`${host}/Team/App:RC1`, { imageTag: 'RC1' }],
  [`127.0.0.1:5000/team/app@${digest}`, { imageDigest: digest }],
  [
    `${host}/team/other@${digest}`,
    undefined,
    /is an image of another repository than 'team\/app'\. To copy it .* set `mode: promote`\. Else correct one of the two/,
  ],
  [`${host}/team/app`, undefined, /names no image/],
  [`${host}/other/team/app:1`, undefined, /another repository than 'team\/app'/],
  [
    `123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:1.2.3`,
    undefined,
    /is an image in us-east-1, and this run looks in eu-central-1\. To copy it .* set `mode: promote`\. Else correct one of the two/,
  ],
  ['sha256:abc', undefined, /names no image/],
  ['-x', undefined, /names no image/],
];

test('the image to judge is a digest, a tag, or a reference that ends with one', () => {
  for (const [text, image, fault] of images) {
    const read = imageOf({ mode: 'gate', image: text });
    assert.deepEqual(read.image, image, text);
    assert.match(read.message, fault ?? /^$/, text);
  }
});

test('an image is named to be judged, and only then', () => {
  assert.match(imageOf({ mode: 'gate' }).message, /image: '' is empty, and `mode: gate` judges an image/);
  assert.match(
    imageOf({ image: '1.2.3' }).message,
    /Set `mode: gate` to judge it, `mode: promote` to copy it/,
  );
  assert.match(imageOf({ mode: 'gates' }).message, /Did you mean 'gate'\?/);
  assert.deepEqual(imageOf({}), { image: undefined, address: undefined, message: '' });
});

test('an address is the repository that AWS answered with, or one of its registry', () => {
  const repository = { uri: `${host}/team/app`, registryId: '123456789012' };
  const { address = '' } = imageOf({ mode: 'gate', image: `${host}/team/app:1` });
  assert.equal(address, repository.uri);
  assert.ok(isAddressOf(address, repository));
  assert.ok(isAddressOf('123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com/team/app', repository));
  assert.ok(!isAddressOf('111111111111.dkr.ecr.eu-central-1.amazonaws.com/team/app', repository));
  assert.ok(isAddressOf(`${host}/Team/App`, repository));
  assert.ok(!isAddressOf('ghcr.io/team/app', repository));
  assert.ok(isAddressOf('127.0.0.1:5000/team/app', { ...repository, uri: '127.0.0.1:5000/team/app' }));
});

test('what is about a build is refused where nothing is built, unless it is as it is by default', () => {
  const given: Record<string, string> = {
    context: 'app',
    file: 'app/Dockerfile',
    platforms: 'linux/amd64,linux/arm64',
    'build-args': 'A=1',
    cache: 'off',
  };
  const messageOf = (texts: Record<string, string>): string => {
    const reader = readerOf(input => texts[input] ?? '');
    const closed = buildInputReader('gate', reader);
    readBuild(closed, {
      mode: 'gate',
      push: true,
      exists: () => false,
      jobValue: () => undefined,
      hide: () => {},
      runUrl: '',
      ownUrl: '',
      defaultContext: '',
      architecture: 'amd64',
    });
    readCache(closed, {
      service: { reads: true, writes: true, v2: true },
      architecture: 'amd64',
      repository: { type: 'private' },
      role: { region: '', arns: [] },
      hide: () => {},
    });
    return reader.close()?.message ?? '';
  };
  assert.equal(messageOf({ context: '.', cache: 'auto', 'github-token': 'given' }), '');
  for (const [input, value] of Object.entries(given)) {
    const shown = value.replace(/,.*/, ', …');
    assert.match(messageOf({ [input]: value }), new RegExp(`${input}: '${shown}' has no place in`), input);
  }
  assert.match(messageOf(given), /^5 inputs need a change/);
});
