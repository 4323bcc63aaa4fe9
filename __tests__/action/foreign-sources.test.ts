import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run as execute } from '../world/docker/command.ts';
import { push } from '../world/github/event.ts';
import type { Event } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { issueComment, pullRequestTarget, workflowRun } from '../world/github/privileged-events.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

const job = describeJob();

const inputs = { 'build-args': '', 'wait-for-scan': 'false', tags: 'latest' };

const ours = { event: 'pull_request', headBranch: 'feature', headSha: 'f'.repeat(40) };

const theirs = { ...ours, fork: 'mallory/octo-repo' };

test("a stranger's files are not pushed under the SHA of main, whatever they claim to be", async t => {
  await using world = await startWorld();
  const disguises: [name: string, disguise: (place: Place) => Promise<string>, reason: RegExp][] = [
    [
      'a checkout in a folder',
      async ({ workspace }) => {
        await checkOut(join(workspace, 'pr'), 'theirs');
        return 'pr';
      },
      /'pr\/Dockerfile' differs from it/,
    ],
    [
      'an artifact whose HEAD is forged',
      async ({ workspace, sha }) => {
        await checkOut(join(workspace, 'pr'), 'theirs');
        await writeFile(join(workspace, 'pr/.git/HEAD'), `${sha}\n`);
        return 'pr';
      },
      /'pr\/Dockerfile' differs from it/,
    ],
    [
      'an artifact with an invented repository in it',
      async ({ workspace, sha }) => {
        await mkdir(join(workspace, 'pr/objects'), { recursive: true });
        await mkdir(join(workspace, 'pr/refs'));
        await writeFile(join(workspace, 'pr/HEAD'), `${sha}\n`);
        await writeFile(join(workspace, 'pr/Dockerfile'), dockerfileOf('theirs'));
        return 'pr';
      },
      /'pr\/Dockerfile' differs from it/,
    ],
    [
      'an artifact in the place of the checkout, with the objects of main',
      async ({ workspace }) => {
        await writeFile(join(workspace, 'Dockerfile'), dockerfileOf('theirs'));
        await execute('git', ['-C', workspace, 'update-index', '--assume-unchanged', 'Dockerfile']);
        return '.';
      },
      /'Dockerfile' differs from it/,
    ],
    [
      'a file more, in the checkout of main',
      async ({ workspace }) => {
        await writeFile(join(workspace, 'app/more'), 'theirs');
        return 'app';
      },
      /'app\/more' is not in it/,
    ],
    [
      'a file whose name is left out in another case',
      async ({ workspace }) => {
        await writeFile(join(workspace, 'app/Made'), 'theirs');
        return 'app';
      },
      /'app\/Made' is not in it/,
    ],
    [
      'an artifact where nothing is checked out',
      async ({ workspace }) => {
        await rm(join(workspace, '.git'), { recursive: true });
        return '.';
      },
      /the workspace has no checkout of it/,
    ],
    [
      'an artifact outside the workspace',
      async ({ workspace }) => {
        await rename(join(workspace, 'app'), join(workspace, '../app'));
        return '../app';
      },
      /is not in the workspace/,
    ],
    [
      'a branch of a fork that has the SHA for its name',
      async ({ sha }) => `https://github.com/mallory/octo-repo.git#refs/heads/${sha}`,
      /the address of the context 'context' is not this commit of this repository/,
    ],
  ];
  for (const [index, [name, disguise, reason]] of disguises.entries()) {
    await t.test(name, async () => {
      const place = await checkOutMain(world);
      const context = await disguise(place);
      const events = [
        workflowRun(job, { sha: place.sha, after: ours }),
        pullRequestTarget(job, { number: 7, baseSha: place.sha, headSha: ours.headSha, headRef: 'feature' }),
        issueComment(job, { sha: place.sha, number: 7 }),
      ];
      // Which event it is makes no difference to what is proven, so each disguise but the first is tried in one of them.
      const tried = index === 0 ? events : events.slice(index % events.length).slice(0, 1);
      for (const event of tried) {
        const run = await world.run({ workspace: place.workspace, event, with: { ...inputs, context } });
        assert.equal(run.outcome, 'failure', run.log);
        const { message = '' } = run.annotations[0] ?? {};
        assert.ok(
          message.startsWith(`Anybody can cause \`${event.name}\`, and what is built is not provably`),
        );
        assert.match(message, reason);
        assert.match(message, /Check out the commit that is to be built in the workspace itself/);
        assert.deepEqual(world.aws.requests, []);
      }
      const comment = issueComment(job, { sha: place.sha, number: 7 });
      // Nor is a cache written by what is only built: for a checkout in a folder, an artifact, and one with a repository in it.
      if (index > 2) return;
      const unpushed = { ...inputs, context, push: 'false', cache: 'gha' };
      const built = await world.run({ workspace: place.workspace, event: comment, with: unpushed });
      assert.equal(built.outcome, 'success', built.log);
      assert.deepEqual(world.github.caches(), []);
    });
  }
});

