import assert from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { run as execute } from '../world/docker/command.ts';
import type { Files } from '../world/github/contents.ts';
import { pullRequest, push } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

const job = describeJob();

const [mergeSha, headSha, baseSha] = ['e'.repeat(40), 'd'.repeat(40), 'b'.repeat(40)];

const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

const entry = (id: string) => `  - id: ${id}\n    reason: seen\n    until: ${until}\n`;

const ignoring = (...ids: string[]) => `ignore:\n${ids.map(entry).join('')}`;

const vexOf = (name: string) =>
  JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    timestamp: '2026-01-01T00:00:00Z',
    statements: [{ vulnerability: { name }, products: [{ '@id': 'pkg:oci/hello' }], status: 'fixed' }],
  });

/** What the base commit has: one file directly, one by a link, one of more than a megabyte in a folder of a folder. */
const files: Files = {
  Dockerfile: 'FROM scratch\n',
  '.ecr-scan-ignore.yml': { link: 'security/exceptions.yml' },
  'security/exceptions.yml': ignoring('CVE-2024-1'),
  'vex/small.json': vexOf('CVE-2024-2'),
  'vex/deep/large.json': `${' '.repeat(1_100_000)}${vexOf('CVE-2024-3')}`,
  'vex/readme.md': '',
};

const pull = pullRequest(job, { number: 7, mergeSha, headSha, headRef: 'feature', baseSha });

const inputs = {
  cache: 'off',
  'exceptions-from': 'base',
  vex: 'vex/**/*.json',
  tags: 'type=ref,event=pr',
};

const permissions = { 'id-token': 'write', contents: 'read' } as const;

