import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateRepositoryCommand, StartLifecyclePolicyPreviewCommand } from '@aws-sdk/client-ecr';
import { openEcr } from '../../src/aws/ecr.ts';
import { previewLifecycle } from '../../src/repository/lifecycle-preview.ts';
import { startAws } from '../world/aws/aws.ts';
import { allow, clientsOf } from '../world/aws/sample.ts';

const repositoryName = 'team/app';

function policyOf(countNumber: number): string {
  const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber };
  const rule = { rulePriority: 1, description: 'Keeps the newest', selection, action: { type: 'expire' } };
  return JSON.stringify({ rules: [rule] });
}

/** A repository with three images, our way to it, and another job's. */
async function startStory() {
  const aws = await startAws({ oidcProviders: [] });
  const { ecr: other } = clientsOf(aws, 'ecr:*');
  await other.send(new CreateRepositoryCommand({ repositoryName }));
  for (const tag of ['a', 'b', 'c']) aws.ecr.addImage(repositoryName, { tags: [tag] });
  const user = { accessKeyId: 'AKIAEXAMPLEOFOURS', secretAccessKey: 'a/secret+of/ours' };
  aws.iam.putUser({ name: 'ours', ...user, policies: [allow('ecr:*')] });
  process.env['AWS_ENDPOINT_URL'] = aws.url;
  const { signal } = new AbortController();
  const { ecr } = await openEcr(aws.region, {
    credentials: () => Promise.resolve({ ...user, sessionToken: '', expiration: new Date(Date.now() + 3e6) }),
    denied: message => message,
    signal,
  });
  const log: string[] = [];
  const write = (text: string): void => void log.push(text);
  const preview = (lifecyclePolicyText: string) =>
    previewLifecycle(
      ecr,
      { repositoryName, registryId: aws.accountId, lifecyclePolicyText },
      { log: { info: write, raw: write, warn: write, result: write }, signal },
    );
  const start = (lifecyclePolicyText: string) =>
    other.send(new StartLifecyclePolicyPreviewCommand({ repositoryName, lifecyclePolicyText }));
  return { aws, ecr, log, preview, start, [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
}

test("another job's preview is waited for, as ECR makes one at a time", async () => {
  await using story = await startStory();
  story.aws.ecr.previews.looks = 2;
  await story.start(policyOf(100));
  const results = await story.preview(policyOf(1));
  assert.equal(results.length, 2);
  assert.match(story.log[0] ?? '', /^Waiting for another preview, as ECR makes one at a time/);
  assert.match(story.log.at(-1) ?? '', /^Waiting for the preview of the lifecycle policy/);
});

test("another job's preview that has taken the place of ours is not taken for ours", async () => {
  await using story = await startStory();
  const { aws, ecr, preview, start } = story;
  aws.ecr.previews.looks = 0;
  const begin = ecr.startLifecyclePolicyPreview.bind(ecr);
  let starts = 0;
  ecr.startLifecyclePolicyPreview = async request => {
    const answer = await begin(request);
    starts += 1;
    if (starts === 1) await start(policyOf(100));
    return answer;
  };
  assert.equal((await preview(policyOf(1))).length, 2);
  assert.equal(starts, 2);
});
