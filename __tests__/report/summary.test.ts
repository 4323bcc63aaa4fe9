import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Baseline } from '../../src/gate/baseline-diff.ts';
import { judge } from '../../src/gate/judge.ts';
import type { GateInputs } from '../../src/gate/plan.ts';
import type { Judgement } from '../../src/gate/verdict.ts';
import type { CopySummary } from '../../src/report/copies-table.ts';
import { summarize } from '../../src/report/summary.ts';
import type { SummaryFacts } from '../../src/report/summary.ts';
import type { Finding } from '../../src/scan/findings.ts';
import type { ScanReport } from '../../src/scan/report.ts';
import { noCounts } from '../../src/scan/severity.ts';
import type { Threshold } from '../../src/scan/severity.ts';
import { inputs } from '../sample.ts';

const uri = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app';

const digest = `sha256:${'a'.repeat(64)}`;

const built: Pick<SummaryFacts, 'build' | 'layers'> = {
  build: {
    cacheUse: {
      steps: 2,
      cached: 1,
      fetched: 1_234_567,
      trouble: [],
      each: [
        { name: '[build 2/3] COPY src ./', isCached: true },
        { name: '[build 3/3] RUN <b>make</b> | tee', isCached: false },
      ],
    },
  },
  layers: { why: 'the registry', restoredBytes: 0 },
};

const unpushed = { name: 'team/app', tags: [], withheld: [] };

const facts: SummaryFacts = {
  name: 'team/app',
  ...built,
  repository: { uri, created: true, tagSetting: 'IMMUTABLE_WITH_EXCLUSION except buildcache*' },
  image: {
    ref: `${uri}@${digest}`,
    digest,
    kind: 'built',
  },
  tags: ['0123456789abcdef0123456789abcdef01234567', '1.2.3'],
  withheld: [],
  steps: [
    { title: 'Assume the role', startedAt: 40, duration: 204 },
    { title: 'Log docker in', startedAt: 244, duration: 312 },
    { title: 'Build and push', startedAt: 560, duration: 61_250 },
    { title: 'Wait for the scan', startedAt: 61_810, duration: 12_400 },
    { title: 'Judge', startedAt: 74_210, duration: 0.4 },
  ],
};

function scanned(...findings: Finding[]): ScanReport {
  const counts = noCounts();
  for (const { severity } of findings) counts[severity]++;
  return {
    kind: 'scanned',
    status: 'COMPLETE',
    platforms: ['linux/amd64', 'linux/arm64'],
    counts,
    unlisted: noCounts(),
    findings,
  };
}

const finding: Finding = {
  id: 'CVE-2024-1',
  severity: 'critical',
  package: 'libssl3',
  installed: '3.0.11-1',
  fixed: '3.0.15-1',
  url: 'https://example.com/CVE-2024-1',
  platforms: ['linux/amd64', 'linux/arm64'],
};

const hostile: Finding = {
  id: 'CVE|`x`',
  severity: 'low',
  package: '<img src=x>\n| a',
  installed: '*1*',
  url: 'javascript:alert(1)>) <b>',
  platforms: [],
};

const image = { uri, digest, tags: [], platforms: [] };

const judgedAs = (
  report: ScanReport,
  failOn: Threshold,
  more: Partial<GateInputs> = {},
  baseline?: Baseline,
): Judgement =>
  judge(
    report,
    { ...inputs.gate, failOn, ...more },
    { image, now: new Date('2026-06-15T12:00:00Z'), ...(baseline && { baseline }) },
  );

const openssl = (n: number, more: Partial<Finding> = {}): Finding => ({
  ...finding,
  id: `CVE-2024-${n}`,
  url: `https://example.com/CVE-2024-${n}`,
  ...more,
});

const mixed = scanned(
  openssl(1),
  openssl(2, { severity: 'high', exploitable: true }),
  openssl(3, { severity: 'high', platforms: ['linux/amd64'] }),
  openssl(4, { severity: 'high', fixed: '3.0.14-2' }),
  {
    ...finding,
    id: 'CVE-2023-9',
    severity: 'high',
    package: 'zlib1g',
    installed: '1:1.2.13',
    fixed: '1:1.3.1',
  },
  {
    id: 'CVE-2022-7',
    severity: 'high',
    package: 'perl-base',
    installed: '5.36',
    unfixed: true,
    platforms: finding.platforms,
  },
  openssl(5, { severity: 'medium' }),
  openssl(6, { severity: 'medium' }),
  openssl(7, { severity: 'low' }),
  hostile,
);

const exceptions = {
  vex: [],
  ignore: [
    {
      id: 'CVE-2024-4',
      reason: 'ALPN <is> not | used',
      until: '2026-12-31',
      untilFixed: false,
      source: '.ecr-scan-ignore.yml:3',
    },
    { id: 'CVE-2022-7', reason: 'waiting for Debian', untilFixed: true, source: '.ecr-scan-ignore.yml:8' },
    {
      id: 'CVE-2020-1',
      reason: 'gone',
      until: '2026-01-31',
      untilFixed: false,
      source: '.ecr-scan-ignore.yml:12',
    },
  ],
};

const before: Baseline = {
  kind: 'scanned',
  name: 'latest',
  digest: `sha256:${'b'.repeat(64)}`,
  platforms: ['linux/amd64', 'linux/arm64'],
  findings: [openssl(1), openssl(2), openssl(99, { severity: 'medium' })],
};

const passed: SummaryFacts = { ...facts, report: scanned(), judgement: judgedAs(scanned(), 'critical') };

