import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateRepositoryCommand,
  GetLifecyclePolicyPreviewCommand,
  paginateGetLifecyclePolicyPreview,
  PutLifecyclePolicyCommand,
  StartLifecyclePolicyPreviewCommand,
} from '@aws-sdk/client-ecr';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import type { Aws } from './aws.ts';
import type { PastImage } from './ecr/past-image.ts';
import { clientsOf, isRefusal } from './sample.ts';

const repositoryName = 'team/app';
const day = 24 * 60 * 60 * 1000;

interface Selection {
  tags?: string[];
  prefixes?: string[];
  status?: 'untagged' | 'any';
  keep?: number;
  days?: number;
  since?: 'Pushed' | 'Pulled' | 'Transitioned';
}

/** A rule in few words: whom it selects, and how many of them or for how many days it keeps. */
function rule(rulePriority: number, { tags, prefixes, status, keep, days, since = 'Pushed' }: Selection) {
  const archive = since === 'Transitioned' ? { storageClass: 'archive' } : {};
  const action =
    since === 'Pulled' ? { type: 'transition', targetStorageClass: 'archive' } : { type: 'expire' };
  return {
    rulePriority,
    description: 'A rule of a test, with words that make it long enough',
    selection: {
      tagStatus: status ?? 'tagged',
      ...(tags ? { tagPatternList: tags } : {}),
      ...(prefixes ? { tagPrefixList: prefixes } : {}),
      ...archive,
      ...(keep === undefined
        ? { countType: `sinceImage${since}`, countUnit: 'days', countNumber: days }
        : { countType: 'imageCountMoreThan', countNumber: keep }),
    },
    action,
  };
}

type Rule = ReturnType<typeof rule>;

interface Story {
  what: string;
  /** Letters name images, in the answer too; days since they were pushed, and their tags. */
  images: Record<string, [days: number, ...tags: string[]]>;
  rules: Rule[];
  /** Image and the rule that it goes by. */
  go: string[];
}

const multiple = {
  A: [10, 'beta-1', 'prod-1'],
  B: [9, 'beta-2', 'prod-2'],
  C: [8, 'beta-3'],
} satisfies Story['images'];

/** The examples of https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_examples.html and more. */
const stories: Story[] = [
  {
    what: 'what a rule selects and keeps, no later rule expires',
    images: multiple,
    rules: [rule(1, { tags: ['prod*'], keep: 1 }), rule(2, { tags: ['beta*'], keep: 1 })],
    go: ['A 1'],
  },
  {
    what: 'rules are applied by their priority, wherever they stand',
    images: multiple,
    rules: [rule(9, { prefixes: ['prod'], keep: 1 }), rule(3, { prefixes: ['beta'], keep: 1 })],
    go: ['A 3', 'B 3'],
  },
  {
    what: 'an image has to match all patterns, with any of its tags',
    images: {
      A: [12, 'alpha-1'],
      B: [11, 'beta-1'],
      C: [10, 'alpha-2', 'beta-2'],
      D: [4, 'alpha-3'],
      E: [2, 'alpha-4', 'beta-4'],
    },
    rules: [rule(1, { prefixes: ['alpha', 'beta'], days: 5 })],
    go: ['C 1'],
  },
  {
    what: 'what one rule has expired still counts for the next',
    images: { A: [4, 'v1'], B: [3], C: [2, 'v2'], D: [1] },
    rules: [rule(1, { status: 'untagged', keep: 1 }), rule(2, { status: 'any', keep: 3 })],
    go: ['B 1', 'A 2'],
  },
  {
    what: 'untagged images go by their age',
    images: { A: [15], B: [13], C: [15, 'v1'] },
    rules: [rule(1, { status: 'untagged', days: 14 })],
    go: ['A 1'],
  },
];

for (const { what, images, rules, go } of stories) {
  test(what, async () => {
    await using world = await start();
    const names = new Map(
      Object.entries(images).map(([name, [days, ...tags]]) => [world.add(days, { tags }), name]),
    );
    const { previewResults = [], summary } = await world.preview(rules);
    assert.deepEqual(
      previewResults.map(({ imageDigest = '', appliedRulePriority }) => {
        return `${names.get(imageDigest)} ${appliedRulePriority}`;
      }),
      go,
    );
    assert.equal(summary?.expiringImageTotalCount, go.length);
  });
}

test('an image of an index counts, but goes only after the index', async () => {
  await using world = await start();
  const children = [world.add(30), world.add(30)];
  const index = world.add(31, { children, tags: ['v1'] });
  const untagged = [rule(1, { status: 'untagged', days: 14 })];
  assert.deepEqual((await world.preview(untagged)).previewResults, []);
  const { previewResults } = await world.preview([rule(1, { status: 'any', keep: 1 })]);
  assert.deepEqual(previewResults, [
    {
      imageTags: ['v1'],
      imageDigest: index,
      imagePushedAt: previewResults?.[0]?.imagePushedAt,
      action: { type: 'EXPIRE' },
      appliedRulePriority: 1,
      storageClass: 'STANDARD',
    },
  ]);
});

test('images are archived by their last pull, and expired by the day when they were', async () => {
  await using world = await start();
  const never = world.add(40, { tags: ['a'] });
  const pulled = world.add(40, { tags: ['b'] });
  const archived = world.add(400, { tags: ['c'] });
  world.aws.ecr.dateImage(repositoryName, 'b', { lastPulledAt: new Date(Date.now() - 2 * day) });
  world.aws.ecr.dateImage(repositoryName, archived, { archivedAt: new Date(Date.now() - 100 * day) });
  const { previewResults = [], summary } = await world.preview([
    rule(1, { status: 'any', days: 30, since: 'Pulled' }),
    rule(2, { status: 'any', days: 90, since: 'Transitioned' }),
  ]);
  assert.deepEqual(
    previewResults.map(({ imageDigest, action }) => [imageDigest, action]),
    [
      [never, { type: 'TRANSITION', targetStorageClass: 'ARCHIVE' }],
      [archived, { type: 'EXPIRE' }],
    ],
  );
  assert.ok(!previewResults.some(({ imageDigest }) => imageDigest === pulled));
  assert.deepEqual(summary, {
    expiringImageTotalCount: 1,
    transitioningImageTotalCounts: [{ targetStorageClass: 'ARCHIVE', imageTotalCount: 1 }],
  });
});

