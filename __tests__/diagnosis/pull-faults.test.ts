import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeBuildFailure } from '../../src/diagnosis/describe-failure.ts';
import { findPullFault, pauseBeforeTry, pullFaultIn, pullFaults } from '../../src/diagnosis/pull-faults.ts';
import { findPushFault } from '../../src/diagnosis/push-faults.ts';
import type { BuildFailure } from '../../src/docker/build-failure.ts';
import type { StepRole } from '../../src/docker/step-roles.ts';

const metadata = '[internal] load metadata for docker.io/library/node:22';

function failureOf(error: string, name = metadata, role: StepRole = 'pull'): BuildFailure {
  return { step: { role, name, error, lastLines: [] }, message: error, lastLines: '' };
}

const head = (host: string, status: string): string =>
  `unexpected status from HEAD request to https://${host}/v2/library/node/manifests/22: ${status}`;
const blob = (status: string): string =>
  `failed to copy: httpReadSeeker: failed open: unexpected status from GET request to https://registry.example.com/v2/x/blobs/sha256:3: ${status}`;
const hub = 'registry-1.docker.io';
const limit =
  'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit';

/** What BuildKit 0.11 to 0.32 says. */
const table: [fault: string | undefined, error: string][] = [
  ["Docker Hub's pull limit", head(hub, '429 Too Many Requests')],
  ["Docker Hub's pull limit", `${head(hub, '429 Too Many Requests')}\n${limit}`],
  [
    "Docker Hub's pull limit",
    `failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/node/manifests/sha256:3: 429 Too Many Requests - Server message: ${limit}`,
  ],
  ["Docker Hub's pull limit", `${head('mirror.example.com', '429 Too Many Requests')}\n${limit}`],
  [
    'throttled by ECR',
    `${head('123456789012.dkr.ecr.eu-central-1.amazonaws.com', '429 Too Many Requests')}\ntoomanyrequests: Rate exceeded`,
  ],
  ['throttled by ECR', head('public.ecr.aws', '429 Too Many Requests')],
  ['throttled', head('ghcr.io', '429 Too Many Requests')],
  ...['500 Internal Server Error', '502 Bad Gateway', '503 Service Unavailable', '504 Gateway Timeout'].map(
    (status): [string, string] => ['registry out of reach', head(hub, status)],
  ),
  [
    'registry out of reach',
    `failed to authorize: failed to fetch anonymous token: ${head('auth.docker.io', '503 Service Unavailable')}`,
  ],
  ...[
    'EOF',
    'unexpected EOF',
    'net/http: TLS handshake timeout',
    'dial tcp 1.2.3.4:443: i/o timeout',
    'read tcp 1.2.3.4:5->6.7.8.9:443: read: connection reset by peer',
    'dial tcp 1.2.3.4:443: connect: connection refused',
    'dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: server misbehaving',
    'dial tcp: lookup registry-1.docker.io: Temporary failure in name resolution',
    'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ].map((words): [string, string] => [
    'registry out of reach',
    `failed to do request: Head "https://${hub}/v2/library/node/manifests/22": ${words}`,
  ]),
  [
    'unknown host',
    `failed to do request: Head "https://${hub}/v2/": dial tcp: lookup ${hub} on 127.0.0.53:53: no such host`,
  ],
  // What no other try mends, whatever the registry says of it.
  [undefined, head(hub, '404 Not Found')],
  [undefined, `${head(hub, '401 Unauthorized')}\nunauthorized: EOF 503 Service Unavailable`],
  [undefined, `${head(hub, '403 Forbidden')}\ndenied: connection reset by peer`],
  [undefined, 'docker.io/library/node:22: not found'],
  [undefined, 'pull access denied, repository does not exist or may require authorization'],
  [undefined, ''],
];

test('a pull that may pass is known by what BuildKit says of it', () => {
  for (const [name, error] of table) assert.equal(findPullFault(failureOf(error))?.name, name, error);
});

