import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A service behind TLS, with a certificate that only those trust who were given it. */
export interface TlsFront extends AsyncDisposable {
  readonly url: string;
  /** Path of the certificate, PEM. */
  readonly certificate: string;
}

/** Puts a certificate of its own before the service at `url`; the host that was asked for stays what was signed. */
export async function startTlsFront(url: string, folder: string): Promise<TlsFront> {
  const pems = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const certificate = join(folder, 'ca.pem');
  await writeFile(certificate, pems.cert);
  const server = createServer({ key: pems.private, cert: pems.cert }, (message, response) => {
    const target = new URL(message.url ?? '/', url);
    const onward = request(target, { method: message.method ?? 'GET', headers: message.headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    message.pipe(onward);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The TLS front did not get a port.');
  return {
    url: `https://127.0.0.1:${address.port}`,
    certificate,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