const copies: CopySummary[] = [
  {
    title: 'team/app in us-east-1',
    status: 'copied',
    tags: ['1.2.3', 'latest'],
    bytes: { sent: 31_234_567, mounted: 0, present: 1_200_000 },
  },
  {
    title: 'team/app in us-east-1 of 210987654321',
    status: 'there',
    tags: ['1.2.3'],
    bytes: { sent: 0, mounted: 0, present: 32_434_567 },
  },
  { title: 'team/app in eu-west-1', status: 'failed', tags: [] },
];

const release = { tags: facts.tags.slice(0, 1), withheld: ['1.2.3'] };

const place = { region: 'eu-central-1', registryId: '123456789012', digest: 'sha256:0' };

const stories: [name: string, facts: SummaryFacts][] = [
  ['piece', { ...facts, ending: 'piece' }],
  ['copies', { ...passed, copies: { kind: 'done', copies } }],
  [
    'copies to many',
    {
      ...passed,
      copies: {
        kind: 'done',
        copies: Array.from({ length: 11 }, (_, at) => ({
          title: `team/app-${at}`,
          status: 'there',
          tags: [],
        })),
      },
    },
  ],
  [
    'copies of a blocked image',
    { ...passed, copies: { kind: 'blocked', titles: copies.map(({ title }) => title) } },
  ],
  ['idle', { name: 'team/app', tags: [], withheld: [], steps: [], ending: 'idle' }],
  ['passed', { ...facts, report: scanned(), judgement: judgedAs(scanned(), 'critical') }],
  [
    'replicas',
    {
      ...facts,
      report: scanned(),
      judgement: judgedAs(scanned(), 'critical'),
      replicas: [
        { ...place, region: 'us-east-1', status: 'replicated', checked: 'tags', tags: ['1.2.3', 'latest'] },
        { ...place, region: 'us-west-2', status: 'replicated', checked: 'tags', tags: [] },
        { ...place, registryId: '210987654321', status: 'replicated', checked: 'digest', tags: [] },
        { ...place, region: 'eu-north-1', status: 'failed', reason: 'FAILED (CODE)', failureCode: 'CODE' },
        { ...place, region: 'eu-south-1', status: 'timed-out', reason: 'IN_PROGRESS' },
      ],
    },
  ],
  ['no rule that replicates', { ...passed, replicas: [] }],
  [
    'blocked',
    {
      ...facts,
      tags: facts.tags.slice(0, 1),
      withheld: ['1.2.3'],
      report: scanned(finding, hostile),
      judgement: judgedAs(scanned(finding, hostile), 'high'),
    },
  ],
  [
    'many findings',
    {
      ...facts,
      report: scanned(
        ...Array.from({ length: 25 }, (_, n) => ({ ...finding, id: `CVE-${n}`, severity: 'low' as const })),
      ),
      judgement: judgedAs(scanned(), 'critical'),
    },
  ],
  [
    'upgrades with exceptions and an exploit',
    {
      ...facts,
      ...release,
      report: mixed,
      judgement: judgedAs(mixed, 'high', { exceptions, failOnExploitable: true }),
    },
  ],
  [
    'a baseline',
    { ...facts, ...release, report: mixed, judgement: judgedAs(mixed, 'high', { scope: 'new' }, before) },
  ],
  [
    'a missing baseline',
    {
      ...facts,
      ...release,
      report: mixed,
      judgement: judgedAs(
        mixed,
        'critical',
        { scope: 'new' },
        { kind: 'missing', name: 'latest', reason: 'The repository has no such image.' },
      ),
    },
  ],
  [
    'not awaited',
    { ...facts, report: { kind: 'unawaited' }, judgement: judgedAs({ kind: 'unawaited' }, 'critical') },
  ],
  ['built only', { ...unpushed, ...built, steps: facts.steps.slice(2, 3) }],
  [
    'failed',
    { name: 'team/app', tags: [], withheld: [], steps: [], failure: 'AWS refused.\nAdd ```this```.' },
  ],
  [
    'a failed build',
    {
      name: 'team/app',
      tags: [],
      withheld: [],
      steps: facts.steps.slice(0, 3),
      failure: 'Building team/app failed: make: *** [all] Error 2',
      lastLines:
        '#7 [build 3/4] RUN make\n#7 0.312 cc: ```fatal```\n------\nDockerfile:3\n   3 | >>> RUN make',
    },
  ],
];

for (const [name, story] of stories) {
  test(`the summary of a run: ${name}`, t => {
    t.assert.fileSnapshot(
      summarize(story),
      `${import.meta.dirname}/summaries/${name.replaceAll(' ', '-')}.md`,
      {
        serializers: [text => `${String(text)}\n`],
      },
    );
  });
}

test('a summary of very many findings with very long names is within what GitHub takes, and says what is left out', () => {
  const long = 'x'.repeat(1_000);
  const findings = Array.from({ length: 2_000 }, (_, n) => ({
    ...finding,
    id: `CVE-${n}-${long}`,
    package: long,
  }));
  const report = scanned(...findings);
  const gone = {
    ...before,
    findings: findings.slice(0, 500).map(each => Object.assign({}, each, { package: 'old' })),
  };
  const text = summarize({ ...facts, report, judgement: judgedAs(report, 'low', {}, gone) });
  assert.ok(Buffer.byteLength(text) <= 1_048_576);
  assert.match(text, /… and 1790 more, all of them in the report/);
  const short = summarize({ ...facts, report, judgement: judgedAs(report, 'low', {}, gone) }, 20_000);
  assert.ok(Buffer.byteLength(short) <= 20_000);
  assert.match(short, /… \d+ parts left out: GitHub takes 20000 bytes\.$/);
  assert.match(short, /^### ⛔ team\/app: blocked/);
});
