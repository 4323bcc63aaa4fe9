import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

test('an enhanced scan is judged when its findings have settled, not when it first says ACTIVE', async () => {
  await using world = await startWorld();
  world.aws.ecr.scanWith({
    scanType: 'ENHANCED',
    rules: [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }],
  });
  const findings = ['CVE-1', 'CVE-2', 'CVE-3'].map((vulnerabilityId, index) => ({
    title: vulnerabilityId,
    severity: index === 2 ? 'CRITICAL' : 'LOW',
    packageVulnerabilityDetails: {
      vulnerabilityId,
      sourceUrl: `https://nvd.nist.gov/vuln/detail/${vulnerabilityId}`,
      vulnerablePackages: [{ name: 'zlib', version: '1.2.11', fixedInVersion: '1.2.13' }],
    },
  }));
  world.aws.ecr.scans.tell({ findings, scanNotFoundForMs: 500, durationMs: 1000, settles: [2, 2, 2] });
  const run = await world.run({ with: { cache: 'off' } });

  assert.equal(run.outputs['scan-verdict'], 'blocked', run.log);
  assert.equal(run.outputs['scan-status'], 'ACTIVE');
  assert.equal(run.outputs['total'], '3');
  assert.match(run.annotations[0]?.message ?? '', /CVE-3: upgrade zlib 1\.2\.11 to 1\.2\.13/);
});
