export const id = 756;
export const ids = [756];
export const modules = {

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
    const job = startJob();
    try {
        await work(job);
    }
    catch (error) {
        await job.allLogged();
        process.exitCode = 1;
        if (job.signal.aborted) {
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq('Cancelled: what was running has been stopped, and what was begun is undone after the job.');
        }
        else {
            const title = job.titleOf(error);
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3((0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .describeFailure */ .Ic)(error), title === undefined ? {} : { title });
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
    _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(`${what}: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .describeFailure */ .Ic)(error)}`);
}
/** Buffers the log of a step until the steps that began before it have ended, then writes the buffer and all that follows. */
function openStepLog(title, previous) {
    const buffered = [];
    const ended = Promise.withResolvers();
    let live = false;
    let result = title;
    const log = (write) => void (live ? write() : buffered.push(write));
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
            info: (text) => log(() => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(text)),
            raw: (text) => log(() => process.stdout.write(text.replaceAll(/\r(?!\n)/g, '\n│ '))),
            warn: (text) => log(() => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(text)),
            result: (text) => void (result = text),
        },
        end: (line) => log(() => {
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4();
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(line);
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

/***/ 84539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R3: () => (/* binding */ runProcess),
/* harmony export */   kp: () => (/* binding */ startProcess),
/* harmony export */   n1: () => (/* binding */ MissingProgram)
/* harmony export */ });
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
async function runProcess(command, args, { env, stdoutOnly = false, onError = () => { }, signal } = {}) {
    signal?.throwIfAborted();
    let output = '';
    const append = (text) => void (output += text);
    const [out, err] = [decodeInto(append), decodeInto(stdoutOnly ? onError : append)];
    // `exec` splits its first argument at spaces, so a path that contains a space needs quotes.
    const exitCode = await (0,_actions_exec__WEBPACK_IMPORTED_MODULE_2__/* .exec */ .m)(`"${command}"`, [...args], {
        silent: true,
        ignoreReturnCode: true,
        env: environmentWith(env),
        listeners: { stdout: out, stderr: err },
    }).catch(error => {
        if (error instanceof Error && error.message.startsWith('Unable to locate executable file'))
            throw new MissingProgram(`${command} is not on this runner.`, { cause: error });
        throw error;
    });
    signal?.throwIfAborted();
    return { exitCode: Number.isInteger(exitCode) ? exitCode : 1, output };
}
/** Decodes UTF-8 whose characters may be split between pieces of output. */
function decodeInto(append) {
    const decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_1__.StringDecoder('utf8');
    return data => append(decoder.write(data));
}
function environmentWith(added = {}) {
    const own = Object.entries(process.env).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]);
    return { ...Object.fromEntries(own), ...added };
}
/**
 * Starts a program that may take long or reads input, and waits until it has ended, also after an interrupt, so that it can
 * clean up.
 * @throws {MissingProgram} when it is not on the runner. If the signal interrupted the program, the signal's reason is thrown.
 */
async function startProcess(command, args, options = {}) {
    options.signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(command, args, {
            env: environmentWith(options.env),
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
        child.stderr?.setEncoding('utf8').on('data', append);
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


/***/ }),

/***/ 52799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ recall),
/* harmony export */   k: () => (/* binding */ remember)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);

const members = ['registry', 'builder', 'folder', 'mounts'];
/** Saves members for the post step. */
function remember(state) {
    for (const member of members)
        if (state[member] !== undefined)
            (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ)(member, state[member]);
}
/** Reads in the post step what the main step saved. */
function recall() {
    return Object.fromEntries(members.map(member => [member, (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu)(member)]).filter(([, value]) => value));
}


/***/ }),

/***/ 16756:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93068);
/* harmony import */ var _platform_job_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56497);
/* harmony import */ var _platform_process_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(84539);
/* harmony import */ var _platform_state_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(52799);





const { registry, builder, folder, mounts } = (0,_platform_state_js__WEBPACK_IMPORTED_MODULE_4__/* .recall */ .I)();
await Promise.all([
    registry && runDocker(`Docker is still logged in to ${registry}`, ['logout', registry]),
    builder && runDocker(`The builder ${builder} is still there`, ['buildx', 'rm', builder]),
    folder && removeFolder(folder),
    mounts && removeFolder(mounts),
]);
/** Runs a docker command that undoes something. An error becomes a warning, because the post step must not fail the job. */
async function runDocker(warning, args) {
    try {
        const { exitCode, output } = await (0,_platform_process_js__WEBPACK_IMPORTED_MODULE_3__/* .runProcess */ .R3)('docker', args);
        // The main step may have been killed after it stored the builder's name and before it created the builder.
        if (exitCode !== 0 && !/no builder .* found/.test(output))
            throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(output.trim(), { remedy: `By hand: docker ${args.join(' ')}` });
        console.log(`docker ${args.join(' ')}`);
    }
    catch (error) {
        (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_2__/* .warnOfError */ .kY)(warning, error);
    }
}
function removeFolder(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true }).catch(error => (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_2__/* .warnOfError */ .kY)(`${path} is still there`, error));
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

};
