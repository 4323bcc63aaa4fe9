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
 * What stops the step: one sentence that says what failed and why, and a remedy that says what to change.
 * Everything else that can happen (a blocked image, a cold cache) is a value.
 */
class Failure extends Error {
    /** What the reader can do about it: a setting, a permission, a command. */
    remedy;
    /** The last lines of a program that failed, for the summary: the log has them already. */
    lastLines;
    constructor(message, options) {
        super(message, { cause: options.cause });
        this.name = 'Failure';
        this.remedy = options.remedy;
        this.lastLines = options.lastLines;
    }
}
/** The message and the remedy as a reader sees them; an error nobody foresaw shows its own message. */
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
/* harmony export */   aM: () => (/* binding */ regret),
/* harmony export */   b5: () => (/* binding */ runJob),
/* harmony export */   bs: () => (/* binding */ together),
/* harmony export */   qN: () => (/* binding */ begin),
/* harmony export */   z$: () => (/* binding */ bestEffort)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93068);


/**
 * Starts listening for cancellation. The runner sends SIGINT to this process alone, SIGTERM after 7.5 s and kills
 * after 2.5 s more, so children have to be stopped from here; a second signal finds no listener and ends the process.
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
    const endings = [];
    const began = performance.now();
    let previous = Promise.resolve();
    return {
        signal: controller.signal,
        times,
        inTurn: speak => void (previous = previous.then(speak)),
        settled: () => previous,
        onFailure: work => void endings.push(work),
        async failed() {
            for (const work of endings.splice(0))
                if (!controller.signal.aborted)
                    await work();
        },
        titleOf: error => failures.find(failure => failure.error === error)?.title,
        async step(title, work) {
            controller.signal.throwIfAborted();
            const story = tell(title, previous);
            const startedAt = performance.now();
            const end = (text) => {
                const duration = performance.now() - startedAt;
                times.push({ title, startedAt: startedAt - began, duration });
                story.end(`${text} (${seconds(duration)})`);
            };
            previous = story.told;
            try {
                const value = await work(story.log);
                end(story.resultLine());
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
/** Runs the whole, and says how it ended when it did not end well. */
async function runJob(work) {
    const job = startJob();
    try {
        await work(job);
    }
    catch (error) {
        await job.settled();
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
/** Waits for all of them, so that none goes on unseen, and fails with the first error. */
async function together(...works) {
    const ends = await Promise.allSettled(works);
    const failed = ends.find(each => each.status === 'rejected');
    if (failed)
        throw failed.reason;
}
/** Lets work go on at its own pace; its error is told to whoever waits for it in the end. */
function begin(work) {
    work.catch(() => { });
    return work;
}
/** Seconds with one decimal, as the log and the summary show them. */
function seconds(milliseconds) {
    return `${(milliseconds / 1000).toFixed(1)} s`;
}
/** Never fails a job: what post could not undo. */
function regret(what, error) {
    _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(`${what}: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .describeFailure */ .Ic)(error)}`);
}
/** Buffers what a step says until the steps that began before it have been told, then speaks live. */
function tell(title, previous) {
    const held = [];
    const ended = Promise.withResolvers();
    let live = false;
    let result = title;
    const say = (speak) => void (live ? speak() : held.push(speak));
    const take = async () => {
        await previous;
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh(title);
        live = true;
        for (const speak of held)
            speak();
        await ended.promise;
    };
    return {
        told: take(),
        resultLine: () => result,
        log: {
            info: (text) => say(() => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(text)),
            raw: (text) => say(() => process.stdout.write(text.replaceAll(/\r(?!\n)/g, '\n│ '))),
            warn: (text) => say(() => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(text)),
            result: (text) => void (result = text),
        },
        end: (line) => say(() => {
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4();
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(line);
            ended.resolve();
        }),
    };
}
/** Does what a job can do without: its trouble is a warning, and only a cancelled job ends by it. */
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



/** There is no program of this name on the runner. */
class MissingProgram extends Error {
}
/**
 * Runs a program that ends by itself soon and reads nothing: its standard input stays open without a word, as one that has
 * ended before it was written to would end this process by an error that nobody can catch.
 * @throws {MissingProgram} when it is not on the runner.
 */
async function runProcess(command, args, { env, stdoutOnly = false, onError = () => { }, signal } = {}) {
    signal?.throwIfAborted();
    let output = '';
    const take = (text) => void (output += text);
    const [out, err] = [readerInto(take), readerInto(stdoutOnly ? onError : take)];
    // The command is read as a line, so that a path with a space in it needs quotes.
    const exitCode = await (0,_actions_exec__WEBPACK_IMPORTED_MODULE_2__/* .exec */ .m)(`"${command}"`, [...args], {
        silent: true,
        ignoreReturnCode: true,
        env: environment(env),
        listeners: { stdout: out, stderr: err },
    }).catch(error => {
        if (error instanceof Error && error.message.startsWith('Unable to locate executable file'))
            throw new MissingProgram(`${command} is not on this runner.`, { cause: error });
        throw error;
    });
    signal?.throwIfAborted();
    return { exitCode: Number.isInteger(exitCode) ? exitCode : 1, output };
}
/** Pieces of a character may come one by one. */
function readerInto(take) {
    const decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_1__.StringDecoder('utf8');
    return data => take(decoder.write(data));
}
function environment(added = {}) {
    const given = Object.entries(process.env).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]);
    return { ...Object.fromEntries(given), ...added };
}
/**
 * Starts a program that may take long or has to be given something, and waits for its end; an interrupted one is waited for
 * too, so that it can clean up.
 * @throws {MissingProgram} when it is not on the runner; the signal's reason when that has interrupted it.
 */
async function startProcess(command, args, options = {}) {
    options.signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(command, args, {
            env: environment(options.env),
            stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
        });
        const interrupt = () => void child.kill('SIGINT');
        options.signal?.addEventListener('abort', interrupt, { once: true });
        let output = '';
        const take = (text) => {
            output += text;
            options.onOutput?.(text);
        };
        child.stdout?.setEncoding('utf8').on('data', take);
        child.stderr?.setEncoding('utf8').on('data', take);
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
        // A program that ends before it has read everything closes its end; its exit code tells why.
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
function remember(memory) {
    for (const member of members)
        if (memory[member] !== undefined)
            (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ)(member, memory[member]);
}
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
    registry && undo(`Docker is still logged in to ${registry}`, ['logout', registry]),
    builder && undo(`The builder ${builder} is still there`, ['buildx', 'rm', builder]),
    folder && discard(folder),
    mounts && discard(mounts),
]);
/** Post may warn; it never turns a job red. */
async function undo(regrettable, args) {
    try {
        const { exitCode, output } = await (0,_platform_process_js__WEBPACK_IMPORTED_MODULE_3__/* .runProcess */ .R3)('docker', args);
        // Main may have been killed after it remembered the builder and before it made it.
        if (exitCode !== 0 && !/no builder .* found/.test(output))
            throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(output.trim(), { remedy: `By hand: docker ${args.join(' ')}` });
        console.log(`docker ${args.join(' ')}`);
    }
    catch (error) {
        (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_2__/* .regret */ .aM)(regrettable, error);
    }
}
function discard(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true }).catch(error => (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_2__/* .regret */ .aM)(`${path} is still there`, error));
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

};
