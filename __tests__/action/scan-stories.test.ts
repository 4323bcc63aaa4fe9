import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allow, startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

const inputs = { cache: 'off' };

// They wait more than they work.
describe('how a scan may end', { concurrency: 3 }, () => {
  test('an image that Inspector no longer scans is blocked, and told how it is scanned again', async t => {
    await using world = await startWorld();
    world.aws.ecr.scanWith({
      scanType: 'ENHANCED',
      rules: [
        { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] },
      ],
    });
    world.aws.ecr.scans.tell({ status: 'SCAN_ELIGIBILITY_EXPIRED' });
    const run = await world.run({ with: inputs });
    assert.equal(run.outcome, 'failure');
    assert.equal(run.outputs['scan-status'], 'SCAN_ELIGIBILITY_EXPIRED');
    assertTranscript(t, world, run);
  });

  test('the wait goes on where ECR throttles a look at the scan more often than a call is tried', async t => {
    await using world = await startWorld();
    world.aws.faults.add({ match: 'ecr:DescribeImageScanFindings', kind: 'throttle', times: 4 });
    const run = await world.run({ with: inputs });
    assert.equal(run.outcome, 'success', run.log);
    assert.match(run.log, /^Waiting for the scan of linux\/amd64: ECR did not answer/m);
    assertTranscript(t, world, run);
  });

  test('a look at the scan that is denied ends the wait at once, with the permission to add', async t => {
    const image = ['BatchCheckLayerAvailability', 'BatchGetImage', 'CompleteLayerUpload', 'CreateRepository'];
    const push = ['DescribeRepositories', 'GetAuthorizationToken', 'InitiateLayerUpload', 'PutImage'];
    const permitted = [...image, ...push, 'UploadLayerPart'].map(action => `ecr:${action}`);
    await using world = await startWorld({ policies: [allow(...permitted)] });
    const run = await world.run({ with: inputs });
    assert.equal(run.outcome, 'failure');
    const asked = world.aws.requests.filter(({ operation }) => operation === 'DescribeImageScanFindings');
    assert.equal(asked.length, 1);
    assertTranscript(t, world, run);
  });
});
