import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
  PutImageCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startAws } from './aws.ts';
import { allow, clientsIn, createIssuer, isRefusal, sampleImage, trustOf } from './sample.ts';

const repositoryName = 'team/app';
const other = '210987654321';
const actions = ['ecr:*'];

test('each account has a registry in each region, with repositories, keys and settings of its own', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const there = aws.registry({ accountId: other, region: 'us-east-1' });
  assert.equal(aws.registry(), aws.ecr);
  assert.equal(aws.registry({ accountId: other, region: 'us-east-1' }), there);

  const { ecr } = clientsIn(aws, other, { actions: ['ecr:*', 'kms:*'], region: 'us-east-1' });
  const kmsKey = there.kms.putKey({ alias: 'alias/team' });
  const keys = { encryptionType: 'KMS' as const, kmsKey: 'alias/team' };
  const made = await ecr.send(new CreateRepositoryCommand({ repositoryName, encryptionConfiguration: keys }));
  assert.equal(made.repository?.repositoryArn, `arn:aws:ecr:us-east-1:${other}:repository/team/app`);
  assert.equal(made.repository.repositoryUri, `${other}.dkr.ecr.us-east-1.amazonaws.com/team/app`);
  assert.equal(made.repository.encryptionConfiguration?.kmsKey, kmsKey);
  assert.match(kmsKey, new RegExp(`^arn:aws:kms:us-east-1:${other}:key/`));
  assert.deepEqual(aws.ecr.repositories(), []);
  // Of the same account in another region, and of another account in the same one.
  const keyOf = async (accountId: string, region: string) =>
    clientsIn(aws, accountId, { actions: ['ecr:*', 'kms:*'], region }).ecr.send(
      new CreateRepositoryCommand({ repositoryName: 'app', encryptionConfiguration: keys }),
    );
  for (const [account, region] of [
    [other, aws.region],
    [aws.accountId, 'us-east-1'],
  ] as const) {
    await assert.rejects(keyOf(account, region), error => isRefusal(error, 'KmsException', /KMS exception/));
  }
  const { region, registryId, operation } = aws.requests[0] ?? {};
  assert.deepEqual(
    { region, registryId, operation },
    {
      region: 'us-east-1',
      registryId: other,
      operation: 'CreateRepository',
    },
  );

  there.faults.add({ match: 'ecr:DescribeRepositories', kind: 'throttle', times: 1 });
  await clientsIn(aws, aws.accountId, { actions }).ecr.send(new DescribeRepositoriesCommand({}));
  const again = clientsIn(aws, other, { actions, region: 'us-east-1' }).ecr;
  await assert.rejects(again.send(new DescribeRepositoriesCommand({})), { name: 'ThrottlingException' });
});

test('a region that the world does not have takes no signature', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const ask = () =>
    clientsIn(aws, aws.accountId, { actions, region: 'us-west-2' }).ecr.send(
      new DescribeRepositoriesCommand({}),
    );
  await assert.rejects(ask(), error =>
    isRefusal(error, 'InvalidSignatureException', /scoped to a valid region/),
  );
  aws.registry({ region: 'us-west-2' });
  await ask();
});

test('another account’s repository lets in by its policy, and its passwords are of one region', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const region = 'us-east-1';
  const there = aws.registry({ accountId: other, region });
  const owner = clientsIn(aws, other, { actions, region }).ecr;
  await owner.send(new CreateRepositoryCommand({ repositoryName }));
  const guest = clientsIn(aws, aws.accountId, { actions, region }).ecr;
  const image = sampleImage(there, repositoryName);
  const put = () =>
    guest.send(
      new PutImageCommand({
        registryId: other,
        repositoryName,
        imageManifest: image.manifest,
        imageTag: 'one',
      }),
    );
  await assert.rejects(put(), error =>
    isRefusal(error, 'AccessDeniedException', /because no resource-based policy allows the ecr:PutImage/),
  );
  const Principal = { AWS: `arn:aws:iam::${aws.accountId}:root` };
  const Action = ['ecr:PutImage', 'ecr:CreateRepository'];
  const policyText = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action }] });
  await owner.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  await put();
  const { images } = await owner.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'one' }] }),
  );
  assert.equal(images?.[0]?.imageId?.imageDigest, image.digest);
  // A policy of a repository cannot let anybody make one.
  await assert.rejects(
    guest.send(new CreateRepositoryCommand({ registryId: other, repositoryName: 'new/one' })),
    error =>
      isRefusal(error, 'AccessDeniedException', /no resource-based policy allows the ecr:CreateRepository/),
  );

  const { authorizationData } = await guest.send(new GetAuthorizationTokenCommand({ registryIds: [other] }));
  const [{ authorizationToken = '', proxyEndpoint } = {}] = authorizationData ?? [];
  assert.equal(proxyEndpoint, `https://${other}.dkr.ecr.us-east-1.amazonaws.com`);
  const password = Buffer.from(authorizationToken, 'base64').toString().replace(/^AWS:/, '');
  assert.match(there.whoHas(password).arn, /^arn:aws:iam::123456789012:user/);
  assert.throws(() => aws.ecr.whoHas(password), { message: 'Not Authorized' });
});

test('a role of another account is assumed from a session, or by a token where that account knows the issuer', async () => {
  const issuer = await createIssuer();
  await using aws = await startAws({ oidcProviders: [issuer.provider] });
  const policies = [allow('ecr:*', 'sts:AssumeRole')];
  aws.iam.putRole({ name: 'ci', trustPolicy: trustOf('octo-org/app'), policies });
  const roleArn = `arn:aws:iam::${other}:role/copy`;
  const putCopy = (principal: object, Action: string) =>
    aws.iam.putRole({
      name: 'copy',
      accountId: other,
      trustPolicy: { Statement: [{ Effect: 'Allow', Principal: principal, Action }] },
      policies,
    });
  const byToken = async (RoleArn: string) => {
    const sts = new STSClient({ endpoint: aws.url, region: aws.region, maxAttempts: 1 });
    const WebIdentityToken = await issuer.issue();
    return sts.send(
      new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'a-job', WebIdentityToken }),
    );
  };
  const { Credentials } = await byToken(`arn:aws:iam::${aws.accountId}:role/ci`);
  aws.registry({ region: 'us-east-1' });
  const sts = new STSClient({
    endpoint: aws.url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  const chain = () => sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'a-job' }));
  putCopy({ AWS: `arn:aws:iam::${other}:root` }, 'sts:AssumeRole');
  await assert.rejects(chain(), { name: 'AccessDenied' });
  putCopy({ AWS: `arn:aws:iam::${aws.accountId}:role/ci` }, 'sts:AssumeRole');
  assert.match((await chain()).AssumedRoleUser?.Arn ?? '', new RegExp(`::${other}:assumed-role/copy/`));

  const host = 'token.actions.githubusercontent.com';
  const Federated = `arn:aws:iam::${other}:oidc-provider/${host}`;
  putCopy({ Federated }, 'sts:AssumeRoleWithWebIdentity');
  await assert.rejects(byToken(roleArn), error =>
    isRefusal(error, 'InvalidIdentityToken', /No OpenIDConnect provider found/),
  );
  aws.iam.putOidcProvider({ ...issuer.provider, accountId: other });
  await byToken(roleArn);
});
