export const id = 731;
export const ids = [731];
export const modules = {

/***/ 51006:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ ownBuildxFolder),
/* harmony export */   x: () => (/* binding */ openBuildxFolder)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);



/** Its name in the step's own configuration of docker, beside the links to what the job's has. */
const COPY = 'own-buildx';
/** The folders that buildx writes to. https://github.com/docker/buildx/blob/master/store/store.go */
const written = ['instances', 'defaults', 'activity'];
/**
 * The folder in which buildx keeps its builders: the job's, so that every step of the job knows the same ones. Where nothing can be
 * written there, as with a home that is read-only or a folder that `sudo docker` has made, it is a copy in the step's own
 * configuration, as buildx builds nothing without it.
 *
 * @param folder of the step's own configuration
 */
async function openBuildxFolder(jobs, folder) {
    if (await isWritable(jobs))
        return jobs;
    const copy = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, COPY);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(copy, { mode: 0o700 });
    const isKept = (path) => !((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path) === jobs && ['.lock', 'activity', 'refs'].includes((0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path)));
    // What cannot be read, buildx could not have read either.
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.cp)(jobs, copy, { recursive: true, filter: isKept }).catch(() => { });
    return copy;
}
/** The folder of {@link openBuildxFolder} in the step's own configuration; `undefined` where it uses the job's. */
function ownBuildxFolder(folder) {
    const copy = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, COPY);
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(copy) ? copy : undefined;
}
async function isWritable(jobs) {
    try {
        for (const path of missingFolders(jobs))
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(path, { mode: 0o700 }).catch(passIfThere);
        const paths = [jobs, ...written.map(name => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(jobs, name)).filter(path => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path))];
        await Promise.all(paths.map(path => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK)));
        return true;
    }
    catch {
        return false;
    }
}
/** The folders that a path lacks, the outermost first. Node's own `recursive` never ends in a file system that takes none, such as /proc. */
function missingFolders(path) {
    const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path);
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path) || parent === path ? [] : [...missingFolders(parent), path];
}
/** Another job of this machine may have made it meanwhile. */
function passIfThere(error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
        throw error;
}


/***/ }),

/***/ 83106:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DQ: () => (/* binding */ loginOf),
/* harmony export */   FH: () => (/* binding */ withLogins),
/* harmony export */   a9: () => (/* binding */ withoutHosts),
/* harmony export */   cy: () => (/* binding */ entryFor),
/* harmony export */   f7: () => (/* binding */ replaceEntry),
/* harmony export */   iI: () => (/* binding */ mentionsLogins),
/* harmony export */   me: () => (/* binding */ parseConfigFile),
/* harmony export */   w4: () => (/* binding */ hostOf),
/* harmony export */   yW: () => (/* binding */ helperFor)
/* harmony export */ });
/* harmony import */ var _platform_own_value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(86982);
/* harmony import */ var _validation_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58270);


const isText = value => value === null || typeof value === 'string';
const isTexts = value => value === null || (Array.isArray(value) && value.every(isText));
const isTextByName = value => value === null || (isRecord(value) && Object.values(value).every(isText));
/**
 * The members that docker reads, and what each has to be, in the entries of `byName` each of them. Docker takes none of the logins in
 * a file in which one of them is something else. https://github.com/docker/cli/blob/master/cli/config/configfile/file.go
 */
