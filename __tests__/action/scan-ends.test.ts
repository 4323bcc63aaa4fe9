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

const calm = { cache: 'off' };

const story = {
  status: 'FAILED' as const,
  description: 'UnsupportedImageError: The operating system and/or package manager are not supported.',
};

// They wait more than they work. How long the findings must not change is tried in scan/wait-for-scan.test.ts.
describe('how a scan may end', { concurrency: 3 }, () => {
  test('an enhanced scan is judged when its findings have settled, not when it first says ACTIVE', async t => {
    await using world = await startWorld();
    enhance(world);
    world.aws.ecr.scans.tell({ findings, settles: [2] });
    const run = await world.run({ with: { cache: 'off' }, leapsOverPauses: true });

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

  test('an image that Inspector no longer scans is blocked, and told how it is scanned again', async t => {
    await using world = await startWorld();
    world.aws.ecr.scanWith({
      scanType: 'ENHANCED',
      rules: [
        { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] },
      ],
    });
    world.aws.ecr.scans.tell({ status: 'SCAN_ELIGIBILITY_EXPIRED' });
    const run = await world.run({ with: calm });
    assert.equal(run.outcome, 'failure');
    assert.equal(run.outputs['scan-status'], 'SCAN_ELIGIBILITY_EXPIRED');
    assertTranscript(t, world, run);
  });

  test('the wait goes on where ECR throttles a look at the scan more often than a call is tried', async t => {
    await using world = await startWorld();
    world.aws.faults.add({ match: 'ecr:DescribeImageScanFindings', kind: 'throttle', times: 4 });
    const run = await world.run({ with: calm });
    assert.equal(run.outcome, 'success', run.log);
    assert.match(run.log, /^Waiting for the scan of linux\/amd64: ECR did not answer/m);
    assertTranscript(t, world, run);
  });

  test('a look at the scan that is denied ends the wait at once, with the permission to add', async t => {
    const image = ['BatchCheckLayerAvailability', 'BatchGetImage', 'CompleteLayerUpload', 'CreateRepository'];
    const push = ['DescribeRepositories', 'GetAuthorizationToken', 'InitiateLayerUpload', 'PutImage'];
    const permitted = [...image, ...push, 'UploadLayerPart'].map(action => `ecr:${action}`);
    await using world = await startWorld({ policies: [allow(...permitted)] });
    const run = await world.run({ with: calm });
    assert.equal(run.outcome, 'failure');
    const asked = world.aws.requests.filter(({ operation }) => operation === 'DescribeImageScanFindings');
    assert.equal(asked.length, 1);
    assertTranscript(t, world, run);
  });

  test('an image that ECR cannot scan is blocked, and named as what it is', async t => {
    await using world = await startWorld();
    world.aws.ecr.scans.tell(story);
    const run = await world.run({ ref: 'refs/tags/v2.0.0', with: { cache: 'off' } });
    assert.equal(run.outcome, 'failure');
    assert.equal(run.outputs['scan-verdict'], 'blocked');
    assert.equal(run.outputs['scan-status'], 'FAILED');
    assert.equal(run.outputs['critical'], undefined, 'no count of what was not counted');
    assertTranscript(t, world, run);

    // The same image, built already: what follows is the inputs' to say.
    const again = (inputs: Record<string, string>) =>
      world.run({ ref: 'refs/tags/v2.0.0', with: { cache: 'off', ...inputs } });
    const ignored = await again({ 'on-unscannable': 'ignore' });
    assert.equal(ignored.outcome, 'success', ignored.log);
    assert.equal(ignored.outputs['scan-verdict'], 'unscanned');
    assert.deepEqual(ignored.annotations, []);
    assert.match(ignored.outputs['tags'] ?? '', /:2\.0\.0\n/);
    const warned = await again({ 'on-unscannable': 'warn' });
    assert.equal(warned.outcome, 'success', warned.log);
    assert.match(warned.annotations[0]?.message ?? '', /^Not judged: ECR cannot scan .*distroless/);
    assert.equal(warned.annotations[0]?.level, 'warning');
    const open = await again({ 'fail-on': 'none' });
    assert.equal(open.outcome, 'success', open.log);
    assert.equal(open.outputs['scan-verdict'], 'unscanned');
  });

  test('a scan that does not end in time is no scan, and the last that was seen of it is told', async t => {
    await using world = await startWorld();
    world.aws.ecr.scans.tell({ durationMs: 600_000 });
    const inputs = { cache: 'off', 'scan-timeout': '1s' };
    const run = await world.run({ with: inputs });
    assert.equal(run.outcome, 'failure');
    assertTranscript(t, world, run);
    const warned = await world.run({ with: { ...inputs, 'on-scan-timeout': 'warn' } });
    assert.equal(warned.outcome, 'success', warned.log);
    assert.equal(warned.outputs['scan-verdict'], 'unscanned');
  });

  test('`wait-for-scan: false` pushes, releases and goes', async () => {
    await using world = await startWorld();
    world.aws.ecr.scans.tell({ durationMs: 600_000 });
    const run = await world.run({
      ref: 'refs/tags/v2.0.0',
      with: { cache: 'off', 'wait-for-scan': 'false' },
    });
    assert.equal(run.outcome, 'success', run.log);
    assert.equal(run.outputs['scan-verdict'], 'unscanned');
    assert.match(run.outputs['tags'] ?? '', /:2\.0\.0\n/);
    const operations = new Set(world.aws.requests.map(({ operation }) => operation));
    assert.ok(!operations.has('DescribeImageScanFindings') && !operations.has('StartImageScan'));
  });
});
