import { appendFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { JSONWebKeySet } from 'jose';
import { startWorld } from '../__tests__/world/world.ts';

const [file = '/dev/stdout'] = process.argv.slice(2);

/** On GitHub the job's tokens are real, and so are the keys that they are verified with. */
async function readRealKeys(): Promise<JSONWebKeySet | undefined> {
  if (!process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] && !process.env['GITHUB_ACTIONS']) return undefined;
  const answer = await fetch('https://token.actions.githubusercontent.com/.well-known/jwks');
  const keys: JSONWebKeySet = JSON.parse(await answer.text());
  return keys;
}

const keys = await readRealKeys();
const repository = process.env['GITHUB_REPOSITORY'] ?? 'octo-org/octo-repo';
await using world = await startWorld({ repository, ...(keys && { keys }) });
const environment = { AWS_ENDPOINT_URL: world.aws.url, BASE_IMAGE: world.baseImage, ROLE_ARN: world.roleArn };
await appendFile(
  file,
  Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
);
console.log('ready');
await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
