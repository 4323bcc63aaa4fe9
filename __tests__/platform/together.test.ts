import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/platform/failure.ts';
import { together } from '../../src/platform/job.ts';

test('of works that fail each for a reason of its own none is forgotten, and one reason is told once', async () => {
  const copies = new Failure('Two copies failed.', { remedy: 'Create the repositories.' });
  const replicas = new Failure('A replica is late.', { remedy: 'Wait longer.' });
  const fails = (reason: unknown): Promise<never> => Promise.reject(reason);
  const ends = async (...works: Promise<unknown>[]): Promise<unknown> =>
    together(...works).then(
      () => undefined,
      (reason: unknown) => reason,
    );
  assert.equal(await ends(Promise.resolve()), undefined);
  assert.equal(await ends(Promise.resolve(), fails(copies)), copies);
  assert.equal(await ends(fails(copies), fails(copies)), copies);
  const both = await ends(fails(copies), Promise.resolve(), fails(replicas));
  assert.ok(both instanceof Failure);
  assert.equal(both.message, 'Two copies failed.\nA replica is late.');
  assert.equal(both.remedy, 'Create the repositories.\nWait longer.');
  // A cancelled job has one reason, and a fault of the action itself is told as it is.
  const fault = new TypeError('a fault');
  assert.equal(await ends(fails(copies), fails(fault)), copies);
  assert.equal(await ends(fails(fault), fails(copies)), fault);
});
