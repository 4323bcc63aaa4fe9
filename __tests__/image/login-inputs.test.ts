import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BaseRegistry } from '../../src/ecr/base-registries.ts';
import { readLoginRegistries } from '../../src/image/login-inputs.ts';
import { makePlan } from '../../src/plan.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { commit, inputs } from '../sample.ts';

function read(given: string, region = 'eu-central-1') {
  const reader = readerOf(() => given);
  const registries = readLoginRegistries(reader, { region });
  return { registries, fault: reader.close()?.message };
}

const [id, other] = ['111122223333', '444455556666'];
const inWest = { registryId: id, region: 'eu-west-1' };

const taken: [given: string, registries: BaseRegistry[]][] = [
  ['', []],
  [id, [{ registryId: id, region: 'eu-central-1' }]],
  [`${id}@eu-west-1, ${other}`, [inWest, { registryId: other, region: 'eu-central-1' }]],
  [
    `# of the platform team\n${id}@eu-west-1\n${other}@us-east-1\n`,
    [inWest, { registryId: other, region: 'us-east-1' }],
  ],
  [`${id}.dkr.ecr.eu-west-1.amazonaws.com`, [inWest]],
  [`https://${id}.dkr.ecr.eu-west-1.amazonaws.com/`, [inWest]],
  [`${id}.dkr.ecr.eu-west-1.amazonaws.com/team/base:1`, [inWest]],
  [`arn:aws:ecr:eu-west-1:${id}:repository/team/base`, [inWest]],
  [`${id}.dkr-ecr.eu-west-1.on.aws`, [{ ...inWest, host: `${id}.dkr-ecr.eu-west-1.on.aws` }]],
  [
    `${id}.DKR.ecr-fips.us-east-1.amazonaws.com`,
    [{ registryId: id, region: 'us-east-1', host: `${id}.dkr.ecr-fips.us-east-1.amazonaws.com` }],
  ],
  [`${id}@eu-west-1\n${id}.dkr.ecr.eu-west-1.amazonaws.com\n${id}@eu-west-1`, [inWest]],
];

test('a registry is named by its account, by account and region, or by an address in it, and each counts once', () => {
  for (const [given, registries] of taken)
    assert.deepEqual(read(given), { registries, fault: undefined }, given);
});

test('within another partition its registries are taken', () => {
  const registry = { registryId: id, region: 'cn-north-1' };
  assert.deepEqual(read(`${id}.dkr.ecr.cn-north-1.amazonaws.com.cn`, 'cn-northwest-1'), {
    registries: [registry],
    fault: undefined,
  });
  assert.match(read(`${id}@eu-west-1`, 'cn-northwest-1').fault ?? '', /is in the partition aws of AWS/);
});

const refused: [given: string, fault: RegExp][] = [
  [
    '11112222333',
    /'11112222333' is no registry of ECR\. Give an account id of 12 digits, in quotes in YAML, or one with a region/,
  ],
  [
    `${id}@frankfurt`,
    /names 'frankfurt', which is not a region\. Give its code, such as 111122223333@eu-west-1/,
  ],
  [`${id}@`, /names '', which is not a region/],
  [`${id}.dkr.ecr.frankfurt.amazonaws.com`, /names 'frankfurt', which is not a region\. Give an account id/],
  [`${id}@us-gov-west-1`, /is in the partition aws-us-gov of AWS, and the role of the step is of aws\. /],
  [`${id}.dkr.ecr.cn-north-1.amazonaws.com.cn`, /is in the partition aws-cn of AWS, .*amazon-ecr-login/],
  [
    'public.ecr.aws',
    /is ECR Public, whose images are pulled without a login\. Leave it out\. .*`registry-type: public`/,
  ],
  ['public.ecr.aws/docker/library', /is ECR Public/],
  [
    'docker.io',
    /is no registry of ECR\. .*docker\.io and ghcr\.io, are logged in to by `docker\/login-action` in a step before/,
  ],
  ['team/base', /is no registry of ECR/],
  [
    `${id}.dkr.ecr.eu-west-1.evil.example`,
    /names '\S+evil\.example', which is no host of a registry in eu-west-1\. Give 111122223333@eu-west-1, or 111122223333\.dkr\.ecr\.eu-west-1\.amazonaws\.com/,
  ],
];

test('what names no registry of ECR is refused with what to write', () => {
  for (const [given, fault] of refused) {
    const { registries, fault: told } = read(`${other}, ${given}`);
    assert.match(told ?? '', /^An input needs a change: login-registries: /, given);
    assert.match(told ?? '', fault, given);
    assert.deepEqual(registries, [{ registryId: other, region: 'eu-central-1' }], given);
  }
});

test('in a pull request from a fork nothing is logged in to, and where it has the rights of the repository it is refused as a push is', () => {
  const given = { ...inputs, push: false, loginRegistries: [inWest] };
  const pull = { ...commit, event: 'pull_request', isPullRequest: true, isFork: true };
  const withheld = makePlan({ ...given, job: { ...inputs.job, idToken: false } }, pull);
  assert.deepEqual(withheld.logins, { registries: [inWest], isWithheld: true });
  assert.deepEqual(withheld.permissions.Statement, []);
  assert.equal(makePlan(given, commit).logins.isWithheld, false);
  const privileged = {
    ...commit,
    event: 'pull_request_target',
    isPullRequest: true,
    isFork: true,
    fork: 'mallory/octo-repo',
    checkedOut: 'f'.repeat(40),
    isOpenToStrangers: true,
  };
  assert.throws(() => makePlan(given, privileged), /has the rights of octo-org\/octo-repo/);
  assert.doesNotThrow(() => makePlan({ ...given, allowForkHead: true }, privileged));
  assert.doesNotThrow(() => makePlan({ ...given, loginRegistries: [] }, privileged));
});
