import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import type { Build } from '../../src/build/build.ts';
import { whyUnverified } from '../../src/build/verify-sources.ts';
import { build } from '../sample.ts';

const ownUrl = 'https://github.com/octo-org/octo-repo.git';

const scratch = await mkdtemp(join(tmpdir(), 'sources-'));
after(() => rm(scratch, { recursive: true, force: true }));

let checkouts = 0;

const author = [
  '-c',
  'user.name=octocat',
  '-c',
  'user.email=octocat@example.com',
  '-c',
  'protocol.file.allow=always',
];

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...author, ...args], { encoding: 'utf8' }).trim();
}

const largeFile = 'large\n'.repeat(1000);

/** A checkout with a program, a link, a folder, a file of Git LFS, a submodule, and files that .dockerignore leaves out. */
async function checkOut(): Promise<{ workspace: string; sha: string }> {
  const workspace = join(scratch, String((checkouts += 1)));
  const library = join(scratch, `library-${checkouts}`);
  await mkdir(library);
  git(library, 'init', '-q');
  await writeFile(join(library, 'code'), 'ours');
  git(library, 'add', '.');
  git(library, 'commit', '-qm', 'library');
  await mkdir(join(workspace, 'app/deep'), { recursive: true });
  git(workspace, 'init', '-q');
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\n');
  await writeFile(join(workspace, 'app/Dockerfile'), 'FROM scratch\n');
  await writeFile(join(workspace, 'app/run'), '#!/bin/sh\n');
  await chmod(join(workspace, 'app/run'), 0o755);
  await writeFile(join(workspace, 'app/deep/a file'), 'ours');
  await symlink('deep/a file', join(workspace, 'app/link'));
  await writeFile(join(workspace, '.dockerignore'), 'made\nmade-*\n!made-well\n');
  const oid = createHash('sha256').update(largeFile).digest('hex');
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${largeFile.length}\n`;
  await writeFile(join(workspace, 'app/large'), pointer);
  git(workspace, 'submodule', '--quiet', 'add', library, 'library');
  git(workspace, 'add', '.');
  git(workspace, 'commit', '-qm', 'ours');
  await writeFile(join(workspace, 'app/large'), largeFile);
  await mkdir(join(workspace, 'made'));
  await writeFile(join(workspace, 'made/by-a-step'), 'left out');
  return { workspace, sha: git(workspace, 'rev-parse', 'HEAD') };
}

async function reasonFor(
  change: (workspace: string, sha: string) => Promise<unknown>,
  given: Partial<Build> = {},
): Promise<string | undefined> {
  const { workspace, sha } = await checkOut();
  await change(workspace, sha);
  const own = process.cwd();
  process.chdir(workspace);
  try {
    return await whyUnverified({ ...build, ...given }, { workspace, sha, ownUrl });
  } finally {
    process.chdir(own);
  }
}

const nothing = () => Promise.resolve();

test('a checkout is its commit, with links, programs, large files, submodules and what is left out', async () => {
  assert.equal(await reasonFor(nothing), undefined);
  assert.equal(await reasonFor(nothing, { context: 'app' }), undefined);
  assert.equal(await reasonFor(nothing, { context: 'app', file: 'Dockerfile' }), undefined);
  assert.equal(
    await reasonFor(nothing, { buildContexts: ['other=app', 'base=docker-image://alpine'] }),
    undefined,
  );
  assert.equal(
    await reasonFor(nothing, { context: 'library', file: 'Dockerfile' }),
    undefined,
    'a submodule',
  );
  const unused = (workspace: string) =>
    rm(join(workspace, 'library'), { recursive: true }).then(() => mkdir(join(workspace, 'library')));
  assert.equal(await reasonFor(unused), undefined, 'a submodule that is not checked out');
});

test('texts and names of a commit that are no UTF-8 are compared by their bytes', async () => {
  const { workspace } = await checkOut();
  const place = (name: string) => Buffer.concat([Buffer.from(`${workspace}/`), Buffer.from(name, 'latin1')]);
  await writeFile(place('made-caf\xe9'), 'left out');
  await writeFile(join(workspace, 'message'), Buffer.from('Caf\xe9', 'latin1'));
  git(workspace, 'add', '--force', '--all');
  git(workspace, '-c', 'i18n.commitEncoding=ISO-8859-1', 'commit', '-qF', 'message');
  const sha = git(workspace, 'rev-parse', 'HEAD');
  const reason = async (context: string): Promise<string | undefined> =>
    whyUnverified({ ...build, context: join(workspace, context) }, { workspace, sha, ownUrl });
  assert.equal(await reason('.'), undefined);
  await writeFile(place('app/caf\xe9'), 'theirs');
  assert.equal(await reason('app'), "the name 'app/caf\uFFFD' is no UTF-8");
});

test('a link in a path is compared too, and one of the commit leads to what is built', async () => {
  const { workspace } = await checkOut();
  for (const folder of ['ours/app', 'old/app']) {
    await mkdir(join(workspace, folder), { recursive: true });
    await writeFile(join(workspace, folder, 'Dockerfile'), `FROM scratch\n# ${folder}\n`);
  }
  await symlink('ours', join(workspace, 'current'));
  await symlink('current/app', join(workspace, 'latest'));
  await rm(join(workspace, 'made'), { recursive: true });
  git(workspace, 'add', '.');
  git(workspace, 'commit', '-qm', 'links');
  const sha = git(workspace, 'rev-parse', 'HEAD');
  const reason = async (context: string): Promise<string | undefined> =>
    whyUnverified({ ...build, context: join(workspace, context) }, { workspace, sha, ownUrl });
  for (const context of ['ours/app', 'current/app', 'latest'])
    assert.equal(await reason(context), undefined, context);
  await rm(join(workspace, 'current'));
  await symlink('old', join(workspace, 'current'));
  assert.equal(await reason('current/app'), `'${join(workspace, 'current')}' differs from it`);
  assert.equal(await reason('latest'), `'${join(workspace, 'current')}' differs from it`);
  await rm(join(workspace, 'ours'), { recursive: true });
  await symlink('old', join(workspace, 'ours'));
  assert.equal(await reason('ours/app'), `'${join(workspace, 'ours')}' differs from it`);
});

