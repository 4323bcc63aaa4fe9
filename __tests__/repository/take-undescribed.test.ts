import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planRepository } from '../../src/repository/plan.ts';
import { takeUndescribed } from '../../src/repository/take-undescribed.ts';
import { Failure } from '../../src/platform/failure.ts';
import { inputs } from '../sample.ts';

process.env['GITHUB_OUTPUT'] = '/dev/null';

const denied = new Failure('ecr:DescribeRepositories failed', {
  remedy: 'Allow it.',
  cause: Object.assign(new Error('denied'), { name: 'AccessDeniedException' }),
});
const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const existing = { ...inputs.repository, create: false };

/** Takes the repository where a login answers this host, or the error. */
function take(repository: typeof inputs.repository, proxyEndpoint: string | undefined | Error) {
  const getAuthorizationToken = async () => {
    if (proxyEndpoint instanceof Error) throw proxyEndpoint;
    return { authorizationData: [{ authorizationToken: 'QVdTOng=', proxyEndpoint }] };
  };
  return takeUndescribed({ ecr: { getAuthorizationToken } }, planRepository(repository), denied);
}

test('a repository that the role may not ask for is in the registry that the login names', async () => {
  const taken = await take(existing, `https://${host}`);
  assert.equal(taken.uri, `${host}/team/app`);
  assert.equal(taken.registryId, '123456789012');
  assert.equal(taken.madeBy, 'somebody unseen');
  const elsewhere = await take({ ...existing, registryId: '210987654321' }, 'https://registry.example');
  assert.equal(elsewhere.registryId, '210987654321');
});

const refused: [why: string, repository: object, endpoint: string | undefined | Error][] = [
  ['it may have to be created', { create: true }, `https://${host}`],
  ['its settings are to be held', { onDrift: 'fail', asked: { scanOnPush: true } }, `https://${host}`],
  [
    'its settings are to be changed',
    { onDrift: 'reconcile', asked: { tags: { a: 'b' } } },
    `https://${host}`,
  ],
  ['it is in ECR Public', { type: 'public' }, undefined],
  ['the login names no registry', {}, undefined],
  ['nobody says whose registry it is', {}, 'https://registry.example'],
  ['the role may not log in either', {}, denied],
];

test('what was refused stays refused where more has to be known', async () => {
  for (const [why, { asked, ...given }, endpoint] of refused.map(
    ([w, repository, e]) => [w, { asked: {}, ...repository }, e] as const,
  )) {
    const repository = { ...existing, ...given, asked: { ...existing.asked, ...asked } };
    await assert.rejects(take(repository, endpoint), error => error === denied, why);
  }
});
