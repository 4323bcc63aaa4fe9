import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Run } from '../__tests__/world/github/runner.ts';
import { addNewCity, startWorld } from '../__tests__/world/world.ts';
import type { World } from '../__tests__/world/world.ts';

/** One commit of the example, and what the workflow makes of it. */
interface Story {
  title: string;
  /** What differs from the commit before. */
  change(workspace: string): Promise<void>;
  with?: Record<string, string>;
  ref?: string;
}

const stories: Story[] = [
  {
    title: 'First build: no repository, no cache',
    change: addNewCity,
  },
  {
    title: 'Next commit: a new runner, whose layers come from the registry',
    change: workspace => greet(workspace, 'Good evening.'),
  },
  {
    title: 'A release, v1.0.0, of an image with a critical finding',
    change: workspace => greet(workspace, 'Good night.'),
    with: { labels: 'org.opencontainers.image.base.name=old' },
    ref: 'refs/tags/v1.0.0',
  },
];

console.log('demo: starting the stand-ins of AWS and GitHub and a real registry');
await using world = await startWorld({ allCities: true });
tellScans(world);
const workspace = await world.checkout();
const execute = promisify(execFile);
const git = async (...args: string[]): Promise<string> =>
  (await execute('git', args, { cwd: workspace })).stdout;
await git('init', '--quiet', '--initial-branch', 'main');

const runs: Run[] = [];
for (const [index, story] of stories.entries()) {
  console.log(`\n${'━'.repeat(100)}\n${index + 1}. ${story.title}\n${'━'.repeat(100)}`);
  await story.change(workspace);
  // Each job runs on a machine that has built nothing yet.
  await world.engine.prune();
  const run = await world.run({
    workspace,
    sha: await commit(story.title),
    ...(story.with && { with: story.with }),
    ...(story.ref && { ref: story.ref }),
    onLine: line => console.log(line),
  });
  runs.push(run);
  console.log(`\n── the job summary\n${run.summary}`);
  console.log(`── the outputs\n${JSON.stringify(run.outputs, null, 2)}`);
}

const [cold = 0, warm = 0] = runs.map(run => secondsOf(run, 'Build and push'));
console.log(`\n${'━'.repeat(100)}`);
console.table(
  runs.map((run, index) => ({
    run: stories[index]?.title.split(':')[0],
    outcome: run.outcome,
    verdict: run.outputs['scan-verdict'],
    cache: /\| Build \| (\d+ of \d+)/.exec(run.summary)?.[1],
    'build and push': `${secondsOf(run, 'Build and push')} s`,
    whole: `${(run.main.durationMs / 1000).toFixed(1)} s`,
    digest: run.outputs['digest']?.slice(0, 19),
  })),
);
console.log(
  `The registry's cache saved ${(cold - warm).toFixed(1)} s of the ${cold} s that the first build took.`,
);

const expected = ['passed', 'passed', 'blocked'];
const told = runs.map(run => run.outputs['scan-verdict']);
if (told.join() !== expected.join()) {
  console.error(`demo: expected the verdicts ${expected.join(', ')}, but they were ${told.join(', ')}`);
  process.exitCode = 1;
}

/** A change that no earlier demo has made, so that its layers are nowhere yet. */
function greet(folder: string, text: string): Promise<void> {
  const note = `<!-- ${new Date().toISOString()} -->`;
  return writeFile(join(folder, 'site', 'greeting.html'), `<p>${text}</p>${note}\n`);
}

async function commit(message: string): Promise<string> {
  const identity = ['-c', 'user.name=Octo Cat', '-c', 'user.email=octocat@github.com'];
  await git('add', '.');
  await git(...identity, 'commit', '--quiet', '--message', message);
  return (await git('rev-parse', 'HEAD')).trim();
}

function secondsOf(run: Run, step: string): number {
  return Number(new RegExp(`^\\| ${step} \\| ([\\d.]+) s`, 'm').exec(run.summary)?.[1]);
}

/** A scan takes a few seconds, finds trifles in every image, and something grave in what is built on the old base. */
function tellScans({ aws }: World): void {
  const finding = (
    name: string,
    severity: 'LOW' | 'MEDIUM' | 'CRITICAL',
    [packageName, version]: [string, string],
  ) => ({
    name,
    severity,
    uri: `https://nvd.nist.gov/vuln/detail/${name}`,
    attributes: [
      { key: 'package_name', value: packageName },
      { key: 'package_version', value: version },
    ],
  });
  const trifles = [
    finding('CVE-2025-46394', 'LOW', ['busybox', '1.35.0']),
    finding('CVE-2023-42363', 'MEDIUM', ['busybox', '1.35.0']),
  ];
  const grave = finding('CVE-2022-48174', 'CRITICAL', ['busybox', '1.35.0']);
  aws.ecr.scans.tell({ findings: trifles, scanNotFoundForMs: 1_000, durationMs: 4_000 });
  aws.ecr.scans.tell({
    match: { labels: { 'org.opencontainers.image.base.name': 'old' } },
    findings: [...trifles, grave],
    scanNotFoundForMs: 1_000,
    durationMs: 4_000,
  });
}
