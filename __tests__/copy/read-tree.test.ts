import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Place } from '../../src/copy/place.ts';
import { readTree } from '../../src/copy/read-tree.ts';
import { digestOf } from '../../src/ecr/manifest.ts';
import type { StoredManifest } from '../../src/ecr/manifest.ts';
import { Failure } from '../../src/platform/failure.ts';
import type { Clock } from '../../src/platform/poll.ts';
import { storedImage, storedIndex } from '../ecr/stored-manifest.ts';

const config = { digest: digestOf('{}'), size: 2 };

/** An image that differs from others by its name. */
function image(name: string, more: object = {}): StoredManifest {
  return storedImage([layer(name)], { config, annotations: { name }, ...more });
}

function layer(name: string): { digest: string; size: number } {
  return { digest: digestOf(name), size: name.length };
}

interface Stored {
  manifests: StoredManifest[];
  tags?: Record<string, StoredManifest>;
  referrers?: Record<string, string[]>;
  /** Referrers on a page. */
  pageSize?: number;
  /** The token that follows another, in place of a true one. */
  tokenAfter?: (token: string | undefined) => string;
}

let slept = 0;
/** A clock that nobody waits for. */
const clock: Clock = {
  now: () => slept,
  async sleep(milliseconds) {
    slept += milliseconds;
  },
};

/** A registry that answers what it is told to, whether that can be or not. */
function registry({ manifests, tags = {}, referrers = {}, pageSize = 50, tokenAfter }: Stored) {
  const calls: string[] = [];
  const ecr: Pick<Place['ecr'], 'batchGetImage' | 'listImageReferrers'> = {
    async batchGetImage({ imageIds = [] }) {
      calls.push(`BatchGetImage ${imageIds.length}`);
      const images = imageIds.flatMap(({ imageDigest, imageTag }) => {
        const found =
          imageTag === undefined ? manifests.find(each => each.digest === imageDigest) : tags[imageTag];
        if (found === undefined) return [];
        const { digest, text, mediaType } = found;
        const imageId = { imageDigest: digest, imageTag: imageTag ?? 'a-release' };
        return [{ imageId, imageManifest: text, imageManifestMediaType: mediaType }];
      });
      return { images };
    },
    async listImageReferrers({ subjectId, nextToken }) {
      calls.push('ListImageReferrers');
      const all = referrers[subjectId?.imageDigest ?? ''] ?? [];
      const first = Number(nextToken ?? 0);
      const page = all.slice(first, first + pageSize).map(digest => ({ digest, mediaType: '', size: 1 }));
      if (tokenAfter !== undefined) return { referrers: page, nextToken: tokenAfter(nextToken) };
      return {
        referrers: page,
        ...(first + pageSize < all.length && { nextToken: String(first + pageSize) }),
      };
    },
  };
  return { ecr, calls };
}

const repository = { name: 'team/app', registryId: '111122223333', uri: 'host/team/app' };

function read(stored: Stored, root = stored.manifests[0] ?? image('none')) {
  const { ecr, calls } = registry(stored);
  const none = () => Promise.reject(new Error('nobody calls this'));
  const whole: Place['ecr'] = {
    batchCheckLayerAvailability: none,
    describeImagePages: async function* () {},
    describeImages: none,
    getAuthorizationToken: none,
    getDownloadUrlForLayer: none,
    putImage: none,
    ...ecr,
  };
  const { signal } = new AbortController();
  return { tree: readTree({ ecr: whole, repository }, root, { signal, clock }), calls };
}

test('a single image is its own tree: two calls, and no release tag in it', async () => {
  const only = image('only');
  const { tree, calls } = read({ manifests: [only] });
  const { manifests, blobs, bytes } = await tree;
  assert.deepEqual(
    manifests.map(({ digest, tags, needs }) => ({ digest, tags, needs })),
    [{ digest: only.digest, tags: [], needs: [] }],
  );
  assert.deepEqual(blobs, [
    { digest: config.digest, size: 2, mayBeAbsent: false },
    { ...layer('only'), mayBeAbsent: false },
  ]);
  assert.equal(bytes, 2 + layer('only').size);
  assert.deepEqual(calls.toSorted(), ['BatchGetImage 4', 'ListImageReferrers']);
});

