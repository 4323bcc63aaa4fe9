import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitDescription, tagOutputs } from '../../src/report/output-values.ts';

test('labels and annotations that are too long for outputs are left out whole, and named', () => {
  const long = `team=${'x'.repeat(70_000)}`;
  const many = Array.from({ length: 20 }, (_, index) => `big.${index}=${'y'.repeat(5_000)}`);
  const { description, leftOut } = fitDescription({
    labels: ['a=1', long, 'b=2'],
    annotations: many,
    derivedAnnotations: ['manifest:c=3'],
  });
  assert.deepEqual(description.labels, ['a=1', 'b=2']);
  assert.deepEqual(leftOut, ['team', ...many.slice(13).map(each => each.split('=', 1)[0])]);
  const outputs = new Map(tagOutputs(description, { uri: 'r/x', tags: ['t'] }));
  assert.equal(outputs.get('labels'), 'a=1\nb=2');
  const json: unknown = JSON.parse(String(outputs.get('json')));
  assert.ok(typeof json === 'object' && json !== null && 'labels' in json);
  assert.deepEqual(json.labels, { a: '1', b: '2' });
  assert.deepEqual(fitDescription(description), { description, leftOut: [] });
});
