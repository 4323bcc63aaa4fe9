import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  problemWithRepositoryName,
  isTag,
  nearestRepositoryName,
  partsOfImage,
  problemWithRepository,
} from '../../src/ecr/reference.ts';

test('names that ECR takes have no fault', () => {
  for (const name of [
    'ab',
    'team/app',
    'a1',
    'a.b',
    'a_b',
    'a__b',
    'a--b',
    'team/sub-team/app.v2',
    'a'.repeat(256),
  ]) {
    assert.equal(problemWithRepositoryName(name), undefined, name);
  }
});

const refused: [name: string, fault: RegExp, nearest: string][] = [
  ['a', /has 1 characters/, 'a'],
  ['a'.repeat(257), /has 257 characters/, 'a'.repeat(256)],
  ['Team/App', /starts with 'T'/, 'team/app'],
  ['team/My App', /has 'M' at its beginning in the part 'My App'/, 'team/my-app'],
  ['team//app', /empty part/, 'team/app'],
  ['team/app/', /empty part/, 'team/app'],
  ['/team', /starts with '\/'/, 'team'],
  ['1team', /starts with '1'/, 'team'],
  ['team/a..b', /has '\.\.' in the part 'a\.\.b'/, 'team/a.b'],
  ['team/a___b', /part 'a___b'/, 'team/a_b'],
  ['team/-app', /has '-' at its beginning in the part '-app'/, 'team/app'],
  ['team/app-', /part 'app-'/, 'team/app'],
  ['team/app:1', /ends in ':1', which is an image's/, 'team/app'],
  ['123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app', /starts with '1'/, 'team/app'],
  ['team/größe', /part 'größe'/, 'team/gr-e'],
];

test('a name that ECR refuses is told with the offending part, and a near name that it takes', () => {
  for (const [name, fault, nearest] of refused) {
    assert.match(problemWithRepositoryName(name) ?? 'no fault', fault, name);
    assert.equal(nearestRepositoryName(name), nearest);
    if (nearest.length > 1) assert.equal(problemWithRepositoryName(nearest), undefined, nearest);
  }
});

const hosts: [text: string, objection: RegExp][] = [
  ['public.ecr.aws/app', /names no registry of ECR Public. .*public\.ecr\.aws\/octo\/app/],
  ['ghcr.io/octo/app', /begins with 'ghcr\.io', .* such as 'octo\/app'/],
  ['docker.io/library/app', /begins with 'docker\.io'/],
  ['https://index.docker.io/library/app', /begins with 'index\.docker\.io', .* such as 'library\/app'/],
  ['europe-docker.pkg.dev/octo/app', /begins with 'europe-docker\.pkg\.dev'/],
  ['localhost:5000/app', /begins with 'localhost:5000', .* such as 'app'/],
  ['registry.example:5000/app', /begins with 'registry\.example:5000'/],
  ['dkr.ecr.eu-central-1.amazonaws.com/app', /begins with 'dkr\.ecr\.eu-central-1\.amazonaws\.com'/],
];

test('the host of another registry is not the beginning of a name, unless an address of ECR says so', () => {
  const say = (text: string) => Object.values(problemWithRepository(text) ?? {}).join('. ');
  for (const [text, objection] of hosts) assert.match(say(text), objection, text);
  for (const text of [
    'team.io/app',
    'a.b/c',
    'docker/app',
    'docker.io',
    'public.ecr.aws/octo/app',
    '123456789012.dkr.ecr.eu-central-1.amazonaws.com/ghcr.io/octo/app',
    'arn:aws:ecr:eu-central-1:123456789012:repository/docker.io/library/app',
  ])
    assert.equal(say(text), '', text);
});

test('tags are what the distribution specification allows', () => {
  for (const tag of ['1.2.3', 'latest', '_x', 'A.b-c', 'a'.repeat(128)]) assert.ok(isTag(tag), tag);
  for (const tag of ['', '.a', '-a', 'a/b', 'a:b', 'a b', 'a+b', 'ü', 'a'.repeat(129)])
    assert.ok(!isTag(tag), tag);
});

test('a reference that somebody wrote with very many slashes is no image, and takes no time', () => {
  const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
  const began = performance.now();
  for (const ending of ['::', '@@', ':1'])
    assert.deepEqual(partsOfImage(`${host}/${'a/'.repeat(50_000)}${ending}`), {});
  assert.ok(performance.now() - began < 1_000);
  const longest = `${host}/${'a'.repeat(256)}`;
  const [tag, digest] = ['t'.repeat(128), `sha256:${'f'.repeat(64)}`];
  assert.deepEqual(partsOfImage(`${longest}:${tag}@${digest}`), { path: longest, tag, digest });
});