test('what is about any part is found, by referrers of all pages and by tags, and comes after what it is about', async () => {
  const [amd64, arm64] = [image('amd64'), image('arm64')];
  const index = storedIndex([{ digest: amd64.digest }, { digest: arm64.digest }]);
  const about = (subject: StoredManifest, name: string): StoredManifest =>
    image(name, { subject: { digest: subject.digest } });
  const signatures = Array.from({ length: 5 }, (_, at) => about(amd64, `signature ${at}`));
  const ofSignature = about(signatures[0] ?? amd64, 'signature of a signature');
  const bySig = image('cosign');
  const list = storedIndex([{ digest: ofSignature.digest }], { annotations: { list: 'of a client' } });
  const name = (digest: string): string => digest.replace(':', '-');
  const { tree } = read({
    manifests: [index, amd64, arm64, ...signatures, ofSignature],
    pageSize: 2,
    referrers: {
      [amd64.digest]: signatures.map(({ digest }) => digest),
      [signatures[0]?.digest ?? '']: [ofSignature.digest],
    },
    tags: { [`${name(arm64.digest)}.att`]: bySig, [name(signatures[0]?.digest ?? '')]: list },
  });
  const { manifests } = await tree;
  const order = manifests.map(({ digest }) => digest);
  assert.equal(order.length, 11);
  for (const { digest, needs } of manifests)
    for (const need of needs) assert.ok(order.indexOf(need) < order.indexOf(digest));
  const tagsOf = ({ digest }: StoredManifest) => manifests.find(each => each.digest === digest)?.tags;
  assert.deepEqual(tagsOf(bySig), [`${name(arm64.digest)}.att`]);
  assert.deepEqual(tagsOf(list), [name(signatures[0]?.digest ?? '')]);
  assert.deepEqual(tagsOf(amd64), []);
});

test('pages whose tokens come again are no list without an end', async () => {
  const root = image('alone');
  const tokenAfter = (token: string | undefined): string => (token === 'a' ? 'b' : 'a');
  const { tree, calls } = read({ manifests: [root], tokenAfter });
  assert.equal((await tree).manifests.length, 1);
  assert.equal(calls.filter(each => each === 'ListImageReferrers').length, 3);
});

const one = image('one');
const many = Array.from({ length: 1_001 }, (_, at) => image(`image ${at}`));
const forged = { ...image('forged'), digest: digestOf('another') };
const itself = digestOf('itself');
const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';

const refused: [what: string, stored: Stored, message: RegExp][] = [
  [
    'a child that is not there',
    { manifests: [storedIndex([{ digest: digestOf('gone') }])] },
    /does not show sha256:[0-9a-f]{64}, which belongs to/,
  ],
  [
    'an index that names itself, as no digest can',
    { manifests: [{ ...storedIndex([{ digest: itself }]), digest: itself }] },
    /is not what the registry answers/,
  ],
  [
    'a manifest under a digest that is not its own',
    { manifests: [storedIndex([{ digest: forged.digest }]), forged] },
    /is not what the registry answers/,
  ],
  [
    'a child that is no digest',
    { manifests: [storedIndex([{ digest: '../../etc/passwd' }])] },
    /is no digest that ECR knows/,
  ],
  [
    'a referrer that is no digest',
    { manifests: [one], referrers: { [one.digest]: ['latest'] } },
    /'latest' is no digest/,
  ],
  [
    'a layer that is no digest',
    { manifests: [storedImage([{ digest: 'sha256:..', size: 1 }], { config })] },
    /is no digest that ECR knows/,
  ],
  [
    'a layer of another algorithm',
    { manifests: [storedImage([{ digest: `sha512:${'a'.repeat(128)}`, size: 1 }], { config })] },
    /is no digest/,
  ],
  [
    'a layer without a size',
    { manifests: [storedImage([{ digest: digestOf('x') }], { config })] },
    /has no bytes in its manifest/,
  ],
  [
    'a layer of a negative size',
    { manifests: [storedImage([{ digest: digestOf('x'), size: -1 }], { config })] },
    /has -1 bytes in its manifest/,
  ],
  [
    'a layer larger than any',
    { manifests: [storedImage([{ digest: digestOf('x'), size: 1e12 }], { config })] },
    /has 1000000000000 bytes/,
  ],
  [
    'a layer of two sizes',
    { manifests: [storedImage([layer('x'), { ...layer('x'), size: 7 }], { config })] },
    /has 7 bytes in one manifest and 1 in another/,
  ],
  [
    'an index that calls its child another kind',
    {
      manifests: [
        storedIndex([{ digest: one.digest, mediaType: 'application/vnd.oci.image.index.v1+json' }]),
        one,
      ],
    },
    /The index says that the manifest/,
  ],
  [
    'more manifests than belong to an image',
    { manifests: [storedIndex(many.map(({ digest }) => ({ digest }))), ...many] },
    /more than 1000 manifests/,
  ],
  [
    'more referrers than belong to an image',
    { manifests: [one], pageSize: 1, referrers: { [one.digest]: many.map(({ digest }) => digest) } },
    /more than 1000 manifests/,
  ],
];

for (const [what, stored, message] of refused) {
  test(`not copied: ${what}`, async () => {
    await assert.rejects(read(stored).tree, error => error instanceof Failure && message.test(error.message));
  });
}

test('a layer that clients get elsewhere may be absent, and no address in a manifest is asked', async () => {
  const windows = { ...layer('windows'), mediaType: foreign, urls: ['http://169.254.169.254/'] };
  const plain = { ...layer('plain'), urls: ['http://169.254.169.254/'] };
  const { blobs } = await read({ manifests: [storedImage([windows, plain], { config })] }).tree;
  assert.deepEqual(
    blobs.map(({ mayBeAbsent }) => mayBeAbsent),
    [false, true, false],
  );
});
