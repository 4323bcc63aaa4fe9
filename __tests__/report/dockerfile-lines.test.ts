import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historyOf } from '../../src/image/description.ts';
import { lineOf } from '../../src/report/dockerfile-lines.ts';
import { storedConfig, storedImage } from '../ecr/stored-manifest.ts';

const dockerfile = `# syntax=docker/dockerfile:1
ARG BASE=debian
FROM \${BASE}:12 AS base
RUN apt-get update && \\
    # tools
    apt-get install -y curl

FROM base AS build
RUN make
COPY . /src

FROM base
WORKDIR /app
COPY --from=build /src/out /app/bin
RUN --mount=type=cache,target=/root npm ci
`;

const cases: [createdBy: string | undefined, target: string | undefined, line: number][] = [
  [undefined, undefined, 3],
  ['/bin/sh -c #(nop) ADD file:123 in / ', undefined, 3],
  ['RUN /bin/sh -c apt-get update &&     apt-get install -y curl # buildkit', undefined, 4],
  ['RUN |1 BASE=debian /bin/sh -c apt-get update &&     apt-get install -y curl # buildkit', undefined, 4],
  ['WORKDIR /app', undefined, 13],
  ['COPY /src/out /app/bin # buildkit', undefined, 14],
  ['RUN /bin/sh -c npm ci # buildkit', undefined, 15],
  ['RUN /bin/sh -c make # buildkit', undefined, 3],
  ['RUN /bin/sh -c make # buildkit', 'build', 9],
  ['COPY . /src # buildkit', 'BUILD', 10],
];

test("a layer's line is its instruction in the stages that were built, or the FROM that they stand on", () => {
  for (const [createdBy, target, line] of cases) {
    const about = { ...(createdBy && { createdBy }), ...(target && { target }) };
    assert.equal(lineOf(dockerfile, about), line, `${createdBy} of ${target}`);
  }
  assert.equal(lineOf('', {}), 1);
});

test('layers are those entries of the history that made one', () => {
  const manifest = storedImage([{ digest: 'sha256:1' }, { digest: 'sha256:2' }]);
  const history = [
    { created_by: 'base' },
    { created_by: 'ENV A=1', empty_layer: true },
    { created_by: 'RUN make' },
  ];
  const config = storedConfig({ history, rootfs: { diff_ids: ['sha256:a', 'sha256:b'] } });
  assert.deepEqual(historyOf({ manifest, config }), [
    { digests: ['sha256:1', 'sha256:a'], createdBy: 'base' },
    { digests: ['sha256:2', 'sha256:b'], createdBy: 'RUN make' },
  ]);
  for (const other of [{ history: [] }, {}, { history: 'nonsense', rootfs: null }])
    assert.deepEqual(historyOf({ manifest, config: storedConfig(other) }), []);
});
