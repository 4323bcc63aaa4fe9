import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  ImageAlreadyExistsException,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import { openEcr } from '../../src/aws/ecr.ts';
import { openInspector } from '../../src/aws/inspector.ts';
import type { Build } from '../../src/build/build.ts';
import { fingerprintOf } from '../../src/build/fingerprint.ts';
import { digestOf } from '../../src/ecr/manifest.ts';
import { fingerprintAnnotation } from '../../src/image/description.ts';
import type { Image } from '../../src/image/image.ts';
import { makePlan } from '../../src/plan.ts';
import type { Reuse } from '../../src/reuse/decide.ts';
import { followCommitTag, takesOther } from '../../src/reuse/follow-commit-tag.ts';
import { releaseTags } from '../../src/tags/release-tags.ts';
import { jobOf } from '../in-process.ts';
import { build, commit, inputs, sha } from '../sample.ts';
import { startAws } from '../world/aws/aws.ts';
import type { Aws } from '../world/aws/aws.ts';
import { allow, clientsOf, sampleImage } from '../world/aws/sample.ts';

/** What a job does to the registry, one after the other: its build's pushes, and its end, when tags are released. */
const acts = {
  'after-gate': ['commit', 'end'],
  'with-push': ['commit', 'release', 'end'],
} as const;

type Act = (typeof acts)[keyof typeof acts][number];

interface Setting {
  release?: keyof typeof acts;
  reuse?: Reuse;
  builds?: [Build, Build];
  blocks?: 'A' | 'B';
}

interface Story {
  /** The names of the jobs whose images the tags name in the end. */
  commit: string;
  release: string;
  /** The same of the commit's tag at a destination, to which each job copies its image in the end. */
  copied: string;
  /** The image that each job tells in the end. */
  told: Record<string, string>;
  log: string[];
  calls: string[];
}

const name = 'team/app';

/** A client of ours, and one by which others push. */
async function clients(aws: Aws) {
  const user = { accessKeyId: 'AKIAEXAMPLEOFOURS', secretAccessKey: 'a/secret+of/ours' };
  aws.iam.putUser({ name: 'ours', ...user, policies: [allow('ecr:*')] });
  process.env['AWS_ENDPOINT_URL'] = aws.url;
  const expiration = new Date(Date.now() + 3_600_000);
  const options = {
    credentials: () => Promise.resolve({ ...user, sessionToken: '', expiration }),
    denied: (message: string) => message,
    signal: new AbortController().signal,
  };
  const { ecr } = await openEcr(aws.region, options);
  const inspector = () => openInspector(aws.region, options);
  return { registry: clientsOf(aws, 'ecr:*').ecr, ours: { region: aws.region, ecr, inspector } };
}

/** Two jobs of one commit in a repository whose tags move, whose acts come in this order. */
async function tell(order: readonly string[], setting: Setting = {}): Promise<Story> {
  const { release = 'after-gate', reuse = 'commit', builds = [build, build] } = setting;
  // Each story has an account of its own, as ECR takes ten images a second.
  await using aws = await startAws({ oidcProviders: [] });
  const { registry, ours } = await clients(aws);
  await registry.send(new CreateRepositoryCommand({ repositoryName: name }));
  const repository = {
    name,
    registryId: aws.accountId,
    uri: `host/${name}`,
    mutability: { setting: 'MUTABLE' as const, exclusions: [] },
    scanOnPush: false,
    encryption: { type: 'AES256' as const },
    madeBy: 'somebody before' as const,
  };
  const log: string[] = [];
  const told: Record<string, string> = {};
  let copied = '';
  const namesByDigest = new Map<string, string>();
  const calls: string[] = [];
  const jobs = ['A', 'B'].map((job, at) => {
    const base: object = JSON.parse(sampleImage(aws.ecr, name, { platform: 'linux/amd64' }).manifest);
    const own = builds[at] ?? build;
    const text = JSON.stringify({
      ...base,
      annotations: { job, [fingerprintAnnotation]: fingerprintOf(own) },
    });
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const digest = digestOf(text);
    namesByDigest.set(digest, job);
    const plan = {
      ...makePlan(inputs, commit),
      build: own,
      release,
      reuse,
      tags: { ...makePlan(inputs, commit).tags, releases: ['1.2.3'] },
    };
    const run = { job: jobOf({ push: line => log.push(`${job}: ${line}`) }), plan, tell: () => {} };
    const put = (imageTag: string) =>
      registry
        .send(new PutImageCommand({ repositoryName: name, imageManifest: text, imageTag }))
        .catch(error => {
          // The other job has put it there; a registry takes such a push.
          if (!(error instanceof ImageAlreadyExistsException)) throw error;
        });
    const end = async (image: Image): Promise<Image> => {
      told[job] = namesByDigest.get(image.digest) ?? '';
      const manifest = () =>
        Promise.resolve({
          ...(image.kind === 'built' ? { text, mediaType } : image.manifest),
          platforms: [],
        });
      const place = { repository, existing: { releases: {} }, image, manifest };
      const isBlocked = setting.blocks === told[job];
      const options = { ...place, isBlocked, takes: takesOther(run, place) };
      const { other, isOvertaken } = await releaseTags(run, ours, options);
      if (other === undefined && !isOvertaken) copied = told[job];
      return followCommitTag(run, { ...place, other }, end);
    };
    return {
      commit: () => put(sha),
      release: () => put('1.2.3'),
      async end() {
        const began = aws.requests.length;
        await end({ kind: 'built', ref: `${repository.uri}@${digest}`, digest, tag: sha });
        calls.push(
          aws.requests
            .slice(began)
            .map(({ operation }) => operation)
            .join(),
        );
      },
    } satisfies Record<Act, () => Promise<unknown>>;
  });
  const [first, second] = jobs;
  assert.ok(first && second);
  for (const each of order) {
    const job = each.startsWith('A') ? first : second;
    const act = (['commit', 'release', 'end'] as const).find(known => known === each.slice(2));
    assert.ok(act);
    await job[act]();
  }
  const holderOf = async (imageTag: string): Promise<string> => {
    const { images = [] } = await registry.send(
      new BatchGetImageCommand({ repositoryName: name, imageIds: [{ imageTag }] }),
    );
    return namesByDigest.get(images[0]?.imageId?.imageDigest ?? '') ?? '';
  };
  return { commit: await holderOf(sha), release: await holderOf('1.2.3'), copied, told, log, calls };
}

