import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

test('findings are read page by page, and the one on the last page counts', async t => {
  await using world = await startWorld();
  const finding = (name: string, severity: 'LOW' | 'CRITICAL') => ({
    name,
    severity,
    attributes: [{ key: 'package_name', value: 'p' }],
  });
  const findings = Array.from({ length: 1_100 }, (_, index) => finding(`CVE-2024-${index}`, 'LOW'));
  world.aws.ecr.scans.tell({ findings: [...findings, finding('CVE-2024-9999', 'CRITICAL')] });
  const run = await world.run({ with: { cache: 'off' } });
  assert.equal(run.outputs['scan-verdict'], 'blocked', run.log);
  assert.equal(run.outputs['total'], '1101');
  assert.match(run.annotations[0]?.message ?? '', /CVE-2024-9999/);
  assert.equal(
    world.aws.requests.filter(({ operation }) => operation === 'DescribeImageScanFindings').length,
    2,
  );
  assertTranscript(t, world, run);
});
