import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { inputsOfOtherActions, sayOtherActionsInputs } from '../../src/validation/other-actions-inputs.ts';
import { isRecord } from '../../src/validation/parsers.ts';

test('no input that this action has is told to be that of another', () => {
  const action: unknown = parse(readFileSync('action.yml', 'utf8'));
  assert.ok(isRecord(action) && isRecord(action['inputs']));
  const own = new Set(Object.keys(action['inputs']));
  const others = Object.keys(inputsOfOtherActions);
  assert.deepEqual(
    others.filter(name => own.has(name)),
    [],
  );
  for (const [name, { instead }] of Object.entries(inputsOfOtherActions)) {
    const named = Array.from(instead.matchAll(/`([a-z]+(?:-[a-z]+)+)[:`]/g), ([, each]) => each ?? '');
    assert.deepEqual(
      named.filter(each => !own.has(each) && each !== 'timeout-minutes'),
      [],
      name,
    );
  }
});

const given: [
  inputs: Record<string, string>,
  environment: Record<string, string>,
  told: RegExp | undefined,
][] = [
  [{}, {}, undefined],
  [
    { images: 'app' },
    {},
    /^What belongs to other actions has no effect here\. .*\n- `images` of docker\/metadata-action: `repository`/,
  ],
  [{}, { DOCKER_METADATA_SET_OUTPUT_ENV: 'false' }, undefined],
  [{}, { DOCKER_METADATA_SET_OUTPUT_ENV: 'true' }, /no variables are set/],
  [{}, { DOCKER_METADATA_PR_HEAD_SHA: 'true', GITHUB_EVENT_NAME: 'pull_request' }, undefined],
  [
    {},
    { DOCKER_METADATA_PR_HEAD_SHA: 'true', GITHUB_EVENT_NAME: 'pull_request_target' },
    /what is checked out is what is meant/,
  ],
  [{}, { DOCKER_METADATA_ANNOTATIONS_LEVELS: 'manifest' }, undefined],
  [{}, { DOCKER_METADATA_ANNOTATIONS_LEVELS: 'manifest,index' }, /`index:name=value`/],
];

test('an input or a variable of another action is told where it would do something there', () => {
  for (const [inputs, environment, told] of given) {
    const text = sayOtherActionsInputs(name => inputs[name] ?? '', environment);
    if (told === undefined) assert.equal(text, undefined);
    else assert.match(text ?? '', told);
  }
});
