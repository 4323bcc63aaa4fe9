import { devNull } from 'node:os';
import { isRunnersOwn } from './runner-variables.ts';

/** The whole environment of a program that is started: what is not in it, the program does not have. */
export type Environment = Readonly<Record<string, string>>;

/** The environment of this process, from which a program's own is chosen. */
type OwnEnvironment = Readonly<Record<string, string | undefined>>;

/** Names of variables. They are compared in capitals, as Windows has them in any case and proxies are set in both. */
interface Choice {
  names: readonly string[];
  /** Beginnings of names. */
  prefixes: readonly string[];
}

/** Reads names between white space; one that ends in `*` is the beginning of names. */
function choice(text: string): Choice {
  const words = text.trim().split(/\s+/);
  return {
    names: words.filter(word => !word.endsWith('*')),
    prefixes: words.filter(word => word.endsWith('*')).map(word => word.slice(0, -1)),
  };
}

/** What any program needs to run at all. The runner finds the programs that outlive a job by RUNNER_TRACKING_ID. */
const basics = choice(`
  PATH RUNNER_TRACKING_ID LANG LANGUAGE LC_* TZ TMPDIR TEMP TMP
  SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT
`);

/** How the network is reached. */
const network = choice('HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY SSL_CERT_FILE SSL_CERT_DIR');

/**
 * What docker, buildx, credential helpers, kubeconfigs and backends of caches read; docs/build.md lists it for users. Of the
 * clouds it is the job's own settings: the keys of this step are in no environment.
 * https://docs.docker.com/reference/cli/docker/#environment-variables https://docs.docker.com/build/building/variables/
 */
const docker = choice(`
  DOCKER_* BUILDX_* BUILDKIT_* EXPERIMENTAL_BUILDKIT_* SOURCE_DATE_EPOCH TERM NO_COLOR GODEBUG
  HOME XDG_* USER LOGNAME USERNAME USERPROFILE HOMEDRIVE HOMEPATH APPDATA LOCALAPPDATA
  PROGRAMDATA PROGRAMFILES PROGRAMFILES(X86) PROGRAMW6432
  SSH_AUTH_SOCK GNUPGHOME PASSWORD_STORE_DIR DBUS_SESSION_BUS_ADDRESS REQUESTS_CA_BUNDLE CURL_CA_BUNDLE
  AWS_* AZURE_* GOOGLE_* CLOUDSDK_* KUBECONFIG KUBERNETES_* POD_NAMESPACE
  OTEL_* TRACEPARENT TRACESTATE
`);

/** What the driver docker-container tells BuildKit for the provenance. https://github.com/docker/buildx/blob/master/util/ghutil/ghutil.go */
const provenance = choice(`
  CI GITHUB_ACTIONS GITHUB_ACTOR GITHUB_ACTOR_ID GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_JOB
  GITHUB_REF GITHUB_REF_NAME GITHUB_REF_PROTECTED GITHUB_REF_TYPE
  GITHUB_REPOSITORY GITHUB_REPOSITORY_ID GITHUB_REPOSITORY_OWNER GITHUB_REPOSITORY_OWNER_ID
  GITHUB_RUN_ATTEMPT GITHUB_RUN_ID GITHUB_RUN_NUMBER GITHUB_SERVER_URL GITHUB_SHA GITHUB_TRIGGERING_ACTOR
  GITHUB_WORKFLOW GITHUB_WORKFLOW_REF GITHUB_WORKFLOW_SHA
  RUNNER_ARCH RUNNER_ENVIRONMENT RUNNER_NAME RUNNER_OS IMAGEOS IMAGEVERSION
`);

/** What buildx and @actions/cache need to use GitHub's cache. */
const gitHubCache = choice(
  'ACTIONS_RUNTIME_TOKEN ACTIONS_RESULTS_URL ACTIONS_CACHE_URL ACTIONS_CACHE_SERVICE_V2',
);

