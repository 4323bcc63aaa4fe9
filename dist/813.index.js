export const id = 813;
export const ids = [813];
export const modules = {

/***/ 21605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H7: () => (/* binding */ exportToJob),
/* harmony export */   Sy: () => (/* binding */ writeSummary),
/* harmony export */   dK: () => (/* binding */ mask),
/* harmony export */   dQ: () => (/* binding */ oidcToken),
/* harmony export */   fz: () => (/* binding */ annotate),
/* harmony export */   n0: () => (/* binding */ setOutputs),
/* harmony export */   uH: () => (/* binding */ setOutput),
/* harmony export */   wv: () => (/* binding */ maskIfLong)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _log_writer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(26330);
/* harmony import */ var _masked_values_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70376);



/** Characters. */
const MIN_MASKED_LENGTH = 4;
/** Masks a value in everything that the runner logs from now on, and in the comments and summaries of this process. */
function mask(value) {
    (0,_masked_values_js__WEBPACK_IMPORTED_MODULE_2__/* .rememberSecret */ .Gz)(value);
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
/** Requests the job's OIDC token from the runner, and masks it. */
async function oidcToken(audience) {
    const token = await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getIDToken */ .V9(audience);
    // `getIDToken` has masked it in the log.
    (0,_masked_values_js__WEBPACK_IMPORTED_MODULE_2__/* .rememberSecret */ .Gz)(token);
    return token;
}
/** Sets an environment variable for the later steps of the job. */
const exportToJob = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .exportVariable */ .dN;
/** Sets one output of the step. */
const setOutput = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH;
/** Sets several outputs of the step. */
function setOutputs(values) {
    for (const [name, value] of values)
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
}
/** Writes annotations of the run; `info` writes plain lines of the log, and `debug` lines that show only in a run with debug logging. */
const annotate = {
    error: _log_writer_js__WEBPACK_IMPORTED_MODULE_1__/* .writeAnnotation */ .T9.bind(undefined, 'error'),
    warning: _log_writer_js__WEBPACK_IMPORTED_MODULE_1__/* .writeAnnotation */ .T9.bind(undefined, 'warning'),
    notice: _log_writer_js__WEBPACK_IMPORTED_MODULE_1__/* .writeAnnotation */ .T9.bind(undefined, 'notice'),
    info: _log_writer_js__WEBPACK_IMPORTED_MODULE_1__/* .writeText */ .x3,
    debug: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .debug */ .Yz,
};
/** Appends Markdown to the job's summary. */
async function writeSummary(markdown) {
    await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.addRaw(markdown, true).write();
}


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
/* harmony export */   b5: () => (/* binding */ runJob),
/* harmony export */   bs: () => (/* binding */ together),
/* harmony export */   kY: () => (/* binding */ warnOfError),
/* harmony export */   qN: () => (/* binding */ begin),
/* harmony export */   z$: () => (/* binding */ bestEffort)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93068);
/* harmony import */ var _log_writer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26330);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52799);




/**
 * Starts a run and listens for its cancellation. The runner sends SIGINT to this process alone, SIGTERM after 7.5 s, and kills
 * the process after another 2.5 s, so this process has to stop its children. A second signal has no listener and ends the
 * process.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
 */
function startJob() {
    const controller = new AbortController();
    const names = ['SIGINT', 'SIGTERM'];
    const cancel = () => {
        for (const name of names)
            process.off(name, cancel);
        controller.abort(new Error('The job was cancelled.'));
    };
    for (const name of names)
        process.on(name, cancel);
    const times = [];
    const failures = [];
    const failureHandlers = [];
    const began = performance.now();
    let previous = Promise.resolve();
    return {
        signal: controller.signal,
        times,
        logInOrder: write => void (previous = previous.then(write)),
        allLogged: () => previous,
        onFailure: work => void failureHandlers.push(work),
        async runFailureHandlers() {
            for (const work of failureHandlers.splice(0))
                if (!controller.signal.aborted)
                    await work();
        },
        titleOf: error => failures.find(failure => failure.error === error)?.title,
        async step(title, work) {
            controller.signal.throwIfAborted();
            const stepLog = openStepLog(title, previous);
            const startedAt = performance.now();
            const end = (text) => {
                const duration = performance.now() - startedAt;
                times.push({ title, startedAt: startedAt - began, duration });
                stepLog.end(`${text} (${seconds(duration)})`);
            };
            previous = stepLog.written;
            try {
                const value = await work(stepLog.log);
                end(stepLog.resultLine());
                return value;
            }
            catch (error) {
                failures.push({ title, error });
                end(`${title}: ${controller.signal.aborted ? 'cancelled' : 'failed'}`);
                throw error;
            }
        },
    };
}
/**
 * Runs the action. An error sets the exit code to 1 and is logged, as a cancellation or as an annotation with the title of its
 * step.
 */