const members = {
    ...Object.fromEntries([
        'psFormat imagesFormat networksFormat pluginsFormat volumesFormat statsFormat detachKeys credsStore',
        'serviceInspectFormat servicesFormat tasksFormat secretFormat configFormat nodesFormat currentContext',
    ]
        .join(' ')
        .split(' ')
        .map(name => [name, { check: isText }])),
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
function parseConfigFile(text) {
    const parsed = parseJson(text.trim() === '' ? 'null' : text);
    if (parsed === undefined)
        return { config: {}, faults: ['it is not JSON'] };
    if (parsed.value === null)
        return { config: {}, faults: [] };
    if (!isRecord(parsed.value))
        return { config: {}, faults: ['it is no JSON object'] };
    const faults = [];
    const config = {};
    for (const [given, value] of Object.entries(parsed.value)) {
        const name = namesInLowerCase.get(given.toLowerCase()) ?? given;
        const known = (0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .e)(members, name);
        if (known === undefined) {
            define(config, name, value);
        }
        else if ('check' in known) {
            if (known.check(value))
                config[name] = value;
            else
                faults.push(`\`${name}\` is not what docker takes`);
        }
        else if (isRecord(value)) {
            const entries = Object.entries(value);
            for (const [key, entry] of entries)
                if (!known.byName(entry))
                    faults.push(`\`${name}\` has an entry for '${cut(key)}' that docker does not take`);
            const good = Object.fromEntries(entries.filter(([, entry]) => known.byName(entry)));
            config[name] = { ...recordOf(config, name), ...good };
        }
        else if (value !== null) {
            faults.push(`\`${name}\` is no JSON object`);
        }
    }
    return { config, faults };
}
/**
 * The configuration with these logins, by host. For their hosts the logins in the file count, whatever the helpers and the store of
 * the machine say, as a helper without a name is docker's word for the file.
 */
function withLogins(config, logins) {
    if (logins.size === 0)
        return config;
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
function helperFor(config, host) {
    const helper = (0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .e)(recordOf(config, 'credHelpers'), host);
    if (helper !== undefined)
        return typeof helper === 'string' && helper !== '' ? { name: helper, member: 'credHelpers' } : undefined;
    const store = config['credsStore'];
    return typeof store === 'string' && store !== '' ? { name: store, member: 'credsStore' } : undefined;
}
/** The entry that docker takes for a host among the logins in the file: its own, else one that an older version named by an address. */
function entryFor(config, host) {
    const auths = recordOf(config, 'auths');
    const key = Object.hasOwn(auths, host) ? host : Object.keys(auths).find(each => hostOf(each) === host);
    return key === undefined ? undefined : { key, entry: auths[key] };
}
/** The user and password of an entry, as `user:password`; `undefined` where it has none. */
function loginOf(entry) {
    const auth = isRecord(entry) ? entry['auth'] : undefined;
    return typeof auth === 'string' ? Buffer.from(auth, 'base64').toString() : undefined;
}
/** Whether the file says anything about logins. Docker looks for a store of the machine where it does not. */
function mentionsLogins(config) {
    return ((typeof config['credsStore'] === 'string' && config['credsStore'] !== '') ||
        ['auths', 'credHelpers'].some(name => Object.keys(recordOf(config, name)).length > 0));
}
/**
 * The text of a config.json with another entry for a host among its logins, or without one where `entry` is undefined, and otherwise
 * as it was; `undefined` where the text is none of a config.json.
 */
function replaceEntry(text, host, { key = host, entry }) {
    const parsed = parseJson(text.trim() === '' ? '{}' : text);
    if (parsed === undefined || !isRecord(parsed.value))
        return undefined;
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
function withoutHosts(variable, hosts) {
    const value = parseJson(variable)?.value;
    if (!isRecord(value) || !isRecord(value['auths']))
        return variable;
    const entries = Object.entries(value['auths']);
    const kept = entries.filter(([key]) => !hosts.has(hostOf(key)));
    if (kept.length === entries.length)
        return variable;
    return kept.length === 0 ? undefined : JSON.stringify({ ...value, auths: Object.fromEntries(kept) });
}
/** What docker keeps in the file for a login: base64 of `user:password`. */
function authOf({ user, password }) {
    return Buffer.from(`${user}:${password}`).toString('base64');
}
/** The host of an entry, which older versions of docker named by an address. */
function hostOf(key) {
    return key.replace(/^[a-z]+:\/\//i, '').replace(/\/.*/s, '');
}
const loginMembers = new Set('auth username password email serveraddress identitytoken registrytoken'.split(' '));
function isLogin(value) {
    if (value === null)
        return true;
    if (!isRecord(value))
        return false;
    return Object.entries(value).every(([given, text]) => {
        const name = given.toLowerCase();
        if (!loginMembers.has(name) || text === null || text === '')
            return true;
        return typeof text === 'string' && (name !== 'auth' || isAuth(text));
    });
}
/** Whether docker can decode it: base64 of a name that is not empty, a colon and a password. */
function isAuth(auth) {
    const base64 = auth.replaceAll(/[\r\n]/g, '');
    return (/^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i.test(base64) &&
        Buffer.from(base64, 'base64').indexOf(':') > 0);
}
function parseJson(text) {
    // Docker takes no byte order mark.
    if (text.startsWith('\uFEFF'))
        return undefined;
    const parsed = (0,_validation_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseGivenJson */ .$)(text);
    // What the parser says quotes the text, which has secrets in it.
    return 'value' in parsed ? { value: parsed.value } : undefined;
}
function recordOf(record, name) {
    const value = (0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .e)(record, name);
    return isRecord(value) ? value : {};
}
/** Sets a member that may have any name, `__proto__` too. */
function define(record, name, value) {
    Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** Characters of a name from the file that a message shows. */
const MAX_NAME_LENGTH = 100;
function cut(name) {
    return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}


/***/ }),

/***/ 1589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fR: () => (/* binding */ replaceFile),
/* harmony export */   fe: () => (/* binding */ restoreEntry),
/* harmony export */   md: () => (/* binding */ readJobConfig)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76760);
/* harmony import */ var _platform_environment_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(50663);
/* harmony import */ var _config_file_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(83106);







/** Reads the configuration that docker uses in this job, by DOCKER_CONFIG or in the home. */
async function readJobConfig(own = (0,_platform_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .jobEnvironment */ .tw)()) {
    const home = (0,node_os__WEBPACK_IMPORTED_MODULE_3__.homedir)() || (0,node_os__WEBPACK_IMPORTED_MODULE_3__.userInfo)().homedir;
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.resolve)(own['DOCKER_CONFIG'] || (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(home, '.docker'));
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'config.json');
    const { text, fault } = await readConfigText(file);
    const { config, faults } = (0,_config_file_js__WEBPACK_IMPORTED_MODULE_6__/* .parseConfigFile */ .me)(text);
    const store = (0,_config_file_js__WEBPACK_IMPORTED_MODULE_6__/* .mentionsLogins */ .iI)(config) ? undefined : await machineStore(own);
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
async function restoreEntry(file, host, earlier) {
    const { text, fault } = await readConfigText(file);
    const replaced = fault === undefined ? (0,_config_file_js__WEBPACK_IMPORTED_MODULE_6__/* .replaceEntry */ .f7)(text, host, earlier) : undefined;
    if (replaced === undefined)
        throw new Error(`${file} ${fault ?? 'is no JSON object'}`);
    // As docker does, a link is followed and not replaced.
    const target = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.realpath)(file).catch(() => file);
    const before = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(target).catch(() => undefined);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.dirname)(target), { recursive: true, mode: 0o700 });
    await replaceFile(target, replaced, before);
}
/** Replaces a file in one piece, so that nobody reads half of it. It is for its owner alone, or has mode and owner as `before`. */
async function replaceFile(path, text, before) {
    const written = `${path}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.writeFile)(written, text, { mode: 0o600, flag: 'wx' });
        if (before !== undefined) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.chmod)(written, before.mode & 0o777);
            // Only root may give a file away.
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.chown)(written, before.uid, before.gid).catch(() => { });
        }
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(written, path);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(written, { force: true });
        throw error;
    }
}
async function readConfigText(file) {
    try {
        // Reading a named pipe would never end.
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(file)).isFile())
            return { text: '', fault: 'it is no file' };
        return { text: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(file, 'utf8') };
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
        return code === 'ENOENT' ? { text: '' } : { text: '', fault: `it could not be read (${code})` };
    }
}
/**
 * The store that docker uses where config.json says nothing about logins: that of the system, where its helper is installed.
 * https://github.com/docker/cli/blob/master/cli/config/credentials/default_store.go
 */
async function machineStore(own) {
    const has = (program) => isOnPath(program, own['PATH'] ?? '');
    const stores = { darwin: 'osxkeychain', win32: 'wincred' };
    const store = (0,node_os__WEBPACK_IMPORTED_MODULE_3__.platform)() === 'linux' ? ((await has('pass')) ? 'pass' : 'secretservice') : stores[(0,node_os__WEBPACK_IMPORTED_MODULE_3__.platform)()];
    return store !== undefined && (await has(`docker-credential-${store}`)) ? store : undefined;
}
async function isOnPath(program, path) {
    const name = (0,node_os__WEBPACK_IMPORTED_MODULE_3__.platform)() === 'win32' ? `${program}.exe` : program;
    const found = path
        .split(node_path__WEBPACK_IMPORTED_MODULE_4__.delimiter)
        .filter(Boolean)
        .map(folder => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.access)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, name), node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.X_OK));
    return Promise.any(found).then(() => true, () => false);
}


/***/ }),

/***/ 91424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  J: () => (/* binding */ logJobIn),
  D: () => (/* binding */ undoJobLogin)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/platform/environment.js
var platform_environment = __webpack_require__(50663);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/platform/limited-process.js
var limited_process = __webpack_require__(87492);
// EXTERNAL MODULE: ./build/platform/state.js
var state = __webpack_require__(52799);
// EXTERNAL MODULE: ./build/platform/temp-dir.js
var temp_dir = __webpack_require__(23296);
// EXTERNAL MODULE: ./build/docker/config-file.js
var config_file = __webpack_require__(83106);
// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
;// CONCATENATED MODULE: ./build/docker/credential-helper.js



/** What a helper answers for a host that it has no login for. */
const notFound = 'credentials not found in native store';
/**
 * Asks a credential helper for its login to a host, and masks it; `undefined` where it has none.
 * @throws where it fails or does not answer in time.
 */
async function readStoredLogin(name, host, limits) {
    const { exitCode, stdout, stderr } = await runHelper(name, 'get', { input: host, ...limits });
    const login = parseLogin(stdout);
    if (login !== undefined && login.Secret !== '')
        (0,actions/* mask */.dK)(login.Secret);
    if (exitCode !== 0) {
        if (stdout.trim() === notFound)
            return undefined;
        // What it has answered may be quoted nowhere.
        throw new Error(stdout.includes('"Secret"') ? 'it answered and then failed' : sayOutput(stdout, stderr));
    }
    if (login === undefined)
        throw new Error('its answer is no login');
    return { ...login, ServerURL: host };
}
/**
 * Has a credential helper store a login.
 * @throws where it fails or does not answer in time.
 */
async function storeLogin(name, login, limits) {
    const { exitCode, stdout, stderr } = await runHelper(name, 'store', {
        input: JSON.stringify(login),
        ...limits,
    });
    if (exitCode !== 0)
        throw new Error(sayOutput(stdout, stderr));
}
/** Whether a value is a login as helpers have it. */
function isStoredLogin(value) {
    return (typeof value === 'object' &&
        value !== null &&
        ['ServerURL', 'Username', 'Secret'].every(name => Object.hasOwn(value, name) && typeof Reflect.get(value, name) === 'string'));
}
/** Characters of what a program says that a message shows. */
const MAX_SAID_LENGTH = 200;
/** What a program that failed said, in one line of limited length. */
function sayOutput(...outputs) {
    const said = outputs
        .map(each => each.trim())
        .filter(Boolean)
        .join(' ')
        .replaceAll(/\s+/g, ' ');
    if (said === '')
        return 'it said nothing';
    return said.length > MAX_SAID_LENGTH ? `${said.slice(0, MAX_SAID_LENGTH)}…` : said;
}
function runHelper(name, action, options) {
    return (0,limited_process/* runLimited */.O)(`docker-credential-${name}`, [action], {
        ...options,
        env: (0,platform_environment/* dockerEnvironment */.O9)((0,platform_environment/* jobEnvironment */.tw)(), []),
    });
}
function parseLogin(text) {
    try {
        const value = JSON.parse(text);
        const login = typeof value === 'object' && value !== null ? { ServerURL: '', ...value } : undefined;
        return isStoredLogin(login) ? login : undefined;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/docker/job-config.js
var job_config = __webpack_require__(1589);
;// CONCATENATED MODULE: ./build/docker/job-login.js












/** Milliseconds for all that the job's login takes in the main step. */
const LOGIN_LIMIT_MS = 10_000;
/** Milliseconds for each command of the post step. */
const UNDO_LIMIT_MS = 10_000;
/** Milliseconds between two tries of `docker login`. */
const WAIT_MS = 500;
/** How often `docker login` is tried where no credential helper can be the reason that it fails. */
const TRIES = 3;
/**
 * Logs the job's own docker in, for the later steps of the job. {@link undoJobLogin} puts back what was there.
 * @throws {Failure} where its helper, its store or the registry does not take the login.
 */
async function logJobIn(host, { login, signal, limitMs = LOGIN_LIMIT_MS }) {
    const deadline = performance.now() + limitMs;
    const limits = () => ({ signal, limitMs: Math.max(1, Math.round(deadline - performance.now())) });
    const { folder, file, config, faults } = await (0,job_config/* readJobConfig */.md)();
    // docker would write over a file that it can't read.
    if (faults.length > 0)
        throw notLoggedIn(host, `docker can't read all of ${file}`);
    const helper = (0,config_file/* helperFor */.yW)(config, host);
    const named = helper &&
        `docker-credential-${helper.name}, which docker asks for it by \`${helper.member}\` in ${file},`;
    const notLogged = (what) => (error) => {
        signal.throwIfAborted();
        const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
        throw notLoggedIn(host, `${what}: ${reason}`, error);
    };
    const entry = (0,config_file/* entryFor */.cy)(config, host);
    const earlier = helper === undefined
        ? entry === undefined
            ? undefined
            : { host, kind: 'file', ...entry }
        : await earlierLoginOf(helper.name, host, limits).catch(notLogged(`${named} does not say what it has stored`));
    const written = hashOf(`${login.user}:${login.password}`);
    const kept = await keep({ host, config: folder, written, ...(earlier && { earlier }) });
    await runDockerLogin(host, { login, limits, triesLeft: helper === undefined ? TRIES - 1 : 0 })
        .catch(async (error) => {
        // A login that was cut off may have been stored, so the post step removes it.
        if (error instanceof RefusedLogin) {
            (0,state/* remember */.kY)({ registry: '', login: '' });
            await (0,temp_dir/* removeFolder */.v$)(kept);
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
    const variable = (0,platform_environment/* jobEnvironment */.tw)()['DOCKER_AUTH_CONFIG'];
    if (variable && (0,config_file/* withoutHosts */.a9)(variable, new Set([host])) !== variable)
        throw notLoggedIn(host, "the job's variable DOCKER_AUTH_CONFIG has another login, which docker prefers");
}
async function earlierLoginOf(helper, host, limits) {
    const login = await readStoredLogin(helper, host, limits());
    return login && { host, kind: 'helper', helper, login };
}
/** docker has not stored the login. */
class RefusedLogin extends Error {
}
async function runDockerLogin(host, { login, limits, triesLeft }) {
    const args = ['login', '--username', login.user, '--password-stdin', host];
    const env = (0,platform_environment/* dockerEnvironment */.O9)((0,platform_environment/* jobEnvironment */.tw)(), args);
    const { exitCode, stdout, stderr } = await (0,limited_process/* runLimited */.O)('docker', args, {
        env,
        input: login.password,
        ...limits(),
    });
    if (exitCode === 0)
        return;
    if (triesLeft === 0 || limits().limitMs <= WAIT_MS)
        throw new RefusedLogin(sayOutput(stdout, stderr));
    await (0,external_node_timers_promises_.setTimeout)(WAIT_MS, undefined, { signal: limits().signal });
    await runDockerLogin(host, { login, limits, triesLeft: triesLeft - 1 });
}
function notLoggedIn(host, why, cause) {
    return new failure/* Failure */.HR(`The job's later steps are not logged in to ${host}: ${why}.`, {
        remedy: 'This step has a login of its own, so it goes on. If no later step needs that one, set `docker-login: false`; if one does, mend the configuration of docker on this runner.',
        cause,
    });
}
const fileName = 'login.json';
/** Writes down what the post step has to know, and tells it the folder before anything is in there. */
async function keep(kept) {
    const folder = await (0,temp_dir/* makeTempDir */.mk)();
    (0,state/* remember */.kY)({ registry: kept.host, login: folder });
    await (0,promises_.writeFile)((0,external_node_path_.join)(folder, fileName), JSON.stringify(kept), { mode: 0o600, flag: 'wx' });
    return folder;
}
function hashOf(login) {
    return (0,external_node_crypto_.createHash)('sha256').update(login).digest('hex');
}
/**
 * Undoes {@link logJobIn}: puts back the login that the job's docker had for the host, or logs it out. `folder` is where it is kept what
 * there was. A login that another job has written meanwhile is left alone. Answers what was done.
 * @throws where that is not possible.
 */
async function undoJobLogin(host, folder, limitMs = UNDO_LIMIT_MS) {
    const kept = folder === undefined ? undefined : await readKept(folder, host);
    const environment = { ...(0,platform_environment/* jobEnvironment */.tw)(), ...(kept && { DOCKER_CONFIG: kept.config }) };
    const { file, config } = await (0,job_config/* readJobConfig */.md)(environment);
    const now = (0,config_file/* helperFor */.yW)(config, host) === undefined ? (0,config_file/* loginOf */.DQ)((0,config_file/* entryFor */.cy)(config, host)?.entry) : undefined;
    if (kept !== undefined && now !== undefined && hashOf(now) !== kept.written)
        return `Docker has another login to ${host} by now, which is left as it is`;
    const earlier = kept?.earlier;
    if (earlier === undefined) {
        const args = ['logout', host];
        const env = (0,platform_environment/* dockerEnvironment */.O9)(environment, args);
        const { exitCode, stdout, stderr } = await (0,limited_process/* runLimited */.O)('docker', args, { env, limitMs });
        if (exitCode !== 0)
            throw new failure/* Failure */.HR(sayOutput(stdout, stderr), { remedy: `By hand: docker logout ${host}` });
        return `docker logout ${host}`;
    }
    if (earlier.kind === 'file')
        await (0,job_config/* restoreEntry */.fe)(file, host, earlier);
    else
        await storeLogin(earlier.helper, earlier.login, { limitMs });
    return `Docker has the login to ${host} again that it had before`;
}
/** What was written down, if it is of this host; otherwise nothing is known, and docker is logged out. */
async function readKept(folder, host) {
    try {
        const value = JSON.parse(await (0,promises_.readFile)((0,external_node_path_.join)(folder, fileName), 'utf8'));
        return isKept(value, host) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isKept(value, host) {
    if (typeof value !== 'object' || value === null)
        return false;
    if (!('host' in value && value.host === host && 'written' in value && typeof value.written === 'string'))
        return false;
    if (!('config' in value && typeof value.config === 'string' && (0,external_node_path_.isAbsolute)(value.config)))
        return false;
    return !('earlier' in value) || isEarlierLogin(value.earlier, host);
}
function isEarlierLogin(value, host) {
    if (typeof value !== 'object' || value === null)
        return false;
    if (!('host' in value && value.host === host && 'kind' in value))
        return false;
    if (value.kind === 'file')
        return ('entry' in value && (!('key' in value) || (typeof value.key === 'string' && (0,config_file/* hostOf */.w4)(value.key) === host)));
    const isHelper = 'helper' in value && typeof value.helper === 'string' && /^[\w.-]+$/.test(value.helper);
    return isHelper && 'login' in value && isStoredLogin(value.login) && value.login.ServerURL === host;
}


/***/ }),

/***/ 21605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H7: () => (/* binding */ exportToJob),
/* harmony export */   Sy: () => (/* binding */ writeSummary),
/* harmony export */   dK: () => (/* binding */ mask),
/* harmony export */   fz: () => (/* binding */ annotate),
/* harmony export */   n0: () => (/* binding */ setOutputs),
/* harmony export */   uH: () => (/* binding */ setOutput),
/* harmony export */   wv: () => (/* binding */ maskIfLong)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93068);
/* harmony import */ var _log_writer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26330);
/* harmony import */ var _masked_values_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70376);