test("an event that anybody can cause builds its own commit, and what else is checked out under that commit's SHA", async t => {
  await using world = await startWorld();
  const place = await checkOutMain(world);
  const { workspace, sha } = place;
  await writeFile(join(workspace, 'app/.dockerignore'), 'made\n');
  const run = async (event: Event, given: object = {}) => {
    const made = await world.run({ workspace, event, with: { ...inputs, context: 'app', ...given } });
    assert.equal(made.outcome, 'success', made.log);
    return tagsIn(world);
  };
  await t.test('a pull request from a fork, beside its base', async () => {
    await execute('git', ['-C', workspace, 'checkout', '-q', '.']);
    await mkdir(join(workspace, 'app/made'));
    await writeFile(join(workspace, 'app/made/by-a-step'), 'a step before, and .dockerignore leaves it out');
    const head = { headSha: 'f'.repeat(40), headRef: 'feature', fork: 'mallory/octo-repo' };
    const tags = await run(pullRequestTarget(job, { number: 7, baseSha: sha, ...head }));
    assert.ok(tags.includes(sha), tags.join());
    assert.ok(tags.includes('latest'));
  });
  await t.test('files that a push to main has made in the run before', async () => {
    await writeFile(join(workspace, 'app/built'), 'by the run before');
    const after = { event: 'push', headBranch: 'main', headSha: sha };
    await run(workflowRun(job, { sha, after }));
    await rm(join(workspace, 'app/built'));
  });
  await t.test('a commit of the repository, named by its own SHA alone', async () => {
    const head = await commit(workspace, 'a head');
    const tags = await run(workflowRun(job, { sha, after: { ...ours, headSha: head } }), {
      tags: 'type=sha,format=short',
      reuse: 'off',
    });
    assert.ok(tags.includes(head), tags.join());
    assert.ok(tags.includes(`sha-${head.slice(0, 7)}`), tags.join());
    assert.ok(!tags.includes(`sha-${sha.slice(0, 7)}`), tags.join());
  });
});