async function runJob(work) {
    (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .reportUncaughtErrors */ .f4)();
    (0,_state_js__WEBPACK_IMPORTED_MODULE_3__/* .forgetState */ .d4)();
    const job = startJob();
    try {
        await work(job);
    }
    catch (error) {
        await job.allLogged();
        process.exitCode = 1;
        if (job.signal.aborted) {
            (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeText */ .x3)('Cancelled: what was running has been stopped, and what was begun is undone after the job.');
        }
        else {
            const title = job.titleOf(error);
            (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeAnnotation */ .T9)('error', (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .describeFailure */ .Ic)(error), title === undefined ? {} : { title });
        }
    }
}
/** Waits until all promises have settled, then throws the error of the first in the list that was rejected. */
async function together(...works) {
    const ends = await Promise.allSettled(works);
    const failed = ends.find(each => each.status === 'rejected');
    if (failed)
        throw failed.reason;
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
/** Warns of what the post step could not undo, which does not fail the job. */
function warnOfError(what, error) {
    (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeAnnotation */ .T9)('warning', `${what}: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .describeFailure */ .Ic)(error)}`);
}
/** Buffers the log of a step until the steps that began before it have ended, then writes the buffer and all that follows. */
function openStepLog(title, previous) {
    const buffered = [];
    const ended = Promise.withResolvers();
    const output = (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .openOutputWriter */ .Ho)();
    let live = false;
    let result = title;
    const log = (write) => void (live ? write() : buffered.push(write));
    const afterOutput = (write) => {
        output.flush();
        write();
    };
    const writeAll = async () => {
        await previous;
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh(title);
        live = true;
        for (const write of buffered)
            write();
        await ended.promise;
    };
    return {
        written: writeAll(),
        resultLine: () => result,
        log: {
            info: (text) => log(() => afterOutput(() => (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeText */ .x3)(text))),
            raw: (text) => log(() => output.write(text)),
            warn: (text, properties) => log(() => afterOutput(() => (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeAnnotation */ .T9)('warning', text, properties))),
            result: (text) => void (result = text),
        },
        end: (line) => log(() => {
            output.flush();
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4();
            (0,_log_writer_js__WEBPACK_IMPORTED_MODULE_2__/* .writeText */ .x3)(line);
            ended.resolve();
        }),
    };
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
        log.warn(`${goal}: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .describeFailure */ .Ic)(error)}`);
        return undefined;
    }
}


/***/ }),

/***/ 26330:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ho: () => (/* binding */ openOutputWriter),
/* harmony export */   T9: () => (/* binding */ writeAnnotation),
/* harmony export */   f4: () => (/* binding */ reportUncaughtErrors),
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
/**
 * Reports an error that nothing has caught, through the log's writer, and ends the process with exit code 1. Node would print the
 * words of the error as they are.
 */
function reportUncaughtErrors() {
    process.on('uncaughtException', error => {
        writeAnnotation('error', error.stack ?? error.message);
        process.exit(1);
    });
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

/***/ 84539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R3: () => (/* binding */ runProcess),
/* harmony export */   kp: () => (/* binding */ startProcess),
/* harmony export */   n1: () => (/* binding */ MissingProgram)
/* harmony export */ });
/* unused harmony exports TimeLimitExceeded, runLimited */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46193);
/* harmony import */ var _actions_exec__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(41955);



/** The runner has no program of this name. */
class MissingProgram extends Error {
}
/**
 * Runs a program that ends soon and reads no input. Nothing is written to its standard input: if the program had already ended,
 * writing would end this process with an error that cannot be caught.
 * @throws {MissingProgram} when it is not on the runner.
 */
async function runProcess(command, args, { env, stdoutOnly = false, encoding = 'utf8', onError = () => { }, signal }) {
    signal?.throwIfAborted();
    let output = '';
    const append = (text) => void (output += text);
    const [out, err] = [decodeInto(append, encoding), decodeInto(stdoutOnly ? onError : append, encoding)];
    // `exec` splits its first argument at spaces, so a path that contains a space needs quotes.
    const exitCode = await (0,_actions_exec__WEBPACK_IMPORTED_MODULE_2__/* .exec */ .m)(`"${command}"`, [...args], {
        silent: true,
        ignoreReturnCode: true,
        env,
        listeners: { stdout: out, stderr: err },
    }).catch(error => {
        if (error instanceof Error && error.message.startsWith('Unable to locate executable file'))
            throw new MissingProgram(`${command} is not on this runner.`, { cause: error });
        throw error;
    });
    signal?.throwIfAborted();
    return { exitCode: Number.isInteger(exitCode) ? exitCode : 1, output };
}
/** Decodes text whose characters may be split between pieces of output. */
function decodeInto(append, encoding) {
    const decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_1__.StringDecoder(encoding);
    return data => append(decoder.write(data));
}
/**
 * Starts a program that may take long or reads input, and waits until it has ended, also after an interrupt, so that it can
 * clean up.
 * @throws {MissingProgram} when it is not on the runner. If the signal interrupted the program, the signal's reason is thrown.
 */
