import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { matchesWildcard } from '../aws/wildcard.ts';
import { pullRequest } from './event.ts';
import { describeJob } from './job.ts';
import type { Job } from './job.ts';
import { startGitHub } from './server.ts';
import type { GitHub } from './server.ts';

const reusableWorkflow = {
  ref: 'octo-org/workflows/.github/workflows/image.yml@refs/heads/main',
  sha: 'c'.repeat(40),
};

async function request(
  environment: Record<string, string>,
  query = '&audience=sts.amazonaws.com',
): Promise<Response> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = '' } = environment;
  return await fetch(url + query, { headers: { Authorization: `Bearer ${token}` } });
}

async function tokenOf(response: Response): Promise<string> {
  const body: { value: string; count: number } = JSON.parse(await response.text());
  assert.equal(body.count, body.value.length);
  return body.value;
}

async function claimsOf(github: GitHub, known: Partial<Job>, query?: string): Promise<JWTPayload> {
  const token = await tokenOf(await request(await github.startJob(describeJob(known)), query));
  const { payload } = await jwtVerify(token, createLocalJWKSet(github.jwks()), { issuer: github.issuer });
  return payload;
}

test('a token verifies with the published keys and tells of the job', async () => {
  await using github = await startGitHub();
  const claims = await claimsOf(github, { environment: 'prod', runId: '99' });
  assert.equal(claims.aud, 'sts.amazonaws.com');
  assert.equal(claims.iss, 'https://token.actions.githubusercontent.com');
  assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 300);
  const { repository, repository_id, run_id, environment, ref_type, job_workflow_ref, event_name } = claims;
  assert.deepEqual(
    [repository, repository_id, run_id, environment, ref_type, event_name],
    ['octo-org/octo-repo', '740000074', '99', 'prod', 'branch', 'push'],
  );
  assert.equal(job_workflow_ref, 'octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main');
  assert.deepEqual(
    github.requests.map(({ label, status }) => [label, status]),
    [['github:GET /oidc', 200]],
  );
});

test('the subject takes its forms, and the audience its default', async () => {
  await using github = await startGitHub();
  const fix = { number: 7, mergeSha: 'a'.repeat(40), headSha: 'b'.repeat(40), headRef: 'fix' };
  const cases: [Partial<Job>, string][] = [
    [{}, 'repo:octo-org/octo-repo:ref:refs/heads/main'],
    [{ ref: 'refs/tags/v1' }, 'repo:octo-org/octo-repo:ref:refs/tags/v1'],
    [{ environment: 'a:b' }, 'repo:octo-org/octo-repo:environment:a%3Ab'],
    [{ ...pullRequest(describeJob(), fix).job }, 'repo:octo-org/octo-repo:pull_request'],
    [{ subject: 'immutable' }, 'repo:octo-org@650065/octo-repo@740000074:ref:refs/heads/main'],
    [
      { subject: 'immutable', environment: 'prod', subjectClaims: ['repo', 'context', 'job_workflow_ref'] },
      'repo:octo-org@650065/octo-repo@740000074:environment:prod:job_workflow_ref:octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main',
    ],
    [
      { subjectClaims: ['repository_owner', 'repository_visibility'] },
      'repository_owner:octo-org:repository_visibility:private',
    ],
    [{ subjectClaims: ['repo'] }, 'repo:octo-org/octo-repo'],
    [{ subjectClaims: ['job_workflow_ref'], reusableWorkflow }, `job_workflow_ref:${reusableWorkflow.ref}`],
    [{ subjectClaims: ['workflow', 'actor'], workflow: 'a:b' }, 'workflow:a%3Ab:actor:octocat'],
  ];
  for (const [job, expected] of cases) {
    const { sub, aud } = await claimsOf(github, job, '');
    assert.deepEqual([sub, aud], [expected, 'https://github.com/octo-org']);
  }
});