test("a fork's head is pushed with the rights of main only where the workflow says that it may", async t => {
  await using world = await startWorld();
  const { workspace, sha } = await checkOutMain(world);
  const headSha = await commit(workspace, 'their head');
  const fork = 'mallory/octo-repo';
  const events = [
    pullRequestTarget(job, { number: 7, baseSha: sha, headSha, headRef: 'main', fork }),
    workflowRun(job, { sha, after: { ...theirs, headBranch: 'main', headSha } }),
  ];
  for (const event of events) {
    await t.test(`${event.name}: refused`, async () => {
      const run = await world.run({ workspace, event, with: { ...inputs, context: 'app' } });
      assert.equal(run.outcome, 'failure', run.log);
      assert.equal(
        run.annotations[0]?.message,
        `This job for \`${event.name}\` has the rights of octo-org/octo-repo, and what it builds is or may be from a fork, mallory/octo-repo: ` +
          `${headSha} is checked out, and the job runs for ${sha}.\n` +
          'Build pull requests from forks in a job for `pull_request`, with a role of its own or none. ' +
          'If whoever opens one may push images by this role, set `allow-fork-head: true`.',
      );
      assert.deepEqual(world.aws.requests, []);
    });
  }
  await t.test('what another run has made of it: refused', async () => {
    const place = await checkOutMain(world);
    await writeFile(join(place.workspace, 'app/artifact'), 'theirs');
    const event = workflowRun(job, { sha: place.sha, after: theirs });
    const run = await world.run({ workspace: place.workspace, event, with: { ...inputs, context: 'app' } });
    assert.match(run.annotations[0]?.message ?? '', /mallory\/octo-repo: 'app\/artifact' is not in it\.$/m);
    assert.deepEqual(world.aws.requests, []);
  });
  for (const event of events) {
    await t.test(`${event.name}: allowed`, async () => {
      const tags =
        'type=ref,event=branch\ntype=edge\ntype=raw,value=stable,enable={{is_default_branch}}\ntype=ref,event=pr';
      const given = { ...inputs, context: 'app', 'allow-fork-head': 'true', tags };
      const run = await world.run({ workspace, event, with: given });
      assert.equal(run.outcome, 'success', run.log);
      assert.doesNotMatch(run.log, /--cache-to \S+buildcache-main/);
    });
  }
  const tags = tagsIn(world).filter(tag => !tag.startsWith('buildcache'));
  assert.deepEqual(tags.toSorted(), [headSha, 'pr-7'].toSorted());

  await t.test('what the fork has pushed since the event is not named after the head of then', async () => {
    const since = await commit(workspace, 'pushed since');
    const head = { headSha: sha, headRef: 'main', fork };
    const event = pullRequestTarget(job, { number: 8, baseSha: 'f'.repeat(40), ...head });
    const given = { ...inputs, context: 'app', 'allow-fork-head': 'true', tags: 'type=sha,format=short' };
    const run = await world.run({ workspace, event, with: given });
    assert.equal(run.outcome, 'success', run.log);
    assert.ok(tagsIn(world).includes(`sha-${since.slice(0, 7)}`), tagsIn(world).join());
    assert.ok(!tagsIn(world).includes(`sha-${sha.slice(0, 7)}`), tagsIn(world).join());
  });

  await t.test('a push has the commit of who pushes, whatever is checked out', async () => {
    const event = push(job, 'refs/heads/main', { sha });
    const run = await world.run({ workspace, event, with: { ...inputs, context: 'app' } });
    assert.equal(run.outcome, 'success', run.log);
  });
});

interface Place {
  workspace: string;
  sha: string;
}

/** A checkout of main: a Dockerfile in the workspace and one in `app`. */
async function checkOutMain(world: World): Promise<Place> {
  const workspace = join(world.scratch, randomUUID(), 'workspace');
  await mkdir(join(workspace, 'app'), { recursive: true });
  await writeFile(join(workspace, 'app/Dockerfile'), dockerfileOf('main'));
  await writeFile(join(workspace, 'app/.dockerignore'), 'made\n');
  return { workspace, sha: await checkOut(workspace, 'main') };
}

async function checkOut(folder: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await execute('git', ['init', '-q', folder]);
  await writeFile(join(folder, 'Dockerfile'), dockerfileOf(text));
  return commit(folder, text);
}

async function commit(folder: string, text: string): Promise<string> {
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  await execute('git', ['-C', folder, 'add', '--all']);
  await execute('git', [
    '-C',
    folder,
    ...author,
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    `${text} ${randomUUID()}`,
  ]);
  return (await execute('git', ['-C', folder, 'rev-parse', 'HEAD'])).trim();
}

function dockerfileOf(text: string): string {
  return `FROM scratch\nLABEL text=${text}\nCOPY Dockerfile /\n`;
}

function tagsIn(world: World): string[] {
  return Array.from(world.aws.ecr.repository('team/hello')?.imageTags ?? [], ([tag]) => tag);
}
