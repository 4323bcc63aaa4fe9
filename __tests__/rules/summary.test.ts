import { test } from 'node:test';
import { judge } from '../../src/rules/gate.ts';
import type { Finding } from '../../src/rules/findings.ts';
import type { Judgement, ScanReport } from '../../src/rules/gate.ts';
import { noCounts } from '../../src/rules/severity.ts';
import type { Threshold } from '../../src/rules/severity.ts';
import { summarize } from '../../src/rules/summary.ts';
import type { Facts } from '../../src/rules/summary.ts';
import { inputs } from './sample.ts';

const uri = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app';
const digest = `sha256:${'a'.repeat(64)}`;
const facts: Facts = {
  name: 'team/app',
  repository: { uri, created: true, tagSetting: 'IMMUTABLE_WITH_EXCLUSION except `buildcache*`' },
  image: {
    ref: `${uri}@${digest}`,
    digest,
    kind: 'built',
    cacheUse: { steps: 7, cached: 5, fetched: 0, each: [] },
  },
  tags: ['0123456789abcdef0123456789abcdef01234567', '1.2.3'],
  withheld: [],
  steps: [
    { title: 'Assume the role', duration: 204 },
    { title: 'Build and push', duration: 61_250 },
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

function judged(report: ScanReport, failOn: Threshold): Judgement {
  const image = { uri, digest, tags: [], platforms: [] };
  return judge(report, { ...inputs.gate, failOn }, { image, now: new Date('2026-10-01') });
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

const stories: [name: string, facts: Facts][] = [
  ['passed', { ...facts, report: scanned(), judgement: judged(scanned(), 'critical') }],
  [
    'blocked',
    {
      ...facts,
      tags: facts.tags.slice(0, 1),
      withheld: ['1.2.3'],
      report: scanned(finding, hostile),
      judgement: judged(scanned(finding, hostile), 'high'),
    },
  ],
  [
    'many findings',
    {
      ...facts,
      report: scanned(
        ...Array.from({ length: 25 }, (_, n) => ({ ...finding, id: `CVE-${n}`, severity: 'low' as const })),
      ),
      judgement: judged(scanned(), 'critical'),
    },
  ],
  [
    'not awaited',
    { ...facts, report: { kind: 'unawaited' }, judgement: judged({ kind: 'unawaited' }, 'critical') },
  ],
  ['built only', { name: 'team/app', tags: [], withheld: [], steps: [] }],
  [
    'failed',
    { name: 'team/app', tags: [], withheld: [], steps: [], failure: 'AWS refused.\nAdd ```this```.' },
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
