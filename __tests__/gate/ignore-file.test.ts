import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseIgnoreFile } from '../../src/gate/ignore-file.ts';

const good = `# What we have looked at.
ignore:
  - id: CVE-2024-5535
    package: openssl
    platform: linux/amd64
    reason: ALPN is not used
    until: 2026-12-31

  - id: CVE-2023-4641
    reason: waiting for Debian
    until-fixed: true
  - { id: CVE-2023-1, reason: both, until: 2026-12-31, until-fixed: true }
`;

test('an ignore file gives exceptions that know their lines', () => {
  assert.deepEqual(parseIgnoreFile('f.yml', good), {
    faults: [],
    values: [
      {
        id: 'CVE-2024-5535',
        package: 'openssl',
        platform: 'linux/amd64',
        reason: 'ALPN is not used',
        until: '2026-12-31',
        untilFixed: false,
        source: 'f.yml:3',
      },
      { id: 'CVE-2023-4641', reason: 'waiting for Debian', untilFixed: true, source: 'f.yml:9' },
      { id: 'CVE-2023-1', reason: 'both', until: '2026-12-31', untilFixed: true, source: 'f.yml:12' },
    ],
  });
});

test('a file without exceptions excuses nothing', () => {
  for (const text of ['', '# nothing yet\n', 'ignore:\n', 'ignore: []\n']) {
    assert.deepEqual(parseIgnoreFile('f.yml', text), { values: [], faults: [] }, text);
  }
});

const entry = (lines: string): string =>
  `ignore:\n  - id: CVE-1\n    reason: seen\n    until: 2026-12-31\n${lines}`;

const faulty: [text: string, line: number, problem: RegExp, remedy: RegExp][] = [
  ['ignore: [', 1, /^is no YAML: /, /Give `ignore:`/],
  ['ignore:\n\t- id: CVE-1', 2, /^is no YAML: /, /Give/],
  ['- id: CVE-1', 1, /^is no list of exceptions/, /Give `ignore:`/],
  ['hello', 1, /^is no list of exceptions/, /Give/],
  ['ignore: yes please', 1, /^is no list of exceptions/, /Give/],
  ['ignores:\n  - id: CVE-1', 1, /the key `ignores`, which does not exist/, /Did you mean `ignore`\?/],
  ['ignore:\n  - CVE-1', 2, /^is no exception/, /Give/],
  [
    entry('    pakage: openssl'),
    5,
    /`pakage`, which does not exist/,
    /Allowed: id, .* Did you mean `package`\?/,
  ],
  [entry('    until_fixed: true'), 5, /`until_fixed`/, /Did you mean `until-fixed`\?/],
  [entry('    because: of it'), 5, /the key `because`, which does not exist$/, /Allowed: .*until-fixed\.$/],
  [entry('    id: CVE-2'), 5, /^is no YAML: Map keys must be unique/, /Give/],
  [
    entry('  - id: cve-1\n    reason: again\n    until: 2026-12-31'),
    5,
    /the same exception as f\.yml:2/,
    /Keep one/,
  ],
  ['ignore:\n  - reason: seen\n    until: 2026-12-31', 2, /^has no `id`/, /Name the vulnerability/],
  ['ignore:\n  - id: CVE-1\n    until: 2026-12-31', 2, /^has no `reason`/, /Say why/],
  ['ignore:\n  - id: CVE-1\n    reason: seen', 2, /^has no end/, /`until: 2026-12-31`/],
  [
    'ignore:\n  - id: CVE-1\n    reason: seen\n    until: tomorrow',
    4,
    /`until: tomorrow`, which is no date/,
    /2026/,
  ],
  ['ignore:\n  - id: CVE-1\n    reason: seen\n    until: 2026-02-30', 4, /is no date/, /last day/],
  [
    'ignore:\n  - id: CVE-1\n    reason: seen\n    until-fixed: false',
    4,
    /which is not true/,
    /`until-fixed: true`/,
  ],
  [
    'ignore:\n  - id: 5\n    reason: seen\n    until: 2026-12-31',
    2,
    /`id: 5`, which is no text/,
    /in quotes/,
  ],
  ['ignore:\n  - id: CVE-1\n    reason:\n    until: 2026-12-31', 3, /which is no text/, /Give a text/],
  [entry('    platform: Linux'), 5, /`platform: Linux`, which is not a platform/, /linux\/amd64/],
];

test('every fault of an ignore file is told with its line and the way out', () => {
  for (const [text, line, problem, remedy] of faulty) {
    const { values, faults } = parseIgnoreFile('f.yml', text);
    assert.equal(faults.length, 1, `${text}\n${JSON.stringify(faults)}`);
    assert.equal(faults[0]?.place, `f.yml:${line}`, text);
    assert.match(faults[0].problem, problem, text);
    assert.match(faults[0].remedy, remedy, text);
    assert.ok(values.length <= 1, text);
  }
});

test('several faults are told at once', () => {
  const { faults } = parseIgnoreFile('f.yml', 'ignore:\n  - id: CVE-1\n  - reason: seen\n    untill: x\n');
  assert.deepEqual(
    faults.map(({ place, problem }) => [place, problem.split(',')[0]]),
    [
      ['f.yml:2', 'has no `reason`'],
      ['f.yml:2', 'has no end'],
      ['f.yml:3', 'has no `id`'],
      ['f.yml:3', 'has no end'],
      ['f.yml:4', 'has the key `untill`'],
    ],
  );
});