/** Characters. */
const MIN_MASKED_LENGTH = 4;
/** Masks a value in everything that the runner logs from now on, and in the comments and summaries of this process. */
function mask(value) {
    (0,_masked_values_js__WEBPACK_IMPORTED_MODULE_3__/* .rememberSecret */ .Gz)(value);
    _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(value);
}
/**
 * Masks a value that a user chose, if it has at least 4 characters. Masking a shorter one would also replace unrelated text in
 * the log and in job outputs.
 */
function maskIfLong(value) {
    if (value.length >= MIN_MASKED_LENGTH)
        mask(value);
}
/** Sets an environment variable for the later steps of the job. */
const exportToJob = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .exportVariable */ .dN;
/**
 * Sets one output of the step. Where the runner's file for outputs cannot be written, such as on a full disk, the value goes to the
 * log, as nobody could read it otherwise.
 * @throws {Failure} then.
 */
function setOutput(name, value) {
    try {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
    }
    catch (error) {
        (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeText */ .x3)(`${name}: ${value}`);
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(`The output \`${name}\` could not be written: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .describeFailure */ .Ic)(error)}.`, {
            remedy: 'Look for free space on this runner, where RUNNER_TEMP is; what the log says of the image is true.',
            cause: error,
        });
    }
}
/** Sets several outputs of the step. */
function setOutputs(values) {
    for (const [name, value] of values)
        setOutput(name, value);
}
/** Writes annotations of the run; `info` writes plain lines of the log, and `debug` lines that show only in a run with debug logging. */
const annotate = {
    error: _log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeAnnotation */ .T9.bind(undefined, 'error'),
    warning: _log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeAnnotation */ .T9.bind(undefined, 'warning'),
    notice: _log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeAnnotation */ .T9.bind(undefined, 'notice'),
    info: _log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeText */ .x3,
    debug: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .debug */ .Yz,
};
/** Appends Markdown to the job's summary. */
async function writeSummary(markdown) {
    await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.addRaw(markdown, true).write();
}


