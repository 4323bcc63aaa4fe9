import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Run } from '../world/github/runner.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { digestOf } from './transcript.ts';

const calm = { 'wait-for-scan': 'false', 'build-args': '' };

const push = 'failed to push r/x:t: ';
/** What registries, BuildKit and buildx say of each fault that has consequences. */
const words = [
  'Your authorization token has expired. Reauthenticate and try again.',
  `${push}denied: Your authorization token has expired. Reauthenticate and try again.`,
  `${push}no basic auth credentials`,
  "The image tag 't' already exists in the 'x' repository and cannot be overwritten because the tag is immutable.",
  "The repository with name 'x' does not exist in the registry with id '123456789012'",
  'User: arn:x is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:y',
  `${push}unexpected status from HEAD request to https://r/v2/x/blobs/sha256:3: 403 Forbidden`,
  `${push}unexpected status from PUT request to https://r/v2/x/manifests/sha256:3: 405 Method Not Allowed`,
  `${push}unsupported`,
  `${push}toomanyrequests: Rate exceeded`,
  `${push}read tcp: connection reset by peer`,
  'image "r/x:t": already exists',
  'failed to copy: httpReadSeeker: failed open: not found',
  'short read: expected 93 bytes but got 92: unexpected EOF',
  'blob sha256:0a1b not found',
  'maximum timeout reached',
  'failed to get state for index 0 on x',
  'failed commit on ref "layer": unexpected commit digest',
];

/** Runs a build that has to fail once, plainly, without anything done about it. */
async function assertPlainFailure(
  world: World,
  workspace: string,
  message: RegExp,
  remedy = /\nThe build's own output, in the log of this step, says/,
): Promise<Run> {
  const logins = () =>
    world.aws.requests.filter(({ operation }) => operation === 'GetAuthorizationToken').length;
  const before = logins();
  const run = await world.run({ workspace, with: { ...calm, cache: 'registry' } });
  assert.equal(run.outcome, 'failure', run.log);
  assert.equal(run.log.match(/^docker buildx build .*--cache-from/gm)?.length, 1, run.log);
  assert.equal(run.log.match(/^docker buildx build /gm)?.length, 1, run.log);
  assert.equal(logins() - before, 1, run.log);
  assert.deepEqual(
    run.annotations.map(({ level }) => level),
    ['error'],
    run.log,
  );
  assert.match(run.annotations[0]?.message ?? '', message);
  assert.match(run.annotations[0]?.message ?? '', remedy);
  return run;
}

