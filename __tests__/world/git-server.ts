import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { run } from './docker/command.ts';

/** A git server that lets in whoever has the token, as GitHub does: any name, the token as the password. */
export interface GitServer extends AsyncDisposable {
  /** URL of the repository, which answers to any other name too. */
  url: string;
  /** The first commit of it. */
  sha: string;
  /** Commits the files as they are now, and lets a ref name that commit. */
  commit(ref: string): Promise<void>;
}

/** Serves the files of a folder as the branch `main` of a repository. */
export async function startGitServer(folder: string, { token }: { token: string }): Promise<GitServer> {
  const git = (...args: string[]): Promise<string> =>
    run('git', ['-C', folder, '-c', 'user.name=octo', '-c', 'user.email=octo@example.com', ...args]);
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'All of it');
  const sha = await git('rev-parse', 'HEAD');
  const server = createServer((request, response) => {
    const [, password] = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64')
      .toString()
      .split(':');
    if (password !== token) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://git');
    // https://git-scm.com/docs/git-http-backend
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        GIT_PROJECT_ROOT: join(folder, '.git'),
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: pathname.replace(/^\/.*\.git(?=\/)/, ''),
        QUERY_STRING: searchParams.toString(),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => void chunks.push(chunk));
    backend.on('close', () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf('\r\n\r\n');
      const head = answer.subarray(0, end).toString().split('\r\n');
      const headers = head.map(line => line.split(/: (.*)/s, 2));
      const status = headers.find(([name]) => name === 'Status')?.[1];
      for (const [name = '', value = ''] of headers) if (name !== 'Status') response.setHeader(name, value);
      response
        .writeHead(status === undefined ? 200 : Number.parseInt(status, 10))
        .end(answer.subarray(end + 4));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = addressOf(server.address());
  return {
    url: `http://127.0.0.1:${port}/repository.git`,
    sha,
    async commit(ref) {
      await git('add', '--all');
      await git('commit', '--quiet', '--message', 'All of it, later');
      await git('update-ref', ref, 'HEAD');
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address !== 'object' || address === null) throw new Error('The git server has no port.');
  return address;
}
