import { request } from 'node:http';
import type { RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';

/** A record of the build cache. */
export interface CacheRecord {
  id: string;
  createdAt: Date;
}

/** The names of all images that have one, `127.0.0.1:35127/team/hello:1.0.0`. */
export async function listImages(host: string): Promise<string[]> {
  const images: { RepoTags?: string[] | null }[] = JSON.parse(await call(host, 'GET', '/images/json'));
  return images.flatMap(({ RepoTags }) => RepoTags ?? []);
}

/** Takes a name from an image, and removes the image with its last one; no error if it is gone already. */
export async function removeImage(host: string, name: string): Promise<void> {
  await call(host, 'DELETE', `/images/${name}?force=true`, [404]);
}

/** Everything in the build cache. */
export async function listBuildCache(host: string): Promise<CacheRecord[]> {
  const usage: { BuildCache?: { ID: string; CreatedAt: string }[] | null } = JSON.parse(
    await call(host, 'GET', '/system/df?type=build-cache'),
  );
  return (usage.BuildCache ?? []).map(({ ID, CreatedAt }) => ({ id: ID, createdAt: new Date(CreatedAt) }));
}

/** Takes these records from the build cache, as far as no other one needs them. */
export async function emptyBuildCache(host: string, ids: readonly string[]): Promise<void> {
  const filters = JSON.stringify({ id: [`^(${ids.join('|')})$`] });
  await call(host, 'POST', `/build/prune?all=true&filters=${encodeURIComponent(filters)}`);
}

/**
 * Speaks to the engine itself, as starting docker's client for each question takes ten times as long.
 * https://docs.docker.com/reference/api/engine/
 *
 * @param host as DOCKER_HOST has it: a unix socket, or TCP without TLS
 * @param allowed statuses that are no error although they are not of the 2xx
 * @throws Error with the engine's words
 */
async function call(
  host: string,
  method: string,
  path: string,
  allowed: readonly number[] = [],
): Promise<string> {
  const asked = request({ ...place(host), method, path });
  const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    asked.once('error', reject).once('response', response => {
      text(response).then(body => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    asked.end();
  });
  if ((answer.status < 200 || answer.status > 299) && !allowed.includes(answer.status))
    throw new Error(`docker's engine answered ${method} ${path} with ${answer.status}: ${answer.body}`);
  return answer.body;
}

function place(host: string): RequestOptions {
  const url = new URL(host);
  if (url.protocol === 'unix:') return { socketPath: url.pathname };
  if (url.protocol === 'tcp:') return { host: url.hostname, port: url.port };
  throw new Error(`The tests need an engine on this machine, at a unix socket; this one is at ${host}.`);
}
