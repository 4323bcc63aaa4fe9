import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildFaults, findBuildFault } from '../../src/diagnosis/build-faults.ts';
import { describeBuildFailure } from '../../src/diagnosis/describe-failure.ts';
import type { DescribedBuild } from '../../src/diagnosis/describe-failure.ts';
import { placeOf } from '../../src/diagnosis/failed-place.ts';
import type { Place } from '../../src/diagnosis/failed-place.ts';
import type { BuildFailure } from '../../src/docker/build-failure.ts';
import type { StepRole } from '../../src/docker/step-roles.ts';
import { withTempDir } from '../../src/platform/temp-dir.ts';

const noStep = (message: string): BuildFailure => ({ message, lastLines: '' });

function failureOf(
  name: string,
  error: string,
  role: StepRole = /load metadata for|docker-image:|\bFROM /.test(name) ? 'pull' : 'other',
  lastLines: string[] = [],
): BuildFailure {
  return { step: { role, name, error, lastLines }, message: error, lastLines: '' };
}

async function remedyOf(
  failure: BuildFailure,
  build: Partial<DescribedBuild['build']> = {},
  { hosts = [], ...login }: Partial<Pick<DescribedBuild, 'hosts' | 'lacksIdentity'>> = {},
): Promise<string> {
  const described = { context: '.', platforms: [], secrets: [], ...build };
  const [, { remedy }] = await describeBuildFailure(failure, {
    reference: 'r/x:t',
    build: described,
    push: true,
    hosts,
    ...login,
  });
  return remedy;
}

const head = (image: string) => `[internal] load metadata for ${image}`;
const process = (end: string) => `process "/bin/sh -c make" did not complete successfully: ${end}`;
const noFile = 'failed to calculate checksum of ref a::b: "/dist/app.js": not found';

