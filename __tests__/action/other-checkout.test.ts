import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run as execute } from '../world/docker/command.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

const inputs = { cache: 'off', context: 'src', 'build-args': '', 'wait-for-scan': 'false' };

test('sources of another checkout are not taken for those of the commit that names the tag', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const source = join(workspace, 'src');
  await execute('git', ['init', '-q', source]);
  await commit(source, 'one');
  const first = await world.run({ workspace, with: inputs });
  assert.equal(first.outcome, 'success', first.log);
  const again = await world.run({ workspace, with: inputs });
  assert.equal(again.outputs['reused'], 'true', again.log);

  await commit(source, 'two');
  const other = await world.run({ workspace, with: { ...inputs, tags: '1.2.3' } });
  assert.equal(other.outcome, 'failure');
  assert.match(
    other.annotations[0]?.message ?? '',
    /^The tag \w+ names an image of this commit already \(sha256:\w+\), made from other inputs \(`checkout` differs\)/,
  );
  assert.doesNotMatch(other.log, /docker buildx build/);
});

test('what is under an address that may change is built again, and the log says why', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const moving = {
    ...inputs,
    context: '.',
    'build-contexts': `base=docker-image://${world.baseImage}`,
    'image-tag-mutability': 'MUTABLE',
  };
  const first = await world.run({ workspace, with: moving });
  assert.equal(first.outcome, 'success', first.log);
  const again = await world.run({ workspace, with: moving });
  assert.equal(again.outputs['reused'], 'false', again.log);
  assert.match(
    again.log,
    /^The commit's own image does not stand for a build, as what is under the address of the context 'base' may change\.$/m,
  );
  const pinned = { ...moving, 'build-contexts': `base=docker-image://${await pin(world)}` };
  await world.run({ workspace, with: pinned });
  const last = await world.run({ workspace, with: pinned });
  assert.equal(last.outputs['reused'], 'true', last.log);
  assert.doesNotMatch(last.log, /does not stand for a build/);
});

async function commit(folder: string, text: string): Promise<void> {
  await writeFile(join(folder, 'Dockerfile'), `FROM scratch\nLABEL text=${text}\nCOPY Dockerfile /\n`);
  await execute('git', ['-C', folder, 'add', '--all']);
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  await execute('git', ['-C', folder, ...author, 'commit', '-qm', text]);
}

async function pin({ baseImage, engine, scratch }: World): Promise<string> {
  const argv = ['buildx', 'imagetools', 'inspect', '--format', '{{json .Manifest.Digest}}', baseImage];
  const environment = { DOCKER_HOST: engine.host, ...(await engine.newConfig(join(scratch, 'pin'))) };
  const digest: string = JSON.parse(await execute('docker', argv, environment));
  return `${baseImage}@${digest}`;
}
