import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { documentPlan } from '../../src/dry-run/plan-document.ts';
import type { PlanDocument } from '../../src/dry-run/plan-document.ts';
import { summarizePlan } from '../../src/dry-run/summary.ts';
import type { Baseline } from '../../src/gate/baseline-diff.ts';
import type { Exceptions } from '../../src/gate/exceptions.ts';
import { judge } from '../../src/gate/judge.ts';
import type { Judgement } from '../../src/gate/verdict.ts';
import { makePlan } from '../../src/plan.ts';
import { describeDrift } from '../../src/report/drift-table.ts';
import { summarize } from '../../src/report/summary.ts';
import type { SummaryFacts } from '../../src/report/summary.ts';
import type { Finding } from '../../src/scan/findings.ts';
import { obstacleOf } from '../../src/scan/obstacles.ts';
import type { ScanReport } from '../../src/scan/report.ts';
import { noCounts } from '../../src/scan/severity.ts';
import { commit, inputs } from '../sample.ts';
import { pieces } from './hostile-text.ts';
import { render } from './rendered.ts';

/** Makes the text of a field; a hostile one makes text that others wrote. */
type Write = (field: string) => string;

const harmless: Write = field => `plain-${field}`;

function findingsOf(write: Write): Finding[] {
  const finding: Finding = {
    id: write('id'),
    severity: 'high',
    package: write('package'),
    installed: write('version'),
    fixed: write('fixed version'),
    url: `https://example.com/${write('url')}`,
    description: write('description'),
    path: write('path'),
    platforms: [write('platform')],
  };
  const { fixed: _, ...unfixed } = finding;
  return [
    finding,
    { ...unfixed, id: write('other id'), unfixed: true, severity: 'low' },
    { ...finding, id: `ignored ${write('id')}`, url: `javascript:${write('url')}` },
    { ...finding, id: `vexed ${write('id')}` },
  ];
}

function scanOf(write: Write): Extract<ScanReport, { kind: 'scanned' }> {
  return {
    kind: 'scanned',
    status: write('status'),
    platforms: [write('platform')],
    counts: { ...noCounts(), high: 3, low: 1 },
    unlisted: { ...noCounts(), high: 1 },
    findings: findingsOf(write),
  };
}

function exceptionsOf(write: Write): Exceptions {
  const entry = { reason: write('reason'), untilFixed: false, source: write('ignore file') };
  return {
    ignore: [
      { ...entry, id: `ignored ${write('id')}`, until: '2099-01-01' },
      { ...entry, id: write('unmatched id'), package: write('package'), platform: write('platform') },
    ],
    vex: [
      {
        vulnerability: [`vexed ${write('id')}`.toLowerCase()],
        products: [{ purls: [], names: [write('package')], digests: [], subcomponents: [] }],
        status: 'not_affected',
        reason: write('statement'),
        at: 0,
        source: write('VEX document'),
      },
    ],
  };
}

function judgementOf(write: Write, report: ScanReport, baseline?: Baseline): Judgement {
  const gate = { ...inputs.gate, failOn: 'high' as const, exceptions: exceptionsOf(write) };
  const image = { uri: 'uri', digest: 'sha256:0', tags: [], platforms: [] };
  return judge(report, gate, { image, now: new Date('2026-06-15'), ...(baseline && { baseline }) });
}

function placeOf(write: Write) {
  return { region: write('region'), registryId: write('account'), digest: write('digest') };
}