/** What @actions/cache and Node read besides. https://nodejs.org/api/cli.html#environment-variables_1 */
const cacheWorker = choice(`
  ACTIONS_CACHE_MODE ACTIONS_ORCHESTRATION_ID GITHUB_SERVER_URL RUNNER_TEMP RUNNER_DEBUG
  SEGMENT_DOWNLOAD_TIMEOUT_MINS CACHE_UPLOAD_CONCURRENCY CACHE_UPLOAD_CHUNK_SIZE
  NODE_EXTRA_CA_CERTS NODE_OPTIONS NODE_USE_SYSTEM_CA NODE_TLS_REJECT_UNAUTHORIZED
`);

/**
 * Settings for a git that may run in a folder which somebody else wrote: a repository's configuration can name programs to run
 * (https://git-scm.com/docs/git-config#Documentation/git-config.txt-safebareRepository), and a partial clone fetches objects by
 * itself.
 */
const guardedGit: Environment = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  ...gitSettings({
    'safe.bareRepository': 'explicit',
    'core.fsmonitor': 'false',
    'core.hooksPath': devNull,
    'log.showSignature': 'false',
  }),
};

/** Settings by the environment, which outrank those of a repository. https://git-scm.com/docs/git-config#Documentation/git-config.txt-GITCONFIGCOUNT */
function gitSettings(settings: Record<string, string>): Environment {
  const entries = Object.entries(settings);
  const numbered = entries.flatMap(([name, value], index): [string, string][] => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(numbered) };
}

const atStart: OwnEnvironment = { ...process.env };

/**
 * The environment that the job gave this step. What the step itself sets for later steps, such as the keys of
 * `output-env-credentials`, is not in it; a proxy that the input `http-proxy` names is.
 */
export function jobEnvironment(): OwnEnvironment {
  return { ...atStart, ...chosen(process.env, [network]) };
}

/**
 * The environment of docker or buildx with these arguments: {@link docker}, what the arguments themselves name (`--build-arg`
 * without a value, `--secret` with `env=`), and the token of GitHub's cache where they use it. The git that buildx starts in the
 * context gets {@link guardedGit}.
 */
export function dockerEnvironment(own: OwnEnvironment, args: readonly string[]): Environment {
  const choices = [basics, network, docker, provenance, ...(usesGitHubCache(args) ? [gitHubCache] : [])];
  const named = { names: namedVariables(args).map(name => name.toUpperCase()), prefixes: [] };
  const admitted = Object.entries(chosen(own, [named])).filter(([name]) => !isRunnersOwn(name));
  return { ...chosen(own, choices), ...Object.fromEntries(admitted), ...guardedGit };
}

/** The environment of git: no home, and no configuration but a repository's own. */
export function gitEnvironment(own: OwnEnvironment): Environment {
  return {
    ...chosen(own, [basics]),
    ...guardedGit,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}

/** The environment of tar. */
export function tarEnvironment(own: OwnEnvironment): Environment {
  return chosen(own, [basics]);
}

/** The environment of the program that speaks to GitHub's cache. */
export function cacheWorkerEnvironment(own: OwnEnvironment): Environment {
  return chosen(own, [basics, network, gitHubCache, cacheWorker]);
}

function chosen(own: OwnEnvironment, choices: readonly Choice[]): Environment {
  const names = new Set(choices.flatMap(each => each.names));
  const prefixes = choices.flatMap(each => each.prefixes);
  const entries = Object.entries(own).flatMap(([name, value]): [string, string][] => {
    const capitals = name.toUpperCase();
    const isChosen = names.has(capitals) || prefixes.some(prefix => capitals.startsWith(prefix));
    return isChosen && value !== undefined ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

/** The values of a flag that takes one in the argument after it, as this step writes them. */
function valuesOf(flags: readonly string[], args: readonly string[]): string[] {
  return args.filter((_, index) => flags.includes(args[index - 1] ?? ''));
}

function usesGitHubCache(args: readonly string[]): boolean {
  return valuesOf(['--cache-from', '--cache-to'], args).some(value =>
    /(^|[,"])\s*type=gha("|,|$)/i.test(value),
  );
}

function namedVariables(args: readonly string[]): string[] {
  const buildArgs = valuesOf(['--build-arg'], args).filter(value => !value.includes('='));
  const secrets = valuesOf(['--secret'], args).flatMap(
    value => /(?:^|[,"])env=([^,"]+)/.exec(value)?.[1] ?? [],
  );
  return [...buildArgs, ...secrets];
}
