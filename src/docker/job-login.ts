import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dockerEnvironment, jobEnvironment } from '../platform/environment.ts';
import { Failure } from '../platform/failure.ts';
import { runLimited } from '../platform/limited-process.ts';
import { remember } from '../platform/state.ts';
import { makeTempDir, removeFolder } from '../platform/temp-dir.ts';
import { entryFor, helperFor, hostOf, loginOf, withoutHosts } from './config-file.ts';
import type { RegistryLogin } from './config-file.ts';
import { isStoredLogin, readStoredLogin, sayOutput, storeLogin } from './credential-helper.ts';
import type { StoredLogin } from './credential-helper.ts';
import { readJobConfig, restoreEntry } from './job-config.ts';

/** The login that the job's docker had for a host: an entry of its config.json, or what a credential helper answered. */
type EarlierLogin =
  | { host: string; kind: 'file'; key?: string; entry: unknown }
  | { host: string; kind: 'helper'; helper: string; login: StoredLogin };

/** What the post step has to know. It may hold a secret, so it is in a file and in neither state nor log. */
interface KeptLogin {
  host: string;
  /** The folder of docker's configuration, which a later step may change for the job. */
  config: string;
  /** Hash of the login that was written, by which it is known again. */
  written: string;
  /** Absent where docker had none. */
  earlier?: EarlierLogin;
}

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
  const { folder, file, config, faults } = await readJobConfig();
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
        : { host, kind: 'file', ...entry }
      : await earlierLoginOf(helper.name, host, limits).catch(
          notLogged(`${named} does not say what it has stored`),
        );
  const written = hashOf(`${login.user}:${login.password}`);
  const kept = await keep({ host, config: folder, written, ...(earlier && { earlier }) });
  await runDockerLogin(host, { login, limits, triesLeft: helper === undefined ? TRIES - 1 : 0 })
    .catch(async error => {
      // A login that was cut off may have been stored, so the post step removes it.
      if (error instanceof RefusedLogin) {
        remember({ registry: '', login: '' });
        await removeFolder(kept);
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

/** Writes down what the post step has to know, and tells it the folder before anything is in there. */
async function keep(kept: KeptLogin): Promise<string> {
  const folder = await makeTempDir();
  remember({ registry: kept.host, login: folder });
  await writeFile(join(folder, fileName), JSON.stringify(kept), { mode: 0o600, flag: 'wx' });
  return folder;
}

function hashOf(login: string): string {
  return createHash('sha256').update(login).digest('hex');
}

/**
 * Undoes {@link logJobIn}: puts back the login that the job's docker had for the host, or logs it out. `folder` is where it is kept what
 * there was. A login that another job has written meanwhile is left alone. Answers what was done.
 * @throws where that is not possible.
 */
export async function undoJobLogin(
  host: string,
  folder: string | undefined,
  limitMs = UNDO_LIMIT_MS,
): Promise<string> {
  const kept = folder === undefined ? undefined : await readKept(folder, host);
  const environment = { ...jobEnvironment(), ...(kept && { DOCKER_CONFIG: kept.config }) };
  const { file, config } = await readJobConfig(environment);
  const now = helperFor(config, host) === undefined ? loginOf(entryFor(config, host)?.entry) : undefined;
  if (kept !== undefined && now !== undefined && hashOf(now) !== kept.written)
    return `Docker has another login to ${host} by now, which is left as it is`;
  const earlier = kept?.earlier;
  if (earlier === undefined) {
    const args = ['logout', host];
    const env = dockerEnvironment(environment, args);
    const { exitCode, stdout, stderr } = await runLimited('docker', args, { env, limitMs });
    if (exitCode !== 0)
      throw new Failure(sayOutput(stdout, stderr), { remedy: `By hand: docker logout ${host}` });
    return `docker logout ${host}`;
  }
  if (earlier.kind === 'file') await restoreEntry(file, host, earlier);
  else await storeLogin(earlier.helper, earlier.login, { limitMs });
  return `Docker has the login to ${host} again that it had before`;
}

/** What was written down, if it is of this host; otherwise nothing is known, and docker is logged out. */
async function readKept(folder: string, host: string): Promise<KeptLogin | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, fileName), 'utf8'));
    return isKept(value, host) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isKept(value: unknown, host: string): value is KeptLogin {
  if (typeof value !== 'object' || value === null) return false;
  if (!('host' in value && value.host === host && 'written' in value && typeof value.written === 'string'))
    return false;
  if (!('config' in value && typeof value.config === 'string' && isAbsolute(value.config))) return false;
  return !('earlier' in value) || isEarlierLogin(value.earlier, host);
}

function isEarlierLogin(value: unknown, host: string): value is EarlierLogin {
  if (typeof value !== 'object' || value === null) return false;
  if (!('host' in value && value.host === host && 'kind' in value)) return false;
  if (value.kind === 'file')
    return (
      'entry' in value && (!('key' in value) || (typeof value.key === 'string' && hostOf(value.key) === host))
    );
  const isHelper = 'helper' in value && typeof value.helper === 'string' && /^[\w.-]+$/.test(value.helper);
  return isHelper && 'login' in value && isStoredLogin(value.login) && value.login.ServerURL === host;
}