const write = (path: string, text: string) => (workspace: string) => writeFile(join(workspace, path), text);

const changes: [
  name: string,
  change: (workspace: string, sha: string) => Promise<unknown>,
  reason: string,
  given?: Partial<Build>,
][] = [
  ['a file', write('app/deep/a file', 'else'), "'app/deep/a file' differs from it"],
  ['a new file', write('app/new', ''), "'app/new' is not in it"],
  ['an exception to what is left out', write('made-well', ''), "'made-well' is not in it"],
  ['what is left out, in another case', write('MADE-theirs', ''), "'MADE-theirs' is not in it"],
  ['a file that is gone', workspace => rm(join(workspace, 'app/run')), "'app/run' of it is missing"],
  ['a mode', workspace => chmod(join(workspace, 'app/run'), 0o644), "'app/run' differs from it"],
  [
    'a link to elsewhere',
    workspace =>
      rm(join(workspace, 'app/link')).then(() => symlink('/etc/passwd', join(workspace, 'app/link'))),
    "'app/link' differs from it",
  ],
  [
    'a link in the place of a file',
    workspace =>
      rename(join(workspace, 'app/run'), join(workspace, 'made/run')).then(() =>
        symlink('../made/run', join(workspace, 'app/run')),
      ),
    "'app/run' differs from it",
  ],
  ['a large file', write('app/large', `${largeFile}more`), "'app/large' differs from it"],
  ['a submodule', write('library/code', 'theirs'), "'code' differs from it"],
  [
    'a submodule as the context',
    write('library/code', 'theirs'),
    "'code' differs from it",
    { context: 'library', file: 'Dockerfile' },
  ],
  [
    'what is left out',
    write('.dockerignore', 'made\nmade-*\n!made-well\napp/new\n'),
    "'.dockerignore' differs from it",
  ],
  [
    'an ignore file that takes the place of another',
    write('Dockerfile.dockerignore', '*'),
    "'Dockerfile.dockerignore' differs from it",
  ],
  [
    'a Dockerfile elsewhere',
    write('made/Dockerfile', 'FROM scratch'),
    "'made/Dockerfile' differs from it",
    { file: 'made/Dockerfile' },
  ],
  [
    'a Dockerfile out of the workspace',
    write('../Dockerfile', 'FROM scratch'),
    "'../Dockerfile' is not in the workspace",
    { file: '../Dockerfile' },
  ],
  [
    'a named context',
    write('app/new', ''),
    "'app/new' is not in it",
    { context: 'app/deep', file: 'Dockerfile', buildContexts: ['other=app'] },
  ],
  [
    'an address',
    nothing,
    "the address of the context 'other' is not this commit of this repository",
    { buildContexts: [`other=${ownUrl}#main`] },
  ],
  [
    'no checkout',
    workspace => rm(join(workspace, '.git'), { recursive: true }),
    'the workspace has no checkout of it',
  ],
];

for (const [name, change, reason, given] of changes) {
  test(`what is not the commit is found: ${name}`, async () =>
    assert.equal(await reasonFor(change, given), reason));
}

test("an index that hides a file's change, and a filter that undoes it, are not asked", async () => {
  const reason = await reasonFor(async workspace => {
    await write('app/run', 'theirs')(workspace);
    git(workspace, 'update-index', '--assume-unchanged', 'app/run');
    git(workspace, 'config', 'filter.undo.clean', 'git cat-file blob HEAD:app/run');
    await write('.git/info/attributes', 'app/run filter=undo\n')(workspace);
  });
  assert.equal(reason, "'app/run' differs from it");
});

test('objects that lie under the names of others prove nothing', async () => {
  const forge = (kind: 'commit' | 'tree') => async (workspace: string, sha: string) => {
    await write('app/run', 'theirs')(workspace);
    git(workspace, 'add', 'app/run');
    const tree = git(workspace, 'write-tree');
    const theirs = kind === 'tree' ? tree : git(workspace, 'commit-tree', tree, '-m', 'theirs');
    const place = kind === 'tree' ? git(workspace, 'rev-parse', `${sha}^{tree}`) : sha;
    const content = execFileSync('git', ['-C', workspace, 'cat-file', kind, theirs]);
    const file = join(workspace, '.git/objects', place.slice(0, 2), place.slice(2));
    await rm(file, { force: true });
    await writeFile(file, deflateSync(Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content])));
    assert.equal(git(workspace, 'show', `${sha}:app/run`), 'theirs', 'git itself believes it');
  };
  assert.equal(await reasonFor(forge('commit')), 'the workspace has no checkout of it');
  assert.equal(await reasonFor(forge('tree')), 'the workspace has no checkout of it');
  const replace = async (workspace: string, sha: string) => {
    await write('app/run', 'theirs')(workspace);
    git(workspace, 'add', 'app/run');
    git(
      workspace,
      'replace',
      sha,
      git(workspace, 'commit-tree', git(workspace, 'write-tree'), '-m', 'theirs'),
    );
  };
  assert.equal(await reasonFor(replace), "'app/run' differs from it");
});
