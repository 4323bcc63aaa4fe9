import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyExceptions } from '../../src/gate/exceptions.ts';
import type { AppliedExceptions } from '../../src/gate/exceptions.ts';
import type { IgnoreEntry } from '../../src/gate/ignore-entry.ts';
import { parseIgnoreFile } from '../../src/gate/ignore-file.ts';
import { parseVexDocument } from '../../src/gate/vex-document.ts';
import type { Finding } from '../../src/scan/findings.ts';

const amd64 = { platform: 'linux/amd64', digest: `sha256:${'a'.repeat(64)}` };
const arm64 = { platform: 'linux/arm64', digest: `sha256:${'b'.repeat(64)}` };
const image = {
  uri: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app',
  digest: `sha256:${'c'.repeat(64)}`,
  tags: ['1.2.3'],
  platforms: [amd64, arm64],
};
const both = [amd64.platform, arm64.platform];

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: 'CVE-2024-5535',
  severity: 'high',
  package: 'openssl',
  installed: '3.0.11-1',
  platforms: both,
  ...more,
});
const entry = (more: Partial<IgnoreEntry> = {}): IgnoreEntry => ({
  id: 'CVE-2024-5535',
  reason: 'ALPN is not used',
  until: '2026-12-31',
  untilFixed: false,
  source: 'f.yml:2',
  ...more,
});

function sorted(findings: Finding[], ignore: IgnoreEntry[], today = '2026-06-15'): AppliedExceptions {
  const sorter = { ignoreUnfixed: false, failOnExploitable: false, exceptions: { ignore, vex: [] } };
  return applyExceptions(findings, sorter, { image, now: new Date(`${today}T23:00:00Z`) });
}

const untilFixed = (): IgnoreEntry => {
  const { until: _, ...rest } = entry({ untilFixed: true });
  return rest;
};

const exceptions: [finding: Partial<Finding>, entry: IgnoreEntry, counts: string[], note?: RegExp][] = [
  [{}, entry(), []],
  [{ id: 'cve-2024-5535' }, entry(), []],
  [{}, entry({ package: 'openssl' }), []],
  [
    {},
    entry({ package: 'zlib' }),
    both,
    /^The exception for CVE-2024-5535 in zlib \(f\.yml:2\) matches no finding/,
  ],
  [{}, entry({ id: 'CVE-1' }), both, /matches no finding: it can go/],
  [{}, entry({ platform: 'linux/amd64' }), ['linux/arm64']],
  [{}, entry({ platform: 'linux/s390x' }), both, /on linux\/s390x \(f\.yml:2\) matches no finding/],
  [{}, entry({ until: '2026-06-15' }), []],
  [{}, entry({ until: '2026-06-14' }), both, /ended on 2026-06-14 and no longer counts/],
  [{ id: 'CVE-1' }, entry({ until: '2026-06-14' }), both, /ended on 2026-06-14/],
  [{ unfixed: true }, untilFixed(), []],
  [{ fixed: '3.0.15-1' }, untilFixed(), both, /was until a fix, and openssl 3\.0\.15-1 is one/],
  [{}, untilFixed(), both, /this scan does not tell of fixes: it does not count/],
  [{ unfixed: true }, entry({ untilFixed: true }), []],
  [{ unfixed: true }, entry({ untilFixed: true, until: '2026-06-14' }), both, /ended on/],
  [{ fixed: '4' }, entry({ untilFixed: true }), both, /was until a fix/],
];

test('an exception excuses what it names, where it says and while it says; else it is named', () => {
  for (const [more, exception, counts, note] of exceptions) {
    const { counted, ignored, notes } = sorted([finding(more)], [exception]);
    const what = JSON.stringify([more, exception]);
    assert.deepEqual(
      counted.flatMap(({ platforms }) => platforms),
      counts,
      what,
    );
    assert.deepEqual(
      ignored.flatMap(each => each.finding.platforms),
      both.filter(each => !counts.includes(each)),
      what,
    );
    assert.equal(notes.length, note ? 1 : 0, what);
    if (note) assert.match(notes[0] ?? '', note, what);
  }
});

test('what is ignored knows by what, why, and until when', () => {
  assert.deepEqual(sorted([finding()], [entry()]).ignored, [
    {
      finding: finding(),
      by: 'ignore-file',
      reason: 'ALPN is not used',
      source: 'f.yml:2',
      until: '2026-12-31',
    },
  ]);
  assert.equal(sorted([finding({ unfixed: true })], [untilFixed()]).ignored[0]?.until, 'fixed');
});

test('an image that names no platform is excused by an exception for all of them alone', () => {
  const single = finding({ platforms: [] });
  assert.equal(sorted([single], [entry()]).counted.length, 0);
  assert.equal(sorted([single], [entry({ platform: 'linux/amd64' })]).counted.length, 1);
});

