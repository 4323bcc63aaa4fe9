import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { putComment } from '../../src/report/github-comments.ts';
import type { Fault } from '../world/faults.ts';
import { describeJob } from '../world/github/job.ts';
import { startGitHub } from '../world/github/server.ts';

const github = await startGitHub();
after(() => github[Symbol.asyncDispose]());
const { GITHUB_API_URL } = await github.startJob(describeJob());
Object.assign(process.env, { GITHUB_API_URL });
const repository = 'octo-org/octo-repo';
github.admitToken('token', { repository, canComment: true, canReadContents: true });

/** Puts a comment without long pauses. A machine under load needs its time for an answer, so that only a silence is cut short. */
const put = (number: number, text: string, fault: Fault) =>
  putComment(
    { repository, number, token: 'token' },
    { mark: '<!-- mark -->', text, limitMs: fault.kind === 'silent' ? 300 : 10_000, firstWaitMs: 1 },
  );

const kinds: Fault[] = [
  { kind: 'cut' },
  { kind: 'silent' },
  { kind: 'truncate' },
  { kind: 'page' },
  { kind: 'page', status: 200 },
  { kind: 'halve' },
  { kind: 'empty' },
  { kind: 'lose' },
  { kind: 'lose', status: 502 },
  { kind: 'throttle' },
  { kind: 'server-error' },
];
const calls = ['issues:GET comments', 'issues:POST comments', 'issues:PATCH comments'];

test('two faults of any kind in any call leave one comment with the last text', async t => {
  for (const [number, fault] of kinds.entries()) {
    for (const match of calls) {
      await t.test(`${match} ${JSON.stringify(fault)}`, async () => {
        github.comments.length = 0;
        github.faults.clear();
        github.faults.add({ match, ...fault, times: 2 });
        assert.equal(await put(number, 'first', fault), 'written');
        github.faults.clear();
        github.faults.add({ match, ...fault, times: 2 });
        assert.equal(await put(number, 'second', fault), 'renewed');
        assert.deepEqual(
          github.comments.map(({ body }) => body),
          ['<!-- mark -->\nsecond'],
        );
      });
    }
  }
});

test('a fault that lasts ends soon, and says why', async t => {
  for (const fault of kinds) {
    for (const match of calls.slice(0, 2)) {
      await t.test(`${match} ${JSON.stringify(fault)}`, async () => {
        github.comments.length = 0;
        github.faults.clear();
        github.faults.add({ match, ...fault });
        const told = await put(1, 'text', fault).then(String, String);
        // What took effect is found again and written anew.
        const isDone = match === 'issues:POST comments' && github.comments.length > 0;
        assert.match(
          told,
          isDone ? /^written$/ : /GitHub answered \d+: |connection to .* was cut|no whole answer/,
        );
        assert.ok(github.comments.length <= 1);
      });
    }
  }
});
