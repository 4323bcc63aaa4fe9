import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

const calm = { cache: 'off', 'wait-for-scan': 'false', 'build-args': '' };

test('a build says what it died of and what to change, and what its Dockerfile could do better', async t => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const messageOf = async (dockerfile: string, inputs: Record<string, string> = {}): Promise<string> => {
    await writeFile(join(workspace, 'Dockerfile'), `${dockerfile}\n`);
    const sha = 'b'.repeat(40);
    const run = await world.run({ workspace, sha, with: { ...calm, push: 'false', ...inputs } });
    assert.equal(run.outcome, 'failure', run.log);
    assert.equal(run.log.match(/^docker buildx build/gm)?.length, 1, run.log);
    return run.annotations.find(({ level }) => level === 'error')?.message ?? '';
  };

  await t.test('a file that .dockerignore leaves out, and a secret that is empty', async () => {
    await writeFile(join(workspace, '.dockerignore'), '*.md\nsite/*.css\n');
    const file = await messageOf(`FROM ${world.baseImage}\nCOPY site/style.css /`);
    assert.match(file, /^Building team\/hello:\S+ failed: .*"\/site\/style\.css": not found\n/);
    assert.match(
      file,
      /\nIt is in the context `\.`, but `\.dockerignore` leaves `site\/style\.css` out, by `site\/\*\.css`\. Correct the path/,
    );
    const run = 'RUN --mount=type=secret,id=npm,required cat /run/secrets/npm';
    assert.match(
      await messageOf(`FROM ${world.baseImage}\n${run}`, { secrets: 'npm=' }),
      /failed: secret npm: not found\nThe secret `npm` was given, but is empty\. /,
    );
  });

  await t.test(
    'what build checks find is annotated with its line, unless the job says otherwise',
    async () => {
      const lines = Array.from({ length: 8 }, (_, index) => `ENV a${index} b`);
      await mkdir(join(workspace, 'app'));
      await writeFile(
        join(workspace, 'app', 'Dockerfile'),
        [`FROM ${world.baseImage}`, 'MAINTAINER me', ...lines, ''].join('\n'),
      );
      const inputs = { ...calm, context: 'app', labels: `team=${'x'.repeat(70_000)}` };
      const run = await world.run({ workspace, with: inputs });
      assert.equal(run.outcome, 'success', run.log);
      const found = run.annotations.filter(({ file }) => file !== undefined);
      assert.deepEqual(
        found.map(({ level, file, line }) => [level, file, line]),
        [2, 3, 4, 5, 6, 7, 8].map(line => ['warning', 'app/Dockerfile', line]),
      );
      assert.match(
        found[0]?.message ?? '',
        /^MaintainerDeprecated: .*[^)]\nMore info: https:\/\/docs\.docker\.com\//,
      );
      assert.match(run.log, /^2 more build checks have found something: /m);
      assert.match(run.outputs['metadata'] ?? '', /"buildx\.build\.warnings":\[/);
      assert.doesNotMatch(run.outputs['labels'] ?? '', /^team=/m);
      assert.match(
        run.annotations.map(({ message }) => message).join('\n'),
        /^The outputs `labels`, `annotations` and `json` are without team,/m,
      );

      const quiet = await world.run({
        workspace,
        with: { ...inputs, labels: '', push: 'false' },
        environment: { DOCKER_BUILD_CHECKS_ANNOTATIONS: 'false' },
      });
      assert.deepEqual(quiet.annotations, []);
      assert.match(quiet.outputs['metadata'] ?? '', /"buildx\.build\.warnings":\[/);
    },
  );

  await t.test('a push that ECR refuses is called a push, with the quota that is used up', async () => {
    const error = {
      status: 403,
      code: 'DENIED',
      message: `The repository with name 'team/hello' in registry with id '${world.aws.accountId}' already has the maximum allowed number of images which is '10000'`,
    };
    world.gateFaults.add({ match: /^registry:PUT .*\/manifests\//, kind: 'refuse', error });
    const message = await messageOf(`FROM ${world.baseImage}`, { push: 'true' });
    assert.match(message, /^Pushing \S+\/team\/hello:\S+ failed: .*maximum allowed number of images/);
    assert.match(message, /\nLet a lifecycle policy remove old images/);
  });
});
