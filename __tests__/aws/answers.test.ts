import assert from 'node:assert/strict';
import { createServer, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr';
import { readAnswer } from '../../src/aws/answer.ts';
import { isTransient } from '../../src/aws/client.ts';
import { openPublicEcr } from '../../src/aws/ecr-public.ts';
import { openEcr } from '../../src/aws/ecr.ts';
import { openInspector } from '../../src/aws/inspector.ts';
import { openSts } from '../../src/aws/sts.ts';
import { callSts } from '../../src/role/call-sts.ts';
import { openUser } from '../in-process.ts';
import { startAws } from '../world/aws/aws.ts';
import { clientsOf } from '../world/aws/sample.ts';
import type { Fault } from '../world/faults.ts';

const spoilt: Fault[] = [
  { kind: 'page' },
  { kind: 'page', status: 200 },
  { kind: 'page', status: 404 },
  { kind: 'halve' },
  { kind: 'truncate' },
  { kind: 'empty' },
  { kind: 'lose' },
  { kind: 'lose', status: 500 },
];

async function openAll() {
  const aws = await startAws({ oidcProviders: [] });
  await clientsOf(aws, 'ecr:*').ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/app' }));
  const options = openUser(aws, 'ecr:*', 'ecr-public:*', 'inspector2:*');
  const { ecr } = await openEcr(aws.region, options);
  const { ecr: ecrPublic } = await openPublicEcr(options);
  const inspector = await openInspector(aws.region, options);
  const sts = await openSts(aws.region, options);
  const calls: Record<string, () => Promise<unknown>> = {
    'ecr:DescribeRepositories': async () => (await ecr.describeRepositories({})).repositories,
    'ecr:BatchGetImage': async () => {
      const imageIds = [{ imageTag: 'x' }];
      return (await ecr.batchGetImage({ repositoryName: 'team/app', imageIds })).failures;
    },
    'ecr-public:DescribeRegistries': async () => (await ecrPublic.describeRegistries({})).registries,
    'inspector2:ListCoverage': async () => (await inspector.listCoverage({})).coveredResources,
    'sts:GetCallerIdentity': async () => {
      const asked = { isSigned: true, region: aws.region, denied: String, signal: options.signal };
      const { Account } = await callSts(() => sts.getCallerIdentity({}), 'sts:GetCallerIdentity', asked);
      return Account;
    },
  };
  return { aws, calls, [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
}

test('an answer that is not of AWS, or not whole, is asked for again, by each service', async () => {
  await using story = await openAll();
  const { aws, calls } = story;
  for (const match of Object.keys(calls))
    for (const fault of spoilt) aws.faults.add({ match, times: 1, ...fault });
  // Each call of the same service meets another fault.
  const answers = Object.entries(calls).flatMap(([name, call]) =>
    spoilt.map(async () => assert.notEqual(await call(), undefined, name)),
  );
  await Promise.all(answers);
});

const told: [Fault, string][] = [
  [{ kind: 'page' }, "HTTP 503 and the page 'Service Unavailable'"],
  [{ kind: 'page', status: 200 }, "HTTP 200 and the page 'Service Unavailable'"],
  [{ kind: 'halve' }, 'HTTP 200 and an answer that is cut short or has another form'],
  [{ kind: 'empty' }, 'HTTP 200 and an empty answer'],
];

test('where it stays, the error says so, and a wait goes on', async t => {
  await using story = await openAll();
  const { aws, calls } = story;
  for (const [fault, found] of told)
    await t.test(found, async () => {
      aws.faults.clear();
      aws.faults.add({ match: /^ecr/, ...fault });
      for (const match of fault.kind === 'page'
        ? ['ecr:DescribeRepositories', 'ecr-public:DescribeRegistries']
        : ['ecr:BatchGetImage']) {
        const error: unknown = await calls[match]?.().catch((each: unknown) => each);
        assert.ok(error instanceof Error);
        assert.equal(
          error.message,
          `${match} failed: something before AWS answered (a proxy or portal), with ${found}`,
        );
        assert.ok(isTransient(error), match);
      }
    });
});

const json = {
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Service.Describe' },
};

test('an answer that stops in the middle ends by a time-out', async () => {
  const server = createServer((_request, response) => void response.write('{"half'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address !== 'string');
  const body = await new Promise<IncomingMessage>(resolve => {
    // The client of the SDK listens to the errors of its requests, too.
    get({ host: '127.0.0.1', port: address.port }, resolve).on('error', () => {});
  });
  const reading = readAnswer({ statusCode: 200, headers: {}, body }, json, { bodyTimeoutMs: 20 });
  await assert.rejects(reading, { name: 'TimeoutError', message: /did not arrive in full within 0\.02 s/ });
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

test('JSON without the members that every answer has is none of AWS, but where there is nothing to say', async () => {
  const answer = { statusCode: 200, headers: {}, body: Readable.from([Buffer.from('{}')]) };
  await assert.rejects(readAnswer(answer, json), { message: /with HTTP 200 and an answer without content$/ });
  const tagging = { headers: { ...json.headers, 'x-amz-target': 'Service.TagResource' } };
  for (const text of ['{}', '']) {
    const body: unknown = Readable.from([Buffer.from(text)]);
    assert.deepEqual((await readAnswer({ ...answer, body }, tagging)).body, Buffer.from(text));
  }
});

test('of half an answer nothing is shown, as it may hold half a secret', async () => {
  const half = '{"authorizationData":[{"authorizationToken":"QVdTOnNlY3JldA';
  const answer = { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(half)]) };
  await assert.rejects(readAnswer(answer, json), (error: Error) => !error.message.includes('QVdT'));
});
