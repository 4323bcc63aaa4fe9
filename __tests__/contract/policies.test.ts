import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { statementsOf } from '../world/aws/policy-document.ts';
import type { PolicyDocument } from '../world/aws/policy-document.ts';
import { root, startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

const readme = await readFile(join(root, 'README.md'), 'utf8');
const permissions = policyOf('permission-policy');
const trustPolicy = policyOf('trust-policy');

test("the README's trust and permission policies are enough, for every kind of run", async () => {
  await using world = await startWorld({ trustPolicy, policies: [permissions] });
  for (const run of await runsOf(world)) {
    const { outcome, log } = await run();
    assert.equal(outcome, 'success', log);
  }
});

// That they are enough without an action left out, the test above has shown.
test("none of the README's permissions could be left out", async t => {
  const actions = statementsOf(permissions).flatMap(({ Action }) => Action ?? []);
  await using world = await startWorld({ trustPolicy });
  for (const action of actions) {
    await t.test(action, async () => {
      world.aws.iam.putRole({ name: 'ci', trustPolicy, policies: [without(action)] });
      let failed = false;
      for (const run of await runsOf(world, `team/${action.replace('ecr:', '').toLowerCase()}`)) {
        const { outcome, log } = await run();
        // A cache that cannot be read is no failure, but it is one of the things that a permission is for.
        failed ||= outcome !== 'success' || /not authorized|403 Forbidden/.test(log);
        if (failed) break;
      }
      assert.ok(failed, `every run succeeded without ${action}`);
    });
  }
});

/**
 * A first build with a release; then, on a machine without layers, a repository that does not scan by itself. The second job's
 * subject has the other form.
 */
async function runsOf(world: World, repository = 'team/app') {
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN head -c 100000 /dev/urandom > /data\n`,
  );
  const first = { workspace, with: { repository, 'scan-on-push': 'false' } };
  return [
    () => world.run({ ...first, with: { ...first.with, tags: '1.0.0' } }),
    async () => {
      await world.engine.prune();
      return world.run({ ...first, sha: 'f'.repeat(40), job: { subject: 'immutable' } });
    },
  ];
}

/** The permissions without an action, for every repository, as each action is tried with one of its own. */
function without(action: string): PolicyDocument {
  const statements = statementsOf(permissions).map(({ Effect, Action = [] }) => {
    const left = [Action].flat().filter(each => each !== action);
    return { Effect, Resource: '*', Action: left };
  });
  return { ...permissions, Statement: statements.filter(({ Action }) => Action.length > 0) };
}

function policyOf(name: string): PolicyDocument {
  const block = new RegExp(`^\`\`\`json ${name}\\n(.*?)^\`\`\`$`, 'ms').exec(readme)?.[1] ?? '';
  const policy: PolicyDocument = JSON.parse(block);
  return policy;
}
