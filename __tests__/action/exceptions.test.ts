import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { allow, startWorld } from '../world/world.ts';
import { assertTranscript, digestOf } from './transcript.ts';

const finding = (name: string, package_name: string, package_version: string) => ({
  name,
  severity: 'CRITICAL' as const,
  attributes: Object.entries({ package_name, package_version }).map(([key, value]) => ({ key, value })),
});

const ignoreFile = `ignore:
  - id: CVE-2024-5535
    package: openssl
    reason: ALPN is not used
    until: 2099-12-31
  - id: CVE-2023-4641
    reason: nobody changes passwords in it
    until: 2024-06-30
  - id: CVE-2022-1
    reason: gone long since
    until: 2099-12-31
`;

/** Ends that stay the same in the transcript, whenever it is written. */
const anyEnd = { 'ignore-max-days': '36500' };

const vex = {
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://example.com/vex/1',
  author: 'security@example.com',
  timestamp: '2026-01-01T00:00:00Z',
  version: 1,
  statements: [
    {
      vulnerability: { name: 'CVE-2024-7' },
      products: [{ '@id': 'pkg:oci/hello', subcomponents: [{ '@id': 'pkg:deb/debian/zlib1g' }] }],
      status: 'not_affected',
      justification: 'vulnerable_code_not_present',
    },
  ],
};

test('exceptions and VEX let known findings pass while they last; what has ended, or matches nothing, is named', async t => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell({
    findings: [
      finding('CVE-2024-5535', 'openssl', '3.0.11-1'),
      finding('CVE-2023-4641', 'shadow', '4.13'),
      finding('CVE-2024-7', 'zlib1g', '1.2.13'),
    ],
  });
  const workspace = await world.checkout();
  await mkdir(join(workspace, 'vex', 'a-folder.json'), { recursive: true });
  await writeFile(join(workspace, 'vex', 'hello.json'), JSON.stringify(vex));
  await writeFile(join(workspace, '.ecr-scan-ignore.yml'), ignoreFile);
  const inputs = { cache: 'off', vex: 'vex/*.json', ...anyEnd };
  const blocked = await world.run({ workspace, ref: 'refs/tags/v1.2.3', with: inputs });
  assertTranscript(t, world, blocked);
  assert.equal(blocked.outputs['scan-verdict'], 'blocked');
  assert.equal(blocked.outputs['blocking'], '1');
  assert.equal(blocked.outputs['ignored'], '2');

  await t.test('once they have been renewed, the same image is released without a build', async () => {
    await writeFile(join(workspace, '.ecr-scan-ignore.yml'), ignoreFile.replace('2024-06-30', '2099-06-30'));
    const passed = await world.run({ workspace, ref: 'refs/tags/v1.2.3', with: inputs });
    assert.equal(passed.outcome, 'success', passed.log);
    assert.equal(passed.outputs['reused'], 'true');
    assert.equal(await digestOf(world, 'team/hello', '1.2.3'), blocked.outputs['digest']);
  });
});

test('an exception for one platform counts for an image that is no index, as far as its platform is known', async () => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell({ findings: [finding('CVE-2024-5535', 'openssl', '3.0.11-1')] });
  const workspace = await world.checkout();
  const file = ignoreFile.replace('package: openssl', 'platform: linux/amd64');
  await writeFile(join(workspace, '.ecr-scan-ignore.yml'), file);
  const built = await world.run({ workspace, with: { cache: 'off', provenance: 'false', ...anyEnd } });
  assert.equal(built.outcome, 'success', built.log);
  assert.equal(built.outputs['ignored'], '1');

  const judge = (...actions: string[]) => {
    const policy = JSON.stringify(allow('ecr:BatchGetImage', 'ecr:Describe*', ...actions));
    const inputs = { mode: 'gate', image: built.outputs['digest'] ?? '', 'build-args': '', ...anyEnd };
    return world.run({ workspace, with: { ...inputs, 'inline-session-policy': policy } });
  };
  const found = await judge('ecr:GetDownloadUrlForLayer');
  assert.equal(found.outputs['scan-verdict'], 'passed', found.log);
  const unknown = await judge();
  assert.equal(unknown.outputs['scan-verdict'], 'blocked', unknown.log);
  assert.match(unknown.log, /\(\.ecr-scan-ignore\.yml:2\) is for one platform, and nothing says which one/);
});

test('faults of an ignore file and of VEX documents are told with their places, before AWS is asked', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'ignore.yml'),
    'ignore:\n  - id: CVE-1\n    reson: seen\n    until: never\n',
  );
  await writeFile(join(workspace, 'vex.json'), '{}');
  const inputs = { 'ignore-file': 'ignore.yml', vex: 'vex.json\nnone/*.json', 'max-high': 'few' };
  const run = await world.run({ workspace, with: inputs });
  assert.equal(run.outcome, 'failure');
  assert.deepEqual(run.annotations[0]?.message.split('\n'), [
    '6 inputs need a change:',
    "- max-high: 'few' is out of range. Allowed: a whole number from 0 to 1000000.",
    "- ignore-file: 'ignore.yml:2' has no `reason`. Say why this finding may pass.",
    "- ignore-file: 'ignore.yml:3' has the key `reson`, which does not exist. Allowed: id, package, platform, reason, until, until-fixed. Did you mean `reason`?",
    "- ignore-file: 'ignore.yml:4' has `until: never`, which is no date. Give the last day on which it counts, such as 2026-12-31.",
    "- vex: 'none/*.json' names no file. Give paths or patterns such as vex/*.json, one a line, of files in the workspace.",
    '- vex: \'vex.json\' is no OpenVEX document. It needs an "@context" that begins with https://openvex.dev/ns, and statements.',
    'Nothing has been created or pushed.',
  ]);
  assert.equal(world.aws.requests.length, 0);
});

test('an exception ends within a year, or within the days that `ignore-max-days` gives', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const entries = [
    ['CVE-1', inDays(365)],
    ['CVE-2', inDays(366)],
    ['CVE-3', '9999-12-31'],
  ].map(([id, until]) => `  - id: ${id}\n    reason: seen\n    until: ${until}\n`);
  await writeFile(join(workspace, '.ecr-scan-ignore.yml'), `ignore:\n${entries.join('')}`);
  const faultsOf = async (given: Record<string, string>) => {
    const run = await world.run({ workspace, with: { cache: 'off', 'dry-run': 'true', ...given } });
    return run.annotations[0]?.message ?? '';
  };
  const wayOut = (days: number) =>
    `The last day that is allowed today is ${inDays(days)}: give one no later, or raise \`ignore-max-days\`.`;
  assert.deepEqual((await faultsOf({})).split('\n'), [
    '2 inputs need a change:',
    `- ignore-file: '.ecr-scan-ignore.yml:5' excuses CVE-2 until ${inDays(366)}, which is more than 365 days ahead. ${wayOut(365)}`,
    `- ignore-file: '.ecr-scan-ignore.yml:8' excuses CVE-3 until 9999-12-31, which is more than 365 days ahead. ${wayOut(365)}`,
    'Nothing has been created or pushed.',
  ]);
  assert.match(
    await faultsOf({ 'ignore-max-days': '30' }),
    /^3 inputs .*CVE-1 until .* more than 30 days ahead/s,
  );
  assert.match(await faultsOf({ 'ignore-max-days': '400' }), /^An input .*CVE-3 until 9999-12-31/);
  assert.match(
    await faultsOf({ 'ignore-max-days': 'never' }),
    /ignore-max-days: 'never' is out of range\. Allowed: a whole/,
  );
  assert.deepEqual(world.aws.requests, []);
});