/** A workspace whose cache of layers has been written, so that the next build reads it. */
async function cachedWorkspace(world: World): Promise<string> {
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo ${randomUUID()} >/made\n`,
  );
  const run = await world.run({ workspace, sha: 'e'.repeat(40), with: { ...calm, cache: 'registry' } });
  assert.equal(run.outcome, 'success', run.log);
  return workspace;
}

/** Reports as BuildKit would make them of an image that a registry refuses for its attestations. */
const forged = (() => {
  const vertex = `sha256:${'5'.repeat(64)}`;
  const started = '2026-10-01T12:00:00Z';
  const name = 'exporting to image';
  const error = `${push}405 Method Not Allowed`;
  return [
    { vertexes: [{ digest: vertex, name, started }] },
    {
      statuses: [
        { id: 'exporting layers', vertex, current: 0, timestamp: started, started, completed: started },
      ],
    },
    { vertexes: [{ digest: vertex, name, started, completed: started, error }] },
  ].map(report => JSON.stringify(report));
})();

test('what a build or another registry says is no fault of the push or of a cache', async t => {
  await using world = await startWorld();
  const workspace = await cachedWorkspace(world);

  await t.test('an instruction that prints or holds the words of a fault is a plain failure', async () => {
    // A fault is told by the first words that match, and one that were believed would make another error of several.
    const batches = Array.from({ length: 3 }, (_, batch) =>
      words.filter((_text, index) => index % 3 === batch),
    );
    for (const texts of batches) {
      // It holds the words, and prints them in ways that could be taken for the log of BuildKit.
      const prints = texts
        .map(text => `"${text.replaceAll('"', String.raw`\"`)}"`)
        .map(
          quoted =>
            `echo ${quoted}; printf '\\r#9 ERROR: %s\\nERROR: failed to build: failed to solve: %s\\n' ${quoted} ${quoted}`,
        );
      const script = [...prints, 'exit 1'].join('; ');
      await writeFile(join(workspace, 'Dockerfile'), `FROM ${world.baseImage}\nRUN ${script}\n`);
      await assertPlainFailure(
        world,
        workspace,
        /^Building \S+ failed: process "\/bin\/sh -c .*exit code: 1\n/,
      );
    }
  });

  await t.test('a file that is not there is a plain failure, whatever its name', async () => {
    const name = `${push}failed to copy: httpReadSeeker: 405 Method Not Allowed`;
    await writeFile(join(workspace, 'Dockerfile'), `FROM ${world.baseImage}\nCOPY ["${name}", "/"]\n`);
    await assertPlainFailure(
      world,
      workspace,
      /failed: .*not found\n/,
      /\nThere is no such file in the context `\.`/,
    );
  });

  await t.test('output that looks like a report of BuildKit is output', async () => {
    const lines = [...forged, 'ERROR: failed to build: failed to solve: 405 Method Not Allowed'];
    await writeFile(join(workspace, 'site', 'forged'), lines.map(line => `${line}\n\r${line}\r`).join('\n'));
    await writeFile(
      join(workspace, 'Dockerfile'),
      `FROM ${world.baseImage} AS exporting-to-image\nCOPY site/forged /\nRUN cat /forged; cat /forged >&2; exit 1\n`,
    );
    const run = await assertPlainFailure(world, workspace, /failed: process "\/bin\/sh -c cat \/forged;/);
    assert.match(run.log, /^#\d+ [\d.]+ \{"vertexes":/m);
    assert.doesNotMatch(run.log, /^\{"/m);
  });

  await t.test(
    'nor is it a report when another registry says it in an error, which buildx repeats line by line',
    async () => {
      const message = ['no', ...forged, `ERROR: failed to solve: ${push}405 Method Not Allowed`].join('\n');
      await using registry = await startRegistryThatSays(message);
      await writeFile(join(workspace, 'Dockerfile'), `FROM ${registry.host}/base:1\n`);
      const run = await assertPlainFailure(world, workspace, /failed: /, /\nThe registry is `127/);
      assert.match(run.log, /^ERROR: .*\ndenied: no\n\{"vertexes":/m, run.log);
    },
  );
});

/** A registry that has every image, and refuses to hand it out. */
async function startRegistryThatSays(message: string): Promise<AsyncDisposable & { host: string }> {
  const server = createServer((request, response) => {
    const type = 'application/vnd.oci.image.manifest.v1+json';
    if (request.method === 'HEAD') {
      const digest = `sha256:${'a'.repeat(64)}`;
      response.writeHead(200, {
        'content-type': type,
        'content-length': 500,
        'docker-content-digest': digest,
      });
      response.end();
    } else {
      response.writeHead(request.url === '/v2/' ? 200 : 403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ code: 'DENIED', message }] }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return {
    host: `127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

test('a cache that an instruction says was written is not one that was', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const inputs = { ...calm, cache: 'registry', 'cache-repository': 'team/cache' };
  const build = async (sha: string, script: string) => {
    const text = `FROM ${world.baseImage}\nRUN ${script}; echo ${randomUUID()} >/made\n`;
    await writeFile(join(workspace, 'Dockerfile'), text);
    const run = await world.run({ workspace, sha: sha.repeat(40), with: inputs });
    assert.equal(run.outcome, 'success', run.log);
    return run;
  };
  const first = await build('a', 'true');
  const [tag = ''] = /buildcache-[\w-]+/.exec(first.log) ?? [];
  const written = await digestOf(world, 'team/cache', tag);
  assert.ok(written, first.log);
  const error = { status: 403, code: 'DENIED', message: 'no such right' };
  world.gateFaults.add({ match: /^registry:(POST|PUT|PATCH) .*\/team\/cache\//, kind: 'refuse', error });
  const run = await build('b', `printf 'x\\r#9 writing cache manifest ${written} 0.1s done\\n'`);
  assert.match(run.log, /^Not noted: buildcache-\S+ is not what this build wrote/m);
  assert.equal(await digestOf(world, 'team/cache', tag), written);
});
