import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateRepositoryCommand, KmsException } from '@aws-sdk/client-ecr';
import type { EncryptionConfiguration } from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import { clientsOf, isRefusal } from './sample.ts';

test('a key is described by its ARN, and ECR has one of its own', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*', 'kms:*');
  const kmsKey = aws.kms.putKey({ alias: 'alias/team' });
  const [, id = ''] = kmsKey.split('/');
  const describe = async (repositoryName: string, encryptionConfiguration: EncryptionConfiguration) => {
    const command = new CreateRepositoryCommand({ repositoryName, encryptionConfiguration });
    return (await ecr.send(command)).repository?.encryptionConfiguration;
  };
  const alias = kmsKey.replace(/key.*/, 'alias/team');
  for (const [index, reference] of [kmsKey, id, 'alias/team', alias].entries()) {
    const described = await describe(`app${index}`, { encryptionType: 'KMS', kmsKey: reference });
    assert.deepEqual(described, { encryptionType: 'KMS', kmsKey });
  }
  const own = await describe('own', { encryptionType: 'KMS_DSSE' });
  assert.match(own?.kmsKey ?? '', /^arn:aws:kms:eu-central-1:123456789012:key\/[0-9a-f-]{36}$/);
  assert.notEqual(own?.kmsKey, kmsKey);
  assert.deepEqual(await describe('plain', { encryptionType: 'AES256' }), { encryptionType: 'AES256' });
});

const unusable: [what: string, actions: string[], kmsKey: string, kmsError: string][] = [
  ['is not there', ['ecr:*', 'kms:*'], 'alias/none', 'NotFoundException'],
  ['is disabled', ['ecr:*', 'kms:*'], 'alias/off', 'DisabledException'],
  ['may not be used', ['ecr:*', 'kms:DescribeKey'], 'alias/team', 'AccessDeniedException'],
];

for (const [what, actions, kmsKey, kmsError] of unusable) {
  test(`no repository is created with a key that ${what}`, async () => {
    await using aws = await startAws({ oidcProviders: [] });
    aws.kms.putKey({ alias: 'alias/team' });
    aws.kms.putKey({ alias: 'alias/off', enabled: false });
    const { ecr } = clientsOf(aws, ...actions);
    const encryptionConfiguration = { encryptionType: 'KMS' as const, kmsKey };
    const command = new CreateRepositoryCommand({ repositoryName: 'app', encryptionConfiguration });
    await assert.rejects(ecr.send(command), error => {
      assert.ok(error instanceof KmsException);
      assert.equal(error.kmsError, kmsError);
      return isRefusal(error, 'KmsException', 'The operation failed due to a KMS exception.');
    });
    assert.deepEqual(aws.ecr.repositories(), []);
  });
}
