import { createServer, request } from 'node:http';
import { connect } from 'node:net';

/** An HTTP proxy, the only way out of a closed network. */
export interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** `CONNECT host:port` or `POST http://…` of each request, in order. */
  readonly requests: readonly string[];
}

export interface ProxyOptions {
  /** Whether what is asked for is fetched; otherwise every request is written down and refused with 403. */
  open: boolean;
}

/** Starts a proxy for plain requests and for tunnels. https://www.rfc-editor.org/rfc/rfc9110#name-connect */
export async function startProxy({ open }: ProxyOptions): Promise<Proxy> {
  const requests: string[] = [];
  const server = createServer((message, response) => {
    requests.push(`${message.method} ${message.url}`);
    if (!open) return void response.writeHead(403).end();
    const onward = request(
      message.url ?? '',
      { method: message.method ?? 'GET', headers: message.headers },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    message.pipe(onward);
  });
  server.on('connect', (message, socket, head) => {
    requests.push(`CONNECT ${message.url}`);
    if (!open) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const { hostname, port } = new URL(`http://${message.url}`);
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    for (const side of [onward, socket])
      side.on('error', () => [onward, socket].forEach(each => each.destroy()));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy did not get a port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
