import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateRepositoryCommand,
  DescribeImageSigningStatusCommand,
  GetSigningConfigurationCommand,
  ListImageReferrersCommand,
  PutImageCommand,
  PutSigningConfigurationCommand,
} from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import { clientsOf, sampleImage } from './sample.ts';

const repositoryName = 'team/app';
const signingProfileArn = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/team';

test('what is put, and what is put again under a tag, is signed or not, as a test says', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*', 'signer:SignPayload');
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  await assert.rejects(ecr.send(new GetSigningConfigurationCommand({})), {
    name: 'SigningConfigurationNotFoundException',
  });
  const filterType = 'WILDCARD_MATCH' as const;
  const rules = [
    { signingProfileArn, repositoryFilters: [{ filter: 'team/*', filterType }] },
    { signingProfileArn: `${signingProfileArn}s`, repositoryFilters: [{ filter: 'tools/*', filterType }] },
  ];
  await ecr.send(new PutSigningConfigurationCommand({ signingConfiguration: { rules } }));
  const put = async (number: number, imageTag?: string) => {
    const image = sampleImage(aws.ecr, repositoryName, { labels: { number: String(number) } });
    await ecr.send(new PutImageCommand({ repositoryName, imageManifest: image.manifest, imageTag }));
    const subjectId = { imageDigest: image.digest };
    const { referrers } = await ecr.send(new ListImageReferrersCommand({ repositoryName, subjectId }));
    const status = await ecr.send(
      new DescribeImageSigningStatusCommand({ repositoryName, imageId: subjectId }),
    );
    return { kinds: referrers?.map(({ artifactType }) => artifactType), statuses: status.signingStatuses };
  };
  const kind = 'application/vnd.cncf.notary.signature';
  const complete = [{ signingProfileArn, status: 'COMPLETE' }];
  assert.deepEqual(await put(1), { kinds: [kind], statuses: complete });
  assert.deepEqual(await put(1, 'v1'), { kinds: [kind], statuses: complete });
  aws.ecr.signing.signsRetags = true;
  assert.deepEqual(await put(1, 'v2'), { kinds: [kind, kind], statuses: complete });
  aws.ecr.signing.signsPuts = false;
  assert.deepEqual(await put(2), { kinds: [], statuses: [] });

  aws.ecr.signing.signsPuts = true;
  clientsOf(aws, 'ecr:*');
  const denied = await put(3);
  assert.deepEqual(denied.kinds, []);
  assert.equal(denied.statuses?.[0]?.status, 'FAILED');
  assert.match(denied.statuses[0].failureReason ?? '', /not authorized to perform: signer:SignPayload/);
});
