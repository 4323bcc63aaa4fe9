import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateRepositoryCommand,
  PutImageCommand,
  PutRegistryPolicyCommand,
  PutReplicationConfigurationCommand,
} from '@aws-sdk/client-ecr';
import { openEcr } from '../../src/aws/ecr.ts';
import { openInspector } from '../../src/aws/inspector.ts';
import type { Image } from '../../src/image/image.ts';
import { Failure } from '../../src/platform/failure.ts';
import { replaceMasked } from '../../src/platform/masked-values.ts';
import { waitForReplication } from '../../src/replication/wait-for-replication.ts';
import type { ReplicaEntry } from '../../src/report/replicas-table.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { jobOf, simulatedClock } from '../in-process.ts';
import { startAws } from '../world/aws/aws.ts';
import type { Aws } from '../world/aws/aws.ts';
import type { PolicyDocument } from '../world/aws/policy-document.ts';
import { allow, clientsIn, clientsOf, sampleImage } from '../world/aws/sample.ts';

const name = 'team/app';
const [own, other] = ['123456789012', '210987654321'];
const america = { region: 'us-east-1', registryId: own };
const ireland = { region: 'eu-west-1', registryId: other };
const everything = ['ecr:*'];

interface Setting {
  /** Where the registry's rule replicates to. */
  to?: (typeof america)[];
  prefix?: string;
  /** Tells the world how its replications go, before the push. */
  tell?: (aws: Aws) => void;
  /** Does something after the release tags are on, and before the wait. */
  afterwards?: (aws: Aws, put: (platform: string, imageTag: string) => Promise<string>) => Promise<unknown>;
  policies?: PolicyDocument[];
  accountId?: string;
  tags?: string[];
  isBlocked?: boolean;
  other?: object;
  masksAccountId?: boolean;
}

/** What came of a wait. */
interface Wait {
  digest: string;
  entries: ReplicaEntry[] | undefined;
  failure: Failure | undefined;
  /** Milliseconds. */
  took: number;
  log: string[];
  calls: string[];
}

