import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

test('every platform of an index is scanned, and a finding of one alone blocks the whole', async t => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell({
    platform: 'linux/arm64',
    findings: [
      { name: 'CVE-2024-1', severity: 'CRITICAL', attributes: [{ key: 'package_name', value: 'musl' }] },
    ],
  });
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const run = await world.run({ workspace, with: { platforms: 'linux/amd64,linux/arm64', cache: 'off' } });

  assert.equal(run.outputs['scan-verdict'], 'blocked', run.log);
  assert.match(run.summary, /critical \| CVE-2024-1 \| `musl` \|.*\| linux\/arm64 \|/);
  const scanned = world.aws.requests
    .filter(({ operation }) => operation === 'DescribeImageScanFindings')
    .map(({ parameters }) => JSON.stringify(parameters['imageId']));
  assert.equal(new Set(scanned).size, 2);
  assert.ok(
    !scanned.some(each => each.includes(run.outputs['digest'] ?? 'no digest')),
    'the index itself is not asked for',
  );
  assertTranscript(t, world, run);
});
