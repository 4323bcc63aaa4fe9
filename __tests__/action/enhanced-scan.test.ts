import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allow, startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

const findings = ['CVE-1', 'CVE-2', 'CVE-3'].map((vulnerabilityId, index) => ({
  title: vulnerabilityId,
  severity: index === 2 ? 'CRITICAL' : 'LOW',
  packageVulnerabilityDetails: {
    vulnerabilityId,
    sourceUrl: `https://nvd.nist.gov/vuln/detail/${vulnerabilityId}`,
    vulnerablePackages: [{ name: 'zlib', version: '1.2.11', fixedInVersion: '1.2.13' }],
  },
}));

function enhance(world: World): void {
  world.aws.ecr.scanWith({
    scanType: 'ENHANCED',
    rules: [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }],
  });
}

// They wait more than they work.
describe('enhanced scanning', { concurrency: 3 }, () => {
  test('an enhanced scan is judged when its findings have settled, not when it first says ACTIVE', async t => {
    await using world = await startWorld();
    enhance(world);
    world.aws.ecr.scans.tell({ findings, settles: [2] });
    const run = await world.run({ with: { cache: 'off' } });

    assert.equal(run.outputs['scan-verdict'], 'blocked', run.log);
    assert.equal(run.outputs['scan-status'], 'ACTIVE');
    assert.equal(run.outputs['total'], '3');
    assert.match(run.annotations[0]?.message ?? '', /CVE-3: upgrade zlib 1\.2\.11 to 1\.2\.13/);
    assertTranscript(t, world, run);
  });

  test('where Inspector tells that its scan has succeeded, nobody waits for the findings to settle', async t => {
    await using world = await startWorld({ policies: [allow('ecr:*', 'inspector2:ListCoverage')] });
    enhance(world);
    world.aws.ecr.scans.tell({ findings, settles: [2] });
    const run = await world.run({ with: { cache: 'off' } });
    assert.equal(run.outputs['total'], '3', run.log);
    assert.equal(run.outputs['scan-verdict'], 'blocked');
    assertTranscript(t, world, run);
  });
});
