import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentPlan } from '../../src/dry-run/plan-document.ts';
import { summarizePlan } from '../../src/dry-run/summary.ts';
import { makePlan } from '../../src/plan.ts';
import { commit, inputs } from '../sample.ts';

test('keys that are given are named where a role would be, and are in neither the plan nor its summary', () => {
  const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a/secret' };
  const document = documentPlan(makePlan({ ...inputs, role: { ...inputs.role, arns: [], keys } }, commit));
  const summary = summarizePlan(document);
  assert.match(summary, /^\| Role \| the keys of aws-access-key-id \|$/m);
  assert.doesNotMatch(JSON.stringify(document) + summary, /AKIAEXAMPLE|a\/secret/);
});