const oci = 'pkg:oci/app';
const digestOf = (of: { digest: string }): string => of.digest.replace(':', '%3A');
const notAffected = { status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path' };
type Statement = Record<string, unknown>;

function document(...statements: Statement[]): string {
  return JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/1',
    author: 'team@example.com',
    timestamp: '2026-01-01T00:00:00Z',
    version: 1,
    statements: statements.map(each => Object.assign({ vulnerability: { name: 'CVE-2024-5535' } }, each)),
  });
}

const about = (...products: unknown[]): Statement => ({ products, ...notAffected });
const product = (id: string, ...subcomponents: string[]): Statement => ({
  '@id': id,
  subcomponents: subcomponents.map(each => ({ '@id': each })),
});

const statements: [name: string, statements: Statement[], counts: string[]][] = [
  ['the image by name', [about({ '@id': oci })], []],
  ['a bare string, as in 2022', [about(oci)], []],
  ['another image', [about({ '@id': 'pkg:oci/other' })], both],
  ['its URI', [about({ '@id': image.uri })], []],
  [
    'its URI at another host of the registry',
    [about({ '@id': image.uri.replace('dkr.ecr', 'dkr.ecr-fips') })],
    [],
  ],
  ['its URI in another registry', [about({ '@id': image.uri.replace('123', '999') })], both],
  ['its reference by tag', [about({ '@id': `${image.uri}:1.2.3` })], []],
  ['a tag that it does not get', [about({ '@id': `${image.uri}:1.2.4` })], both],
  ['the index by digest', [about({ '@id': `${oci}@${digestOf(image)}` })], []],
  ['one platform by digest', [about({ '@id': `${oci}@${digestOf(amd64)}` })], ['linux/arm64']],
  ['another digest', [about({ '@id': `${oci}@sha256%3A${'d'.repeat(64)}` })], both],
  ['one platform by architecture', [about({ '@id': `${oci}?arch=arm64` })], ['linux/amd64']],
  ['the repository', [about({ '@id': `${oci}?repository_url=${image.uri}` })], []],
  [
    "the repository's parent",
    [about({ '@id': `${oci}?repository_url=${image.uri.replace('/app', '')}` })],
    [],
  ],
  ['another repository', [about({ '@id': `${oci}?repository_url=ghcr.io/team/app` })], both],
  ['a hash', [about({ hashes: { 'sha-256': 'B'.repeat(64) } })], ['linux/amd64']],
  ['an identifier', [about({ '@id': 'https://example.com/app', identifiers: { purl: oci } })], []],
  ['its component', [about(product(oci, 'pkg:deb/debian/openssl'))], []],
  ['its component in this version', [about(product(oci, 'pkg:deb/debian/openssl@3.0.11-1?arch=amd64'))], []],
  ['its component in another version', [about(product(oci, 'pkg:deb/debian/openssl@3.0.10-1'))], both],
  ['another component', [about(product(oci, 'pkg:deb/debian/zlib', 'pkg:deb/debian/curl'))], both],
  ['one of its components', [about(product(oci, 'pkg:deb/debian/zlib', 'pkg:deb/debian/openssl'))], []],
  ['the package itself', [about({ '@id': 'pkg:deb/debian/openssl@3.0.11-1' })], []],
  ['a component of another product', [about(product('pkg:oci/other', 'pkg:deb/debian/openssl'))], both],
  ['what is no package URL', [about({ '@id': 'pkg:' })], both],
  ['another vulnerability', [{ ...about({ '@id': oci }), vulnerability: { name: 'CVE-1' } }], both],
  [
    'an alias',
    [{ ...about({ '@id': oci }), vulnerability: { name: 'GHSA-1', aliases: ['cve-2024-5535'] } }],
    [],
  ],
  ['a vulnerability as in 2022', [{ ...about({ '@id': oci }), vulnerability: 'CVE-2024-5535' }], []],
  [
    'a vulnerability by its page',
    [
      {
        ...about({ '@id': oci }),
        vulnerability: { '@id': 'https://nvd.nist.gov/vuln/detail/CVE-2024-5535' },
      },
    ],
    [],
  ],
  ['fixed', [{ products: [oci], status: 'fixed' }], []],
  ['affected', [{ products: [oci], status: 'affected', action_statement: 'upgrade' }], both],
  ['under investigation', [{ products: [oci], status: 'under_investigation' }], both],
  [
    'a later word',
    [
      { ...about(oci), timestamp: '2026-02-01T00:00:00Z' },
      { products: [oci], status: 'affected', timestamp: '2026-03-01T00:00:00Z' },
    ],
    both,
  ],
  [
    'a later word that stands first',
    [
      { ...about(oci), timestamp: '2026-03-01T00:00:00Z' },
      { products: [oci], status: 'affected', timestamp: '2026-02-01T00:00:00Z' },
    ],
    [],
  ],
  ['a later word at the same time', [{ products: [oci], status: 'under_investigation' }, about(oci)], []],
  [
    "a later word than the document's",
    [about(oci), { products: [oci], status: 'affected', timestamp: '2025-12-31T00:00:00Z' }],
    [],
  ],
];

