import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayCommand } from '../../src/docker/command-line.ts';
import { credentialsIn, withoutCredentials } from '../../src/platform/url-credentials.ts';
import { sayFaults } from '../../src/validation/parsers.ts';

const token = `ghs_${'a'.repeat(36)}`;

const table: [text: string, shown: string, secrets: string[]][] = [
  ['https://github.com/o/r.git#main', 'https://github.com/o/r.git#main', []],
  ['https://user:hunter2@host/o/r.git', 'https://***@host/o/r.git', ['hunter2']],
  ['https://user:p@ss@host/o', 'https://***@host/o', ['p@ss']],
  ['https://user:p%40ss@host/o', 'https://***@host/o', ['p%40ss', 'p@ss']],
  ['https://:hunter2@host', 'https://***@host', ['hunter2']],
  [`https://${token}@github.com/o/r.git`, 'https://***@github.com/o/r.git', [token]],
  ['https://user@host/o', 'https://***@host/o', []],
  ['ssh://git@github.com/o/r.git', 'ssh://git@github.com/o/r.git', []],
  ['git@github.com:o/r.git', 'git@github.com:o/r.git', []],
  ['docker-image://alpine:3.20@sha256:0', 'docker-image://alpine:3.20@sha256:0', []],
  [
    'type=s3,endpoint_url=https://a:hunter2@minio,x=http://c:other@d',
    'type=s3,endpoint_url=https://***@minio,x=http://***@d',
    ['hunter2', 'other'],
  ],
  ['https://host/path@2x.png', 'https://host/path@2x.png', []],
  ['https://a:%zz@host', 'https://***@host', ['%zz']],
];

test('the user and password of a URL are shown nowhere', () => {
  for (const [text, shown, secrets] of table) {
    assert.equal(withoutCredentials(text), shown);
    assert.deepEqual(credentialsIn(text), secrets, text);
  }
});

test('neither a command in the log nor the error of an input has them', () => {
  const url = 'https://user:hunter2@host/o/r.git#main';
  assert.equal(
    sayCommand(['build', '--build-context', `a=${url}`, url]),
    "build --build-context 'a=https://***@host/o/r.git#main' 'https://***@host/o/r.git#main'",
  );
  const fault = { input: 'context', value: url, problem: `has '${url}'`, remedy: `Give no ${url}.` };
  assert.doesNotMatch(sayFaults([fault]).message, /hunter2/);
  // The cut of a long value does not divide them.
  for (let length = 150; length < 220; length += 1) {
    const value = `${'a'.repeat(length)}${url}`;
    assert.doesNotMatch(sayFaults([{ ...fault, value }]).message, /hunter/, `${length}`);
  }
});
