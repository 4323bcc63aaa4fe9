import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ECR } from '@aws-sdk/client-ecr';
import { explain, isTransient } from '../../src/aws/client.ts';
import { guardRequests, requestOptions } from '../../src/aws/connection.ts';
import { Failure } from '../../src/platform/failure.ts';
import { openUser } from '../in-process.ts';
import { startAws } from '../world/aws/aws.ts';

/** What is said of the connection's settings in these variables; `undefined` where they can be used. */
function faultOf(variables: Record<string, string>): Failure | undefined {
  const kept = { ...process.env };
  try {
    Object.assign(process.env, variables);
    requestOptions();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Failure);
    return error;
  } finally {
    process.env = kept;
  }
}

test('a file of AWS_CA_BUNDLE that cannot be used is told, with what it lacks', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const cut = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  const bundles: [file: string, problem: RegExp][] = [
    [join(folder, 'none.pem'), /, which cannot be read \(ENOENT: /],
    [folder, /, which is no file\.$/],
    ['/dev/zero', /, which is no file\.$/],
    [await write('empty.pem', ''), /, which has no certificate in PEM form\.$/],
    [await write('key.pem', 'not a certificate'), /, which has no certificate in PEM form\.$/],
    [await write('cut.pem', cut), /, which has no certificate that can be read\.$/],
  ];
  for (const [file, problem] of bundles) {
    const fault = faultOf({ AWS_CA_BUNDLE: file });
    assert.ok(fault !== undefined, file);
    assert.ok(fault.message.startsWith(`AWS_CA_BUNDLE is '${file}'`), fault.message);
    assert.match(fault.message, problem);
    assert.match(fault.remedy, /readable file with certificates in PEM form.*NODE_EXTRA_CA_CERTS/);
  }
  await rm(folder, { recursive: true });
});

test('a proxy whose address is none is told without its password', () => {
  for (const proxy of ['http://user:p%zz@proxy:3128', 'http://user:secret@proxy:99999']) {
    const fault = faultOf({ https_proxy: proxy });
    assert.match(
      fault?.message ?? '',
      /^The job's proxy cannot be used: HTTP_PROXY, HTTPS_PROXY or `http-proxy`/,
    );
    assert.doesNotMatch(JSON.stringify([fault?.message, fault?.remedy, fault?.cause]), /p%zz|secret/);
  }
});

test('a service that is silent ends by a time-out, which says so, and a wait goes on', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { credentials, signal } = openUser(aws, 'ecr:*');
  aws.faults.add({ match: 'ecr:DescribeRepositories', kind: 'silent' });
  const requestHandler = { ...requestOptions(), requestTimeout: 50 };
  const client = new ECR({ region: aws.region, requestHandler, ...(credentials && { credentials }) });
  guardRequests(client.config.requestHandler, signal);
  const error: unknown = await client.describeRepositories({}).catch((each: unknown) => each);
  assert.equal(aws.requests.length, 3);
  assert.ok(isTransient(error));
  const { message, remedy } = explain(error, 'ecr:DescribeRepositories', {
    region: aws.region,
    denied: String,
  });
  assert.equal(message, 'ecr:DescribeRepositories failed: no answer within 0.05 s');
  assert.match(remedy, /^AWS could not be reached in region 'eu-central-1'/);
});

test('a message of AWS that echoes what it was sent is cut', () => {
  const error = Object.assign(new Error(`Value '${'x'.repeat(30_000)}' is not valid`), {
    name: 'ValidationException',
  });
  const { message } = explain(error, 'ecr:PutLifecyclePolicy', { region: 'eu-central-1', denied: String });
  assert.equal(message.length, 1_000 + 'ecr:PutLifecyclePolicy failed: '.length);
});