async function startProcess(command, args, options) {
    options.signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(command, args, {
            env: options.env,
            stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
        });
        const interrupt = () => void child.kill('SIGINT');
        options.signal?.addEventListener('abort', interrupt, { once: true });
        let output = '';
        const append = (text) => {
            output += text;
            options.onOutput?.(text);
        };
        child.stdout?.setEncoding('utf8').on('data', append);
        child.stderr?.setEncoding('utf8').on('data', options.onError ?? append);
        child.on('error', error => reject('code' in error && error.code === 'ENOENT'
            ? new MissingProgram(`${command} is not on this runner.`, { cause: error })
            : error));
        child.on('close', code => {
            options.signal?.removeEventListener('abort', interrupt);
            if (options.signal?.aborted)
                reject(options.signal.reason);
            else
                resolve({ exitCode: code ?? 1, output });
        });
        // A program that ends before it has read everything closes the pipe. Its exit code says why it ended.
        child.stdin?.on('error', () => { });
        child.stdin?.end(options.input);
    });
}
/** A program had not ended when its time was over, so it was ended. */
class TimeLimitExceeded extends (/* unused pure expression or super */ null && (Error)) {
}
/** Milliseconds between SIGTERM and SIGKILL. */
const KILL_AFTER_MS = 500;
/** Milliseconds that a program which has ended may keep its output open, by a program that it has started. */
const OUTPUT_GRACE_MS = 500;
/**
 * Runs a program that may hang. Where its time is over it is ended together with the programs that it has started, which share its
 * process group: by SIGTERM, and by SIGKILL half a second later.
 * @throws {TimeLimitExceeded} when its time was over.
 * @throws {MissingProgram} when it is not on the runner. If the signal ended the program, the signal's reason is thrown.
 */
async function runLimited(command, args, { env, input, limitMs, signal }) {
    signal?.throwIfAborted();
    const hasGroups = process.platform !== 'win32';
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, { env, detached: hasGroups, stdio: 'pipe' });
        const [stdout, stderr] = [[], []];
        const timers = [];
        const after = (milliseconds, work) => void timers.push(setTimeout(work, milliseconds));
        const kill = (name) => {
            try {
                if (hasGroups && child.pid !== undefined)
                    process.kill(-child.pid, name);
                else
                    child.kill(name);
            }
            catch {
                // Nothing of it runs any more.
            }
        };
        let reason;
        const settle = (exitCode) => {
            for (const timer of timers)
                clearTimeout(timer);
            signal?.removeEventListener('abort', interrupt);
            for (const pipe of child.stdio)
                pipe?.destroy();
            if (reason === undefined)
                resolve({ exitCode: exitCode ?? 1, stdout: stdout.join(''), stderr: stderr.join('') });
            else
                reject(reason);
        };
        const end = (why) => {
            reason ??= why;
            kill('SIGTERM');
            after(KILL_AFTER_MS, () => {
                kill('SIGKILL');
                after(OUTPUT_GRACE_MS, () => settle(null));
            });
        };
        const interrupt = () => end(signal?.reason);
        signal?.addEventListener('abort', interrupt, { once: true });
        after(limitMs, () => end(new TimeLimitExceeded(`${command} had not ended after ${limitMs / 1000} s, and was ended.`)));
        child.stdout.setEncoding('utf8').on('data', (text) => void stdout.push(text));
        child.stderr.setEncoding('utf8').on('data', (text) => void stderr.push(text));
        child.on('error', error => {
            const isMissing = 'code' in error && error.code === 'ENOENT';
            reason ??= isMissing
                ? new MissingProgram(`${command} is not on this runner.`, { cause: error })
                : error;
            settle(null);
        });
        child.on('exit', code => after(OUTPUT_GRACE_MS, () => settle(code)));
        child.on('close', settle);
        child.stdin.on('error', () => { });
        child.stdin.end(input);
    });
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
/* harmony import */ var _temp_dir_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(23296);



/** Whether a saved value is one that the main step can have saved. */
const isCredible = {
    registry: value => /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:]+\])(?::\d{1,5})?$/i.test(value),
    builder: isOwnBuilder,
    folder: _temp_dir_js__WEBPACK_IMPORTED_MODULE_2__/* .isOwnTempDir */ .KM,
    mounts: _temp_dir_js__WEBPACK_IMPORTED_MODULE_2__/* .isOwnTempDir */ .KM,
};
const members = ['registry', 'builder', 'folder', 'mounts'];
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
        (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .saveState */ .LZ)(member, '');
}
/** Saves members for the post step. */
function remember(state) {
    for (const member of members)
        if (state[member] !== undefined)
            (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .saveState */ .LZ)(member, state[member]);
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
/* harmony export */   mk: () => (/* binding */ makeTempDir),
/* harmony export */   v$: () => (/* binding */ removeFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);



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
/** Makes a new folder in the runner's temporary folder; answers its path. */
function makeTempDir() {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(runnerTemp(), NAME_PREFIX));
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


/***/ })

};