/** Runs the step as it is against ECR as it behaves, while minutes pass in no time. */
async function wait(setting: Setting): Promise<Wait> {
  const clock = simulatedClock();
  await using aws = await startAws({ oidcProviders: [], now: () => new Date(clock.now()) });
  aws.registry({ region: 'us-east-1' });
  aws.registry({ accountId: other, region: 'eu-west-1' });
  const { ecr } = clientsOf(aws, ...everything);
  const owner = clientsIn(aws, other, { actions: everything, region: 'eu-west-1' }).ecr;
  await ecr.send(new CreateRepositoryCommand({ repositoryName: name }));
  await owner.send(
    new PutRegistryPolicyCommand({
      policyText: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Source',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${own}:root` },
            Action: ['ecr:ReplicateImage', 'ecr:CreateRepository'],
            Resource: '*',
          },
        ],
      }),
    }),
  );
  const { to = [america], prefix = 'team/' } = setting;
  const rule = {
    destinations: to,
    repositoryFilters: [{ filter: prefix, filterType: 'PREFIX_MATCH' as const }],
  };
  await ecr.send(
    new PutReplicationConfigurationCommand({
      replicationConfiguration: { rules: to.length > 0 ? [rule] : [] },
    }),
  );
  setting.tell?.(aws);
  const put = async (platform: string, imageTag?: string): Promise<string> => {
    const { manifest: imageManifest, digest } = sampleImage(aws.ecr, name, { platform });
    await ecr.send(
      new PutImageCommand({
        repositoryName: name,
        imageManifest,
        ...(imageTag !== undefined && { imageTag }),
      }),
    );
    return digest;
  };
  const { tags = ['1.2.3'] } = setting;
  // The push of the candidate, and the release of the tags.
  const digest = await put('linux/amd64');
  for (const tag of tags) await put('linux/amd64', tag);
  await setting.afterwards?.(aws, put);

  const user = { accessKeyId: 'AKIAEXAMPLEOFWAITER', secretAccessKey: 'a/secret+of/a+waiter' };
  const { accountId = own, policies = [allow(...everything)] } = setting;
  aws.iam.putUser({ name: 'waiter', accountId, ...user, policies });
  // As everybody who tests against a stand-in tells the SDK.
  process.env['AWS_ENDPOINT_URL'] = aws.url;
  const options = {
    credentials: () =>
      Promise.resolve({ ...user, sessionToken: '', expiration: new Date(clock.now() + 36e5) }),
    denied: (message: string) => `Grant it: ${message}`,
    signal: new AbortController().signal,
  };
  const session = {
    region: aws.region,
    ...(await openEcr(aws.region, options)),
    inspector: () => openInspector(aws.region, options),
    credentials: options.credentials,
  };
  const repository: Repository = {
    name,
    registryId: own,
    uri: `host/${name}`,
    mutability: { setting: 'MUTABLE', exclusions: [] },
    scanOnPush: false,
    encryption: { type: 'AES256' },
    madeBy: 'this run',
  };
  const image: Image = { kind: 'built', ref: `host/${name}@${digest}`, digest };
  const [log, before, began] = [new Array<string>(), aws.requests.length, clock.now()];
  let entries: ReplicaEntry[] | undefined;
  const run = {
    job: jobOf(log),
    plan: {
      replication: { wait: true, timeout: 240_000 },
      role: { masksAccountId: setting.masksAccountId ?? false },
    },
    tell: ({ replicas }: { replicas?: ReplicaEntry[] }) => void (entries = replicas),
  };
  const { isBlocked = false } = setting;
  const failure = await waitForReplication(run, session, {
    repository,
    image,
    released: tags,
    isBlocked,
    other: setting.other,
    clock,
  }).then(
    () => undefined,
    (error: unknown) => {
      assert.ok(error instanceof Failure, String(error));
      return error;
    },
  );
  const calls = aws.requests.slice(before).map(({ operation }) => operation);
  return { digest, entries, failure, took: clock.now() - began, log, calls };
}

/** Puts an image of somebody else's into the repository in America. */
async function putThere(aws: Aws, imageTag: string): Promise<void> {
  const there = aws.registry({ region: america.region });
  const { ecr } = clientsIn(aws, own, { actions: everything, region: america.region });
  const { manifest: imageManifest } = sampleImage(there, name, { platform: 'linux/s390x' });
  await ecr.send(new PutImageCommand({ repositoryName: name, imageManifest, imageTag }));
}

const statusesOf = ({ entries = [] }: Wait): string[] => entries.map(({ status }) => status);

test('an image is waited for in each region and account until its tags are there, though the list is empty at first', async () => {
  const done = await wait({
    to: [america, ireland],
    tell(aws) {
      aws.ecr.replication.tell({ listedAfterMs: 5_000, takesMs: 20_000 });
      aws.ecr.replication.tell({ match: { region: 'eu-west-1' }, listedAfterMs: 5_000, takesMs: 90_000 });
    },
    // The policy of the repository that replication has made there cannot be ours.
    policies: [allow('ecr:*')],
  });
  assert.equal(done.failure, undefined);
  assert.deepEqual(done.entries, [
    {
      ...america,
      digest: done.digest,
      status: 'replicated',
      image: `${own}.dkr.ecr.us-east-1.amazonaws.com/team/app@${done.digest}`,
      checked: 'tags',
      tags: ['1.2.3'],
    },
    { ...ireland, digest: done.digest, status: 'replicated', checked: 'digest', tags: [] },
  ]);
  assert.ok(done.took >= 90_000 && done.took < 100_000, `${done.took} ms`);
  assert.ok(done.calls.length < 30, `${done.calls.length} calls`);
  const log = done.log.join('\n');
  assert.match(log, /us-east-1 not listed yet; eu-west-1 of account 210987654321 not listed yet \(0\.\d s\)/);
  assert.match(log, /us-east-1 IN_PROGRESS/);
  assert.match(log, /us-east-1 COMPLETE, 1\.2\.3; eu-west-1 of account 210987654321 IN_PROGRESS/);
  assert.match(log, /eu-west-1 of account 210987654321: COMPLETE \(digest only\)/);
});

