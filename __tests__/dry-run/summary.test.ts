import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentPlan } from '../../src/dry-run/plan-document.ts';
import { summarizePlan } from '../../src/dry-run/summary.ts';
import { makePlan } from '../../src/plan.ts';
import { commit, inputs } from '../sample.ts';

test('the wait for the replication is told where it is asked for', () => {
  const summaryOf = (wait: boolean) =>
    summarizePlan(documentPlan(makePlan({ ...inputs, replication: { wait, timeout: 90_000 } }, commit)));
  assert.match(summaryOf(true), /^\| Replication \| waited for up to 90 s after the release \|$/m);
  assert.match(summaryOf(true), /"ecr:DescribeImageReplicationStatus"/);
  assert.doesNotMatch(summaryOf(false), /Replication/);
});

test('the registries of base images are told where there are any', () => {
  const registry = { registryId: '210987654321', region: 'eu-west-1' };
  const summaryOf = (loginRegistries: (typeof registry)[]) =>
    summarizePlan(documentPlan(makePlan({ ...inputs, loginRegistries }, commit)));
  assert.match(
    summaryOf([registry]),
    /^\| Base images \| logged in to `210987654321@eu-west-1` for the build \|$/m,
  );
  assert.doesNotMatch(summaryOf([]), /Base images/);
});

test('keys that are given are named where a role would be, and are in neither the plan nor its summary', () => {
  const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a/secret' };
  const document = documentPlan(makePlan({ ...inputs, role: { ...inputs.role, arns: [], keys } }, commit));
  const summary = summarizePlan(document);
  assert.match(summary, /^\| Role \| the keys of aws-access-key-id \|$/m);
  assert.doesNotMatch(JSON.stringify(document) + summary, /AKIAEXAMPLE|a\/secret/);
});
