import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makePlan } from '../../src/plan.ts';
import { replaceMasked } from '../../src/platform/masked-values.ts';
import { assumeRole } from '../../src/role/assume-role.ts';
import { maskGivenAccounts } from '../../src/role/mask-account.ts';
import type { RolePlan } from '../../src/role/plan.ts';
import { jobOf } from '../in-process.ts';
import { commit, inputs } from '../sample.ts';
import { startAws } from '../world/aws/aws.ts';
import type { Aws, AwsOptions } from '../world/aws/aws.ts';
import { allow } from '../world/aws/sample.ts';

const push = 'arn:aws:iam::123456789012:role/push';
const between = 'arn:aws:iam::123456789012:role/between';

const keys = { accessKeyId: 'AKIAEXAMPLEOFAJOB', secretAccessKey: 'a/secret+of/a+job' };

/** An AWS whose roles let each other in, and a job that has the keys of a user. */
async function startChain(options: Partial<AwsOptions> = {}): Promise<Aws> {
  const aws = await startAws({ oidcProviders: [], ...options });
  const policies = [allow('ecr:*', 'sts:*', 'inspector2:*')];
  aws.iam.putUser({ name: 'builder', ...keys, policies });
  const statement = { Effect: 'Allow' as const, Action: ['sts:AssumeRole', 'sts:TagSession'] };
  const principals = ['arn:aws:iam::123456789012:user/builder', push, between];
  const trustPolicy = { Statement: { ...statement, Principal: { AWS: principals } } };
  for (const name of ['push', 'between']) {
    aws.iam.putRole({ name, policies, trustPolicy: { Statement: { ...statement, Principal: '*' } } });
    aws.iam.putRole({ name, policies, trustPolicy });
  }
  process.env['AWS_ENDPOINT_URL'] = aws.url;
  process.env['AWS_ACCESS_KEY_ID'] = keys.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = keys.secretAccessKey;
  return aws;
}

function assume(role: Partial<RolePlan>) {
  const plan = makePlan(inputs, commit);
  const source = { kind: 'default' as const };
  const run = { job: jobOf([]), plan: { ...plan, role: { ...plan.role, source, ...role } }, tell: () => {} };
  return assumeRole(run);
}

function operations({ requests }: Aws): string[] {
  return requests.map(({ operation, errorCode }) => (errorCode ? `${operation} ${errorCode}` : operation));
}

test('a chain works while the clock of the machine is twenty minutes behind, and the account is checked', async () => {
  await using aws = await startChain({ clockAheadMs: 1_200_000 });
  await assume({ chain: [push], allowedAccountIds: ['123456789012'] });
  assert.deepEqual(operations(aws), [
    'AssumeRole SignatureDoesNotMatch',
    'AssumeRole',
    'GetCallerIdentity SignatureDoesNotMatch',
    'GetCallerIdentity',
  ]);
});

test('who is asked for the account of the caller is asked again, and a refusal is explained', async () => {
  await using aws = await startChain();
  const role = { chain: [], allowedAccountIds: ['123456789012'] };
  aws.faults.add({ match: 'sts:GetCallerIdentity', kind: 'throttle', times: 1 });
  await assume(role);
  assert.deepEqual(operations(aws), ['GetCallerIdentity Throttling', 'GetCallerIdentity']);
  const error = {
    code: 'ExpiredToken',
    message: 'The security token included in the request is expired',
    status: 400,
  };
  aws.faults.add({ match: 'sts:GetCallerIdentity', kind: 'refuse', error });
  await assert.rejects(assume(role), {
    name: 'Failure',
    message: 'sts:GetCallerIdentity failed: The security token included in the request is expired',
    remedy: /^The AWS credentials are expired or wrong: set `role-to-assume`/,
  });
});

test('a role that is in a chain twice is narrowed only at its end, and tags are handed on from its beginning', async () => {
  await using aws = await startChain();
  await assume({
    chain: [push, between, push],
    tags: { team: 'web' },
    transitiveTagKeys: ['team'],
    sessionPolicy: JSON.stringify(allow('ecr:*')),
  });
  const asked = aws.requests.map(({ parameters }) => [
    'Policy' in parameters,
    'TransitiveTagKeys.member.1' in parameters,
  ]);
  assert.deepEqual(asked, [
    [false, true],
    [false, false],
    [true, false],
  ]);
});

test('a token file that is not there is named, and the variable that names it, whatever is called first', async () => {
  await using _ = await startChain();
  delete process.env['AWS_ACCESS_KEY_ID'];
  process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = '/nowhere/token';
  process.env['AWS_ROLE_ARN'] = push;
  try {
    for (const role of [{ chain: [] }, { chain: [between] }, { chain: [], masksAccountId: true }])
      await assert.rejects(assume(role), {
        message: /^The job's AWS credentials cannot be read: ENOENT.*'\/nowhere\/token'\.$/,
        remedy: /^Look at AWS_WEB_IDENTITY_TOKEN_FILE: /,
      });
  } finally {
    delete process.env['AWS_WEB_IDENTITY_TOKEN_FILE'];
    delete process.env['AWS_ROLE_ARN'];
  }
});

