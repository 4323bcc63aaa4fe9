import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSolveStatus } from '../../src/docker/solve-status.ts';
import { digestOfName, printed, statuses, vertexes, warned } from './reports.ts';

test('what is read of a report', () => {
  const empty = { vertexes: [], statuses: [], logs: [], warnings: [] };
  assert.deepEqual(parseSolveStatus('{}'), empty);
  const group = { id: 'g', name: '[2/2] COPY a b', weak: true };
  assert.deepEqual(
    parseSolveStatus(vertexes({ name: 'make', inputs: ['x'], at: 1, until: 2.5, error: 'no', group })),
    {
      ...empty,
      vertexes: [
        {
          digest: digestOfName('make'),
          name: 'make',
          hasInputs: true,
          started: 1000,
          completed: 2500,
          cached: false,
          error: 'no',
          group,
        },
      ],
    },
  );
  assert.deepEqual(parseSolveStatus(statuses({ of: 'make', id: 'part', current: 3, total: 4, at: 1 })), {
    ...empty,
    statuses: [
      { vertex: digestOfName('make'), id: 'part', current: 3, total: 4, timestamp: 1000, started: 1000 },
    ],
  });
  assert.equal(parseSolveStatus(printed('make', 'hällo'))?.logs[0]?.data.toString(), 'hällo');
  assert.equal(parseSolveStatus(warned('make', 'be careful'))?.warnings[0]?.text, 'be careful');
});

test('what is no report is text', () => {
  const texts = [
    '',
    'ERROR: failed to build',
    '{',
    '{"level":"error"}',
    '{"vertexes":[{"digest":"sha256:1"}],"more":1}',
    '{"vertexes":[{"digest":1}]}',
    '{"vertexes":{"digest":"sha256:1"}}',
    '{"statuses":[{"vertex":"sha256:1","id":"part","current":"3"}]}',
    '{"logs":["text"]}',
    '[{"vertexes":[]}]',
    ' {"vertexes":[]}',
  ];
  for (const text of texts) assert.equal(parseSolveStatus(text), undefined, text);
});
