import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayFailed } from '../../src/copies/failed-destinations.ts';
import { Failure } from '../../src/platform/failure.ts';

test('the policy that several destinations need alike is told once, behind what each of them lacks', () => {
  const policy = 'All that these inputs need, for a policy of the role:\n{\n  "Version": "2012-10-17"\n}';
  const denied = (title: string) => ({
    title,
    error: new Failure('Denied.', { remedy: `As copy: The role lacks ecr:PutImage on ${title}.\n${policy}` }),
  });
  const missing = (title: string) => ({ title, error: new Failure('None.', { remedy: 'Create it there.' }) });
  assert.deepEqual(
    sayFailed([denied('a'), missing('b'), denied('c'), missing('d'), { title: 'e', error: 'gone' }]),
    {
      message: '- a: Denied.\n- b: None.\n- c: Denied.\n- d: None.\n- e: gone',
      remedy: `a: As copy: The role lacks ecr:PutImage on a.\nc: As copy: The role lacks ecr:PutImage on c.\n${policy}\nb, d: Create it there.`,
    },
  );
  const [alone] = [missing('a')];
  assert.equal(sayFailed([alone]).remedy, 'Create it there.');
});