test('a profile whose role refuses is explained, and the accounts in the refusal are masked', async () => {
  await using _ = await startChain();
  const folder = await mkdtemp(join(tmpdir(), 'profile-'));
  const other = 'arn:aws:iam::210987654321:role/other';
  const { accessKeyId, secretAccessKey } = keys;
  const base = [
    '[profile base]',
    `aws_access_key_id=${accessKeyId}`,
    `aws_secret_access_key=${secretAccessKey}`,
  ];
  const profile = ['[profile ci]', `role_arn=${other}`, 'source_profile=base', 'region=eu-central-1', ''];
  await writeFile(join(folder, 'config'), [...base, ...profile].join('\n'));
  delete process.env['AWS_ACCESS_KEY_ID'];
  process.env['AWS_PROFILE'] = 'ci';
  process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
  try {
    await assert.rejects(assume({ chain: [], masksAccountId: true }), {
      message: /^Finding AWS credentials failed: .*is not authorized to perform: sts:AssumeRole on resource/,
      remedy: /^The trust policy of the role that the job's AWS settings name/,
    });
    assert.equal(replaceMasked(other), 'arn:aws:iam::***:role/other');
  } finally {
    delete process.env['AWS_PROFILE'];
    delete process.env['AWS_CONFIG_FILE'];
    await rm(folder, { recursive: true });
  }
});

test('the account of an image that is judged or joined is masked, and no digits of a tag or a digest', () => {
  const [one, other, tag, part] = ['112233445566', '992233445566', '202610011200', '345678901234'];
  const [third, fourth] = ['882233445566', '772233445566'];
  const uri = `${one}.dkr.ecr.eu-central-1.amazonaws.com/app`;
  const given = new Map([
    ['image', `${uri}:${tag}`],
    ['source-role-to-assume', `arn:aws:iam::${third}:role/reader`],
    ['cache-repository', `arn:aws:ecr:eu-west-1:${fourth}:repository/caches`],
    ['builds', JSON.stringify({ repository: uri.replace(one, other), digest: `sha256:a${part}b` })],
  ]);
  maskGivenAccounts(input => given.get(input) ?? '');
  const told = [one, other, third, fourth, tag, part].join(' ');
  assert.equal(replaceMasked(told), `*** *** *** *** ${tag} ${part}`);
});

test('the account of keys is asked for and masked before a call whose refusal would name it', async () => {
  await using aws = await startChain();
  const source = { kind: 'keys' as const, keys };
  await assume({ source, chain: [push], masksAccountId: true });
  assert.deepEqual(operations(aws), ['GetCallerIdentity', 'AssumeRole']);
  assert.equal(replaceMasked('account 123456789012'), 'account ***');
});

test('of the tags of the job some are left out where all of them are more than STS takes', async () => {
  await using aws = await startChain();
  const tags = { Repository: 'r'.repeat(250), HeadRef: 'h'.repeat(250) };
  await assume({
    chain: [push],
    tags,
    spareTagKeys: ['HeadRef'],
    transitiveTagKeys: ['HeadRef', 'Repository'],
  });
  assert.deepEqual(operations(aws), ['AssumeRole PackedPolicyTooLarge', 'AssumeRole']);
  const { parameters } = aws.requests[1] ?? assert.fail();
  const names = Object.entries(parameters).filter(([name]) => /^(Tags|TransitiveTagKeys)/.test(name));
  assert.deepEqual(names, [
    ['Tags.member.1.Key', 'Repository'],
    ['Tags.member.1.Value', tags.Repository],
    ['TransitiveTagKeys.member.1', 'Repository'],
  ]);
});

test('keys that have expired early are renewed once, wherever it is said, and the call is repeated', async () => {
  await using aws = await startChain();
  const error = {
    code: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
    status: 400,
  };
  const expire = (match: string, times?: number): void =>
    aws.faults.add({ match, kind: 'refuse', error, ...(times !== undefined && { times }) });
  const { ecr, inspector } = await assume({ chain: [push, between] });
  for (const match of ['ecr:DescribeRepositories', 'inspector2:ListCoverage', 'sts:AssumeRole'])
    expire(match, 1);
  await ecr.describeRepositories({});
  await (await inspector()).listCoverage({});
  const before = aws.requests.length;
  assert.deepEqual(operations(aws), [
    'AssumeRole',
    'AssumeRole',
    'DescribeRepositories ExpiredTokenException',
    // The keys with which the last role is assumed have expired too.
    'AssumeRole ExpiredTokenException',
    'AssumeRole',
    'AssumeRole',
    'DescribeRepositories',
    'ListCoverage ExpiredTokenException',
    'AssumeRole',
    'ListCoverage',
  ]);
  expire('ecr:DescribeRepositories');
  await assert.rejects(ecr.describeRepositories({}), { remedy: /^The AWS credentials are expired or wrong/ });
  assert.equal(
    operations(aws)
      .slice(before)
      .filter(each => each.startsWith('DescribeRepositories')).length,
    2,
  );
});
