import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { normalPlatform } from '../../src/build/inputs.ts';
import { baseImagesOf } from '../../src/reuse/base-images.ts';
import { obstacleOf } from '../../src/scan/obstacles.ts';
import { run as execute } from '../world/docker/command.ts';
import { startWorld } from '../world/world.ts';

/** What every object of JavaScript has, and what a name that others choose may be called all the same. */
const inherited = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];

test('variables, stages, tags and arguments may have the names of what every object has', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const [first, second] = ['${constructor:-$BASE_IMAGE}', '${__proto__:-$BASE_IMAGE}'];
  const lines = ['ARG BASE_IMAGE', 'ARG valueOf', `FROM ${first} AS toString`, `FROM ${second}`];
  const text = `${lines.join('\n')}\nCOPY --from=toString /etc/passwd /${randomUUID()}\n`;
  await writeFile(join(workspace, 'Dockerfile'), text);
  await execute('git', ['init', '-q', workspace]);
  await execute('git', ['-C', workspace, 'add', '.']);
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  await execute('git', ['-C', workspace, ...author, 'commit', '-qm', 'ours']);
  await writeFile(join(workspace, '.git/info/exclude'), '');
  const inputs = {
    cache: 'off',
    reuse: 'content',
    tags: 'constructor\ntoString',
    'build-args': `BASE_IMAGE=${world.baseImage}\nhasOwnProperty`,
    'repository-tags': 'constructor=web\nvalueOf=api',
    'image-tag-mutability': 'MUTABLE',
  };
  const run = await world.run({ workspace, with: inputs });
  assert.equal(run.outcome, 'success', run.log);
  const tags = Array.from(world.aws.ecr.repository('team/hello')?.imageTags ?? [], ([tag]) => tag);
  assert.ok(tags.includes('constructor') && tags.includes('toString'), tags.join());
  const again = await world.run({ workspace, with: { ...inputs, 'repository-tags': 'toString=new' } });
  assert.equal(again.outcome, 'success', again.log);
  assert.equal(again.outputs['reused'], 'true', again.log);
  const secret = await world.run({ workspace, with: { ...inputs, 'secret-envs': 'npm=toString' } });
  assert.match(secret.log, /secret-envs: 'npm=\*\*\*' names no variable of the job\./);
  assert.match(again.log, /repository-tags: asked toString=new, is no tag 'toString'/);
});

test('no rule takes an inherited name for one of its own', () => {
  const options = {
    target: undefined,
    buildArgs: {},
    contexts: [],
    platforms: ['linux/amd64'],
    native: 'linux/amd64',
  };
  for (const name of inherited) {
    assert.deepEqual(baseImagesOf(`FROM \${${name}:-alpine}\n`, options), {
      kind: 'known',
      images: ['alpine'],
    });
    assert.equal(baseImagesOf(`FROM \${${name}}\n`, options).kind, 'unknown');
    const declared = { ...options, buildArgs: Object.fromEntries([[name, 'debian']]) };
    assert.deepEqual(baseImagesOf(`ARG ${name}=alpine\nFROM $${name}\n`, options), {
      kind: 'known',
      images: ['alpine'],
    });
    assert.deepEqual(baseImagesOf(`ARG ${name}\nFROM $${name}\n`, declared), {
      kind: 'known',
      images: ['debian'],
    });
    assert.equal(normalPlatform(`linux/${name}`, 'amd64'), `linux/${name}`);
    assert.match(
      obstacleOf(name, { name: 'the image' }).reason,
      /^ECR says of the image what is no result of a scan/,
    );
  }
});
