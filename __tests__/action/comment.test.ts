import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';

const event = pullRequest(describeJob(), {
  number: 7,
  mergeSha: 'e'.repeat(40),
  headSha: 'd'.repeat(40),
  headRef: 'feature',
});
const permissions = { 'id-token': 'write', 'pull-requests': 'write' } as const;

test('a pull request gets one comment, which each run writes anew, and a refused one is a warning', async t => {
  await using world = await startWorld();
  const run = (granted: { 'id-token': 'write'; 'pull-requests'?: 'write' } = permissions) =>
    world.run({ event, permissions: granted, with: { cache: 'off', comment: 'true' } });
  const others = {
    repository: 'octo-org/octo-repo',
    number: 7,
    user: { login: 'mallory', type: 'User' as const },
  };
  for (let id = 1; id <= 130; id++) world.github.comments.push({ id, ...others, body: `Nice, ${id}` });
  const mark = '<!-- ecr-image: 123456789012/eu-central-1/team/hello -->';
  const forged = { id: 131, ...others, body: `${mark}\nAll is well` };
  world.github.comments.push(forged);
  world.aws.ecr.scans.tell({
    findings: [
      {
        name: 'CVE-2024-1',
        severity: 'CRITICAL',
        attributes: [{ key: 'package_name', value: '@angular/core' }],
      },
    ],
  });

  const blocked = await run();
  assert.equal(world.github.comments.length, 132, blocked.log);
  const comment = world.github.comments.at(-1);
  assert.match(
    comment?.body ?? '',
    /^<!-- ecr-image: 123456789012\/eu-central-1\/team\/hello -->\n### ⛔ team\/hello: blocked\n\n> Blocked: 1 critical/,
  );
  assert.doesNotMatch(comment?.body ?? '', /#### Steps/);
  assert.match(comment?.body ?? '', /`@angular\/core`/, 'nobody is called by a package');
  assert.equal(forged.body, `${mark}\nAll is well`, "another's comment is left alone");
  assert.match(blocked.log, /^#7: written/m);

  world.aws.ecr.scans.tell({ findings: [] });
  const passed = await run();
  assert.match(passed.log, /^#7: renewed/m);
  assert.equal(world.github.comments.length, 132);
  assert.match(comment?.body ?? '', /### ✅ team\/hello: passed/);

  await t.test('a run that fails says so where an earlier one has passed', async () => {
    world.aws.faults.add({
      match: 'ecr:DescribeImageScanFindings',
      kind: 'refuse',
      error: { code: 'InvalidParameterException', message: 'No.', status: 400 },
      times: 1,
    });
    const failed = await run();
    assert.equal(failed.outcome, 'failure', failed.log);
    assert.match(comment?.body ?? '', /### ❌ team\/hello: failed/);
    assert.equal(world.github.comments.length, 132);
  });

  await t.test('without the permission', async () => {
    const refused = await run({ 'id-token': 'write' });
    assert.equal(refused.outcome, 'success', refused.log);
    const warning = refused.annotations.find(({ level }) => level === 'warning');
    assert.match(
      warning?.message ?? '',
      /^The comment on #7 could not be written\. GitHub answered 403: Resource not accessible by integration\nGive the job `permissions: pull-requests: write`/,
    );
  });
});
