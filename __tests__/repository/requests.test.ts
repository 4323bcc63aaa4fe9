import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TagMutability } from '../../src/ecr/mutability.ts';
import { mergeMutability } from '../../src/repository/requests.ts';

const made: TagMutability = { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['buildcache*'] };

const open: TagMutability = { setting: 'MUTABLE', exclusions: [] };

const closed: TagMutability = { setting: 'IMMUTABLE', exclusions: [] };

const mostlyOpen: TagMutability = { setting: 'MUTABLE_WITH_EXCLUSION', exclusions: ['v*'] };

const mostlyClosed: TagMutability = { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['latest'] };

const table: [
  asked: { mutability?: TagMutability['setting']; exclusions?: string[] },
  found: TagMutability,
  put: TagMutability,
][] = [
  [{}, mostlyOpen, mostlyOpen],
  [{ mutability: 'IMMUTABLE_WITH_EXCLUSION' }, mostlyClosed, mostlyClosed],
  [{ mutability: 'IMMUTABLE_WITH_EXCLUSION' }, closed, made],
  // What was not to move is not what may move.
  [{ mutability: 'IMMUTABLE_WITH_EXCLUSION' }, mostlyOpen, made],
  [{ mutability: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['a'] }, mostlyOpen, { ...made, exclusions: ['a'] }],
  [{ exclusions: ['a'] }, mostlyOpen, { ...mostlyOpen, exclusions: ['a'] }],
  [{ exclusions: ['a'] }, mostlyClosed, { ...mostlyClosed, exclusions: ['a'] }],
  [{ exclusions: ['a'] }, closed, { ...made, exclusions: ['a'] }],
  [{ exclusions: ['a'] }, open, open],
];

test('of the tag setting and its filters the one that nobody asked for stays as it is', () => {
  for (const [asked, found, put] of table)
    assert.deepEqual(mergeMutability(asked, { found, made }), put, JSON.stringify([asked, found]));
  for (const setting of ['MUTABLE', 'IMMUTABLE'] as const) {
    const plain = { setting, exclusions: [] };
    for (const found of [open, closed, mostlyOpen, mostlyClosed])
      assert.deepEqual(mergeMutability({ mutability: setting }, { found, made: plain }), plain);
  }
});
