import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBuild, readStallTimeout } from '../../src/build/inputs.ts';
import { nameOfEmptySecret } from '../../src/build/secrets.ts';
import { readerOf } from '../../src/validation/reader.ts';

function read(given: Record<string, string>, variables: Record<string, string> = {}) {
  const reader = readerOf((input, options) => getInput(given[input] ?? '', options));
  const there = new Set(['.', './Dockerfile', 'shared', 'api.Dockerfile', 'id_rsa', 'a,b.pem']);
  const hidden: string[] = [];
  const build = readBuild(reader, {
    hide: secret => void hidden.push(secret),
    mode: given['mode'] === 'build' ? 'build' : 'all',
    push: given['push'] !== 'false',
    exists: path => there.has(path),
    jobValue: name =>
      ({ TOKEN: 'of the job', NOTHING: '', ACTIONS_RUNTIME_TOKEN: 'of the runner', ...variables })[name],
    architecture: 'arm64',
    ownUrl: 'https://github.com/octo-org/octo-repo.git',
    defaultContext: 'https://github.com/octo-org/octo-repo.git#0123456789abcdef0123456789abcdef01234567',
    runUrl: 'https://github.com/octo-org/octo-repo/actions/runs/42/attempts/1',
  });
  return { build, hidden, faults: reader.close()?.message };
}

/** As `getInput` of @actions/core has it. */
function getInput(text: string, { trimWhitespace = true }: { trimWhitespace?: boolean } = {}): string {
  return trimWhitespace ? text.trim() : text;
}

