import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { clientsOf } from '../world/aws/sample.ts';
import { run as execute } from '../world/docker/command.ts';
import { withCredentialHelpers } from '../world/docker/credential-helpers.ts';
import { startWorld } from '../world/world.ts';

test("the habits of the machine's docker neither stop the step nor push in its place, and stay as they are", async t => {
  await using world = await startWorld();
  const folder = join(world.scratch, 'config');
  const file = join(folder, 'config.json');
  const helpers = await withCredentialHelpers(join(world.scratch, 'helpers'));
  const environment = { ...(await world.engine.newConfig(folder)), ...helpers.environment };
  const temp = join(world.scratch, 'temp');
  const { host } = world.gate;
  const { ecr } = clientsOf(world.aws, 'ecr:*');
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const auth = authorizationData?.[0]?.authorizationToken ?? '';
  const calm = { cache: 'off', 'wait-for-scan': 'false' };

  await t.test('a helper that answers with its own identity', async () => {
    await writeFile(file, JSON.stringify({ credHelpers: { [host]: 'machine' } }));
    const run = await world.run({ environment, temp, with: calm });
    assert.equal(run.outcome, 'success', run.log);
    const [warning, ...others] = run.annotations.filter(({ level }) => level === 'warning');
    assert.deepEqual(others, []);
    assert.match(
      warning?.message ?? '',
      /docker-credential-machine, which docker asks for it by `credHelpers` in \S+config\.json, took the login, but answers with another one or with none\.\n.*`docker-login: false`/,
    );
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')).credHelpers, { [host]: 'machine' });
    assert.deepEqual(
      (await readdir(temp)).filter(name => name.startsWith('ecr-image-')),
      [],
    );
  });

  await t.test(
    'a keychain that never answers, with `docker-login: false`: nobody asks it, and contexts and the logins to others are found',
    async () => {
      // The same registry under another name, to which only the job is logged in.
      const elsewhere = `localhost:${new URL(`http://${host}`).port}`;
      await writeFile(
        file,
        JSON.stringify({
          auths: { [elsewhere]: { auth }, [host]: { auth: Buffer.from('AWS:old').toString('base64') } },
          credHelpers: { [elsewhere]: '' },
          credsStore: 'silent',
        }),
      );
      await execute(
        'docker',
        ['context', 'create', 'mine', '--docker', `host=${world.engine.host}`],
        environment,
      );
      await execute('docker', ['context', 'use', 'mine'], { ...environment, DOCKER_HOST: '' });
      // With this entry docker itself would take none of the logins in the file.
      const used = JSON.parse(await readFile(file, 'utf8'));
      assert.equal(used.currentContext, 'mine');
      const before = JSON.stringify({ ...used, auths: { ...used.auths, 'odd.example': 7 } });
      await writeFile(file, before);
      const calls = await helpers.calls();
      const workspace = await world.checkout();
      await writeFile(
        join(workspace, 'Dockerfile'),
        `FROM ${elsewhere}/team/hello:0123456789abcdef0123456789abcdef01234567\nLABEL own=base\n`,
      );
      const run = await world.run({
        // Without it docker speaks to the engine of its current context.
        environment: { ...environment, DOCKER_HOST: '' },
        temp,
        workspace,
        sha: 'b'.repeat(40),
        with: { ...calm, 'docker-login': 'false' },
      });
      assert.equal(run.outcome, 'success', run.log);
      const [warning, ...others] = run.annotations.filter(({ level }) => level === 'warning');
      assert.deepEqual(others, []);
      assert.match(
        warning?.message ?? '',
        /^Of the configuration of docker on this runner not all is used: \S+config\.json: `auths` has an entry for 'odd\.example' that docker does not take\.$/,
      );
      assert.equal(await readFile(file, 'utf8'), before);
      assert.deepEqual(await helpers.calls(), calls);
      assert.equal(run.state['registry'], '');
      assert.doesNotMatch(run.log, /^docker logout|later steps/m);
    },
  );
});
