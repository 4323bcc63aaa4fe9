import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePlan } from '../../src/plan.ts';
import { openElsewhere, providerOfOther, regionForRole } from '../../src/role/other-role.ts';
import { planOtherRole } from '../../src/role/plan.ts';
import { jobOf, openUser } from '../in-process.ts';
import { commit, inputs } from '../sample.ts';
import { startAws } from '../world/aws/aws.ts';
import { allow } from '../world/aws/sample.ts';

const copier = 'arn:aws:iam::123456789012:role/copier';

test("another role is assumed as the step's own is, unless the input says how", () => {
  const sources = { oidc: { kind: 'oidc', arn: 'a' }, default: { kind: 'default' } } as const;
  const sourceOf = (kind: keyof typeof sources, chaining?: boolean) =>
    planOtherRole({ arn: copier, ...(chaining !== undefined && { chaining }) }, { source: sources[kind] })
      .source;
  assert.deepEqual([sourceOf('oidc'), sourceOf('default')], ['oidc', 'chained']);
  assert.deepEqual([sourceOf('oidc', true), sourceOf('default', false)], ['chained', 'oidc']);
});

test("another role is chained from the step's session without the policies and the tags that are the step's own", async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const user = openUser(aws, 'sts:*');
  const trustPolicy = {
    Statement: {
      Effect: 'Allow' as const,
      Principal: { AWS: 'arn:aws:iam::123456789012:user/ours' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'theirs' } },
    },
  };
  aws.iam.putRole({ name: 'copier', policies: [allow('ecr:*')], trustPolicy });
  const role = {
    ...makePlan(inputs, commit).role,
    durationSeconds: 7_200,
    sessionPolicy: JSON.stringify(allow('ecr:PutImage')),
    sessionPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    tags: { team: 'web' },
    transitiveTagKeys: ['team'],
    externalId: 'ours',
  };
  const job = jobOf([]);
  const open = (externalId: string) => {
    const other = { arn: copier, externalId, source: 'chained' as const };
    const credentials = providerOfOther(job, role, { other, own: user.credentials ?? assert.fail() });
    return openElsewhere(aws.region, { credentials, denied: message => message, signal: job.signal });
  };
  const { ecr } = await open('theirs');
  await ecr.describeRepositories({});
  const assumed = aws.requests.find(({ operation }) => operation === 'AssumeRole');
  assert.deepEqual(Object.keys(assumed?.parameters ?? {}).toSorted(), [
    'DurationSeconds',
    'ExternalId',
    'RoleArn',
    'RoleSessionName',
  ]);
  assert.equal(assumed?.parameters['DurationSeconds'], '3600');

  const refused = await open('another');
  await assert.rejects(refused.ecr.describeRepositories({}), {
    name: 'Failure',
    message: /^sts:AssumeRole failed: User: arn:aws:iam::123456789012:user\/ours is not authorized/,
    remedy: /The trust policy of \S+role\/copier has to admit \S+user\/ours as a principal/,
  });
});

test("another role is assumed in the step's region, and one of another partition where it is known", () => {
  const regionOf = (partition: string, own: string) =>
    regionForRole(
      { arn: `arn:${partition}:iam::210987654321:role/copy`, source: 'oidc' },
      { own, place: 'cn-north-1' },
    );
  assert.equal(regionOf('aws', 'eu-central-1'), 'eu-central-1');
  assert.equal(regionOf('aws-cn', 'eu-central-1'), 'cn-north-1');
  assert.equal(regionOf('aws-cn', 'cn-northwest-1'), 'cn-northwest-1');
});
