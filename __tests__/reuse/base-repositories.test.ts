import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseRepositoriesOf } from '../../src/reuse/base-repositories.ts';
import { build } from '../sample.ts';

const ecr = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

const namesOf = (dockerfile: string, given: Partial<typeof build> = {}): string[] =>
  baseRepositoriesOf(dockerfile, { build: { ...build, ...given }, native: 'linux/amd64' }).map(
    ({ registryId, region, name }) => `${registryId}@${region}/${name}`,
  );

const [node, tools] = [
  '123456789012@eu-central-1/docker-hub/library/node',
  '123456789012@eu-central-1/tools',
];

const table: [dockerfile: string, names: string[], given?: Partial<typeof build>][] = [
  [`FROM ${ecr}/docker-hub/library/node:22\n`, [node]],
  [`FROM ${ecr}/docker-hub/library/node:22@sha256:${'a'.repeat(64)}\n`, [node]],
  [`FROM ${ecr}:443/docker-hub/library/node:22\n`, []],
  [`ARG HUB=${ecr}/docker-hub\nFROM $HUB/library/node:22\n`, [node]],
  ['ARG HUB\nFROM $HUB/library/node:22\n', [node], { buildArgs: [`HUB=${ecr}/docker-hub`] }],
  ['ARG HUB=public.ecr.aws/docker\nFROM $HUB/library/node:22\n', []],
  // What is not known in advance hides nothing of the rest.
  [
    `FROM $WHICH\nADD https://example.com/a /a\nCOPY --from=$OTHER /x /x\nCOPY --from=${ecr}/tools:1 /x /x\n`,
    [tools],
  ],
  [`FROM alpine\nRUN --mount=type=bind,from=${ecr}/tools,target=/t true\n`, [tools]],
  [`FROM ${ecr}/docker-hub/library/node:22 AS base\nFROM ${ecr}/tools AS other\nFROM base\n`, [node]],
  [
    `FROM ${ecr}/docker-hub/library/node:22 AS base\nFROM ${ecr}/tools AS other\n`,
    [node],
    { target: 'base' },
  ],
  [`FROM ${ecr}/tools\n`, [], { target: 'none' }],
  [`FROM base\n`, [tools], { buildContexts: [`base=docker-image://${ecr}/tools:2`] }],
  [
    `FROM ${ecr}/base-$TARGETARCH\n`,
    ['123456789012@eu-central-1/base-amd64', '123456789012@eu-central-1/base-arm64'],
    { platforms: ['linux/amd64', 'linux/arm64'] },
  ],
  [
    `# syntax=${ecr}/docker-hub/docker/dockerfile:1\nFROM scratch\n`,
    ['123456789012@eu-central-1/docker-hub/docker/dockerfile'],
  ],
  [`FROM ${ecr}/Upper/../x\nFROM ${ecr}/-x\nFROM 1.dkr.ecr.eu-central-1.evil.example/x\n`, []],
  ['', []],
  ['FROM\nCOPY --from= a b\n\0', []],
];

test('the repositories of ECR that base images lie in are known as far as the Dockerfile tells them', () => {
  for (const [dockerfile, names, given] of table)
    assert.deepEqual(namesOf(dockerfile, given), names, dockerfile);
});
