import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { rememberSecret, rememberSecretFile, replaceMasked } from '../../src/platform/masked-values.ts';
import { createMasks } from '../world/github/masks.ts';

// The register belongs to the process, so each test has secrets of its own.
test('a secret is replaced as it is and in the encodings in which a build may print it', () => {
  const secret = `p&ss "w'rd"/<é>${'0'.repeat(60)}`;
  rememberSecret(secret);
  const bytes = Buffer.from(secret);
  const printed = {
    plain: secret,
    base64: bytes.toString('base64'),
    'base64 of user and password': Buffer.concat([Buffer.from('user:'), bytes]).toString('base64'),
    'base64 before more': Buffer.concat([bytes, Buffer.from('and more')]).toString('base64'),
    'base64 for URLs': bytes.toString('base64url'),
    'base64 in lines': bytes.toString('base64').replaceAll(/.{76}/g, '$&\n'),
    hexadecimal: bytes.toString('hex'),
    JSON: JSON.stringify(secret),
    URL: encodeURIComponent(secret),
    XML: `p&amp;ss &quot;w&apos;rd&quot;/&lt;é&gt;${'0'.repeat(60)}`,
    'an expression': secret.replaceAll("'", "''"),
    'a command line': secret.replaceAll('"', String.raw`\"`),
  };
  for (const [name, text] of Object.entries(printed)) {
    const shown = replaceMasked(`before ${text} after`);
    assert.match(shown, /\*\*\*/, name);
    const longest = shown.split(/[*\s]+/).filter(part => text.includes(part));
    assert.ok(
      longest.every(part => part.length < 12),
      `${name}: ${shown}`,
    );
  }
});

test('each line of a secret counts, and short lines do not', () => {
  rememberSecret('-----BEGIN KEY-----\r\n  MIIEvQIBADANBg\r\n{\r\nend');
  assert.equal(replaceMasked('#7 0.3 MIIEvQIBADANBg { end'), '#7 0.3 *** { end');
});

test('overlapping secrets leave nothing of either, and their order does not matter', () => {
  rememberSecret('overlap-one');
  rememberSecret('one-and-two');
  assert.equal(replaceMasked('x overlap-one-and-two y'), 'x *** y');
  assert.equal(replaceMasked('overlap-one'), '***');
});

test('nothing is replaced for an empty secret, and a short one is replaced only as it is', () => {
  rememberSecret('');
  rememberSecret(' \n ');
  assert.equal(replaceMasked('a b\n'), 'a b\n');
  rememberSecret('qzx');
  assert.equal(replaceMasked(`qzx ${Buffer.from('qzx').toString('base64')}`), `*** ${btoa('qzx')}`);
});

test('a secret file counts as a whole, by its lines, and by the long words that may be the secret itself', () => {
  rememberSecretFile(
    'registry=https://npm.example.com/\n//npm.example.com/:_authToken=npm_0123456789abcdef\n',
  );
  assert.equal(replaceMasked('token npm_0123456789abcdef'), 'token ***');
  assert.equal(replaceMasked('x registry=https://npm.example.com/ y'), 'x *** y');
  assert.equal(replaceMasked('from npm.example.com'), 'from npm.example.com', 'a host is no secret');
});

test('whatever the runner would mask of a secret is replaced', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 8, maxLength: 40 }).filter(value => value.trim().length >= 8),
      fc.string(),
      (value, around) => {
        rememberSecret(value);
        const masks = createMasks([value]);
        const text = `${around}${value} ${btoa(encodeURIComponent(value))} ${encodeURIComponent(value)}${around}`;
        const shown = replaceMasked(text);
        assert.ok(!shown.includes(value));
        assert.equal(masks.hide(shown), shown);
      },
    ),
    { numRuns: 200 },
  );
});
