import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  chown,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { homedir, platform, userInfo } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { jobEnvironment } from '../platform/environment.ts';
import { mentionsLogins, parseConfigFile, replaceEntry } from './config-file.ts';
import type { ConfigFile } from './config-file.ts';

/** The configuration that the job's docker has. */
export interface JobConfig {
  /** The folder, as an absolute path. It may not exist. */
  folder: string;
  /** The path of its config.json. */
  file: string;
  config: ConfigFile;
  /** What is wrong with the file, a sentence each; none of them quotes a value. */
  faults: string[];
}

/** Reads the configuration that docker uses in this job, by DOCKER_CONFIG or in the home. */
export async function readJobConfig(own = jobEnvironment()): Promise<JobConfig> {
  const home = homedir() || userInfo().homedir;
  const folder = resolve(own['DOCKER_CONFIG'] || join(home, '.docker'));
  const file = join(folder, 'config.json');
  const { text, fault } = await readConfigText(file);
  const { config, faults } = parseConfigFile(text);
  const store = mentionsLogins(config) ? undefined : await machineStore(own);
  return {
    folder,
    file,
    config: store === undefined ? config : { ...config, credsStore: store },
    faults: [...(fault === undefined ? [] : [fault]), ...faults].map(each => `${file}: ${each}.`),
  };
}

/**
 * Puts back the entry that a config.json had for a host, and leaves the rest of the file as it is now.
 * @throws where the file can't be written, or is no config.json.
 */
export async function restoreEntry(
  file: string,
  host: string,
  earlier: { key?: string | undefined; entry: unknown },
): Promise<void> {
  const { text, fault } = await readConfigText(file);
  const replaced = fault === undefined ? replaceEntry(text, host, earlier) : undefined;
  if (replaced === undefined) throw new Error(`${file} ${fault ?? 'is no JSON object'}`);
  // As docker does, a link is followed and not replaced.
  const target = await realpath(file).catch(() => file);
  const before = await stat(target).catch(() => undefined);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await replaceFile(target, replaced, before);
}

/** Replaces a file in one piece, so that nobody reads half of it. It is for its owner alone, or has mode and owner as `before`. */
export async function replaceFile(
  path: string,
  text: string,
  before?: { mode: number; uid: number; gid: number },
): Promise<void> {
  const written = `${path}.${randomUUID()}`;
  try {
    await writeFile(written, text, { mode: 0o600, flag: 'wx' });
    if (before !== undefined) {
      await chmod(written, before.mode & 0o777);
      // Only root may give a file away.
      await chown(written, before.uid, before.gid).catch(() => {});
    }
    await rename(written, path);
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  }
}

async function readConfigText(file: string): Promise<{ text: string; fault?: string }> {
  try {
    // Reading a named pipe would never end.
    if (!(await stat(file)).isFile()) return { text: '', fault: 'it is no file' };
    return { text: await readFile(file, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return code === 'ENOENT' ? { text: '' } : { text: '', fault: `it could not be read (${code})` };
  }
}

/**
 * The store that docker uses where config.json says nothing about logins: that of the system, where its helper is installed.
 * https://github.com/docker/cli/blob/master/cli/config/credentials/default_store.go
 */
async function machineStore(own: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  const has = (program: string) => isOnPath(program, own['PATH'] ?? '');
  const stores: Partial<Record<NodeJS.Platform, string>> = { darwin: 'osxkeychain', win32: 'wincred' };
  const store =
    platform() === 'linux' ? ((await has('pass')) ? 'pass' : 'secretservice') : stores[platform()];
  return store !== undefined && (await has(`docker-credential-${store}`)) ? store : undefined;
}

async function isOnPath(program: string, path: string): Promise<boolean> {
  const name = platform() === 'win32' ? `${program}.exe` : program;
  const found = path
    .split(delimiter)
    .filter(Boolean)
    .map(folder => access(join(folder, name), constants.X_OK));
  return Promise.any(found).then(
    () => true,
    () => false,
  );
}