/***/ }),

/***/ 12331:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ guardEnd),
/* harmony export */   k: () => (/* binding */ sayStall)
/* harmony export */ });
/* harmony import */ var _log_writer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(26330);

/** Milliseconds for which a process whose work has ended may still be kept by something, such as output that is being written. */
const LINGER_MS = 1_000;
/**
 * Guards the end of this process from its start: whatever happens, it says so in the log and ends with exit code 1, and no
 * connection that a library has left open keeps it once its work has ended. Returns what has to be called at the end of the work.
 * https://nodejs.org/api/process.html#event-beforeexit
 */
function guardEnd({ onError, onStall } = endingAtOnce) {
    process.on('uncaughtException', error => {
        process.exitCode = 1;
        // Node would print the words of the error as they are.
        (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_0__/* .writeAnnotation */ .T9)('error', error.stack ?? error.message);
        onError(error);
    });
    const stall = () => {
        process.exitCode = 1;
        onStall();
    };
    process.on('beforeExit', stall);
    return () => {
        process.off('beforeExit', stall);
        setTimeout(() => process.exit(), LINGER_MS).unref();
    };
}
/** Says in which work this process was stuck. */
function sayStall(titles) {
    const where = titles.length === 0 ? 'its work' : titles.map(title => `'${title}'`).join(' and ');
    return `Nothing is left that ${where} could wait for, and yet it has not ended.`;
}
const endingAtOnce = {
    onError: () => process.exit(1),
    onStall: () => {
        (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_0__/* .writeAnnotation */ .T9)('error', sayStall([]));
        process.exit(1);
    },
};


/***/ }),

/***/ 50663:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O9: () => (/* binding */ dockerEnvironment),
/* harmony export */   Ul: () => (/* binding */ cacheWorkerEnvironment),
/* harmony export */   _K: () => (/* binding */ gitEnvironment),
/* harmony export */   d_: () => (/* binding */ tarEnvironment),
/* harmony export */   tw: () => (/* binding */ jobEnvironment)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var _runner_variables_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68186);


/** Reads names between white space; one that ends in `*` is the beginning of names. */
function choice(text) {
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
const gitHubCache = choice('ACTIONS_RUNTIME_TOKEN ACTIONS_RESULTS_URL ACTIONS_CACHE_URL ACTIONS_CACHE_SERVICE_V2');
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
const guardedGit = {
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    ...gitSettings({
        'safe.bareRepository': 'explicit',
        'core.fsmonitor': 'false',
        'core.hooksPath': node_os__WEBPACK_IMPORTED_MODULE_0__.devNull,
        'log.showSignature': 'false',
    }),
};
/** Settings by the environment, which outrank those of a repository. https://git-scm.com/docs/git-config#Documentation/git-config.txt-GITCONFIGCOUNT */
function gitSettings(settings) {
    const entries = Object.entries(settings);
    const numbered = entries.flatMap(([name, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, name],
        [`GIT_CONFIG_VALUE_${index}`, value],
    ]);
    return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(numbered) };
}
const atStart = { ...process.env };
/**
 * The environment that the job gave this step. What the step itself sets for later steps, such as the keys of
 * `output-env-credentials`, is not in it; a proxy that the input `http-proxy` names is.
 */
