import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kinds } from './kinds.ts';
import { openScenario, runClean, runWithFaults } from './matrix.ts';
import { scenarios } from './scenarios.ts';
import { openStage } from './stage.ts';

// All cells one by one are run by script/faults.
test('a first build whose calls each fail once ends as if none had, whatever the fault', async t => {
  await using stage = await openStage();
  const scenario = scenarios.find(({ name }) => name === 'first-build');
  assert.ok(scenario);
  const performance = await openScenario(scenario, stage);
  const clean = await runClean(performance);
  assert.ok(clean.calls.size >= 20, [...clean.calls.keys()].join('\n'));
  for (const kind of kinds.filter(({ usual, once }) => usual && once)) {
    await t.test(kind.title, async () => {
      const faults = [...clean.calls.keys()].map(call => ({ call, kind }));
      const { problems, struck, log } = await runWithFaults(performance, clean, faults);
      assert.deepEqual(problems, [], log);
      assert.ok(struck >= 15, `${struck} of ${faults.length} calls failed`);
    });
  }
});
