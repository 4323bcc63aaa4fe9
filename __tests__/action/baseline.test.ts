import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

const [base, head, merge] = ['b'.repeat(40), 'd'.repeat(40), 'e'.repeat(40)];
const event = pullRequest(describeJob(), {
  number: 7,
  mergeSha: merge,
  headSha: head,
  headRef: 'feature',
  baseSha: base,
});
const finding = (name: string) => ({
  name,
  severity: 'CRITICAL' as const,
  attributes: [
    { key: 'package_name', value: 'openssl' },
    { key: 'package_version', value: '3.0.11-1' },
  ],
});

test('a pull request is blocked for the findings that it brings, not for those that its base has', async t => {
  await using world = await startWorld();
  const inputs = { cache: 'off', baseline: 'base', gate: 'new' };
  const tellOf = (of: string, ...names: string[]) =>
    world.aws.ecr.scans.tell({ match: { labels: { of } }, findings: names.map(finding) });
  tellOf('base', 'CVE-2024-1', 'CVE-2024-2');
  const before = await world.run({ sha: base, with: { cache: 'off', labels: 'of=base' } });
  assert.equal(before.outputs['scan-verdict'], 'blocked');

  tellOf('feature', 'CVE-2024-1', 'CVE-2024-3');
  const blocked = await world.run({ event, with: { ...inputs, labels: 'of=feature' } });
  assertTranscript(t, world, blocked);
  assert.equal(blocked.outputs['scan-verdict'], 'blocked');
  assert.equal(blocked.outputs['new'], '1');
  assert.equal(blocked.outputs['gone'], '1');
  assert.match(
    blocked.annotations[0]?.message ?? '',
    /^Blocked: 1 critical .*\nCVE-2024-3 in openssl 3\.0\.11-1\./,
  );

  await t.test('and passes with those alone', async () => {
    tellOf('feature', 'CVE-2024-1');
    const passed = await world.run({ event, with: { ...inputs, labels: 'of=feature' } });
    assert.equal(passed.outcome, 'success', passed.log);
    assert.equal(passed.outputs['new'], '0');
    assert.equal(passed.outputs['total'], '1');
  });

  await t.test('without a baseline all of them are new, and that is said', async () => {
    const other = { ...inputs, baseline: 'latest', labels: 'of=feature' };
    const run = await world.run({ event, with: other });
    assert.equal(run.outputs['scan-verdict'], 'blocked');
    const warning = run.annotations.find(({ level }) => level === 'warning');
    assert.match(warning?.message ?? '', /^There is no baseline `latest`: every finding counts as new\./);
  });
});