function jobEnvironment() {
    return { ...atStart, ...chosen(process.env, [network]) };
}
/**
 * The environment of docker or buildx with these arguments: {@link docker}, what the arguments themselves name (`--build-arg`
 * without a value, `--secret` with `env=`), and the token of GitHub's cache where they use it. The git that buildx starts in the
 * context gets {@link guardedGit}.
 */
function dockerEnvironment(own, args) {
    const choices = [basics, network, docker, provenance, ...(usesGitHubCache(args) ? [gitHubCache] : [])];
    const named = { names: namedVariables(args).map(name => name.toUpperCase()), prefixes: [] };
    const admitted = Object.entries(chosen(own, [named])).filter(([name]) => !(0,_runner_variables_js__WEBPACK_IMPORTED_MODULE_1__/* .isRunnersOwn */ .m)(name));
    return { ...chosen(own, choices), ...Object.fromEntries(admitted), ...guardedGit };
}
/** The environment of git: no home, and no configuration but a repository's own. */
function gitEnvironment(own) {
    return {
        ...chosen(own, [basics]),
        ...guardedGit,
        GIT_ATTR_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: node_os__WEBPACK_IMPORTED_MODULE_0__.devNull,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_NO_REPLACE_OBJECTS: '1',
    };
}
/** The environment of tar. */
function tarEnvironment(own) {
    return chosen(own, [basics]);
}
/** The environment of the program that speaks to GitHub's cache. */
function cacheWorkerEnvironment(own) {
    return chosen(own, [basics, network, gitHubCache, cacheWorker]);
}
function chosen(own, choices) {
    const names = new Set(choices.flatMap(each => each.names));
    const prefixes = choices.flatMap(each => each.prefixes);
    const entries = Object.entries(own).flatMap(([name, value]) => {
        const capitals = name.toUpperCase();
        const isChosen = names.has(capitals) || prefixes.some(prefix => capitals.startsWith(prefix));
        return isChosen && value !== undefined ? [[name, value]] : [];
    });
    return Object.fromEntries(entries);
}
/** The values of a flag that takes one in the argument after it, as this step writes them. */
function valuesOf(flags, args) {
    return args.filter((_, index) => flags.includes(args[index - 1] ?? ''));
}
function usesGitHubCache(args) {
    return valuesOf(['--cache-from', '--cache-to'], args).some(value => /(^|[,"])\s*type=gha("|,|$)/i.test(value));
}
function namedVariables(args) {
    const buildArgs = valuesOf(['--build-arg'], args).filter(value => !value.includes('='));
    const secrets = valuesOf(['--secret'], args).flatMap(value => /(?:^|[,"])env=([^,"]+)/.exec(value)?.[1] ?? []);
    return [...buildArgs, ...secrets];
}


/***/ }),

/***/ 93068:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A3: () => (/* binding */ reasonOf),
/* harmony export */   HR: () => (/* binding */ Failure),
/* harmony export */   Ic: () => (/* binding */ describeFailure)
/* harmony export */ });
/**
 * An error that stops the step: its message says what failed and why, and its remedy says what to change. Outcomes that do not
 * stop the step (a blocked image, a cold cache) are values instead.
 */
class Failure extends Error {
    /** What the user can do about it: change a setting, grant a permission, run a command. */
    remedy;
    /** The last lines that a failed program printed. They are for the summary: the log already has them. */
    lastLines;
    constructor(message, options) {
        super(message, { cause: options.cause });
        this.name = 'Failure';
        this.remedy = options.remedy;
        this.lastLines = options.lastLines;
    }
}
/** The message and the remedy as the user sees them. An error that is not a `Failure` has its message alone. */
function describeFailure(error) {
    if (error instanceof Failure)
        return `${error.message}\n${error.remedy}`;
    return error instanceof Error ? error.message : String(error);
}
/** Why the run stopped, with the last lines of the program that failed. */
function reasonOf(error) {
    const lastLines = error instanceof Failure ? error.lastLines : undefined;
    return { failure: describeFailure(error), ...(lastLines !== undefined && { lastLines }) };
}


/***/ }),

/***/ 56497:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YA: () => (/* binding */ seconds),
/* harmony export */   bs: () => (/* binding */ together),
/* harmony export */   ix: () => (/* binding */ megabytes),
/* harmony export */   kY: () => (/* binding */ warnOfError),
/* harmony export */   qN: () => (/* binding */ begin),
/* harmony export */   z$: () => (/* binding */ bestEffort)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(93068);
/* harmony import */ var _log_writer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(26330);


/**
 * Waits until all promises have settled, then throws the error of the first in the list that was rejected. Where several failed, each
 * for a reason of its own, one failure tells all of them.
 */
async function together(...works) {
    const ends = await Promise.allSettled(works);
    const reasons = new Set(ends.flatMap(each => (each.status === 'rejected' ? [each.reason] : [])));
    const failures = [...reasons].filter(reason => reason instanceof _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR);
    const [first] = failures;
    if (first !== undefined && failures.length > 1 && failures.length === reasons.size) {
        const remedy = failures.map(each => each.remedy).join('\n');
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR(failures.map(({ message }) => message).join('\n'), { remedy, cause: first });
    }
    for (const reason of reasons)
        throw reason;
}
/**
 * Lets work run in the background. An error is not reported as an unhandled rejection, but thrown where the promise is awaited.
 */
function begin(work) {
    work.catch(() => { });
    return work;
}
/** Formats a duration as seconds with one decimal, as the log and the summary show it. */
function seconds(milliseconds) {
    return `${(milliseconds / 1000).toFixed(1)} s`;
}
/** Formats a number of bytes as the log and the summary show it. */
function megabytes(bytes) {
    return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
/** Warns of what the post step could not undo, which does not fail the job. */
function warnOfError(what, error) {
    (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_1__/* .writeAnnotation */ .T9)('warning', `${what}: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .describeFailure */ .Ic)(error)}`);
}
/**
 * Does work that the run can do without. An error becomes a warning that begins with `goal`, and the result is `undefined`.
 * Only the cancellation of the job is thrown.
 */
async function bestEffort(job, log, { goal, work }) {
    try {
        return await work();
    }
    catch (error) {
        job.signal.throwIfAborted();
        log.warn(`${goal}: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .describeFailure */ .Ic)(error)}`);
        return undefined;
    }
}


/***/ }),

/***/ 87492:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ runLimited),
/* harmony export */   Q: () => (/* binding */ TimeLimitExceeded)
/* harmony export */ });
/* harmony import */ var _program_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(13242);

/** A program had not ended when its time was over, so it was ended. */
class TimeLimitExceeded extends Error {
}
/** Milliseconds between SIGTERM and SIGKILL. */
const TERMINATION_GRACE_MS = 500;
/** Milliseconds that a program which has ended may keep its output open, by a program that it has started. */
const OUTPUT_GRACE_MS = 500;
/**
 * Runs a program that may hang. Where its time is over it is ended together with the programs that it has started: by SIGTERM, and
 * by SIGKILL half a second later.
 * @throws {TimeLimitExceeded} when its time was over.
 * @throws {MissingProgram} when it is not on the runner. If the signal ended the program, the signal's reason is thrown.
 */
