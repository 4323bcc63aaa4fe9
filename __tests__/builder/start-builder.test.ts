import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBuilder } from '../../src/builder/start-builder.ts';
import type { BuilderCommand } from '../../src/builder/start-builder.ts';
import { Failure } from '../../src/platform/failure.ts';
import { jobOf } from '../in-process.ts';

const unknownAuthority =
  'Get "https://registry-1.docker.io/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority';

/** What is to be done about a builder that does not start, for this reason of buildx. */
async function remedyOf(driver: BuilderCommand['driver'], reason: string): Promise<string> {
  const say = (): void => {};
  const log = { info: say, warn: say, raw: say, result: say };
  const docker = { buildx: async () => ({ exitCode: 1, output: `ERROR: ${reason}\n` }) };
  const command = { docker, argv: ['inspect'], driver, stallTimeoutMs: 60_000 };
  try {
    await startBuilder(jobOf([]), log, command);
  } catch (error) {
    if (error instanceof Failure) return error.remedy;
    throw error;
  }
  return 'it started';
}

test('a builder whose image comes from a registry that the engine does not trust is told where the authority belongs', async () => {
  const remedy = await remedyOf('docker-container', unknownAuthority);
  assert.match(remedy, /`\/etc\/docker\/certs\.d\/HOST\/ca\.crt` on the engine's machine/);
  assert.match(remedy, /AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS/);
  assert.match(await remedyOf('docker-container', 'invalid driver option'), /^Check `driver-opts`/);
  assert.match(await remedyOf('remote', unknownAuthority), /with TLS the `driver-opts` are cacert/);
});
