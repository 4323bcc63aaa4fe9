import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { judge } from '../../src/gate/judge.ts';
import { jsonReportOf } from '../../src/report/json-report.ts';
import { sarifOf } from '../../src/report/sarif.ts';
import type { Finding } from '../../src/scan/findings.ts';
import type { ScanReport } from '../../src/scan/report.ts';
import { noCounts } from '../../src/scan/severity.ts';
import { inputs } from '../sample.ts';
import { root } from '../world/world.ts';

const require = createRequire(import.meta.url);

// One of SARIF's patterns is none with the flag u.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });

addFormats.default(ajv);

// It is in the words of draft 4, of which it uses what later drafts have too.
const {
  $schema: _schema,
  id: _id,
  ...sarifSchema
}: Record<string, unknown> = JSON.parse(
  await readFile(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
);

const reportSchema: object = JSON.parse(await readFile(`${root}/docs/report.schema.json`, 'utf8'));

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: 'CVE-2024-1',
  severity: 'high',
  package: 'libssl3',
  installed: '3.0.11',
  platforms: ['linux/amd64'],
  ...more,
});

const options = {
  image: 'team/app',
  ref: 'host/team/app@sha256:0',
  lineOfFinding: () => ({ file: 'docker/My Dockerfile', line: 3 }),
  maxResults: 25_000,
};

const resultsOf = (findings: Finding[]) => sarifOf(findings, options).runs[0]?.results ?? [];

const rulesOf = (findings: Finding[]) => sarifOf(findings, options).runs[0]?.tool.driver.rules ?? [];

const varied = [
  finding({
    severity: 'critical',
    score: 9.8,
    fixed: '3.0.15',
    url: 'https://example.com/1',
    description: 'Bad.',
  }),
  finding({ id: 'CVE-2', severity: 'medium', path: 'app/package.json', platforms: [] }),
  finding({ id: 'CVE-3', severity: 'undefined', url: 'not a url' }),
  finding({ id: 'CVE-3', package: 'other', severity: 'low', description: 'x'.repeat(5_000) }),
];

test('SARIF is valid by the schema of 2.1.0, with findings and without', () => {
  for (const findings of [varied, []]) {
    assert.ok(ajv.validate(sarifSchema, sarifOf(findings, options)), ajv.errorsText());
  }
  assert.ok(!ajv.validate(sarifSchema, { version: '2.1.0' }), 'the schema does refuse');
});

test('SARIF has what GitHub code scanning asks for', () => {
  for (const rule of rulesOf(varied)) {
    for (const text of [rule.shortDescription?.text, rule.fullDescription?.text, rule.help?.text]) {
      assert.ok(text && text.length <= 1_024, rule.id);
    }
  }
  const [result] = resultsOf(varied);
  assert.equal(result?.level, 'error');
  assert.equal(
    result.message.text,
    'CVE-2024-1 (critical) in libssl3 3.0.11 on linux/amd64: upgrade it to 3.0.15.',
  );
  assert.deepEqual(result.locations?.[0]?.physicalLocation, {
    artifactLocation: { uri: 'docker/My%20Dockerfile', uriBaseId: '%SRCROOT%' },
    region: { startLine: 3 },
  });
});

const scores: [more: Partial<Finding>, score: unknown][] = [
  [{ severity: 'critical', score: 9.8 }, '9.8'],
  [{ severity: 'critical', score: 7.5 }, '9.5'],
  [{ severity: 'high', score: 8.1 }, '8.1'],
  [{ severity: 'high', score: 9.8 }, '8.0'],
  [{ severity: 'high' }, '8.0'],
  [{ severity: 'medium', score: 4 }, '4.0'],
  [{ severity: 'low', score: 3.9 }, '3.9'],
  [{ severity: 'informational', score: 5 }, undefined],
  [{ severity: 'undefined' }, undefined],
];

test("GitHub's severity is ECR's: a score counts only where it says the same", () => {
  for (const [more, score] of scores) {
    assert.equal(rulesOf([finding(more)])[0]?.properties?.['security-severity'], score, JSON.stringify(more));
  }
});