async function runLimited(command, args, { env, input, limitMs, signal }) {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
        const [stdout, stderr] = [[], []];
        const timers = [];
        const after = (milliseconds, work) => void timers.push(setTimeout(work, milliseconds));
        let reason;
        const settle = (exitCode) => {
            for (const timer of timers)
                clearTimeout(timer);
            signal?.removeEventListener('abort', interrupt);
            for (const pipe of child.stdio)
                pipe?.destroy();
            // What it has started may have ignored SIGTERM.
            if (reason !== undefined)
                (0,_program_js__WEBPACK_IMPORTED_MODULE_0__/* .signalProgram */ .HQ)(child, 'SIGKILL');
            if (reason === undefined)
                resolve({ exitCode: exitCode ?? 1, stdout: stdout.join(''), stderr: stderr.join('') });
            else
                reject(reason);
        };
        const end = (why) => {
            reason ??= why;
            (0,_program_js__WEBPACK_IMPORTED_MODULE_0__/* .signalProgram */ .HQ)(child, 'SIGTERM');
            after(TERMINATION_GRACE_MS, () => {
                (0,_program_js__WEBPACK_IMPORTED_MODULE_0__/* .signalProgram */ .HQ)(child, 'SIGKILL');
                after(OUTPUT_GRACE_MS, () => settle(null));
            });
        };
        const interrupt = () => end(signal?.reason);
        const child = (0,_program_js__WEBPACK_IMPORTED_MODULE_0__/* .startProgram */ .Xd)(command, args, {
            env,
            input,
            onFault(fault) {
                reason ??= fault;
                settle(null);
            },
        });
        signal?.addEventListener('abort', interrupt, { once: true });
        const limit = `${command} had not ended after ${(limitMs / 1000).toFixed(1)} s, and was ended.`;
        after(limitMs, () => end(new TimeLimitExceeded(limit)));
        child.stdout?.on('data', (text) => void stdout.push(text));
        child.stderr?.on('data', (text) => void stderr.push(text));
        child.on('exit', code => after(OUTPUT_GRACE_MS, () => settle(code)));
        child.on('close', settle);
    });
}


/***/ }),

/***/ 26330:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ho: () => (/* binding */ openOutputWriter),
/* harmony export */   T9: () => (/* binding */ writeAnnotation),
/* harmony export */   x3: () => (/* binding */ writeText)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33838);


/**
 * Writes text to the log of the job so that the runner obeys none of it, whoever wrote its words. The runner tries two syntaxes
 * on every line: `::command::` at its beginning, after white space, and `##[command]` anywhere in it. Both are changed to text
 * that shows nearly the same and is no command.
 *
 * Only whole lines are written, so that a command of this program always begins a line of its own.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function writeText(text) {
    writeLines(splitLines(`${text}\n`).lines);
}
/** Opens a writer for the output of a program, which arrives in pieces of any size. */
function openOutputWriter() {
    let rest = '';
    let endedByReturn = false;
    const take = (text) => {
        const split = splitLines(rest + text, endedByReturn);
        ({ rest, endedByReturn } = split);
        writeLines(split.lines);
    };
    const flush = () => {
        if (rest !== '')
            take('\n');
    };
    return {
        write(text) {
            take(text);
            if (rest.length > MAX_WAITING_CHARACTERS)
                flush();
        },
        flush,
    };
}
/** A line that gets longer without an end is written in parts of about this length. */
const MAX_WAITING_CHARACTERS = 65_536;
/**
 * Splits text where the runner sees the end of a line: at `\n`, `\r\n` and a lone `\r`, with which programs draw progress over
 * a line. What follows a lone `\r` is marked as the continuation of its line.
 */
function splitLines(text, startsAfterReturn = false) {
    const lines = [];
    let endedByReturn = startsAfterReturn;
    let start = 0;
    // A `\r` at the very end may be the first half of `\r\n`.
    for (const end of text.matchAll(/\r?\n|\r(?=[^\n])/g)) {
        lines.push(`${endedByReturn ? MARK : ''}${text.slice(start, end.index)}`);
        endedByReturn = end[0] === '\r';
        start = end.index + end[0].length;
    }
    return { lines, rest: text.slice(start), endedByReturn };
}
/** Begins a line whose own beginning must not be seen by the runner. */
const MARK = '│ ';
/**
 * Characters that .NET's comparison of strings, with which the runner looks for a command, takes for nothing:
 * https://learn.microsoft.com/dotnet/core/extensions/globalization-icu
 */
const ignored = String.raw `[\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]*`;
const commandAtStart = new RegExp(String.raw `^[\p{White_Space}\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]*:${ignored}:`, 'u');
const commandAnywhere = new RegExp(`#${ignored}#${ignored}\\[`, 'gu');
/**
 * Adds an annotation to the run. The runner writes its lines to the log as they are, and obeys none of them, but the page of the
 * log would show `##[group]` at the beginning of one as a fold that hides what follows.
 */
function writeAnnotation(level, text, properties = {}) {
    const write = { error: _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .error */ .z3, warning: _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .warning */ .$e, notice: _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .notice */ .lm }[level];
    write(withoutOlderSyntax(text), properties);
}
function withoutOlderSyntax(text) {
    return text.replaceAll(commandAnywhere, '## [');
}
function withoutCommands(line) {
    const text = withoutOlderSyntax(line);
    return commandAtStart.test(text) ? MARK + text : text;
}
/**
 * Writes lines in one piece. Where one of them held what the runner would have tried as a command, commands are stopped around
 * the piece as well, by a token that nobody else knows, so that even a syntax that is unknown here is not obeyed, and so that no
 * such line can stop or resume the commands of this program: a mask that follows is taken. Other pieces have nothing that the
 * runner tries. They are written as they are, as each stop shows as two lines of the log.
 */
