import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PolicyDocument } from '../world/aws/policy-document.ts';
import { startWorld, trust } from '../world/world.ts';

const admitsAll = trust({ 'token.actions.githubusercontent.com:sub': 'repo:octo-org/octo-repo:*' });

// The other ways to name a key are tried in permissions.test.ts.
test('the permissions that a dry run prints for a key, by its ARN or an alias, are enough to create the repository with it', async () => {
  await using world = await startWorld();
  const arn = world.aws.kms.putKey({ alias: 'alias/team/images' });
  const other = world.aws.kms.putKey({ alias: 'alias/payroll' });
  for (const [index, key] of [arn, 'alias/team/images'].entries()) {
    const temp = join(world.scratch, `runner-temp-${index}`);
    const asked = { repository: `team/app-${index}`, 'kms-key': key, cache: 'off', 'wait-for-scan': 'false' };
    const dry = await world.run({ temp, with: { ...asked, 'dry-run': 'true' } });
    const { policies }: { policies: { permissions: PolicyDocument } } = JSON.parse(
      await readFile(dry.outputs['plan'] ?? '', 'utf8'),
    );
    world.aws.iam.putRole({ name: 'ci', trustPolicy: admitsAll, policies: [policies.permissions] });

    const refused = await world.run({ with: { ...asked, 'kms-key': other } });
    assert.equal(refused.outcome, 'failure');
    assert.match(
      refused.annotations[0]?.message ?? '',
      /KMS exception\. \(AccessDeniedException\)\nThe key \S+ has to exist .* `dry-run: true` prints the statement/,
    );
    const made = await world.run({ with: asked });
    assert.equal(made.outcome, 'success', made.log);
    assert.equal(world.aws.ecr.repository(`team/app-${index}`)?.encryption.kmsKey, arn);
  }
});
