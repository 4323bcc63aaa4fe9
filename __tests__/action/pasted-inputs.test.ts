import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { allow, startWorld } from '../world/world.ts';

test('what is pasted from the other actions is understood, or told once with what to write in its place', async () => {
  await using world = await startWorld();
  const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
  const taken = await world.run({
    ref: 'refs/tags/v1.2.3-rc.1',
    temp: join(world.scratch, 'runner-temp'),
    with: {
      'dry-run': 'true',
      images: `name=${registry}/team/hello,enable=true`,
      'sep-tags': ',',
      'bake-target': 'meta',
      call: 'check',
      tags: `${registry}/team/hello:1.2,team/hello:stable\ntype=semver,pattern={{version}}\nlatest`,
    },
    environment: { DOCKER_METADATA_SET_OUTPUT_ENV: 'true', DOCKER_METADATA_PR_HEAD_SHA: 'true' },
  });
  assert.equal(taken.outcome, 'success', taken.log);
  const plan: { tags: { releases: string[] } } = JSON.parse(
    await readFile(taken.outputs['plan'] ?? '', 'utf8'),
  );
  assert.deepEqual(plan.tags.releases, ['1.2.3-rc.1', '1.2', 'stable', 'latest']);
  const [notice, ...others] = taken.annotations.filter(({ level }) => level === 'notice');
  assert.deepEqual(others, []);
  const told = Array.from(notice?.message.matchAll(/`([\w-]+)`(?: of \S+)?: /g) ?? [], ([, name]) => name);
  assert.deepEqual(told, ['bake-target', 'images', 'sep-tags', 'call', 'DOCKER_METADATA_SET_OUTPUT_ENV']);

  const refused = await world.run({
    with: {
      'dry-run': 'true',
      context: 'git',
      tags: [
        'type=semver,pattern="{{version}}"',
        "type=raw,value={{date 'YYYYMMDD' timezone='Asia/Tokyo'}}",
        `${registry}/team/other:1.2`,
      ].join('\n'),
      flavor: 'suffix="-alpine"',
    },
  });
  assert.equal(refused.outcome, 'failure');
  assert.deepEqual(world.aws.requests, []);
  const [error = ''] = refused.annotations.map(({ message }) => message);
  assert.match(error, /^5 inputs need a change:/);
  assert.match(error, /- context: 'git' is not a folder .*docker\/metadata-action has an input of this name/);
  assert.match(error, /- tags: .* Write pattern=\{\{version\}\} without them/);
  assert.match(error, /- tags: .*timezone='Asia\/Tokyo'.* which cannot be read/);
  assert.match(error, /- tags: .*is a reference of another repository than 'team\/hello'/);
  assert.match(error, /- flavor: .* Write suffix=-alpine without them/);

  // Whose registry it is that keys of the job push to is known only when AWS has said so.
  const keys = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  world.aws.iam.putUser({ name: 'builder', ...keys, policies: [allow('ecr:*')] });
  const elsewhere = await world.run({
    permissions: {},
    with: {
      'role-to-assume': '',
      'docker-login': 'false',
      tags: '210987654321.dkr.ecr.eu-central-1.amazonaws.com/team/hello:1.2',
    },
    environment: { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey },
  });
  assert.equal(elsewhere.outcome, 'failure');
  assert.match(
    elsewhere.annotations.at(-1)?.message ?? '',
    /names the registry of account 210987654321, and the repository 'team\/hello' is in that of 123456789012\.\n.*Nothing has been built or pushed; the repository in 123456789012 has just been created\.$/,
  );
  assert.doesNotMatch(elsewhere.log, /^#\d+ /m);
});
