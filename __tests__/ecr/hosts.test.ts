import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpointsOf, registryHosts } from '../../src/ecr/hosts.ts';

const hosts: [region: string, hosts: string[]][] = [
  [
    'us-east-1',
    [
      'dkr.ecr.us-east-1.amazonaws.com',
      'dkr.ecr-fips.us-east-1.amazonaws.com',
      'dkr-ecr.us-east-1.on.aws',
      'dkr-ecr-fips.us-east-1.on.aws',
    ],
  ],
  [
    'us-gov-west-1',
    [
      'dkr.ecr.us-gov-west-1.amazonaws.com',
      'dkr.ecr-fips.us-gov-west-1.amazonaws.com',
      'dkr-ecr.us-gov-west-1.on.aws',
      'dkr-ecr-fips.us-gov-west-1.on.aws',
    ],
  ],
  [
    'cn-north-1',
    [
      'dkr.ecr.cn-north-1.amazonaws.com.cn',
      'dkr.ecr-fips.cn-north-1.amazonaws.com.cn',
      'dkr-ecr.cn-north-1.on.amazonwebservices.com.cn',
      'dkr-ecr-fips.cn-north-1.on.amazonwebservices.com.cn',
    ],
  ],
  [
    'eusc-de-east-1',
    [
      'dkr.ecr.eusc-de-east-1.amazonaws.eu',
      'dkr.ecr-fips.eusc-de-east-1.amazonaws.eu',
      'dkr-ecr.eusc-de-east-1.on.amazonwebservices.eu',
      'dkr-ecr-fips.eusc-de-east-1.on.amazonwebservices.eu',
    ],
  ],
  ['us-iso-east-1', ['dkr.ecr.us-iso-east-1.c2s.ic.gov', 'dkr.ecr-fips.us-iso-east-1.c2s.ic.gov']],
  ['us-isob-east-1', ['dkr.ecr.us-isob-east-1.sc2s.sgov.gov', 'dkr.ecr-fips.us-isob-east-1.sc2s.sgov.gov']],
];

test('a registry has the hosts of its partition', () => {
  for (const [region, names] of hosts)
    assert.deepEqual(
      registryHosts({ registryId: '123456789012', region }),
      names.map(name => `123456789012.${name}`),
    );
});

const variables: [env: Record<string, string>, endpoints: object | undefined][] = [
  [{}, undefined],
  [{ AWS_USE_FIPS_ENDPOINT: 'false', AWS_USE_DUALSTACK_ENDPOINT: '' }, undefined],
  [{ AWS_USE_FIPS_ENDPOINT: 'true' }, { dualStack: false, fips: true }],
  [{ AWS_USE_DUALSTACK_ENDPOINT: 'True' }, { dualStack: true, fips: false }],
  [
    { AWS_USE_DUALSTACK_ENDPOINT: 'true', AWS_USE_FIPS_ENDPOINT: 'true' },
    { dualStack: true, fips: true },
  ],
];

test("the endpoints that a job asks for are those of the SDK's variables", () => {
  for (const [env, endpoints] of variables) assert.deepEqual(endpointsOf(env), endpoints);
});
