import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { baseCommitOf } from '../../src/commit/base-commit.ts';
import { commitOf, eventShaOf } from '../../src/commit/commit.ts';
import { parseEvent } from '../../src/commit/event-payload.ts';
import { readEvent } from '../../src/commit/read-event.ts';
import { rejectInvalidVariables } from '../../src/commit/short-sha.ts';
import { forkOf, isOpenToStrangers } from '../../src/commit/strangers.ts';
import { readCommits } from '../../src/git/git.ts';
import { readProvenTree } from '../../src/git/objects.ts';
import { Failure } from '../../src/platform/failure.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { run } from '../world/docker/command.ts';

const folder = await mkdtemp(join(tmpdir(), 'event-'));
after(() => rm(folder, { recursive: true, force: true }));
const sha = 'a'.repeat(40);

test('a file that is no payload is named, and none is an empty one', async () => {
  const file = join(folder, 'event.json');
  for (const [content, reason] of [
    ['', 'no JSON'],
    ['{"a":', 'no JSON'],
    ['null', 'no JSON object'],
    ['[]', 'no JSON object'],
    ['7', 'no JSON object'],
  ]) {
    await writeFile(file, content ?? '');
    assert.throws(
      () => readEvent(file),
      error =>
        error instanceof Failure &&
        error.message.includes(`${file} of`) &&
        error.message.includes(reason ?? ''),
    );
  }
  assert.throws(() => readEvent(folder), /of GITHUB_EVENT_PATH, could not be read: it is no file/);
  assert.throws(() => readEvent('/dev/zero'), /it is no file/);
  for (const path of [undefined, '', join(folder, 'none')]) assert.deepEqual(readEvent(path), {});
  await writeFile(file, JSON.stringify({ before: sha, commits: 'odd' }));
  assert.deepEqual(readEvent(file), { before: sha });
});

/** Values that a member may have in a payload that nobody has checked. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null, 0, -1, 1e300, true, '', '--output=f', '\n', sha, '0'.repeat(40), [], [null], [[]], {},
    { id: sha, timestamp: 'never' }, { id: sha, timestamp: '+275760-09-13T00:00:00Z' },
    { id: sha, timestamp: 8.64e15 }, { sha: {}, ref: [], repo: 7 }, { full_name: {} }, { toString: 1 },
  ),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }),
); // prettier-ignore
const names = ['id', 'sha', 'ref', 'repo', 'full_name', 'timestamp', 'number', 'event', 'head', 'base'];
const part = fc.oneof(odd, fc.dictionary(fc.constantFrom(...names), odd), fc.array(odd, { maxLength: 3 }));
const payloads = fc.dictionary(
  fc.constantFrom(
    'before', 'pull_request', 'merge_group', 'workflow_run', 'base_ref', 'commits', 'head_commit', 'repository',
  ),
  fc.oneof(part, fc.dictionary(fc.constantFrom('head', 'base', 'head_repository', 'license'), part)),
); // prettier-ignore
const events = ['push', 'pull_request', 'pull_request_target', 'workflow_run', 'merge_group', ''];

test('whatever a payload holds, a commit is read from it or from the environment', () => {
  fc.assert(
    fc.property(payloads, fc.constantFrom(...events), (payload, GITHUB_EVENT_NAME) => {
      const event = parseEvent(payload);
      const environment = { GITHUB_EVENT_NAME, GITHUB_SHA: sha, GITHUB_REF: 'refs/heads/main' };
      const facts = { checkedOut: undefined, eventCommit: undefined, folders: {}, now: new Date(0) };
      const commit = commitOf(environment, { event, ...facts });
      for (const each of [commit.sha, commit.baseSha, ...commit.earlier, eventShaOf(environment, event)])
        if (each !== undefined) assert.match(each, /^[0-9a-f]{40,64}$/);
      if (commit.committedAt !== undefined) assert.match(commit.committedAt, /^\d{4}-/);
      isOpenToStrangers(environment, event);
      assert.match(String(forkOf(environment, event)), /^/);
      assert.doesNotThrow(() => JSON.stringify([commit, baseCommitOf(environment, event)]));
    }),
    { numRuns: 150 },
  );
});

test("a variable of the runner that is none of its values is told, and never reaches git's options", async () => {
  const given = {
    GITHUB_SHA: '--output=f',
    GITHUB_REF: '-n',
    GITHUB_REPOSITORY: '--all',
    GITHUB_SERVER_URL: '--output=f',
  };
  const reader = readerOf(() => '');
  rejectInvalidVariables(reader, given);
  const message = reader.close()?.message ?? '';
  for (const [name, value] of Object.entries(given))
    assert.ok(message.includes(`${name}: '${value}' is not`));

  const output = join(folder, 'output');
  await run('git', ['init', '-q', folder]);
  // Far beyond what a date of JavaScript can be.
  const date = '@8700000000000 +0000';
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  await run(
    'git',
    ['-C', folder, ...author, 'commit', '-q', '--allow-empty', '-m', 'Begin', `--date=${date}`],
    {
      GIT_COMMITTER_DATE: date,
    },
  );
  const { checkedOut, eventCommit } = await readCommits(folder, `--output=${output}`);
  assert.match(checkedOut?.sha ?? '', /^[0-9a-f]{40}$/);
  assert.equal(eventCommit, undefined);
  const known = await readCommits(folder, checkedOut?.sha ?? '');
  assert.deepEqual(known.eventCommit, checkedOut);
  assert.equal(await readProvenTree(folder, '--help'), undefined);
  assert.equal((await readProvenTree(folder, checkedOut?.sha ?? ''))?.size, 0);
});
