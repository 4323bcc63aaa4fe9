import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Log } from 'sarif';
import { startWorld } from '../world/world.ts';

// A little more than 24 hours: a scan that has just ended may be told as one that ends in a moment.
const day = 86_460_000;
const enhanced = (id: string, severity: string, more: { exploit?: 'YES' | 'NO'; fixed?: string } = {}) => ({
  findingArn: `arn:${id}`,
  severity,
  ...(more.exploit && { exploitAvailable: more.exploit }),
  packageVulnerabilityDetails: {
    vulnerabilityId: id,
    vulnerablePackages: [{ name: 'zlib', version: '1.2', fixedInVersion: more.fixed ?? 'NotAvailable' }],
  },
});

test('each rule of the gate holds for an image that was pushed earlier, and old scans and too many findings are told', async t => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const temp = join(world.scratch, 'temp');
  const pushed = await world.run({ workspace, with: { cache: 'off' } });
  assert.equal(pushed.outputs['scan-verdict'], 'passed', pushed.log);
  const base = { mode: 'gate', image: pushed.outputs['digest'] ?? '', 'build-args': '' };
  const judge = (inputs: Record<string, string> = {}) =>
    world.run({ workspace, temp, with: { ...base, ...inputs } });

  await t.test('a scan of last week is repeated, and the newer one judged', async () => {
    world.aws.ecr.scans.age(7 * day);
    const run = await judge();
    assert.match(run.log, /^Asked ECR for a newer scan of linux\/amd64: the last ended 7 days ago/m);
    assert.equal(run.outputs['scan-sentence'], 'Passed: no findings (threshold: critical).');
  });

  await t.test('where ECR makes no newer one, the verdict says how old it is', async () => {
    world.aws.ecr.scans.age(9 * day);
    const error = { code: 'ValidationException', message: 'This feature is disabled', status: 400 };
    world.aws.faults.add({ match: 'ecr:StartImageScan', kind: 'refuse', error, times: 1 });
    const run = await judge();
    assert.equal(
      run.outputs['scan-sentence'],
      'Passed: no findings (threshold: critical), by a scan of 9 days ago.',
    );
    const warning = run.annotations.find(({ level }) => level === 'warning');
    assert.match(
      warning?.message ?? '',
      /^The scan of linux\/amd64 ended 9 days ago, and ECR begins no newer/,
    );
    assert.match(run.summary, /ended 9 days ago/);
    await judge();
  });

  await t.test('SARIF of more than GitHub takes has the worst of it', async () => {
    const findings = Array.from({ length: 25_100 }, (_, index) => ({
      name: `CVE-${index}`,
      severity: index < 3 ? ('CRITICAL' as const) : ('LOW' as const),
      // What cannot be packed: 10 MB are reached before 25,000 results are.
      description: randomBytes(375).toString('base64'),
    }));
    world.aws.ecr.scans.tell({ findings });
    const run = await judge({ 'fail-on': 'none' });
    assert.match(run.log, /^SARIF of 25000 findings is more than GitHub takes: half of them will do/m);
    const text = await readFile(run.outputs['sarif'] ?? '', 'utf8');
    assert.ok(gzipSync(text).length <= 10 * 1024 * 1024);
    const sarif: Log = JSON.parse(text);
    const results = sarif.runs[0]?.results ?? [];
    assert.deepEqual([results.length, sarif.runs[0]?.properties?.['leftOut']], [12_500, 12_600]);
    assert.equal(results.filter(({ level }) => level === 'error').length, 3);
  });

  await t.test('exploits, fixes and limits are told by enhanced scanning', async () => {
    const repositoryFilters = [{ filter: '*', filterType: 'WILDCARD' as const }];
    const rules = [{ scanFrequency: 'CONTINUOUS_SCAN' as const, repositoryFilters }];
    world.aws.ecr.scanWith({ scanType: 'ENHANCED', rules });
    world.aws.ecr.scans.age(600_000);
    const known = enhanced('CVE-1', 'LOW', { exploit: 'YES' });
    const mended = enhanced('CVE-2', 'HIGH', { exploit: 'NO', fixed: '1.3' });
    const unmended = enhanced('CVE-3', 'HIGH', { exploit: 'NO' });
    world.aws.ecr.scans.tell({ findings: [known, mended, unmended] });
    const sentenceOf = async (inputs: Record<string, string>) =>
      (await judge(inputs)).outputs['scan-sentence'];
    const [exploits, unfixed, limits] = await Promise.all([
      sentenceOf({ 'fail-on': 'none', 'fail-on-exploitable': 'true' }),
      sentenceOf({ 'fail-on': 'high', 'ignore-unfixed': 'true' }),
      sentenceOf({ 'fail-on': 'high', 'max-high': '2', 'max-low': '0' }),
    ]);
    assert.equal(exploits, 'Blocked: 1 with a known exploit (nothing with a known exploit).');
    assert.equal(unfixed, 'Blocked: 1 high, 2 ignored (threshold: high, unfixed ones left out).');
    assert.equal(limits, 'Blocked: 1 low (threshold: high, at most 2 high, at most 0 low).');
  });
});