function writeLines(lines) {
    if (lines.length === 0)
        return;
    const harmless = lines.map(withoutCommands);
    const text = harmless.map(line => `${line}\n`).join('');
    const isTried = harmless.some((line, index) => line !== lines[index]);
    process.stdout.write(isTried ? stopCommandsAround(text) : text);
}
let stopToken;
/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands */
function stopCommandsAround(text) {
    if (stopToken === undefined) {
        stopToken = `ecr-image-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
        // The log of a public repository can be read while the job runs.
        _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .setSecret */ .Pq(stopToken);
    }
    return `::stop-commands::${stopToken}\n${text}::${stopToken}::\n`;
}


/***/ }),

/***/ 70376:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gz: () => (/* binding */ rememberSecret),
/* harmony export */   QZ: () => (/* binding */ rememberSecretFile),
/* harmony export */   sW: () => (/* binding */ replaceMasked)
/* harmony export */ });
/** What stands in a text where a secret was. The runner's log has the same. */
const REPLACEMENT = '***';
/**
 * Characters. Encodings, lines and parts of a value that are shorter are not looked for: they would also be found in text that
 * has nothing to do with the secret.
 */
const MIN_FORM_LENGTH = 4;
/** Characters. A word of a secret file is looked for only if it has at least so many. */
const MIN_WORD_LENGTH = 16;
/** A host with or without a path. It is no secret, and summaries and comments show the registry's. */
const hostPattern = /^(?:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[a-z0-9._/-]*)?$/;
/** Characters of a line in which `base64` and `openssl base64` write long output. */
const BASE64_LINE_LENGTHS = [76, 64];
/** The secrets of this process in every form in which a program may print them. */
const forms = new Set();
/** Remembers a secret, so that `replaceMasked` replaces it: as it is, line by line, and in common encodings. */
function rememberSecret(value) {
    if (value.trim() === '')
        return;
    forms.add(value);
    for (const part of new Set([value, value.trim(), ...linesOf(value)]))
        if (part.length >= MIN_FORM_LENGTH)
            for (const form of encodingsOf(part))
                forms.add(form);
}
/**
 * Remembers the content of a secret file. A file is often settings around a secret, such as `//host/:_authToken=…` or the JSON of
 * a key, and a program may print the secret alone, so each long word of the file counts as one.
 */
function rememberSecretFile(content) {
    const whole = content.trim();
    const lines = linesOf(content).filter(line => line.length >= MIN_FORM_LENGTH);
    const words = content
        .split(/[\s"'`=:,;{}[\]()<>]+/)
        .filter(word => word.length >= MIN_WORD_LENGTH && !hostPattern.test(word));
    const encodings = whole.length >= MIN_FORM_LENGTH ? encodingsOf(whole) : [];
    for (const form of [...encodings, ...lines, ...words])
        forms.add(form);
}
/**
 * The text with `***` for every secret that this process knows. The runner does this to its log and to summaries; a comment or a
 * file never passes through it. A secret of the job that this process was not given cannot be replaced.
 */
function replaceMasked(text) {
    const matches = [];
    for (const form of forms)
        for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1))
            matches.push({ start, end: start + form.length });
    if (matches.length === 0)
        return text;
    // Matches that overlap or touch are replaced together, so that nothing of either is left.
    let replaced = '';
    let end = 0;
    for (const match of matches.toSorted((a, b) => a.start - b.start)) {
        if (match.start > end || end === 0)
            replaced += text.slice(end, match.start) + REPLACEMENT;
        end = Math.max(end, match.end);
    }
    return replaced + text.slice(end);
}
function linesOf(value) {
    return value.split(/[\r\n]+/).map(line => line.trim());
}
/**
 * The encodings that the runner masks too: https://github.com/actions/runner/blob/main/src/Runner.Common/HostContext.cs. `base64`
 * without padding, for URLs and in lines is added, as a build may print it.
 */
function encodingsOf(value) {
    const bytes = Buffer.from(value);
    // Where a secret begins in the middle of a longer text, its base64 is shifted by one or two bytes.
    const base64 = [0, 1, 2]
        .filter(shift => shift < bytes.length)
        .flatMap(shift => base64Of(bytes.subarray(shift)));
    const encodings = [
        value,
        ...base64,
        bytes.toString('hex'),
        encodeURIComponent(value.toWellFormed()),
        encodeUri(value),
        JSON.stringify(value).slice(1, -1),
        escapeXml(value),
        // In an expression of a workflow a single quote is doubled.
        value.replaceAll("'", "''"),
        // On a command line a double quote gets a backslash.
        value.replaceAll('"', '\\"'),
        ...(value.length > 8 && /^".*"$/s.test(value) ? [value.slice(1, -1)] : []),
        ...aroundAmpersand(value),
    ];
    return encodings.filter(form => form.length >= MIN_FORM_LENGTH);
}
function base64Of(bytes) {
    const text = bytes.toString('base64');
    const unpadded = text.replace(/=+$/, '');
    // What follows in a longer text changes the last character, so the form without it is looked for too.
    const stable = bytes.length % 3 === 0 ? unpadded : unpadded.slice(0, -1);
    const lines = BASE64_LINE_LENGTHS.filter(length => text.length > length).flatMap(length => text.match(new RegExp(`.{16,${length}}`, 'g')) ?? []);
    // A form of few characters would be found everywhere.
    const reliable = [stable, bytes.toString('base64url')].filter(form => form.length >= 8);
    return [text, ...reliable, ...lines];
}
function encodeUri(value) {
    // Unlike this function, .NET's also encodes the characters that follow.
    return encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
function escapeXml(value) {
    return value
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&apos;');
}
/** PowerShell shows an error in colours that split a command at an ampersand. */
function aroundAmpersand(value) {
    const at = value.lastIndexOf('&');
    return at < 0 ? [] : [value.slice(0, at + 1), value.slice(at + 1)].filter(part => part.length >= 6);
}


/***/ }),

/***/ 86982:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ ownValue)
/* harmony export */ });
/**
 * The value of a name that somebody else chose; `undefined` where the record has none. Reading it as a member would also give what
 * every object inherits, such as `constructor`.
 */
function ownValue(record, name) {
    return Object.hasOwn(record, name) ? record[name] : undefined;
}


/***/ }),

/***/ 13242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HQ: () => (/* binding */ signalProgram),
/* harmony export */   Xd: () => (/* binding */ startProgram),
/* harmony export */   n1: () => (/* binding */ MissingProgram),
/* harmony export */   wz: () => (/* binding */ signalPrograms)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);

/** The runner has no program of this name. */
class MissingProgram extends Error {
    constructor(command, options) {
        super(`${command} is not on this runner.`, options);
    }
}
/** The programs that run now, each in a process group of its own where there are such groups. */
const running = new Set();
const hasGroups = process.platform !== 'win32';
// Whatever ends this process before its work is done leaves no program behind.
process.on('exit', () => signalPrograms('SIGKILL'));
/**
 * Starts a program in a process group of its own, and gives it its input. Its outputs are text.
 * @param onFault called instead of its end where it cannot be started, with a {@link MissingProgram} where there is none.
 */
function startProgram(command, args, { env, input, onFault }) {
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(command, args, {
        env,
        stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
        detached: hasGroups,
    });
    running.add(child);
    child.stdout?.setEncoding('utf8');
    child.stderr?.setEncoding('utf8');
    child.on('close', () => running.delete(child));
    child.on('error', error => {
        running.delete(child);
        const isMissing = 'code' in error && error.code === 'ENOENT';
        onFault(isMissing ? new MissingProgram(command, { cause: error }) : error);
    });
    // A program that ends before it has read everything closes the pipe. Its exit code says why it ended.
    child.stdin?.on('error', () => { });
    child.stdin?.end(input);
    return child;
}
/** Sends a signal to a program and to all that it has started. docker runs buildx in a process of its own. */
function signalProgram({ pid }, signal) {
    if (pid === undefined)
        return;
    try {
        process.kill(hasGroups ? -pid : pid, signal);
    }
    catch {
        // It has just ended.
    }
}
/** Sends a signal to every program that still runs, with all that these have started. */
function signalPrograms(signal) {
    for (const child of running)
        signalProgram(child, signal);
}


/***/ }),

/***/ 68186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ isRunnersOwn)
/* harmony export */ });
/**
 * Whether a variable is an input or the state of this step, or one of the runner's tokens and addresses (`ACTIONS_…`). No build
 * gets these, whoever names them: a line in `build-args` may come from the text of a pull request.
 * https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
function isRunnersOwn(name) {
    return /^(INPUT|STATE|ACTIONS)_/i.test(name);
}


/***/ }),

/***/ 52799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I9: () => (/* binding */ recall),
/* harmony export */   d4: () => (/* binding */ forgetState),
/* harmony export */   f0: () => (/* binding */ newBuilderName),
/* harmony export */   kY: () => (/* binding */ remember)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33838);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93068);
/* harmony import */ var _temp_dir_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23296);




