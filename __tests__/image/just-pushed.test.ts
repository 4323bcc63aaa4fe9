import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { CreateRepositoryCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import { openInspector } from '../../src/aws/inspector.ts';
import { openEcr } from '../../src/aws/ecr.ts';
import type { Image } from '../../src/image/image.ts';
import { readManifest } from '../../src/image/read-manifest.ts';
import { openTagger } from '../../src/image/tagger.ts';
import type { Clock } from '../../src/platform/poll.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openUser } from '../in-process.ts';
import { startAws } from '../world/aws/aws.ts';
import { clientsOf, sampleImage } from '../world/aws/sample.ts';

const name = 'team/app';

/** An image that was pushed just now, and a clock that nobody waits for. */
async function startStory() {
  const aws = await startAws({ oidcProviders: [] });
  const { ecr: pusher } = clientsOf(aws, 'ecr:*');
  await pusher.send(new CreateRepositoryCommand({ repositoryName: name }));
  const pushed = sampleImage(aws.ecr, name);
  await pusher.send(new PutImageCommand({ repositoryName: name, imageManifest: pushed.manifest }));
  const options = openUser(aws, 'ecr:*');
  const { ecr } = await openEcr(aws.region, options);
  let time = Date.now();
  const began = time;
  const clock: Clock = {
    now: () => time,
    async sleep(milliseconds) {
      time += milliseconds;
      await setImmediate();
    },
  };
  const repository: Repository = {
    name,
    arn: `arn:aws:ecr:${aws.region}:${aws.accountId}:repository/${name}`,
    registryId: aws.accountId,
    uri: `host/${name}`,
    mutability: { setting: 'IMMUTABLE', exclusions: [] },
    scanOnPush: true,
    encryption: { type: 'AES256' },
    madeBy: 'this run',
  };
  const image: Image = { kind: 'built', ref: `host/${name}@${pushed.digest}`, digest: pushed.digest };
  const stored = { digest: pushed.digest, text: pushed.manifest, mediaType: pushed.mediaType };
  return {
    aws,
    clients: { region: aws.region, ecr, inspector: () => openInspector(aws.region, options) },
    repository,
    image,
    stored,
    pushed: { clock, signal: options.signal },
    seconds: () => (time - began) / 1_000,
    [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose](),
  };
}

const plan = { platform: { name: 'linux/amd64', isCertain: true } };

test('the manifest of what was pushed is looked for again while ECR does not know it, for half a minute', async () => {
  await using story = await startStory();
  const { aws, clients, repository, image, stored } = story;
  aws.ecr.pushLag.looks = 3;
  const read = readManifest(clients, repository, { image, plan, ...story.pushed });
  assert.equal((await read()).text, stored.text);
  assert.ok(story.seconds() < 5);

  aws.ecr.pushLag.looks = Infinity;
  const never = readManifest(clients, repository, { image, plan, ...story.pushed });
  await assert.rejects(never(), { message: /^ECR does not show .*, which was pushed a moment ago/ });
  assert.ok(story.seconds() > 30 && story.seconds() < 35);
});

test('a tag is put again while ECR does not know what it goes on, but only if that was just pushed', async () => {
  await using story = await startStory();
  const { aws, clients, repository, stored } = story;
  const codes = ['ImageNotFoundException', 'ReferencedImagesNotFoundException', 'LayersNotFoundException'];
  const hide = (times?: number): void => {
    for (const code of codes)
      aws.faults.add({
        match: 'ecr:PutImage',
        kind: 'refuse',
        error: { code, message: 'is not there', status: 400 },
        ...(times !== undefined && { times }),
      });
  };
  hide(1);
  const tagger = openTagger(clients, repository, story.pushed);
  assert.deepEqual(await tagger.put('1.0.0', stored), { kind: 'put' });
  hide();
  await assert.rejects(openTagger(clients, repository).put('1.1.0', stored), { message: /is not there$/ });
  assert.ok(story.seconds() < 10);
  await assert.rejects(tagger.put('1.1.0', stored), { message: /is not there$/ });
  assert.ok(story.seconds() > 30);
});

test('a tag whose answer was lost counts as put by this run, and as its own where ECR then refuses it', async () => {
  await using story = await startStory();
  const { aws, clients, repository, stored } = story;
  aws.faults.add({ match: 'ecr:PutImage', kind: 'lose', times: 1 });
  const tagger = openTagger(clients, repository);
  assert.deepEqual(await tagger.put('1.0.0', stored), { kind: 'put' });
  assert.deepEqual(await tagger.put('1.0.0', stored), { kind: 'there' });
});
