import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseImagesOf } from '../../src/reuse/base-images.ts';

const options = {
  target: undefined,
  buildArgs: {},
  contexts: [],
  platforms: ['linux/amd64'],
  native: 'linux/amd64',
};

const table: [dockerfile: string, more: Partial<Parameters<typeof baseImagesOf>[1]>, images: string][] = [
  ['FROM busybox:1.37', {}, 'busybox:1.37'],
  ['FROM scratch', {}, ''],
  ['from BusyBox as a\nFROM a', {}, 'BusyBox'],
  ['FROM a:1 AS one\nFROM b:1 AS two\nFROM c:1', {}, 'c:1'],
  ['FROM a:1 AS one\nFROM b:1 AS two\nFROM c:1', { target: 'TWO' }, 'b:1'],
  ['FROM a:1 AS one\nFROM b:1 AS two\nFROM c:1', { target: '0' }, 'a:1'],
  ['FROM a:1 AS one\nFROM one AS two\nFROM c:1\nCOPY --from=two /x /x', {}, 'a:1 c:1'],
  ['FROM a:1\nFROM c:1\nCOPY --chown=1 --from=0 /x /x', {}, 'a:1 c:1'],
  ['FROM c:1\nCOPY --from=tools:2 /x /x', {}, 'c:1 tools:2'],
  [
    'FROM c:1\nRUN --mount=type=bind,from=tools:2,source=/a,target=/b --mount=type=cache,target=/c make',
    {},
    'c:1 tools:2',
  ],
  ['ARG TAG=1\nFROM a:${TAG}', {}, 'a:1'],
  ['ARG TAG=1\nFROM a:${TAG}', { buildArgs: { TAG: '2' } }, 'a:2'],
  ['ARG TAG="1"\nARG IMAGE=a:$TAG\nFROM $IMAGE', {}, 'a:1'],
  ['ARG TAG\nFROM a:${TAG:-1}', {}, 'a:1'],
  ['ARG TAG\nFROM a:${TAG:-1}', { buildArgs: { TAG: '' } }, 'a:1'],
  ['ARG TAG\nARG OTHER=3\nFROM a:${TAG:-${OTHER}}', {}, 'a:3'],
  ['ARG SLIM=yes\nFROM a:1${SLIM:+-slim}', {}, 'a:1-slim'],
  ['FROM a:$TARGETARCH', { platforms: ['linux/amd64', 'linux/arm64'] }, 'a:amd64 a:arm64'],
  ['FROM --platform=$BUILDPLATFORM a:1 AS b\nFROM c:$TARGETOS\nCOPY --from=b / /', {}, 'a:1 c:linux'],
  ['# syntax=docker/dockerfile:1\nFROM a:1', {}, 'a:1 docker/dockerfile:1'],
  [
    '# syntax=docker/dockerfile:1\nFROM a:1',
    { buildArgs: { BUILDKIT_SYNTAX: 'my/front:1' } },
    'a:1 my/front:1',
  ],
  ['# escape=`\nFROM `\n  a:1', {}, 'a:1'],
  ['FROM \\\n  # a comment\n  a:1', {}, 'a:1'],
  ['FROM a:1\nRUN <<EOT\nFROM b:1\nCOPY --from=c:1 / /\nEOT', {}, 'a:1'],
  ['FROM alpine', { contexts: ['docker.io/library/alpine:latest'] }, ''],
  ['FROM a:1\nCOPY --from=assets / /', { contexts: ['assets'] }, 'a:1'],
  ['FROM a@sha256:0123', {}, 'a@sha256:0123'],
  ['FROM a:1\nADD https://example.com/x /x', { target: undefined }, '?`ADD` in line 2 fetches'],
  ['FROM a:1\nADD --checksum=sha256:0123 https://example.com/x /x', {}, 'a:1'],
  ['FROM a:1\nADD app.tar.gz $HOME/', {}, 'a:1'],
  ['FROM a:1\nADD ["git@github.com:o/r.git", "/r"]', {}, '?`ADD` in line 2 fetches'],
  ['FROM a:1\nADD ["https://example.com/x","/b"]', {}, '?`ADD` in line 2 fetches'],
  ['FROM a:1\nADD --chown=1 ["a",\\\n"https://example.com/x","/b"]', {}, '?`ADD` in line 2 fetches'],
  ['FROM a:1\nADD ["\\u0068ttps://example.com/x","/b"]', {}, '?`ADD` in line 2 fetches'],
  ['FROM a:1\nADD --checksum=sha256:0123 ["https://example.com/x","/b"]', {}, 'a:1'],
  ['FROM a:1\nADD ["app.tar.gz","https://b"]', {}, 'a:1'],
  ['FROM a:1\nADD [a-z].txt /b', {}, 'a:1'],
  ['FROM a:1\nADD https://example.com/x /x\nFROM b:1', {}, 'b:1'],
  ['ARG TAG\nFROM $TAG', {}, "?which image '$TAG' is"],
  ['ARG TAG=1\nFROM a:${TAG#v}', {}, "?which image 'a:${TAG#v}' is"],
  ['FROM a:1\nRUN --mount=type=bind,from=$TOOLS make', {}, "?which image '$TOOLS' is"],
  ['FROM a:1 AS one', { target: 'two' }, "?the Dockerfile has no stage 'two'"],
];

test('the images of the stages that a target needs are told as BuildKit would resolve them', () => {
  for (const [dockerfile, more, images] of table) {
    const found = baseImagesOf(dockerfile, { ...options, ...more });
    const told = found.kind === 'known' ? found.images.join(' ') : `?${found.reason}`;
    if (images.startsWith('?')) assert.ok(told.startsWith(images), `${dockerfile}: ${told}`);
    else assert.equal(told, images, dockerfile);
  }
});