/** Whether a saved value is one that the main step can have saved. */
const isCredible = {
    registry: value => /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:]+\])(?::\d{1,5})?$/i.test(value),
    builder: isOwnBuilder,
    folder: _temp_dir_js__WEBPACK_IMPORTED_MODULE_3__/* .isOwnTempDir */ .KM,
    mounts: _temp_dir_js__WEBPACK_IMPORTED_MODULE_3__/* .isOwnTempDir */ .KM,
    docker: _temp_dir_js__WEBPACK_IMPORTED_MODULE_3__/* .isOwnTempDir */ .KM,
    login: _temp_dir_js__WEBPACK_IMPORTED_MODULE_3__/* .isOwnTempDir */ .KM,
    certificates: _temp_dir_js__WEBPACK_IMPORTED_MODULE_3__/* .isOwnTempDir */ .KM,
};
const members = [
    'registry',
    'builder',
    'folder',
    'mounts',
    'docker',
    'login',
    'certificates',
];
/** A new name for a builder of this job. */
function newBuilderName() {
    return `ecr-image-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
}
function isOwnBuilder(name) {
    return /^ecr-image-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(name);
}
/**
 * Saves every member as empty, at the start of the main step. What it saves later replaces that. The runner reads these values
 * after it has obeyed all commands in the log, so a value that a command has set does not last.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs
 */
function forgetState() {
    for (const member of members)
        save(member, '');
}
function save(member, value) {
    try {
        (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .saveState */ .LZ)(member, value);
    }
    catch (error) {
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR(`The state of this step could not be written: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .describeFailure */ .Ic)(error)}.`, {
            remedy: 'Look for free space on this runner, where RUNNER_TEMP is, and whether the file of GITHUB_STATE is there.',
            cause: error,
        });
    }
}
/** Saves members for the post step. */
function remember(state) {
    for (const member of members)
        if (state[member] !== undefined)
            save(member, state[member]);
}
/**
 * Reads in the post step what the main step saved. A value that the main step cannot have saved is not believed, as somebody
 * else may have set it; `doubtful` has the names of such members.
 */
function recall() {
    const saved = members.map(member => [member, (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .getState */ .Gu)(member)]).filter(([, value]) => value);
    const { true: credible = [], false: doubtful = [] } = Object.groupBy(saved, ([member, value]) => isCredible[member](value) ? 'true' : 'false');
    return { state: Object.fromEntries(credible), doubtful: doubtful.map(([member]) => member) };
}


/***/ }),

/***/ 23296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E8: () => (/* binding */ withTempDir),
/* harmony export */   KM: () => (/* binding */ isOwnTempDir),
/* harmony export */   MO: () => (/* binding */ fixedTempDir),
/* harmony export */   Vs: () => (/* binding */ requireTempDir),
/* harmony export */   c7: () => (/* binding */ writeTempFile),
/* harmony export */   mk: () => (/* binding */ makeTempDir),
/* harmony export */   v$: () => (/* binding */ removeFolder)
/* harmony export */ });
/* unused harmony export whyFull */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93068);




/** Does work with a new temporary folder and removes the folder afterwards. */
async function withTempDir(work) {
    const folder = await makeTempDir();
    try {
        return await work(folder);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
    }
}
/** Removes a folder without ever throwing: the post step knows the folder as well and tries again. */
async function removeFolder(folder) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true }).catch(() => { });
}
/**
 * Makes a new folder in the runner's temporary folder; answers its path.
 * @throws {Failure} where the runner's folder takes none.
 */
function makeTempDir() {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(runnerTemp(), NAME_PREFIX)).catch(error => {
        throw unusable((0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .describeFailure */ .Ic)(error), error);
    });
}
/**
 * Writes a text into a folder of `makeTempDir`.
 * @throws {Failure} where there is no room for it.
 */
function writeTempFile(path, text, options = {}) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, text, options).catch(error => {
        throw unusable((0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .describeFailure */ .Ic)(error), error);
    });
}
/** What the files of a run take at most in the temporary folder, in bytes, without archives of caches. */
const NEEDED_BYTES = 16 * 1024 * 1024;
/**
 * Looks whether the runner's temporary folder can be written and has room, before anything is created or pushed.
 * @throws {Failure} where it cannot be used.
 */
async function requireTempDir() {
    const folder = runnerTemp();
    try {
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder)).isDirectory())
            throw new Error('it is no folder');
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(folder, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK | node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        const reason = whyFull(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.statfs)(folder));
        if (reason !== undefined)
            throw new Error(reason);
    }
    catch (error) {
        throw unusable((0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .describeFailure */ .Ic)(error), error);
    }
}
/** Why a file system takes no files of a run; some tell no sizes and are believed to have room. */
function whyFull({ bsize, blocks, bavail, files, ffree, }) {
    const free = bavail * bsize;
    if (blocks > 0 && free < NEEDED_BYTES)
        return `${free} bytes are free, and ${NEEDED_BYTES} are needed`;
    if (files > 0 && ffree === 0)
        return 'it takes no further file, as no inode is free';
    return undefined;
}
function unusable(reason, cause) {
    return new _failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR(`The runner's temporary folder, ${runnerTemp()} of RUNNER_TEMP, cannot be used: ${reason}.`, {
        remedy: 'Free space there, or let the user of the runner write to it.',
        cause,
    });
}
/** The path of a folder that is the same in every run on this kind of runner. The caller makes the folder and removes it. */
function fixedTempDir(name) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(runnerTemp(), NAME_PREFIX + name);
}
/** Whether a path is that of a folder as `makeTempDir` and `fixedTempDir` name them, in the runner's temporary folder itself. */
function isOwnTempDir(path) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path) === (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(runnerTemp()) && (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path).startsWith(NAME_PREFIX);
}
/** Begins the names of this action's folders. */
const NAME_PREFIX = 'ecr-image-';
function runnerTemp() {
    return process.env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)();
}


/***/ }),

/***/ 58270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ parseGivenJson)
/* harmony export */ });
/** Levels of objects and arrays in each other. A policy needs about 10; a program that walks a value has a stack that ends. */
const MAX_DEPTH = 100;
/**
 * Parses JSON that a user gives, itself or as a file. It may begin with a byte order mark, and nests no deeper than 100 levels.
 * `otherwise` is what is wrong with a text that is no JSON; without it the parser's words are told.
 */
function parseGivenJson(text, otherwise) {
    const json = text.replace(/^\uFEFF/, '');
    if (isDeep(json))
        return { problem: `nests deeper than ${MAX_DEPTH} levels`, remedy: 'Give JSON that is less deep.' };
    try {
        const value = JSON.parse(json);
        return { value };
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return otherwise ?? { problem: `is no JSON: ${reason}`, remedy: 'Give valid JSON.' };
    }
}
/** Whether brackets nest too deeply, which is seen without building the value. Brackets in strings do not count. */
function isDeep(json) {
    let depth = 0;
    let isInString = false;
    for (let at = 0; at < json.length; at += 1) {
        const character = json[at];
        if (character === '"')
            isInString = !isInString;
        else if (isInString)
            at += character === '\\' ? 1 : 0;
        else if (character === '[' || character === '{')
            depth += 1;
        else if (character === ']' || character === '}')
            depth -= 1;
        if (depth > MAX_DEPTH)
            return true;
    }
    return false;
}


/***/ })

};
