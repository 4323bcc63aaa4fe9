import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { digestOf } from './transcript.ts';

const selection = { tagStatus: 'untagged', countType: 'imageCountMoreThan', countNumber: 100 };
const lifecyclePolicy = JSON.stringify({
  rules: [{ rulePriority: 1, description: 'Keeps the newest', selection, action: { type: 'expire' } }],
});
const sha = '0123456789abcdef0123456789abcdef01234567';

test('faults of AWS', async t => {
  await using world = await startWorld();
  await t.test(
    'what answers in place of AWS is told, and a file of certificates that is not there',
    async () => {
      world.aws.faults.add({ match: 'ecr:DescribeRepositories', kind: 'page', status: 200, times: 3 });
      const portal = await world.run();
      assert.equal(portal.outcome, 'failure');
      assert.equal(
        portal.annotations[0]?.message,
        "ecr:DescribeRepositories failed: something before AWS answered (a proxy or portal), with HTTP 200 and the page 'Service Unavailable'\n" +
          "Run the job again. If it stays, let the runner's network or proxy pass the calls to AWS on, and log in to its portal where it has one.",
      );
      const file = join(world.scratch, 'none.pem');
      const bundle = await world.run({ environment: { AWS_CA_BUNDLE: file } });
      assert.equal(
        bundle.annotations[0]?.message,
        `AWS_CA_BUNDLE is '${file}', which cannot be read (ENOENT: no such file or directory, stat '${file}').\n` +
          'Let it name a readable file with certificates in PEM form (-----BEGIN CERTIFICATE-----), or take the variable away: NODE_EXTRA_CA_CERTS can name the file instead.',
      );
    },
  );

  await t.test(
    'each call of AWS may fail once, be answered by a proxy or know nothing yet of the push: all is set in the end',
    async () => {
      const { ecr, faults } = world.aws;
      const refuse = (match: string, code: string): void =>
        faults.add({ match, times: 1, kind: 'refuse', error: { code, message: 'Not now.', status: 400 } });
      faults.add({ match: 'ecr:DescribeRepositories', times: 1, kind: 'page' });
      faults.add({ match: 'ecr:CreateRepository', times: 1, kind: 'lose' });
      faults.add({ match: 'ecr:GetAuthorizationToken', times: 1, kind: 'empty' });
      faults.add({ match: 'ecr:BatchGetImage', times: 1, kind: 'halve' });
      refuse('ecr:SetRepositoryPolicy', 'ExpiredTokenException');
      refuse('ecr:DescribeImageScanFindings', 'ImageNotFoundException');
      refuse('ecr:PutImage', 'LayersNotFoundException');
      faults.add({ match: 'ecr:PutImage', times: 1, kind: 'lose', status: 500 });
      faults.add({ match: 'ecr:StartLifecyclePolicyPreview', times: 1, kind: 'lose' });
      faults.add({ match: 'ecr:PutLifecyclePolicy', times: 1, kind: 'page', status: 200 });
      ecr.pushLag.looks = 1;
      ecr.previews.looks = 0;
      const run = await world.run({
        with: {
          tags: '1.2.3',
          'pull-accounts': '210987654321',
          'repository-tags': 'team=web',
          'lifecycle-policy': lifecyclePolicy,
          cache: 'off',
        },
      });
      assert.equal(run.outcome, 'success', run.log);
      assert.match(run.log, /^An earlier try of the same call created it: its answer was lost$/m);
      const made = ecr.repository('team/hello');
      assert.match(made?.policy?.text ?? '', /arn:aws:iam::210987654321:root/);
      assert.equal(made?.lifecyclePolicy, lifecyclePolicy);
      assert.deepEqual(made.resourceTags, { team: 'web' });
      assert.equal(await digestOf(world, 'team/hello', '1.2.3'), run.outputs['digest']);
      assert.equal(await digestOf(world, 'team/hello', sha), run.outputs['digest']);
      assert.deepEqual(run.annotations, []);
    },
  );
});
