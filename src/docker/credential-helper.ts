import { mask } from '../platform/actions.ts';
import { dockerEnvironment, jobEnvironment } from '../platform/environment.ts';
import { runLimited } from '../platform/limited-process.ts';
import type { LimitedOptions } from '../platform/limited-process.ts';

/**
 * A login as credential helpers store and answer it.
 * https://github.com/docker/docker-credential-helpers#development
 */
export interface StoredLogin {
  ServerURL: string;
  Username: string;
  Secret: string;
}

type Limits = Pick<LimitedOptions, 'limitMs' | 'signal'>;

/** What a helper answers for a host that it has no login for. */
const notFound = 'credentials not found in native store';

/**
 * Asks a credential helper for its login to a host, and masks it; `undefined` where it has none.
 * @throws where it fails or does not answer in time.
 */
export async function readStoredLogin(
  name: string,
  host: string,
  limits: Limits,
): Promise<StoredLogin | undefined> {
  const { exitCode, stdout, stderr } = await runHelper(name, 'get', { input: host, ...limits });
  const login = parseLogin(stdout);
  if (login !== undefined && login.Secret !== '') mask(login.Secret);
  if (exitCode !== 0) {
    if (stdout.trim() === notFound) return undefined;
    // What it has answered may be quoted nowhere.
    throw new Error(stdout.includes('"Secret"') ? 'it answered and then failed' : sayOutput(stdout, stderr));
  }
  if (login === undefined) throw new Error('its answer is no login');
  return { ...login, ServerURL: host };
}

/**
 * Has a credential helper store a login.
 * @throws where it fails or does not answer in time.
 */
export async function storeLogin(name: string, login: StoredLogin, limits: Limits): Promise<void> {
  const { exitCode, stdout, stderr } = await runHelper(name, 'store', {
    input: JSON.stringify(login),
    ...limits,
  });
  if (exitCode !== 0) throw new Error(sayOutput(stdout, stderr));
}

/** Whether a value is a login as helpers have it. */
export function isStoredLogin(value: unknown): value is StoredLogin {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['ServerURL', 'Username', 'Secret'].every(
      name => Object.hasOwn(value, name) && typeof Reflect.get(value, name) === 'string',
    )
  );
}

/** Characters of what a program says that a message shows. */
const MAX_SAID_LENGTH = 200;

/** What a program that failed said, in one line of limited length. */
export function sayOutput(...outputs: string[]): string {
  const said = outputs
    .map(each => each.trim())
    .filter(Boolean)
    .join(' ')
    .replaceAll(/\s+/g, ' ');
  if (said === '') return 'it said nothing';
  return said.length > MAX_SAID_LENGTH ? `${said.slice(0, MAX_SAID_LENGTH)}…` : said;
}

function runHelper(name: string, action: 'get' | 'store', options: Limits & { input: string }) {
  return runLimited(`docker-credential-${name}`, [action], {
    ...options,
    env: dockerEnvironment(jobEnvironment(), []),
  });
}

function parseLogin(text: string): StoredLogin | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const login = typeof value === 'object' && value !== null ? { ServerURL: '', ...value } : undefined;
    return isStoredLogin(login) ? login : undefined;
  } catch {
    return undefined;
  }
}
