import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '../aws/refusal.ts';
import { strike } from '../faults.ts';
import type { Faults } from '../faults.ts';
import { forward } from './forward.ts';
import { refusalOf, refuse } from './gate-answer.ts';

export interface OpenRegistryOptions {
  /** Base URL of a real distribution registry, without a slash at its end. */
  upstream: string;
  /** Their labels are `registry:GET /v2/…`. */
  faults: Faults;
  /** Whether what this path names is nothing that this registry has. */
  isHidden: (path: string) => boolean;
}

/** A registry that asks for no login, as Docker Hub is for base images, and that can be told faults. */
export interface OpenRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly host: string;
}

/** Puts faults before a real registry, on a free port of the loopback interface. */
export async function startOpenRegistry({
  upstream,
  faults,
  isHidden,
}: OpenRegistryOptions): Promise<OpenRegistry> {
  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(message.url ?? '/', upstream);
    const struck = await strike(faults, `registry:${message.method ?? 'GET'} ${url.pathname}`, { response });
    if (struck === 'cut') return;
    if (struck !== undefined) refuse(response, refusalOf(struck));
    else if (isHidden(url.pathname))
      refuse(response, new Refusal('NAME_UNKNOWN', 'repository name not known', 404));
    else await forward(message, response, url);
  };
  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(response, new Refusal('UNKNOWN', String(error), 500));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The registry did not get a port.');
  return {
    host: `127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