const ofTags = { match: { isTagged: true } };

test('COMPLETE of the push alone does not do: the release tags that came later are waited for', async () => {
  const tell = (aws: Aws) => aws.ecr.replication.tell({ takesMs: 40_000, ...ofTags });
  const done = await wait({ tell });
  assert.equal(done.failure, undefined);
  assert.deepEqual(done.entries?.[0]?.tags, ['1.2.3']);
  assert.ok(done.took >= 40_000 && done.took < 48_000, `${done.took} ms`);
  assert.match(done.log.join('\n'), /us-east-1 COMPLETE, without 1\.2\.3 \(/);
  // Without release tags the digest is what counts, and it is there.
  const digestAlone = await wait({ tell, tags: [] });
  assert.deepEqual(statusesOf(digestAlone), ['replicated']);
  assert.ok(digestAlone.took < 1_000, `${digestAlone.took} ms`);
});

test('one that fails and one that is late stop no other, and each is told with its reason', async () => {
  const tokyo = { region: 'ap-northeast-1', registryId: own };
  const done = await wait({
    to: [america, ireland, tokyo],
    tell(aws) {
      aws.registry({ region: tokyo.region });
      aws.ecr.replication.tell({ takesMs: 30_000, match: { region: america.region } });
      aws.ecr.replication.tell({ failureCode: 'KmsKeyDisabled', match: { region: ireland.region } });
      aws.ecr.replication.tell({ takesMs: 600_000, match: { region: tokyo.region } });
    },
  });
  assert.deepEqual(statusesOf(done), ['replicated', 'failed', 'timed-out']);
  assert.deepEqual(done.entries?.slice(1), [
    {
      ...ireland,
      digest: done.digest,
      status: 'failed',
      reason: 'FAILED (KmsKeyDisabled)',
      failureCode: 'KmsKeyDisabled',
    },
    { ...tokyo, digest: done.digest, status: 'timed-out', reason: 'IN_PROGRESS' },
  ]);
  assert.match(
    done.failure?.message ?? '',
    /^ECR has not replicated host\/team\/app@sha256:\w+ to 2 of 3 registries:\n- eu-west-1 of account 210987654321: FAILED \(KmsKeyDisabled\)\n- ap-northeast-1: not within 240\.0 s \(last seen: IN_PROGRESS\)$/,
  );
  assert.match(done.failure?.remedy ?? '', /ecr:ReplicateImage.*\n.*Raise `replication-timeout`/);
});

test('what is never listed, and a tag that cannot move there, are told with what to do about them', async () => {
  const absent = await wait({ tell: aws => aws.ecr.replication.tell({ isAbsent: true }) });
  assert.match(absent.failure?.message ?? '', /not within 240\.0 s \(last seen: not listed yet\)/);
  assert.match(
    absent.failure?.remedy ?? '',
    /An older image comes there by a backfill of the replication, or by `copy-to`/,
  );

  const held = await wait({
    tell: aws => aws.ecr.replication.tell({ isAbsent: true, ...ofTags }),
    afterwards: aws => putThere(aws, '1.2.3'),
  });
  assert.match(held.failure?.message ?? '', /last seen: COMPLETE, but 1\.2\.3 is on sha256:\w+ there/);
  assert.match(held.failure?.remedy ?? '', /does not let it move/);
});

test('a tag that another run has moved to its own image meanwhile is not waited for', async () => {
  const done = await wait({
    tags: ['1.2.3', 'latest'],
    afterwards: (_aws, put) => put('linux/arm64', 'latest'),
  });
  assert.equal(done.failure, undefined);
  assert.deepEqual(done.entries?.[0]?.tags, ['1.2.3']);
  assert.equal(done.log.filter(line => /^latest is on sha256:\w+ no longer/.test(line)).length, 1);
});

test('where the account id is masked, those that only the rules name are masked too', async () => {
  const place = `eu-west-1 of account ${other}`;
  assert.equal(replaceMasked(place), place);
  await wait({ to: [ireland], masksAccountId: true });
  assert.equal(replaceMasked(place), 'eu-west-1 of account ***');
});

test('where no rule is for the repository, that is said, and nothing else is asked', async () => {
  for (const setting of [{ prefix: 'released/' }, { to: [] }]) {
    const done = await wait(setting);
    assert.deepEqual([done.failure, done.entries, done.calls], [undefined, [], ['DescribeRegistry']]);
    assert.deepEqual(done.log, ['No rule of the registry replicates team/app']);
  }
});

test('an image that is blocked, or in whose place another one is released, is not asked for', async () => {
  for (const setting of [{ isBlocked: true }, { other: {} }])
    assert.deepEqual((await wait(setting)).calls, []);
});

test('the role is told what it lacks, and where it may not read there the digest alone is known', async () => {
  const here = `arn:aws:ecr:eu-central-1:${own}:repository/team/app`;
  const rules = { Effect: 'Allow' as const, Action: 'ecr:DescribeRegistry', Resource: '*' };
  const state = { Effect: 'Allow' as const, Action: 'ecr:DescribeImageReplicationStatus', Resource: here };
  const policyOf = (...Statement: object[]) =>
    JSON.parse(JSON.stringify({ Version: '2012-10-17', Statement }));
  const none = await wait({ policies: [] });
  assert.match(none.failure?.message ?? '', /ecr:DescribeRegistry failed/);
  const some = await wait({ policies: [policyOf(rules)] });
  assert.match(some.failure?.message ?? '', /ecr:DescribeImageReplicationStatus failed/);
  assert.match(some.failure?.remedy ?? '', /^Grant it: User: .*ecr:DescribeImageReplicationStatus/);
  const both = await wait({ policies: [policyOf(rules, state)] });
  assert.deepEqual(both.entries, [
    { ...america, digest: both.digest, status: 'replicated', checked: 'digest', tags: [] },
  ]);
  // It sees the tags, and may not ask for the URI.
  const there = {
    Effect: 'Allow',
    Action: 'ecr:BatchGetImage',
    Resource: 'arn:aws:ecr:*:*:repository/team/app',
  };
  const seen = await wait({ policies: [policyOf(rules, state, there)] });
  assert.deepEqual(seen.entries, [
    { ...america, digest: seen.digest, status: 'replicated', checked: 'tags', tags: ['1.2.3'] },
  ]);
  const foreign = await wait({ accountId: other });
  assert.match(foreign.failure?.message ?? '', /^The role is of account 210987654321/);
});

test('a session that an opt-in region does not know leaves the digest alone known there', async () => {
  const error = {
    code: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
    status: 400,
  };
  const done = await wait({
    afterwards(aws) {
      const there = aws.registry({ region: america.region });
      there.faults.add({ match: 'ecr:BatchGetImage', kind: 'refuse', error });
      return Promise.resolve();
    },
  });
  assert.equal(done.failure, undefined);
  assert.deepEqual(done.entries, [
    { ...america, digest: done.digest, status: 'replicated', checked: 'digest', tags: [] },
  ]);
});

test('pages of a proxy in place of answers do not end the wait', async () => {
  const done = await wait({
    afterwards(aws) {
      const fault = { kind: 'page', times: 3 } as const;
      aws.ecr.faults.add({ match: 'ecr:DescribeImageReplicationStatus', ...fault });
      aws.registry({ region: america.region }).faults.add({ match: 'ecr:BatchGetImage', ...fault });
      return Promise.resolve();
    },
  });
  assert.deepEqual(statusesOf(done), ['replicated']);
  assert.match(
    done.log.join('\n'),
    /us-east-1 not listed yet; ECR did not answer \((.|\n)*us-east-1 COMPLETE, but ECR did not answer there \(/,
  );
});
