import { ownValue } from '../platform/own-value.ts';
import { parseGivenJson } from '../validation/json.ts';

/** Docker's config.json. What docker itself does not know in it is kept as it is. */
export type ConfigFile = Readonly<Record<string, unknown>>;

/** User and password for a registry. */
export interface RegistryLogin {
  user: string;
  password: string;
}

type Check = (value: unknown) => boolean;

const isText: Check = value => value === null || typeof value === 'string';
const isTexts: Check = value => value === null || (Array.isArray(value) && value.every(isText));
const isTextByName: Check = value =>
  value === null || (isRecord(value) && Object.values(value).every(isText));

/**
 * The members that docker reads, and what each has to be, in the entries of `byName` each of them. Docker takes none of the logins in
 * a file in which one of them is something else. https://github.com/docker/cli/blob/master/cli/config/configfile/file.go
 */
const members: Record<string, { check: Check } | { byName: Check }> = {
  ...Object.fromEntries(
    [
      'psFormat imagesFormat networksFormat pluginsFormat volumesFormat statsFormat detachKeys credsStore',
      'serviceInspectFormat servicesFormat tasksFormat secretFormat configFormat nodesFormat currentContext',
    ]
      .join(' ')
      .split(' ')
      .map(name => [name, { check: isText }]),
  ),
  pruneFilters: { check: isTexts },
  cliPluginsExtraDirs: { check: isTexts },
  HttpHeaders: { byName: isText },
  credHelpers: { byName: isText },
  aliases: { byName: isText },
  features: { byName: isText },
  proxies: { byName: isTextByName },
  plugins: { byName: isTextByName },
  auths: { byName: isLogin },
};

const namesInLowerCase = new Map(Object.keys(members).map(name => [name.toLowerCase(), name]));

/**
 * Reads a config.json as docker does: an empty file is an empty configuration, and the case of a member's name does not matter. What
 * would keep docker from reading the rest is left out; `faults` says what that is, and quotes nothing else of the file.
 */
export function parseConfigFile(text: string): { config: ConfigFile; faults: string[] } {
  const parsed = parseJson(text.trim() === '' ? 'null' : text);
  if (parsed === undefined) return { config: {}, faults: ['it is not JSON'] };
  if (parsed.value === null) return { config: {}, faults: [] };
  if (!isRecord(parsed.value)) return { config: {}, faults: ['it is no JSON object'] };
  const faults: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(parsed.value)) {
    const name = namesInLowerCase.get(given.toLowerCase()) ?? given;
    const known = ownValue(members, name);
    if (known === undefined) {
      define(config, name, value);
    } else if ('check' in known) {
      if (known.check(value)) config[name] = value;
      else faults.push(`\`${name}\` is not what docker takes`);
    } else if (isRecord(value)) {
      const entries = Object.entries(value);
      for (const [key, entry] of entries)
        if (!known.byName(entry))
          faults.push(`\`${name}\` has an entry for '${cut(key)}' that docker does not take`);
      const good = Object.fromEntries(entries.filter(([, entry]) => known.byName(entry)));
      config[name] = { ...recordOf(config, name), ...good };
    } else if (value !== null) {
      faults.push(`\`${name}\` is no JSON object`);
    }
  }
  return { config, faults };
}

/**
 * The configuration with these logins, by host. For their hosts the logins in the file count, whatever the helpers and the store of
 * the machine say, as a helper without a name is docker's word for the file.
 */
export function withLogins(config: ConfigFile, logins: ReadonlyMap<string, RegistryLogin>): ConfigFile {
  if (logins.size === 0) return config;
  const others = Object.entries(recordOf(config, 'auths')).filter(([key]) => !logins.has(hostOf(key)));
  const own = Array.from(logins, ([host, login]) => [host, { auth: authOf(login) }]);
  const inFile = Array.from(logins.keys(), host => [host, '']);
  return {
    ...config,
    auths: Object.fromEntries([...others, ...own]),
    credHelpers: { ...recordOf(config, 'credHelpers'), ...Object.fromEntries(inFile) },
  };
}

/** The credential helper or store that has the login for a host, without `docker-credential-`; `undefined` where the file has it. */
export function helperFor(
  config: ConfigFile,
  host: string,
): { name: string; member: 'credHelpers' | 'credsStore' } | undefined {
  const helper = ownValue(recordOf(config, 'credHelpers'), host);
  if (helper !== undefined)
    return typeof helper === 'string' && helper !== '' ? { name: helper, member: 'credHelpers' } : undefined;
  const store = config['credsStore'];
  return typeof store === 'string' && store !== '' ? { name: store, member: 'credsStore' } : undefined;
}