test('fingerprints stay the same when versions, lines and platforms change, and no two results share one', () => {
  const print = (findings: Finding[]) =>
    resultsOf(findings).map(each => each.partialFingerprints?.['primaryLocationLineHash']);
  const [one] = print([finding()]);
  assert.deepEqual(print([finding({ installed: '3.0.12', platforms: ['linux/arm64'], severity: 'low' })]), [
    one,
  ]);
  assert.notDeepEqual(print([finding({ package: 'other' })]), [one]);
  const several = print([finding(), finding({ installed: '2' }), finding({ id: 'CVE-9' })]);
  assert.equal(new Set(several).size, 3);
  assert.equal(several[0], one);
});

test('no message has a link, a line or an invisible character of its own', () => {
  const text = 'x [fix](https://evil.example) \u202Ey\n# z';
  const hostile = finding({
    id: `CVE ${text}`,
    package: text,
    installed: text,
    path: text,
    platforms: [text],
  });
  const [result] = resultsOf([hostile]);
  const [rule] = rulesOf([{ ...hostile, description: text, fixed: text, url: text }]);
  for (const message of [result?.message.text, rule?.shortDescription?.text]) {
    assert.match(message ?? '', /x \[fix\] \(https:\/\/evil\.example\) �y # z/);
    assert.doesNotMatch(message ?? '', /\]\(|\n/);
  }
  for (const message of [rule?.fullDescription?.text, rule?.help?.text])
    assert.match(message ?? '', /^x \[fix\] \(https:\/\/evil\.example\) �y\n# z/);
  assert.equal(rule?.helpUri, undefined);
});

test('of too many findings the worst are told, and how many are left out', () => {
  const log = sarifOf(
    Array.from({ length: 30 }, (_, n) => finding({ id: `CVE-${n}` })),
    { ...options, maxResults: 20 },
  );
  const [run] = log.runs;
  assert.equal(run?.results?.length, 20);
  assert.equal(run.tool.driver.rules?.length, 20);
  assert.equal(run.properties?.['leftOut'], 10);
});

const image = { uri: 'host/team/app', digest: 'sha256:0', tags: [], platforms: [] };

const about = {
  image: {
    ref: 'host/team/app@sha256:0',
    digest: 'sha256:0',
    commit: 'c',
    platforms: [{ platform: 'linux/amd64', digest: 'sha256:1' }],
  },
  judgedAt: '2026-06-15T12:00:00.000Z',
  gate: inputs.gate,
};

const reports: [name: string, scan: Exclude<ScanReport, { kind: 'unawaited' }>][] = [
  [
    'scanned',
    {
      kind: 'scanned',
      status: 'ACTIVE',
      platforms: ['linux/amd64'],
      counts: { ...noCounts(), critical: 2, medium: 1 },
      unlisted: { ...noCounts(), critical: 1 },
      findings: [...varied.slice(0, 2), finding({ exploitable: true, unfixed: true, layer: 'sha256:2' })],
      gaps: [{ reason: 'No scan.', remedy: 'Wait.' }],
    },
  ],
  [
    'unscannable',
    { kind: 'unscannable', status: 'FAILED', reason: 'ECR says FAILED.', remedy: 'Use another base.' },
  ],
];

const ignore = [{ id: 'CVE-2', reason: 'seen', until: '2026-12-31', untilFixed: false, source: 'f.yml:2' }];

const exceptions = { vex: [], ignore };

test('the report is what its schema describes', async t => {
  for (const [name, scan] of reports) {
    await t.test(name, () => {
      for (const baseline of [
        undefined,
        { kind: 'missing', name: 'latest', reason: 'None.' } as const,
        {
          kind: 'scanned',
          name: 'latest',
          digest: 'sha256:9',
          platforms: [],
          findings: [finding()],
        } as const,
      ]) {
        const judgement = judge(
          scan,
          { ...inputs.gate, exceptions },
          { image, now: new Date(0), ...(baseline && { baseline }) },
        );
        const report: unknown = JSON.parse(JSON.stringify(jsonReportOf(scan, judgement, about)));
        assert.ok(ajv.validate(reportSchema, report), ajv.errorsText());
      }
    });
  }
  assert.ok(!ajv.validate(reportSchema, { version: 2 }), 'the schema does refuse');
});
