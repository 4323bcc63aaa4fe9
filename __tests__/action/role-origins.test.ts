import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { STS } from '@aws-sdk/client-sts';
import { createIssuer } from '../world/aws/sample.ts';
import { allow, startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

// They wait more than they work.
describe('where the credentials come from', { concurrency: 3 }, () => {
  test('the keys of a profile are used and told as that', async () => {
    await using world = await startWorld();
    world.aws.iam.putUser({ name: 'builder', ...keys, policies: [allow('ecr:*')] });
    const file = join(world.scratch, 'credentials');
    const lines = [
      '[ci]',
      `aws_access_key_id = ${keys.accessKeyId}`,
      `aws_secret_access_key = ${keys.secretAccessKey}`,
    ];
    await writeFile(file, `${lines.join('\n')}\n`);
    const environment = { AWS_PROFILE: 'ci', AWS_SHARED_CREDENTIALS_FILE: file };
    assert.equal(await pullRequestFactsOf(world, environment), 'a profile of the AWS configuration');
  });

  test("the container's role is used and told as that", async () => {
    await using world = await startWorld();
    await using agent = await serve(world, { '/keys': answer => answer });
    const environment = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${agent.url}/keys` };
    assert.equal(await pullRequestFactsOf(world, environment), "the container's role");
  });

  test("the instance's role is used and told as that", async () => {
    await using world = await startWorld();
    const path = '/latest/meta-data/iam/security-credentials';
    await using metadata = await serve(world, {
      '/latest/api/token': () => 'token',
      [`${path}/`]: () => 'push',
      [`${path}/push`]: answer => answer,
    });
    const environment = { AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url };
    assert.equal(await pullRequestFactsOf(world, environment), "the instance's role");
  });

  test("IRSA, the role of a pod's service account, is used and told as that", async () => {
    const issuer = await createIssuer();
    await using world = await startWorld({ keys: issuer.provider.jwks });
    const file = join(world.scratch, 'token');
    await writeFile(file, await issuer.issue({ sub: 'repo:octo-org/octo-repo:pod' }));
    const run = await world.run({
      permissions: {},
      // It ends where it finds no image, after the credentials have been used.
      with: { 'role-to-assume': '', mode: 'gate', image: 'latest', 'build-args': '' },
      environment: { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: world.roleArn },
    });
    assert.match(run.log, /^From {8}the role of a web identity token file \(IRSA in EKS\)$/m);
    assert.match(run.log, /^Without role-to-assume: the role of a web identity token file/m);
  });

  async function pullRequestFactsOf(
    world: World,
    environment: Record<string, string>,
  ): Promise<string | undefined> {
    const run = await world.run({
      permissions: {},
      with: { 'role-to-assume': '', cache: 'off' },
      environment,
    });
    assert.equal(run.outcome, 'success', run.log);
    return /^From {8}(.*)$/m.exec(run.log)?.[1];
  }

  /** A machine's or container's agent that hands out the keys of a session of the role `push`. */
  async function serve(world: World, answers: Record<string, (keys: string) => string>) {
    const { aws } = world;
    aws.iam.putUser({ name: 'machine', ...keys, policies: [allow('sts:AssumeRole')] });
    const Principal = { AWS: 'arn:aws:iam::123456789012:user/machine' };
    const trustPolicy = {
      Version: '2012-10-17' as const,
      Statement: [{ Effect: 'Allow' as const, Principal, Action: 'sts:AssumeRole' }],
    };
    aws.iam.putRole({ name: 'push', trustPolicy, policies: [allow('ecr:*')] });
    const sts = new STS({ endpoint: aws.url, region: aws.region, credentials: keys });
    const RoleArn = `arn:aws:iam::${aws.accountId}:role/push`;
    const { Credentials } = await sts.assumeRole({ RoleArn, RoleSessionName: 'machine' });
    const session = JSON.stringify({
      Code: 'Success',
      Type: 'AWS-HMAC',
      AccessKeyId: Credentials?.AccessKeyId,
      SecretAccessKey: Credentials?.SecretAccessKey,
      Token: Credentials?.SessionToken,
      Expiration: Credentials?.Expiration,
    });
    const server = createServer((message, response) => {
      const answer = answers[message.url ?? ''];
      response.statusCode = answer ? 200 : 404;
      // The SDK wants to know how long the token of the metadata service lasts.
      response.setHeader('x-aws-ec2-metadata-token-ttl-seconds', '21600');
      response.end(answer?.(session));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The agent did not get a port.');
    return {
      url: `http://127.0.0.1:${address.port}`,
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        await new Promise(resolve => server.close(resolve));
      },
    };
  }
});