/** Every summary with each field that somebody else writes. */
function stories(write: Write): Record<string, SummaryFacts> {
  const drift = describeDrift(
    [
      {
        setting: `catalog-data: ${write('member')}`,
        asked: write('asked value'),
        found: write('found value'),
        whyUnchangeable: `it is \`${write('found value')}\``,
        document: JSON.stringify({ [write('key')]: write('value') }),
      },
    ],
    'report',
  );
  const facts: SummaryFacts = {
    name: write('repository'),
    repository: { uri: write('uri'), created: true, tagSetting: write('mutability') },
    layers: { why: `\`${write('cache')}\` is ${write('cache')}`, restoredBytes: 1 },
    mounts: { ids: [write('mount id')], why: write('store'), from: write('reference'), bytes: 1 },
    image: { ref: write('reference'), digest: write('digest'), kind: 'built' },
    build: {
      cacheUse: {
        steps: 1,
        cached: 0,
        fetched: 1,
        trouble: [{ way: 'read', reason: write('trouble') }],
        each: [{ name: write('step'), isCached: false }],
      },
    },
    whyNotCompared: write('content'),
    tags: [write('tag')],
    withheld: [write('withheld tag')],
    replicas: [
      { ...placeOf(write), status: 'replicated', checked: 'tags', tags: [write('tag')] },
      { ...placeOf(write), status: 'failed', reason: write('failure code') },
    ],
    drift,
    copies: {
      kind: 'done',
      copies: [{ title: write('destination'), status: 'failed', tags: [write('tag')] }],
    },
    steps: [
      { title: write('title'), startedAt: 0, duration: 1 },
      { title: write('title'), startedAt: 0, duration: 1 },
    ],
  };
  const report = scanOf(write);
  const unscanned: ScanReport = {
    kind: 'unscannable',
    status: write('status'),
    ...obstacleOf(write('status'), { name: write('image'), description: write('answer') }),
  };
  const scanned: Baseline = {
    kind: 'scanned',
    name: write('baseline'),
    digest: write('digest'),
    platforms: [write('platform')],
    findings: findingsOf(field => `other ${write(field)}`),
  };
  const missing: Baseline = { kind: 'missing', name: write('baseline'), reason: write('answer') };
  const { steps: _, ...unfinished } = facts;
  return {
    judged: { ...facts, report, judgement: judgementOf(write, report, scanned) },
    'without a baseline': { ...facts, report, judgement: judgementOf(write, report, missing) },
    unscanned: { ...facts, report: unscanned, judgement: judgementOf(write, unscanned) },
    failed: { ...unfinished, steps: [], failure: write('error'), lastLines: write('build output') },
    cancelled: { ...facts, cancelled: true },
  };
}

function planOf(write: Write): PlanDocument {
  const plan = documentPlan(makePlan(inputs, commit));
  return {
    ...plan,
    role: { ...plan.role, region: write('region'), arns: [write('role')] },
    repository: {
      ...plan.repository,
      name: write('repository'),
      mutability: { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: [write('filter')] },
    },
    tags: { ...plan.tags, candidate: write('tag'), releases: [write('release')] },
    image: { imageTag: write('image') },
    cache: { ...plan.cache, why: write('cache') },
    buildx: ['build', write('build argument')],
  };
}

function textsOf(write: Write): Record<string, string> {
  const all = Object.entries(stories(write));
  return {
    ...Object.fromEntries(all.map(([name, facts]) => [name, summarize(facts)])),
    ...Object.fromEntries(
      all.map(([name, facts]) => [`${name}, in a comment`, summarize({ ...facts, steps: [] }, 60_000)]),
    ),
    'dry run': summarizePlan(planOf(write)),
  };
}

const expected = Object.fromEntries(
  Object.entries(textsOf(harmless)).map(([name, text]) => [name, render(text)]),
);

test('whatever stands in a field, a summary, a comment and a dry run have the same parts', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }), parts => {
      // Names that have to differ differ by their field, as harmless ones do.
      const texts = textsOf(field => `${parts.join('')}${field}${parts.toReversed().join('')}`);
      for (const [name, text] of Object.entries(texts)) {
        const { elements, links, found } = render(text);
        assert.deepEqual(elements, expected[name]?.elements, name);
        assert.deepEqual(found, [], name);
        for (const link of links) assert.match(link, /^https:\/\/example\.com\//, name);
      }
    }),
    // The second colon of an emoji can be one of the text around the field.
    { numRuns: 25, examples: [[['x', ':octocat:', '# ']]] },
  );
});

test('a comment tells why a run failed, however long the reason is', () => {
  const failed = { ...stories(harmless)['failed'], failure: `It failed. ${'x'.repeat(200_000)}` };
  assert.match(summarize({ name: 'a', tags: [], withheld: [], steps: [], ...failed }, 60_000), /It failed\./);
});

test('a very long text leaves room for the rest', () => {
  for (const [name, text] of Object.entries(textsOf(field => `${'x|`'.repeat(5_000)}${field}`))) {
    assert.ok(Buffer.byteLength(text) < 300_000, name);
    assert.match(text, name === 'dry run' ? /a dry run/ : /^### /, name);
  }
});