/** As BuildKit 0.25 words them, met with a real engine. */
const table: [name: string | undefined, failure: BuildFailure][] = [
  [
    'registry not logged in',
    failureOf(
      head('r.example.com/x:1'),
      'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to http://r.example.com/token?scope=repository%3Ax%3Apull&service=x: 401 Unauthorized',
    ),
  ],
  [
    'registry not logged in',
    failureOf(
      head('docker.io/team/x:1'),
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ),
  ],
  [
    'image may not be pulled',
    failureOf(
      head('r/x:1'),
      'unexpected status from HEAD request to http://r/v2/x/manifests/1: 403 Forbidden',
    ),
  ],
  [
    'image may not be pulled',
    failureOf(
      head('1.dkr.ecr.eu-central-1.amazonaws.com/base:1'),
      'denied: User: arn:x is not authorized to perform: ecr:BatchGetImage on resource: arn:y',
    ),
  ],
  [
    'platform that the base image lacks',
    failureOf(head('r/x:1'), 'no match for platform in manifest: not found'),
  ],
  [
    'certificate of a registry',
    failureOf(
      head('r/x:1'),
      'failed to do request: Head "https://r/v2/x/manifests/1": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ),
  ],
  [
    'registry without TLS',
    failureOf(
      head('r/x:1'),
      'failed to do request: Head "https://r/v2/x/manifests/1": http: server gave HTTP response to HTTPS client',
    ),
  ],
  [
    'registry not logged in',
    failureOf(
      '[site] docker-image://r/site:1',
      'unexpected status from HEAD request to http://r/v2/site/manifests/1: 401 Unauthorized',
    ),
  ],
  [
    'Dockerfile syntax not found',
    failureOf('resolve image config for docker-image://r/dockerfile:1', 'r/dockerfile:1: not found'),
  ],
  ['image not found', failureOf(head('r/x:1'), 'r/x:1: not found')],
  ['file not found', failureOf('[2/2] COPY dist/app.js /x', noFile)],
  ['file not found', failureOf('[stage-1 2/2] COPY --from=a /no /x', 'lstat /no: no such file or directory')],
  ['out of memory', failureOf('[2/2] RUN make', process('exit code: 137'))],
  ['out of memory', failureOf('[2/2] RUN make', process('cannot allocate memory'))],
  [
    'secret without a value',
    failureOf('[2/2] RUN --mount=type=secret,id=npm,required x', 'secret npm: not found'),
  ],
  ['SSH without a key', failureOf('[2/2] RUN --mount=type=ssh,required x', 'unset ssh forward key default')],
  [
    'git repository not read',
    failureOf(
      '[2/2] ADD https://registry.invalid/x.git#main /x',
      "failed to fetch remote https://registry.invalid/x.git: git stderr:\nfatal: unable to access 'https://registry.invalid/x.git/'",
    ),
  ],
  ['download failed', failureOf('[2/2] ADD http://h/x /x', 'invalid response status 404')],
  [
    'disk full',
    failureOf(
      '[1/2] FROM r/x:1@sha256:0',
      'failed to extract layer sha256:0: write /var/lib/x: no space left on device',
    ),
  ],
  [
    'disk full',
    failureOf('exporting to image', 'failed to write: /var/lib/x: no space left on device', 'image export'),
  ],
  ['unknown stage', noStep('target stage "onee" could not be found (did you mean one?)')],
  ['unknown stage', noStep('invalid stage index 5')],
  ['Dockerfile not found', noStep('failed to read dockerfile: open Nofile: no such file or directory')],
  ['Dockerfile with a fault', noStep('dockerfile parse error on line 2: unknown instruction: RUNN')],
  ['build argument without a value', noStep(`base name (\${B}) should not be blank`)],
  ['build argument without a value', noStep(`failed to process "\${Y:?must}": Y: must`)],
  ['build check that fails', noStep('lint violation found for rules: MaintainerDeprecated')],
  ['right that the build lacks', noStep('failed to load LLB: network.host is not allowed')],
  ['cancelled', noStep('Canceled: context canceled')],
  [
    'builder lost',
    noStep('failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF'),
  ],
  ['builder lost', noStep('buildx ended without a reason')],
  [
    'file that may not be read',
    failureOf('[internal] load build context', 'error from sender: open /srv/app/data: permission denied'),
  ],
  [
    'cache not written',
    failureOf('exporting cache to registry', 'failed to push r/c: 403 Forbidden', 'cache export'),
  ],
  // What an instruction does is its own affair.
  [undefined, failureOf('[2/2] RUN make', process('exit code: 1'))],
  [undefined, failureOf('[2/2] RUN wget http://registry.invalid/', process('exit code: 1'))],
  [undefined, failureOf('[internal] load build context', 'something new')],
];

test('what a build dies of is known by the step that failed, and by what BuildKit says of it', () => {
  for (const [name, failure] of table)
    assert.equal(findBuildFault(placeOf(failure))?.name, name, JSON.stringify(failure));
});

const samples: Record<Place, (error: string) => BuildFailure> = {
  image: error => failureOf(head('r/x:1'), error),
  syntax: error => failureOf('resolve image config for docker-image://r/x:1', error),
  process: error => failureOf('[2/2] RUN make', error),
  step: error => failureOf('[2/2] COPY a b', error),
  export: error => failureOf('exporting to image', error, 'image export'),
  cache: error => failureOf('exporting cache to registry', error, 'cache export'),
  'no step': noStep,
};

test('every fault of a build is known by the words that the page has for it', () => {
  for (const { name, at, examples } of buildFaults) {
    for (const each of examples) {
      const found = at.map(place => findBuildFault(placeOf(samples[place](each)))?.name);
      assert.ok(found.includes(name), `${name}: ${each}`);
    }
  }
});

test('a certificate that a builder does not trust is told with the input that names its authority, and whose variables are not read', async () => {
  const error =
    'failed to do request: Head "https://r/v2/x/": tls: failed to verify certificate: x509: certificate signed by unknown authority';
  for (const failure of [
    failureOf(head('r/x:1'), error),
    failureOf('exporting to image', `failed to push r/x:t: ${error}`, 'image export'),
  ]) {
    const remedy = await remedyOf(failure);
    assert.match(remedy, /`ca = \["\/path\/to\/ca\.pem"\]` below .* in `buildkitd-config-inline`/);
    assert.match(remedy, /AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS .* neither docker nor BuildKit reads them/);
  }
});

test('an instruction that holds or prints the words of a fault is a plain failure', async () => {
  const words = buildFaults.flatMap(({ examples }) => examples);
  for (const each of words) {
    const quoted = JSON.stringify(`echo ${each}; exit 1`);
    const error = `process ${quoted} did not complete successfully: exit code: 1`;
    const failure = failureOf(`[2/2] RUN echo ${each}; exit 1`, error, 'other', [
      `0.1 ${each}`,
      `0.1 ERROR: ${each}`,
    ]);
    assert.match(await remedyOf(failure), /^The build's own output, in the log of this step, says/, each);
    const file = `failed to calculate checksum of ref a::b: ${JSON.stringify(`/${each}`)}: not found`;
    assert.equal(findBuildFault(placeOf(failureOf('[2/2] COPY x y', file)))?.name, 'file not found', each);
  }
});

const unauthorized =
  'unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/base/manifests/1: 401 Unauthorized';
const forbidden = unauthorized.replace('401 Unauthorized', '403 Forbidden');
const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const dualStack = '123456789012.dkr-ecr.eu-west-1.on.aws';

/** What is said of the registry of a base image, and what is not. */
const baseImages: [
  image: string,
  error: string,
  said: RegExp | undefined,
  login?: Parameters<typeof remedyOf>[2],
][] = [
  [
    `${ecr}/base:1`,
    unauthorized,
    /Write `login-registries: 123456789012@eu-west-1`, and the step logs in to it/,
  ],
  [`${dualStack}/team/base:1`, unauthorized, new RegExp(`Write \`login-registries: ${dualStack}\``)],
  [`${ecr}/base:1`, unauthorized, /The step has logged in to that registry/, { hosts: [ecr] }],
  [
    `${ecr}/base:1`,
    unauthorized,
    /no identity at AWS, so that the step logs in to no registry/,
    { lacksIdentity: true },
  ],
  ['123456789012.dkr.ecr.eu-west-1.evil.example/base:1', unauthorized, undefined],
  ['ghcr.io/octo-org/base:1', unauthorized, undefined],
  [
    `${ecr}/docker-hub/library/node:22`,
    `${ecr}/docker-hub/library/node:22: not found`,
    /fills `docker-hub\/`, ECR says so too while the role lacks ecr:BatchImportUpstreamImage or, for the first pull of an image, ecr:CreateRepository on the repositories below `docker-hub\/`\./,
  ],
  [
    `${ecr}/docker-hub/library/node@sha256:${'a'.repeat(64)}`,
    'x: not found',
    /found by its tag alone, without a digest\./,
  ],
  [`${ecr}/docker-hub/library/node:22`, forbidden, /fills `docker-hub\/`, ECR says so too/],
  [
    '127.0.0.1:4711/hub/alpine:3',
    'x: not found',
    /fills `hub\/`, ECR says so too/,
    { hosts: ['127.0.0.1:4711'] },
  ],
  ['127.0.0.1:4711/hub/alpine:3', 'x: not found', undefined],
  [`${ecr}/base:1`, 'x: not found', undefined],
  ['public.ecr.aws/octo/base:1', 'x: not found', undefined, { hosts: ['public.ecr.aws'] }],
  ['docker.io/octo/base:1', 'x: not found', undefined],
];

test('of a base image in ECR it is told how to log in, and what a pull-through cache needs', async () => {
  for (const [image, error, said, login] of baseImages) {
    const remedy = await remedyOf(failureOf(head(image), error), {}, login);
    if (said === undefined)
      assert.doesNotMatch(remedy, /Write `login-registries|pull-through cache rule|identity/, image);
    else assert.match(remedy, said, image);
  }
});

test('what fails while the image is exported to the registry is called a push', async () => {
  const build = { context: '.', platforms: [], secrets: [] };
  const failure = failureOf('exporting to image', 'failed to push r/x:t: denied: no', 'image export');
  const messageOf = async (push: boolean, each = failure) =>
    (await describeBuildFailure(each, { reference: 'r/x:t', build, push, hosts: [] }))[0];
  assert.equal(await messageOf(true), 'Pushing r/x:t failed: denied: no');
  assert.equal(
    await messageOf(true, failureOf('pushing r/x:t with docker', 'denied: no', 'push')),
    'Pushing r/x:t failed: denied: no',
  );
  assert.equal(
    await messageOf(true, failureOf('exporting to image', 'short read', 'image export')),
    'Pushing r/x:t failed: short read',
  );
  assert.match(await messageOf(false), /^Building r\/x:t failed: /);
  assert.match(
    await messageOf(true, failureOf('[2/2] RUN make', process('exit code: 1'))),
    /^Building r\/x:t failed: process/,
  );
});

test('a registry is named, and a stage that does not exist is thought of', async () => {
  const denied =
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope';
  assert.match(
    await remedyOf(failureOf(head('ghcr.io/team/base:1'), denied)),
    /^This job is not logged in to `ghcr\.io`, or its login may not pull `ghcr\.io\/team\/base:1`\. Check the name\. Log in to that registry in a step before/,
  );
  assert.match(
    await remedyOf(failureOf(head('docker.io/library/builder:latest'), denied)),
    / Is `builder` meant to be a stage\?/,
  );
  assert.match(
    await remedyOf(failureOf('resolve image config for docker-image://r/x:1', 'r/x:1: not found')),
    /^It is the image that `# syntax=` names/,
  );
});

test('a file that the build does not see is told with the context, and with the pattern that leaves it out', async () => {
  await withTempDir(async context => {
    await mkdir(join(context, 'dist'));
    await writeFile(join(context, 'dist/app.js'), '');
    const copy = failureOf('[2/2] COPY dist/app.js /x', noFile);
    assert.equal(
      (await remedyOf(copy, { context })).split(': ')[0],
      `\`dist/app.js\` is in the context \`${context}\` now`,
    );
    await writeFile(join(context, '.dockerignore'), '# made here\nnode_modules\n*/*.js\n!dist/main.js\n');
    assert.ok(
      (await remedyOf(copy, { context })).startsWith(
        `It is in the context \`${context}\`, but \`${context}/.dockerignore\` leaves \`dist/app.js\` out, by \`*/*.js\`. `,
      ),
    );
    const missing = failureOf('[2/2] COPY x /x', 'failed to calculate checksum of ref a::b: "/x": not found');
    assert.ok(
      (await remedyOf(missing, { context })).startsWith(
        `There is no \`x\` in the context \`${context}\` (\`${context}/.dockerignore\` does not name it). Correct the path`,
      ),
    );
    // Its time grows with a power of the path's length, and both are chosen by who writes the checkout.
    await writeFile(join(context, '.dockerignore'), `${'*a'.repeat(12)}b\n`);
    const long = `failed to calculate checksum of ref a::b: "/${'a'.repeat(60)}": not found`;
    assert.match(await remedyOf(failureOf('[2/2] COPY a /x', long), { context }), /^There is no/);
    await writeFile(join(context, 'Other.dockerignore'), '[a\n');
    assert.match(
      await remedyOf(copy, { context, file: join(context, 'Other') }),
      /Other\.dockerignore` does not name it/,
    );
  });
  assert.match(
    await remedyOf(failureOf('[b 2/2] COPY --from=a /no /x', 'lstat /no: no such file or directory')),
    /^It is looked for in `a`, which is a stage/,
  );
  const above = failureOf('[2/2] COPY ../x /x', 'failed to calculate checksum of ref a::b: "/x": not found');
  assert.match(await remedyOf(above), /^What lies above the context is not seen/);
  const remote = await remedyOf(failureOf('[2/2] COPY dist/app.js /x', noFile), {
    context: 'https://token@h/r.git#main',
  });
  assert.match(remote, /^The context is the address in `context`/);
  assert.doesNotMatch(remote, /token/);
});

test('a secret is empty or not given; one that an instruction may do without is told where it failed', async () => {
  const secrets = [
    { id: 'npm', kind: 'value', value: '' },
    { id: 'pip', kind: 'value', value: 'x' },
  ];
  const required = (id: string) =>
    failureOf(`[2/2] RUN --mount=type=secret,id=${id},required x`, `secret ${id}: not found`);
  assert.match(
    await remedyOf(required('npm'), { secrets }),
    /^The secret `npm` was given, but is empty\. Give it as a line/,
  );
  assert.match(
    await remedyOf(required('gem'), { secrets }),
    /^The secret `gem` was not given\. Give it as a line/,
  );
  const optional = (mount: string) => failureOf(`[2/2] RUN --mount=${mount} npm ci`, process('exit code: 1'));
  for (const mount of ['type=secret,id=npm', 'type=secret,target=/root/npm', 'id=npm,type=secret,env=X'])
    assert.match(
      await remedyOf(optional(mount), { secrets }),
      /^The secret `npm` was given, but is empty\. The build's own output/,
      mount,
    );
  assert.match(await remedyOf(optional('type=secret,id=pip'), { secrets }), /^The build's own output/);
});

test('an instruction for a platform of another kind may lack an emulator', async () => {
  const foreign = arch() === 'x64' ? 'linux/arm64' : 'linux/amd64';
  const own = arch() === 'x64' ? 'linux/amd64' : 'linux/arm64';
  const ran = (step: string, lines: string[], platforms: string[]) =>
    remedyOf(failureOf(step, process('exit code: 1'), 'other', lines), { platforms });
  const refused = ['0.1 exec /bin/sh: exec format error'];
  const told = new RegExp(
    `^It ran for ${foreign}, which this machine is not: where .* \`docker/setup-qemu-action\``,
  );
  assert.match(await ran(`[${foreign} 2/2] RUN make`, refused, [own, foreign]), told);
  assert.match(await ran('[2/2] RUN make', refused, [foreign]), told);
  assert.doesNotMatch(await ran(`[${own} 2/2] RUN make`, refused, [own, foreign]), /It ran for/);
  assert.doesNotMatch(await ran('[2/2] RUN make', refused, []), /It ran for/);
  assert.doesNotMatch(await ran(`[${foreign} 2/2] RUN make`, ['0.1 gcc', '0.2 no'], [foreign]), /It ran for/);
});

test('names that others chose are cut, and stay on their line', async () => {
  const remedy = await remedyOf(
    failureOf(head(`r/${'x'.repeat(5_000)}:1`), 'unexpected status from HEAD request to x: 401 Unauthorized'),
  );
  assert.ok(remedy.length < 1_500, String(remedy.length));
  const file = await remedyOf(
    failureOf('[2/2] COPY x y', 'failed to calculate checksum of ref a::b: "/a\n::error::x": not found'),
  );
  assert.doesNotMatch(file, /\n/);
});

test('a destination above the working folder is no path above the context', async () => {
  const lacking = failureOf('[2/2] COPY dist/app.js ../app/', noFile);
  assert.doesNotMatch(await remedyOf(lacking), /above the context/);
  const mount = 'RUN --mount=type=bind,source=dist,target=/dist make -C ../src';
  assert.doesNotMatch(await remedyOf(failureOf(`[2/2] ${mount}`, noFile)), /above the context/);
  assert.match(await remedyOf(failureOf('[2/2] COPY ../dist/app.js /app/', noFile)), /above the context/);
});
