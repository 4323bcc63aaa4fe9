import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awaitedState, frequencyOf } from '../../src/scan/registry-scanning.ts';

const rule = (scanFrequency: 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL', filter: string) => ({
  scanFrequency,
  repositoryFilters: [{ filter, filterType: 'WILDCARD' as const }],
});

const filters: [filter: string, selects: boolean][] = [
  ['*', true],
  ['team/app', true],
  ['app', true],
  ['team/*', true],
  ['*/app', true],
  ['t*m/*p', true],
  ['team/app*', true],
  ['other', false],
  ['app/*', false],
  ['*team', false],
  ['team/a*app', false],
];

for (const [filter, selects] of filters) {
  test(`the filter ${filter} ${selects ? 'selects' : 'leaves out'} team/app`, () => {
    const frequency = frequencyOf({ rules: [rule('SCAN_ON_PUSH', filter)] }, 'team/app');
    assert.equal(frequency, selects ? 'SCAN_ON_PUSH' : undefined);
  });
}

test('of two rules the one that scans more often holds', () => {
  const rules = [rule('SCAN_ON_PUSH', '*'), rule('CONTINUOUS_SCAN', 'team/*')];
  assert.equal(frequencyOf({ rules }, 'team/app'), 'CONTINUOUS_SCAN');
});

test('where nothing scans by itself, or nobody knows, a scan is asked for', () => {
  const young = { repositoryName: 'team/app', isYoung: true };
  const basic = { scanType: 'BASIC' as const, rules: [rule('SCAN_ON_PUSH', '*')] };
  assert.equal(awaitedState(undefined, young), undefined);
  assert.equal(awaitedState(basic, young)?.state, 'no scan yet');
  assert.equal(awaitedState(basic, { ...young, isYoung: false }), undefined);
  assert.equal(awaitedState({ scanType: 'BASIC', rules: [] }, young), undefined);
  assert.equal(awaitedState({ scanType: 'ENHANCED', rules: [] }, young)?.state, 'no enhanced scan yet');
});