test('a pull request cannot excuse itself where the exceptions are those of its base', async t => {
  await using world = await startWorld();
  tellFindings(world, 'CVE-2024-1', 'CVE-2024-2', 'CVE-2024-3', 'CVE-2024-4');
  const workspace = await world.checkout();
  await writeFile(join(workspace, '.ecr-scan-ignore.yml'), ignoring('CVE-2024-1', 'CVE-2024-4'));
  await mkdir(join(workspace, 'vex'));
  await writeFile(join(workspace, 'vex/theirs.json'), vexOf('CVE-2024-2'));
  world.github.putCommit('octo-org/octo-repo', { sha: baseSha, branch: 'main', files });

  const temp = join(world.scratch, 'temp');
  await mkdir(temp);
  const blocked = await world.run({ workspace, event: pull, permissions, temp, with: inputs });
  assert.equal(blocked.outcome, 'failure', blocked.log);
  assert.deepEqual(verdictOf(blocked), ['blocked', '1', '3']);
  const origin = `commit \`${baseSha}\` (\`exceptions-from: base\`)`;
  assert.ok(blocked.summary.includes(`Exceptions are those of ${origin}.`), blocked.summary);
  assert.ok(blocked.log.includes(`Exceptions  ${origin}`));
  const report: unknown = JSON.parse(await readFile(blocked.outputs['report'] ?? '', 'utf8'));
  assert.partialDeepStrictEqual(report, { exceptions: { from: 'base', commit: baseSha } });

  await t.test('the gate alone reads them without a checkout, and git where it has the commit', async () => {
    const gate = {
      ...inputs,
      mode: 'gate',
      image: blocked.outputs['digest'] ?? '',
      'build-args': '',
      cache: '',
    };
    const empty = join(world.scratch, 'empty');
    await mkdir(empty);
    const byGitHub = await world.run({ workspace: empty, event: pull, permissions, with: gate });
    assert.deepEqual(verdictOf(byGitHub), ['blocked', '1', '3'], byGitHub.log);

    const { workspace: clone, sha } = await commitFiles(world);
    const asked = world.github.requests.length;
    const event = pullRequest(job, { number: 7, mergeSha, headSha, headRef: 'feature', baseSha: sha });
    const byGit = await world.run({
      workspace: clone,
      event,
      permissions: { 'id-token': 'write' },
      with: gate,
    });
    assert.deepEqual(verdictOf(byGit), ['blocked', '1', '3'], byGit.log);
    assert.ok(byGit.summary.includes(sha));
    const questions = world.github.requests.slice(asked).filter(({ label }) => label.startsWith('repos:'));
    assert.deepEqual(questions, []);
  });

  await t.test('other events read the default branch', async () => {
    const event = push(job, 'refs/heads/feature', { sha: headSha });
    const other = await world.run({ workspace, event, permissions, with: inputs });
    assert.deepEqual(verdictOf(other), ['blocked', '1', '3'], other.log);
    assert.ok(other.summary.includes(`commit \`${baseSha}\``));
    const main = push(job, 'refs/heads/main', { sha: 'c'.repeat(40) });
    world.github.putCommit('octo-org/octo-repo', {
      sha: 'c'.repeat(40),
      files: { ...files, 'security/exceptions.yml': ignoring('CVE-2024-1', 'CVE-2024-4') },
    });
    const released = await world.run({ workspace, event: main, permissions, with: inputs });
    assert.deepEqual(verdictOf(released), ['passed', '0', '4'], released.log);
  });

  await t.test('what the base does not have excuses nothing, and is named', async () => {
    const given = { ...inputs, 'ignore-file': 'none.yml', vex: 'other/*.json\nvex/small.json' };
    const run = await world.run({ workspace, event: pull, permissions, with: given });
    assert.deepEqual(verdictOf(run), ['blocked', '3', '1'], run.log);
    assert.match(
      run.log,
      /No exceptions of `ignore-file: none\.yml`, `vex: other\/\*\.json`: commit `b+` has no such file\./,
    );
  });

  await t.test('what is faulty in the base excuses nothing, and does not stop who mends it', async () => {
    const faulty = `${ignoring('CVE-2024-1')}  - id: CVE-2024-4\n`;
    const sha = '9'.repeat(40);
    world.github.putCommit('octo-org/octo-repo', {
      sha,
      files: { ...files, 'security/exceptions.yml': faulty, 'vex/small.json': '{' },
    });
    const event = pullRequest(job, { number: 7, mergeSha, headSha, headRef: 'feature', baseSha: sha });
    const run = await world.run({ workspace, event, permissions, with: inputs });
    assert.deepEqual(verdictOf(run), ['blocked', '2', '2'], run.log);
    assert.match(run.log, /In commit `9+` \.ecr-scan-ignore\.yml:5 has no `reason`, so it excuses nothing\./);
    assert.match(run.log, /In commit `9+` vex\/small\.json is no JSON.*, so it excuses nothing\./);
    assert.match(run.summary, /\.ecr-scan-ignore\.yml:5 has no `reason`/);
  });

  await t.test('what is faulty in the checkout is told before it is merged', async () => {
    const theirs = await world.checkout();
    await writeFile(join(theirs, '.ecr-scan-ignore.yml'), 'ignore:\n  - id: CVE-2024-4\n');
    const run = await world.run({ workspace: theirs, event: pull, permissions, with: inputs });
    assert.equal(run.outcome, 'failure');
    assert.match(run.annotations[0]?.message ?? '', /\.ecr-scan-ignore\.yml:2' has no `reason`/);
  });

  await t.test('the checkout is told as such', async () => {
    const given = { ...inputs, 'exceptions-from': 'checkout' };
    const run = await world.run({ workspace, event: pull, permissions, with: given });
    assert.deepEqual(verdictOf(run), ['blocked', '1', '3'], run.log);
    assert.ok(run.summary.includes(`Exceptions are those of the checkout, commit \`${mergeSha}\`.`));
    assert.match(run.summary, /fixed \| vex\/theirs\.json \| no end \|/);
  });
});

test('a base that cannot be read stops the step before anything is built', async () => {
  await using world = await startWorld();
  const stopped = async (given: Partial<Parameters<World['run']>[0]> = {}) => {
    const run = await world.run({ event: pull, permissions, with: inputs, ...given });
    assert.equal(run.outcome, 'failure');
    assert.deepEqual(world.aws.requests, []);
    return run.annotations[0]?.message ?? '';
  };
  const remedy = 'Give the job `permissions: contents: read`, or `fetch-depth: 0` to actions/checkout.';
  const start = "An input needs a change: exceptions-from: 'base' leads to no exceptions: ";
  const end = '\nNothing has been created or pushed.';
  assert.equal(
    await stopped({ permissions: { 'id-token': 'write' } }),
    `${start}GitHub answered 403: Resource not accessible by integration. ${remedy}${end}`,
  );
  assert.equal(
    await stopped(),
    `${start}GitHub answered 404: No commit found for the ref ${baseSha}. ${remedy}${end}`,
  );
  world.github.putCommit('octo-org/octo-repo', { sha: baseSha, files });
  world.github.faults.add({ match: 'repos:GET contents', kind: 'server-error', times: 9 });
  assert.match(await stopped(), /GitHub answered 500: Server Error\. /);
  const dryRun = { with: { ...inputs, 'dry-run': 'true' } };
  assert.match(
    await stopped(dryRun),
    /Git does not have the commit here that exceptions are read from\. A dry run asks/,
  );
  assert.match(
    await stopped({ with: { ...inputs, 'github-token': '' } }),
    /there is no token to ask GitHub for it\. /,
  );
});

test('a run that judges nothing asks nobody for exceptions', async () => {
  await using world = await startWorld();
  const run = await world.run({
    event: pull,
    permissions,
    with: { ...inputs, push: 'false', vex: '', tags: '' },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.deepEqual(
    world.github.requests.filter(({ label }) => label.startsWith('repos:')),
    [],
  );
});

function tellFindings(world: World, ...names: string[]): void {
  const severity = 'CRITICAL' as const;
  const attributes = [
    { key: 'package_name', value: 'openssl' },
    { key: 'package_version', value: '3.0.11-1' },
  ];
  world.aws.ecr.scans.tell({ findings: names.map(name => ({ name, severity, attributes })) });
}

function verdictOf({ outputs }: { outputs: Record<string, string> }) {
  return [outputs['scan-verdict'], outputs['blocking'], outputs['ignored']];
}

/** A checkout in which git has the commit, and whose files have since been changed. */
async function commitFiles(world: World): Promise<{ workspace: string; sha: string }> {
  const workspace = join(world.scratch, 'clone');
  for (const [path, file] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    if (typeof file === 'string') await writeFile(join(workspace, path), file);
    else await symlink(file.link, join(workspace, path));
  }
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  const git = (...args: string[]) => execute('git', ['-C', workspace, ...author, ...args]);
  await git('init', '-q');
  await git('add', '.');
  await git('commit', '-qm', 'base');
  const sha = (await git('rev-parse', 'HEAD')).trim();
  await rm(join(workspace, '.ecr-scan-ignore.yml'));
  await writeFile(join(workspace, '.ecr-scan-ignore.yml'), ignoring('CVE-2024-1', 'CVE-2024-4'));
  return { workspace, sha };
}
