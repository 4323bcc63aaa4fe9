import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';
import type { Engine } from './engine.ts';

/** BuildKit on another machine: the engine's own, which is a real one, reached by its protocol over TCP. */
export interface BuildKit extends AsyncDisposable {
  /** `tcp://127.0.0.1:1234` */
  endpoint: string;
  /** How many connections were let in. */
  readonly connections: number;
}

/** With `tls` it is called `buildkit.test`, and lets in only who shows a certificate. */
export interface Certificates {
  cert: string;
  key: string;
}

/** Makes a certificate that is its own authority, and writes it to a folder as `cert.pem` and `key.pem`. */
export async function writeCertificates(folder: string): Promise<Certificates> {
  const pems = await generate([{ name: 'commonName', value: 'buildkit.test' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'buildkit.test' }] }],
  });
  await writeFile(join(folder, 'cert.pem'), pems.cert);
  await writeFile(join(folder, 'key.pem'), pems.private, { mode: 0o600 });
  return { cert: pems.cert, key: pems.private };
}

/** The engine speaks BuildKit's protocol on its own socket, to whoever asks for the upgrade. */
const upgrade = 'POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';

export async function startBuildKit(engine: Engine, { tls }: { tls?: Certificates } = {}): Promise<BuildKit> {
  const path = new URL(engine.host).pathname;
  const open = new Set<Socket>();
  let connections = 0;
  const take = (client: Socket): void => {
    connections += 1;
    const upstream = connect(path, () => upstream.write(upgrade));
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let head = Buffer.alloc(0);
    const readHead = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      upstream.off('data', readHead);
      if (!head.toString('latin1').startsWith('HTTP/1.1 101')) return void client.destroy();
      client.write(head.subarray(end + 4));
      upstream.pipe(client).pipe(upstream);
    };
    upstream.on('data', readHead);
  };
  const server: Server =
    tls === undefined
      ? createServer(take)
      : createTlsServer(
          { ...tls, ca: tls.cert, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] },
          take,
        );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('BuildKit did not get a port.');
  return {
    endpoint: `tcp://127.0.0.1:${address.port}`,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
