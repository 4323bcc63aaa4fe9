import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run as execute } from '../world/docker/command.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];

/** What a repository can say about programs, each of which is `program`. */
function settingsOf(program: string): Record<string, string> {
  return {
    'filter.hostile.clean': program,
    'filter.hostile.smudge': program,
    'filter.hostile.process': program,
    'core.fsmonitor': program,
    'core.pager': program,
    'core.sshCommand': program,
    'core.gitProxy': program,
    'credential.helper': program,
    'diff.external': program,
    'diff.hostile.textconv': program,
    'gpg.program': program,
    'log.showSignature': 'true',
    // Objects that are missing come from a remote, by a program.
    'core.repositoryFormatVersion': '1',
    'extensions.partialClone': 'origin',
    'remote.origin.promisor': 'true',
    'remote.origin.partialCloneFilter': 'blob:none',
    'remote.origin.url': '/nowhere',
    'remote.origin.uploadpack': program,
  };
}

/** A folder with a Dockerfile that is a repository full of programs, which write into `marker`. */
async function makeHostile(world: World, folder: string, marker: string): Promise<void> {
  const git = (...args: string[]) => execute('git', ['-C', folder, ...author, ...args]);
  const program = join(folder, 'program.sh');
  await mkdir(folder, { recursive: true });
  await writeFile(program, `#!/bin/sh\n{ echo "$0 $*"; env; } >>"${marker}"\ncat\n`, { mode: 0o755 });
  await writeFile(join(folder, 'Dockerfile'), `FROM ${world.baseImage}\nCOPY greeting /\n`);
  await writeFile(join(folder, 'greeting'), 'hello\n');
  await writeFile(join(folder, '.gitattributes'), 'greeting filter=hostile diff=hostile\n');
  await writeFile(join(folder, '.dockerignore'), '.git\n');
  await git('init', '-q');
  await git('add', '--all');
  await git('commit', '-qm', 'Begin');
  const hook = join(folder, '.git', 'hooks', 'post-index-change');
  await mkdir(join(folder, '.git', 'hooks'), { recursive: true });
  await cp(program, hook);
  const included = join(folder, '.git', 'included');
  for (const [name, value] of Object.entries(settingsOf(program)))
    await execute('git', ['config', '--file', included, '--add', name, value]);
  await git('config', 'core.hooksPath', join(folder, '.git', 'hooks'));
  await git('config', 'include.path', 'included');
  // Git looks into a file again whose time is not that of its index.
  await writeFile(join(folder, 'greeting'), 'hello\n');
}

/** The forms in which such a repository can lie in a context; answers with the path of the context. */
const forms: Record<string, (folder: string) => Promise<string>> = {
  'a context with a repository of its own': folder => Promise.resolve(folder),
  'a context that is a bare repository with a work tree': async folder => {
    const gitDir = join(folder, '.git');
    await execute('git', ['--git-dir', gitDir, 'config', 'core.bare', 'false']);
    await execute('git', ['--git-dir', gitDir, 'config', 'core.worktree', folder]);
    await execute('git', ['--git-dir', gitDir, 'config', 'include.path', join(folder, 'included')]);
    for (const name of ['HEAD', 'config', 'index', 'included', 'objects', 'refs', 'hooks'])
      await rename(join(gitDir, name), join(folder, name));
    await rm(gitDir, { recursive: true });
    return folder;
  },
  'a context whose .git names such a folder': async folder => {
    await rename(join(folder, '.git'), join(folder, 'elsewhere'));
    await writeFile(join(folder, '.git'), `gitdir: ${join(folder, 'elsewhere')}\n`);
    return folder;
  },
  'a context below such a repository': async folder => {
    await mkdir(join(folder, 'below'));
    await cp(join(folder, 'Dockerfile'), join(folder, 'below', 'Dockerfile'));
    await cp(join(folder, 'greeting'), join(folder, 'below', 'greeting'));
    return join(folder, 'below');
  },
};

test('no program of a repository in a context runs, as main or as another context', async t => {
  await using world = await startWorld();
  for (const [index, [form, arrange]] of Object.entries(forms).entries()) {
    await t.test(form, async () => {
      const workspace = await world.checkout();
      const marker = join(world.scratch, `marker-${index}`);
      const contexts: string[] = [];
      for (const name of ['context', 'other']) {
        await makeHostile(world, join(workspace, name), marker);
        contexts.push(await arrange(join(workspace, name)));
      }
      await rm(marker, { force: true });
      const [context = '', other = ''] = contexts;
      const run = await world.run({
        workspace,
        with: {
          repository: `team/hostile-${index}`,
          reuse: 'content',
          cache: 'off',
          'build-args': '',
          'wait-for-scan': 'false',
          context,
          'build-contexts': `other=${other}`,
        },
      });
      assert.equal(run.outcome, 'success', run.log);
      assert.ok(!existsSync(marker), existsSync(marker) ? await readFile(marker, 'utf8') : '');
    });
  }
});

test('no program of the workspace itself runs, though the commit of the event is not in it', async () => {
  await using world = await startWorld();
  const workspace = join(world.scratch, 'hostile');
  const marker = join(world.scratch, 'marker');
  await makeHostile(world, workspace, marker);
  await appendFile(join(workspace, 'greeting'), 'changed\n');
  await rm(marker, { force: true });
  const inputs = { reuse: 'content', cache: 'off', 'build-args': '', 'wait-for-scan': 'false' };
  const run = await world.run({ workspace, sha: 'e'.repeat(40), with: inputs });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /^content-[0-9a-f]{40} names it for other commits/m);
  assert.ok(!existsSync(marker), existsSync(marker) ? await readFile(marker, 'utf8') : '');
});
