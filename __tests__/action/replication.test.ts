import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  InitiateLayerUploadCommand,
  PutImageCommand,
  PutRegistryPolicyCommand,
  PutReplicationConfigurationCommand,
  StartImageScanCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { digestOf } from '../world/aws/ecr/content.ts';
import { clientsIn, clientsOf } from '../world/aws/sample.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

const name = 'team/hello';
const other = '210987654321';
const [america, ireland, tokyo] = ['us-east-1', 'eu-west-1', 'ap-northeast-1'];

test('a release is waited for where ECR replicates it, and what failed or is late there makes the step red', async () => {
  await using world = await startWorld();
  const { aws } = world;
  const replica = await world.openRegistry({ region: america });
  aws.registry({ region: tokyo });
  await letReplicate(world);
  const own = aws.accountId;
  const { ecr } = clientsOf(aws, 'ecr:*');
  await ecr.send(new CreateRepositoryCommand({ repositoryName: name }));
  const to = (...destinations: { region: string; registryId: string }[]) =>
    ecr.send(
      new PutReplicationConfigurationCommand({
        replicationConfiguration: {
          rules: [{ destinations, repositoryFilters: [{ filter: 'team/', filterType: 'PREFIX_MATCH' }] }],
        },
      }),
    );
  const release = (image: string, tags: string, timeout: string) =>
    world.run({
      with: {
        mode: 'gate',
        'build-args': '',
        image,
        tags,
        'wait-for-replication': 'true',
        'replication-timeout': timeout,
      },
    });

  await to({ region: america, registryId: own }, { region: ireland, registryId: other });
  // The list is empty when it is asked first, just after the release.
  aws.ecr.replication.tell({ isAbsent: true });
  aws.ecr.replication.tell({ listedAfterMs: 1_500, takesMs: 1_500, match: { isTagged: true } });
  const digest = await push(world, 'one');
  const whole = await release(digest, '1.2.3', '30s');
  assert.equal(whole.outcome, 'success', whole.log);
  const image = `${replica.gate.host}/${name}@${digest}`;
  assert.deepEqual(JSON.parse(whole.outputs['replicas'] ?? ''), [
    {
      region: america,
      'registry-id': own,
      digest,
      status: 'replicated',
      image,
      checked: 'tags',
      tags: ['1.2.3'],
    },
    { region: ireland, 'registry-id': other, digest, status: 'replicated', checked: 'digest', tags: [] },
  ]);
  assert.match(
    whole.log,
    /^Waiting for the replication: us-east-1 not listed yet; eu-west-1 of account 210987654321 not listed yet/m,
  );
  assert.match(whole.log, /^eu-west-1 of account 210987654321: COMPLETE \(digest only\)$/m);
  assert.match(whole.summary, /^\| `us-east-1` \| `123456789012` \| ✅ `1\.2\.3` \|$/m);
  assert.match(whole.summary, /^\| `eu-west-1` \| `210987654321` \| ✅ the digest only/m);
  // What the output names is there.
  const there = clientsIn(aws, own, { actions: ['ecr:*'], region: america }).ecr;
  assert.equal(await manifestAt(there, '1.2.3'), await manifestAt(ecr, '1.2.3'));

  await to({ region: ireland, registryId: other }, { region: tokyo, registryId: own });
  aws.ecr.replication.tell({ failureCode: 'KmsKeyDisabled', match: { region: ireland } });
  aws.ecr.replication.tell({ takesMs: 60_000, match: { region: tokyo } });
  const late = await release(await push(world, 'two'), '1.2.4', '1.5s');
  assert.equal(late.outcome, 'failure', late.log);
  assert.match(late.outputs['image'] ?? '', new RegExp(`^${world.gate.host}/${name}@sha256:`));
  assert.match(late.outputs['tags'] ?? '', /:1\.2\.4$/);
  const [failed, timedOut] = JSON.parse(late.outputs['replicas'] ?? '');
  assert.deepEqual([failed.status, failed['failure-code']], ['failed', 'KmsKeyDisabled']);
  assert.deepEqual([timedOut.status, timedOut.reason], ['timed-out', 'IN_PROGRESS']);
  const errors = late.annotations.filter(({ level }) => level === 'error');
  assert.equal(errors.length, 1);
  assert.equal(errors[0]?.title, 'Wait for the replication');
  assert.match(
    errors[0].message,
    /to 2 of 2 registries:\n- eu-west-1 of account 210987654321: FAILED \(KmsKeyDisabled\)\n- ap-northeast-1: not within 1\.5 s/,
  );
  assert.match(late.summary, /\| `ap-northeast-1` \| `123456789012` \| ⌛ timed out: IN\\?_PROGRESS \|/);
});

/** Lets the registry of the other account take what ours replicates. */
async function letReplicate({ aws }: World): Promise<void> {
  aws.registry({ accountId: other, region: ireland });
  const { ecr } = clientsIn(aws, other, { actions: ['ecr:*'], region: ireland });
  const Principal = { AWS: `arn:aws:iam::${aws.accountId}:root` };
  const Action = ['ecr:ReplicateImage', 'ecr:CreateRepository'];
  const statement = { Sid: 'Source', Effect: 'Allow', Principal, Action, Resource: '*' };
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await ecr.send(new PutRegistryPolicyCommand({ policyText }));
}

/** Pushes an image without a tag, as a candidate outside of the release is. */
async function push({ aws }: World, label: string): Promise<string> {
  const { ecr } = clientsOf(aws, 'ecr:*');
  const layerPartBlob = Buffer.from(
    JSON.stringify({ os: 'linux', architecture: 'amd64', config: { Labels: { label } } }),
  );
  const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName: name }));
  const upload = { repositoryName: name, uploadId };
  const size = layerPartBlob.length;
  await ecr.send(
    new UploadLayerPartCommand({ ...upload, layerPartBlob, partFirstByte: 0, partLastByte: size - 1 }),
  );
  const config = digestOf(layerPartBlob.toString());
  await ecr.send(new CompleteLayerUploadCommand({ ...upload, layerDigests: [config] }));
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: config, size },
    layers: [],
  });
  await ecr.send(new PutImageCommand({ repositoryName: name, imageManifest }));
  const digest = digestOf(imageManifest);
  // Its scan is over when the step looks.
  await ecr.send(new StartImageScanCommand({ repositoryName: name, imageId: { imageDigest: digest } }));
  return digest;
}

async function manifestAt(ecr: ECRClient, imageTag: string): Promise<string | undefined> {
  const { images } = await ecr.send(
    new BatchGetImageCommand({ repositoryName: name, imageIds: [{ imageTag }] }),
  );
  return images?.[0]?.imageManifest;
}
