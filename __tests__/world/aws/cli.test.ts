import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startAws } from './aws.ts';
import type { Aws } from './aws.ts';
import type { Finding } from './ecr/scan-story.ts';
import { isRecord } from './json.ts';
import { allow, createIssuer, sampleImage, trustOf } from './sample.ts';

const execute = promisify(execFile);
const installed = await execute('aws', ['--version']).then(
  () => true,
  () => false,
);

// The AWS CLI has its own implementation of signing and of both protocols, so it is a witness besides the SDK.
test(
  'the AWS CLI goes all the way from a token to the findings',
  { skip: !installed && 'aws is not installed' },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aws-cli-'));
    try {
      const issuer = await createIssuer();
      await using aws = await startAws({ oidcProviders: [issuer.provider] });
      aws.iam.putRole({ name: 'ci', trustPolicy: trustOf('octo-org/app'), policies: [allow('ecr:*')] });
      const findings = Array.from({ length: 130 }, (_, index): Finding => ({
        name: `CVE-${index}`,
        severity: 'HIGH',
      }));
      aws.ecr.scans.tell({ findings });

      const token = join(folder, 'token');
      await writeFile(token, await issuer.issue());
      const role = `--role-arn arn:aws:iam::123456789012:role/ci --role-session-name a-job`;
      const assumed = await run(
        aws,
        `sts assume-role-with-web-identity ${role} --web-identity-token file://${token}`,
      );
      const session = sessionOf(assumed.output);
      assert.match(assumed.output, /assumed-role\/ci\/a-job/);

      const repository = '--repository-name team/app';
      const created = await run(
        aws,
        `ecr create-repository ${repository} --image-tag-mutability IMMUTABLE --image-scanning-configuration scanOnPush=true`,
        session,
      );
      assert.match(
        created.output,
        /"repositoryUri": "123456789012\.dkr\.ecr\.eu-central-1\.amazonaws\.com\/team\/app"/,
      );
      const again = await run(aws, `ecr create-repository ${repository}`, session);
      assert.match(
        again.error,
        /\(RepositoryAlreadyExistsException\) when calling the CreateRepository operation: The repository with name 'team\/app' already exists/,
      );
      const described = await run(
        aws,
        'ecr describe-repositories --query repositories[0].repositoryName',
        session,
      );
      assert.equal(described.output.trim(), '"team/app"');

      const password = (await run(aws, 'ecr get-login-password', session)).output.trim();
      assert.equal(aws.ecr.whoHas(password).arn, 'arn:aws:sts::123456789012:assumed-role/ci/a-job');

      const image = sampleImage(aws.ecr, 'team/app');
      const manifest = join(folder, 'manifest.json');
      await writeFile(manifest, image.manifest);
      const put = await run(
        aws,
        `ecr put-image ${repository} --image-tag one --image-manifest file://${manifest}`,
        session,
      );
      assert.match(put.output, new RegExp(`"imageDigest": "${image.digest}"`));

      const scan = await run(
        aws,
        `ecr describe-image-scan-findings ${repository} --image-id imageTag=one --query length(imageScanFindings.findings[])`,
        session,
      );
      assert.equal(scan.output.trim(), '130');
      const pages = aws.requests.filter(({ operation }) => operation === 'DescribeImageScanFindings');
      assert.equal(pages.length, 2);

      const forged = await run(aws, 'ecr describe-repositories', {
        ...session,
        AWS_SECRET_ACCESS_KEY: 'forged',
      });
      assert.match(forged.error, /\(InvalidSignatureException\)/);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

async function run(
  aws: Aws,
  command: string,
  session: Record<string, string> = {},
): Promise<{ output: string; error: string }> {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL: aws.url,
    AWS_DEFAULT_REGION: aws.region,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...session,
  };
  return await execute('aws', command.split(' '), { env }).then(
    ({ stdout }) => ({ output: stdout, error: '' }),
    (failure: unknown) => {
      assert.ok(isRecord(failure));
      return { output: '', error: String(failure.stderr) };
    },
  );
}

function sessionOf(output: string): Record<string, string> {
  const answer: unknown = JSON.parse(output);
  assert.ok(isRecord(answer) && isRecord(answer.Credentials));
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials;
  return {
    AWS_ACCESS_KEY_ID: String(AccessKeyId),
    AWS_SECRET_ACCESS_KEY: String(SecretAccessKey),
    AWS_SESSION_TOKEN: String(SessionToken),
  };
}
