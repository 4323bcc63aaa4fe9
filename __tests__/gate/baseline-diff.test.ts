import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareWithBaseline, sayComparison } from '../../src/gate/baseline-diff.ts';
import type { Baseline, BaselineDiff } from '../../src/gate/baseline-diff.ts';
import {
  baselineFromScan,
  baselineName,
  planBaseline,
  refuseOwnBaseline,
  whyItself,
} from '../../src/gate/baseline.ts';
import { judge } from '../../src/gate/judge.ts';
import type { Finding } from '../../src/scan/findings.ts';
import type { ScanReport } from '../../src/scan/report.ts';
import { noCounts } from '../../src/scan/severity.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { inputs, noAffixes, sha } from '../sample.ts';

const [amd64, arm64] = ['linux/amd64', 'linux/arm64'];

const finding = (id: string, platforms = [amd64], more: Partial<Finding> = {}): Finding => ({
  id,
  severity: 'critical',
  package: 'libssl3',
  installed: '3.0.11',
  platforms,
  ...more,
});

const against = (findings: Finding[], platforms = [amd64]): Baseline => ({
  kind: 'scanned',
  name: 'latest',
  digest: 'sha256:1',
  platforms,
  findings,
});

const places = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ id, platforms }) => platforms.map(platform => `${id} ${platform}`));

const tell = ({ added, gone, stayed }: BaselineDiff) => [added, gone, stayed].map(places);

const cases: [name: string, here: Finding[], there: Finding[], told: [string[], string[], string[]]][] = [
  ['nothing', [], [], [[], [], []]],
  ['the same', [finding('CVE-1')], [finding('CVE-1')], [[], [], [`CVE-1 ${amd64}`]]],
  [
    'a new one',
    [finding('CVE-1'), finding('CVE-2')],
    [finding('CVE-1')],
    [[`CVE-2 ${amd64}`], [], [`CVE-1 ${amd64}`]],
  ],
  ['one gone', [], [finding('CVE-1')], [[], [`CVE-1 ${amd64}`], []]],
  [
    'another package',
    [finding('CVE-1')],
    [finding('CVE-1', [amd64], { package: 'openssl' })],
    [[`CVE-1 ${amd64}`], [`CVE-1 ${amd64}`], []],
  ],
  [
    'another version, another severity',
    [finding('CVE-1')],
    [finding('CVE-1', [amd64], { installed: '3.0.10', severity: 'low' })],
    [[], [], [`CVE-1 ${amd64}`]],
  ],
  [
    'another platform',
    [finding('CVE-1', [amd64, arm64])],
    [finding('CVE-1', [amd64])],
    [[`CVE-1 ${arm64}`], [], [`CVE-1 ${amd64}`]],
  ],
];

test('findings are compared by vulnerability, package and platform', () => {
  for (const [name, here, there, told] of cases) {
    const both = [amd64, arm64];
    assert.deepEqual(
      tell(compareWithBaseline({ findings: here, platforms: both }, against(there, both))),
      told,
      name,
    );
  }
});

test('two single images are of one platform, where one of them does not say which', () => {
  const { added, stayed } = compareWithBaseline(
    { findings: [finding('CVE-1', [amd64])], platforms: [amd64] },
    against([finding('CVE-1', [])], ['the image']),
  );
  assert.deepEqual([added.length, stayed.length], [0, 1]);
});

const singles: [here: string, there: string, isNew: boolean][] = [
  [amd64, 'the image', false],
  ['the image', arm64, false],
  ['the image', 'the image', false],
  [arm64, arm64, false],
  [arm64, amd64, true],
];

test("a single image's findings are no older for having been another processor's", () => {
  for (const [here, there, isNew] of singles) {
    const on = (platform: string) => [platform].filter(each => each !== 'the image');
    const { added } = compareWithBaseline(
      { findings: [finding('CVE-1', on(here))], platforms: [here] },
      against([finding('CVE-1', on(there))], [there]),
    );
    assert.equal(added.length, isNew ? 1 : 0, `${here} against ${there}`);
  }
});

test('without a baseline everything is new, and it is said why', () => {
  const comparison = compareWithBaseline(
    { findings: [finding('CVE-1')], platforms: [amd64] },
    { kind: 'missing', name: 'latest', reason: 'None.' },
  );
  assert.deepEqual(tell(comparison), [[`CVE-1 ${amd64}`], [], []]);
  assert.equal(sayComparison(comparison), '1 new, 0 gone, 0 stayed since latest');
});

const scan = (findings: Finding[], unlisted = 0): ScanReport => ({
  kind: 'scanned',
  status: 'COMPLETE',
  platforms: [amd64],
  counts: { ...noCounts(), critical: findings.length + unlisted },
  unlisted: { ...noCounts(), critical: unlisted },
  findings,
});

const image = { uri: 'host/team/app', digest: 'sha256:0', tags: [], platforms: [] };

const old = [finding('CVE-1')];

