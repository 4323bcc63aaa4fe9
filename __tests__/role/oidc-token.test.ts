import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Failure } from '../../src/platform/failure.ts';
import { replaceMasked } from '../../src/platform/masked-values.ts';
import { requestOidcToken } from '../../src/role/oidc-token.ts';
import type { Fault } from '../world/faults.ts';
import { describeJob } from '../world/github/job.ts';
import { startGitHub } from '../world/github/server.ts';

const oidc = 'github:GET /oidc';
const SILENCE_LIMIT_MS = 100;
const github = await startGitHub();
const services = await github.startJob(describeJob());
after(() => github[Symbol.asyncDispose]());
Object.assign(process.env, services);

/** Asks without long pauses. A machine under load needs its time for an answer, so that only a silence is cut short. */
const ask = (limitMs = 10_000): Promise<string> =>
  requestOidcToken('sts.amazonaws.com', undefined, { limitMs, firstWaitMs: 1 });

async function messageOf(asking: Promise<string>): Promise<string> {
  const failure: unknown = await asking.catch(reason => reason);
  assert.ok(failure instanceof Failure, String(failure));
  return `${failure.message}\n${failure.remedy}`;
}

const passing: [Fault, message: RegExp][] = [
  [{ kind: 'cut' }, /in 5 tries: the connection to 127\.0\.0\.1:\d+ was cut \(ECONNRESET\)\./],
  [{ kind: 'truncate' }, /in 5 tries: the connection to 127\.0\.0\.1:\d+ was cut \(ECONNRESET\)\./],
  [{ kind: 'silent' }, /in 5 tries: 127\.0\.0\.1:\d+: there was no whole answer within 0\.1 s\./],
  [{ kind: 'throttle' }, /in 5 tries: GitHub answered 429: Too Many Requests\./],
  [{ kind: 'server-error' }, /in 5 tries: GitHub answered 500: Internal Server Error\./],
  [{ kind: 'page' }, /in 5 tries: GitHub answered 503: no reason\./],
  [{ kind: 'page', status: 200 }, /in 5 tries: the answers had the status 200 and no token/],
  [{ kind: 'halve' }, /in 5 tries: the answers had the status 200 and no token/],
  [{ kind: 'empty' }, /in 5 tries: the answers had the status 200 and no token/],
  [{ kind: 'lose' }, /in 5 tries: the connection to 127\.0\.0\.1:\d+ was cut/],
];

test('four faults in turn pass, and five of them are told with status and cause', async t => {
  for (const [fault, message] of passing) {
    await t.test(JSON.stringify(fault), async () => {
      const before = github.requests.length;
      const limitMs = fault.kind === 'silent' ? SILENCE_LIMIT_MS : undefined;
      github.faults.add({ match: oidc, ...fault, times: 4 });
      const token = await ask(limitMs);
      assert.equal(token, github.secrets().at(-1));
      assert.equal(replaceMasked(token), '***');
      github.faults.add({ match: oidc, ...fault });
      const told = await messageOf(ask(limitMs));
      assert.match(told, message);
      assert.match(told, /\nRun the job again; https:\/\/www\.githubstatus\.com/);
      assert.equal(github.requests.length - before, 10);
      github.faults.clear();
    });
  }
});

test('a refusal is told at once, with what it means', async t => {
  const refusals: [status: number, message: RegExp][] = [
    [400, /this request is refused\. GitHub answered 400: no\./],
    [
      401,
      /no longer takes the token with which this job asks[^]*GitHub answered 401: no\.\nRun the job again/,
    ],
    [403, /may not ask for one\. GitHub answered 403: no\.\nAdd to the job[^]*id-token: write/],
    [404, /does not know this job[^]*GitHub answered 404: no\.\n.*Enterprise Server/],
  ];
  for (const [status, message] of refusals) {
    await t.test(String(status), async () => {
      github.faults.add({ match: oidc, kind: 'refuse', error: { code: 'x', message: 'no', status } });
      const before = github.requests.length;
      assert.match(await messageOf(ask()), message);
      assert.equal(github.requests.length - before, 1);
      github.faults.clear();
    });
  }
});

test('a network that does not lead to GitHub is told as that', async t => {
  const unreachable: [address: string, environment: Record<string, string>, message: RegExp][] = [
    ['http://127.0.0.1:9/?x=1', {}, /127\.0\.0\.1:9 refused the connection \(ECONNREFUSED\)/],
    ['http://nowhere.invalid/?x=1', {}, /the name nowhere\.invalid could not be resolved \(E/],
    [
      'https://token.example/?x=1',
      { https_proxy: 'http://user:secret@127.0.0.1:9' },
      /token\.example could not be reached through the proxy http:\/\/127\.0\.0\.1:9 of HTTPS_PROXY: connect ECONNREFUSED/,
    ],
    ['no address', {}, /ACTIONS_ID_TOKEN_REQUEST_URL is no URL/],
  ];
  for (const [address, environment, message] of unreachable) {
    await t.test(address, async () => {
      Object.assign(process.env, environment, { ACTIONS_ID_TOKEN_REQUEST_URL: address });
      const told = await messageOf(ask());
      for (const name of Object.keys(environment)) delete process.env[name];
      assert.match(told, message);
      assert.doesNotMatch(told, /secret/);
    });
  }
});

test('cancelling the job ends the wait at once', async () => {
  Object.assign(process.env, services);
  github.faults.add({ match: oidc, kind: 'silent' });
  const reason = new Error('The job was cancelled.');
  await assert.rejects(requestOidcToken('x', AbortSignal.abort(reason)), reason);
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 20);
  await assert.rejects(requestOidcToken('x', controller.signal), reason);
});
