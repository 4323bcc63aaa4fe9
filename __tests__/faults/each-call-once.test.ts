import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kinds } from './kinds.ts';
import { openScenario, runClean, runWithFaults } from './matrix.ts';
import { scenarios } from './scenarios.ts';
import { openStage } from './stage.ts';

/** Those in which the call took effect are the hardest; the others are tried by script/faults alone. */
const passing = kinds.filter(({ name }) => name === 'lost' || name === 'truncated');
const half = Math.ceil(passing.length / 2);

// All faults one by one are tried by script/faults. Most of the time goes by in waits before something is tried again, so that two
// worlds take half of it.
test('a first build whose calls each fail once ends as if none had', { concurrency: 2 }, async t => {
  const scenario = scenarios.find(({ name }) => name === 'first-build');
  assert.ok(scenario);
  const tryAll = async (part: typeof passing): Promise<void> => {
    await using stage = await openStage();
    const performance = await openScenario(scenario, stage);
    const clean = await runClean(performance);
    assert.ok(clean.calls.size >= 20, [...clean.calls.keys()].join('\n'));
    for (const kind of part)
      await t.test(kind.title, async () => {
        const faults = [...clean.calls.keys()].map(call => ({ call, kind }));
        const { problems, struck, log } = await runWithFaults(performance, clean, faults);
        assert.deepEqual(problems, [], log);
        assert.ok(struck >= 15, `${struck} of ${faults.length} calls failed`);
      });
  };
  await Promise.all([passing.slice(0, half), passing.slice(half)].map(tryAll));
});
