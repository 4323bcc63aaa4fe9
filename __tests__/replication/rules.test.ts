import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReplicationConfiguration } from '@aws-sdk/client-ecr';
import { Failure } from '../../src/platform/failure.ts';
import { destinationsFor } from '../../src/replication/rules.ts';

const [own, other] = ['123456789012', '210987654321'];
const america = { region: 'us-east-1', registryId: own };
const ireland = { region: 'eu-west-1', registryId: other };

function rule(prefixes: string[], ...destinations: { region: string; registryId: string }[]) {
  return {
    destinations,
    repositoryFilters: prefixes.map(filter => ({ filter, filterType: 'PREFIX_MATCH' as const })),
  };
}

test('a repository is replicated to where the rules for the beginning of its name say, once each', () => {
  const cases: [why: string, configuration: Partial<ReplicationConfiguration>, expected: object[]][] = [
    ['no configuration', {}, []],
    ['no rule', { rules: [] }, []],
    ['a prefix', { rules: [rule(['team/'], america)] }, [america]],
    ['the whole name', { rules: [rule(['team/app'], america)] }, [america]],
    ['a prefix that ends in a name', { rules: [rule(['tea'], america)] }, [america]],
    ['another prefix', { rules: [rule(['released/'], america)] }, []],
    ['a part that is no beginning', { rules: [rule(['app'], america)] }, []],
    ['no filter: every repository', { rules: [{ destinations: [america] }] }, [america]],
    ['an empty list of filters', { rules: [rule([], america)] }, [america]],
    ['one of several prefixes', { rules: [rule(['web/', 'team/'], america, ireland)] }, [america, ireland]],
    [
      'several rules to one place',
      { rules: [rule(['team/'], america), rule([], ireland, america)] },
      [america, ireland],
    ],
  ];
  for (const [why, configuration, expected] of cases)
    assert.deepEqual(destinationsFor('team/app', configuration), expected, why);
});

test('a filter of a kind that is not known yet matches, so that nothing is missing unnoticed', () => {
  const rules = JSON.parse(
    JSON.stringify([{ ...rule([], america), repositoryFilters: [{ filter: 'x*', filterType: 'WILDCARD' }] }]),
  );
  assert.deepEqual(destinationsFor('team/app', { rules }), [america]);
});

test('no client is opened for what is no region of AWS', () => {
  for (const place of [
    { region: 'us-east-1.example.com/', registryId: own },
    { region: '', registryId: own },
    { region: 'us-east-1', registryId: '../1' },
  ])
    assert.throws(() => destinationsFor('team/app', { rules: [rule([], place)] }), Failure);
});
