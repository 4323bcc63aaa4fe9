import { mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';
import { pushBeside } from './base-image.ts';
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

/**
 * Builds an image that is to a `docker-container` builder what BuildKit's own is, which can't be pulled without a network:
 * its `buildctl` reaches a BuildKit that works elsewhere. It needs the machine's network (`network=host`).
 *
 * @returns its name in a registry that asks for no login.
 */
export async function pushBuildKitImage(
  engine: Engine,
  { baseImage, endpoint, scratch }: { baseImage: string; endpoint: string; scratch: string },
): Promise<string> {
  const folder = join(scratch, 'buildkit-image');
  await mkdir(folder);
  // https://github.com/docker/buildx/blob/v0.29.1/driver/docker-container/driver.go
  const buildctl = `#!/bin/sh
case "$1" in
debug) exit 0 ;;
dial-stdio) exec nc 127.0.0.1 ${new URL(endpoint).port} ;;
*) exit 1 ;;
esac
`;
  await writeFile(join(folder, 'buildctl'), buildctl, { mode: 0o755 });
  await writeFile(join(folder, 'buildkitd'), '#!/bin/sh\nexec sleep 100000\n', { mode: 0o755 });
  const text = `FROM ${baseImage}\nCOPY buildctl buildkitd /usr/bin/\nENTRYPOINT ["buildkitd"]\n`;
  await writeFile(join(folder, 'Dockerfile'), text);
  return pushBeside({ engine, baseImage }, { folder, name: `moby/buildkit:${new URL(endpoint).port}` });
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