/** The entry that docker takes for a host among the logins in the file: its own, else one that an older version named by an address. */
export function entryFor(config: ConfigFile, host: string): { key: string; entry: unknown } | undefined {
  const auths = recordOf(config, 'auths');
  const key = Object.hasOwn(auths, host) ? host : Object.keys(auths).find(each => hostOf(each) === host);
  return key === undefined ? undefined : { key, entry: auths[key] };
}

/** The user and password of an entry, as `user:password`; `undefined` where it has none. */
export function loginOf(entry: unknown): string | undefined {
  const auth = isRecord(entry) ? entry['auth'] : undefined;
  return typeof auth === 'string' ? Buffer.from(auth, 'base64').toString() : undefined;
}

/** Whether the file says anything about logins. Docker looks for a store of the machine where it does not. */
export function mentionsLogins(config: ConfigFile): boolean {
  return (
    (typeof config['credsStore'] === 'string' && config['credsStore'] !== '') ||
    ['auths', 'credHelpers'].some(name => Object.keys(recordOf(config, name)).length > 0)
  );
}

/**
 * The text of a config.json with another entry for a host among its logins, or without one where `entry` is undefined, and otherwise
 * as it was; `undefined` where the text is none of a config.json.
 */
export function replaceEntry(
  text: string,
  host: string,
  { key = host, entry }: { key?: string | undefined; entry: unknown },
): string | undefined {
  const parsed = parseJson(text.trim() === '' ? '{}' : text);
  if (parsed === undefined || !isRecord(parsed.value)) return undefined;
  const config = parsed.value;
  const name = Object.keys(config).find(each => each.toLowerCase() === 'auths') ?? 'auths';
  const others = Object.entries(recordOf(config, name)).filter(([each]) => each !== host);
  const auths = Object.fromEntries([...others, ...(entry === undefined ? [] : [[key, entry]])]);
  return `${JSON.stringify({ ...config, [name]: auths }, undefined, '\t')}\n`;
}

/**
 * The value of DOCKER_AUTH_CONFIG, whose logins docker prefers to those in the file, without these hosts; `undefined` where nothing is
 * left. What docker does not take for such a value is left as it is.
 * https://github.com/docker/cli/blob/master/cli/config/configfile/file.go
 */
export function withoutHosts(variable: string, hosts: { has(host: string): boolean }): string | undefined {
  const value = parseJson(variable)?.value;
  if (!isRecord(value) || !isRecord(value['auths'])) return variable;
  const entries = Object.entries(value['auths']);
  const kept = entries.filter(([key]) => !hosts.has(hostOf(key)));
  if (kept.length === entries.length) return variable;
  return kept.length === 0 ? undefined : JSON.stringify({ ...value, auths: Object.fromEntries(kept) });
}

/** What docker keeps in the file for a login: base64 of `user:password`. */
function authOf({ user, password }: RegistryLogin): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}

/** The host of an entry, which older versions of docker named by an address. */
export function hostOf(key: string): string {
  return key.replace(/^[a-z]+:\/\//i, '').replace(/\/.*/s, '');
}

const loginMembers = new Set(
  'auth username password email serveraddress identitytoken registrytoken'.split(' '),
);

function isLogin(value: unknown): boolean {
  if (value === null) return true;
  if (!isRecord(value)) return false;
  return Object.entries(value).every(([given, text]) => {
    const name = given.toLowerCase();
    if (!loginMembers.has(name) || text === null || text === '') return true;
    return typeof text === 'string' && (name !== 'auth' || isAuth(text));
  });
}

/** Whether docker can decode it: base64 of a name that is not empty, a colon and a password. */
function isAuth(auth: string): boolean {
  const base64 = auth.replaceAll(/[\r\n]/g, '');
  return (
    /^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i.test(base64) &&
    Buffer.from(base64, 'base64').indexOf(':') > 0
  );
}

function parseJson(text: string): { value: unknown } | undefined {
  // Docker takes no byte order mark.
  if (text.startsWith('\uFEFF')) return undefined;
  const parsed = parseGivenJson(text);
  // What the parser says quotes the text, which has secrets in it.
  return 'value' in parsed ? { value: parsed.value } : undefined;
}

function recordOf(record: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const value = ownValue(record, name);
  return isRecord(value) ? value : {};
}

/** Sets a member that may have any name, `__proto__` too. */
function define(record: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Characters of a name from the file that a message shows. */
const MAX_NAME_LENGTH = 100;

function cut(name: string): string {
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}