const refused: [given: Record<string, string>, fault: RegExp][] = [
  [{ context: 'nowhere' }, /context: 'nowhere' is not a folder of the workspace.*actions\/checkout/],
  [{ file: 'nope' }, /file: 'nope' does not exist in the workspace/],
  [{ 'build-contexts': 'shared' }, /build-contexts: 'shared' is not a named context/],
  [{ 'build-contexts': 'a=b' }, /build-contexts: 'a=b' names a folder that is not in the workspace/],
  [{ annotations: 'team' }, /annotations: 'team' is not an annotation.*name=value/],
  [{ secrets: 'a\nhunter2' }, /secrets: '…' has an item without a name/],
  [{ secrets: '"hunter2' }, /secrets: '…' is not a list/],
  [{ secrets: '.npmrc' }, /secrets: '…' has an item without a name/],
  [
    { secrets: 'npmrc=registry=https://npm.example.com\n//npm.example.com/:_authToken=hunter2' },
    /secrets: '…' has an item without a name.*put quotes around the whole/,
  ],
  [{ 'secret-files': '.npmrc=nope' }, /secret-files: '\.npmrc=\*\*\*' names no file/],
  [{ 'secret-envs': 'npm=NPM_TOKN' }, /secret-envs: 'npm=NPM_TOKN' names no variable of the job/],
  [
    { 'secret-envs': 'npm=hunter2' },
    /secret-envs: 'npm=\*\*\*' names no variable of the job.*into `secrets`/,
  ],
  [{ 'secret-envs': 'AKIAIOSFODNN7EXAMPLE' }, /secret-envs: '\*\*\*' names no variable of the job/],
  [{ 'secret-envs': 'a=b,"npm=hunter2' }, /secret-envs: '…' is not a list/],
  [{ 'secret-envs': 'a=ACTIONS_RUNTIME_TOKEN' }, /secret-envs: 'a=ACTIONS_RUNTIME_TOKEN' names no variable/],
  [
    { 'build-args': 'TITLE=a\nACTIONS_ID_TOKEN_REQUEST_TOKEN' },
    /build-args: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN' names a variable of the runner's own, which no build gets/,
  ],
  [{ 'build-args': 'INPUT_SECRETS' }, /build-args: 'INPUT_SECRETS' names a variable of the runner's own/],
  [{ 'secret-files': 'key=nope' }, /secret-files: 'key=\*\*\*' names no file/],
  [{ 'secret-files': 'key=shared/id_rsa' }, /secret-files: 'key=shared\/id_rsa' names no file/],
  [{ 'secret-files': 'key=wJalr/K7MDENG' }, /secret-files: 'key=\*\*\*' names no file/],
  [{ secrets: 'id=npm,src=.npmrc' }, /secrets: '…' has an item in the words of `docker build --secret`/],
  [{ secrets: 'type=env,id=npm,env=NPM' }, /secrets: '…' has an item in the words of `docker build/],
  [{ secrets: 'a=1', 'secret-files': 'a=id_rsa' }, /secrets: 'a' is given twice/],
  [{ ssh: 'default' }, /ssh: 'default' needs an agent, and none runs.*SSH_AUTH_SOCK/],
  [{ ssh: 'git=nope' }, /ssh: 'git=nope' names a key or a socket that does not exist/],
  [{ 'no-cache': 'yes' }, /no-cache: 'yes' is not a boolean/],
  [{ provenance: 'max' }, /provenance: 'max' is neither a boolean nor attributes.*such as mode=max/],
  [{ attests: 'provenance' }, /attests: 'provenance' names no attestation/],
  [
    { provenance: 'false', attests: 'type=sbom\ntype=provenance,mode=max' },
    /attests: 'type=provenance,mode=max' speaks of what the input `provenance` says already/,
  ],
  [{ outputs: 'type=image,name=other' }, /outputs: 'type=image,name=other' would push another image/],
  [{ outputs: 'type=image,push=false' }, /would push another image than the step.*attributes alone/],
  [
    { outputs: 'type=image,"name=a/b,c/d",push-by-digest=true,name-canonical=true,push=true' },
    /pushes one platform by its digest alone.*`mode: build` in .*`mode: merge` in .*fan-out\.yml/,
  ],
  [
    { push: 'false', outputs: 'type=registry,push-by-digest=true' },
    /outputs: 'type=registry,push-by-digest=true' pushes one platform by its digest alone/,
  ],
  [{ outputs: 'type=image,a=b\ntype=registry' }, /outputs: 'type=registry' is a second image/],
  [{ outputs: 'type=oci' }, /outputs: 'type=oci' has no dest/],
  [{ outputs: 'type=cacheonly' }, /outputs: 'type=cacheonly' is not an output/],
  [{ outputs: '-' }, /outputs: '-' is not an output/],
  [{ outputs: 'type=tar,dest=-' }, /outputs: 'type=tar,dest=-' has no dest/],
  [{ 'build-contexts': 'base=target:tools' }, /build-contexts: 'base=target:tools' names a stage, which/],
  [
    { outputs: 'type=docker,dest=a.tar', platforms: 'linux/amd64,linux/arm64' },
    /outputs: 'type=docker,dest=a\.tar' cannot hold an index, which several platforms make.*type=oci/,
  ],
  [{ outputs: 'type=docker,dest=a.tar', sbom: 'true' }, /cannot hold an index, which attestations make/],
  [{ push: 'false', outputs: 'type=image,compression=zstd' }, /says how an image is pushed, and none is/],
  [
    { 'deploy-target': 'lambda', mode: 'build' },
    /deploy-target: 'lambda' is for one image, and `mode: merge`/,
  ],
  [{ 'deploy-target': 'ecs' }, /deploy-target: 'ecs' is not one of the choices/],
  [
    { 'deploy-target': 'lambda', platforms: 'linux/amd64,linux/arm64' },
    /platforms: 'linux\/amd64,linux\/arm64' make an index, which Lambda does not run.*output `platforms`/,
  ],
  [{ 'deploy-target': 'lambda', platforms: 'linux/386' }, /'linux\/386' is not a platform of Lambda/],
  [{ 'deploy-target': 'lambda', sbom: 'true' }, /(^|: )sbom: 'type=sbom' makes an index/],
  [
    { 'deploy-target': 'lambda', attests: 'generator=x/y,type=sbom' },
    /(^|: )attests: 'generator=x\/y,type=sbom' makes an index/,
  ],
  [
    { 'deploy-target': 'lambda', provenance: 'false', attests: 'type=sbom' },
    /(^|: )attests: 'type=sbom' makes an index/,
  ],
  [
    { 'deploy-target': 'lambda', outputs: 'type=image,compression=zstd' },
    /outputs: 'compression=zstd' is a compression that nobody promises Lambda to read/,
  ],
  [
    { 'deploy-target': 'lambda', provenance: 'mode=max' },
    /provenance: 'type=provenance,mode=max' makes an index/,
  ],
  [{ 'deploy-target': 'lambda', annotations: 'index:a=b' }, /annotations: 'index:a=b' is for an index/],
  [{ 'add-hosts': 'db' }, /add-hosts: 'db' maps no host/],
  [{ 'shm-size': 'big' }, /shm-size: 'big' is not a size/],
  [{ ulimit: 'nofile' }, /ulimit: 'nofile' is not a limit/],
];

test('what buildx would refuse, or what would be ignored, is refused at the reader', () => {
  for (const [given, fault] of refused)
    assert.match(read(given).faults ?? 'no fault', fault, JSON.stringify(given));
});

const understood: [given: Record<string, string>, parts: object][] = [
  [{ 'build-args': 'A=1,2\nB' }, { buildArgs: ['A=1,2', 'B'], jobValues: { B: '' } }],
  [{ 'build-args': 'TOKEN' }, { buildArgs: ['TOKEN'], jobValues: { TOKEN: 'of the job' } }],
  [{ 'build-args': '"A=one\ntwo"' }, { buildArgs: ['A=one\ntwo'] }],
  [
    {
      'build-args': '# for the title\nA=#1',
      labels: 'a=1\n# b=2',
      platforms: '# on both\nlinux/amd64,linux/arm64',
      outputs: '# files\nout',
      secrets: "# npm's\nnpm=#1",
    },
    {
      buildArgs: ['A=#1'],
      labels: ['a=1'],
      platforms: ['linux/amd64', 'linux/arm64'],
      outputs: ['out'],
      secrets: [{ id: 'npm', kind: 'value', value: '#1' }],
    },
  ],
  [
    { 'build-contexts': 'shared=shared\nbase=docker-image://alpine:3' },
    { buildContexts: ['shared=shared', 'base=docker-image://alpine:3'] },
  ],
  [
    { annotations: 'a=1,2\nmanifest,index:b=2\nindex[linux/amd64]:c=3' },
    { annotations: ['a=1,2', 'manifest,index:b=2', 'index[linux/amd64]:c=3'] },
  ],
  [{ 'no-cache-filters': 'deps,build\nfinal' }, { noCacheFilters: ['deps', 'build', 'final'] }],
  [
    { 'add-hosts': 'db:10.0.0.1,cache=10.0.0.2\nv6:[::1]' },
    { addHosts: ['db:10.0.0.1', 'cache=10.0.0.2', 'v6:[::1]'] },
  ],
  [{ allow: 'network.host,security.insecure' }, { allow: ['network.host', 'security.insecure'] }],
  [
    { outputs: 'type=oci,dest=a.tar\nout\ntype=image,compression=zstd,"annotation.a=b,c",push=true' },
    {
      outputs: ['type=oci,dest=a.tar', 'out'],
      imageAttributes: ['compression=zstd', '"annotation.a=b', 'c"'],
    },
  ],
  [
    { outputs: 'type=docker,dest=a.tar', provenance: 'false', platforms: 'linux/arm64' },
    { outputs: ['type=docker,dest=a.tar'] },
  ],
  [{ 'deploy-target': 'lambda' }, { attests: ['type=provenance,disabled=true'] }],
  [{ ulimit: 'nofile=1024:2048\nmemlock=-1' }, { ulimits: ['nofile=1024:2048', 'memlock=-1'] }],
  [{ provenance: 'true' }, { attests: ['type=provenance'] }],
  [{ provenance: 'false' }, { attests: ['type=provenance,disabled=true'] }],
  [
    { provenance: 'mode=max', sbom: 'generator=scanner' },
    { attests: ['type=provenance,mode=max', 'type=sbom,generator=scanner'] },
  ],
  [
    { sbom: 'true', attests: 'type=provenance,mode=min' },
    { attests: ['type=sbom', 'type=provenance,mode=min'] },
  ],
  [
    { secrets: 'npm=a,b\n"key=one\ntwo"', 'secret-envs': 'token=TOKEN', 'secret-files': 'pem=a,b.pem' },
    {
      secrets: [
        { id: 'npm', kind: 'value', value: 'a,b' },
        { id: 'key', kind: 'value', value: 'one\ntwo' },
        { id: 'token', kind: 'variable', variable: 'TOKEN' },
        { id: 'pem', kind: 'file', path: 'a,b.pem' },
      ],
    },
  ],
  [
    { secrets: '1pass=x', 'secret-envs': 'npm=NOTHING' },
    {
      secrets: [
        { id: '1pass', kind: 'value', value: 'x' },
        // As it is with a secret that a fork does not get.
        { id: 'npm', kind: 'value', value: '' },
      ],
    },
  ],
  [
    { 'build-contexts': 'all={{ defaultContext }}\nmore={{defaultContext}}:more', 'github-token': 'ghs' },
    {
      buildContexts: [
        'all=https://github.com/octo-org/octo-repo.git#0123456789abcdef0123456789abcdef01234567',
        'more=https://github.com/octo-org/octo-repo.git#0123456789abcdef0123456789abcdef01234567:more',
      ],
      secrets: [{ id: 'GIT_AUTH_TOKEN.github.com', kind: 'value', value: 'ghs' }],
    },
  ],
  [{ ssh: 'default=id_rsa,"git=id_rsa,id_rsa"' }, { ssh: ['default=id_rsa', 'git=id_rsa,id_rsa'] }],
  [{ platforms: 'arm64,linux/arm64/v8\nlinux/amd64' }, { platforms: ['linux/arm64', 'linux/amd64'] }],
  [{ platforms: 'linux/amd64,local,linux' }, { platforms: ['linux/amd64', 'linux/arm64'] }],
  [{ 'shm-size': '0.5 GiB' }, { shmSize: '0.5 GiB' }],
  [{ push: 'false', outputs: 'type=cacheonly' }, { outputs: ['type=cacheonly'] }],
  [
    {
      context: 'https://github.com/octo-org/octo-repo.git?ref=main',
      secrets: 'GIT_AUTH_TOKEN.gitlab.com=mine',
      'github-token': 'ghs',
    },
    {
      secrets: [
        { id: 'GIT_AUTH_TOKEN.gitlab.com', kind: 'value', value: 'mine' },
        { id: 'GIT_AUTH_TOKEN.github.com', kind: 'value', value: 'ghs' },
      ],
    },
  ],
  [{ 'github-token': 'ghs' }, { secrets: [] }],
  [
    { context: '{{defaultContext}}:api', 'github-token': 'ghs' },
    {
      context: 'https://github.com/octo-org/octo-repo.git#0123456789abcdef0123456789abcdef01234567:api',
      secrets: [{ id: 'GIT_AUTH_TOKEN.github.com', kind: 'value', value: 'ghs' }],
    },
  ],
  [
    {
      context: 'https://github.com/octo-org/octo-repo.git',
      secrets: 'GIT_AUTH_TOKEN=mine',
      'github-token': 'ghs',
    },
    { secrets: [{ id: 'GIT_AUTH_TOKEN', kind: 'value', value: 'mine' }] },
  ],
  // The token is GitHub's, and nobody else's to see.
  [{ context: 'https://github.com.evil.example/a.git', 'github-token': 'ghs' }, { secrets: [] }],
  [{ context: 'https://github.com/stranger/octo-repo.git', 'github-token': 'ghs' }, { secrets: [] }],
  [{ context: 'https://github.com/octo-org/octo-repo.github', 'github-token': 'ghs' }, { secrets: [] }],
];

test('how much provenance the output `metadata` has is read as buildx reads it', () => {
  const table: [variable: string, expected: string][] = [
    ['', 'min'],
    ['min', 'min'],
    ['true', 'min'],
    ['max', 'max'],
    ['disabled', 'disabled'],
    ['false', 'disabled'],
    ['0', 'disabled'],
  ];
  for (const [BUILDX_METADATA_PROVENANCE, expected] of table)
    assert.equal(read({}, { BUILDX_METADATA_PROVENANCE }).build.metadataProvenance, expected);
});

test('a secret is handed on byte by byte', () => {
  const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----\n';
  const rows: [secrets: string, expected: Record<string, string>][] = [
    [`"key=${key}"\n`, { key }],
    [`"key=${key}\n\n"`, { key: `${key}\n\n` }],
    [`"key=${key.replaceAll('\n', '\r\n')}"\r\nnpm=a\r\n`, { key: key.replaceAll('\n', '\r\n'), npm: 'a' }],
    ['  first=  a \n\tlast=c\t', { first: '  a ', last: 'c\t' }],
    ['"json={""a"": ""b, c""}\n"', { json: '{"a": "b, c"}\n' }],
    ['json={"a": "b, c",  "d": 1}', { json: '{"a": "b, c",  "d": 1}' }],
    ['.npmrc=a\n@acme/token=b\n~/.netrc=c', { '.npmrc': 'a', '@acme/token': 'b', '~/.netrc': 'c' }],
    // As they are with a secret that a fork does not get.
    ['"key=\n"\nnpm=  ', { key: '', npm: '' }],
  ];
  for (const [secrets, expected] of rows) {
    const { build, faults } = read({ secrets });
    assert.equal(faults, undefined, secrets);
    const values = build.secrets.map(each => [each.id, each.kind === 'value' && each.value]);
    assert.deepEqual(Object.fromEntries(values), expected, secrets);
  }
});

test('an empty secret is named, unless it may be the end of a secret', () => {
  const say = (id: string): string => nameOfEmptySecret({ id, kind: 'value', value: '' });
  assert.deepEqual(['npm', 'githubToken_1', 'c2VjcmV0IG9mIHVz'.slice(0, 15)].map(say), [
    'The secret npm',
    'The secret githubToken_1',
    'A secret',
  ]);
});

test('a fault of a secret does not show it', () => {
  for (const secrets of ['c2VjcmV0Cg==', 'hunter2', '"hunter2', 'a=1\nhunter2'])
    assert.doesNotMatch(read({ secrets }).faults ?? 'c2VjcmV0', /hunter2|c2VjcmV0/);
});

test('a secret that is written where its name belongs is not shown, and is masked', () => {
  const rows: Record<string, string>[] = [
    { 'secret-envs': 'npm=correct-horse' },
    { 'secret-envs': 'correct-horse' },
    { 'secret-envs': 'npm=NPM_TOKEN,correct-horse' },
    { 'secret-envs': 'npm="correct-horse', mode: 'build' },
    { 'secret-files': 'npm=correct-horse' },
    { 'secret-files': 'correct-horse' },
    { 'secret-envs': 'correct-horseX=' },
  ];
  for (const given of rows) {
    const { faults = 'correct-horse', hidden } = read(given);
    assert.doesNotMatch(faults, /correct-horse/, JSON.stringify(given));
    assert.ok(
      hidden.some(each => each.includes('correct-horse')),
      JSON.stringify(given),
    );
  }
});

test('lists follow the rules of docker/build-push-action', () => {
  for (const [given, parts] of understood) {
    const { build, faults } = read(given);
    assert.equal(faults, undefined, JSON.stringify(given));
    assert.partialDeepStrictEqual(build, parts, JSON.stringify(given));
  }
});

test('a transfer may stall for 5 s to 6 h, 10 minutes by default', () => {
  const stall = (given: string) => {
    const reader = readerOf(() => given);
    return [readStallTimeout(reader), reader.close()?.message ?? ''] as const;
  };
  assert.deepEqual(
    ['', '5s', '90', '6h'].map(given => stall(given)[0]),
    [600_000, 5000, 90_000, 21_600_000],
  );
  assert.match(stall('4s')[1], /stall-timeout: '4s' is too short. Allowed: from 5s to 6h/);
  assert.match(stall('7h')[1], /stall-timeout: '7h' is not a duration/);
});