test('a stranger can customise his subject so that a pattern with a * before the ids of another repository matches it', async () => {
  await using github = await startGitHub();
  const { sub, repository_id } = await claimsOf(github, {
    repository: 'stranger/x',
    repositoryId: '1',
    subjectClaims: ['repo', 'workflow', 'ref'],
    workflow: 'a@650065/b@740000074',
  });
  assert.equal(sub, 'repo:stranger/x:workflow:a@650065/b@740000074:ref:refs/heads/main');
  assert.ok(matchesWildcard('repo:*@650065/*@740000074:ref:refs/heads/main', sub));
  assert.equal(repository_id, '1');
});

test('a job in a reusable workflow says where that lies, beside the workflow that calls it', async () => {
  await using github = await startGitHub();
  const claims = await claimsOf(github, { reusableWorkflow });
  const { job_workflow_ref, job_workflow_sha, workflow_ref, workflow_sha, sub } = claims;
  assert.deepEqual([job_workflow_ref, job_workflow_sha], [reusableWorkflow.ref, reusableWorkflow.sha]);
  assert.equal(workflow_ref, 'octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main');
  assert.equal(workflow_sha, '0123456789abcdef0123456789abcdef01234567');
  assert.equal(sub, 'repo:octo-org/octo-repo:ref:refs/heads/main');
});

test('an enterprise is in the token, and may have an issuer of its own with the same keys', async () => {
  await using github = await startGitHub();
  const enterprise = { slug: 'octocat-inc', id: '123', hasIssuer: false };
  const plain = await claimsOf(github, { enterprise });
  assert.deepEqual([plain['enterprise'], plain['enterprise_id']], ['octocat-inc', '123']);
  const job = describeJob({ enterprise: { ...enterprise, hasIssuer: true } });
  const token = await tokenOf(await request(await github.startJob(job)));
  const issuer = 'https://token.actions.githubusercontent.com/octocat-inc';
  await jwtVerify(token, createLocalJWKSet(github.jwks()), { issuer });
});

test('a wrong bearer, a missing permission and another job are refused', async () => {
  await using github = await startGitHub();
  const environment = await github.startJob(describeJob());
  const other = await github.startJob(describeJob());
  const without = await github.startJob(describeJob({ idToken: false }));
  assert.equal(without['ACTIONS_ID_TOKEN_REQUEST_URL'], undefined);
  const status = async (token = '') =>
    (await request({ ...environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token })).status;
  assert.equal(await status('nonsense'), 401);
  assert.equal(await status(other['ACTIONS_RUNTIME_TOKEN']), 403);
  assert.equal(await status(without['ACTIONS_RUNTIME_TOKEN']), 403);
});

test('a foreign key does not verify', async () => {
  await using github = await startGitHub({ signWithForeignKey: true });
  const token = await tokenOf(await request(await github.startJob(describeJob())));
  await assert.rejects(jwtVerify(token, createLocalJWKSet(github.jwks())), {
    code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  });
});

test('lifetime and clock can be told', async () => {
  await using github = await startGitHub({
    idTokenLifetimeSeconds: 2,
    now: () => new Date('2026-10-01T00:00:00Z'),
  });
  const { iat, exp } = decodeJwt(await tokenOf(await request(await github.startJob(describeJob()))));
  assert.deepEqual([iat, exp], [1790812800, 1790812802]);
});

test('faults strike', async () => {
  await using github = await startGitHub();
  const environment = await github.startJob(describeJob());
  github.faults.add({ match: 'github:GET /oidc', kind: 'server-error', times: 1 });
  github.faults.add({ match: 'github:GET /oidc', kind: 'throttle', times: 1 });
  github.faults.add({ match: 'github:GET /oidc', kind: 'cut', times: 1 });
  assert.equal((await request(environment)).status, 500);
  assert.equal((await request(environment)).status, 429);
  await assert.rejects(request(environment));
  assert.equal((await request(environment)).status, 200);
  assert.deepEqual(
    github.requests.map(({ status }) => status),
    [500, 429, 0, 200],
  );
});
