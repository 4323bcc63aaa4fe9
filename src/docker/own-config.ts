import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { jobEnvironment } from '../platform/environment.ts';
import { remember } from '../platform/state.ts';
import { makeTempDir, removeFolder } from '../platform/temp-dir.ts';
import { openBuildxFolder } from './buildx-folder.ts';
import { withLogins, withoutHosts } from './config-file.ts';
import type { RegistryLogin } from './config-file.ts';
import { readJobConfig, replaceFile } from './job-config.ts';
import type { JobConfig } from './job-config.ts';

/**
 * The step's own configuration of docker: the job's, with the step's logins, for which neither helpers nor stores of the machine are
 * asked. The job's stays as it is.
 */
export interface OwnConfig {
  /** The environment of the job, with the variables by which docker and buildx use this configuration. */
  environment(): Readonly<Record<string, string | undefined>>;
  /** Adds a login for a host, or replaces the one that it has here. */
  addLogin(host: string, login: RegistryLogin): Promise<void>;
  /** The hosts that logins were added for. */
  loginHosts(): string[];
  /** Paths of logins for one host alone that buildx prefers to every config.json. */
  scopedLoginsFor(host: string): Promise<string[]>;
  /** What is wrong with the job's configuration, a sentence each. */
  faults: readonly string[];
  /** Removes it, or all but what the post step needs of it. */
  remove(): Promise<void>;
}

/** Makes the step's own configuration of docker, in a folder that the post step removes too. */
export async function openOwnConfig(): Promise<OwnConfig> {
  const [job, folder] = await Promise.all([readJobConfig(), makeTempDir()]);
  remember({ docker: folder });
  const logins = new Map<string, RegistryLogin>();
  const removeLogins = () => removeFolder(join(folder, 'config.json'));
  const write = () =>
    replaceFile(join(folder, 'config.json'), JSON.stringify(withLogins(job.config, logins)));
  const jobsBuildx = jobEnvironment()['BUILDX_CONFIG'] || join(job.folder, 'buildx');
  const [linkFaults, , buildx] = await Promise.all([
    linkRest(job, folder),
    write(),
    openBuildxFolder(jobsBuildx, folder),
  ]);
  let written = Promise.resolve();
  return {
    environment() {
      const own = jobEnvironment();
      const auths = own['DOCKER_AUTH_CONFIG'];
      return {
        ...own,
        DOCKER_CONFIG: folder,
        BUILDX_CONFIG: buildx,
        DOCKER_AUTH_CONFIG: auths && withoutHosts(auths, logins),
      };
    },
    addLogin(host, login) {
      logins.set(host, login);
      // One after the other, so that the last has all logins.
      written = written.catch(() => {}).then(write);
      return written;
    },
    loginHosts: () => [...logins.keys()],
    async scopedLoginsFor(host) {
      // https://github.com/docker/buildx/blob/master/util/dockerutil/dockerconfig/configprovider.go
      const scoped = join(buildx, 'config');
      const names = await readdir(scoped).catch(() => []);
      return names.filter(name => name.replace(/@.*/, '') === host).map(name => join(scoped, name));
    },
    faults: [...job.faults, ...linkFaults],
    // The post step needs buildx's folder for the builder that it removes, and then removes both.
    remove: () => (buildx === jobsBuildx ? removeFolder(folder) : removeLogins()),
  };
}

/** Makes everything beside the job's config.json reachable: plugins, contexts, certificates. Answers what is not. */
async function linkRest(job: JobConfig, folder: string): Promise<string[]> {
  const names = await readdir(job.folder).catch(error => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    return undefined;
  });
  if (names === undefined) return [`${job.folder}: it could not be read.`];
  const link = (name: string): Promise<string[]> =>
    symlink(join(job.folder, name), join(folder, name)).then(
      () => [],
      () => [`${join(job.folder, name)}: no link to it could be made.`],
    );
  // Docker writes config.json by way of other files that begin with its name.
  return (await Promise.all(names.filter(name => !name.startsWith('config.json')).map(link))).flat();
}