test("what the engine and buildx say of a builder's start is read in the same way", () => {
  const said: [string | undefined, string][] = [
    [
      'registry out of reach',
      `Error response from daemon: failed to resolve reference "docker.io/moby/buildkit:buildx-stable-1": ${head(hub, '503 Service Unavailable')}`,
    ],
    ['registry out of reach', 'Error response from daemon: received unexpected HTTP status: 502 Bad Gateway'],
    ['registry out of reach', 'context deadline exceeded'],
    [
      'registry out of reach',
      'listing workers: failed to list workers: Unavailable: connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.1:1234: connect: connection refused"',
    ],
    ["Docker Hub's pull limit", `Error response from daemon: ${limit}`],
    [undefined, 'expected 2 replicas to be ready, got 0'],
    [undefined, 'Error response from daemon: pull access denied for moby/buildkit'],
  ];
  for (const [name, reason] of said) assert.equal(pullFaultIn(reason)?.name, name, reason);
});

test('where no step has failed, as with a frontend, buildx says it', () => {
  const failed = head(hub, '503 Service Unavailable');
  const noStep = [
    `failed to resolve source metadata for docker.io/docker/dockerfile:1: ${failed}`,
    `docker.io/library/node:22: failed to resolve source metadata for docker.io/library/node:22: ${failed}`,
    blob('503 Service Unavailable'),
  ];
  for (const message of noStep)
    assert.equal(findPullFault({ message, lastLines: '' })?.name, 'registry out of reach', message);
});

test("a base image's layer is downloaded for the instruction that needs it first, and for the push", () => {
  const cut = 'short read: expected 1079936 bytes but got 1079935: unexpected EOF';
  for (const error of [blob('503 Service Unavailable'), cut]) {
    assert.ok(findPullFault(failureOf(error, '[2/2] RUN make', 'other')), error);
    assert.ok(findPullFault(failureOf(error, '[stage-0 1/1] COPY --from=x /a /b', 'other')), error);
    const pushed = failureOf(`failed to push r/x:t: ${error}`, 'exporting to image', 'image export');
    assert.ok(findPullFault(pushed), error);
    assert.equal(findPushFault(pushed), undefined, error);
  }
  assert.equal(findPullFault(failureOf(blob('404 Not Found'), '[2/2] RUN make', 'other')), undefined);
});

test('what a build prints or quotes, and what a push or a cache says, is no pull', () => {
  for (const [, error] of table) {
    const quoted = [
      `process "/bin/sh -c echo ${error}" did not complete successfully: exit code: 1`,
      `failed to compute cache key: failed to calculate checksum of ref a::b: "/${error}": not found`,
      `failed to fetch remote https://h/r.git: git stderr:\n${error}`,
      `dockerfile parse error on line 1: unknown instruction: ${error}`,
    ];
    for (const each of quoted) {
      assert.equal(findPullFault(failureOf(each, '[2/2] RUN make', 'other')), undefined, each);
      assert.equal(findPullFault({ message: each, lastLines: error }), undefined, each);
    }
    for (const role of ['push', 'cache export', 'cache import'] as const)
      assert.equal(findPullFault(failureOf(error, 'exporting', role)), undefined, error);
    const pushed = failureOf(
      `failed to push r/x:t: ${head('r', '503 Service Unavailable')}`,
      'exporting',
      'image export',
    );
    assert.equal(findPullFault(pushed), undefined);
  }
});

test('a pull is tried three times with growing waits, and a limit once more after a minute', () => {
  const [limited, passing] = [`${head(hub, '429')}\n${limit}`, head(hub, '503')].map(error =>
    findPullFault(failureOf(error)),
  );
  assert.ok(limited && passing);
  assert.deepEqual([passing.retries, limited.retries], [2, 1]);
  const waits = (fault: typeof passing, tries: number) =>
    [0, 1].map(random => pauseBeforeTry(tries, fault, random));
  assert.deepEqual(waits(passing, 1), [1500, 2500]);
  assert.deepEqual(waits(passing, 2), [4500, 7500]);
  assert.deepEqual(waits(limited, 1), [60_000, 75_000]);
});

test('the message names the ways out of a limit', async () => {
  const [, { remedy }] = await describeBuildFailure(failureOf(`${head(hub, '429')}\n${limit}`), {
    reference: 'r/x:t',
    build: { context: '.', platforms: [], secrets: [] },
    push: true,
    hosts: [],
  });
  assert.match(remedy, /log in to it .*public\.ecr\.aws\/docker\/library\/.*pull-through/);
});

test('every fault of a pull is known by the words that the page has for it', () => {
  for (const { name, examples } of pullFaults)
    for (const each of examples) assert.equal(pullFaultIn(each)?.name, name, each);
});
