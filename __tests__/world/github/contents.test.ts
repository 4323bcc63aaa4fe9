import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startGitHub } from './server.ts';

const repository = 'octo-org/octo-repo';

const [sha, unknown] = ['b'.repeat(40), 'a'.repeat(40)];

test("files of a commit are answered as GitHub's API does", async () => {
  await using github = await startGitHub();
  github.putCommit(repository, {
    sha,
    branch: 'release/1.x',
    files: {
      'a folder/file': 'text',
      'a folder/inner/file': '',
      large: 'x'.repeat(1024 * 1024 + 1),
      link: { link: 'a folder/file' },
      astray: { link: '../elsewhere' },
      ...Object.fromEntries(Array.from({ length: 1001 }, (_, each) => [`many/${each}`, ''])),
    },
  });
  const grant = { repository, canComment: false, canReadContents: true };
  github.admitToken('ours', grant);
  github.admitToken('blind', { ...grant, canReadContents: false });
  github.admitToken('theirs', { ...grant, repository: 'mallory/octo-repo' });
  const ask = async (path: string, { token = 'ours', accept = 'application/vnd.github+json' } = {}) => {
    const url = `${github.url}/api/v3/repos/${repository}/${path}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}`, accept } });
    return { status: answer.status, text: await answer.text() };
  };
  const file = async (path: string, given = {}): Promise<[number, unknown]> => {
    const { status, text } = await ask(`contents/${path}?ref=${sha}`, given);
    return [status, JSON.parse(text)];
  };
  const raw = { accept: 'application/vnd.github.raw+json' };
  const [, found] = await file('a%20folder/file');
  assert.partialDeepStrictEqual(found, {
    type: 'file',
    encoding: 'base64',
    content: Buffer.from('text').toString('base64'),
    path: 'a folder/file',
  });
  assert.equal((await ask(`contents/a%20folder/file?ref=${sha}`, raw)).text, 'text');
  assert.partialDeepStrictEqual(await file('large'), [200, { type: 'file', encoding: 'none', content: '' }]);
  assert.equal((await ask(`contents/large?ref=${sha}`, raw)).text.length, 1024 * 1024 + 1);
  assert.partialDeepStrictEqual(await file('link'), [200, { type: 'file', size: 4 }]);
  assert.partialDeepStrictEqual(await file('astray'), [200, { type: 'symlink', target: '../elsewhere' }]);
  const [, folder] = await file('a%20folder');
  assert.partialDeepStrictEqual(folder, [
    { type: 'file', path: 'a folder/file' },
    { type: 'dir', path: 'a folder/inner' },
  ]);
  const [, many] = await file('many');
  assert.equal(Array.isArray(many) && many.length, 1000);

  assert.partialDeepStrictEqual(await file('none'), [404, { message: 'Not Found' }]);
  const missing = await ask(`contents/large?ref=${unknown}`);
  assert.equal(missing.status, 404);
  assert.match(missing.text, /No commit found for the ref a+/);
  const integration = { message: 'Resource not accessible by integration' };
  assert.partialDeepStrictEqual(await file('link', { token: 'blind' }), [403, integration]);
  assert.equal((await file('link', { token: 'theirs' }))[0], 404);
  assert.equal((await file('link', { token: 'nobody' }))[0], 401);

  const shaAlone = { accept: 'application/vnd.github.sha' };
  const branch = encodeURIComponent('heads/release/1.x');
  assert.deepEqual(await ask(`commits/${branch}`, shaAlone), { status: 200, text: sha });
  assert.equal((await ask('commits/heads%2Fnone', shaAlone)).status, 422);
});
