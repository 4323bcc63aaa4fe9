import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dockerEnvironment, jobEnvironment } from '../platform/environment.ts';
import { Failure } from '../platform/failure.ts';
import { runLimited } from '../platform/process.ts';
import { remember } from '../platform/state.ts';
import { makeTempDir, removeFolder } from '../platform/temp-dir.ts';
import { entryFor, helperFor, withoutHosts } from './config-file.ts';
import type { RegistryLogin } from './config-file.ts';
import { isStoredLogin, readStoredLogin, sayOutput, storeLogin } from './credential-helper.ts';
import type { StoredLogin } from './credential-helper.ts';
import { readJobConfig, restoreEntry } from './job-config.ts';

/** The login that the job's docker had for a host: an entry of its config.json, or what a credential helper answered. */
type EarlierLogin =
  | { host: string; kind: 'file'; entry: unknown }
  | { host: string; kind: 'helper'; helper: string; login: StoredLogin };

/** Milliseconds for all that the job's login takes in the main step. */
const LOGIN_LIMIT_MS = 10_000;

/** Milliseconds for each command of the post step. */
const UNDO_LIMIT_MS = 10_000;

/** Milliseconds between two tries of `docker login`. */
const WAIT_MS = 500;

/** How often `docker login` is tried where no credential helper can be the reason that it fails. */
const TRIES = 3;

interface LogJobInOptions {
  login: RegistryLogin;
  signal: AbortSignal;
  limitMs?: number;
}

/** What is left of the time for the job's login. */
type Limits = () => { signal: AbortSignal; limitMs: number };

/**
 * Logs the job's own docker in, for the later steps of the job. {@link undoJobLogin} puts back what was there.
 * @throws {Failure} where its helper, its store or the registry does not take the login.
 */
export async function logJobIn(
  host: string,
  { login, signal, limitMs = LOGIN_LIMIT_MS }: LogJobInOptions,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  const limits: Limits = () => ({ signal, limitMs: Math.max(1, Math.round(deadline - performance.now())) });
  const { file, config, faults } = await readJobConfig();
  // docker would write over a file that it can't read.
  if (faults.length > 0) throw notLoggedIn(host, `docker can't read all of ${file}`);
  const helper = helperFor(config, host);
  const named =
    helper &&
    `docker-credential-${helper.name}, which docker asks for it by \`${helper.member}\` in ${file},`;
  const notLogged = (what: string) => (error: unknown) => {
    signal.throwIfAborted();
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    throw notLoggedIn(host, `${what}: ${reason}`, error);
  };

  const entry = entryFor(config, host);
  const earlier: EarlierLogin | undefined =
    helper === undefined
      ? entry === undefined
        ? undefined
        : { host, kind: 'file', entry }
      : await earlierLoginOf(helper.name, host, limits).catch(
          notLogged(`${named} does not say what it has stored`),
        );
  const saved = earlier && (await saveEarlierLogin(earlier));
  remember({ registry: host, ...(saved !== undefined && { login: saved }) });
  await runDockerLogin(host, { login, limits, triesLeft: helper === undefined ? TRIES - 1 : 0 })
    .catch(async error => {
      // A login that was cut off may have been stored, so the post step removes it.
      if (error instanceof RefusedLogin) {
        remember({ registry: '', login: '' });
        if (saved !== undefined) await removeFolder(saved);
      }
      throw error;
    })
    .catch(notLogged(named === undefined ? '`docker login` failed' : `${named} did not store the login`));

  if (helper !== undefined) {
    const now = await readStoredLogin(helper.name, host, limits()).catch(() => undefined);
    signal.throwIfAborted();
    if (now?.Secret !== login.password)
      throw notLoggedIn(host, `${named} took the login, but answers with another one or with none`);
  }
  const variable = jobEnvironment()['DOCKER_AUTH_CONFIG'];
  if (variable && withoutHosts(variable, new Set([host])) !== variable)
    throw notLoggedIn(host, "the job's variable DOCKER_AUTH_CONFIG has another login, which docker prefers");
}

async function earlierLoginOf(
  helper: string,
  host: string,
  limits: Limits,
): Promise<EarlierLogin | undefined> {
  const login = await readStoredLogin(helper, host, limits());
  return login && { host, kind: 'helper', helper, login };
}

/** docker has not stored the login. */
class RefusedLogin extends Error {}

async function runDockerLogin(
  host: string,
  { login, limits, triesLeft }: { login: RegistryLogin; limits: Limits; triesLeft: number },
): Promise<void> {
  const args = ['login', '--username', login.user, '--password-stdin', host];
  const env = dockerEnvironment(jobEnvironment(), args);
  const { exitCode, stdout, stderr } = await runLimited('docker', args, {
    env,
    input: login.password,
    ...limits(),
  });
  if (exitCode === 0) return;
  if (triesLeft === 0 || limits().limitMs <= WAIT_MS) throw new RefusedLogin(sayOutput(stdout, stderr));
  await delay(WAIT_MS, undefined, { signal: limits().signal });
  await runDockerLogin(host, { login, limits, triesLeft: triesLeft - 1 });
}

function notLoggedIn(host: string, why: string, cause?: unknown): Failure {
  return new Failure(`The job's later steps are not logged in to ${host}: ${why}.`, {
    remedy:
      'This step has a login of its own, so it goes on. If no later step needs that one, set `docker-login: false`; if one does, mend the configuration of docker on this runner.',
    cause,
  });
}

const fileName = 'login.json';

/** Writes down what there was, for the post step: it is a secret, so it is in neither state nor log. */
async function saveEarlierLogin(earlier: EarlierLogin): Promise<string> {
  const folder = await makeTempDir();
  await writeFile(join(folder, fileName), JSON.stringify(earlier), { mode: 0o600, flag: 'wx' });
  return folder;
}

/**
 * Undoes {@link logJobIn}: puts back the login that the job's docker had for the host, or logs it out. `folder` is where the earlier
 * one is kept. Answers what was done.
 * @throws where that is not possible.
 */
export async function undoJobLogin(
  host: string,
  folder: string | undefined,
  limitMs = UNDO_LIMIT_MS,
): Promise<string> {
  const earlier = folder === undefined ? undefined : await readEarlierLogin(folder, host);
  if (earlier === undefined) {
    const args = ['logout', host];
    const env = dockerEnvironment(jobEnvironment(), args);
    const { exitCode, stdout, stderr } = await runLimited('docker', args, { env, limitMs });
    if (exitCode !== 0)
      throw new Failure(sayOutput(stdout, stderr), { remedy: `By hand: docker logout ${host}` });
    return `docker logout ${host}`;
  }
  if (earlier.kind === 'file') await restoreEntry(host, earlier.entry);
  else await storeLogin(earlier.helper, earlier.login, { limitMs });
  return `Docker has the login to ${host} again that it had before`;
}

/** What was written down, if it is of this host; otherwise nothing is known, and docker is logged out. */
async function readEarlierLogin(folder: string, host: string): Promise<EarlierLogin | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, fileName), 'utf8'));
    return isEarlierLogin(value, host) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEarlierLogin(value: unknown, host: string): value is EarlierLogin {
  if (typeof value !== 'object' || value === null) return false;
  if (!('host' in value && value.host === host && 'kind' in value)) return false;
  if (value.kind === 'file') return 'entry' in value;
  const isHelper = 'helper' in value && typeof value.helper === 'string' && /^[\w.-]+$/.test(value.helper);
  return isHelper && 'login' in value && isStoredLogin(value.login) && value.login.ServerURL === host;
}