/** Every order of the acts of two jobs in which each job's own keep theirs. */
function interleavings(release: keyof typeof acts): string[][] {
  const merge = (a: string[], b: string[]): string[][] => {
    const [firstOfA, ...restOfA] = a;
    const [firstOfB, ...restOfB] = b;
    if (firstOfA === undefined || firstOfB === undefined) return [[...a, ...b]];
    return [
      ...merge(restOfA, b).map(rest => [firstOfA].concat(rest)),
      ...merge(a, restOfB).map(rest => [firstOfB].concat(rest)),
    ];
  };
  return merge(
    acts[release].map(act => `A ${act}`),
    acts[release].map(act => `B ${act}`),
  );
}

test('in whatever order two jobs of one commit push and release, the release tag is on the image of the commit', async () => {
  for (const release of ['after-gate', 'with-push'] as const) {
    for (const order of interleavings(release)) {
      const story = await tell(order, { release });
      const said = `${release}: ${order.join(', ')}`;
      assert.equal(story.release, story.commit, said);
      // Who ends after the last push of the commit's tag tells the image that it names.
      const last = Math.max(order.indexOf('A commit'), order.indexOf('B commit'));
      for (const job of ['A', 'B'])
        if (order.indexOf(`${job} end`) > last)
          assert.equal(story.told[job], story.commit, `${said}: ${job}`);
    }
  }
});

test('without a race the look at the tag of the commit costs no call', async () => {
  const { calls, log } = await tell(['A commit', 'A end', 'B commit', 'B end']);
  assert.deepEqual(calls, ['BatchGetImage,PutImage', 'BatchGetImage,PutImage']);
  assert.doesNotMatch(log.join('\n'), /Another job has put \w{40}/);
});

test('an image of other inputs is not taken: a warning names both, and it is as if the jobs had followed each other', async () => {
  const other = { ...build, labels: ['a=b'] };
  const unpinned = { ...build, context: 'https://github.com/o/r.git#main' };
  const settings: Setting[] = [
    { builds: [build, other] },
    { reuse: 'off' },
    { builds: [unpinned, unpinned] },
  ];
  for (const setting of settings) {
    for (const order of interleavings('after-gate')) {
      const story = await tell(order, setting);
      const said = `${JSON.stringify(setting)}: ${order.join(', ')}`;
      assert.equal(story.release, story.commit, said);
      assert.equal(story.copied, story.commit, said);
      assert.deepEqual(story.told, { A: 'A', B: 'B' }, said);
      const last = Math.max(order.indexOf('A commit'), order.indexOf('B commit'));
      const overtaken = story.commit === 'A' ? 'B' : 'A';
      const noticed = order.indexOf(`${overtaken} end`) > last;
      const warning = new RegExp(
        `^${overtaken}: Another job has put the commit's tag ${sha} on sha256:`,
        'm',
      );
      assert.equal(warning.test(story.log.join('\n')), noticed, said);
    }
  }
});

test('a blocked image releases nothing, whatever the tag of the commit names', async () => {
  const { release, told } = await tell(['A commit', 'B commit', 'B end', 'A end'], { blocks: 'B' });
  // A has taken the image of B, which the gate blocks for A too.
  assert.deepEqual([release, told], ['', { A: 'B', B: 'B' }]);
});