const verdicts: [
  name: string,
  report: ScanReport,
  scope: 'all' | 'new',
  baseline: Baseline,
  sentence: string,
][] = [
  ['old ones', scan(old), 'new', against(old), 'Passed: no findings (threshold: critical, new ones only).'],
  ['old ones', scan(old), 'all', against(old), 'Blocked: 1 critical (threshold: critical).'],
  [
    'a new one',
    scan([...old, finding('CVE-2')]),
    'new',
    against(old),
    'Blocked: 1 critical (threshold: critical, new ones only).',
  ],
  [
    'what was not listed',
    scan(old, 1),
    'new',
    against(old),
    'Blocked: 1 critical (threshold: critical, new ones only).',
  ],
  [
    'no baseline',
    scan(old),
    'new',
    { kind: 'missing', name: 'latest', reason: 'The repository has no such image.' },
    'Blocked: 1 critical (threshold: critical, new ones only).',
  ],
];

test('a gate for new findings lets old ones pass, and nothing that it cannot know to be old', () => {
  for (const [name, report, scope, baseline, sentence] of verdicts) {
    const { verdict, comparison } = judge(
      report,
      { ...inputs.gate, scope },
      { image, now: new Date(0), baseline },
    );
    assert.equal(verdict.sentence, sentence, name);
    assert.equal(comparison?.baseline, baseline);
  }
  const { notes } = judge(
    scan(old),
    { ...inputs.gate, scope: 'new' },
    {
      image,
      now: new Date(0),
      baseline: { kind: 'missing', name: 'latest', reason: 'The repository has no such image.' },
    },
  );
  assert.deepEqual(notes, [
    'There is no baseline `latest`: every finding counts as new. The repository has no such image.',
  ]);
});

test('the baseline is a tag, a digest, or the commit that a pull request goes on', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  assert.deepEqual(planBaseline(undefined, {}, noAffixes), { kind: 'none' });
  assert.deepEqual(planBaseline('latest', {}, noAffixes), {
    kind: 'image',
    name: 'latest',
    id: { imageTag: 'latest' },
  });
  assert.deepEqual(planBaseline(digest, {}, noAffixes), {
    kind: 'image',
    name: digest,
    id: { imageDigest: digest },
  });
  const base = planBaseline('base', { baseSha: sha }, noAffixes);
  assert.deepEqual(base, { kind: 'image', name: 'base, 0123456789ab', id: { imageTag: sha }, isBase: true });
  assert.equal(planBaseline('base', {}, noAffixes).kind, 'missing');
  const alpine = planBaseline('base', { baseSha: sha }, { prefix: '', suffix: '-alpine' });
  assert.deepEqual(alpine, { ...base, id: { imageTag: `${sha}-alpine` } }, 'the base of another variant');
  for (const good of ['latest', 'base', digest]) assert.equal(baselineName(good), undefined, good);
  for (const bad of ['sha256:abc', 'a b', '-x', 'team/app:latest']) assert.ok(baselineName(bad), bad);
});

test('the image itself is no baseline: by its name it is refused at the reader, by its digest found out', () => {
  const own = 'e'.repeat(40);
  const messageOf = (baseline: string, judged?: { name: { imageTag: string } }): string => {
    const reader = readerOf(() => '');
    refuseOwnBaseline(
      reader,
      { baseline, scope: 'new' },
      { release: 'after-gate', image: judged, commitTag: own },
    );
    return reader.close()?.message ?? '';
  };
  assert.match(messageOf(own), /baseline: 'e{40}' is the image that is judged\. Give another one/);
  assert.equal(messageOf('latest'), '');
  const latest = { name: { imageTag: 'latest' } };
  assert.match(messageOf('latest', latest), /is the image that is judged/);
  assert.equal(messageOf(own, latest), '');

  const found = 'sha256:1';
  const tag = planBaseline('production', {}, noAffixes);
  const base = planBaseline('base', { baseSha: sha }, noAffixes);
  assert.ok(tag.kind === 'image' && base.kind === 'image');
  assert.match(whyItself(tag, { scope: 'new', found, digest: found }) ?? '', /very image that is judged/);
  assert.equal(whyItself(tag, { scope: 'new', found, digest: 'sha256:2' }), undefined);
  assert.equal(whyItself(tag, { scope: 'all', found, digest: found }), undefined, 'it judges nothing then');
  assert.equal(
    whyItself(base, { scope: 'new', found, digest: found }),
    undefined,
    'the change changed nothing',
  );
});

test('a baseline that has no scan is none', () => {
  const unscannable: ScanReport = {
    kind: 'unscannable',
    status: 'FAILED',
    reason: 'ECR says FAILED.',
    remedy: '',
  };
  assert.deepEqual(baselineFromScan(unscannable, { name: 'latest', digest: 'sha256:1' }), {
    kind: 'missing',
    name: 'latest',
    reason: 'It has no scan to compare with. ECR says FAILED.',
  });
});
