import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectiveLenience } from '../../src/gate/limits.ts';
import { judgeMissingScans, judgeUnscanned } from '../../src/gate/missing-scan.ts';
import { consequenceOf, consequences, readScan } from '../../src/scan/inputs.ts';
import { thresholds } from '../../src/scan/severity.ts';
import { readerOf } from '../../src/validation/reader.ts';

const rules = { max: {}, failOnExploitable: false };

const gap = { reason: 'ECR cannot scan it.', remedy: 'Build it otherwise.' };

const report = { kind: 'unscannable', status: 'UNSUPPORTED_IMAGE', ...gap } as const;

const late = { ...report, status: '', timedOut: true } as const;

test('what was not scanned is blocked, or let pass with a warning or without, as the inputs say', () => {
  for (const onTimeout of consequences) {
    for (const onUnscannable of consequences) {
      for (const failOn of thresholds) {
        const lenience = effectiveLenience({ ...rules, failOn, onTimeout, onUnscannable });
        for (const [each, chosen] of [
          [report, onUnscannable],
          [late, onTimeout],
        ] as const) {
          const verdict = judgeUnscanned(each, lenience);
          const blocks = chosen === 'fail' && failOn !== 'none';
          assert.equal(verdict.kind, blocks ? 'blocked' : 'unscanned', JSON.stringify(lenience));
          assert.ok(verdict.sentence.endsWith(gap.reason));
          if (verdict.kind === 'blocked') assert.equal(verdict.remedy, gap.remedy);
          if (verdict.kind === 'unscanned')
            assert.equal(verdict.level, chosen === 'ignore' ? 'info' : 'warning');
        }
      }
    }
  }
});

test('a stricter answer never passes what a laxer one blocked', () => {
  const strictness = { fail: 2, warn: 1, ignore: 0 };
  for (const onUnscannable of consequences) {
    const consequence = consequenceOf(
      {},
      effectiveLenience({ ...rules, failOn: 'critical', onTimeout: 'ignore', onUnscannable }),
    );
    assert.equal(strictness[consequence], strictness[onUnscannable]);
  }
});

test('where a platform has no scan the others are judged, and a pass is not one', () => {
  const lenience = { onTimeout: 'fail', onUnscannable: 'warn' } as const;
  const passed = { kind: 'passed', sentence: 'Passed: no findings.' } as const;
  const blocked = { kind: 'blocked', sentence: 'Blocked: 1 high.', remedy: 'Upgrade.' } as const;
  assert.equal(judgeMissingScans(passed, [], lenience), passed);
  assert.equal(judgeMissingScans(blocked, [gap], lenience), blocked);
  assert.deepEqual(judgeMissingScans(passed, [gap], lenience), {
    kind: 'unscanned',
    level: 'warning',
    sentence: 'Not judged as a whole: ECR cannot scan it. The rest: Passed: no findings.',
  });
  const quiet = judgeMissingScans(passed, [gap], { ...lenience, onUnscannable: 'ignore' });
  assert.ok(quiet.kind === 'unscanned' && quiet.level === 'info');
});

test('what follows from a scan that nobody awaits is refused', () => {
  const reader = readerOf(
    input =>
      ({ 'wait-for-scan': 'false', 'on-unscannable': 'warn', 'on-scan-timeout': 'ignore' })[input] ?? '',
  );
  readScan(reader, 'all');
  const { message = '' } = reader.close() ?? {};
  assert.match(message, /on-unscannable: 'warn' is about a scan that is not awaited/);
  assert.match(message, /on-scan-timeout: 'ignore' is about a scan that is not awaited/);
});
