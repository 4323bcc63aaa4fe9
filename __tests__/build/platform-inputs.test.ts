import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalPlatform } from '../../src/build/inputs.ts';

const table: [given: string, expected: string][] = [
  ['linux/amd64', 'linux/amd64'],
  ['linux/amd64/v1', 'linux/amd64'],
  ['linux/amd64/v2', 'linux/amd64/v2'],
  ['x86_64', 'linux/amd64'],
  ['arm64', 'linux/arm64'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/arm64/8', 'linux/arm64'],
  ['linux/aarch64', 'linux/arm64'],
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm/6', 'linux/arm/v6'],
  ['linux/armhf', 'linux/arm/v7'],
  ['linux/386', 'linux/386'],
  ['windows/amd64', 'windows/amd64'],
  ['local', 'linux/s390x'],
  ['linux', 'linux/s390x'],
  ['windows', 'windows/s390x'],
];

test('a platform has one name, whatever it is called', () => {
  for (const [given, expected] of table) assert.equal(normalPlatform(given, 's390x'), expected, given);
  assert.equal(normalPlatform('local', 'arm'), 'linux/arm/v7');
});
