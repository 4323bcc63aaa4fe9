import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageScanFinding } from '@aws-sdk/client-ecr';
import { startWorld } from '../world/world.ts';

const findings = Array.from({ length: 1_001 }, (_, at): ImageScanFinding => ({
  name: `CVE-2026-${at}`,
  severity: at === 1_000 ? 'CRITICAL' : 'LOW',
}));

test('an answer of ECR that is not the whole result of a scan is not judged as one', async t => {
  await using world = await startWorld();
  const pushed = await world.run({ with: { cache: 'off', 'wait-for-scan': 'false' } });
  assert.equal(pushed.outcome, 'success', pushed.log);
  const judge = () =>
    world.run({
      with: {
        mode: 'gate',
        'build-args': '',
        image: pushed.outputs['digest'] ?? '',
        tags: '1.2.3',
        'scan-timeout': '3s',
      },
    });

  await t.test('one whose second page is in progress, until it has ended', async () => {
    world.aws.ecr.scans.tell({ findings, uncounted: true, laterStatuses: ['IN_PROGRESS', 'IN_PROGRESS'] });
    const run = await judge();
    assert.equal(run.outputs['critical'], '1', run.log);
  });

  await t.test('one whose second page has failed twice, where the critical finding would be', async () => {
    world.aws.ecr.scans.tell({ findings, laterStatuses: Array<'FAILED'>(20).fill('FAILED') });
    const run = await judge();
    assert.equal(run.outcome, 'failure', run.log);
    assert.equal(run.outputs['scan-verdict'], 'blocked');
    assert.equal(run.outputs['scan-status'], 'FAILED');
  });

  await t.test('one that has ended and lists nothing', async () => {
    world.aws.ecr.scans.tell({ unlisted: true });
    const run = await judge();
    assert.equal(run.outcome, 'failure', run.log);
    assert.equal(run.outputs['scan-verdict'], 'blocked');
    assert.match(run.outputs['scan-sentence'] ?? '', /last seen: COMPLETE without a list of findings/);
  });
});
