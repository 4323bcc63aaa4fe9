import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { assertTranscript, digestOf } from './transcript.ts';

test('a critical finding blocks the image, which keeps its digest and report but gets no version', async t => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell({
    match: { labels: { base: 'old' } },
    findings: [
      {
        name: 'CVE-2024-5535',
        severity: 'CRITICAL',
        uri: 'https://security-tracker.debian.org/tracker/CVE-2024-5535',
        attributes: [
          { key: 'package_name', value: 'openssl' },
          { key: 'package_version', value: '3.0.11-1' },
        ],
      },
      {
        name: 'CVE-2023-4641',
        severity: 'LOW',
        attributes: [
          { key: 'package_name', value: 'shadow' },
          { key: 'package_version', value: '4.13' },
        ],
      },
    ],
  });
  const run = await world.run({ ref: 'refs/tags/v1.2.3', with: { labels: 'base=old' } });

  assert.equal(run.outcome, 'failure');
  assert.equal(run.outputs['scan-verdict'], 'blocked');
  assert.equal(run.outputs['critical'], '1');
  assert.equal(run.outputs['total'], '2');
  assert.match(run.outputs['digest'] ?? '', /^sha256:/);
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), null);
  assertTranscript(t, world, run);
});