test('a preview takes its time, and another one waits for it', async () => {
  await using world = await start();
  const { aws, ecr } = world;
  aws.ecr.previews.looks = 2;
  const get = async () => (await ecr.send(new GetLifecyclePolicyPreviewCommand({ repositoryName }))).status;
  const begin = (rules?: Rule[]) =>
    ecr.send(
      new StartLifecyclePolicyPreviewCommand({
        repositoryName,
        ...(rules ? { lifecyclePolicyText: JSON.stringify({ rules }) } : {}),
      }),
    );
  await assert.rejects(get(), error =>
    isRefusal(
      error,
      'LifecyclePolicyPreviewNotFoundException',
      "Lifecycle policy preview does not exist for the repository with name 'team/app' in the registry with id '123456789012'",
    ),
  );
  await assert.rejects(begin(), { name: 'LifecyclePolicyNotFoundException' });

  const { status } = await begin([rule(1, { status: 'any', keep: 1 })]);
  assert.equal(status, 'IN_PROGRESS');
  await assert.rejects(begin([rule(1, { status: 'any', keep: 2 })]), {
    name: 'LifecyclePolicyPreviewInProgressException',
  });
  assert.deepEqual([await get(), await get()], ['IN_PROGRESS', 'COMPLETE']);

  aws.ecr.previews.looks = 0;
  aws.ecr.previews.status = 'FAILED';
  await begin([rule(1, { status: 'any', keep: 1 })]);
  assert.equal(await get(), 'FAILED');
});

test('without a text, the preview is of the policy that the repository has', async () => {
  await using world = await start();
  world.aws.ecr.previews.looks = 0;
  world.add(20);
  const lifecyclePolicyText = JSON.stringify({ rules: [rule(1, { status: 'untagged', days: 14 })] });
  await world.ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
  await world.ecr.send(new StartLifecyclePolicyPreviewCommand({ repositoryName }));
  const got = await world.ecr.send(new GetLifecyclePolicyPreviewCommand({ repositoryName }));
  assert.equal(got.lifecyclePolicyText, lifecyclePolicyText);
  assert.equal(got.previewResults?.length, 1);
});

test('the results come in pages, and only those that are asked for', async () => {
  await using world = await start();
  for (const days of [5, 4, 3]) world.add(days);
  const tagged = world.add(2, { tags: ['v1'] });
  world.add(1);
  await world.preview([rule(1, { status: 'any', keep: 1 })]);
  const pages: number[] = [];
  for await (const { previewResults = [] } of paginateGetLifecyclePolicyPreview(
    { client: world.ecr, pageSize: 3 },
    { repositoryName },
  )) {
    pages.push(previewResults.length);
  }
  assert.deepEqual(pages, [3, 1]);
  for (const narrowed of [{ filter: { tagStatus: 'TAGGED' as const } }, { imageIds: [{ imageTag: 'v1' }] }]) {
    const { previewResults, summary } = await world.ecr.send(
      new GetLifecyclePolicyPreviewCommand({ repositoryName, ...narrowed }),
    );
    assert.deepEqual(
      previewResults?.map(({ imageDigest }) => imageDigest),
      [tagged],
    );
    assert.equal(summary?.expiringImageTotalCount, 4);
  }
  await assert.rejects(
    world.ecr.send(
      new GetLifecyclePolicyPreviewCommand({ repositoryName, maxResults: 3, imageIds: [{ imageTag: 'v1' }] }),
    ),
    { name: 'InvalidParameterException' },
  );
});

test('a preview needs permissions of its own', async () => {
  await using world = await start();
  const { ecr } = clientsOf(world.aws, 'ecr:PutLifecyclePolicy');
  await assert.rejects(ecr.send(new StartLifecyclePolicyPreviewCommand({ repositoryName })), error =>
    isRefusal(error, 'AccessDeniedException', /ecr:StartLifecyclePolicyPreview on resource: .*\/team\/app /),
  );
  await assert.rejects(ecr.send(new GetLifecyclePolicyPreviewCommand({ repositoryName })), error =>
    isRefusal(error, 'AccessDeniedException', /ecr:GetLifecyclePolicyPreview on resource: .*\/team\/app /),
  );
});

interface World extends AsyncDisposable {
  aws: Aws;
  ecr: ECRClient;
  add(days: number, image?: PastImage): string;
  preview(rules: Rule[]): ReturnType<typeof getPreview>;
}

async function start(): Promise<World> {
  const aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  return {
    aws,
    ecr,
    add: (days, image = {}) =>
      aws.ecr.addImage(repositoryName, { ...image, pushedAt: new Date(Date.now() - days * day) }),
    async preview(rules) {
      aws.ecr.previews.looks = 0;
      const lifecyclePolicyText = JSON.stringify({ rules });
      await ecr.send(new StartLifecyclePolicyPreviewCommand({ repositoryName, lifecyclePolicyText }));
      return await getPreview(ecr);
    },
    [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose](),
  };
}

async function getPreview(ecr: ECRClient) {
  return await ecr.send(new GetLifecyclePolicyPreviewCommand({ repositoryName }));
}