for (const [name, given, counts] of statements) {
  test(`VEX: ${name}`, () => {
    const { values: vex, faults } = parseVexDocument('vex.json', document(...given));
    assert.deepEqual(faults, []);
    const sorter = { ignoreUnfixed: false, failOnExploitable: false, exceptions: { ignore: [], vex } };
    const { counted, ignored } = applyExceptions([finding()], sorter, { image, now: new Date() });
    assert.deepEqual(
      counted.flatMap(({ platforms }) => platforms),
      counts,
    );
    assert.deepEqual(
      ignored.flatMap(each => each.finding.platforms),
      both.filter(each => !counts.includes(each)),
    );
  });
}

test('names of packages in namespaces are those that scanners use', () => {
  const names: [purl: string, name: string][] = [
    ['pkg:npm/%40scope/left-pad@1.0', '@scope/left-pad'],
    ['pkg:maven/org.apache.logging.log4j/log4j-core@1.0', 'org.apache.logging.log4j:log4j-core'],
    ['pkg:golang/golang.org/x/net@1.0', 'golang.org/x/net'],
    ['pkg:rpm/redhat/curl@1.0?epoch=2', 'curl'],
  ];
  for (const [purl, name] of names) {
    const { values: vex } = parseVexDocument('vex.json', document(about(product(oci, purl))));
    const sorter = { ignoreUnfixed: false, failOnExploitable: false, exceptions: { ignore: [], vex } };
    const installed = purl.includes('epoch') ? '2:1.0' : '1.0';
    const { ignored } = applyExceptions([finding({ package: name, installed })], sorter, {
      image,
      now: new Date(),
    });
    assert.deepEqual(
      ignored.map(({ by, reason, source }) => [by, reason, source]),
      [['vex', 'not affected: vulnerable code not in execute path', 'vex.json']],
      purl,
    );
  }
});

const refused: [text: string, place: RegExp, problem: RegExp][] = [
  ['{', /^v\.json$/, /^is no JSON: /],
  ['[]', /^v\.json$/, /is no OpenVEX document/],
  ['{"@context": "https://cyclonedx.org", "statements": []}', /^v\.json$/, /is no OpenVEX document/],
  [document({ products: [oci], status: 'safe' }), /statement 1$/, /has no status/],
  [document(about(oci), { products: [oci], status: 'not_affected' }), /statement 2$/, /without a reason/],
  [document({ status: 'fixed' }), /statement 1$/, /names no product/],
  [
    document({ products: [oci], status: 'fixed', vulnerability: {} }),
    /statement 1$/,
    /names no vulnerability/,
  ],
  [document({ ...about(oci), timestamp: 'yesterday' }), /statement 1$/, /has no time/],
];

test('a document that does not say what it must is refused, with the statement and the way out', () => {
  for (const [text, place, problem] of refused) {
    const { faults } = parseVexDocument('v.json', text);
    assert.equal(faults.length, 1, text);
    assert.match(faults[0]?.place ?? '', place);
    assert.match(faults[0]?.problem ?? '', problem);
  }
});

test('what several entries excuse on a platform each is not left standing on any', () => {
  const each = both.map(platform => entry({ platform, source: platform }));
  const { counted, ignored } = sorted([finding()], each);
  assert.deepEqual(counted, []);
  assert.equal(ignored.length, 2);
});

test('an entry for one platform does not go where nothing says which one the image is for', () => {
  const { notes } = sorted([finding({ platforms: [] })], [entry({ platform: amd64.platform })]);
  assert.match(notes.join(), /is for one platform, and nothing says which one this image is for/);
});

test('of thousands of exceptions each finding finds its own, at once, and few of the rest are named', () => {
  const lines = Array.from({ length: 10_000 }, (_, at) =>
    [`  - id: CVE-2024-${at}`, '    reason: not used', '    until: 2026-12-31'].join('\n'),
  );
  const began = process.cpuUsage();
  const { values, faults } = parseIgnoreFile('f.yml', ['ignore:', ...lines].join('\n'));
  assert.deepEqual(faults, []);
  const findings = Array.from({ length: 1_000 }, (_, at) => finding({ id: `cve-2024-${at * 20}` }));
  const { ignored, counted, notes } = sorted(findings, values);
  // Comparing each with each takes ten times as long.
  assert.ok(process.cpuUsage(began).user < 5_000_000);
  assert.deepEqual([ignored.length, counted.length, notes.length], [500, 500, 51]);
  assert.equal(notes.at(-1), '9,450 more exceptions have ended or match no finding.');
});
