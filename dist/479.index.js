export const id = 479;
export const ids = [479];
export const modules = {

/***/ 45126:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ readAnswer),
/* harmony export */   M: () => (/* binding */ UnexpectedAnswer)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var node_stream_consumers__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38321);


/** Milliseconds in which the body of an answer has to arrive, after its headers. */
const BODY_TIMEOUT_MS = 30_000;
/** Characters of a page's title that an error shows. */
const MAX_TITLE_LENGTH = 200;
/**
 * An answer that AWS did not give, or not in full: a page of a proxy or a portal, an empty answer, one that ends in the middle. The
 * same call may succeed if it is repeated.
 */
class UnexpectedAnswer extends Error {
    /** By this the SDK repeats the call. */
    $retryable = { throttling: false };
    constructor(status, found) {
        super(`something before AWS answered (a proxy or portal), with HTTP ${status} and ${found}`);
        this.name = 'UnexpectedAnswer';
    }
}
/**
 * Reads an answer in full and checks its form, as the SDK reports a page as a syntax error, and an empty answer not at all. Services
 * with a query protocol answer with XML, all others with JSON.
 * @throws {UnexpectedAnswer} when it is none of AWS.
 */
async function readAnswer(response, request, { bodyTimeoutMs = BODY_TIMEOUT_MS } = {}) {
    if (!(response.body instanceof node_stream__WEBPACK_IMPORTED_MODULE_0__.Readable))
        return response;
    const body = await readBody(response.body, bodyTimeoutMs);
    const { statusCode } = response;
    const { 'content-type': type = '', 'x-amz-target': target = '' } = request.headers;
    const text = body.toString();
    // Only these operations have nothing to answer, and an error may be told by its header alone.
    const mayBeEmpty = /\.(Tag|Untag)Resource$/.test(target) || 'x-amzn-errortype' in response.headers;
    if (mayBeEmpty && text.trim() === '')
        return { ...response, body };
    const isComplete = type.startsWith('application/x-www-form-urlencoded') ? isXml(text) : isJson(text);
    if (!isComplete)
        throw new UnexpectedAnswer(statusCode, describe(text));
    if (!mayBeEmpty && /^\s*\{\s*\}\s*$/.test(text))
        throw new UnexpectedAnswer(statusCode, 'an answer without content');
    return { ...response, body };
}
async function readBody(body, timeoutMs) {
    const stop = () => {
        const message = `the answer did not arrive in full within ${timeoutMs / 1_000} s`;
        body.destroy(Object.assign(new Error(message), { name: 'TimeoutError' }));
    };
    const timer = setTimeout(stop, timeoutMs);
    try {
        return await (0,node_stream_consumers__WEBPACK_IMPORTED_MODULE_1__.buffer)(body);
    }
    finally {
        clearTimeout(timer);
    }
}
function isJson(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && value !== null;
    }
    catch {
        return false;
    }
}
/** Whether the text is an XML document that ends with its root element and is no page. */
function isXml(text) {
    const [, root] = /^\s*(?:<\?xml[^>]*>\s*)?<(\w+)[\s>]/.exec(text) ?? [];
    return root !== undefined && root.toLowerCase() !== 'html' && text.trimEnd().endsWith(`</${root}>`);
}
/** What stands in place of the answer. Half an answer may hold half a secret, so that only a page is quoted, by its title. */
function describe(text) {
    if (text.trim() === '')
        return 'an empty answer';
    if (!/^\s*<(?:!doctype html|html)\b/i.test(text))
        return 'an answer that is cut short or has another form';
    const [, title = ''] = /<title[^>]*>([^<]{1,2000})/i.exec(text) ?? [];
    const shown = title.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_TITLE_LENGTH);
    return shown === '' ? 'a page' : `the page '${shown}'`;
}


/***/ }),

/***/ 23385:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ parseArn)
/* harmony export */ });
/** Parses an ARN; all parts are absent if the text is none. */
function parseArn(text) {
    const [, partition, service, account] = /^arn:([^:]+):([^:]+):[^:]*:([^:]*):/.exec(text) ?? [];
    return { ...(partition && { partition }), ...(service && { service }), ...(account && { account }) };
}


/***/ }),

/***/ 17359:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ requestLogin)
/* harmony export */ });
/* harmony import */ var _platform_actions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(21605);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93068);


/**
 * Requests a login to the registry of an account, by default to that of the credentials.
 * @throws {Failure} when ECR answers without a token.
 */
async function requestLogin(ecr, registryId) {
    const { authorizationData } = await ecr.getAuthorizationToken(registryId === undefined ? {} : { registryIds: [registryId] });
    const { authorizationToken, proxyEndpoint, expiresAt } = authorizationData?.[0] ?? {};
    if (!authorizationToken) {
        throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR('ECR answered without an authorization token.', { remedy: 'Run the job again.' });
    }
    (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .mask */ .dK)(authorizationToken);
    const [user = '', password = ''] = Buffer.from(authorizationToken, 'base64').toString().split(/:(.*)/s);
    (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .mask */ .dK)(password);
    const host = proxyEndpoint === undefined ? undefined : new URL(proxyEndpoint).host;
    return { user, password, host, ...(expiresAt && { expiresAt }) };
}


/***/ }),

/***/ 35811:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ explainErrors),
/* harmony export */   Nb: () => (/* binding */ renewExpired),
/* harmony export */   Or: () => (/* binding */ attemptsOf),
/* harmony export */   WE: () => (/* binding */ explain),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   vu: () => (/* binding */ isRefusal)
/* harmony export */ });
/* unused harmony export isUnreachable */
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(93068);
/* harmony import */ var _validation_parsers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59986);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45126);



/** Characters. AWS echoes a whole policy where it does not accept one. */
const MAX_MESSAGE_LENGTH = 1_000;
/** Whether the service answered with one of these error codes; the code is the SDK's `error.name`. */
function isRefusal(error, ...codes) {
    const answer = error instanceof _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR ? error.cause : error;
    return answer instanceof Error && codes.includes(answer.name);
}
/** How often a call was made before this answer: more than once if an earlier answer was lost or asked to come again. */
function attemptsOf(error) {
    const answer = error instanceof _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR ? error.cause : error;
    if (!(answer instanceof Error) || !('$metadata' in answer))
        return 1;
    const { $metadata: metadata } = answer;
    return (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(metadata) && typeof metadata['attempts'] === 'number' ? metadata['attempts'] : 1;
}
/**
 * The failure of a call: the message of AWS, with a remedy that names the permission or setting to change. `denied` is the
 * remedy where AWS denies access.
 */
function explain(error, action, { region, denied }) {
    if (error instanceof _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR)
        return error;
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    const text = `${action} failed: ${message.slice(0, MAX_MESSAGE_LENGTH)}${kmsErrorOf(error)}`;
    const withRemedy = (remedy) => new _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR(text, { remedy, cause: error });
    if (name.startsWith('AccessDenied'))
        return withRemedy(denied(message));
    if (/^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch)/.test(name)) {
        return withRemedy('The AWS credentials are expired or wrong: set `role-to-assume`, or renew the keys of the job or of `aws-access-key-id`; and check the clock of a self-hosted runner.');
    }
    if (name === 'CredentialsProviderError') {
        return withRemedy('There are no AWS credentials in this job: set `role-to-assume` and `permissions: id-token: write`. Where `aws-access-key-id` is given a secret that the job cannot see, it is empty.');
    }
    if (isUntrusted(error)) {
        return withRemedy('The certificate of AWS, or of the proxy before it, is not trusted here: name the file of its authority in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS.');
    }
    if (error instanceof _answer_js__WEBPACK_IMPORTED_MODULE_2__/* .UnexpectedAnswer */ .M) {
        return withRemedy("Run the job again. If it stays, let the runner's network or proxy pass the calls to AWS on, and log in to its portal where it has one.");
    }
    if (isUnreachable(error)) {
        return withRemedy(`AWS could not be reached in region '${region}': check \`aws-region\` and the runner's network or proxy.`);
    }
    if (/Throttl|TooManyRequests/.test(name)) {
        return withRemedy('AWS throttled this call three times: run the job again, or let fewer jobs push at once.');
    }
    return withRemedy(`AWS answered ${name}. Run the job again; if it stays, the message above says what ECR did not accept.`);
}
/** Middleware of the SDK that turns every error into a `Failure` with a remedy. */
function explainErrors(service, options) {
    return (next, { commandName = '' }) => args => next(args).catch(error => {
        throw explain(error, `${service}:${commandName.replace(/Command$/, '')}`, options);
    });
}
/**
 * Middleware of the SDK that renews credentials which AWS says are expired, and repeats the call once. The web identity call is
 * not signed: what has expired there is the OIDC token.
 */
function renewExpired(credentials) {
    return (next, { commandName = '' }) => async (args) => {
        try {
            return await next(args);
        }
        catch (error) {
            if (!isExpired(error) || commandName === 'AssumeRoleWithWebIdentityCommand')
                throw error;
            await credentials({ forceRefresh: true });
            return next(args);
        }
    };
}
function isExpired(error) {
    return error instanceof Error && error.name.startsWith('ExpiredToken');
}
/** What KMS said, which the message of ECR leaves out. */
function kmsErrorOf(error) {
    const code = error instanceof Error && 'kmsError' in error ? error.kmsError : undefined;
    return typeof code === 'string' ? ` (${code})` : '';
}
/** Whether the certificate of the other side was rejected. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isUntrusted(error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|CERT_(HAS_EXPIRED|UNTRUSTED|REJECTED)/.test(code);
}
/** Whether the same call may succeed if it is repeated: a server error, a network error, an answer of something else or throttling. */
function isTransient(error) {
    const answer = error instanceof _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR ? error.cause : error;
    if (!(answer instanceof Error))
        return false;
    const isServerFault = '$fault' in answer && answer.$fault === 'server';
    return (isServerFault ||
        isUnreachable(answer) ||
        answer instanceof _answer_js__WEBPACK_IMPORTED_MODULE_2__/* .UnexpectedAnswer */ .M ||
        /Throttl|TooManyRequests/.test(answer.name));
}
/** Whether the error comes from the network and not from the service. A misspelt region appears as a failed DNS look-up. */
function isUnreachable(error) {
    if (!(error instanceof Error))
        return false;
    const code = 'code' in error ? String(error.code) : '';
    return (/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH)$/.test(code) ||
        error.name === 'TimeoutError');
}


/***/ }),

/***/ 33256:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ requestOptions),
/* harmony export */   e: () => (/* binding */ guardRequests)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(44708);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(41692);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(93068);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(45126);







const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;
/**
 * Makes every request of a client end: it is aborted when the job is cancelled, which the SDK itself takes a signal for only in
 * single calls, and its answer is read in full and checked.
 */
function guardRequests(handler, signal) {
    const handle = handler.handle.bind(handler);
    handler.handle = async (request, options) => {
        try {
            const { response } = await handle(request, { ...options, abortSignal: signal });
            return { response: await (0,_answer_js__WEBPACK_IMPORTED_MODULE_6__/* .readAnswer */ .J)(response, request) };
        }
        catch (error) {
            throw withPlainMessage(error);
        }
    };
}
/** The same error of the SDK's HTTP client, which names itself and its options in the message of a time-out. */
function withPlainMessage(error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError')
        return error;
    const [, milliseconds] = /\b(\d+) ms\b/.exec(error.message) ?? [];
    if (!error.message.startsWith('@smithy/') || milliseconds === undefined)
        return error;
    const missing = error.message.includes('connection') ? 'no connection' : 'no answer';
    return Object.assign(new Error(`${missing} within ${Number(milliseconds) / 1_000} s`, { cause: error }), {
        name: error.name,
        code: 'ETIMEDOUT',
    });
}
/**
 * The options for the connections of a client: time-outs, as the SDK has none by default; the proxy of the environment, which
 * the SDK ignores; and the certificates of the file that AWS_CA_BUNDLE names, as in other tools of AWS.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html
 * @throws {Failure} when that file or the address of the proxy cannot be used.
 */
function requestOptions() {
    const bundle = process.env['AWS_CA_BUNDLE'];
    const ca = bundle ? [...(0,node_tls__WEBPACK_IMPORTED_MODULE_4__.getCACertificates)(), readBundle(bundle)] : undefined;
    const agent = { keepAlive: true, maxSockets: 50, proxyEnv: process.env };
    try {
        return {
            connectionTimeout: CONNECTION_TIMEOUT_MS,
            requestTimeout: REQUEST_TIMEOUT_MS,
            throwOnRequestTimeout: true,
            httpAgent: new node_http__WEBPACK_IMPORTED_MODULE_2__.Agent(agent),
            httpsAgent: new node_https__WEBPACK_IMPORTED_MODULE_3__.Agent({ ...agent, ...(ca && { ca }) }),
        };
    }
    catch {
        // The address may contain a password, so it is not shown, nor the error, which has it.
        throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_5__/* .Failure */ .HR("The job's proxy cannot be used: HTTP_PROXY, HTTPS_PROXY or `http-proxy` is no address.", {
            remedy: 'Give it as http://host:port or http://user:password@host:port, with special characters of user and password as %xx (`%25` for a percent sign).',
        });
    }
}
/** The certificates of the file that AWS_CA_BUNDLE names. */
function readBundle(path) {
    const refuse = (problem, cause) => new _platform_failure_js__WEBPACK_IMPORTED_MODULE_5__/* .Failure */ .HR(`AWS_CA_BUNDLE is '${path.slice(0, 200)}', ${problem}.`, {
        remedy: 'Let it name a readable file with certificates in PEM form (-----BEGIN CERTIFICATE-----), or take the variable away: NODE_EXTRA_CA_CERTS can name the file instead.',
        cause,
    });
    let text;
    try {
        // Reading a pipe or a device might never end.
        if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(path).isFile())
            throw refuse('which is no file');
        text = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(path, 'utf8');
    }
    catch (error) {
        if (error instanceof _platform_failure_js__WEBPACK_IMPORTED_MODULE_5__/* .Failure */ .HR)
            throw error;
        throw refuse(`which cannot be read (${error instanceof Error ? error.message : String(error)})`, error);
    }
    const certificates = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
    if (certificates.length === 0)
        throw refuse('which has no certificate in PEM form');
    if (!certificates.some(isReadable))
        throw refuse('which has no certificate that can be read');
    return text;
}
function isReadable(certificate) {
    try {
        return Boolean(new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(certificate));
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 9514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ trustPolicy)
/* harmony export */ });
/** The trust policy of a role that admits only these claims, from the OIDC provider of the role's own account. */
function trustPolicy(roleArn, { issuer, audience, subjects }) {
    const provider = issuer.replace(/^https:\/\//, '');
    const [only = '', ...more] = subjects;
    return {
        Version: '2012-10-17',
        Statement: [
            {
                Effect: 'Allow',
                Principal: { Federated: roleArn.replace(/:role\/.*$/, `:oidc-provider/${provider}`) },
                Action: 'sts:AssumeRoleWithWebIdentity',
                Condition: {
                    StringEquals: {
                        [`${provider}:aud`]: audience,
                        [`${provider}:sub`]: more.length > 0 ? subjects : only,
                    },
                },
            },
        ],
    };
}


/***/ }),

/***/ 96883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ openCoverage),
/* harmony export */   O: () => (/* binding */ openInspector)
/* harmony export */ });
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35811);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33256);


/** Opens a client of Amazon Inspector. Its SDK is loaded only when an image needs it. */
async function openInspector(region, { credentials, signal }) {
    const { Inspector2 } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(222)]).then(__webpack_require__.t.bind(__webpack_require__, 63222, 19));
    const inspector = new Inspector2({
        region,
        requestHandler: (0,_connection_js__WEBPACK_IMPORTED_MODULE_1__/* .requestOptions */ .a)(),
        ...(credentials && { credentials }),
    });
    (0,_connection_js__WEBPACK_IMPORTED_MODULE_1__/* .guardRequests */ .e)(inspector.config.requestHandler, signal);
    inspector.middlewareStack.add((0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .renewExpired */ .Nb)(inspector.config.credentials), { step: 'initialize' });
    return inspector;
}
/** Whether the scan of the image with this ARN has succeeded; `undefined` where Inspector denies this role an answer. */
async function hasSucceeded(inspector, imageArn) {
    const is = (value) => [{ comparison: 'EQUALS', value }];
    const filterCriteria = { resourceType: is('AWS_ECR_CONTAINER_IMAGE'), resourceId: is(imageArn) };
    try {
        const { coveredResources = [] } = await inspector.listCoverage({ filterCriteria });
        return coveredResources.some(({ scanStatus }) => scanStatus?.reason === 'SUCCESSFUL');
    }
    catch (error) {
        return (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(error) ? false : undefined;
    }
}
/**
 * Makes a function that answers whether Inspector's scan of an image has succeeded. Once Inspector denies an answer it is not
 * called any more: the function then answers `false`, and `onDenied` is called once.
 */
function openCoverage(open, { repositoryArn, onDenied }) {
    let inspector;
    // Several calls at the same time may each be denied.
    const denied = [];
    return async (digest) => {
        if (denied.length > 0)
            return false;
        const succeeded = await hasSucceeded(await (inspector ??= open()), `${repositoryArn}/${digest}`);
        if (succeeded !== undefined)
            return succeeded;
        if (denied.push(digest) === 1)
            onDenied();
        return false;
    };
}


/***/ }),

/***/ 32086:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ openSts)
/* harmony export */ });
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35811);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33256);


/** Opens a client of STS that does not retry: the caller decides for each error of STS whether to retry. */
async function openSts(region, { credentials, signal }) {
    const sdk = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(695)]).then(__webpack_require__.t.bind(__webpack_require__, 71695, 19));
    const sts = new sdk.STS({
        region,
        requestHandler: (0,_connection_js__WEBPACK_IMPORTED_MODULE_1__/* .requestOptions */ .a)(),
        maxAttempts: 1,
        ...(credentials && { credentials }),
    });
    (0,_connection_js__WEBPACK_IMPORTED_MODULE_1__/* .guardRequests */ .e)(sts.config.requestHandler, signal);
    sts.middlewareStack.add((0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .renewExpired */ .Nb)(sts.config.credentials), { step: 'initialize' });
    return sts;
}


/***/ }),

/***/ 64444:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  xK: () => (/* binding */ buildWithoutPush),
  sC: () => (/* binding */ keepForNextBuild),
  Vb: () => (/* binding */ openBuild)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/cache/cold-build-time.js
var cold_build_time = __webpack_require__(35322);
// EXTERNAL MODULE: ./build/diagnosis/describe-failure.js + 3 modules
var describe_failure = __webpack_require__(59829);
// EXTERNAL MODULE: ./build/diagnosis/push-faults.js
var push_faults = __webpack_require__(61592);
// EXTERNAL MODULE: ./build/platform/failure.js
var platform_failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/platform/temp-dir.js
var temp_dir = __webpack_require__(23296);
// EXTERNAL MODULE: ./build/build/buildx-metadata.js + 1 modules
var buildx_metadata = __webpack_require__(98232);
// EXTERNAL MODULE: ./build/diagnosis/cache-faults.js
var cache_faults = __webpack_require__(20400);
// EXTERNAL MODULE: ./build/diagnosis/pull-faults.js
var pull_faults = __webpack_require__(37973);
// EXTERNAL MODULE: ./build/docker/transfer-watch.js
var transfer_watch = __webpack_require__(7888);
;// CONCATENATED MODULE: ./build/build/stalls.js



/** Whether a build was interrupted while an image was pulled or pushed, which is worth three tries. */
function isImageStall({ stall }) {
    return stall?.transfers.some(({ kind }) => kind === 'push' || kind === 'pull') ?? false;
}
/** What a build has pushed that was interrupted as the export of its cache stalled; `undefined` for any other. */
function pushedWithoutCache({ stall }, options) {
    return pushedAs(stall?.pushed, options);
}
/** The image under all names that were to be pushed; `undefined` where BuildKit has not reported one of them. */
function pushedAs(reported, { push, reference, releases }) {
    const pushed = push ? reported : undefined;
    const digest = pushed?.digests.get(reference);
    if (pushed === undefined || digest === undefined)
        return undefined;
    if (!releases.every(each => pushed.digests.get(each) === digest))
        return undefined;
    const { configDigest } = pushed;
    return { digest, ...(configDigest !== undefined && { configDigest }) };
}
/** What the next try of a build leaves out, as a cache may be the reason why it failed; `undefined` where none can be. */
function leaveCacheOut(failure, options) {
    const { cache } = options;
    const withoutReading = { from: [], to: cache.to };
    const { stall, step, message } = failure;
    if (stall === undefined) {
        const unusable = (0,cache_faults/* unusableExports */.bL)(failure, cache.to);
        if (unusable.length > 0) {
            return {
                options: { cache: { ...cache, to: cache.to.filter(each => !unusable.includes(each)) } },
                warning: `Layers cannot be written to a cache, so the image is built without that: ${message}`,
            };
        }
        // A base image that may be there at the next try is no reason to do without a cache.
        const isPull = step?.role === 'pull' && (0,pull_faults/* findPullFault */.B1)(failure) !== undefined;
        if (cache.from.length === 0 || isPull || !(0,cache_faults/* isCacheFault */.nG)(failure))
            return undefined;
        return {
            options: { cache: withoutReading },
            warning: `A layer could not be fetched, so the image is built without reading caches: ${message}`,
        };
    }
    // Where a builder already waits for a layer, every later build that uses the builder's cache waits for it too.
    const ignoreBuilderCache = readsGitHub(options) && { ignoreBuilderCache: true };
    const kinds = new Set(stall.transfers.map(({ kind }) => kind));
    if (kinds.size === 0) {
        return {
            options: { cache: withoutReading, ...ignoreBuilderCache },
            warning: `Nothing could be fetched for ${(0,transfer_watch/* sayTime */.J)(stall.silentMs)}, so the image is built without reading GitHub's cache.`,
        };
    }
    const reads = cache.from.length > 0 && (kinds.has('cache import') || kinds.has('layer'));
    const writes = cache.to.length > 0 && kinds.has('cache export');
    if (!reads && !writes)
        return undefined;
    const left = [...(reads ? ['reading'] : []), ...(writes ? ['writing'] : [])].join(' and ');
    return {
        options: {
            cache: { from: reads ? [] : cache.from, to: writes ? [] : cache.to },
            ...(reads && ignoreBuilderCache),
        },
        warning: `The image is built again without ${left} caches (\`stall-timeout\`): ${message}`,
    };
}
/** Whether a build reads GitHub's cache by BuildKit itself. */
function readsGitHub({ cache }) {
    return cache.from.some(each => /(^|,)type=gha(,|$)/.test(each));
}

;// CONCATENATED MODULE: ./build/build/build-and-push.js









/**
 * Builds and pushes the image by one `buildx build --push`. The digest is read from buildx's metadata file, never from a
 * log. Throws a `Failure` where the build or the push fails.
 */
function buildAndPush({ job, plan }, repository, tools) {
    const { candidate: tag, releases } = plan.tags;
    const reference = `${repository.uri}:${tag}`;
    const imageOf = (digest) => ({ ref: `${repository.uri}@${digest}`, digest, tag });
    return job.step('Build and push', log => (0,temp_dir/* withTempDir */.E8)(async (scratch) => {
        const metadataFile = (0,external_node_path_.join)(scratch, 'metadata.json');
        const { annotates } = tools.buildx;
        const described = { reference, build: plan.build, push: true };
        const buildOptions = {
            reference,
            cache: tools.cache,
            releases: plan.release === 'with-push' ? releases.map(each => `${repository.uri}:${each}`) : [],
            metadataFile,
            push: true,
            annotate: annotates,
        };
        const push = (withoutAttestations) => pushWithRetries(job, log, {
            build: plan.build,
            options: { ...buildOptions, withoutAttestations: withoutAttestations },
            ...tools,
        });
        if (!annotates && plan.reuse !== 'off') {
            log.warn('A re-run of this commit will not recognise the image, as the builder cannot annotate it. Let docker/setup-buildx-action make a builder, set `driver: docker-container`, or turn on the containerd image store of this engine.');
        }
        const startedAt = performance.now();
        let pushed = await push(false);
        if (pushed.kind === 'attestations refused') {
            refuseToDropAttestations(plan.build, reference);
            log.warn('The registry does not take attestations (405 Method Not Allowed): the image is pushed without provenance and SBOM. `provenance: false` leaves them out from the start.');
            pushed = await push(true);
            if (pushed.kind === 'attestations refused')
                throw new platform_failure/* Failure */.HR(...(await (0,describe_failure/* describeBuildFailure */.E)(pushed.failure, described)));
        }
        if (pushed.kind === 'tag exists') {
            const otherImage = await tools.findImageOfOtherJob();
            if (otherImage === undefined)
                throw new platform_failure/* Failure */.HR(...(await (0,describe_failure/* describeBuildFailure */.E)(pushed.failure, described)));
            log.result(`The registry has ${reference} by now, from the same inputs: ${otherImage.digest}`);
            return {
                image: {
                    kind: 'reused',
                    by: 'commit',
                    isRecent: true,
                    ...imageOf(otherImage.digest),
                    manifest: otherImage,
                },
            };
        }
        const { reported } = pushed;
        const metadata = reported
            ? (0,buildx_metadata/* reportedMetadata */.P2)(reference, reported)
            : await (0,buildx_metadata/* readMetadata */._6)(log, plan.build, metadataFile);
        // Buildx writes the file after the push, and the disk may be full.
        const digest = metadata.digest ?? (await tools.findImageOfOtherJob())?.digest;
        if (digest === undefined)
            throw lostDigest(reference);
        if (pushed.kind === 'failed after all steps')
            log.warn(`${reference} was pushed, and then buildx failed: ${pushed.failure.message}`);
        const seconds = (performance.now() - startedAt) / 1000;
        const { cacheUse } = pushed;
        const { cold, restored } = tools.times;
        const saved = (0,cold_build_time/* timeSaved */.jU)({ cacheUse, seconds: seconds + restored }, cold);
        log.result(`${reference} is ${digest}${saved ? `, ${(0,cold_build_time/* sayTimeSaved */.eo)(saved)}` : ''}`);
        const built = { cacheUse, seconds, ...(saved && { saved }), metadata };
        return { image: { kind: 'built', ...imageOf(digest) }, built };
    }));
}
/** Only the attestations that buildx adds by default may be left out: throws a `Failure` where the inputs ask for some. */
function refuseToDropAttestations({ attests }, reference) {
    if (attests.length === 0)
        return;
    if (attests.every(each => each.includes('disabled=true'))) {
        throw new platform_failure/* Failure */.HR(`The registry does not take the manifest of ${reference} (405 Method Not Allowed).`, {
            remedy: 'Nothing is attested, so it is the kind of image that it refuses: leave `outputs: type=image,…` and `annotations` of an index out, or push to another registry.',
        });
    }
    throw new platform_failure/* Failure */.HR(`The registry does not take the attestations that were asked for with ${reference} (405 Method Not Allowed).`, {
        remedy: 'Leave `provenance`, `sbom` and `attests` out, or attest the pushed image in a step of its own, such as actions/attest.',
    });
}
/**
 * Repeats a push that failed for an expired login or a temporary fault, after a new login. After a push it returns the
 * cache use of the first try, which alone shows what came from the cache: later tries repeat only the push.
 * `failed after all steps`: BuildKit has reported each name as pushed, and then buildx failed. `tag exists`: another job has pushed an
 * image under the same immutable tag. `attestations refused`: the registry does not take attestations. Throws a `Failure` for any
 * other fault.
 */
async function pushWithRetries(job, log, { build, options, buildx, registry }) {
    let firstCacheUse;
    let nextOptions = options;
    for (let tries = 0;; tries++) {
        const { failure, cacheUse, ran, pushed } = await buildx.build(log, build, nextOptions);
        nextOptions = ran;
        firstCacheUse ??= cacheUse;
        if (failure === undefined)
            return { kind: 'pushed', cacheUse: firstCacheUse, ...(pushed && { reported: pushed }) };
        const fault = (0,push_faults/* findPushFault */.SX)(failure);
        if (fault?.name === 'immutable tag')
            return { kind: 'tag exists', failure };
        if (fault?.name === 'attestations refused')
            return { kind: 'attestations refused', failure };
        const reported = fault === undefined && failure.step === undefined ? pushedAs(failure.pushed, nextOptions) : undefined;
        if (reported !== undefined)
            return { kind: 'failed after all steps', failure, cacheUse: firstCacheUse, reported };
        if (fault === undefined || tries >= fault.retries)
            throw new platform_failure/* Failure */.HR(...(await (0,describe_failure/* describeBuildFailure */.E)(failure, { ...options, build })));
        log.info(`The push failed (${fault.name}): logging in again and repeating it.`);
        await (0,promises_.setTimeout)(500 * 3 ** tries, undefined, { signal: job.signal });
        await registry.renew();
    }
}
function lostDigest(reference) {
    return new platform_failure/* Failure */.HR(`${reference} was pushed, but buildx did not tell its digest.`, {
        remedy: 'Look for free space in RUNNER_TEMP, where buildx writes its metadata, and use buildx 0.12 or newer, for instance by docker/setup-buildx-action. A new run finds the image that was pushed.',
    });
}

// EXTERNAL MODULE: ./build/build/build-only.js
var build_only = __webpack_require__(14542);
// EXTERNAL MODULE: ./build/docker/command-line.js
var command_line = __webpack_require__(98139);
// EXTERNAL MODULE: ./build/docker/run-build.js + 3 modules
var run_build = __webpack_require__(49354);
// EXTERNAL MODULE: ./build/platform/poll.js
var poll = __webpack_require__(45929);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/platform/sent-bytes.js

/**
 * The bytes that this machine has sent since it started, to itself left out; `undefined` where the system does not tell. Other
 * programs' bytes are counted too, and none of another network namespace.
 * https://man7.org/linux/man-pages/man5/proc_pid_net.5.html
 */
function readSentBytes() {
    try {
        return sentBytesIn((0,external_node_fs_.readFileSync)('/proc/net/dev', 'utf8'));
    }
    catch {
        return undefined;
    }
}
/** Sums up the ninth column of each interface. */
function sentBytesIn(text) {
    const sent = text.split('\n').flatMap(line => {
        const [, name, columns = ''] = /^\s*([^\s:]+):\s*(.*)$/.exec(line) ?? [];
        return name === undefined || name === 'lo' ? [] : [Number(columns.split(/\s+/)[8])];
    });
    const sum = sent.reduce((total, each) => total + each, 0);
    return sent.length > 0 && Number.isFinite(sum) ? sum : undefined;
}

// EXTERNAL MODULE: ./build/build/buildx-arguments.js
var buildx_arguments = __webpack_require__(66682);
// EXTERNAL MODULE: ./build/build/secrets.js
var build_secrets = __webpack_require__(39978);
;// CONCATENATED MODULE: ./build/build/buildx.js








/** Milliseconds without progress after which reading GitHub's cache is given up: BuildKit would retry forever. */
const WAIT_TIMEOUT_MS = 180_000;
/** BuildKit 0.32 and newer would push attestations as artifacts that ECR has refused. https://github.com/moby/buildkit/issues/6171 */
const buildEnvironment = {
    BUILDX_NO_DEFAULT_OCI_ARTIFACT: '1',
    // The metadata file has what build checks found.
    BUILDX_METADATA_WARNINGS: 'true',
};
/** The metadata file has the provenance for this step's own use, even where the job wants none in the output `metadata`. */
function metadataEnvironment({ metadataProvenance }) {
    return { BUILDX_METADATA_PROVENANCE: metadataProvenance === 'max' ? 'max' : 'min' };
}
/** Prepares the builds of this job, which share one builder and report each kind of cache trouble only once. */
function openBuildx({ job, plan }, { docker, builder, clock = poll/* clock */.pm }) {
    const reported = new Set();
    const warnOfCacheTrouble = (log, trouble) => {
        for (const { way, reason } of trouble.filter(each => !reported.has(each.way))) {
            reported.add(way);
            log.warn(`A cache of layers could not be ${way}, and the build went on without that: ${reason}`);
        }
    };
    const run = async (log, build, options) => {
        const argv = (0,buildx_arguments/* buildxArguments */.X)(build, { ...options, builder: builder.name });
        log.info(`docker buildx ${(0,command_line/* sayCommand */.h)(argv)}`);
        const ended = await (0,run_build/* runBuild */.c)(docker, argv, {
            log,
            env: { ...buildEnvironment, ...metadataEnvironment(build), ...(0,build_secrets/* secretEnvironment */.gY)(build) },
            signal: job.signal,
            ...(readsGitHub(options) && { waitTimeoutMs: WAIT_TIMEOUT_MS }),
            transfers: {
                stallTimeoutMs: plan.stallTimeoutMs,
                sentBytes: builder.isHere ? readSentBytes : () => undefined,
                say: log.info,
            },
        });
        const { cacheUse, failure } = ended;
        if (failure === undefined) {
            warnOfCacheTrouble(log, cacheUse.trouble);
            return { ...ended, ran: options };
        }
        const pushed = pushedWithoutCache(failure, options);
        if (pushed !== undefined) {
            const trouble = [{ way: 'written', reason: failure.message }];
            warnOfCacheTrouble(log, trouble);
            return { cacheUse: { ...cacheUse, trouble }, pushed, ran: options };
        }
        const withoutCache = leaveCacheOut(failure, options);
        if (withoutCache === undefined)
            return { ...ended, ran: options };
        log.warn(withoutCache.warning);
        const nextOptions = { ...options, ...withoutCache.options };
        // A transfer of an image that stalled is one of the three tries, whatever else is left out of the next.
        return isImageStall(failure) ? { ...ended, ran: nextOptions } : run(log, build, nextOptions);
    };
    const runWithRetries = async (log, build, options) => {
        let nextOptions = options;
        for (let tries = 1;; tries++) {
            const ended = await run(log, build, nextOptions);
            const fault = ended.failure && (0,pull_faults/* findPullFault */.B1)(ended.failure);
            if (fault === undefined || tries > fault.retries)
                return ended;
            nextOptions = ended.ran;
            const pauseMs = (0,pull_faults/* pauseBeforeTry */.tp)(tries, fault, Math.random());
            log.info(`The pull of an image failed (${fault.name}): trying again in ${Math.ceil(pauseMs / 1000)} seconds.`);
            await clock.sleep(pauseMs, job.signal);
        }
    };
    let hasReportedEmptySecrets = false;
    return {
        annotates: builder.annotates,
        build(log, build, options) {
            if (!hasReportedEmptySecrets)
                reportEmptySecrets(log, build);
            hasReportedEmptySecrets = true;
            return runWithRetries(log, build, builder.caches ? options : { ...options, cache: { from: [], to: [] } });
        },
    };
}
function reportEmptySecrets(log, { secrets }) {
    const nonEmpty = (0,build_secrets/* nonEmptySecrets */.cS)({ secrets });
    for (const secret of secrets.filter(each => !nonEmpty.includes(each))) {
        log.info(`${(0,build_secrets/* nameOfEmptySecret */.wl)(secret)} is empty, and the build goes without it.`);
    }
}

// EXTERNAL MODULE: ./build/builder/check-docker.js
var check_docker = __webpack_require__(15413);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/docker/docker.js + 1 modules
var docker_docker = __webpack_require__(94185);
// EXTERNAL MODULE: ./build/platform/environment.js
var platform_environment = __webpack_require__(50663);
// EXTERNAL MODULE: ./build/platform/state.js
var state = __webpack_require__(52799);
// EXTERNAL MODULE: ./build/builder/capabilities.js
var capabilities = __webpack_require__(65844);
// EXTERNAL MODULE: ./build/builder/plan.js
var builder_plan = __webpack_require__(21957);
;// CONCATENATED MODULE: ./build/builder/proxy-options.js
const proxies = ['http_proxy', 'https_proxy'];
/**
 * A container of BuildKit has neither the job's environment nor the engine's proxies, so its own are made of the job's, except for
 * those that `driver-opts` name. https://docs.docker.com/build/builders/drivers/docker-container/
 *
 * A proxy with a password is left out: buildx takes these options on its command line, which every process of the machine can
 * read. So is one on the machine itself, unless the container has the machine's network.
 *
 * @param given the driver's options of the inputs
 */
function proxyOptions(given, environment) {
    const names = new Set(given.flatMap(each => /^"?env\.([^=]+)=/.exec(each)?.[1]?.toLowerCase() ?? []));
    const hasNetworkOfHost = given.some(each => /^"?network=host\b/.test(each));
    const valueOf = (name) => names.has(name) ? undefined : environment[name] || environment[name.toUpperCase()] || undefined;
    const found = proxies.flatMap(name => {
        const value = valueOf(name);
        const url = value === undefined ? undefined : parseProxy(value);
        if (value === undefined || url === undefined)
            return [];
        const note = whyLeftOut(name, url, { hasNetworkOfHost });
        return [note === undefined ? { option: `env.${name}=${value}` } : { note }];
    });
    const options = found.flatMap(({ option }) => option ?? []);
    const exceptions = valueOf('no_proxy');
    const isProxied = options.length > 0 || proxies.some(name => names.has(name));
    return {
        options: [
            ...options,
            ...(isProxied && exceptions !== undefined ? [`env.no_proxy=${exceptions}`] : []),
        ].map(quoteCommas),
        notes: [...new Set(found.flatMap(({ note }) => note ?? []))],
    };
}
/** Programs take a proxy without a scheme too; `undefined` for what none takes. */
function parseProxy(value) {
    return URL.parse(value.includes('://') ? value : `http://${value}`) ?? undefined;
}
function whyLeftOut(name, { username, password, hostname }, { hasNetworkOfHost }) {
    if (username !== '' || password !== '')
        return `The builder does not get the job's ${name}, as its password would stand on buildx's command line. Where the builder needs it, \`driver-opts: env.${name}=…\` gives it all the same.`;
    if (!hasNetworkOfHost && /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname))
        return `The builder does not get the job's ${name}, as ${hostname} is another machine in its container: \`driver-opts: network=host\` gives it the network of this one.`;
    return undefined;
}
/** buildx reads an option as a line of CSV. */
function quoteCommas(option) {
    return /[",]/.test(option) ? `"${option.replaceAll('"', '""')}"` : option;
}

// EXTERNAL MODULE: ./build/docker/watchdog.js
var watchdog = __webpack_require__(93826);
;// CONCATENATED MODULE: ./build/builder/start-builder.js






/** Registers a node of a builder, which starts nothing yet. Throws a `Failure` where that can't be done. */
async function registerNode(job, log, command) {
    const failed = await runBuildx(job, log, command);
    if (failed === undefined)
        return;
    throw new platform_failure/* Failure */.HR(`buildx could not make a builder: ${failed.reason}`, {
        remedy: remedyOf(command.driver, failed.reason),
    });
}
/**
 * Pulls BuildKit's image and starts it, or dials the one that runs elsewhere. What may pass is tried again, three times in all.
 * Throws a `Failure` where the builder does not answer.
 */
async function startBuilder(job, log, command) {
    for (let tries = 1;; tries++) {
        const failed = await runBuildx(job, log, command);
        if (failed === undefined)
            return;
        const { reason, isSilent } = failed;
        const remedy = remedyOf(command.driver, reason);
        const fault = isSilent
            ? { name: 'nothing is said', retries: 2, remedy }
            : (0,pull_faults/* pullFaultIn */.tU)(reason);
        if (fault === undefined || tries > fault.retries) {
            throw new platform_failure/* Failure */.HR(`The builder does not answer: ${reason}`, {
                remedy: fault?.waitMs === undefined ? remedy : `${fault.remedy} ${mirrorRemedy}`,
            });
        }
        const pauseMs = (0,pull_faults/* pauseBeforeTry */.tp)(tries, fault, Math.random());
        log.info(`The builder does not answer (${fault.name}): trying again in ${Math.ceil(pauseMs / 1000)} seconds.`);
        await poll/* clock */.pm.sleep(pauseMs, job.signal);
    }
}
/** How often the time since buildx's last word is read within the time-out. */
const LOOKS_PER_TIMEOUT = 12;
const MAX_INTERVAL_MS = 5000;
/** Returns why the command failed; `undefined` where it did not. */
async function runBuildx(job, log, { docker, argv, stallTimeoutMs }) {
    log.info(`docker buildx ${(0,command_line/* sayCommand */.h)(argv)}`);
    // The pull of BuildKit's image is silent, so this is the time of all of it.
    let heardAt = performance.now();
    const hear = () => void (heardAt = performance.now());
    const run = (signal) => docker.buildx(argv, { ...(signal && { signal }), onOutput: hear });
    const { exitCode, output, stopped } = await (0,watchdog/* runWatched */.ox)(run, {
        signal: job.signal,
        watch: {
            intervalMs: Math.min(MAX_INTERVAL_MS, stallTimeoutMs / LOOKS_PER_TIMEOUT),
            look: now => (now - heardAt >= stallTimeoutMs ? { silentMs: now - heardAt } : undefined),
        },
    });
    if (stopped !== undefined) {
        const reason = `buildx said nothing for ${(0,transfer_watch/* sayTime */.J)(stopped.silentMs)} (\`stall-timeout\`)`;
        return { reason, isSilent: true };
    }
    if (exitCode === 0)
        return undefined;
    const said = output.match(/^ERROR: .*$/gm)?.at(-1);
    return { reason: said?.replace('ERROR: ', '') ?? output.trim(), isSilent: false };
}
const mirrorRemedy = "A mirror of BuildKit's image is named by `driver-opts: image=…`.";
function remedyOf(driver, reason) {
    if (reason.includes('TLS data loaded from environment'))
        return 'buildx takes an engine behind TLS from a docker context alone: run `docker context create tls --docker host=…,ca=…,cert=…,key=…` in a step before this one, and give `driver: docker-container` with `endpoint: tls`.';
    if (driver === 'docker-container' && /x509: |failed to verify certificate/.test(reason))
        return "The engine pulls BuildKit's image, and does not trust who signed the certificate of its registry: put the authority's certificate into `/etc/docker/certs.d/HOST/ca.crt` on the engine's machine, or name an image of another registry by `driver-opts: image=…`. AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS are for the calls of this step itself.";
    return remedies[driver];
}
const remedies = {
    'docker-container': 'Check `driver-opts`, and that this runner can pull the image of BuildKit (moby/buildkit); a mirror of it is named by `driver-opts: image=…`. Without a builder of its own the step builds with `cache: off` and a single platform, or with the containerd image store of this engine.',
    kubernetes: 'Check `driver-opts`, that KUBECONFIG or the service account of this runner reaches the cluster, and that it may make Deployments in the namespace.',
    remote: 'Check `endpoint`, that BuildKit listens there and that this runner may reach it; with TLS the `driver-opts` are cacert, cert, key and, where the certificate has another name than the endpoint, servername.',
};

// EXTERNAL MODULE: ./build/builder/certificates.js
var builder_certificates = __webpack_require__(76698);
;// CONCATENATED MODULE: ./build/builder/write-certificates.js



/** Writes the certificates of a plan's nodes into files that only this user can read. The post step removes them. */
async function writeCertificates(plan) {
    const nodes = [plan.node, ...plan.append];
    if (nodes.every(({ certificates = [] }) => certificates.length === 0))
        return plan;
    const folder = await (0,temp_dir/* makeTempDir */.mk)();
    (0,state/* remember */.kY)({ certificates: folder });
    for (const [index, { certificates = [] }] of nodes.entries())
        for (const { option, text } of certificates)
            await (0,temp_dir/* writeTempFile */.c7)((0,builder_certificates/* fileOf */.W7)(folder, index, option), text, { mode: 0o600 });
    return (0,builder_certificates/* withCertificateFiles */.Bn)(plan, folder);
}

;// CONCATENATED MODULE: ./build/builder/prepare-builder.js












/**
 * Finds a builder that can do what is asked, and makes one where there is none. Throws a `Failure` where it can't be made,
 * unless it was only for the cache.
 */
async function prepareBuilder({ job, plan }, docker, 
/** The chosen cache. A builder that the inputs ask for is made without waiting until layers are restored. */
restoring) {
    const { builder } = plan;
    if (builder.kind === 'made')
        return makeBuilder(job, { docker, plan, builderPlan: await writeCertificates(builder), why: 'as asked' });
    const { choice: cache } = await restoring;
    if (docker.named !== undefined)
        return useNamedBuilder(job, docker.named, cache);
    const kind = (0,capabilities/* builderKindOf */.dj)('docker', docker);
    const needed = (0,capabilities/* neededCapabilities */.cM)(plan.build, plan);
    const missing = (0,capabilities/* missingCapabilities */.lQ)(kind, [...((0,capabilities/* needsCache */.ug)(cache) ? ['cache'] : []), ...needed]);
    const engineBuilder = { name: undefined, annotates: docker.containerdStore, isHere: docker.isHere };
    if (missing.length === 0 && (engineBuilder.annotates || !plan.push))
        return { ...engineBuilder, caches: true };
    const current = await (0,docker_docker/* findBuilder */.Lx)(docker, job.signal);
    if (current?.driver !== 'docker') {
        return job.step('Prepare the builder', async (log) => {
            log.result("The job's own builder can do what is asked");
            return { name: undefined, annotates: true, caches: true, isHere: current?.isHere ?? false };
        });
    }
    if (missing.length === 0)
        return { ...engineBuilder, caches: true };
    const builderPlan = {
        kind: 'made',
        driver: 'docker-container',
        node: { driverOpts: [], platforms: [] },
        append: [],
    };
    const options = {
        docker,
        plan,
        builderPlan,
        why: `as the engine's own builder can't ${missing.join(', nor ')}`,
    };
    if ((0,capabilities/* missingCapabilities */.lQ)(kind, needed).length > 0)
        return makeBuilder(job, options);
    // Where the builder is only needed for the cache, the image is built without a cache if the builder can't be made.
    return makeBuilder(job, { ...options, fallback: { ...engineBuilder, caches: false } });
}
/** Uses a named builder, which `checkDocker` has checked. Where it can't use the chosen cache, it builds without one. */
async function useNamedBuilder(job, { name, kind, isHere }, cache) {
    const missing = (0,capabilities/* missingCapabilities */.lQ)(kind, (0,capabilities/* needsCache */.ug)(cache) ? ['cache'] : []);
    const builder = {
        name,
        annotates: (0,capabilities/* missingCapabilities */.lQ)(kind, ['annotations']).length === 0,
        caches: missing.length === 0,
        isHere,
    };
    if (!builder.caches) {
        await job.step('Prepare the builder', async (log) => {
            log.warn(`Layers are not cached: the builder '${name}' can't ${missing.join(', nor ')}. Set \`driver: docker-container\` in place of it, turn on the containerd image store of this engine, or set \`cache: off\`.`);
            log.result(`${name} builds, without a cache`);
        });
    }
    return builder;
}
/** Makes a builder for this job and waits until it answers. `post.ts` removes it after the job. */
function makeBuilder(job, options) {
    const { docker, builderPlan, why, fallback } = options;
    return job.step('Prepare the builder', async (log) => {
        const name = (0,state/* newBuilderName */.f0)();
        try {
            await createBuilder(job, log, { ...options, name });
        }
        catch (error) {
            if (fallback === undefined || !(error instanceof platform_failure/* Failure */.HR))
                throw error;
            log.warn(`Layers are not cached: ${error.message}\n${error.remedy}`);
            log.result("The engine's own builder builds, without a cache");
            return fallback;
        }
        const nodes = builderPlan.append.length === 0 ? '' : `, ${builderPlan.append.length + 1} nodes`;
        log.result(`Made a builder for this job (${builderPlan.driver}${nodes}), ${why}; removed when the job ends`);
        const isOfEngine = builderPlan.driver === 'docker-container' &&
            [builderPlan.node, ...builderPlan.append].every(({ endpoint }) => endpoint === undefined);
        return { name, annotates: true, caches: true, isHere: docker.isHere && isOfEngine };
    });
}
async function createBuilder(job, log, { docker, plan, builderPlan, name }) {
    const { driver } = builderPlan;
    const common = { docker, driver, stallTimeoutMs: plan.stallTimeoutMs };
    const scratch = await (0,temp_dir/* makeTempDir */.mk)();
    const configFile = (0,external_node_path_.join)(scratch, 'buildkitd.toml');
    try {
        if (builderPlan.config !== undefined)
            await (0,external_node_fs_promises_.writeFile)(configFile, builderPlan.config, { mode: 0o600 });
        (0,state/* remember */.kY)({ builder: name });
        for (const argv of (0,builder_plan/* createArguments */.l$)(withProxies(log, builderPlan), {
            name,
            configFile,
            allow: plan.build.allow,
        })) {
            await registerNode(job, log, { ...common, argv });
        }
    }
    finally {
        await (0,external_node_fs_promises_.rm)(scratch, { recursive: true, force: true });
    }
    await startBuilder(job, log, { ...common, argv: ['inspect', '--bootstrap', '--builder', name] });
}
/** The plan with the job's proxies for containers on the job's engine; machines elsewhere have networks of their own. */
function withProxies(log, plan) {
    const withJobs = (node) => {
        if (plan.driver !== 'docker-container' || node.endpoint !== undefined)
            return node;
        const { options, notes } = proxyOptions(node.driverOpts, (0,platform_environment/* jobEnvironment */.tw)());
        for (const note of notes)
            log.info(note);
        return { ...node, driverOpts: [...node.driverOpts, ...options] };
    };
    return { ...plan, node: withJobs(plan.node), append: plan.append.map(withJobs) };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/build/contexts.js
var contexts = __webpack_require__(24555);
;// CONCATENATED MODULE: ./build/cache/archive-keys.js

/** The keys of an archive. GitHub itself searches the caches of the branch, then of its base, then of the default branch. */
function archiveKeysOf(name, dockerfile, contents = 'layers') {
    const imagePrefix = `ecr-image-${contents}-${name}-`;
    return { key: `${imagePrefix}${shortHashOf(dockerfile)}-`, fallbackKeys: [imagePrefix] };
}
/**
 * A hash of what a cache holds, the same for the same layers and the same build steps. It is made of BuildKit's
 * `application/vnd.buildkit.cacheconfig.v0` (`config`, JSON) without the times of creation.
 * https://github.com/moby/buildkit/blob/master/cache/remotecache/v1/spec.go
 */
function cacheContentHash(config) {
    const { layers, records } = JSON.parse(config);
    return shortHashOf(JSON.stringify([layers, records], (key, value) => (key === 'createdAt' ? undefined : value)));
}
/** The digest of the newest manifest in `index.json` of an OCI layout. */
function newestDigestIn(index) {
    const { manifests = [] } = JSON.parse(index);
    return manifests[0]?.digest;
}
/** The digest of BuildKit's cache config in the manifest of a cache. */
function cacheConfigDigestIn(manifest) {
    const { config, manifests = [] } = JSON.parse(manifest);
    return [config, ...manifests].find(each => each?.mediaType === 'application/vnd.buildkit.cacheconfig.v0')
        ?.digest;
}
function shortHashOf(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex').slice(0, 16);
}

// EXTERNAL MODULE: ./build/platform/job.js
var platform_job = __webpack_require__(56497);
;// CONCATENATED MODULE: ./build/cache-mounts/copy-builds.js

/** A Dockerfile whose build copies the contents of the mounts to the folders `/<group>/<mount>` of its result. */
function exportMountsDockerfile({ args, from, mounts }, { nonce, index }) {
    const copies = mounts.map((_, at) => `cp -a /.mounts/${at}/. ${savedFolderOf(index, at)}/`);
    const folders = mounts.map((_, at) => savedFolderOf(index, at)).join(' ');
    return [
        `${args}${from} AS kept`,
        'USER 0',
        `RUN ${mounts.map((mount, at) => `${mountFlagOf(mount, at)} `).join('')}: ${nonce} && mkdir -p ${folders} && ${copies.join(' && ')}`,
        'FROM scratch',
        'COPY --from=kept /.saved /',
        '',
    ].join('\n');
}
/** A Dockerfile whose build fills the empty mounts from the image `saved`, or from `saved.tar` where that is `undefined`. */
function fillMountsDockerfile({ args, from, mounts }, { nonce, index, saved }) {
    const source = saved === undefined ? 'FROM scratch AS saved\nADD saved.tar /' : `FROM ${saved} AS saved`;
    const copies = mounts.map((_, at) => {
        const [savedFolder, target] = [savedFolderOf(index, at), `/.mounts/${at}`];
        return `if [ -d ${savedFolder} ] && [ -z "$(ls -A ${target})" ]; then cp -a ${savedFolder}/. ${target}/; fi`;
    });
    return [
        `${args}${source}`,
        from,
        'USER 0',
        `RUN --mount=type=bind,from=saved,target=/.saved ${mounts.map((mount, at) => `${mountFlagOf(mount, at)} `).join('')}: ${nonce} && ${copies.join(' && ')}`,
        '',
    ].join('\n');
}
function savedFolderOf(index, at) {
    return `/.saved/${index}/${at}`;
}
function mountFlagOf({ id, options }, at) {
    return `--mount=type=cache,id=${id},target=/.mounts/${at}${options}`;
}
/** The label with the digest of the mounts' contents in an image that saves them. */
const digestLabel = 'ecr-image.mounts';
/** A Dockerfile that makes an image of `saved.tar`, labelled with the digest of its contents. */
function savedImageDockerfile(digest) {
    return `FROM scratch\nADD saved.tar /\nLABEL ${digestLabel}=${digest}\n`;
}
/** The digest of the contents in the JSON that `imagetools inspect` prints of such an image; `undefined` where there is none. */
function savedDigestIn(config) {
    return new RegExp(`"${RegExp.escape(digestLabel)}":\\s*"([0-9a-f]+)"`).exec(config)?.[1];
}
/**
 * The arguments of `docker buildx` that build one of these Dockerfiles from standard input, with the contexts and build
 * arguments of the image. With several platforms the first one is used.
 */
function copyArguments({ platforms, buildContexts, buildArgs }, { builder, context, output }) {
    return [
        'build',
        ...(builder === undefined ? [] : ['--builder', builder]),
        ...run_build/* progressArguments */.G,
        '--provenance=false',
        '--file',
        '-',
        '--output',
        output,
        ...(platforms[0] === undefined ? [] : ['--platform', platforms[0]]),
        ...buildContexts.flatMap(each => ['--build-context', each]),
        ...buildArgs.flatMap(each => (each.startsWith('BUILDKIT_SYNTAX') ? [] : ['--build-arg', each])),
        context,
    ];
}
/** Why the build of one of these Dockerfiles failed. */
function copyErrorOf({ message }) {
    return /did not complete|exec:|no such file/.test(message)
        ? `${message}. It takes a shell, mkdir, ls and cp in that image.`
        : message;
}

// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/platform/process.js
var process = __webpack_require__(84539);
// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
;// CONCATENATED MODULE: ./build/cache/relay-worker-output.js

/**
 * Writes the output of the cache worker to the log. The commands of the worker's own client are carried out here: its masks, and
 * its errors as warnings, as the cache does not fail the job. Each of them is a single line, in which the client has escaped the
 * ends of lines. All other lines are text.
 * https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
function relayWorkerOutput(log, output) {
    for (const line of output.split(/\r?\n/)) {
        const [, name, data = ''] = /^::(add-mask|debug|error|notice|warning)(?: [^:]*)?::(.*)$/.exec(line) ?? [];
        const text = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
        switch (name) {
            case 'add-mask':
                (0,actions/* mask */.dK)(text);
                break;
            case 'debug':
                actions/* annotate */.fz.debug(text);
                break;
            case 'notice':
                log.info(text);
                break;
            case 'error':
            case 'warning':
                log.warn(text);
                break;
            default:
                if (line !== '' && !line.startsWith('archive: '))
                    log.info(line);
        }
    }
}

;// CONCATENATED MODULE: ./build/cache/safe-tar.js


/**
 * Stands before `tar` on the PATH of GitHub's cache client, which calls it with `-P`: then a member may have an absolute path,
 * climb by `..`, or be written through a link that the archive itself has made. Without `-P`, GNU tar and bsdtar refuse all of
 * these. tar and the decompressor get no environment but what they need, and what they print, which may have names of members
 * in it, goes to a file beside this one.
 * https://www.gnu.org/software/tar/manual/html_node/Security.html
 */
const wrapper = `#!/bin/sh
PATH=\${PATH#*:}
if [ "$1" = -xf ]; then set -- "$@" --no-same-owner --no-same-permissions; fi
for argument; do
  shift
  [ "$argument" = -P ] || set -- "$@" "$argument"
done
exec env -i PATH="$PATH" LC_ALL=C RUNNER_TRACKING_ID="\${RUNNER_TRACKING_ID-}" "\${0##*/}" "$@" >/dev/null 2>>"$0.log"
`;
/** The names under which the client looks for tar: `gtar` is GNU's on macOS. */
const tarNames = ['tar', 'gtar'];
/** Makes a {@link SafeTar} in a folder. `path` is the PATH that has the machine's own tar. */
async function makeSafeTar(folder, path) {
    await (0,external_node_fs_promises_.mkdir)(folder, { recursive: true });
    const there = await Promise.all(tarNames.map(async (name) => ((await isOnPath(name, path)) ? [name] : [])));
    const made = there.flat();
    await Promise.all(made.map(name => (0,external_node_fs_promises_.writeFile)((0,external_node_path_.join)(folder, name), wrapper, { mode: 0o700 })));
    return {
        path: [folder, path].join(external_node_path_.delimiter),
        async output() {
            const logs = made.map(name => (0,external_node_fs_promises_.readFile)((0,external_node_path_.join)(folder, `${name}.log`), 'utf8').catch(() => ''));
            return (await Promise.all(logs)).join('');
        },
    };
}
async function isOnPath(name, path) {
    const found = path.split(external_node_path_.delimiter).map(folder => (0,external_node_fs_promises_.lstat)((0,external_node_path_.join)(folder, name)).then(() => true, () => false));
    return (await Promise.all(found)).includes(true);
}
/**
 * Why an unpacked archive is none that this step has saved of the folder `name`; completes "it …". It may hold that folder
 * alone, and in it folders and files that can be read: neither BuildKit's cache nor the archive of cache mounts has links or
 * devices.
 */
async function whyForeign(unpacked, name) {
    const names = await (0,external_node_fs_promises_.readdir)(unpacked);
    if (!names.includes(name))
        return `does not hold ${name}`;
    const foreign = names.find(each => each !== name) ?? (await foreignEntryIn(unpacked, name));
    return foreign === undefined
        ? undefined
        : `holds ${JSON.stringify(foreign)}, which this step would not have saved`;
}
/** The path of an entry that is neither a folder nor a file, or cannot be read. */
async function foreignEntryIn(root, path) {
    const stats = await (0,external_node_fs_promises_.lstat)((0,external_node_path_.join)(root, path));
    if (stats.isFile())
        return stats.nlink === 1 && (stats.mode & 0o400) !== 0 ? undefined : path;
    if (!stats.isDirectory() || (stats.mode & 0o500) !== 0o500)
        return path;
    for (const name of await (0,external_node_fs_promises_.readdir)((0,external_node_path_.join)(root, path))) {
        const found = await foreignEntryIn(root, (0,external_node_path_.join)(path, name));
        if (found !== undefined)
            return found;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/cache/github-archive.js









/**
 * Restores the newest archive whose key begins with `key`, else with one of `fallbackKeys`. `none`: there is none. `failed`:
 * there may be one, but it could not be restored; the log says why.
 *
 * Whoever can write the cache chooses what is in an archive. It is unpacked into an empty folder of its own, by a tar that does
 * not leave it, and put in place only if it holds nothing but what this step saves.
 */
async function restoreArchive(job, { folder, key, fallbackKeys }, options) {
    const temp = await (0,temp_dir/* makeTempDir */.mk)();
    try {
        const workspace = (0,external_node_path_.join)(temp, 'unpacked');
        await (0,external_node_fs_promises_.mkdir)(workspace);
        const args = ['restore', folder, key, ...fallbackKeys];
        const output = await runCacheWorker(job, args, { ...options, temp, workspace });
        if (output === undefined)
            return 'failed';
        const [, found] = /^archive: (\S+)$/m.exec(output) ?? [];
        // The client reports its errors only by a warning.
        if (found === undefined)
            return output.includes('Failed to restore: ') ? 'failed' : 'none';
        const reason = await putInPlace((0,external_node_path_.join)(workspace, (0,external_node_path_.basename)(folder)), folder);
        if (reason !== undefined) {
            options.log.warn(`The archive ${found} in GitHub's cache is not used: it ${reason}. Delete that cache, and look who can write the caches of this branch.`);
            return 'failed';
        }
        const [, bytes = '0'] = /^Cache Size: .*\((\d+) B\)$/m.exec(output) ?? [];
        return { key: found, bytes: Number(bytes) };
    }
    finally {
        await (0,temp_dir/* removeFolder */.v$)(temp);
    }
}
/** Moves an unpacked folder to its place, or tells why it is none of this step's. */
async function putInPlace(unpacked, folder) {
    try {
        const reason = await whyForeign((0,external_node_path_.dirname)(unpacked), (0,external_node_path_.basename)(unpacked));
        if (reason !== undefined)
            return reason;
        await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
        await (0,external_node_fs_promises_.rename)(unpacked, folder);
        return undefined;
    }
    catch (error) {
        return `could not be put in its place: ${(0,platform_failure/* describeFailure */.Ic)(error)}`;
    }
}
/** Saves a folder in GitHub's cache. Returns whether it was saved; where it was not, the log says why. */
function saveArchive(job, { folder, key }, options) {
    return (0,temp_dir/* withTempDir */.E8)(async (temp) => {
        // The client names the members by their paths from the workspace.
        const workspace = (0,external_node_path_.dirname)(folder);
        const output = await runCacheWorker(job, ['save', folder, key], { ...options, temp, workspace });
        return /^archive: true$/m.test(output ?? '');
    });
}
/** Runs `cache-worker.js`, which is beside this program in dist/. Returns its output, or `undefined` where it failed. */
async function runCacheWorker(job, args, { log, timeoutMs, temp, workspace }) {
    if (external_node_process_.platform === 'win32') {
        log.warn("Archives in GitHub's cache are not used on Windows, where the step cannot unpack them safely.");
        return undefined;
    }
    const program = (0,external_node_path_.join)((0,external_node_path_.dirname)(external_node_process_.argv[1] ?? ''), 'cache-worker.js');
    const timeout = AbortSignal.timeout(timeoutMs);
    const environment = (0,platform_environment/* cacheWorkerEnvironment */.Ul)((0,platform_environment/* jobEnvironment */.tw)());
    try {
        const tar = await makeSafeTar((0,external_node_path_.join)(temp, 'programs'), environment['PATH'] ?? '');
        const { exitCode, output } = await (0,process/* startProcess */.kp)(external_node_process_.execPath, [program, ...args], {
            env: { ...environment, PATH: tar.path, RUNNER_TEMP: temp, GITHUB_WORKSPACE: workspace },
            signal: AbortSignal.any([job.signal, timeout]),
        });
        relayWorkerOutput(log, output);
        log.raw(await tar.output());
        if (exitCode === 0)
            return output;
        log.warn("GitHub's cache could not be used; the lines above say why.");
    }
    catch (error) {
        job.signal.throwIfAborted();
        log.warn(timeout.aborted
            ? `GitHub's cache took longer than ${timeoutMs / 60_000} minutes and was given up.`
            : `GitHub's cache could not be used: ${(0,platform_failure/* describeFailure */.Ic)(error)}`);
    }
    return undefined;
}

// EXTERNAL MODULE: ./build/docker/build-failure.js
var build_failure = __webpack_require__(98526);
;// CONCATENATED MODULE: ./build/cache-mounts/find-saved-mounts.js






/** Milliseconds after which restoring an archive is given up. */
const RESTORE_TIMEOUT_MS = 180_000;
/**
 * Finds the newest contents in the registry, once docker is logged in.
 * @throws {Failure} when what is saved cannot be read.
 */
async function findSavedImage(job, docker, { reads, login }) {
    if (reads.length > 0)
        await login;
    for (const { reference: from, bytes } of reads) {
        const argv = ['imagetools', 'inspect', '--format', '{{json .Image}}', from];
        const { exitCode, stdout, stderr } = await docker.askBuildx(argv, job.signal);
        if (exitCode !== 0) {
            throw new platform_failure/* Failure */.HR(`What is saved as ${from} could not be read: ${copyErrorOf((0,build_failure/* buildFailureOf */.Eo)(undefined, stderr.split('\n')))}`, {
                remedy: 'It is left as it is. Should this go on, delete that tag: the next build saves them anew.',
            });
        }
        const digest = savedDigestIn(stdout);
        if (digest !== undefined)
            return { digest, from, name: from, bytes };
    }
    return undefined;
}
/**
 * Finds the newest contents in GitHub's cache, and restores them as `saved.tar`.
 * @throws {Failure} when the cache cannot be read.
 */
async function findSavedArchive(job, log, archive) {
    const restored = await restoreArchive(job, archive, { log, timeoutMs: RESTORE_TIMEOUT_MS });
    if (restored === 'failed') {
        throw new platform_failure/* Failure */.HR("What GitHub's cache may have of them could not be read.", {
            remedy: 'It is left as it is.',
        });
    }
    if (restored === 'none' || !(0,external_node_fs_.existsSync)((0,external_node_path_.join)(archive.folder, 'saved.tar')))
        return undefined;
    return { digest: restored.key.replace(/^.*-/, ''), name: restored.key, bytes: restored.bytes };
}

// EXTERNAL MODULE: ./build/cache-mounts/plan.js
var cache_mounts_plan = __webpack_require__(69943);
;// CONCATENATED MODULE: ./build/cache-mounts/restore-mounts.js













/** Milliseconds after which building one of the step's own Dockerfiles is given up. */
const COPY_TIMEOUT_MS = 300_000;
/** The beginning of the warning where something fails. */
const goal = 'Cache mounts are not kept';
/**
 * Fills the build's cache mounts with the contents that an earlier build saved. Where that fails, it only warns. Returns
 * `undefined` where no mounts are kept.
 */
async function restoreMounts({ job, plan, tell }, { found, ...tools }) {
    const { mounts } = plan;
    if (mounts.kind === 'off')
        return undefined;
    return job.step('Restore cache mounts', async (log) => {
        const work = () => findAndFill(job, log, { plan, mounts, tools, found });
        const restored = await (0,platform_job/* bestEffort */.z$)(job, log, { goal, work });
        if (restored)
            tell({ mounts: restored.summary });
        return restored;
    });
}
async function findAndFill(job, log, options) {
    const { plan, mounts, tools, found: ecr } = options;
    const { build } = plan;
    const dockerfile = await readDockerfile(log, build);
    if (dockerfile === undefined)
        return undefined;
    // The parser is loaded only where it is needed.
    const { parseMounts } = await Promise.all(/* import() */[__webpack_require__.e(279), __webpack_require__.e(90)]).then(__webpack_require__.bind(__webpack_require__, 49090));
    const { groups, skipped } = parseMounts(dockerfile, mounts.kind === 'named' ? mounts.mounts : undefined);
    for (const each of skipped)
        log.warn(`A cache mount is not kept: ${each}.`);
    const manifests = ecr?.existing.caches ?? new Map();
    const store = (0,cache_mounts_plan/* chooseMountStore */.O$)(mounts, ecr && { ...ecr.repository, manifests });
    if (store.kind === 'none')
        log.warn(`Cache mounts are not kept: ${store.why}.`);
    if (groups.length === 0 || store.kind === 'none') {
        log.result('No cache mount is kept');
        return undefined;
    }
    const { key, fallbackKeys } = archiveKeysOf(mounts.name, dockerfile, 'mounts');
    const folder = (0,temp_dir/* fixedTempDir */.MO)('mounts');
    (0,state/* remember */.kY)({ mounts: folder });
    await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
    await (0,external_node_fs_promises_.mkdir)(folder, { recursive: true });
    const ids = groups.flatMap(group => group.mounts.map(({ id }) => id));
    const summary = { ids, why: store.why, bytes: 0 };
    const copy = createCopy(job, tools, build);
    const unfilled = { copy, groups, store, key, folder, summary, isIncomplete: false };
    const idList = ids.join(', ');
    const saved = store.kind === 'registry'
        ? await findSavedImage(job, tools.docker, { reads: store.reads, login: ecr?.login })
        : await findSavedArchive(job, log, { folder, key, fallbackKeys });
    if (saved === undefined) {
        log.result(`Nothing is saved of ${idList} yet (${store.why})`);
        return unfilled;
    }
    const filled = await fillMounts(log, { ...unfilled, from: saved.from });
    log.result(filled ? `Filled ${idList} from ${saved.name}` : 'Cache mounts stay as they are');
    const { digest: restored, name: from, bytes } = saved;
    return {
        ...unfilled,
        restored,
        isIncomplete: !filled,
        summary: filled ? { ...summary, from, bytes } : summary,
    };
}
/** Reads the Dockerfile, or warns where it is not on this machine: with a remote context, a local file is not its Dockerfile. */
async function readDockerfile(log, build) {
    const file = build.file ?? (0,external_node_path_.join)(build.context, 'Dockerfile');
    const isHere = (0,contexts/* contextsOf */.WO)(build)['context']?.kind === 'folder';
    if (isHere && (0,external_node_fs_.existsSync)(file))
        return (0,external_node_fs_promises_.readFile)(file, 'utf8');
    log.warn(`Cache mounts are not kept: there is no ${isHere ? file : `Dockerfile of ${build.context}`} here to read them from.`);
    return undefined;
}
/** Fills all groups, and returns whether every one was filled. */
async function fillMounts(log, mounts) {
    const { copy, groups, from, folder } = mounts;
    let filled = true;
    for (const [index, group] of groups.entries()) {
        const text = fillMountsDockerfile(group, { nonce: (0,external_node_crypto_.randomUUID)(), index, saved: from });
        const { failure } = await copy(log, { text, context: folder, output: 'type=cacheonly' });
        if (failure === undefined)
            continue;
        filled = false;
        log.warn(`Cache mounts could not be filled in ${group.image}: ${copyErrorOf(failure)}`);
    }
    return filled;
}
/** Returns a function that builds the step's own Dockerfiles with the builder, contexts and build arguments of the image. */
function createCopy(job, { docker, building }, build) {
    return async (log, { text, context, output }) => {
        const argv = copyArguments(build, { builder: (await building).name, context, output });
        return (0,run_build/* runBuild */.c)(docker, argv, {
            log,
            input: text,
            env: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
            signal: AbortSignal.any([job.signal, AbortSignal.timeout(COPY_TIMEOUT_MS)]),
        });
    };
}

;// CONCATENATED MODULE: ./build/cache-mounts/tar.js



/** Appends the contents of the tarball `source` to the tarball `target`. Throws a `Failure` where tar fails. */
async function joinTarballs(target, source, signal) {
    const { exitCode, output } = await (0,process/* runProcess */.R3)('tar', ['--concatenate', '--file', target, source], {
        env: (0,platform_environment/* tarEnvironment */.d_)((0,platform_environment/* jobEnvironment */.tw)()),
        signal,
    });
    if (exitCode === 0)
        return;
    throw new platform_failure/* Failure */.HR(`Two tarballs could not be joined: ${output.trim()}`, {
        remedy: 'It takes GNU tar on this runner.',
    });
}
/** Lists a tarball, one line for each entry: mode, owner, size, time and name. */
async function listTarball(file, signal) {
    const argv = ['--list', '--verbose', '--numeric-owner', '--full-time', '--file', file];
    const { output } = await (0,process/* runProcess */.R3)('tar', argv, {
        env: (0,platform_environment/* tarEnvironment */.d_)((0,platform_environment/* jobEnvironment */.tw)()),
        signal,
        stdoutOnly: true,
    });
    return output.split('\n').filter(line => line !== '');
}

;// CONCATENATED MODULE: ./build/cache-mounts/save-mounts.js








/** Milliseconds after which GitHub's cache is given up. */
const SAVE_TIMEOUT_MS = 300_000;
/** Saves the contents of the build's cache mounts where they have changed. Where that fails, it only warns. */
async function saveMounts({ job }, mounts) {
    if (mounts === undefined)
        return;
    const { store, folder, isIncomplete } = mounts;
    const isWritable = store.kind === 'github' ? store.writes : store.kind === 'registry' && store.writeReference !== undefined;
    if (isWritable && !isIncomplete) {
        await job.step('Save cache mounts', log => (0,platform_job/* bestEffort */.z$)(job, log, { goal: 'Cache mounts are not saved', work: () => saveChanged(job, log, mounts) }));
    }
    await (0,temp_dir/* removeFolder */.v$)(folder);
}
async function saveChanged(job, log, mounts) {
    const { store, folder, key, restored } = mounts;
    await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
    await (0,external_node_fs_promises_.mkdir)(folder, { recursive: true });
    const savedTar = (0,external_node_path_.join)(folder, 'saved.tar');
    if (!(await exportMounts(job, log, { ...mounts, tar: savedTar })))
        return log.result('Not saved');
    const digest = await listingDigestOf(job, savedTar);
    if (digest === undefined)
        return log.result('Not saved: the mounts are empty');
    if (digest === restored)
        return log.result('Nothing in the mounts has changed: nothing is saved');
    const name = store.kind === 'registry' ? (store.writeReference ?? '') : `${key}${digest}`;
    const saved = store.kind === 'registry'
        ? await pushImage(log, { ...mounts, name, digest })
        : await saveArchive(job, { folder, key: name }, { log, timeoutMs: SAVE_TIMEOUT_MS });
    log.result(saved ? `Saved as ${name}` : 'Not saved');
}
/** Copies the contents of all groups, one after the other, into one tarball. Returns whether all could be copied. */
async function exportMounts(job, log, mounts) {
    const { copy, groups, folder, tar } = mounts;
    for (const [index, group] of groups.entries()) {
        const part = index === 0 ? tar : (0,external_node_path_.join)(folder, `part-${index}.tar`);
        const text = exportMountsDockerfile(group, { nonce: (0,external_node_crypto_.randomUUID)(), index });
        const { failure } = await copy(log, { text, context: folder, output: `type=tar,dest=${part}` });
        if (failure !== undefined) {
            log.warn(`Cache mounts could not be read in ${group.image}: ${copyErrorOf(failure)}`);
            return false;
        }
        if (part === tar)
            continue;
        await joinTarballs(tar, part, job.signal);
        await (0,external_node_fs_promises_.rm)(part);
    }
    return true;
}
/** A hash of the tarball's names, owners, modes, sizes and times; `undefined` where it has only folders. */
async function listingDigestOf(job, tar) {
    const lines = (await listTarball(tar, job.signal)).filter(line => !line.startsWith('d'));
    if (lines.length === 0)
        return undefined;
    return (0,external_node_crypto_.createHash)('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 16);
}
async function pushImage(log, mounts) {
    const { copy, name, digest, folder } = mounts;
    const copyBuild = {
        text: savedImageDockerfile(digest),
        context: folder,
        output: `type=image,name=${name},push=true`,
    };
    const { failure } = await copy(log, copyBuild);
    if (failure !== undefined)
        log.warn(`Cache mounts could not be pushed: ${copyErrorOf(failure)}`);
    return failure === undefined;
}

// EXTERNAL MODULE: ./build/ecr/reference.js
var reference = __webpack_require__(52484);
// EXTERNAL MODULE: ./build/image/read-images.js
var read_images = __webpack_require__(71043);
;// CONCATENATED MODULE: ./build/cache/record-cold-build.js




/**
 * Stores for the next build how long a cold build takes, in the manifest of the cache that this build wrote. Where that
 * fails, it only logs why. ECR cannot move a tag on the condition that it has not changed: a cache that another run pushes
 * between the two calls is overwritten by this one, which is just as useful for the next build.
 */
async function recordColdBuild({ job, plan: { layers: plan, repository } }, { ecr }, { layers, built }) {
    if (plan.kind === 'off' || layers?.choice.kind !== 'registry' || built === undefined)
        return;
    const coldSeconds = (0,cold_build_time/* nextColdSeconds */.rU)(built, layers.times.cold);
    const { writeTag: tag } = plan.tags;
    if (tag === undefined || coldSeconds === undefined || !(0,cold_build_time/* canRecordColdTime */.Pk)(plan, layers.choice))
        return;
    const repositoryKey = { repositoryName: plan.repository ?? repository.name, ...(0,reference/* inRegistry */.z9)(repository) };
    await job.step('Note the time of the last cold build', async (log) => {
        try {
            const [cache] = await (0,read_images/* readImages */.H)(ecr, repositoryKey, (0,read_images/* byTag */.O)([tag]));
            if (cache === undefined)
                return log.result(`Not noted: there is no cache ${tag}`);
            if (cache.digest !== built.cacheUse.written)
                return log.result(`Not noted: ${tag} is not what this build wrote`);
            const manifest = (0,cold_build_time/* withColdSeconds */.wV)(cache, coldSeconds);
            await ecr.putImage({
                ...repositoryKey,
                imageTag: tag,
                imageManifest: manifest,
                imageManifestMediaType: cache.mediaType,
            });
            log.result(`${tag} tells it to the next build: ${(0,cold_build_time/* formatSeconds */.Xo)(coldSeconds)} s`);
        }
        catch (error) {
            job.signal.throwIfAborted();
            log.info((0,platform_failure/* describeFailure */.Ic)(error));
            log.result('Not noted: the next build will not tell the time that it saved');
        }
    });
}

// EXTERNAL MODULE: ./build/cache/choose-backend.js
var choose_backend = __webpack_require__(92349);
;// CONCATENATED MODULE: ./build/cache/restore-layers.js










/** The file in an archive with the seconds that the last cold build took. */
const coldSecondsFile = 'cold-seconds';
/** Milliseconds after which GitHub's cache is given up, as a build without it would be faster. */
const TIMEOUT_MS = { restore: 180_000, save: 300_000 };
/** Chooses the cache of layers, and restores an archive where that is the cache. */
function restoreLayers({ job, plan, tell }, ecr) {
    const { layers } = plan;
    return job.step('Restore layers', async (log) => {
        const startedAt = performance.now();
        const archive = layers.kind === 'actions' && layers.service.reads
            ? await restoreFolder(job, log, plan, layers)
            : undefined;
        const folder = archive?.folder ?? '';
        const choice = (0,choose_backend/* chooseCache */.e)(layers, {
            ...(ecr && {
                registry: {
                    ...ecr.repository,
                    has: tag => ecr.existing.caches?.has(tag) ?? false,
                },
                ...(ecr.cacheRepository && { cacheRegistry: ecr.cacheRepository }),
            }),
            folders: {
                from: archive?.restored === undefined ? undefined : (0,external_node_path_.join)(folder, 'restored'),
                to: (0,external_node_path_.join)(folder, 'layers'),
            },
        });
        for (const each of choice.from)
            log.info(`From  ${each}`);
        for (const each of choice.to)
            log.info(`To    ${each}`);
        if (choice.warning !== undefined)
            log.warn(choice.warning);
        log.result(describeChoice(choice));
        const cold = choice.kind === 'registry' ? coldSecondsInRegistry(layers, ecr) : await coldSecondsInArchive(archive);
        tell({ layers: { why: choice.why, restoredBytes: archive?.restored?.bytes ?? 0 } });
        const restored = archive === undefined ? 0 : (performance.now() - startedAt) / 1000;
        return {
            choice,
            ...(archive && { archive }),
            times: { ...(cold !== undefined && { cold }), restored },
        };
    });
}
/** The seconds of the last cold build in the nearest cache of the registry. */
function coldSecondsInRegistry(layers, ecr) {
    if (layers.kind === 'off')
        return undefined;
    const isInImageRepository = layers.repository === undefined;
    const manifests = isInImageRepository ? ecr?.existing.caches : ecr?.cacheRepository?.manifests;
    return (0,cold_build_time/* nearestColdSeconds */.GO)(layers.tags.readTags, manifests);
}
async function coldSecondsInArchive(archive) {
    if (archive?.restored === undefined)
        return undefined;
    const file = (0,external_node_path_.join)(archive.folder, 'restored', coldSecondsFile);
    // It is absent from the cache of a build that was not cold, and may be anything in one that this step has not saved.
    return (0,external_node_fs_promises_.readFile)(file, 'utf8').then(cold_build_time/* parseSeconds */.fL, () => undefined);
}
function describeChoice({ kind, why, from, to }) {
    if (kind === 'off')
        return why === 'off' ? 'Layer caching is off' : `Layers are not cached: ${why}`;
    const read = from.length > 0 ? 'to be read' : 'nothing to be read yet';
    return `Layers in ${why}: ${read}, ${to.length > 0 ? 'to be written' : 'not to be written'}`;
}
/**
 * Restores the archive. Its folder has the same path in every run, as GitHub's cache finds archives by their path. The
 * restored folder is then moved, so that the build exports to an empty one.
 */
async function restoreFolder(job, log, plan, { name }) {
    const folder = (0,temp_dir/* fixedTempDir */.MO)('layers');
    (0,state/* remember */.kY)({ folder });
    const archiveFolder = (0,external_node_path_.join)(folder, 'layers');
    await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
    await (0,external_node_fs_promises_.mkdir)(folder, { recursive: true });
    const { key, fallbackKeys } = archiveKeysOf(name, await restore_layers_readDockerfile(plan));
    log.info(`Looking for ${key}*, else ${fallbackKeys.join(', ')}*`);
    const restored = await restoreArchive(job, { folder: archiveFolder, key, fallbackKeys }, { log, timeoutMs: TIMEOUT_MS.restore });
    if (typeof restored === 'string' || !(0,external_node_fs_.existsSync)((0,external_node_path_.join)(archiveFolder, 'index.json')))
        return { key, folder };
    await (0,external_node_fs_promises_.rename)(archiveFolder, (0,external_node_path_.join)(folder, 'restored'));
    return { key, folder, restored };
}
async function restore_layers_readDockerfile({ build }) {
    const file = build.file ?? (0,external_node_path_.join)(build.context, 'Dockerfile');
    return (0,external_node_fs_.existsSync)(file) ? (0,external_node_fs_promises_.readFile)(file, 'utf8') : file;
}
/** Saves the cache that the build has exported, unless it equals the restored one. Trouble only costs a warning. */
async function saveLayers({ job }, layers, built) {
    if (layers?.archive === undefined)
        return;
    const { archive, choice, times } = layers;
    const cold = built ? (0,cold_build_time/* nextColdSeconds */.rU)(built, times.cold) : times.cold;
    const { folder, key, restored } = archive;
    const exported = (0,external_node_path_.join)(folder, 'layers');
    if (choice.kind !== 'actions' || !(0,external_node_fs_.existsSync)((0,external_node_path_.join)(exported, 'index.json')))
        return (0,temp_dir/* removeFolder */.v$)(folder);
    const save = async (log) => {
        const fullKey = await fullKeyOf(exported, key);
        if (fullKey === undefined)
            return log.result('Not saved: what the build exported is no cache');
        if (fullKey === restored?.key)
            return log.result('No layer has changed: nothing is saved');
        log.info(`Saving ${fullKey}`);
        if (cold !== undefined)
            await (0,external_node_fs_promises_.writeFile)((0,external_node_path_.join)(exported, coldSecondsFile), (0,cold_build_time/* formatSeconds */.Xo)(cold));
        const saved = await saveArchive(job, { folder: exported, key: fullKey }, { log, timeoutMs: TIMEOUT_MS.save });
        log.result(saved ? `Saved as ${fullKey}` : 'Not saved');
    };
    await job.step('Save layers', log => (0,platform_job/* bestEffort */.z$)(job, log, { goal: 'Layers are not saved', work: () => save(log) }));
    await (0,temp_dir/* removeFolder */.v$)(folder);
}
/** The key with the hash of the cache's content; `undefined` where the exported folder holds no cache. */
async function fullKeyOf(layout, key) {
    const blob = (digest = '') => (0,external_node_fs_promises_.readFile)((0,external_node_path_.join)(layout, 'blobs', digest.replace(':', '/')), 'utf8');
    try {
        const manifestDigest = newestDigestIn(await (0,external_node_fs_promises_.readFile)((0,external_node_path_.join)(layout, 'index.json'), 'utf8'));
        return `${key}${cacheContentHash(await blob(cacheConfigDigestIn(await blob(manifestDigest))))}`;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/image/tagger.js
var tagger = __webpack_require__(20138);
// EXTERNAL MODULE: ./build/reuse/content-key.js
var content_key = __webpack_require__(67568);
;// CONCATENATED MODULE: ./build/reuse/tag-content.js


/** Tags a new image with its content key for later commits, if the build used nothing that the key does not cover. */
async function tagByContent({ job }, aws, { repository, image, built, key, manifest }) {
    const content = await key;
    if (content.kind !== 'known' || built === undefined)
        return;
    await job.step('Name the content', async (log) => {
        const { materials } = built.metadata;
        if (materials === undefined) {
            return log.result('Not named: buildx did not say what it took (0.14 and newer do)');
        }
        const [unexpected] = (0,content_key/* unexpectedMaterials */.YD)(materials, content);
        if (unexpected !== undefined) {
            return log.result(`Not named: the build took ${unexpected.uri} at ${unexpected.digest}, which the key does not know`);
        }
        const tagged = await (0,tagger/* openTagger */.$)(aws, repository, { signal: job.signal }).put(content.tag, {
            digest: image.digest,
            ...(await manifest()),
        });
        log.result(sayTagged(content.tag, tagged));
    });
}
function sayTagged(tag, tagged) {
    switch (tagged.kind) {
        case 'put':
        case 'there':
            return `${tag} names it for other commits of the same content`;
        case 'full':
            return 'Not named: the image has as many tags as ECR allows, so other commits of the same content are built';
        case 'taken':
            return `${tag} names ${tagged.holder} already, which another job built of the same content`;
    }
}

;// CONCATENATED MODULE: ./build/build-image.js












/**
 * The functions that build: `build` pushes a new image, `buildOtherOutputs` is for when an existing image is reused. Builder and
 * caches are prepared only when one of them is called.
 */
function openBuild(run, docker, pushContext) {
    return {
        async build(other) {
            const { tools, ...caches } = await prepare(run, docker, pushContext);
            const options = { ...tools, registry: await pushContext.login, findImageOfOtherJob: other };
            return { ...caches, ...(await buildAndPush(run, pushContext.repository, options)) };
        },
        async buildOtherOutputs() {
            await (0,build_only/* buildExtraOutputs */.vM)(run, pushContext.repository, (await prepare(run, docker, pushContext)).tools);
        },
    };
}
/** Builds without a push, and saves layers and cache mounts for the next build. */
async function buildWithoutPush(run) {
    const docker = await (0,check_docker/* checkDocker */.d)(run, (0,docker_docker/* findDocker */.ce)(run.job, run.plan));
    const { tools, ...caches } = await prepare(run, docker);
    await (0,build_only/* buildOnly */.F0)(run, tools);
    await (0,platform_job/* together */.bs)(saveLayers(run, caches.layers), saveMounts(run, caches.mounts));
}
/** Saves what the next build can use: layers, cache mounts, the duration of a cold build, and the image's content key. */
async function keepForNextBuild(run, aws, { layers, mounts, ...image }) {
    await (0,platform_job/* together */.bs)(saveLayers(run, layers, image.built), recordColdBuild(run, aws, { layers, built: image.built }), saveMounts(run, mounts), tagByContent(run, aws, image));
}
/** Prepares the builder and restores layers and cache mounts, in parallel. */
async function prepare(run, docker, pushContext) {
    const restoring = (0,platform_job/* begin */.qN)(restoreLayers(run, pushContext));
    const building = (0,platform_job/* begin */.qN)(prepareBuilder(run, docker, restoring));
    const filling = restoreMounts(run, { docker, building, found: pushContext });
    const [layers, builder, mounts] = await Promise.all([restoring, building, filling]);
    const buildx = openBuildx(run, { docker, builder });
    return { tools: { buildx, cache: layers.choice, times: layers.times }, layers, mounts };
}


/***/ }),

/***/ 54512:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gw: () => (/* binding */ isForIndex),
/* harmony export */   UM: () => (/* binding */ isForIndexOnly),
/* harmony export */   V_: () => (/* binding */ withLevel),
/* harmony export */   nM: () => (/* binding */ indexAnnotations)
/* harmony export */ });
/** The levels before the name of an annotation, such as `index:` or `manifest[linux/amd64],index:`. https://docs.docker.com/build/metadata/annotations/#annotation-level */
const levelPrefix = /^((?:manifest|index|manifest-descriptor|index-descriptor)(?:\[[^\]]+\])?(?:,|:))+/;
/** Whether an annotation is for the index or its descriptor, whatever else it is for. The image of a single platform has no index. */
function isForIndex(annotation) {
    return /(^|,)index(-descriptor)?\b/.test(levelPrefix.exec(annotation)?.[0] ?? '');
}
/** Whether an annotation is for the index alone. */
function isForIndexOnly(annotation) {
    return annotation.startsWith('index:');
}
/** An annotation with its level. One without is the manifest's. */
function withLevel(annotation) {
    return levelPrefix.test(annotation) ? annotation : `manifest:${annotation}`;
}
/** The values of the annotations `index:name=value`, by name. Other annotations are left out. */
function indexAnnotations(annotations) {
    return Object.fromEntries(annotations.filter(isForIndexOnly).map(each => {
        const [name = '', ...value] = each.slice('index:'.length).split('=');
        return [name, value.join('=')];
    }));
}


/***/ }),

/***/ 14542:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F0: () => (/* binding */ buildOnly),
/* harmony export */   Rt: () => (/* binding */ noticeNothingPushed),
/* harmony export */   vM: () => (/* binding */ buildExtraOutputs)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _diagnosis_describe_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59829);
/* harmony import */ var _platform_actions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21605);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93068);
/* harmony import */ var _platform_temp_dir_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(23296);
/* harmony import */ var _buildx_metadata_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(98232);






/** Builds the image without pushing it, to check that it builds. Throws a `Failure` where it does not. */
async function buildOnly({ job, plan, tell }, tools) {
    const reference = `${plan.repository.name}:${plan.tags.candidate}`;
    const localBuild = await job.step('Build', async (log) => {
        const built = await runBuild(log, plan, { ...tools, reference });
        const reason = plan.lacksIdentity ? 'a pull request from outside' : '`push: false`';
        const where = plan.build.load ? " and is in this machine's docker" : '';
        log.result(`${reference} builds${where}; nothing was pushed (${reason})`);
        return built;
    });
    const { metadata } = localBuild;
    (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_2__/* .setOutputs */ .n0)((0,_buildx_metadata_js__WEBPACK_IMPORTED_MODULE_5__/* .buildOutputs */ .JZ)(metadata));
    // Where a push was meant, an empty digest tells a deploy step that there was none.
    if (metadata.digest !== undefined && !plan.lacksIdentity)
        (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_2__/* .setOutput */ .uH)('digest', metadata.digest);
    tell({ build: localBuild });
    if (plan.build.load)
        (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_2__/* .setOutput */ .uH)('loaded', reference);
    if (plan.lacksIdentity)
        noticeNothingPushed();
}
/** Adds a notice to the job that explains why nothing was pushed for a pull request from a fork or of Dependabot. */
function noticeNothingPushed() {
    _platform_actions_js__WEBPACK_IMPORTED_MODULE_2__/* .annotate */ .fz.notice('GitHub gave this pull request, from a fork or of Dependabot, no identity at AWS, so nothing is pushed and nothing judged.', { title: 'Nothing was pushed' });
}
/**
 * Builds what the inputs ask for besides the pushed image, such as `load` and `outputs`, where the image itself is reused.
 * Pushes nothing and writes no cache. Throws a `Failure` where the build fails.
 */
function buildExtraOutputs({ job, plan }, repository, { buildx, cache }) {
    const reference = `${repository.uri}:${plan.tags.candidate}`;
    return job.step('Build what is asked for beside the image', async (log) => {
        const readOnlyCache = { from: cache.from, to: [] };
        const built = await runBuild(log, plan, { buildx, cache: readOnlyCache, reference });
        log.result('Built from the same inputs; nothing had to be pushed');
        (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_2__/* .setOutputs */ .n0)((0,_buildx_metadata_js__WEBPACK_IMPORTED_MODULE_5__/* .buildOutputs */ .JZ)(built.metadata));
    });
}
function runBuild(log, { build }, { buildx, cache, reference }) {
    return (0,_platform_temp_dir_js__WEBPACK_IMPORTED_MODULE_4__/* .withTempDir */ .E8)(async (scratch) => {
        const metadataFile = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(scratch, 'metadata.json');
        const options = { reference, releases: [], cache, metadataFile, push: false, annotate: false };
        const { failure, cacheUse } = await buildx.build(log, build, options);
        if (failure !== undefined)
            throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR(...(await (0,_diagnosis_describe_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .describeBuildFailure */ .E)(failure, { ...options, build })));
        return { metadata: await (0,_buildx_metadata_js__WEBPACK_IMPORTED_MODULE_5__/* .readMetadata */ ._6)(log, build, metadataFile), cacheUse };
    });
}


/***/ }),

/***/ 66682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ buildxArguments)
/* harmony export */ });
/* harmony import */ var _docker_run_build_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49354);
/* harmony import */ var _image_description_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60168);
/* harmony import */ var _fingerprint_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40972);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(39978);




/** The arguments of `docker buildx` that build an image. https://docs.docker.com/reference/cli/docker/buildx/build/ */
function buildxArguments(build, options) {
    const { labels, annotations } = build.description ?? build;
    const derivedAnnotations = options.annotate ? (build.description?.derivedAnnotations ?? []) : [];
    return [
        'build',
        ...optionalFlag('--builder', options.builder),
        ..._docker_run_build_js__WEBPACK_IMPORTED_MODULE_0__/* .progressArguments */ .G,
        '--metadata-file',
        options.metadataFile,
        '--tag',
        options.reference,
        ...repeatedFlag('--tag', options.releases),
        ...optionalFlag('--file', build.file),
        ...optionalFlag('--target', build.target),
        ...optionalFlag('--platform', build.platforms.length === 0 ? undefined : build.platforms.join(',')),
        ...repeatedFlag('--build-context', build.buildContexts),
        ...repeatedFlag('--build-arg', build.buildArgs),
        ...repeatedFlag('--label', labels),
        ...repeatedFlag('--annotation', [...derivedAnnotations, ...annotations]),
        ...repeatedFlag('--annotation', options.annotate ? [fingerprintAnnotationOf(build)] : []),
        ...repeatedFlag('--attest', (options.withoutAttestations ? ['type=provenance,disabled=true'] : build.attests).map(attest => withBuilderId(attest, build.builderId))),
        ...repeatedFlag('--secret', (0,_secrets_js__WEBPACK_IMPORTED_MODULE_3__/* .secretArguments */ .tX)(build)),
        ...repeatedFlag('--ssh', build.ssh),
        ...(build.noCache || options.ignoreBuilderCache ? ['--no-cache'] : []),
        ...repeatedFlag('--no-cache-filter', build.noCacheFilters),
        ...(build.pull ? ['--pull'] : []),
        ...optionalFlag('--network', build.network),
        ...repeatedFlag('--add-host', build.addHosts),
        ...repeatedFlag('--allow', build.allow),
        ...optionalFlag('--shm-size', build.shmSize),
        ...repeatedFlag('--ulimit', build.ulimits),
        ...optionalFlag('--cgroup-parent', build.cgroupParent),
        ...repeatedFlag('--cache-from', options.cache.from),
        ...repeatedFlag('--cache-to', options.cache.to),
        ...outputArguments(build, options),
        build.context,
    ];
}
/**
 * What the build writes. The push comes last: of several outputs the metadata file has the digest of the last.
 * https://github.com/moby/buildkit/blob/master/solver/llbsolver/solver.go
 */
function outputArguments({ load, outputs, imageAttributes }, { push }) {
    const extraOutputs = [...outputs, ...(load ? ['type=docker'] : [])];
    if (push && extraOutputs.length + imageAttributes.length === 0)
        return ['--push'];
    const imageOutput = ['type=image', ...imageAttributes, 'push=true'].join(',');
    return repeatedFlag('--output', [...extraOutputs, ...(push ? [imageOutput] : [])]);
}
function optionalFlag(flag, value) {
    return value === undefined ? [] : [flag, value];
}
function repeatedFlag(flag, values) {
    return values.flatMap(value => [flag, value]);
}
function fingerprintAnnotationOf(build) {
    return `manifest,manifest-descriptor:${_image_description_js__WEBPACK_IMPORTED_MODULE_1__/* .fingerprintAnnotation */ .qL}=${(0,_fingerprint_js__WEBPACK_IMPORTED_MODULE_2__/* .fingerprintOf */ .ax)(build)}`;
}
/** Adds the URL of the run to an attestation of provenance that does not name a builder. */
function withBuilderId(attest, builderId) {
    const attributes = attest.split(',');
    const needsBuilderId = attributes.includes('type=provenance') &&
        !attributes.includes('disabled=true') &&
        !attributes.some(attribute => attribute.startsWith('builder-id='));
    return needsBuilderId ? `${attest},builder-id=${builderId}` : attest;
}


/***/ }),

/***/ 98232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  JZ: () => (/* binding */ buildOutputs),
  _6: () => (/* binding */ readMetadata),
  P2: () => (/* binding */ reportedMetadata)
});

// UNUSED EXPORTS: parseMetadata

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/validation/parsers.js + 1 modules
var parsers = __webpack_require__(59986);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/docker/build-steps.js + 1 modules
var build_steps = __webpack_require__(79884);
// EXTERNAL MODULE: ./build/platform/environment.js
var environment = __webpack_require__(50663);
// EXTERNAL MODULE: ./build/platform/workspace.js
var workspace = __webpack_require__(38491);
;// CONCATENATED MODULE: ./build/build/build-checks.js





/**
 * GitHub shows 10 warnings of a step: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
 * The others are for what later becomes known, such as drift or findings.
 */
const MAX_ANNOTATED = 7;
/** How many warnings are read at all. */
const MAX_READ = 200;
const MAX_TITLE_CHARACTERS = 200;
const MAX_MESSAGE_CHARACTERS = 500;
/**
 * The warnings in buildx's metadata, by line and without repetitions, as each platform has its own.
 * https://github.com/moby/buildkit/blob/master/client/graph.go
 */
function parseBuildChecks(warnings) {
    if (!Array.isArray(warnings))
        return [];
    const checks = warnings.slice(0, MAX_READ).flatMap((each) => checkOf(each) ?? []);
    const byWords = new Map(checks.map(each => [`${each.line} ${each.message} ${each.title}`, each]));
    return [...byWords.values()].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
function checkOf(warning) {
    if (!(0,parsers/* isRecord */.u4)(warning))
        return undefined;
    const { short, detail, url, sourceInfo, range } = warning;
    // The line is told beside the words.
    const words = decode(short, MAX_MESSAGE_CHARACTERS).replace(/ \(line \d+\)$/, '');
    const about = Array.isArray(detail) ? decode(detail[0], MAX_TITLE_CHARACTERS) : '';
    if (words === '')
        return undefined;
    const source = (0,parsers/* isRecord */.u4)(sourceInfo) ? sourceInfo['data'] : undefined;
    const line = lineIn(range);
    return {
        title: about === '' ? 'Build check' : about,
        message: isLink(url) ? `${words}\nMore info: ${url}` : words,
        source: typeof source === 'string' ? source : '',
        ...(line !== undefined && { line }),
    };
}
/** A text that is base64 in the metadata, as one line of limited length. */
function decode(text, maxCharacters) {
    if (typeof text !== 'string')
        return '';
    const bytes = Buffer.from(text.slice(0, 8 * maxCharacters), 'base64');
    const line = (0,build_steps/* onOneLine */.GJ)(bytes.toString()).replaceAll(/\p{Cc}/gu, ' ');
    return line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line;
}
function isLink(url) {
    return typeof url === 'string' && /^https:\/\/[\w./?=&%#~+-]{1,300}$/.test(url);
}
function lineIn(range) {
    const first = Array.isArray(range) ? range[0] : undefined;
    const start = (0,parsers/* isRecord */.u4)(first) ? first['start'] : undefined;
    const line = (0,parsers/* isRecord */.u4)(start) ? start['line'] : undefined;
    return typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? line : undefined;
}
/**
 * Annotates what build checks found, unless the job says otherwise by the variable that docker/build-push-action reads. A file is
 * named only where it is in the workspace and is the one that was checked.
 */
function annotateBuildChecks(log, build, checks) {
    if (checks.length === 0 || !areAnnotated((0,environment/* jobEnvironment */.tw)()['DOCKER_BUILD_CHECKS_ANNOTATIONS']))
        return;
    const files = dockerfilesOf(build);
    for (const { title, message, source, line } of checks.slice(0, MAX_ANNOTATED)) {
        const file = files.find(each => each.source === source)?.path;
        log.warn(message, {
            title,
            ...(file !== undefined && { file, ...(line !== undefined && { startLine: line }) }),
        });
    }
    const others = checks.length - MAX_ANNOTATED;
    if (others > 0) {
        log.info(`${others} more ${others === 1 ? 'build check has' : 'build checks have'} found something: look for WARN in the log of this build, or for \`buildx.build.warnings\` in the output \`metadata\`.`);
    }
}
/** The values that docker/build-push-action takes for no; it annotates by default. */
function areAnnotated(setting) {
    return !/^(0|f|F|false|FALSE|False)$/.test(setting ?? '');
}
/** The Dockerfile in the workspace: of a context in git, where it would be if that repository were checked out there. */
function dockerfilesOf({ context, file }) {
    const folderInGit = /^[^#]*#[^:]*:(.*)$/.exec(context)?.[1] ?? '';
    const isAddress = /^([a-z-]+:\/\/|git@|github\.com\/)/.test(context);
    const given = isAddress ? (0,external_node_path_.join)(folderInGit, file ?? 'Dockerfile') : (file ?? (0,external_node_path_.join)(context, 'Dockerfile'));
    // BuildKit looks for this name where the usual one is not there.
    const lowerCase = file === undefined ? [given.replace(/Dockerfile$/, 'dockerfile')] : [];
    return [given, ...lowerCase].flatMap(each => {
        const path = (0,external_node_path_.relative)('.', each).replaceAll('\\', '/');
        if (path.startsWith('..') || (0,external_node_path_.isAbsolute)(path))
            return [];
        const text = (0,workspace/* readTextFile */.Gu)(path);
        return typeof text !== 'string' ? [] : [{ path, source: Buffer.from(text).toString('base64') }];
    });
}

;// CONCATENATED MODULE: ./build/build/buildx-metadata.js



/** The outputs of the action that docker/build-push-action has besides the digest. */
function buildOutputs({ text, imageId }) {
    return imageId === undefined
        ? [['metadata', text]]
        : [
            ['metadata', text],
            ['imageid', imageId],
        ];
}
/** Reads the metadata file of a build, and annotates what build checks found. */
async function readMetadata(log, build, file) {
    const metadata = parseMetadata(await (0,promises_.readFile)(file, 'utf8').catch(() => ''), build);
    annotateBuildChecks(log, build, metadata.checks);
    if (metadata.leftOut.length > 0) {
        log.warn(`The output \`metadata\` has no ${metadata.leftOut.join(' and no ')}, as that would be too much for an output.`);
    }
    return metadata;
}
/** Parses the text of a metadata file. Text that is not a JSON object counts as an empty one. */
function parseMetadata(text, { metadataProvenance } = {}) {
    const parsed = (0,parsers/* parseJson */.qF)(text);
    const members = (0,parsers/* isRecord */.u4)(parsed) ? parsed : {};
    const digest = textIn(members, 'containerimage.digest');
    return {
        ...boundedText(metadataProvenance === 'disabled' ? withoutProvenance(members) : members),
        digest,
        imageId: textIn(members, 'containerimage.config.digest') ?? digest,
        materials: materialsIn(members),
        checks: parseBuildChecks(members['buildx.build.warnings']),
    };
}
/** The metadata of an image whose build has written no file, from what BuildKit itself has reported of the push. */
function reportedMetadata(reference, { digest, configDigest }) {
    const members = {
        ...(configDigest !== undefined && { 'containerimage.config.digest': configDigest }),
        'containerimage.digest': digest,
        'image.name': reference,
    };
    return parseMetadata(JSON.stringify(members));
}
/**
 * GitHub takes 1 MB of outputs of a job, counted as UTF-16: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs.
 * And a step that is given one in its environment does not start where it has more bytes than this.
 */
const MAX_TEXT_BYTES = 131_072 - 1_024;
/** What can be left out of a text that is too long, in this order. */
const leavable = [
    ['Dockerfile in its warnings', withoutSources],
    ['warnings', members => withoutNames(members, /^buildx\.build\.warnings/)],
    ['provenance', withoutProvenance],
    ['member but the digests', members => withoutNames(members, /^(?!containerimage\.(config\.)?digest$)/)],
];
function boundedText(members) {
    let rest = members;
    const leftOut = [];
    for (const [words, without] of leavable) {
        const text = JSON.stringify(rest);
        if (Buffer.byteLength(text) <= MAX_TEXT_BYTES)
            return { text, leftOut };
        const less = without(rest);
        if (JSON.stringify(less).length < text.length)
            leftOut.push(words);
        rest = less;
    }
    return { text: JSON.stringify(rest), leftOut };
}
function withoutProvenance(members) {
    return withoutNames(members, /^buildx\.build\.provenance/);
}
function withoutNames(members, name) {
    return Object.fromEntries(Object.entries(members).filter(([each]) => !name.test(each)));
}
/** Each warning has the whole Dockerfile in it. */
function withoutSources(members) {
    const { 'buildx.build.warnings': warnings } = members;
    if (!Array.isArray(warnings))
        return members;
    const bare = warnings.map((each) => (0,parsers/* isRecord */.u4)(each) && (0,parsers/* isRecord */.u4)(each['sourceInfo'])
        ? Object.assign({}, each, { sourceInfo: { ...each['sourceInfo'], data: undefined } })
        : each);
    return { ...members, 'buildx.build.warnings': bare };
}
function textIn(members, name) {
    const value = members[name];
    return typeof value === 'string' ? value : undefined;
}
function materialsIn(members) {
    const provenances = Object.entries(members).filter(([name]) => name.startsWith('buildx.build.provenance'));
    if (provenances.length === 0)
        return undefined;
    return provenances
        .flatMap(([, provenance]) => (isProvenance(provenance) ? (provenance.materials ?? []) : []))
        .map(({ uri = '', digest = {} }) => {
        const [[algorithm, value] = ['sha256', '']] = Object.entries(digest);
        return { uri, digest: `${algorithm}:${value}` };
    });
}
function isProvenance(value) {
    return (0,parsers/* isRecord */.u4)(value);
}


/***/ }),

/***/ 24555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kq: () => (/* binding */ unpinnedContexts),
/* harmony export */   WO: () => (/* binding */ contextsOf),
/* harmony export */   pd: () => (/* binding */ foldersOf),
/* harmony export */   uv: () => (/* binding */ isOwnCommit)
/* harmony export */ });
/** The locations of a build's contexts by name; the main one has the name `context`. */
function contextsOf({ context, buildContexts }) {
    const named = buildContexts.map(each => /^([^=]+)=(.*)$/s.exec(each) ?? ['', '', '']);
    return Object.fromEntries([
        ['context', locationOf(context)],
        ...named.map(([, name = '', address = '']) => [name, locationOf(address)]),
    ]);
}
function locationOf(address) {
    if (address.startsWith('docker-image://')) {
        return { kind: 'image', reference: address.slice('docker-image://'.length) };
    }
    return /^([a-z-]+:\/\/|git@|github\.com\/)/.test(address)
        ? { kind: 'elsewhere', address: address }
        : { kind: 'folder', path: address };
}
/** The folders that a build reads, by the name of the context; the folder of the Dockerfile has the name `file`. */
function foldersOf(build) {
    const contexts = contextsOf(build);
    const isRemote = contexts['context']?.kind !== 'folder';
    return Object.fromEntries([
        ...(build.file === undefined || isRemote ? [] : [['file', build.file.replace(/\/?[^/]*$/, '') || '.']]),
        ...Object.entries(contexts).flatMap(([name, location]) => location.kind === 'folder' ? [[name, location.path]] : []),
    ]);
}
/** Whether an address is a commit of the job's own repository, which git clones from `ownUrl`, or a folder in it. */
function isOwnCommit(address, { ownUrl, sha }) {
    return address === `${ownUrl}#${sha}` || address.startsWith(`${ownUrl}#${sha}:`);
}
/** The names of the contexts whose content may change although address and commit stay the same. */
function unpinnedContexts(build) {
    return Object.entries(contextsOf(build))
        .filter(([, location]) => location.kind !== 'folder' && !isPinned(location))
        .map(([name]) => name);
}
function isPinned(location) {
    if (location.kind === 'image')
        return hasDigest(location.reference);
    if (location.kind === 'folder')
        return false;
    if (location.address.startsWith('oci-layout://'))
        return hasDigest(location.address);
    return isGitUrl(location.address) && /#[0-9a-f]{40}(:|$)/.test(location.address);
}
function hasDigest(reference) {
    return /@sha256:[0-9a-f]{64}$/.test(reference);
}
/** Whether BuildKit clones a URL by git. In any other URL it ignores the fragment. https://docs.docker.com/build/concepts/context/#git-repositories */
function isGitUrl(url) {
    return /^(git@|git:\/\/|ssh:\/\/|github\.com\/|https?:\/\/[^#?]+\.git#)/.test(url);
}


/***/ }),

/***/ 40972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g6: () => (/* binding */ differencesOf),
  I5: () => (/* binding */ fingerprintIn),
  ax: () => (/* binding */ fingerprintOf),
  pX: () => (/* binding */ fingerprintsIn),
  k1: () => (/* binding */ haveSameInputs),
  bW: () => (/* binding */ isOfSameInputs),
  YB: () => (/* binding */ sayDiffering)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/ecr/manifest.js + 2 modules
var manifest = __webpack_require__(27079);
// EXTERNAL MODULE: ./build/image/description.js
var description = __webpack_require__(60168);
// EXTERNAL MODULE: ./build/platform/url-credentials.js
var url_credentials = __webpack_require__(66604);
;// CONCATENATED MODULE: ./build/build/build.js
/** The members on which it does not depend whether an image can be reused: who builds, for which commit, and where else the image goes. */
const notInImage = new Set([
    'builderId',
    'description',
    'load',
    'metadataProvenance',
    'outputs',
]);
/** The inputs that the image depends on, by name and in a fixed order, whatever order they were given in. Of secrets only the ids. */
function imageInputsOf(build) {
    return Object.entries({ ...build, secrets: build.secrets.map(({ id }) => id) })
        .filter(([name]) => !notInImage.has(name))
        .map(([name, value]) => [name, inFixedOrder(value)])
        .toSorted(([a], [b]) => compare(a, b));
}
/** Assignments to the same name keep their order, as the last one wins. */
function inFixedOrder(value) {
    if (Array.isArray(value))
        return value.map(String).toSorted((a, b) => compare(assignmentName(a), assignmentName(b)));
    if (typeof value === 'object' && value !== null) {
        return Object.entries(value).toSorted(([a], [b]) => compare(a, b));
    }
    return value;
}
function assignmentName(assignment) {
    return assignment.split('=', 1)[0] ?? '';
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./build/build/fingerprint.js





/**
 * Inputs that say not what an image is made from, but how: whether steps may come from a cache, and base images from the machine. They
 * are in a fingerprint, as they always were, and are not compared. docs/reuse.md has a table of all inputs.
 */
const notCompared = new Set(['no-cache', 'no-cache-filters', 'pull']);
/**
 * The inputs of a build as short hashes, `context:6a1f…+platforms:0b7c…`. Two fingerprints show which inputs differ
 * without revealing their values.
 */
function fingerprintOf(build) {
    return hashInputs({
        ...build,
        context: (0,url_credentials/* withoutCredentials */.r)(build.context),
        buildContexts: build.buildContexts.map(url_credentials/* withoutCredentials */.r),
    });
}
/** Whether an image with this fingerprint was made from the inputs of the build. */
function isOfSameInputs(fingerprint, build) {
    if (fingerprint === undefined)
        return false;
    // Images of earlier releases have the hash of an address with its credentials.
    return [fingerprintOf(build), hashInputs(build)].some(each => differencesOf(each, fingerprint).length === 0);
}
function hashInputs(build) {
    return imageInputsOf(build)
        .filter(([, value]) => value !== false && !(Array.isArray(value) && value.length === 0))
        .map(([name, value]) => `${inputNameOf(name)}:${hashOf(value)}`)
        .join('+');
}
/** The input that a member of the build is read from. */
function inputNameOf(member) {
    if (member === 'jobValues')
        return 'build-args';
    if (member === 'ulimits')
        return 'ulimit';
    if (member === 'native')
        return 'platforms';
    return member.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
function hashOf(value) {
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
/** The names of the inputs in which two fingerprints differ, of those that are compared. */
function differencesOf(one, other) {
    const parts = [...new Set(one.split('+')).symmetricDifference(new Set(other.split('+')))];
    const names = new Set(parts.map(part => part.replace(/:.*/, '')));
    return [...names].filter(name => !notCompared.has(name)).toSorted();
}
/** The names of inputs that differ, as a clause. */
function sayDiffering(names) {
    return `${names.map(name => `\`${name}\``).join(', ')} ${names.length > 1 ? 'differ' : 'differs'}`;
}
/**
 * The fingerprint in a manifest, or in an entry of an index; `undefined` where another tool made the image.
 * @throws {Failure} where docker could read another image from the manifest.
 */
function fingerprintIn(stored) {
    return fingerprintsIn(stored)[0];
}
/**
 * Whether two images were made from the same inputs, each platform of an index that was joined included.
 * @throws {Failure} where docker could read another image from a manifest.
 */
function haveSameInputs(one, other) {
    const [mine, theirs] = [one, other].map(each => fingerprintsIn(each).toSorted());
    if (mine === undefined || theirs === undefined || mine.length === 0)
        return false;
    return (mine.length === theirs.length &&
        mine.every((each, at) => differencesOf(each, theirs[at] ?? '').length === 0));
}
/**
 * The fingerprints in a manifest and in the entries of an index.
 * @throws {Failure} where docker could read another image from the manifest.
 */
function fingerprintsIn(stored) {
    const content = (0,manifest/* readContent */.c_)(stored);
    const entries = content.kind === 'index' ? content.manifests : [];
    return [content, ...entries].flatMap(each => each.annotations?.[description/* fingerprintAnnotation */.qL] ?? []);
}


/***/ }),

/***/ 11187:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Vx: () => (/* binding */ isRemote),
  lT: () => (/* binding */ readBuild),
  I$: () => (/* binding */ readStallTimeout)
});

// UNUSED EXPORTS: normalPlatform

// EXTERNAL MODULE: ./build/platform/runner-variables.js
var runner_variables = __webpack_require__(68186);
// EXTERNAL MODULE: ./build/validation/parsers.js + 1 modules
var parsers = __webpack_require__(59986);
// EXTERNAL MODULE: ./build/validation/validators.js
var validators = __webpack_require__(89575);
;// CONCATENATED MODULE: ./build/build/attestation-inputs.js

/**
 * Reads the inputs `provenance`, `sbom` and `attests` as values of buildx's `--attest`. Where none is about provenance,
 * buildx attests minimal provenance by default. https://docs.docker.com/build/metadata/attestations/
 */
function readAttests(reader) {
    const provenance = reader.read('provenance', text => parseAttestation('provenance', text), undefined);
    const sbom = reader.read('sbom', text => parseAttestation('sbom', text), undefined);
    const attests = reader.list('attests', parsers/* parseLines */.Li, validateAttestation);
    for (const [input, value] of Object.entries({ provenance, sbom })) {
        const duplicate = attests.find(each => attestationTypeOf(each) === input);
        if (value === undefined || duplicate === undefined)
            continue;
        reader.reject('attests', duplicate, {
            problem: `speaks of what the input \`${input}\` says already`,
            remedy: 'Give it once, in one of the two.',
        });
    }
    return [provenance, sbom].filter(each => each !== undefined).concat(attests);
}
/** Accepts `true`, `false`, or attributes such as `mode=max`. */
function parseAttestation(type, text) {
    const flag = parsers/* parseBoolean */.yG(text);
    if ('value' in flag)
        return { value: `type=${type}${flag.value ? '' : ',disabled=true'}` };
    if (/^[\w-]+=/.test(text))
        return { value: `type=${type},${text}` };
    return {
        problem: 'is neither a boolean nor attributes',
        remedy: `Allowed: true, false, or name=value between commas, such as ${type === 'sbom' ? 'generator=docker/scout-sbom-indexer' : 'mode=max'}.`,
    };
}
const validateAttestation = text => attestationTypeOf(text) === undefined
    ? {
        problem: 'names no attestation',
        remedy: 'Give type=provenance or type=sbom with its attributes, one a line.',
    }
    : undefined;
function attestationTypeOf(text) {
    return /(?:^|,)type=(provenance|sbom)(?:,|$)/.exec(text)?.[1];
}

;// CONCATENATED MODULE: ./build/build/exporter-inputs.js

/**
 * Reads the input `outputs`. A line for an image gives attributes of the image that the step pushes, and no other name.
 * https://docs.docker.com/build/exporters/
 */
function readOutputs(reader, { push }) {
    const lines = reader.list('outputs', parsers/* parsePlainLines */.vE, text => validateOutput(text, { push }));
    const images = lines.filter(isImage);
    if (images.length > 1) {
        reader.reject('outputs', images[1] ?? '', {
            problem: 'is a second image',
            remedy: 'One image is pushed: give all its attributes in one line.',
        });
    }
    return {
        outputs: lines.filter(each => !isImage(each)),
        imageAttributes: (images[0] ?? '').split(',').filter(each => !/^(type=.*|push=true|)$/.test(each)),
    };
}
/** Rejects `type=docker` where the build makes an index, which Docker's archive format cannot hold. https://docs.docker.com/build/exporters/oci-docker/ */
function refuseDockerArchive(reader, { outputs, platforms, attests }) {
    const archive = outputs.find(each => /(^|,)type=docker(,|$)/.test(each));
    const hasAttestations = attests.some(each => !each.includes('disabled=true'));
    if (archive === undefined || (platforms.length < 2 && !hasAttestations))
        return;
    reader.reject('outputs', archive, {
        problem: `cannot hold an index, which ${platforms.length < 2 ? 'attestations' : 'several platforms'} make`,
        remedy: 'Write type=oci in place of type=docker.',
    });
}
function isImage(output) {
    return /(^|,)type=(image|registry)(,|$)/.test(output);
}
function validateOutput(output, { push }) {
    if (isImage(output)) {
        if (/(^|,)"?(push-by-digest|name-canonical)=/.test(output)) {
            return {
                problem: 'pushes one platform by its digest alone, for a later job to join',
                remedy: 'Leave that line out: set `mode: build` in the job of each platform, and `mode: merge` in the job after them in place of `docker buildx imagetools create`, as examples/workflows/fan-out.yml does.',
            };
        }
        if (!push)
            return { problem: 'says how an image is pushed, and none is', remedy: 'Set `push: true`.' };
        return /(^|,)("?name|push=false|dest)/.test(output)
            ? {
                problem: 'would push another image than the step',
                remedy: "Names and digests are the step's own: `repository` and `tags` name the image. Give attributes alone, such as type=image,compression=zstd.",
            }
            : undefined;
    }
    // `type=cacheonly` keeps no result, so there would be nothing to push.
    if (output === 'type=cacheonly' && !push)
        return undefined;
    if (/(^|,)type=(local|tar|oci|docker)(,|$)/.test(output)) {
        return /(^|,)"?dest=(?!-(,|$))/.test(output)
            ? undefined
            : { problem: 'has no dest', remedy: 'Give dest=path; an image goes into docker by `load: true`.' };
    }
    return /^[^=,]+$/.test(output) && output !== '-'
        ? undefined
        : {
            problem: 'is not an output',
            remedy: 'Give a folder, or type=local, tar, oci or docker with dest=path, one a line.',
        };
}

// EXTERNAL MODULE: ./build/build/annotation-levels.js
var annotation_levels = __webpack_require__(54512);
;// CONCATENATED MODULE: ./build/build/lambda-target.js


/**
 * Reads the input `deploy-target` and adapts the build to it. Lambda takes one image of one platform: no index, and so
 * no attestations, which would make one. https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function fitDeployTarget(reader, build, { mode }) {
    const target = reader.read('deploy-target', text => parsers/* parseChoice */.HU(text, ['lambda']), undefined);
    if (target === undefined)
        return build;
    const { platforms, attests, annotations, imageAttributes } = build;
    if (mode === 'build') {
        reader.reject('deploy-target', target, {
            problem: 'is for one image, and `mode: merge` makes an index, which Lambda does not run',
            remedy: 'Leave it out and deploy a digest of the output `platforms`; or set `mode: all`, on a runner of that kind.',
        });
    }
    const unsupported = platforms.find(platform => !/^linux\/(amd64|arm64)$/.test(platform));
    if (platforms.length > 1) {
        reader.reject('platforms', platforms.join(','), {
            problem: 'make an index, which Lambda does not run',
            remedy: 'Give one, linux/amd64 or linux/arm64; or leave `deploy-target` out and deploy a digest of the output `platforms`.',
        });
    }
    else if (unsupported !== undefined) {
        reader.reject('platforms', unsupported, {
            problem: 'is not a platform of Lambda',
            remedy: 'Give linux/amd64 or linux/arm64.',
        });
    }
    for (const attest of attests.filter(each => !each.includes('disabled=true'))) {
        reader.reject(inputOf(attest, reader), attest, {
            problem: 'makes an index, which Lambda does not run',
            remedy: 'Leave it out, or attest the pushed image in a step of its own, such as actions/attest.',
        });
    }
    // The error of Lambda for a layer that it cannot read: https://github.com/bazel-contrib/rules_oci/issues/777
    const compression = imageAttributes.find(each => /^compression=(?!gzip$)/.test(each));
    if (compression !== undefined) {
        reader.reject('outputs', compression, {
            problem: 'is a compression that nobody promises Lambda to read',
            remedy: 'Leave it out, which is gzip.',
        });
    }
    const onIndex = annotations.find(annotation_levels/* isForIndex */.Gw);
    if (onIndex !== undefined) {
        reader.reject('annotations', onIndex, {
            problem: 'is for an index, which Lambda does not run',
            remedy: 'Annotate the manifest, as is done without a kind before the name.',
        });
    }
    return { ...build, attests: ['type=provenance,disabled=true'] };
}
/** The input that an attestation comes from: the one of its type where that is given, as no type may be given twice. */
function inputOf(attest, reader) {
    const type = /(?:^|,)type=sbom(?:,|$)/.test(attest) ? 'sbom' : 'provenance';
    return reader.optional(type, () => undefined) === undefined ? 'attests' : type;
}

;// CONCATENATED MODULE: ./build/build/secret-inputs.js


/**
 * Reads the inputs `secrets`, `secret-envs` and `secret-files`. Where a context is the job's own repository, the input
 * `github-token` is added as the secret that BuildKit clones it with.
 */
function readSecrets(reader, contexts, { exists, jobValue, ownUrl, hide }) {
    const values = reader.secret('secrets', parsers/* parseExactLines */.GD).filter(text => isIdAndValue(reader, text));
    const variables = readSources(reader, { input: 'secret-envs', name: 'variable of the job', form: 'ID=VARIABLE', isName: isVariableName, hide }, {
        items: reader.secret('secret-envs', parsers/* parseList */.E1),
        isThere: name => !(0,runner_variables/* isRunnersOwn */.m)(name) && jobValue(name) !== undefined,
    });
    const files = readSources(reader, { input: 'secret-files', name: 'file', form: 'ID=path', isName: text => isPathBelow(text, exists), hide }, { items: reader.secret('secret-files', parsers/* parseLines */.Li), isThere: exists });
    const secrets = [
        ...values.flatMap(text => parsePair(text, secretValue) ?? refuseUnnamedSecret(reader)),
        ...variables.flatMap(text => parsePair(text, (id, variable) => 
        // In a pull request from a fork the secrets of the repository are empty.
        jobValue(variable) === '' ? secretValue(id, '') : { id, kind: 'variable', variable }) ?? []),
        ...files.flatMap(text => parsePair(text, (id, path) => ({ id, kind: 'file', path })) ?? []),
    ];
    refuseDuplicates(reader, secrets);
    const token = reader.optional('github-token', () => undefined);
    const clonesOwnRepository = contexts.some(each => each === ownUrl || /^[#?]/.test(each.replace(ownUrl, '')));
    if (token === undefined || !clonesOwnRepository)
        return secrets;
    const ownTokenId = `${gitTokenId}.${new URL(ownUrl).host}`;
    const isGiven = secrets.some(({ id }) => id === gitTokenId || id === ownTokenId);
    return isGiven ? secrets : [...secrets, { id: ownTokenId, kind: 'value', value: token }];
}
/** A value of blanks alone is an empty one: quotes and a line break stay around the secret that a fork does not get. */
function secretValue(id, value) {
    return { id, kind: 'value', value: value.trim() === '' ? '' : value };
}
/** BuildKit clones with the secret of this id; `GIT_AUTH_TOKEN.<host>` is used for that host alone. https://docs.docker.com/build/building/secrets/#git-authentication-for-remote-contexts */
const gitTokenId = 'GIT_AUTH_TOKEN';
/**
 * An id and what is given for it. An id may be a path, such as `.npmrc` or `~/.netrc`. Base64 may end in `==`, so that a value
 * without an id could look like `id=value`.
 */
const pairPattern = /^([\w.@/~][\w.:/@~-]*)=(?!=)(.*)$/s;
function parsePair(text, make) {
    const [, id, value] = pairPattern.exec(text) ?? [];
    const result = id === undefined || value === undefined ? undefined : make(id, value);
    return result === undefined ? undefined : [result];
}
/** The items of `secret-envs` or `secret-files` that name a variable or a file that is there; the others are refused. */
function readSources(reader, source, { items, isThere }) {
    return items.filter(text => {
        if (parsePair(text, (_, name) => (isThere(name) ? name : undefined)))
            return true;
        refuseSource(reader, text, source);
        return false;
    });
}
/**
 * Refuses what names no variable and no file. Many write the secret itself there, so the text is shown only where it is surely a
 * name, and else masked in what is logged from then on.
 */
function refuseSource(reader, text, { input, name: kind, form, isName, hide }) {
    // Base64 may end in `=`, so that what seems to be an id without a name is a value.
    const [, pairId, name] = pairPattern.exec(text) ?? [];
    const [id, given] = name ? [pairId, name] : [undefined, text];
    const shown = isName(given) ? given : '***';
    if (shown !== given && given.length >= MIN_SECRET_LENGTH)
        hide(given);
    reader.reject(input, id === undefined ? shown : `${id}=${shown}`, {
        problem: `names no ${kind}`,
        remedy: `Give ${form}, and check that it exists; a value goes into \`secrets\`, as ID=value.`,
    });
}
/** Characters. Masking a shorter text would hide words of the log, and hardly any secret is shorter. */
const MIN_SECRET_LENGTH = 8;
/** Whether a text is a variable's name rather than a secret: `NPM_TOKEN`. */
function isVariableName(text) {
    return (0,runner_variables/* isRunnersOwn */.m)(text) || /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(text);
}
/** Whether a text is a path rather than a secret: the folder that it begins with is there. */
function isPathBelow(text, exists) {
    const [, folder] = /^(\/?[^/]+)\//.exec(text) ?? [];
    return folder !== undefined && exists(folder);
}
/** Refuses a line in the words of `docker build --secret`, which would make a secret with the id `id`. */
function isIdAndValue(reader, text) {
    if (!/^(id=[^,]*,(type|src|source|env)=|(type|src|source|env)=[^,]*,id=)/.test(text))
        return true;
    reader.reject('secrets', '…', {
        problem: 'has an item in the words of `docker build --secret`',
        remedy: 'Give ID=value here, ID=VARIABLE in `secret-envs`, or ID=path in `secret-files`, one a line.',
    });
    return false;
}
/** The rejected text is not shown, as it may be the secret itself. */
function refuseUnnamedSecret(reader) {
    reader.reject('secrets', '…', {
        problem: 'has an item without a name',
        remedy: 'Give ID=value, one a line; put quotes around the whole of an item that spans lines.',
    });
    return [];
}
function refuseDuplicates(reader, secrets) {
    const byId = Map.groupBy(secrets, ({ id }) => id);
    for (const [id] of [...byId].filter(([, same]) => same.length > 1)) {
        reader.reject('secrets', id, {
            problem: 'is given twice',
            remedy: 'Give each id once, in `secrets`, `secret-envs` or `secret-files`.',
        });
    }
}

;// CONCATENATED MODULE: ./build/build/inputs.js







/** Reads the inputs about what is built. */
function readBuild(reader, options) {
    const { exists, jobValue, architecture, runUrl, defaultContext } = options;
    const fillDefaultContext = (text) => text.replaceAll(/\{\{\s*defaultContext\s*\}\}/g, () => defaultContext);
    const context = fillDefaultContext(reader.text('context', validators/* anything */.D8, '.'));
    const file = reader.optional('file', validators/* anything */.D8);
    const target = reader.optional('target', validators/* anything */.D8);
    const network = reader.optional('network', validators/* anything */.D8);
    const shmSize = reader.optional('shm-size', validators/* size */.Ej);
    const cgroupParent = reader.optional('cgroup-parent', validators/* anything */.D8);
    const buildArgs = reader.list('build-args', parsers/* parseLines */.Li, validateBuildArg);
    const buildContexts = reader.list('build-contexts', text => parsers/* parseLines */.Li(fillDefaultContext(text)), text => validateNamedContext(text, exists));
    refuseMissingFiles(reader, { context, file, exists });
    const build = {
        context,
        buildContexts,
        ...(file !== undefined && { file }),
        ...(target !== undefined && { target }),
        platforms: [
            ...new Set(reader
                .list('platforms', parsers/* parseList */.E1, validators/* platform */.iD)
                .map(each => normalPlatform(each, architecture))),
        ],
        buildArgs,
        jobValues: Object.fromEntries(buildArgs.filter(each => !each.includes('=')).map(name => [name, jobValue(name) ?? ''])),
        labels: reader.list('labels', parsers/* parseLines */.Li, validators/* assignment */.mU),
        annotations: reader.list('annotations', parsers/* parseLines */.Li, validators/* annotation */.w7),
        deriveLabels: reader.read('derive-labels', parsers/* parseBoolean */.yG, true),
        secrets: readSecrets(reader, [context, ...buildContexts.map(each => each.replace(/^[^=]+=/, ''))], options),
        ssh: reader.list('ssh', parsers/* parseList */.E1, text => validateSsh(text, options)),
        noCache: reader.read('no-cache', parsers/* parseBoolean */.yG, false),
        noCacheFilters: reader.list('no-cache-filters', parsers/* parseList */.E1, validators/* anything */.D8),
        pull: reader.read('pull', parsers/* parseBoolean */.yG, false),
        attests: readAttests(reader),
        builderId: runUrl,
        metadataProvenance: metadataProvenanceOf(jobValue('BUILDX_METADATA_PROVENANCE')),
        load: reader.read('load', parsers/* parseBoolean */.yG, false),
        ...readOutputs(reader, options),
        ...(network !== undefined && { network }),
        addHosts: reader.list('add-hosts', parsers/* parseList */.E1, validators/* hostAddress */.Rk),
        allow: reader.list('allow', parsers/* parseList */.E1, validators/* anything */.D8),
        ...(shmSize !== undefined && { shmSize }),
        ulimits: reader.list('ulimit', parsers/* parseLines */.Li, validators/* ulimit */.DA),
        ...(cgroupParent !== undefined && { cgroupParent }),
    };
    refuseDockerArchive(reader, build);
    return fitDeployTarget(reader, build, options);
}
/** Reads the variable as buildx does: https://github.com/docker/buildx/blob/master/util/confutil/metadata.go */
function metadataProvenanceOf(text = '') {
    if (text === 'max' || text === 'disabled')
        return text;
    return /^(0|f|F|false|False|FALSE)$/.test(text) ? 'disabled' : 'min';
}
const DEFAULT_STALL_TIMEOUT_MS = 600_000;
/** BuildKit's own pauses between tries are 1, 2 and 4 s, and are no stall. */
const LEAST_STALL_TIMEOUT_MS = 5000;
/** Reads `stall-timeout`, in milliseconds. */
function readStallTimeout(reader) {
    const parse = (text) => {
        const parsed = parsers/* parseDuration */.E9(text);
        return 'value' in parsed && parsed.value < LEAST_STALL_TIMEOUT_MS
            ? { problem: 'is too short', remedy: 'Allowed: from 5s to 6h, such as 90s or 10m.' }
            : parsed;
    };
    return reader.read('stall-timeout', parse, DEFAULT_STALL_TIMEOUT_MS);
}
/** Whether a context is an address rather than a folder of the workspace. */
function isRemote(context) {
    return /^([a-z-]+:\/\/|git@|github\.com\/)/.test(context);
}
function refuseMissingFiles(reader, { context, file, exists }) {
    if (isRemote(context))
        return;
    const checkout = 'check that a step `uses: actions/checkout` comes before this one.';
    if (!exists(context)) {
        const isOfMetadata = context === 'git' || context === 'workflow';
        reader.reject('context', context, {
            problem: 'is not a folder of the workspace',
            remedy: isOfMetadata
                ? "docker/metadata-action has an input of this name; here it is the build's folder, and the event says what the tags are made of: leave it out."
                : `Check the path, and ${checkout}`,
        });
    }
    else if (!exists(file ?? `${context}/Dockerfile`)) {
        reader.reject(file === undefined ? 'context' : 'file', file ?? context, {
            problem: file === undefined ? 'has no Dockerfile' : 'does not exist in the workspace',
            remedy: `Give the path of the Dockerfile from the workspace in \`file\`, and ${checkout}`,
        });
    }
}
/** An argument without a value has that of the variable of the job. https://docs.docker.com/reference/cli/docker/buildx/build/#build-arg */
const validateBuildArg = text => (0,runner_variables/* isRunnersOwn */.m)(text) && !text.includes('=')
    ? {
        problem: "names a variable of the runner's own, which no build gets",
        remedy: 'Give NAME=value, or the name of a variable that the job sets.',
    }
    : validators/* assignment */.mU(text);
/** https://docs.docker.com/reference/cli/docker/buildx/build/#build-context */
function validateNamedContext(text, exists) {
    const [, path] = /^[^=\s]+=(.+)$/.exec(text) ?? [];
    if (path === undefined) {
        return {
            problem: 'is not a named context',
            remedy: 'Give name=path, one a line, or a URL or an image (docker-image://…) as the path.',
        };
    }
    if (path.startsWith('target:')) {
        return {
            problem: 'names a stage, which `docker buildx bake` alone takes',
            remedy: 'A stage of the same Dockerfile needs no context: write FROM or COPY --from with its name.',
        };
    }
    return isRemote(path) || exists(path)
        ? undefined
        : {
            problem: 'names a folder that is not in the workspace',
            remedy: 'Check the path; an image is docker-image://….',
        };
}
/** https://docs.docker.com/reference/cli/docker/buildx/build/#ssh */
function validateSsh(text, { exists, jobValue }) {
    const [id = '', ...rest] = text.split('=');
    const paths = rest.join('=').split(',').filter(Boolean);
    if (paths.length > 0 ? paths.every(exists) : jobValue('SSH_AUTH_SOCK'))
        return undefined;
    return {
        problem: paths.length > 0 ? 'names a key or a socket that does not exist' : 'needs an agent, and none runs',
        remedy: `Give ${id}=path of a key, or start an agent in a step before this one, which sets SSH_AUTH_SOCK.`,
    };
}
/** Other names of processor architectures, with the variant that they imply. https://github.com/containerd/platforms/blob/main/database.go */
const architectureAliases = new Map([
    ['x86_64', 'amd64'],
    ['x86-64', 'amd64'],
    ['i386', '386'],
    ['aarch64', 'arm64'],
    ['armhf', 'arm/v7'],
    ['armel', 'arm/v6'],
    ['arm', 'arm/v7'],
]);
/** Variants that are the default of their architecture, so that they are left out. */
const defaultVariants = new Set(['arm64/v8', 'amd64/v1']);
/** Names of operating systems, which stand for one on this machine's processor. https://github.com/containerd/platforms/blob/main/database.go */
const operatingSystems = new Set('aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris windows zos'.split(' '));
/**
 * A platform as BuildKit writes it: `aarch64` and `linux/arm64/v8` become `linux/arm64`. `local` and the name of an operating system
 * alone are those of this machine, whose processor is `own`: `amd64`.
 */
function normalPlatform(text, own) {
    if (text === 'local')
        return normalPlatform(`linux/${own}`, own);
    if (operatingSystems.has(text))
        return normalPlatform(`${text}/${own}`, own);
    const [first = '', second, third] = text.split('/');
    const [os, architecture] = second === undefined ? ['linux', first] : [first, second];
    const architectureName = architectureAliases.get(architecture) ?? architecture;
    if (third === undefined)
        return `${os}/${architectureName}`;
    const [base = architectureName] = architectureName.split('/');
    const variant = /^\d$/.test(third) ? `v${third}` : third;
    return defaultVariants.has(`${base}/${variant}`) ? `${os}/${base}` : `${os}/${base}/${variant}`;
}


/***/ }),

/***/ 30032:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $u: () => (/* binding */ deriveFromCommit),
/* harmony export */   Ih: () => (/* binding */ annotationsOf),
/* harmony export */   hu: () => (/* binding */ describeImage),
/* harmony export */   v0: () => (/* binding */ descriptionAsJson)
/* harmony export */ });
/* harmony import */ var _tags_global_expressions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19329);
/* harmony import */ var _tags_template_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(91464);
/* harmony import */ var _annotation_levels_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(54512);



/**
 * The values that docker/metadata-action derives from a commit, by the name of the label. `created` is the commit's time
 * and not the present one, so that builds of the same commit have the same digest. Values that are unknown are left out.
 * https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
function deriveFromCommit({ about, sha, committedAt }, version) {
    const derived = {
        created: committedAt,
        description: about.description,
        licenses: about.license,
        revision: sha,
        source: about.url,
        title: about.name,
        url: about.url,
        version,
    };
    return new Map(Object.entries(derived).flatMap(([name, value]) => value === undefined ? [] : [[`org.opencontainers.image.${name}`, value]]));
}
/**
 * Labels and annotations of the image: derived ones, unless the user gives the same name, and the user's own, of which the last of a
 * name counts.
 */
function describeImage({ labels, annotations }, derived, commit) {
    const ownLabels = lastOfEach(labels, assignmentName).map(each => renderExpressions(each, commit));
    const ownAnnotations = lastOfEach(annotations, each => assignmentName((0,_annotation_levels_js__WEBPACK_IMPORTED_MODULE_2__/* .withLevel */ .V_)(each))).map(each => renderExpressions(each, commit));
    return {
        labels: [...withoutGiven(ownLabels, derived), ...ownLabels.filter(each => !isRemoval(each, derived))],
        derivedAnnotations: withoutGiven(ownAnnotations.map(withoutKind), derived).map(each => `manifest:${each}`),
        annotations: ownAnnotations.filter(each => !isRemoval(withoutKind(each), derived)),
    };
}
/** The JSON object that users of docker/metadata-action read with `fromJSON`: tags, labels and annotations. */
function descriptionAsJson(description, { references, tags }) {
    const { labels = [] } = description ?? {};
    return JSON.stringify({
        tags: references,
        'tag-names': tags,
        labels: Object.fromEntries(labels.map(each => [assignmentName(each), each.slice(assignmentName(each).length + 1)])),
        annotations: annotationsOf(description),
    });
}
/** All annotations of an image with their levels, as docker/metadata-action writes them. */
function annotationsOf(description) {
    const { derivedAnnotations = [], annotations = [] } = description ?? {};
    return [...derivedAnnotations, ...annotations].map(_annotation_levels_js__WEBPACK_IMPORTED_MODULE_2__/* .withLevel */ .V_);
}
function lastOfEach(items, nameOf) {
    return [...new Map(items.map(each => [nameOf(each), each])).values()];
}
function withoutGiven(own, derived) {
    const given = new Set(own.map(assignmentName));
    return Array.from(derived, ([name, value]) => `${name}=${value}`).filter(each => !given.has(assignmentName(each)));
}
/** A user removes a derived label by giving its name without a value. */
function isRemoval(own, derived) {
    return own.endsWith('=') && derived.has(assignmentName(own));
}
/** `name=value` without its level where it is for the manifests. One for the index alone stays as it is. */
function withoutKind(annotation) {
    const [, kinds = '', rest = ''] = /^([^=:]*):(.*)$/s.exec(annotation) ?? [];
    return kinds.split(',').includes('manifest') ? rest : annotation;
}
function assignmentName(assignment) {
    return assignment.split('=', 1)[0] ?? '';
}
/** Fills in docker/metadata-action's expressions. A text with other braces, as for a template engine, stays as it is. */
function renderExpressions(text, commit) {
    const template = (0,_tags_template_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTemplate */ .QC)(text, _tags_template_js__WEBPACK_IMPORTED_MODULE_1__/* .globalNames */ .q1);
    return 'value' in template ? (0,_tags_global_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .renderGlobal */ .Yy)(template.value, commit) : text;
}


/***/ }),

/***/ 39978:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cS: () => (/* binding */ nonEmptySecrets),
/* harmony export */   gY: () => (/* binding */ secretEnvironment),
/* harmony export */   tX: () => (/* binding */ secretArguments),
/* harmony export */   wl: () => (/* binding */ nameOfEmptySecret)
/* harmony export */ });
/** The secrets with a value. In a pull request from a fork secrets are empty, and buildx refuses an empty one. */
function nonEmptySecrets({ secrets }) {
    return secrets.filter(secret => secret.kind !== 'value' || secret.value !== '');
}
/**
 * How the log names an empty secret. A line of Base64 that ends in `=` looks like an id without a value, so an id that
 * may be Base64 is not shown.
 */
function nameOfEmptySecret({ id }) {
    const mayBeBase64 = id.length > 10 && id.length % 4 === 3 && /^[A-Za-z0-9/]+$/.test(id);
    return mayBeBase64 ? 'A secret' : `The secret ${id}`;
}
/**
 * The values of buildx's `--secret`. The secrets themselves are passed only in buildx's environment or by their files.
 * https://docs.docker.com/reference/cli/docker/buildx/build/#secret
 */
function secretArguments(build) {
    return nonEmptySecrets(build).map((secret, index) => {
        const source = secret.kind === 'file' ? `src=${secret.path}` : `env=${environmentVariableOf(secret, index)}`;
        return [`id=${secret.id}`, source].map(csvField).join(',');
    });
}
/** The environment variables that {@link secretArguments} refers to and that the job does not have, by name. */
function secretEnvironment(build) {
    return Object.fromEntries(nonEmptySecrets(build).flatMap((secret, index) => secret.kind === 'value' ? [[environmentVariableOf(secret, index), secret.value]] : []));
}
function environmentVariableOf(secret, index) {
    return secret.kind === 'variable' ? secret.variable : `BUILD_SECRET_${index + 1}`;
}
/** buildx reads these values as CSV. */
function csvField(text) {
    return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}


/***/ }),

/***/ 65844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Wb: () => (/* binding */ isOldBuildx),
/* harmony export */   cM: () => (/* binding */ neededCapabilities),
/* harmony export */   dj: () => (/* binding */ builderKindOf),
/* harmony export */   i0: () => (/* binding */ isCacheRequired),
/* harmony export */   lQ: () => (/* binding */ missingCapabilities),
/* harmony export */   r6: () => (/* binding */ whyNotLoaded),
/* harmony export */   ug: () => (/* binding */ needsCache)
/* harmony export */ });
/**
 * The capabilities that the inputs need, apart from a cache. The engine's own builder can write folders, and load images
 * into the engine where nothing is pushed, so these need none.
 */
function neededCapabilities(build, { push }) {
    const { load, outputs } = build;
    const writesArchive = outputs.some(each => /(^|,)type=(oci|docker)(,|$)/.test(each));
    const capabilities = [
        ['platforms', build.platforms.length > 1],
        ['attestations', hasAttestations(build)],
        ['annotations', build.annotations.length > 0 && (push || writesArchive)],
        ['attributes', build.imageAttributes.length > 0 && push],
        ['outputs', writesArchive || (push && (load || outputs.length > 0))],
        ['privileges', build.allow.includes('security.insecure')],
    ];
    return capabilities.filter(([, isNeeded]) => isNeeded).map(([capability]) => capability);
}
function hasAttestations(build) {
    return build.attests.some(each => !each.includes('disabled=true'));
}
/** Whether the chosen cache is one that not every builder can use. */
function needsCache({ kind, from, to }) {
    if (kind === 'raw')
        return to.some(isSeparateCache);
    return kind !== 'inline' && from.length + to.length > 0;
}
/** Whether a `--cache-to` is not in the image itself. The engine's own builder reads such caches, but cannot write them. */
function isSeparateCache(cache) {
    return !/(^|,)type=inline(,|$)/.test(cache);
}
/** Whether the inputs name a cache that not every builder can use. With `cache: auto` the image may be built without one. */
function isCacheRequired(layers) {
    if (layers.kind === 'off' || layers.kind === 'inline')
        return false;
    return layers.raw.to.some(isSeparateCache) || (layers.kind !== 'auto' && layers.kind !== 'raw');
}
/** The kind of a builder, by its buildx driver. */
function builderKindOf(driver, { containerdStore }) {
    if (driver !== 'docker')
        return 'another';
    return containerdStore ? 'docker with containerd' : 'docker';
}
/** What a kind of builder can't do, each completing "It can't …". */
const limitations = {
    docker: {
        cache: 'keep layers anywhere but in itself and in the image',
        platforms: 'build several platforms',
        attestations: 'attest provenance or an SBOM',
        // It accepts the options for these two and ignores them silently.
        annotations: 'annotate an image',
        attributes: 'write an image as `outputs: type=image,…` asks',
        outputs: 'write archives of images, nor anything beside the push',
        privileges: 'grant `security.insecure`',
    },
    'docker with containerd': { privileges: 'grant `security.insecure`' },
    // BuildKit itself: https://docs.docker.com/build/builders/drivers/#feature-comparison
    another: {},
};
/** What a builder can't do of what is needed, each completing "It can't …". */
function missingCapabilities(kind, needed) {
    return needed.flatMap(capability => limitations[kind][capability] ?? []);
}
/**
 * Why the engine can't load the image, completing "The docker of this machine can hold …"; `undefined` where it can. The
 * classic image store can't hold an index, whichever builder made it, and attestations make one.
 */
function whyNotLoaded(build, engine) {
    if (!build.load || engine.containerdStore)
        return undefined;
    if (build.platforms.length > 1)
        return 'images of one platform only';
    return hasAttestations(build) ? 'images without attestations only' : undefined;
}
/**
 * Whether buildx is older than 0.12, the first with all arguments that the step uses, such as `--annotation` and
 * `--progress rawjson`. https://github.com/docker/buildx/releases/tag/v0.12.0
 */
function isOldBuildx(version) {
    const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
    // A buildx that was built from source without a version reports 0.0.0.
    return major === '0' && minor !== undefined && minor !== '0' && Number(minor) < 12;
}


/***/ }),

/***/ 76698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bn: () => (/* binding */ withCertificateFiles),
/* harmony export */   W7: () => (/* binding */ fileOf),
/* harmony export */   jZ: () => (/* binding */ readCertificates)
/* harmony export */ });
/** Options of the driver `remote` that name a file, and the ends of the variables that give its text. */
const variableEnds = [
    ['cacert', 'CACERT'],
    ['cert', 'CERT'],
    ['key', 'KEY'],
];
/**
 * Reads the certificates and the key of a node behind TLS from the variables that docker/setup-buildx-action takes them from. Like
 * there, they are for the driver `remote` and an address `tcp://…` alone.
 * https://docs.docker.com/build/ci/github-actions/configure-builder/#authentication-for-remote-builders
 */
function readCertificates(reader, { endpoint, driverOpts }, { input, index, jobValue, hide }) {
    if (!endpoint?.startsWith('tcp://'))
        return [];
    return variableEnds.flatMap(([option, end]) => {
        const variable = `BUILDER_NODE_${index}_AUTH_TLS_${end}`;
        // A pull request from a fork gets the secret as an empty text.
        const text = jobValue(variable) ?? '';
        if (text.trim() === '')
            return [];
        if (option === 'key')
            hide(text.trim());
        if (!text.includes('-----BEGIN ')) {
            reader.reject(variable, '…', {
                problem: `is not the text of a ${option === 'key' ? 'key' : 'certificate'} in PEM form`,
                remedy: `Give its content, from -----BEGIN on; the path of a file goes into \`driver-opts\`, as ${option}=path.`,
            });
        }
        const given = driverOpts.find(each => each.replace(/^"/, '').startsWith(`${option}=`));
        if (given !== undefined) {
            reader.reject(input, given, {
                problem: `names what the variable ${variable} gives too`,
                remedy: 'Give one of the two.',
            });
        }
        return [{ option, text }];
    });
}
/** The plan with the certificates of its nodes as options that name their files in a folder. */
function withCertificateFiles(plan, folder) {
    const named = (node, index) => ({
        ...node,
        driverOpts: [
            ...node.driverOpts,
            ...(node.certificates ?? []).map(({ option }) => `${option}=${fileOf(folder, index, option)}`),
        ],
    });
    const [node = plan.node, ...append] = [plan.node, ...plan.append].map(named);
    return { ...plan, node, append };
}
/** The path of a certificate's file in the folder of a builder's certificates. */
function fileOf(folder, index, option) {
    return `${folder}/node-${index}-${option}.pem`;
}


/***/ }),

/***/ 15413:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ checkDocker)
/* harmony export */ });
/* harmony import */ var _docker_docker_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(94185);
/* harmony import */ var _docker_foreign_engine_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(47820);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93068);
/* harmony import */ var _capabilities_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65844);




/**
 * Checks that docker, buildx and a named builder can build what is asked, before anything is created. Throws a `Failure`
 * where they can't. A builder that is made for the job is not checked here: it is made later.
 */
async function checkDocker({ job, plan }, finding) {
    const docker = await finding;
    await refuseForeignEngine(docker, plan, job.signal);
    refuseOldBuildx(docker);
    refuseUnloadable(docker, plan);
    const { builder } = plan;
    if (builder.kind === 'named')
        return { ...docker, named: await findNamedBuilder(job, docker, plan, builder) };
    if (builder.kind === 'present' && dependsOnBuilderPlatform(plan))
        refuseUnknownPlatform(plan, await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_0__/* .driverOf */ .SV)(docker, job.signal));
    return docker;
}
function findNamedBuilder(job, docker, plan, { name, by }) {
    return job.step('Find the builder', async (log) => {
        const found = await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_0__/* .findBuilder */ .Lx)(docker, job.signal, name);
        if (found === undefined) {
            throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR(`There is no builder '${name}' on this runner, which ${by} names.`, {
                remedy: 'Give the name of one that a step before this one made, such as the output `name` of docker/setup-buildx-action, or let the step make one by `driver`.',
            });
        }
        const { driver, isHere } = found;
        refuseForeign(docker, { driver: driver === 'docker' ? driver : 'none', load: plan.build.load });
        if (dependsOnBuilderPlatform(plan))
            refuseUnknownPlatform(plan, driver);
        const kind = (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_3__/* .builderKindOf */ .dj)(driver, docker);
        const missing = (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_3__/* .missingCapabilities */ .lQ)(kind, [
            ...((0,_capabilities_js__WEBPACK_IMPORTED_MODULE_3__/* .isCacheRequired */ .i0)(plan.layers) ? ['cache'] : []),
            ...(0,_capabilities_js__WEBPACK_IMPORTED_MODULE_3__/* .neededCapabilities */ .cM)(plan.build, plan),
        ]);
        if (missing.length > 0) {
            throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR(`The builder '${name}' (${driver}) can't ${missing.join(', nor ')}.`, {
                remedy: 'Set `driver: docker-container` in place of it, turn on the containerd image store of this engine, or ask for less (`cache: off`, one platform).',
            });
        }
        log.result(`${name} (${driver}) can do what is asked`);
        return { name, kind, isHere };
    });
}
/** Refuses an engine of another kind, unless the builder is one that the workflow names: its driver is looked for first. */
async function refuseForeignEngine(docker, { builder, build: { load } }, signal) {
    if (docker.foreignEngine === undefined || builder.kind === 'named')
        return;
    if (builder.kind === 'present') {
        const driver = (await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_0__/* .driverOf */ .SV)(docker, signal)) ?? 'docker';
        refuseForeign(docker, { driver: driver === 'docker' ? driver : 'none', load });
    }
    else {
        const isOfEngine = builder.driver === 'docker-container' && builder.node.endpoint === undefined;
        refuseForeign(docker, { driver: isOfEngine ? 'docker-container' : 'none', load });
    }
}
function refuseForeign({ foreignEngine }, use) {
    const failure = foreignEngine && (0,_docker_foreign_engine_js__WEBPACK_IMPORTED_MODULE_1__/* .foreignEngineFailure */ .x2)(foreignEngine, use);
    if (failure !== undefined)
        throw failure;
}
/** Whether the tag is named after a platform that only the builder decides: `mode: build` without `platforms`. */
function dependsOnBuilderPlatform({ mode, build }) {
    return mode === 'build' && build.platforms.length === 0;
}
function refuseUnknownPlatform({ platform: { name } }, driver) {
    if (driver === undefined || /^docker(-container)?$/.test(driver))
        return;
    throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR(`The builder (${driver}) may have another processor than this runner (${name}), and \`mode: build\` names what it pushes after it.`, { remedy: 'Give `platforms`.' });
}
function refuseOldBuildx({ buildxVersion }) {
    if (!(0,_capabilities_js__WEBPACK_IMPORTED_MODULE_3__/* .isOldBuildx */ .Wb)(buildxVersion))
        return;
    throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR(`buildx ${buildxVersion} is too old: 0.12 or newer is needed.`, {
        remedy: 'Update the package docker-buildx-plugin of this runner, or add a step `uses: docker/setup-buildx-action` with `version: latest` before this one.',
    });
}
function refuseUnloadable(docker, { build }) {
    const loadable = (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_3__/* .whyNotLoaded */ .r6)(build, docker);
    if (loadable === undefined)
        return;
    throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR(`The docker of this machine can hold ${loadable}, so \`load\` cannot be done.`, {
        remedy: 'Load a single platform without `provenance`, `sbom` and `attests`, set `load: false`, or turn on the containerd image store of this engine: https://docs.docker.com/engine/storage/containerd/',
    });
}


/***/ }),

/***/ 21957:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NJ: () => (/* binding */ architectureOf),
/* harmony export */   T: () => (/* binding */ madeDrivers),
/* harmony export */   U9: () => (/* binding */ nativePlatformOf),
/* harmony export */   iv: () => (/* binding */ engineNeedOf),
/* harmony export */   l$: () => (/* binding */ createArguments)
/* harmony export */ });
/** The buildx drivers by which the step can make a builder. */
const madeDrivers = ['docker-container', 'kubernetes', 'remote'];
/** Whether the engine on this machine is needed. For the job's current builder only buildx knows: `for its own builder`. */
function engineNeedOf(plan, { load }) {
    if (load || (plan.kind === 'made' && plan.driver === 'docker-container'))
        return 'always';
    return plan.kind === 'present' ? 'for its own builder' : 'never';
}
/**
 * What decides the image's platform where the inputs name none: this machine's processor, such as `linux/amd64`, or the
 * driver, endpoint and node selectors of a builder elsewhere. It is hashed into the image's fingerprint.
 */
function nativePlatformOf(plan, architecture) {
    if (plan.kind !== 'made')
        return [`linux/${architecture}`];
    const { driver, node } = plan;
    const selectors = node.driverOpts.filter(each => /^"?nodeselector=/.test(each));
    return driver === 'docker-container' && node.endpoint === undefined
        ? [`linux/${architecture}`]
        : [driver, ...(node.endpoint === undefined ? [] : [node.endpoint]), ...selectors];
}
/**
 * The arguments of the `docker buildx` commands that make a builder, one command for each node.
 * https://docs.docker.com/reference/cli/docker/buildx/create/
 */
function createArguments({ driver, node, append, config }, options) {
    const { name, configFile, allow } = options;
    const nodeArguments = (each) => [
        ...option('--node', each.name),
        ...option('--platform', each.platforms.length > 0 ? each.platforms.join(',') : undefined),
        ...each.driverOpts.flatMap(opt => ['--driver-opt', quoteOption(opt)]),
        ...option('--buildkitd-flags', driver === 'remote' ? undefined : buildkitFlagsOf(each, allow)),
    ];
    const first = ['create', '--name', name, '--driver', driver, ...nodeArguments(node)];
    const configArguments = option('--buildkitd-config', config === undefined ? undefined : configFile);
    return [
        [...first, ...configArguments, ...(node.endpoint === undefined ? [] : [node.endpoint])],
        ...append.map(each => ['create', '--name', name, '--append'].concat(nodeArguments(each), each.endpoint ?? [])),
    ];
}
/** buildx reads an option as a line of CSV with an option in each field, so a value with commas in it needs quotes. */
function quoteOption(opt) {
    const needsNoQuotes = opt.startsWith('"') || opt.split(',').every(part => part.includes('='));
    return needsNoQuotes ? opt : `"${opt.replaceAll('"', '""')}"`;
}
/**
 * The flags of `buildkitd`, with the grants for the entitlements that the build needs. buildx itself grants `network.host` alone, and
 * only where no other grant is given, so that it is granted beside each: `network: host` needs no entry in `allow`.
 */
function buildkitFlagsOf({ flags }, allow) {
    const granted = allow.length === 0 ? [] : new Set([...allow, 'network.host']);
    const grants = [...granted].map(each => `--allow-insecure-entitlement ${each}`);
    const all = [...(flags === undefined ? [] : [flags]), ...grants];
    return all.length > 0 ? all.join(' ') : undefined;
}
function option(flag, value) {
    return value === undefined ? [] : [flag, value];
}
/**
 * The runner's processor by docker's name, such as `amd64`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables (RUNNER_ARCH)
 */
function architectureOf({ RUNNER_ARCH = 'X64' }) {
    return { X64: 'amd64', X86: '386' }[RUNNER_ARCH] ?? RUNNER_ARCH.toLowerCase();
}


/***/ }),

/***/ 69943:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FS: () => (/* binding */ mayUseEcr),
/* harmony export */   O$: () => (/* binding */ chooseMountStore),
/* harmony export */   Ou: () => (/* binding */ planMounts),
/* harmony export */   dK: () => (/* binding */ mountTagsToFind)
/* harmony export */ });
/* harmony import */ var _cache_backends_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92560);
/* harmony import */ var _ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27079);
/* harmony import */ var _ecr_mutability_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(87973);



/** Plans where cache mounts may be kept and under which names, in the same order of preference as layers. */
function planMounts(inputs, options) {
    if (inputs.kind === 'off')
        return inputs;
    const { scopes, name, service } = options;
    const notInEcr = whyNotInEcr(options);
    const tagOf = (scope) => (0,_cache_backends_js__WEBPACK_IMPORTED_MODULE_1__/* .cacheTagOf */ .O$)(`mounts-${scope}`);
    return {
        kind: inputs.kind,
        mounts: inputs.kind === 'named' ? inputs.mounts : [],
        ...(notInEcr !== undefined && { notInEcr }),
        tags: {
            ...scopes,
            ...(scopes.writeTag !== undefined && { writeTag: tagOf(scopes.writeTag) }),
            readTags: scopes.readTags.map(tagOf),
        },
        name,
        service,
    };
}
function whyNotInEcr({ push, isPublic, cache }) {
    // In a public repository everybody could read what a build downloads.
    if (isPublic)
        return 'the repository is public';
    if (!push)
        return 'nothing is pushed';
    return cache === 'gha' || cache === 'actions' ? `\`cache: ${cache}\` keeps nothing in ECR` : undefined;
}
/** Whether mounts are kept in ECR, provided that the repository lets their tag move. */
function mayUseEcr(plan) {
    return plan.kind !== 'off' && plan.notInEcr === undefined;
}
/** The tags in the image's repository that this build could read mounts from, whether they exist or not. */
function mountTagsToFind(plan) {
    return mayUseEcr(plan) ? plan.tags.readTags : [];
}
/** Chooses ECR where the tag can be written or need not be, else GitHub's cache. `repository` is `undefined` where nothing is pushed. */
function chooseMountStore({ notInEcr, tags, service }, repository) {
    const referenceOf = (tag) => `${repository?.uri ?? ''}:${tag}`;
    const isUsable = repository !== undefined &&
        (tags.writeTag === undefined || (0,_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_2__/* .isMutableTag */ .RB)(tags.writeTag, repository.mutability));
    if (notInEcr === undefined && isUsable) {
        const writeReference = tags.writeTag === undefined ? undefined : referenceOf(tags.writeTag);
        const why = writeReference === undefined ? `the registry, only read: ${tags.whyReadOnly ?? ''}` : 'the registry';
        const reads = tags.readTags.flatMap(tag => {
            const manifest = repository.manifests.get(tag);
            return manifest === undefined ? [] : [{ reference: referenceOf(tag), bytes: layerBytesIn(manifest) }];
        });
        return { kind: 'registry', writeReference, reads, why };
    }
    if (service.reads) {
        const why = service.writes
            ? "GitHub's cache"
            : `GitHub's cache, which ${service.limit ?? 'may only be read'}`;
        return { kind: 'github', writes: service.writes, why };
    }
    const obstacle = notInEcr ?? `the repository does not let their tag move (add the exclusion filter '${_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_2__/* .cacheTagFilter */ .X5}')`;
    return { kind: 'none', why: `${obstacle}, and GitHub's cache ${service.limit ?? 'cannot be used'}` };
}
/** The size in bytes of all layers in the manifest of an image; 0 where it cannot be read. */
function layerBytesIn(manifest) {
    const content = (0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readContentIfSound */ .SO)(manifest);
    return content?.kind === 'image' ? content.layers.reduce((sum, { size = 0 }) => sum + size, 0) : 0;
}


/***/ }),

/***/ 92560:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O$: () => (/* binding */ cacheTagOf),
/* harmony export */   oj: () => (/* binding */ registryCache),
/* harmony export */   sg: () => (/* binding */ localCache),
/* harmony export */   sm: () => (/* binding */ inlineCache),
/* harmony export */   vv: () => (/* binding */ ghaCache)
/* harmony export */ });
/* harmony import */ var _ecr_mutability_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(87973);

/** The tag of a cache in the registry. */
function cacheTagOf(scope) {
    return `${_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_0__/* .cacheTag */ .z}-${scope}`;
}
/** Exports the layers of all stages. An export that fails does not fail the build. */
const exportAttributes = 'mode=max,ignore-error=true';
/**
 * A cache in the registry, under tags of one repository. ECR accepts it only as an image manifest with OCI media types.
 * https://docs.docker.com/build/cache/backends/registry/
 */
function registryCache(uri, { readTags, writeTag }) {
    const reference = (tag) => `type=registry,ref=${uri}:${tag}`;
    const to = (tag) => `${reference(tag)},${exportAttributes},image-manifest=true,oci-mediatypes=true`;
    return { from: readTags.map(reference), to: writeTag === undefined ? [] : [to(writeTag)] };
}
/** GitHub's cache, which BuildKit reads and writes. GitHub itself separates the caches of branches. https://docs.docker.com/build/cache/backends/gha/ */
function ghaCache(scope, { v2, writes }) {
    const cache = `type=gha,scope=${scope}${v2 ? ',version=2' : ''}`;
    // Without a timeout BuildKit retries a server that drops connections for ten minutes.
    return { from: [`${cache},timeout=2m`], to: writes ? [`${cache},${exportAttributes}`] : [] };
}
/** A cache in local folders; one that is `undefined` is not read or not written. https://docs.docker.com/build/cache/backends/local/ */
function localCache(folders) {
    return {
        from: folders.from === undefined ? [] : [`type=local,src=${folders.from}`],
        to: folders.to === undefined ? [] : [`type=local,dest=${folders.to},${exportAttributes}`],
    };
}
/** A cache in the image itself, which keeps only the layers of the last stage. https://docs.docker.com/build/cache/backends/inline/ */
function inlineCache(uri, tags) {
    return { from: tags.map(tag => `type=registry,ref=${uri}:${tag}`), to: ['type=inline'] };
}


/***/ }),

/***/ 92349:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ chooseCache)
/* harmony export */ });
/* harmony import */ var _ecr_mutability_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(87973);
/* harmony import */ var _backends_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(92560);


/** Chooses the cache. `cache-from` replaces only what is read, and `cache-to` only what is written. */
function chooseCache(plan, places) {
    if (plan.kind === 'off')
        return { kind: 'off', from: [], to: [], why: 'off' };
    const { from, to } = plan.raw;
    if (plan.kind === 'raw')
        return { kind: 'raw', from, to, why: 'as `cache-from` and `cache-to` say' };
    const chosen = chooseKind(plan.kind, plan, places);
    return {
        ...chosen,
        ...(from.length > 0 && { from, why: `${chosen.why}; read as \`cache-from\` says` }),
        ...(to.length > 0 && { to, why: `${chosen.why}; written as \`cache-to\` says` }),
    };
}
function chooseKind(kind, plan, places) {
    switch (kind) {
        case 'auto':
            return chooseAutomatically(plan, places);
        case 'registry':
            return chooseRegistry(plan, places);
        case 'inline':
            return chooseInline(plan, places);
        case 'gha':
        case 'actions':
            return chooseGitHub(kind, plan, places);
    }
}
/** The registry where it can be written, as GitHub's cache is limited to 10 GB and deletes what is unused for a week; else GitHub's cache. */
function chooseAutomatically(plan, places) {
    const registry = chooseRegistry(plan, places);
    const isUsable = registry.kind !== 'off' && registry.warning === undefined;
    if (isUsable && !plan.isPublic)
        return registry;
    const { reads, limit } = serviceFor('gha', plan);
    if (!reads) {
        const why = `GitHub's cache ${limit ?? 'cannot be used'}`;
        return plan.isPublic
            ? noCache(`${whyNotRegistry(plan, places)}; ${why}`)
            : { ...registry, why: `${registry.why}; ${why}` };
    }
    const github = chooseGitHub('gha', plan, places);
    return { ...github, why: `${github.why}, as ${plan.push ? whyNotRegistry(plan, places) : registry.why}` };
}
function chooseRegistry(plan, { registry, cacheRegistry }) {
    if (!plan.push)
        return noCache('nothing is pushed, so ECR is not asked');
    const chosenRegistry = plan.repository === undefined ? registry : cacheRegistry;
    if (chosenRegistry === undefined)
        return noCache(`the repository '${plan.repository ?? ''}' cannot be used`);
    const { writeTag, readTags, whyReadOnly = '' } = plan.tags;
    const existingTags = readTags.filter(chosenRegistry.has);
    const where = plan.repository === undefined ? 'the registry' : `the repository '${plan.repository}'`;
    if (writeTag === undefined) {
        const why = `${where}, only read: ${whyReadOnly}`;
        return {
            kind: 'registry',
            ...(0,_backends_js__WEBPACK_IMPORTED_MODULE_0__/* .registryCache */ .oj)(chosenRegistry.uri, { readTags: existingTags, writeTag: writeTag }),
            why,
        };
    }
    if ((0,_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_1__/* .isMutableTag */ .RB)(writeTag, chosenRegistry.mutability)) {
        return {
            kind: 'registry',
            ...(0,_backends_js__WEBPACK_IMPORTED_MODULE_0__/* .registryCache */ .oj)(chosenRegistry.uri, { readTags: existingTags, writeTag: writeTag }),
            why: where,
        };
    }
    return {
        kind: 'registry',
        ...(0,_backends_js__WEBPACK_IMPORTED_MODULE_0__/* .registryCache */ .oj)(chosenRegistry.uri, { readTags: existingTags, writeTag: undefined }),
        why: `${where}, only read`,
        warning: `Layers are not written to ECR: the repository is ${chosenRegistry.mutability.setting} and does not let the tag '${writeTag}' move. ` +
            `Add the exclusion filter '${_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_1__/* .cacheTagFilter */ .X5}' (IMMUTABLE_WITH_EXCLUSION), name a \`cache-repository\`, or set \`cache: gha\` or \`cache: off\`.`,
    };
}
/** Why the cache is not written to ECR, as part of a sentence. */
function whyNotRegistry(plan, places) {
    if (plan.isPublic)
        return 'everybody could read in a public repository what the image leaves out';
    const chosenRegistry = plan.repository === undefined ? places.registry : places.cacheRegistry;
    return chosenRegistry === undefined
        ? `the repository '${plan.repository ?? ''}' cannot be used`
        : `the repository is ${chosenRegistry.mutability.setting} without the exclusion filter '${_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_1__/* .cacheTagFilter */ .X5}'`;
}
function chooseGitHub(kind, plan, { folders }) {
    const { reads, writes, limit } = serviceFor(kind, plan);
    if (!reads) {
        const why = `GitHub's cache ${limit ?? 'cannot be used'}`;
        const otherWay = plan.service.reads ? ' `cache: actions` keeps them there without BuildKit.' : '';
        return { ...noCache(why), warning: `Layers are not cached: ${why}.${otherWay}` };
    }
    const cache = kind === 'gha'
        ? (0,_backends_js__WEBPACK_IMPORTED_MODULE_0__/* .ghaCache */ .vv)(plan.name, plan.service)
        : (0,_backends_js__WEBPACK_IMPORTED_MODULE_0__/* .localCache */ .sg)({ from: folders.from, to: writes ? folders.to : undefined });
    const name = kind === 'gha' ? "GitHub's cache, by BuildKit" : "GitHub's cache, as one archive";
    return { kind, ...cache, why: writes ? name : `${name}, which ${limit ?? 'may only be read'}` };
}
/** What this kind of cache may do with GitHub's. */
function serviceFor(kind, { service }) {
    const { notByBuildKit } = service;
    if (kind === 'actions' || notByBuildKit === undefined)
        return service;
    return { ...service, reads: false, writes: false, limit: notByBuildKit };
}
function chooseInline(plan, { registry }) {
    if (registry === undefined)
        return noCache('nothing is pushed, so no image can hold them');
    return {
        kind: 'inline',
        ...(0,_backends_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineCache */ .sm)(registry.uri, plan.images.filter(registry.has)),
        why: 'the image itself, of its last stage only',
    };
}
function noCache(why) {
    return { kind: 'off', from: [], to: [], why };
}


/***/ }),

/***/ 35322:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GO: () => (/* binding */ nearestColdSeconds),
/* harmony export */   Pk: () => (/* binding */ canRecordColdTime),
/* harmony export */   Xo: () => (/* binding */ formatSeconds),
/* harmony export */   eo: () => (/* binding */ sayTimeSaved),
/* harmony export */   fL: () => (/* binding */ parseSeconds),
/* harmony export */   jU: () => (/* binding */ timeSaved),
/* harmony export */   rU: () => (/* binding */ nextColdSeconds),
/* harmony export */   wV: () => (/* binding */ withColdSeconds)
/* harmony export */ });
/* unused harmony exports coldAnnotation, coldSecondsIn */
/* harmony import */ var _ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27079);

/**
 * The annotation in a cache's manifest with the seconds that the last cold build took, one without cached layers. The
 * manifest is read by `BatchGetImage`.
 */
const coldAnnotation = 'io.github.ecr-image.cold-seconds';
/** The seconds of the last cold build in the manifest of a cache; `undefined` where it has none or cannot be read. */
function coldSecondsIn(cache) {
    return parseSeconds((0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readContentIfSound */ .SO)(cache)?.annotations[coldAnnotation]);
}
/** The seconds of the last cold build in the first cache that has them, in the order of `tags`. */
function nearestColdSeconds(tags, caches) {
    return tags
        .flatMap(tag => caches?.get(tag) ?? [])
        .map(coldSecondsIn)
        .find(seconds => seconds !== undefined);
}
/** Parses seconds as {@link formatSeconds} writes them; `undefined` where the text is not a number. */
function parseSeconds(text = '') {
    return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}
/**
 * The JSON of the same manifest with the seconds of the last cold build, which BuildKit ignores.
 * @throws {Failure} where two programs could read the manifest differently.
 */
function withColdSeconds(cache, seconds) {
    const { members, annotations } = (0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readContent */ .c_)(cache);
    const { annotations: _, ...rest } = members;
    return JSON.stringify({
        ...rest,
        annotations: { ...annotations, [coldAnnotation]: formatSeconds(seconds) },
    });
}
/** Seconds with one decimal, as they are stored with a cache. */
function formatSeconds(seconds) {
    return seconds.toFixed(1);
}
/** The seconds that the next build is compared with: those of this build if it was cold, else those of the last cold one. */
function nextColdSeconds({ cacheUse, seconds }, last) {
    return isCold(cacheUse) ? seconds : last;
}
/** Whether no step was cached. `WORKDIR` does not count: BuildKit may reuse its folder of another image even with `--no-cache`. */
function isCold({ each }) {
    const steps = each.filter(({ name }) => !/^\[[^\]]*\] WORKDIR /.test(name));
    return steps.length > 0 && steps.every(({ isCached }) => !isCached);
}
/** The time saved against the last cold build; `undefined` where no layer was cached or no cold build is known. */
function timeSaved({ cacheUse, seconds }, cold) {
    return cold === undefined || isCold(cacheUse) ? undefined : { seconds: cold - seconds, cold };
}
/** The time saved in words, for the log and the summary. */
function sayTimeSaved({ seconds, cold }) {
    const saved = seconds < 0.1 ? 'no time' : `about ${sayRoughSeconds(seconds)}`;
    return `${saved} saved against the last cold build (${sayRoughSeconds(cold)})`;
}
function sayRoughSeconds(seconds) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
/**
 * Whether the time of a cold build can be stored with the cache: only where the step itself chooses the cache, and not in
 * ECR Public, which does not show manifests.
 */
function canRecordColdTime(layers, { kind, to }) {
    if (layers.kind === 'off' || layers.raw.to.length > 0 || to.length === 0)
        return false;
    return kind === 'actions' || (kind === 'registry' && !layers.isPublic);
}


/***/ }),

/***/ 52653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $: () => (/* binding */ ensureCacheRepository)
});

// EXTERNAL MODULE: ./build/aws/client.js
var client = __webpack_require__(35811);
// EXTERNAL MODULE: ./build/ecr/reference.js
var reference = __webpack_require__(52484);
// EXTERNAL MODULE: ./build/image/read-images.js
var read_images = __webpack_require__(71043);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/ecr/mutability.js
var mutability = __webpack_require__(87973);
;// CONCATENATED MODULE: ./build/cache/lifecycle-policy.js

/** Days after its last push in which a cache expires. */
const expiryDays = { pullRequest: 7, any: 14, overwritten: 1 };
/**
 * The JSON of the lifecycle policy that keeps a cache repository small. Overwritten caches expire after a day, and those of
 * a pull request a week after its last build. ECR requires the rule for `any` to be the last. https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
function cacheLifecyclePolicy() {
    const expireAfterDays = (countNumber) => ({
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber,
    });
    const rules = [
        {
            description: 'Caches that were overwritten',
            selection: { tagStatus: 'untagged', ...expireAfterDays(expiryDays.overwritten) },
        },
        {
            description: 'Caches of pull requests',
            selection: {
                tagStatus: 'tagged',
                tagPrefixList: [`${mutability/* cacheTag */.z}-pr-`],
                ...expireAfterDays(expiryDays.pullRequest),
            },
        },
        {
            description: 'Caches that no build has changed for long',
            selection: { tagStatus: 'any', ...expireAfterDays(expiryDays.any) },
        },
    ];
    return JSON.stringify({
        rules: rules.map(({ description, selection }, index) => ({
            rulePriority: index + 1,
            description,
            selection,
            action: { type: 'expire' },
        })),
    });
}

;// CONCATENATED MODULE: ./build/cache/ensure-cache-repository.js





/**
 * Finds the repository of the input `cache-repository` and its caches for this build, or creates it. Where that fails, it
 * warns and returns `undefined`, and the image is built without that cache. Also `undefined` where the input is not given.
 */
async function ensureCacheRepository({ job, plan: { layers, repository } }, aws) {
    if (layers.kind === 'off' || layers.repository === undefined)
        return undefined;
    const { tags } = layers;
    const key = { repositoryName: layers.repository, ...(0,reference/* inRegistry */.z9)(repository) };
    return job.step('Ensure the cache repository', async (log) => {
        try {
            const found = await findRepository(aws, key, tags.readTags);
            if (found === undefined && !repository.create) {
                throw new failure/* Failure */.HR('It does not exist, and `create-repository` is off.', { remedy: 'Create it.' });
            }
            const answered = found ?? (await createRepository(aws, key)) ?? (await findRepository(aws, key, tags.readTags));
            const cacheRepository = answered && { ...answered, uri: (0,reference/* atHost */.Mu)(answered.uri, repository.host) };
            if (found === undefined)
                await putLifecyclePolicy(aws, key).catch(error => log.warn((0,failure/* describeFailure */.Ic)(error)));
            log.result(`${found === undefined ? 'Created' : 'Found'} ${cacheRepository?.uri ?? key.repositoryName}`);
            return cacheRepository;
        }
        catch (error) {
            job.signal.throwIfAborted();
            log.warn(`The cache repository '${key.repositoryName}' cannot be used. ${(0,failure/* describeFailure */.Ic)(error)}`);
            log.result(`No cache repository '${key.repositoryName}'`);
            return undefined;
        }
    });
}
async function findRepository({ ecr }, key, tags) {
    try {
        const [{ repositories }, images] = await Promise.all([
            ecr.describeRepositories({
                repositoryNames: [key.repositoryName],
                ...(key.registryId !== undefined && { registryId: key.registryId }),
            }),
            tags.length === 0 ? [] : (0,read_images/* readImages */.H)(ecr, key, (0,read_images/* byTag */.O)(tags)),
        ]);
        return cacheRepositoryOf(repositories?.[0], images.map(({ tag = '', ...stored }) => [tag, stored]));
    }
    catch (error) {
        if ((0,client/* isRefusal */.vu)(error, 'RepositoryNotFoundException'))
            return undefined;
        throw error;
    }
}
/** Returns `undefined` where another job has created the repository meanwhile. */
async function createRepository({ ecr }, key) {
    try {
        const { repository } = await ecr.createRepository({
            ...key,
            imageTagMutability: 'MUTABLE',
        });
        return cacheRepositoryOf(repository, []);
    }
    catch (error) {
        if ((0,client/* isRefusal */.vu)(error, 'RepositoryAlreadyExistsException'))
            return undefined;
        throw error;
    }
}
async function putLifecyclePolicy({ ecr }, key) {
    await ecr.putLifecyclePolicy({ ...key, lifecyclePolicyText: cacheLifecyclePolicy() });
}
function cacheRepositoryOf(answer, caches) {
    if (!answer?.repositoryUri)
        return undefined;
    const { imageTagMutability = 'MUTABLE', imageTagMutabilityExclusionFilters = [] } = answer;
    const manifests = new Map(caches);
    return {
        uri: answer.repositoryUri,
        mutability: {
            setting: imageTagMutability,
            exclusions: imageTagMutabilityExclusionFilters.flatMap(({ filter }) => filter ?? []),
        },
        has: tag => manifests.has(tag),
        manifests,
    };
}


/***/ }),

/***/ 66250:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ol: () => (/* binding */ cacheKinds),
  GP: () => (/* binding */ cacheNamesOf),
  al: () => (/* binding */ cacheTagsToFind),
  _s: () => (/* binding */ planCache)
});

// EXTERNAL MODULE: ./build/commit/commit-tag.js
var commit_tag = __webpack_require__(35334);
// EXTERNAL MODULE: ./build/cache/backends.js
var backends = __webpack_require__(92560);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./build/cache/scope.js

/**
 * The caches that a build may write and read. A pull request reads the caches of its branch, of its base and of the default
 * branch, and writes only its own. The branch of a fork is not read, even where it has the name of a branch of this
 * repository. A build of untrusted sources does not write the cache of a branch.
 */
function scopesOf(commit, variant, { isUntrusted }) {
    const { branch, baseBranch, defaultBranch, isFork } = commit;
    const whyReadOnly = isUntrusted && !commit.isPullRequest ? anotherCommit : 'nobody would read what this ref writes';
    const writeRef = whyReadOnly === anotherCommit ? undefined : refToWrite(commit);
    const branches = [isFork ? undefined : branch, baseBranch, defaultBranch]
        .filter(each => each !== undefined)
        .filter(each => !isMergeQueue(each));
    const refs = [...(writeRef === undefined ? [] : [writeRef]), ...branches.map(each => ({ branch: each }))];
    return {
        ...(writeRef === undefined ? { whyReadOnly } : { writeTag: scopeNameOf(writeRef, variant) }),
        readTags: [...new Set(refs.map(ref => scopeNameOf(ref, variant)))],
    };
}
const anotherCommit = 'what is checked out is not the commit that the job runs for';
/**
 * GitHub's cache without write access where the sources are untrusted: the job would write to the cache of its ref, which
 * is the default branch for many events.
 */
function limitService(service, { isUntrusted }) {
    if (!isUntrusted || !service.writes)
        return service;
    return { ...service, writes: false, limit: `is only read, as ${anotherCommit}` };
}
/** The ref whose cache this build writes. All git tags share one cache, as each is usually built only once. */
function refToWrite({ isPullRequest, pullRequest, branch, tag }) {
    if (isPullRequest)
        return pullRequest === undefined ? undefined : { pullRequest };
    if (tag !== undefined)
        return 'tags';
    return branch === undefined || isMergeQueue(branch) ? undefined : { branch };
}
/** https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue */
function isMergeQueue(branch) {
    return branch.startsWith('gh-readonly-queue/');
}
/** The branch's name where it needs no change and the variant is empty; else a shortened name with a hash. */
function scopeNameOf(ref, variant) {
    const isBranch = typeof ref === 'object' && 'branch' in ref;
    const name = ref === 'tags' ? ref : 'branch' in ref ? ref.branch : `pr-${ref.pullRequest}`;
    const isUnchanged = isBranch && slugOf(name) === name && variant.every(each => !each);
    return isUnchanged ? name : `${slugOf(name)}-${scopeHashOf([ref, ...variant])}`;
}
/** The text shortened to at most 60 characters that are allowed in tags, keys and folders. */
function slugOf(text) {
    return text
        .replaceAll(/[^\w.-]+/g, '-')
        .replaceAll(/^[.-]+/g, '')
        .slice(0, 60);
}
/** Eight hexadecimal digits of the SHA-256 of a value as JSON. */
function scopeHashOf(value) {
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}

;// CONCATENATED MODULE: ./build/cache/plan.js



/** The kinds of caches that the input `cache` can name. */
const cacheKinds = ['registry', 'gha', 'actions', 'inline'];
/** Plans the names of all caches that may be used. Which one is used is chosen when ECR has described the repository. */
function planCache(inputs, { push, commit, affixes, build, isUntrusted, repository }) {
    const { cache, from, to } = inputs;
    const isRaw = from.length > 0 || to.length > 0;
    if (cache === 'off' && !isRaw)
        return { kind: 'off' };
    const variant = variantOf(build, { affixes, architecture: inputs.architecture });
    const tagVariant = inputs.repository === undefined ? variant : [repository.name, ...variant];
    const { writeTag: writeScope, ...scopes } = scopesOf(commit, tagVariant, { isUntrusted });
    return {
        kind: cache === 'off' || (from.length > 0 && to.length > 0) ? 'raw' : cache,
        push,
        isPublic: repository.type === 'public',
        raw: { from, to },
        tags: {
            ...scopes,
            ...(writeScope !== undefined && { writeTag: (0,backends/* cacheTagOf */.O$)(writeScope) }),
            readTags: scopes.readTags.map(backends/* cacheTagOf */.O$),
        },
        ...(inputs.repository !== undefined && { repository: inputs.repository }),
        images: commit.earlier.map(sha => (0,commit_tag/* commitTagOf */.V)(sha, affixes)),
        name: cacheNameOf(repository.name, variant),
        service: limitService(inputs.service, { isUntrusted }),
    };
}
/** The names of this build's caches in the image's own repository (`scopes`) and at GitHub (`name`), and what the job may do with GitHub's cache. */
function cacheNamesOf({ architecture, service }, { commit, affixes, build, isUntrusted, repository }) {
    const variant = variantOf(build, { affixes, architecture });
    return {
        scopes: scopesOf(commit, variant, { isUntrusted }),
        name: cacheNameOf(repository.name, variant),
        service: limitService(service, { isUntrusted }),
    };
}
function cacheNameOf(repository, variant) {
    const slug = slugOf(repository);
    return variant.every(each => !each) ? slug : `${slug}-${scopeHashOf(variant)}`;
}
/** Builds of other Dockerfiles, stages, platforms or flavors have other layers. */
function variantOf({ file, target, platforms }, { affixes, architecture }) {
    const platform = architecture === 'amd64' ? undefined : `linux/${architecture}`;
    const { prefix, suffix } = affixes;
    // Without a flavor the caches keep the names that they have always had.
    const flavor = prefix === '' && suffix === '' ? [] : [prefix, suffix];
    return [file, target, platforms.join(',') || platform, ...flavor];
}
/** The tags in the image's repository that this build could read as a cache, whether they exist or not. */
function cacheTagsToFind(plan) {
    if (plan.kind === 'off' || plan.kind === 'raw')
        return [];
    if (plan.kind === 'inline')
        return plan.images;
    return plan.repository === undefined && /^(auto|registry)$/.test(plan.kind) ? plan.tags.readTags : [];
}


/***/ }),

/***/ 35334:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ commitTagOf),
/* harmony export */   t: () => (/* binding */ platformTagOf)
/* harmony export */ });
/** The tag under which the image of a commit is pushed and found again. */
function commitTagOf(sha, { prefix, suffix }) {
    return `${prefix}${sha}${suffix}`;
}
/** The tag of a part of a commit's image, which has only these platforms: `sha-linux-arm64`. */
function platformTagOf(commitTag, platforms) {
    return `${commitTag}-${platforms.map(platform => platform.replaceAll('/', '-')).join('_')}`;
}


/***/ }),

/***/ 5839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g5: () => (/* binding */ isForkOf),
/* harmony export */   qc: () => (/* binding */ forkOf),
/* harmony export */   r0: () => (/* binding */ isPullRequest),
/* harmony export */   zy: () => (/* binding */ isOpenToStrangers)
/* harmony export */ });
/**
 * Events that only somebody with write access causes. All others count as events that anybody can cause, those that GitHub may
 * add one day too: a comment, an issue, a star, a fork, a pull request.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const eventsOfWriters = new Set([
    'branch_protection_rule',
    'create',
    'delete',
    'deployment',
    'deployment_status',
    'merge_group',
    'page_build',
    'push',
    'registry_package',
    'release',
    'repository_dispatch',
    'schedule',
    'workflow_dispatch',
]);
/** Events that are about a head which may be in a fork, and run with the rights of this repository all the same. */
const eventsWithForeignHead = new Set(['pull_request_target', 'workflow_run']);
/**
 * Whether somebody without write access can cause the event of this job, so that what the job finds on its machine may be
 * theirs: a checkout of their commit, or an artifact of their run. A job with the ref of a pull request is that pull request's
 * own. A run after another one is open unless that one was for the default branch, by an event of writers.
 */
function isOpenToStrangers(environment, event) {
    const { GITHUB_EVENT_NAME = '', GITHUB_REF = '', GITHUB_REPOSITORY } = environment;
    if (GITHUB_EVENT_NAME === 'pull_request' || GITHUB_REF.startsWith('refs/pull/'))
        return false;
    const { workflow_run: run, repository } = event;
    if (GITHUB_EVENT_NAME !== 'workflow_run')
        return !eventsOfWriters.has(GITHUB_EVENT_NAME);
    return !(run?.head_repository?.full_name === GITHUB_REPOSITORY &&
        eventsOfWriters.has(run?.event ?? '') &&
        repository?.default_branch !== undefined &&
        run?.head_branch === repository.default_branch);
}
/**
 * The fork that the event's head is in, where the job runs with the rights of this repository; `undefined` where the head is in
 * the repository itself or the event has none.
 */
function forkOf({ GITHUB_EVENT_NAME = '', GITHUB_REPOSITORY }, { pull_request: pullRequest, workflow_run: run }) {
    if (!eventsWithForeignHead.has(GITHUB_EVENT_NAME))
        return undefined;
    const head = GITHUB_EVENT_NAME === 'workflow_run' ? run?.head_repository : pullRequest?.head?.repo;
    return head?.full_name === GITHUB_REPOSITORY ? undefined : (head?.full_name ?? 'a repository that is gone');
}
/** Whether the event is about a pull request. */
function isPullRequest({ GITHUB_EVENT_NAME = '' }) {
    return GITHUB_EVENT_NAME.startsWith('pull_request');
}
/** Whether the head of a pull request is in another repository than its base. */
function isForkOf(pullRequest) {
    return pullRequest !== undefined && pullRequest.head?.repo?.full_name !== pullRequest.base?.repo?.full_name;
}


/***/ }),

/***/ 20400:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VF: () => (/* binding */ fetchErrorPattern),
/* harmony export */   bL: () => (/* binding */ unusableExports),
/* harmony export */   nG: () => (/* binding */ isCacheFault)
/* harmony export */ });
/**
 * Matches BuildKit's errors for a layer that it could not fetch. BuildKit trusts a cache's manifest and fetches layers
 * only when it needs them, so a layer that was deleted meanwhile ends the build: https://github.com/moby/buildkit/issues/2836
 */
const cacheErrorPattern = /failed to copy: |httpReadSeeker: |short read: expected \d+ bytes|blob (?:sha256:\w+ )?not found|maximum timeout reached|failed commit on ref .*unexpected (?:commit )?(?:size|digest)/;
/** Matches a failed download at the beginning of an error. A push that was interrupted has partly the same error texts. */
const fetchErrorPattern = /^(?:failed to copy: )?(?:httpReadSeeker: |GET http|short read: )/;
/** BuildKit's solver forgot the state of an edge of the build. No step fails then. */
const lostStatePattern = /^(?:failed to (?:compute|load) cache key: )?failed to get state for index \d+ on /;
/**
 * Whether a build that read caches may succeed without them. A base image that can't be fetched looks the same. Quoted texts are
 * left out: an instruction that failed is quoted in its error, and so is a file that is not there.
 */
function isCacheFault({ step, message }) {
    if (step === undefined)
        return lostStatePattern.test(message);
    const { role, name, error } = step;
    if (role === 'push' || role === 'cache export' || name.startsWith('[internal] '))
        return false;
    const [line = ''] = error.split('\n', 1);
    const words = line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
    const pushReason = /^failed to push \S+: (.*)$/.exec(words)?.[1];
    if (role === 'image export' && pushReason !== undefined)
        return fetchErrorPattern.test(pushReason);
    return !words.startsWith('process "') && cacheErrorPattern.test(words);
}
/**
 * BuildKit's error for a place of caches that it cannot prepare to write to, with the kind of it. It ends the build before anything is
 * built, whatever `ignore-error` says. https://github.com/moby/buildkit/blob/master/control/control.go
 */
const exporterPattern = /^(?:failed to configure (?<kind>\w+) cache exporter: |unknown cache exporter: "(?<unknown>\w+)")/;
/**
 * The values of `--cache-to` that a build may do without as BuildKit cannot prepare to write there: those of GitHub's cache, and others
 * that say `ignore-error=true`. It is told by BuildKit before any step; a frontend that says the same gains a build without a cache.
 */
function unusableExports({ step, stall, message }, to) {
    if (step !== undefined || stall !== undefined)
        return [];
    const { kind, unknown } = exporterPattern.exec(message)?.groups ?? {};
    const type = kind ?? unknown;
    if (type === undefined)
        return [];
    const isOptional = (each) => type === 'gha' || hasOption(each, 'ignore-error', 'true');
    return to.filter(each => hasOption(each, 'type', type) && isOptional(each));
}
/** Whether a value of `--cache-to`, a line of CSV, has an option. */
function hasOption(cache, name, value) {
    return cache.split(',').some(each => each.replaceAll('"', '').trim() === `${name}=${value}`);
}


/***/ }),

/***/ 59829:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  E: () => (/* binding */ describeBuildFailure)
});

// EXTERNAL MODULE: ./build/diagnosis/fault.js
var fault = __webpack_require__(79062);
;// CONCATENATED MODULE: ./build/diagnosis/build-faults.js

/** Where a registry is asked for an image. */
const lookups = ['image', 'syntax'];
const loginRemedy = 'Log in to that registry in a step before this one, by `docker/login-action` or `docker login`; for the registry of another AWS account that is `aws-actions/amazon-ecr-login` with `registries`.';
/** The first fault whose place and pattern fit is the one. */
const buildFaults = [
    {
        name: 'registry not logged in',
        at: lookups,
        pattern: /\b401 Unauthorized|failed to authorize: .*\b403 |pull access denied|no basic auth credentials|authorization token has expired/,
        examples: [
            'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
            'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=…: 401 Unauthorized',
            'unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/base/manifests/1: 401 Unauthorized',
        ],
        why: 'The image is private, or there is none of this name, which many registries do not tell apart. This step logs in to the registry that it pushes to, and to no other.',
        remedy: `Check the name. ${loginRemedy}`,
    },
    {
        name: 'image may not be pulled',
        at: lookups,
        pattern: /\b403 Forbidden|^denied: |is not authorized to perform: ecr:/,
        examples: [
            'unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/base/manifests/1: 403 Forbidden',
            'denied: User: arn:aws:sts::123456789012:assumed-role/ci/s is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-central-1:123456789012:repository/base',
        ],
        why: 'The registry knows who asks, and does not let them pull this image.',
        remedy: 'In ECR allow ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the repository of the base image, to the role and, for another account, in the policy of that repository; a pull-through cache needs ecr:BatchImportUpstreamImage too. Elsewhere give the login the right to read it.',
    },
    {
        name: 'platform that the base image lacks',
        at: lookups,
        pattern: /no match for platform in manifest|no matching manifest for /,
        examples: ['no match for platform in manifest: not found'],
        why: 'The base image has no variant for a platform that is built.',
        remedy: 'Leave that platform out of `platforms`, or take a base image that has it: `docker buildx imagetools inspect IMAGE` lists the platforms of one. A stage that only runs tools can be `FROM --platform=$BUILDPLATFORM`.',
    },
    {
        name: 'certificate of a registry',
        at: ['image', 'syntax', 'step'],
        pattern: /x509: |failed to verify certificate/,
        examples: [
            'failed to do request: Head "https://registry.example.com/v2/base/manifests/1": tls: failed to verify certificate: x509: certificate signed by unknown authority',
        ],
        why: "The builder does not trust who signed the registry's certificate: an authority of one's own, or a proxy that opens TLS connections.",
        remedy: fault/* certificateRemedy */.c,
    },
    {
        name: 'registry without TLS',
        at: lookups,
        pattern: /server gave HTTP response to HTTPS client/,
        examples: [
            'failed to do request: Head "https://registry.example.com/v2/base/manifests/1": http: server gave HTTP response to HTTPS client',
        ],
        why: 'The registry answers without TLS, and the builder does not speak to such a registry unless it is told to.',
        remedy: 'Let the registry speak TLS. Or name it to the builder: in `insecure-registries` of the engine\'s daemon.json, or for `driver: docker-container` by `http = true` below `[registry."HOST"]` in `buildkitd-config-inline`.',
    },
    {
        name: 'Dockerfile syntax not found',
        at: ['syntax'],
        pattern: /not found$/,
        examples: ['docker.io/docker/dockerfile:9: not found'],
        why: "The line `# syntax=` at the top of the Dockerfile, or the build argument BUILDKIT_SYNTAX, names an image that reads the Dockerfile, and it can't be had.",
        remedy: 'Name one that exists, such as `docker/dockerfile:1`, or leave the line out: BuildKit has a syntax of its own.',
    },
    {
        name: 'image not found',
        at: ['image'],
        pattern: /not found$/,
        examples: ['docker.io/library/alpine:3.999: not found'],
        why: 'The registry has no image of this name and tag.',
        remedy: 'Check name and tag after `FROM`, `COPY --from=` and in `build-contexts`, and the build arguments in them.',
    },
    {
        name: 'file not found',
        at: ['step'],
        pattern: /^failed to calculate checksum of ref \S+: "": not found|^lstat .*: no such file or directory$/,
        examples: ['failed to calculate checksum of ref x::y: "/dist/app.js": not found'],
        why: '`COPY`, `ADD` or `RUN --mount=type=bind` names a file or folder that the build does not see. Paths are relative to `context` and not to the folder of the Dockerfile; what `.dockerignore` names is left out, and `..` leads nowhere.',
        remedy: 'Correct the path or `context`, take the pattern out of `.dockerignore`, or make the file in a step before this one.',
    },
    {
        name: 'file that may not be read',
        at: ['step', 'no step'],
        pattern: /\berror from sender: .*permission denied$/,
        examples: ['error from sender: open /srv/app/data: permission denied'],
        why: 'A file or folder of the context belongs to somebody else, often as a container of an earlier job or step has made it.',
        remedy: 'Remove it, give it to the user of the runner (`sudo chown -R "$USER" .`) in a step before this one, or leave it out by `.dockerignore`.',
    },
    {
        // A process that is killed by SIGKILL ends with 128 + 9; where BuildKit saw the kernel do it, it says so.
        name: 'out of memory',
        at: ['process'],
        pattern: /: exit code: 137$|: cannot allocate memory$/,
        examples: [
            'process "/bin/sh -c npm run build" did not complete successfully: exit code: 137',
            'process "/bin/sh -c npm run build" did not complete successfully: cannot allocate memory',
        ],
        why: 'Exit code 137 means that the process was killed, nearly always as the machine of the builder had no memory left.',
        remedy: 'Use a runner with more memory, let the instruction do less at once (`make -j2`, `NODE_OPTIONS=--max-old-space-size=…`), or build fewer platforms in one job: `mode: build` and `mode: merge`.',
    },
    {
        name: 'exec format error',
        at: ['process', 'step'],
        pattern: /exec format error/,
        examples: [
            'exec /bin/sh: exec format error',
            'process "/bin/sh -c apk add curl" did not complete successfully: exec format error',
        ],
        why: "The instruction runs programs of a platform that the builder's machine is not of, and nothing there emulates it. A program that was copied in for another platform, and a script without a `#!` line, end so too. Often only the output of the instruction says so.",
        remedy: 'Put `docker/setup-qemu-action` before this step, or build each platform on a runner of its kind, by `mode: build` and `mode: merge`.',
    },
    {
        name: 'secret without a value',
        at: ['process', 'step'],
        pattern: /^secret .*: not found$/,
        examples: ['secret npm: not found'],
        why: 'A `RUN --mount=type=secret,required` asks for a secret that the step was not given, or that is empty: GitHub gives no secrets to pull requests from forks and of Dependabot, and an unknown name in `${{ secrets.… }}` is an empty text.',
        remedy: 'Give it as a line ID=value in `secrets`, by `secret-envs` or by `secret-files`. Where it may be absent, leave `required` out of the mount.',
    },
    {
        name: 'SSH without a key',
        at: ['process', 'step'],
        pattern: /^unset ssh forward key /,
        examples: ['unset ssh forward key default'],
        why: 'A `RUN --mount=type=ssh,required` asks for an agent or a key that the step was not given.',
        remedy: 'Give `ssh: default` after a step that starts an agent, or the path of a key as `ssh: default=path`; the id is the one of the mount.',
    },
    {
        name: 'git repository not read',
        at: ['step', 'no step'],
        pattern: /^(?:failed to load cache key: )?failed to fetch remote /,
        examples: [
            'failed to fetch remote https://github.com/octo-org/tools.git: git stderr: fatal: could not read Username',
        ],
        why: 'BuildKit could not clone a repository that `context`, `build-contexts` or `ADD` names.',
        remedy: "Check address and commit. A private repository needs a token that may read it, as `secrets: GIT_AUTH_TOKEN=…`; `github-token` is for this job's own repository alone.",
    },
    {
        name: 'download failed',
        at: ['step'],
        pattern: /^invalid response status \d+/,
        examples: ['invalid response status 404'],
        why: '`ADD` of a URL got an error from its server.',
        remedy: 'Check the URL, and that it needs no login: `ADD` sends none.',
    },
    {
        name: 'disk full',
        at: ['image', 'syntax', 'step', 'process', 'export', 'cache', 'no step'],
        pattern: /no space left on device/,
        examples: [
            'failed to extract layer sha256:…: write /var/lib/docker/…/libtorch.so: no space left on device',
        ],
        why: "The disk of the builder's machine is full.",
        remedy: 'Free space in a step before this one (`docker system prune -af`, which removes images of other jobs on a shared machine too, or `docker buildx prune -af --builder NAME` for a builder of its own; on a hosted runner also tools that the job does not use), take a runner with a larger disk, or build fewer platforms in one job. What a `RUN` says of a full disk is in its own output.',
    },
    {
        name: 'unknown stage',
        at: ['no step'],
        pattern: /^target stage "" could not be found|^invalid stage index |^cannot (?:copy|mount) from stage ""|^circular dependency detected on stage/,
        examples: ['target stage "prod" could not be found', 'invalid stage index 5'],
        why: 'The Dockerfile has no stage of this name or number, or has it only further down.',
        remedy: 'Correct `target`, or what follows `COPY --from=`, to the name in a `FROM … AS name` above.',
    },
    {
        name: 'Dockerfile not found',
        at: ['no step'],
        pattern: /^failed to read dockerfile: |^unable to (?:prepare|evaluate) /,
        examples: ['failed to read dockerfile: open Dockerfile: no such file or directory'],
        why: 'There is no Dockerfile where it was looked for. With a context in git that is in the repository, seen from the folder that the context names.',
        remedy: 'Correct `file` or `context`.',
    },
    {
        name: 'Dockerfile with a fault',
        at: ['no step'],
        pattern: /^dockerfile parse error|^file with no instructions|^the Dockerfile cannot be empty|^failed to parse /,
        examples: ['dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)'],
        why: 'BuildKit does not understand the Dockerfile.',
        remedy: 'Correct the line that the message names. Where it is a newer instruction or option, write `# syntax=docker/dockerfile:1` as the first line.',
    },
    {
        name: 'build argument without a value',
        at: ['no step'],
        pattern: /^base name \(.*\) should not be blank|^failed to process "": /,
        examples: [
            'base name (${BASE_IMAGE}) should not be blank',
            'failed to process "${VERSION:?is needed}": VERSION: is needed',
        ],
        why: 'The Dockerfile uses a build argument that has no value.',
        remedy: 'Give NAME=value in `build-args`, or a default after `ARG`. One that `FROM` uses is declared above the first `FROM`.',
    },
    {
        name: 'build check that fails',
        at: ['no step'],
        pattern: /^lint violation found for rules: /,
        examples: ['lint violation found for rules: MaintainerDeprecated'],
        why: 'The Dockerfile says `# check=error=true`, and a build check has found something; the log has its line.',
        remedy: 'Correct the line, or name the check after `skip=` in the line `# check=`.',
    },
    {
        name: 'right that the build lacks',
        at: ['no step', 'step'],
        pattern: /\b(?:network\.host|security\.insecure|device \S*) is not allowed|^granting entitlement \S+ is not allowed/,
        examples: ['failed to load LLB: network.host is not allowed'],
        why: 'An instruction asks for the network of the host, for all rights or for a device, which a build has to be allowed.',
        remedy: 'Name it in `allow`, such as `allow: network.host`. A builder has to allow it too, by `buildkitd-flags: --allow-insecure-entitlement …`.',
    },
    {
        name: 'cancelled',
        at: ['no step', 'step', 'process', 'image', 'syntax', 'export'],
        pattern: /context canceled|\bCanceled\b/,
        examples: ['Canceled: context canceled'],
        why: 'Something stopped the build from outside: another process ended it or its builder.',
        remedy: 'Check that no other step or job uses or removes the same builder, and run the job again.',
    },
    {
        name: 'builder lost',
        at: ['no step'],
        pattern: /^buildx ended without a reason$|error reading from server|transport is closing|closing transport|code = Unavailable|connection (?:refused|reset)|broken pipe|\bEOF$/,
        examples: [
            'failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF',
            'buildx ended without a reason',
        ],
        why: 'BuildKit or buildx ended in the middle of the build, or the connection between them did. Often its machine had no memory left, or its disk is full.',
        remedy: 'Run the job again. If that happens often, use a machine with more memory, and read the log of the builder: `docker logs buildx_buildkit_NAME0`, or that of the engine.',
    },
    {
        name: 'cache not written',
        at: ['cache'],
        pattern: /./,
        examples: [
            'failed to push registry.example.com/cache: unexpected status from POST request to https://…: 403 Forbidden',
        ],
        why: 'A line of `cache-to` in the words of buildx could not be written, and it does not say that this may happen.',
        remedy: 'Add `ignore-error=true` to that line, so that the build goes on without it, and check address and login of the cache.',
    },
];
/** Finds out why a build failed, from where it failed and what BuildKit says; never from what an instruction prints. */
function findBuildFault(failed) {
    return buildFaults.find(({ at, pattern }) => at.includes(failed.place) && pattern.test(failed.words));
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/docker/dockerignore.js
var dockerignore = __webpack_require__(28731);
// EXTERNAL MODULE: ./build/platform/workspace.js
var workspace = __webpack_require__(38491);
// EXTERNAL MODULE: ./build/diagnosis/pull-faults.js
var pull_faults = __webpack_require__(37973);
;// CONCATENATED MODULE: ./build/diagnosis/explain-case.js






/** Characters of a name that is quoted. Names are chosen by whoever wrote the Dockerfile. */
const MAX_NAME_CHARACTERS = 200;
/** Sentences on what is special about this one failure: which host, file, secret or platform it is about. */
async function explainCase(failed, { fault, build }) {
    const sentences = [
        ...explainImage(failed, fault),
        ...(fault === 'file not found' ? [await explainMissingFile(failed, build)] : []),
        ...(fault === 'secret without a value' ? explainSecret(failed.error, build) : []),
        ...(fault === 'unknown stage' && build.target !== undefined
            ? [`\`target\` is ${quote(build.target)}.`]
            : []),
        ...(fault === 'Dockerfile not found' ? [whereTheDockerfileIs(build)] : []),
        ...(fault === undefined && failed.place === 'process' ? explainProcess(failed, build) : []),
    ];
    return sentences.filter(each => each !== '');
}
function explainImage({ place, image, words }, fault) {
    if (image === undefined || fault === undefined)
        return [];
    const host = hostOf(image);
    const inSyntax = place === 'syntax' ? ['It is the image that `# syntax=` names at the top of the Dockerfile.'] : [];
    const stage = /^docker\.io\/library\/([^/:@]+):latest$/.exec(image)?.[1];
    const asStage = stage !== undefined && place === 'image' && /pull access denied|not found$/.test(words)
        ? [`Is ${quote(stage)} meant to be a stage? The Dockerfile has none of this name above that line.`]
        : [];
    if (fault === 'registry not logged in') {
        return [
            ...inSyntax,
            `This job is not logged in to ${quote(host)}, or its login may not pull ${quote(image)}.`,
            ...asStage,
        ];
    }
    if (fault === 'platform that the base image lacks')
        return [...inSyntax, `The image is ${quote(image)}.`];
    return [
        ...inSyntax,
        ...(isAboutRegistry.has(fault) ? [`The registry is ${quote(host)}.`] : []),
        ...asStage,
    ];
}
/** Faults of which the registry is worth naming. */
const isAboutRegistry = new Set([
    ...pull_faults/* pullFaults */.XK.map(({ name }) => name),
    'image may not be pulled',
    'certificate of a registry',
    'registry without TLS',
]);
/** The registry of an image that BuildKit names in full. */
function hostOf(image) {
    const [host = ''] = image.split('/', 1);
    return host;
}
async function explainMissingFile({ error, step = '' }, { context, file }) {
    const from = /(?:--from=|,from=)([^\s,]+)/.exec(step)?.[1];
    if (from !== undefined) {
        return `It is looked for in ${quote(from)}, which is a stage, an image or one of \`build-contexts\`, and not in the context.`;
    }
    if (sourcesOf(step).some(each => /^\.\.(?:\/|$)/.test(each)))
        return 'What lies above the context is not seen: `..` in a path leads nowhere.';
    const path = /^failed to calculate checksum of ref \S+: "\/((?:[^"\\]|\\.)*)": not found/.exec(error)?.[1];
    if (path === undefined)
        return '';
    if (!isFolder(context))
        return 'The context is the address in `context`, and no folder of this machine.';
    const dockerfile = file ?? (0,external_node_path_.join)(context, 'Dockerfile');
    const ignoreFile = (0,dockerignore/* ignoreFileOf */.kX)(context, dockerfile);
    const pattern = ignoreFile === undefined ? undefined : await patternThatIgnores(path, ignoreFile);
    const isThere = (0,external_node_fs_.existsSync)((0,external_node_path_.join)(context, path));
    const place = `in the context ${quote(context)}`;
    if (pattern !== undefined) {
        const left = `${quote(ignoreFile ?? '')} leaves ${quote(path)} out, by ${quote(pattern)}`;
        return isThere ? `It is ${place}, but ${left}.` : `There is no such file ${place}, and ${left}.`;
    }
    const inForce = ignoreFile === undefined ? '' : ` (${quote(ignoreFile)} does not name it)`;
    return isThere
        ? `${quote(path)} is ${place} now${inForce}: it was made too late, or is a link that leads out of the context.`
        : `There is no ${quote(path)} ${place}${inForce}.`;
}
/** What a `COPY` or an `ADD` names before its destination, or the mounts of a `RUN`; what the `RUN` does is none of them. */
function sourcesOf(step) {
    const [instruction = '', ...words] = step.replace(/^\[[^\]]*\] /, '').split(' ');
    return instruction === 'RUN'
        ? Array.from(step.matchAll(/--mount=\S*?(?:source|src)=([^\s,]+)/g), ([, source = '']) => source)
        : words.slice(0, -1);
}
/** A context that is no folder of this machine is a URL, which may have a token in it and is not shown. */
function isFolder(context) {
    return (0,external_node_fs_.existsSync)(context);
}
/** As many patterns are tried one by one. */
const MAX_PATTERNS = 500;
/**
 * Wildcards of one pattern. A pattern becomes a regular expression, and with many in one name its time grows with that power of the
 * path's length: the author of a checkout could have the step never end.
 */
const MAX_WILDCARDS = 6;
/** The pattern of an ignore file by which a path is left out; `undefined` where it is not, or the file can't be read. */
async function patternThatIgnores(path, ignoreFile) {
    if (!(0,workspace/* isFile */.fo)(ignoreFile) || (0,workspace/* leadsOut */.qm)(ignoreFile))
        return undefined;
    try {
        const text = (0,external_node_fs_.readFileSync)(ignoreFile, 'utf8');
        if (text.split('\n').some(line => (line.match(/[*?]+/g) ?? []).length > MAX_WILDCARDS))
            return undefined;
        if (!(await (0,dockerignore/* ignoreMatcher */.NJ)(text)).ignores(path))
            return undefined;
        const patterns = text.split('\n').map(line => line.trim());
        for (const pattern of patterns
            .filter(each => /^[^#!]/.test(each))
            .slice(0, MAX_PATTERNS)
            .toReversed())
            if ((await (0,dockerignore/* ignoreMatcher */.NJ)(pattern)).ignores(path))
                return pattern;
        return 'one of its patterns';
    }
    catch {
        return undefined;
    }
}
function explainSecret(error, build) {
    const id = /^secret (.*): not found$/.exec(error.split('\n', 1)[0] ?? '')?.[1];
    return id === undefined ? [] : [stateOfSecret(id, build) ?? ''];
}
/** Why a build does not have a secret; `undefined` where it has it. */
function stateOfSecret(id, { secrets }) {
    const given = secrets.find(each => each.id === id);
    if (given === undefined)
        return `The secret ${quote(id)} was not given.`;
    return given.kind === 'value' && given.value === ''
        ? `The secret ${quote(id)} was given, but is empty.`
        : undefined;
}
function whereTheDockerfileIs({ context, file }) {
    const from = isFolder(context) ? quote(context) : 'the address in `context`';
    return `\`file\` is ${file === undefined ? 'not given' : quote(file)}, and the context is ${from}.`;
}
/** What may have made a process of a `RUN` fail, without a look at what it printed. */
function explainProcess({ words, step = '', printedLines }, build) {
    const platform = foreignPlatformOf(step, build.platforms);
    // The kernel refuses the program before it does anything: the refusal is all that is printed.
    const mayLackEmulator = platform !== undefined && printedLines <= 1 && /: exit code: (?:1|255)$/.test(words);
    const mounted = Array.from(step.matchAll(/--mount=(\S*type=secret\S*)/g), ([, options = '']) => secretIdOf(options));
    return [
        ...(mayLackEmulator
            ? [
                `It ran for ${platform}, which this machine is not: where its output is “exec format error”, put \`docker/setup-qemu-action\` before this step, or build that platform on a runner of its kind, by \`mode: build\` and \`mode: merge\`.`,
            ]
            : []),
        ...mounted.flatMap(id => (id === undefined ? [] : [stateOfSecret(id, build) ?? ''])),
    ];
}
/** The id of a secret's mount: its own, or the last part of the place where it is mounted. https://docs.docker.com/reference/dockerfile/#run---mounttypesecret */
function secretIdOf(options) {
    const value = (name) => name.exec(options)?.[1];
    return value(/(?:^|,)id=([^,]+)/) ?? value(/(?:^|,)(?:target|dst|destination)=(?:[^,]*\/)?([^,/]+)/);
}
/** The names that BuildKit has for processors, by Node's. */
const processors = { x64: 'amd64', ia32: '386', arm64: 'arm64', arm: 'arm' };
/** The platform of a step, where this machine can't run it by itself. */
function foreignPlatformOf(step, platforms) {
    const [only] = platforms.length === 1 ? platforms : [];
    const platform = /^\[(linux\/[a-z0-9/]+)[ \]]/.exec(step)?.[1] ?? only;
    const processor = platform?.split('/')[1];
    const own = processors[(0,external_node_os_.arch)()];
    const runs = new Set([own, ...(own === 'amd64' ? ['386'] : own === 'arm64' ? ['arm'] : [])]);
    return processor === undefined || runs.has(processor) ? undefined : platform;
}
function quote(name) {
    const text = name.replaceAll(/\p{Cc}+/gu, ' ');
    return `\`${text.length > MAX_NAME_CHARACTERS ? `${text.slice(0, MAX_NAME_CHARACTERS)}…` : text}\``;
}

;// CONCATENATED MODULE: ./build/diagnosis/failed-place.js
/** The place where a build failed. */
function placeOf({ step, message }) {
    if (step === undefined)
        return { place: 'no step', words: wordsOf(message), error: message, printedLines: 0 };
    const { role, name, error, lastLines } = step;
    const known = { words: wordsOf(error), error, step: name, printedLines: lastLines.length };
    if (role === 'cache export')
        return { ...known, place: 'cache' };
    if (role === 'image export' || role === 'push')
        return { ...known, place: 'export' };
    const syntax = /^resolve image config for (?:docker-image:\/\/)?(\S+)$/.exec(name)?.[1];
    if (syntax !== undefined)
        return { ...known, place: 'syntax', image: syntax };
    const image = imageNamePattern.exec(name)?.[1];
    if (image !== undefined)
        return { ...known, place: 'image', image };
    if (downloadPattern.test(known.words))
        return { ...known, place: 'image' };
    const isProcess = known.words.startsWith('process "" did not complete successfully: ');
    return { ...known, place: isProcess ? 'process' : 'step' };
}
/** The steps that look an image up, or whose only work is to fetch it: a base image, or a named context. */
const imageNamePattern = /^(?:\[[^\]]+\] load metadata for |(?:\[[^\]]+\] )?FROM |(?:\[[^\]]+\] )?docker-image:\/\/)(\S+)$/;
/** The layers of a base image are fetched for the first step that needs them. */
const downloadPattern = /^(?:failed to (?:compute|load) cache key: )?(?:failed to copy: )?(?:httpReadSeeker: |short read: )/;
function wordsOf(error) {
    const [line = ''] = error.split('\n', 1);
    return line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
}

// EXTERNAL MODULE: ./build/diagnosis/push-faults.js
var push_faults = __webpack_require__(61592);
;// CONCATENATED MODULE: ./build/diagnosis/describe-failure.js





/**
 * The arguments of the `Failure` for a build that ended with an error. What fails while the image is exported to the registry is
 * called a push.
 */
async function describeBuildFailure(failure, { reference, build, push }) {
    const failed = placeOf(failure);
    const isPush = push && (failed.place === 'export' || (0,push_faults/* isStalledPush */._S)(failure));
    const { lastLines } = failure;
    const pushFault = (0,push_faults/* findPushFault */.SX)(failure);
    const message = isPush
        ? `Pushing ${reference} failed: ${failure.message.replace(/^failed to push \S+: /, '')}`
        : `Building ${reference} failed: ${failure.message}`;
    if (pushFault !== undefined)
        return [message, { remedy: pushFault.remedy, lastLines }];
    const pullFault = (0,pull_faults/* findPullFault */.B1)(failure);
    const fault = findBuildFault(failed);
    const explanation = await explainCase(failed, { fault: pullFault?.name ?? fault?.name, build });
    const remedy = pullFault?.remedy ??
        fault?.remedy ??
        (isPush
            ? 'The registry, or something before it, said this: the log of this step has the whole of it.'
            : "The build's own output, in the log of this step, says which instruction failed and why.");
    return [message, { remedy: [...explanation, remedy].join(' '), lastLines }];
}


/***/ }),

/***/ 79062:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ certificateRemedy)
/* harmony export */ });
/**
 * What to do where a builder does not trust who signed a registry's certificate. The variables are those of AWS's SDK and of Node.
 * https://docs.docker.com/build/buildkit/toml-configuration/ https://docs.docker.com/engine/security/certificates/
 */
const certificateRemedy = 'Give the authority\'s certificate to the builder: for `driver: docker-container` by `ca = ["/path/to/ca.pem"]` below `[registry."HOST"]` in `buildkitd-config-inline`, for the builder of the engine as `/etc/docker/certs.d/HOST/ca.crt` on its machine. AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS are for the calls of this step itself: neither docker nor BuildKit reads them.';


/***/ }),

/***/ 37973:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B1: () => (/* binding */ findPullFault),
/* harmony export */   XK: () => (/* binding */ pullFaults),
/* harmony export */   tU: () => (/* binding */ pullFaultIn),
/* harmony export */   tp: () => (/* binding */ pauseBeforeTry)
/* harmony export */ });
/* harmony import */ var _docker_transfer_watch_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7888);
/* harmony import */ var _push_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61592);


/**
 * The answer of a registry that is not the one that was asked for. What the registry says of it stands on lines of its own, or after
 * a dash. https://github.com/containerd/containerd/blob/main/core/remotes/errors/errors.go
 */
function answered(status, { by = String.raw `\S+` } = {}) {
    return String.raw `^[^\n]*unexpected status (?:from \w+ request to |code )(?:${by}): (?:${status})\b`;
}
/** BuildKit's errors do not tell what the header `Retry-After` of a registry said. */
const LIMIT_WAIT_MS = 60_000;
/**
 * Pulls fail by these with nothing wrong in the workflow. The remedies are for those that do not pass.
 * https://docs.docker.com/docker-hub/usage/pulls/
 */
const pullFaults = [
    {
        name: "Docker Hub's pull limit",
        pattern: new RegExp(`${answered('429', { by: String.raw `https://[\w.-]+\.docker\.(?:io|com)/\S*` })}|toomanyrequests: You have reached your (?:[\\w ]+ )?pull rate limit`),
        retries: 1,
        waitMs: LIMIT_WAIT_MS,
        examples: [
            'unexpected status from HEAD request to https://registry-1.docker.io/v2/library/alpine/manifests/3: 429 Too Many Requests',
            'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
        ],
        why: 'Docker Hub limits how many images one address or one login may pull. Runners share addresses, so a job that has no login pays for the pulls of others. The step waited a minute and tried once more.',
        remedy: "Docker Hub counts the pulls of everybody behind this runner's address: log in to it in a step before this one (docker/login-action), take the image from `public.ecr.aws/docker/library/…`, or pull it through ECR's pull-through cache.",
    },
    {
        name: 'throttled by ECR',
        pattern: new RegExp(answered('429', {
            by: String.raw `https://(?:public\.ecr\.aws|[\w.-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws))/\S*`,
        })),
        retries: 2,
        examples: [
            'unexpected status from HEAD request to https://public.ecr.aws/v2/docker/library/alpine/manifests/3: 429 Too Many Requests',
        ],
        why: 'ECR limits the pulls of one account in one region, and ECR Public those of one address without a login.',
        remedy: 'ECR throttles the pulls of this account, or of those without a login from `public.ecr.aws`: let fewer jobs pull at once, and run this one again.',
    },
    {
        name: 'throttled',
        pattern: new RegExp(`${answered('429')}|toomanyrequests: `),
        retries: 2,
        examples: [
            'unexpected status from HEAD request to https://ghcr.io/v2/octo-org/base/manifests/1: 429 Too Many Requests',
        ],
        why: 'The registry of a base image limits the pulls of one address or one login. The step tried three times.',
        remedy: 'The registry of this image throttles: let fewer jobs pull at once, log in to it in a step before this one, and run the job again.',
    },
    {
        // Most often the name is wrong, but a name server in trouble says it too.
        name: 'unknown host',
        pattern: /^(?![^\n]*unexpected status )[^\n]*\bno such host\b/,
        retries: 1,
        examples: [
            'failed to do request: Head "https://registry.example.com/v2/base/manifests/1": dial tcp: lookup registry.example.com on 127.0.0.53:53: no such host',
        ],
        why: "No name server of the builder's machine knows the registry's host.",
        remedy: 'No name server knows the host of this image, asked twice: check its name, and the network of the runner.',
    },
    {
        name: 'registry out of reach',
        pattern: new RegExp([
            answered('50[0234]'),
            // The engine's classic image store says it so.
            String.raw `^[^\n]*received unexpected HTTP status: 50[0234]\b`,
            // Network errors of Go; no registry has answered then.
            String.raw `^(?![^\n]*unexpected status )[^\n]*(?:\bEOF\b|TLS handshake timeout|i/o timeout|connection re(?:set|fused)|broken pipe|server misbehaving|[Tt]emporary failure in name resolution|no route to host|network is unreachable|Client\.Timeout exceeded|context deadline exceeded|on closed pipe|use of closed network connection)`,
        ].join('|')),
        retries: 2,
        examples: [
            'unexpected status from HEAD request to https://registry.example.com/v2/base/manifests/1: 503 Service Unavailable',
            'failed to do request: Head "https://registry.example.com/v2/base/manifests/1": net/http: TLS handshake timeout',
        ],
        why: 'The builder did not reach the registry of an image, or the registry answered with an error of its own, three times.',
        remedy: 'Three tries did not reach the registry of this image: check its name, the network of the runner and the status of the registry, and run the job again.',
    },
];
/** The fault in what an engine or BuildKit says of a pull; `undefined` where another try would fail too. */
function pullFaultIn(reason) {
    return pullFaults.find(({ pattern }) => pattern.test(reason));
}
/**
 * Finds out whether a build failed as an image could not be pulled, for a reason that may pass: a base image, a frontend, what
 * `COPY --from` or a named context names. `undefined` where something else failed. A frontend that `# syntax=` names may give its
 * steps the names of pulls; its author gains two more runs of his own build by that.
 */
function findPullFault(failure) {
    const { stall } = failure;
    if (stall !== undefined)
        return (0,_push_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .isStalledPush */ ._S)({ stall }) ? undefined : stalledPull(stall);
    const reason = pullReasonIn(failure);
    return reason === undefined ? undefined : pullFaultIn(reason);
}
/**
 * BuildKit's own words for a layer that could not be downloaded, with which an error begins. The layers of a base image are
 * downloaded for the first step that needs them. What an instruction says stands behind `process "`, or in quotes.
 */
const downloadPattern = /^(?:failed to (?:compute|load) cache key: )?(?:failed to copy: httpReadSeeker: |httpReadSeeker: |short read: expected \d+ bytes)/;
function stalledPull({ silentMs, transfers }) {
    const time = (0,_docker_transfer_watch_js__WEBPACK_IMPORTED_MODULE_1__/* .sayTime */ .J)(silentMs);
    const isSilent = transfers.some(({ kind }) => kind === 'reports');
    return {
        name: `nothing has moved for ${time}`,
        retries: 2,
        remedy: isSilent
            ? `BuildKit reported no work, ${time} long in the last of three tries: check the builder and its machine, or raise \`stall-timeout\`.`
            : `The registry of this image accepts connections and sends nothing, ${time} long in the last of three tries: check its status and the network of the runner, or raise \`stall-timeout\`.`,
    };
}
const resolveErrorPattern = /^(?:\S+: )?failed to resolve source metadata for /;
function pullReasonIn({ step, message }) {
    if (step === undefined)
        return resolveErrorPattern.test(message) || downloadPattern.test(message) ? message : undefined;
    const { role, error } = step;
    if (role === 'pull')
        return error;
    if (role === 'push' || role === 'cache export' || role === 'cache import')
        return undefined;
    const reason = role === 'image export' ? (/^failed to push \S+: (.*)$/s.exec(error)?.[1] ?? error) : error;
    return downloadPattern.test(reason) ? reason : undefined;
}
const FIRST_PAUSE_MS = 2000;
/**
 * Milliseconds to wait before another try: 2 s and then 6 s, give or take a quarter, so that jobs that failed at once do not ask at
 * once again.
 *
 * @param random from 0 to 1
 */
function pauseBeforeTry(tries, { waitMs = FIRST_PAUSE_MS * 3 ** (tries - 1) }, random) {
    // A limit that is waited out has not ended before.
    return Math.round(waitMs * (waitMs >= LIMIT_WAIT_MS ? 1 + random / 4 : 0.75 + random / 2));
}


/***/ }),

/***/ 61592:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SX: () => (/* binding */ findPushFault),
/* harmony export */   _S: () => (/* binding */ isStalledPush)
/* harmony export */ });
/* unused harmony export pushFaults */
/* harmony import */ var _docker_transfer_watch_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7888);
/* harmony import */ var _cache_faults_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20400);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(79062);



/**
 * The first fault whose words the registry says is the one.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html
 */
const pushFaults = [
    {
        // ECR's older words say that the repository is immutable.
        name: 'immutable tag',
        pattern: /cannot be overwritten because the (?:tag|repository) is immutable/,
        retries: 0,
        examples: [
            "The image tag 't' already exists in the 'team/app' repository and cannot be overwritten because the tag is immutable.",
            "tag invalid: The image tag 't' already exists in the 'team/app' repository and cannot be overwritten because the repository is immutable.",
        ],
        why: 'Another image has this tag already, and the repository lets no tag move.',
        remedy: 'This commit has been pushed before, and its tag cannot move. Run the job again: it compares what the image was made from. Where that differs, give each kind of image a repository, or push another commit.',
    },
    {
        // https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
        name: 'too many tags',
        pattern: /exceeds the maximum allowed number of tags per image/,
        retries: 0,
        examples: [
            "denied: Adding tag 't' to an image in the repository with name 'team/app' in registry with id '123456789012' exceeds the maximum allowed number of tags per image which is '1000'",
        ],
        why: 'ECR allows a limited number of tags for one image.',
        remedy: "The build gives the same image for many commits, and this one has as many tags as ECR allows: delete some of them. By default labels have the commit's SHA, and each commit an image of its own.",
    },
    {
        name: 'too many images',
        pattern: /already has the maximum allowed number of images/,
        retries: 0,
        examples: [
            "denied: The repository with name 'team/app' in registry with id '123456789012' already has the maximum allowed number of images which is '100000'",
        ],
        why: 'ECR allows a limited number of images in one repository. Each platform, each attestation and each signature counts as an image.',
        remedy: 'Let a lifecycle policy remove old images (`lifecycle-policy`), delete some now, or ask for a higher quota “Images per repository” in Service Quotas.',
    },
    {
        name: 'missing repository',
        pattern: /The repository with name '[^']*' does not exist in the registry/,
        retries: 0,
        examples: [
            "name unknown: The repository with name 'team/app' does not exist in the registry with id '123456789012'",
        ],
        why: 'The repository was there when the step began.',
        remedy: 'The repository was deleted while the image was built: run the job again.',
    },
    {
        name: 'missing permission',
        // Of KMS and Signer too, which ECR calls in the role's name.
        pattern: /is not authorized to perform: (ecr|kms|signer):/,
        retries: 0,
        examples: [
            'denied: User: arn:aws:sts::123456789012:assumed-role/ci/s is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-central-1:123456789012:repository/team/app',
        ],
        why: "No policy of the role allows the action, or another one denies it: a service control policy, a permissions boundary, the repository's own policy or that of a VPC endpoint.",
        remedy: 'Allow the action that the message names in a policy of the role; the README lists all that are needed.',
    },
    {
        name: 'expired login',
        pattern: /Your authorization token has expired|no basic auth credentials/,
        retries: 2,
        examples: ['denied: Your authorization token has expired. Reauthenticate and try again.'],
        why: 'A login lasts for 12 hours. The step logged in again, and the registry refused that login too.',
        remedy: 'The registry refused three logins in a row: check the clock of a self-hosted runner, and that nothing revokes the sessions of the role; then run the job again.',
    },
    {
        // The answer to a HEAD request has no text. The login has expired or a permission is missing; one more try shows which.
        name: 'refused without a reason',
        pattern: /unexpected status from HEAD request to \S+: (401 Unauthorized|403 Forbidden)/,
        retries: 1,
        examples: [
            'unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/team/app/blobs/sha256:…: 403 Forbidden',
        ],
        why: 'The answer to this kind of request has no text, so the registry cannot say what is missing.',
        remedy: 'The role may not ask the registry what is there: allow ecr:BatchCheckLayerAvailability, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the repository.',
    },
    {
        // ECR words some refusals and not others: https://github.com/aws/containers-roadmap/issues/2159
        name: '403 without a reason',
        pattern: /unexpected status from (?:POST|PUT|PATCH) request to \S+: 403 Forbidden\s*$/,
        retries: 1,
        examples: [
            'unexpected status from PUT request to https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/team/app/manifests/t: 403 Forbidden',
        ],
        why: 'Something refused the upload and did not say why: ECR itself, whose quotas of images and tags are sometimes told so, or a proxy or the policy of a VPC endpoint before it.',
        remedy: 'Check the number of images in the repository against its quota (10,000 or more), the policy of a VPC endpoint and a proxy on the way, and that the role may ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload and ecr:PutImage.',
    },
    {
        // https://github.com/moby/buildkit/issues/6171
        name: 'attestations refused',
        pattern: /405 Method Not Allowed|(?:^|: )unsupported\b/,
        retries: 0,
        examples: [
            'unexpected status from PUT request to https://registry.example.com/v2/team/app/manifests/sha256:…: 405 Method Not Allowed',
        ],
        why: 'The registry knows no manifests of this kind, which provenance and SBOM need.',
        remedy: 'The registry does not take this kind of manifest: set `provenance: false`, and no `sbom`.',
    },
    {
        name: 'throttled',
        pattern: /toomanyrequests|Rate exceeded/i,
        retries: 2,
        examples: [
            'unexpected status from PUT request to https://…: 429 Too Many Requests: toomanyrequests: Rate exceeded',
        ],
        why: 'ECR limits the requests of a registry in one region. The step waited and tried again before it gave up.',
        remedy: 'ECR throttles this registry: let fewer jobs push at once, and run this one again.',
    },
    {
        // Where two jobs on one engine name an image at the same time, containerd lets only one of them.
        name: 'named by another build',
        pattern: /^image "[^"]+": already exists$/,
        retries: 2,
        examples: ['image "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:t": already exists'],
        why: 'Two builds on the same engine named an image at the same time.',
        remedy: 'Another build on this engine gives its image the same name at this moment: run the job again.',
    },
    {
        // Builds on one engine share what it knows of layers that are on their way: https://github.com/containerd/containerd/issues/2706
        name: 'layer on its way',
        pattern: /Layers? with digests? '[^']*' required for pushing image .* do(?:es)? not exist/,
        retries: 2,
        examples: [
            "unknown: Layers with digests '[sha256:…]' required for pushing image into repository with name 'team/app' in the registry with id '123456789012' do not exist",
        ],
        why: 'Another build on the same engine was uploading this layer, so this one did not, and its manifest came first. The step tried again.',
        remedy: 'Three tries ended so: let fewer builds of this engine push the same layers at the same moment, and run the job again.',
    },
    {
        name: 'certificate of the registry',
        pattern: /x509: |failed to verify certificate/,
        retries: 0,
        examples: [
            'failed to do request: Head "https://…": tls: failed to verify certificate: x509: certificate signed by unknown authority',
        ],
        why: 'A proxy that opens TLS connections answers in the place of the registry, and the builder does not trust its authority.',
        remedy: _fault_js__WEBPACK_IMPORTED_MODULE_0__/* .certificateRemedy */ .c,
    },
    {
        name: 'host not found',
        pattern: /\bno such host\b/,
        retries: 2,
        examples: [
            'failed to do request: Head "https://123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com/v2/team/app/blobs/sha256:…": dial tcp: lookup 123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com on 127.0.0.53:53: no such host',
        ],
        why: 'No name server that the builder asks knows the host of the registry. ECR has FIPS hosts in some regions alone.',
        remedy: 'Check the name servers of the runner and of the builder; and where `repository` has a dual-stack or FIPS host, that ECR has it in this region: the name alone goes to the host that ECR answers.',
    },
    {
        name: 'registry out of reach',
        pattern: /(connection re(set|fused)|broken pipe|EOF|i\/o timeout|TLS handshake timeout|: 50[0234] |(?:^|: )unknown: Internal|on closed pipe|use of closed network connection)/,
        retries: 2,
        examples: ['failed to do request: Put "https://…": read tcp …: connection reset by peer'],
        why: 'The connection broke or the registry answered with an error of its own, three times in a row.',
        remedy: 'Three tries did not reach the registry: check the network of the runner, and run the job again.',
    },
];
/**
 * Finds out why a push failed; `undefined` where something else failed. Only the words of the step that pushes are searched: those
 * of all others, and of buildx's last line, quote instructions and what other registries say. A layer that the push could not
 * fetch from where it lies is no fault of the push either.
 */
function findPushFault({ step, stall }) {
    if (stall !== undefined)
        return isStalledPush({ stall }) ? stalledPush(stall) : undefined;
    const reason = step === undefined ? undefined : pushReasonIn(step);
    if (reason === undefined || _cache_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .fetchErrorPattern */ .VF.test(reason))
        return undefined;
    return pushFaults.find(({ pattern }) => pattern.test(reason));
}
/** Whether a build was interrupted as nothing of its push moved any more. */
function isStalledPush({ stall }) {
    return stall?.transfers.some(({ kind }) => kind === 'push') ?? false;
}
function stalledPush({ silentMs }) {
    const time = (0,_docker_transfer_watch_js__WEBPACK_IMPORTED_MODULE_2__/* .sayTime */ .J)(silentMs);
    return {
        name: `nothing has moved for ${time}`,
        retries: 2,
        remedy: `The registry takes connections and no bytes, ${time} long in the last of three tries: check the network of the runner and the status of ECR, or raise \`stall-timeout\` where the push is only slow.`,
    };
}
function pushReasonIn({ role, error }) {
    if (role === 'push')
        return error;
    if (role !== 'image export')
        return undefined;
    return /^failed to push \S+: (.*)$/s.exec(error)?.[1] ?? /^image "[^"]+": already exists$/.exec(error)?.[0];
}


/***/ }),

/***/ 98526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eo: () => (/* binding */ buildFailureOf),
/* harmony export */   JK: () => (/* binding */ findFailedStep),
/* harmony export */   y9: () => (/* binding */ stalledFailure)
/* harmony export */ });
/* harmony import */ var _platform_masked_values_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70376);
/* harmony import */ var _plain_progress_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19649);
/* harmony import */ var _step_roles_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(79219);
/* harmony import */ var _transfer_watch_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7888);




const MAX_LAST_LINES = 25;
const MAX_LAST_CHARACTERS = 8_000;
/** Lines of those that are kept for what buildx says at the end. */
const MAX_WORDS = 13;
/**
 * The step that ended a build. Steps that were cancelled only followed, and BuildKit goes on without a cache that it can't
 * import; one that it can't export ends the build unless it is told to ignore that.
 */
function findFailedStep(steps) {
    const failed = steps.flatMap(step => {
        const { error, name, runs, lastLines } = step;
        if (error === undefined || (0,_plain_progress_js__WEBPACK_IMPORTED_MODULE_1__/* .isCancelled */ .mm)(error) || name.startsWith('importing cache manifest from '))
            return [];
        const endedAt = Math.max(...[...runs.values()].map(ended => ended ?? 0));
        return [{ step: { role: (0,_step_roles_js__WEBPACK_IMPORTED_MODULE_2__/* .roleOf */ .k)(step, steps), name, error, lastLines: [...lastLines] }, endedAt }];
    });
    const isOnlyCache = ({ role }) => Number(role === 'cache export');
    return failed.toSorted((a, b) => isOnlyCache(a.step) - isOnlyCache(b.step) || a.endedAt - b.endedAt)[0]
        ?.step;
}
/** Describes a failure from the step that ended the build, and from what buildx wrote after the last report, line by line. */
function buildFailureOf(step, lastWords) {
    const said = lastWords.find(line => line.startsWith('ERROR: '));
    const printed = step === undefined ? [] : [` > ${step.name}:`, ...step.lastLines, ''];
    const words = lastWords.slice(-Math.min(MAX_LAST_LINES - printed.length, step === undefined ? MAX_LAST_LINES : MAX_WORDS));
    return {
        ...(step !== undefined && { step }),
        message: withoutPrefixes(said) ?? step?.error ?? 'buildx ended without a reason',
        // Before the text is cut, as the rest of a secret that is cut would be shown.
        lastLines: (0,_platform_masked_values_js__WEBPACK_IMPORTED_MODULE_0__/* .replaceMasked */ .sW)([...printed, ...words].join('\n').trimEnd()).slice(-MAX_LAST_CHARACTERS),
    };
}
/** Describes a build that was interrupted. What BuildKit says of that is about the interrupt. */
function stalledFailure(stall) {
    const lines = stall.transfers.map(({ what }) => (0,_platform_masked_values_js__WEBPACK_IMPORTED_MODULE_0__/* .replaceMasked */ .sW)(what));
    return {
        message: `nothing has moved for ${(0,_transfer_watch_js__WEBPACK_IMPORTED_MODULE_3__/* .sayTime */ .J)(stall.silentMs)}: ${lines.join('; ')}`,
        stall,
        lastLines: lines.join('\n'),
    };
}
/** Each layer of buildx adds a prefix that something failed; the text after the last one is the reason. */
function withoutPrefixes(line) {
    return /^ERROR: (?:failed to (?:build|solve): )*(.*)$/.exec(line ?? '')?.[1];
}


/***/ }),

/***/ 79884:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hY: () => (/* binding */ hasEnded),
  pc: () => (/* binding */ isDownload),
  W_: () => (/* binding */ isRunning),
  GJ: () => (/* binding */ onOneLine),
  y9: () => (/* binding */ openBuildSteps)
});

// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(46193);
;// CONCATENATED MODULE: ./build/docker/output-lines.js

/** A line that goes on for longer is broken, so that no step can fill the memory. */
const MAX_LINE_CHARACTERS = 64 * 1024;
/**
 * Opens the output of one step. A carriage return ends a line too, as it does for the runner, so that all that begins a line of
 * the log has the number of its step before it. A piece may end within a line break, and within a character.
 */
function openOutputLines() {
    const decoder = new external_node_string_decoder_.StringDecoder('utf8');
    let begun = { text: '', timestamp: 0 };
    return {
        add(data, timestamp) {
            const before = begun.text.replace(/\r$/, '');
            const added = begun.text.slice(before.length) + decoder.write(data);
            const [first = '', ...others] = added.split(/\r?\n|\r(?!$)/);
            const line = { text: before + first, timestamp: begun.text === '' ? timestamp : begun.timestamp };
            const lines = [line, ...others.map(text => ({ text, timestamp }))];
            const last = lines.at(-1) ?? line;
            const isTooLong = last.text.length > MAX_LINE_CHARACTERS;
            begun = isTooLong ? { text: '', timestamp } : last;
            return isTooLong ? lines : lines.slice(0, -1);
        },
        end() {
            const text = begun.text.replace(/\r$/, '') + decoder.end();
            const line = { text, timestamp: begun.timestamp };
            begun = { text: '', timestamp: 0 };
            return text === '' ? [] : [line];
        },
    };
}

;// CONCATENATED MODULE: ./build/docker/build-steps.js

/** As many lines as BuildKit's own log repeats of a step that failed. */
const MAX_LAST_LINES = 10;
/** Follows the steps of one build. */
function openBuildSteps() {
    const steps = new Map();
    const byDigest = new Map();
    let moves = 0;
    const findOrAdd = (key, digest) => {
        const known = steps.get(key);
        if (known !== undefined)
            return known;
        const step = newStep(digest);
        steps.set(key, step);
        return step;
    };
    const stepOf = (vertex) => {
        const { digest, group } = vertex;
        const step = group === undefined ? findOrAdd(`vertex ${digest}`, digest) : findOrAdd(`group ${group.id}`, undefined);
        byDigest.set(digest, step);
        return step;
    };
    return {
        list: () => [...steps.values()],
        apply({ vertexes, statuses, logs, warnings }) {
            const changes = [];
            for (const vertex of vertexes) {
                const step = stepOf(vertex);
                if (!(vertex.group === undefined ? takeVertex(step, vertex) : takeMember(step, vertex)))
                    continue;
                moves++;
                step.hasJustPrinted = false;
                changes.push({ step, kind: 'state' });
            }
            for (const status of statuses) {
                const step = byDigest.get(status.vertex);
                if (step === undefined)
                    continue;
                const before = step.statuses.get(status.id);
                step.statuses.set(status.id, status);
                if (before?.current !== status.current || before.completed !== status.completed)
                    moves++;
                step.hasJustPrinted = false;
                changes.push({ step, kind: 'status', status });
            }
            for (const { vertex, text } of warnings) {
                const step = byDigest.get(vertex);
                if (step !== undefined)
                    changes.push({ step, kind: 'warning', text: onOneLine(text) });
            }
            for (const { vertex, data, timestamp } of logs) {
                const step = byDigest.get(vertex);
                if (step === undefined)
                    continue;
                moves++;
                step.hasJustPrinted = true;
                for (const line of step.output.add(data, timestamp))
                    changes.push(keepLine(step, line));
            }
            // A report may have the end of a step and the last of its output.
            for (const step of new Set(vertexes.map(({ digest }) => byDigest.get(digest)))) {
                if (step === undefined || !hasEnded(step))
                    continue;
                for (const line of step.output.end())
                    changes.push(keepLine(step, line));
            }
            return changes;
        },
        end: () => [...steps.values()].flatMap(step => step.output.end().map(line => keepLine(step, line))),
        moves: () => moves,
        waitState: () => (steps.size > 0 && ![...steps.values()].some(isAtWork) ? String(moves) : undefined),
    };
}
/** Whether a step has started and is not running any more. */
function hasEnded({ runs }) {
    return runs.size > 0 && ![...runs.values()].includes(undefined);
}
/** Whether a step is running. */
function isRunning({ runs }) {
    return [...runs.values()].includes(undefined);
}
/** Whether a part of a step is a layer that is downloaded. */
function isDownload({ id }) {
    return /^sha256:[0-9a-f]+$/.test(id);
}
/** A text without line breaks, so that nothing in it begins a line of the log. */
function onOneLine(text) {
    // One pattern for the break and the spaces around it would take a time that grows with the square of their number.
    return text
        .split(/[\n\r]+/)
        .map(line => line.trim())
        .filter(line => line !== '')
        .join(' ');
}
function newStep(digest) {
    return {
        name: '',
        digest,
        hasInputs: false,
        isHidden: false,
        runs: new Map(),
        isCached: false,
        error: undefined,
        statuses: new Map(),
        lastLines: [],
        members: new Map(),
        output: openOutputLines(),
        hasJustPrinted: false,
    };
}
/** Takes the state of a vertex into its step. Returns whether that tells something about a step that has started. */
function takeVertex(target, vertex) {
    const step = target;
    // BuildKit repeats some vertexes without their inputs: once there were some, it is none of BuildKit's own.
    step.hasInputs ||= vertex.hasInputs;
    // What is announced again without a start does not undo what is known.
    if (step.runs.size > 0 && vertex.started === undefined)
        return false;
    step.name = onOneLine(vertex.name);
    step.isCached = vertex.cached;
    step.error = vertex.error;
    if (vertex.started !== undefined)
        step.runs.set(vertex.started, vertex.completed);
    return vertex.started !== undefined;
}
/** Takes the state of a member into its group, which failed where one member did, and was cached where all were. */
function takeMember(target, vertex) {
    const step = target;
    step.name = onOneLine(vertex.group?.name ?? '');
    step.members.set(vertex.digest, vertex);
    const members = [...step.members.values()];
    step.isCached = members.every(({ cached }) => cached);
    step.error = members.find(({ error }) => error !== undefined)?.error;
    step.isHidden =
        step.error === undefined &&
            !members.some(({ started, group }) => started !== undefined && group?.weak === false);
    if (vertex.started !== undefined)
        step.runs.set(vertex.started, vertex.completed);
    return step.runs.size > 0;
}
/** Puts the seconds since the step's start before a line, as BuildKit does, and keeps the line as one of the last. */
function keepLine(step, { text: printed, timestamp }) {
    const start = step.runs.size === 0 ? timestamp : Math.max(...step.runs.keys());
    const seconds = Math.max(0, timestamp - start) / 1000;
    const text = `${seconds.toFixed(seconds < 10 ? 3 : seconds < 100 ? 2 : 1)} ${printed}`;
    step.lastLines.push(text);
    if (step.lastLines.length > MAX_LAST_LINES)
        step.lastLines.shift();
    return { step, kind: 'line', text };
}
/** Whether a step does something else than to wait for downloads. */
function isAtWork(step) {
    const open = [...step.statuses.values()].filter(({ completed }) => completed === undefined);
    if (open.some(each => !isDownload(each)))
        return true;
    return isRunning(step) && (open.length === 0 || step.hasJustPrinted);
}


/***/ }),

/***/ 98139:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ sayCommand)
/* harmony export */ });
/* harmony import */ var _platform_url_credentials_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(66604);

/**
 * Formats a command so that it can be pasted into a shell, on a single line. Users and passwords in its URLs are left out, as a log
 * is read by more people than the command's process.
 */
function sayCommand(argv) {
    return argv
        .map(_platform_url_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutCredentials */ .r)
        .map(each => (/^[\w@%+=:,./{}-]+$/.test(each) ? each : quote(each)))
        .join(' ');
}
/**
 * Quotes an argument. Line breaks are escaped, as the runner would run a workflow command at the beginning of a new line of the
 * log.
 */
function quote(argument) {
    return /[\n\r]/.test(argument)
        ? `$'${argument.replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`
        : `'${argument.replaceAll("'", `'\\''`)}'`;
}


/***/ }),

/***/ 94185:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  SV: () => (/* binding */ driverOf),
  Lx: () => (/* binding */ findBuilder),
  ce: () => (/* binding */ findDocker)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
// EXTERNAL MODULE: ./build/platform/environment.js
var environment = __webpack_require__(50663);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/platform/process.js
var process = __webpack_require__(84539);
// EXTERNAL MODULE: ./build/docker/foreign-engine.js
var foreign_engine = __webpack_require__(47820);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/platform/state.js
var state = __webpack_require__(52799);
// EXTERNAL MODULE: ./build/platform/temp-dir.js
var temp_dir = __webpack_require__(23296);
// EXTERNAL MODULE: ./build/docker/config-file.js
var config_file = __webpack_require__(83106);
// EXTERNAL MODULE: ./build/docker/job-config.js
var job_config = __webpack_require__(1589);
;// CONCATENATED MODULE: ./build/docker/own-config.js







/** Makes the step's own configuration of docker, in a folder that the post step removes too. */
async function openOwnConfig() {
    const [job, folder] = await Promise.all([(0,job_config/* readJobConfig */.md)(), (0,temp_dir/* makeTempDir */.mk)()]);
    (0,state/* remember */.kY)({ docker: folder });
    const logins = new Map();
    const write = () => (0,job_config/* replaceFile */.fR)((0,external_node_path_.join)(folder, 'config.json'), JSON.stringify((0,config_file/* withLogins */.FH)(job.config, logins)));
    const [linkFaults] = await Promise.all([linkRest(job, folder), write()]);
    let written = Promise.resolve();
    const buildx = (0,environment/* jobEnvironment */.tw)()['BUILDX_CONFIG'] || (0,external_node_path_.join)(job.folder, 'buildx');
    return {
        environment() {
            const own = (0,environment/* jobEnvironment */.tw)();
            const auths = own['DOCKER_AUTH_CONFIG'];
            return {
                ...own,
                DOCKER_CONFIG: folder,
                BUILDX_CONFIG: buildx,
                DOCKER_AUTH_CONFIG: auths && (0,config_file/* withoutHosts */.a9)(auths, logins),
            };
        },
        addLogin(host, login) {
            logins.set(host, login);
            // One after the other, so that the last has all logins.
            written = written.catch(() => { }).then(write);
            return written;
        },
        async scopedLoginsFor(host) {
            // https://github.com/docker/buildx/blob/master/util/dockerutil/dockerconfig/configprovider.go
            const scoped = (0,external_node_path_.join)(buildx, 'config');
            const names = await (0,promises_.readdir)(scoped).catch(() => []);
            return names.filter(name => name.replace(/@.*/, '') === host).map(name => (0,external_node_path_.join)(scoped, name));
        },
        faults: [...job.faults, ...linkFaults],
        remove: () => (0,temp_dir/* removeFolder */.v$)(folder),
    };
}
/** Makes everything beside the job's config.json reachable: plugins, contexts, certificates. Answers what is not. */
async function linkRest(job, folder) {
    const names = await (0,promises_.readdir)(job.folder).catch(error => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
            return [];
        return undefined;
    });
    if (names === undefined)
        return [`${job.folder}: it could not be read.`];
    const link = (name) => (0,promises_.symlink)((0,external_node_path_.join)(job.folder, name), (0,external_node_path_.join)(folder, name)).then(() => [], () => [`${(0,external_node_path_.join)(job.folder, name)}: no link to it could be made.`]);
    // Docker writes config.json by way of other files that begin with its name.
    return (await Promise.all(names.filter(name => !name.startsWith('config.json')).map(link))).flat();
}

;// CONCATENATED MODULE: ./build/docker/docker.js







/** The engine, a builder or a registry may never answer docker and buildx. */
const ANSWER_LIMIT_MS = 60_000;
const installRemedy = 'Run the job on a runner with Docker (ubuntu-latest has it), or install it first: https://docs.docker.com/engine/install/';
/**
 * Finds docker, buildx and the engine with a single `docker info`, and makes the configuration that the step uses them with.
 * @throws {Failure} when there is no docker, no buildx, or no engine behind it where one is needed.
 */
async function findDocker(job, { engine, answerLimitMs: limitMs = ANSWER_LIMIT_MS }) {
    const { signal } = job;
    const config = await openOwnConfig();
    job.atEnd(config.remove);
    for (const fault of config.faults)
        job.logInOrder(() => actions/* annotate */.fz.warning(`Of the configuration of docker on this runner not all is used: ${fault}`));
    const asking = { config, limitMs, signal };
    const info = await readInfo(asking);
    const podman = (0,foreign_engine/* podmanCommandFailure */.NK)(info);
    if (podman !== undefined)
        throw podman;
    const plugin = info.ClientInfo?.Plugins?.find(({ Name }) => Name === 'buildx');
    if (plugin?.Version === undefined) {
        throw new failure/* Failure */.HR('Docker is here, but its buildx plugin is not, and images are built with it.', {
            remedy: 'Install the package docker-buildx-plugin on this runner, or add a step `uses: docker/setup-buildx-action` before this one.',
        });
    }
    const foreignEngine = await (0,foreign_engine/* foreignEngineOf */.s9)(info, () => readComponents(asking));
    const docker = {
        ...(foreignEngine && { foreignEngine }),
        engineVersion: info.ServerVersion || undefined,
        buildxVersion: plugin.Version.replace(/^v/, ''),
        containerdStore: (info.DriverStatus ?? []).some(([, value]) => value.startsWith('io.containerd.snapshotter')),
        config,
        isHere: info.Name === (0,external_node_os_.hostname)(),
        // Run the binary of the plugin: `docker buildx` would first start every plugin to ask for its name.
        buildx: (args, options) => (0,process/* startProcess */.kp)(plugin.Path, args, { ...options, env: environmentOf(config, args, options?.env) }),
        askBuildx: (args, until) => ask(plugin.Path, args, { config, limitMs, signal: until }).catch(error => {
            throw explainSilence(error, `docker buildx ${args.slice(0, 2).join(' ')}`);
        }),
    };
    if (docker.engineVersion !== undefined || engine === 'never')
        return docker;
    if (engine === 'for its own builder' && isRemoteDriver(await driverOf(docker, signal)))
        return docker;
    throw new failure/* Failure */.HR(`The Docker engine does not answer: ${(info.ServerErrors ?? ['no reason given']).join(' ')}`, {
        remedy: `Start it before this step, or point DOCKER_HOST at one that runs; a BuildKit elsewhere is named by \`builder\`. ${installRemedy}`,
    });
}
function environmentOf(config, args, added = {}) {
    return { ...(0,environment/* dockerEnvironment */.O9)(config.environment(), args), ...added };
}
/** Whether builders of this driver work without the engine of this machine. */
function isRemoteDriver(driver) {
    return driver === 'remote' || driver === 'kubernetes' || driver === 'cloud';
}
/** The driver of the named builder, by default of the current one; `undefined` if there is no such builder. */
async function driverOf(docker, signal, name) {
    return (await findBuilder(docker, signal, name))?.driver;
}
/** The named builder, by default the current one; `undefined` if there is no such builder. */
async function findBuilder(docker, signal, name) {
    const argv = ['inspect', ...(name === undefined ? [] : [name])];
    const { stdout: output } = await docker.askBuildx(argv, signal);
    const driver = /^Driver:\s+(\S+)$/m.exec(output)?.[1];
    if (driver === undefined)
        return undefined;
    const endpoints = [...output.matchAll(/^Endpoint:\s+(\S+)$/gm)].map(([, endpoint = '']) => endpoint);
    const isOfEngine = driver === 'docker' ||
        (driver === 'docker-container' && endpoints.every(each => each.startsWith('unix://')));
    return { driver, isHere: docker.isHere && isOfEngine };
}
function ask(command, args, { config, ...options }) {
    return (0,process/* runLimited */.Oe)(command, args, { env: environmentOf(config, args), ...options });
}
/** The failure of a command that had not ended within its limit; any other error as it is. */
function explainSilence(error, command) {
    if (!(error instanceof process/* TimeLimitExceeded */.Qo))
        return error;
    return new failure/* Failure */.HR(`\`${command}\` does not answer: ${error.message}`, {
        remedy: 'Check that the docker engine, the builder or the registry that it asks is running, and that this runner reaches it.',
        cause: error,
    });
}
async function readComponents(options) {
    const format = '{{json .Server.Components}}';
    const answer = await ask('docker', ['version', '--format', format], options).catch(error => {
        throw explainSilence(error, 'docker version');
    });
    return answer.stdout;
}
async function readInfo(options) {
    try {
        const { stdout } = await ask('docker', ['info', '--format', '{{json .}}'], options);
        const info = JSON.parse(stdout);
        return info;
    }
    catch (error) {
        options.signal.throwIfAborted();
        if (error instanceof process/* TimeLimitExceeded */.Qo)
            throw explainSilence(error, 'docker info');
        throw new failure/* Failure */.HR('There is no working docker command on this runner.', {
            remedy: installRemedy,
            cause: error,
        });
    }
}


/***/ }),

/***/ 28731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NJ: () => (/* binding */ ignoreMatcher),
/* harmony export */   kX: () => (/* binding */ ignoreFileOf),
/* harmony export */   rj: () => (/* binding */ readIgnoreFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93068);




/**
 * The path of the ignore file of a context; `undefined` where there is none.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
function ignoreFileOf(context, dockerfile) {
    const specificFile = `${dockerfile}.dockerignore`;
    const file = dockerfile !== undefined && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(specificFile) ? specificFile : (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(context, '.dockerignore');
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(file) ? file : undefined;
}
/** The text of the ignore file of a context, which is empty where there is none. */
async function readIgnoreFile(context, dockerfile) {
    const file = ignoreFileOf(context, dockerfile);
    return file === undefined ? '' : (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file, 'utf8');
}
/**
 * Reads the text of an ignore file. The library is loaded only when it is needed. A path that it took for ignored and the build
 * sees would be neither compared nor hashed: names are told apart by their case, as BuildKit does.
 * @throws {Failure} for a pattern that is none.
 */
async function ignoreMatcher(text) {
    const { default: library } = await __webpack_require__.e(/* import() */ 158).then(__webpack_require__.t.bind(__webpack_require__, 44158, 19));
    const matcher = library.default({ ignorecase: false }).add(literal(text));
    try {
        // The patterns are compiled when the first path is asked for.
        matcher.ignores('file');
    }
    catch (error) {
        throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR('The .dockerignore file has a pattern that BuildKit would not take either.', {
            remedy: 'Close each `[` by `]`, with ranges such as `[a-z]` in it.',
            cause: error,
        });
    }
    return { ignores: path => matcher.ignores(path), hasExceptions: /^\s*!/m.test(text) };
}
/**
 * The text with a backslash before what BuildKit takes literally and the library for a part of a regular expression. On Windows a
 * backslash is a separator. https://github.com/moby/patternmatcher/blob/main/patternmatcher.go
 */
function literal(text) {
    return node_path__WEBPACK_IMPORTED_MODULE_2__.sep === '/'
        ? text.replaceAll(/\\.|[+(){}|]/g, each => (each.length > 1 ? each : `\\${each}`))
        : text;
}


/***/ }),

/***/ 47820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NK: () => (/* binding */ podmanCommandFailure),
/* harmony export */   s9: () => (/* binding */ foreignEngineOf),
/* harmony export */   x2: () => (/* binding */ foreignEngineFailure)
/* harmony export */ });
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(93068);

/**
 * What the engine is where it is not Docker's own for Linux. Podman answers docker's API; only the list of its components, for
 * which `readComponents` asks, has its name. https://github.com/containers/podman/blob/main/pkg/api/handlers/compat/version.go
 */
async function foreignEngineOf({ ServerVersion: version, OSType: system, IndexServerAddress: index }, readComponents) {
    if (!version)
        return undefined;
    if (system === 'windows')
        return { kind: 'windows' };
    if (index !== '')
        return undefined;
    const components = parseComponents(await readComponents());
    return components.some(({ Name }) => Name === 'Podman Engine') ? { kind: 'podman', version } : undefined;
}
function parseComponents(text) {
    try {
        const value = JSON.parse(text);
        return Array.isArray(value) ? value.filter(each => typeof each === 'object' && each !== null) : [];
    }
    catch {
        return [];
    }
}
/** The failure for a `docker` that is Podman's command line; `undefined` for docker's own. */
function podmanCommandFailure({ host, version }) {
    if (host?.buildahVersion === undefined)
        return undefined;
    return new _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR(`The docker command of this runner is Podman's${version?.Version ? `, ${version.Version}` : ''}: it has no buildx, with which images are built here.`, {
        remedy: "Install docker's own command line with the package docker-buildx-plugin, before Podman's on PATH. It can build without Docker's engine, by a BuildKit elsewhere: `driver: remote` or `driver: kubernetes`.",
    });
}
/** The failure of a build that a foreign engine can't do; `undefined` where it may. */
function foreignEngineFailure(engine, { driver, load }) {
    if (engine.kind === 'podman') {
        // A container of BuildKit runs in Podman too, where that lets it.
        if (driver !== 'docker')
            return undefined;
        return new _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR(`The engine that docker speaks to is Podman ${engine.version}, which has no BuildKit to build with.`, {
            remedy: "Point DOCKER_HOST at Docker's engine, or build by a BuildKit of its own: `driver: docker-container` (a privileged container, which Podman has to allow), `driver: remote` or `driver: kubernetes`.",
        });
    }
    if (driver === 'none' && !load)
        return undefined;
    return new _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR(`The Docker engine of this machine runs Windows containers, and images of Linux, which are built here, can be neither built nor loaded with it.`, {
        remedy: 'Run the job on Linux (`runs-on: ubuntu-latest`), switch Docker Desktop to Linux containers, or build without `load` by a BuildKit elsewhere: `driver: remote` or `driver: kubernetes`.',
    });
}


/***/ }),

/***/ 19649:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   iI: () => (/* binding */ openPlainProgress),
/* harmony export */   mm: () => (/* binding */ isCancelled),
/* harmony export */   rc: () => (/* binding */ sayFailedStep)
/* harmony export */ });
/* harmony import */ var _build_steps_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(79884);

/** Milliseconds that a step keeps its turn while others have something to say. */
const TURN_MS = 5000;
/** A part of a step is told again after this progress or this time. */
const MIN_SHARE = 0.05;
const MIN_INTERVAL_MS = 5000;
/** Opens the log of one build. */
function openPlainProgress() {
    const numbers = new Map();
    const news = new Map();
    const lastTold = new Map();
    let arrived = [];
    let current;
    let turnBegan = 0;
    const takeArrived = (now) => {
        for (const change of arrived) {
            const { step } = change;
            const its = news.get(step) ?? { since: now, statuses: new Map(), warnings: [], lines: [] };
            news.set(step, its);
            if (change.kind === 'status')
                its.statuses.set(change.status.id, change.status);
            else if (change.kind === 'warning')
                its.warnings.push(change.text);
            else if (change.kind === 'line')
                its.lines.push(change.text);
        }
        arrived = [];
    };
    const numberOf = (step) => {
        const number = numbers.get(step) ?? numbers.size + 1;
        numbers.set(step, number);
        return number;
    };
    const isWorthTelling = (key, status) => {
        const last = lastTold.get(key);
        if (last === undefined || status.completed !== undefined)
            return true;
        const share = status.total > 0 ? (status.current - last.current) / status.total : 0;
        return share >= MIN_SHARE || status.timestamp - last.timestamp >= MIN_INTERVAL_MS;
    };
    const writeStep = (step, now) => {
        const isFirst = numbers.size === 0;
        const number = numberOf(step);
        const told = [];
        if (step !== current) {
            if (current !== undefined)
                told.push(`#${numberOf(current)} ...`);
            if (!isFirst)
                told.push('');
            told.push(`#${number} ${step.name}`);
            turnBegan = now;
        }
        const its = news.get(step);
        news.delete(step);
        let hasOpenPart = false;
        for (const [id, status] of its?.statuses ?? []) {
            const key = `${number} ${id}`;
            if (!isWorthTelling(key, status))
                continue;
            lastTold.set(key, status);
            if (status.completed === undefined)
                hasOpenPart = true;
            told.push(`#${number} ${sayStatus(status)}`);
        }
        for (const text of its?.warnings ?? [])
            told.push(`#${number} WARN: ${text}`);
        for (const line of its?.lines ?? [])
            told.push(`#${number} ${line}`);
        current = step;
        // A layer may still be fetched when the step that needed it has ended.
        if ((0,_build_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .hasEnded */ .hY)(step) && !hasOpenPart) {
            current = undefined;
            told.push(`#${number} ${sayEnd(step).replaceAll(/\r\n|\r|\n/g, `\n#${number} `)}`);
        }
        return told.map(line => `${line}\n`).join('');
    };
    const writeEnded = (now) => {
        const ended = [...news.keys()].filter(step => !step.isHidden && (0,_build_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .hasEnded */ .hY)(step));
        const isHeld = (step) => step === current;
        return ended
            .toSorted((a, b) => Number(isHeld(b)) - Number(isHeld(a)) || endOf(a) - endOf(b))
            .map(step => writeStep(step, now))
            .join('');
    };
    const writeRunning = (now) => {
        const waiting = [...news]
            .filter(([step]) => !step.isHidden)
            .map(([step, { since }]) => ({ step, since }));
        const own = current !== undefined && news.has(current) ? writeStep(current, now) : '';
        const next = waiting.filter(({ step }) => news.has(step)).toSorted((a, b) => a.since - b.since)[0];
        if (next === undefined)
            return own;
        const isItsTurn = current === undefined || (now - turnBegan >= TURN_MS && now - next.since >= TURN_MS);
        return isItsTurn ? own + writeStep(next.step, now) : own;
    };
    return {
        add(changes) {
            for (const change of changes)
                arrived.push(change);
        },
        write(now) {
            takeArrived(now);
            const text = writeEnded(now) + writeRunning(now);
            if (text === '' || current !== undefined)
                return text;
            const running = [...numbers.keys()].find(step => (0,_build_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .isRunning */ .W_)(step) && !step.isHidden);
            return running === undefined ? text : text + writeStep(running, now);
        },
        writeRest(now) {
            takeArrived(now);
            return (writeEnded(now) +
                [...news.keys()]
                    .filter(step => !step.isHidden)
                    .map(step => writeStep(step, now))
                    .join(''));
        },
    };
}
/** What BuildKit repeats of a step that failed: its name and the last that it printed. */
function sayFailedStep({ name, lastLines }) {
    return ['------', ` > ${name}:`, ...lastLines, '------', ''].join('\n');
}
function sayStatus({ id, current, total, timestamp, started, completed }) {
    const size = total > 0 ? ` ${sayBytes(current)} / ${sayBytes(total)}` : current > 0 ? ` ${sayBytes(current)}` : '';
    const seconds = started === undefined ? 0 : ((completed ?? timestamp) - started) / 1000;
    const time = seconds > 0.01 ? ` ${seconds.toFixed(1)}s` : '';
    return `${(0,_build_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .onOneLine */ .GJ)(id)}${size}${time}${completed === undefined ? '' : ' done'}`;
}
/** `28B`, `1.05MB` */
function sayBytes(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    const index = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    return `${index === 0 ? bytes : (bytes / 1000 ** index).toFixed(2)}${units[index]}`;
}
function sayEnd({ error, isCached, runs }) {
    if (error !== undefined)
        return isCancelled(error) ? 'CANCELED' : `ERROR: ${error}`;
    if (isCached)
        return 'CACHED';
    const milliseconds = [...runs].reduce((sum, [started, ended]) => sum + ((ended ?? started) - started), 0);
    return `DONE ${(milliseconds / 1000).toFixed(1)}s`;
}
/** Whether a step failed only because another one did. */
function isCancelled(error) {
    return error.endsWith('context canceled');
}
function endOf({ runs }) {
    return Math.max(...[...runs.values()].map(ended => ended ?? 0));
}


/***/ }),

/***/ 49354:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  G: () => (/* binding */ progressArguments),
  c: () => (/* binding */ runBuild)
});

// EXTERNAL MODULE: ./build/docker/build-failure.js
var build_failure = __webpack_require__(98526);
// EXTERNAL MODULE: ./build/docker/build-steps.js + 1 modules
var build_steps = __webpack_require__(79884);
// EXTERNAL MODULE: ./build/docker/step-roles.js
var step_roles = __webpack_require__(79219);
;// CONCATENATED MODULE: ./build/docker/cache-use.js


/**
 * Sums up the steps of a build. A step whose layer was downloaded and extracted was not run, so it counts as cached.
 */
function cacheUseOf(steps) {
    const instructions = steps
        .filter(({ name, runs }) => runs.size > 0 && /^\[(?:[^\]]*\D)?\d+\/\d+\] (?!FROM )/.test(name))
        .toSorted((a, b) => Math.min(...a.runs.keys()) - Math.min(...b.runs.keys()));
    // BuildKit may report the same step under two digests.
    const each = Array.from(Map.groupBy(instructions, ({ name }) => name), ([name, reports]) => ({ name, isCached: reports.every(isFromCache) }));
    const written = writtenCache(steps);
    return {
        steps: each.length,
        cached: each.filter(({ isCached }) => isCached).length,
        fetched: fetchedBytes(instructions),
        each,
        ...(written !== undefined && { written }),
        trouble: troubleIn(steps),
    };
}
function isFromCache({ isCached, statuses }) {
    return isCached || [...statuses.keys()].some(id => id.startsWith('extracting sha256:'));
}
function fetchedBytes(instructions) {
    const layers = new Map(instructions.flatMap(({ statuses }) => [...statuses.values()]
        .filter(status => (0,build_steps/* isDownload */.pc)(status) && status.completed !== undefined)
        .map(({ id, total }) => [id, total])));
    return [...layers.values()].reduce((sum, bytes) => sum + bytes, 0);
}
/** The digest in the part `writing cache manifest sha256:…` of an export of a cache. */
function writtenCache(steps) {
    return steps
        .filter(step => (0,step_roles/* roleOf */.k)(step, steps) === 'cache export')
        .flatMap(({ statuses }) => Array.from(statuses.values()))
        .filter(({ completed }) => completed !== undefined)
        .flatMap(({ id }) => /^writing cache (?:image )?manifest (sha256:[0-9a-f]{64})$/.exec(id)?.[1] ?? [])
        .at(-1);
}
/**
 * The first error of each kind: BuildKit continues without a cache that it cannot read or write. A cache that does not exist
 * yet is no error.
 */
function troubleIn(steps) {
    const errors = steps.flatMap(step => {
        const role = step.error === undefined ? 'other' : (0,step_roles/* roleOf */.k)(step, steps);
        if (step.error === undefined || step.error.endsWith(': not found'))
            return [];
        if (role !== 'cache import' && role !== 'cache export')
            return [];
        return [{ way: role === 'cache import' ? 'read' : 'written', reason: step.error }];
    });
    return ['read', 'written'].flatMap(way => errors.find(each => each.way === way) ?? []);
}

// EXTERNAL MODULE: ./build/docker/plain-progress.js
var plain_progress = __webpack_require__(19649);
;// CONCATENATED MODULE: ./build/docker/solve-status.js
/** Reads one report; `undefined` for a text that is none. */
function parseSolveStatus(text) {
    if (!text.startsWith('{'))
        return undefined;
    const report = parseMembers(text);
    if (report === undefined)
        return undefined;
    const { vertexes, statuses, logs, warnings, ...others } = report;
    if (Object.keys(others).length > 0)
        return undefined;
    const status = {
        vertexes: listOf(vertexes, vertexOf),
        statuses: listOf(statuses, statusOf),
        logs: listOf(logs, logOf),
        warnings: listOf(warnings, warningOf),
    };
    return isComplete(status) ? status : undefined;
}
function isComplete(status) {
    return Object.values(status).every(list => list !== undefined);
}
function parseMembers(text) {
    try {
        const value = JSON.parse(text);
        return isMembers(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isMembers(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** An absent list is an empty one. `undefined` where it is no list, or where one of its items can't be read. */
function listOf(value, read) {
    if (value === undefined || value === null)
        return [];
    if (!Array.isArray(value))
        return undefined;
    const items = [];
    for (const each of value) {
        const item = isMembers(each) ? read(each) : undefined;
        if (item === undefined)
            return undefined;
        items.push(item);
    }
    return items;
}
function vertexOf({ digest, name = '', inputs, started, completed, cached, error, progressGroup, }) {
    if (typeof digest !== 'string' || typeof name !== 'string')
        return undefined;
    const group = isMembers(progressGroup) ? groupOf(progressGroup) : undefined;
    return {
        digest,
        name,
        hasInputs: Array.isArray(inputs) && inputs.length > 0,
        ...timesOf({ started, completed }),
        cached: cached === true,
        ...(typeof error === 'string' && error !== '' && { error }),
        ...(group && { group }),
    };
}
function groupOf({ id, name = '', weak }) {
    if (typeof id !== 'string' || typeof name !== 'string')
        return undefined;
    return { id, name, weak: weak === true };
}
function statusOf({ vertex, id, current = 0, total = 0, timestamp, started, completed, }) {
    if (typeof vertex !== 'string' || typeof id !== 'string')
        return undefined;
    if (typeof current !== 'number' || typeof total !== 'number')
        return undefined;
    return {
        vertex,
        id,
        current,
        total,
        timestamp: timeOf(timestamp) ?? 0,
        ...timesOf({ started, completed }),
    };
}
/** `data` is base64; Go writes an empty one as null. */
function logOf({ vertex, data, timestamp }) {
    if (typeof vertex !== 'string')
        return undefined;
    const bytes = Buffer.from(typeof data === 'string' ? data : '', 'base64');
    return { vertex, data: bytes, timestamp: timeOf(timestamp) ?? 0 };
}
/** `short` is base64. */
function warningOf({ vertex = '', short }) {
    if (typeof vertex !== 'string')
        return undefined;
    return { vertex, text: Buffer.from(typeof short === 'string' ? short : '', 'base64').toString() };
}
function timesOf(times) {
    const [started, completed] = [timeOf(times.started), timeOf(times.completed)];
    return { ...(started !== undefined && { started }), ...(completed !== undefined && { completed }) };
}
function timeOf(value) {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
}

// EXTERNAL MODULE: ./build/docker/transfer-watch.js
var transfer_watch = __webpack_require__(7888);
;// CONCATENATED MODULE: ./build/docker/transfers.js


/**
 * What a build transfers; `undefined` while one of its steps does something else, which may take as long as it likes: a `RUN`, the
 * compression of layers, their extraction, the upload of the context, which comes from this machine, and git and `ADD`, of which
 * BuildKit reports nothing. So a transfer is stalled only where nothing else is left to do.
 *
 * Of a download BuildKit reports the bytes, several times a second. Of a push it reports `pushing layers` once it begins and once
 * all layers are there, whatever the driver, and of a cache's export each layer in this way. Only a push that buildx asks the
 * engine's classic store for has bytes. https://github.com/moby/buildkit/blob/master/util/push/push.go
 */
function transfersOf(steps) {
    if (!steps.some(build_steps/* isRunning */.W_))
        return [{ kind: 'reports', what: 'the reports of BuildKit', hasBytes: true }];
    const transfers = [];
    for (const step of steps) {
        // Whoever asks for a login is a step of its own, and what it is for runs too.
        if (!(0,build_steps/* isRunning */.W_)(step) || step.name.startsWith('[auth] '))
            continue;
        const open = transfersIn(step, steps);
        if (open === undefined)
            return undefined;
        transfers.push(...open);
    }
    return transfers;
}
function transfersIn(step, steps) {
    const role = (0,step_roles/* roleOf */.k)(step, steps);
    const open = [...step.statuses.values()].filter(({ completed }) => completed === undefined);
    const downloads = open.filter(build_steps/* isDownload */.pc);
    const others = open.filter(each => !(0,build_steps/* isDownload */.pc)(each)).map(({ id }) => id);
    const whole = (kind) => [transferOf(kind, step, { parts: others })];
    switch (role) {
        case 'cache import':
            return whole(role);
        case 'push':
            return [transferOf(role, step, { parts: others, hasBytes: downloads.length + others.length > 0 })];
        case 'cache export':
            return others.some(id => !id.startsWith('preparing ')) ? whole(role) : undefined;
        case 'image export':
            if (others.some(id => id !== 'pushing layers' && !id.startsWith('pushing manifest for ')))
                return undefined;
            return others.length > 0 ? whole('push') : undefined;
        case 'pull':
            if (others.some(id => !id.startsWith('resolve ')))
                return undefined;
            return [
                transferOf('pull', step, { parts: [...downloads.map(({ id }) => id), ...others], hasBytes: true }),
            ];
        case 'other':
            if (step.hasJustPrinted || others.length > 0 || downloads.length === 0)
                return undefined;
            return [transferOf('layer', step, { parts: downloads.map(({ id }) => id), hasBytes: true })];
    }
}
const MAX_LENGTH = 200;
function transferOf(kind, { name }, { parts, hasBytes = false }) {
    const what = parts.length === 0 ? name : `${name} (${parts.join(', ')})`;
    return { kind, what: what.length > MAX_LENGTH ? `${what.slice(0, MAX_LENGTH - 1)}…` : what, hasBytes };
}
/** What has been pushed by a build of which nothing runs any more but the export of its cache; `undefined` for any other. */
function pushedBy(steps) {
    const isOver = steps.every(step => (!(0,build_steps/* isRunning */.W_)(step) && step.error === undefined) || isCacheStep((0,step_roles/* roleOf */.k)(step, steps)));
    if (!isOver)
        return undefined;
    const done = steps
        .filter(step => (0,step_roles/* roleOf */.k)(step, steps) === 'image export' && !(0,build_steps/* isRunning */.W_)(step))
        .flatMap(({ statuses }) => Array.from(statuses.values()))
        .filter(({ completed }) => completed !== undefined)
        .map(({ id }) => id);
    const digests = done.flatMap(id => {
        const [, name, digest] = /^pushing manifest for (\S+)@(sha256:[0-9a-f]{64})$/.exec(id) ?? [];
        return name === undefined || digest === undefined ? [] : [[name, digest]];
    });
    const configs = done.flatMap(id => /^exporting config (sha256:[0-9a-f]{64})$/.exec(id)?.[1] ?? []);
    const [configDigest] = configs;
    return {
        digests: new Map(digests),
        ...(configs.length === 1 && configDigest !== undefined && { configDigest }),
    };
}
function isCacheStep(role) {
    return role === 'cache export' || role === 'cache import';
}

// EXTERNAL MODULE: ./build/docker/watchdog.js
var watchdog = __webpack_require__(93826);
;// CONCATENATED MODULE: ./build/docker/run-build.js








/** The arguments of `docker buildx build` that {@link runBuild} needs. */
const progressArguments = ['--progress', 'rawjson'];
/** How often the log is written, as BuildKit does. */
const WRITE_INTERVAL_MS = 150;
/**
 * Runs `docker buildx build` and reads BuildKit's reports, which it prints as JSON. What a build prints, and what quotes its
 * instructions, is data in these reports: nobody but BuildKit and buildx can make one. The log gets the text that
 * `--progress plain` would have printed.
 */
async function runBuild(docker, argv, { log, waitTimeoutMs, transfers, signal, ...options }) {
    const steps = (0,build_steps/* openBuildSteps */.y9)();
    const reader = openReader(steps, log);
    const timer = setInterval(reader.write, WRITE_INTERVAL_MS);
    try {
        const watch = (0,watchdog/* watchAll */.RX)([
            ...(waitTimeoutMs === undefined ? [] : [watchWaiting(steps, waitTimeoutMs)]),
            ...(transfers === undefined ? [] : [(0,transfer_watch/* watchTransfers */.k)({ ...transfers, stateOf: () => stateOf(steps) })]),
        ]);
        const run = (until) => docker.buildx(argv, {
            ...options,
            ...(until && { signal: until }),
            onOutput: log.raw,
            onError: reader.read,
        });
        const { exitCode, stopped } = await (0,watchdog/* runWatched */.ox)(run, { signal, watch });
        const { beforeText, lastWords } = reader.end();
        if (stopped !== undefined)
            return { cacheUse: beforeText.cacheUse, failure: (0,build_failure/* stalledFailure */.y9)(stopped) };
        if (exitCode === 0)
            return { cacheUse: cacheUseOf(steps.list()) };
        const { failed, pushed, cacheUse } = beforeText;
        return {
            cacheUse,
            failure: {
                ...(0,build_failure/* buildFailureOf */.Eo)(failed, lastWords),
                ...(pushed !== undefined && pushed.digests.size > 0 && { pushed }),
            },
        };
    }
    finally {
        clearInterval(timer);
        reader.end();
    }
}
function watchWaiting(steps, stallTimeoutMs) {
    const reason = { transfers: [], silentMs: stallTimeoutMs };
    return (0,watchdog/* watchState */.lA)({ stallTimeoutMs, stateOf: steps.waitState, reason });
}
function stateOf(steps) {
    const list = steps.list();
    return { transfers: transfersOf(list), moves: steps.moves(), pushed: pushedBy(list) };
}
/** As many of buildx's last lines are kept. */
const MAX_LAST_WORDS = 200;
/**
 * Stands above and below the lines of the Dockerfile that buildx quotes, after the name of the file.
 * https://github.com/moby/buildkit/blob/master/solver/errdefs/source.go
 */
const QUOTE_BORDER = '-'.repeat(20);
/**
 * Reads the standard error of buildx. Versions before 0.15 indent their JSON, and then a report begins and ends with a line that
 * is a brace alone. All else is text. buildx writes it once the reports have ended: the place in the Dockerfile and the error,
 * both of which may hold what the Dockerfile's author or a registry wrote, line breaks included. So of what looks like a report
 * after a text nothing is believed of a build that failed, although it is still shown. The name of the quoted file is the first
 * text, and a frontend that `# syntax=` names may choose a report for it. Only a step of the Dockerfile has a place that can be
 * quoted, so where there is a quote, no exporter is believed to have failed. A program that docker asks for credentials could
 * write in between: then a push that fails is not repeated, but no fault is taken for another.
 */
function openReader(steps, log) {
    const progress = (0,plain_progress/* openPlainProgress */.iI)();
    let lastWords = [];
    let begun = [];
    let indented;
    let hasReports = false;
    let beforeText;
    let hasShownFailure = false;
    let hasQuote = false;
    let isOver = false;
    const know = () => {
        const list = steps.list();
        return { failed: (0,build_failure/* findFailedStep */.JK)(list), cacheUse: cacheUseOf(list), pushed: pushedBy(list) };
    };
    const show = (text) => {
        if (text !== '')
            log.raw(text);
    };
    const takeText = (line) => {
        const now = performance.now();
        if (hasReports)
            beforeText ??= know();
        if (line === QUOTE_BORDER)
            hasQuote = true;
        // Buildx itself writes this once nothing more is reported.
        if (hasReports && /^ERROR: failed to (?:build|solve): /.test(line)) {
            isOver = true;
            progress.add(steps.end());
        }
        if (beforeText?.failed !== undefined && !hasShownFailure) {
            hasShownFailure = true;
            show(progress.writeRest(now) + (0,plain_progress/* sayFailedStep */.rc)(beforeText.failed));
        }
        else {
            show(progress.write(now));
        }
        show(`${line}\n`);
        lastWords.push(line);
        if (lastWords.length > MAX_LAST_WORDS)
            lastWords.shift();
    };
    const takeReport = (text) => {
        const report = parseSolveStatus(text);
        if (report === undefined) {
            for (const line of text.split('\n'))
                takeText(line);
            return;
        }
        hasReports = true;
        if (beforeText === undefined)
            lastWords = [];
        progress.add(steps.apply(report));
    };
    const takeLine = (line) => {
        if (isOver) {
            takeText(line);
        }
        else if (indented !== undefined) {
            indented.push(line);
            if (line !== '}')
                return;
            const text = indented.join('\n');
            indented = undefined;
            takeReport(text);
        }
        else if (line === '{') {
            indented = [line];
        }
        else if (line.startsWith('{')) {
            takeReport(line);
        }
        else {
            takeText(line);
        }
    };
    return {
        read(text) {
            const [first = '', ...others] = text.split('\n');
            begun.push(first);
            for (const next of others) {
                const line = begun.join('');
                begun = [next];
                takeLine(line);
            }
        },
        write() {
            show(progress.write(performance.now()));
        },
        /** Writes the rest, and returns what is known. */
        end() {
            const rest = [...(indented ?? []), begun.join('')].join('\n');
            [begun, indented] = [[], undefined];
            if (rest !== '')
                for (const line of rest.split('\n'))
                    takeText(line);
            progress.add(steps.end());
            show(progress.writeRest(performance.now()));
            const known = beforeText ?? know();
            const { failed } = known;
            // A pull has a place in the Dockerfile too.
            const isForged = hasQuote && failed !== undefined && failed.role !== 'pull';
            return {
                beforeText: { ...known, failed: isForged ? { ...failed, role: 'other' } : failed },
                lastWords,
            };
        },
    };
}


/***/ }),

/***/ 79219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ roleOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

/**
 * Tells who a step is. Its name alone proves nothing: a frontend that `# syntax=` names may give any vertex any name. But it
 * cannot choose a vertex's digest, nor the names of its parts, which are those of layers, of files that are transferred and of
 * images that are resolved; only the parts of a merge are named by it, and a merge has inputs. So an exporter is known by having
 * no inputs and a part that only exporters have, and the import of a cache by its digest, the hash of its name.
 * https://github.com/moby/buildkit/blob/master/solver/llbsolver/export.go
 *
 * A pull is known by its name alone. What follows from that is another try, which a frontend's author may have.
 */
function roleOf(step, steps) {
    const { name, digest, hasInputs, statuses } = step;
    if (digest === undefined || hasInputs)
        return 'other';
    if (name.startsWith('importing cache manifest from ')) {
        return digest === `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(name).digest('hex')}` ? 'cache import' : 'other';
    }
    if (name.startsWith('exporting ') && statuses.has('preparing build cache for export'))
        return 'cache export';
    if (isImageExport(step))
        return 'image export';
    if (isPushOfBuildx(name) && steps.some(each => isImageExport(each) && each.error === undefined))
        return 'push';
    return pullPattern.test(name) ? 'pull' : 'other';
}
/**
 * The steps that ask a registry for an image's config or for a frontend, and those of a base image, of a named context, of what
 * `COPY --from` names and of a frontend.
 * https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go
 */
const pullPattern = /^(?:\[[^\]]+\] load metadata for |resolve image config for |(?:\[[^\]]+\] )?(?:FROM |docker-image:\/\/))/;
function isImageExport({ name, digest, hasInputs, statuses }) {
    return (name === 'exporting to image' && digest !== undefined && !hasInputs && statuses.has('exporting layers'));
}
/**
 * What buildx pushes once BuildKit has exported: an image of the engine's classic store, or the index over the images of several
 * nodes. https://github.com/docker/buildx/blob/master/build/build.go
 */
function isPushOfBuildx(name) {
    return /^(?:pushing \S+ with docker|merging manifest list \S+)$/.test(name);
}


/***/ }),

/***/ 7888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ sayTime),
/* harmony export */   k: () => (/* binding */ watchTransfers)
/* harmony export */ });
/** After so many milliseconds without progress the reader is told. */
const SAY_AFTER_MS = 60_000;
/** Looks are at most so many milliseconds apart. */
const MAX_INTERVAL_MS = 5000;
const LOOKS_PER_TIMEOUT = 12;
/** Bytes a second that a machine sends at least while it pushes. Less is what programs say to each other. */
const LEAST_RATE = 16_384;
/** A push that may move, as nobody can tell, is given so many times as long. */
const PATIENCE = 6;
/**
 * Watches over the transfers of a build. BuildKit reports no bytes of a push, so a slow one looks like one that hangs. Where
 * BuildKit runs on this machine, what the machine sends tells the two apart; only a push that sends nothing is cut in time. One that
 * sends, or that nobody sees, is cut after six times as long, since other programs may be who sends.
 */
function watchTransfers(options) {
    const { stallTimeoutMs, stateOf, sentBytes, say } = options;
    /** What was sent at each look since BuildKit reported something new. The first is that time. */
    let looks = [];
    let moves;
    let isSaid = false;
    /** Whether nothing has moved for a time; `undefined` where nobody can tell. */
    const isQuiet = (now, forMs, isCounted) => {
        const before = looks.findLast(({ at }) => now - at >= forMs);
        if (before === undefined)
            return false;
        if (isCounted)
            return true;
        const sent = looks.at(-1)?.sent;
        if (sent === undefined || before.sent === undefined)
            return undefined;
        return ((sent - before.sent) / (now - before.at)) * 1000 < LEAST_RATE;
    };
    return {
        intervalMs: Math.min(MAX_INTERVAL_MS, stallTimeoutMs / LOOKS_PER_TIMEOUT),
        look(now) {
            const { transfers, moves: movesNow, pushed } = stateOf();
            if (transfers === undefined || transfers.length === 0 || movesNow !== moves) {
                moves = movesNow;
                looks = [];
                isSaid = false;
            }
            const isCounted = transfers?.every(({ hasBytes, kind }) => hasBytes || kind === 'cache import') ?? true;
            looks.push({ at: now, sent: isCounted ? undefined : sentBytes() });
            if (transfers === undefined || transfers.length === 0)
                return undefined;
            const silentMs = now - (looks[0]?.at ?? now);
            const quiet = isQuiet(now, stallTimeoutMs, isCounted);
            if (quiet === true || silentMs >= PATIENCE * stallTimeoutMs) {
                const isRecent = quiet === true && !isCounted;
                return {
                    transfers,
                    silentMs: isRecent ? stallTimeoutMs : silentMs,
                    ...(pushed && { pushed }),
                };
            }
            if (!isSaid && stallTimeoutMs > SAY_AFTER_MS) {
                const quietSoon = isQuiet(now, SAY_AFTER_MS, isCounted);
                if (quietSoon === false)
                    return undefined;
                isSaid = true;
                const limit = quietSoon === undefined ? PATIENCE * stallTimeoutMs : stallTimeoutMs;
                say(`${quietSoon === undefined ? 'BuildKit, which tells no bytes of a push, has reported nothing new for a minute' : 'Nothing has moved for a minute'}: ${transfers.map(({ what }) => what).join('; ')}. After ${sayTime(limit)} it is cut (\`stall-timeout\`).`);
            }
            return undefined;
        },
    };
}
/** Such as `10 minutes` or `90 seconds`. */
function sayTime(milliseconds) {
    const seconds = Math.round(milliseconds / 1000);
    const [count, unit] = seconds % 60 === 0 && seconds > 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
    return `${count} ${unit}${count === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 93826:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RX: () => (/* binding */ watchAll),
/* harmony export */   lA: () => (/* binding */ watchState),
/* harmony export */   ox: () => (/* binding */ runWatched)
/* harmony export */ });
/** Runs a program and interrupts it when a watch says so; `stopped` is then its reason, and the exit code is 1. */
async function runWatched(run, { signal, watch }) {
    if (watch === undefined)
        return run(signal);
    const stop = new AbortController();
    let stopped;
    const timer = setInterval(() => {
        if (stopped !== undefined)
            return;
        stopped = watch.look(performance.now());
        if (stopped !== undefined)
            stop.abort(stopped);
    }, watch.intervalMs);
    try {
        return await run(AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]));
    }
    catch (error) {
        if (stopped === undefined || error !== stopped)
            throw error;
        return { exitCode: 1, output: '', stopped };
    }
    finally {
        clearInterval(timer);
    }
}
/** How often a state is read within its time-out. */
const LOOKS_PER_TIMEOUT = 12;
/** Watches for the same state over a time. */
function watchState({ stallTimeoutMs, stateOf, reason }) {
    let state;
    let unchangedSince;
    return {
        intervalMs: stallTimeoutMs / LOOKS_PER_TIMEOUT,
        look(now) {
            const before = state;
            state = stateOf();
            if (state === undefined || state !== before || unchangedSince === undefined)
                unchangedSince = now;
            return now - unchangedSince >= stallTimeoutMs ? reason : undefined;
        },
    };
}
/** Several watches as one. */
function watchAll(watches) {
    if (watches.length === 0)
        return undefined;
    return {
        intervalMs: Math.min(...watches.map(({ intervalMs }) => intervalMs)),
        look(now) {
            const reasons = watches.map(({ look }) => look(now));
            return reasons.find(reason => reason !== undefined);
        },
    };
}


/***/ }),

/***/ 88358:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  p: () => (/* binding */ writePlan)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
// EXTERNAL MODULE: ./build/platform/temp-dir.js
var temp_dir = __webpack_require__(23296);
// EXTERNAL MODULE: ./build/platform/url-credentials.js
var url_credentials = __webpack_require__(66604);
// EXTERNAL MODULE: ./build/tags/select-releases.js
var select_releases = __webpack_require__(70261);
// EXTERNAL MODULE: ./build/aws/iam-policy.js
var iam_policy = __webpack_require__(9514);
// EXTERNAL MODULE: ./build/build/buildx-arguments.js
var buildx_arguments = __webpack_require__(66682);
// EXTERNAL MODULE: ./build/builder/certificates.js
var certificates = __webpack_require__(76698);
// EXTERNAL MODULE: ./build/builder/plan.js
var builder_plan = __webpack_require__(21957);
// EXTERNAL MODULE: ./build/cache/choose-backend.js
var choose_backend = __webpack_require__(92349);
// EXTERNAL MODULE: ./build/cache/cold-build-time.js
var cold_build_time = __webpack_require__(35322);
// EXTERNAL MODULE: ./build/gate/limits.js
var limits = __webpack_require__(88392);
// EXTERNAL MODULE: ./build/role/oidc-subject.js
var oidc_subject = __webpack_require__(9513);
;// CONCATENATED MODULE: ./build/dry-run/plan-document.js








/** Writes the plan as the JSON document of a dry run. A real run uses the same plan, so the two cannot differ. */
function documentPlan(plan) {
    const { push, role, repository, tags, reuse, release, build, builder, gate } = plan;
    // Without the time, the same job always gets the same document.
    const { now: _, ...commit } = plan.commit;
    const uri = push ? '{repository-uri}' : repository.name;
    const cache = (0,choose_backend/* chooseCache */.e)(plan.layers, {
        ...(push && { registry: { uri, mutability: repository.mutability, has: () => true } }),
        cacheRegistry: {
            uri: '{cache-repository-uri}',
            mutability: { setting: 'MUTABLE', exclusions: [] },
            has: () => true,
        },
        folders: { from: '{cache-folder}/restored', to: '{cache-folder}/layers' },
    });
    return {
        version: 1,
        commit,
        mode: plan.mode,
        push,
        role: {
            region: role.region,
            source: role.source.kind,
            arns: role.source.kind === 'oidc' ? [role.source.arn, ...role.chain] : role.chain,
            sessionName: role.sessionName,
            durationSeconds: role.durationSeconds,
            allowedAccountIds: role.allowedAccountIds,
        },
        repository,
        tags: documentedTags(tags),
        dockerLogin: push && plan.dockerLogin,
        reuse,
        release,
        ...(plan.image !== undefined && { image: plan.image.name }),
        labels: build.description?.labels ?? [],
        cache,
        cacheKeepsTime: (0,cold_build_time/* canRecordColdTime */.Pk)(plan.layers, cache),
        ...(plan.mounts.kind !== 'off' && { cacheMounts: plan.mounts }),
        builder: builder.kind === 'made'
            ? (0,builder_plan/* createArguments */.l$)((0,certificates/* withCertificateFiles */.Bn)(builder, '{certificates}'), {
                name: '{builder}',
                configFile: '{config-file}',
                allow: build.allow,
            })
            : [],
        buildx: plan.mode === 'gate' || plan.mode === 'merge'
            ? []
            : (0,buildx_arguments/* buildxArguments */.X)(build, {
                reference: `${uri}:${tags.candidate}`,
                releases: push && release === 'with-push' ? tags.releases.map(tag => `${uri}:${tag}`) : [],
                cache,
                metadataFile: '{metadata-file}',
                push,
                annotate: push,
                builder: builder.kind === 'made' ? '{builder}' : builder.kind === 'named' ? builder.name : undefined,
            }),
        stallTimeoutSeconds: plan.stallTimeoutMs / 1000,
        gate: {
            wait: gate.wait,
            timeoutSeconds: gate.timeout / 1000,
            onTimeout: gate.onTimeout,
            onUnscannable: gate.onUnscannable,
            failOn: gate.failOn,
            limits: (0,limits/* limitsOf */.Af)(gate),
            ignoreUnfixed: gate.ignoreUnfixed,
            failOnExploitable: gate.failOnExploitable,
            exceptions: {
                ignore: gate.exceptions.ignore.length,
                vex: gate.exceptions.vex.length,
                ...(gate.exceptions.base !== undefined && { base: gate.exceptions.base.sha }),
            },
            scope: gate.scope,
            baseline: gate.baseline,
            comment: gate.comment !== undefined,
        },
        policies: {
            ...(role.source.kind === 'oidc' && {
                trust: (0,iam_policy/* trustPolicy */.R)(role.source.arn, {
                    issuer: role.issuer,
                    audience: role.audience,
                    subjects: (0,oidc_subject/* subjectForms */.wO)(commit, (0,oidc_subject/* subjectEnding */.cJ)(plan.commit)),
                }),
            }),
            permissions: plan.permissions,
        },
    };
}
/** The tags without the rules for finding the highest release; `highest` has the tags that only that release may have. */
function documentedTags({ claims, commitTag: _commitTag, versionPatterns: _versionPatterns, mayClaim: _mayClaim, registries: _registries, ...tags }) {
    return { ...tags, highest: claims.map(({ tag }) => tag) };
}

// EXTERNAL MODULE: ./build/docker/command-line.js
var command_line = __webpack_require__(98139);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
// EXTERNAL MODULE: ./build/report/summary.js + 3 modules
var summary = __webpack_require__(63701);
;// CONCATENATED MODULE: ./build/dry-run/summary.js




function credentialsOf(source) {
    return source === 'keys' ? 'the keys of `aws-access-key-id`' : "the job's own credentials";
}
/** The summary of a dry run, as GitHub-flavoured Markdown. */
function summarizePlan(document) {
    const { repository, tags, role, gate, policies, cache } = document;
    const { setting, exclusions } = repository.mutability;
    const rows = [
        ['Role', role.arns.length > 0 ? codes(role.arns, ' → ') : credentialsOf(role.source)],
        ['Region', (0,markdown/* code */.aY)(role.region)],
        [
            'Repository',
            (0,markdown/* gfm */.Te) `${(0,markdown/* code */.aY)(repository.name)}, ${repository.create ? 'created if it is missing' : 'has to exist'}: ${(0,markdown/* text */.Qq)(setting)}${exclusions.length > 0 ? (0,markdown/* gfm */.Te) ` except ${codes(exclusions)}` : ''}`,
        ],
        document.image ? ['Judged', (0,markdown/* code */.aY)(Object.values(document.image).join(''))] : [],
        ['Pushed as', document.push ? (0,markdown/* code */.aY)(tags.candidate) : 'nothing is pushed'],
        ['Released as', sayReleases(document)],
        ['Reused', reuseTexts[document.reuse]],
        [
            'Layers',
            (0,markdown/* gfm */.Te) `${(0,markdown/* sentence */.em)(cache.why)}: ${cache.from.length > 0 ? 'read' : 'not read'}, ${cache.to.length > 0 ? 'written' : 'not written'}${document.cacheKeepsTime ? ', with the time of the last cold build' : ''}`,
        ],
        [
            'Gate',
            document.mode === 'build'
                ? (0,markdown/* sentence */.em)('where `mode: merge` joins what is pushed')
                : gate.wait
                    ? `waits up to ${gate.timeoutSeconds} s (then: ${gate.onTimeout}; where there can be no scan: ${gate.onUnscannable}), lets pass ${(0,limits/* sayLimits */.Wi)(gate.limits)}`
                    : 'does not wait for the scan',
        ],
    ].filter(row => row.length > 0);
    const parts = [
        (0,markdown/* gfm */.Te) `### 📋 ${repository.name}: a dry run`,
        (0,markdown/* gfm */.Te) `Nothing was asked, built, pushed or changed.`,
        (0,markdown/* table */.tp)(['', ''], rows),
        ...(document.buildx.length > 0
            ? [
                foldedCode('The build', 'sh', [...document.builder, document.buildx]
                    .map(argv => `docker buildx ${(0,command_line/* sayCommand */.h)(argv)}`)
                    .join('\n')),
            ]
            : []),
        ...(policies.trust
            ? [foldedCode('The least trust policy for this job', 'json', JSON.stringify(policies.trust, null, 2))]
            : []),
        foldedCode('The least permissions for these inputs', 'json', JSON.stringify(policies.permissions, null, 2)),
    ];
    return (0,markdown/* fit */.Uj)(parts, summary/* MAX_SUMMARY_BYTES */.Q);
}
const reuseTexts = {
    commit: 'the image of this commit, where it was made from the same inputs',
    content: 'the image of this commit from the same inputs, else one of the same content',
    off: 'nothing: it is always built',
};
function sayReleases({ tags, release }) {
    if (tags.releases.length === 0)
        return (0,markdown/* gfm */.Te) `no release tag`;
    return (0,markdown/* gfm */.Te) `${codes(tags.releases)}, ${release === 'with-push' ? 'pushed by the build' : 'once the gate lets it pass'}`;
}
function foldedCode(title, language, content) {
    return (0,markdown/* details */.zH)(title, (0,markdown/* codeBlock */.DV)(content, { language }));
}
function codes(names, separator = ', ') {
    return (0,markdown/* joined */.oR)(names.map(name => (0,markdown/* code */.aY)(name)), separator);
}

;// CONCATENATED MODULE: ./build/dry-run/write-plan.js








/** Writes the plan as a file, which stays until the job ends, and as the summary. */
function writePlan({ job, plan, tell }) {
    return job.step('Plan the step', async (log) => {
        const document = documentPlan(plan);
        const text = JSON.stringify(document, hideCredentials, 2);
        const file = (0,external_node_path_.join)(await (0,temp_dir/* makeTempDir */.mk)(), 'plan.json');
        await (0,promises_.writeFile)(file, `${text}\n`);
        log.info(text);
        log.result(`Nothing was touched (\`dry-run: true\`); the plan is in ${file}`);
        (0,actions/* setOutput */.uH)('plan', file);
        for (const warning of warnAboutTags(plan))
            log.warn(warning);
        tell({ summaryText: summarizePlan(document) });
    });
}
/** Tags that are meant to move, and could not in a repository that the step creates. Those of one that is there are not known. */
function warnAboutTags({ repository: { create, mutability }, tags }) {
    if (!create)
        return [];
    return (0,select_releases/* selectReleases */.VT)(tags, { mutability, present: [] }).warnings.map(warning => `In a repository that this step creates: ${warning}`);
}
/** Leaves the users and passwords of URLs out of the texts of a JSON document. */
function hideCredentials(_name, value) {
    return typeof value === 'string' ? (0,url_credentials/* withoutCredentials */.r)(value) : value;
}


/***/ }),

/***/ 81390:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C5: () => (/* binding */ sayEndpoints),
/* harmony export */   U$: () => (/* binding */ registryHost),
/* harmony export */   j$: () => (/* binding */ registryHosts),
/* harmony export */   uY: () => (/* binding */ endpointsOf)
/* harmony export */ });
/**
 * The partitions, the last for all regions that no other one has.
 *
 * - https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
 * - https://github.com/awslabs/amazon-ecr-credential-helper/blob/main/ecr-login/api/client.go
 */
const partitions = [
    { regions: /^cn-/, ipv4: 'amazonaws.com.cn', dualStack: 'on.amazonwebservices.com.cn' },
    { regions: /^eusc-/, ipv4: 'amazonaws.eu', dualStack: 'on.amazonwebservices.eu' },
    { regions: /^us-iso-/, ipv4: 'c2s.ic.gov' },
    { regions: /^us-isob-/, ipv4: 'sc2s.sgov.gov' },
    { regions: /^eu-isoe-/, ipv4: 'cloud.adc-e.uk' },
    { regions: /^us-isof-/, ipv4: 'csp.hci.ic.gov' },
    { regions: /^/, ipv4: 'amazonaws.com', dualStack: 'on.aws' },
];
/**
 * The host of a registry of these endpoints, to compare with one that was written or to tell what to write; what docker speaks to
 * comes from the API or from the user. `undefined` where the partition has no such hosts.
 */
function registryHost({ registryId, region }, endpoints) {
    const { ipv4, dualStack } = partitions.find(({ regions }) => regions.test(region)) ?? {};
    const suffix = endpoints.dualStack ? dualStack : ipv4;
    const service = `${endpoints.dualStack ? 'dkr-ecr' : 'dkr.ecr'}${endpoints.fips ? '-fips' : ''}`;
    return suffix === undefined ? undefined : `${registryId}.${service}.${region}.${suffix}`;
}
/** All hosts of a registry, that which the API answers by default first. */
function registryHosts(place) {
    return [false, true]
        .flatMap(dualStack => [false, true].map(fips => registryHost(place, { dualStack, fips })))
        .filter(each => each !== undefined);
}
/** The endpoints that the job asks the SDK for; `undefined` where it asks for none in particular. */
function endpointsOf(env) {
    const isOn = (name) => env[name]?.toLowerCase() === 'true';
    const [dualStack, fips] = [isOn('AWS_USE_DUALSTACK_ENDPOINT'), isOn('AWS_USE_FIPS_ENDPOINT')];
    return dualStack || fips ? { dualStack, fips } : undefined;
}
/** Which hosts these are, in words. */
function sayEndpoints({ dualStack, fips }) {
    return [...(dualStack ? ['dual-stack'] : []), ...(fips ? ['FIPS'] : [])].join(' ');
}


/***/ }),

/***/ 27079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ol: () => (/* binding */ digestOf),
  Fm: () => (/* binding */ manifestTypes),
  Kw: () => (/* binding */ mediaTypeIn),
  Hz: () => (/* binding */ misnamedChild),
  NO: () => (/* binding */ platformIn),
  Wt: () => (/* binding */ platformsOf),
  Xg: () => (/* binding */ readConfig),
  c_: () => (/* binding */ readContent),
  SO: () => (/* binding */ readContentIfSound)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/validation/parsers.js + 1 modules
var parsers = __webpack_require__(59986);
// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __webpack_require__(99547);
;// CONCATENATED MODULE: ./build/ecr/ambiguous-json.js

/** The deepest nesting: a manifest needs 5 levels. Go allows 10,000. */
const MAX_DEPTH = 100;
/**
 * The first member of a JSON text by which programs may read different values from the same bytes: an object has a name twice, or
 * a struct has a name in another case. `JSON.parse` keeps the last of two equal names and takes each name literally; Go's decoder
 * ignores case when it fills a struct. https://pkg.go.dev/encoding/json#Unmarshal
 */
function findAmbiguousMember(json, struct) {
    let found;
    const objects = [];
    let depth = 0;
    const enter = (path) => {
        depth += 1;
        if (depth > MAX_DEPTH)
            found ??= { kind: 'too deep', path: sayPath(path().slice(0, 3)) };
        return found === undefined;
    };
    try {
        (0,main.visit)(json, {
            onObjectBegin(_offset, _length, _line, _column, path) {
                objects.push(new Set());
                return enter(path);
            },
            onObjectEnd() {
                objects.pop();
                depth -= 1;
            },
            onArrayBegin: (_offset, _length, _line, _column, path) => enter(path),
            onArrayEnd() {
                depth -= 1;
            },
            onObjectProperty(name, _offset, _length, _line, _column, path) {
                // Go replaces half of a surrogate pair by U+FFFD, so that two such names can become equal.
                const wellFormed = name.toWellFormed();
                const isRepeated = objects.at(-1)?.has(wellFormed) ?? false;
                objects.at(-1)?.add(wellFormed);
                if (found !== undefined)
                    return;
                const readAs = otherNameOf(name, structAt(path(), struct));
                if (isRepeated)
                    found = { kind: 'repeated', path: sayPath([...path(), name]) };
                else if (readAs !== undefined)
                    found = { kind: 'variant', path: sayPath([...path(), name]), readAs };
            },
        });
    }
    catch (error) {
        if (!(error instanceof RangeError))
            throw error;
        found ??= { kind: 'too deep', path: '' };
    }
    return found;
}
function structAt(path, struct) {
    let at = struct;
    for (const segment of path) {
        if (typeof segment === 'number')
            continue;
        if (at === 'free')
            return at;
        at = Object.hasOwn(at, segment) ? (at[segment] ?? 'free') : 'free';
    }
    return at;
}
/** The member of the struct that Go takes this name for; `undefined` where that is the name itself or none. */
function otherNameOf(name, struct) {
    if (struct === 'free' || Object.hasOwn(struct, name))
        return undefined;
    return Object.keys(struct).find(each => fold(each) === fold(name));
}
/**
 * Folds the case as Go does. Of the letters that are not ASCII, two fold to one that is: the long s (U+017F) and the Kelvin sign
 * (U+212A), whose lower case is k. https://github.com/golang/go/blob/master/src/encoding/json/fold.go
 */
function fold(name) {
    return name.toLowerCase().replaceAll('\u017F', 's');
}
/** `manifests[0].platform`. A name from outside is cut to 100 characters. */
function sayPath(path) {
    return path
        .map((each, at) => {
        if (typeof each === 'number')
            return `[${each}]`;
        return `${at === 0 ? '' : '.'}${each.slice(0, 100)}`;
    })
        .join('');
}

;// CONCATENATED MODULE: ./build/ecr/manifest-members.js
const platformMembers = {
    architecture: 'free',
    os: 'free',
    'os.version': 'free',
    'os.features': 'free',
    variant: 'free',
    features: 'free',
};
const descriptorMembers = {
    mediaType: 'free',
    digest: 'free',
    size: 'free',
    urls: 'free',
    annotations: 'free',
    data: 'free',
    platform: platformMembers,
    artifactType: 'free',
};
/**
 * The members of indexes, images and artifacts in one, because a program may read a manifest as any of them.
 * https://github.com/opencontainers/image-spec/blob/main/manifest.md
 * https://distribution.github.io/distribution/spec/deprecated-schema-v1/
 */
const manifestMembers = {
    schemaVersion: 'free',
    mediaType: 'free',
    artifactType: 'free',
    manifests: descriptorMembers,
    config: descriptorMembers,
    layers: descriptorMembers,
    blobs: descriptorMembers,
    subject: descriptorMembers,
    annotations: 'free',
    name: 'free',
    tag: 'free',
    architecture: 'free',
    fsLayers: { blobSum: 'free' },
    history: 'free',
    signatures: 'free',
};
/** The members of an image's config. https://github.com/opencontainers/image-spec/blob/main/config.md */
const configMembers = {
    ...platformMembers,
    created: 'free',
    author: 'free',
    config: {
        User: 'free',
        ExposedPorts: 'free',
        Env: 'free',
        Entrypoint: 'free',
        Cmd: 'free',
        Volumes: 'free',
        WorkingDir: 'free',
        Labels: 'free',
        StopSignal: 'free',
        ArgsEscaped: 'free',
        Memory: 'free',
        MemorySwap: 'free',
        CpuShares: 'free',
        Healthcheck: 'free',
        OnBuild: 'free',
        Shell: 'free',
    },
    rootfs: { type: 'free', diff_ids: 'free' },
    history: { created: 'free', author: 'free', created_by: 'free', comment: 'free', empty_layer: 'free' },
};

;// CONCATENATED MODULE: ./build/ecr/manifest.js





const indexTypes = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
];
const imageTypes = [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
/** The media types that `BatchGetImage` may answer with. Without those of an index, ECR would choose one platform of it. */
const manifestTypes = [...indexTypes, ...imageTypes];
/**
 * Reads a manifest.
 * @throws {Failure} where it is not what its digest names, or where docker could read another image from it: it has a member
 *   twice or in another case, its own media type is another than the registry's, or it is an index and an image at once.
 */
function readContent(stored) {
    const { mediaType } = stored;
    const name = `The manifest ${stored.digest}`;
    const members = readJson(stored, { name, struct: manifestMembers });
    const stated = members['mediaType'];
    if (stated !== undefined && stated !== mediaType) {
        throw unreadable(`${name} says that it is ${say(stated)}, and the registry says that it is ${say(mediaType)}.`);
    }
    const annotations = stringsOf(members['annotations']);
    const { manifests, config, layers } = {
        manifests: withoutNulls(members['manifests']),
        config: withoutNulls(members['config']),
        // BuildKit writes null for an image that has no layers, `FROM scratch` with nothing but labels.
        layers: members['layers'] === null ? [] : withoutNulls(members['layers']),
    };
    if (indexTypes.includes(mediaType)) {
        refuseMembersOf('image', { name, members });
        if (!Array.isArray(manifests) || !manifests.every(isDescriptor))
            throw unreadable(`${name} is no index: its \`manifests\` are no list of descriptors.`);
        return { kind: 'index', members, annotations, manifests };
    }
    if (!imageTypes.includes(mediaType))
        throw unreadable(`${name} is neither an index nor an image: the registry calls it ${say(mediaType)}.`);
    refuseMembersOf('index', { name, members });
    if (!isDescriptor(config) || !Array.isArray(layers) || !layers.every(isDescriptor))
        throw unreadable(`${name} is no image: its \`config\` and \`layers\` are no descriptors.`);
    return { kind: 'image', members, annotations, config, layers };
}
/** The fault of an index that gives its child another media type than the registry does, so that docker reads it as another kind. */
function misnamedChild({ manifests }, { digest, mediaType }) {
    const entries = manifests.filter(each => each.digest === digest);
    const other = entries.find(each => each.mediaType !== undefined && each.mediaType !== mediaType);
    if (other === undefined)
        return undefined;
    return unreadable(`The index says that the manifest ${digest} is ${say(other.mediaType)}, and the registry says that it is ${say(mediaType)}.`);
}
/** What a manifest says; `undefined` where `readContent` refuses it. For what is told and neither judged nor run. */
function readContentIfSound(stored) {
    try {
        return readContent(stored);
    }
    catch {
        return undefined;
    }
}
/**
 * Reads the config of an image.
 * @throws {Failure} where it is not what its digest names, or where docker could read something else from it.
 */
function readConfig(stored) {
    return readJson(stored, { name: `The config ${stored.digest}`, struct: configMembers });
}
/**
 * The media type of a manifest that the registry does not tell: its own or, as an OCI manifest may leave it out, that of the
 * kind that its members are of. https://github.com/opencontainers/image-spec/blob/main/manifest.md
 */
function mediaTypeIn(text) {
    const body = (0,parsers/* parseJson */.qF)(text);
    const { mediaType, manifests } = (0,parsers/* isRecord */.u4)(body) ? body : {};
    if (typeof mediaType === 'string')
        return mediaType;
    return `application/vnd.oci.image.${manifests === undefined ? 'manifest' : 'index'}.v1+json`;
}
/** The digest of a text, as registries write it: `sha256:…`. */
function digestOf(text) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(text).digest('hex')}`;
}
function readJson({ digest, text }, { name, struct }) {
    const actual = digestOf(text);
    if (actual !== digest)
        throw unreadable(`${name} is not what the registry answers: the digest of the answer is ${actual}.`);
    const body = (0,parsers/* parseJson */.qF)(text);
    if (!(0,parsers/* isRecord */.u4)(body))
        throw unreadable(`${name} is no JSON object.`);
    const ambiguous = findAmbiguousMember(text, struct);
    switch (ambiguous?.kind) {
        case undefined:
            return body;
        case 'repeated':
            throw unreadable(`${name} has the member \`${ambiguous.path}\` twice. ${mayDiffer}`);
        case 'variant':
            throw unreadable(`${name} has the member \`${ambiguous.path}\`, which docker reads as \`${ambiguous.readAs}\`. ${mayDiffer}`);
        case 'too deep':
            throw unreadable(`${name} is nested too deeply in \`${ambiguous.path}\`.`);
    }
}
const mayDiffer = 'Docker may run another image than the one that is judged.';
function unreadable(message) {
    return new failure/* Failure */.HR(message, {
        remedy: 'Delete this image in ECR, then build and push it anew. Common tools write no such thing: find out who pushed it (the event PutImage in CloudTrail).',
    });
}
const membersOf = { image: ['config', 'layers', 'fsLayers', 'blobs'], index: ['manifests'] };
function refuseMembersOf(kind, { name, members }) {
    const foreign = membersOf[kind].find(member => members[member] !== undefined);
    if (foreign === undefined)
        return;
    const itself = kind === 'image' ? 'an index' : 'an image';
    throw unreadable(`${name} is ${itself} and has the member \`${foreign}\` of an ${kind} too. ${mayDiffer}`);
}
/** Descriptors without the members that are null: Go reads them as absent, and some tools write those that they leave out so. */
function withoutNulls(value) {
    if (Array.isArray(value))
        return value.map(withoutNulls);
    if (!(0,parsers/* isRecord */.u4)(value))
        return value;
    const entries = Object.entries(value).filter(([, each]) => each !== null);
    return Object.fromEntries(entries.map(([name, each]) => [name, withoutNulls(each)]));
}
function isDescriptor(value) {
    if (!(0,parsers/* isRecord */.u4)(value))
        return false;
    const { digest, mediaType, size, platform, annotations } = value;
    return (typeof digest === 'string' &&
        (mediaType === undefined || typeof mediaType === 'string') &&
        // A greater number would be another one when it is written again.
        (size === undefined || Number.isSafeInteger(size)) &&
        (platform === undefined || isPlatform(platform)) &&
        (annotations === undefined || (0,parsers/* isRecord */.u4)(annotations)));
}
function isPlatform(value) {
    if (!(0,parsers/* isRecord */.u4)(value))
        return false;
    return [value['os'], value['architecture'], value['variant']].every(each => each === undefined || typeof each === 'string');
}
function stringsOf(value) {
    if (!(0,parsers/* isRecord */.u4)(value))
        return {};
    return Object.fromEntries(Object.entries(value).filter((entry) => typeof entry[1] === 'string'));
}
function say(value) {
    return `\`${String(value).slice(0, 200)}\``;
}
/**
 * The images behind a manifest: the children of an index without BuildKit's attestations, or the image itself. An attestation
 * has the platform `unknown` and an annotation. A child that has only one of the two may be an image that another tool made,
 * and is kept.
 * https://docs.docker.com/build/metadata/attestations/attestation-storage/
 * @throws {Failure} where docker could read another image from the manifest.
 */
function platformsOf(stored) {
    const content = readContent(stored);
    if (content.kind === 'image')
        return [{ platform: '', digest: stored.digest }];
    return content.manifests
        .filter(({ platform, annotations }) => platform?.os !== 'unknown' || annotations?.['vnd.docker.reference.type'] !== 'attestation-manifest')
        .map(({ platform, digest: child }) => ({
        platform: platform ? platformName(platform) : '',
        digest: child,
    }));
}
function platformName({ os, architecture, variant }) {
    return [os, architecture, variant].filter(Boolean).join('/');
}
/**
 * The platform in the config of an image; empty if it names none.
 * https://github.com/opencontainers/image-spec/blob/main/config.md
 */
function platformIn(config) {
    const { os, architecture } = config;
    return isPlatform(config) && os && architecture ? platformName(config) : '';
}


/***/ }),

/***/ 87973:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EL: () => (/* binding */ sayMutability),
/* harmony export */   KY: () => (/* binding */ mutabilityOf),
/* harmony export */   RB: () => (/* binding */ isMutableTag),
/* harmony export */   X5: () => (/* binding */ cacheTagFilter),
/* harmony export */   aE: () => (/* binding */ tagSettingOf),
/* harmony export */   z: () => (/* binding */ cacheTag)
/* harmony export */ });
/* harmony import */ var _wildcard_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(86087);

/** The prefix of the tags of caches, which are in the repository of the images or in one of their own. */
const cacheTag = 'buildcache';
/** The exclusion filter that makes the tags of caches mutable in an otherwise immutable repository. */
const cacheTagFilter = `${cacheTag}*`;
/**
 * Whether a tag can be moved to another image. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
function isMutableTag(tag, { setting, exclusions }) {
    const excluded = exclusions.some(filter => (0,_wildcard_js__WEBPACK_IMPORTED_MODULE_0__/* .matchesWildcard */ ._)(tag, filter));
    return setting.startsWith('MUTABLE') ? !excluded : excluded;
}
/** The setting and its exclusions as text. */
function sayMutability({ setting, exclusions }) {
    return exclusions.length > 0 ? `${setting} except ${exclusions.join(', ')}` : setting;
}
/** The members of a request. ECR requires filters if the setting has exclusions, and refuses them otherwise. */
function tagSettingOf({ setting, exclusions, }) {
    const filters = exclusions.map(filter => ({ filterType: 'WILDCARD', filter }));
    return {
        imageTagMutability: setting,
        ...(filters.length > 0 && { imageTagMutabilityExclusionFilters: filters }),
    };
}
/** The mutability in an answer of ECR; an answer without one means `MUTABLE`. */
function mutabilityOf(answer) {
    return {
        setting: answer.imageTagMutability ?? 'MUTABLE',
        exclusions: (answer.imageTagMutabilityExclusionFilters ?? []).flatMap(({ filter }) => filter ?? []),
    };
}


/***/ }),

/***/ 52484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mu: () => (/* binding */ atHost),
/* harmony export */   On: () => (/* binding */ nearestRepositoryName),
/* harmony export */   T: () => (/* binding */ inLowerCase),
/* harmony export */   Zn: () => (/* binding */ problemWithRepositoryName),
/* harmony export */   aR: () => (/* binding */ repositoryName),
/* harmony export */   ci: () => (/* binding */ addressOf),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   iP: () => (/* binding */ sanitizeTag),
/* harmony export */   rv: () => (/* binding */ partsOfImage),
/* harmony export */   yB: () => (/* binding */ nameOneRepository),
/* harmony export */   z9: () => (/* binding */ inRegistry)
/* harmony export */ });
/* unused harmony export problemWithRepository */
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(81390);

/** Matches `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app`, with FIPS, dual-stack and other partitions. */
const uri = /^(?:https:\/\/)?(?<host>(?<registryId>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.[a-z0-9.-]+)\/(?<name>.+)$/;
const arn = /^arn:[a-z0-9-]+:ecr:(?<region>[a-z0-9-]+):(?<registryId>\d{12}):repository\/(?<name>.+)$/;
/** The second host is dual-stack. https://docs.aws.amazon.com/AmazonECR/latest/public/public-ecr-requests.html */
const publicUri = /^(?:https:\/\/)?(?<host>public\.ecr\.aws|ecr-public\.aws\.com)\/(?<alias>[^/]+)\/(?<name>.+)$/;
const publicArn = /^arn:[a-z0-9-]+:ecr-public::(?<registryId>\d{12}):repository\/(?<name>.+)$/;
/**
 * A repository's name, URI or ARN with its letters A to Z in lower case, since ECR allows no others and a workflow cannot lower the
 * case of `${{ github.repository }}`. Letters of other scripts stay, so that they are refused.
 */
function inLowerCase(address) {
    return address.replaceAll(/[A-Z]+/g, letters => letters.toLowerCase());
}
/**
 * Parses a repository's name, URI or ARN, in lower case.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
function addressOf(given) {
    const text = inLowerCase(given);
    const inPrivate = (uri.exec(text) ?? arn.exec(text))?.groups;
    const { registryId, region, name, host } = inPrivate ?? {};
    if (name !== undefined && registryId !== undefined && region !== undefined) {
        const [plain] = (0,_hosts_js__WEBPACK_IMPORTED_MODULE_0__/* .registryHosts */ .j$)({ registryId, region });
        const isOther = host !== undefined && host !== plain;
        return { type: 'private', name, registryId, region, ...(isOther && { host }) };
    }
    const inPublic = (publicUri.exec(text) ?? publicArn.exec(text))?.groups;
    if (inPublic?.['name'] === undefined)
        return { name: text };
    const { alias, registryId: owner, host: publicHost } = inPublic;
    return {
        type: 'public',
        name: inPublic['name'],
        ...(owner !== undefined && { registryId: owner }),
        ...(alias !== undefined && { alias }),
        ...(publicHost === 'ecr-public.aws.com' && { host: publicHost }),
    };
}
/** A repository's URI with another host, where one is given. */
function atHost(repositoryUri, host) {
    return host === undefined ? repositoryUri : repositoryUri.replace(/^[^/]*/, () => host);
}
/** Whether two URIs name one repository, which has several hosts. */
function nameOneRepository(one, other) {
    if (one === other)
        return true;
    const [a, b] = [addressOf(one), addressOf(other)];
    if (a.type === undefined || a.type !== b.type || a.name !== b.name)
        return false;
    return a.type === 'public'
        ? a.alias !== undefined && a.alias === b.alias
        : a.registryId === b.registryId && a.region === b.region;
}
/** The parts of an image's reference; a part that it does not have is absent. */
function partsOfImage(text) {
    const pattern = /^(?:(?<path>.+\/[^:@]+))?(?:[:]?(?<tag>[^:@/]+))?(?:@?(?<digest>sha256:[0-9a-f]{64}))?$/;
    return { ...pattern.exec(text)?.groups };
}
/** A part of a name between slashes. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const namePart = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/;
/** What is wrong with the name of a repository by the rules of ECR, with the invalid part; `undefined` if nothing is. */
function problemWithRepositoryName(name) {
    const suffix = /(@sha256:[0-9a-f]*|:[\w.-]+)$/.exec(name)?.[0];
    if (suffix !== undefined)
        return `ends in '${suffix}', which is an image's and not the repository's`;
    if (name.length < 2 || name.length > 256)
        return `has ${name.length} characters; ECR allows 2 to 256`;
    if (!/^[a-z]/.test(name))
        return `starts with '${name.charAt(0)}'; ECR wants a lower-case letter first`;
    const part = name.split('/').find(each => !namePart.test(each));
    if (part === '')
        return `has an empty part between slashes`;
    return part === undefined
        ? undefined
        : `has ${invalidCharactersIn(part)} in the part '${part}'; ECR allows lower-case letters and digits, joined by '.', '_', '__' or dashes`;
}
function invalidCharactersIn(part) {
    const [characters = part] = /[^a-z0-9._-]/u.exec(part) ?? /^[._-]+|[._-]+$/.exec(part) ?? /[._-]*[._][._-]+|-+[._]/.exec(part) ?? [];
    const place = part.startsWith(characters)
        ? ' at its beginning'
        : part.endsWith(characters)
            ? ' at its end'
            : '';
    return `'${characters}'${place}`;
}
/** Characters of a text that is no name, from which one is guessed. A name has 256 at most, and a URI not many more. */
const MAX_GUESS_LENGTH = 1_000;
/** A valid name that is close to an invalid one; empty if there is none. */
function nearestRepositoryName(name) {
    return name
        .slice(0, MAX_GUESS_LENGTH)
        .replace(/^[^/]*\.[^/]*\//, '')
        .replace(/[:@].*$/, '')
        .toLowerCase()
        .replace(/[^a-z0-9._/-]+/g, '-')
        .split('/')
        .map(part => part.replace(/[._-]*([._-])[._-]*/g, '$1').replace(/^[._-]+|[._-]+$/g, ''))
        .filter(Boolean)
        .join('/')
        .replace(/^[^a-z]+/, '')
        .slice(0, 256);
}
/** Matches a host of a registry before the first slash. ECR would accept most of these as the beginning of a name. */
const anyHost = /^(?:https?:\/\/)?(?<host>(?:[a-z0-9-]+\.)*(?:localhost|public\.ecr\.aws|ecr-public\.aws\.com|docker\.io|ghcr\.io|gcr\.io|quay\.io|azurecr\.io|pkg\.dev|amazonaws\.(?:com(?:\.cn)?|eu)|on\.(?:aws|amazonwebservices\.(?:com\.cn|eu)))(?::\d+)?|[^/]+:\d+)\//;
/** What is wrong with an address that names the host of another registry; `undefined` if nothing is. */
function problemWithHost(text) {
    const address = addressOf(text);
    if (address.type !== undefined)
        return problemWithRegistryHost(address);
    const found = anyHost.exec(text)?.groups?.['host'];
    if (found === undefined)
        return undefined;
    if (found === 'public.ecr.aws' || found === 'ecr-public.aws.com') {
        return {
            problem: 'names no registry of ECR Public',
            remedy: 'Give its alias too, such as public.ecr.aws/octo/app.',
        };
    }
    return {
        problem: `begins with '${found}', which is no address of a registry in ECR`,
        remedy: `Give the name alone, such as '${nearestRepositoryName(text.slice(text.indexOf(found) + found.length))}', or the URI as ECR shows it, 123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app.`,
    };
}
/** What is wrong with a host that ECR does not have in this region, to which docker would otherwise send the login. */
function problemWithRegistryHost({ host, registryId, region, name }) {
    if (host === undefined || registryId === undefined || region === undefined)
        return undefined;
    const place = { registryId, region };
    if ((0,_hosts_js__WEBPACK_IMPORTED_MODULE_0__/* .registryHosts */ .j$)(place).includes(host))
        return undefined;
    const usual = [false, true].flatMap(dualStack => (0,_hosts_js__WEBPACK_IMPORTED_MODULE_0__/* .registryHost */ .U$)(place, { dualStack, fips: false }) ?? []);
    return {
        problem: `names '${host}', which is no host of a registry in ${region}`,
        remedy: `Give the name alone, '${name}', or the URI with ${usual.join(' or ')}.`,
    };
}
/** What is wrong with the input `repository`; `undefined` if nothing is. */
function problemWithRepository(given) {
    const text = inLowerCase(given);
    if (text === '')
        return { problem: 'is empty', remedy: "Name the ECR repository, such as 'team/app'." };
    const hostProblem = problemWithHost(text);
    if (hostProblem !== undefined)
        return hostProblem;
    const { name } = addressOf(text);
    const problem = problemWithRepositoryName(name);
    const near = nearestRepositoryName(name);
    const guess = near && near !== name ? ` Did you mean '${near}'?` : '';
    return problem === undefined
        ? undefined
        : { problem, remedy: `Give its name, URI or ARN, such as 'team/app'.${guess}` };
}
/** Whether a text is a valid tag. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
function isTag(text) {
    return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(text);
}
/**
 * Replaces characters that a tag cannot have by a dash.
 * https://github.com/docker/metadata-action#image-name-and-tag-sanitization
 */
function sanitizeTag(name) {
    return name.replaceAll(/[^a-zA-Z0-9._-]+/g, '-');
}
/** The validator of the input `repository`. */
const repositoryName = problemWithRepository;
/** The member `registryId` of a request; without it ECR uses the registry of the acting role's account. */
function inRegistry({ registryId }) {
    return registryId === undefined ? {} : { registryId };
}


/***/ }),

/***/ 86087:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ matchesWildcard)
/* harmony export */ });
/** Whether a filter of ECR matches a whole text. Each `*` in the filter matches any number of characters. */
function matchesWildcard(text, filter) {
    const [first = '', ...rest] = filter.split('*');
    const last = rest.pop();
    if (last === undefined)
        return text === first;
    if (!text.startsWith(first))
        return false;
    let at = first.length;
    for (const part of rest) {
        const found = text.indexOf(part, at);
        if (found < 0)
            return false;
        at = found + part.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
}


/***/ }),

/***/ 85115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ compareWithBaseline),
/* harmony export */   b: () => (/* binding */ sayComparison)
/* harmony export */ });
/* harmony import */ var _scan_report_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41088);

/** Compares by vulnerability, package and platform; another version of a package does not make a finding new. */
function compareWithBaseline(image, baseline) {
    if (baseline.kind === 'missing')
        return { baseline, added: [...image.findings], gone: [], stayed: [] };
    const samePlatform = haveSamePlatform(image.platforms, baseline.platforms);
    const [imageKeys, baselineKeys] = [
        findingKeys(image.findings, samePlatform),
        findingKeys(baseline.findings, samePlatform),
    ];
    return {
        baseline,
        added: image.findings.flatMap(each => onMatchingPlatforms(each, key => !baselineKeys.has(key), samePlatform)),
        gone: baseline.findings.flatMap(each => onMatchingPlatforms(each, key => !imageKeys.has(key), samePlatform)),
        stayed: image.findings.flatMap(each => onMatchingPlatforms(each, key => baselineKeys.has(key), samePlatform)),
    };
}
/** Whether both are images of one and the same platform. An image that does not state its platform matches any. */
function haveSamePlatform(here, there) {
    if (here.length > 1 || there.length > 1)
        return false;
    const [first = _scan_report_js__WEBPACK_IMPORTED_MODULE_0__/* .unnamedPlatform */ .k, second = _scan_report_js__WEBPACK_IMPORTED_MODULE_0__/* .unnamedPlatform */ .k] = [...here, ...there];
    return [first, second].includes(_scan_report_js__WEBPACK_IMPORTED_MODULE_0__/* .unnamedPlatform */ .k) || first === second;
}
function findingKeys(findings, samePlatform) {
    return new Set(findings.flatMap(each => platformsOf(each).map(platform => findingKey(each, samePlatform ? '' : platform))));
}
/** The finding with only the platforms whose key fits; empty where none does. */
function onMatchingPlatforms(finding, fits, samePlatform) {
    const platforms = platformsOf(finding).filter(platform => fits(findingKey(finding, samePlatform ? '' : platform)));
    return platforms.length > 0 ? [{ ...finding, platforms: platforms.filter(Boolean) }] : [];
}
function platformsOf({ platforms }) {
    return platforms.length > 0 ? platforms : [''];
}
function findingKey({ id, package: name }, platform) {
    return JSON.stringify([id, name, platform]);
}
/** "2 new, 1 gone, 4 stayed since latest" */
function sayComparison({ baseline, added, gone, stayed }) {
    return `${added.length} new, ${gone.length} gone, ${stayed.length} stayed since ${baseline.name}`;
}


/***/ }),

/***/ 69903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AW: () => (/* binding */ whyItself),
/* harmony export */   ER: () => (/* binding */ refuseOwnBaseline),
/* harmony export */   HP: () => (/* binding */ planBaseline),
/* harmony export */   NZ: () => (/* binding */ baselineFromScan),
/* harmony export */   Ri: () => (/* binding */ baselineName)
/* harmony export */ });
/* harmony import */ var _commit_commit_tag_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35334);
/* harmony import */ var _ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52484);


/** Checks the input `baseline`: a tag, a digest, or `base`. */
const baselineName = text => {
    if (isDigest(text) || (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isTag */ .dz)(text))
        return undefined;
    return {
        problem: 'is no image of the repository',
        remedy: 'Give a tag such as latest, a digest (sha256:…), or base for the commit that a pull request goes on.',
    };
};
/** Plans the baseline. `base` is the image, in the same variant, of the base commit of the pull request or of the merge queue. */
function planBaseline(name, { baseSha }, affixes) {
    if (name === undefined)
        return { kind: 'none' };
    if (isDigest(name))
        return { kind: 'image', name, id: { imageDigest: name } };
    if (name !== 'base')
        return { kind: 'image', name, id: { imageTag: name } };
    return baseSha === undefined
        ? {
            kind: 'missing',
            name,
            reason: 'This job is for no pull request, so there is no commit that it goes on.',
        }
        : {
            kind: 'image',
            name: `base, ${baseSha.slice(0, 12)}`,
            id: { imageTag: (0,_commit_commit_tag_js__WEBPACK_IMPORTED_MODULE_1__/* .commitTagOf */ .V)(baseSha, affixes) },
            isBase: true,
        };
}
/**
 * Rejects a baseline that is the judged image itself, which would always pass. A baseline of another name with the same digest
 * is found later, by `whyItself`.
 */
function refuseOwnBaseline(reader, { baseline, scope }, { release, image, commitTag }) {
    if (baseline === undefined || baseline === 'base' || scope === 'all')
        return;
    if (!isDigest(baseline) && release === 'with-push') {
        reader.reject('baseline', baseline, {
            problem: 'may be put on this very image before it is judged, by `release: with-push`',
            remedy: 'Take `release: with-push` away, or give a digest or base.',
        });
    }
    // A built image has its commit's tag before it is judged.
    const judgedNames = image === undefined ? [commitTag] : Object.values(image.name);
    if (judgedNames.includes(baseline)) {
        reader.reject('baseline', baseline, {
            problem: 'is the image that is judged',
            remedy: 'Give another one, or leave `gate: new` out.',
        });
    }
}
/** The baseline with the findings of its scan. Without a scan it counts as missing. */
function baselineFromScan(report, { name, digest }) {
    if (report.kind === 'scanned') {
        return { kind: 'scanned', name, digest, platforms: report.platforms, findings: report.findings };
    }
    const reason = report.kind === 'unscannable' ? report.reason : 'Its scan was not awaited.';
    return { kind: 'missing', name, reason: `It has no scan to compare with. ${reason}` };
}
/** Why the baseline cannot be compared with, where it is the judged image itself; `undefined` where it is another image. */
function whyItself(baseline, { scope, found, digest }) {
    if (scope !== 'new' || baseline.isBase || found !== digest)
        return undefined;
    return 'It is the very image that is judged, which has nothing new beside itself. Name another one, or leave `gate: new` out.';
}
function isDigest(text) {
    return /^sha256:[0-9a-f]{64}$/.test(text);
}


/***/ }),

/***/ 79095:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ findImage)
/* harmony export */ });
/* harmony import */ var _image_archived_image_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23570);
/* harmony import */ var _image_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62885);
/* harmony import */ var _image_read_images_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71043);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93068);




/**
 * Finds an image that was pushed earlier, and what its release tags name now, in one call.
 * @throws {Failure} where there is no such image, it is archived, or it is in another repository.
 */
function findImage({ job, plan }, { ecr }, repository) {
    const { tags, image: { name, address } = {} } = plan;
    const askedName = Object.values(name ?? {}).join('');
    return job.step('Find the image', async (log) => {
        if (address !== undefined && !(0,_image_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .isAddressOf */ .G)(address, repository)) {
            throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR(`${address} is another repository than ${repository.uri}, which this run speaks to.`, {
                remedy: 'Correct `image`, or `repository` and the account of `role-to-assume`. Nothing has been judged.',
            });
        }
        const repositoryId = { repositoryName: repository.name, registryId: repository.registryId };
        const releaseIds = (0,_image_read_images_js__WEBPACK_IMPORTED_MODULE_2__/* .byTag */ .O)(tags.releases.filter(tag => tag !== askedName));
        const images = await (0,_image_read_images_js__WEBPACK_IMPORTED_MODULE_2__/* .readImages */ .H)(ecr, repositoryId, [...(name ? [name] : []), ...releaseIds]);
        const found = images.find(each => each.tag === askedName || each.digest === askedName);
        if (found === undefined) {
            const hidden = await (0,_image_archived_image_js__WEBPACK_IMPORTED_MODULE_0__/* .findHidden */ .C$)({ ecr }, repositoryId, name ?? {});
            if ((0,_image_archived_image_js__WEBPACK_IMPORTED_MODULE_0__/* .isArchived */ .F$)(hidden)) {
                const named = `${repository.uri}${name && 'imageDigest' in name ? '@' : ':'}${askedName}`;
                throw (0,_image_archived_image_js__WEBPACK_IMPORTED_MODULE_0__/* .archivedFailure */ .nk)(named, { repositoryName: repository.name, image: hidden });
            }
            throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR(`${repository.uri} has no image ${askedName}.`, {
                remedy: `Correct \`image\`, or push it first; a lifecycle policy may have deleted it.${(0,_image_archived_image_js__WEBPACK_IMPORTED_MODULE_0__/* .orArchived */ .k_)(hidden)}`,
            });
        }
        const { digest, text, mediaType } = found;
        const ref = `${repository.uri}@${digest}`;
        log.result(`Found ${ref}`);
        const releases = images.flatMap(({ tag = '', digest: holder }) => tags.releases.includes(tag) ? [[tag, holder]] : []);
        return {
            image: {
                kind: 'found',
                ref,
                digest,
                ...(name && 'imageTag' in name && { tag: name.imageTag }),
                manifest: { text, mediaType },
            },
            existing: { releases: Object.fromEntries(releases) },
        };
    });
}


/***/ }),

/***/ 34236:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  x: () => (/* binding */ judgeImage)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
// EXTERNAL MODULE: ./build/scan/severity.js
var scan_severity = __webpack_require__(81677);
// EXTERNAL MODULE: ./build/gate/baseline-diff.js
var baseline_diff = __webpack_require__(85115);
;// CONCATENATED MODULE: ./build/gate/ignore-entry.js
/** The entry that exempts a finding on one platform at this time. */
function findMatch(entries, { finding, platform, now }) {
    return entries.find(entry => matches(entry, finding) &&
        (entry.platform ?? platform) === platform &&
        !hasExpired(entry, now) &&
        (!entry.untilFixed || finding.unfixed === true));
}
/** Why an entry has no effect, or has none anymore; `undefined` where it has one. */
function whyIneffective(entry, findings, now) {
    if (hasExpired(entry, now))
        return `ended on ${entry.until} and no longer counts.`;
    const matching = findings.filter(finding => matches(entry, finding) && (entry.platform === undefined || finding.platforms.includes(entry.platform)));
    if (matching.length === 0) {
        const lacksPlatform = findings.some(each => matches(entry, each) && each.platforms.length === 0);
        return lacksPlatform
            ? 'is for one platform, and nothing says which one this image is for: it does not count.'
            : 'matches no finding: it can go.';
    }
    if (!entry.untilFixed)
        return undefined;
    const withFix = matching.find(({ fixed }) => fixed !== undefined);
    if (withFix)
        return `was until a fix, and ${withFix.package} ${withFix.fixed} is one: it no longer counts.`;
    return matching.some(({ unfixed }) => !unfixed)
        ? 'is until a fix, and this scan does not tell of fixes: it does not count; give it `until`, a date.'
        : undefined;
}
/** "The exception for CVE-1 in libssl3 (file:3)". */
function sayEntry({ id, package: name, platform, source }) {
    const where = [...(name ? [`in ${name}`] : []), ...(platform ? [`on ${platform}`] : [])];
    return [`The exception for ${id}`, ...where, `(${source})`].join(' ');
}
function matches(entry, finding) {
    return (entry.id.toLowerCase() === finding.id.toLowerCase() &&
        (entry.package === undefined || entry.package === finding.package));
}
function hasExpired({ until }, now) {
    return until !== undefined && now.toISOString().slice(0, 10) > until;
}

// EXTERNAL MODULE: ./build/gate/vex.js
var vex = __webpack_require__(58729);
;// CONCATENATED MODULE: ./build/gate/exceptions.js


/** Separates exempted findings, platform by platform: after an exception for one platform a finding counts on the others. */
function applyExceptions(findings, rules, circumstances) {
    const index = indexOf(rules.exceptions);
    const results = findings.map(finding => applyToFinding(finding, { ...rules, index }, circumstances));
    return {
        counted: results.flatMap(({ counted }) => counted),
        ignored: results.flatMap(({ ignored }) => ignored),
        notes: [
            ...notesOnIneffective(rules.exceptions.ignore, findings, circumstances.now),
            ...noteOnUnknownFixes(findings, rules),
            ...noteOnBase(rules.exceptions),
        ],
    };
}
function indexOf({ ignore, vex }) {
    const statements = new Map();
    for (const statement of vex) {
        for (const name of new Set(statement.vulnerability)) {
            const others = statements.get(name);
            if (others === undefined)
                statements.set(name, [statement]);
            else
                others.push(statement);
        }
    }
    return { ignore: Map.groupBy(ignore, ({ id }) => id.toLowerCase()), vex: statements };
}
function applyToFinding(finding, rules, context) {
    // A finding without a platform belongs to an image that is not an index.
    const platforms = finding.platforms.length > 0 ? finding.platforms : [''];
    const byPlatform = platforms.map(platform => ({
        platform,
        exemption: exemptionOf(finding, platform, { ...rules, ...context }),
    }));
    const withPlatforms = (some) => ({
        ...finding,
        platforms: some.map(({ platform }) => platform).filter(Boolean),
    });
    const counting = byPlatform.filter(({ exemption }) => exemption === undefined);
    const groups = Map.groupBy(byPlatform.filter(({ exemption }) => exemption !== undefined), ({ exemption }) => JSON.stringify(exemption));
    return {
        counted: counting.length > 0 ? [withPlatforms(counting)] : [],
        ignored: [...groups.values()].flatMap(group => {
            const [{ exemption } = {}] = group;
            return exemption ? [{ finding: withPlatforms(group), ...exemption }] : [];
        }),
    };
}
function exemptionOf(finding, platform, { index, ignoreUnfixed, failOnExploitable, image, now }) {
    const id = finding.id.toLowerCase();
    const entry = findMatch(index.ignore.get(id) ?? [], { finding, platform, now });
    if (entry !== undefined) {
        return { by: 'ignore-file', reason: entry.reason, source: entry.source, until: entry.until ?? 'fixed' };
    }
    const statement = (0,vex/* latestStatement */.D)(index.vex.get(id) ?? [], { finding, platform, image });
    if (statement?.status === 'not_affected' || statement?.status === 'fixed') {
        return { by: 'vex', reason: statement.reason, source: statement.source };
    }
    // `fail-on-exploitable` blocks findings with a known exploit even if there is no fix.
    const staysCounted = failOnExploitable && finding.exploitable === true;
    return ignoreUnfixed && finding.unfixed && !staysCounted
        ? { by: 'ignore-unfixed', reason: 'No version mends it yet' }
        : undefined;
}
/** How many exceptions without an effect are named. */
const MOST_NOTES = 50;
function notesOnIneffective(entries, findings, now) {
    const findingsById = Map.groupBy(findings, ({ id }) => id.toLowerCase());
    const notes = entries.flatMap(entry => {
        const end = whyIneffective(entry, findingsById.get(entry.id.toLowerCase()) ?? [], now);
        return end === undefined ? [] : [`${sayEntry(entry)} ${end}`];
    });
    const untold = notes.length - MOST_NOTES;
    if (untold <= 0)
        return notes;
    return [
        ...notes.slice(0, MOST_NOTES),
        `${untold.toLocaleString('en')} more exceptions have ended or match no finding.`,
    ];
}
function noteOnBase({ base }) {
    if (base === undefined)
        return [];
    const { sha, missing, faults } = base;
    return [
        ...(missing.length === 0
            ? []
            : [`No exceptions of ${missing.join(', ')}: commit \`${sha}\` has no such file.`]),
        ...faults.map(fault => `In commit \`${sha}\` ${fault}, so it excuses nothing.`),
    ];
}
/** Names what the exceptions are those of; `undefined` where there are none. `checkedOut` is a full SHA. */
function sayOrigin({ ignore, vex, base }, checkedOut) {
    if (base !== undefined)
        return `commit \`${base.sha}\` (\`exceptions-from: base\`)`;
    return ignore.length + vex.length === 0 ? undefined : `the checkout, commit \`${checkedOut}\``;
}
const unknownFixesNote = 'This scan does not tell which findings have a fix, as only enhanced scanning does: `ignore-unfixed` has no effect on it.';
/** Findings that may or may not have a fix are not ignored, because the gate fails closed. The note says so. */
function noteOnUnknownFixes(findings, rules) {
    const isBasic = findings.length > 0 &&
        findings.every(({ exploitable, fixed, unfixed }) => exploitable === undefined && !fixed && !unfixed);
    return isBasic && rules.ignoreUnfixed ? [unknownFixesNote] : [];
}

// EXTERNAL MODULE: ./build/scan/findings.js
var scan_findings = __webpack_require__(76348);
// EXTERNAL MODULE: ./build/scan/stale-scan.js
var stale_scan = __webpack_require__(42571);
// EXTERNAL MODULE: ./build/gate/limits.js
var gate_limits = __webpack_require__(88392);
// EXTERNAL MODULE: ./build/scan/inputs.js
var inputs = __webpack_require__(14199);
;// CONCATENATED MODULE: ./build/gate/missing-scan.js

/** The verdict on an image without a scan. Such an image never counts as passed. */
function judgeUnscanned(report, lenience) {
    const consequence = (0,inputs/* consequenceOf */.pd)(report, lenience);
    if (consequence !== 'fail') {
        return {
            kind: 'unscanned',
            level: consequence === 'warn' ? 'warning' : 'info',
            sentence: `Not judged: ${report.reason}`,
        };
    }
    return {
        kind: 'blocked',
        sentence: `Blocked: the image has no scan to judge. ${report.reason}`,
        remedy: report.remedy,
    };
}
/** The gap that `fail-on-exploitable` leaves where the scan has no exploit data for `count` findings. */
function missingExploitData(count) {
    return {
        reason: `The scan does not tell of ${count === 1 ? '1 finding' : `${count} findings`} whether an exploit is known, as only enhanced scanning does.`,
        remedy: 'Turn enhanced scanning on for the registry, or leave `fail-on-exploitable` out. If such findings may pass: `on-unscannable: warn`.',
    };
}
/** The verdict on an image of which a part has no scan. A gap turns a passed verdict into `blocked` or `unscanned`. */
function judgeMissingScans(verdict, gaps, lenience) {
    if (verdict.kind !== 'passed' || gaps.length === 0)
        return verdict;
    const failing = gaps.find(gap => (0,inputs/* consequenceOf */.pd)(gap, lenience) === 'fail');
    if (failing) {
        return {
            kind: 'blocked',
            sentence: `Blocked: not judged as a whole. ${failing.reason} The rest: ${verdict.sentence}`,
            remedy: failing.remedy,
        };
    }
    const warns = gaps.some(gap => (0,inputs/* consequenceOf */.pd)(gap, lenience) === 'warn');
    return {
        kind: 'unscanned',
        level: warns ? 'warning' : 'info',
        sentence: `Not judged as a whole: ${gaps.map(({ reason }) => reason).join(' ')} The rest: ${verdict.sentence}`,
    };
}

// EXTERNAL MODULE: ./build/gate/upgrades.js
var upgrades = __webpack_require__(55517);
;// CONCATENATED MODULE: ./build/gate/judge.js








/** Judges the report of a scan by the rules, the exceptions and the baseline. */
function judge(report, gate, context) {
    if (report.kind === 'scanned') {
        const { unknownExploits, ...judgement } = judgeFindings(report, gate, context);
        const gaps = [
            ...(report.gaps ?? []),
            ...(unknownExploits > 0 ? [missingExploitData(unknownExploits)] : []),
        ];
        return { ...judgement, verdict: judgeMissingScans(judgement.verdict, gaps, (0,gate_limits/* effectiveLenience */.Lm)(gate)) };
    }
    const noFindings = {
        counted: (0,scan_severity/* noCounts */.Yi)(),
        blocking: [],
        blockingCount: 0,
        ignored: [],
        standing: [],
        notes: [],
    };
    return {
        ...noFindings,
        verdict: report.kind === 'unawaited' ? notAwaited : judgeUnscanned(report, (0,gate_limits/* effectiveLenience */.Lm)(gate)),
    };
}
const notAwaited = {
    kind: 'unscanned',
    level: 'notice',
    sentence: 'Not judged: `wait-for-scan` is off.',
};
function judgeFindings(report, gate, { baseline, ...context }) {
    const comparison = baseline && (0,baseline_diff/* compareWithBaseline */.$)(report, baseline);
    const findingsInScope = gate.scope === 'new' && comparison ? comparison.added : report.findings;
    const applied = applyExceptions(report.findings, gate, context);
    const { counted: standing, ignored: judgedIgnored } = applyExceptions(findingsInScope, gate, context);
    // A finding that ECR counted but did not list always counts: no exception or baseline can be matched with it.
    const counted = countAll(standing, report.unlisted);
    const limits = (0,gate_limits/* limitsOf */.Af)(gate);
    const overLimit = scan_severity/* severities */.gO.filter(each => counted[each] > (limits[each] ?? Number.POSITIVE_INFINITY));
    const exploitable = standing.filter(each => gate.failOnExploitable && each.exploitable === true && !overLimit.includes(each.severity));
    const blocking = standing.filter(each => overLimit.includes(each.severity) || exploitable.includes(each));
    const exploitableCount = (0,scan_severity/* total */.X5)((0,scan_findings/* countFindings */.Gt)(exploitable));
    const blockingCount = overLimit.reduce((sum, each) => sum + counted[each], exploitableCount);
    const { ignored } = applied;
    const notes = [...applied.notes, ...scanNotes(report, baseline)];
    // A finding without exploit data may have an exploit, so findings that `ignore-unfixed` left out are included here.
    const ignoredUnfixed = judgedIgnored.flatMap(({ by, finding }) => by === 'ignore-unfixed' ? [finding] : []);
    const hasNoExploitData = (each) => each.exploitable === undefined;
    const unknownExploits = gate.failOnExploitable
        ? (0,scan_severity/* total */.X5)(countAll([...standing, ...ignoredUnfixed].filter(hasNoExploitData), report.unlisted))
        : 0;
    const details = {
        counted,
        blocking,
        blockingCount,
        ignored,
        standing: applied.counted,
        notes,
        unknownExploits,
        ...(comparison && { comparison }),
    };
    const ignoredText = ignored.length > 0 ? `, ${ignored.length} ignored` : '';
    const rulesText = `(${(0,gate_limits/* sayRules */.Z7)(gate)})${(0,stale_scan/* sayOldest */.z6)(report.old)}`;
    if (blockingCount === 0) {
        return {
            ...details,
            verdict: { kind: 'passed', sentence: `Passed: ${(0,scan_severity/* sayCounts */.A7)(counted)}${ignoredText} ${rulesText}.` },
        };
    }
    const overLimitCounts = {
        ...(0,scan_severity/* noCounts */.Yi)(),
        ...Object.fromEntries(overLimit.map(each => [each, counted[each]])),
    };
    const blockingText = [
        ...(overLimit.length > 0 ? [(0,scan_severity/* sayCounts */.A7)(overLimitCounts)] : []),
        ...(exploitable.length > 0 ? [`${exploitableCount} with a known exploit`] : []),
    ].join(', ');
    return {
        ...details,
        verdict: {
            kind: 'blocked',
            sentence: `Blocked: ${blockingText}${ignoredText} ${rulesText}.`,
            // A vulnerability in several packages counts as one finding but needs one upgrade for each package.
            remedy: (0,upgrades/* sayRemedies */.ms)(blocking, overLimit.reduce((sum, each) => sum + report.unlisted[each], blocking.length)),
        },
    };
}
function countAll(findings, unlisted) {
    const listed = (0,scan_findings/* countFindings */.Gt)(findings);
    return {
        ...(0,scan_severity/* noCounts */.Yi)(),
        ...Object.fromEntries(scan_severity/* severities */.gO.map(each => [each, listed[each] + unlisted[each]])),
    };
}
function noteOnBaseline(baseline) {
    if (baseline?.kind !== 'missing')
        return [];
    return [`There is no baseline \`${baseline.name}\`: every finding counts as new. ${baseline.reason}`];
}
/** Warnings about the scan and the baseline that belong to the verdict. */
function scanNotes({ unlisted, old = [] }, baseline) {
    return [
        ...((0,scan_severity/* total */.X5)(unlisted) === 0 ? [] : [`ECR counted ${(0,scan_severity/* sayCounts */.A7)(unlisted)} more than it listed: they count.`]),
        ...old.map(stale_scan/* noteOnOldScan */.wV),
        ...noteOnBaseline(baseline),
    ];
}

;// CONCATENATED MODULE: ./build/gate/judge-image.js







/** Judges the report of an image by the rules of the gate. A blocked image sets the process's exit code to 1. */
async function judgeImage({ job, plan, tell }, { repository, image, manifest, report, baseline }) {
    const result = await job.step('Judge', async (log) => {
        const platforms = report.kind === 'scanned' ? (await manifest()).platforms : [];
        const tags = [...(image.tag === undefined ? [] : [image.tag]), ...plan.tags.releases];
        const product = { uri: repository.uri, digest: image.digest, tags, platforms };
        const origin = sayOrigin(plan.gate.exceptions, plan.commit.checkedOut);
        const judgement = {
            ...judge(report, plan.gate, {
                image: product,
                now: new Date(plan.commit.now),
                ...(baseline && { baseline }),
            }),
            ...(origin !== undefined && { exceptionsOrigin: origin }),
        };
        log.info(`Rules       ${(0,gate_limits/* sayRules */.Z7)(plan.gate)}`);
        if (origin !== undefined)
            log.info(`Exceptions  ${origin}`);
        for (const each of judgement.ignored)
            log.info(`Ignored     ${sayIgnored(each)}`);
        if (judgement.comparison)
            log.info(`Compared    ${(0,baseline_diff/* sayComparison */.b)(judgement.comparison)}`);
        // All notes are one annotation, because GitHub shows only ten of each step.
        if (judgement.notes.length > 0)
            log.warn(judgement.notes.join('\n'));
        // The annotation after this step has the reason.
        log.result(judgement.verdict.kind === 'blocked' ? 'Blocked' : judgement.verdict.sentence);
        return judgement;
    });
    (0,actions/* setOutputs */.n0)(judgementOutputs(result, report));
    tell({ judgement: result, report });
    if (result.verdict.kind === 'blocked')
        process.exitCode = 1;
    job.logInOrder(() => annotateVerdict(result.verdict));
    return result;
}
/** Writes the verdict as an annotation. */
function annotateVerdict(verdict) {
    switch (verdict.kind) {
        case 'passed':
            return;
        case 'unscanned':
            return actions/* annotate */.fz[verdict.level](verdict.sentence);
        case 'blocked':
            return actions/* annotate */.fz.error(`${verdict.sentence}\n${verdict.remedy}`, {
                title: 'The gate blocked this image',
            });
    }
}
/** The outputs of the verdict, with the numbers of findings where there was a scan. */
function judgementOutputs({ verdict, comparison, blockingCount, ignored }, report) {
    const outputs = [
        ['scan-verdict', verdict.kind],
        ['scan-sentence', verdict.sentence],
    ];
    if (report.kind === 'unawaited')
        return outputs;
    if (report.status !== '')
        outputs.push(['scan-status', report.status]);
    if (report.kind !== 'scanned')
        return outputs;
    for (const severity of scan_severity/* severities */.gO)
        outputs.push([severity, report.counts[severity]]);
    outputs.push(['total', (0,scan_severity/* total */.X5)(report.counts)], ['blocking', blockingCount], ['ignored', ignored.length]);
    if (comparison)
        outputs.push(['new', comparison.added.length], ['gone', comparison.gone.length]);
    return outputs;
}
function sayIgnored({ finding, reason, source, until }) {
    const where = [...(source ? [(0,external_node_path_.basename)(source)] : []), ...(until ? [`until ${until}`] : [])].join(', ');
    return `${finding.id} in ${finding.package} ${finding.installed}: ${reason}${where && ` (${where})`}`;
}


/***/ }),

/***/ 88392:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Af: () => (/* binding */ limitsOf),
/* harmony export */   Lm: () => (/* binding */ effectiveLenience),
/* harmony export */   Wi: () => (/* binding */ sayLimits),
/* harmony export */   Wu: () => (/* binding */ scopes),
/* harmony export */   Z7: () => (/* binding */ sayRules)
/* harmony export */ });
/* unused harmony export canBlock */
/* harmony import */ var _scan_severity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(81677);

/** The values of `gate`: judge all findings, or only those that the baseline does not have. */
const scopes = ['all', 'new'];
/** The limits of the rules: 0 for the severity of `fail-on` and above, unless a `max-…` sets another limit. */
function limitsOf({ failOn, max }) {
    return { ...Object.fromEntries((0,_scan_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .severitiesFailing */ .c8)(failOn).map(severity => [severity, 0])), ...max };
}
/** Whether these rules can block any image. */
function canBlock(rules) {
    return rules.failOnExploitable || Object.keys(limitsOf(rules)).length > 0;
}
/** The consequences of a missing scan. Where the rules can block nothing, a missing scan warns instead of failing. */
function effectiveLenience({ onTimeout, onUnscannable, ...rules }) {
    const effective = (chosen) => chosen === 'fail' && !canBlock(rules) ? 'warn' : chosen;
    return { onTimeout: effective(onTimeout), onUnscannable: effective(onUnscannable) };
}
/** The limits as text, such as "at most 0 critical, 5 high". */
function sayLimits(limits) {
    const parts = _scan_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .severities */ .gO.flatMap(each => (limits[each] === undefined ? [] : [`${limits[each]} ${each}`]));
    return parts.length > 0 ? `at most ${parts.join(', ')}` : 'everything';
}
/** The rules as the verdict shows them, such as "threshold: high, at most 5 medium". */
function sayRules(rules) {
    const { failOn, max, failOnExploitable, ignoreUnfixed, scope } = rules;
    const maxTexts = _scan_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .severities */ .gO.flatMap(each => max[each] === undefined ? [] : [`at most ${max[each]} ${each}`]);
    return [
        ...(failOn === 'none' ? [] : [`threshold: ${failOn}`]),
        ...maxTexts,
        ...(failOnExploitable ? ['nothing with a known exploit'] : []),
        ...(canBlock(rules) ? [] : ['nothing blocks']),
        ...(ignoreUnfixed ? ['unfixed ones left out'] : []),
        ...(scope === 'new' ? ['new ones only'] : []),
    ].join(', ');
}


/***/ }),

/***/ 51254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ readBaseline)
/* harmony export */ });
/* harmony import */ var _ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27079);
/* harmony import */ var _image_archived_image_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23570);
/* harmony import */ var _image_read_images_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71043);
/* harmony import */ var _baseline_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(69903);




/** Reads the baseline's current findings. With an older scan, vulnerabilities that became known since would look new. */
async function readBaseline({ job, plan }, aws, { repository, image, scan }) {
    const { baseline } = plan.gate;
    if (baseline.kind === 'none')
        return undefined;
    const { name } = baseline;
    const found = await findBaseline(job, aws, { gate: plan.gate, repository });
    if ('reason' in found)
        return { kind: 'missing', name, reason: found.reason };
    const reasonItself = baseline.kind === 'image'
        ? (0,_baseline_js__WEBPACK_IMPORTED_MODULE_3__/* .whyItself */ .AW)(baseline, { ...plan.gate, found: found.digest, digest: image.digest })
        : undefined;
    if (reasonItself !== undefined)
        return { kind: 'missing', name, reason: reasonItself };
    const report = await scan({
        title: 'Wait for the scan of the baseline',
        image: { kind: 'reused' },
        manifest: () => Promise.resolve(found.manifest),
    });
    return (0,_baseline_js__WEBPACK_IMPORTED_MODULE_3__/* .baselineFromScan */ .NZ)(report, { name, digest: found.digest });
}
function findBaseline(job, { ecr }, { gate, repository }) {
    return job.step('Find the baseline', async (log) => {
        const { baseline } = gate;
        if (baseline.kind !== 'image') {
            log.result('There is none: everything counts as new');
            return { reason: baseline.kind === 'missing' ? baseline.reason : 'None is asked for.' };
        }
        const repositoryId = { repositoryName: repository.name, registryId: repository.registryId };
        const [found] = await (0,_image_read_images_js__WEBPACK_IMPORTED_MODULE_2__/* .readImages */ .H)(ecr, repositoryId, [baseline.id]);
        if (found === undefined) {
            const hidden = await (0,_image_archived_image_js__WEBPACK_IMPORTED_MODULE_1__/* .findHidden */ .C$)({ ecr }, repositoryId, baseline.id);
            if ((0,_image_archived_image_js__WEBPACK_IMPORTED_MODULE_1__/* .isArchived */ .F$)(hidden)) {
                log.result(`${baseline.name} is archived (${hidden.digest}): everything counts as new`);
                return { reason: `It is archived. ${(0,_image_archived_image_js__WEBPACK_IMPORTED_MODULE_1__/* .sayRestore */ .yn)(repository.name, hidden)}` };
            }
            log.result(`There is no image ${baseline.name}: everything counts as new`);
            return { reason: `The repository has no such image.${(0,_image_archived_image_js__WEBPACK_IMPORTED_MODULE_1__/* .orArchived */ .k_)(hidden)}` };
        }
        const { digest, text, mediaType } = found;
        log.result(`${baseline.name} is ${digest}`);
        return { digest, manifest: { text, mediaType, platforms: (0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .platformsOf */ .Wt)(found) } };
    });
}


/***/ }),

/***/ 55517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T8: () => (/* binding */ sayWithoutFix),
/* harmony export */   X0: () => (/* binding */ upgradesFor),
/* harmony export */   ms: () => (/* binding */ sayRemedies)
/* harmony export */ });
/* unused harmony export sayUpgrade */
/** The upgrades that fix the blocking findings; those that fix the most come first. */
function upgradesFor(blocking) {
    const packages = Map.groupBy(blocking.filter(({ fixed }) => fixed !== undefined), each => each.package);
    return [...packages]
        .map(([name, findings]) => ({ package: name, to: newestOf(findings), fixes: findings.length }))
        .toSorted((a, b) => b.fixes - a.fixes || a.package.localeCompare(b.package, 'en'));
}
function newestOf(findings) {
    return (findings
        .map(({ fixed = '' }) => fixed)
        .toSorted(byVersion)
        .at(-1) ?? '');
}
/** The prerelease part of a version: `-rc1` in `2.0.0-rc1`, `b2` in `1.0b2`, and in Debian what follows a tilde. */
const prereleasePart = /(~|[-._]?(alpha|beta|rc|pre|preview|snapshot|dev)[-._]?\d*|(?<=\d)[ab]\d+)\b.*$/i;
/** Sorts versions of any ecosystem from old to new. Numbers in them are compared as numbers. */
function byVersion(a, b) {
    const order = (one, other) => one.localeCompare(other, 'en', { numeric: true });
    const prereleaseFirst = (version) => (prereleasePart.test(version) ? 0 : 1);
    return (order(a.replace(prereleasePart, ''), b.replace(prereleasePart, '')) ||
        prereleaseFirst(a) - prereleaseFirst(b) ||
        order(a, b));
}
/** The remedy text: the first three blocking findings, the upgrades that fix several, and what to do about the others. */
function sayRemedies(blocking, count) {
    const upgrades = upgradesFor(blocking);
    const fixedCount = upgrades.reduce((sum, { fixes }) => sum + fixes, 0);
    // The text names up to three findings with their upgrades, so only upgrades that fix several add anything.
    const shownUpgrades = count > 3 ? upgrades : upgrades.filter(({ fixes }) => fixes > 1);
    return [
        `${sayBlocking(blocking, count)}.`,
        ...shownUpgrades.slice(0, 3).map(each => `${sayUpgrade(each, count)}.`),
        ...(upgrades.length > 3 ? [`So do ${upgrades.length - 3} other upgrades, which the summary lists.`] : []),
        ...(fixedCount < count ? [sayWithoutFix(count - fixedCount, count)] : []),
    ].join(' ');
}
/** "Upgrading libssl3 to 3.0.15-1 mends 4 of 5" */
function sayUpgrade({ package: name, to, fixes }, count) {
    return `Upgrading ${name} to ${to} mends ${fixes} of ${count}`;
}
/** What to do about findings that no version fixes. */
function sayWithoutFix(rest, count) {
    const which = rest === count ? (count === 1 ? 'it' : 'them') : `${rest} of ${count}`;
    return `The scan knows no version that mends ${which}: rebuild on a newer base image, or let pass what you have looked at, with a reason and an end, in .ecr-scan-ignore.yml.`;
}
function sayBlocking(blocking, count) {
    const firstThree = blocking
        .slice(0, 3)
        .map(({ id, package: name, installed, fixed }) => fixed === undefined
        ? `${id} in ${name} ${installed}`
        : `${id}: upgrade ${name} ${installed} to ${fixed}`);
    const more = count - firstThree.length;
    const rest = firstThree.length > 0 ? `and ${more} more` : `${more} that ECR counted and did not list`;
    return [...firstThree, ...(more > 0 ? [rest] : [])].join('; ');
}


/***/ }),

/***/ 58729:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ latestStatement),
/* harmony export */   b: () => (/* binding */ statuses)
/* harmony export */ });
/* harmony import */ var _ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52484);

/** The statuses of OpenVEX. */
const statuses = ['not_affected', 'affected', 'fixed', 'under_investigation'];
/** The newest statement on a finding; of two with the same time, the later one in the documents. */
function latestStatement(statements, place) {
    return statements
        .filter(statement => isAbout(statement, place))
        .toSorted((a, b) => a.at - b.at)
        .at(-1);
}
function isAbout({ vulnerability, products }, place) {
    if (!vulnerability.includes(place.finding.id.toLowerCase()))
        return false;
    return products.some(product => {
        const { subcomponents } = product;
        if (isImage(product, place)) {
            return subcomponents.length === 0 || subcomponents.some(each => isPackage(each, place.finding));
        }
        // The product may be the package itself, whatever image it is in.
        return subcomponents.length === 0 && isPackage(product, place.finding);
    });
}
/** Whether a product is this image on this platform: by digest, by reference, or by name. */
function isImage({ purls, names, digests }, { image, platform }) {
    const own = new Set([
        image.digest,
        ...image.platforms.filter(each => each.platform === platform).map(each => each.digest),
    ]);
    return (digests.some(digest => own.has(digest)) ||
        names.some(name => isImageReference(name, { image, own })) ||
        purls.some(purl => isImageUrl(purl, { image, platform, own })));
}
/** Whether a name is the repository, alone or with a tag or a digest of the image. */
function isImageReference(name, { image, own }) {
    const [place = '', digest, ...more] = name.split('@');
    const colon = place.lastIndexOf(':');
    // A colon before the last slash is that of a port.
    const hasTag = colon > place.lastIndexOf('/');
    return (more.length === 0 &&
        (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .nameOneRepository */ .yB)(hasTag ? place.slice(0, colon) : place, image.uri) &&
        (!hasTag || image.tags.includes(place.slice(colon + 1))) &&
        (digest === undefined || own.has(digest)));
}
/** https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md */
function isImageUrl({ type, name, version, qualifiers }, { image, platform, own }) {
    const { repository_url: url, tag, arch } = qualifiers;
    if (type !== 'oci' && type !== 'docker')
        return false;
    if (arch !== undefined && platform.split('/')[1] !== arch)
        return false;
    // A digest identifies the image in any repository. A name has to be in the same repository.
    if (version !== undefined)
        return own.has(version);
    const repositoryUrl = url?.replace(/^https?:\/\//, '').replace(/\/$/, '');
    return (image.uri.split('/').at(-1)?.toLowerCase() === name.toLowerCase() &&
        (repositoryUrl === undefined ||
            (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .nameOneRepository */ .yB)(repositoryUrl, image.uri) ||
            (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .nameOneRepository */ .yB)(`${repositoryUrl}/${name}`, image.uri)) &&
        (tag === undefined || image.tags.includes(tag)));
}
/** Whether a component is the package of the finding. ECR does not report the package's type, so name and version decide. */
function isPackage({ purls, names }, { package: name, installed }) {
    return (names.includes(name) ||
        purls.some(purl => {
            if (purl.type === 'oci' || purl.type === 'docker')
                return false;
            const { namespace, version, qualifiers } = purl;
            const packageNames = [
                purl.name,
                ...(namespace ? [`${namespace}/${purl.name}`, `${namespace}:${purl.name}`] : []),
            ];
            const versions = [version, `${qualifiers['epoch'] ?? 0}:${version}`];
            return packageNames.includes(name) && (version === undefined || versions.includes(installed));
        }));
}


/***/ }),

/***/ 23570:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C$: () => (/* binding */ findHidden),
/* harmony export */   F$: () => (/* binding */ isArchived),
/* harmony export */   k_: () => (/* binding */ orArchived),
/* harmony export */   nk: () => (/* binding */ archivedFailure),
/* harmony export */   yn: () => (/* binding */ sayRestore)
/* harmony export */ });
/* harmony import */ var _aws_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35811);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93068);


/**
 * Finds out why `BatchGetImage` did not answer an image. It leaves out archived ones, as if they were not there; DescribeImages
 * tells of them where it is asked to.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive_restore_image.html
 */
async function findHidden({ ecr }, where, imageId) {
    try {
        const { imageDetails = [] } = await ecr.describeImages({
            ...where,
            imageIds: [imageId],
            filter: { imageStatus: 'ANY' },
        });
        const { imageDigest: digest, imageStatus } = imageDetails[0] ?? {};
        if (digest === undefined || imageStatus === undefined || imageStatus === 'ACTIVE')
            return { kind: 'absent' };
        return { kind: imageStatus === 'ACTIVATING' ? 'being restored' : 'archived', digest };
    }
    catch (error) {
        if ((0,_aws_client_js__WEBPACK_IMPORTED_MODULE_0__/* .isRefusal */ .vu)(error, 'ImageNotFoundException', 'RepositoryNotFoundException'))
            return { kind: 'absent' };
        // The permission is asked for only here, so an image that is simply not there does not need it.
        if ((0,_aws_client_js__WEBPACK_IMPORTED_MODULE_0__/* .isRefusal */ .vu)(error, 'AccessDeniedException', 'InvalidParameterException'))
            return { kind: 'unknown' };
        throw error;
    }
}
/** Whether an image that ECR does not show is in the archive. */
function isArchived(hidden) {
    return hidden.kind === 'archived' || hidden.kind === 'being restored';
}
/** What is to be done about an archived image, as a sentence. */
function sayRestore(repositoryName, { kind, digest }) {
    if (kind === 'being restored')
        return 'It is being restored, which takes up to 20 minutes.';
    return `Restore it, which takes up to 20 minutes: \`aws ecr update-image-storage-class --repository-name ${repositoryName} --image-id imageDigest=${digest} --target-storage-class STANDARD\`.`;
}
/** The failure of a run that needs an archived image. `name` is what the user calls it. */
function archivedFailure(name, { repositoryName, image, cause }) {
    return new _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(`${name} is archived (${image.digest}): ECR keeps it, but lets nobody pull, scan or tag it.`, { remedy: `${sayRestore(repositoryName, image)} Then run the job again.`, cause });
}
/** The end of a remedy for an image that is not there, where it may also be archived. */
function orArchived(hidden) {
    return hidden.kind === 'unknown'
        ? ' It may also be archived, which this role may not ask (ecr:DescribeImages).'
        : '';
}


/***/ }),

/***/ 60168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kq: () => (/* binding */ descriptionOf),
/* harmony export */   om: () => (/* binding */ historyOf),
/* harmony export */   qL: () => (/* binding */ fingerprintAnnotation),
/* harmony export */   sv: () => (/* binding */ isDescribedElsewhere)
/* harmony export */ });
/* harmony import */ var _ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27079);
/* harmony import */ var _validation_parsers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59986);


/**
 * The description of an image, read from its manifest and its config.
 * https://github.com/opencontainers/image-spec/blob/main/config.md
 * @throws {Failure} where docker could read something else from them.
 */
function descriptionOf({ manifest, config }) {
    const runtime = (0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readConfig */ .Xg)(config)['config'];
    return {
        labels: pairsOf((0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(runtime) ? runtime['Labels'] : undefined),
        derivedAnnotations: pairsOf((0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readContent */ .c_)(manifest).annotations)
            .filter(each => !each.startsWith(`${fingerprintAnnotation}=`))
            .map(each => `manifest:${each}`),
        annotations: [],
    };
}
function pairsOf(value) {
    return (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(value) ? Object.entries(value).map(([name, text]) => `${name}=${String(text)}`) : [];
}
/** Whether another run wrote the labels and annotations of the image, for another commit or other tags. */
function isDescribedElsewhere({ kind, by }) {
    return kind === 'found' || kind === 'joined' || by === 'content';
}
/**
 * The annotation with the fingerprint of the inputs of the build. It is in the manifest that `BatchGetImage` answers, so
 * reading it takes no other call.
 */
const fingerprintAnnotation = 'io.github.ecr-image.inputs';
/**
 * The layers of an image with the commands that created them. The entries of the history that created a layer are in the order
 * of the layers; the result is empty if their numbers differ. https://github.com/opencontainers/image-spec/blob/main/config.md
 * @throws {Failure} where docker could read something else from the manifest or the config.
 */
function historyOf({ manifest, config }) {
    const content = (0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readContent */ .c_)(manifest);
    const layers = content.kind === 'image' ? content.layers : [];
    const { history, rootfs } = (0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readConfig */ .Xg)(config);
    const entries = Array.isArray(history) ? history.filter(_validation_parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4) : [];
    const diffIds = (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(rootfs) ? rootfs['diff_ids'] : undefined;
    const contents = Array.isArray(diffIds) ? diffIds : [];
    const made = entries.filter(entry => entry['empty_layer'] !== true);
    if (made.length !== layers.length)
        return [];
    return made.map(({ created_by: createdBy }, index) => ({
        digests: [layers[index]?.digest, contents[index]].filter(digest => typeof digest === 'string'),
        createdBy: typeof createdBy === 'string' ? createdBy : '',
    }));
}


/***/ }),

/***/ 39963:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ isJustPushed)
/* harmony export */ });
/** Whether an image was pushed or joined just before, by this run or by another job during it. */
function isJustPushed(image) {
    return image.kind === 'built' || image.kind === 'joined' || image.isRecent === true;
}


/***/ }),

/***/ 62885:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ readImage),
/* harmony export */   G: () => (/* binding */ isAddressOf)
/* harmony export */ });
/* harmony import */ var _ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52484);

const remedy = 'Give its digest (sha256:…), its tag, or the output `image` of the step that pushed it.';
/** Reads which image is judged: a digest, a tag, or a reference that ends with one of them. */
function readImage(reader, { mode, repository, region }) {
    const text = reader.optional('image', () => undefined);
    if (mode === 'gate' && text === undefined) {
        reader.reject('image', '', { problem: 'is empty, and `mode: gate` judges an image', remedy });
    }
    if (text === undefined)
        return undefined;
    if (mode !== 'gate') {
        reader.reject('image', text, {
            problem: 'is an image that is there already, and this run builds one',
            remedy: 'Set `mode: gate` to judge it, or leave it out.',
        });
        return undefined;
    }
    const parsed = parseImage(text, { repository, region });
    if ('value' in parsed)
        return parsed.value;
    reader.reject('image', text, parsed);
    return undefined;
}
function parseImage(text, { repository, region }) {
    const { path, tag, digest } = (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .partsOfImage */ .rv)(text);
    if (path !== undefined && !isSameRepository(repository, path)) {
        return {
            problem: `is an image of another repository than '${repository.name}'`,
            remedy: 'Correct one of the two.',
        };
    }
    const inputRegion = path === undefined ? undefined : (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .addressOf */ .ci)(path).region;
    if (inputRegion !== undefined && region !== '' && inputRegion !== region) {
        return {
            problem: `is an image in ${inputRegion}, and this run looks in ${region}`,
            remedy: 'Correct one of the two: `image` or `aws-region`.',
        };
    }
    const address = path === undefined ? {} : { address: path };
    if (digest !== undefined)
        return { value: { name: { imageDigest: digest }, ...address } };
    if (tag !== undefined && (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isTag */ .dz)(tag))
        return { value: { name: { imageTag: tag }, ...address } };
    return { problem: 'names no image', remedy };
}
/** Whether an address names the repository. The name follows the host, and in ECR Public also the alias of the registry. */
function isSameRepository({ name, type, registryId, region }, path) {
    const address = (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .addressOf */ .ci)(path);
    const rest = (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .inLowerCase */ .T)(path).replace(type === 'public' ? /^[^/]*\/[^/]*\// : /^[^/]*\//, '');
    const agrees = (one, other) => one === undefined || other === undefined || one === other;
    return rest === name && agrees(address.registryId, registryId) && agrees(address.region, region);
}
/** Whether an address is one of the repository, which may have several. The account is compared if the address names one. */
function isAddressOf(address, { uri, registryId }) {
    const account = (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .addressOf */ .ci)(address).registryId;
    return account === undefined ? (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .inLowerCase */ .T)(address) === uri : account === registryId;
}


/***/ }),

/***/ 97498:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q8: () => (/* binding */ UNKNOWN_AFTER_PUSH_MS),
/* harmony export */   c0: () => (/* binding */ isUnknownImage),
/* harmony export */   jR: () => (/* binding */ askUntilKnown)
/* harmony export */ });
/* harmony import */ var _aws_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35811);
/* harmony import */ var _platform_poll_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45929);


/** Milliseconds after a push in which an operation of ECR may not know the image yet. */
const UNKNOWN_AFTER_PUSH_MS = 30_000;
/** Whether ECR says that it does not have an image, or one that an index names, or one of its layers. */
function isUnknownImage(error) {
    return (0,_aws_client_js__WEBPACK_IMPORTED_MODULE_0__/* .isRefusal */ .vu)(error, 'ImageNotFoundException', 'ReferencedImagesNotFoundException', 'LayersNotFoundException');
}
/**
 * Asks ECR about images that were pushed just before, by this run or as it was told, again for half a minute while ECR does not
 * know them: `ask` then answers `undefined` or throws ECR's error. After that time the last answer counts.
 */
async function askUntilKnown(ask, { signal, clock = _platform_poll_js__WEBPACK_IMPORTED_MODULE_1__/* .clock */ .pm }) {
    let unknown;
    const look = async () => {
        unknown = undefined;
        try {
            return await ask();
        }
        catch (error) {
            if (!isUnknownImage(error))
                throw error;
            unknown = error;
            return undefined;
        }
    };
    const answer = await (0,_platform_poll_js__WEBPACK_IMPORTED_MODULE_1__/* .poll */ .wt)(look, {
        clock,
        signal,
        timeoutMs: UNKNOWN_AFTER_PUSH_MS,
        pause: spent => Math.min(500 + spent / 2, 5_000),
        onWait: () => { },
    });
    if (answer === undefined && unknown !== undefined)
        throw unknown;
    return answer;
}


/***/ }),

/***/ 19041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ logDockerIn)
/* harmony export */ });
/* harmony import */ var _aws_authorization_token_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17359);
/* harmony import */ var _docker_job_login_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(91424);
/* harmony import */ var _ecr_hosts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(81390);
/* harmony import */ var _ecr_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52484);
/* harmony import */ var _platform_actions_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(21605);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(93068);






/**
 * Logs docker in to the registry, in the step's own configuration. The job's docker is logged in too if the inputs ask for it, while
 * the rest goes on, and the post step undoes that.
 */
function logDockerIn({ job, plan }, aws, options) {
    const where = { ...options, plan };
    const { engineVersion, buildxVersion, config } = where.docker;
    const own = Promise.withResolvers();
    const step = job.step('Log docker in', async (log) => {
        const { hosts, expiresAt, ...login } = await logIn(aws, where);
        const [host] = hosts;
        log.info(`Docker ${engineVersion ?? 'without an engine'} with buildx ${buildxVersion}`);
        log.result(`${host}${expiresAt === undefined ? '' : ` until ${expiresAt.toISOString().slice(11, 16)} UTC`}`);
        const other = sayOtherEndpoints(host, plan.repository);
        if (other !== undefined)
            log.info(other);
        for (const path of await config.scopedLoginsFor(host))
            log.warn(`buildx may use another login to ${host} than that of this step: it prefers the one in ${path}. Remove that before this step.`);
        (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_4__/* .setOutput */ .uH)('registry', host);
        own.resolve({ host, renew: async () => void (await logIn(aws, where)) });
        if (!plan.dockerLogin)
            return;
        try {
            await (0,_docker_job_login_js__WEBPACK_IMPORTED_MODULE_1__/* .logJobIn */ .J)(host, { login, signal: job.signal });
            log.info("The job's later steps are logged in too");
        }
        catch (error) {
            job.signal.throwIfAborted();
            log.warn((0,_platform_failure_js__WEBPACK_IMPORTED_MODULE_5__/* .describeFailure */ .Ic)(error));
        }
    });
    step.catch(own.reject);
    return own.promise;
}
/**
 * Logs the step in to the host that docker speaks to, and where that is one that the user wrote, to the one that the API answers too:
 * base images may be named by either.
 */
async function logIn({ ecr }, { docker, plan, repository }) {
    const { host: answered, ...login } = await (0,_aws_authorization_token_js__WEBPACK_IMPORTED_MODULE_0__/* .requestLogin */ .D)(ecr, plan.repository.registryId);
    const host = plan.repository.host ?? answered ?? (await repository).uri.replace(/\/.*/, '');
    const others = answered === undefined || answered === host ? [] : [answered];
    for (const each of [host, ...others])
        await docker.config.addLogin(each, login);
    return { hosts: [host, ...others], ...login };
}
/** Where docker goes if the job asks for endpoints that the host does not have, and what to write; `undefined` where it has them. */
function sayOtherEndpoints(host, { endpoints, name }) {
    const { registryId, region, host: isOther } = (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .addressOf */ .ci)(`${host}/${name}`);
    if (endpoints === undefined || isOther !== undefined)
        return undefined;
    const wanted = registryId === undefined || region === undefined
        ? undefined
        : (0,_ecr_hosts_js__WEBPACK_IMPORTED_MODULE_2__/* .registryHost */ .U$)({ registryId, region }, endpoints);
    const advice = wanted === undefined
        ? ''
        : `; for docker too, write \`repository: ${wanted}/${name}\`${endpoints.fips ? ', which not every region has' : ''}`;
    return `The calls to AWS go to ${(0,_ecr_hosts_js__WEBPACK_IMPORTED_MODULE_2__/* .sayEndpoints */ .C5)(endpoints)} endpoints, as the job's variables ask, and docker goes to ${host}, as ECR answers${advice}`;
}


/***/ }),

/***/ 33902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ readConfigs)
/* harmony export */ });
/* harmony import */ var _ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27079);
/* harmony import */ var _platform_http_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(53900);
/* harmony import */ var _read_images_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71043);



/**
 * Reads the manifests and configs of the images with these digests. An image whose config cannot be read is left out.
 * @throws {Failure} where docker could read another image from a manifest.
 */
async function readConfigs(ecr, where, digests) {
    const images = await (0,_read_images_js__WEBPACK_IMPORTED_MODULE_2__/* .readImages */ .H)(ecr, where, digests.map(imageDigest => ({ imageDigest })));
    const read = images.map(async (manifest) => {
        const content = (0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readContent */ .c_)(manifest);
        if (content.kind === 'index')
            return [];
        const { digest } = content.config;
        const { downloadUrl } = await ecr.getDownloadUrlForLayer({ ...where, layerDigest: digest });
        // What is not the config that was asked for may be cut, or the page of a proxy; `readConfig` refuses it if it stays so.
        const isAnswer = ({ status, text }) => status >= 400 || (0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(text) === digest;
        const answer = downloadUrl ? await (0,_platform_http_js__WEBPACK_IMPORTED_MODULE_1__/* .getWithRetries */ .Te)({ url: downloadUrl, isAnswer }) : undefined;
        return answer?.status === 200 ? [{ manifest, config: { digest, text: answer.text } }] : [];
    });
    return (await Promise.all(read)).flat();
}


/***/ }),

/***/ 71043:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ readImages),
/* harmony export */   O: () => (/* binding */ byTag)
/* harmony export */ });
/* harmony import */ var _ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27079);

/** The most images that one request may name. */
const IMAGES_PER_REQUEST = 100;
/**
 * Reads the images with these tags and digests, 100 in one call. Those that the repository does not have are left out. Whether a
 * manifest is what its digest names is checked where it is read, by `readContent`.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
 */
async function readImages(ecr, where, imageIds) {
    const requests = Array.from({ length: Math.ceil(imageIds.length / IMAGES_PER_REQUEST) }, (_, at) => ecr.batchGetImage({
        ...where,
        imageIds: imageIds.slice(at * IMAGES_PER_REQUEST, (at + 1) * IMAGES_PER_REQUEST),
        acceptedMediaTypes: _ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .manifestTypes */ .Fm,
    }));
    const answers = await Promise.all(requests);
    return answers.flatMap(({ images = [] }) => images.flatMap(each => namedImage(each, imageIds)));
}
function namedImage({ imageId, imageManifest: text, imageManifestMediaType }, imageIds) {
    const { imageTag: tag, imageDigest: digest } = imageId ?? {};
    if (!digest || !text)
        return [];
    const isAsked = imageIds.some(each => each.imageDigest === undefined ? each.imageTag === tag : each.imageDigest === digest);
    if (!isAsked)
        return [];
    return [{ ...(tag && { tag }), digest, text, mediaType: imageManifestMediaType ?? (0,_ecr_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .mediaTypeIn */ .Kw)(text) }];
}
/** The identifiers of images by their tags. */
function byTag(tags) {
    return tags.map(imageTag => ({ imageTag }));
}


/***/ }),

/***/ 77549:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TD: () => (/* binding */ tagConflict),
/* harmony export */   gz: () => (/* binding */ nameApart),
/* harmony export */   qy: () => (/* binding */ findTagConflict)
/* harmony export */ });
/* harmony import */ var _ecr_mutability_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(87973);

/** What several images of one commit need. */
const nameApart = "give each a tag of its own by `flavor`, such as `flavor: suffix=-alpine`, which is part of the commit's tag too.";
/**
 * The first release tag that cannot be put on the image with this digest, as it is immutable and belongs to another image.
 * Without a digest, any image counts as another.
 */
function findTagConflict(releases, { digest, existing, mutability, }) {
    const taken = Object.entries(existing.releases).find(([tag, holder]) => releases.includes(tag) && holder !== digest && !(0,_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_0__/* .isMutableTag */ .RB)(tag, mutability));
    return taken && tagConflict(...taken);
}
/** The conflict over a release tag that belongs to the image with the digest `holder` and cannot be moved. */
function tagConflict(tag, holder) {
    return {
        kind: 'conflict',
        tag,
        message: `The tag '${tag}' names another image already (${holder}), and the repository does not let it move.`,
        remedy: `Release under another name. A tag that is meant to move, such as latest, needs the exclusion filter '${tag}' (IMMUTABLE_WITH_EXCLUSION) or a repository that is MUTABLE.`,
    };
}


/***/ }),

/***/ 20138:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ openTagger)
/* harmony export */ });
/* harmony import */ var _aws_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35811);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93068);
/* harmony import */ var _platform_own_value_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(86982);
/* harmony import */ var _archived_image_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(23570);
/* harmony import */ var _just_pushed_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(97498);
/* harmony import */ var _read_images_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(71043);
/* harmony import */ var _tag_conflict_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(77549);







/**
 * Makes the tagger of a repository. `pushed` is given where the images that it tags were pushed just before, so that ECR may not know
 * them yet.
 */
function openTagger({ ecr }, { name: repositoryName, registryId }, pushed) {
    const sayHiddenHolder = async (imageTag) => {
        const hidden = await (0,_archived_image_js__WEBPACK_IMPORTED_MODULE_2__/* .findHidden */ .C$)({ ecr }, { repositoryName, registryId }, { imageTag });
        return (0,_archived_image_js__WEBPACK_IMPORTED_MODULE_2__/* .isArchived */ .F$)(hidden) ? `${hidden.digest}, which is archived` : 'unknown';
    };
    const tagger = {
        async put(imageTag, { digest: imageDigest, text: imageManifest, mediaType: imageManifestMediaType }) {
            const image = { imageTag, imageDigest, imageManifest, imageManifestMediaType };
            const putImage = () => ecr.putImage({ repositoryName, registryId, ...image });
            try {
                await (pushed === undefined ? putImage() : (0,_just_pushed_js__WEBPACK_IMPORTED_MODULE_3__/* .askUntilKnown */ .jR)(putImage, pushed));
                return { kind: 'put' };
            }
            catch (error) {
                // The answer to an earlier try may have been lost, although the tag was put then.
                const kind = (0,_aws_client_js__WEBPACK_IMPORTED_MODULE_0__/* .attemptsOf */ .Or)(error) > 1 ? 'put' : 'there';
                if ((0,_aws_client_js__WEBPACK_IMPORTED_MODULE_0__/* .isRefusal */ .vu)(error, 'ImageAlreadyExistsException'))
                    return { kind };
                // https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
                if ((0,_aws_client_js__WEBPACK_IMPORTED_MODULE_0__/* .isRefusal */ .vu)(error, 'LimitExceededException'))
                    return { kind: 'full' };
                if (!(0,_aws_client_js__WEBPACK_IMPORTED_MODULE_0__/* .isRefusal */ .vu)(error, 'ImageTagAlreadyExistsException'))
                    throw error;
                // Another job put the tag after this job had read the existing ones.
                const holder = (0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_5__/* .ownValue */ .e)(await tagger.holders([imageTag]), imageTag);
                if (holder === imageDigest)
                    return { kind };
                return { kind: 'taken', holder: holder ?? (await sayHiddenHolder(imageTag)), cause: error };
            }
        },
        async release(tag, image) {
            const tagged = await tagger.put(tag, image);
            if (tagged.kind === 'full') {
                throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(`The image ${image.digest} has as many tags as ECR allows, so '${tag}' can't be put on it.`, {
                    remedy: 'Delete some of its tags in ECR, or set `reuse: commit` so that each commit has an image of its own.',
                });
            }
            if (tagged.kind !== 'taken')
                return;
            const { message, remedy } = (0,_tag_conflict_js__WEBPACK_IMPORTED_MODULE_6__/* .tagConflict */ .TD)(tag, tagged.holder);
            throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(message, { remedy, cause: tagged.cause });
        },
        async holders(tags) {
            const images = await (0,_read_images_js__WEBPACK_IMPORTED_MODULE_4__/* .readImages */ .H)(ecr, { repositoryName, registryId }, (0,_read_images_js__WEBPACK_IMPORTED_MODULE_4__/* .byTag */ .O)(tags));
            return Object.fromEntries(images.map(({ tag = '', digest }) => [tag, digest]));
        },
        async names() {
            const tags = [];
            // A higher release that is archived is a higher release all the same.
            const request = { repositoryName, registryId, filter: { imageStatus: 'ANY' } };
            for await (const { imageDetails = [] } of ecr.describeImagePages(request)) {
                tags.push(...imageDetails.flatMap(({ imageTags = [] }) => imageTags));
            }
            return tags;
        },
    };
    return tagger;
}


/***/ }),

/***/ 92125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k: () => (/* binding */ readCommit),
  K: () => (/* binding */ readInputs)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(33838);
// EXTERNAL MODULE: ./build/build/contexts.js
var build_contexts = __webpack_require__(24555);
// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
// EXTERNAL MODULE: ./build/platform/masked-values.js
var masked_values = __webpack_require__(70376);
// EXTERNAL MODULE: ./build/platform/url-credentials.js
var url_credentials = __webpack_require__(66604);
// EXTERNAL MODULE: ./build/platform/workspace.js
var workspace = __webpack_require__(38491);
;// CONCATENATED MODULE: ./build/build/hide-secrets.js





/** Secrets of the job that the runner masks itself. No comment or summary may show them either. */
const secretVariables = [
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
];
/**
 * Masks the secrets that the inputs give to the build, and remembers them and the job's own for comments and summaries. `jobValue`
 * is the value of a variable of the job. Returns the build.
 */
function hideSecrets(build, jobValue) {
    for (const name of secretVariables)
        (0,masked_values/* rememberSecret */.Gz)(jobValue(name) ?? '');
    for (const secret of build.secrets) {
        if (secret.kind === 'file')
            hideSecretFile(secret.path);
        // A log shows it without the line break at its end, so it is masked without that.
        else
            (0,actions/* maskIfLong */.wv)(((secret.kind === 'value' ? secret.value : jobValue(secret.variable)) ?? '').trim());
    }
    hideCredentials([build.context, ...build.buildContexts]);
    hideCredentials([...build.buildArgs, ...build.labels, ...build.annotations], MIN_ARGUMENT_SECRET_LENGTH);
    return build;
}
/**
 * Characters. A build often needs the URL of a database that is not there, `postgresql://user:pass@localhost/app`. Masking `pass` would
 * empty the output `scan-verdict` of the job, as that is `passed`; and masking `postgres` each output that names such an image.
 */
const MIN_ARGUMENT_SECRET_LENGTH = 20;
/** Masks the passwords and tokens in the URLs of these texts, from a number of characters on. */
function hideCredentials(texts, minLength = 0) {
    for (const text of texts)
        for (const secret of (0,url_credentials/* credentialsIn */.W)(text))
            if (secret.length >= minLength)
                (0,actions/* maskIfLong */.wv)(secret);
}
/**
 * Hides the content of a secret file in comments and summaries, and masks a file of one line in the log. Of a longer one the
 * runner would mask each line, a `{` too, and would drop the outputs that have it.
 */
function hideSecretFile(path) {
    // What a link out of the workspace leads to is no secret of the build: the input is refused.
    if ((0,workspace/* leadsOut */.qm)(path))
        return;
    // Only a regular file can be read twice: here, and by buildx.
    const stats = (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size > workspace/* MAX_SECRET_BYTES */.sU)
        return;
    let content;
    try {
        content = (0,external_node_fs_.readFileSync)(path, 'utf8').trim();
    }
    catch {
        // buildx cannot read it either, and says so.
        return;
    }
    (0,masked_values/* rememberSecretFile */.QZ)(content);
    if (!/[\r\n]/.test(content))
        (0,actions/* maskIfLong */.wv)(content);
}

// EXTERNAL MODULE: ./build/build/inputs.js + 4 modules
var build_inputs = __webpack_require__(11187);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/build/paths.js


/** Every path of the build: contexts, Dockerfile, ignore files, secrets and keys, and where its outputs are written. */
function pathsOf(build) {
    const { context, file, secrets, ssh, outputs } = build;
    const contexts = Object.entries((0,build_contexts/* contextsOf */.WO)(build));
    const folders = contexts.flatMap(([name, place]) => place.kind === 'folder'
        ? [{ input: name === 'context' ? name : 'build-contexts', path: place.path, use: 'folder' }]
        : []);
    const isLocal = folders.some(({ input }) => input === 'context');
    const dockerfile = {
        input: file === undefined ? 'context' : 'file',
        path: file ?? (0,external_node_path_.join)(context, 'Dockerfile'),
        use: 'file',
    };
    return [
        ...folders,
        ...(isLocal ? [dockerfile, { ...dockerfile, path: `${dockerfile.path}.dockerignore` }] : []),
        ...folders.map(({ input, path }) => ({ input, path: (0,external_node_path_.join)(path, '.dockerignore'), use: 'file' })),
        ...secrets.flatMap(secret => secret.kind === 'file' ? [{ input: 'secret-files', path: secret.path, use: 'secret' }] : []),
        ...ssh.flatMap(each => {
            const [, paths = ''] = /^[^=]*=(.*)$/s.exec(each) ?? [];
            return paths
                .split(',')
                .filter(Boolean)
                .map(path => ({ input: 'ssh', path, use: 'key' }));
        }),
        ...outputs.flatMap(output => {
            const path = output.includes('=') ? fieldOf(output, 'dest') : output;
            return path === undefined ? [] : [{ input: 'outputs', path, use: 'output' }];
        }),
    ];
}
/** The paths of caches in buildx's own words, which are folders for `type=local`. */
function pathsOfCaches(from, to) {
    const places = [
        ...from.map(text => ({ input: 'cache-from', path: fieldOf(text, 'src') })),
        ...to.map(text => ({ input: 'cache-to', path: fieldOf(text, 'dest') })),
    ];
    return places.flatMap(({ input, path }) => (path === undefined ? [] : [{ input, path }]));
}
function fieldOf(text, name) {
    return new RegExp(`(?:^|,)"?${name}=([^,"]*)`).exec(text)?.[1];
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/docker/dockerignore.js
var dockerignore = __webpack_require__(28731);
// EXTERNAL MODULE: ./build/platform/git.js
var git = __webpack_require__(63454);
// EXTERNAL MODULE: ./build/platform/git-objects.js
var git_objects = __webpack_require__(68835);
;// CONCATENATED MODULE: ./build/build/verify-sources.js








/**
 * Says why what is built is not provably the commit that is checked out in the workspace; `undefined` where it is. Nothing that a
 * file in the workspace claims is believed, HEAD and git's index neither: each file is hashed and compared with the commit, whose
 * SHA covers them. Files that the build ignores are left out, and `.git` is too.
 */
async function whyUnverified(build, checkout) {
    const { context, file } = build;
    const contexts = Object.entries((0,build_contexts/* contextsOf */.WO)(build));
    const foreign = contexts.find(([, place]) => place.kind === 'elsewhere' && !(0,build_contexts/* isOwnCommit */.uv)(place.address, checkout));
    if (foreign !== undefined)
        return `the address of the context '${foreign[0]}' is not this commit of this repository`;
    const folders = contexts.flatMap(([name, place]) => place.kind === 'folder' ? [{ name, path: place.path }] : []);
    if (folders.length === 0)
        return undefined;
    const root = (0,external_node_fs_.realpathSync)(checkout.workspace);
    const entries = (0,external_node_fs_.existsSync)((0,external_node_path_.join)(root, '.git')) ? await (0,git_objects/* readProvenTree */.f9)(root, checkout.sha) : undefined;
    if (entries === undefined)
        return 'the workspace has no checkout of it';
    const repository = { root, entries };
    for (const { name, path } of folders) {
        const dockerfile = name === 'context' ? (file ?? (0,external_node_path_.join)(context, 'Dockerfile')) : undefined;
        const matcher = await (0,dockerignore/* ignoreMatcher */.NJ)(await (0,dockerignore/* readIgnoreFile */.rj)(path, dockerfile));
        const ownFiles = dockerfile === undefined ? [] : [dockerfile, `${dockerfile}.dockerignore`];
        const files = [...ownFiles, (0,external_node_path_.join)(path, '.dockerignore')];
        const reason = (await whyLinksDiffer([path, ...files], repository)) ??
            (await whyFilesDiffer(files, repository)) ??
            (await whyFolderDiffers((0,external_node_fs_.realpathSync)(path), repository, matcher));
        if (reason !== undefined)
            return reason;
    }
    return undefined;
}
/**
 * Whether a folder that is built has a repository of its own, below the workspace: another checkout, a submodule, or files that
 * claim to be one. Its HEAD then says nothing, as files can make it name any commit.
 */
function hasOtherRepository(build, workspace) {
    const root = (0,external_node_path_.resolve)(workspace);
    return Object.values((0,build_contexts/* foldersOf */.pd)(build)).some(folder => {
        for (let path = (0,external_node_path_.resolve)(folder); path.startsWith(`${root}${external_node_path_.sep}`); path = (0,external_node_path_.dirname)(path)) {
            if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(path, '.git')))
                return true;
            // A bare repository has no `.git`.
            if (['HEAD', 'objects', 'refs'].every(name => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(path, name))))
                return true;
        }
        return false;
    });
}
/**
 * Whether all that is built is one checkout of this commit in a folder below the workspace (`path` of actions/checkout), proven
 * file by file.
 */
async function isCheckoutBelow(build, { workspace, ...commit }) {
    const roots = new Set(Object.values((0,build_contexts/* foldersOf */.pd)(build)).map(folder => (0,git/* repositoryAbove */.an)(folder, workspace)));
    const [root, ...others] = roots;
    return (root !== undefined &&
        others.length === 0 &&
        (await whyUnverified(build, { ...commit, workspace: root })) === undefined);
}
/** Checks files that decide what the build sees. Each may also be missing, in the folder and in the commit. */
async function whyFilesDiffer(paths, around) {
    for (const path of paths) {
        const repository = await repositoryOf(around, path);
        const inside = repository && pathIn(repository, path);
        if (repository === undefined || inside === undefined)
            return `'${path}' is not in the workspace`;
        const isKnown = repository.entries.has(inside);
        const stats = (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false });
        const isThere = stats !== undefined;
        if (isKnown !== isThere || (isKnown && !(await isSame(repository, inside))))
            return sayDiffers(path);
        const target = stats?.isSymbolicLink() ? (0,external_node_fs_.realpathSync)(path) : path;
        const reason = target === path ? undefined : await whyFilesDiffer([target], around);
        if (reason !== undefined)
            return reason;
    }
    return undefined;
}
/**
 * Checks the symbolic links that lead to paths: another link in the place of a folder would have other files of the commit built in
 * the place of its own.
 */
async function whyLinksDiffer(paths, around) {
    const pending = paths.map(path => (0,external_node_path_.resolve)(path));
    const seen = new Set();
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
        const isRoot = (0,external_node_fs_.existsSync)(current) && (0,external_node_fs_.realpathSync)(current) === around.root;
        if (isRoot || seen.has(current))
            continue;
        seen.add(current);
        const parent = (0,external_node_path_.dirname)(current);
        if (parent !== current)
            pending.push(parent);
        if ((0,external_node_fs_.lstatSync)(current, { throwIfNoEntry: false })?.isSymbolicLink() !== true)
            continue;
        const repository = await repositoryOf(around, current);
        const inside = repository && pathIn(repository, current);
        // Links outside, such as on the way to the workspace, are the machine's own.
        if (inside === undefined)
            continue;
        if (repository === undefined || !(await isSame(repository, inside)))
            return sayDiffers(current);
        pending.push((0,external_node_path_.resolve)(parent, await (0,promises_.readlink)(current)));
    }
    return undefined;
}
/** The repository that a path is in: a submodule has its own, at the commit that the one around it names. */
async function repositoryOf(repository, path) {
    const inside = pathIn(repository, path);
    const [place, module] = [...repository.entries].find(([each, { mode }]) => mode === '160000' && `${inside ?? ''}/`.startsWith(`${each}/`)) ?? [];
    if (place === undefined || module === undefined)
        return repository;
    const root = (0,external_node_path_.join)(repository.root, place);
    const entries = (0,external_node_fs_.existsSync)((0,external_node_path_.join)(root, '.git')) ? await (0,git_objects/* readProvenTree */.f9)(root, module.hash) : undefined;
    return entries && repositoryOf({ root, entries }, path);
}
async function whyFolderDiffers(folder, around, { ignores, hasExceptions }) {
    const repository = await repositoryOf(around, folder);
    if (repository === undefined)
        return `the submodule in '${folder}' is not at its commit`;
    const prefix = pathIn(repository, folder);
    if (prefix === undefined)
        return `the context '${folder}' is not in the workspace`;
    const start = prefix === '' ? '' : `${prefix}/`;
    const isSeen = (path) => !ignores(path.slice(start.length));
    const missing = new Set([...repository.entries.keys()].filter(path => path.startsWith(start) && isSeen(path)));
    const pending = [prefix];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
        for (const found of await (0,promises_.readdir)((0,external_node_path_.join)(repository.root, current), { withFileTypes: true })) {
            const path = current === '' ? found.name : `${current}/${found.name}`;
            if (path === '.git')
                continue;
            // Bytes that are no UTF-8 are read as this character, so that a file could pass for another of the commit.
            if (found.name.includes('\uFFFD')) {
                if (isSeen(path))
                    return `the name '${path}' is no UTF-8`;
                continue;
            }
            const entry = repository.entries.get(path);
            if (found.isDirectory() && entry?.mode === '160000') {
                missing.delete(path);
                const reason = await whyModuleDiffers((0,external_node_path_.join)(repository.root, path), entry.hash, {
                    ignores: inner => !isSeen(`${path}/${inner}`),
                    hasExceptions,
                });
                if (reason !== undefined)
                    return reason;
            }
            else if (found.isDirectory()) {
                if (isSeen(path) || hasExceptions)
                    pending.push(path);
            }
            else if (isSeen(path)) {
                if (entry === undefined)
                    return `'${path}' is not in it`;
                if (!(await isSame(repository, path)))
                    return sayDiffers(path);
                missing.delete(path);
            }
        }
    }
    const [first] = missing;
    return first === undefined ? undefined : `'${first}' of it is missing`;
}
/** A submodule has a commit of its own, which the commit around it names. One that is not checked out is an empty folder. */
async function whyModuleDiffers(folder, sha, matcher) {
    const names = await (0,promises_.readdir)(folder);
    if (names.length === 0)
        return undefined;
    const entries = names.includes('.git') ? await (0,git_objects/* readProvenTree */.f9)(folder, sha) : undefined;
    if (entries === undefined)
        return `the submodule in '${folder}' is not at its commit`;
    return whyFolderDiffers(folder, { root: folder, entries }, matcher);
}
/** The path in the repository, with no symbolic link on the way to its folder; `undefined` where it is elsewhere. */
function pathIn({ root }, path) {
    const absolute = (0,external_node_path_.resolve)(path);
    const folder = (0,external_node_fs_.existsSync)((0,external_node_path_.dirname)(absolute)) ? (0,external_node_fs_.realpathSync)((0,external_node_path_.dirname)(absolute)) : (0,external_node_path_.dirname)(absolute);
    const isRoot = (0,external_node_fs_.existsSync)(absolute) && (0,external_node_fs_.realpathSync)(absolute) === root;
    const inside = isRoot ? '' : (0,external_node_path_.relative)(root, (0,external_node_path_.join)(folder, absolute.slice((0,external_node_path_.dirname)(absolute).length)));
    return inside === '..' || inside.startsWith(`..${external_node_path_.sep}`) ? undefined : inside;
}
/** Whether the file at a path has the content, the kind and the mode that the commit has there. */
async function isSame(repository, path) {
    const entry = repository.entries.get(path);
    const file = (0,external_node_path_.join)(repository.root, path);
    const stats = (0,external_node_fs_.lstatSync)(file, { throwIfNoEntry: false });
    if (entry === undefined || stats === undefined)
        return false;
    if (stats.isSymbolicLink()) {
        const target = await (0,promises_.readlink)(file, { encoding: 'buffer' });
        const hash = (0,git_objects/* startObjectHash */.iA)({ type: 'blob', bytes: target.length }, entry.hash).update(target);
        return entry.mode === '120000' && hash.digest('hex') === entry.hash;
    }
    const isProgram = (stats.mode & 0o100) !== 0;
    if (!stats.isFile() || entry.mode !== (isProgram ? '100755' : '100644'))
        return false;
    const hash = (0,git_objects/* startObjectHash */.iA)({ type: 'blob', bytes: stats.size }, entry.hash);
    const content = (0,external_node_crypto_.createHash)('sha256');
    for await (const piece of (0,external_node_fs_.createReadStream)(file)) {
        hash.update(piece);
        content.update(piece);
    }
    return hash.digest('hex') === entry.hash || isLargeFile(repository, entry, content.digest('hex'));
}
/**
 * Whether the commit has a pointer of Git LFS to a file with this SHA-256 in the place of its content.
 * https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
async function isLargeFile({ root }, { hash }, sha256) {
    const pointer = await (0,git_objects/* readProvenText */.g8)(root, hash);
    return (pointer !== undefined &&
        pointer.startsWith('version https://git-lfs.github.com/spec/v1\n') &&
        pointer.split('\n').includes(`oid sha256:${sha256}`));
}
function sayDiffers(path) {
    return `'${path}' differs from it`;
}

// EXTERNAL MODULE: ./build/validation/parsers.js + 1 modules
var parsers = __webpack_require__(59986);
// EXTERNAL MODULE: ./build/validation/validators.js
var validators = __webpack_require__(89575);
// EXTERNAL MODULE: ./build/builder/certificates.js
var builder_certificates = __webpack_require__(76698);
// EXTERNAL MODULE: ./build/builder/plan.js
var builder_plan = __webpack_require__(21957);
;// CONCATENATED MODULE: ./build/builder/inputs.js




/** Reads the inputs about the builder. They have the names that they have in docker/setup-buildx-action. */
async function readBuilder(reader, options) {
    const name = reader.optional('builder', validators/* anything */.D8);
    const driver = reader.read('driver', text => parsers/* parseChoice */.HU(text, ['docker', ...builder_plan/* madeDrivers */.T]), undefined);
    const endpoint = reader.optional('endpoint', validators/* anything */.D8);
    const driverOpts = reader.list('driver-opts', parsers/* parsePlainLines */.vE, validators/* driverOption */.q9);
    const config = reader.optional('buildkitd-config-inline', validators/* anything */.D8);
    const appendText = reader.optional('append', validators/* anything */.D8);
    const append = appendText === undefined ? [] : await readNodes(reader, appendText);
    const node = { driverOpts, platforms: [], ...(endpoint !== undefined && { endpoint }) };
    const givenInputs = Object.entries({
        driver,
        endpoint,
        'driver-opts': driverOpts[0],
        'buildkitd-config-inline': config,
        append: appendText,
    }).flatMap(([input, value]) => (value === undefined ? [] : [{ input, value }]));
    if (name !== undefined) {
        for (const { input, value } of givenInputs) {
            rejectInput(reader, {
                input,
                value,
                problem: 'makes a builder, and `builder` names one',
                remedy: 'Give one of the two.',
            });
        }
        return { kind: 'named', name, by: '`builder`' };
    }
    if (driver === undefined || driver === 'docker') {
        for (const { input, value } of givenInputs.filter(each => each.input !== 'driver')) {
            const problem = 'is for a builder that the step makes, and it makes none';
            rejectInput(reader, { input, value, problem, remedy: `Set \`driver\`: ${builder_plan/* madeDrivers */.T.join(', ')}.` });
        }
        return driver === undefined
            ? planFromVariable(options.jobValue(builderVariable))
            : { kind: 'named', name: 'default', by: '`driver`' };
    }
    const plan = { kind: 'made', driver, node, append, ...(config !== undefined && { config }) };
    if (driver !== 'remote')
        return plan;
    validateRemote(reader, plan, options.exists);
    const withCertificates = (each, index) => {
        const input = index === 0 ? 'driver-opts' : 'append';
        const certificates = (0,builder_certificates/* readCertificates */.jZ)(reader, each, { ...options, input, index });
        return certificates.length === 0 ? each : { ...each, certificates };
    };
    return {
        ...plan,
        node: withCertificates(node, 0),
        append: append.map((each, index) => withCertificates(each, index + 1)),
    };
}
/** buildx uses the builder that this variable names before any other. https://docs.docker.com/build/building/variables/#buildx_builder */
const builderVariable = 'BUILDX_BUILDER';
function planFromVariable(name) {
    return name ? { kind: 'named', name, by: builderVariable } : { kind: 'present' };
}
function rejectInput(reader, { input, value, ...explanation }) {
    reader.reject(input, value.includes('\n') ? '…' : value, explanation);
}
function validateRemote(reader, { node, append, config }, exists) {
    const remedy = 'Give the address of its BuildKit, such as tcp://buildkit.example.com:1234.';
    if (node.endpoint === undefined)
        reader.reject('endpoint', '', { problem: 'is missing', remedy });
    for (const each of append.filter(({ endpoint }) => endpoint === undefined)) {
        reader.reject('append', each.name ?? '…', { problem: 'has no endpoint', remedy });
    }
    if (config !== undefined) {
        reader.reject('buildkitd-config-inline', '…', {
            problem: 'is for a BuildKit that the step starts, and a remote one runs already',
            remedy: 'Set it where that BuildKit is started.',
        });
    }
    for (const { input, option, path } of certificatesOf({ node, append })) {
        if (exists(path))
            continue;
        reader.reject(input, option, {
            problem: 'names a file that does not exist',
            remedy: 'Write it in a step before this one, and give its absolute path.',
        });
    }
}
/** The files of certificates and keys with which buildx meets a remote BuildKit. */
function pathsOfBuilder(builder) {
    if (builder.kind !== 'made' || builder.driver !== 'remote')
        return [];
    return certificatesOf(builder).map(({ input, path }) => ({ input, path, use: 'file' }));
}
function certificatesOf({ node, append, }) {
    const optionsByInput = {
        'driver-opts': node.driverOpts,
        append: append.flatMap(({ driverOpts }) => driverOpts),
    };
    return Object.entries(optionsByInput).flatMap(([input, options]) => options.flatMap(option => {
        const [, path] = /^"?(?:cacert|cert|key)=([^",]*)/.exec(option) ?? [];
        return path === undefined ? [] : [{ input, option, path }];
    }));
}
/** Parses the input `append`, a YAML list of nodes with `name`, `endpoint`, `driver-opts`, `buildkitd-flags` and `platforms`. */
async function readNodes(reader, text) {
    const { parseDocument } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 38815, 19));
    const remedy = 'Give a YAML list of name, endpoint, driver-opts (a list), buildkitd-flags and platforms (between commas).';
    // Errors with an excerpt of the text take a time that grows with the square of its length.
    const document = parseDocument(text, { prettyErrors: false });
    let reason = document.errors[0]?.message.split('\n')[0];
    let nodes;
    try {
        if (reason === undefined)
            nodes = document.toJS();
    }
    catch (error) {
        reason = error instanceof Error ? error.message : String(error);
    }
    if (reason !== undefined) {
        // The parser tells nesting that is too deep by the overflow of its stack.
        const isDeep = reason.startsWith('Maximum call stack size exceeded');
        reader.reject('append', '…', {
            problem: isDeep ? 'nests too deeply' : `is not YAML (${reason})`,
            remedy,
        });
        return [];
    }
    if (!Array.isArray(nodes)) {
        reader.reject('append', '…', { problem: 'is not a list', remedy });
        return [];
    }
    return nodes.map((node) => readNode(reader, node, remedy));
}
const nodeMembers = new Set(['name', 'endpoint', 'driver-opts', 'buildkitd-flags', 'platforms']);
function readNode(reader, node, remedy) {
    const values = new Map(Object.entries(typeof node === 'object' && node !== null ? node : {}));
    for (const member of [...values.keys()].filter(each => !nodeMembers.has(each))) {
        reader.reject('append', member, { problem: 'is nothing that a node has', remedy });
    }
    if (values.size === 0)
        reader.reject('append', '…', { problem: 'has a node that says nothing', remedy });
    const text = (member) => {
        const value = values.get(member);
        return typeof value === 'string' || typeof value === 'number' ? `${value}` : undefined;
    };
    const listOf = (member) => {
        const value = values.get(member);
        return Array.isArray(value) ? value.map(String) : (text(member)?.split(/[\n,]/) ?? []);
    };
    const [name, endpoint, flags] = [text('name'), text('endpoint'), text('buildkitd-flags')];
    const platforms = listOf('platforms')
        .map(each => each.trim())
        .filter(Boolean);
    for (const platform of platforms) {
        const fault = validators/* platform */.iD(platform);
        if (fault !== undefined)
            reader.reject('append', platform, fault);
    }
    return {
        ...(name !== undefined && { name }),
        ...(endpoint !== undefined && { endpoint }),
        driverOpts: listOf('driver-opts')
            .map(each => each.trim())
            .filter(Boolean),
        ...(flags !== undefined && { flags }),
        platforms,
    };
}

;// CONCATENATED MODULE: ./build/cache-mounts/inputs.js

/** Reads the input `cache-mounts`: which cache mounts are kept for later builds. */
function readMounts(reader) {
    const lines = reader.list('cache-mounts', parsers/* parseLines */.Li, validateMountLine);
    if (lines.length > 1 && lines.includes('auto')) {
        reader.reject('cache-mounts', lines.join(' '), {
            problem: 'has `auto` among mounts that are named',
            remedy: 'Set `auto` alone, or name all of them as `id=/target`, one a line.',
        });
    }
    if (lines.length === 0)
        return { kind: 'off' };
    if (lines.includes('auto'))
        return { kind: 'auto' };
    const pairs = lines.map(line => /^([^=]+)=(.+)$/.exec(line) ?? ['', '', '']);
    return { kind: 'named', mounts: pairs.map(([, id = '', target = '']) => ({ id, target })) };
}
/** Neither the id nor the target may have a character that ends an option of `RUN --mount`. */
const validateMountLine = text => text === 'auto' || /^[^\s=,"'$\\]+=\/[^\s=,"'$\\]*$/.test(text)
    ? undefined
    : {
        problem: 'is not a cache mount',
        remedy: 'Give `auto`, or one `id=/target` a line, as in `RUN --mount=type=cache,id=npm,target=/root/.npm`: npm=/root/.npm.',
    };

;// CONCATENATED MODULE: ./build/cache/github-cache-access.js
/**
 * Reads from the runner's environment what this job may do with GitHub's cache. BuildKit silently ignores `type=gha` where
 * the token or the address is missing, and an export fails where the token may only read, so the step checks both first.
 * https://docs.docker.com/build/cache/backends/gha/
 */
function cacheServiceOf(environment) {
    const { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_CACHE_MODE: mode = '' } = environment;
    const v2 = /^(1|true)$/i.test(environment['ACTIONS_CACHE_SERVICE_V2'] ?? '');
    const address = environment['ACTIONS_RESULTS_URL'] || (v2 ? '' : environment['ACTIONS_CACHE_URL']);
    const none = { reads: false, writes: false, v2 };
    if (!token)
        return { ...none, limit: 'has no token in this job (ACTIONS_RUNTIME_TOKEN)' };
    if (!address)
        return { ...none, limit: 'has no address in this job (ACTIONS_RESULTS_URL)' };
    const scopes = scopesIn(token);
    const may = (bit) => scopes === undefined || scopes.some(({ Permission = 0 }) => (Permission & bit) !== 0);
    const reads = may(1) && !/^(none|write-only)$/.test(mode);
    const writes = may(2) && !/^(none|read)$/.test(mode);
    if (!reads)
        return { ...none, limit: 'may not be read by this job' };
    return {
        reads,
        writes,
        v2,
        ...(!writes && { limit: 'may only be read by this job' }),
        ...(scopes === undefined && {
            notByBuildKit: "has a token in this job (ACTIONS_RUNTIME_TOKEN) that is none of GitHub's and that BuildKit cannot read",
        }),
    };
}
/**
 * The scopes in a token; `undefined` where it is not one that BuildKit reads: a JWT with access controls and the time in which it
 * is valid. https://github.com/tonistiigi/go-actions-cache/blob/master/cache.go
 */
function scopesIn(token) {
    const [header = '', payload = '', signature] = token.split('.');
    const { alg } = jsonIn(header);
    const { ac, exp, nbf } = jsonIn(payload);
    if (signature === undefined || typeof alg !== 'string' || typeof ac !== 'string')
        return undefined;
    if (typeof exp !== 'number' || typeof nbf !== 'number')
        return undefined;
    try {
        const scopes = JSON.parse(ac);
        return Array.isArray(scopes)
            ? scopes.filter(each => typeof each === 'object' && each !== null)
            : undefined;
    }
    catch {
        return undefined;
    }
}
function jsonIn(part) {
    try {
        const value = JSON.parse(Buffer.from(part, 'base64url').toString());
        return typeof value === 'object' && value !== null ? { ...value } : {};
    }
    catch {
        return {};
    }
}

// EXTERNAL MODULE: ./build/aws/arn.js
var arn = __webpack_require__(23385);
// EXTERNAL MODULE: ./build/ecr/reference.js
var ecr_reference = __webpack_require__(52484);
// EXTERNAL MODULE: ./build/cache/plan.js + 1 modules
var plan = __webpack_require__(66250);
;// CONCATENATED MODULE: ./build/cache/inputs.js




const cacheChoices = ['auto', ...plan/* cacheKinds */.ol, 'off'];
/** Reads the inputs about where layers are cached. */
function readCache(reader, options) {
    const { service, architecture, hide } = options;
    const cache = reader.read('cache', text => parsers/* parseChoice */.HU(text, cacheChoices), 'auto');
    const repository = readCacheRepository(reader, options);
    const from = reader.list('cache-from', parsers/* parseLines */.Li, validateCacheBackend);
    const to = reader.list('cache-to', parsers/* parseLines */.Li, validateCacheBackend);
    refuseSecrets(reader, { 'cache-from': from, 'cache-to': to }, { hide });
    if (repository !== undefined && cache !== 'auto' && cache !== 'registry') {
        reader.reject('cache-repository', repository, {
            problem: `would not be used with \`cache: ${cache}\``,
            remedy: 'Leave it out, or set `cache: registry`.',
        });
    }
    if (repository !== undefined && from.length > 0 && to.length > 0) {
        reader.reject('cache-repository', repository, {
            problem: 'would not be used, as `cache-from` and `cache-to` take its place',
            remedy: 'Leave one of the three out.',
        });
    }
    if (from.length > 0 && to.length > 0 && cache !== 'auto' && cache !== 'off') {
        reader.reject('cache', cache, {
            problem: 'would not be used, as `cache-from` and `cache-to` take its place',
            remedy: 'Leave one of the three out.',
        });
    }
    return { cache, ...(repository !== undefined && { repository }), from, to, service, architecture };
}
/**
 * Reads `cache-repository`, a name, URI or ARN, and returns its name. It has to be in the registry of the image, as the
 * step logs in to that one alone.
 */
function readCacheRepository(reader, { repository, role }) {
    const text = reader.optional('cache-repository', ecr_reference/* repositoryName */.aR);
    if (text === undefined)
        return undefined;
    const { name, type, region, registryId, host } = (0,ecr_reference/* addressOf */.ci)(text);
    const refuse = (problem) => reader.reject('cache-repository', text, {
        problem,
        remedy: 'Name a repository of the registry that the image goes to, or leave it out: the step speaks to one.',
    });
    if (repository.type === 'public')
        refuse('is in a private registry, and the image goes to ECR Public');
    else if (type === 'public')
        refuse('is in ECR Public, where everybody could read what the image leaves out');
    else if (region !== undefined && role.region !== '' && region !== role.region)
        refuse(`is not in the region of the image, ${role.region}`);
    else if (host !== undefined && host !== repository.host)
        refuse(`names another host than \`repository\`, ${repository.host ?? 'which leaves it to ECR'}`);
    else if (registryId !== undefined) {
        const imageRegistryId = repository.registryId ?? (0,arn/* parseArn */.L)(role.arns.at(-1) ?? '').account;
        if (imageRegistryId === undefined)
            reader.reject('cache-repository', text, {
                problem: "names an account, which the step cannot compare with that of the job's own credentials",
                remedy: `Give its name alone, ${name}, or that account in \`registry-id\` too.`,
            });
        else if (imageRegistryId !== registryId)
            refuse(`is not in the registry of the image, ${imageRegistryId}`);
    }
    return name;
}
/** Rejects backends with a secret in their options, and masks it. The runner may already have shown it in the log. */
function refuseSecrets(reader, inputs, { hide }) {
    for (const [input, lines] of Object.entries(inputs)) {
        for (const line of lines.filter(hasSecret)) {
            for (const { groups } of line.matchAll(secretPattern))
                hide(groups?.['value'] ?? '');
            reader.reject(input, `${line.slice(0, line.search(secretPattern))}…`, {
                problem: 'has a secret in it, which every process of the machine could read',
                remedy: "Give it in the step's `env`, as the backend's own documentation says.",
            });
        }
    }
}
/** Matches a secret in buildx's comma-separated options, whose names may be in any case and whose items may be quoted. */
const secretPattern = /(?<=(?:^|,)\s*"?(?:secret_access_key|session_token|token|ghtoken|account_key)=)(?<value>[^,"]+)/gi;
function hasSecret(line) {
    return line.search(secretPattern) >= 0;
}
/** Accepts `type=…,key=value` or an image's reference. Text with a secret passes, as {@link refuseSecrets} rejects it without showing the secret. */
const validateCacheBackend = text => hasSecret(text) || /^[a-z0-9][^\s=,]*$/i.test(text) || /(^|,)type=[a-z0-9]+(,|$)/.test(text)
    ? undefined
    : {
        problem: 'is not a cache of buildx',
        remedy: 'Give one a line, such as type=registry,ref=HOST/NAME:TAG or type=gha,scope=NAME.',
    };

;// CONCATENATED MODULE: ./build/commit/base-commit.js
/**
 * The commit that what runs here goes on: the base of a pull request or of a merge queue, and for any other event the default
 * branch. `undefined` where the event says none of them.
 */
function baseCommitOf({ GITHUB_REF, GITHUB_SHA }, { pull_request: pullRequest, merge_group: mergeGroup, repository }) {
    const sha = pullRequest?.base?.sha || mergeGroup?.base_sha;
    if (sha)
        return { sha };
    const branch = repository?.default_branch;
    if (branch === undefined)
        return undefined;
    return GITHUB_REF === `refs/heads/${branch}` && GITHUB_SHA ? { sha: GITHUB_SHA } : { branch };
}

// EXTERNAL MODULE: ./build/commit/commit-tag.js
var commit_tag = __webpack_require__(35334);
// EXTERNAL MODULE: ./build/platform/git-values.js
var git_values = __webpack_require__(55361);
;// CONCATENATED MODULE: ./build/commit/short-sha.js

/**
 * The variable that sets the length of a short SHA, as for docker/metadata-action.
 * https://github.com/docker/metadata-action#environment-variables
 */
const shaLengthVariable = 'DOCKER_METADATA_SHORT_SHA_LENGTH';
/** Characters. */
const DEFAULT_SHA_LENGTH = 7;
/** Characters of a short SHA; `undefined` if the environment does not set it or sets it to no number. */
function shaLengthIn(environment) {
    const length = lengthOf(environment[shaLengthVariable] ?? '');
    return 'value' in length ? length.value : undefined;
}
/**
 * Variables of the runner that reach command lines and addresses, and the form that each has. The runner sets them itself.
 * https://git-scm.com/docs/git-check-ref-format
 */
const runnerVariables = {
    GITHUB_SHA: { hasForm: git_values/* isSha */.H, example: '40 or 64 characters of 0-9 and a-f' },
    GITHUB_REF: { hasForm: text => /^refs\/[^\p{Cc} ~^:?*[\\]+$/u.test(text), example: 'refs/heads/main' },
    GITHUB_REPOSITORY: { hasForm: text => /^[\w.-]+\/[\w.-]+$/.test(text), example: 'octo-org/octo-repo' },
    GITHUB_SERVER_URL: {
        hasForm: text => /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
        example: 'https://github.com',
    },
};
/** Rejects an invalid value of a variable in the same way as that of an input. */
function rejectInvalidVariables(reader, environment) {
    for (const [name, { hasForm, example }] of Object.entries(runnerVariables)) {
        const value = environment[name];
        if (value && !hasForm(value)) {
            reader.reject(name, value, {
                problem: 'is not what the runner sets',
                remedy: `It sets such as ${example}: let no earlier step and no \`env\` change it.`,
            });
        }
    }
    const text = environment[shaLengthVariable];
    const length = text ? lengthOf(text) : { value: DEFAULT_SHA_LENGTH };
    if (text && !('value' in length))
        reader.reject(shaLengthVariable, text, length);
}
/** Parses the length. A number greater than the length of the SHA is allowed and means all of it. */
function lengthOf(text) {
    return /^[1-9]\d*$/.test(text)
        ? { value: Number(text) }
        : { problem: 'is not a number of characters', remedy: 'Give one such as 12, or leave it out for 7.' };
}

// EXTERNAL MODULE: ./build/commit/strangers.js
var strangers = __webpack_require__(5839);
;// CONCATENATED MODULE: ./build/commit/commit.js



/** The full SHA of the commit that the event is about. For a pull request this is its head and not GitHub's merge commit. */
function eventShaOf(environment, event) {
    return headOf(environment, event)?.sha || (environment['GITHUB_SHA'] ?? '');
}
/** Combines what the runner, the event and git know of the commit. */
function commitOf(environment, options) {
    const { GITHUB_SHA = '', GITHUB_REPOSITORY = 'repository', GITHUB_RUN_ID = '0' } = environment;
    const { GITHUB_REF = '', GITHUB_REF_TYPE, GITHUB_REF_NAME, GITHUB_EVENT_NAME = '' } = environment;
    const { GITHUB_REPOSITORY_ID = '', GITHUB_REPOSITORY_OWNER_ID = '' } = environment;
    const { GITHUB_HEAD_REF, GITHUB_BASE_REF, GITHUB_SERVER_URL = 'https://github.com' } = environment;
    const { event, checkedOut, eventCommit, folders, hasOtherRepository = false, unverified, now } = options;
    const { pull_request: pullRequest, merge_group: mergeGroup, repository } = event;
    const unreleased = GITHUB_EVENT_NAME === 'release' ? whyUnreleased(event.release ?? {}) : undefined;
    const isOpen = (0,strangers/* isOpenToStrangers */.zy)(environment, event);
    const fork = (0,strangers/* forkOf */.qc)(environment, event);
    const eventSha = eventShaOf(environment, event);
    const baseSha = pullRequest?.base?.sha || mergeGroup?.base_sha;
    const built = checkedOut?.sha ?? GITHUB_SHA;
    // A job for `pull_request_target` has the base checked out, unless the workflow checks out the head explicitly.
    const isBase = GITHUB_EVENT_NAME === 'pull_request_target' && (built === GITHUB_SHA || built === baseSha);
    // The other events that anybody can cause run for the default branch, and say nothing of a commit that is checked out instead.
    // The head that the payload names may be any commit, one of main too, and its branch in the fork another one by now.
    const isNamedByCheckout = isBase || (isOpen && (!(0,strangers/* isPullRequest */.r0)(environment) || fork !== undefined));
    const sha = isNamedByCheckout ? built : eventSha;
    const shaLength = shaLengthIn(environment);
    const branch = GITHUB_HEAD_REF || pullRequest?.head?.ref || branchOf(GITHUB_REF);
    const baseBranch = GITHUB_BASE_REF || pullRequest?.base?.ref || branchOf(mergeGroup?.base_ref);
    const tagBranch = branchOf(event.base_ref);
    // The merge of a pull request was made at another time than its head.
    const committedAt = timeIn(event, sha) ?? [eventCommit, checkedOut].find(each => each?.sha === sha)?.committedAt;
    // A schedule runs on the default branch, and its payload may not name it: the others are webhooks', which do.
    // https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
    const defaultBranch = repository?.default_branch || (GITHUB_EVENT_NAME === 'schedule' ? branchOf(GITHUB_REF) : undefined);
    return {
        repository: GITHUB_REPOSITORY,
        repositoryId: GITHUB_REPOSITORY_ID,
        ownerId: GITHUB_REPOSITORY_OWNER_ID,
        runId: GITHUB_RUN_ID,
        event: GITHUB_EVENT_NAME,
        sha,
        ...(shaLength !== undefined && { shaLength }),
        checkedOut: checkedOut?.sha ?? GITHUB_SHA,
        folders,
        hasOtherRepository,
        isOpenToStrangers: isOpen,
        ...(unverified !== undefined && { unverified }),
        ...(fork !== undefined && { fork }),
        ...(committedAt !== undefined && { committedAt }),
        ref: GITHUB_REF,
        refSha: GITHUB_SHA,
        ...(GITHUB_REF_TYPE === 'tag' && GITHUB_REF_NAME !== undefined && { tag: GITHUB_REF_NAME }),
        ...(unreleased !== undefined && { unreleased }),
        ...(tagBranch && { tagBranch }),
        ...(branch && { branch }),
        ...(baseBranch && { baseBranch }),
        ...(baseSha && { baseSha }),
        ...(defaultBranch && { defaultBranch }),
        isPullRequest: (0,strangers/* isPullRequest */.r0)(environment),
        ...(pullRequest?.number !== undefined && { pullRequest: pullRequest.number }),
        isFork: (0,strangers/* isForkOf */.g5)(pullRequest),
        earlier: [event.before, pullRequest?.base?.sha]
            .filter(each => each !== undefined)
            .filter(each => !/^0*$/.test(each)),
        about: {
            name: repository?.name ?? GITHUB_REPOSITORY.replace(/^.*\//, ''),
            ...(repository?.description && { description: repository.description }),
            url: repository?.html_url ?? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`,
            ...(repository?.license?.spdx_id && { license: repository.license.spdx_id }),
        },
        now: now.toISOString(),
    };
}
function whyUnreleased({ draft, prerelease }) {
    if (draft)
        return 'draft';
    return prerelease ? 'prerelease' : undefined;
}
function headOf(environment, event) {
    return (0,strangers/* isPullRequest */.r0)(environment) ? event.pull_request?.head : undefined;
}
/** When the commit was made, according to the payload of a push; ISO 8601, UTC. */
function timeIn({ commits = [], head_commit: head }, sha) {
    const timestamp = [...commits, head].find(each => each?.id === sha)?.timestamp;
    return timestamp === undefined ? undefined : (0,git_values/* timeOf */.n)(timestamp);
}
function branchOf(ref) {
    return /^refs\/heads\/(.+)$/.exec(ref ?? '')?.[1];
}

// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
;// CONCATENATED MODULE: ./build/commit/event-payload.js

/**
 * Lets in of a payload what has the type and the form that GitHub documents. All else counts as absent, so that nobody has to ask
 * again: a text where a list should be, a SHA that is none, a date that no calendar has.
 */
function parseEvent(payload) {
    const event = members(payload);
    return compact({
        before: sha(event['before']),
        pull_request: nested(event['pull_request'], pullRequest => ({
            number: positive(pullRequest['number']),
            head: nested(pullRequest['head'], parseSide),
            base: nested(pullRequest['base'], parseSide),
        })),
        merge_group: nested(event['merge_group'], group => ({
            base_ref: event_payload_text(group['base_ref']),
            base_sha: sha(group['base_sha']),
        })),
        release: nested(event['release'], release => ({
            draft: bool(release['draft']),
            prerelease: bool(release['prerelease']),
        })),
        workflow_run: nested(event['workflow_run'], run => ({
            event: event_payload_text(run['event']),
            head_branch: event_payload_text(run['head_branch']),
            head_repository: nested(run['head_repository'], parseName),
        })),
        base_ref: event_payload_text(event['base_ref']),
        commits: Array.isArray(event['commits'])
            ? event['commits'].flatMap((each) => nested(each, parseCommit) ?? [])
            : undefined,
        head_commit: nested(event['head_commit'], parseCommit),
        repository: nested(event['repository'], repository => ({
            name: event_payload_text(repository['name']),
            description: event_payload_text(repository['description']),
            html_url: address(repository['html_url']),
            default_branch: event_payload_text(repository['default_branch']),
            license: nested(repository['license'], license => ({ spdx_id: event_payload_text(license['spdx_id']) })),
        })),
    });
}
function parseSide(side) {
    return { ref: event_payload_text(side['ref']), sha: sha(side['sha']), repo: nested(side['repo'], parseName) };
}
function parseName(repository) {
    return { full_name: event_payload_text(repository['full_name']) };
}
function parseCommit(commit) {
    const timestamp = event_payload_text(commit['timestamp']);
    return { id: sha(commit['id']), timestamp: timestamp && (0,git_values/* timeOf */.n)(timestamp) && timestamp };
}
function members(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
/** Reads an object; what is none counts as absent. */
function nested(value, read) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? compact(read(members(value))) : undefined;
}
function event_payload_text(value) {
    return typeof value === 'string' ? value : undefined;
}
function bool(value) {
    return typeof value === 'boolean' ? value : undefined;
}
function sha(value) {
    return typeof value === 'string' && (0,git_values/* isSha */.H)(value) ? value : undefined;
}
function address(value) {
    return typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '') ? value : undefined;
}
function positive(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
function compact(value) {
    const present = { ...value };
    for (const name in present)
        if (present[name] === undefined)
            delete present[name];
    return present;
}

;// CONCATENATED MODULE: ./build/commit/read-event.js



/** GitHub sends no longer payload than 25 MB. https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const MAX_BYTES = 32 * 1024 * 1024;
/**
 * Reads the payload of the event that started the job; without a file it is empty.
 * @throws {Failure} where there is something else than a payload.
 */
function readEvent(path) {
    const stats = path ? (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false }) : undefined;
    if (!path || stats === undefined)
        return {};
    if (!stats.isFile())
        throw unreadable(path, 'it is no file');
    if (stats.size > MAX_BYTES)
        throw unreadable(path, `it has more than ${MAX_BYTES} bytes`);
    const payload = contentOf(path);
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
        throw unreadable(path, 'it is no JSON object');
    return parseEvent(payload);
}
function contentOf(path) {
    let text;
    try {
        text = (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (error) {
        throw unreadable(path, (0,failure/* describeFailure */.Ic)(error), error);
    }
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw unreadable(path, 'it is no JSON', error);
    }
}
function unreadable(path, reason, cause) {
    return new failure/* Failure */.HR(`The event's payload, ${path} of GITHUB_EVENT_PATH, could not be read: ${reason}.`, {
        remedy: 'The runner writes this file before the job: let no earlier step change it or the variable. Nothing has been created or pushed.',
        cause,
    });
}

;// CONCATENATED MODULE: ./build/commit/urls.js
/** The URLs, from the variables of the runner. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
function jobUrlsOf(environment) {
    const { GITHUB_SERVER_URL: serverUrl = '', GITHUB_SHA } = environment;
    const { GITHUB_REPOSITORY = '', GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT } = environment;
    const repository = `${serverUrl}/${GITHUB_REPOSITORY}`;
    return {
        ownUrl: `${repository}.git`,
        runUrl: `${repository}/actions/runs/${GITHUB_RUN_ID}/attempts/${GITHUB_RUN_ATTEMPT}`,
        defaultContext: `${repository}.git#${GITHUB_SHA}`,
    };
}

// EXTERNAL MODULE: ./build/gate/baseline.js
var gate_baseline = __webpack_require__(69903);
// EXTERNAL MODULE: ./build/scan/inputs.js
var inputs = __webpack_require__(14199);
// EXTERNAL MODULE: ./build/scan/severity.js
var severity = __webpack_require__(81677);
;// CONCATENATED MODULE: ./build/gate/exceptions-inputs.js


/** The default of `ignore-file`, which need not exist. */
const DEFAULT_IGNORE_FILE = '.ecr-scan-ignore.yml';
/** The default of `ignore-max-days`. */
const DEFAULT_MAX_DAYS = 365;
/** Reads `ignore-file` and `vex`. The parser of each format is loaded only when there is a file to parse. */
async function readExceptions(reader, { workspace, pathInCommit, openBase }) {
    const ignoreFile = reader.text('ignore-file', () => undefined, DEFAULT_IGNORE_FILE);
    const patterns = reader.read('vex', parsers/* parseLines */.Li, []);
    const days = (text) => parsers/* parseWholeNumber */.oA(text, { min: 1, max: 36_500 });
    const maxDays = reader.read('ignore-max-days', days, DEFAULT_MAX_DAYS);
    const from = reader.read('exceptions-from', text => parsers/* parseChoice */.HU(text, origins), 'checkout');
    const given = { ignoreFile, patterns };
    const readFrom = async (files, reports, paths = given) => ({
        ignore: await readIgnoreFile({ path: paths.ignoreFile, maxDays, files, reports }),
        vex: await readVex({ patterns: paths.patterns, files, reports }),
    });
    const rejecting = { missing: reader.reject, faulty: reader.reject };
    if (from === 'checkout')
        return readFrom(workspace, rejecting);
    const inCommit = (input, path) => {
        const inner = pathInCommit(path);
        if (inner === undefined)
            reader.reject(input, path, outOfCommit);
        return inner ?? path;
    };
    const pathsInCommit = {
        ignoreFile: inCommit('ignore-file', ignoreFile),
        patterns: patterns.map(pattern => inCommit('vex', pattern)),
    };
    if (openBase === undefined)
        return { ignore: [], vex: [] };
    // What the checkout has counts once it is merged, so its faults are told now. It need not have the files.
    await readFrom(workspace, { missing: () => { }, faulty: reader.reject });
    try {
        const { sha, files } = await openBase();
        // The pull request that brings the first exceptions goes on a commit without them, and the one that mends a faulty file on a
        // commit that has it.
        const missing = [];
        const faults = [];
        const reports = {
            missing: (input, value) => void missing.push(`\`${input}: ${value}\``),
            faulty: (_input, place, { problem }) => void faults.push(`${place} ${problem}`),
        };
        const exceptions = await readFrom(files, reports, pathsInCommit);
        return { ...exceptions, base: { sha, missing, faults } };
    }
    catch (error) {
        if (!(error instanceof Error))
            throw error;
        reader.reject('exceptions-from', 'base', {
            problem: `leads to no exceptions: ${error.message.replace(/\.$/, '')}`,
            remedy: error instanceof failure/* Failure */.HR ? error.remedy : 'Run the job again.',
        });
        return { ignore: [], vex: [] };
    }
}
/** Where exceptions come from: the files of the checkout, or the commit that a pull request goes on. */
const origins = ['checkout', 'base'];
/** What is wrong with a path that no commit has. */
const outOfCommit = {
    problem: 'is outside of the workspace, and `exceptions-from: base` reads the files of a commit',
    remedy: 'Give the path from the root of the repository.',
};
async function readIgnoreFile({ path, maxDays, files, reports, }) {
    const text = await files.textOf(path);
    if (typeof text === 'object') {
        reports.faulty('ignore-file', path, text);
        return [];
    }
    if (text !== undefined) {
        const { latestEndOf, parseIgnoreFile } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(529)]).then(__webpack_require__.bind(__webpack_require__, 2529));
        return valuesOf(reports, 'ignore-file', parseIgnoreFile(path, text, latestEndOf(maxDays, new Date())));
    }
    if (path !== DEFAULT_IGNORE_FILE) {
        reports.missing('ignore-file', path, {
            problem: 'is no file',
            remedy: 'Give its path in the workspace, after a step that checks the repository out.',
        });
    }
    return [];
}
/** Characters, as many as a path of Linux has at most. */
const MAX_PATTERN_LENGTH = 4096;
/** Patterns that braces may stand for. All of them are made before the first is looked for, so that `{1..100000}` would never end. */
const MAX_ALTERNATIVES = 1000;
function hasTooManyAlternatives(pattern) {
    const counts = Array.from(pattern.matchAll(/\{([^{}]*)\}/g), ([, inner = '']) => {
        const [, from, to] = /^(-?\d+|[a-z])\.\.(-?\d+|[a-z])(?:\.\.-?\d+)?$/i.exec(inner) ?? [];
        if (from === undefined || to === undefined)
            return inner.split(',').length;
        return /\d/.test(from) ? Math.abs(Number(to) - Number(from)) + 1 : 64;
    });
    return counts.reduce((all, each) => all * each, 1) > MAX_ALTERNATIVES;
}
async function readVex({ patterns, files, reports }) {
    if (patterns.length === 0)
        return [];
    const { parseVexDocument } = await __webpack_require__.e(/* import() */ 655).then(__webpack_require__.bind(__webpack_require__, 53655));
    const paths = new Set();
    for (const pattern of patterns) {
        if (pattern.length > MAX_PATTERN_LENGTH) {
            const most = MAX_PATTERN_LENGTH.toLocaleString('en');
            reports.faulty('vex', pattern, {
                problem: 'is longer than a path may be',
                remedy: `Give paths or patterns of up to ${most} characters, one a line.`,
            });
            continue;
        }
        if (hasTooManyAlternatives(pattern)) {
            reports.faulty('vex', pattern, {
                problem: 'has braces that stand for more patterns than are looked for',
                remedy: `Let them stand for up to ${MAX_ALTERNATIVES.toLocaleString('en')}, or use \`*\`.`,
            });
            continue;
        }
        const found = await files.matching(pattern);
        for (const path of found)
            paths.add(path);
        if (found.length > 0)
            continue;
        reports.missing('vex', pattern, {
            problem: 'names no file',
            remedy: 'Give paths or patterns such as vex/*.json, one a line, of files in the workspace.',
        });
    }
    const texts = [...paths].map(async (path) => [path, (await files.textOf(path)) ?? '']);
    return (await Promise.all(texts)).flatMap(([path, text]) => {
        if (typeof text === 'string')
            return valuesOf(reports, 'vex', parseVexDocument(path, text));
        reports.faulty('vex', path, text);
        return [];
    });
}
function valuesOf({ faulty }, input, { values, faults }) {
    faults.forEach(({ place, ...problem }) => faulty(input, place, problem));
    return values;
}

// EXTERNAL MODULE: ./build/gate/limits.js
var limits = __webpack_require__(88392);
;// CONCATENATED MODULE: ./build/gate/inputs.js






/** Reads the inputs about the scan and the gate. */
async function readGate(reader, { mode, ...files }) {
    const scan = (0,inputs/* readScan */.CY)(reader, mode);
    const comment = readComment(reader);
    return {
        ...scan,
        ...(await readRules((0,inputs/* scanInputReader */.jI)(reader, scan), files)),
        ...(comment !== undefined && { comment }),
    };
}
/** Reads the rules by which the scan is judged. */
async function readRules(reader, files) {
    const baseline = reader.optional('baseline', gate_baseline/* baselineName */.Ri);
    const gate = {
        failOn: reader.read('fail-on', text => parsers/* parseChoice */.HU(text, severity/* thresholds */.pw), 'critical'),
        max: readLimits(reader),
        ignoreUnfixed: reader.read('ignore-unfixed', parsers/* parseBoolean */.yG, false),
        failOnExploitable: reader.read('fail-on-exploitable', parsers/* parseBoolean */.yG, false),
        scope: reader.read('gate', text => parsers/* parseChoice */.HU(text, limits/* scopes */.Wu), 'all'),
        exceptions: await readExceptions(reader, files),
        ...(baseline !== undefined && { baseline }),
    };
    if (gate.scope === 'new' && baseline === undefined) {
        reader.reject('gate', 'new', {
            problem: 'has nothing to compare with',
            remedy: 'Name a `baseline`: a tag such as latest, a digest, or base.',
        });
    }
    return gate;
}
/** Returns the token with which the comment is written; `undefined` where no comment is wanted. */
function readComment(reader) {
    const isWanted = reader.read('comment', parsers/* parseBoolean */.yG, false);
    const token = reader.optional('github-token', () => undefined);
    if (!isWanted)
        return undefined;
    if (token === undefined) {
        reader.reject('comment', 'true', {
            problem: 'needs a token of GitHub',
            remedy: 'Leave `github-token` as it is by default, or give one that may write to pull requests.',
        });
    }
    return token;
}
function readLimits(reader) {
    const number = (text) => parsers/* parseWholeNumber */.oA(text, { min: 0, max: 1_000_000 });
    const limits = {
        critical: reader.read('max-critical', number, undefined),
        high: reader.read('max-high', number, undefined),
        medium: reader.read('max-medium', number, undefined),
        low: reader.read('max-low', number, undefined),
        informational: reader.read('max-informational', number, undefined),
        undefined: reader.read('max-undefined', number, undefined),
    };
    return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}

// EXTERNAL MODULE: ./build/image/inputs.js
var image_inputs = __webpack_require__(62885);
// EXTERNAL MODULE: ./build/build/annotation-levels.js
var annotation_levels = __webpack_require__(54512);
// EXTERNAL MODULE: ./build/merge/platform-builds.js
var platform_builds = __webpack_require__(60720);
;// CONCATENATED MODULE: ./build/merge/inputs.js


/** Reads the outputs of the runs of `mode: build`. `createIndex` checks later whether they make a complete image. */
function readPlatformBuilds(reader, { mode, type }) {
    const platformBuilds = reader.read('builds', platform_builds/* parsePlatformBuilds */.o, { builds: [], missing: [] });
    if (platformBuilds.builds.length + platformBuilds.missing.length > 0 && mode !== 'merge') {
        reader.reject('builds', '…', {
            problem: 'is what `mode: merge` joins',
            remedy: 'Set `mode: merge`, or leave it out.',
        });
    }
    if (type === 'public' && (mode === 'build' || mode === 'merge')) {
        reader.reject('mode', mode, {
            problem: 'is not to be had in ECR Public, which shows no manifests',
            remedy: 'Set `mode: all`, and build all platforms in one run.',
        });
    }
    return platformBuilds;
}
/** Rejects inputs for the whole image in `mode: build`, and inputs for its parts in `mode: merge`. */
function refuseMisplacedInputs(reader, { mode, build, builder, release }) {
    if (mode === 'merge') {
        for (const each of build.annotations.filter(text => !(0,annotation_levels/* isForIndexOnly */.UM)(text))) {
            reader.reject('annotations', each, {
                problem: 'is for images, and those are built already',
                remedy: 'Give it to the steps of `mode: build`; index:name=value is for the index that is made here.',
            });
        }
    }
    if (mode !== 'build')
        return;
    for (const each of build.annotations.filter(annotation_levels/* isForIndex */.Gw)) {
        reader.reject('annotations', each, {
            problem: 'is for the index, which `mode: merge` makes',
            remedy: 'Give index:name=value to the step of `mode: merge`, and what is for manifests here.',
        });
    }
    if (release === 'with-push') {
        reader.reject('release', release, {
            problem: 'would release a part of an image',
            remedy: 'Leave it out: `mode: merge` releases the whole, after the gate.',
        });
    }
    if (mayBuildOtherPlatform(builder) && build.platforms.length === 0) {
        reader.reject('platforms', '', {
            problem: 'is empty, and nobody knows yet what the builder elsewhere builds for',
            remedy: 'Give the platform of this run: its image is named after it.',
        });
    }
}
/** Whether the builder may run on a machine with another processor than this one. */
function mayBuildOtherPlatform(builder) {
    if (builder.kind !== 'made')
        return false;
    return (builder.driver !== 'docker-container' || builder.node.endpoint !== undefined || builder.append.length > 0);
}

// EXTERNAL MODULE: ./build/platform/own-value.js
var own_value = __webpack_require__(86982);
// EXTERNAL MODULE: ./build/ecr/hosts.js
var hosts = __webpack_require__(81390);
// EXTERNAL MODULE: ./build/repository/plan.js
var repository_plan = __webpack_require__(42454);
// EXTERNAL MODULE: ./build/repository/repository-policy.js
var repository_policy = __webpack_require__(89992);
// EXTERNAL MODULE: ./build/validation/json.js
var json = __webpack_require__(58270);
;// CONCATENATED MODULE: ./build/repository/settings-parsers.js


/**
 * Parses a policy into JSON without spaces. `min` and `max` are the characters that ECR accepts, `name` is the member with its
 * parts.
 */
function documentOf(text, { name, min, max }) {
    const remedy = `Give JSON such as {"${name}": […]}, or the path of a file that has it.`;
    const noDocument = { problem: 'is neither JSON nor a file of the workspace', remedy };
    const parsed = (0,json/* parseGivenJson */.$)(text, noDocument);
    if ('problem' in parsed)
        return parsed;
    const document = parsed.value;
    if (!(0,parsers/* isRecord */.u4)(document))
        return noDocument;
    const parts = document[name];
    if (!Array.isArray(parts) || parts.length === 0)
        return { problem: `has no ${name}`, remedy };
    const value = JSON.stringify(document);
    if (value.length < min || value.length > max) {
        return { problem: `has ${value.length} characters`, remedy: `ECR takes ${min} to ${max}.` };
    }
    if (!parts.every(parsers/* isRecord */.u4))
        return { problem: `has a part of its ${name} that is no object`, remedy: `Give each as {…}.` };
    if (name === 'rules' && parts.length > 50)
        return { problem: `has ${parts.length} rules`, remedy: 'ECR takes 50 at most.' };
    return { value };
}
/**
 * Parses resource tags, `key=value`, one per line.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html
 */
function resourceTagsOf(text) {
    const lines = (0,parsers/* parseLines */.Li)(text);
    if (!('value' in lines))
        return lines;
    const pairs = lines.value.map(line => line.split(/=(.*)/s));
    const wrong = pairs.find(([key = '', value]) => value === undefined ||
        !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) ||
        /^aws:/i.test(key) ||
        !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value));
    if (wrong === undefined && pairs.length <= 50)
        return { value: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value])) };
    return {
        problem: wrong === undefined ? `are ${pairs.length} tags` : `have the line '${wrong.slice(0, 2).join('=')}'`,
        remedy: "Give up to 50 as key=value, one a line: keys of 128 and values of 256 letters, digits, spaces and any of _.:/=+-@, no key beginning with 'aws:'.",
    };
}
/** The most characters that ECR Public accepts for each text. */
const maxCharacters = new Map([
    ['description', 1_024],
    ['aboutText', 25_600],
    ['usageText', 25_600],
    ['logoImageBlob', 512_000],
]);
const lists = new Set(['architectures', 'operatingSystems']);
/** Parses catalog data. https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_RepositoryCatalogDataInput.html */
function catalogOf(text) {
    const remedy = 'Give JSON, or the path of a file, with any of description (1,024 characters), aboutText and usageText (25,600 each), ' +
        'architectures and operatingSystems (lists of up to 50), logoImageBlob (base64).';
    const parsed = (0,json/* parseGivenJson */.$)(text, { problem: 'is no catalog data', remedy });
    if ('problem' in parsed)
        return parsed;
    const members = (0,parsers/* isRecord */.u4)(parsed.value) ? Object.entries(parsed.value) : [];
    const wrong = members.find(([member, value]) => lists.has(member)
        ? !isTexts(value)
        : typeof value !== 'string' || value.length > (maxCharacters.get(member) ?? -1));
    if (members.length > 0 && wrong === undefined)
        return { value: Object.fromEntries(members) };
    return {
        problem: wrong === undefined ? 'is no catalog data' : `has '${wrong[0]}', which is unknown or out of bounds`,
        remedy,
    };
}
function isTexts(value) {
    return Array.isArray(value) && value.length <= 50 && value.every(each => typeof each === 'string');
}

;// CONCATENATED MODULE: ./build/repository/settings-inputs.js




/** Reads the settings that the inputs ask for; a setting that is left out is not compared and not changed. */
function readSettings(reader, { contentOf }) {
    const scanOnPush = reader.read('scan-on-push', text => parsers/* parseBoolean */.yG(text), undefined);
    const encryption = readEncryption(reader);
    const lifecyclePolicy = reader.read('lifecycle-policy', text => parsers/* parseFurther */.Od(contentOf(text), json => documentOf(json, { name: 'rules', min: 100, max: 30_720 })), undefined);
    const repositoryPolicy = reader.read('repository-policy', text => parsers/* parseFurther */.Od(contentOf(text), json => documentOf(json, { name: 'Statement', min: 0, max: 10_240 })), undefined);
    const catalog = reader.read('catalog-data', text => parsers/* parseFurther */.Od(contentOf(text), catalogOf), undefined);
    const services = reader.list('pull-services', parsers/* parseList */.E1, validators/* servicePrincipal */.wM);
    const asked = {
        ...readMutability(reader),
        ...(scanOnPush !== undefined && { scanOnPush }),
        ...(encryption !== undefined && { encryption }),
        tags: reader.read('repository-tags', resourceTagsOf, {}),
        ...(lifecyclePolicy !== undefined && { lifecyclePolicy }),
        ...(repositoryPolicy !== undefined && { repositoryPolicy }),
        pullAccounts: [...new Set(reader.list('pull-accounts', parsers/* parseList */.E1, validators/* accountId */.lS))],
        pullServices: [...new Set(services.map(each => (each.includes('.') ? each : `${each}.amazonaws.com`)))],
        ...(catalog !== undefined && { catalog }),
    };
    rejectOurSids(reader, asked);
    return asked;
}
/** Rejects a statement of the user whose Sid is that of one that `pull-accounts` or `pull-services` adds. */
function rejectOurSids(reader, asked) {
    const [taken] = (0,repository_policy/* conflictingSids */.sD)(asked);
    if (taken === undefined)
        return;
    reader.reject('repository-policy', taken, {
        problem: 'is the Sid of the statement that `pull-accounts` or `pull-services` adds',
        remedy: 'Give your statement another Sid, or leave that input out.',
    });
}
const tagSettings = ['IMMUTABLE_WITH_EXCLUSION', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'MUTABLE'];
/** Reads the mutability of tags. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
function readMutability(reader) {
    const given = reader.read('image-tag-mutability', text => parsers/* parseChoice */.HU(text, tagSettings), undefined);
    const exclusions = reader.list('image-tag-mutability-exclusions', parsers/* parseList */.E1, validators/* exclusionFilter */.Jc);
    const refuse = (problem, remedy) => reader.reject('image-tag-mutability-exclusions', exclusions.join(', '), { problem, remedy });
    if (exclusions.length > 5)
        refuse('are too many filters', 'ECR takes 5 at most.');
    if (exclusions.length > 0 && (given === 'MUTABLE' || given === 'IMMUTABLE'))
        refuse(`are for no repository that is ${given}`, `Set \`image-tag-mutability: ${given}_WITH_EXCLUSION\`.`);
    if (given === 'MUTABLE_WITH_EXCLUSION' && exclusions.length === 0)
        refuse('names no tag that cannot move', 'Give filters such as v*, or set `image-tag-mutability: MUTABLE`.');
    return {
        ...(given !== undefined && { mutability: given }),
        ...(exclusions.length > 0 && { exclusions }),
    };
}
function readEncryption(reader) {
    const key = reader.optional('kms-key', validators/* kmsKey */.zJ);
    const type = reader.read('encryption-type', text => parsers/* parseChoice */.HU(text, ['AES256', 'KMS', 'KMS_DSSE']), key === undefined ? undefined : 'KMS');
    if (type === 'AES256' && key !== undefined) {
        reader.reject('kms-key', key, {
            problem: 'is not used by `encryption-type: AES256`',
            remedy: 'Set `encryption-type` to KMS or KMS_DSSE, or leave the key out.',
        });
    }
    return type === undefined ? undefined : { type, ...(key !== undefined && { key }) };
}

;// CONCATENATED MODULE: ./build/repository/inputs.js






/** Reads the inputs about the repository that the image goes to. */
function readRepository(reader, options) {
    const address = (0,ecr_reference/* addressOf */.ci)(reader.text('repository', ecr_reference/* repositoryName */.aR));
    const registryId = readRegistryId(reader, address);
    const { region, alias, host } = address;
    const endpoints = host === undefined ? (0,hosts/* endpointsOf */.uY)(options.env) : undefined;
    const inputs = {
        type: readType(reader, address),
        name: address.name,
        ...(registryId !== undefined && { registryId }),
        ...(region !== undefined && { region }),
        ...(alias !== undefined && { alias }),
        ...(host !== undefined && { host }),
        ...(endpoints !== undefined && { endpoints }),
        create: reader.read('create-repository', parsers/* parseBoolean */.yG, true),
        asked: readSettings(reader, options),
        onDrift: reader.read('on-drift', text => parsers/* parseChoice */.HU(text, repository_plan/* driftChoices */.I), 'report'),
        allowExpiry: reader.read('allow-lifecycle-expiry', parsers/* parseBoolean */.yG, false),
    };
    rejectInapplicable(reader, inputs);
    return inputs;
}
/** The inputs that name a repository. */
const repositoryNames = ['repository', 'cache-repository', 'image'];
/** What the log says of names of repositories that were given in upper case, a sentence for each input. */
function readLowered(reader) {
    return repositoryNames.flatMap(input => {
        const text = reader.text(input, () => undefined);
        const name = input === 'image' ? (0,ecr_reference/* partsOfImage */.rv)(text).path : text;
        return name === undefined || name === (0,ecr_reference/* inLowerCase */.T)(name)
            ? []
            : [`\`${input}\` is taken in lower case, as ECR wants names: ${(0,ecr_reference/* inLowerCase */.T)(name)}`];
    });
}
/** Rejects a region or a list of accounts that contradicts the repository's address. */
function rejectOtherRegion(reader, { region, registryId }, role) {
    if (region !== undefined && role.region !== region) {
        reader.reject('aws-region', role.region, {
            problem: `is not the region of \`repository\`, ${region}`,
            remedy: "Correct one of the two; with the repository's URI or ARN `aws-region` can be left out.",
        });
    }
    const { allowedAccountIds } = role;
    if (registryId !== undefined && allowedAccountIds.length > 0 && !allowedAccountIds.includes(registryId)) {
        reader.reject('allowed-account-ids', allowedAccountIds.join(', '), {
            problem: `does not name ${registryId}, the account of the registry`,
            remedy: 'Add it there, or correct `repository` or `registry-id`.',
        });
    }
}
/**
 * Rejects the wait for a scan in ECR Public, which does not scan: the image would otherwise be released without a judgement.
 */
function rejectScanOfPublic(reader, { type }, { wait }) {
    if (type === 'private' || !wait)
        return;
    reader.reject('wait-for-scan', 'true', {
        problem: 'is not to be had in ECR Public, which scans nothing',
        remedy: 'Set `wait-for-scan: false`: the image is then pushed and released without a judgement.',
    });
}
function readRegistryId(reader, address) {
    const given = reader.optional('registry-id', validators/* accountId */.lS);
    if (given !== undefined && address.registryId !== undefined && given !== address.registryId) {
        reader.reject('registry-id', given, {
            problem: `is not the account in \`repository\`, ${address.registryId}`,
            remedy: 'Correct one of the two, or leave `registry-id` out.',
        });
    }
    return given ?? address.registryId;
}
function readType(reader, address) {
    const type = reader.read('registry-type', text => parsers/* parseChoice */.HU(text, ['private', 'public']), address.type ?? 'private');
    if (address.type !== undefined && address.type !== type) {
        reader.reject('registry-type', type, {
            problem: `is not the kind of registry in \`repository\`, which is ${address.type}`,
            remedy: 'Correct one of the two, or leave `registry-type` out.',
        });
    }
    return type;
}
/** Rejects inputs that this kind of registry does not support, so that they are not silently ignored. */
function rejectInapplicable(reader, { type, asked, allowExpiry }) {
    const refuse = (input, value, problem, remedy) => reader.reject(input, value, { problem, remedy });
    if (allowExpiry && asked.lifecyclePolicy === undefined)
        refuse('allow-lifecycle-expiry', 'true', 'is for a policy, and there is none', 'Give `lifecycle-policy`.');
    if (type === 'private') {
        if (asked.catalog !== undefined)
            refuse('catalog-data', '…', 'is for ECR Public, and this repository is private', 'Set `registry-type: public`.');
        return;
    }
    const unsupported = [
        ['image-tag-mutability', asked.mutability],
        ['image-tag-mutability-exclusions', asked.exclusions?.join(', ')],
        ['scan-on-push', asked.scanOnPush?.toString()],
        ['encryption-type', asked.encryption?.type],
        ['lifecycle-policy', asked.lifecyclePolicy && '…'],
        ['pull-accounts', asked.pullAccounts.join(', ') || undefined],
        ['pull-services', asked.pullServices.join(', ') || undefined],
    ];
    for (const [input, value] of unsupported) {
        if (value !== undefined)
            refuse(input, value, 'does not exist in ECR Public, where everybody pulls', 'Leave it out.');
    }
}
/**
 * Names an image that is not pushed: it needs a valid name, and the one of the inputs may come from a variable that GitHub
 * withholds from a fork. The name on GitHub is then used.
 */
function withLocalName(repository, githubName) {
    if (!(0,ecr_reference/* problemWithRepositoryName */.Zn)(repository.name))
        return repository;
    return { ...repository, name: (0,ecr_reference/* nearestRepositoryName */.On)(githubName) || 'image' };
}

;// CONCATENATED MODULE: ./build/reuse/inputs.js

/** Reads `reuse`: which existing images are reused instead of a build. */
function readReuse(reader) {
    return reader.read('reuse', text => parsers/* parseChoice */.HU(text, ['commit', 'content', 'off']), 'commit');
}
/** Rejects `reuse: content` with `no-cache: true`, which contradict each other. */
function refuseContentWithoutCache(reader, { reuse, build }) {
    if (reuse !== 'content' || !build.noCache)
        return;
    reader.reject('reuse', reuse, {
        problem: 'takes what another commit has built, and `no-cache: true` wants every step built anew',
        remedy: 'Leave out one of the two; `reuse: commit` takes the image of this very commit alone.',
    });
}

;// CONCATENATED MODULE: ./build/role/job-tags.js
/** Characters of a tag's value. https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html */
const MAX_VALUE_LENGTH = 256;
/**
 * Session tags that tell of the job, by the variable of the runner that has the value: the keys that
 * aws-actions/configure-aws-credentials 6.2 sets, as trust policies and ABAC rules name them.
 * https://github.com/aws-actions/configure-aws-credentials#session-tagging
 */
const identifying = {
    Repository: 'GITHUB_REPOSITORY',
    Workflow: 'GITHUB_WORKFLOW',
    Action: 'GITHUB_ACTION',
    Actor: 'GITHUB_ACTOR',
    Commit: 'GITHUB_SHA',
    Branch: 'GITHUB_REF',
};
/** Those that the other action leaves out too where all together are more than STS takes. */
const describing = {
    EventName: 'GITHUB_EVENT_NAME',
    BaseRef: 'GITHUB_BASE_REF',
    HeadRef: 'GITHUB_HEAD_REF',
    RunId: 'GITHUB_RUN_ID',
    Job: 'GITHUB_JOB',
    TriggeringActor: 'GITHUB_TRIGGERING_ACTOR',
};
/** The keys of the job's tags that may be left out. */
const spareKeys = Object.keys(describing);
/** The tags of the job that this environment describes. */
function jobTagsOf(environment) {
    const told = Object.entries({ ...identifying, ...describing }).flatMap(([key, name]) => {
        const value = asTagValue(environment[name] ?? '');
        return value === '' ? [] : [[key, value]];
    });
    return { GitHub: 'Actions', ...Object.fromEntries(told) };
}
/** A branch or the name of a workflow may have any character; a tag takes some. */
function asTagValue(text) {
    const characters = Array.from(text.replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_'));
    return characters.slice(0, MAX_VALUE_LENGTH).join('');
}

;// CONCATENATED MODULE: ./build/role/key-inputs.js

/** The inputs with keys of AWS. Each is a secret as a whole. */
const keyInputs = ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'];
/**
 * Reads the keys that the inputs give, under the names of aws-actions/configure-aws-credentials. No error shows a value. `isMeant`
 * holds for half a pair too, which is no key, so that its error alone is told and none of what keys would make right.
 */
function readKeys(reader) {
    const id = reader.optional('aws-access-key-id', validators/* anything */.D8);
    const secret = reader.optional('aws-secret-access-key', validators/* anything */.D8);
    const token = reader.optional('aws-session-token', validators/* anything */.D8);
    const refuse = (input, value, problem, remedy) => reader.reject(input, value, { problem, remedy });
    const values = { 'aws-access-key-id': id, 'aws-secret-access-key': secret, 'aws-session-token': token };
    for (const input of keyInputs.filter(each => /[^!-~]/.test(values[each] ?? ''))) {
        refuse(input, '…', 'has a space, a line break or another character in it that no key has', 'Give the key alone, as a secret of the repository or the organisation.');
    }
    if (id === undefined && secret === undefined) {
        if (token !== undefined) {
            refuse('aws-session-token', '…', 'comes without the keys that it belongs to', BOTH_OR_NEITHER);
        }
        return { isMeant: false };
    }
    if (id === undefined || secret === undefined) {
        const [missing, given] = id === undefined
            ? ['aws-access-key-id', 'aws-secret-access-key']
            : ['aws-secret-access-key', 'aws-access-key-id'];
        refuse(missing, '', `is empty, and \`${given}\` is given`, BOTH_OR_NEITHER);
        return { isMeant: true };
    }
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
    if (id.startsWith('ASIA') && token === undefined) {
        refuse('aws-session-token', '', 'is empty, and `aws-access-key-id` is the key of a session (ASIA…)', 'Give the session token that was made with the key.');
    }
    const session = token === undefined ? {} : { sessionToken: token };
    return { keys: { accessKeyId: id, secretAccessKey: secret, ...session }, isMeant: true };
}
const BOTH_OR_NEITHER = "Give both keys, or neither and `role-to-assume`. A secret that the job cannot see is empty: one that is misspelt or another environment's, and in a pull request from a fork or of Dependabot each one.";

// EXTERNAL MODULE: ./build/role/oidc-subject.js
var oidc_subject = __webpack_require__(9513);
;// CONCATENATED MODULE: ./build/role/session-parsers.js


/**
 * Parses an IAM policy into compact JSON, of which STS accepts 2,048 characters.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
function policyOf(text) {
    const noPolicy = {
        problem: 'is no IAM policy',
        remedy: 'Give JSON with a Statement, or the path of a file that has it.',
    };
    const parsed = (0,json/* parseGivenJson */.$)(text, noPolicy);
    if ('problem' in parsed)
        return parsed;
    const document = parsed.value;
    if (!(0,parsers/* isRecord */.u4)(document) || !('Statement' in document))
        return noPolicy;
    const value = JSON.stringify(document);
    if (value.length <= 2_048)
        return { value };
    return { problem: `has ${value.length} characters as compact JSON`, remedy: 'STS takes 2,048 at most.' };
}
/**
 * Parses session tags, `{"key": "value"}`: 50 at most, with keys of up to 128 and values of up to 256 characters. Keys that differ in
 * case alone are the same to STS, and `aws:` is for AWS. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
function tagsOf(text) {
    const noTags = {
        problem: 'are no session tags',
        remedy: 'Give up to 50 as JSON, such as {"team": "web"}; letters, digits, spaces and any of _.:/=+-@, no key twice in another case, none that begins with aws:',
    };
    const parsed = (0,json/* parseGivenJson */.$)(text, noTags);
    if ('problem' in parsed)
        return parsed;
    const given = parsed.value;
    const tags = (0,parsers/* isRecord */.u4)(given) ? Object.entries(given) : [];
    const value = Object.fromEntries(tags.flatMap(([key, each]) => (typeof each === 'string' ? [[key, each]] : [])));
    const fits = tags.every(([key, each]) => key !== '' && isTagText(key, 128) && typeof each === 'string' && isTagText(each, 256));
    const isDistinct = new Set(tags.map(([key]) => key.toLowerCase())).size === tags.length;
    if ((0,parsers/* isRecord */.u4)(given) && fits && isDistinct && tags.length <= 50)
        return { value };
    return noTags;
}
function isTagText(text, maxLength) {
    return text.length <= maxLength && !/^aws:/i.test(text) && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text);
}

;// CONCATENATED MODULE: ./build/role/inputs.js






const MIN_SESSION_SECONDS = 900;
const DEFAULT_SESSION_SECONDS = 3_600;
const MAX_SESSION_SECONDS = 43_200;
const MAX_CHAINED_SESSION_SECONDS = 3_600;
/** Reads the inputs about the role and the credentials. */
function readRole(reader, { push, jobRegion, environment, contentOf }) {
    const arns = reader.list('role-to-assume', parsers/* parseLines */.Li, validators/* roleArn */.w3);
    const chaining = reader.read('role-chaining', parsers/* parseBoolean */.yG, false);
    const { keys, isMeant } = readKeys(reader);
    const chained = arns.length > 1 || (chaining && !isMeant && arns.length > 0);
    const sessionName = reader.optional('role-session-name', validators/* sessionName */.Cy);
    const externalId = reader.optional('role-external-id', validators/* externalId */.pP);
    const sessionPolicy = reader.read('inline-session-policy', text => parsers/* parseFurther */.Od(contentOf(text), policyOf), undefined);
    const customTags = reader.read('custom-tags', tagsOf, {});
    const tagsSession = !reader.read('role-skip-session-tagging', parsers/* parseBoolean */.yG, true);
    const jobTags = tagsSession ? jobTagsOf(environment) : {};
    const proxy = readProxy(reader);
    const noProxy = reader.optional('no-proxy', validators/* anything */.D8);
    const inputs = {
        region: push ? reader.text('aws-region', validators/* region */.Ny, jobRegion) : (jobRegion ?? ''),
        arns,
        chaining,
        ...(keys !== undefined && { keys }),
        ...(sessionName !== undefined && { sessionName }),
        durationSeconds: reader.read('role-duration-seconds', 
        // A session of a chained role lasts one hour at most.
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
        text => parsers/* parseWholeNumber */.oA(text, {
            min: MIN_SESSION_SECONDS,
            max: chained ? MAX_CHAINED_SESSION_SECONDS : MAX_SESSION_SECONDS,
        }), DEFAULT_SESSION_SECONDS),
        audience: reader.optional('audience', validators/* anything */.D8) ?? 'sts.amazonaws.com',
        issuer: (0,oidc_subject/* issuerOf */.xD)(environment['GITHUB_SERVER_URL'] ?? ''),
        ...(externalId !== undefined && { externalId }),
        ...(sessionPolicy !== undefined && { sessionPolicy }),
        sessionPolicyArns: reader.list('managed-session-policies', parsers/* parseLines */.Li, validators/* policyArn */.mF),
        tags: { ...jobTags, ...customTags },
        spareTagKeys: tagsSession ? spareKeys : [],
        transitiveTagKeys: reader.list('transitive-tag-keys', parsers/* parseLines */.Li, validators/* anything */.D8),
        allowedAccountIds: reader.list('allowed-account-ids', parsers/* parseList */.E1, validators/* accountId */.lS),
        exportCredentials: reader.read('output-env-credentials', parsers/* parseBoolean */.yG, false),
        masksAccountId: reader.read('mask-aws-account-id', parsers/* parseBoolean */.yG, false),
        ...(proxy !== undefined && { proxy }),
        ...(noProxy !== undefined && { noProxy }),
    };
    const isSigned = chained || (isMeant && arns.length > 0);
    rejectUnusedInputs(reader, inputs, { isSigned, customTags, tagsSession });
    rejectTagsOfJob(reader, { customTags, jobTags });
    return inputs;
}
/** Reads the address of the proxy. An invalid address may contain a password, so the error does not show that part. */
function readProxy(reader) {
    const proxy = reader.optional('http-proxy', validators/* anything */.D8);
    const fault = proxy === undefined ? undefined : (validators/* proxy */.BX(proxy) ?? encodingFault(proxy));
    if (proxy !== undefined && fault)
        reader.reject('http-proxy', proxy.replace(/^.*@/s, '…@'), fault);
    return proxy;
}
/** Rejects an address whose host or password nobody can read, such as one with a percent sign that encodes nothing. */
function encodingFault(proxy) {
    try {
        const { username, password } = new URL(proxy);
        decodeURIComponent(username + password);
        return undefined;
    }
    catch {
        return {
            problem: 'is an address that cannot be read',
            remedy: 'Give it as http://user:password@host:port, and write special characters of user and password as %xx: `%25` is a percent sign, `%40` an @.',
        };
    }
}
const TRANSITIVE_REMEDY = 'Add it there, or leave it out here. With `role-skip-session-tagging: false` the tags of the job are keys too.';
/** STS takes a key once, in whatever case it is written, and 50 tags. */
function rejectTagsOfJob(reader, { customTags, jobTags }) {
    const taken = new Set(Object.keys(jobTags).map(key => key.toLowerCase()));
    for (const key of Object.keys(customTags).filter(each => taken.has(each.toLowerCase()))) {
        reader.reject('custom-tags', key, {
            problem: 'is a tag of the job already',
            remedy: 'Give it another key, or leave `role-skip-session-tagging: false` out.',
        });
    }
    const count = taken.size + Object.keys(customTags).length;
    if (taken.size > 0 && count > 50) {
        reader.reject('custom-tags', `${count} tags with those of the job`, {
            problem: 'are too many',
            remedy: 'STS takes 50 at most.',
        });
    }
}
/** Rejects inputs that would have no effect without another input. */
function rejectUnusedInputs(reader, inputs, 
/** Whether a role is assumed by keys or by another role, which takes an external id and tags. */
{ isSigned, customTags, tagsSession, }) {
    const { arns, chaining, externalId, sessionPolicy, sessionPolicyArns, tags, transitiveTagKeys } = inputs;
    const refuse = (input, value, problem, remedy) => reader.reject(input, value, { problem, remedy });
    const [policyArn] = sessionPolicyArns;
    const chain = "A role that GitHub's OIDC assumes takes none. Where credentials of the job assume the role, set `role-chaining: true`; where another role does, give both in `role-to-assume`, that one first, one a line.";
    if (chaining && arns.length === 0) {
        refuse('role-chaining', 'true', 'names no role', 'Name the role in `role-to-assume`.');
    }
    if (externalId !== undefined && !isSigned) {
        refuse('role-external-id', externalId, 'is for a chained role, and there is none', chain);
    }
    if (Object.keys(customTags).length > 0 && !isSigned) {
        refuse('custom-tags', JSON.stringify(customTags), 'are for a chained role, and there is none', chain);
    }
    if (tagsSession && !isSigned) {
        refuse('role-skip-session-tagging', 'false', 'tags a chained role, and there is none', chain);
    }
    for (const key of transitiveTagKeys.filter(each => !Object.hasOwn(tags, each))) {
        refuse('transitive-tag-keys', key, 'is no key of `custom-tags`', TRANSITIVE_REMEDY);
    }
    if (arns.length === 0 && sessionPolicy !== undefined) {
        refuse('inline-session-policy', '…', 'narrows a session, and no role is assumed', 'Set `role-to-assume`.');
    }
    if (arns.length === 0 && policyArn !== undefined) {
        refuse('managed-session-policies', policyArn, 'narrows a session, and no role is assumed', 'Set `role-to-assume`.');
    }
    if (sessionPolicyArns.length > 10) {
        refuse('managed-session-policies', `${sessionPolicyArns.length} ARNs`, 'are too many', 'STS takes 10 at most.');
    }
}

// EXTERNAL MODULE: ./build/role/mask-account.js
var mask_account = __webpack_require__(82843);
// EXTERNAL MODULE: ./build/role/untrusted-job.js
var untrusted_job = __webpack_require__(63609);
// EXTERNAL MODULE: ./build/tags/flavor.js
var tags_flavor = __webpack_require__(44842);
// EXTERNAL MODULE: ./build/ecr/mutability.js
var mutability = __webpack_require__(87973);
// EXTERNAL MODULE: ./build/validation/csv-attributes.js
var csv_attributes = __webpack_require__(55686);
// EXTERNAL MODULE: ./build/tags/rule-attributes.js
var rule_attributes = __webpack_require__(20580);
// EXTERNAL MODULE: ./build/tags/template.js
var tags_template = __webpack_require__(91464);
;// CONCATENATED MODULE: ./build/tags/parse-rule.js




/** https://github.com/docker/metadata-action#priority-attribute */
const priorities = {
    schedule: 1000,
    semver: 900,
    pep440: 900,
    match: 800,
    edge: 700,
    ref: 600,
    raw: 200,
    sha: 100,
};
const types = ['schedule', 'semver', 'pep440', 'match', 'edge', 'ref', 'raw', 'sha'];
const commonAttributes = ['enable', 'priority', 'prefix', 'suffix'];
const typeAttributes = {
    schedule: ['pattern'],
    semver: ['pattern', 'value', 'match'],
    pep440: ['pattern', 'value', 'match'],
    match: ['pattern', 'group', 'value'],
    edge: ['branch'],
    ref: ['event'],
    raw: ['value'],
    sha: ['format'],
};
/** The expressions that the pattern of a version rule may use. */
const versionExpressions = {
    semver: ['version', 'raw', 'major', 'minor', 'patch', 'prerelease', 'build'],
    pep440: ['version', 'raw', 'major', 'minor', 'patch'],
};
/** Reads one line of `tags` by the rules of docker/metadata-action. What that action ignores is a problem here. */
function parseRule({ text, fields }) {
    let type = 'raw';
    let unknown;
    const attributes = (0,csv_attributes/* attributesOf */.T)(fields, {
        bare: 'value',
        names: given => {
            const chosen = (0,parsers/* parseChoice */.HU)(given.get('type') ?? type, types);
            if ('value' in chosen)
                type = chosen.value;
            else
                unknown = { ...chosen, problem: `has the type '${given.get('type')}', which ${chosen.problem}` };
            return { allowed: ['type', ...typeAttributes[type], ...commonAttributes], of: `type=${type}` };
        },
    });
    const rule = buildRule(attributes, { type, text });
    const fault = unknown ?? attributes.firstProblem();
    return rule === undefined || fault !== undefined
        ? (fault ?? (0,rule_attributes/* missingAttribute */.$J)('type', 'type=sha'))
        : { value: rule };
}
function buildRule(attributes, { type, text }) {
    const prefix = attributes.read('prefix', parseTagText) ?? defaultPrefix(attributes, type);
    const suffix = attributes.read('suffix', parseTagText);
    const common = {
        text,
        enable: attributes.read('enable', rule_attributes/* parseEnable */.Hq) ?? 'true',
        priority: attributes.read('priority', rule_attributes/* parsePriority */.cF) ?? priorities[type],
        ...(prefix !== undefined && { prefix }),
        ...(suffix !== undefined && { suffix }),
    };
    const parseValue = type === 'raw' ? parseTagText : rule_attributes/* parseGlobalTemplate */.Pp;
    const value = attributes.text('value') ? attributes.read('value', parseValue) : undefined;
    switch (type) {
        case 'schedule': {
            const pattern = attributes.read('pattern', each => (0,rule_attributes/* parseTagTemplate */.O7)(each, tags_template/* dateNames */.TY)) ?? ['nightly'];
            return { ...common, type, pattern };
        }
        case 'semver':
        case 'pep440': {
            const pattern = attributes.read('pattern', each => (0,rule_attributes/* parseTagTemplate */.O7)(each, versionExpressions[type])) ?? [];
            const match = attributes.text('match') ? attributes.read('match', rule_attributes/* parseCapturingPattern */.xS) : undefined;
            if (!attributes.text('pattern'))
                attributes.refuse((0,rule_attributes/* missingAttribute */.$J)('pattern', `type=${type},pattern={{version}}`));
            return { ...common, type, pattern, ...(value && { value }), ...(match !== undefined && { match }) };
        }
        case 'match': {
            const pattern = attributes.read('pattern', rule_attributes/* parsePattern */.EY) ?? { source: '', flags: '', groups: 0 };
            const group = attributes.read('group', each => (0,rule_attributes/* parseGroup */.hb)(each, pattern.groups)) ?? 0;
            if (!attributes.text('pattern'))
                attributes.refuse((0,rule_attributes/* missingAttribute */.$J)('pattern', 'type=match,pattern=\\d+\\.\\d+'));
            const { source, flags } = pattern;
            return { ...common, type, pattern: { source, flags }, group, ...(value && { value }) };
        }
        case 'edge': {
            const branch = attributes.text('branch');
            return { ...common, type, ...(branch && { branch }) };
        }
        case 'ref': {
            const event = attributes.read('event', each => (0,parsers/* parseChoice */.HU)(each, ['branch', 'tag', 'pr']));
            if (!attributes.text('event'))
                attributes.refuse((0,rule_attributes/* missingAttribute */.$J)('event', 'type=ref,event=branch, tag or pr'));
            return event && { ...common, type, event };
        }
        case 'raw':
            if (attributes.text('value') === undefined)
                attributes.refuse((0,rule_attributes/* missingAttribute */.$J)('value', 'type=raw,value=stable'));
            return { ...common, type, value: value ?? [] };
        case 'sha': {
            const format = attributes.read('format', each => (0,parsers/* parseChoice */.HU)(each, ['short', 'long'])) ?? 'short';
            return { ...common, type, format };
        }
    }
}
function parseTagText(text) {
    return (0,rule_attributes/* parseTagTemplate */.O7)(text);
}
function defaultPrefix(attributes, type) {
    if (type === 'sha')
        return ['sha-'];
    return type === 'ref' && attributes.text('event')?.toLowerCase() === 'pr' ? ['pr-'] : undefined;
}

;// CONCATENATED MODULE: ./build/tags/references.js


/**
 * A line of names alone, `a,b`, as a line for each of them. docker/build-push-action takes `tags` so.
 * https://github.com/docker/build-push-action#inputs
 */
function splitNames(line) {
    const isList = line.fields.length > 1 && line.fields.every(field => !field.includes('='));
    return isList ? line.fields.filter(Boolean).map(text => ({ text, fields: [text] })) : [line];
}
/**
 * A raw rule whose value is a reference of the repository, such as `team/app:1.2` or one that begins with the host of its registry,
 * as the rule of the tag alone. Without a tag a reference with a host means `latest`, as for docker. `repository` is undefined where
 * nobody knows how it is called, and any reference counts then.
 */
function withoutRepository(rule, repository) {
    if (rule.type !== 'raw')
        return { value: rule };
    const [lead = '', ...rest] = rule.value;
    const reference = typeof lead === 'string' ? readReference(lead, rest) : undefined;
    if (reference === undefined)
        return { value: rule };
    const { name, tag } = reference;
    const address = (0,ecr_reference/* addressOf */.ci)(name);
    const isOwn = !name.includes('@') && (repository === undefined || names(address, repository));
    const value = [tag, ...rest].filter(part => part !== '');
    const { registryId } = address;
    if (isOwn && value.length > 0)
        return { value: { ...rule, value, ...(registryId !== undefined && { registryId }) } };
    const near = (0,ecr_reference/* sanitizeTag */.iP)(tag);
    const guess = (0,ecr_reference/* isTag */.dz)(near) ? ` Did you mean '${near}'?` : '';
    const own = repository === undefined ? '' : ` than '${repository.name}', which \`repository\` names`;
    return {
        problem: isOwn ? 'is a reference without a tag' : `is a reference of another repository${own}`,
        remedy: `In \`tags\` a reference is one of this repository, and its tag alone is enough; another repository has a step of its own.${guess}`,
    };
}
/** The address of the repository, as far as it is known before AWS is asked: the registry is by default that of the last role. */
function addressForTags({ type, name, alias, ...given }, role) {
    const registryId = given.registryId ?? (0,repository_policy/* ownerOf */.bf)(role.arns.at(-1) ?? '').account;
    const region = given.region ?? role.region;
    return {
        type,
        name,
        ...(registryId !== '' && { registryId }),
        ...(region !== '' && { region }),
        ...(alias !== undefined && { alias }),
    };
}
/** The parts of a reference; `undefined` where the text is none. An expression stands after its name alone. */
function readReference(lead, rest) {
    const [, name, tag] = /^(.+):([^:/]*)$/s.exec(lead) ?? [];
    if (name !== undefined && tag !== undefined)
        return { name, tag };
    if (/[:@]/.test(lead))
        return { name: lead, tag: '' };
    const hasHost = rest.length === 0 && (0,ecr_reference/* addressOf */.ci)(lead).type !== undefined;
    return hasHost ? { name: lead, tag: 'latest' } : undefined;
}
/** Whether an address is that of the repository, as far as both are known. */
function names(given, repository) {
    const differs = (one, other) => one !== undefined && other !== undefined && one !== other;
    return (given.name.toLowerCase() === repository.name.toLowerCase() &&
        !differs(given.type, repository.type) &&
        !differs(given.registryId, repository.registryId) &&
        !differs(given.region, repository.region) &&
        !differs(given.alias, repository.alias));
}

;// CONCATENATED MODULE: ./build/tags/inputs.js








/** Reads the inputs `tags` and `flavor`. `repository` is that of the image, absent where the job is not told of it. */
function readTags(reader, repository) {
    const flavor = readFlavor(reader);
    const lines = reader.read('tags', csv_attributes/* parseRuleLines */.f, []).flatMap(splitNames);
    const rules = lines.flatMap(line => {
        const rule = parsers/* parseFurther */.Od(parseRule(line), each => withoutRepository(each, repository));
        const fault = 'value' in rule ? checkPlainName(rule.value, flavor) : rule;
        if (fault !== undefined)
            reader.reject('tags', line.text, fault);
        return 'value' in rule ? [rule.value] : [];
    });
    return { ...(lines.length > 0 && { rules }), flavor };
}
/** Reads the input `flavor`. */
function readFlavor(reader) {
    let flavor = tags_flavor/* defaultFlavor */.C$;
    for (const line of reader.read('flavor', csv_attributes/* parseRuleLines */.f, [])) {
        const next = (0,tags_flavor/* parseFlavor */.wp)(line, flavor);
        if ('value' in next)
            flavor = next.value;
        else
            reader.reject('flavor', line.text, next);
    }
    return flavor;
}
/** Checks a tag that does not depend on the event, so that a wrong one is reported before the build. */
function checkPlainName(rule, flavor) {
    // A value is empty where it comes from a GitHub expression that is empty for this event.
    if (rule.type !== 'raw' || rule.value.length === 0)
        return undefined;
    const template = [
        ...(rule.prefix ?? flavor.prefix.text),
        ...rule.value,
        ...(rule.suffix ?? flavor.suffix.text),
    ];
    if (!(0,tags_template/* isPlain */.$i)(template))
        return undefined;
    const name = (0,tags_template/* render */.XX)(template, () => '');
    if (name.startsWith(mutability/* cacheTag */.z)) {
        return {
            problem: 'is where layers are cached',
            remedy: `Use a tag that does not begin with '${mutability/* cacheTag */.z}'.`,
        };
    }
    if ((0,ecr_reference/* isTag */.dz)((0,ecr_reference/* sanitizeTag */.iP)(name)))
        return undefined;
    return {
        problem: 'is not a tag',
        remedy: "Allowed, one a line: up to 128 letters, digits, '_', '.' and '-', the first no '.' or '-'.",
    };
}
/** Rejects a flavor with which no registry takes the commit's tag. Of a part of an image the tag has its platforms in it. */
function rejectCommitTag(reader, { prefix, suffix }, tag) {
    if (prefix === '' && suffix === '')
        return;
    const isCache = tag.startsWith(mutability/* cacheTag */.z);
    if ((0,ecr_reference/* isTag */.dz)(tag) && !isCache)
        return;
    const reason = isCache
        ? `layers are cached under '${mutability/* cacheTag */.z}'`
        : tag.length > 128
            ? `it has ${tag.length} characters, and a tag has 128 at most`
            : "a tag does not begin with '.' or '-'";
    const given = [prefix && `prefix=${prefix}`, suffix && `suffix=${suffix}`].filter(Boolean).join(', ');
    reader.reject('flavor', given, {
        problem: `would make '${tag}' of the commit's tag, which no image can have: ${reason}`,
        remedy: "Prefix and suffix stand before and after the commit's SHA too, as in `suffix=-alpine`. What only one rule of `tags` needs is a `prefix=` or `suffix=` of that rule.",
    });
}
/** Reads when the release tags are put on the image. */
function readRelease(reader) {
    return reader.read('release', text => parsers/* parseChoice */.HU(text, ['after-gate', 'with-push']), 'after-gate');
}

// EXTERNAL MODULE: ./build/validation/unused-inputs.js
var unused_inputs = __webpack_require__(63550);
;// CONCATENATED MODULE: ./build/validation/mode.js


/**
 * What a run does. `all`: everything, from the build to the release. `build`: build and push some platforms. `merge`: join what
 * such runs pushed into one index and judge it. `gate`: judge an image that is already in the repository.
 */
const modes = ['all', 'build', 'merge', 'gate'];
/** Whether a run of this mode builds an image. */
function isBuildMode(mode) {
    return mode === 'all' || mode === 'build';
}
/** Reads the input `mode`, which is `all` by default. */
function readMode(reader) {
    return reader.read('mode', text => parsers/* parseChoice */.HU(text, modes), 'all');
}
/**
 * Inputs that locate the Dockerfile. They are also read for an image that other runs built, as its findings are shown in that
 * file.
 */
const dockerfileInputs = ['context', 'file', 'target'];
/** The reader of the inputs about the build. In a mode that builds nothing it rejects them, except for those in `allowed`. */
function buildInputReader(mode, reader, allowed = []) {
    if (isBuildMode(mode))
        return reader;
    const problem = `has no place in \`mode: ${mode}\`, which builds nothing`;
    return (0,unused_inputs/* rejectAll */.R)(reader, { problem, remedy: 'Leave it out here.', allowed });
}
/** The reader of the inputs about the judgement of the image. `mode: build` judges nothing, and its reader rejects them. */
function gateInputReader(mode, reader) {
    if (mode !== 'build')
        return reader;
    return (0,unused_inputs/* rejectAll */.R)(reader, {
        problem: `has no place in \`mode: ${mode}\`, which judges nothing`,
        remedy: 'Give it to the step of `mode: merge`, which judges the whole image.',
        allowed: [],
    });
}

;// CONCATENATED MODULE: ./build/validation/other-actions-inputs.js
const credentials = 'aws-actions/configure-aws-credentials';
const login = 'aws-actions/amazon-ecr-login';
const metadata = 'docker/metadata-action';
const builder = 'docker/setup-buildx-action';
const build = 'docker/build-push-action';
const ownProfile = "`AWS_PROFILE` in the step's `env` reads a profile; none is written";
const ownRetries = 'leave it out; calls are repeated where that can help';
const ownBuilder = `make the builder by a step \`${builder}\` before this one`;
const oneOutput = "outputs have one item a line; an expression such as `join(fromJSON(steps.image.outputs.json).tags, ',')` makes another list";
/**
 * Inputs of the five actions that workflows with this one used before, which this one does not have. The runner hands them to the
 * step all the same. Versions: configure-aws-credentials 6.2, amazon-ecr-login 2.1, metadata-action 6.2, setup-buildx-action 4.3,
 * build-push-action 7.3, each by its action.yml, and three that older versions of setup-buildx-action had.
 */
const inputsOfOtherActions = {
    'action-timeout-s': { action: credentials, instead: 'set `timeout-minutes` of the step' },
    'aws-profile': { action: credentials, instead: ownProfile },
    'disable-retry': { action: credentials, instead: ownRetries },
    'force-skip-oidc': {
        action: credentials,
        instead: 'leave `role-to-assume` out, or set `role-chaining: true`',
    },
    'output-credentials': {
        action: credentials,
        instead: 'keys are no outputs; `output-env-credentials: true` gives them to later steps',
    },
    'overwrite-aws-profile': { action: credentials, instead: ownProfile },
    'retry-max-attempts': { action: credentials, instead: ownRetries },
    'special-characters-workaround': {
        action: credentials,
        instead: 'leave it out; the keys go into no shell',
    },
    'sts-endpoint': { action: credentials, instead: "set `AWS_ENDPOINT_URL_STS` in the step's `env`" },
    'unset-current-credentials': {
        action: credentials,
        instead: "leave it out; by OIDC the job's keys are not used",
    },
    'use-existing-credentials': {
        action: credentials,
        instead: 'leave `role-to-assume` out; the credentials of the job are used then',
    },
    'web-identity-token-file': {
        action: credentials,
        instead: "leave `role-to-assume` out, and set `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN` in the step's `env`",
    },
    'mask-password': { action: login, instead: 'leave it out; the password is masked and is no output' },
    registries: {
        action: login,
        instead: `\`registry-id\`, and a step \`${login}\` before this one for other registries`,
    },
    'skip-logout': { action: login, instead: "`docker-login: false` leaves the job's docker alone" },
    'bake-target': { action: metadata, instead: 'leave it out; there are no bake files' },
    images: {
        action: metadata,
        instead: '`repository` names the one repository; `if:` of the step does what `enable=` does, and another repository has a step of its own',
    },
    'sep-annotations': { action: metadata, instead: oneOutput },
    'sep-labels': { action: metadata, instead: oneOutput },
    'sep-tags': { action: metadata, instead: oneOutput },
    'buildkitd-config': { action: builder, instead: 'give the text of the file to `buildkitd-config-inline`' },
    config: { action: builder, instead: 'give the text of the file to `buildkitd-config-inline`' },
    'config-inline': { action: builder, instead: '`buildkitd-config-inline`' },
    'buildkitd-flags': { action: builder, instead: ownBuilder },
    'cache-binary': { action: builder, instead: "leave it out; the machine's own buildx is used" },
    cleanup: { action: builder, instead: 'leave it out; a builder that the step has made is removed' },
    install: { action: builder, instead: 'leave it out; the step calls buildx itself' },
    'keep-state': { action: builder, instead: ownBuilder },
    name: { action: builder, instead: '`builder` names a builder that is there' },
    use: { action: builder, instead: 'leave it out; a builder that the step has made is for this step alone' },
    version: { action: builder, instead: ownBuilder },
    call: {
        action: build,
        instead: 'run `docker buildx build --call=…` in a step of its own; this one builds',
    },
};
/** Variables by which docker/metadata-action is set up and which mean nothing here, where they are `true` or a list. */
const variables = {
    DOCKER_METADATA_SET_OUTPUT_ENV: {
        isMeant: value => isTrue(value),
        instead: 'read the outputs of the step; no variables are set',
    },
    DOCKER_METADATA_PR_HEAD_SHA: {
        isMeant: (value, event) => isTrue(value) && event === 'pull_request_target',
        instead: 'what is checked out is what is meant; a pull request that is built as `pull_request` is its head',
    },
    DOCKER_METADATA_ANNOTATIONS_LEVELS: {
        isMeant: value => value !== '' && value !== 'manifest',
        instead: 'write the level before the name in `annotations`, such as `index:name=value`',
    },
};
function isTrue(value) {
    return /^(true|1|t)$/i.test(value);
}
/**
 * What to write in place of the inputs and variables of other actions that the step was given, as one text; `undefined` where it
 * was given none. `inputOf` answers the text of an input, which is empty where it was not given.
 */
function sayOtherActionsInputs(inputOf, environment) {
    const inputs = Object.entries(inputsOfOtherActions)
        .filter(([name]) => inputOf(name) !== '')
        .map(([name, { action, instead }]) => `- \`${name}\` of ${action}: ${instead}.`);
    const event = environment['GITHUB_EVENT_NAME'] ?? '';
    const set = Object.entries(variables)
        .filter(([name, { isMeant }]) => isMeant(environment[name] ?? '', event))
        .map(([name, { instead }]) => `- \`${name}\`: ${instead}.`);
    const told = [...inputs, ...set];
    return told.length === 0
        ? undefined
        : ['What belongs to other actions has no effect here. What to write in its place:', ...told].join('\n');
}

;// CONCATENATED MODULE: ./build/validation/reader.js

/**
 * Makes a reader; `get` answers the text of an input, which is empty if it was not given. Blanks at its ends are cut, unless it is
 * told not to.
 */
function readerOf(get) {
    const faults = [];
    const reader = {
        read(input, parse, fallback) {
            const text = get(input);
            if (text === '')
                return fallback;
            const parsed = parse(text);
            if ('value' in parsed)
                return parsed.value;
            reader.reject(input, text, parsed);
            return fallback;
        },
        text(input, check, fallback = '') {
            const text = get(input) || fallback;
            const problem = check(text);
            if (problem !== undefined)
                reader.reject(input, text, problem);
            return text;
        },
        optional: (input, check) => (get(input) === '' ? undefined : reader.text(input, check)),
        list(input, split, check) {
            const items = reader.read(input, split, []);
            for (const item of items) {
                const problem = check(item);
                if (problem !== undefined)
                    reader.reject(input, item, problem);
            }
            return items;
        },
        secret(input, split) {
            const parsed = split(get(input, { trimWhitespace: false }));
            if ('value' in parsed)
                return parsed.value;
            const { remedy } = parsed;
            reader.reject(input, '…', { problem: 'is not a list', remedy });
            return [];
        },
        reject: (input, value, { problem, remedy }) => void faults.push({ input, value, problem, remedy }),
        close: () => (faults.length === 0 ? undefined : (0,parsers/* sayFaults */.Js)(faults)),
    };
    return reader;
}

;// CONCATENATED MODULE: ./build/inputs.js









































/** Inputs that say where the repository is, rather than how it should be. */
const addressInputs = ['repository', 'registry-id', 'registry-type'];
/**
 * Reads every input of action.yml once.
 * @throws {Failure} naming all inputs that cannot be used.
 */
async function readInputs() {
    const reader = readerOf(core/* getInput */.V4);
    const token = (0,core/* getInput */.V4)('github-token');
    if (token !== '')
        (0,actions/* mask */.dK)(token);
    for (const input of keyInputs)
        (0,actions/* maskIfLong */.wv)((0,core/* getInput */.V4)(input));
    if (/[^!-~]/.test(token)) {
        reader.reject('github-token', '…', {
            problem: 'has a space, a line break or another character in it that no token has',
            remedy: 'Give the token alone, such as ${{ github.token }}.',
        });
    }
    const mode = readMode(reader);
    const buildReader = buildInputReader(mode, reader, mode === 'merge' ? ['platforms', 'annotations', ...dockerfileInputs] : dockerfileInputs);
    const push = buildReader.read('push', parsers/* parseBoolean */.yG, true);
    const jobRegion = process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'];
    const job = (0,untrusted_job/* jobOf */.Zw)(process.env);
    const addresses = jobUrlsOf(process.env);
    const architecture = (0,builder_plan/* architectureOf */.NJ)(process.env);
    // A job without access to AWS may also lack the variables with the role and the repository, so faults in these inputs are
    // collected by a reader that is never reported.
    const discardingReader = readerOf(core/* getInput */.V4);
    const roleContext = { environment: process.env, contentOf: inputs_contentOf };
    const givenRole = readRole(discardingReader, { push: false, jobRegion, ...roleContext });
    const lacksIdentity = push &&
        (0,untrusted_job/* hasNoIdentity */.iP)(job, givenRole, (0,untrusted_job/* pullRequestFactsOf */.ry)(process.env, readEvent(process.env['GITHUB_EVENT_PATH'])));
    const awsReader = lacksIdentity ? discardingReader : reader;
    const givenRepository = readRepository(buildInputReader(mode, awsReader, addressInputs), {
        contentOf: inputs_contentOf,
        env: process.env,
    });
    const lowered = readLowered(discardingReader);
    const repository = {
        ...(lacksIdentity
            ? withLocalName(givenRepository, process.env['GITHUB_REPOSITORY'] ?? '')
            : givenRepository),
        ...(lowered.length > 0 && { lowered }),
    };
    const role = lacksIdentity
        ? givenRole
        : readRole(reader, { push, jobRegion: repository.region ?? jobRegion, ...roleContext });
    if (role.masksAccountId)
        (0,mask_account/* maskGivenAccounts */.c)(core/* getInput */.V4);
    rejectOtherRegion(awsReader, repository, role);
    const image = (0,image_inputs/* readImage */.A)(awsReader, { mode, repository, region: role.region });
    const dryRun = reader.read('dry-run', parsers/* parseBoolean */.yG, false);
    const judges = push && !lacksIdentity && mode !== 'build';
    const gate = await readGate(gateInputReader(mode, reader), {
        mode,
        workspace: {
            textOf: path => ((0,workspace/* leadsOut */.qm)(path) ? workspace/* outOfWorkspace */.Tk : (0,workspace/* readTextFile */.Gu)(path)),
            matching: pattern => (0,external_node_fs_.globSync)(pattern).filter(workspace/* isFile */.fo).toSorted(),
        },
        pathInCommit: path => (0,workspace/* pathBelow */.Br)(process.env['GITHUB_WORKSPACE'] || '.', path),
        openBase: judges ? () => openBaseOfEvent({ token, mayAsk: !dryRun }) : undefined,
    });
    if (push)
        rejectScanOfPublic(reader, repository, gate);
    const release = readRelease(buildReader);
    const affixes = (0,tags_flavor/* commitAffixesOf */.BN)(readFlavor(discardingReader));
    const commitTag = (0,commit_tag/* commitTagOf */.V)(process.env['GITHUB_SHA'] ?? '', affixes);
    (0,gate_baseline/* refuseOwnBaseline */.ER)(reader, gate, { release, image, commitTag });
    const builds = isBuildMode(mode);
    // A dry run in an empty folder, `mode: gate` and `mode: merge` need no checkout, so the existence of files is not checked.
    const mayLackFiles = !builds || (dryRun && (0,external_node_fs_.readdirSync)('.').length === 0);
    const exists = mayLackFiles ? () => true : external_node_fs_.existsSync;
    rejectInvalidVariables(reader, process.env);
    const build = hideSecrets((0,build_inputs/* readBuild */.lT)(buildReader, { mode, push, exists, jobValue, architecture, hide: actions/* maskIfLong */.wv, ...addresses }), jobValue);
    const builder = await readBuilder(buildReader, { exists, jobValue, hide: actions/* maskIfLong */.wv });
    refuseMisplacedInputs(reader, { mode, build, builder, release });
    const inputs = {
        job,
        mode,
        push,
        role,
        repository,
        build,
        stallTimeoutMs: (0,build_inputs/* readStallTimeout */.I$)(buildReader),
        builder,
        layers: readCache(buildReader, {
            service: cacheServiceOf(process.env),
            architecture,
            repository,
            role,
            hide: actions/* maskIfLong */.wv,
        }),
        mounts: readMounts(buildReader),
        tags: readTags(reader, lacksIdentity ? undefined : addressForTags(repository, role)),
        reuse: readReuse(buildReader),
        release,
        allowForkHead: buildReader.read('allow-fork-head', parsers/* parseBoolean */.yG, false),
        dockerLogin: buildReader.read('docker-login', parsers/* parseBoolean */.yG, true),
        ...(image !== undefined && { image }),
        platformBuilds: readPlatformBuilds(reader, { mode, type: repository.type }),
        gate,
        dryRun,
    };
    const paths = [
        // Where nothing is built, what lies in the workspace is nobody's context.
        ...(builds ? pathsOf(build) : []),
        ...pathsOfBuilder(builder),
        ...pathsOfCaches(inputs.layers.from, inputs.layers.to),
    ];
    for (const { input, path, use } of paths) {
        const problem = (0,workspace/* leadsOut */.qm)(path) ? workspace/* outOfWorkspace */.Tk : use && (0,workspace/* whyUnusable */.II)(path, use);
        if (problem !== undefined)
            reader.reject(input, path, problem);
    }
    hideCredentials([builder, inputs.layers.from, inputs.layers.to, role.proxy].map(each => JSON.stringify(each ?? '')));
    refuseContentWithoutCache(reader, inputs);
    const platforms = build.platforms.length > 0 ? build.platforms : [`linux/${inputs.layers.architecture}`];
    const pushedTag = mode === 'build' ? (0,commit_tag/* platformTagOf */.t)(commitTag, platforms) : commitTag;
    if (mode !== 'gate')
        rejectCommitTag(reader, affixes, pushedTag);
    const advice = sayOtherActionsInputs(core/* getInput */.V4, process.env);
    if (advice !== undefined)
        actions/* annotate */.fz.notice(advice, { title: 'Inputs of other actions' });
    const refusal = reader.close();
    if (refusal !== undefined)
        throw new failure/* Failure */.HR(refusal.message, { remedy: refusal.remedy });
    return inputs;
}
/** Opens the commit that the event goes on, with its files. */
async function openBaseOfEvent(options) {
    const { openBase } = await __webpack_require__.e(/* import() */ 319).then(__webpack_require__.bind(__webpack_require__, 34319));
    return openBase({
        base: baseCommitOf(process.env, readEvent(process.env['GITHUB_EVENT_PATH'])),
        workspace: process.env['GITHUB_WORKSPACE'] ?? '.',
        repository: process.env['GITHUB_REPOSITORY'] ?? '',
        ...options,
    });
}
function jobValue(name) {
    return (0,own_value/* ownValue */.e)(process.env, name);
}
/** The content of the file that the text names, or else the text itself. */
function inputs_contentOf(text) {
    const content = (0,workspace/* readTextFile */.Gu)(text) ?? text;
    return typeof content === 'string' ? { value: content } : content;
}
/**
 * Reads the commit from the runner's environment, the event and git, without an API call.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * @throws {Failure} where `GITHUB_SHA` is not set.
 */
async function readCommit({ mode, build, dryRun }) {
    const event = readEvent(process.env['GITHUB_EVENT_PATH']);
    const sha = eventShaOf(process.env, event);
    if (sha === '') {
        throw new failure/* Failure */.HR('GITHUB_SHA is not set, so there is no commit to name the image after.', {
            remedy: 'Run this as a step of a GitHub workflow.',
        });
    }
    const workspace = process.env['GITHUB_WORKSPACE'] ?? '.';
    const [commits, folders] = await Promise.all([
        (0,git/* readCommits */.Fe)(workspace, sha),
        (0,git/* readFolderShas */.gi)(workspace, (0,build_contexts/* foldersOf */.pd)(build)),
    ]);
    const hasFiles = !(dryRun && (0,external_node_fs_.readdirSync)('.').length === 0);
    const isInQuestion = isBuildMode(mode) && hasFiles && (0,strangers/* isOpenToStrangers */.zy)(process.env, event);
    const checkout = { workspace, sha: commits.checkedOut?.sha ?? process.env['GITHUB_SHA'] ?? '' };
    const addresses = jobUrlsOf(process.env);
    const isElsewhere = hasOtherRepository(build, workspace);
    // A push writes its caches anyway, and where anybody can cause the event, the workspace itself has to be proven.
    const isAsked = isElsewhere && process.env['GITHUB_EVENT_NAME'] !== 'push' && !isInQuestion;
    const own = { workspace, sha: process.env['GITHUB_SHA'] ?? '', ...addresses };
    return commitOf(process.env, {
        event,
        ...commits,
        folders,
        hasOtherRepository: isElsewhere && !(isAsked && (await isCheckoutBelow(build, own))),
        unverified: isInQuestion ? await whyUnverified(build, { ...checkout, ...addresses }) : undefined,
        now: new Date(),
    });
}


/***/ }),

/***/ 59479:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _build_image_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(64444);
/* harmony import */ var _builder_check_docker_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(15413);
/* harmony import */ var _cache_ensure_cache_repository_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52653);
/* harmony import */ var _docker_docker_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(94185);
/* harmony import */ var _dry_run_write_plan_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(88358);
/* harmony import */ var _gate_find_image_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(79095);
/* harmony import */ var _gate_judge_image_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(34236);
/* harmony import */ var _gate_read_baseline_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(51254);
/* harmony import */ var _image_log_docker_in_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(19041);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(92125);
/* harmony import */ var _merge_create_index_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(80298);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(4852);
/* harmony import */ var _platform_job_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(56497);
/* harmony import */ var _platform_temp_dir_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(23296);
/* harmony import */ var _report_comment_on_pull_request_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(31156);
/* harmony import */ var _report_open_run_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(42912);
/* harmony import */ var _report_tell_image_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(5794);
/* harmony import */ var _report_write_reports_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(8710);
/* harmony import */ var _repository_compare_and_reconcile_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(8627);
/* harmony import */ var _repository_ensure_repository_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(95057);
/* harmony import */ var _reuse_compute_content_key_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(71513);
/* harmony import */ var _reuse_find_existing_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(71428);
/* harmony import */ var _reuse_follow_commit_tag_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(54043);
/* harmony import */ var _reuse_reuse_or_build_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(25996);
/* harmony import */ var _role_assume_role_js__WEBPACK_IMPORTED_MODULE_24__ = __webpack_require__(23086);
/* harmony import */ var _scan_wait_for_scan_js__WEBPACK_IMPORTED_MODULE_25__ = __webpack_require__(83635);
/* harmony import */ var _tags_choose_tags_js__WEBPACK_IMPORTED_MODULE_26__ = __webpack_require__(65005);
/* harmony import */ var _tags_release_tags_js__WEBPACK_IMPORTED_MODULE_27__ = __webpack_require__(57995);




























/** Builds, pushes, judges and releases. What is started with begin runs in parallel, until a later step awaits its result. */
async function publish(run) {
    const finding = (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_12__/* .begin */ .qN)((0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_3__/* .findDocker */ .ce)(run.job, run.plan));
    const computeKey = (0,_reuse_compute_content_key_js__WEBPACK_IMPORTED_MODULE_20__/* .draftContentKey */ .I)(run, finding);
    const [aws, docker] = await Promise.all([(0,_role_assume_role_js__WEBPACK_IMPORTED_MODULE_24__/* .assumeRole */ .x)(run, finding), (0,_builder_check_docker_js__WEBPACK_IMPORTED_MODULE_1__/* .checkDocker */ .d)(run, finding)]);
    const ensuring = (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_12__/* .begin */ .qN)((0,_repository_ensure_repository_js__WEBPACK_IMPORTED_MODULE_19__/* .ensureRepository */ .z)(run, aws));
    const login = (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_12__/* .begin */ .qN)((0,_image_log_docker_in_js__WEBPACK_IMPORTED_MODULE_8__/* .logDockerIn */ .U)(run, aws, { docker, repository: ensuring }));
    const key = (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_12__/* .begin */ .qN)(computeKey(login));
    const findAgain = () => (0,_reuse_find_existing_js__WEBPACK_IMPORTED_MODULE_21__/* .findExistingImages */ .h)(run, aws, key);
    const caches = (0,_cache_ensure_cache_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .ensureCacheRepository */ .$)(run, aws);
    const [found, existing, cacheRepository] = await Promise.all([ensuring, findAgain(), caches]);
    const { repository, lifecycle } = await (0,_repository_compare_and_reconcile_js__WEBPACK_IMPORTED_MODULE_18__/* .compareAndReconcile */ .d)(run, aws, found);
    const runWithTags = await (0,_tags_choose_tags_js__WEBPACK_IMPORTED_MODULE_26__/* .chooseTags */ .N)(run, aws, repository);
    const builds = (0,_build_image_js__WEBPACK_IMPORTED_MODULE_0__/* .openBuild */ .Vb)(runWithTags, docker, { repository, existing, cacheRepository, login });
    const made = await (0,_reuse_reuse_or_build_js__WEBPACK_IMPORTED_MODULE_23__/* .reuseOrBuild */ ._)(runWithTags, aws, { repository, existing, findAgain, ...builds });
    const pushed = (0,_report_tell_image_js__WEBPACK_IMPORTED_MODULE_16__/* .tellImage */ .FH)(runWithTags, aws, { repository, existing, ...made });
    const ending = endings[run.plan.mode](runWithTags, aws, pushed);
    const keeping = (0,_build_image_js__WEBPACK_IMPORTED_MODULE_0__/* .keepForNextBuild */ .sC)(run, aws, { ...pushed, ...made, key });
    await (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_12__/* .together */ .bs)(login, ending, keeping);
    await lifecycle.put(await ending);
}
/** Joins the images of single platforms that other jobs have pushed. */
async function merge(run) {
    const aws = await (0,_role_assume_role_js__WEBPACK_IMPORTED_MODULE_24__/* .assumeRole */ .x)(run);
    const ensuring = (0,_repository_ensure_repository_js__WEBPACK_IMPORTED_MODULE_19__/* .ensureRepository */ .z)(run, aws);
    const looking = (0,_reuse_find_existing_js__WEBPACK_IMPORTED_MODULE_21__/* .findExistingImages */ .h)(run, aws, { kind: 'unasked' });
    const [repository, existing] = await Promise.all([ensuring, looking]);
    const runWithTags = await (0,_tags_choose_tags_js__WEBPACK_IMPORTED_MODULE_26__/* .chooseTags */ .N)(run, aws, repository);
    const image = await (0,_merge_create_index_js__WEBPACK_IMPORTED_MODULE_10__/* .createIndex */ .z)(runWithTags, aws, { repository, existing });
    await judgeAndRelease(runWithTags, aws, (0,_report_tell_image_js__WEBPACK_IMPORTED_MODULE_16__/* .tellImage */ .FH)(runWithTags, aws, { repository, existing, image }));
}
/** Judges an image that is in the repository. */
async function gate(run) {
    const aws = await (0,_role_assume_role_js__WEBPACK_IMPORTED_MODULE_24__/* .assumeRole */ .x)(run);
    const repository = await (0,_repository_ensure_repository_js__WEBPACK_IMPORTED_MODULE_19__/* .ensureRepository */ .z)(run, aws);
    const runWithTags = await (0,_tags_choose_tags_js__WEBPACK_IMPORTED_MODULE_26__/* .chooseTags */ .N)(run, aws, repository);
    const found = await (0,_gate_find_image_js__WEBPACK_IMPORTED_MODULE_5__/* .findImage */ .F)(runWithTags, aws, repository);
    await judgeAndRelease(runWithTags, aws, (0,_report_tell_image_js__WEBPACK_IMPORTED_MODULE_16__/* .tellImage */ .FH)(runWithTags, aws, { repository, ...found }));
}
/**
 * Waits for the scan, judges and releases. Every run about a complete image ends so, whether it was built, joined or found. Where
 * another job has moved the commit's tag to its own image meanwhile, that one is judged and released in its place, and returned.
 */
async function judgeAndRelease(run, aws, image) {
    const [report, baseline] = await Promise.all([
        (0,_scan_wait_for_scan_js__WEBPACK_IMPORTED_MODULE_25__/* .waitForScan */ .S)(run, aws, image),
        (0,_gate_read_baseline_js__WEBPACK_IMPORTED_MODULE_7__/* .readBaseline */ .m)(run, aws, { ...image, scan: other => (0,_scan_wait_for_scan_js__WEBPACK_IMPORTED_MODULE_25__/* .waitForScan */ .S)(run, aws, { ...image, ...other }) }),
        (0,_report_tell_image_js__WEBPACK_IMPORTED_MODULE_16__/* .tellPlatforms */ .S9)(run, image),
    ]);
    const judgement = await (0,_gate_judge_image_js__WEBPACK_IMPORTED_MODULE_6__/* .judgeImage */ .x)(run, { ...image, report, baseline });
    await (0,_report_write_reports_js__WEBPACK_IMPORTED_MODULE_17__/* .writeReports */ .L)(run, aws, { ...image, report, judgement });
    const isBlocked = judgement.verdict.kind === 'blocked';
    const other = await (0,_tags_release_tags_js__WEBPACK_IMPORTED_MODULE_27__/* .releaseTags */ .d)(run, aws, { ...image, isBlocked, takes: (0,_reuse_follow_commit_tag_js__WEBPACK_IMPORTED_MODULE_22__/* .takesOther */ .t)(run, image) });
    await (0,_report_comment_on_pull_request_js__WEBPACK_IMPORTED_MODULE_14__/* .commentOnPullRequest */ .r)(run);
    const follow = (taken) => judgeAndRelease(run, aws, (0,_report_tell_image_js__WEBPACK_IMPORTED_MODULE_16__/* .tellImage */ .FH)(run, aws, { ...image, image: taken }));
    return (0,_reuse_follow_commit_tag_js__WEBPACK_IMPORTED_MODULE_22__/* .followCommitTag */ .r)(run, { ...image, other }, follow);
}
const endings = {
    all: judgeAndRelease,
    build: _report_tell_image_js__WEBPACK_IMPORTED_MODULE_16__/* .handOnPlatformBuild */ .ku,
    merge: judgeAndRelease,
    gate: judgeAndRelease,
};
const workflows = { publish, merge, gate, build: _build_image_js__WEBPACK_IMPORTED_MODULE_0__/* .buildWithoutPush */ .xK, idle: _report_tell_image_js__WEBPACK_IMPORTED_MODULE_16__/* .tellIdle */ .IV, 'dry-run': _dry_run_write_plan_js__WEBPACK_IMPORTED_MODULE_4__/* .writePlan */ .p };
await (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_12__/* .runJob */ .b5)(async (job) => {
    const inputs = await (0,_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .readInputs */ .K)();
    const run = (0,_report_open_run_js__WEBPACK_IMPORTED_MODULE_15__/* .openRun */ .I)(job, (0,_plan_js__WEBPACK_IMPORTED_MODULE_11__/* .makePlan */ .C)(inputs, await (0,_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .readCommit */ .k)(inputs)));
    await run.finish(async () => {
        await (0,_platform_temp_dir_js__WEBPACK_IMPORTED_MODULE_13__/* .requireTempDir */ .Vs)();
        await workflows[run.plan.kind](run);
    });
});

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 80298:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ createIndex)
});

// EXTERNAL MODULE: ./build/build/annotation-levels.js
var annotation_levels = __webpack_require__(54512);
// EXTERNAL MODULE: ./build/ecr/mutability.js
var ecr_mutability = __webpack_require__(87973);
// EXTERNAL MODULE: ./build/image/archived-image.js
var archived_image = __webpack_require__(23570);
// EXTERNAL MODULE: ./build/image/just-pushed.js
var just_pushed = __webpack_require__(97498);
// EXTERNAL MODULE: ./build/image/read-images.js
var read_images = __webpack_require__(71043);
// EXTERNAL MODULE: ./build/image/tag-conflict.js
var tag_conflict = __webpack_require__(77549);
// EXTERNAL MODULE: ./build/image/tagger.js
var tagger = __webpack_require__(20138);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/build/fingerprint.js + 1 modules
var fingerprint = __webpack_require__(40972);
// EXTERNAL MODULE: ./build/ecr/manifest.js + 2 modules
var manifest = __webpack_require__(27079);
;// CONCATENATED MODULE: ./build/merge/image-index.js



/**
 * Creates one index of all platform builds, with their attestations. The same builds give the same bytes, so a re-run gives the
 * same digest. https://github.com/opencontainers/image-spec/blob/main/image-index.md
 * @throws {Failure} where docker could read another image from the manifest of a build.
 */
function imageIndexOf(builds, annotations = {}) {
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const manifests = builds
        .toSorted((one, other) => (one.platforms.join() < other.platforms.join() ? -1 : 1))
        .flatMap(manifestEntries);
    const annotationsMember = Object.keys(annotations).length > 0 ? { annotations } : {};
    const text = JSON.stringify({ schemaVersion: 2, mediaType, manifests, ...annotationsMember }, null, 2);
    return { digest: (0,manifest/* digestOf */.ol)(text), text, mediaType };
}
function manifestEntries({ platforms, ...stored }) {
    const content = (0,manifest/* readContent */.c_)(stored);
    if (content.kind === 'index')
        return content.manifests;
    const { digest, text, mediaType } = stored;
    const [os, architecture, variant] = (platforms[0] ?? '').split('/');
    const platform = { architecture, os, ...(variant !== undefined && { variant }) };
    return [{ mediaType, digest, size: Buffer.byteLength(text), platform }];
}
/** The warning where the commit's tag moves away from an index whose platforms were made from other inputs. */
function sayMovedTag(tag, holder, index) {
    if (holder === undefined || holder.digest === index.digest)
        return undefined;
    const theirs = (0,fingerprint/* fingerprintsIn */.pX)(holder);
    const mine = (0,fingerprint/* fingerprintsIn */.pX)(index);
    if (theirs.length === 0 || mine.length === 0)
        return undefined;
    const names = (0,fingerprint/* differencesOf */.g6)(theirs.join('+'), mine.join('+'));
    if (names.length === 0)
        return undefined;
    return (`The commit's tag ${tag} moves away from ${holder.digest}, whose platforms were made from other inputs (${(0,fingerprint/* sayDiffering */.YB)(names)}). ` +
        `If both images are wanted: ${tag_conflict/* nameApart */.gz}`);
}

// EXTERNAL MODULE: ./build/merge/platform-builds.js
var platform_builds = __webpack_require__(60720);
;// CONCATENATED MODULE: ./build/merge/create-index.js










/**
 * Joins the images that `mode: build` has pushed into one index, with two calls and without transferring layers.
 * @throws {Failure} where the images do not belong together, one is gone, or a tag cannot be put on the index.
 */
function createIndex({ job, plan }, aws, { repository, existing }) {
    const { platformBuilds, commit, build, tags } = plan;
    const { uri, mutability } = repository;
    return job.step('Join the platforms', async (log) => {
        const expected = {
            repository: uri,
            name: repository.name,
            commit: commit.checkedOut,
            tag: tags.commitTag,
            platforms: build.platforms,
        };
        const fault = (0,platform_builds/* whyNotMergeable */.s)(platformBuilds, expected);
        if (fault !== undefined)
            throw new failure/* Failure */.HR(fault.message, { remedy: fault.remedy });
        for (const { platforms, digest } of platformBuilds.builds)
            log.info(`${platforms.join(', ')}  ${digest}`);
        if (build.platforms.length === 0)
            log.info('Without `platforms` nobody knows whether these are all');
        const annotations = (0,annotation_levels/* indexAnnotations */.nM)(build.description?.annotations ?? []);
        // The other jobs may have pushed a moment ago.
        const pushed = { signal: job.signal };
        const builds = await readBuilds(aws, repository, { builds: platformBuilds.builds, ...pushed });
        const index = imageIndexOf(builds, annotations);
        const conflict = (0,tag_conflict/* findTagConflict */.qy)(tags.releases, { digest: index.digest, existing, mutability });
        if (conflict !== undefined)
            throw new failure/* Failure */.HR(conflict.message, { remedy: conflict.remedy });
        const tag = tags.candidate;
        const moves = (0,ecr_mutability/* isMutableTag */.RB)(tag, mutability) ? sayMovedTag(tag, existing.candidate, index) : undefined;
        if (moves !== undefined)
            log.warn(moves);
        const tagged = await (0,tagger/* openTagger */.$)(aws, repository, pushed).put(tag, index);
        if (tagged.kind === 'full') {
            throw new failure/* Failure */.HR(`The image ${index.digest} has as many tags as ECR allows, so the commit's tag ${tag} can't be put on it.`, {
                remedy: 'Delete some of its tags in ECR, or set `reuse: commit` in the jobs of `mode: build` so that each commit has an image of its own.',
            });
        }
        if (tagged.kind === 'taken') {
            throw new failure/* Failure */.HR(`The tag ${tag} names another image of this commit already (${tagged.holder}), and it cannot move.`, {
                remedy: `If both images are wanted: ${tag_conflict/* nameApart */.gz} Else run the job again with what was built first, push another commit, or delete that tag in ECR.`,
                cause: tagged.cause,
            });
        }
        const { digest, text, mediaType } = index;
        const isNew = tagged.kind === 'put';
        log.result(`${uri}:${tag} is ${digest}${isNew ? '' : ', as it was'}`);
        const manifest = { text, mediaType };
        return { kind: 'joined', isNew, ref: `${uri}@${digest}`, digest, tag, manifest };
    });
}
async function readBuilds({ ecr }, { name, registryId, uri }, { builds, ...pushed }) {
    const ids = builds.map(({ digest }) => ({ imageDigest: digest }));
    const where = { repositoryName: name, registryId };
    const findAll = async () => {
        const images = await (0,read_images/* readImages */.H)(ecr, where, ids);
        const missing = builds.find(({ digest }) => images.every(each => each.digest !== digest));
        if (missing === undefined)
            return images;
        await refuseArchived(missing);
        return undefined;
    };
    const refuseArchived = async ({ digest, platforms }) => {
        const hidden = await (0,archived_image/* findHidden */.C$)({ ecr }, where, { imageDigest: digest });
        if (!(0,archived_image/* isArchived */.F$)(hidden))
            return hidden;
        const built = `${uri}@${digest}, which was built for ${platforms.join(', ')},`;
        throw (0,archived_image/* archivedFailure */.nk)(built, { repositoryName: name, image: hidden });
    };
    const images = (await (0,just_pushed/* askUntilKnown */.jR)(findAll, pushed)) ?? (await (0,read_images/* readImages */.H)(ecr, where, ids));
    const read = builds.map(async ({ digest, platforms }) => {
        const found = images.find(each => each.digest === digest);
        if (found !== undefined)
            return { ...found, platforms };
        const hidden = await refuseArchived({ digest, platforms });
        const elsewhere = builds.some(each => each.digest === digest && each.repository === name)
            ? ' Or they push to another account or region: give them and this job the same role and `aws-region`.'
            : '';
        throw new failure/* Failure */.HR(`${uri} has no ${digest}, which was built for ${platforms.join(', ')}.`, {
            remedy: `Somebody or a lifecycle policy may have deleted it: run the jobs of \`mode: build\` again.${(0,archived_image/* orArchived */.k_)(hidden)}${elsewhere}`,
        });
    });
    return Promise.all(read);
}


/***/ }),

/***/ 60720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ parsePlatformBuilds),
/* harmony export */   s: () => (/* binding */ whyNotMergeable)
/* harmony export */ });
/* harmony import */ var _ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52484);
/* harmony import */ var _validation_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58270);


const remedy = 'Give the output `build` of each run of `mode: build`, one a line, or `${{ toJSON(needs.build.outputs) }}` of a job whose outputs they are.';
/**
 * Reads platform builds: one in each line, or all of them in one JSON document, as values or as strings. An entry is empty where
 * a job pushed nothing or GitHub withheld its output. That is no problem here, because it matters only if the builds are joined.
 */
function parsePlatformBuilds(text) {
    const document = parseJson(text);
    const lines = text.split('\n').filter(line => line.trim() !== '');
    const entries = document === undefined
        ? lines.flatMap((line, index) => flatten(parseJson(line), `line ${index + 1}`))
        : flatten(document, 'all of it');
    const builds = entries.flatMap(({ value }) => (isPlatformBuild(value) ? [value] : []));
    const missing = entries.filter(({ value }) => value === '').map(({ name }) => name);
    return builds.length + missing.length === entries.length
        ? { value: { builds, missing } }
        : { problem: 'is not what `mode: build` hands on', remedy };
}
function parseJson(text) {
    const parsed = (0,_validation_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseGivenJson */ .$)(text);
    return 'value' in parsed ? parsed.value : undefined;
}
/** Lists the platform builds in arrays, in the members of an object, and in strings of JSON, each with the name of its place. */
function flatten(value, name) {
    if (typeof value === 'string' && value !== '')
        return flatten(parseJson(value), name);
    if (Array.isArray(value))
        return value.flatMap((each, index) => flatten(each, `number ${index + 1}`));
    if (typeof value !== 'object' || value === null || 'digest' in value)
        return [{ name, value }];
    return Object.entries(value).flatMap(([member, each]) => flatten(each, `\`${member}\``));
}
function isPlatformBuild(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { repository, commit, tag, digest, platforms } = value;
    return (typeof repository === 'string' &&
        typeof commit === 'string' &&
        (tag === undefined || (typeof tag === 'string' && (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isTag */ .dz)(tag))) &&
        typeof digest === 'string' &&
        /^sha256:[0-9a-f]{64}$/.test(digest) &&
        Array.isArray(platforms) &&
        platforms.length > 0 &&
        platforms.every(each => typeof each === 'string'));
}
/** Why the platform builds cannot be joined to one image; `undefined` where they can. */
function whyNotMergeable({ builds, missing }, { repository, name, commit, tag = commit, platforms }) {
    if (missing.length > 0) {
        return {
            message: `A piece is lost: in \`builds\` ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} empty.`,
            remedy: 'Look at the job that should have given it: it pushed nothing, or GitHub withheld its output, as it does where a secret is in it (the account id or the name of the repository), which the end of its log says. With `mask-aws-account-id: true` in that job `build` is without the account id.',
        };
    }
    if (builds.length === 0) {
        return { message: 'There is nothing to merge: `builds` is empty.', remedy };
    }
    const ofOtherRepository = builds.find(build => build.repository !== name && !(0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .nameOneRepository */ .yB)(build.repository, repository));
    if (ofOtherRepository !== undefined) {
        return {
            message: `${ofOtherRepository.digest} is in ${ofOtherRepository.repository}, not in ${repository}.`,
            remedy: 'Give `mode: build` and `mode: merge` the same `repository`, role and region.',
        };
    }
    const ofOtherCommit = builds.find(build => build.commit !== commit);
    if (ofOtherCommit !== undefined) {
        return {
            message: `${ofOtherCommit.digest} was built of commit ${ofOtherCommit.commit}, and this run is of ${commit}.`,
            remedy: 'Merge what jobs of the same run have built, from the same checkout.',
        };
    }
    const ofOtherTag = builds.find(build => (build.tag ?? build.commit) !== tag);
    if (ofOtherTag !== undefined) {
        return {
            message: `${ofOtherTag.digest} was built as a part of ${ofOtherTag.tag ?? ofOtherTag.commit}, and this run joins ${tag}.`,
            remedy: 'Give the jobs of `mode: build` and that of `mode: merge` the same `flavor`, and join each variant for itself.',
        };
    }
    const builtPlatforms = builds.flatMap(build => build.platforms);
    const builtTwice = builtPlatforms.find((platform, index) => builtPlatforms.indexOf(platform) !== index);
    if (builtTwice !== undefined) {
        return {
            message: `${builtTwice} was built twice.`,
            remedy: 'Give each run of `mode: build` platforms of its own, in `platforms`.',
        };
    }
    const unbuilt = platforms.filter(platform => !builtPlatforms.includes(platform));
    const surplus = platforms.length === 0 ? [] : builtPlatforms.filter(platform => !platforms.includes(platform));
    if (unbuilt.length + surplus.length > 0) {
        return {
            message: [
                ...unbuilt.map(platform => `${platform} is missing among what was built.`),
                ...surplus.map(platform => `${platform} was built and is not among \`platforms\`.`),
            ].join(' '),
            remedy: 'Give `platforms` as they were built, or leave it out to merge whatever there is.',
        };
    }
    return undefined;
}


/***/ }),

/***/ 4852:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ makePlan)
});

// EXTERNAL MODULE: ./build/build/labels.js
var labels = __webpack_require__(30032);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/build/contexts.js
var contexts = __webpack_require__(24555);
;// CONCATENATED MODULE: ./build/build/untrusted-checkout.js


/**
 * Whether the built sources may come from someone who cannot push to the ref that the job runs for. Events such as
 * `workflow_run`, `issue_comment` and `pull_request_target` run for the default branch or a pull request's base, whichever
 * commit their workflow then checks out: https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 * A push has only the pusher's commit, and a pull request has a ref of its own.
 */
function isUntrusted(commit, build) {
    const { event, ref, refSha, checkedOut, folders, hasOtherRepository, unverified, about } = commit;
    if (event === 'push' || ref.startsWith('refs/pull/'))
        return false;
    const remoteAddresses = Object.values((0,contexts/* contextsOf */.WO)(build)).flatMap(location => location.kind === 'elsewhere' ? [location.address] : []);
    return (unverified !== undefined ||
        hasOtherRepository ||
        [checkedOut, ...Object.values(folders)].some(each => each !== refSha) ||
        remoteAddresses.some(each => !(0,contexts/* isOwnCommit */.uv)(each, { ownUrl: `${about.url}.git`, sha: refSha })));
}
/**
 * Why an image of these sources may not be pushed, in an event that runs with the rights of this repository and that anybody can
 * cause: they are the head of a fork, or not provably the commit whose SHA would be the image's tag.
 */
function whyRefused(commit, { allowForkHead }) {
    const { event, fork, repository, checkedOut, refSha, baseSha, unverified } = commit;
    const isOwn = (checkedOut === refSha || checkedOut === baseSha) && unverified === undefined;
    if (fork !== undefined && !isOwn && !allowForkHead) {
        const sources = unverified ?? `${checkedOut} is checked out, and the job runs for ${refSha}`;
        return new failure/* Failure */.HR(`This job for \`${event}\` has the rights of ${repository}, and what it builds is or may be from a fork, ${fork}: ${sources}.`, {
            remedy: 'Build pull requests from forks in a job for `pull_request`, with a role of its own or none. ' +
                'If whoever opens one may push images by this role, set `allow-fork-head: true`.',
        });
    }
    if (unverified === undefined)
        return undefined;
    return new failure/* Failure */.HR(`Anybody can cause \`${event}\`, and what is built is not provably the commit ${checkedOut}, after which the image would be named: ${unverified}.`, {
        remedy: 'Check out the commit that is to be built in the workspace itself, without `path`, and list in .dockerignore what other steps write there. ' +
            'An image that needs files of other origin is built for an event that only members of the repository cause, such as `push` or `workflow_dispatch`.',
    });
}

// EXTERNAL MODULE: ./build/builder/plan.js
var builder_plan = __webpack_require__(21957);
// EXTERNAL MODULE: ./build/cache-mounts/plan.js
var cache_mounts_plan = __webpack_require__(69943);
// EXTERNAL MODULE: ./build/cache/plan.js + 1 modules
var cache_plan = __webpack_require__(66250);
// EXTERNAL MODULE: ./build/commit/commit-tag.js
var commit_tag = __webpack_require__(35334);
// EXTERNAL MODULE: ./build/gate/baseline.js
var baseline = __webpack_require__(69903);
// EXTERNAL MODULE: ./build/gate/limits.js
var limits = __webpack_require__(88392);
// EXTERNAL MODULE: ./build/aws/arn.js
var aws_arn = __webpack_require__(23385);
// EXTERNAL MODULE: ./build/role/plan.js
var role_plan = __webpack_require__(22010);
;// CONCATENATED MODULE: ./build/permissions.js



/** The least permissions that the acting role needs for these inputs. */
function permissionsFor(plan) {
    if (plan.mode === 'gate' || plan.mode === 'merge')
        return { Version: '2012-10-17', Statement: [gateStatement(plan)] };
    if (!plan.push)
        return { Version: '2012-10-17', Statement: [] };
    return {
        Version: '2012-10-17',
        Statement: plan.repository.type === 'public' ? publicStatements(plan) : privateStatements(plan),
    };
}
function privateStatements(plan) {
    const { repository, gate, layers, mounts, tags } = plan;
    const image = [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        ...(tags.mayClaim ? ['ecr:DescribeImages'] : []),
        ...(gate.wait ? ['ecr:DescribeImageScanFindings', 'ecr:StartImageScan'] : []),
        'ecr:DescribeRepositories',
        ...(readsLayers(layers) || (0,cache_mounts_plan/* mayUseEcr */.FS)(mounts) ? ['ecr:GetDownloadUrlForLayer'] : []),
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
        ...settingActions(repository).map(action => `ecr:${action}`),
    ];
    const { encryption } = repository.asked;
    return [
        { Sid: 'Login', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
        {
            Sid: 'Image',
            Effect: 'Allow',
            Action: [...new Set(image)].toSorted(),
            Resource: repositoryArn(plan, 'ecr'),
        },
        ...(repository.create && encryption?.key !== undefined && !isManagedKey(encryption.key)
            ? [keyStatement(plan, encryption.key)]
            : []),
        ...(layers.kind !== 'off' && layers.repository !== undefined
            ? [cacheStatement(plan, layers.repository)]
            : []),
    ];
}
/** BuildKit pushes caches to a separate repository, which gets its own lifecycle policy when it is created. */
function cacheStatement(plan, name) {
    const actions = [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        ...(plan.repository.create ? ['ecr:CreateRepository', 'ecr:PutLifecyclePolicy'] : []),
        'ecr:DescribeRepositories',
        'ecr:GetDownloadUrlForLayer',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
    ];
    return {
        Sid: 'Cache',
        Effect: 'Allow',
        Action: actions.toSorted(),
        Resource: repositoryArn({ ...plan, repository: { ...plan.repository, name } }, 'ecr'),
    };
}
/** Whether BuildKit reads cached layers from the image's repository, or may do so because the user gave `cache-from`. */
function readsLayers(layers) {
    if (layers.kind === 'off')
        return false;
    if (layers.raw.from.length > 0)
        return true;
    return layers.repository === undefined && /^(auto|registry|inline)$/.test(layers.kind);
}
/** https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policies.html */
function publicStatements(plan) {
    const image = [
        'BatchCheckLayerAvailability',
        'CompleteLayerUpload',
        ...(plan.tags.mayClaim ? ['DescribeImages'] : []),
        'DescribeRepositories',
        'InitiateLayerUpload',
        'PutImage',
        'UploadLayerPart',
        ...settingActions(plan.repository),
    ];
    const { alias, registryId } = plan.repository;
    const login = [
        ...((alias ?? registryId) !== undefined ? ['ecr-public:DescribeRegistries'] : []),
        'ecr-public:GetAuthorizationToken',
        'sts:GetServiceBearerToken',
    ];
    return [
        { Sid: 'Login', Effect: 'Allow', Action: login, Resource: '*' },
        {
            Sid: 'Image',
            Effect: 'Allow',
            Action: [...new Set(image)].map(action => `ecr-public:${action}`).toSorted(),
            Resource: repositoryArn(plan, 'ecr-public'),
        },
    ];
}
/** The actions that create the repository, compare its settings and change them, as far as the inputs ask for it. */
function settingActions({ create, asked, onDrift }) {
    const { tags, mutability, exclusions, scanOnPush, lifecyclePolicy, repositoryPolicy, catalog } = asked;
    const policy = repositoryPolicy !== undefined || asked.pullAccounts.length + asked.pullServices.length > 0;
    const hasTags = Object.keys(tags).length > 0;
    const compares = onDrift !== 'ignore';
    const changes = onDrift === 'reconcile';
    const actions = [
        [create, 'CreateRepository'],
        [create && hasTags, 'TagResource'],
        [create && policy, 'SetRepositoryPolicy'],
        [(create || changes) && lifecyclePolicy !== undefined, 'PutLifecyclePolicy'],
        [(create || changes) && lifecyclePolicy !== undefined, 'StartLifecyclePolicyPreview'],
        [(create || changes) && lifecyclePolicy !== undefined, 'GetLifecyclePolicyPreview'],
        [compares && scanOnPush !== undefined, 'BatchGetRepositoryScanningConfiguration'],
        [compares && hasTags, 'ListTagsForResource'],
        [compares && policy, 'GetRepositoryPolicy'],
        [compares && lifecyclePolicy !== undefined, 'GetLifecyclePolicy'],
        [compares && catalog !== undefined, 'GetRepositoryCatalogData'],
        [changes && hasTags, 'TagResource'],
        [changes && policy, 'SetRepositoryPolicy'],
        [changes && (mutability ?? exclusions) !== undefined, 'PutImageTagMutability'],
        [changes && scanOnPush !== undefined, 'PutImageScanningConfiguration'],
        [changes && catalog !== undefined, 'PutRepositoryCatalogData'],
    ];
    return actions.filter(([isAsked]) => isAsked).map(([, action]) => action);
}
/**
 * What ECR does to a key in the name of whoever creates a repository: it looks the key up and gives the repository itself grants, with
 * which ECR encrypts and decrypts later. The conditions keep the role from using the key by itself, since CreateGrant alone would let
 * it give the key to anybody. A policy names keys by their ARN only, so that an alias has to be a condition.
 *
 * - https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 * - https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
function keyStatement({ role }, key) {
    const { partition = '*', account = '*' } = (0,aws_arn/* parseArn */.L)((0,role_plan/* actingRole */.Z4)(role) ?? '');
    const arn = key.startsWith('arn:')
        ? key
        : `arn:${partition}:kms:${role.region}:${account}:${key.startsWith('alias/') ? key : `key/${key}`}`;
    const [place = arn, alias] = arn.split(':alias/');
    const service = `ecr.${role.region}.amazonaws.com`;
    return {
        Sid: 'Key',
        Effect: 'Allow',
        Action: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:RetireGrant'],
        Resource: alias === undefined ? arn : `${place}:key/*`,
        Condition: {
            // AWS documents the first form for every region; names of services in China may end with .cn.
            StringEquals: {
                'kms:ViaService': role.region.startsWith('cn-') ? [service, `${service}.cn`] : service,
            },
            ...(alias !== undefined && {
                'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/${alias}` },
            }),
        },
    };
}
/** Whether the key is the one that AWS keeps for ECR, which needs no permission of whoever creates a repository. */
function isManagedKey(key) {
    return key.endsWith('alias/aws/ecr');
}
/** To judge and release an existing image needs no registry login, only reading and putting its manifest. */
function gateStatement(plan) {
    const actions = [
        'ecr:BatchGetImage',
        ...(plan.gate.wait ? ['ecr:DescribeImageScanFindings'] : []),
        ...(plan.tags.mayClaim ? ['ecr:DescribeImages'] : []),
        'ecr:DescribeRepositories',
        ...(plan.mode === 'merge' || plan.tags.releases.length > 0 ? ['ecr:PutImage'] : []),
        ...(plan.gate.wait ? ['ecr:StartImageScan'] : []),
    ];
    return { Sid: 'Image', Effect: 'Allow', Action: actions, Resource: repositoryArn(plan, 'ecr') };
}
/** The ARN of the repository, with partition and account of the acting role, or `*` where there is no such role. */
function repositoryArn({ role, repository }, service) {
    const { partition = '*', account = '*' } = (0,aws_arn/* parseArn */.L)((0,role_plan/* actingRole */.Z4)(role) ?? '');
    const region = service === 'ecr' ? role.region : '';
    return `arn:${partition}:${service}:${region}:${repository.registryId ?? account}:repository/${repository.name}`;
}

// EXTERNAL MODULE: ./build/repository/plan.js
var repository_plan = __webpack_require__(42454);
// EXTERNAL MODULE: ./build/role/untrusted-job.js
var untrusted_job = __webpack_require__(63609);
// EXTERNAL MODULE: ./build/ecr/mutability.js
var mutability = __webpack_require__(87973);
// EXTERNAL MODULE: ./build/ecr/reference.js
var reference = __webpack_require__(52484);
// EXTERNAL MODULE: ./build/tags/flavor.js
var tags_flavor = __webpack_require__(44842);
// EXTERNAL MODULE: ./build/tags/template.js
var template = __webpack_require__(91464);
;// CONCATENATED MODULE: ./build/tags/sample-tags.js


/** Typical git tags of releases. */
const gitTags = ['v1.2.3', '1.2.3', 'v1.2.3-rc.1', 'release-7'];
const sampleValues = {
    version: '1.2.3',
    raw: 'v1.2.3',
    major: '1',
    minor: '2',
    patch: '3',
};
/** Examples of tags that a rule gives and that must not move. */
function sampleTags(rule, [before, after]) {
    return sampleNames(rule).map(name => (0,reference/* sanitizeTag */.iP)(`${renderSample(before)}${name}${renderSample(after)}`));
}
function sampleNames(rule) {
    switch (rule.type) {
        case 'sha':
            return ['0123456'];
        case 'semver':
        case 'pep440':
            return hasFullVersion(rule.pattern) ? [renderSample(rule.pattern)] : [];
        case 'ref':
            return rule.event === 'tag' ? gitTags : [];
        case 'match':
            return sampleMatches(rule);
        case 'schedule':
            return (0,template/* isPlain */.$i)(rule.pattern) ? [] : [renderSample(rule.pattern)];
        case 'raw':
            return (0,template/* isPlain */.$i)(rule.value) && !/\d/.test((0,template/* render */.XX)(rule.value, () => ''))
                ? []
                : [renderSample(rule.value)];
        case 'edge':
            return [];
    }
}
/** What the rule takes from the typical git tags. A rule that matches none of them may give anything, so all are returned. */
function sampleMatches({ pattern: { source, flags }, group, value }) {
    const sources = value === undefined ? gitTags : [renderSample(value)];
    const matches = sources.flatMap(each => each.match(new RegExp(source, flags))?.[group] ?? []);
    return (matches.length > 0 ? matches : gitTags).filter(each => !/^v?\d+(\.\d+)?$/.test(each));
}
function hasFullVersion(pattern) {
    return pattern.some(part => typeof part !== 'string' && ['version', 'raw', 'patch'].includes(part.name));
}
/** The text of a template with sample values. An expression that is no part of a version becomes `x`. */
function renderSample(template) {
    return template.map(part => (typeof part === 'string' ? part : (sampleValues[part.name] ?? 'x'))).join('');
}

;// CONCATENATED MODULE: ./build/tags/exclusion-filters.js






/**
 * The exclusion filters that a new repository needs so that the moving tags of the rules can move. They do not depend on the
 * event that creates the repository. `1.2` has no filter: one that matches it, and later `1.3`, would match `1.2.3` too.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html
 */
function movingFilters({ rules, flavor }, commit) {
    const enabledRules = (rules ?? [])
        .filter(({ enable }) => enable !== 'false')
        .toSorted((a, b) => b.priority - a.priority);
    const affixesOf = (rule) => [
        rule.prefix ?? flavor.prefix.text,
        rule.suffix ?? flavor.suffix.text,
    ];
    const latestAffix = ({ text, onLatest: isOnLatest }) => (isOnLatest ? text : []);
    const latestFilter = toWildcard([...latestAffix(flavor.prefix), 'latest', ...latestAffix(flavor.suffix)]);
    const fixedTags = [
        (0,commit_tag/* commitTagOf */.V)(commit.checkedOut, (0,tags_flavor/* commitAffixesOf */.BN)(flavor)),
        ...enabledRules.flatMap(rule => sampleTags(rule, affixesOf(rule))),
    ];
    const isUsable = (filter) => isSafeFilter(filter) &&
        !fixedTags.some(name => (0,mutability/* isMutableTag */.RB)(name, { setting: 'IMMUTABLE', exclusions: [filter] }));
    const filters = enabledRules.flatMap(rule => {
        const [before, after] = affixesOf(rule);
        const choices = movingNamesOf(rule, [...before, ...after], commit);
        return choices.map(name => toWildcard([...before, ...name, ...after])).find(isUsable) ?? [];
    });
    return [
        ...new Set([
            ...(givesLatest(enabledRules, flavor.latest) && isUsable(latestFilter) ? [latestFilter] : []),
            ...filters,
        ]),
    ];
}
/**
 * The part between prefix and suffix of a rule's moving tags, in the order of preference. An expression in it stands for any
 * text, which may let tags move that must not.
 */
function movingNamesOf(rule, affixes, commit) {
    const anyText = [{ name: 'anything', escaped: false }];
    switch (rule.type) {
        case 'edge':
            return [['edge']];
        case 'schedule':
            return (0,template/* isPlain */.$i)(rule.pattern) ? [rule.pattern] : [];
        case 'raw':
            return (0,template/* isPlain */.$i)(rule.value) && !/\d/.test((0,template/* render */.XX)(rule.value, () => '')) ? [rule.value] : [];
        case 'semver':
        case 'pep440':
            return rule.pattern.some(part => typeof part !== 'string' && part.name === 'major')
                ? [rule.pattern]
                : [];
        case 'ref':
            if (rule.event === 'tag')
                return [];
            return [
                ...(affixes.length > 0 ? [anyText] : []),
                ...(rule.event === 'branch' && commit.defaultBranch !== undefined && (0,template/* isPlain */.$i)(affixes)
                    ? [[commit.defaultBranch]]
                    : []),
            ];
        default:
            return [];
    }
}
function givesLatest(rules, latest) {
    const isRelease = ({ type }) => ['semver', 'pep440', 'match'].includes(type);
    return (latest === 'true' ||
        (latest === 'auto' &&
            rules.some(rule => isRelease(rule) || (rule.type === 'ref' && rule.event === 'tag'))));
}
/** The filter for a template, in which each expression becomes `*`. */
function toWildcard(template) {
    return template
        .map(part => (typeof part === 'string' ? (0,reference/* sanitizeTag */.iP)(part) : '*'))
        .join('')
        .replaceAll(/\*+/g, '*');
}
/** ECR allows two `*` at most. A filter without a letter or digit would let nearly every tag move. */
function isSafeFilter(text) {
    return /^[0-9a-zA-Z._*-]{1,128}$/.test(text) && /[0-9a-zA-Z]/.test(text) && text.split('*').length <= 3;
}

// EXTERNAL MODULE: ./node_modules/@renovatebot/pep440/index.js
var pep440 = __webpack_require__(68898);
// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(62088);
// EXTERNAL MODULE: ./build/tags/global-expressions.js + 1 modules
var global_expressions = __webpack_require__(19329);
;// CONCATENATED MODULE: ./build/tags/generate-version-tag.js




/** The tag that a version rule gives; `undefined` where there is no git tag and no value. */
function generateVersionTag(rule, commit, buildTag) {
    const given = sourceText(rule, commit);
    if (given === undefined)
        return undefined;
    const text = extractVersion(given, rule.match);
    const isRaw = rule.pattern.length === 1 && typeof rule.pattern[0] === 'object' && rule.pattern[0].name === 'raw';
    const version = rule.type === 'semver' ? parseSemver(text) : parsePep440(text);
    if (version === undefined) {
        const rules = rule.type === 'semver' ? 'https://semver.org' : 'https://peps.python.org/pep-0440';
        return { note: `'${text}' is no version by the rules of ${rules}: no tag is made of it.` };
    }
    // A prerelease gets its full version alone.
    const pattern = version.released || isRaw ? rule.pattern : [{ name: 'version', escaped: true }];
    const { released, parts } = version;
    const series = released ? seriesOf(pattern, parts) : undefined;
    const name = (0,template/* render */.XX)(pattern, each => parts[each.name] ?? '');
    return buildTag(name, {
        latest: released,
        moves: series !== undefined,
        version: {
            text: parts['version'] ?? text,
            scheme: rule.type,
            released,
            ...(series !== undefined && { series }),
        },
    });
}
/** The series that a pattern without a patch number stands for; `undefined` where it names a single release. */
function seriesOf(pattern, { major = '', minor = '' }) {
    const names = new Set(pattern.flatMap(part => (typeof part === 'string' ? [] : [part.name])));
    if (['version', 'raw', 'patch', 'build'].some(name => names.has(name)))
        return undefined;
    return names.has('minor') ? `${major}.${minor}` : major;
}
/** The semver version of a git tag, if it has one. */
function gitTagVersion(text) {
    const version = (0,semver.valid)(text);
    if (version === null)
        return {};
    return { version: { text: version, scheme: 'semver', released: (0,semver.prerelease)(text) === null } };
}
function parseSemver(text) {
    const version = (0,semver.valid)(text) === null ? null : (0,semver.parse)(text);
    if (version === null)
        return undefined;
    const { raw, version: full, major, minor, patch, prerelease: prereleaseParts, build } = version;
    return {
        released: (0,semver.prerelease)(text) === null,
        parts: {
            raw,
            version: full,
            major: String(major),
            minor: String(minor),
            patch: String(patch),
            prerelease: prereleaseParts.join(','),
            build: build.join(','),
        },
    };
}
/** https://peps.python.org/pep-0440/ */
function parsePep440(text) {
    const version = pep440.valid(text) === null ? null : pep440.explain(text);
    if (version === null)
        return undefined;
    const full = pep440.clean(text) ?? text;
    const { is_prerelease: isPrerelease, is_postrelease: isPostrelease, is_devrelease: isDevRelease } = version;
    return {
        released: !isPrerelease && !isPostrelease && !isDevRelease,
        parts: {
            raw: text,
            version: full,
            major: String(pep440.major(text)),
            minor: String(pep440.minor(text)),
            patch: String(pep440.patch(text)),
        },
    };
}
/** The tag that a regular expression finds in a git tag; `undefined` where there is no git tag and no value. */
function generateMatchTag(rule, commit, buildTag) {
    const given = sourceText(rule, commit);
    if (given === undefined)
        return undefined;
    const found = matchedText(rule, commit);
    if (found === undefined) {
        return { note: `'${given}' has nothing that '${rule.text}' could take: it gives no tag.` };
    }
    const { version } = { ...gitTagVersion(given), ...gitTagVersion(found) };
    const series = /^v?(\d+(\.\d+)?)$/.exec(found)?.[1];
    if (version === undefined || series === undefined)
        return buildTag(found, { latest: true, ...(version && { version }) });
    return buildTag(found, { latest: true, moves: true, version: { ...version, series } });
}
/** The part of its source text that a `match` rule takes. */
function matchedText(rule, commit) {
    const expression = new RegExp(rule.pattern.source, rule.pattern.flags);
    return sourceText(rule, commit)?.match(expression)?.[rule.group];
}
/** The text that a rule reads: its own value, or else the git tag. */
function sourceText({ value }, commit) {
    return value === undefined ? (0,global_expressions/* tagOf */.cO)((0,global_expressions/* refOf */.H8)(commit)) : (0,global_expressions/* renderGlobal */.Yy)(value, commit);
}
function extractVersion(text, match) {
    const part = match === undefined ? undefined : text.match(match)?.[1];
    return (part ?? text).replaceAll('/', '-');
}

;// CONCATENATED MODULE: ./build/tags/generate-tag.js



/** The tag that a rule gives the image of a commit; `undefined` where the rule is for another event. */
function generateTag(rule, flavor, commit) {
    const ref = (0,global_expressions/* refOf */.H8)(commit);
    const withAffixes = (name) => `${(0,global_expressions/* affixText */.gO)(rule.prefix, flavor.prefix, commit)}${name}${(0,global_expressions/* affixText */.gO)(rule.suffix, flavor.suffix, commit)}`;
    const buildTag = (name, more = {}) => name === undefined
        ? undefined
        : { latest: false, moves: false, isWrittenOut: false, ...more, name: withAffixes(name) };
    switch (rule.type) {
        case 'schedule':
            return commit.event.includes('schedule')
                ? buildTag((0,global_expressions/* renderGlobal */.Yy)(rule.pattern, commit), { moves: (0,template/* isPlain */.$i)(rule.pattern) })
                : undefined;
        case 'semver':
        case 'pep440':
            return generateVersionTag(rule, commit, buildTag);
        case 'match':
            return generateMatchTag(rule, commit, buildTag);
        case 'edge':
            return (0,global_expressions/* branchOf */.W0)(ref) !== undefined && (0,global_expressions/* branchOf */.W0)(ref) === (rule.branch ?? commit.defaultBranch)
                ? buildTag('edge', { moves: true })
                : undefined;
        case 'ref':
            return {
                branch: () => buildTag((0,global_expressions/* branchOf */.W0)(ref), { moves: true }),
                tag: () => buildTag((0,global_expressions/* tagOf */.cO)(ref), { latest: true, ...gitTagVersion((0,global_expressions/* tagOf */.cO)(ref) ?? '') }),
                pr: () => buildTag(/^refs\/pull\/(.*?)(\/merge)?$/.exec(ref)?.[1], { moves: true }),
            }[rule.event]();
        case 'raw':
            // A word such as `stable` moves from image to image; text with a digit in it is taken for one version.
            return buildTag((0,global_expressions/* renderGlobal */.Yy)(rule.value, commit), {
                moves: (0,template/* isPlain */.$i)(rule.value) && !/\d/.test((0,global_expressions/* renderGlobal */.Yy)(rule.value, commit)),
                isWrittenOut: true,
            });
        case 'sha':
            return buildTag(rule.format === 'short' ? (0,global_expressions/* shortShaOf */.aW)(commit) : commit.sha, {
                moves: commit.sha !== commit.checkedOut,
            });
    }
}

// EXTERNAL MODULE: ./build/tags/highest-release.js
var highest_release = __webpack_require__(75804);
;// CONCATENATED MODULE: ./build/tags/highest-claims.js




/** The claims of a commit's tags. Tags that the user writes out, and `latest=true`, are no claims and always go on. */
function claimsOf(generated, latest) {
    const seriesClaims = generated.flatMap(({ name, version }) => version?.released && version.series !== undefined
        ? [{ tag: (0,reference/* sanitizeTag */.iP)(name), version: version.text, scheme: version.scheme, series: version.series }]
        : []);
    const first = generated[0]?.version;
    const latestClaims = latest.flatMap(tag => first?.released ? [{ tag, version: first.text, scheme: first.scheme, series: '' }] : []);
    return [...seriesClaims, ...latestClaims];
}
/** Whether a rule has claims when a release is made. The role then needs the permission to list the repository's tags. */
function mayClaim(rule, flavor) {
    if (rule.enable === 'false')
        return false;
    const readsGitTags = rule.type === 'match' || (rule.type === 'ref' && rule.event === 'tag');
    if (rule.type === 'semver' || rule.type === 'pep440') {
        const versionPattern = (0,highest_release/* versionPatternOf */._x)(rule.type, rule.pattern, ['', '']);
        return flavor.latest === 'auto' || (versionPattern !== undefined && versionPattern.precision < 3);
    }
    return readsGitTags && (flavor.latest === 'auto' || rule.type === 'match');
}
/**
 * The patterns that read versions out of the tags of a rule. A `match` rule reads a series or a full version, whichever it
 * takes from this commit's git tag.
 */
function versionPatternsOf(rule, flavor, commit) {
    const pattern = templateOfRule(rule, commit);
    if (pattern === undefined)
        return [];
    const affixes = [
        (0,global_expressions/* affixText */.gO)(rule.prefix, flavor.prefix, commit),
        (0,global_expressions/* affixText */.gO)(rule.suffix, flavor.suffix, commit),
    ];
    return [(0,highest_release/* versionPatternOf */._x)(rule.type === 'pep440' ? 'pep440' : 'semver', pattern, affixes) ?? []].flat();
}
function templateOfRule(rule, commit) {
    switch (rule.type) {
        case 'semver':
        case 'pep440':
            return rule.pattern;
        case 'ref':
            return rule.event === 'tag' ? [expression('version')] : undefined;
        case 'match': {
            const [series, v = '', , minor] = /^(v?)(\d+)(\.\d+)?$/.exec(matchedText(rule, commit) ?? '') ?? [];
            if (series === undefined)
                return [expression('version')];
            return [v, expression('major'), ...(minor === undefined ? [] : ['.', expression('minor')])];
        }
        default:
            return undefined;
    }
}
function expression(name) {
    return { name, escaped: false };
}

;// CONCATENATED MODULE: ./build/tags/plan.js








/** The rule where `tags` is empty. A full version moves no other tag. */
const defaultRule = {
    text: 'type=semver,pattern={{version}}',
    type: 'semver',
    enable: 'true',
    priority: 900,
    pattern: [{ name: 'version', escaped: true }],
};
/** Plans the same tags in the same order as docker/metadata-action. docs/tags.md lists the differences. */
function planTags({ rules, flavor }, commit) {
    const enabled = (rules ?? [defaultRule])
        .toSorted((one, other) => other.priority - one.priority)
        .filter(rule => isEnabled(rule, commit));
    const results = enabled.flatMap(rule => generateTag(rule, flavor, commit) ?? []);
    const generated = results.flatMap(each => ('name' in each && each.name !== '' ? [each] : []));
    const first = generated[0];
    const latest = first === undefined ? [] : latestTags(flavor, { auto: rules !== undefined && first.latest, commit });
    const names = [...new Set([...generated.map(({ name }) => (0,reference/* sanitizeTag */.iP)(name)), ...latest])];
    const isValid = (name) => (0,reference/* isTag */.dz)(name) && !name.startsWith(mutability/* cacheTag */.z);
    const validNames = names.filter(isValid);
    const writtenOut = new Set(generated.filter(({ isWrittenOut }) => isWrittenOut).map(({ name }) => (0,reference/* sanitizeTag */.iP)(name)));
    // A prerelease moves no tag, except those that the user writes out; nor does a version whose release is marked so on GitHub.
    const unreleased = generated.filter(({ version }) => version?.released === false || commit.unreleased !== undefined);
    const heldBack = new Set([
        ...unreleased
            .filter(({ version }) => version?.series !== undefined)
            .map(({ name }) => (0,reference/* sanitizeTag */.iP)(name)),
        ...(flavor.latest === 'auto' && first !== undefined && unreleased.includes(first) ? latest : []),
    ].filter(name => !writtenOut.has(name)));
    // A tag that is a commit's SHA has to name that commit's image: a later build of the commit looks for it and reuses it.
    const { sha, checkedOut } = commit;
    const affixes = (0,tags_flavor/* commitAffixesOf */.BN)(flavor);
    const candidate = (0,commit_tag/* commitTagOf */.V)(checkedOut, affixes);
    const notBuilt = sha === checkedOut ? [] : [sha, (0,commit_tag/* commitTagOf */.V)(sha, affixes)];
    const releases = validNames.filter(name => name !== candidate && !notBuilt.includes(name) && !heldBack.has(name));
    const released = new Set(releases);
    const moving = new Set([
        ...latest,
        ...generated.filter(({ moves }) => moves).map(({ name }) => (0,reference/* sanitizeTag */.iP)(name)),
    ]);
    const claims = claimsOf(generated, flavor.latest === 'auto' ? latest : []).filter(({ tag }) => !writtenOut.has(tag));
    const registries = (rules ?? []).flatMap(rule => rule.type === 'raw' && rule.registryId !== undefined && isEnabled(rule, commit) ? [rule.registryId] : []);
    return {
        candidate,
        commitTag: candidate,
        releases,
        names,
        ...(validNames[0] !== undefined && { version: validNames[0] }),
        notes: [
            ...new Set(results.flatMap(each => ('note' in each ? [each.note] : []))),
            ...(commit.committedAt === undefined && enabled.some(rule => hasCommitDate(rule, flavor))
                ? [sayUnknownTime(commit)]
                : []),
            ...names.filter(name => !isValid(name)).map(sayInvalidTag),
            ...sayLeftOff(flavor, candidate),
            ...latest.filter(name => released.has(name)).flatMap(name => saySharedLatest(name, flavor)),
            ...(commit.fork !== undefined && checkedOut !== commit.refSha && releases.length > 0
                ? [sayForkHead(commit, releases)]
                : []),
            ...validNames.filter(name => notBuilt.includes(name)).map(name => sayShaNotBuilt(name, commit)),
            ...Array.from(heldBack, name => `The tag '${name}' stays where it is: ${sayUnreleased(commit, unreleased)}.`),
        ],
        moving: releases.filter(name => moving.has(name)),
        claims: claims.filter(({ tag }) => released.has(tag)),
        ...(registries.length > 0 && { registries }),
        versionPatterns: claims.length === 0 ? [] : (rules ?? []).flatMap(rule => versionPatternsOf(rule, flavor, commit)),
        mayClaim: (rules ?? []).some(rule => claims.length > 0 || mayClaim(rule, flavor)),
    };
}
function sayUnreleased(commit, unreleased) {
    const early = unreleased.find(({ version }) => version?.released === false);
    return early?.version === undefined
        ? `the release that this event is about is a ${commit.unreleased}`
        : `${early.version.text} is not released yet`;
}
function isEnabled({ enable }, commit) {
    if (enable === 'true' || enable === 'false')
        return enable === 'true';
    return (0,global_expressions/* isOnDefaultBranch */.vZ)(commit) === (enable === 'is_default_branch');
}
function hasCommitDate(rule, flavor) {
    const templates = [
        rule.prefix ?? flavor.prefix.text,
        rule.suffix ?? flavor.suffix.text,
        ...('value' in rule ? [rule.value] : []),
        ...(rule.type === 'schedule' ? [rule.pattern] : []),
    ];
    return templates.flat().some(part => typeof part !== 'string' && part.name === 'commit_date');
}
function latestTags({ latest, prefix, suffix }, { auto, commit }) {
    if (latest === 'false' || (latest === 'auto' && !auto))
        return [];
    const affixOf = ({ text, onLatest }) => (onLatest ? (0,global_expressions/* renderGlobal */.Yy)(text, commit) : '');
    return [(0,reference/* sanitizeTag */.iP)(`${affixOf(prefix)}latest${affixOf(suffix)}`)];
}
function sayInvalidTag(name) {
    const reason = name.startsWith(mutability/* cacheTag */.z)
        ? `layers are cached under '${mutability/* cacheTag */.z}'`
        : name.length > 128
            ? `it has ${name.length} characters, and a tag has 128 at most`
            : "a tag does not begin with '.' or '-'";
    return `The image does not get the tag '${name}': ${reason}.`;
}
function sayUnknownTime({ sha }) {
    return (`{{commit_date}} is the time of this run: neither the event nor the checkout says when ${sha} was made. ` +
        'With `fetch-depth: 2` actions/checkout has the head of a pull request beside its merge.');
}
function sayForkHead({ fork, checkedOut }, releases) {
    return (`The image is built from ${checkedOut} of a fork, ${fork}, as \`allow-fork-head\` allows. ` +
        `If the gate lets it pass, it gets the tags that \`tags\` gives it: ${releases.join(', ')}.`);
}
function sayLeftOff(flavor, candidate) {
    const names = ['prefix', 'suffix'].filter(name => !(0,template/* isPlain */.$i)(flavor[name].text));
    if (names.length === 0)
        return [];
    return [
        `The commit's tag ${candidate} is without the ${names.join(' and the ')} of \`flavor\`, as an expression can give another text for another event, and every event has to find the image of the commit.`,
    ];
}
/** Variants of one commit take `latest` from each other, as with docker/metadata-action, unless their flavors say otherwise. */
function saySharedLatest(name, flavor) {
    const missing = ['prefix', 'suffix'].filter(each => flavor[each].text.length > 0 && !flavor[each].onLatest);
    return missing.map(each => `The tag '${name}' is without the ${each} of \`flavor\`, so another variant of this image would take it: \`${each}=…,onlatest=true\` gives each variant its own, and \`latest=false\` gives none.`);
}
function sayShaNotBuilt(name, { checkedOut }) {
    return (`The image does not get the tag '${name}', because it is built from ${checkedOut}. ` +
        'Check the head out to build it: `ref: ${{ github.event.pull_request.head.sha }}` for actions/checkout.');
}

;// CONCATENATED MODULE: ./build/plan.js















/**
 * Makes the plan. It is a pure function: the same inputs and commit give the same plan.
 * @throws {Failure} where an image of these sources may not be pushed.
 */
function makePlan(inputs, commit) {
    const { mode, dryRun, build, builder, platformBuilds, image, reuse, release, gate } = inputs;
    const builds = mode === 'all' || mode === 'build';
    const lacksIdentity = inputs.push && (0,untrusted_job/* hasNoIdentity */.iP)(inputs.job, inputs.role, commit);
    const push = inputs.push && builds && !lacksIdentity;
    const refusal = push ? whyRefused(commit, inputs) : undefined;
    if (refusal !== undefined)
        throw refusal;
    const platforms = build.platforms.length > 0 ? build.platforms : [`linux/${inputs.layers.architecture}`];
    const native = build.platforms.length > 0 ? [] : (0,builder_plan/* nativePlatformOf */.U9)(builder, inputs.layers.architecture);
    const [platform = ''] = platforms;
    const tags = planTags(inputs.tags, commit);
    const affixes = (0,tags_flavor/* commitAffixesOf */.BN)(inputs.tags.flavor);
    const cacheContext = {
        push,
        commit,
        affixes,
        build,
        isUntrusted: isUntrusted(commit, build),
        repository: inputs.repository,
    };
    const derivedLabels = build.deriveLabels
        ? (0,labels/* deriveFromCommit */.$u)(commit, tags.version)
        : new Map();
    const plan = {
        kind: dryRun ? 'dry-run' : kindOf(mode, { push, lacksIdentity }),
        mode,
        push,
        lacksIdentity,
        commit,
        role: (0,role_plan/* planRole */.E8)(inputs.role, commit),
        repository: (0,repository_plan/* planRepository */._)({ ...inputs.repository, create: push && inputs.repository.create }, movingFilters(inputs.tags, commit)),
        layers: !builds ? { kind: 'off' } : (0,cache_plan/* planCache */._s)(inputs.layers, cacheContext),
        mounts: (0,cache_mounts_plan/* planMounts */.Ou)(inputs.mounts, {
            ...(0,cache_plan/* cacheNamesOf */.GP)(inputs.layers, cacheContext),
            push,
            isPublic: inputs.repository.type === 'public',
            cache: inputs.layers.cache,
        }),
        build: {
            ...build,
            checkout: checkoutOf(commit),
            native,
            description: (0,labels/* describeImage */.hu)(build, derivedLabels, commit),
        },
        stallTimeoutMs: inputs.stallTimeoutMs,
        builder,
        platform: {
            name: platform,
            isCertain: build.platforms.length > 0 || (builder.kind === 'made' && native[0] === platform),
        },
        dockerLogin: inputs.dockerLogin,
        engine: (0,builder_plan/* engineNeedOf */.iv)(builder, build),
        tags: mode === 'build' ? tagsOfPlatformBuild(tags, platforms) : tags,
        reuse,
        release,
        platformBuilds,
        ...(image !== undefined && { image }),
        gate: {
            ...gate,
            wait: gate.wait && mode !== 'build',
            baseline: (0,baseline/* planBaseline */.HP)(gate.baseline, commit, affixes),
            lenience: (0,limits/* effectiveLenience */.Lm)(gate),
        },
    };
    return { ...plan, permissions: permissionsFor(plan) };
}
/** The folders from other commits than the one that names the tag, as `name=sha`, because the tag does not identify them. */
function checkoutOf({ folders, checkedOut }) {
    return Object.entries(folders)
        .filter(([, sha]) => sha !== checkedOut)
        .map(([name, sha]) => `${name}=${sha}`);
}
function kindOf(mode, { push, lacksIdentity }) {
    if (mode === 'all' || mode === 'build')
        return push ? 'publish' : 'build';
    // Nothing was pushed that could be merged or judged.
    return lacksIdentity ? 'idle' : mode;
}
/**
 * The tags of a part of an image: only a candidate tag with its platforms, such as `sha-linux-arm64`, which a re-run finds again.
 * The run of `mode: merge` plans the other tags.
 */
function tagsOfPlatformBuild(tags, platforms) {
    const noReleases = {
        releases: [],
        names: [],
        notes: [],
        moving: [],
        claims: [],
        readings: [],
        mayClaim: false,
    };
    return { ...tags, ...noReleases, candidate: (0,commit_tag/* platformTagOf */.t)(tags.candidate, platforms) };
}


/***/ }),

/***/ 68835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f9: () => (/* binding */ readProvenTree),
/* harmony export */   g8: () => (/* binding */ readProvenText),
/* harmony export */   iA: () => (/* binding */ startObjectHash)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(50663);
/* harmony import */ var _git_values_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(55361);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(63454);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(84539);
/* harmony import */ var _program_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(13242);








/**
 * The entries of a commit by their path from the repository's root, as far as they are proven: the commit's SHA covers its root
 * tree, and each tree the hashes of its entries. Git itself believes the name of an object that it reads, so a repository that
 * somebody else wrote can keep anything under the SHA of a commit. `undefined` where git does not have the commit or the hashes
 * do not agree. `repository` is the folder that has `.git`. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
async function readProvenTree(repository, sha) {
    if (!(0,_git_values_js__WEBPACK_IMPORTED_MODULE_7__/* .isSha */ .H)(sha))
        return undefined;
    const [commit, listing] = await Promise.all([
        readObject(repository, ['cat-file', _git_js__WEBPACK_IMPORTED_MODULE_4__/* .END_OF_OPTIONS */ .d5, 'commit', sha]),
        readObject(repository, ['ls-tree', '-r', '-t', '-z', '--full-tree', _git_js__WEBPACK_IMPORTED_MODULE_4__/* .END_OF_OPTIONS */ .d5, sha]),
    ]);
    if (commit === undefined || listing === undefined)
        return undefined;
    const [, root] = /^tree ([0-9a-f]+)\n/.exec(commit.toString('latin1')) ?? [];
    if (root === undefined || objectHash('commit', commit, sha) !== sha)
        return undefined;
    const folders = new Map([['', []]]);
    const trees = new Map([['', root]]);
    const entries = new Map();
    // A name may be of any bytes. Each is a character here, so that the hashes are those of the bytes.
    for (const line of listing.toString('latin1').split('\0').filter(Boolean)) {
        const [, mode = '', type, hash = '', path = ''] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
        const cut = path.lastIndexOf('/');
        const siblings = folders.get(path.slice(0, Math.max(cut, 0)));
        if (siblings === undefined)
            return undefined;
        const name = Buffer.from(`${mode.replace(/^0+/, '')} ${path.slice(cut + 1)}\0`, 'latin1');
        siblings.push(name, Buffer.from(hash, 'hex'));
        if (type === 'tree') {
            folders.set(path, []);
            trees.set(path, hash);
        }
        else {
            entries.set(Buffer.from(path, 'latin1').toString(), { mode, hash });
        }
    }
    const isProven = [...folders].every(([path, parts]) => objectHash('tree', Buffer.concat(parts), sha) === trees.get(path));
    return isProven ? entries : undefined;
}
/** The text of a file in the repository, if it is the one that has this hash. */
async function readProvenText(repository, hash) {
    const content = await readObject(repository, ['cat-file', _git_js__WEBPACK_IMPORTED_MODULE_4__/* .END_OF_OPTIONS */ .d5, 'blob', hash]);
    if (content === undefined || !(0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(content) || objectHash('blob', content, hash) !== hash)
        return undefined;
    return content.toString();
}
/** The hash under which git keeps an object. `like` is another hash of the repository, whose length tells the algorithm. */
function objectHash(type, content, like) {
    return startObjectHash({ type, bytes: content.length }, like).update(content).digest('hex');
}
/** Starts the hash of an object whose content comes in pieces. */
function startObjectHash({ type, bytes }, like) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)(like.length === 40 ? 'sha1' : 'sha256').update(`${type} ${bytes}\0`);
}
/** What git printed of an object; `undefined` where it has none or there is no git. */
async function readObject(repository, args) {
    // The folder is named, so that git looks for no other repository.
    const options = ['--no-replace-objects', `--git-dir=${(0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(repository, '.git')}`];
    const ended = await (0,_process_js__WEBPACK_IMPORTED_MODULE_5__/* .runProcess */ .R3)('git', [...options, ...args], {
        env: (0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .gitEnvironment */ ._K)((0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .jobEnvironment */ .tw)()),
        stdoutOnly: true,
        encoding: 'latin1',
    }).catch(error => {
        if (error instanceof _program_js__WEBPACK_IMPORTED_MODULE_6__/* .MissingProgram */ .n1)
            return undefined;
        throw error;
    });
    return ended?.exitCode === 0 ? Buffer.from(ended.output, 'latin1') : undefined;
}


/***/ }),

/***/ 55361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ isSha),
/* harmony export */   n: () => (/* binding */ timeOf)
/* harmony export */ });
/** When something happened, ISO 8601, UTC; `undefined` where the text is no time of the years 0 to 9999. */
function timeOf(given) {
    const date = new Date(given);
    const time = Number.isNaN(date.getTime()) ? '' : date.toISOString();
    // Other years have six digits and a sign, which neither labels nor tags take.
    return /^\d{4}-/.test(time) ? time : undefined;
}
/** Whether a text is the full SHA of a commit, in a repository of SHA-1 or of SHA-256. */
function isSha(given) {
    return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(given);
}


/***/ }),

/***/ 63454:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fe: () => (/* binding */ readCommits),
/* harmony export */   an: () => (/* binding */ repositoryAbove),
/* harmony export */   d5: () => (/* binding */ END_OF_OPTIONS),
/* harmony export */   gi: () => (/* binding */ readFolderShas)
/* harmony export */ });
/* unused harmony export runGit */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(50663);
/* harmony import */ var _git_values_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55361);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(84539);





/**
 * Reads the commit that is checked out in a folder and the commit with the SHA of the event, in one process. Each is
 * `undefined` where the folder is not the root of a repository or the repository does not have the commit.
 */
async function readCommits(folder, sha) {
    const options = ['--no-walk=unsorted', '--ignore-missing', '--format=%H %ct'];
    const args = ['rev-list', ...options, END_OF_OPTIONS, 'HEAD', ...((0,_git_values_js__WEBPACK_IMPORTED_MODULE_4__/* .isSha */ .H)(sha) ? [sha] : [])];
    const lines = (await runGit(folder, args))?.split('\n') ?? [];
    const [checkedOut, eventCommit = checkedOut] = lines.flatMap(line => parseCommit(line) ?? []);
    return { checkedOut, eventCommit: eventCommit?.sha === sha ? eventCommit : undefined };
}
/**
 * The full SHAs that are checked out in folders, by the folder's name. The workspace itself is left out: `readCommits` reads
 * it.
 */
async function readFolderShas(workspace, folders) {
    const root = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace);
    const shas = Object.entries(folders)
        .map(([name, path]) => [name, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path)])
        .filter(([, path]) => path !== root)
        .map(async ([name, path]) => {
        // A folder above the workspace may also be a repository, but not the one that is built.
        const repository = repositoryAbove(path, root);
        const sha = repository && (await runGit(repository, ['rev-parse', '--verify', '--quiet', 'HEAD']));
        return sha ? [[name, sha]] : [];
    });
    return Object.fromEntries((await Promise.all(shas)).flat());
}
/** The nearest folder, from this one up to `root`, that has a `.git`. */
function repositoryAbove(folder, root) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(folder);
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, '.git')))
        return path;
    const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
    return path === (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(root) || path === parent ? undefined : repositoryAbove(parent, root);
}
function parseCommit(line) {
    const [, sha, seconds] = /^([0-9a-f]{40,64}) (-?\d+)$/.exec(line) ?? [];
    if (sha === undefined)
        return undefined;
    const committedAt = (0,_git_values_js__WEBPACK_IMPORTED_MODULE_4__/* .timeOf */ .n)(Number(seconds) * 1000);
    return { sha, ...(committedAt !== undefined && { committedAt }) };
}
/** What follows is no option of git, whatever it looks like. https://git-scm.com/docs/gitcli */
const END_OF_OPTIONS = '--end-of-options';
/**
 * What git printed of the repository in a folder; `undefined` where there is none, git fails or there is no git, as the action
 * works without this information.
 *
 * The folder may be of somebody else's making, and a repository's configuration can name programs that git runs. Git is told
 * where the repository is, so that it takes no other for one, such as a bare repository among the files of a context; and only
 * commands that read objects and refs may be run here: they touch neither the files nor the index, so they run no filter, hook
 * or file system monitor. `gitEnvironment` closes the rest: an object that is missing is not fetched.
 */
async function runGit(folder, args) {
    const gitDir = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, '.git');
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(gitDir))
        return undefined;
    const ended = await (0,_process_js__WEBPACK_IMPORTED_MODULE_3__/* .runProcess */ .R3)('git', ['--no-pager', '--git-dir', gitDir, '--work-tree', folder, ...args], {
        env: (0,_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .gitEnvironment */ ._K)((0,_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .jobEnvironment */ .tw)()),
        stdoutOnly: true,
    }).catch(() => undefined);
    return ended?.exitCode === 0 ? ended.output.trimEnd() : undefined;
}


/***/ }),

/***/ 56826:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fh: () => (/* binding */ isJson),
/* harmony export */   SX: () => (/* binding */ gitHubRoot),
/* harmony export */   X3: () => (/* binding */ askGitHub),
/* harmony export */   v6: () => (/* binding */ messageIn),
/* harmony export */   wl: () => (/* binding */ gitHubHeaders)
/* harmony export */ });
/* harmony import */ var _http_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53900);

const JSON_TYPE = 'application/vnd.github+json';
/**
 * Asks GitHub's REST API. A passing fault is tried again, twice; the answer may still have any status.
 * @throws the last fault of the network.
 */
async function askGitHub({ path, token, accept = JSON_TYPE, isAnswer = accept === JSON_TYPE ? isJson : () => true, }) {
    return (0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .getWithRetries */ .Te)({
        url: `${gitHubRoot()}/${path}`,
        headers: gitHubHeaders(token, accept),
        isAnswer,
    });
}
/** Whether a response is JSON, or a refusal in whatever form. What is neither came from something before GitHub, or not whole. */
function isJson({ status, body }) {
    return status >= 400 || (typeof body === 'object' && body !== null);
}
/** The root of the API, of the server that the job runs on, without a slash at its end. */
function gitHubRoot() {
    return process.env['GITHUB_API_URL'] ?? 'https://api.github.com';
}
/** The headers of a request. https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#headers */
function gitHubHeaders(token, accept = JSON_TYPE) {
    return { accept, authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' };
}
/** Why GitHub refused, in its own words. */
function messageIn({ status, body }) {
    const reason = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : 'no reason';
    return `GitHub answered ${status}: ${reason.slice(0, MAX_REASON_CHARACTERS)}`;
}
const MAX_REASON_CHARACTERS = 200;


/***/ }),

/***/ 53900:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Te: () => (/* binding */ getWithRetries),
  WG: () => (/* binding */ isPassing),
  w$: () => (/* binding */ sendRequest)
});

// UNUSED EXPORTS: UnansweredRequest

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(74995);
;// CONCATENATED MODULE: ./build/platform/network-fault.js
/** What a code of Node means for a host. https://nodejs.org/api/errors.html#common-system-errors */
const meanings = [
    [/^(ENOTFOUND|EAI_AGAIN)$/, host => `the name ${host} could not be resolved`],
    [/^ECONNREFUSED$/, host => `${host} refused the connection`],
    [/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/, host => `the connection to ${host} was cut`],
    [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, host => `${host} could not be reached`],
    [/CERT|SIGNATURE|_TLS_|_SSL_/, host => `the certificate of ${host} is not trusted`],
];
/** Begins the message of the client for a proxy that made no tunnel. https://github.com/koichik/node-tunnel/blob/master/lib/tunnel.js */
const tunnelPrefix = /^tunneling socket could not be established, (?:cause=|statusCode=)/;
/** Says why there was no answer to a request: the fault with its code, and the proxy where there is one. Neither its path nor a password is shown. */
function sayNetworkFault(error, { url, getProxyUrl }) {
    const { message, code } = partsOf(error);
    const host = URL.parse(url)?.host;
    if (host === undefined)
        return 'the address is no URL';
    const meaning = meanings.find(([codes]) => codes.test(code))?.[1](host);
    const proxy = URL.parse(getProxyUrl(url));
    if (proxy !== null) {
        const reason = tunnelPrefix.test(message) ? message.replace(tunnelPrefix, '') : (meaning ?? message);
        const kind = url.startsWith('https:') ? 'HTTPS_PROXY' : 'HTTP_PROXY';
        return `${host} could not be reached through the proxy ${proxy.protocol}//${proxy.host} of ${kind}: ${reason}`;
    }
    return meaning === undefined ? `${host}: ${message}` : `${meaning} (${code})`;
}
/** The message and the code of an error. Where a host has several addresses, Node wraps the errors of all of them. */
function partsOf(error) {
    const first = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
    if (!(first instanceof Error))
        return { message: String(first), code: '' };
    return { message: first.message, code: 'code' in first ? String(first.code) : '' };
}

;// CONCATENATED MODULE: ./build/platform/http.js



/** A request to which no whole answer came. The message says why, in words for the user. */
class UnansweredRequest extends Error {
}
/** Milliseconds. */
const REQUEST_LIMIT_MS = 20_000;
/** A longer answer is not read: nothing that is asked for comes near it. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
/**
 * Sends a request through the proxy that the environment names, as GitHub's own actions do. It always ends, after `limitMs` at the
 * latest: the client itself waits for ever for the rest of an answer whose connection was cut
 * (https://github.com/actions/toolkit/blob/main/packages/http-client/src/index.ts, `readBody`). The client is loaded on first use.
 * @throws {UnansweredRequest} when no whole answer comes. If the signal ended the request, the signal's reason is thrown.
 */
async function sendRequest({ method, url, headers = {}, body, limitMs = REQUEST_LIMIT_MS, signal, }) {
    signal?.throwIfAborted();
    const { HttpClient: Client, getProxyUrl } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 44942));
    const client = new Client('ecr-image', [], { socketTimeout: limitMs, allowRetries: false });
    const timeout = new AbortController();
    // Not AbortSignal.timeout(), whose timer does not keep the process from ending while nothing else does.
    const timer = setTimeout(() => timeout.abort(new Error(`there was no whole answer within ${limitMs / 1000} s`)), limitMs);
    const ended = AbortSignal.any(signal ? [timeout.signal, signal] : [timeout.signal]);
    const exchange = async () => {
        const allHeaders = {
            accept: 'application/json',
            ...(body && { 'content-type': 'application/json' }),
            ...headers,
        };
        const { message } = await client.request(method, url, body ? JSON.stringify(body) : '', allHeaders);
        const text = await readText((0,external_node_stream_.addAbortSignal)(ended, message));
        const { statusCode: status = 0, headers: told } = message;
        return {
            status,
            body: parseIfJson(text),
            text,
            next: /<([^>]+)>;\s*rel="next"/.exec(String(told.link ?? ''))?.[1],
            isRateLimited: status === 429 ||
                (status === 403 && (told['x-ratelimit-remaining'] === '0' || told['retry-after'] !== undefined)),
        };
    };
    try {
        return await orEnd(exchange(), ended);
    }
    catch (error) {
        signal?.throwIfAborted();
        const cause = timeout.signal.aborted ? timeout.signal.reason : error;
        throw new UnansweredRequest(sayNetworkFault(cause, { url, getProxyUrl }), { cause });
    }
    finally {
        clearTimeout(timer);
        client.dispose();
    }
}
/**
 * Sends a GET request, and again where the fault is a passing one: no whole answer, a status that says so, or none of the service's
 * own answers. The last response is returned, whatever it is.
 * @throws {UnansweredRequest} when no whole answer came to the last try.
 */
async function getWithRetries({ tries = 3, firstWaitMs = 500, isAnswer = () => true, signal, ...request }) {
    let response;
    const ask = async () => {
        response = undefined;
        response = await sendRequest({ method: 'GET', ...request, signal });
        if (isPassing(response) || !isAnswer(response))
            throw new PassingFault();
        return response;
    };
    return (0,p_retry/* default */.Ay)(ask, { retries: tries - 1, minTimeout: firstWaitMs, ...(signal && { signal }) }).catch(error => {
        if (error instanceof PassingFault && response !== undefined)
            return response;
        throw error;
    });
}
/** Whether a response says that the same request may be answered soon. */
function isPassing({ status, isRateLimited }) {
    return status === 408 || isRateLimited || status >= 500;
}
/** A response that is worth another try. */
class PassingFault extends Error {
}
/** The value of a promise, unless the signal ends the wait for it. */
async function orEnd(promise, signal) {
    const { promise: end, reject } = Promise.withResolvers();
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
        return await Promise.race([promise, end]);
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
}
/** Reads a body to its end. A connection that is cut before it is an error. */
async function readText(body) {
    const pieces = [];
    let bytes = 0;
    for await (const piece of body) {
        bytes += piece.length;
        if (bytes > MAX_BODY_BYTES)
            throw new Error(`the answer is longer than ${MAX_BODY_BYTES} bytes`);
        pieces.push(piece);
    }
    return Buffer.concat(pieces).toString();
}
function parseIfJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return text;
    }
}


/***/ }),

/***/ 45929:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   jQ: () => (/* binding */ heartbeat),
/* harmony export */   pm: () => (/* binding */ clock),
/* harmony export */   wt: () => (/* binding */ poll)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);

/** The clock of this machine. */
const clock = {
    now: () => performance.timeOrigin + performance.now(),
    sleep: (milliseconds, signal) => (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(milliseconds, undefined, { signal }),
};
/**
 * Calls `ask` until it returns a value; `undefined` means that the time ran out. Each pause is lengthened at random by up to a
 * tenth, so that many jobs of one push do not call at the same moments.
 */
async function poll(ask, { clock: { now, sleep }, signal, timeoutMs, pause, onWait }) {
    const began = now();
    for (;;) {
        const answer = await ask();
        if (answer !== undefined)
            return answer;
        const spentMs = now() - began;
        if (spentMs >= timeoutMs)
            return undefined;
        onWait(spentMs);
        await sleep(Math.min(pause(spentMs) * (1 + Math.random() * 0.1), timeoutMs - spentMs), signal);
    }
}
/** Makes an `onWait` that calls `tell` whenever the text of `say` changes, and again each time that `everyMs` have passed. */
function heartbeat(everyMs, { say, tell }) {
    let last = { text: '', spentMs: 0 };
    return spentMs => {
        const text = say();
        if (text === last.text && spentMs - last.spentMs < everyMs)
            return;
        last = { text, spentMs };
        tell(text, spentMs);
    };
}


/***/ }),

/***/ 66604:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ credentialsIn),
/* harmony export */   r: () => (/* binding */ withoutCredentials)
/* harmony export */ });
/**
 * Characters. In `https://TOKEN@host/` a token stands where else a user's name does, which is shorter: `git` is no secret, and
 * masking it would mask that word everywhere.
 */
const MIN_TOKEN_LENGTH = 30;
/**
 * The part of a URL between `://` and `@`. A password may have an `@` in it that nobody has encoded, so the last one before the
 * path counts. In `docker-image://alpine:3@sha256:…` it stands before a digest. https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
 */
const userInfo = /(?<=:\/\/)[^/?#\s"'\\<>|]*@(?!sha256:)/g;
/** The text with `***` in place of the user and password of each URL in it. The user `git` of ssh is kept. */
function withoutCredentials(text) {
    return text.includes('://') ? text.replace(userInfo, found => (found === 'git@' ? found : '***@')) : text;
}
/** The secrets in the URLs of a text: each password, and a token that stands alone. */
function credentialsIn(text) {
    if (!text.includes('://'))
        return [];
    return (text.match(userInfo) ?? []).flatMap(found => {
        const [user = '', ...rest] = found.slice(0, -1).split(':');
        const secret = rest.length > 0 ? rest.join(':') : user.length >= MIN_TOKEN_LENGTH ? user : '';
        return [...new Set([secret, decoded(secret)])].filter(each => each !== '');
    });
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}


/***/ }),

/***/ 38491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Br: () => (/* binding */ pathBelow),
/* harmony export */   Gu: () => (/* binding */ readTextFile),
/* harmony export */   II: () => (/* binding */ whyUnusable),
/* harmony export */   Tk: () => (/* binding */ outOfWorkspace),
/* harmony export */   fo: () => (/* binding */ isFile),
/* harmony export */   qm: () => (/* binding */ leadsOut),
/* harmony export */   sU: () => (/* binding */ MAX_SECRET_BYTES)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);


/** Characters. Linux opens no longer path, so that nothing is there. https://man7.org/linux/man-pages/man3/realpath.3.html */
const MAX_PATH_LENGTH = 4096;
/**
 * Whether a path in the workspace is or goes through a symbolic link that leads out of it. A link can be committed, so whoever
 * writes the checkout could have any file of the machine read, sent to the build or overwritten by it. A path that itself names a
 * place outside is the workflow's own choice. Of a path that does not exist yet, the folder that does is looked at; a link to
 * nothing counts as one that leads out.
 */
function leadsOut(path) {
    if (path.length > MAX_PATH_LENGTH)
        return false;
    const workspace = process.env['GITHUB_WORKSPACE'] || '.';
    const roots = [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace), ...((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(workspace) ? [(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(workspace)] : [])];
    const isInside = (each) => roots.some(root => each === root || each.startsWith(root.endsWith(node_path__WEBPACK_IMPORTED_MODULE_1__.sep) ? root : `${root}${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`));
    let existing = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path);
    if (!isInside(existing))
        return false;
    while (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(existing) && existing !== (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(existing)) {
        // What is written to a link without a target is written where it leads.
        if (isLink(existing))
            return true;
        existing = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(existing);
    }
    return !isInside((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(existing));
}
function isLink(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path).isSymbolicLink();
    }
    catch {
        // Nothing is there, or no path is that long.
        return false;
    }
}
/** Why a path that leads out is not used, and what to do about it. */
const outOfWorkspace = {
    problem: 'is or goes through a symbolic link that leads out of the workspace',
    remedy: 'Put the file or folder itself into the workspace, or name the place where it is.',
};
/** A path, absolute or relative to the folder, as it is from the folder; `undefined` where it leads out by its name. */
function pathBelow(folder, path) {
    const inner = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(path) ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, path) : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.normalize)(path);
    return inner === '..' || inner.startsWith('../') ? undefined : inner;
}
/** Whether a path is a regular file, or a link to one: no folder, no device and nothing that waits for a writer. */
function isFile(path) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path) && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isFile();
}
/** Bytes of a file that the step itself reads whole. The largest that anybody needs is a list of thousands of exceptions. */
const MAX_TEXT_BYTES = 10 * 1024 * 1024;
/** Bytes. BuildKit takes no secret of more: https://github.com/moby/buildkit/blob/master/session/secrets/secretsprovider/secretsprovider.go */
const MAX_SECRET_BYTES = 500 * 1024;
/** Bytes. buildx reads no more of a key: https://github.com/moby/buildkit/blob/master/session/sshforward/sshprovider/agentprovider.go */
const MAX_KEY_BYTES = 100 * 1024;
/**
 * Why a path cannot be used for this; `undefined` where it can, and where nothing is there yet. Whoever opens a pipe without a
 * writer waits for ever, and a device may never end.
 */
function whyUnusable(path, use) {
    let stats;
    try {
        stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false });
    }
    catch (error) {
        return cannotBeRead(error);
    }
    if (stats === undefined)
        return undefined;
    const isWanted = {
        file: stats.isFile(),
        secret: stats.isFile(),
        key: stats.isFile() || stats.isSocket(),
        folder: stats.isDirectory(),
        output: !stats.isFIFO() && !stats.isSocket() && !stats.isBlockDevice(),
    }[use];
    if (!isWanted) {
        const wanted = {
            file: 'file',
            secret: 'file',
            key: 'key file or a socket',
            folder: 'folder',
            output: 'file',
        }[use];
        return {
            problem: `is ${kindOf(stats)}, and a ${wanted} is wanted`,
            remedy: `Name a ${wanted} by its path.`,
        };
    }
    const most = {
        file: MAX_TEXT_BYTES,
        secret: MAX_SECRET_BYTES,
        key: MAX_KEY_BYTES,
        folder: undefined,
        output: undefined,
    }[use];
    return most !== undefined && stats.size > most ? tooLarge(stats.size, most) : undefined;
}
function kindOf(stats) {
    if (stats.isDirectory())
        return 'a folder';
    if (stats.isFIFO())
        return 'a pipe';
    if (stats.isSocket())
        return 'a socket';
    return stats.isFile() ? 'a file' : 'a device';
}
/** The code of the error alone, as its message has the path once more. */
function cannotBeRead(error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return {
        problem: `cannot be read (${code})`,
        remedy: 'Check the path, and the permissions of what is there.',
    };
}
function tooLarge(size, most) {
    return {
        problem: `has ${size.toLocaleString('en')} bytes, and ${most.toLocaleString('en')} are the most that is read`,
        remedy: 'Name a smaller file.',
    };
}
/**
 * The text of a regular file of up to 10 MiB, or why it is not read; `undefined` where there is none, or a link leads out of the
 * workspace to it.
 */
function readTextFile(path) {
    if (!isFile(path) || leadsOut(path))
        return undefined;
    // Some files of /proc say that they are empty, and end only when their reader does or wait like a pipe.
    let file;
    try {
        file = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK);
    }
    catch (error) {
        return cannotBeRead(error);
    }
    try {
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(file).size > MAX_TEXT_BYTES)
            return tooLarge((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(file).size, MAX_TEXT_BYTES);
        const pieces = [];
        let size = 0;
        for (;;) {
            const piece = Buffer.alloc(65_536);
            const read = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(file, piece);
            if (read === 0)
                return Buffer.concat(pieces)
                    .toString()
                    .replace(/^\uFEFF/, '');
            pieces.push(piece.subarray(0, read));
            size += read;
            if (size > MAX_TEXT_BYTES)
                return tooLarge(size, MAX_TEXT_BYTES);
        }
    }
    catch (error) {
        return cannotBeRead(error);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(file);
    }
}


/***/ }),

/***/ 31156:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ commentOnPullRequest)
});

// UNUSED EXPORTS: commentMark

// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/repository/repository-policy.js
var repository_policy = __webpack_require__(89992);
// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(74995);
// EXTERNAL MODULE: ./build/platform/github-api.js
var github_api = __webpack_require__(56826);
// EXTERNAL MODULE: ./build/platform/http.js + 1 modules
var http = __webpack_require__(53900);
;// CONCATENATED MODULE: ./build/report/github-comments.js




/** How often the comment is tried to be written. */
const TRIES = 3;
/** Milliseconds before the second try. Each further wait is twice as long. */
const FIRST_WAIT_MS = 500;
/** The most pages of 100 comments that are looked through. */
const MAX_PAGES = 100;
/**
 * Writes a comment, or replaces the existing comment that begins with the mark. Anybody can write the mark in a comment and edit
 * that comment later, so a person's comment is left alone unless the token is that person's. A try whose answer is lost may have
 * written the comment, so the next one looks for it again.
 * https://docs.github.com/en/rest/issues/comments
 * @throws {Failure} where GitHub refuses a call.
 */
async function putComment({ repository, number, token }, { mark, text, ...patience }) {
    const api = `${(0,github_api/* gitHubRoot */.SX)()}/repos/${repository}/issues`;
    const headers = (0,github_api/* gitHubHeaders */.wl)(token);
    const body = { body: `${mark}\n${text}` };
    let outcome;
    const put = async () => {
        // Looking has had its own tries.
        const firstPage = `${api}/${number}/comments?per_page=100`;
        const own = await findOwnComment(firstPage, { mark, headers, ...patience }).catch(error => {
            throw new p_retry/* AbortError */.lc(error);
        });
        outcome ??= own === undefined ? 'written' : 'renewed';
        const where = own === undefined
            ? { method: 'POST', url: `${api}/${number}/comments` }
            : { method: 'PATCH', url: `${api}/comments/${own.id}` };
        const answer = await (0,http/* sendRequest */.w$)({ ...where, headers, body, ...patience });
        if ((0,http/* isPassing */.WG)(answer) || !(0,github_api/* isJson */.Fh)(answer))
            throw new Error((0,github_api/* messageIn */.v6)(answer));
        if (answer.status >= 300)
            throw new p_retry/* AbortError */.lc(refusal(answer));
        return outcome;
    };
    return (0,p_retry/* default */.Ay)(put, { retries: TRIES - 1, minTimeout: patience.firstWaitMs ?? FIRST_WAIT_MS });
}
/** Finds the comment that begins with the mark and is an app's or the token's own. */
async function findOwnComment(firstPage, { mark, ...request }) {
    let page = firstPage;
    for (let count = 0; page !== undefined && count < MAX_PAGES; count++) {
        const answer = requireSuccess(await (0,http/* getWithRetries */.Te)({ url: page, ...request, isAnswer: isList }));
        const marked = commentsIn(answer).filter(comment => comment.body.startsWith(mark));
        const hasPersons = marked.some(({ user }) => user.type !== 'Bot');
        // GitHub refuses this call for the token of a job, which has no user.
        const viewer = hasPersons
            ? loginIn(await (0,http/* getWithRetries */.Te)({ url: `${(0,github_api/* gitHubRoot */.SX)()}/user`, ...request, isAnswer: github_api/* isJson */.Fh }))
            : undefined;
        const own = marked.find(({ user }) => user.type === 'Bot' || (viewer !== undefined && user.login === viewer));
        if (own !== undefined)
            return own;
        // The token goes to no other server, whatever an answer names.
        const { next } = answer;
        page = next && URL.parse(next)?.origin === new URL(firstPage).origin ? next : undefined;
    }
    return undefined;
}
function loginIn({ status, body }) {
    return status === 200 ? recordOf(body)['login'] : undefined;
}
/** Whether a response is a list, or a refusal. Taken for a list, anything else would have the comment written a second time. */
function isList({ status, body }) {
    return status >= 400 || Array.isArray(body);
}
function commentsIn(answer) {
    if (!isList(answer))
        throw refusal(answer);
    const items = Array.isArray(answer.body) ? answer.body : [];
    return items
        .map(recordOf)
        .flatMap(({ id, body: text, user }) => typeof id === 'number' && typeof text === 'string' ? [{ id, body: text, user: recordOf(user) }] : []);
}
function recordOf(value) {
    return typeof value === 'object' && value !== null ? { ...value } : {};
}
function requireSuccess(answer) {
    if (answer.status >= 200 && answer.status < 300)
        return answer;
    throw refusal(answer);
}
function refusal(answer) {
    const { status, isRateLimited } = answer;
    return new failure/* Failure */.HR((0,github_api/* messageIn */.v6)(answer), {
        remedy: !isRateLimited && (status === 403 || status === 404)
            ? 'Give the job `permissions: pull-requests: write`; the token of a pull request from a fork never has it.'
            : 'Run the job again.',
    });
}

;// CONCATENATED MODULE: ./build/report/comment-on-pull-request.js



/** The kinds of runs that judge an image. The others write no comment. */
const judgingKinds = new Set(['publish', 'merge', 'gate']);
/** Writes the summary as a comment on the pull request. A comment that cannot be written is a warning and not an error. */
async function commentOnPullRequest({ job, plan, comment, }) {
    const { comment: token } = plan.gate;
    if (token === undefined || !judgingKinds.has(plan.kind))
        return;
    await job.step('Comment on the pull request', async (log) => {
        const { repository, pullRequest: number } = plan.commit;
        if (number === undefined)
            return log.result('This job is for no pull request');
        try {
            const outcome = await putComment({ repository, number, token }, { mark: commentMark(plan), text: comment() });
            log.result(`#${number}: ${outcome}`);
        }
        catch (error) {
            log.warn(`The comment on #${number} could not be written. ${(0,failure/* describeFailure */.Ic)(error)}`);
            log.result(`#${number}: not written`);
        }
    });
}
/** The hidden mark with which a comment begins. It is the same for all jobs and runs of one image. */
function commentMark({ repository, role }) {
    const firstRole = role.source.kind === 'oidc' ? role.source.arn : undefined;
    const lastRole = role.chain.at(-1) ?? firstRole;
    const account = repository.registryId ?? (lastRole && (0,repository_policy/* ownerOf */.bf)(lastRole).account);
    // A mark cannot have `***` in it, which all accounts would share.
    const shownAccount = role.masksAccountId ? undefined : account;
    const image = [shownAccount, role.region, repository.name].filter(Boolean).join('/');
    return `<!-- ecr-image: ${image} -->`;
}


/***/ }),

/***/ 34902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DV: () => (/* binding */ codeBlock),
/* harmony export */   Jy: () => (/* binding */ sarifMessage),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   Te: () => (/* binding */ gfm),
/* harmony export */   UU: () => (/* binding */ name),
/* harmony export */   Uj: () => (/* binding */ fit),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   em: () => (/* binding */ sentence),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   oR: () => (/* binding */ joined),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57975);
/* harmony import */ var _platform_masked_values_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70376);


/** Characters of one text; a longer one is cut, as GitHub drops a summary that is too big. */
const MAX_TEXT_LENGTH = 1_000;
/** Characters of a code block. */
const MAX_BLOCK_LENGTH = 100_000;
/** Characters of the URL of a link. */
const MAX_URL_LENGTH = 500;
/**
 * A zero-width space, which keeps GitHub from seeing a mention, a reference or a URL. It looks for them in the rendered text,
 * where a backslash is gone already: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
const BREAK = '&#8203;';
/** Ends a text for GitHub, as the zero-width space does, and is not copied with the text. */
const SPLIT = '<wbr>';
/** Markdown of a template: strings are escaped as by {@link text}, Markdown is left as it is. */
function gfm(parts, ...values) {
    return made(parts
        .map((part, index) => part + (index < values.length ? markdownOf(values[index] ?? '') : ''))
        .join(''));
}
/** Text in which nothing is Markdown, in one line. It is safe in a paragraph, heading, item, cell or link. */
function text(foreign, maxLength) {
    return made(escaped(oneLine(foreign, maxLength)));
}
/** A name as code, in one line. */
function code(foreign, maxLength) {
    const line = oneLine(foreign, maxLength).trim();
    // Backticks keep everything but the end of a cell, and of a link's label that begins a paragraph.
    return made(line === '' || /[`|[\]]/.test(line) ? `<code>${escaped(line)}</code>` : `\`${line}\``);
}
/** A version, platform or other name: as it is where nothing in it has to be escaped, and as code otherwise. */
function name(foreign, maxLength) {
    const line = oneLine(foreign, maxLength).trim();
    return escaped(line) === line ? made(line) : code(foreign, maxLength);
}
/** Sentences in which names stand in backticks, in one line. The names become code, and all else is escaped. */
function sentence(sentences) {
    const parts = oneLine(sentences, MAX_TEXT_LENGTH * 4).split(/`([^`]*)`/);
    return joined(parts.map((part, index) => (index % 2 === 1 ? code(part) : made(escaped(part)))), '');
}
/** A link, or the label alone where the address is not one of the web. */
function link(label, url) {
    const address = webAddress(url);
    return address === undefined ? label : made(`[${label.markdown}](<${address}>)`);
}
/** A fenced code block, which GitHub shows with a copy button. Text of a program may have colours; they are left out. */
function codeBlock(foreign, { language = 'text', maxLength = MAX_BLOCK_LENGTH } = {}) {
    const block = visibleLines(cut((0,_platform_masked_values_js__WEBPACK_IMPORTED_MODULE_1__/* .replaceMasked */ .sW)((0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(foreign)), maxLength));
    const marks = '`'.repeat(Math.max(3, ...Array.from(block.matchAll(/`+/g), ([run]) => run.length + 1)));
    return made(`${marks}${language}\n${block}\n${marks}`);
}
/**
 * A message of SARIF. It is text, in which GitHub makes links of `[text](address)` all the same; with `lines` it keeps its lines.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html#_Toc141790717
 */
function sarifMessage(foreign, maxLength, { lines = false } = {}) {
    // It is about packages and never quotes a build, so no secret is looked for in what may be 25,000 messages.
    const shown = lines ? visibleLines(foreign) : visible(withoutBreaks(foreign));
    return cut(shown.replace(/\](?=\()/g, '] '), maxLength);
}
/** A table; strings are escaped. */
function table(head, rows) {
    const lines = [head, head.map(() => made('---')), ...rows];
    return made(lines.map(cells => `| ${cells.map(markdownOf).join(' | ')} |`).join('\n'));
}
/** An unordered list. */
function list(items) {
    return made(items.map(item => `- ${item.markdown}`).join('\n'));
}
/** Paragraphs as a block quote. */
function quote(paragraphs) {
    return made(paragraphs.map(({ markdown }) => `> ${markdown}`).join('\n>\n'));
}
/** Content that is folded until the reader clicks on its title. What stands in backticks in the title becomes code. */
function details(title, content) {
    // GitHub reads no Markdown in the line of an HTML tag, so the title is HTML.
    const html = oneLine(title)
        .split(/`([^`]*)`/)
        .map((part, index) => (index % 2 === 1 ? `<code>${escapedHtml(part)}</code>` : escapedHtml(part)))
        .join('');
    return made(`<details><summary>${html}</summary>\n\n${content.markdown}\n\n</details>`);
}
/** Markdown with a separator between its parts. */
function joined(parts, separator = ', ') {
    return made(parts.map(({ markdown }) => markdown).join(separator));
}
/** Joins parts to a text of at most `limit` bytes. Parts that do not fit are left out, and a note has their number. */
function fit(parts, limit) {
    const note = (left) => `… ${left} ${left === 1 ? 'part' : 'parts'} left out: GitHub takes ${limit} bytes.`;
    const given = parts.map(({ markdown }) => markdown).filter(part => part !== '');
    let room = limit - Buffer.byteLength(note(given.length)) - 2;
    const fitting = given.filter(part => {
        const size = Buffer.byteLength(part) + 2;
        if (size <= room)
            room -= size;
        else
            return false;
        return true;
    });
    const left = given.length - fitting.length;
    return [...fitting, ...(left > 0 ? [note(left)] : [])].join('\n\n');
}
/** What is Markdown in a line of text. */
const markdownSyntax = [
    [/[\\`*[\]<>|~]/, match => `\\${match}`],
    // Between letters it is none.
    [/(?<![a-z0-9])_|_(?![a-z0-9])/, () => '\\_'],
    // An entity such as `&#64;`.
    [/&(?=[#\w])/, () => '&amp;'],
    // An image, if a link follows.
    [/!(?=\[|$)/, () => '\\!'],
    // A heading, an item of a list, or the line below a heading.
    [/(?<=^ ?)[-+=#](?!\w)/, match => `\\${match}`],
    [/(?<=^ ?)\d{1,9}[.)](?=\s|$)/, match => `${match.slice(0, -1)}\\${match.slice(-1)}`],
];
/** What GitHub looks for in rendered text. */
const referenceSyntax = [
    // `@user`, `@owner/team` and e-mail addresses.
    [/@(?=\S)/, () => `@${BREAK}`],
    // `#1` and `owner/name#1`.
    [/#(?=\w)/, () => `#${BREAK}`],
    [/(?<![a-z0-9])gh-(?=\d)/, match => match + BREAK],
    // A URL.
    [/:(?=\/\/)/, () => `:${BREAK}`],
    [/www(?=\.)/, match => match + BREAK],
    // An emoji such as `:octocat:`, which is an image. Its second colon may be that of the text around it.
    [/:(?=[\w+-]+(?::|$))/, () => `:${BREAK}`],
    // A formula. https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
    [/\$/, () => '<span>$</span>'],
    // A commit.
    [/(?<![a-z0-9])[0-9a-f]{7,40}(?![a-z0-9])/, match => match.replace(/.{6}(?=.)/g, `$&${SPLIT}`)],
];
const escaped = escaping([...markdownSyntax, ...referenceSyntax]);
const withoutReferences = escaping(referenceSyntax);
/** A function that replaces every match of the patterns by its escape, without looking into the escape itself again. */
function escaping(syntax) {
    const pattern = new RegExp(syntax.map(([{ source }]) => `(${source})`).join('|'), 'gi');
    return line => line.replace(pattern, (match, ...groups) => {
        const index = groups.findIndex(group => group !== undefined);
        return syntax[index]?.[1](match) ?? '';
    });
}
function escapedHtml(line) {
    return withoutReferences(line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
}
/** The address as it may stand between `<` and `>`; `undefined` where it is not one of the web, or too long. */
function webAddress(url) {
    if (url === undefined || url.length >= MAX_URL_LENGTH)
        return undefined;
    const parsed = URL.parse((0,_platform_masked_values_js__WEBPACK_IMPORTED_MODULE_1__/* .replaceMasked */ .sW)(url));
    if (parsed === null || !/^https?:$/.test(parsed.protocol))
        return undefined;
    // A user's name in front of the host is for deception only. An IPv6 address would need brackets.
    if (parsed.username !== '' || parsed.password !== '' || parsed.hostname.startsWith('['))
        return undefined;
    return parsed.href
        .replace(/[^\w\-.~:/?#@!&*+,;=%]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('&', '&amp;');
}
/** The text in one line, without secrets and without what cannot be seen. */
function oneLine(foreign, maxLength = MAX_TEXT_LENGTH) {
    return cut(visible(withoutBreaks((0,_platform_masked_values_js__WEBPACK_IMPORTED_MODULE_1__/* .replaceMasked */ .sW)(foreign))), maxLength);
}
function withoutBreaks(foreign) {
    return foreign.replace(/[\s\u0085]+/g, ' ');
}
/** The text in its lines, without what cannot be seen. */
function visibleLines(foreign) {
    return foreign
        .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
        .map(line => line.split('\t').map(visible).join('\t'))
        .join('\n');
}
/**
 * Shows a sign for each character that is not visible itself: control characters, those that change the direction of the text
 * around them (https://trojansource.codes), zero-width and other ignorable ones. Variation selectors belong to emoji.
 */
function visible(line) {
    return line
        .toWellFormed()
        .replace(/(?!\p{Variation_Selector})[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '\u{FFFD}');
}
function cut(long, maxLength) {
    return long.length > maxLength ? `${long.slice(0, maxLength - 1).toWellFormed()}…` : long;
}
function made(markdown) {
    return { markdown };
}
function markdownOf(value) {
    if (typeof value === 'object')
        return value.markdown;
    return typeof value === 'number' ? String(value) : text(value).markdown;
}


/***/ }),

/***/ 42912:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ openRun)
});

// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/report/comment-on-pull-request.js + 1 modules
var comment_on_pull_request = __webpack_require__(31156);
// EXTERNAL MODULE: ./build/repository/drift.js
var repository_drift = __webpack_require__(41734);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
;// CONCATENATED MODULE: ./build/report/drift-table.js


/** The settings that differ and what happens to each, as parts of the summary in GitHub-flavoured Markdown. */
function describeDrift(drift, onDrift) {
    if (drift.length === 0)
        return [];
    const rows = drift.map(each => [
        (0,markdown/* joined */.oR)(each.setting.split(' and ').map(setting => (0,markdown/* code */.aY)(setting)), ' and '),
        each.asked,
        each.found,
        sayOutcome(each, onDrift),
    ]);
    const documents = drift.flatMap(({ setting, document }) => document === undefined ? [] : [(0,markdown/* details */.zH)(`\`${setting}\` as it was found`, (0,markdown/* codeBlock */.DV)(indent(document)))]);
    return [
        (0,markdown/* gfm */.Te) `#### ${(0,repository_drift/* sayDiffering */.YB)(drift)}`,
        (0,markdown/* table */.tp)(['Setting', 'Asked', 'Found', 'Outcome'], rows),
        ...(onDrift === 'reconcile' ? [] : [(0,markdown/* sentence */.em)('`on-drift: reconcile` changes what can be changed.')]),
        ...documents,
    ];
}
function sayOutcome({ setting, whyUnchangeable }, onDrift) {
    if (whyUnchangeable !== undefined)
        return (0,markdown/* sentence */.em)(`left as it is: ${whyUnchangeable}`);
    if (onDrift !== 'reconcile')
        return 'left as it is';
    return setting === 'lifecycle-policy'
        ? 'put last, once a preview has shown it safe'
        : 'to be changed to what was asked';
}
function indent(json) {
    return JSON.stringify(JSON.parse(json), null, 2);
}

// EXTERNAL MODULE: ./build/report/output-values.js
var output_values = __webpack_require__(44765);
// EXTERNAL MODULE: ./build/report/summary.js + 3 modules
var report_summary = __webpack_require__(63701);
;// CONCATENATED MODULE: ./build/report/open-run.js






/** Limit of a comment in bytes, somewhat lower than GitHub's limit in characters. */
const MAX_COMMENT_BYTES = 60_000;
/** Names that are told, and characters of each. */
const MAX_NAMES = 5;
const MAX_NAME_CHARACTERS = 100;
function sayLongDescription(names) {
    const told = names.slice(0, MAX_NAMES).map(name => name.slice(0, MAX_NAME_CHARACTERS));
    const others = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
    return `The outputs \`labels\`, \`annotations\` and \`json\` are without ${told.join(', ')}${others}, which is too much for an output. The image has it.`;
}
/**
 * The tags as users of docker/metadata-action read them: those that rules give, in the order of the rules, and then the tag of
 * the commit and any other that the image has.
 */
function inOrder(tags, { names }) {
    return [...names.filter(name => tags.includes(name)), ...tags.filter(tag => !names.includes(tag))].filter((tag, index, all) => all.indexOf(tag) === index);
}
/** Opens the run of a plan. It collects the facts of the steps and sets the outputs about tags from them. */
function openRun(job, plan) {
    let facts = {
        tags: [],
        released: [],
        withheld: [],
        description: plan.build.description,
    };
    const currentFacts = (steps) => {
        const { settings, released, tags, ...rest } = facts;
        return {
            ...rest,
            name: plan.repository.name,
            tags: inOrder([...tags, ...released], plan.tags),
            drift: describeDrift(settings?.drift ?? [], plan.repository.onDrift),
            steps,
        };
    };
    let hasWarned = false;
    const warnOfLongDescription = (names) => {
        if (!hasWarned)
            actions/* annotate */.fz.warning(sayLongDescription(names));
        hasWarned = true;
    };
    const tell = (news) => {
        facts = { ...facts, ...news };
        const { description, repository } = facts;
        const changesTagOutputs = 'tags' in news || 'description' in news || (news.released ?? []).length > 0;
        if (!changesTagOutputs)
            return;
        const fitting = description && (0,output_values/* fitDescription */.Am)(description);
        if (fitting !== undefined && fitting.leftOut.length > 0)
            warnOfLongDescription(fitting.leftOut);
        (0,actions/* setOutputs */.n0)((0,output_values/* tagOutputs */.Bx)(fitting?.description, { uri: repository?.uri, tags: currentFacts([]).tags }));
    };
    const comment = () => (0,report_summary/* summarize */.e)(currentFacts([]), MAX_COMMENT_BYTES);
    const summary = () => facts.summaryText ?? (0,report_summary/* summarize */.e)(currentFacts(job.times.toSorted((a, b) => a.startedAt - b.startedAt)));
    return {
        job,
        plan,
        tell,
        comment,
        async finish(work) {
            try {
                await job.orBrokenOff(work());
            }
            catch (error) {
                tell(job.signal.aborted ? { cancelled: true } : (0,failure/* reasonOf */.A3)(error));
                await job
                    .orBrokenOff(job.runFailureHandlers())
                    .catch(later => actions/* annotate */.fz.error((0,failure/* describeFailure */.Ic)(later)));
                throw error;
            }
            finally {
                await job.allLogged();
                try {
                    // The comment of an earlier run is out of date.
                    if (facts.failure !== undefined)
                        await (0,comment_on_pull_request/* commentOnPullRequest */.r)({ job, plan, tell, comment });
                }
                finally {
                    await (0,actions/* writeSummary */.Sy)(summary()).catch(error => 
                    // A summary that cannot be written must not fail the job or hide the job's error.
                    actions/* annotate */.fz.warning(`The job summary could not be written: ${(0,failure/* describeFailure */.Ic)(error)}`));
                }
            }
        },
    };
}


/***/ }),

/***/ 44765:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Am: () => (/* binding */ fitDescription),
/* harmony export */   Bx: () => (/* binding */ tagOutputs),
/* harmony export */   am: () => (/* binding */ imageOutputs),
/* harmony export */   oj: () => (/* binding */ digestsByPlatform)
/* harmony export */ });
/* harmony import */ var _build_labels_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(30032);

/** The outputs about an image that are set as soon as it is in the repository. */
function imageOutputs(image, { version, loaded }) {
    return [
        ['digest', image.digest],
        ['image', image.ref],
        ['reused', image.kind === 'joined' ? !image.isNew : image.kind !== 'built'],
        ['version', version ?? ''],
        ...(loaded === undefined ? [] : outputs(['loaded', loaded])),
    ];
}
/**
 * Bytes of labels, and of annotations, that outputs may have. GitHub takes 1 MB of outputs of a job, counted as UTF-16, and each
 * is in two outputs: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
const MAX_DESCRIPTION_BYTES = 65_536;
/** A description whose labels and annotations fit into outputs, and the names of those that were left out as they do not. */
function fitDescription(description) {
    const labels = fit(description.labels);
    const annotations = fit(description.annotations);
    return {
        description: { ...description, labels: labels.kept, annotations: annotations.kept },
        leftOut: [...labels.leftOut, ...annotations.leftOut].map(each => each.split('=', 1)[0] ?? ''),
    };
}
/** Leaves out whole items only. */
function fit(items) {
    const kept = [];
    const leftOut = [];
    let bytes = 0;
    for (const each of items) {
        const size = Buffer.byteLength(each);
        const fits = bytes + size <= MAX_DESCRIPTION_BYTES;
        if (fits)
            bytes += size;
        (fits ? kept : leftOut).push(each);
    }
    return { kept, leftOut };
}
/** The outputs about the image's tags, labels and annotations; `json` has all of them in the form of docker/metadata-action. */
function tagOutputs(description, { uri, tags }) {
    const references = tags.map(tag => `${uri}:${tag}`);
    return [
        ['labels', (description?.labels ?? []).join('\n')],
        ['annotations', (0,_build_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .annotationsOf */ .Ih)(description).join('\n')],
        ['tags', references.join('\n')],
        ['tag-names', tags.join('\n')],
        ['json', (0,_build_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .descriptionAsJson */ .v0)(description, { references, tags })],
    ];
}
/** The digest of each platform's image, by platform. Images of unknown platforms are left out. */
function digestsByPlatform(images) {
    return Object.fromEntries(images.filter(({ platform }) => platform !== '').map(({ platform, digest }) => [platform, digest]));
}
function outputs(...told) {
    return told;
}


/***/ }),

/***/ 63701:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ MAX_SUMMARY_BYTES),
  e: () => (/* binding */ summarize)
});

// EXTERNAL MODULE: ./build/cache/cold-build-time.js
var cold_build_time = __webpack_require__(35322);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
;// CONCATENATED MODULE: ./build/report/mermaid.js

/** A pie chart; empty where fewer than two slices have a size. https://mermaid.js.org/syntax/pie.html */
function pie(title, slices) {
    const nonEmpty = slices.filter(({ size }) => size > 0);
    if (nonEmpty.length < 2)
        return (0,markdown/* gfm */.Te) ``;
    // Only the slices get colours, so that the rest follows GitHub's light or dark theme.
    const themeVariables = Object.fromEntries(nonEmpty.map(({ color }, index) => [`pie${index + 1}`, color]));
    return (0,markdown/* codeBlock */.DV)([
        `%%{init: ${JSON.stringify({ themeVariables })}}%%`,
        'pie showData',
        `  title ${label(title)}`,
        ...nonEmpty.map(({ name, size }) => `  "${label(name)}" : ${size}`),
    ].join('\n'), { language: 'mermaid' });
}
/**
 * A Gantt chart of the steps; empty for fewer than two. Mermaid takes the times for dates, so the axis shows minutes and seconds
 * alone. https://mermaid.js.org/syntax/gantt.html
 */
function gantt(spans) {
    if (spans.length < 2)
        return (0,markdown/* gfm */.Te) ``;
    const lines = spans.map(({ title, startedAt, duration }) => {
        const start = Math.round(startedAt);
        // Mermaid does not draw a bar without width.
        return `  ${label(title)} : ${start}, ${start + Math.max(1, Math.round(duration))}`;
    });
    return (0,markdown/* codeBlock */.DV)(['gantt', '  dateFormat x', '  axisFormat %M:%S', ...lines].join('\n'), {
        language: 'mermaid',
    });
}
/** A label in which nothing is a directive, a comment or an entity of Mermaid. */
function label(text) {
    return text.replaceAll(/[^\p{L}\p{N} .'()/_-]/gu, ' ');
}

// EXTERNAL MODULE: ./build/gate/baseline-diff.js
var baseline_diff = __webpack_require__(85115);
// EXTERNAL MODULE: ./build/gate/upgrades.js
var gate_upgrades = __webpack_require__(55517);
// EXTERNAL MODULE: ./build/scan/findings.js
var findings = __webpack_require__(76348);
// EXTERNAL MODULE: ./build/scan/severity.js
var severity = __webpack_require__(81677);
;// CONCATENATED MODULE: ./build/report/findings-table.js

/** Characters of a scanner's name; very long ones would make the summary too big for GitHub. */
const MAX_NAME_LENGTH = 200;
/** A Markdown table of findings. Findings for which `mark` is true have a sign. */
function findingsTable(findings, mark = () => false) {
    return (0,markdown/* table */.tp)(['Severity', 'Finding', 'Package', 'Installed → fixed', 'Platforms'], findings.map(finding => [
        `${mark(finding) ? '⛔ ' : ''}${finding.severity}${finding.exploitable ? ', exploited' : ''}`,
        findingLink(finding),
        packageName(finding.package),
        (0,markdown/* gfm */.Te) `${scannerName(finding.installed)}${sayFix(finding)}`,
        (0,markdown/* joined */.oR)(finding.platforms.map(platform => scannerName(platform))),
    ]));
}
function sayFix({ fixed, unfixed }) {
    if (fixed !== undefined)
        return (0,markdown/* gfm */.Te) ` → **${scannerName(fixed)}**`;
    return unfixed ? (0,markdown/* gfm */.Te) `, no fix yet` : (0,markdown/* gfm */.Te) ``;
}
/** The note on how many findings a list leaves out; empty where it leaves out none. */
function sayMore(more) {
    return more > 0 ? (0,markdown/* gfm */.Te) `\n\n… and ${more} more, all of them in the report (output \`report\`).` : (0,markdown/* gfm */.Te) ``;
}
/** The name of a vulnerability, as a link where the finding has a URL. */
function findingLink({ id, url }) {
    return (0,markdown/* link */.nf)(scannerName(id), url);
}
/** A version, an identifier or another name that a scanner or an exception tells. */
function scannerName(foreign) {
    return (0,markdown/* name */.UU)(foreign, MAX_NAME_LENGTH);
}
/** The name of a package, always as code. */
function packageName(foreign) {
    return (0,markdown/* code */.aY)(foreign, MAX_NAME_LENGTH);
}

;// CONCATENATED MODULE: ./build/report/summary-findings.js







/** How many findings are shown, and how many more are in the folded part. */
const [SHOWN_FINDINGS, FOLDED_FINDINGS] = [10, 200];
/** Characters of a reason in the table of exceptions. */
const MAX_REASON_LENGTH = 200;
const colors = {
    critical: '#b3261e',
    high: '#e8710a',
    medium: '#f2c037',
    low: '#5b9bd5',
    informational: '#9aa7b2',
    undefined: '#c9ced3',
};
/** The parts of the summary about findings; blocking findings come first. */
function findingsPart(report, judgement) {
    if (report?.kind !== 'scanned')
        return [];
    const { counts, findings, status } = report;
    const rest = judgement ? [...ignoredPart(judgement), ...notesPart(judgement.notes)] : [];
    const compared = comparisonPart(judgement?.comparison);
    if ((0,severity/* total */.X5)(counts) === 0)
        return [(0,markdown/* gfm */.Te) `#### Findings`, (0,markdown/* gfm */.Te) `None (${(0,markdown/* code */.aY)(status)}).`, ...compared, ...rest];
    const blocking = new Set(judgement?.blocking.map(findingKey));
    const worstFirst = [
        ...findings.filter(each => blocking.has(findingKey(each))),
        ...findings.filter(each => !blocking.has(findingKey(each))),
    ];
    return [
        (0,markdown/* gfm */.Te) `#### Findings`,
        countsTable(counts, judgement),
        pie('Findings', severity/* severities */.gO.map(name => ({ name, size: counts[name], color: colors[name] }))),
        ...findingsList(worstFirst, { mark: each => blocking.has(findingKey(each)) }),
        ...compared,
        ...rest,
    ];
}
function countsTable(counts, judgement) {
    const row = (title, each) => [
        title,
        ...severity/* severities */.gO.map(severity => String(each[severity])),
        String((0,severity/* total */.X5)(each)),
    ];
    const ignored = judgement?.ignored.map(({ finding }) => finding) ?? [];
    const { comparison } = judgement ?? {};
    return (0,markdown/* table */.tp)(['', ...severity/* severities */.gO, 'total'], [
        row('Found', counts),
        ...(ignored.length > 0 ? [row('Ignored', (0,findings/* countFindings */.Gt)(ignored))] : []),
        ...(comparison ? [row('New', (0,findings/* countFindings */.Gt)(comparison.added))] : []),
        ...(judgement ? [row('Judged', judgement.counted)] : []),
    ]);
}
function ignoredPart({ ignored, exceptionsOrigin: origin }) {
    const originPart = origin === undefined ? [] : [(0,markdown/* sentence */.em)(`Exceptions are those of ${origin}.`)];
    if (ignored.length === 0)
        return originPart;
    const shown = ignored.slice(0, FOLDED_FINDINGS);
    return [
        (0,markdown/* gfm */.Te) `#### Ignored`,
        (0,markdown/* gfm */.Te) `${(0,markdown/* table */.tp)(['Finding', 'Package', 'Why', 'By', 'Until'], shown.map(({ finding, reason, by, source, until }) => [
            findingLink(finding),
            (0,markdown/* gfm */.Te) `${packageName(finding.package)} ${scannerName(finding.installed)}`,
            (0,markdown/* text */.Qq)(reason, MAX_REASON_LENGTH),
            scannerName(source ?? by),
            sayEnd(by, until),
        ]))}${sayMore(ignored.length - shown.length)}`,
        ...originPart,
    ];
}
/** Neither an entry with `until-fixed` nor a VEX statement has a date. */
function sayEnd(by, until) {
    if (until === 'fixed')
        return 'there is a fix, without a date';
    return until ?? (by === 'vex' ? 'no end' : '');
}
function notesPart(notes) {
    return notes.length === 0 ? [] : [(0,markdown/* quote */.hD)(notes.map(note => (0,markdown/* gfm */.Te) `⚠️ ${(0,markdown/* sentence */.em)(note)}`))];
}
/** The first findings, more of them folded, and a note on how many are left out. */
function findingsList(findings, { mark }) {
    const more = findings.slice(SHOWN_FINDINGS, SHOWN_FINDINGS + FOLDED_FINDINGS);
    return [
        findingsTable(findings.slice(0, SHOWN_FINDINGS), mark),
        ...(more.length > 0 ? [(0,markdown/* details */.zH)(`${more.length} more`, findingsTable(more, mark))] : []),
        ...(findings.length > SHOWN_FINDINGS + FOLDED_FINDINGS
            ? [sayMore(findings.length - SHOWN_FINDINGS - FOLDED_FINDINGS)]
            : []),
    ];
}
function findingKey({ id, package: name, installed, severity }) {
    return JSON.stringify([id, name, installed, severity]);
}
/** The part of the summary that compares the findings with the baseline. */
function comparisonPart(comparison) {
    if (comparison === undefined)
        return [];
    const { baseline, added, gone, stayed } = comparison;
    if (baseline.kind === 'missing') {
        return [
            (0,markdown/* gfm */.Te) `#### Since the baseline`,
            (0,markdown/* gfm */.Te) `There is no baseline ${(0,markdown/* code */.aY)(baseline.name)}: every finding counts as new. ${(0,markdown/* sentence */.em)(baseline.reason)}`,
        ];
    }
    const parts = [
        ['New', added],
        ['Gone', gone],
        ['Stayed', stayed],
    ];
    return [
        (0,markdown/* gfm */.Te) `#### Since the baseline`,
        (0,markdown/* gfm */.Te) `${(0,baseline_diff/* sayComparison */.b)(comparison)}, ${(0,markdown/* code */.aY)(baseline.digest.slice(0, 19))}`,
        ...parts
            .filter(([, findings]) => findings.length > 0)
            .map(([title, findings]) => (0,markdown/* details */.zH)(`${title}: ${findings.length}`, (0,markdown/* gfm */.Te) `${findingsTable(findings.slice(0, FOLDED_FINDINGS))}${sayMore(findings.length - FOLDED_FINDINGS)}`)),
    ];
}
/** The part of the summary with the upgrades that would make the gate pass. */
function upgradesPart(judgement) {
    if (judgement?.verdict.kind !== 'blocked' || judgement.blocking.length === 0)
        return [];
    const { blocking } = judgement;
    const upgrades = (0,gate_upgrades/* upgradesFor */.X0)(blocking);
    const left = blocking.length - upgrades.reduce((sum, { fixes }) => sum + fixes, 0);
    const lines = upgrades
        .slice(0, 20)
        .map(({ package: name, to, fixes }) => (0,markdown/* gfm */.Te) `Upgrade **${packageName(name)}** to **${packageName(to)}**: fixes ${fixes} of ${blocking.length}`);
    const more = upgrades.length - lines.length;
    return [
        (0,markdown/* gfm */.Te) `#### What would make it green`,
        (0,markdown/* list */.p_)([
            ...lines,
            ...(more > 0 ? [(0,markdown/* gfm */.Te) `and ${more} other upgrades`] : []),
            ...(left > 0 ? [(0,markdown/* sentence */.em)((0,gate_upgrades/* sayWithoutFix */.T8)(left, blocking.length))] : []),
        ]),
    ];
}

;// CONCATENATED MODULE: ./build/report/summary.js




/** GitHub's limit for a step's summary in bytes. It drops a longer one as a whole. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
const MAX_SUMMARY_BYTES = 1_048_576;
/** How many names a row shows, and how many steps of the Dockerfile. */
const [MAX_NAMES, MAX_STEPS] = [50, 100];
/** Characters of the reason why a run stopped, so that a comment has room for it. */
const MAX_FAILURE_LENGTH = 20_000;
/** Characters of a name. */
const summary_MAX_NAME_LENGTH = 300;
/** The job summary as GitHub-flavoured Markdown, of at most `limit` bytes. */
function summarize(facts, limit = MAX_SUMMARY_BYTES) {
    const parts = [
        ...headline(facts),
        ...upgradesPart(facts.judgement),
        ...imagePart(facts),
        ...(facts.drift ?? []),
        ...findingsPart(facts.report, facts.judgement),
        ...stepsPart(facts.steps),
    ];
    return (0,markdown/* fit */.Uj)(parts, limit);
}
function headline({ name, failure, lastLines, cancelled, judgement, ending, image, }) {
    if (cancelled)
        return [(0,markdown/* gfm */.Te) `### ⏹️ ${name}: cancelled`];
    if (failure !== undefined) {
        const tail = lastLines ? [(0,markdown/* gfm */.Te) `The last lines of the build:`, (0,markdown/* codeBlock */.DV)(lastLines)] : [];
        return [(0,markdown/* gfm */.Te) `### ❌ ${name}: failed`, (0,markdown/* codeBlock */.DV)(failure, { maxLength: MAX_FAILURE_LENGTH }), ...tail];
    }
    if (judgement === undefined) {
        const pushed = `built, ${image ? 'pushed' : 'not pushed'}`;
        return [(0,markdown/* gfm */.Te) `### ✅ ${name}: ${(0,markdown/* sentence */.em)(ending === undefined ? pushed : endingTexts[ending])}`];
    }
    const { verdict } = judgement;
    const mark = { passed: '✅', blocked: '⛔', unscanned: '⚠️' }[verdict.kind];
    // Where findings block, the part about upgrades has the remedy.
    const remedy = verdict.kind === 'blocked' && judgement.blocking.length === 0 ? [verdict.remedy] : [];
    return [
        (0,markdown/* gfm */.Te) `### ${mark} ${name}: ${verdict.kind}`,
        (0,markdown/* quote */.hD)([verdict.sentence, ...remedy].map(paragraph => (0,markdown/* sentence */.em)(paragraph))),
    ];
}
const endingTexts = {
    piece: 'a piece was pushed, to be judged where `mode: merge` joins it',
    idle: 'nothing was pushed that could be judged',
};
function imagePart(facts) {
    const { repository, image, build, tags, withheld, report, whyNotCompared, layers, mounts } = facts;
    const rows = [
        tags.length > 0 ? ['Tags', codes(tags)] : [],
        withheld.length > 0 ? ['Withheld', (0,markdown/* gfm */.Te) `${codes(withheld)}: not released`] : [],
        repository
            ? [
                'Repository',
                (0,markdown/* gfm */.Te) `${(0,markdown/* code */.aY)(repository.uri)}, ${repository.created ? (0,markdown/* gfm */.Te) `**created**` : 'existing'}, ${(0,markdown/* code */.aY)(repository.tagSetting)}`,
            ]
            : [],
        build ? ['Build', sayBuild(build)] : [],
        image && image.kind !== 'built' ? ['Build', (0,markdown/* sentence */.em)(build ? overtaken : sayWhyNotBuilt(image))] : [],
        build && layers ? ['Layers', sayLayers(layers, build.cacheUse)] : [],
        mounts ? ['Cache mounts', sayMounts(mounts)] : [],
        whyNotCompared === undefined ? [] : ['Content', (0,markdown/* text */.Qq)(`not compared, as ${whyNotCompared}`)],
        report?.kind === 'scanned' ? ['Scanned', codes(report.platforms)] : [],
    ].filter(row => row.length > 0);
    return [
        ...(image ? [(0,markdown/* codeBlock */.DV)(image.ref), (0,markdown/* codeBlock */.DV)(image.digest)] : []),
        ...(rows.length > 0 ? [(0,markdown/* table */.tp)(['', ''], rows)] : []),
        ...cachePart(build),
    ];
}
/** Names as code; those after the first {@link MAX_NAMES} are only counted, so that they cannot fill a comment. */
function codes(names) {
    const shown = (0,markdown/* joined */.oR)(names.slice(0, MAX_NAMES).map(each => (0,markdown/* code */.aY)(each, summary_MAX_NAME_LENGTH)));
    return names.length > MAX_NAMES ? (0,markdown/* gfm */.Te) `${shown} and ${names.length - MAX_NAMES} more` : shown;
}
/** The steps of the Dockerfile, by the names that the Dockerfile gives them. */
function cachePart(build) {
    if (build === undefined || build.cacheUse.each.length === 0)
        return [];
    // Steps that run in parallel begin in any order.
    const steps = build.cacheUse.each.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    const rows = steps
        .slice(0, MAX_STEPS)
        .map(({ name, isCached }) => [(0,markdown/* text */.Qq)(name, summary_MAX_NAME_LENGTH), isCached ? 'cached' : 'run']);
    const more = steps.length - rows.length;
    const note = more > 0 ? (0,markdown/* gfm */.Te) `\n\n… and ${more} more` : (0,markdown/* gfm */.Te) ``;
    return [(0,markdown/* details */.zH)('Steps of the Dockerfile', (0,markdown/* gfm */.Te) `${(0,markdown/* table */.tp)(['Step', ''], rows)}${note}`)];
}
function sayLayers({ why, restoredBytes }, { fetched, trouble }) {
    const bytes = restoredBytes + fetched;
    const failed = (0,markdown/* joined */.oR)(trouble.map(({ way }) => (0,markdown/* gfm */.Te) `, **not ${way}**`), '');
    return (0,markdown/* gfm */.Te) `${(0,markdown/* sentence */.em)(why)}${bytes > 0 ? `: ${megabytes(bytes)} restored` : ''}${failed}`;
}
function sayMounts({ ids, why, from, bytes }) {
    const filled = from === undefined ? 'nothing was saved of them yet' : (0,markdown/* gfm */.Te) `filled from ${(0,markdown/* code */.aY)(from)}`;
    return (0,markdown/* gfm */.Te) `${codes(ids)} in ${(0,markdown/* sentence */.em)(why)}: ${filled}${bytes > 0 ? `, ${megabytes(bytes)} restored` : ''}`;
}
function megabytes(bytes) {
    return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
function sayBuild({ cacheUse, saved }) {
    return `${cacheUse.cached} of ${cacheUse.steps} steps were cached${saved ? `, ${(0,cold_build_time/* sayTimeSaved */.eo)(saved)}` : ''}`;
}
/** Why nothing was built. */
function sayWhyNotBuilt(image) {
    switch (image.kind) {
        case 'reused':
            return reuseTexts[image.by];
        case 'joined':
            return 'none: other jobs built its platforms (`mode: build`)';
        case 'found':
            return 'none: this image was there (`mode: gate`)';
    }
}
/** What is said of a run that has built an image, and then taken that to which another job moved the commit's tag. */
const overtaken = 'another job pushed this commit later, from the same inputs: its image was taken';
const reuseTexts = {
    commit: 'not needed: this commit was built before from the same inputs',
    content: 'not needed: the same content was built before',
};
function stepsPart(steps) {
    if (steps.length === 0)
        return [];
    const rows = steps.map(({ title, duration }) => [title, `${(duration / 1000).toFixed(1)} s`]);
    return [(0,markdown/* gfm */.Te) `#### Steps`, gantt(steps), (0,markdown/* details */.zH)('Times', (0,markdown/* table */.tp)(['Step', 'Time'], rows))];
}


/***/ }),

/***/ 5794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ku: () => (/* binding */ handOnPlatformBuild),
  IV: () => (/* binding */ tellIdle),
  FH: () => (/* binding */ tellImage),
  S9: () => (/* binding */ tellPlatforms)
});

// EXTERNAL MODULE: ./build/build/build-only.js
var build_only = __webpack_require__(14542);
// EXTERNAL MODULE: ./build/build/buildx-metadata.js + 1 modules
var buildx_metadata = __webpack_require__(98232);
// EXTERNAL MODULE: ./build/image/description.js
var image_description = __webpack_require__(60168);
// EXTERNAL MODULE: ./build/ecr/manifest.js + 2 modules
var manifest = __webpack_require__(27079);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/image/just-pushed.js
var just_pushed = __webpack_require__(97498);
// EXTERNAL MODULE: ./build/image/read-configs.js
var read_configs = __webpack_require__(33902);
// EXTERNAL MODULE: ./build/image/read-images.js
var read_images = __webpack_require__(71043);
;// CONCATENATED MODULE: ./build/image/read-manifest.js






/**
 * Makes a function that reads the manifest of the image, once and only when it is needed: to scan the platforms, or to put
 * release tags on it. The function throws a `Failure` if ECR does not have an image that was just pushed, even half a minute later, or if docker could read
 * another image from the manifest.
 */
function readManifest(aws, repository, { image, plan, ...pushed }) {
    let held;
    const readAll = async () => {
        const manifest = await read(aws, repository, { image, pushed });
        const [only, ...others] = manifest.platforms;
        if (only?.platform !== '' || others.length > 0)
            return manifest;
        const platform = await findPlatform(aws, repository, { image, plan });
        return { ...manifest, platforms: [{ ...only, platform }] };
    };
    return () => (held ??= readAll());
}
/**
 * The platform of a single manifest, which does not name it. The run knows it if it built the image; otherwise the image's
 * config has it.
 */
async function findPlatform({ ecr }, { name: repositoryName, registryId }, { image, plan }) {
    const assumed = image.kind === 'found' ? '' : plan.platform.name;
    if (image.kind !== 'found' && plan.platform.isCertain)
        return plan.platform.name;
    const where = { repositoryName, registryId };
    // An error is ignored: without the platform only the exceptions for one platform do not apply.
    const platform = await (0,read_configs/* readConfigs */.c)(ecr, where, [image.digest])
        .then(([only]) => (only === undefined ? '' : (0,manifest/* platformIn */.NO)((0,manifest/* readConfig */.Xg)(only.config))))
        .catch(() => '');
    return platform || assumed;
}
async function read(aws, repository, { image, pushed }) {
    if (image.kind !== 'built')
        return { ...image.manifest, platforms: (0,manifest/* platformsOf */.Wt)({ ...image.manifest, digest: image.digest }) };
    const where = { repositoryName: repository.name, registryId: repository.registryId };
    const ids = [{ imageDigest: image.digest }];
    const found = await (0,just_pushed/* askUntilKnown */.jR)(async () => (await (0,read_images/* readImages */.H)(aws.ecr, where, ids))[0], pushed);
    if (found === undefined) {
        throw new failure/* Failure */.HR(`ECR does not show ${image.ref}, which was pushed a moment ago.`, {
            remedy: 'Somebody or a lifecycle policy may have deleted it: look at the repository, then run the job again.',
        });
    }
    const { text, mediaType } = found;
    return { text, mediaType, platforms: (0,manifest/* platformsOf */.Wt)(found) };
}
/**
 * Makes a function that reads the labels and annotations of the first platform's image once; it answers `undefined` if they
 * cannot be read.
 */
function readDescription({ ecr }, { name: repositoryName, registryId }, manifest) {
    const readOnce = async () => {
        const digests = (await manifest()).platforms.slice(0, 1).map(({ digest }) => digest);
        const configs = await (0,read_configs/* readConfigs */.c)(ecr, { repositoryName, registryId }, digests);
        return configs.map(image_description/* descriptionOf */.Kq)[0];
    };
    let held;
    return () => (held ??= readOnce().catch(() => undefined));
}

// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
// EXTERNAL MODULE: ./build/report/output-values.js
var output_values = __webpack_require__(44765);
;// CONCATENATED MODULE: ./build/report/tell-image.js






/** Sets the outputs of an image as soon as it is in the repository, whether it was built, found, reused or joined. */
function tellImage({ job, plan, tell }, aws, { repository, existing, image, built, }) {
    const { releases, candidate, version } = plan.tags;
    const loaded = plan.build.load ? `${repository.uri}:${candidate}` : undefined;
    const isPushed = plan.release === 'with-push';
    (0,actions/* setOutputs */.n0)((0,output_values/* imageOutputs */.am)(image, { version, loaded }));
    if (built !== undefined)
        (0,actions/* setOutputs */.n0)((0,buildx_metadata/* buildOutputs */.JZ)(built.metadata));
    tell({
        image,
        ...(built && { build: built }),
        tags: [...(image.tag === undefined ? [] : [image.tag]), ...(isPushed ? releases : [])],
        withheld: isPushed ? [] : releases,
        // The description of another run's image is set once it has been read. A joined image has this run's description.
        ...((0,image_description/* isDescribedElsewhere */.sv)(image) && image.kind !== 'joined' && { description: undefined }),
    });
    const manifest = readManifest(aws, repository, { image, plan, signal: job.signal });
    return { repository, existing, image, manifest, description: readDescription(aws, repository, manifest) };
}
/** Sets the outputs with each platform's digest, and reads the image's description where another run built it. */
async function tellPlatforms({ plan, tell }, { repository, image, manifest, description }) {
    // ECR Public has no call that returns manifests.
    if (plan.repository.type === 'public')
        return;
    const { platforms } = await manifest();
    const described = (0,image_description/* isDescribedElsewhere */.sv)(image) ? await description() : undefined;
    const digests = (0,output_values/* digestsByPlatform */.oj)(platforms);
    (0,actions/* setOutput */.uH)('platforms', JSON.stringify(digests));
    if (described !== undefined) {
        const annotations = image.kind === 'joined' ? (plan.build.description?.annotations ?? []) : [];
        tell({ description: { ...described, annotations } });
    }
    if (plan.mode !== 'build')
        return;
    const { checkedOut: commit } = plan.commit;
    const { commitTag } = plan.tags;
    const platformBuild = {
        // The registry's host has the account id in it.
        repository: plan.role.masksAccountId ? repository.name : repository.uri,
        commit,
        ...(commitTag !== commit && { tag: commitTag }),
        digest: image.digest,
        platforms: Object.keys(digests),
    };
    (0,actions/* setOutput */.uH)('build', JSON.stringify(platformBuild));
}
/** Ends a run of `mode: build`. The run of `mode: merge` that joins the parts judges and releases the image. Returns this part. */
async function handOnPlatformBuild(run, _aws, platformImage) {
    await tellPlatforms(run, platformImage);
    run.tell({ ending: 'piece' });
    run.job.logInOrder(() => actions/* annotate */.fz.notice('This is a part of an image: it is judged and released where `mode: merge` joins it.', {
        title: 'Not judged yet',
    }));
    return platformImage.image;
}
/** Ends a run that has nothing to do, because nothing was pushed that could be merged or judged. */
async function tellIdle({ plan, tell, }) {
    tell({ ending: 'idle' });
    if (plan.lacksIdentity)
        (0,build_only/* noticeNothingPushed */.Rt)();
}


/***/ }),

/***/ 8710:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  L: () => (/* binding */ writeReports)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./build/aws/client.js
var client = __webpack_require__(35811);
// EXTERNAL MODULE: ./build/build/inputs.js + 4 modules
var inputs = __webpack_require__(11187);
// EXTERNAL MODULE: ./build/image/description.js
var description = __webpack_require__(60168);
// EXTERNAL MODULE: ./build/image/read-configs.js
var read_configs = __webpack_require__(33902);
// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
// EXTERNAL MODULE: ./build/platform/temp-dir.js
var temp_dir = __webpack_require__(23296);
// EXTERNAL MODULE: ./build/platform/workspace.js
var workspace = __webpack_require__(38491);
// EXTERNAL MODULE: ./build/gate/limits.js
var limits = __webpack_require__(88392);
;// CONCATENATED MODULE: ./build/report/json-report.js

/** Builds the report of a scan that was awaited. `judgedAt` is ISO 8601. */
function jsonReportOf(scan, judgement, { image, judgedAt, gate }) {
    const { verdict, blocking, ignored, notes, comparison, counted, blockingCount } = judgement;
    const blocks = new Set(blocking.map(findingKey));
    const { base } = gate.exceptions;
    const isScanned = scan.kind === 'scanned';
    return {
        version: 1,
        image,
        judgedAt,
        verdict,
        rules: {
            limits: (0,limits/* limitsOf */.Af)(gate),
            ignoreUnfixed: gate.ignoreUnfixed,
            failOnExploitable: gate.failOnExploitable,
            scope: gate.scope,
        },
        status: scan.status,
        ...(isScanned && {
            counts: { found: scan.counts, judged: counted, unlisted: scan.unlisted, blocking: blockingCount },
        }),
        findings: (isScanned ? scan.findings : []).map(each => Object.assign({}, each, { blocks: blocks.has(findingKey(each)) })),
        ignored,
        exceptions: base === undefined ? { from: 'checkout' } : { from: 'base', commit: base.sha },
        notes,
        unscanned: isScanned ? (scan.gaps ?? []) : [{ reason: scan.reason, remedy: scan.remedy }],
        ...(comparison && { comparison: { ...comparison, baseline: describeBaseline(comparison.baseline) } }),
    };
}
function describeBaseline(baseline) {
    const { name } = baseline;
    return baseline.kind === 'scanned' ? { name, digest: baseline.digest } : { name, missing: baseline.reason };
}
function findingKey({ id, package: name, installed, severity }) {
    return JSON.stringify([id, name, installed, severity]);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/scan/severity.js
var severity = __webpack_require__(81677);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
;// CONCATENATED MODULE: ./build/report/sarif.js



/** How many results GitHub accepts. https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
const MAX_SARIF_RESULTS = 25_000;
/** How many characters of a description GitHub accepts. */
const MAX_TEXT_CHARACTERS = 1_000;
/**
 * GitHub's score range of each severity. `middle` becomes the `security-severity` where a finding has no score, or a score
 * outside the range of the severity that ECR gave it.
 */
const scoreRanges = {
    critical: { from: 9.1, to: 10, middle: '9.5' },
    high: { from: 7, to: 8.9, middle: '8.0' },
    medium: { from: 4, to: 6.9, middle: '5.5' },
    low: { from: 0.1, to: 3.9, middle: '2.0' },
};
const levels = {
    critical: 'error',
    high: 'error',
    medium: 'warning',
    low: 'note',
    informational: 'note',
    undefined: 'note',
};
/**
 * Findings as SARIF 2.1.0 for GitHub code scanning. They come worst first, and those after `maxResults` are left out.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
function sarifOf(findings, options) {
    const shown = findings.slice(0, options.maxResults);
    const rules = [...Map.groupBy(shown, ({ id }) => id).values()].map(sarifRuleOf);
    const indexes = new Map(rules.map(({ id }, index) => [id, index]));
    const counts = new Map();
    const results = shown.map((finding) => {
        const fingerprint = findingFingerprint(finding);
        const occurrence = (counts.get(fingerprint) ?? 0) + 1;
        counts.set(fingerprint, occurrence);
        return sarifResultOf(finding, {
            options,
            ruleIndex: indexes.get(finding.id) ?? 0,
            print: `${fingerprint}:${occurrence}`,
        });
    });
    const leftOut = findings.length - shown.length;
    return {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: { driver: { name: 'Amazon ECR image scan', rules } },
                automationDetails: { id: `ecr-image/${options.repository}/` },
                columnKind: 'utf16CodeUnits',
                results,
                properties: { image: options.ref, ...(leftOut > 0 && { leftOut: leftOut }) },
            },
        ],
    };
}
/** The SARIF rule for one vulnerability, in all its packages. */
function sarifRuleOf(findings) {
    const [first] = findings;
    const worst = severity/* severities */.gO.find(each => findings.some(({ severity }) => severity === each)) ?? 'undefined';
    const id = first?.id ?? '';
    const packages = [...new Set(findings.map(each => each.package))];
    const shortText = (0,markdown/* sarifMessage */.Jy)(`${id} in ${packages.join(', ')}`, MAX_TEXT_CHARACTERS);
    const description = (0,markdown/* sarifMessage */.Jy)(first?.description ?? shortText, MAX_TEXT_CHARACTERS, { lines: true });
    const url = first?.url;
    const fixes = [
        ...new Set(findings.flatMap(each => (each.fixed ? [`Upgrade ${each.package} to ${each.fixed}.`] : []))),
    ];
    const advice = fixes.length > 0 ? fixes.join(' ') : 'The scan knows no version that mends it.';
    const score = securitySeverity(worst, findings);
    return {
        id,
        shortDescription: { text: shortText },
        fullDescription: { text: description },
        help: {
            text: (0,markdown/* sarifMessage */.Jy)(`${description} ${advice}${url ? ` ${url}` : ''}`, MAX_TEXT_CHARACTERS, {
                lines: true,
            }),
        },
        ...(url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url) && { helpUri: url }),
        defaultConfiguration: { level: levels[worst] },
        properties: {
            tags: ['security', 'vulnerability', worst],
            ...(score !== undefined && { 'security-severity': score }),
        },
    };
}
function securitySeverity(severity, findings) {
    const range = scoreRanges[severity];
    if (range === undefined)
        return undefined;
    const score = Math.max(...findings.map(each => (each.severity === severity ? (each.score ?? 0) : 0)));
    return score >= range.from && score <= range.to ? score.toFixed(1) : range.middle;
}
function sarifResultOf(finding, { options, ruleIndex, print: fingerprint }) {
    const { id, severity, package: name, installed, fixed, platforms, path } = finding;
    const { file, line } = options.lineOfFinding(finding);
    const where = platforms.length > 0 ? ` on ${platforms.join(', ')}` : '';
    const advice = fixed === undefined ? 'no version that mends it is known' : `upgrade it to ${fixed}`;
    return {
        ruleId: id,
        ruleIndex,
        level: levels[severity],
        message: {
            text: (0,markdown/* sarifMessage */.Jy)(`${id} (${severity}) in ${name} ${installed}${path ? `, ${path},` : ''}${where}: ${advice}.`, MAX_TEXT_CHARACTERS),
        },
        locations: [
            {
                physicalLocation: {
                    artifactLocation: { uri: encodeURI(file), uriBaseId: '%SRCROOT%' },
                    region: { startLine: line },
                },
            },
        ],
        partialFingerprints: { primaryLocationLineHash: fingerprint },
        properties: { package: name, installed, ...(fixed && { fixed }), platforms },
    };
}
/** A fingerprint of vulnerability, package and path. Version, line and platform do not change it. */
function findingFingerprint({ id, package: name, path }) {
    return (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([id, name, path ?? '']))
        .digest('hex')
        .slice(0, 32);
}

;// CONCATENATED MODULE: ./build/report/write-reports.js











/** GitHub's limit for a gzipped SARIF file in bytes. */
const MAX_SARIF_BYTES = 10 * 1024 * 1024;
/** Writes the findings as JSON, and as SARIF for GitHub code scanning. The files stay until the job ends. */
function writeReports({ job, plan }, aws, options) {
    const fullOptions = { ...options, plan };
    return job.step('Write the reports', async (log) => {
        const { report: scan } = fullOptions;
        if (scan.kind === 'unawaited') {
            return log.result('No scan was awaited');
        }
        const folder = await (0,temp_dir/* makeTempDir */.mk)();
        const [report, sarif] = [(0,external_node_path_.join)(folder, 'report.json'), (0,external_node_path_.join)(folder, 'findings.sarif')];
        await (0,temp_dir/* writeTempFile */.c7)(report, `${JSON.stringify(await buildReport(fullOptions, scan), null, 2)}\n`);
        log.info(`Report  ${report}`);
        (0,actions/* setOutput */.uH)('report', report);
        // GitHub would close all alerts of the image after a SARIF file without results.
        if (scan.kind === 'unscannable')
            return log.result('No SARIF, as there is no scan');
        await (0,temp_dir/* writeTempFile */.c7)(sarif, await sarifText(log, aws, fullOptions));
        log.info(`SARIF   ${sarif}`);
        (0,actions/* setOutput */.uH)('sarif', sarif);
        log.result('For other tools, until the job ends: outputs `report` and `sarif`');
    });
}
async function buildReport({ plan, image, manifest, judgement }, scan) {
    const { platforms } = await manifest();
    const { ref, digest } = image;
    const { sha: commit, now: judgedAt } = plan.commit;
    return jsonReportOf(scan, judgement, {
        image: { ref, digest, commit, platforms },
        judgedAt,
        gate: plan.gate,
    });
}
async function sarifText(log, aws, options) {
    const { repository, image, judgement } = options;
    // Ignored findings are left out, because GitHub would show them as open alerts.
    const { standing: findings } = judgement;
    const lineOfFinding = await linesOfFindings(log, aws, { ...options, findings });
    const sarifOptions = { repository: repository.name, ref: image.ref, lineOfFinding };
    for (let maxResults = MAX_SARIF_RESULTS;; maxResults = Math.floor(maxResults / 2)) {
        const text = JSON.stringify(sarifOf(findings, { ...sarifOptions, maxResults }));
        if ((0,external_node_zlib_.gzipSync)(text).length <= MAX_SARIF_BYTES || maxResults === 0)
            return `${text}\n`;
        log.info(`SARIF of ${Math.min(maxResults, findings.length)} findings is more than GitHub takes: half of them will do`);
    }
}
/** The line of the Dockerfile that each finding comes from. The image's history is read only if a finding names its layer. */
async function linesOfFindings(log, aws, { plan, repository, manifest, findings, }) {
    const { context, file: givenFile, target } = plan.build;
    const path = givenFile ?? (0,external_node_path_.join)(context, 'Dockerfile');
    // Without a checkout the Dockerfile is not on this machine, but its path in the repository is known.
    const file = (0,inputs/* isRemote */.Vx)(context) ? (givenFile ?? 'Dockerfile') : (0,external_node_path_.relative)('.', path);
    const text = (0,workspace/* readTextFile */.Gu)(path);
    if (typeof text !== 'string')
        return () => ({ file, line: 1 });
    const { lineOf } = await Promise.all(/* import() */[__webpack_require__.e(279), __webpack_require__.e(31)]).then(__webpack_require__.bind(__webpack_require__, 33031));
    const history = findings.some(({ layer }) => layer !== undefined)
        ? await readHistory(log, aws, { repository, manifest })
        : new Map();
    // Finding a line parses the Dockerfile, and many findings share a layer, so the lines are kept.
    const lines = new Map();
    return ({ layer }) => {
        const createdBy = layer === undefined ? undefined : history.get(layer);
        const line = lines.get(createdBy) ??
            lineOf(text, {
                ...(target !== undefined && { target }),
                ...(createdBy !== undefined && { createdBy }),
            });
        lines.set(createdBy, line);
        return { file, line };
    };
}
/** The command that created each layer, by the layer's digest. Empty where the history cannot be read. */
async function readHistory(log, { ecr }, { repository: { name: repositoryName, registryId }, manifest, }) {
    const digests = (await manifest()).platforms.map(({ digest }) => digest);
    try {
        const read = await (0,read_configs/* readConfigs */.c)(ecr, { repositoryName, registryId }, digests);
        const layers = read.flatMap(description/* historyOf */.om);
        return new Map(layers.flatMap(layer => layer.digests.map(digest => [digest, layer.createdBy])));
    }
    catch (error) {
        const why = (0,client/* isRefusal */.vu)(error, 'AccessDeniedException')
            ? ' (ecr:GetDownloadUrlForLayer is not allowed)'
            : '';
        log.info(`The image's history could not be read${why}: findings are shown at the Dockerfile's FROM.`);
        return new Map();
    }
}


/***/ }),

/***/ 8627:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  d: () => (/* binding */ compareAndReconcile)
});

// EXTERNAL MODULE: ./build/aws/client.js
var client = __webpack_require__(35811);
// EXTERNAL MODULE: ./build/repository/drift.js
var repository_drift = __webpack_require__(41734);
// EXTERNAL MODULE: ./build/repository/repository-policy.js
var repository_policy = __webpack_require__(89992);
;// CONCATENATED MODULE: ./build/repository/compare-settings.js



/**
 * Compares an existing repository with the settings that the inputs ask for; `undefined`, without a call to ECR, if there is
 * nothing to compare.
 */
async function compareRepository({ job, plan, tell }, aws, repository) {
    const { asked, onDrift } = plan.repository;
    const isCompared = repository.madeBy === 'somebody before' || repository.madeBy === 'another run at once';
    if (!isCompared || onDrift === 'ignore' || !isAnythingAsked(asked))
        return undefined;
    return job.step('Compare the repository', async (log) => {
        const found = await findSettings(aws, { repository, asked, log });
        const all = (0,repository_drift/* driftOf */.$p)(asked, found, (0,repository_policy/* ownerOf */.bf)(repository.arn ?? ''));
        const missing = repository.madeBy === 'another run at once' ? all.filter(isMissingPolicy) : [];
        const drift = all.filter(each => !missing.includes(each));
        const differs = (0,repository_drift/* sayDiffering */.YB)(drift);
        if (onDrift === 'report' && drift.length > 0)
            log.warn(`${repository.name}: ${differs}\n${drift.map(repository_drift/* sayDrift */.n_).join('\n')}`);
        else
            for (const each of drift)
                log.info((0,repository_drift/* sayDrift */.n_)(each));
        for (const { setting, asked: given } of missing)
            log.info(`${setting}: asked ${given}, is none yet and is put, as the repository is new`);
        log.result(drift.length === 0 ? 'As asked' : `${differs} (\`on-drift: ${onDrift}\`)`);
        tell({ settings: { found, drift, missing } });
        return { found, drift, missing };
    });
}
function isMissingPolicy({ policy, document }) {
    return policy !== undefined && document === undefined;
}
function isAnythingAsked({ tags, pullAccounts, pullServices, ...rest }) {
    return Object.keys({ ...rest, ...tags }).length + pullAccounts.length + pullServices.length > 0;
}
/**
 * Reads the settings that the inputs ask for. Those that DescribeRepositories does not answer take one call each, all at the
 * same time.
 */
async function findSettings({ ecr }, { repository, asked, log }) {
    const where = { repositoryName: repository.name, registryId: repository.registryId };
    const hasPolicy = asked.repositoryPolicy !== undefined || asked.pullAccounts.length + asked.pullServices.length > 0;
    const ownSetting = { onPush: repository.scanOnPush, by: "the repository's own setting" };
    const [scanning, tags, lifecyclePolicy, repositoryPolicy, catalog] = await Promise.all([
        asked.scanOnPush === undefined ? ownSetting : findScanning({ ecr }, { repository, ownSetting, log }),
        Object.keys(asked.tags).length === 0 || repository.arn === undefined
            ? []
            : ecr.listTagsForResource({ resourceArn: repository.arn }).then(answer => answer.tags ?? []),
        asked.lifecyclePolicy === undefined
            ? undefined
            : ecr
                .getLifecyclePolicy(where)
                .then(answer => answer.lifecyclePolicyText, noneIf('LifecyclePolicyNotFoundException')),
        hasPolicy
            ? ecr
                .getRepositoryPolicy(where)
                .then(answer => answer.policyText, noneIf('RepositoryPolicyNotFoundException'))
            : undefined,
        asked.catalog === undefined
            ? undefined
            : ecr
                .getRepositoryCatalogData(where)
                .then(answer => answer.catalogData, noneIf('RepositoryCatalogDataNotFoundException')),
    ]);
    const { description, architectures, operatingSystems, aboutText, usageText } = catalog ?? {};
    return {
        mutability: repository.mutability,
        scanning,
        encryption: repository.encryption,
        tags: Object.fromEntries(tags.flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : []))),
        ...(lifecyclePolicy !== undefined && { lifecyclePolicy }),
        ...(repositoryPolicy !== undefined && { repositoryPolicy }),
        catalog: {
            ...(description !== undefined && { description }),
            ...(architectures !== undefined && { architectures }),
            ...(operatingSystems !== undefined && { operatingSystems }),
            ...(aboutText !== undefined && { aboutText }),
            ...(usageText !== undefined && { usageText }),
        },
    };
}
/** Turns this error of ECR into `undefined`, and throws any other. */
function noneIf(code) {
    return error => {
        if (!(0,client/* isRefusal */.vu)(error, code))
            throw error;
    };
}
/** Whether pushed images are scanned. The rules of the registry take precedence over the repository's own setting. */
async function findScanning({ ecr }, { repository, ownSetting, log }) {
    try {
        const { scanningConfigurations } = await ecr.batchGetRepositoryScanningConfiguration({
            repositoryNames: [repository.name],
        });
        const [found] = scanningConfigurations ?? [];
        // ECR answers for the registry of the role's account, which may not be that of the repository.
        if (found?.repositoryArn !== repository.arn)
            return ownSetting;
        if (found?.scanFrequency === undefined || !found.appliedScanFilters?.length)
            return ownSetting;
        return { onPush: found.scanFrequency !== 'MANUAL', by: "the registry's rules" };
    }
    catch (error) {
        if (!(0,client/* isRefusal */.vu)(error, 'AccessDeniedException'))
            throw error;
        log.info("Scanning is judged by the repository's own setting: the registry's rules may not be read (ecr:BatchGetRepositoryScanningConfiguration)");
        return ownSetting;
    }
}

// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/repository/errors.js
var errors = __webpack_require__(51482);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/platform/job.js
var job = __webpack_require__(56497);
// EXTERNAL MODULE: ./build/platform/poll.js
var poll = __webpack_require__(45929);
;// CONCATENATED MODULE: ./build/repository/lifecycle-preview.js





/** How long to wait for a preview, including the previews of other jobs before it. ECR documents no limit. */
const PREVIEW_TIMEOUT_MS = 300_000;
/**
 * What a lifecycle policy would do to the images in the repository, according to ECR's preview, which changes nothing. A
 * repository has one preview at a time, the last one started. Previews of other jobs are waited for and not mistaken for this
 * one.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lpp_creation.html
 * @throws {Failure} when the preview fails or does not end in time.
 */
async function previewLifecycle(ecr, request, { log, signal }) {
    let started;
    const results = await (0,poll/* poll */.wt)(async () => {
        started ??= await startPreview(ecr, request);
        const ended = started === undefined ? undefined : await readPreview(ecr, request, started);
        if (ended === 'replaced')
            started = undefined;
        return ended === 'replaced' ? undefined : ended;
    }, {
        signal,
        timeoutMs: PREVIEW_TIMEOUT_MS,
        clock: poll/* clock */.pm,
        pause: spent => Math.min(500 + spent / 2, 5_000),
        onWait: spent => {
            const whose = started === undefined ? 'another preview, as ECR makes one at a time' : 'the preview';
            log.info(`Waiting for ${whose} of the lifecycle policy (${(0,job/* seconds */.YA)(spent)})`);
        },
    });
    if (results === undefined)
        throw previewFailure(`did not end within ${(0,job/* seconds */.YA)(PREVIEW_TIMEOUT_MS)}`);
    return results;
}
/** Starts the preview and answers the policy as ECR returned it; `undefined` while another preview is running. */
async function startPreview(ecr, request) {
    try {
        const { lifecyclePolicyText } = await ecr.startLifecyclePolicyPreview(request);
        return lifecyclePolicyText ?? request.lifecyclePolicyText;
    }
    catch (error) {
        if ((0,client/* isRefusal */.vu)(error, 'LifecyclePolicyPreviewInProgressException'))
            return undefined;
        throw error;
    }
}
/**
 * All pages of the preview; `undefined` while it is in progress, and 'replaced' if another job has started one with another
 * policy.
 */
async function readPreview(ecr, { repositoryName, registryId }, policy) {
    const results = [];
    let nextToken;
    do {
        const page = await ecr.getLifecyclePolicyPreview({
            repositoryName,
            registryId,
            maxResults: 100,
            ...(nextToken !== undefined && { nextToken }),
        });
        if (!isSame(page.lifecyclePolicyText ?? policy, policy))
            return 'replaced';
        if (page.status === 'IN_PROGRESS')
            return undefined;
        if (page.status !== 'COMPLETE')
            throw previewFailure(`is ${page.status}`);
        results.push(...(page.previewResults ?? []));
        nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
    } while (nextToken !== undefined);
    return results;
}
function isSame(one, other) {
    return (0,external_node_util_.isDeepStrictEqual)(JSON.parse(one), JSON.parse(other));
}
function previewFailure(why) {
    return new failure/* Failure */.HR(`The preview of the lifecycle policy ${why}.`, {
        remedy: 'Run the job again, or set `allow-lifecycle-expiry: true` to put the policy without one.',
    });
}

;// CONCATENATED MODULE: ./build/repository/lifecycle-safety.js
/** The actions of a policy that make an image unavailable; an archived image cannot be pulled either. */
const losses = { EXPIRE: 'expire', TRANSITION: 'archive' };
/**
 * Why a lifecycle policy must not be put, with the list of images in use that it would remove; `undefined` if it removes none.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive-image.html
 */
function problemWithExpiry(results, { digest, tags }) {
    const lost = results.flatMap(result => {
        const { action, imageDigest, imageTags = [] } = result;
        const isKept = imageDigest === digest || imageTags.some(tag => tags.includes(tag));
        return isKept && action?.type !== undefined ? [{ result, loss: losses[action.type] }] : [];
    });
    if (lost.length === 0)
        return undefined;
    const kinds = Object.values(losses).filter(each => lost.some(({ loss }) => loss === each));
    const lines = lost.map(({ result, loss }) => {
        const { imageDigest = '', imageTags = [], appliedRulePriority = '?' } = result;
        const pushed = imageDigest === digest ? ', the image being pushed' : '';
        const how = kinds.length > 1 || loss === 'archive' ? `${loss}d by` : 'by';
        return `- ${imageDigest} (${imageTags.join(', ') || 'untagged'}${pushed}), ${how} rule ${appliedRulePriority}`;
    });
    return {
        message: `\`lifecycle-policy\` was not put, as it would ${kinds.join(' or ')} ${lost.length === 1 ? 'an image that is' : `${lost.length} images that are`} in use:\n${lines.join('\n')}`,
        remedy: 'Let a rule of a smaller rulePriority keep these tags, or raise its count; `allow-lifecycle-expiry: true` puts it all the same.',
    };
}

;// CONCATENATED MODULE: ./build/repository/put-lifecycle-policy.js





const title = 'Put the lifecycle policy';
/**
 * Opens what puts the policy. It is called at the end of the run, so that ECR's preview includes the image and its
 * release tags. A new repository gets its policy even if the run fails, because later runs do not take it for a new one.
 */
function openLifecycle({ job, plan }, aws, { repository, settings: comparison }) {
    const { asked, onDrift } = plan.repository;
    const { lifecyclePolicy } = asked;
    const isOfOtherRun = comparison?.missing.some(({ policy }) => policy === 'lifecycle') ?? false;
    const isNew = repository.madeBy === 'this run' || isOfOtherRun;
    const differs = onDrift === 'reconcile' && comparison?.drift.some(({ policy }) => policy === 'lifecycle');
    if (lifecyclePolicy === undefined || !(isNew || differs))
        return { put: () => Promise.resolve() };
    const request = {
        repositoryName: repository.name,
        registryId: repository.registryId,
        lifecyclePolicyText: lifecyclePolicy,
    };
    let hasStarted = false;
    if (isNew) {
        job.onFailure(async () => {
            if (hasStarted)
                return;
            await job.step(title, log => refuseUnsafePolicy(job, aws, { request, plan, log })
                .then(() => aws.ecr.putLifecyclePolicy(request))
                .then(() => log.result('Put on the new repository, though the run has failed'))
                .catch(error => log.warn(`${(0,failure/* describeFailure */.Ic)(error)}\n${errors/* unfinishedRemedy */._E}`)));
        });
    }
    return {
        async put({ digest }) {
            hasStarted = true;
            await job.step(title, async (log) => {
                if (isOfOtherRun && (await hasPolicy(aws, request)))
                    return log.result('Not put: the run that created the repository has put one meanwhile');
                await refuseUnsafePolicy(job, aws, { request, plan, log, digest }).catch(error => {
                    if (!isNew || !(error instanceof failure/* Failure */.HR))
                        throw error;
                    throw new failure/* Failure */.HR(error.message, {
                        remedy: `${error.remedy}\n${errors/* unfinishedRemedy */._E}`,
                        cause: error.cause,
                    });
                });
                await aws.ecr.putLifecyclePolicy(request);
                log.result(`Put; nothing that is in use expires by it${plan.repository.allowExpiry ? ' was asked: `allow-lifecycle-expiry`' : ''}`);
            });
        },
    };
}
async function hasPolicy({ ecr }, { repositoryName, registryId }) {
    try {
        return (await ecr.getLifecyclePolicy({ repositoryName, registryId })).lifecyclePolicyText !== undefined;
    }
    catch (error) {
        if ((0,client/* isRefusal */.vu)(error, 'LifecyclePolicyNotFoundException'))
            return false;
        throw error;
    }
}
/** Throws if the policy would remove images in use. */
async function refuseUnsafePolicy(job, { ecr }, { request, plan, log, digest }) {
    if (plan.repository.allowExpiry)
        return;
    const results = await previewLifecycle(ecr, request, { log, signal: job.signal });
    log.info(`Expired by it today: ${results.length}`);
    const tags = [plan.tags.candidate, ...plan.tags.releases];
    const objection = problemWithExpiry(results, { tags, ...(digest !== undefined && { digest }) });
    if (objection !== undefined)
        throw new failure/* Failure */.HR(objection.message, { remedy: objection.remedy });
}

// EXTERNAL MODULE: ./build/ecr/mutability.js
var mutability = __webpack_require__(87973);
// EXTERNAL MODULE: ./build/repository/requests.js
var requests = __webpack_require__(2191);
;// CONCATENATED MODULE: ./build/repository/reconcile-settings.js







/**
 * Changes an existing repository to what the inputs ask for, as `on-drift` says, and puts the policy that a new repository of another
 * run lacks. Answers the repository with its new settings.
 * @throws {Failure} where `on-drift` is `fail` and a setting differs, or where the lifecycle policy would remove images in use.
 */
async function reconcileRepository({ job, plan }, aws, { repository, settings: comparison }) {
    const options = { repository, plan, comparison };
    const { asked, onDrift } = plan.repository;
    if (comparison === undefined)
        return repository;
    const { drift } = comparison;
    // The lifecycle policy is put at the end of the run.
    const missing = comparison.missing.filter(({ policy }) => policy === 'repository');
    const wanted = onDrift === 'report' ? missing : [...missing, ...drift];
    if (wanted.length === 0)
        return repository;
    return job.step('Reconcile the repository', async (log) => {
        if (onDrift === 'fail' && drift.length > 0) {
            throw new failure/* Failure */.HR(`${repository.name}: ${(0,repository_drift/* sayDiffering */.YB)(drift)}\n${drift.map(repository_drift/* sayDrift */.n_).join('\n')}`, {
                remedy: 'Change the repository or the inputs, or set `on-drift: reconcile`. Nothing has been changed or pushed.',
            });
        }
        await refuseExpiry(job, aws, { ...options, wanted, log });
        await changeSettings(aws, { ...options, wanted, comparison });
        const unchangeable = wanted.filter(each => each.whyUnchangeable !== undefined);
        if (unchangeable.length > 0)
            log.warn(`${repository.name}: not to be changed here\n${unchangeable.map(repository_drift/* sayDrift */.n_).join('\n')}`);
        log.result(`${wanted.length - unchangeable.length} of ${wanted.length} changed to what was asked`);
        if (onDrift === 'report')
            return repository;
        return {
            ...repository,
            mutability: (0,requests/* mergeMutability */.ph)(asked, { found: repository.mutability, made: plan.repository.mutability }),
            scanOnPush: unchangeable.some(({ setting }) => setting === 'scan-on-push')
                ? comparison.found.scanning.onPush
                : (asked.scanOnPush ?? repository.scanOnPush),
        };
    });
}
/** Stops before anything is changed or built if the lifecycle policy would remove images in use. */
async function refuseExpiry(job, { ecr }, { repository, plan, wanted, log }) {
    const { lifecyclePolicy } = plan.repository.asked;
    const isPut = wanted.some(({ policy }) => policy === 'lifecycle');
    if (!isPut || lifecyclePolicy === undefined || plan.repository.allowExpiry)
        return;
    const { name: repositoryName, registryId } = repository;
    const request = { repositoryName, registryId, lifecyclePolicyText: lifecyclePolicy };
    const results = await previewLifecycle(ecr, request, { log, signal: job.signal });
    const objection = problemWithExpiry(results, { tags: [plan.tags.candidate, ...plan.tags.releases] });
    if (objection !== undefined)
        throw new failure/* Failure */.HR(objection.message, { remedy: objection.remedy });
}
/**
 * Changes all settings except for the lifecycle policy, which is put after the image so that its preview includes the image.
 */
async function changeSettings({ ecr }, { repository, plan, wanted, comparison }) {
    const { asked, mutability: made } = plan.repository;
    const { found } = comparison;
    const { name: repositoryName, registryId, arn: resourceArn } = repository;
    const where = { repositoryName, registryId };
    const differs = (setting) => wanted.some(each => each.setting.startsWith(setting) && each.whyUnchangeable === undefined);
    const policyText = (0,repository_policy/* policyFor */.KV)(asked, (0,repository_policy/* ownerOf */.bf)(resourceArn ?? ''), found.repositoryPolicy);
    await Promise.all([
        differs('image-tag-mutability') &&
            ecr.putImageTagMutability({
                ...where,
                ...(0,mutability/* tagSettingOf */.aE)((0,requests/* mergeMutability */.ph)(asked, { found: repository.mutability, made })),
            }),
        asked.scanOnPush !== undefined &&
            differs('scan-on-push') &&
            ecr.putImageScanningConfiguration({
                ...where,
                imageScanningConfiguration: { scanOnPush: asked.scanOnPush },
            }),
        differs('repository-tags') && ecr.tagResource({ resourceArn, tags: (0,requests/* resourceTags */.iu)(asked.tags) }),
        policyText !== undefined &&
            (differs('repository-policy') || differs('pull-')) &&
            ecr.setRepositoryPolicy({ ...where, policyText }),
        asked.catalog &&
            differs('catalog-data') &&
            ecr.putRepositoryCatalogData({
                ...where,
                catalogData: (0,requests/* catalogRequest */.$j)({ ...found.catalog, ...asked.catalog }),
            }),
    ]);
}

;// CONCATENATED MODULE: ./build/repository/compare-and-reconcile.js



/** Compares an existing repository with what the inputs ask for and reconciles it; `lifecycle` puts its lifecycle policy later, after the image. */
async function compareAndReconcile(run, aws, found) {
    const settings = await compareRepository(run, aws, found);
    const repository = await reconcileRepository(run, aws, { repository: found, settings });
    return { repository, lifecycle: openLifecycle(run, aws, { repository, settings }) };
}


/***/ }),

/***/ 41734:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $p: () => (/* binding */ driftOf),
/* harmony export */   YB: () => (/* binding */ sayDiffering),
/* harmony export */   bg: () => (/* binding */ encryptionDrift),
/* harmony export */   n_: () => (/* binding */ sayDrift)
/* harmony export */ });
/* harmony import */ var _ecr_mutability_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(87973);
/* harmony import */ var _platform_own_value_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(86982);
/* harmony import */ var _repository_policy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89992);



/** The settings that differ from what the inputs ask for. Settings that no input asks for are not compared. */
function driftOf(asked, found, owner) {
    const policy = (0,_repository_policy_js__WEBPACK_IMPORTED_MODULE_0__/* .policyFor */ .KV)(asked, owner, found.repositoryPolicy);
    return [
        ...mutabilityDrift(asked, found.mutability),
        ...scanningDrift(asked.scanOnPush, found.scanning),
        ...encryptionDrift(asked.encryption, found.encryption),
        ...Object.entries(asked.tags)
            .map(([key, value]) => ({ key, value, foundValue: (0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .e)(found.tags, key) }))
            .filter(({ value, foundValue }) => foundValue !== value)
            .map(({ key, value, foundValue }) => ({
            setting: 'repository-tags',
            asked: `${key}=${value}`,
            found: foundValue === undefined ? `no tag '${key}'` : `${key}=${foundValue}`,
        })),
        ...documentDrift('lifecycle', 'lifecycle-policy', {
            documents: [asked.lifecyclePolicy, found.lifecyclePolicy],
            read: parse,
        }),
        ...documentDrift('repository', asked.repositoryPolicy === undefined ? 'pull-accounts and pull-services' : 'repository-policy', { documents: [policy, found.repositoryPolicy], read: text => (0,_repository_policy_js__WEBPACK_IMPORTED_MODULE_0__/* .normalizePolicy */ .ws)(text, owner) }),
        ...catalogDrift(asked.catalog, found.catalog),
    ];
}
/** The setting and its filters are compared independently, as the inputs may ask for one of the two only. */
function mutabilityDrift({ mutability, exclusions }, found) {
    const input = 'image-tag-mutability';
    return [
        ...(mutability === undefined || mutability === found.setting
            ? []
            : [{ setting: input, asked: mutability, found: (0,_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_2__/* .sayMutability */ .EL)(found) }]),
        ...(exclusions === undefined || same(exclusions, found.exclusions)
            ? []
            : [
                {
                    setting: `${input}-exclusions`,
                    asked: exclusions.join(', '),
                    found: found.exclusions.join(', ') || 'none',
                    ...(mutability === undefined &&
                        found.setting === 'MUTABLE' && {
                        whyUnchangeable: `the repository is MUTABLE: \`${input}\` has to say which way round the filters are meant`,
                    }),
                },
            ]),
    ];
}
function scanningDrift(asked, { onPush, by }) {
    if (asked === undefined || asked === onPush)
        return [];
    return [
        {
            setting: 'scan-on-push',
            asked: String(asked),
            found: `${onPush}, by ${by}`,
            ...(by === "the registry's rules" && {
                whyUnchangeable: "the scan rules of the registry decide: change them in the registry's own settings",
            }),
        },
    ];
}
/** A key that the inputs name by its alias counts as the same: ECR answers its ARN, which does not contain the alias. */
function encryptionDrift(asked, found) {
    if (asked === undefined)
        return [];
    const { key } = asked;
    const isKey = key === undefined || /(^|:)alias\//.test(key) || found.key?.endsWith(key.replace(/^.*\//, ''));
    if (asked.type === found.type && isKey)
        return [];
    const say = (each) => (each.key === undefined ? each.type : `${each.type} ${each.key}`);
    return [
        {
            setting: key === undefined ? 'encryption-type' : 'encryption-type and kms-key',
            asked: say(asked),
            found: say(found),
            whyUnchangeable: 'ECR fixes it when the repository is created: only another repository can have it',
        },
    ];
}
function documentDrift(policy, setting, { documents: [asked, found], read }) {
    if (asked === undefined || (found !== undefined && same(read(asked), read(found))))
        return [];
    return [
        {
            setting,
            policy,
            asked: sayDocument(asked),
            found: found === undefined ? 'none' : `another: ${sayDocument(found)}`,
            ...(found !== undefined && { document: found }),
        },
    ];
}
function parse(text) {
    return JSON.parse(text);
}
function sayDocument(text) {
    const { rules, Statement } = JSON.parse(text);
    const [parts, noun] = rules === undefined ? [[Statement].flat(), 'statement'] : [rules, 'rule'];
    return `${parts.length} ${noun}${parts.length === 1 ? '' : 's'}`;
}
function catalogDrift(asked, found) {
    // ECR answers with the URL of the logo instead of its content, so the logo cannot be compared.
    const { logoImageBlob: _, ...rest } = asked ?? {};
    const members = new Map(Object.entries(found));
    const say = (value) => (value === undefined ? 'none' : JSON.stringify(value));
    return Object.entries(rest)
        .filter(([member, value]) => !same(value, members.get(member)))
        .map(([member, value]) => ({
        setting: `catalog-data: ${member}`,
        asked: say(value),
        found: say(members.get(member)),
    }));
}
/**
 * Whether two JSON values mean the same. The order of members and of list items does not matter, as IAM and ECR read lists as
 * sets.
 */
function same(one, other) {
    return canonical(one) === canonical(other);
}
/** A text that is equal for values that mean the same; a list of one item equals the item. */
function canonical(value) {
    if (Array.isArray(value)) {
        const members = value.map(canonical).toSorted();
        return members.length === 1 ? (members[0] ?? '') : `[${members.join()}]`;
    }
    if (typeof value !== 'object' || value === null)
        return JSON.stringify(value);
    const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`);
    return `{${members.toSorted().join()}}`;
}
/** Formats how many settings differ: "2 settings are not as asked". */
function sayDiffering({ length }) {
    return length === 1 ? '1 setting is not as asked' : `${length} settings are not as asked`;
}
/** Formats a difference as one line for the log. */
function sayDrift({ setting, asked, found, whyUnchangeable }) {
    return `${setting}: asked ${asked}, is ${found}${whyUnchangeable === undefined ? '' : ` (${whyUnchangeable})`}`;
}


/***/ }),

/***/ 95057:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ ensureRepository)
});

// EXTERNAL MODULE: ./build/aws/client.js
var client = __webpack_require__(35811);
// EXTERNAL MODULE: ./build/ecr/mutability.js
var ecr_mutability = __webpack_require__(87973);
// EXTERNAL MODULE: ./build/ecr/reference.js
var reference = __webpack_require__(52484);
// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/aws/authorization-token.js
var authorization_token = __webpack_require__(17359);
// EXTERNAL MODULE: ./build/repository/errors.js
var errors = __webpack_require__(51482);
// EXTERNAL MODULE: ./build/repository/requests.js
var requests = __webpack_require__(2191);
;// CONCATENATED MODULE: ./build/repository/create-on-push.js






/**
 * The repository that the registry will create when the image is pushed, with the settings of a template; without such a
 * template this throws a `Failure`. The templates of another account's registry cannot be read.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
async function expectCreateOnPush({ ecr, region }, plan, { push }) {
    const { registryId, templates } = push && plan.type === 'private' ? await readTemplates(ecr) : { registryId: undefined, templates: [] };
    const isAsked = registryId !== undefined && registryId === (plan.registryId ?? registryId);
    const template = isAsked ? (0,requests/* createsOnPush */.$y)(plan.name, templates) : undefined;
    if (template === undefined || registryId === undefined) {
        const { message, remedy } = (0,errors/* sayMissing */.Om)(plan, { region, push });
        throw new failure/* Failure */.HR(message, { remedy });
    }
    const { host } = await (0,authorization_token/* requestLogin */.D)(ecr, registryId);
    return {
        name: plan.name,
        registryId,
        uri: `${host}/${plan.name}`,
        mutability: (0,ecr_mutability/* mutabilityOf */.KY)(template),
        scanOnPush: false,
        encryption: { type: template.encryptionConfiguration?.encryptionType ?? 'AES256' },
        madeBy: 'the registry on push',
    };
}
/** All templates of the registry, page by page; none if the role may not read them. */
async function readTemplates(ecr) {
    const templates = [];
    let registryId;
    let nextToken;
    do {
        const asked = nextToken === undefined ? {} : { nextToken };
        const page = await ecr.describeRepositoryCreationTemplates(asked).catch(error => {
            if ((0,client/* isRefusal */.vu)(error, 'AccessDeniedException'))
                return undefined;
            throw error;
        });
        if (page === undefined)
            return { templates: [] };
        templates.push(...(page.repositoryCreationTemplates ?? []));
        registryId = page.registryId;
        // A token that comes back would be asked for without an end.
        nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
    } while (nextToken !== undefined);
    return { registryId, templates };
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/repository/drift.js
var drift = __webpack_require__(41734);
;// CONCATENATED MODULE: ./build/repository/own-creation.js



/** Milliseconds by which the clock of AWS may seem to be behind: it is known to a second, and times of ECR may be cut to one. */
const CLOCK_TOLERANCE_MS = 3_000;
/**
 * Whether a repository that is there already was created by an earlier try of this run's own call, whose answer was lost: it was
 * made since then, and as this run asked for it.
 */
function isOwnCreation(answer, { asked, type, ...made }, { attempts, firstAt }) {
    if (attempts < 2 || answer?.createdAt === undefined)
        return false;
    if (answer.createdAt.getTime() < firstAt - CLOCK_TOLERANCE_MS)
        return false;
    const { encryptionConfiguration: encryption, imageScanningConfiguration: scanning } = answer;
    return (type === 'public' ||
        ((0,external_node_util_.isDeepStrictEqual)(comparable((0,ecr_mutability/* mutabilityOf */.KY)(answer)), comparable(made.mutability)) &&
            (scanning?.scanOnPush ?? false) === made.scanOnPush &&
            (0,drift/* encryptionDrift */.bg)(asked.encryption ?? { type: 'AES256' }, {
                type: encryption?.encryptionType ?? 'AES256',
                ...(encryption?.kmsKey !== undefined && { key: encryption.kmsKey }),
            }).length === 0));
}
function comparable({ setting, exclusions }) {
    return { setting, exclusions: exclusions.toSorted() };
}

// EXTERNAL MODULE: ./build/repository/repository-policy.js
var repository_policy = __webpack_require__(89992);
// EXTERNAL MODULE: ./build/repository/repository.js
var repository_repository = __webpack_require__(83929);
;// CONCATENATED MODULE: ./build/repository/take-undescribed.js




/**
 * The repository of a role that may not describe it: in the registry that ECR names for a login, by the name in the inputs. Tags are
 * taken to move, so that nothing is left out beforehand and ECR itself refuses what it does not allow.
 * @throws the refusal, where this run would create the repository or change its settings, or has no login to learn the registry of.
 */
async function takeUndescribed({ ecr }, plan, refusal) {
    const mustKnow = plan.onDrift === 'reconcile' || plan.onDrift === 'fail';
    if (plan.create || plan.type === 'public' || (mustKnow && (0,errors/* givenSettings */.j)(plan.asked).length > 0))
        throw refusal;
    const { host } = await (0,authorization_token/* requestLogin */.D)(ecr, plan.registryId).catch(error => {
        throw (0,client/* isRefusal */.vu)(error, 'AccessDeniedException') ? refusal : error;
    });
    const uri = `${host}/${plan.name}`;
    const registryId = (0,reference/* addressOf */.ci)(uri).registryId ?? plan.registryId;
    if (host === undefined || registryId === undefined)
        throw refusal;
    return {
        name: plan.name,
        registryId,
        uri,
        mutability: { setting: 'MUTABLE', exclusions: [] },
        scanOnPush: false,
        encryption: { type: 'AES256' },
        madeBy: 'somebody unseen',
    };
}

;// CONCATENATED MODULE: ./build/repository/ensure-repository.js












/** Finds the repository or creates it. This takes one call if it exists, as on nearly every run. */
function ensureRepository({ job, plan: { repository: plan, push }, tell, }, aws) {
    return job.step('Ensure the repository', async (log) => {
        const answered = (await findRepository(aws, plan)) ??
            (plan.create ? await createRepository(aws, plan, log) : await expectCreateOnPush(aws, plan, { push }));
        const found = { ...answered, uri: (0,reference/* atHost */.Mu)(answered.uri, plan.host) };
        const { lines, result } = (0,repository_repository/* sayRepository */.Mz)(found, plan.type);
        for (const line of [...(plan.lowered ?? []), ...lines])
            log.info(line);
        const unusedInputs = (0,errors/* givenSettings */.j)(plan.asked).join(', ');
        if (found.madeBy === 'the registry on push' && unusedInputs !== '') {
            log.warn(`${plan.name}: the registry creates it by its template, so nothing comes of ${unusedInputs} in this run; the next one compares them`);
        }
        if (!(0,repository_repository/* isDescribed */.aY)(found) && unusedInputs !== '' && plan.onDrift !== 'ignore') {
            log.warn(`${plan.name}: ${unusedInputs} cannot be compared, as the role may not ask for the repository. Allow ecr:DescribeRepositories, or set \`on-drift: ignore\`.`);
        }
        log.result(result);
        const { uri, registryId, mutability } = found;
        (0,actions/* setOutput */.uH)('aws-account-id', registryId);
        (0,actions/* setOutput */.uH)('repository-uri', uri);
        const tagSetting = (0,repository_repository/* isDescribed */.aY)(found) ? (0,ecr_mutability/* sayMutability */.EL)(mutability) : 'settings not known';
        tell({ repository: { uri, created: (0,repository_repository/* isNew */.BS)(found), tagSetting } });
        return found;
    });
}
async function findRepository(aws, plan) {
    try {
        const { repositories } = await aws.ecr.describeRepositories({
            repositoryNames: [plan.name],
            ...(0,reference/* inRegistry */.z9)(plan),
        });
        const found = toRepository(repositories?.[0], 'somebody before');
        if (!isAsNamed(found, plan))
            await refuseOtherRegistry(aws, plan);
        return found;
    }
    catch (error) {
        if ((0,client/* isRefusal */.vu)(error, 'RepositoryNotFoundException'))
            return undefined;
        if ((0,client/* isRefusal */.vu)(error, 'AccessDeniedException'))
            return takeUndescribed(aws, plan, error);
        throw error;
    }
}
/**
 * Whether ECR answered with the repository that the inputs name. ECR Public looks only for the name, in the caller's own
 * registry.
 */
function isAsNamed({ uri, registryId }, plan) {
    const [, alias] = uri.split('/');
    return plan.alias === undefined ? (plan.registryId ?? registryId) === registryId : plan.alias === alias;
}
/** Stops before anything is created or pushed if the address names another registry of ECR Public than the caller's own. */
async function refuseOtherRegistry({ ecr }, plan) {
    const asked = plan.alias ?? plan.registryId;
    if (plan.type === 'private' || asked === undefined)
        return;
    const { registries = [] } = await ecr.describeRegistries({});
    const aliases = registries.flatMap(registry => registry.aliases ?? []);
    const names = [...aliases, ...registries.map(({ registryId: name }) => ({ name }))].map(each => each.name);
    if (names.includes(asked))
        return;
    throw new failure/* Failure */.HR(`Your registry in ECR Public is ${names.join(' or ')}, not ${asked}.`, {
        remedy: 'Correct `repository`, or the account of `role-to-assume`. Nothing has been created or pushed.',
    });
}
async function createRepository(aws, plan, log) {
    await refuseOtherRegistry(aws, plan);
    const beganAt = Date.now();
    let attempts = 1;
    const answer = await aws.ecr.createRepository((0,requests/* createRequestOf */.vc)(plan)).catch((error) => {
        if (!(0,client/* isRefusal */.vu)(error, 'RepositoryAlreadyExistsException'))
            throw withRemedy(error, plan);
        attempts = (0,client/* attemptsOf */.Or)(error);
        return undefined;
    });
    const created = answer === undefined
        ? await describeCreated(aws, plan, { attempts, firstAt: beganAt + aws.ecr.clockOffset() })
        : toRepository(answer.repository, 'this run');
    if (created.madeBy !== 'this run')
        return created;
    if (answer === undefined)
        log.info('An earlier try of the same call created it: its answer was lost');
    await setPolicy(aws, created, plan);
    return created;
}
/**
 * The repository that was there already when this run's call was repeated: by an earlier try of that call, or by another run, which
 * may have asked for other settings. Those are compared.
 */
async function describeCreated({ ecr }, plan, refused) {
    const { repositories } = await ecr.describeRepositories({
        repositoryNames: [plan.name],
        ...(0,reference/* inRegistry */.z9)(plan),
    });
    const isOwn = isOwnCreation(repositories?.[0], plan, refused);
    return toRepository(repositories?.[0], isOwn ? 'this run' : 'another run at once');
}
async function setPolicy({ ecr }, { arn = '', registryId }, plan) {
    const policyText = (0,repository_policy/* policyFor */.KV)(plan.asked, (0,repository_policy/* ownerOf */.bf)(arn), undefined);
    if (policyText === undefined)
        return;
    await ecr.setRepositoryPolicy({ repositoryName: plan.name, registryId, policyText }).catch(error => {
        if (!(error instanceof failure/* Failure */.HR))
            throw error;
        throw new failure/* Failure */.HR(error.message, { remedy: `${error.remedy}\n${errors/* unfinishedRemedy */._E}`, cause: error.cause });
    });
}
function withRemedy(error, plan) {
    const code = error instanceof failure/* Failure */.HR && error.cause instanceof Error ? error.cause.name : '';
    const remedy = (0,errors/* creationRemedy */.eI)(code, plan);
    return error instanceof failure/* Failure */.HR && remedy !== undefined
        ? new failure/* Failure */.HR(error.message, { remedy, cause: error.cause })
        : error;
}
/** The repository in an answer of ECR. */
function toRepository(answer, madeBy) {
    const repository = (0,repository_repository/* repositoryOf */._M)(answer, madeBy);
    if (repository !== undefined)
        return repository;
    throw new failure/* Failure */.HR('ECR answered without the repository.', { remedy: 'Run the job again.' });
}


/***/ }),

/***/ 51482:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Om: () => (/* binding */ sayMissing),
/* harmony export */   _E: () => (/* binding */ unfinishedRemedy),
/* harmony export */   eI: () => (/* binding */ creationRemedy),
/* harmony export */   j: () => (/* binding */ givenSettings)
/* harmony export */ });
/** The remedy when ECR does not create the repository, by the code of the error; `undefined` if there is no particular one. */
function creationRemedy(code, { asked, name }) {
    switch (code) {
        case 'KmsException':
            return (`The key ${asked.encryption?.key ?? 'of ECR'} has to exist in this region, to be symmetric and enabled; and the role ` +
                'needs kms:CreateGrant, kms:DescribeKey and kms:RetireGrant on it, in its own policy and for what ECR does in its name: ' +
                '`dry-run: true` prints the statement. The policy of the key may have to admit the role, too.');
        case 'LimitExceededException':
            return 'The registry has as many repositories as it may: delete some, or ask AWS for a higher quota (Service Quotas, Amazon ECR).';
        case 'TooManyTagsException':
            return 'Leave some of `repository-tags` out: ECR takes 50.';
        case 'InvalidParameterException':
            return `ECR does not accept one of the settings for '${name}': the message above names it. Nothing has been created.`;
        default:
            return undefined;
    }
}
/** The message and the remedy when the repository does not exist. A registry can create it only if the run pushes. */
function sayMissing({ name, type, registryId }, { region, push }) {
    const location = type === 'public' ? 'ECR Public' : region;
    const remedies = [
        type === 'public'
            ? 'Create it, correct `repository`, or let a build create it: `create-repository: true`.'
            : 'Create it, correct `repository` or `aws-region`, or let a build create it: `create-repository: true`.',
        ...(push && type === 'private'
            ? [
                'A registry that creates on push has to have a template for this name, and the role needs ecr:DescribeRepositoryCreationTemplates to see it.',
            ]
            : []),
        ...(push && registryId !== undefined
            ? [
                `The templates of another account's registry can't be read: if ${registryId} is one, create it there.`,
            ]
            : []),
    ];
    return {
        message: `The repository '${name}' does not exist in ${location}, and this run creates none.`,
        remedy: remedies.join(' '),
    };
}
/**
 * The remedy when the repository was created but one of its policies was not put: later runs do not take it for a new
 * repository.
 */
const unfinishedRemedy = 'The repository has been created without it: once that is mended, `on-drift: reconcile` puts it in a later run.';
/** The given inputs that say how the repository should be set. */
function givenSettings(asked) {
    const settings = [
        ['image-tag-mutability', asked.mutability !== undefined],
        ['image-tag-mutability-exclusions', asked.exclusions !== undefined],
        ['scan-on-push', asked.scanOnPush !== undefined],
        ['encryption-type', asked.encryption !== undefined],
        ['kms-key', asked.encryption?.key !== undefined],
        ['repository-tags', Object.keys(asked.tags).length > 0],
        ['lifecycle-policy', asked.lifecyclePolicy !== undefined],
        ['repository-policy', asked.repositoryPolicy !== undefined],
        ['pull-accounts', asked.pullAccounts.length > 0],
        ['pull-services', asked.pullServices.length > 0],
    ];
    return settings.flatMap(([input, isAsked]) => (isAsked ? [`\`${input}\``] : []));
}


/***/ }),

/***/ 42454:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ driftChoices),
/* harmony export */   _: () => (/* binding */ planRepository)
/* harmony export */ });
/* harmony import */ var _ecr_mutability_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(87973);

/** Filters of a repository. */
const MAX_EXCLUSION_FILTERS = 5;
/** What to do about an existing repository that differs from what the inputs ask for. */
const driftChoices = ['report', 'reconcile', 'fail', 'ignore'];
/**
 * The plan of the repository. By default a new private repository is immutable except for the tags of caches and for those that
 * the filters in `moving` match; ECR accepts 5 filters.
 */
function planRepository(inputs, moving = []) {
    const { mutability, exclusions, scanOnPush } = inputs.asked;
    const setting = mutability ?? (inputs.type === 'public' ? 'MUTABLE' : 'IMMUTABLE_WITH_EXCLUSION');
    const open = setting === 'IMMUTABLE_WITH_EXCLUSION' ? [_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_0__/* .cacheTagFilter */ .X5, ...moving].slice(0, MAX_EXCLUSION_FILTERS) : [];
    return {
        ...inputs,
        mutability: { setting, exclusions: exclusions ?? open },
        scanOnPush: inputs.type === 'private' && (scanOnPush ?? true),
    };
}


/***/ }),

/***/ 89992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KV: () => (/* binding */ policyFor),
/* harmony export */   bf: () => (/* binding */ ownerOf),
/* harmony export */   sD: () => (/* binding */ conflictingSids),
/* harmony export */   ws: () => (/* binding */ normalizePolicy)
/* harmony export */ });
/* harmony import */ var _aws_arn_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23385);
/* harmony import */ var _validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(59986);


/** The partition and the account in an ARN. */
function ownerOf(arn) {
    const { partition = 'aws', account = '' } = (0,_aws_arn_js__WEBPACK_IMPORTED_MODULE_1__/* .parseArn */ .L)(arn);
    return { partition, account };
}
const pullActions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
/**
 * The statements that let other accounts and services of AWS pull. A service may pull only for resources of these accounts:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
function pullStatements({ pullAccounts, pullServices }, owner) {
    const { partition, account } = owner;
    const roots = pullAccounts.map(each => `arn:${partition}:iam::${each}:root`);
    const accounts = [...new Set([account, ...pullAccounts])];
    return [
        ...(roots.length > 0
            ? [{ Sid: 'PullAccounts', Effect: 'Allow', Principal: { AWS: roots }, Action: pullActions }]
            : []),
        ...pullServices.map(service => {
            const [name = service] = service.split('.');
            const sources = accounts.map(each => `arn:${partition}:${name}:*:${each}:*`);
            return {
                Sid: `Pull${name.replaceAll(/[^a-z0-9]/g, '').replace(/^./, first => first.toUpperCase())}`,
                Effect: 'Allow',
                Principal: { Service: service },
                Action: pullActions,
                Condition: { ArnLike: { 'aws:SourceArn': sources } },
            };
        }),
    ];
}
/** Sids in the input `repository-policy` that are the same as those of our statements, which are recognised by their Sid. */
function conflictingSids(asked) {
    const ours = pullStatements(asked, ownerOf(''));
    return statementsIn(asked.repositoryPolicy).flatMap(({ Sid }) => Sid !== undefined && ours.some(each => each.Sid === Sid) ? [Sid] : []);
}
/**
 * The repository policy that the inputs ask for, as JSON text; `undefined` if they ask for none. Without `repository-policy`
 * the statements of the current policy stay, except for ours, which are recognised by their Sid and replaced.
 */
function policyFor(asked, owner, found) {
    const ours = pullStatements(asked, owner);
    const given = asked.repositoryPolicy;
    if (given === undefined && ours.length === 0)
        return undefined;
    const base = JSON.parse(given ?? found ?? '{}');
    const others = given === undefined
        ? statementsIn(found).filter(({ Sid }) => !ours.some(each => each.Sid === Sid))
        : statementsIn(given);
    return JSON.stringify({ Version: '2012-10-17', ...base, Statement: [...others, ...ours] });
}
function statementsIn(text = '{}') {
    const { Statement: statements = [] } = JSON.parse(text);
    return [statements].flat();
}
/**
 * A policy in which each account is given by its ARN. IAM takes the ID of an account for the same, and mostly answers with the
 * ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function normalizePolicy(text, { partition }) {
    const policy = JSON.parse(text);
    const rootOf = (principal) => typeof principal === 'string' && /^\d{12}$/.test(principal)
        ? `arn:${partition}:iam::${principal}:root`
        : principal;
    const inFull = (principal) => (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(principal) && 'AWS' in principal
        ? { ...principal, AWS: [principal['AWS']].flat().map(rootOf) }
        : principal;
    const statements = [policy.Statement ?? []]
        .flat()
        .map(statement => Object.fromEntries(Object.entries(statement).map(([name, value]) => [
        name,
        name === 'Principal' || name === 'NotPrincipal' ? inFull(value) : value,
    ])));
    return { ...policy, Statement: statements };
}


/***/ }),

/***/ 83929:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BS: () => (/* binding */ isNew),
/* harmony export */   Mz: () => (/* binding */ sayRepository),
/* harmony export */   _M: () => (/* binding */ repositoryOf),
/* harmony export */   aY: () => (/* binding */ isDescribed)
/* harmony export */ });
/* harmony import */ var _ecr_mutability_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(87973);

/** Whether the repository cannot contain any image yet. */
function isNew({ madeBy }) {
    return madeBy === 'this run' || madeBy === 'the registry on push';
}
/** Whether ECR has told the settings of the repository. */
function isDescribed({ madeBy }) {
    return madeBy !== 'somebody unseen';
}
/** The repository in an answer of ECR; `undefined` if a required member is missing. */
function repositoryOf(answer = {}, madeBy) {
    const { repositoryName, repositoryArn, registryId, repositoryUri } = answer;
    if (!repositoryName || !repositoryArn || !registryId || !repositoryUri)
        return undefined;
    const { encryptionType = 'AES256', kmsKey } = answer.encryptionConfiguration ?? {};
    return {
        name: repositoryName,
        arn: repositoryArn,
        registryId,
        uri: repositoryUri,
        mutability: (0,_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_0__/* .mutabilityOf */ .KY)(answer),
        scanOnPush: answer.imageScanningConfiguration?.scanOnPush ?? false,
        encryption: { type: encryptionType, ...(kmsKey !== undefined && { key: kmsKey }) },
        madeBy,
    };
}
/** The repository as lines for the log, and as the one-line result of the step. */
function sayRepository({ arn, uri, mutability, scanOnPush, madeBy }, type) {
    if (madeBy === 'the registry on push') {
        return {
            lines: ['Settings    those of the template by which the registry creates it'],
            result: `${uri} is created by the registry when the image is pushed`,
        };
    }
    if (madeBy === 'somebody unseen') {
        return {
            lines: [
                'The role may not ask for the repository (ecr:DescribeRepositories)',
                'Tags        not known; what the repository does not let move, ECR refuses',
                'Scanning    not known',
            ],
            result: `${uri}, by the registry of the login and the name in \`repository\``,
        };
    }
    return {
        lines: [
            `ARN         ${arn}`,
            `Tags        ${(0,_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_0__/* .sayMutability */ .EL)(mutability)}`,
            ...(type === 'private'
                ? [`Scanning    ${scanOnPush ? 'on push' : "not on push, by the repository's own setting"}`]
                : []),
        ],
        result: sayMade(uri, madeBy),
    };
}
function sayMade(uri, madeBy) {
    if (madeBy === 'another run at once')
        return `Found ${uri}, which another run has just created`;
    return `${madeBy === 'this run' ? 'Created' : 'Found'} ${uri}`;
}


/***/ }),

/***/ 2191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $j: () => (/* binding */ catalogRequest),
/* harmony export */   $y: () => (/* binding */ createsOnPush),
/* harmony export */   iu: () => (/* binding */ resourceTags),
/* harmony export */   ph: () => (/* binding */ mergeMutability),
/* harmony export */   vc: () => (/* binding */ createRequestOf)
/* harmony export */ });
/* harmony import */ var _ecr_mutability_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(87973);
/* harmony import */ var _ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52484);


/** The request of CreateRepository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
function createRequestOf(plan) {
    const { name: repositoryName, mutability, scanOnPush, asked } = plan;
    const { tags, encryption, catalog } = asked;
    return {
        repositoryName,
        ...(0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .inRegistry */ .z9)(plan),
        ...(Object.keys(tags).length > 0 && { tags: resourceTags(tags) }),
        ...(plan.type === 'private' && {
            ...(0,_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_1__/* .tagSettingOf */ .aE)(mutability),
            imageScanningConfiguration: { scanOnPush },
        }),
        ...(encryption && {
            encryptionConfiguration: {
                encryptionType: encryption.type,
                ...(encryption.key !== undefined && { kmsKey: encryption.key }),
            },
        }),
        ...(catalog && { catalogData: catalogRequest(catalog) }),
    };
}
/** Resource tags in the form of the API. */
function resourceTags(tags) {
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
/** Catalog data in the form of the API, with the logo as bytes. */
function catalogRequest({ logoImageBlob, ...rest }) {
    return {
        ...rest,
        ...(logoImageBlob !== undefined && { logoImageBlob: Buffer.from(logoImageBlob, 'base64') }),
    };
}
/**
 * The mutability to put on an existing repository. ECR takes setting and filters together, so the one that the inputs do not
 * ask for keeps its current value. If the setting changes, the current filters would mean the opposite, so those of a new
 * repository (`made`) are used.
 */
function mergeMutability({ mutability: setting, exclusions }, { found, made }) {
    if (setting === undefined) {
        if (exclusions === undefined || found.setting === 'MUTABLE')
            return found;
        return {
            setting: found.setting === 'IMMUTABLE' ? 'IMMUTABLE_WITH_EXCLUSION' : found.setting,
            exclusions,
        };
    }
    const stays = setting === found.setting ? found.exclusions : made.exclusions;
    return { setting, exclusions: exclusions ?? stays };
}
/**
 * The template by which the registry creates a repository of this name on push; `undefined` if there is none. The longest
 * prefix applies, with a slash at its end whether or not it was given with one, and ROOT matches every name.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
function createsOnPush(name, templates) {
    const matching = templates
        .filter(template => name.startsWith(prefixOf(template)))
        .toSorted((a, b) => prefixOf(b).length - prefixOf(a).length);
    return matching[0]?.appliedFor?.includes('CREATE_ON_PUSH') ? matching[0] : undefined;
}
function prefixOf({ prefix = '' }) {
    return prefix === 'ROOT' ? '' : prefix.replace(/\/?$/, '/');
}


/***/ }),

/***/ 71513:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ draftContentKey)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/build/contexts.js
var build_contexts = __webpack_require__(24555);
// EXTERNAL MODULE: ./build/docker/dockerignore.js
var dockerignore = __webpack_require__(28731);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/platform/job.js
var platform_job = __webpack_require__(56497);
// EXTERNAL MODULE: ./build/reuse/content-key.js
var content_key = __webpack_require__(67568);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/reuse/hash-folder.js





/** Bytes from which on a file is read piece by piece. */
const LARGE_FILE_BYTES = 1_048_576;
/** Milliseconds after which other work gets its turn. Small files are read at once, as waiting for each takes far longer. */
const TURN_MS = 20;
/**
 * Hashes what BuildKit is sent of a folder: names, permissions, contents of files and targets of links. The files themselves
 * are read and git is not asked: its index and objects can say anything of files that somebody else has put there, and its
 * filters are programs. What git converts at a checkout, line ends or files of LFS, counts as it lies there.
 * https://github.com/moby/buildkit/blob/master/cache/contenthash/checksum.go
 */
async function hashFolder(folder, options) {
    try {
        const lines = await linesOf(folder, '', { ...options, takeTurns: turnTaker(options.signal) });
        if (typeof lines === 'string')
            return { kind: 'unknown', reason: lines };
        return { kind: 'known', hash: hashOf(lines.join('\n')) };
    }
    catch (error) {
        options.signal.throwIfAborted();
        return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
    }
}
/** The lines of what a build sees below a folder of the context; or why they cannot be compared. */
async function linesOf(root, folder, options) {
    const lines = [];
    for (const name of (0,external_node_fs_.readdirSync)((0,external_node_path_.join)(root, folder)).toSorted()) {
        await options.takeTurns();
        const path = folder === '' ? name : `${folder}/${name}`;
        const isIgnored = options.ignores(path);
        if (isIgnored && !options.hasExceptions)
            continue;
        // Bytes that are no UTF-8 are read as this character, by which no file can be opened but another one of that name.
        if (name.includes('\uFFFD')) {
            if (isIgnored)
                continue;
            return `the name \`${path}\` is no UTF-8`;
        }
        const file = (0,external_node_path_.join)(root, path);
        const stats = (0,external_node_fs_.lstatSync)(file);
        const permissions = stats.mode & 0o7777;
        if (stats.isDirectory()) {
            if (name === '.git' && !isIgnored)
                return `\`${path}\` is in the context and differs from commit to commit: add it to .dockerignore`;
            const inner = await linesOf(root, path, options);
            if (typeof inner === 'string')
                return inner;
            if (!isIgnored || inner.length > 0)
                lines.push(JSON.stringify([path, 'folder', permissions]));
            for (const line of inner)
                lines.push(line);
        }
        else if (isIgnored) {
            continue;
        }
        else if (stats.isSymbolicLink()) {
            lines.push(JSON.stringify([path, 'link', (0,external_node_fs_.readlinkSync)(file)]));
        }
        else if (stats.isFile()) {
            const hash = stats.size < LARGE_FILE_BYTES
                ? hashOf((0,external_node_fs_.readFileSync)(file))
                : await hashOfLargeFile(file, options.signal);
            lines.push(JSON.stringify([path, 'file', permissions, hash]));
        }
        else {
            return `\`${path}\` is neither a file nor a folder nor a link`;
        }
    }
    return lines;
}
/** Lets other work have its turn every now and then, and ends with the job. */
function turnTaker(signal) {
    let began = performance.now();
    return async () => {
        if (performance.now() - began < TURN_MS)
            return;
        await (0,external_node_timers_promises_.setImmediate)();
        signal.throwIfAborted();
        began = performance.now();
    };
}
function hashOf(content) {
    return (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex');
}
async function hashOfLargeFile(file, signal) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(file), hash, { signal });
    return hash.digest('hex');
}

;// CONCATENATED MODULE: ./build/reuse/compute-content-key.js









/**
 * Starts to read the parts of the content key in parallel with the AWS calls. References that could not be resolved without a
 * login are resolved once more after the login.
 */
function draftContentKey({ job, plan, tell }, docker) {
    if (plan.reuse !== 'content')
        return () => Promise.resolve({ kind: 'unasked' });
    const draft = (0,platform_job/* begin */.qN)(draftContent(job, plan, docker));
    return login => job.step('Key the content', async (log) => {
        const content = await completeKey(job, plan.build, { draft: await draft, docker, login });
        if (content.kind === 'unknown') {
            tell({ whyNotCompared: content.reason });
            log.warn(`Content is not compared, as ${content.reason}.`);
            log.result('Content is not compared: what is of this commit may be taken all the same');
            return content;
        }
        for (const [reference, digest] of Object.entries(content.images))
            log.info(`${reference} is ${digest}`);
        log.result(content.tag);
        return content;
    });
}
async function draftContent(job, { build }, docker) {
    const contexts = Object.entries((0,build_contexts/* contextsOf */.WO)(build));
    const elsewhere = contexts.find(([, place]) => place.kind === 'elsewhere');
    if (elsewhere !== undefined)
        return unknownContent(`the context '${elsewhere[0]}' is no folder of this machine`);
    const file = build.file ?? (0,external_node_path_.join)(build.context, 'Dockerfile');
    const dockerfile = await (0,promises_.readFile)(file, 'utf8');
    const bases = await baseImages(dockerfile, build);
    if (bases.kind === 'unknown')
        return bases;
    const ignored = await (0,dockerignore/* readIgnoreFile */.rj)(build.context, file);
    const references = contexts.flatMap(([, place]) => (place.kind === 'image' ? place.reference : []));
    const images = (0,platform_job/* begin */.qN)(resolveAll(job, await docker, [...bases.images, ...references]));
    const folders = {};
    for (const [name, place] of contexts) {
        if (place.kind !== 'folder')
            continue;
        const ignores = await (0,dockerignore/* ignoreMatcher */.NJ)(name === 'context' ? ignored : await (0,dockerignore/* readIgnoreFile */.rj)(place.path, undefined));
        const folder = await hashFolder(place.path, { ...ignores, signal: job.signal });
        if (folder.kind === 'unknown')
            return unknownContent(`of the context '${place.path}': ${folder.reason}`);
        folders[name] = folder.hash;
    }
    return { kind: 'draft', folders, dockerfile, ignored, images: await images };
}
function unknownContent(reason) {
    return { kind: 'unknown', reason };
}
async function baseImages(dockerfile, build) {
    // The Dockerfile parser is loaded only when it is needed.
    const { baseImagesOf } = await Promise.all(/* import() */[__webpack_require__.e(279), __webpack_require__.e(474)]).then(__webpack_require__.bind(__webpack_require__, 6474));
    const native = `linux/${(0,external_node_os_.arch)() === 'x64' ? 'amd64' : (0,external_node_os_.arch)()}`;
    return baseImagesOf(dockerfile, {
        target: build.target,
        buildArgs: (0,content_key/* buildArgsOf */.tt)(build),
        contexts: Object.keys((0,build_contexts/* contextsOf */.WO)(build)),
        platforms: build.platforms.length > 0 ? build.platforms : [native],
        native,
    });
}
async function resolveAll(job, docker, references) {
    const digests = references.map(async (each) => [each, await digestOf(job, docker, each)]);
    return Object.fromEntries(await Promise.all(digests));
}
/** The digest that a reference names now, which is that of the index if there is one, as for BuildKit. */
async function digestOf(job, docker, reference) {
    const [, pinned] = /@(sha256:[0-9a-f]{64})$/.exec(reference) ?? [];
    if (pinned !== undefined)
        return pinned;
    const argv = ['imagetools', 'inspect', '--format', '{{json .Manifest.Digest}}', reference];
    const { exitCode, stdout } = await docker.askBuildx(argv, job.signal).catch(error => {
        job.signal.throwIfAborted();
        if (!(error instanceof failure/* Failure */.HR))
            throw error;
        // A registry that does not answer tells no digest.
        return { exitCode: 1, stdout: '' };
    });
    return exitCode === 0 ? /sha256:[0-9a-f]{64}/.exec(stdout)?.[0] : undefined;
}
async function completeKey(job, build, { draft, docker, login, }) {
    if (draft.kind === 'unknown')
        return draft;
    const unresolved = Object.keys(draft.images).filter(reference => draft.images[reference] === undefined);
    if (unresolved.length > 0)
        await login;
    const resolvedNow = unresolved.length > 0 ? await resolveAll(job, await docker, unresolved) : {};
    const images = {};
    for (const [reference, digest = resolvedNow[reference]] of Object.entries(draft.images)) {
        if (digest === undefined)
            return unknownContent(`no registry told the digest of ${reference}`);
        images[reference] = digest;
    }
    const pins = [draft.dockerfile, ...Object.values((0,content_key/* buildArgsOf */.tt)(build))].join('\n');
    return { kind: 'known', tag: (0,content_key/* contentTagOf */.dn)({ ...draft, build, images }), images, pins };
}


/***/ }),

/***/ 67568:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YD: () => (/* binding */ unexpectedMaterials),
/* harmony export */   dn: () => (/* binding */ contentTagOf),
/* harmony export */   tt: () => (/* binding */ buildArgsOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _build_fingerprint_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(40972);


/** The tag under which later commits find the image of the same content. It is no release tag and never moves. */
function contentTagOf({ build, folders, dockerfile, ignored, images }) {
    // The folders' hashes stand for the checked-out files, so the commits are left out.
    const parts = [
        (0,_build_fingerprint_js__WEBPACK_IMPORTED_MODULE_1__/* .fingerprintOf */ .ax)({ ...build, checkout: [] }),
        sorted(folders),
        hashOf(dockerfile),
        hashOf(ignored),
        sorted(images),
    ];
    return `content-${hashOf(JSON.stringify(parts)).slice(0, 40)}`;
}
function sorted(record) {
    return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
function hashOf(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex');
}
/** The values of build arguments by name. An argument without a value has the value of the job's variable. */
function buildArgsOf({ buildArgs, jobValues }) {
    const given = buildArgs.map(each => /^([^=]+)=(.*)$/s.exec(each)).filter(match => match !== null);
    return { ...jobValues, ...Object.fromEntries(given.map(([, name = '', value = '']) => [name, value])) };
}
/**
 * The materials of a build that its key does not cover: a base image whose tag moved after it was resolved, or something that
 * the build fetched, unless the Dockerfile or a build argument has its digest (`pins`).
 */
function unexpectedMaterials(materials, { images, pins }) {
    const known = new Set(Object.values(images));
    return materials.filter(({ uri, digest }) => {
        if (known.has(digest))
            return false;
        const value = digest.replace(/^\w+:/, '');
        return uri.startsWith('pkg:docker/') || value === '' || !pins.includes(value);
    });
}


/***/ }),

/***/ 71428:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ findExistingImages)
/* harmony export */ });
/* harmony import */ var _aws_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35811);
/* harmony import */ var _build_fingerprint_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(40972);
/* harmony import */ var _cache_mounts_plan_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(69943);
/* harmony import */ var _cache_plan_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(66250);
/* harmony import */ var _ecr_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(52484);
/* harmony import */ var _image_read_images_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(71043);






/**
 * Reads the images under the tags of this commit and of its content, in one call.
 * @throws {Failure} where docker could read another image from the manifest of one that may stand for a build.
 */
async function findExistingImages({ plan: { repository, tags, layers, mounts } }, { ecr }, key) {
    const content = await key;
    const cacheTags = [...(0,_cache_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .cacheTagsToFind */ .al)(layers), ...(0,_cache_mounts_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .mountTagsToFind */ .dK)(mounts)];
    const contentTags = content.kind === 'known' ? [content.tag] : [];
    const names = [tags.candidate, ...tags.releases, ...contentTags, ...cacheTags];
    try {
        const repositoryId = { repositoryName: repository.name, ...(0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .inRegistry */ .z9)(repository) };
        const images = await (0,_image_read_images_js__WEBPACK_IMPORTED_MODULE_5__/* .readImages */ .H)(ecr, repositoryId, (0,_image_read_images_js__WEBPACK_IMPORTED_MODULE_5__/* .byTag */ .O)(names));
        const found = images.map(({ tag = '', ...stored }) => ({ tag, stored }));
        const candidate = found.find(({ tag }) => tag === tags.candidate);
        const sameContent = found.find(({ tag }) => contentTags.includes(tag));
        const releases = found.filter(({ tag }) => tags.releases.includes(tag));
        const caches = found.filter(({ tag }) => cacheTags.includes(tag));
        return {
            ...(candidate && { candidate: withFingerprint(candidate.stored) }),
            ...(sameContent && { content: withFingerprint(sameContent.stored) }),
            releases: Object.fromEntries(releases.map(({ tag, stored }) => [tag, stored.digest])),
            holders: new Map(releases.map(({ tag, stored }) => [tag, stored])),
            caches: new Map(caches.map(({ tag, stored }) => [tag, stored])),
        };
    }
    catch (error) {
        if ((0,_aws_client_js__WEBPACK_IMPORTED_MODULE_0__/* .isRefusal */ .vu)(error, 'RepositoryNotFoundException'))
            return { releases: {} };
        throw error;
    }
}
function withFingerprint(stored) {
    return { ...stored, fingerprint: (0,_build_fingerprint_js__WEBPACK_IMPORTED_MODULE_1__/* .fingerprintIn */ .I5)(stored) };
}


/***/ }),

/***/ 54043:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ followCommitTag),
/* harmony export */   t: () => (/* binding */ takesOther)
/* harmony export */ });
/* harmony import */ var _build_contexts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(24555);
/* harmony import */ var _build_fingerprint_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40972);
/* harmony import */ var _platform_actions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(21605);



/**
 * Makes the function that answers whether an image, to which another job has moved the commit's tag, is taken in place of the one of this
 * run: it is, where it would be taken in place of a build.
 * @throws {Failure} where docker could read another image from a manifest.
 */
function takesOther({ plan }, { image, manifest }) {
    return async (other) => {
        if (plan.reuse === 'off' || (0,_build_contexts_js__WEBPACK_IMPORTED_MODULE_2__/* .unpinnedContexts */ .Kq)(plan.build).length > 0)
            return false;
        return (0,_build_fingerprint_js__WEBPACK_IMPORTED_MODULE_0__/* .haveSameInputs */ .k1)({ digest: image.digest, ...(await manifest()) }, other);
    };
}
/**
 * Goes on with the image to which another job has moved the commit's tag; where there is none, nothing is left to do. Returns the image
 * that the run ends with.
 */
async function followCommitTag({ plan }, { repository: { uri }, image, other, }, follow) {
    if (other === undefined)
        return image;
    const { digest } = other;
    // They are of the image that this run has built.
    (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_1__/* .setOutputs */ .n0)([
        ['metadata', ''],
        ['imageid', ''],
    ]);
    return follow({
        kind: 'reused',
        by: 'commit',
        isRecent: true,
        ref: `${uri}@${digest}`,
        digest,
        tag: plan.tags.candidate,
        manifest: other,
    });
}


/***/ }),

/***/ 25996:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ reuseOrBuild)
});

// EXTERNAL MODULE: ./build/build/contexts.js
var contexts = __webpack_require__(24555);
// EXTERNAL MODULE: ./build/image/archived-image.js
var archived_image = __webpack_require__(23570);
// EXTERNAL MODULE: ./build/image/tagger.js
var tagger = __webpack_require__(20138);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/platform/job.js
var job = __webpack_require__(56497);
// EXTERNAL MODULE: ./build/platform/own-value.js
var own_value = __webpack_require__(86982);
// EXTERNAL MODULE: ./build/tags/select-releases.js
var select_releases = __webpack_require__(70261);
// EXTERNAL MODULE: ./build/build/fingerprint.js + 1 modules
var build_fingerprint = __webpack_require__(40972);
// EXTERNAL MODULE: ./build/ecr/manifest.js + 2 modules
var manifest = __webpack_require__(27079);
// EXTERNAL MODULE: ./build/ecr/mutability.js
var ecr_mutability = __webpack_require__(87973);
// EXTERNAL MODULE: ./build/image/tag-conflict.js
var tag_conflict = __webpack_require__(77549);
;// CONCATENATED MODULE: ./build/reuse/decide.js





/** Decides before the build whether an existing image is reused, and finds tags on which the push would fail. */
function decideReuse({ build, tags, reuse }, { existing, mutability }) {
    const { candidate } = existing;
    const fingerprint = (0,build_fingerprint/* fingerprintOf */.ax)(build);
    const unpinned = (0,contexts/* unpinnedContexts */.Kq)(build);
    const sameContent = reuse === 'content' && isSameContent(existing.content, fingerprint) ? existing.content : undefined;
    const sameCommit = candidate !== undefined &&
        (candidate.digest === sameContent?.digest ||
            (reuse !== 'off' && unpinned.length === 0 && (0,build_fingerprint/* isOfSameInputs */.bW)(candidate.fingerprint, build)))
        ? candidate
        : undefined;
    if (candidate !== undefined && sameCommit === undefined && !(0,ecr_mutability/* isMutableTag */.RB)(tags.candidate, mutability)) {
        return {
            kind: 'conflict',
            message: `The tag ${tags.candidate} names an image of this commit already (${candidate.digest}), ${sayDifference(candidate, fingerprint)}, and it cannot move.`,
            remedy: remedyFor(reuse, {
                unpinned,
                isOther: candidate.fingerprint !== undefined && !(0,build_fingerprint/* isOfSameInputs */.bW)(candidate.fingerprint, build),
            }),
        };
    }
    const found = sameCommit ?? sameContent;
    const conflict = (0,tag_conflict/* findTagConflict */.qy)(tags.releases, { digest: found?.digest, existing, mutability });
    if (conflict !== undefined) {
        const mayAsk = found === undefined && reuse === 'commit' && unpinned.length === 0 && !build.noCache;
        const inputs = mayAsk ? inputsIn(existing.holders?.get(conflict.tag)) : undefined;
        const mayShare = inputs !== undefined && hasSameInputsElsewhere(inputs, fingerprint);
        return mayShare ? { ...conflict, remedy: `${conflict.remedy} ${shareContent}` } : conflict;
    }
    const warning = sameCommit === undefined ? sayMoves(tags.candidate, candidate, build) : undefined;
    const more = warning === undefined ? {} : { warning };
    if (found === undefined)
        return { kind: 'build', ...more };
    return { kind: 'reuse', by: sameCommit === undefined ? 'content' : 'commit', found, ...more };
}
const shareContent = 'That image was made from the same inputs, of another commit. For commits that change nothing of what it is made of, set `reuse: content`: from the next image on they are given the image that has the tag.';
/** The fingerprint of an image that is only told of. */
function inputsIn(stored) {
    return stored === undefined || (0,manifest/* readContentIfSound */.SO)(stored) === undefined ? undefined : (0,build_fingerprint/* fingerprintIn */.I5)(stored);
}
/** The warning where the commit's tag moves away from an image of other inputs, which may be meant to stand beside this one. */
function sayMoves(tag, candidate, build) {
    if (candidate?.fingerprint === undefined || (0,build_fingerprint/* isOfSameInputs */.bW)(candidate.fingerprint, build))
        return undefined;
    return (`The commit's tag ${tag} moves away from ${candidate.digest}, ${sayDifference(candidate, (0,build_fingerprint/* fingerprintOf */.ax)(build))}. ` +
        `If both images are wanted: ${tag_conflict/* nameApart */.gz}`);
}
/** Whether an image with this content key was made from the same inputs. The key covers the checkout, so that may differ. */
function isSameContent(content, fingerprint) {
    return content?.fingerprint !== undefined && hasSameInputsElsewhere(content.fingerprint, fingerprint);
}
function hasSameInputsElsewhere(one, other) {
    return (0,build_fingerprint/* differencesOf */.g6)(one, other).every(name => name === 'checkout');
}
const apartOrNew = `If both images are wanted: ${tag_conflict/* nameApart */.gz} Else push another commit, or delete that tag in ECR.`;
function remedyFor(reuse, { unpinned, isOther }) {
    if (isOther)
        return apartOrNew;
    if (reuse === 'off')
        return 'Set `reuse: commit` to take that image, push another commit, or delete that tag in ECR.';
    return unpinned.length > 0
        ? `${sayUnpinned(unpinned)} Pin it, by \`#\` and a full commit SHA or by \`@sha256:…\`, so that the image can be taken; or push another commit, or delete that tag in ECR.`
        : apartOrNew;
}
/** The log line on contexts that are not pinned: the same commit can have other content. */
function sayUnpinned(contexts) {
    const named = contexts.map(name => `'${name}'`).join(', ');
    return `The commit's own image does not stand for a build, as what is under the address of ${contexts.length > 1 ? 'the contexts' : 'the context'} ${named} may change.`;
}
function sayDifference({ fingerprint }, mine) {
    if (fingerprint === undefined)
        return 'which does not say what it was made from';
    const names = (0,build_fingerprint/* differencesOf */.g6)(fingerprint, mine);
    if (names.length === 0)
        return 'made from the same inputs';
    return `made from other inputs (${(0,build_fingerprint/* sayDiffering */.YB)(names)})`;
}

;// CONCATENATED MODULE: ./build/reuse/reuse-or-build.js








/**
 * Reuses an image that is in the repository, or builds it.
 * @throws {Failure} where a tag names another image and cannot move.
 */
async function reuseOrBuild({ job, plan }, aws, options) {
    const fullOptions = { ...options, tagger: (0,tagger/* openTagger */.$)(aws, options.repository) };
    const reused = await reuseExisting(job, plan, fullOptions);
    if (reused !== undefined) {
        if (plan.build.load || plan.build.outputs.length > 0)
            await fullOptions.buildOtherOutputs();
        return reused;
    }
    const made = await fullOptions.build(async () => {
        const other = chooseReusable(plan, fullOptions.repository, {
            existing: await fullOptions.findAgain(),
        })?.found;
        if (other === undefined)
            await refuseArchived(plan, aws, fullOptions.repository);
        return other;
    });
    const { image } = made;
    // A push that ended at the commit's tag has not come to the others.
    if (image.kind === 'reused')
        await pushMissingTags(plan, { ...image.manifest, digest: image.digest }, fullOptions);
    return made;
}
/** Throws a `Failure` where the commit's tag cannot move because it names an archived image, which nobody is shown. */
async function refuseArchived({ tags }, aws, { name: repositoryName, registryId, uri }) {
    const hidden = await (0,archived_image/* findHidden */.C$)(aws, { repositoryName, registryId }, { imageTag: tags.candidate });
    if (!(0,archived_image/* isArchived */.F$)(hidden))
        return;
    throw (0,archived_image/* archivedFailure */.nk)(`${uri}:${tags.candidate}, which this commit was built as before,`, {
        repositoryName,
        image: hidden,
    });
}
function reuseExisting(job, plan, options) {
    const { repository } = options;
    const tag = plan.tags.candidate;
    const reference = `${repository.uri}:${tag}`;
    return job.step('Look for the image', async (log) => {
        const unpinned = plan.reuse === 'off' ? [] : (0,contexts/* unpinnedContexts */.Kq)(plan.build);
        if (unpinned.length > 0)
            log.info(sayUnpinned(unpinned));
        const reusable = chooseReusable(plan, repository, { existing: options.existing, log });
        if (reusable === undefined) {
            log.result(`${reference} is to be built`);
            return undefined;
        }
        const { found, by } = await tagWithCommit(plan, options, reusable);
        if (found === undefined) {
            log.result(`${reference} is to be built: the image of its content has as many tags as ECR allows`);
            return undefined;
        }
        await pushMissingTags(plan, found, options);
        const asksForNew = [
            ...(plan.build.noCache ? ['no-cache'] : []),
            ...(plan.build.noCacheFilters.length > 0 ? ['no-cache-filters'] : []),
            ...(plan.build.pull ? ['pull'] : []),
        ];
        if (asksForNew.length > 0)
            log.info(sayNotBuilt(asksForNew));
        const why = by === 'commit' ? 'is there already, from the same inputs' : 'now names the image of its content';
        log.result(`${reference} ${why}: ${found.digest}`);
        const ref = `${repository.uri}@${found.digest}`;
        return { image: { kind: 'reused', by, ref, digest: found.digest, tag, manifest: found } };
    });
}
/** The log line on inputs that have no effect on an image that is there. */
function sayNotBuilt(names) {
    const inputs = names.map(name => `\`${name}\``).join(', ');
    return `${inputs} ${names.length > 1 ? 'say' : 'says'} how an image is built, and this one is there: with \`reuse: off\` each run builds, where the commit's tag can move.`;
}
function chooseReusable(plan, { mutability }, { existing, log }) {
    const decision = decideReuse(plan, { existing, mutability });
    if (decision.kind === 'conflict')
        throw new failure/* Failure */.HR(decision.message, { remedy: decision.remedy });
    if (decision.warning !== undefined)
        log?.warn(decision.warning);
    return decision.kind === 'reuse' ? decision : undefined;
}
/** Puts the commit's tag on an image of the same content. If another job was faster, that job's image is reused. */
async function tagWithCommit(plan, { repository, tagger, findAgain }, { by, found }) {
    if (by === 'commit')
        return { by, found };
    const tagged = await tagger.put(plan.tags.candidate, found);
    switch (tagged.kind) {
        case 'put':
        case 'there':
            return { by, found };
        case 'full':
            return { by, found: undefined };
        case 'taken':
            return {
                by: 'commit',
                found: chooseReusable(plan, repository, { existing: await findAgain() })?.found,
            };
    }
}
/** With `release: with-push`, puts the missing release tags on the reused image, as a build would have pushed them. */
async function pushMissingTags({ release, tags }, found, { existing, tagger }) {
    if (release !== 'with-push')
        return;
    for (const group of Object.values((0,select_releases/* splitFixedAndMoving */.K5)(tags))) {
        const missing = group.filter(tag => (0,own_value/* ownValue */.e)(existing.releases, tag) !== found.digest);
        await (0,job/* together */.bs)(...missing.map(tag => tagger.release(tag, found)));
    }
}


/***/ }),

/***/ 23086:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  x: () => (/* binding */ assumeRole)
});

// EXTERNAL MODULE: ./build/aws/client.js
var aws_client = __webpack_require__(35811);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(74995);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/aws/connection.js
var connection = __webpack_require__(33256);
;// CONCATENATED MODULE: ./build/aws/ecr.js



/** Opens a client of ECR for the private registries of a region. */
async function openEcr(region, { credentials, denied, signal }) {
    // Loaded here and not at the start, as the SDK is half of the bundle; it loads while the runner answers the OIDC request.
    const { ECR, paginateDescribeImages } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(249)]).then(__webpack_require__.t.bind(__webpack_require__, 28249, 19));
    const client = new ECR({ region, requestHandler: (0,connection/* requestOptions */.a)(), ...(credentials && { credentials }) });
    (0,connection/* guardRequests */.e)(client.config.requestHandler, signal);
    client.middlewareStack.add((0,aws_client/* renewExpired */.Nb)(client.config.credentials), { step: 'initialize' });
    client.middlewareStack.add((0,aws_client/* explainErrors */.$Q)('ecr', { region, denied }), {
        step: 'initialize',
        priority: 'high',
    });
    const ecr = Object.assign(client, {
        clockOffset: () => client.config.systemClockOffset,
        describeImagePages: (request) => paginateDescribeImages({ client, ...imagePagination }, request),
        describeRegistries: unsupported('DescribeRegistries', 'A private registry'),
        getRepositoryCatalogData: unsupported('GetRepositoryCatalogData', 'A private registry'),
        putRepositoryCatalogData: unsupported('PutRepositoryCatalogData', 'A private registry'),
    });
    return { ecr, credentials: client.config.credentials };
}
/** Images per page; a page token that repeats ends the paging, which would otherwise never end. */
const imagePagination = { pageSize: 1000, stopOnSameToken: true };
/** An operation that this kind of registry does not have. Inputs that need it are rejected earlier, when they are read. */
function unsupported(operation, registry) {
    return () => Promise.reject(new failure/* Failure */.HR(`${registry} has no ${operation}.`, {
        remedy: 'Please report this run: it is our mistake.',
    }));
}

;// CONCATENATED MODULE: ./build/aws/ecr-public.js






/** The region in which ECR Public is called. https://docs.aws.amazon.com/general/latest/gr/ecr-public.html */
const region = 'us-east-1';
/** Three tries within some seconds. */
const readAgain = { retries: 2, minTimeout: 500, randomize: true };
/** Opens a client of ECR Public with the operations of a private registry, so that the steps work with either. */
async function openPublicEcr({ credentials, denied, signal, docker: find, addressFor, }) {
    let found;
    const { ECRPUBLIC, paginateDescribeImages } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(821)]).then(__webpack_require__.t.bind(__webpack_require__, 29821, 19));
    const options = { region, requestHandler: (0,connection/* requestOptions */.a)(), ...(credentials && { credentials }) };
    const client = new ECRPUBLIC(options);
    (0,connection/* guardRequests */.e)(client.config.requestHandler, signal);
    client.middlewareStack.add((0,aws_client/* renewExpired */.Nb)(client.config.credentials), { step: 'initialize' });
    client.middlewareStack.add((0,aws_client/* explainErrors */.$Q)('ecr-public', { region, denied }), {
        step: 'initialize',
        priority: 'high',
    });
    const unsupportedHere = (operation) => unsupported(operation, 'ECR Public');
    const ecr = {
        clockOffset: () => client.config.systemClockOffset,
        /** The API of ECR Public has no such operation, so docker reads the manifests, which are public. */
        async batchGetImage({ repositoryName = '', registryId, imageIds = [] }) {
            const { repositories } = await client.describeRepositories({
                repositoryNames: [repositoryName],
                ...(registryId !== undefined && { registryId }),
            });
            const uri = addressFor(repositories?.[0]?.repositoryUri ?? '');
            const docker = await (found ??= find());
            // Unlike the SDK, docker makes each request once.
            const read = (imageId) => () => readManifest(docker, uri, { imageId, signal });
            const answers = await Promise.all(imageIds.map(imageId => (0,p_retry/* default */.Ay)(read(imageId), { ...readAgain, signal })));
            return { images: answers.filter(each => each !== undefined) };
        },
        createRepository: ({ repositoryName, tags, catalogData }) => client.createRepository({ repositoryName, ...(tags && { tags }), ...(catalogData && { catalogData }) }),
        /** ECR Public archives no images, so a filter has nothing to leave out. */
        describeImages: ({ repositoryName, registryId, imageIds }) => client.describeImages({ repositoryName, registryId, imageIds }),
        describeImagePages: ({ repositoryName, registryId }) => paginateDescribeImages({ client, ...imagePagination }, { repositoryName, ...(registryId !== undefined && { registryId }) }),
        describeRegistries: request => client.describeRegistries(request),
        describeRepositories: request => client.describeRepositories(request),
        async getAuthorizationToken() {
            const { authorizationData } = await client.getAuthorizationToken({});
            return { authorizationData: authorizationData ? [authorizationData] : [] };
        },
        getRepositoryCatalogData: request => client.getRepositoryCatalogData(request),
        getRepositoryPolicy: request => client.getRepositoryPolicy(request),
        async listTagsForResource(request) {
            const { tags = [] } = await client.listTagsForResource(request);
            return { tags: tags.flatMap(({ Key, Value }) => (Key && Value !== undefined ? [{ Key, Value }] : [])) };
        },
        putImage: request => client.putImage(request),
        putRepositoryCatalogData: request => client.putRepositoryCatalogData(request),
        setRepositoryPolicy: request => client.setRepositoryPolicy(request),
        tagResource: request => client.tagResource(request),
        batchGetRepositoryScanningConfiguration: unsupportedHere('BatchGetRepositoryScanningConfiguration'),
        describeImageScanFindings: unsupportedHere('DescribeImageScanFindings'),
        describeRepositoryCreationTemplates: unsupportedHere('DescribeRepositoryCreationTemplates'),
        getDownloadUrlForLayer: unsupportedHere('GetDownloadUrlForLayer'),
        getLifecyclePolicy: unsupportedHere('GetLifecyclePolicy'),
        getLifecyclePolicyPreview: unsupportedHere('GetLifecyclePolicyPreview'),
        getRegistryScanningConfiguration: unsupportedHere('GetRegistryScanningConfiguration'),
        putImageScanningConfiguration: unsupportedHere('PutImageScanningConfiguration'),
        putImageTagMutability: unsupportedHere('PutImageTagMutability'),
        putLifecyclePolicy: unsupportedHere('PutLifecyclePolicy'),
        startImageScan: unsupportedHere('StartImageScan'),
        startLifecyclePolicyPreview: unsupportedHere('StartLifecyclePolicyPreview'),
    };
    return { ecr, credentials: client.config.credentials };
}
/** A manifest, byte for byte as the registry stores it, whose media type docker does not tell; `undefined` where there is none. */
async function readManifest(docker, uri, { imageId, signal }) {
    const { imageTag, imageDigest } = imageId;
    const reference = imageDigest === undefined ? `${uri}:${imageTag}` : `${uri}@${imageDigest}`;
    const argv = ['imagetools', 'inspect', '--raw', reference];
    const { exitCode, stdout, stderr } = await docker.askBuildx(argv, signal);
    if (exitCode !== 0) {
        const message = stderr.trim();
        if (/not found|manifest unknown/i.test(message))
            return undefined;
        throw new failure/* Failure */.HR(`docker could not read ${reference}: ${message}`, {
            remedy: "Check that the runner's docker reaches this host, then run the job again.",
        });
    }
    const digest = imageDigest ?? `sha256:${(0,external_node_crypto_.createHash)('sha256').update(stdout).digest('hex')}`;
    return { imageId: { ...imageId, imageDigest: digest }, imageManifest: stdout };
}

// EXTERNAL MODULE: ./build/aws/inspector.js
var aws_inspector = __webpack_require__(96883);
// EXTERNAL MODULE: ./build/aws/sts.js
var aws_sts = __webpack_require__(32086);
// EXTERNAL MODULE: ./build/docker/docker.js + 1 modules
var docker_docker = __webpack_require__(94185);
// EXTERNAL MODULE: ./build/ecr/reference.js
var reference = __webpack_require__(52484);
// EXTERNAL MODULE: ./build/platform/actions.js
var actions = __webpack_require__(21605);
;// CONCATENATED MODULE: ./build/platform/proxy.js

/**
 * Sends the requests of this process and of its children through a proxy: it sets the environment variables that all of them
 * read. The password in the address is masked, as it is written and decoded, unless it is so short that this would hide other text.
 * https://docs.github.com/en/actions/how-tos/manage-runners/self-hosted-runners/use-proxy-servers
 */
function useProxy(proxy, noProxy) {
    const { password } = new URL(proxy);
    for (const form of [password, decodeURIComponent(password)])
        (0,actions/* maskIfLong */.wv)(form);
    Object.assign(process.env, {
        https_proxy: proxy,
        http_proxy: proxy,
        ...(noProxy !== undefined && { no_proxy: noProxy }),
    });
}

;// CONCATENATED MODULE: ./build/role/access-denied.js
/** What denied the call, by the message of AWS, and where to change it. */
const reasons = [
    [
        /explicit deny in an? service control policy/i,
        'A service control policy of the organisation denies it: only an administrator of the organisation can lift that.',
    ],
    [
        /explicit deny in an? resource control policy/i,
        'A resource control policy of the organisation denies it: only an administrator of the organisation can lift that.',
    ],
    [
        /explicit deny/i,
        'A policy denies it explicitly, and a denial outranks every permission: find the statement with "Effect": "Deny".',
    ],
    [
        /no session policy allows/i,
        'The session was narrowed: `inline-session-policy` or `managed-session-policies` has to allow it too.',
    ],
    [
        /no resource-based policy allows/i,
        "The repository is another account's: the repository's own policy has to admit the role too, for each of the actions below.",
    ],
    [/no permissions boundary allows/i, "The role's permissions boundary has to allow it too."],
];
/**
 * The remedy for a denied call: what it needs, and a policy with all permissions that the inputs need. An action that is not in it
 * is needed for what the registry is set to do, such as signing what is pushed, which no input tells.
 */
function explainDenial(message, policy) {
    const [, action, resource] = /perform: ([\w-]+:\w+) on resource: (\S+)/.exec(message) ?? [];
    const holder = /^User: arn:[^:]+:iam::\d+:user\//.test(message) ? 'user' : 'role';
    const explanation = reasons.find(([pattern]) => pattern.test(message))?.[1];
    const isUnforeseen = action !== undefined &&
        policy.Statement.length > 0 &&
        !policy.Statement.some(({ Action }) => [Action].flat().includes(action));
    const unforeseen = isUnforeseen && resource !== undefined
        ? [{ Sid: 'Registry', Effect: 'Allow', Action: action, Resource: resource }]
        : [];
    return [
        explanation ??
            `The ${holder} lacks ${action ?? 'the action'}${resource === undefined ? '' : ` on ${resource}`}.`,
        isUnforeseen
            ? `All that these inputs need, and that action, which no input asks for but the registry's settings may, for a policy of the ${holder}:`
            : `All that these inputs need, for a policy of the ${holder}:`,
        JSON.stringify({ ...policy, Statement: [...policy.Statement, ...unforeseen] }, null, 2),
    ].join('\n');
}
/**
 * The remedy where a role may not be assumed by the role before it, or the first one by whoever has the keys: both have to allow it.
 * `message` is that of AWS, which names the caller.
 */
function explainChain(next, { message, before, policy }) {
    const caller = before === 'role' ? 'the role before it' : callerIn(message);
    return [
        `The trust policy of ${next} has to admit ${caller} as a principal, with the same \`role-external-id\` where it asks for one;`,
        `and ${caller} needs, in a policy of its own:`,
        JSON.stringify(policy, null, 2),
    ].join('\n');
}
/** Who made a call that AWS denies. Of a session the role is told, as a policy names it. */
function callerIn(message) {
    const [, caller = 'the owner of these keys'] = /User: (arn:\S+) is not authorized/.exec(message) ?? [];
    const [, account, name] = /:sts::(\d+):assumed-role\/([^/]+)\//.exec(caller) ?? [];
    return name === undefined ? caller : `the role ${name} of account ${account}`;
}
/** The permissions that a role needs to assume the next one of a chain. */
function chainingPermissions({ tags }, next) {
    const actions = ['sts:AssumeRole', ...(Object.keys(tags).length > 0 ? ['sts:TagSession'] : [])];
    return {
        Version: '2012-10-17',
        Statement: [{ Sid: 'Chain', Effect: 'Allow', Action: actions, Resource: next }],
    };
}

// EXTERNAL MODULE: ./build/role/call-sts.js + 1 modules
var call_sts = __webpack_require__(64198);
// EXTERNAL MODULE: ./build/role/credentials.js
var credentials = __webpack_require__(6139);
// EXTERNAL MODULE: ./build/role/mask-account.js
var mask_account = __webpack_require__(82843);
// EXTERNAL MODULE: ./node_modules/jose/dist/webapi/util/decode_jwt.js + 4 modules
var decode_jwt = __webpack_require__(49937);
// EXTERNAL MODULE: ./build/platform/github-api.js
var github_api = __webpack_require__(56826);
// EXTERNAL MODULE: ./build/platform/http.js + 1 modules
var http = __webpack_require__(53900);
// EXTERNAL MODULE: ./build/role/own-credentials.js
var own_credentials = __webpack_require__(55530);
;// CONCATENATED MODULE: ./build/role/oidc-token.js





/** How often GitHub is asked, and how long one answer may take. With the waits between them, all takes a minute at most. */
const TRIES = 5;
const LIMIT_MS = 10_000;
/** Milliseconds before the second try. Each further wait is twice as long. */
const FIRST_WAIT_MS = 200;
/**
 * Requests a new OIDC token of GitHub for an audience. The token is masked and expires after about five minutes.
 * https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 * @throws {Failure} when the job has no permission to request one, or GitHub does not answer with one. If the signal ended the
 * wait, the signal's reason is thrown.
 */
async function requestOidcToken(audience, signal, { limitMs = LIMIT_MS, firstWaitMs = FIRST_WAIT_MS } = {}) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN } = process.env;
    if (!ACTIONS_ID_TOKEN_REQUEST_URL || !ACTIONS_ID_TOKEN_REQUEST_TOKEN) {
        throw new failure/* Failure */.HR("This job may not ask GitHub for an OIDC token, so it can't assume `role-to-assume`.", {
            remedy: [`Add to the job:\n${PERMISSIONS}`, ...(0,own_credentials/* adviseChaining */.G)(process.env)].join('\n'),
        });
    }
    let token;
    const answer = await (0,http/* getWithRetries */.Te)({
        url: withAudience(ACTIONS_ID_TOKEN_REQUEST_URL, audience),
        headers: { authorization: `Bearer ${ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
        tries: TRIES,
        limitMs,
        firstWaitMs,
        signal,
        isAnswer(response) {
            token = tokenIn(response);
            if (token !== undefined)
                (0,actions/* mask */.dK)(token);
            return token !== undefined || response.status >= 300;
        },
    }).catch(error => {
        signal?.throwIfAborted();
        throw new failure/* Failure */.HR(`GitHub did not hand out an OIDC token in ${TRIES} tries: ${error.message}.`, {
            remedy: PASSING_REMEDY,
            cause: error,
        });
    });
    if (token === undefined)
        throw refusal(answer);
    return token;
}
const PERMISSIONS = '  permissions:\n    id-token: write\n    contents: read';
const PASSING_REMEDY = 'Run the job again; https://www.githubstatus.com tells whether Actions has an incident. On a runner of your own, look at its network and its proxy.';
/** What a refusal of each status means, and what to do about it. */
const refusals = {
    401: {
        meaning: 'GitHub no longer takes the token with which this job asks, as when the job has ended or was cancelled',
        remedy: 'Run the job again. A step that goes on after its job cannot ask for a token.',
    },
    403: {
        meaning: 'this job may not ask for one',
        remedy: `Add to the job, and to the workflow that calls it where it is a reusable one:\n${PERMISSIONS}`,
    },
    404: {
        meaning: 'GitHub does not know this job, as when it has ended or runs again',
        remedy: 'Run the job again. On a GitHub Enterprise Server, ask its administrators whether OIDC for Actions is set up there.',
    },
};
function refusal(response) {
    const { status } = response;
    const said = (0,github_api/* messageIn */.v6)(response);
    if ((0,http/* isPassing */.WG)(response)) {
        return new failure/* Failure */.HR(`GitHub did not hand out an OIDC token in ${TRIES} tries: ${said}.`, {
            remedy: PASSING_REMEDY,
        });
    }
    if (status < 300) {
        return new failure/* Failure */.HR(`GitHub did not hand out an OIDC token in ${TRIES} tries: the answers had the status ${status} and no token, so something before GitHub may have given them.`, { remedy: PASSING_REMEDY });
    }
    const { meaning, remedy } = refusals[status] ?? {
        meaning: 'this request is refused',
        remedy: PASSING_REMEDY,
    };
    return new failure/* Failure */.HR(`GitHub did not hand out an OIDC token: ${meaning}. ${said}.`, { remedy });
}
/** The text of an answer is never shown, as a part of it may be a part of a token. */
function tokenIn({ status, body }) {
    const isToken = status === 200 && typeof body === 'object' && body !== null && 'value' in body;
    return isToken && typeof body.value === 'string' && body.value !== '' ? body.value : undefined;
}
/** The URL of the request has a query already on GitHub. */
function withAudience(address, audience) {
    const url = URL.parse(address);
    if (url === null) {
        throw new failure/* Failure */.HR('ACTIONS_ID_TOKEN_REQUEST_URL is no URL, so GitHub cannot be asked for an OIDC token.', {
            remedy: 'The runner sets this variable: let no step and no `env` of the workflow change it.',
        });
    }
    url.searchParams.set('audience', audience);
    return url.href;
}

// EXTERNAL MODULE: ./build/aws/arn.js
var arn = __webpack_require__(23385);
// EXTERNAL MODULE: ./build/aws/iam-policy.js
var iam_policy = __webpack_require__(9514);
// EXTERNAL MODULE: ./build/role/oidc-subject.js
var oidc_subject = __webpack_require__(9513);
;// CONCATENATED MODULE: ./build/role/trust-diagnosis.js



const otherClaims = [
    'repository',
    'repository_id',
    'repository_owner_id',
    'ref',
    'event_name',
    'environment',
];
/**
 * Claims that AWS compares: those of every provider, and those of github.com's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const comparedClaims = ['aud', 'sub'];
const comparedClaimsOfGitHub = [
    'actor',
    'actor_id',
    'job_workflow_ref',
    'repository',
    'repository_id',
    'workflow',
    'ref',
    'environment',
    'enterprise_id',
];
const runnerClaims = ['job_workflow_ref', 'runner_environment'];
/**
 * The remedy for a refused AssumeRoleWithWebIdentity: the claims of the job, the likely causes, and a trust policy that admits
 * the job.
 */
function explainRefusal(roleArn, claims) {
    const { iss = '', aud = '', sub = '' } = claims;
    const present = ['iss', 'aud', 'sub', ...otherClaims, ...runnerClaims].filter(claim => claims[claim] !== undefined);
    const width = Math.max(...present.map(claim => claim.length));
    const subjects = subjectFormsOf(claims);
    const runsForTag = /:ref:refs\/tags\//.test(sub);
    return [
        "The job's token says",
        ...present.map(claim => `  ${claim.padEnd(width)}  ${claims[claim]}`),
        'What often does not match',
        ...likelyCauses(roleArn, claims).map(each => `  - ${each}`),
        "A trust policy for the role that admits this job, whichever form its repository's subject has",
        JSON.stringify((0,iam_policy/* trustPolicy */.R)(roleArn, { issuer: iss, audience: aud, subjects: subjects.length > 0 ? subjects : [sub] }), null, 2),
        ...(runsForTag
            ? [
                'With refs/tags/* in the place of this tag it admits whoever may push a tag, on any commit: have a ruleset for tags, or release from an environment.',
            ]
            : []),
    ].join('\n');
}
/** The likely causes for these claims, the likeliest first. */
function likelyCauses(roleArn, claims) {
    const { iss = '', aud = '', sub = '' } = claims;
    const { account = '' } = (0,arn/* parseArn */.L)(roleArn);
    const provider = iss.replace(/^https:\/\//, '');
    const compared = [...comparedClaims, ...((0,oidc_subject/* isOfGitHub */.ND)(iss) ? comparedClaimsOfGitHub : [])];
    return [
        /^repo:[^:]*@\d+\/[^:]*@\d+:/.test(sub) &&
            'The subject has ids (OWNER@ID/REPO@ID), as of repositories made, renamed or transferred after 2026-07-15: a policy for repo:OWNER/REPO:… does not match it.',
        !hasUsualEnding(claims) &&
            'The subject was customised for this repository or organisation: a policy for repo:OWNER/REPO:… as GitHub makes it by default does not match it.',
        iss !== oidc_subject/* defaultIssuer */.LV &&
            `The issuer is not ${oidc_subject/* defaultIssuer */.LV}: the account needs an OIDC provider for ${iss}, and the policy its name as principal and in its conditions.`,
        sub.endsWith(':pull_request') &&
            'The job runs for a pull request: a policy for a branch, ref:refs/heads/…, does not admit it.',
        /:environment:/.test(sub) &&
            'The job names an environment, so its subject ends with environment:… and not with a ref.',
        /:ref:refs\/tags\//.test(sub) &&
            'The job runs for a tag: a policy for ref:refs/heads/… does not admit it.',
        aud !== 'sts.amazonaws.com' &&
            `The audience is '${aud}': the policy and the provider's client ids have to have it, or leave \`audience\` out.`,
        `The role does not exist under this name and path: ${roleArn}`,
        `The policy's principal is another provider than oidc-provider/${provider} of account ${account}, or has StringEquals where a * is meant to match (that needs StringLike).`,
        `The policy asks for a claim that AWS does not compare, such as repository_owner or event_name, which never holds. AWS compares ${compared.join(', ')}.`,
    ].filter(each => each !== false);
}
/** Whether the subject says where the job runs as GitHub says it by default, behind whatever names the repository. */
function hasUsualEnding({ sub = '' }) {
    return /^repo:[^:]*:(pull_request|ref:[^:]*|environment:[^:]*)$/.test(sub);
}
/** Both forms of the subject; only its own form if it was customised, and none if it names no repository. */
function subjectFormsOf(claims) {
    const { sub = '', repository, repository_id: repositoryId = '', repository_owner_id: ownerId = '', } = claims;
    const ending = /^repo:[^:]*:(.*)$/.exec(sub)?.[1];
    if (ending === undefined || repository === undefined)
        return [];
    const forms = (0,oidc_subject/* subjectForms */.wO)({ repository, repositoryId, ownerId }, ending);
    return forms.includes(sub) ? forms : [sub];
}

;// CONCATENATED MODULE: ./build/role/open-sessions.js









/**
 * The provider of the credentials of the last role, which renews the whole chain when they expire; `undefined` means the SDK's
 * default chain.
 */
function providerOf(job, role) {
    const { chain } = role;
    const first = firstProviderOf(job, role);
    // The same role may be in a chain twice, so that its place counts and not its ARN.
    return chain.reduce((before, arn, place) => (0,credentials/* keepFresh */.yA)(() => assumeNext(job, role, { arn, place, before })), first);
}
/** The provider of the first credentials; `undefined` means the SDK's default chain. */
function firstProviderOf(job, role) {
    const { source } = role;
    switch (source.kind) {
        case 'oidc':
            return (0,credentials/* keepFresh */.yA)(() => assumeWithToken(job, role, source.arn));
        case 'keys':
            return () => Promise.resolve(source.keys);
        case 'default':
            return undefined;
    }
}
/**
 * Assumes the first role with a new OIDC token each time: a token expires after five minutes, a session only after the time
 * that the role allows.
 */
async function assumeWithToken(job, role, arn) {
    const sts = await (0,aws_sts/* openSts */.$)(role.region, { credentials: undefined, signal: job.signal });
    let token = '';
    const ask = async () => {
        token = await requestOidcToken(role.audience, job.signal);
        const session = sessionOf(role, { isLast: role.chain.length === 0 });
        return (0,credentials/* keysOf */.YD)(await sts.assumeRoleWithWebIdentity({ ...session, RoleArn: arn, WebIdentityToken: token }));
    };
    const denied = () => [...(0,own_credentials/* adviseChaining */.G)(process.env), explainRefusal(arn, claimsOf(token))].join('\n');
    const action = `sts:AssumeRoleWithWebIdentity of ${arn}`;
    const facts = () => {
        if (token === '')
            return {};
        const { iss, aud } = claimsOf(token);
        return { ...(iss !== undefined && { issuer: iss }), ...(aud !== undefined && { audience: aud }) };
    };
    return (0,call_sts/* callSts */.l)(ask, action, {
        isSigned: false,
        region: role.region,
        token: facts,
        denied,
        signal: job.signal,
    });
}
function claimsOf(token) {
    return Object.fromEntries(Object.entries((0,decode_jwt/* decodeJwt */.i)(token)).map(([name, value]) => [name, String(value)]));
}
/** Assumes the next role of a chain with the credentials of the one before. */
async function assumeNext(job, role, { arn, place, before }) {
    const sts = await (0,aws_sts/* openSts */.$)(role.region, { credentials: before, signal: job.signal });
    const isLast = place === role.chain.length - 1;
    const { tags, transitiveKeys } = tagsFor(role, { isFirst: place === 0 });
    const isSpare = (key) => role.spareTagKeys.includes(key);
    const assume = async (isLeftOut) => {
        const tagged = tags.filter(({ Key }) => !isLeftOut(Key));
        const handedOn = transitiveKeys.filter(key => !isLeftOut(key));
        return (0,credentials/* keysOf */.YD)(await sts.assumeRole({
            ...sessionOf(role, { isLast }),
            RoleArn: arn,
            ...(role.externalId !== undefined && { ExternalId: role.externalId }),
            ...(tagged.length > 0 && { Tags: tagged }),
            ...(handedOn.length > 0 && { TransitiveTagKeys: handedOn }),
        }));
    };
    const ask = () => assume(() => false).catch((error) => {
        const isTooLarge = (0,aws_client/* isRefusal */.vu)(error, 'PackedPolicyTooLarge', 'PackedPolicyTooLargeException');
        if (!isTooLarge || !tags.some(({ Key }) => isSpare(Key)))
            throw error;
        return assume(isSpare);
    });
    const denied = (message) => explainChain(arn, {
        message,
        before: place === 0 && role.source.kind !== 'oidc' ? 'keys' : 'role',
        policy: chainingPermissions(role, arn),
    });
    return (0,call_sts/* callSts */.l)(ask, 'sts:AssumeRole', { isSigned: true, region: role.region, denied, signal: job.signal });
}
/**
 * The tags of a session. Those that the first session hands on are on the sessions after it already, and STS refuses to have them
 * set again. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
 */
function tagsFor({ tags, transitiveTagKeys }, { isFirst }) {
    const handedOn = new Set(isFirst ? [] : transitiveTagKeys);
    return {
        tags: Object.entries(tags).flatMap(([Key, Value]) => (handedOn.has(Key) ? [] : [{ Key, Value }])),
        transitiveKeys: isFirst ? transitiveTagKeys : [],
    };
}
/**
 * The parameters of a session. Only the last session is narrowed by policies: those before it have to be able to assume the
 * next role.
 */
function sessionOf(role, { isLast }) {
    const arns = role.sessionPolicyArns.map(arn => ({ arn }));
    return {
        RoleSessionName: role.sessionName,
        DurationSeconds: role.durationSeconds,
        ...(isLast && role.sessionPolicy !== undefined && { Policy: role.sessionPolicy }),
        ...(isLast && arns.length > 0 && { PolicyArns: arns }),
    };
}

// EXTERNAL MODULE: ./build/role/plan.js
var role_plan = __webpack_require__(22010);
;// CONCATENATED MODULE: ./build/role/assume-role.js

















/**
 * Assumes the role for this step only: credentials are exported to the later steps of the job only if the inputs ask for it.
 */
function assumeRole({ job, plan }, 
/** For ECR Public, whose manifests docker reads; it is looked for when it is needed where nobody has begun to. */
docker) {
    const { role } = plan;
    return job.step('Assume the role', async (log) => {
        if (role.proxy !== undefined)
            useProxy(role.proxy, role.noProxy);
        if (role.masksAccountId)
            await (0,mask_account/* maskOwnAccount */.w)(job, role, firstProviderOf(job, role));
        const provider = providerOf(job, role);
        // Promise.all below loads the SDK of ECR while GitHub and STS answer.
        const options = {
            credentials: provider,
            denied: (message) => explainDenial(message, plan.permissions),
            signal: job.signal,
        };
        const [{ ecr, credentials }, first] = await Promise.all([
            plan.repository.type === 'public'
                ? openPublicEcr({
                    ...options,
                    docker: () => docker ?? (0,docker_docker/* findDocker */.ce)(job, { engine: 'never' }),
                    addressFor: uri => (0,reference/* atHost */.Mu)(uri, plan.repository.host),
                })
                : openEcr(role.region, options),
            provider?.(),
        ]);
        const keys = first ?? (await credentials().catch(error => throwNoCredentials(error, role.region)));
        if (role.allowedAccountIds.length > 0)
            await refuseOtherAccounts(role, { credentials: provider, signal: job.signal });
        if (role.exportCredentials)
            exportKeys(role.region, keys);
        const { $source = {}, expiration } = keys;
        // The source is only known of credentials that the default chain found, and not of those of a chain of roles.
        const source = first === undefined ? Object.keys($source) : undefined;
        const described = (0,role_plan/* sayRole */.c9)(role, { source, expiration });
        for (const line of described.lines)
            log.info(line);
        log.result(described.result);
        if (role.source.kind === 'keys')
            adviseOidc(job, role.source.keys);
        const inspector = () => (0,aws_inspector/* openInspector */.O)(role.region, { credentials: provider, signal: job.signal });
        return { region: role.region, ecr, inspector };
    });
}
/** Tells once what is better than keys that somebody has stored. Those of a session end by themselves. */
function adviseOidc(job, { sessionToken }) {
    if (sessionToken !== undefined)
        return;
    job.logInOrder(() => actions/* annotate */.fz.notice("The key of `aws-access-key-id` works for anybody who gets it, until it is deleted. With `role-to-assume` and `permissions: id-token: write` no key is stored at all: GitHub's OIDC opens a session for each job.", { title: 'A stored key' }));
}
/** The default chain of the SDK found no credentials. */
function throwNoCredentials(error, region) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^(ENOENT|EACCES|EISDIR|ENOTDIR|EPERM)$/.test(code)) {
        throw new failure/* Failure */.HR(`The job's AWS credentials cannot be read: ${(0,failure/* describeFailure */.Ic)(error)}.`, {
            remedy: `Look at ${(0,own_credentials/* variableWithCredentials */.r)(process.env) ?? 'the AWS configuration of this machine'}: in a job in a container the file has to be there, or set \`role-to-assume\` and \`permissions: id-token: write\`.`,
            cause: error,
        });
    }
    throw (0,aws_client/* explain */.WE)(error, 'Finding AWS credentials', {
        region,
        // What the chain itself calls is STS, for a web identity token file or a profile with a role.
        denied: () => "The trust policy of the role that the job's AWS settings name (AWS_ROLE_ARN, or a profile) has to admit this machine: for IRSA the pod's service account, by the cluster's own OIDC provider.",
    });
}
async function refuseOtherAccounts(role, options) {
    const sts = await (0,aws_sts/* openSts */.$)(role.region, options);
    const { account, arn } = await (0,call_sts/* callSts */.l)(() => (0,credentials/* callerOf */.$U)(sts), 'sts:GetCallerIdentity', {
        isSigned: true,
        region: role.region,
        denied: () => 'Without it `allowed-account-ids` cannot be checked. No permission is needed for it, so that a policy denies it: change that, or leave the input out.',
        signal: options.signal,
    });
    if (role.allowedAccountIds.includes(account))
        return;
    throw new failure/* Failure */.HR(`${arn} is in account ${account}, which \`allowed-account-ids\` does not name.`, {
        remedy: `Allowed: ${role.allowedAccountIds.join(', ')}. Correct \`role-to-assume\` or the list; nothing has been changed.`,
    });
}
/**
 * Exports the credentials to the later steps, and takes away the token of a session that an earlier step has left there. They are masked here, as those that the SDK found on the machine are not masked
 * yet.
 */
function exportKeys(region, { accessKeyId, secretAccessKey, sessionToken }) {
    for (const secret of [secretAccessKey, sessionToken, accessKeyId])
        if (secret !== undefined)
            (0,actions/* mask */.dK)(secret);
    (0,actions/* exportToJob */.H7)('AWS_ACCESS_KEY_ID', accessKeyId);
    (0,actions/* exportToJob */.H7)('AWS_SECRET_ACCESS_KEY', secretAccessKey);
    if (sessionToken !== undefined || process.env['AWS_SESSION_TOKEN'])
        (0,actions/* exportToJob */.H7)('AWS_SESSION_TOKEN', sessionToken ?? '');
    (0,actions/* exportToJob */.H7)('AWS_REGION', region);
    (0,actions/* exportToJob */.H7)('AWS_DEFAULT_REGION', region);
}


/***/ }),

/***/ 64198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ callSts)
});

// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(74995);
// EXTERNAL MODULE: ./build/aws/client.js
var client = __webpack_require__(35811);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/validation/parsers.js + 1 modules
var parsers = __webpack_require__(59986);
// EXTERNAL MODULE: ./build/role/oidc-subject.js
var oidc_subject = __webpack_require__(9513);
;// CONCATENATED MODULE: ./build/role/sts-errors.js

/** The first rule that matches applies. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const rules = [
    {
        code: /^InvalidIdentityToken/,
        message: /No OpenIDConnect provider/i,
        tries: 1,
        remedy: ({ issuer, audience }) => `The role's account has no OIDC provider for GitHub. Create it once:\n  aws iam create-open-id-connect-provider --url ${issuer} --client-id-list ${audience}${reachability(issuer)}`,
    },
    {
        code: /^InvalidIdentityToken/,
        message: /audience/i,
        tries: 1,
        remedy: "Add this audience to the client ids of the account's OIDC provider, or leave `audience` out to use sts.amazonaws.com.",
    },
    // A new role is refused for some seconds, until IAM has replicated it.
    { code: /^AccessDenied/, tries: 3 },
    {
        code: /^(InvalidIdentityToken|ExpiredToken)/,
        tries: 3,
        remedy: "Three fresh tokens were refused: check the clock of a self-hosted runner, and that the token's issuer is GitHub.",
    },
    {
        code: /^IDPCommunicationError/,
        tries: 6,
        remedy: ({ issuer }) => (0,oidc_subject/* isOfGitHub */.ND)(issuer)
            ? 'STS could not reach GitHub to verify the token: run the job again; https://www.githubstatus.com tells more.'
            : `STS could not reach GitHub to verify the token: run the job again.${reachability(issuer)}`,
    },
    {
        code: /^(Throttl|RequestLimitExceeded|TooManyRequests)/,
        tries: 6,
        remedy: 'STS throttled this call for a minute: let fewer jobs start at once, and run this one again.',
    },
    {
        code: /^ValidationError/,
        message: /MaxSessionDuration|DurationSeconds/,
        tries: 1,
        remedy: 'Lower `role-duration-seconds`, or raise the maximum session duration of the role. A chained role has one hour at most. Longer builds need neither: the session is renewed.',
    },
    {
        code: /^(MalformedPolicyDocument|PackedPolicyTooLarge)/,
        tries: 1,
        remedy: 'Correct or shorten `inline-session-policy`, `managed-session-policies` and `custom-tags`, or leave `role-skip-session-tagging: false` out.',
    },
    {
        code: /^InvalidParameterValue/,
        message: /tag/i,
        tries: 1,
        remedy: 'Correct `custom-tags` and `transitive-tag-keys`. A tag that the session before hands on cannot be set again: leave it out.',
    },
    {
        code: /^RegionDisabled/,
        tries: 1,
        remedy: 'Turn STS on for this region in the account settings of IAM, or choose another `aws-region`.',
    },
];
/** What to do about an error of STS by its code and message; `undefined` if the error is unknown and not to be retried. */
function stsFaultOf(code, message, token = {}) {
    const rule = rules.find(each => each.code.test(code) && (each.message?.test(message) ?? true));
    if (rule === undefined)
        return undefined;
    const { tries, remedy } = rule;
    const facts = {
        issuer: plain(token.issuer) ?? plain(/\bfor (https:\S+)/.exec(message)?.[1]) ?? oidc_subject/* defaultIssuer */.LV,
        audience: plain(token.audience) ?? 'sts.amazonaws.com',
    };
    return {
        tries,
        ...(remedy !== undefined && { remedy: typeof remedy === 'string' ? remedy : remedy(facts) }),
    };
}
/** The text if it can stand on a command line as it is. */
function plain(text) {
    return text !== undefined && /^[\w.:/-]*[\w/-]$/.test(text) ? text : undefined;
}
/** What a server of one's own has to let in, which github.com and its enterprises do. */
function reachability(issuer) {
    return (0,oidc_subject/* isOfGitHub */.ND)(issuer) || issuer.endsWith('.ghe.com')
        ? ''
        : `\nAWS reads ${issuer}/.well-known/openid-configuration over the internet, so the server has to let it.`;
}

;// CONCATENATED MODULE: ./build/role/call-sts.js





const MIN_RETRY_WAIT_MS = 500;
const MAX_RETRY_WAIT_MS = 15_000;
/** No try begins later than this after the first. */
const MAX_RETRY_TIME_MS = 60_000;
/** Tries while faults pass by themselves, such as those of the network. */
const MAX_PASSING_FAULTS = 6;
/**
 * Makes a call of STS. It is retried for up to a minute, and as often as its error allows; the waits grow and are randomised.
 * @throws {Failure} which explains the last error.
 */
function callSts(call, action, options) {
    return (0,p_retry/* default */.Ay)(() => callWithRightTime(call), {
        signal: options.signal,
        retries: 9,
        minTimeout: MIN_RETRY_WAIT_MS,
        maxTimeout: MAX_RETRY_WAIT_MS,
        maxRetryTime: MAX_RETRY_TIME_MS,
        randomize: true,
        shouldRetry: ({ error, attemptNumber }) => attemptNumber < maxAttempts(error, options),
    }).catch(error => {
        throw explainSts(error, action, options);
    });
}
function maxAttempts(error, { isSigned }) {
    if (error instanceof failure/* Failure */.HR)
        return 1;
    if ((0,client/* isTransient */.dg)(error))
        return MAX_PASSING_FAULTS;
    return isSigned && isExpired(error) ? 1 : (stsFaultOf(error.name, error.message)?.tries ?? 1);
}
/** Makes a call again at once if it was refused for the clock of this machine, which the SDK has then corrected. */
async function callWithRightTime(call) {
    try {
        return await call();
    }
    catch (error) {
        if (isClockCorrected(error))
            return call();
        throw error;
    }
}
/** Whether the SDK saw by the answer that this machine's clock is wrong, so that it signs the next call with the right time. */
function isClockCorrected(error) {
    if (!(error instanceof Error) || !('$metadata' in error))
        return false;
    return (0,parsers/* isRecord */.u4)(error.$metadata) && error.$metadata['clockSkewCorrected'] === true;
}
/** In a signed call the keys have expired, which the client has renewed once; in the other one the OIDC token. */
function isExpired(error) {
    return error.name.startsWith('ExpiredToken');
}
function explainSts(error, action, options) {
    if (!(error instanceof Error) || (options.isSigned && isExpired(error)))
        return (0,client/* explain */.WE)(error, action, options);
    const remedy = stsFaultOf(error.name, error.message, options.token?.())?.remedy;
    if (remedy === undefined)
        return (0,client/* explain */.WE)(error, action, options);
    return new failure/* Failure */.HR(`${action} failed: ${error.message}`, { remedy, cause: error });
}


/***/ }),

/***/ 6139:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $U: () => (/* binding */ callerOf),
/* harmony export */   YD: () => (/* binding */ keysOf),
/* harmony export */   yA: () => (/* binding */ keepFresh)
/* harmony export */ });
/* harmony import */ var _platform_actions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(21605);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93068);


/** Credentials are renewed this long before they expire, so that they do not expire during a call. */
const RENEW_BEFORE_EXPIRY_MS = 300_000;
/**
 * Makes a provider that answers the same credentials until shortly before they expire, or until it is told to renew them, then
 * requests new ones. Simultaneous calls share one request.
 */
function keepFresh(ask) {
    let held;
    return async ({ forceRefresh = false } = {}) => {
        const seen = held;
        const current = forceRefresh ? undefined : await seen?.catch(() => undefined);
        if (current !== undefined && current.expiration.getTime() - Date.now() > RENEW_BEFORE_EXPIRY_MS)
            return current;
        // Only the first caller that finds them about to expire requests new ones; the others find its request in `held`.
        if (held === undefined || held === seen)
            held = ask();
        return held;
    };
}
/**
 * The credentials in an answer of STS, masked as soon as they arrive.
 * @throws {Failure} when the answer has none.
 */
function keysOf(answer) {
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
        throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR('STS answered without keys.', { remedy: 'Run the job again.' });
    }
    (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .mask */ .dK)(SecretAccessKey);
    (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .mask */ .dK)(SessionToken);
    (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .mask */ .dK)(AccessKeyId);
    return {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
        expiration: Expiration,
    };
}
/**
 * The account and the ARN of the identity that a client uses.
 * @throws {Failure} when the answer has none.
 */
async function callerOf(sts) {
    const { Account, Arn } = await sts.getCallerIdentity({});
    if (!Account || !Arn)
        throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR('STS answered without the account of the caller.', { remedy: 'Run the job again.' });
    return { account: Account, arn: Arn };
}


/***/ }),

/***/ 82843:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ maskGivenAccounts),
/* harmony export */   w: () => (/* binding */ maskOwnAccount)
/* harmony export */ });
/* harmony import */ var _aws_sts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(32086);
/* harmony import */ var _platform_actions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(21605);
/* harmony import */ var _call_sts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(64198);
/* harmony import */ var _credentials_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6139);




/** Inputs that name the account in which the step acts. */
const accountInputs = ['role-to-assume', 'allowed-account-ids', 'registry-id', 'repository'];
/** Masks the account ids in the inputs; `get` answers the text of one. Not even an error about an input shows them then. */
function maskGivenAccounts(get) {
    const ids = accountInputs.flatMap(input => get(input).match(/(?<!\d)\d{12}(?!\d)/g) ?? []);
    for (const id of new Set(ids))
        (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_1__/* .mask */ .dK)(id);
}
/**
 * Masks the account of the first credentials, which no input names where they are keys or the job's own, and tells what masking costs.
 * Errors of AWS name the account, so that no other call is made before.
 */
async function maskOwnAccount(job, role, credentials) {
    job.logInOrder(() => _platform_actions_js__WEBPACK_IMPORTED_MODULE_1__/* .annotate */ .fz.notice('GitHub hands on no output to other jobs in which the account id is: `image`, `tags`, `json`, `registry`, `repository-uri`, `loaded`, `metadata` and `aws-account-id`. `digest`, `version`, `platforms` and `build` are without it.', { title: 'The account id is masked' }));
    if (role.source.kind === 'oidc')
        return;
    const sts = await (0,_aws_sts_js__WEBPACK_IMPORTED_MODULE_0__/* .openSts */ .$)(role.region, { credentials, signal: job.signal });
    const { account } = await (0,_call_sts_js__WEBPACK_IMPORTED_MODULE_2__/* .callSts */ .l)(() => (0,_credentials_js__WEBPACK_IMPORTED_MODULE_3__/* .callerOf */ .$U)(sts), 'sts:GetCallerIdentity', {
        isSigned: true,
        region: role.region,
        denied: () => 'Without it `mask-aws-account-id` cannot know the account. No permission is needed for it, so that a policy denies it: change that, or leave the input out.',
        signal: job.signal,
    });
    (0,_platform_actions_js__WEBPACK_IMPORTED_MODULE_1__/* .mask */ .dK)(account);
}


/***/ }),

/***/ 9513:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LV: () => (/* binding */ defaultIssuer),
/* harmony export */   ND: () => (/* binding */ isOfGitHub),
/* harmony export */   cJ: () => (/* binding */ subjectEnding),
/* harmony export */   wO: () => (/* binding */ subjectForms),
/* harmony export */   xD: () => (/* binding */ issuerOf)
/* harmony export */ });
/** The issuer of github.com's OIDC tokens. https://docs.github.com/en/actions/reference/security/oidc */
const defaultIssuer = 'https://token.actions.githubusercontent.com';
/**
 * The issuer of the tokens of a GitHub by the URL of its server, as the job's token itself is not asked for in a dry run. An enterprise
 * may have chosen one with its name behind it, which only the token tells.
 *
 * - https://docs.github.com/en/enterprise-server@latest/actions/reference/security/oidc
 * - https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/feature-overview-for-github-enterprise-cloud-with-data-residency
 */
function issuerOf(serverUrl) {
    const { host = 'github.com' } = URL.parse(serverUrl) ?? {};
    if (host === 'github.com')
        return defaultIssuer;
    if (/^[a-z0-9-]+\.ghe\.com$/.test(host))
        return `https://token.actions.${host}`;
    return `https://${host}/_services/token`;
}
/** Whether the tokens are github.com's, an enterprise's own there included. Of these AWS compares more claims than of others. */
function isOfGitHub(issuer) {
    return issuer === defaultIssuer || issuer.startsWith(`${defaultIssuer}/`);
}
/**
 * Both forms of a subject with this ending. A trust policy that has both still works after the repository's form was changed. Both have
 * names in them: after a rename or a transfer the policy needs the new ones.
 */
function subjectForms({ repository, repositoryId, ownerId }, ending) {
    const [owner = '', name = ''] = repository.split('/');
    const legacy = `repo:${owner}/${name}:${ending}`;
    return ownerId && repositoryId
        ? [legacy, `repo:${owner}@${ownerId}/${name}@${repositoryId}:${ending}`]
        : [legacy];
}
/** The ending of a job's subject if the job has no environment. A job cannot see whether it has one. */
function subjectEnding({ isPullRequest, ref }) {
    return isPullRequest ? 'pull_request' : `ref:${ref}`;
}


/***/ }),

/***/ 55530:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ adviseChaining),
/* harmony export */   r: () => (/* binding */ variableWithCredentials)
/* harmony export */ });
/**
 * Variables that the SDK's default provider chain reads first.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
const credentialVariables = [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_CONFIG_FILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];
/** The first variable by which the job has credentials of its own; `undefined` if there is none. */
function variableWithCredentials(environment) {
    return credentialVariables.find(name => Boolean(environment[name]));
}
/** What to write where the job's own credentials are meant to assume the role; empty where it has none. */
function adviseChaining(environment) {
    const name = variableWithCredentials(environment);
    return name === undefined
        ? []
        : [
            `The job has credentials of its own (${name}). If they are to assume the role, set \`role-chaining: true\`: without it the role is assumed by GitHub's OIDC.`,
        ];
}


/***/ }),

/***/ 22010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E8: () => (/* binding */ planRole),
/* harmony export */   Z4: () => (/* binding */ actingRole),
/* harmony export */   c9: () => (/* binding */ sayRole)
/* harmony export */ });
/** Characters. */
const MAX_SESSION_NAME_LENGTH = 64;
/** The plan of the role; the session is named after the run unless the inputs name it. */
function planRole(inputs, commit) {
    const { arns, chaining, keys, sessionName = sessionNameOf(commit), ...rest } = inputs;
    if (keys !== undefined)
        return { ...rest, sessionName, source: { kind: 'keys', keys }, chain: arns };
    const [first, ...others] = arns;
    return first === undefined || chaining
        ? { ...rest, sessionName, source: { kind: 'default' }, chain: arns }
        : { ...rest, sessionName, source: { kind: 'oidc', arn: first }, chain: others };
}
/** The ARN of the role that calls ECR; `undefined` if the job's own credentials are used. */
function actingRole({ source, chain }) {
    return chain.at(-1) ?? (source.kind === 'oidc' ? source.arn : undefined);
}
/** Repository and run, so that CloudTrail shows the job; shortened to the `[\w+=,.@-]{2,64}` that STS accepts. */
function sessionNameOf({ repository, runId }) {
    const suffix = `-${runId}`;
    return `${repository.replace(/[^\w+=,.@-]/g, '-').slice(0, MAX_SESSION_NAME_LENGTH - suffix.length)}${suffix}`;
}
/** The role and the origin of its credentials: as lines for the log, and as the one-line result of the step. */
function sayRole(role, { source, expiration }) {
    const until = expiration === undefined ? '' : ` until ${expiration.toISOString().slice(11, 16)} UTC`;
    const origin = originOf(role, source);
    const arns = role.source.kind === 'oidc' ? [role.source.arn, ...role.chain] : role.chain;
    const narrowed = role.sessionPolicy !== undefined || role.sessionPolicyArns.length > 0;
    return {
        lines: [
            `From        ${origin}`,
            ...arns.map(arn => `Role        ${arn}`),
            ...(arns.length > 0
                ? [`Session     ${role.sessionName}${narrowed ? ', narrowed by a policy' : ''}`]
                : []),
            `Kept        ${role.exportCredentials ? 'exported to the later steps, as asked' : 'for this step alone'}`,
        ],
        result: `${actingRole(role) ?? `Without role-to-assume: ${origin}`}${until}`,
    };
}
/** Where the first credentials come from. `source` is known where the SDK's default chain found them for this step itself. */
function originOf(role, source) {
    switch (role.source.kind) {
        case 'oidc':
            return "GitHub's OIDC";
        case 'keys':
            return 'the keys of aws-access-key-id';
        case 'default':
            return source ? credentialsOriginOf(source) : "the job's own credentials";
    }
}
/** How a pod of EKS gets the role of its service account. https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html */
const WEB_IDENTITY = 'the role of a web identity token file (IRSA in EKS)';
/**
 * Origins of credentials by the beginning of the SDK's codes.
 * https://github.com/aws/aws-sdk-js-v3/blob/main/packages/types/src/feature-ids.ts
 */
const origins = [
    // Its code begins as that of the keys in variables does.
    ['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', WEB_IDENTITY],
    ['CREDENTIALS_ENV_VARS', 'environment variables'],
    ['CREDENTIALS_PROFILE', 'a profile of the AWS configuration'],
    ['CREDENTIALS_PROCESS', 'a profile of the AWS configuration'],
    ['CREDENTIALS_SSO', 'a profile of the AWS configuration'],
    ['CREDENTIALS_LOGIN', 'a profile of the AWS configuration'],
    ['CREDENTIALS_HTTP', "the container's role"],
    // A profile may name such a file too.
    ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', WEB_IDENTITY],
];
/** Which part of the SDK's default chain had the credentials, by the SDK's own codes. */
function credentialsOriginOf(codes) {
    // The last part of the chain, the metadata service of the machine, has no code.
    if (codes.length === 0)
        return "the instance's role";
    return (origins.find(([code]) => codes.some(each => each.startsWith(code)))?.[1] ?? "the SDK's default chain");
}


/***/ }),

/***/ 63609:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zw: () => (/* binding */ jobOf),
/* harmony export */   iP: () => (/* binding */ hasNoIdentity),
/* harmony export */   ry: () => (/* binding */ pullRequestFactsOf)
/* harmony export */ });
/* harmony import */ var _commit_strangers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5839);
/* harmony import */ var _own_credentials_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(55530);


/**
 * Describes the job. Only a machine that GitHub does not host can have a role of AWS.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
function jobOf(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL, GITHUB_ACTOR: actor = '', RUNNER_ENVIRONMENT } = environment;
    return {
        idToken: Boolean(ACTIONS_ID_TOKEN_REQUEST_URL),
        actor,
        mayHaveKeys: RUNNER_ENVIRONMENT !== 'github-hosted' || (0,_own_credentials_js__WEBPACK_IMPORTED_MODULE_1__/* .variableWithCredentials */ .r)(environment) !== undefined,
    };
}
/** Whether the event is about a pull request and one from a fork, known before the commit is read. */
function pullRequestFactsOf(environment, { pull_request: pullRequest }) {
    return { isPullRequest: (0,_commit_strangers_js__WEBPACK_IMPORTED_MODULE_0__/* .isPullRequest */ .r0)(environment), isFork: (0,_commit_strangers_js__WEBPACK_IMPORTED_MODULE_0__/* .isForkOf */ .g5)(pullRequest) };
}
/**
 * Whether GitHub withholds an identity from this job: it runs for a pull request from a fork, or for one of Dependabot's
 * without `id-token: write`. Any other job without an identity lacks a permission, which is an error. GitHub also withholds
 * variables and secrets from a fork, so a role that the workflow takes from a variable may be missing.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflows-in-forked-repositories
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-variables
 */
function hasNoIdentity(job, { arns, chaining, keys }, { isPullRequest: isPull, isFork }) {
    const isStranger = isFork || job.actor === 'dependabot[bot]';
    if (keys !== undefined)
        return false;
    const asksGitHub = arns.length > 0 && !chaining;
    return isPull && isStranger && !job.idToken && (asksGitHub || !job.mayHaveKeys);
}


/***/ }),

/***/ 76348:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gt: () => (/* binding */ countFindings),
/* harmony export */   WX: () => (/* binding */ findingsOf),
/* harmony export */   vS: () => (/* binding */ formatTopFindings)
/* harmony export */ });
/* harmony import */ var _severity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(81677);

const MAX_LOGGED_FINDINGS = 10;
/** Counts findings by severity in the same way as ECR. */
function countFindings(findings) {
    const counts = (0,_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .noCounts */ .Yi)();
    for (const [severity, group] of Map.groupBy(findings, each => each.severity)) {
        const names = group.map((each, index) => each.countedAs ?? `#${index}`);
        counts[severity] = new Set(names).size;
    }
    return counts;
}
/**
 * The findings on one page of an answer. A vulnerability in several packages becomes one finding for each package.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFindings.html
 */
function findingsOf({ imageScanFindings }, platform) {
    const platforms = platform ? [platform] : [];
    return [
        ...(imageScanFindings?.findings ?? []).map(each => basic(each, platforms)),
        ...(imageScanFindings?.enhancedFindings ?? []).flatMap(each => enhanced(each, platforms)),
    ];
}
function basic(finding, platforms) {
    const { name, severity, uri, description, attributes } = finding;
    const attribute = (key) => attributes?.find(each => each.key === key)?.value;
    const score = Number(attribute('CVSS3_SCORE') ?? attribute('CVSS2_SCORE'));
    return {
        id: name ?? 'unnamed',
        severity: (0,_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .severityOf */ .xJ)(severity),
        package: attribute('package_name') ?? 'unknown',
        installed: attribute('package_version') ?? 'unknown',
        ...(uri && { url: uri }),
        ...(description && { description }),
        ...(score > 0 && { score }),
        platforms,
    };
}
function enhanced(finding, platforms) {
    const { vulnerabilityId, sourceUrl, vulnerablePackages = [] } = finding.packageVulnerabilityDetails ?? {};
    const id = vulnerabilityId ?? finding.title ?? 'unnamed';
    const vulnerability = {
        id,
        countedAs: finding.findingArn ?? id,
        severity: (0,_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .severityOf */ .xJ)(finding.severity),
        ...(sourceUrl && { url: sourceUrl }),
        ...(finding.description && { description: finding.description }),
        ...(finding.score !== undefined && { score: finding.score }),
        ...(finding.exploitAvailable && { exploitable: finding.exploitAvailable === 'YES' }),
    };
    const packages = vulnerablePackages.length > 0 ? vulnerablePackages : [{}];
    return packages.map(each => Object.assign(packageOf(each, finding.fixAvailable), vulnerability, { platforms }));
}
function packageOf({ name, version, release, epoch, fixedInVersion, filePath, sourceLayerHash }, fixAvailable) {
    const unfixed = fixedInVersion === 'NotAvailable' || (!fixedInVersion && fixAvailable === 'NO');
    return {
        package: name ?? 'unknown',
        installed: version ? fullVersion(version, { release, epoch }) : 'unknown',
        ...(fixedInVersion && !unfixed && { fixed: fixedInVersion }),
        ...(unfixed && { unfixed }),
        ...(filePath && { path: filePath }),
        ...(sourceLayerHash && { layer: sourceLayerHash }),
    };
}
/** `[epoch:]version[-release]`, as package managers of operating systems write it; an epoch of 0 is left out. */
function fullVersion(version, { release, epoch }) {
    return `${epoch ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`;
}
/** Formats the first ten findings as aligned lines for the log; `findings` are sorted with the worst first. */
function formatTopFindings(findings) {
    const rows = findings
        .slice(0, MAX_LOGGED_FINDINGS)
        .map(each => [each.severity, each.id, `${each.package} ${each.installed}`]);
    const widths = [0, 1].map(column => Math.max(0, ...rows.map(row => row[column]?.length ?? 0)));
    const more = findings.length - rows.length;
    return [
        ...rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')),
        ...(more > 0 ? [`and ${more} more`] : []),
    ];
}


/***/ }),

/***/ 14199:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CY: () => (/* binding */ readScan),
/* harmony export */   jI: () => (/* binding */ scanInputReader),
/* harmony export */   pd: () => (/* binding */ consequenceOf)
/* harmony export */ });
/* unused harmony export consequences */
/* harmony import */ var _validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(59986);
/* harmony import */ var _validation_unused_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63550);


const DEFAULT_TIMEOUT_MS = 600_000;
/** Reads the inputs about the wait for the scan. */
function readScan(reader, mode) {
    const wait = reader.read('wait-for-scan', _validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .parseBoolean */ .yG, true);
    if (!wait && mode === 'gate') {
        reader.reject('wait-for-scan', 'false', {
            problem: 'leaves nothing to do for `mode: gate`',
            remedy: 'Leave it out, or leave the step out.',
        });
    }
    return { wait, ...readConsequences(scanInputReader(reader, { wait })) };
}
function readConsequences(reader) {
    const consequence = (text) => _validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .parseChoice */ .HU(text, consequences);
    return {
        timeout: reader.read('scan-timeout', _validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDuration */ .E9, DEFAULT_TIMEOUT_MS),
        onTimeout: reader.read('on-scan-timeout', consequence, 'fail'),
        onUnscannable: reader.read('on-unscannable', consequence, 'fail'),
    };
}
/** The reader of inputs about a scan. It rejects them if the scan is not awaited, as they would have no effect. */
function scanInputReader(reader, { wait }) {
    if (wait)
        return reader;
    return (0,_validation_unused_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .rejectAll */ .R)(reader, {
        problem: 'is about a scan that is not awaited',
        remedy: 'Leave it out, or take `wait-for-scan: false` away.',
        allowed: [],
    });
}
/** What to do if an image, or one of its platforms, has no scan to judge. */
const consequences = ['fail', 'warn', 'ignore'];
/** What to do about an image without a scan. */
function consequenceOf({ timedOut }, lenience) {
    return timedOut ? lenience.onTimeout : lenience.onUnscannable;
}


/***/ }),

/***/ 41088:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ unnamedPlatform)
/* harmony export */ });
/** The name of the platform of an image that does not name its own. */
const unnamedPlatform = 'the image';


/***/ }),

/***/ 81677:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A7: () => (/* binding */ sayCounts),
/* harmony export */   X5: () => (/* binding */ total),
/* harmony export */   Yi: () => (/* binding */ noCounts),
/* harmony export */   c8: () => (/* binding */ severitiesFailing),
/* harmony export */   gO: () => (/* binding */ severities),
/* harmony export */   pw: () => (/* binding */ thresholds),
/* harmony export */   xJ: () => (/* binding */ severityOf)
/* harmony export */ });
/** ECR's severities, worst first. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html */
const severities = ['critical', 'high', 'medium', 'low', 'informational', 'undefined'];
/**
 * The values of `fail-on`: this severity and all that are worse. `undefined`, the least severe, means every finding, and `none`
 * means no finding.
 */
const thresholds = [...severities, 'none'];
/**
 * Our name for ECR's name of a severity. UNTRIAGED, which Inspector uses until the vendor has rated a finding, and unknown
 * names count as `undefined`, so that no finding is lost.
 * https://docs.aws.amazon.com/inspector/latest/user/findings-understanding-severity.html
 */
function severityOf(name) {
    const known = severities.find(severity => severity === name?.toLowerCase());
    return known ?? 'undefined';
}
/** The severities that fail under a threshold. */
function severitiesFailing(threshold) {
    if (threshold === 'none')
        return [];
    return severities.slice(0, severities.indexOf(threshold) + 1);
}
/** Counts that are all 0. */
function noCounts() {
    return { critical: 0, high: 0, medium: 0, low: 0, informational: 0, undefined: 0 };
}
/** The number of findings of all severities. */
function total(counts) {
    return severities.reduce((sum, severity) => sum + counts[severity], 0);
}
/** Formats counts: "2 critical, 1 low", or "no findings". */
function sayCounts(counts) {
    const parts = severities.filter(severity => counts[severity] > 0).map(each => `${counts[each]} ${each}`);
    return parts.length > 0 ? parts.join(', ') : 'no findings';
}


/***/ }),

/***/ 42571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AP: () => (/* binding */ sayRenewal),
/* harmony export */   _D: () => (/* binding */ whyNoNewerScan),
/* harmony export */   hy: () => (/* binding */ ageOf),
/* harmony export */   wV: () => (/* binding */ noteOnOldScan),
/* harmony export */   yH: () => (/* binding */ repeatableScanAge),
/* harmony export */   z6: () => (/* binding */ sayOldest)
/* harmony export */ });
/* unused harmony export sayAge */
/** ECR makes one basic scan of an image in this time. */
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Milliseconds since the end of a scan that is older than a day; `undefined` for any other. */
function ageOf({ imageScanFindings }, now) {
    const { imageScanCompletedAt } = imageScanFindings ?? {};
    if (!imageScanCompletedAt)
        return undefined;
    const age = now.getTime() - imageScanCompletedAt.getTime();
    return age > DAY_MS ? age : undefined;
}
/**
 * Milliseconds since the end of a basic scan that is older than a day, so that ECR would repeat it; `undefined` for any other.
 */
function repeatableScanAge(answer, now) {
    const { findings, enhancedFindings } = answer.imageScanFindings ?? {};
    return findings === undefined || enhancedFindings !== undefined ? undefined : ageOf(answer, now);
}
/**
 * Why there is no newer scan: ECR refused one, or the registry scans only on push. `undefined` if the scan is kept up to date
 * or this is unknown.
 */
function whyNoNewerScan({ refusal, frequency, }) {
    if (refusal !== undefined)
        return `ECR begins no newer one (${refusal})`;
    return frequency === 'SCAN_ON_PUSH' ? 'the registry scans this repository on push alone' : undefined;
}
/** Formats an age in milliseconds: "30 hours", "9 days". */
function sayAge(age) {
    const [hours, days] = [Math.floor(age / HOUR_MS), Math.floor(age / DAY_MS)];
    return days < 2 ? `${hours} hours` : `${days} days`;
}
/** The log line after a newer scan was requested. */
function sayRenewal(name, { refusal, age }) {
    const old = `the last ended ${sayAge(age)} ago`;
    return refusal === undefined
        ? `Asked ECR for a newer scan of ${name}: ${old}`
        : `ECR begins no newer scan of ${name} (${refusal}): ${old}`;
}
/** The end of a verdict on scans of which some are old: ", by a scan of 9 days ago"; empty if none is. */
function sayOldest(old = []) {
    return old.length === 0 ? '' : `, by a scan of ${sayAge(Math.max(...old.map(({ age }) => age)))} ago`;
}
/** The note on an old scan beside the verdict. */
function noteOnOldScan({ platform, age, why }) {
    return `The scan of ${platform} ended ${sayAge(age)} ago, and ${why}: what became known since is not judged.`;
}


/***/ }),

/***/ 83635:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ waitForScan)
});

// EXTERNAL MODULE: ./build/aws/inspector.js
var inspector = __webpack_require__(96883);
// EXTERNAL MODULE: ./build/ecr/manifest.js + 2 modules
var manifest = __webpack_require__(27079);
// EXTERNAL MODULE: ./build/image/read-images.js
var read_images = __webpack_require__(71043);
;// CONCATENATED MODULE: ./build/image/check-platforms.js


/**
 * Checks the manifests of an index's platforms, in one call, as ECR scans each platform by its own reading of them. A manifest
 * that ECR does not show is left to the scan, which says why.
 * @throws {Failure} where docker could read another image from the manifest of a platform.
 */
async function checkPlatforms({ ecr }, { name: repositoryName, registryId }, { text, mediaType, platforms }) {
    const content = (0,manifest/* readContent */.c_)({ digest: (0,manifest/* digestOf */.ol)(text), text, mediaType });
    if (content.kind === 'image')
        return;
    const ids = platforms.map(({ digest }) => ({ imageDigest: digest }));
    for (const child of await (0,read_images/* readImages */.H)(ecr, { repositoryName, registryId }, ids)) {
        (0,manifest/* readContent */.c_)(child);
        const fault = (0,manifest/* misnamedChild */.Hz)(content, child);
        if (fault !== undefined)
            throw fault;
    }
}

// EXTERNAL MODULE: ./build/image/image.js
var image_image = __webpack_require__(39963);
// EXTERNAL MODULE: ./build/platform/poll.js
var poll = __webpack_require__(45929);
// EXTERNAL MODULE: ./build/scan/findings.js
var scan_findings = __webpack_require__(76348);
// EXTERNAL MODULE: ./build/scan/inputs.js
var inputs = __webpack_require__(14199);
// EXTERNAL MODULE: ./build/scan/severity.js
var scan_severity = __webpack_require__(81677);
;// CONCATENATED MODULE: ./build/scan/merge-platforms.js



/** The counts that ECR states. They are only on the first page and may be missing; all are 0 then. */
function countsOf({ imageScanFindings }) {
    const counts = (0,scan_severity/* noCounts */.Yi)();
    for (const [name, count] of Object.entries(imageScanFindings?.findingSeverityCounts ?? {})) {
        counts[(0,scan_severity/* severityOf */.xJ)(name)] += count;
    }
    return counts;
}
/** Whether an answer lists or counts any finding. */
function hasFindings(answer) {
    return (0,scan_findings/* findingsOf */.WX)(answer, '').length > 0 || (0,scan_severity/* total */.X5)(countsOf(answer)) > 0;
}
/** The findings on all pages of an answer, and ECR's counts from the first page. */
function seenIn(pages, platform) {
    return {
        findings: pages.flatMap(page => (0,scan_findings/* findingsOf */.WX)(page, platform)),
        counts: countsOf(pages[0] ?? {}),
    };
}
/**
 * One report of all platforms. If a platform has no scan, the whole image is unscannable, unless the inputs allow this. Then
 * the findings that were seen of that platform are judged with the others, even though they may be incomplete.
 */
function reportOf(scans, lenience) {
    const gaps = scans.filter(scan => scan.kind === 'unscanned');
    const seen = scans.flatMap(scan => {
        const { platform, state } = scan;
        const found = scan.kind === 'scanned' ? scan : scan.seen;
        return found ? [{ platform, state, findings: found.findings, counts: found.counts }] : [];
    });
    const worst = gaps.find(gap => (0,inputs/* consequenceOf */.pd)(gap, lenience) === 'fail') ?? gaps[0] ?? nothing;
    const [first] = seen;
    if (first === undefined || gaps.some(gap => (0,inputs/* consequenceOf */.pd)(gap, lenience) === 'fail')) {
        const { reason, remedy, timedOut } = worst;
        return { kind: 'unscannable', status: statusIn(worst), reason, remedy, ...(timedOut && { timedOut }) };
    }
    const old = scans.flatMap(scan => (scan.kind === 'scanned' && scan.old ? [scan.old] : []));
    const missing = gaps.map(({ reason, remedy, timedOut }) => Object.assign({ reason, remedy }, timedOut && { timedOut }));
    return {
        kind: 'scanned',
        status: statusIn(first),
        platforms: seen.map(({ platform }) => platform),
        ...merge(seen),
        ...(missing.length > 0 && { gaps: missing }),
        ...(old.length > 0 && { old }),
    };
}
/** The status of the scan if the state is one of ECR's; empty for our own descriptions of a state. */
function statusIn({ state }) {
    return /^[A-Z_]+$/.test(state) ? state : '';
}
const nothing = {
    state: '',
    reason: 'Its index names no image that could be scanned.',
    remedy: 'Look at what was pushed: `docker buildx imagetools inspect`.',
};
/**
 * Merges the findings of all platforms: a finding that several platforms share appears once, with all of them. If ECR counted
 * more findings than it listed, its count is used, so that no finding is lost.
 */
function merge(platforms) {
    const merged = new Map();
    const aliases = new Map();
    const canonicalOf = (name) => {
        const parent = aliases.get(name) ?? name;
        return parent === name ? name : canonicalOf(parent);
    };
    for (const finding of platforms.flatMap(({ findings }) => findings)) {
        const { id, package: name, installed, severity, fixed, unfixed, exploitable } = finding;
        const key = JSON.stringify([id, name, installed, severity, fixed, unfixed, exploitable]);
        const known = merged.get(key) ?? finding;
        merged.set(key, { ...known, platforms: [...new Set([...known.platforms, ...finding.platforms])] });
        // The same finding has another `countedAs` on each platform. Two of these values mean the same if they share a finding.
        if (finding.countedAs !== undefined && known.countedAs !== undefined)
            aliases.set(canonicalOf(finding.countedAs), canonicalOf(known.countedAs));
    }
    const findings = Array.from(merged.values(), finding => finding.countedAs === undefined ? finding : { ...finding, countedAs: canonicalOf(finding.countedAs) }).sort((a, b) => scan_severity/* severities */.gO.indexOf(a.severity) - scan_severity/* severities */.gO.indexOf(b.severity) ||
        a.id.localeCompare(b.id, 'en', { numeric: true }) ||
        a.package.localeCompare(b.package, 'en'));
    const listed = (0,scan_findings/* countFindings */.Gt)(findings);
    const listedEach = platforms.map(each => (0,scan_findings/* countFindings */.Gt)(each.findings));
    const [counts, unlisted] = [(0,scan_severity/* noCounts */.Yi)(), (0,scan_severity/* noCounts */.Yi)()];
    for (const severity of scan_severity/* severities */.gO) {
        const stated = platforms.map(each => each.counts[severity]);
        // It is unknown whether two platforms have the same unlisted findings, so those of each platform are counted.
        const missing = stated.map((count, n) => Math.max(0, count - (listedEach[n]?.[severity] ?? 0)));
        unlisted[severity] = missing.reduce((sum, count) => sum + count, 0);
        counts[severity] = listed[severity] + unlisted[severity];
    }
    return { findings, counts, unlisted };
}

// EXTERNAL MODULE: ./build/aws/client.js
var client = __webpack_require__(35811);
// EXTERNAL MODULE: ./build/image/just-pushed.js
var just_pushed = __webpack_require__(97498);
// EXTERNAL MODULE: ./build/platform/job.js
var job = __webpack_require__(56497);
// EXTERNAL MODULE: ./build/platform/own-value.js
var own_value = __webpack_require__(86982);
;// CONCATENATED MODULE: ./build/scan/obstacles.js

const unsupported = /UnsupportedImageError|operating system and\/or package manager are not supported/i;
/**
 * The reason and the remedy for a status that is not a result and will not become one.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html
 */
function obstacleOf(status, { name, description = '' }) {
    const statusText = `(${[status, description.replace(/\.$/, '')].filter(Boolean).join(': ')})`;
    if (status === 'UNSUPPORTED_IMAGE' || unsupported.test(description)) {
        return {
            reason: `ECR cannot scan ${name}: it finds no operating system or package manager that it knows, as in images made \`FROM scratch\` and distroless ones ${statusText}.`,
            remedy: 'Build on a base image that ECR scans, or let such images pass without a scan: `on-unscannable: warn`. Enhanced scanning knows more images than basic scanning does.',
        };
    }
    const known = (0,own_value/* ownValue */.e)(obstacles, status);
    return known === undefined
        ? {
            reason: `ECR says of ${name} what is no result of a scan ${statusText}.`,
            remedy: `Look at the image in ECR's console. If such images may pass without a scan: \`on-unscannable: warn\`.`,
        }
        : { reason: `${known.reason(name)} ${statusText}.`, remedy: known.remedy };
}
/** The state while an enhanced scan has not begun; such a scan cannot be requested. */
const noEnhancedScan = 'no enhanced scan yet';
/** The reason and the remedy for a scan that did not end in time; `state` is its last state, `time` the time-out as text. */
function timeoutOf(name, { state, time }) {
    return {
        reason: `The scan of ${name} was not done within ${time} (last seen: ${state}).`,
        remedy: state === noEnhancedScan
            ? 'Enhanced scanning is on and has not begun: check that a scan filter of the registry matches the repository. If it does, raise `scan-timeout`.'
            : 'Raise `scan-timeout`, or run the job again: the image is there and will not be built again.',
    };
}
const obstacles = {
    FAILED: {
        reason: name => `The scan of ${name} failed`,
        remedy: 'Look at the image in the console of ECR. A basic scan can be repeated 24 hours after the last: `aws ecr start-image-scan`.',
    },
    SCAN_ELIGIBILITY_EXPIRED: {
        reason: name => `Amazon Inspector no longer scans ${name}: it is older than the re-scan duration that is set there`,
        remedy: 'Build and push the image anew, or lengthen the ECR re-scan duration in the settings of Amazon Inspector.',
    },
    FINDINGS_UNAVAILABLE: {
        reason: name => `ECR has no findings of ${name} to show`,
        remedy: 'Check that Amazon Inspector is active for ECR in this account and region, then run the job again.',
    },
    LIMIT_EXCEEDED: {
        reason: name => `The registry's basic scans of today are used up, and ${name} was not scanned`,
        remedy: 'Run the job again when 24 hours are over: the image is there and will not be built again. Or ask AWS for a higher quota.',
    },
    IMAGE_ARCHIVED: {
        reason: name => `ECR does not scan ${name} because it is archived`,
        remedy: 'Push it again, which restores it at once, or restore it in up to 20 minutes (`aws ecr update-image-storage-class`); then run the job again: what was found before is gone, and it is scanned anew.',
    },
};

// EXTERNAL MODULE: ./build/ecr/wildcard.js
var wildcard = __webpack_require__(86087);
;// CONCATENATED MODULE: ./build/scan/scan-state.js




const runningStatuses = new Set(['IN_PROGRESS', 'PENDING']);
/** Findings have not been observed to grow later than this after the end of a scan. */
const SETTLED_AGE_MS = 300_000;
const MIN_DELAY_MS = 1_000;
const MAX_DELAY_MS = 8_000;
/** While the findings must not change. */
const MAX_UNSTABLE_DELAY_MS = 5_000;
/**
 * The state of a scan according to the first page of an answer. `now` is the time by the clock of AWS. A scan is basic or
 * enhanced by the kind of its findings, never by its status. An answer without findings is enhanced if the registry is known to
 * use enhanced scanning.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html
 */
function scanStateOf(answer, { name, now, isEnhanced = false }) {
    const { status, description } = answer.imageScanStatus ?? {};
    const { imageScanCompletedAt, findings, enhancedFindings } = answer.imageScanFindings ?? {};
    if (status === undefined)
        return { kind: 'pending', state: 'no status yet' };
    if (runningStatuses.has(status))
        return { kind: 'pending', state: status };
    if (isResult(status) && !hasList(answer))
        return { kind: 'pending', state: `${status} without a list of findings` };
    const isBasic = findings !== undefined && enhancedFindings === undefined;
    if (status === 'COMPLETE' && isBasic && (findings.length > 0 || !isEnhanced))
        return { kind: 'complete', state: status };
    if (isResult(status)) {
        if (imageScanCompletedAt === undefined)
            return { kind: 'pending', state: status };
        const isOld = now.getTime() - imageScanCompletedAt.getTime() >= SETTLED_AGE_MS;
        return isOld
            ? { kind: 'complete', state: status }
            : { kind: 'unsettled', state: status, seen: firstPageOf(answer) };
    }
    return { kind: 'unscannable', state: status, ...obstacleOf(status, { name, description }) };
}
/**
 * The state of a scan according to the pages after the first, as it may have begun anew or failed since that was read;
 * `undefined` where each page is part of a result.
 */
function laterPagesState(pages, { name }) {
    const part = pages.find(page => !isResult(page.imageScanStatus?.status) || !hasList(page));
    if (part === undefined)
        return undefined;
    const { status = 'no status', description } = part.imageScanStatus ?? {};
    if (status === 'no status' || runningStatuses.has(status) || isResult(status))
        return { kind: 'pending', state: `${status} on a later page` };
    return { kind: 'unscannable', state: status, ...obstacleOf(status, { name, description }) };
}
function isResult(status) {
    return status === 'COMPLETE' || status === 'ACTIVE';
}
/** Whether an answer lists findings. A scan that found nothing has an empty list; without any there is no result. */
function hasList({ imageScanFindings }) {
    return (imageScanFindings?.findings ?? imageScanFindings?.enhancedFindings) !== undefined;
}
/** The findings according to the first page of an answer. */
function firstPageOf(answer) {
    const { findings = [], enhancedFindings = [] } = answer.imageScanFindings ?? {};
    const [stated, listed, counts] = [countsOf(answer), (0,scan_findings/* countFindings */.Gt)((0,scan_findings/* findingsOf */.WX)(answer, '')), (0,scan_severity/* noCounts */.Yi)()];
    for (const each of scan_severity/* severities */.gO)
        counts[each] = Math.max(stated[each], listed[each]);
    return {
        counts,
        listed: findings.length + enhancedFindings.length,
        hasMore: answer.nextToken !== undefined,
    };
}
/** The state while an old scan is being repeated. */
const nothingNewerYet = { kind: 'pending', state: 'no newer scan yet' };
/** The state when ECR repeats a page, so that the pages are incomplete. */
const repeatingPages = { kind: 'pending', state: 'ECR repeats a page of the findings' };
/** The state of an image of which ECR does not know yet, as it was pushed just before. */
const unknownYet = { kind: 'pending', state: 'ECR does not know the image yet' };
/** The state of an image that has no scan. */
const nothingYet = { kind: 'pending', state: 'no scan yet' };
/** The state while an enhanced scan has not begun. */
const nothingEnhancedYet = { kind: 'pending', state: noEnhancedScan };
/**
 * The state after a scan was requested, by the code with which ECR refused it. If the scan of the last 24 hours is the reason,
 * that scan is awaited.
 */
function stateAfterRequest(refusal, name) {
    switch (refusal) {
        case undefined:
            return { kind: 'pending', state: 'asked for' };
        case 'UnsupportedImageTypeException':
            return unscannable('UNSUPPORTED_IMAGE', name);
        case 'ImageArchivedException':
            return unscannable('IMAGE_ARCHIVED', name);
        case 'LimitExceededException':
            return { kind: 'pending', state: 'scanned within 24 hours, no result yet' };
        default:
            return nothingEnhancedYet;
    }
}
function unscannable(state, name) {
    return { kind: 'unscannable', state, ...obstacleOf(state, { name }) };
}
/** Formats the state for the log. */
function sayScanState(reading) {
    return reading.kind === 'unsettled'
        ? `${reading.state}, ${(0,scan_severity/* sayCounts */.A7)(reading.seen.counts)} so far`
        : reading.state;
}
/**
 * How long the findings of an enhanced scan must not change to count as complete, even if there are none. They were observed to
 * grow every 15 s; this is twice as long.
 */
const STABLE_MS = 30_000;
/** Updates the unchanged findings after another answer; `undefined` if the scan has no findings that may still grow. */
function trackStability(stable, reading, now) {
    if (reading.kind !== 'unsettled')
        return undefined;
    const { seen } = reading;
    return stable !== undefined && isSame(stable.seen, seen) ? stable : { since: now, seen };
}
function isSame(one, other) {
    return (one.listed === other.listed &&
        one.hasMore === other.hasMore &&
        scan_severity/* severities */.gO.every(each => one.counts[each] === other.counts[each]));
}
/** Milliseconds for which the findings still must not change; 0 when they count as complete. */
function msUntilStable(stable, now) {
    return Math.max(0, stable.since + STABLE_MS - now);
}
/**
 * Milliseconds until the next call, after `spentMs` milliseconds of waiting: a fifth of that time, so that the end of a scan is
 * noticed late by a tenth of its duration on average. While findings must not change (`untilStableMs`), the delay is shorter
 * and ends when they count as complete. `script/bench --scan` shows the number of calls that this takes.
 */
function nextDelay(spentMs, untilStableMs) {
    return untilStableMs === undefined
        ? Math.min(Math.max(spentMs / 5, MIN_DELAY_MS), MAX_DELAY_MS)
        : Math.min(untilStableMs, MAX_UNSTABLE_DELAY_MS);
}

;// CONCATENATED MODULE: ./build/scan/registry-scanning.js


/**
 * The state of an image without a scan if a scan will begin by itself; `undefined` if one has to be requested, which only basic
 * scanning allows.
 */
function awaitedState(scanning, { repositoryName, isYoung }) {
    if (scanning === undefined)
        return undefined;
    // The rules of the registry may scan on push even if the repository's own setting does not.
    if (isYoung && frequencyOf(scanning, repositoryName) === 'SCAN_ON_PUSH')
        return nothingYet;
    return scanning.scanType === 'ENHANCED' ? nothingEnhancedYet : undefined;
}
/**
 * How often the rules of the registry scan a repository: the most frequent of the rules that select it; `undefined` if none
 * does.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
function frequencyOf({ rules = [] }, repositoryName) {
    const frequencies = rules
        .filter(({ repositoryFilters = [] }) => repositoryFilters.some(({ filter = '' }) => selects(filter, repositoryName)))
        .map(({ scanFrequency }) => scanFrequency);
    return frequencies.find(each => each === 'CONTINUOUS_SCAN') ?? frequencies[0];
}
/** A filter without a wildcard selects all names that contain it. */
function selects(filter, name) {
    return filter.includes('*') ? (0,wildcard/* matchesWildcard */._)(name, filter) : name.includes(filter);
}

// EXTERNAL MODULE: ./build/scan/report.js
var report = __webpack_require__(41088);
;// CONCATENATED MODULE: ./build/scan/scan-api.js

/** The most findings that ECR answers on one page. */
const FINDINGS_PER_PAGE = 1000;
/** The first page of a scan; `undefined` if there is no scan, which is normal for up to a minute after a push. */
async function readFirstPage(ecr, image) {
    try {
        return await ecr.describeImageScanFindings({ ...image, maxResults: FINDINGS_PER_PAGE });
    }
    catch (error) {
        if ((0,client/* isRefusal */.vu)(error, 'ScanNotFoundException'))
            return undefined;
        throw error;
    }
}
/**
 * All pages, including the first; `undefined` if a page token repeats, as reading would never end and the pages read are not
 * all.
 */
async function readPages(ecr, image, first) {
    const seen = new Set();
    const pages = [first];
    for (let token = first.nextToken; token !== undefined;) {
        if (seen.has(token))
            return undefined;
        seen.add(token);
        const page = await ecr.describeImageScanFindings({
            ...image,
            maxResults: FINDINGS_PER_PAGE,
            nextToken: token,
        });
        pages.push(page);
        token = page.nextToken;
    }
    return pages;
}
/** Errors that are about the image or its scans, and not about the call. */
const imageErrors = [
    'LimitExceededException',
    'ValidationException',
    'UnsupportedImageTypeException',
    'ImageArchivedException',
];
/**
 * Requests a scan. Answers the code of the error if it is about the image or its scans, and `undefined` if the scan was
 * started.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_StartImageScan.html
 */
async function startScan(ecr, image) {
    try {
        await ecr.startImageScan(image);
        return undefined;
    }
    catch (error) {
        const refusal = imageErrors.find(code => (0,client/* isRefusal */.vu)(error, code));
        if (refusal === undefined)
            throw error;
        return refusal;
    }
}
/**
 * Makes a function that reads the scanning configuration of the registry once, and again after an error. It answers `undefined`, after a call of
 * `onDenied`, if the role may not read it, or if the registry belongs to another account: ECR answers only for the registry of
 * the role's own account.
 */
function openScanning(ecr, { account, onDenied }) {
    let held;
    const read = async () => {
        try {
            const { registryId, scanningConfiguration = {} } = await ecr.getRegistryScanningConfiguration({});
            if (registryId === account)
                return scanningConfiguration;
        }
        catch (error) {
            if (!(0,client/* isRefusal */.vu)(error, 'AccessDeniedException'))
                throw error;
        }
        onDenied();
        return undefined;
    };
    return () => (held ??= read().catch((error) => {
        held = undefined;
        throw error;
    }));
}

// EXTERNAL MODULE: ./build/scan/stale-scan.js
var stale_scan = __webpack_require__(42571);
;// CONCATENATED MODULE: ./build/scan/await-platform-scan.js











/** A scan that begins by itself may not be visible for this long after a push. */
const SCAN_START_GRACE_MS = 60_000;
/** The log repeats the state of the scan after this time. */
const HEARTBEAT_MS = 10_000;
/** Waits for the scan of one platform and reads all of its pages. */
async function awaitPlatformScan(wait, { platform, digest }) {
    const { aws, log, repository, clock, timeout, signal } = wait;
    const name = platform || report/* unnamedPlatform */.k;
    const { name: repositoryName, registryId } = repository;
    const image = { repositoryName, registryId, imageId: { imageDigest: digest } };
    const began = clock.now();
    /** The time by the clock of AWS, as the end of a scan is given by that clock. */
    const now = () => new Date(clock.now() + aws.ecr.clockOffset());
    let last = nothingYet;
    /** The last answer that listed or counted any finding, which is reported if the scan does not end in time. */
    let lastFindings;
    let isEnhanced;
    let stable;
    let asked;
    let renewed;
    /** Whether a later page said that there is no result. All pages are then read once more. */
    let hasFailedLater = false;
    /** Whether the push of this run is so recent that scans may not know of it. */
    const isYoung = () => wait.isFresh && clock.now() - began < SCAN_START_GRACE_MS;
    /** Requests a scan if the registry uses basic scanning; an enhanced scan begins by itself. */
    const start = async () => {
        if (isYoung() && repository.scanOnPush)
            return nothingYet;
        const scanning = await wait.scanning();
        isEnhanced = scanning?.scanType === 'ENHANCED';
        const awaited = awaitedState(scanning, { repositoryName, isYoung: isYoung() });
        if (awaited)
            return awaited;
        const refusal = await startScan(aws.ecr, image);
        if (refusal === 'ImageArchivedException' && isYoung())
            return nothingYet;
        if (refusal === undefined)
            log.info(`Asked ECR for a scan of ${name}: none had begun by itself`);
        asked = stateAfterRequest(refusal, name);
        return asked;
    };
    /**
     * Requests a newer basic scan, because an old one does not have the vulnerabilities that became known since. If ECR refuses,
     * the old one is judged.
     */
    const renewScan = async (age) => {
        if (typeof renewed === 'object')
            return last;
        if (renewed === undefined) {
            const refusal = await startScan(aws.ecr, image);
            // What was found before it was archived says nothing of an image that nobody can pull.
            if (refusal === 'ImageArchivedException')
                return stateAfterRequest(refusal, name);
            renewed = refusal === undefined ? 'asked' : { refusal };
            log.info((0,stale_scan/* sayRenewal */.AP)(name, { refusal, age }));
        }
        // Wait once even after a refusal: another job may have requested a scan that is visible at the next call.
        return nothingNewerYet;
    };
    const readState = async () => {
        const read = await readFirstPage(aws.ecr, image);
        // A push restores an archived image, and its scans may know of that later.
        const isRestored = isYoung() && read?.imageScanStatus?.status === 'IMAGE_ARCHIVED';
        const answer = isRestored ? undefined : read;
        last = answer
            ? scanStateOf(answer, { name, now: now(), isEnhanced })
            : (asked ?? (await start()));
        if (answer && hasFindings(answer))
            lastFindings = answer;
        return answer;
    };
    const oldScanIn = async (answer) => {
        const age = (0,stale_scan/* ageOf */.hy)(answer, now());
        if (age === undefined)
            return {};
        const refused = typeof renewed === 'object' ? renewed : undefined;
        const scanning = refused ? undefined : await wait.scanning();
        const why = (0,stale_scan/* whyNoNewerScan */._D)(refused ?? { frequency: scanning && frequencyOf(scanning, repositoryName) });
        return why === undefined ? {} : { old: { platform: name, age, why } };
    };
    const look = async () => {
        let answer = await readState();
        const age = answer && (0,stale_scan/* repeatableScanAge */.yH)(answer, now());
        if (last.kind === 'complete' && age !== undefined)
            last = await renewScan(age);
        stable = trackStability(stable, last, clock.now());
        if (stable && msUntilStable(stable, clock.now()) > 0) {
            if (!(await wait.isCovered(digest)))
                return undefined;
            // Inspector was asked after the answer was read, so its success holds only for a later answer, which is read here.
            answer = await readState();
        }
        const { kind, state } = last;
        if (last.kind === 'unscannable') {
            const { reason, remedy } = last;
            const seen = answer && hasFindings(answer) ? { seen: seenIn([answer], platform) } : {};
            return { kind: 'unscanned', state, reason, remedy, platform: name, ...seen };
        }
        if (!answer || kind === 'pending')
            return undefined;
        const pages = await readPages(aws.ecr, image, answer);
        if (pages === undefined) {
            last = repeatingPages;
            return undefined;
        }
        const later = laterPagesState(pages.slice(1), { name });
        if (later?.kind === 'unscannable' && hasFailedLater) {
            const { reason, remedy } = later;
            const seen = { seen: seenIn(pages, platform) };
            return { kind: 'unscanned', state: later.state, reason, remedy, platform: name, ...seen };
        }
        if (later !== undefined) {
            hasFailedLater ||= later.kind === 'unscannable';
            last = { kind: 'pending', state: later.state };
            return undefined;
        }
        return {
            kind: 'scanned',
            state,
            platform: name,
            ...seenIn(pages, platform),
            ...(await oldScanIn(answer)),
        };
    };
    const done = await (0,poll/* poll */.wt)(() => look().catch(error => {
        const isUnknownYet = wait.isPushed && (0,just_pushed/* isUnknownImage */.c0)(error) && clock.now() - began < just_pushed/* UNKNOWN_AFTER_PUSH_MS */.Q8;
        if (!isUnknownYet && !(0,client/* isTransient */.dg)(error))
            throw error;
        last = isUnknownYet ? unknownYet : { kind: 'pending', state: 'ECR did not answer' };
        return undefined;
    }), {
        clock,
        signal,
        timeoutMs: timeout,
        pause: spent => nextDelay(spent, stable && msUntilStable(stable, clock.now())),
        onWait: (0,poll/* heartbeat */.jQ)(HEARTBEAT_MS, {
            say: () => sayScanState(last),
            tell: (state, spent) => log.info(`Waiting for the scan of ${name}: ${state} (${(0,job/* seconds */.YA)(spent)})`),
        }),
    });
    if (done !== undefined)
        return done;
    const seen = lastFindings ? { seen: seenIn([lastFindings], platform) } : {};
    const obstacle = timeoutOf(name, { state: last.state, time: (0,job/* seconds */.YA)(timeout) });
    return { kind: 'unscanned', timedOut: true, state: last.state, ...obstacle, platform: name, ...seen };
}

;// CONCATENATED MODULE: ./build/scan/wait-for-scan.js









const mayNotAsk = 'The role may not ask which scanning the registry has (ecr:GetRegistryScanningConfiguration, in its own account alone).';
const mayNotAskInspector = 'Inspector does not tell this role when its scan is over (inspector2:ListCoverage): its findings are believed when they stay the same.';
/** Waits until every platform has been scanned; an index itself is never scanned by ECR. */
function waitForScan({ job, plan: { gate } }, aws, { title = 'Wait for the scan', repository, image, manifest, clock = poll/* clock */.pm }) {
    return job.step(title, async (log) => {
        if (!gate.wait) {
            log.result('Not awaited (`wait-for-scan: false`)');
            return { kind: 'unawaited' };
        }
        const group = new AbortController();
        const wait = {
            aws,
            log,
            repository,
            clock,
            isFresh: image.kind === 'built',
            isPushed: (0,image_image/* isJustPushed */.g)(image),
            scanning: openScanning(aws.ecr, {
                account: repository.registryId,
                onDenied: () => log.info(mayNotAsk),
            }),
            isCovered: (0,inspector/* openCoverage */.H)(aws.inspector, {
                repositoryArn: repository.arn,
                onDenied: () => log.info(mayNotAskInspector),
            }),
            timeout: gate.timeout,
            signal: AbortSignal.any([job.signal, group.signal]),
        };
        const index = await manifest();
        // What this run has built is known. Of any other image the scan and docker must read the same.
        const checking = image.kind === 'built' ? undefined : checkPlatforms(aws, repository, index);
        // If waiting for one platform throws, waiting for the others ends as well.
        const scanning = index.platforms.map(platform => awaitPlatformScan(wait, platform));
        const [scans] = await Promise.all([Promise.all(scanning), checking]).finally(() => group.abort());
        const report = reportOf(scans, gate.lenience);
        if (report.kind === 'scanned')
            for (const line of (0,scan_findings/* formatTopFindings */.vS)(report.findings))
                log.info(line);
        log.result(report.kind === 'scanned'
            ? `${capital((0,scan_severity/* sayCounts */.A7)(report.counts))} in ${report.platforms.join(', ')}`
            : `Not scanned: ${report.reason}`);
        return report;
    });
}
function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}


/***/ }),

/***/ 65005:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ chooseTags)
/* harmony export */ });
/* harmony import */ var _image_tagger_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(20138);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93068);
/* harmony import */ var _repository_repository_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(83929);
/* harmony import */ var _select_releases_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70261);




/**
 * Returns the run with the release tags that can be put on the image: tags that the repository does not let move are left out,
 * and so are tags that belong to a higher release.
 * @throws {Failure} where a reference in `tags` names the registry of another account.
 */
async function chooseTags(run, aws, repository) {
    const { job, plan } = run;
    const { tags } = plan;
    if (tags.names.length + tags.notes.length === 0)
        return run;
    return job.step('Choose the tags', async (log) => {
        const other = tags.registries?.find(each => each !== repository.registryId);
        if (other !== undefined)
            throw otherRegistry(other, repository);
        const immovable = (0,_select_releases_js__WEBPACK_IMPORTED_MODULE_2__/* .immovableTags */ .mN)(repository.mutability, tags);
        const hasMovableClaims = tags.claims.some(({ tag }) => !immovable.includes(tag));
        const present = hasMovableClaims && !(0,_repository_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .isNew */ .BS)(repository) ? await (0,_image_tagger_js__WEBPACK_IMPORTED_MODULE_0__/* .openTagger */ .$)(aws, repository).names() : [];
        const selected = (0,_select_releases_js__WEBPACK_IMPORTED_MODULE_2__/* .selectReleases */ .VT)(tags, { mutability: repository.mutability, present });
        for (const note of [...tags.notes, ...selected.notes])
            log.info(note);
        for (const warning of selected.warnings)
            log.warn(warning);
        const { releases } = selected.tags;
        log.result(releases.length > 0 ? `To be released: ${releases.join(', ')}` : 'No release tags for this commit');
        return { ...run, plan: { ...plan, tags: selected.tags } };
    });
}
function otherRegistry(account, { name, registryId }) {
    return new _platform_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(`A reference in \`tags\` names the registry of account ${account}, and the repository '${name}' is in that of ${registryId}.`, {
        remedy: `Give the tag alone, or the credentials of ${account}, or the URI of the repository in \`repository\`. Nothing has been built or pushed.`,
    });
}


/***/ }),

/***/ 44842:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BN: () => (/* binding */ commitAffixesOf),
/* harmony export */   C$: () => (/* binding */ defaultFlavor),
/* harmony export */   wp: () => (/* binding */ parseFlavor)
/* harmony export */ });
/* harmony import */ var _ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52484);
/* harmony import */ var _validation_csv_attributes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(55686);
/* harmony import */ var _validation_parsers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59986);
/* harmony import */ var _rule_attributes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(20580);
/* harmony import */ var _template_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(91464);





/** The flavor where the input `flavor` is empty. */
const defaultFlavor = {
    latest: 'auto',
    prefix: { text: [], onLatest: false },
    suffix: { text: [], onLatest: false },
};
/**
 * The prefix and suffix of the commit's tag. Those with an expression in them are left off: the text of an expression depends on the
 * event, and a release has to find the image that the push to `main` has built.
 */
function commitAffixesOf({ prefix, suffix }) {
    const textOf = ({ text }) => ((0,_template_js__WEBPACK_IMPORTED_MODULE_4__/* .isPlain */ .$i)(text) ? (0,_ecr_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .sanitizeTag */ .iP)((0,_template_js__WEBPACK_IMPORTED_MODULE_4__/* .render */ .XX)(text, () => '')) : '');
    return { prefix: textOf(prefix), suffix: textOf(suffix) };
}
const attributeNames = ['latest', 'prefix', 'suffix', 'onlatest'];
/** Reads one line of `flavor` and adds it to the flavor of the lines before it. */
function parseFlavor(entry, previous) {
    const parts = partsOf(entry.fields);
    const fault = checkOnLatest(entry.fields, parts);
    if (fault !== undefined)
        return fault;
    return parts.reduce((flavor, fields) => (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFurther */ .Od)(flavor, before => parsePart(fields, before)), { value: previous });
}
/**
 * The parts of a line that are about one affix: with a prefix and a suffix in it, each has the `onlatest` that follows it. A name
 * that stands in the line twice stays in one part, which is refused.
 */
function partsOf(fields) {
    const isAffix = (field) => isNamed(field, 'prefix') || isNamed(field, 'suffix');
    const affixes = fields.filter(isAffix);
    if (affixes.length !== 2 || affixes.every(field => isNamed(field, 'prefix')))
        return [[...fields]];
    const second = fields.findLastIndex(isAffix);
    return [fields.slice(0, second), fields.slice(second)];
}
function parsePart(fields, previous) {
    const attributes = (0,_validation_csv_attributes_js__WEBPACK_IMPORTED_MODULE_1__/* .attributesOf */ .T)(fields, {
        names: () => ({ allowed: attributeNames, of: '`flavor`' }),
    });
    const latest = attributes.read('latest', text => (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_2__/* .parseChoice */ .HU)(text, ['auto', 'true', 'false']));
    const onLatest = attributes.read('onlatest', text => (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_2__/* .parseChoice */ .HU)(text, ['true', 'false']));
    const affixOf = (name) => {
        const text = attributes.read(name, each => (0,_rule_attributes_js__WEBPACK_IMPORTED_MODULE_3__/* .parseTagTemplate */ .O7)(each));
        if (text === undefined)
            return previous[name];
        // As in docker/metadata-action, a later line that replaces the text alone leaves it on `latest`.
        return { text, onLatest: onLatest === undefined ? previous[name].onLatest : onLatest === 'true' };
    };
    const flavor = { latest: latest ?? previous.latest, prefix: affixOf('prefix'), suffix: affixOf('suffix') };
    return attributes.firstProblem() ?? { value: flavor };
}
function checkOnLatest(fields, [first = [], second]) {
    const has = (part, name) => part.some(field => isNamed(field, name));
    if (!has(fields, 'onlatest'))
        return undefined;
    const isClear = second === undefined ? has(first, 'prefix') !== has(first, 'suffix') : has(first, 'onlatest');
    if (isClear)
        return undefined;
    return {
        problem: "has 'onlatest' beside no single prefix or suffix",
        remedy: 'Write it after each that it is for: prefix=…,onlatest=true,suffix=…,onlatest=true.',
    };
}
function isNamed(field, name) {
    return field.split('=', 1)[0]?.trim().toLowerCase() === name;
}


/***/ }),

/***/ 19329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gO: () => (/* binding */ affixText),
  W0: () => (/* binding */ branchOf),
  vZ: () => (/* binding */ isOnDefaultBranch),
  H8: () => (/* binding */ refOf),
  Yy: () => (/* binding */ renderGlobal),
  aW: () => (/* binding */ shortShaOf),
  cO: () => (/* binding */ tagOf)
});

// EXTERNAL MODULE: ./node_modules/dayjs/dayjs.min.js
var dayjs_min = __webpack_require__(3706);
// EXTERNAL MODULE: ./node_modules/dayjs/plugin/advancedFormat.js
var advancedFormat = __webpack_require__(55440);
// EXTERNAL MODULE: ./node_modules/dayjs/plugin/dayOfYear.js
var dayOfYear = __webpack_require__(11919);
// EXTERNAL MODULE: ./node_modules/dayjs/plugin/isoWeek.js
var isoWeek = __webpack_require__(59072);
// EXTERNAL MODULE: ./node_modules/dayjs/plugin/utc.js
var utc = __webpack_require__(85279);
// EXTERNAL MODULE: ./node_modules/dayjs/plugin/weekOfYear.js
var weekOfYear = __webpack_require__(94901);
// EXTERNAL MODULE: ./node_modules/dayjs/plugin/weekYear.js
var weekYear = __webpack_require__(28880);
;// CONCATENATED MODULE: ./build/tags/date-format.js







for (const plugin of [advancedFormat, dayOfYear, isoWeek, utc, weekOfYear, weekYear])
    dayjs_min.extend(plugin);
/** The tokens of https://momentjs.com/docs/#/displaying/format/, which docker/metadata-action writes dates with. */
const tokens = /\[[^[]*\]|\\?(?:[Hh]mm(?:ss)?|Mo|MM?M?M?|DDDo|Do|DD?D?D?|do|ddd?d?|w[ow]?|W[oW]?|Qo?|N{1,5}|Y{5,6}|YYYY|YY|y{2,4}|yo?|gg(?:ggg?)?|GG(?:GGG?)?|[eEaAxXY]|hh?|HH?|kk?|mm?|ss?|S{1,9}|zz?|ZZ?|.)/gs;
/** Localized formats, each of which stands for several tokens. */
const shorthand = {
    LTS: 'h:mm:ss A',
    LT: 'h:mm A',
    LLLL: 'dddd, MMMM D, YYYY h:mm A',
    LLL: 'MMMM D, YYYY h:mm A',
    LL: 'MMMM D, YYYY',
    L: 'MM/DD/YYYY',
    llll: 'ddd, MMM D, YYYY h:mm A',
    lll: 'MMM D, YYYY h:mm A',
    ll: 'MMM D, YYYY',
    l: 'M/D/YYYY',
};
/** Tokens that moment.js knows and dayjs does not, or that dayjs formats differently. */
const tokenFormatters = {
    Y: at => String(at.year()),
    YYYYY: at => padded(at.year(), 5),
    YYYYYY: at => `+${padded(at.year(), 6)}`,
    y: at => String(at.year()),
    yo: at => ordinal(at.year()),
    yy: at => padded(at.year(), 2),
    yyy: at => padded(at.year(), 3),
    yyyy: at => padded(at.year(), 4),
    N: () => 'AD',
    NN: () => 'AD',
    NNN: () => 'AD',
    NNNN: () => 'Anno Domini',
    NNNNN: () => 'AD',
    Mo: at => ordinal(at.month() + 1),
    Qo: at => ordinal(Math.ceil((at.month() + 1) / 3)),
    Do: at => ordinal(at.date()),
    DDD: at => String(at.dayOfYear()),
    DDDo: at => ordinal(at.dayOfYear()),
    DDDD: at => padded(at.dayOfYear(), 3),
    do: at => ordinal(at.day()),
    e: at => String(at.day()),
    E: at => String(at.isoWeekday()),
    wo: at => ordinal(at.week()),
    Wo: at => ordinal(at.isoWeek()),
    gg: at => padded(at.weekYear() % 100, 2),
    gggg: at => padded(at.weekYear(), 4),
    ggggg: at => padded(at.weekYear(), 5),
    GG: at => padded(at.isoWeekYear() % 100, 2),
    GGGG: at => padded(at.isoWeekYear(), 4),
    GGGGG: at => padded(at.isoWeekYear(), 5),
    hmm: at => at.format('h') + at.format('mm'),
    hmmss: at => at.format('h') + at.format('mm') + at.format('ss'),
    Hmm: at => at.format('H') + at.format('mm'),
    Hmmss: at => at.format('H') + at.format('mm') + at.format('ss'),
};
const dayjsTokens = /^(YY|YYYY|M{1,4}|DD?|d{1,4}|HH?|hh?|kk?|[aA]|mm?|ss?|Q|ww?|WW?)$/;
/** Formats an instant (ISO 8601) in an IANA time zone, which is UTC by default. */
function formatDate(instant, format, zone = 'UTC') {
    const date = new Date(instant);
    const offset = offsetOf(date, zone);
    // The zone's local time as if it were UTC: dayjs's own conversion is wrong when the machine's zone changes its clock.
    const at = dayjs_min.utc(date.getTime() + offset.minutes * 60_000);
    const instantTokens = {
        X: String(Math.floor(date.getTime() / 1000)),
        x: String(date.getTime()),
        Z: offset.text,
        ZZ: offset.text.replace(':', ''),
        z: zoneName(date, zone, 'short'),
        zz: zoneName(date, zone, 'short'),
    };
    return format
        .replaceAll(/\[[^[]*\]|\\?(?:LTS|LT|LL?L?L?|l{1,4})/g, each => shorthand[each] ?? each)
        .replaceAll(tokens, token => {
        if (/^S+$/.test(token))
            return padded(at.millisecond(), 3).padEnd(9, '0').slice(0, token.length);
        const formatted = instantTokens[token] ?? tokenFormatters[token]?.(at);
        if (formatted !== undefined)
            return formatted;
        return dayjsTokens.test(token) ? at.format(token) : unescapeText(token);
    });
}
/** Returns the text in brackets or after a backslash, which is not a token. */
function unescapeText(text) {
    return /^\[./s.test(text) ? text.slice(1).replace(/\]$/, '') : text.replaceAll('\\', '');
}
/** A zone's offset from UTC, such as `+09:00`. Node knows the zones and their history, and writes UTC as `GMT` alone. */
function offsetOf(at, zone) {
    const text = /[+-]\d\d:\d\d/.exec(zoneName(at, zone, 'longOffset'))?.[0] ?? '+00:00';
    const [hours = 0, minutes = 0] = text.slice(1).split(':').map(Number);
    return { text, minutes: (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) };
}
function zoneName(at, zone, style) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style });
    return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
function padded(value, length) {
    return String(value).padStart(length, '0');
}
function ordinal(value) {
    const endings = { one: 'st', two: 'nd', few: 'rd' };
    return `${value}${endings[new Intl.PluralRules('en', { type: 'ordinal' }).select(value)] ?? 'th'}`;
}

// EXTERNAL MODULE: ./build/tags/template.js
var tags_template = __webpack_require__(91464);
;// CONCATENATED MODULE: ./build/tags/global-expressions.js


/**
 * `refs/heads/…`, `refs/tags/…` or `refs/pull/…`; the last one also for `pull_request_target`, which runs on the base. The head of
 * a fork is on no branch of this repository, although a `workflow_run` that builds it runs for the default branch.
 */
function refOf({ event, ref, pullRequest, fork, checkedOut, refSha }) {
    if (event === 'pull_request_target' && pullRequest !== undefined)
        return `refs/pull/${pullRequest}/merge`;
    return fork !== undefined && checkedOut !== refSha ? '' : ref;
}
/** The rule's own prefix or suffix, or else the flavor's, with its expressions filled in. */
function affixText(ruleAffix, { text }, commit) {
    return renderGlobal(ruleAffix ?? text, commit);
}
/** The text of a template with global expressions. https://github.com/docker/metadata-action#global-expressions */
function renderGlobal(template, commit) {
    return (0,tags_template/* render */.XX)(template, expression => valueOfExpression(expression, commit));
}
function valueOfExpression({ name, format = '', zone }, commit) {
    const ref = refOf(commit);
    switch (name) {
        case 'branch':
            return branchOf(ref) ?? '';
        case 'tag':
            return tagOf(ref) ?? '';
        case 'sha':
            return shortShaOf(commit);
        case 'base_ref':
            return ((tagOf(ref) === undefined ? ref.startsWith('refs/pull/') && commit.baseBranch : commit.tagBranch) ||
                '');
        case 'is_default_branch':
            return String(isOnDefaultBranch(commit));
        case 'is_not_default_branch':
            return String(!isOnDefaultBranch(commit));
        case 'date':
            return formatDate(commit.now, format, zone);
        case 'commit_date':
            return formatDate(commit.committedAt ?? commit.now, format, zone);
        default:
            return '';
    }
}
/** Events that have no branch of their own always run on the default branch. */
function isOnDefaultBranch(commit) {
    const isBound = /create|discussion|issues|schedule/.test(commit.event);
    return isBound || (commit.defaultBranch !== undefined && branchOf(refOf(commit)) === commit.defaultBranch);
}
/** The short SHA of the commit, by default 7 characters. */
function shortShaOf({ sha, shaLength = 7 }) {
    return sha.slice(0, shaLength);
}
/** The name of the branch that a ref names, if it names one. */
function branchOf(ref) {
    return /^refs\/heads\/(.*)$/s.exec(ref)?.[1];
}
/** The name of the git tag that a ref names, if it names one. */
function tagOf(ref) {
    return /^refs\/tags\/(.*)$/s.exec(ref)?.[1];
}


/***/ }),

/***/ 75804:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _x: () => (/* binding */ versionPatternOf),
/* harmony export */   lF: () => (/* binding */ findHigherReleases)
/* harmony export */ });
/* unused harmony export releaseOf */
/* harmony import */ var _renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68898);
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62088);


/** The version without its build metadata; `undefined` where the text is no version or a prerelease. */
function releaseOf(text, scheme) {
    if (scheme === 'semver') {
        const version = (0,semver__WEBPACK_IMPORTED_MODULE_1__.valid)(text);
        return version === null || (0,semver__WEBPACK_IMPORTED_MODULE_1__.prerelease)(version) !== null ? undefined : version;
    }
    const version = _renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__.valid(text) === null ? null : _renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__.explain(text);
    return version === null || version.is_prerelease || version.is_devrelease ? undefined : version.public;
}
/** The pattern that reads versions out of tags which a template of version expressions gave. */
function versionPatternOf(scheme, pattern, affixes) {
    const names = pattern.flatMap(part => (typeof part === 'string' ? [] : [part.name]));
    if (new Set(names).size < names.length)
        return undefined;
    const groups = {
        version: '(?<version>.+)',
        raw: '(?<version>.+)',
        major: String.raw `(?<major>\d+)`,
        minor: String.raw `(?<minor>\d+)`,
        patch: String.raw `(?<patch>\d+)`,
    };
    const sources = pattern.map(part => typeof part === 'string' ? RegExp.escape(part) : (groups[part.name] ?? '.*'));
    const [before, after] = affixes.map(RegExp.escape);
    const has = (name) => names.includes(name);
    const numberCount = has('major') ? (has('minor') ? (has('patch') ? 3 : 2) : 1) : 0;
    const precision = has('version') || has('raw') ? 3 : numberCount;
    return precision === 0
        ? undefined
        : { scheme, source: `^${before}${sources.join('')}${after}$`, precision };
}
/** The claimed tags that belong to a higher release in the repository, with the version of that release. */
function findHigherReleases(claims, { tags, versionPatterns }) {
    // A single number may be a date, so it counts only where no rule writes more of a version.
    const highestPrecision = Math.max(...versionPatterns.map(({ precision }) => precision), 0);
    const mostPrecise = versionPatterns.filter(({ precision }) => precision === highestPrecision);
    const presentVersions = tags.flatMap(tag => mostPrecise.flatMap(pattern => readVersion(tag, pattern) ?? []));
    return new Map(claims.flatMap(claim => {
        const higher = presentVersions.find(other => other.scheme === claim.scheme && isHigher(other.version, claim));
        return higher === undefined ? [] : [[claim.tag, higher.version]];
    }));
}
function readVersion(tag, { scheme, source }) {
    const groups = new RegExp(source).exec(tag)?.groups;
    if (groups === undefined)
        return undefined;
    const { version, major, minor = '0', patch = '0' } = groups;
    const release = releaseOf(version ?? `${major}.${minor}.${patch}`, scheme);
    return release === undefined ? undefined : { scheme, version: release };
}
function isHigher(version, { version: claimed, series, scheme }) {
    if (series !== '' && !version.startsWith(`${series}.`))
        return false;
    return (scheme === 'semver' ? (0,semver__WEBPACK_IMPORTED_MODULE_1__.compare)(version, claimed) : _renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__.compare(version, claimed)) > 0;
}


/***/ }),

/***/ 57995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ releaseTags)
/* harmony export */ });
/* harmony import */ var _ecr_mutability_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(87973);
/* harmony import */ var _image_image_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(39963);
/* harmony import */ var _image_read_images_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71043);
/* harmony import */ var _image_tag_conflict_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(77549);
/* harmony import */ var _image_tagger_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20138);
/* harmony import */ var _platform_job_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56497);
/* harmony import */ var _platform_own_value_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(86982);
/* harmony import */ var _select_releases_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70261);








/**
 * Puts the release tags on the digest that was judged, without a rebuild or a pull. Where another job has moved the commit's tag
 * meanwhile to an image that this run takes, it puts none and answers that image, which is to be judged and released first.
 * @throws {Failure} where a tag names another image and cannot move, or the image has as many tags as ECR allows.
 */
function releaseTags({ job, plan, tell }, aws, options) {
    const { tags, release } = plan;
    // What was pushed during this run is new to ECR; an image that it found is not.
    const isNew = (0,_image_image_js__WEBPACK_IMPORTED_MODULE_4__/* .isJustPushed */ .g)(options.image);
    const tagger = (0,_image_tagger_js__WEBPACK_IMPORTED_MODULE_1__/* .openTagger */ .$)(aws, options.repository, isNew ? { signal: job.signal } : undefined);
    const fullOptions = { ...options, tagger };
    const { image, manifest, isBlocked, existing } = fullOptions;
    const tellReleases = (wanted, isReleased) => {
        const releases = {
            released: wanted.filter(isReleased),
            withheld: wanted.filter(tag => !isReleased(tag)),
        };
        tell(releases);
        return releases;
    };
    return job.step('Release the tags', async (log) => {
        const isPushed = release === 'with-push' && image.kind !== 'found';
        const follows = image.kind !== 'found' && (0,_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_5__/* .isMutableTag */ .RB)(tags.candidate, options.repository.mutability);
        if (isPushed && (isBlocked || !follows)) {
            tell({ released: [], withheld: [] });
            log.result(sayPushed(tags.releases, isBlocked));
            return undefined;
        }
        if (isBlocked) {
            const releases = tellReleases(tags.releases, tag => (0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_6__/* .ownValue */ .e)(existing.releases, tag) === image.digest);
            log.result((0,_select_releases_js__WEBPACK_IMPORTED_MODULE_3__/* .sayWithheld */ .f4)(releases.withheld, releases.released));
            return undefined;
        }
        const { holders, ofCommit } = await currentHolders(tags, aws, { ...fullOptions, follows });
        const other = ofCommit === undefined || ofCommit.digest === image.digest ? undefined : ofCommit;
        if (other !== undefined && (await options.takes(other))) {
            log.result(`Another job has put ${tags.candidate} on ${other.digest}, from the same inputs: that image is released`);
            return other;
        }
        if (other !== undefined)
            warnOfOther(log, { tag: tags.candidate, other, digest: image.digest });
        const putTags = [];
        const isOnImage = (tag) => (0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_6__/* .ownValue */ .e)(holders, tag) === image.digest;
        // It is as if the other job, which has pushed later, had begun after this one was over.
        const isOnOther = (tag) => other !== undefined && (0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_6__/* .ownValue */ .e)(holders, tag) === other.digest;
        const putMissing = (wanted) => (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_2__/* .together */ .bs)(...wanted
            .filter(tag => !isOnImage(tag) && !isOnOther(tag))
            .map(async (tag) => {
            await tagger.release(tag, { digest: image.digest, ...(await manifest()) });
            putTags.push(tag);
        }));
        let wanted = tags.releases;
        try {
            const groups = (0,_select_releases_js__WEBPACK_IMPORTED_MODULE_3__/* .splitFixedAndMoving */ .K5)(tags);
            await putMissing(groups.fixed);
            const hasMissingClaims = tags.claims.some(({ tag }) => groups.moving.includes(tag) && !isOnImage(tag));
            if (hasMissingClaims)
                wanted = await selectAgain(log, tags, fullOptions);
            await putMissing(groups.moving.filter(tag => wanted.includes(tag)));
        }
        finally {
            wanted = wanted.filter(tag => !isOnOther(tag));
            tellReleases(wanted, tag => isOnImage(tag) || putTags.includes(tag));
            for (const tag of putTags) {
                const holder = (0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_6__/* .ownValue */ .e)(holders, tag);
                const movedMeanwhile = holder !== undefined && holder !== (0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_6__/* .ownValue */ .e)(existing.releases, tag);
                if (movedMeanwhile)
                    warnOfMove(log, { tag, holder, digest: image.digest });
            }
        }
        log.result(isPushed && putTags.length === 0 ? sayPushed(wanted, isBlocked) : sayReleased(wanted, image.digest));
        return undefined;
    });
}
function sayReleased(releases, digest) {
    return releases.length === 0
        ? 'No release tags for this commit'
        : `${releases.join(', ')} now at ${digest}`;
}
/**
 * Selects the release tags again, because another job may have pushed a higher release during this build and scan. Each job
 * puts its version tag on before it lists the repository's tags, so one of two parallel jobs always sees the other.
 */
async function selectAgain(log, tags, { repository, tagger }) {
    const present = await tagger.names();
    const selected = (0,_select_releases_js__WEBPACK_IMPORTED_MODULE_3__/* .selectReleases */ .VT)(tags, { mutability: repository.mutability, present });
    for (const note of selected.notes)
        log.info(note);
    return selected.tags.releases;
}
function sayPushed(releases, isBlocked) {
    if (releases.length === 0)
        return 'No release tags for this commit';
    const blockedNote = isBlocked ? ', though the gate blocked the image' : '';
    return `${releases.join(', ')} went on with the push${blockedNote} (\`release: with-push\`)`;
}
/** What the tags name now. Tags that can move are read again, in one call, because another job may have moved them. */
async function currentHolders({ releases, candidate }, { ecr }, { repository, existing, follows }) {
    const { name: repositoryName, registryId, mutability } = repository;
    const movable = releases.filter(tag => (0,_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_5__/* .isMutableTag */ .RB)(tag, mutability));
    const names = [...movable, ...(follows ? [candidate] : [])];
    if (names.length === 0)
        return { holders: existing.releases };
    const images = await (0,_image_read_images_js__WEBPACK_IMPORTED_MODULE_0__/* .readImages */ .H)(ecr, { repositoryName, registryId }, (0,_image_read_images_js__WEBPACK_IMPORTED_MODULE_0__/* .byTag */ .O)(names));
    const fixedHolders = Object.entries(existing.releases).filter(([tag]) => !movable.includes(tag));
    const movedHolders = images.map(({ tag = '', digest }) => [tag, digest]);
    const ofCommit = follows ? images.find(({ tag }) => tag === candidate) : undefined;
    return { holders: Object.fromEntries([...fixedHolders, ...movedHolders]), ...(ofCommit && { ofCommit }) };
}
function warnOfOther(log, { tag, other, digest }) {
    log.warn(`Another job has put the commit's tag ${tag} on ${other.digest} while this one ran, and this one's image is ${digest}. ` +
        'The two are not taken for each other, as they were made from other inputs, or from sources that may change, or `reuse` is off. ' +
        `If both images are wanted: ${_image_tag_conflict_js__WEBPACK_IMPORTED_MODULE_7__/* .nameApart */ .gz} A \`concurrency\` group in the workflow lets one job follow the other.`);
}
function warnOfMove(log, { tag, holder, digest }) {
    log.warn(`Another job put the tag '${tag}' on ${holder} while this one ran; this job has put it on ${digest}. ` +
        'Where the other job was the newer one, run it again; a `concurrency` group in the workflow lets one follow the other.');
}


/***/ }),

/***/ 20580:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $J: () => (/* binding */ missingAttribute),
/* harmony export */   EY: () => (/* binding */ parsePattern),
/* harmony export */   Hq: () => (/* binding */ parseEnable),
/* harmony export */   O7: () => (/* binding */ parseTagTemplate),
/* harmony export */   Pp: () => (/* binding */ parseGlobalTemplate),
/* harmony export */   cF: () => (/* binding */ parsePriority),
/* harmony export */   hb: () => (/* binding */ parseGroup),
/* harmony export */   xS: () => (/* binding */ parseCapturingPattern)
/* harmony export */ });
/* harmony import */ var _validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(59986);
/* harmony import */ var _template_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(91464);


/** The problem of a rule without an attribute that it needs. */
function missingAttribute(name, example) {
    return { problem: `has no ${name}`, remedy: `Write it so: ${example}.` };
}
/** Parses a template that may use the global expressions. */
function parseGlobalTemplate(text) {
    return (0,_template_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTemplate */ .QC)(text, _template_js__WEBPACK_IMPORTED_MODULE_1__/* .globalNames */ .q1);
}
/**
 * Parses a template of which a tag, or a part of one, is made. Its own text has no quotes, as no tag has them: they would become
 * dashes.
 */
function parseTagTemplate(text, names = _template_js__WEBPACK_IMPORTED_MODULE_1__/* .globalNames */ .q1) {
    return (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .parseFurther */ .Od)((0,_template_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTemplate */ .QC)(text, names), template => template.some(part => typeof part === 'string' && /["']/.test(part))
        ? { problem: 'has quotes in it, which no tag has', remedy: 'Write it without them.' }
        : { value: template });
}
/** Parses `enable`. */
function parseEnable(text) {
    const expression = /^\{\{\{?\s*(\w+)\s*\}\}\}?$/.exec(text)?.[1];
    const choices = ['true', 'false', 'is_default_branch', 'is_not_default_branch'];
    const chosen = (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .parseChoice */ .HU)(expression ?? text, choices);
    const hasRightForm = 'value' in chosen && chosen.value.startsWith('is_') === (expression !== undefined);
    if (hasRightForm)
        return chosen;
    return {
        problem: 'is neither true nor false',
        remedy: 'Allowed: true, false, {{is_default_branch}}, {{is_not_default_branch}}, or an expression of GitHub that becomes one of them.',
    };
}
/** Parses `priority`. */
function parsePriority(text) {
    const value = Number(text);
    if (text !== '' && Number.isFinite(value))
        return { value };
    return { problem: 'is not a number', remedy: 'Give one such as 500; the highest comes first.' };
}
/** Parses a regular expression, written as `/pattern/flags` or as a pattern alone. `groups` is how many groups it has. */
function parsePattern(text) {
    const [, source = text, flags = ''] = /^\/(.+)\/(.*)$/.exec(text) ?? [];
    return compile(source, flags);
}
function compile(source, flags) {
    try {
        const groups = (new RegExp(`${source}|`, flags).exec('')?.length ?? 1) - 1;
        return { value: { source, flags, groups } };
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { problem: `is no regular expression (${reason})`, remedy: 'Give one as JavaScript has it.' };
    }
}
/** Parses a regular expression that needs at least one group. */
function parseCapturingPattern(text) {
    const expression = compile(text, '');
    if (!('value' in expression))
        return expression;
    if (expression.value.groups > 0)
        return { value: text };
    return { problem: 'has no group', remedy: 'Put parentheses around the version in it, such as v(.*).' };
}
/** Parses the number of a group of a pattern; 0 is the whole match. */
function parseGroup(text, groups) {
    if (/^\d+$/.test(text) && Number(text) <= groups)
        return { value: Number(text) };
    return { problem: 'is no group of the pattern', remedy: `Allowed: a whole number from 0 to ${groups}.` };
}


/***/ }),

/***/ 70261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K5: () => (/* binding */ splitFixedAndMoving),
/* harmony export */   VT: () => (/* binding */ selectReleases),
/* harmony export */   f4: () => (/* binding */ sayWithheld),
/* harmony export */   mN: () => (/* binding */ immovableTags)
/* harmony export */ });
/* harmony import */ var _ecr_mutability_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(87973);
/* harmony import */ var _highest_release_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75804);


/** Moving tags that this repository does not let move. They would work for one release and fail every later one. */
function immovableTags(mutability, { moving }) {
    return moving.filter(tag => !(0,_ecr_mutability_js__WEBPACK_IMPORTED_MODULE_1__/* .isMutableTag */ .RB)(tag, mutability));
}
/**
 * Leaves out tags that cannot move in this repository or that belong to a higher release. It is called before the build, so
 * that the release does not fail on them. `present` has the repository's tags.
 */
function selectReleases(tags, { mutability, present }) {
    const immovable = immovableTags(mutability, tags);
    const higherVersions = (0,_highest_release_js__WEBPACK_IMPORTED_MODULE_0__/* .findHigherReleases */ .lF)(tags.claims, {
        tags: present,
        versionPatterns: tags.versionPatterns,
    });
    const releases = tags.releases.filter(tag => !immovable.includes(tag) && !higherVersions.has(tag));
    return {
        tags: { ...tags, releases, claims: tags.claims.filter(({ tag }) => releases.includes(tag)) },
        warnings: immovable.length === 0 ? [] : [sayImmovable(immovable, mutability)],
        notes: tags.claims.flatMap(({ tag, version }) => {
            const higher = immovable.includes(tag) ? undefined : higherVersions.get(tag);
            return higher === undefined
                ? []
                : [`The tag '${tag}' stays where it is: ${higher} is there already, and ${version} is not higher.`];
        }),
    };
}
function sayImmovable(immovable, { setting }) {
    const names = immovable.map(tag => `'${tag}'`).join(', ');
    const change = setting === 'MUTABLE_WITH_EXCLUSION'
        ? 'Take the filter that names them out of the exclusions of the repository'
        : `Add to the repository the exclusion filters ${names} (IMMUTABLE_WITH_EXCLUSION)`;
    return `The image does not get the tags ${names}: they are meant to move, and the repository is ${setting} and does not let them. ${change}, or make it MUTABLE.`;
}
/**
 * Splits the release tags into those that name one image for good and those that move. The fixed ones are put on first, so that
 * a run which fails on its version tag does not move `latest`.
 */
function splitFixedAndMoving({ releases, moving }) {
    return {
        fixed: releases.filter(tag => !moving.includes(tag)),
        moving: releases.filter(tag => moving.includes(tag)),
    };
}
/** The log line about the release tags of a blocked image. Tags that an earlier run has put on it stay. */
function sayWithheld(withheld, released) {
    const kept = released.length === 0
        ? ''
        : `${released.join(', ')} ${released.length > 1 ? 'were' : 'was'} released earlier and ${released.length > 1 ? 'stay' : 'stays'} on this image`;
    if (withheld.length === 0)
        return kept || 'Nothing is released';
    return `Withheld: ${withheld.join(', ')}${kept && `; ${kept}`}`;
}


/***/ }),

/***/ 91464:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $i: () => (/* binding */ isPlain),
/* harmony export */   QC: () => (/* binding */ parseTemplate),
/* harmony export */   TY: () => (/* binding */ dateNames),
/* harmony export */   XX: () => (/* binding */ render),
/* harmony export */   q1: () => (/* binding */ globalNames)
/* harmony export */ });
/* harmony import */ var _validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(59986);

/** The names that docker/metadata-action calls its global expressions. */
const globalNames = [
    'branch',
    'tag',
    'sha',
    'base_ref',
    'is_default_branch',
    'is_not_default_branch',
    'date',
    'commit_date',
];
/** The global expressions that take a format. */
const dateNames = ['date', 'commit_date'];
/**
 * Parses a template that may use these names. It supports the part of Handlebars that tags need. Handlebars itself takes longer
 * to load than the rest of the step, compiles templates to code, and does not report unknown names.
 */
function parseTemplate(text, names) {
    const template = [];
    let position = 0;
    for (const match of text.matchAll(/(\\)?(?:\{\{\{([^{}]*)\}\}\}|\{\{([^{}]*)\}\})/g)) {
        const [whole, backslash, tripleBraced, doubleBraced = ''] = match;
        template.push(text.slice(position, match.index));
        position = match.index + whole.length;
        if (backslash !== undefined) {
            template.push(whole.slice(1));
            continue;
        }
        const expression = parseExpression(tripleBraced ?? doubleBraced, {
            names,
            escaped: tripleBraced === undefined,
        });
        if (!('value' in expression))
            return expression;
        template.push(expression.value);
    }
    template.push(text.slice(position));
    const isUnclosed = template.some((part, index) => typeof part === 'string' && index % 2 === 0 && part.includes('{{'));
    if (isUnclosed)
        return { problem: "has a '{{' that is not closed", remedy: 'End each expression with }}.' };
    return { value: template.filter(part => part !== '') };
}
function parseExpression(text, { names, escaped }) {
    const [, unescaped, name = '', rest = ''] = /^(&)?\s*(\S*)\s*(.*?)\s*$/s.exec(text) ?? [];
    const known = (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .parseChoice */ .HU)(name, names);
    if (!('value' in known)) {
        return { problem: `has {{${text.trim()}}}, which is not known here`, remedy: known.remedy };
    }
    const expression = { name: known.value, escaped: escaped && unescaped === undefined };
    const takesFormat = dateNames.some(each => each === known.value);
    const [, format, zone] = dateArguments.exec(rest)?.map(unquote) ?? [];
    if (takesFormat ? format === undefined : rest !== '') {
        return {
            problem: `has {{${text.trim()}}}, which cannot be read`,
            remedy: takesFormat
                ? `Write {{${known.value} 'YYYYMMDD'}}, or {{${known.value} 'YYYYMMDD' tz='Europe/Berlin'}}.`
                : `Write {{${known.value}}} alone.`,
        };
    }
    if (zone !== undefined && !isZone(zone)) {
        const near = (0,_validation_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .parseChoice */ .HU)(zone, Intl.supportedValuesOf('timeZone'));
        const guess = 'remedy' in near ? (/ Did you mean '.*'\?$/.exec(near.remedy)?.[0] ?? '') : '';
        return {
            problem: `has the time zone '${zone}', which is not known`,
            remedy: `Allowed: such as Europe/Berlin.${guess}`,
        };
    }
    return {
        value: { ...expression, ...(format !== undefined && { format }), ...(zone !== undefined && { zone }) },
    };
}
/** A format in quotes, and the zone of `tz=` where it is given. In quotes a backslash stands before the same quote. */
const quoted = String.raw `"(?:\\"|[^"])*"|'(?:\\'|[^'])*'`;
const dateArguments = new RegExp(`^(${quoted})(?:\\s+tz\\s*=\\s*(${quoted}))?$`);
/** https://handlebarsjs.com/guide/expressions.html#literal-segments */
function unquote(text) {
    return text?.slice(1, -1).replaceAll(/\\(["'])/g, '$1');
}
function isZone(zone) {
    try {
        return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
    }
    catch {
        return false;
    }
}
/** The text of a template in which `valueOf` gives the value of each expression. */
function render(template, valueOf) {
    return template
        .map(part => {
        if (typeof part === 'string')
            return part;
        return part.escaped ? escape(valueOf(part)) : valueOf(part);
    })
        .join('');
}
/** https://handlebarsjs.com/guide/#html-escaping */
function escape(text) {
    const entities = {
        '&': '&amp;',
        '<': '&lt;',
        '>': '&gt;',
        '"': '&quot;',
        "'": '&#x27;',
        '`': '&#x60;',
        '=': '&#x3D;',
    };
    return text.replaceAll(/[&<>"'`=]/g, each => entities[each] ?? each);
}
/** Whether a template has no expressions. */
function isPlain(template) {
    return template.every(part => typeof part === 'string');
}


/***/ }),

/***/ 55686:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ attributesOf),
/* harmony export */   f: () => (/* binding */ parseRuleLines)
/* harmony export */ });
/* harmony import */ var csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25175);
/* harmony import */ var _parsers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59986);


/**
 * Parses a list in which each line has fields separated by commas, in the format of docker/metadata-action: a line that begins
 * with `#` is a comment, and a field or a whole line may be quoted.
 */
function parseRuleLines(text) {
    try {
        const records = (0,csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text, {
            relaxQuotes: true,
            relaxColumnCount: true,
            skipEmptyLines: true,
            comment: '#',
            comment_no_infix: true,
            ...(0,_parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .lineEndsIn */ .Wh)(text),
        });
        const lines = records.map(record => ({ text: record.join(',').trim(), fields: fieldsOf(record) }));
        return { value: lines.filter(line => line.text !== '') };
    }
    catch (error) {
        return {
            problem: `is not a list (${error instanceof Error ? error.message : String(error)})`,
            remedy: 'Give one rule a line; a field that has a comma in it has quotes around the whole of it, "pattern=a,b".',
        };
    }
}
/** A line that is quoted as a whole is parsed a second time, so that the commas inside the quotes separate its fields. */
function fieldsOf(record) {
    const [only = ''] = record;
    if (record.length > 1)
        return record.map(field => field.trim());
    const [fields = []] = (0,csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(only.trim(), { relaxQuotes: true, relaxColumnCount: true });
    return fields.map(field => field.trim());
}
/**
 * What is wrong with a field whose value is quoted by itself, such as `pattern="a"`: the quotes would be a part of the value.
 * docker/metadata-action refuses it too. https://csv.js.org/parse/options/relax_quotes/
 */
function checkQuotes(field) {
    const at = field.indexOf('=');
    const value = field.slice(at > 0 ? at + 1 : 0).trim();
    if (!/^["']|["']$/.test(value))
        return undefined;
    const [name, bare] = [field.slice(0, at > 0 ? at + 1 : 0).trim(), value.replaceAll(/^["']+|["']+$/g, '')];
    const right = `${name}${bare}`;
    return {
        problem: `has quotes inside the field '${field}', which would be a part of the value`,
        remedy: right.includes(',')
            ? `Put them around the whole of the field, "${right}".`
            : `Write ${right} without them; quotes go around the whole of a field, and only where it has a comma in it, "${name}a,b".`,
    };
}
/**
 * Reads fields of the form `name=value`; a field without a name is read as the attribute `bare`. `names` answers which names
 * are allowed; others are refused, with `of` as the subject of the sentence.
 */
function attributesOf(fields, { bare, names, }) {
    const problems = [];
    const given = new Map();
    for (const field of fields) {
        const at = field.indexOf('=');
        const name = at > 0 ? field.slice(0, at).trim().toLowerCase() : bare;
        const quotes = checkQuotes(field);
        if (quotes !== undefined)
            problems.push(quotes);
        if (name === undefined) {
            problems.push({ problem: `has '${field}', which says nothing`, remedy: 'Write name=value.' });
            continue;
        }
        if (given.has(name)) {
            const remedy = 'Say it once; give each tag a line of its own, and quotes to a field that has a comma in it.';
            problems.push({ problem: `says '${name}' twice`, remedy });
        }
        given.set(name, field.slice(at > 0 ? at + 1 : 0).trim());
    }
    const { allowed, of } = names(given);
    for (const name of given.keys()) {
        const known = (0,_parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .parseChoice */ .HU)(name, allowed);
        if ('problem' in known)
            problems.push({ problem: `has '${name}', which ${of} does not take`, remedy: known.remedy });
    }
    return {
        text: name => given.get(name),
        read(name, parse) {
            const text = given.get(name);
            const parsed = text === undefined ? undefined : parse(text);
            if (parsed === undefined || 'value' in parsed)
                return parsed?.value;
            problems.push({ problem: `has the ${name} '${text}', which ${parsed.problem}`, remedy: parsed.remedy });
            return undefined;
        },
        refuse: problem => void problems.push(problem),
        firstProblem: () => problems[0],
    };
}


/***/ }),

/***/ 59986:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  u4: () => (/* binding */ isRecord),
  Wh: () => (/* binding */ lineEndsIn),
  yG: () => (/* binding */ parseBoolean),
  HU: () => (/* binding */ parseChoice),
  E9: () => (/* binding */ parseDuration),
  GD: () => (/* binding */ parseExactLines),
  Od: () => (/* binding */ parseFurther),
  qF: () => (/* binding */ parseJson),
  Li: () => (/* binding */ parseLines),
  E1: () => (/* binding */ parseList),
  vE: () => (/* binding */ parsePlainLines),
  oA: () => (/* binding */ parseWholeNumber),
  Js: () => (/* binding */ sayFaults)
});

// EXTERNAL MODULE: ./node_modules/csv-parse/lib/sync.js + 9 modules
var sync = __webpack_require__(25175);
// EXTERNAL MODULE: ./node_modules/fastest-levenshtein/mod.js
var mod = __webpack_require__(21916);
// EXTERNAL MODULE: ./node_modules/ms/index.js
var ms = __webpack_require__(70744);
// EXTERNAL MODULE: ./build/platform/url-credentials.js
var url_credentials = __webpack_require__(66604);
;// CONCATENATED MODULE: ./build/validation/quote-value.js

/** Characters of a value that an error shows. */
const MAX_VALUE_LENGTH = 200;
/** Characters of a problem or a remedy, which may quote a value too. */
const MAX_SENTENCES_LENGTH = 1_000;
/** A value of an input as errors show it: in quotes, on one line, cut at 200 characters, without the credentials of its URLs. */
function quoteValue(value) {
    const shown = showCharacters((0,url_credentials/* withoutCredentials */.r)(firstOf(value, MAX_VALUE_LENGTH)));
    return value.length > MAX_VALUE_LENGTH
        ? `'${shown}…' (${value.length.toLocaleString('en')} characters)`
        : `'${shown}'`;
}
/** The problem or the remedy of an input, cut at 1,000 characters where it quotes a long value. */
function boundSentences(text) {
    const shown = (0,url_credentials/* withoutCredentials */.r)(firstOf(text, MAX_SENTENCES_LENGTH));
    return text.length > MAX_SENTENCES_LENGTH ? `${shown}…` : shown;
}
/** The beginning of a text. The cut divides no credentials of a URL, which would not be known as such without their `@`. */
function firstOf(text, length) {
    if (text.length <= length)
        return text;
    const first = text.slice(0, length);
    return /:\/\/[^/?#\s]*$/.test(first) ? first.replace(/:\/\/[^/?#\s]*$/, '://') : first;
}
/** Writes control characters and halves of surrogate pairs as escapes, so that what is invisible is seen and no line is forged. */
function showCharacters(text) {
    return text
        .replaceAll('\n', String.raw `\n`)
        .replaceAll('\r', String.raw `\r`)
        .replaceAll('\t', String.raw `\t`)
        .replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

;// CONCATENATED MODULE: ./build/validation/parsers.js




/** Edits of single characters, up to which a name is taken for a misspelt one. */
const MAX_SUGGESTION_DISTANCE = 3;
/** How many problems one error tells. More of them are told by their number, as they mostly have one cause. */
const MAX_FAULTS = 20;
/** Parses further what has been parsed, unless something was wrong with it. */
function parseFurther(parsed, parse) {
    return 'value' in parsed ? parse(parsed.value) : parsed;
}
/** One error about all inputs that cannot be used. */
function sayFaults(faults) {
    const remedy = 'Nothing has been created or pushed.';
    const lines = faults.slice(0, MAX_FAULTS).map(sayFault);
    if (faults.length === 1)
        return { message: `An input needs a change: ${lines[0]}`, remedy };
    const untold = faults.length - lines.length;
    const more = untold > 0 ? [`and ${untold.toLocaleString('en')} more`] : [];
    const list = [...lines, ...more].map(line => `- ${line}`).join('\n');
    return { message: `${faults.length.toLocaleString('en')} inputs need a change:\n${list}`, remedy };
}
function sayFault({ input, value, problem, remedy }) {
    return `${input}: ${quoteValue(value)} ${boundSentences(problem)}. ${boundSentences(remedy)}`;
}
/** Parses one of some names, whatever their case; a name that is nearly right is suggested. */
function parseChoice(text, choices) {
    const chosen = choices.find(choice => choice.toLowerCase() === text.toLowerCase());
    if (chosen !== undefined)
        return { value: chosen };
    const lower = choices.map(choice => choice.toLowerCase());
    const longest = Math.max(...lower.map(each => each.length)) + MAX_SUGGESTION_DISTANCE;
    // A comparison takes as long as both texts are together, and a text may have any length.
    const near = text.length > longest ? '' : (0,mod/* closest */.kp)(text.toLowerCase(), lower);
    const guess = near !== '' && (0,mod/* distance */.Io)(text.toLowerCase(), near) <= MAX_SUGGESTION_DISTANCE
        ? ` Did you mean '${choices[lower.indexOf(near)]}'?`
        : '';
    return { problem: 'is not one of the choices', remedy: `Allowed: ${choices.join(', ')}.${guess}` };
}
/** Parses a boolean of the YAML 1.2 core schema, as `core.getBooleanInput` does. */
function parseBoolean(text) {
    if (/^(true|True|TRUE)$/.test(text))
        return { value: true };
    if (/^(false|False|FALSE)$/.test(text))
        return { value: false };
    return { problem: 'is not a boolean', remedy: 'Allowed: true, false.' };
}
/** Parses a whole number within limits, both included. */
function parseWholeNumber(text, limits) {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= limits.min && value <= limits.max)
        return { value };
    return {
        problem: 'is out of range',
        remedy: `Allowed: a whole number from ${limits.min} to ${limits.max}.`,
    };
}
/** Parses `90s`, `10m`, `1h` or a number of seconds into milliseconds. */
function parseDuration(text) {
    const withUnit = /^\d+$/.test(text) ? `${text}s` : text;
    const value = isDuration(withUnit) ? ms(withUnit) : 0;
    if (value > 0 && value <= ms('6h'))
        return { value };
    return {
        problem: 'is not a duration',
        remedy: 'Allowed: such as 90s, 10m, or a number of seconds; at most 6h.',
    };
}
function isDuration(text) {
    return /^\d+(\.\d+)?[smh]$/.test(text);
}
/**
 * Parses a list with one item per line by the rules of docker/build-push-action: an item that spans lines is quoted. In each kind of list
 * a line that begins with `#` is a comment, as it is in docker/metadata-action.
 */
function parseLines(text) {
    return recordsOf(text, record => [record.join(',').trim()].filter(Boolean));
}
/** Parses a list as {@link parseLines} does, and keeps what an item ends in: the key of a secret may end in line breaks. */
function parseExactLines(text) {
    return recordsOf(text, record => [record.join(',').trimStart()].filter(Boolean));
}
/** Parses a list with one item per line, in which quotes are part of the items. */
function parsePlainLines(text) {
    return {
        value: text
            .split('\n')
            .map(line => line.trim())
            .filter(line => line !== '' && !isComment(line)),
    };
}
/** Parses a list whose items are separated by line breaks or commas. */
function parseList(text) {
    return recordsOf(text, record => record.map(item => item.trim()).filter(Boolean));
}
function recordsOf(text, items) {
    try {
        const records = (0,sync/* parse */.qg)(text, {
            relaxQuotes: true,
            relaxColumnCount: true,
            skipEmptyLines: true,
            comment: '#',
            comment_no_infix: true,
            ...lineEndsIn(text),
        });
        // The parser itself takes no line for a comment that begins with a blank.
        return { value: records.filter(([first = '']) => !isComment(first)).flatMap(items) };
    }
    catch (error) {
        return {
            problem: `is not a list (${error instanceof Error ? error.message : String(error)})`,
            remedy: 'Give one item a line; close each quote that opens an item.',
        };
    }
}
function isComment(line) {
    return line.trimStart().startsWith('#');
}
/**
 * The line ends of a list. The parser takes the first one for that of all lines, and a list that workflows put together, such as
 * from the output of a program on Windows, has both kinds.
 */
function lineEndsIn(text) {
    return text.includes('\n') ? { recordDelimiter: ['\r\n', '\n'] } : {};
}
/** The value of a JSON text; `undefined` if it is not JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** Whether a value is an object that is not an array. */
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 63550:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ rejectAll)
/* harmony export */ });
/** Inputs that have a value in every job even if the workflow does not set them. */
const givenByGitHub = new Set(['github-token']);
/**
 * The reader of the inputs of a part that this run leaves out. It rejects each input that differs from its default, as the
 * input would have no effect. Inputs in `allowed` are read as usual.
 */
function rejectAll(reader, { problem, remedy, allowed }) {
    const refuse = (input, value) => {
        if (givenByGitHub.has(input))
            return;
        reader.reject(input, value, { problem, remedy });
    };
    return {
        ...reader,
        read(input, parse, fallback) {
            if (allowed.includes(input))
                return reader.read(input, parse, fallback);
            const given = reader.read(input, text => ({ value: { text } }), undefined);
            if (given === undefined)
                return fallback;
            const parsed = parse(given.text);
            // A value that equals the default has no effect and is accepted.
            const isDefault = 'value' in parsed && JSON.stringify(parsed.value) === JSON.stringify(fallback);
            if (!isDefault)
                refuse(input, given.text);
            return fallback;
        },
        text(input, check, fallback = '') {
            if (allowed.includes(input))
                return reader.text(input, check, fallback);
            const text = reader.text(input, () => undefined, fallback);
            if (text !== fallback)
                refuse(input, text);
            return fallback;
        },
        optional(input, check) {
            if (allowed.includes(input))
                return reader.optional(input, check);
            const text = reader.optional(input, () => undefined);
            if (text !== undefined)
                refuse(input, text);
            return undefined;
        },
        list(input, split, check) {
            if (allowed.includes(input))
                return reader.list(input, split, check);
            const [first, ...more] = reader.list(input, split, () => undefined);
            if (first !== undefined)
                refuse(input, more.length > 0 ? `${first}, …` : first);
            return [];
        },
        secret(input, split) {
            if (allowed.includes(input))
                return reader.secret(input, split);
            if (reader.secret(input, split).length > 0)
                refuse(input, '…');
            return [];
        },
        reject(input, value, other) {
            if (allowed.includes(input))
                reader.reject(input, value, other);
        },
    };
}


/***/ }),

/***/ 89575:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BX: () => (/* binding */ proxy),
/* harmony export */   Cy: () => (/* binding */ sessionName),
/* harmony export */   D8: () => (/* binding */ anything),
/* harmony export */   DA: () => (/* binding */ ulimit),
/* harmony export */   Ej: () => (/* binding */ size),
/* harmony export */   Jc: () => (/* binding */ exclusionFilter),
/* harmony export */   Ny: () => (/* binding */ region),
/* harmony export */   Rk: () => (/* binding */ hostAddress),
/* harmony export */   iD: () => (/* binding */ platform),
/* harmony export */   lS: () => (/* binding */ accountId),
/* harmony export */   mF: () => (/* binding */ policyArn),
/* harmony export */   mU: () => (/* binding */ assignment),
/* harmony export */   pP: () => (/* binding */ externalId),
/* harmony export */   q9: () => (/* binding */ driverOption),
/* harmony export */   w3: () => (/* binding */ roleArn),
/* harmony export */   w7: () => (/* binding */ annotation),
/* harmony export */   wM: () => (/* binding */ servicePrincipal),
/* harmony export */   zJ: () => (/* binding */ kmsKey)
/* harmony export */ });
/** The code of a region of AWS. */
const region = text => /^[a-z]+(-[a-z]+)+-\d+$/.test(text)
    ? undefined
    : { problem: 'is not a region', remedy: 'Give its code, such as eu-central-1, here or in AWS_REGION.' };
/** The ARN of an IAM role. */
const roleArn = arn => /^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)
    ? undefined
    : {
        problem: "is not a role's ARN",
        remedy: /^[\w+=,.@/-]+$/.test(arn)
            ? `Give it whole, such as arn:aws:iam::123456789012:role/${arn}. Where credentials of the job assume it, set \`role-chaining: true\` as well.`
            : 'Give it whole, such as arn:aws:iam::123456789012:role/github-ecr-push.',
    };
/** The name of a session. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const sessionName = name => /^[\w+=,.@-]{2,64}$/.test(name)
    ? undefined
    : { problem: 'is not a session name', remedy: 'Allowed: 2 to 64 letters, digits and any of _+=,.@-' };
/** `os[/architecture[/variant]]` */
const platform = text => /^[a-z0-9]+(\/[a-z0-9_]+){0,2}$/.test(text)
    ? undefined
    : { problem: 'is not a platform', remedy: 'Give os/architecture, such as linux/amd64,linux/arm64.' };
/** `NAME=value` or `NAME`. */
const assignment = text => /^[^=\s"']+(=|$)/.test(text)
    ? undefined
    : {
        problem: 'has no name',
        remedy: 'Give NAME=value, one a line; put quotes around the whole of an item that spans lines, "NAME=one\\ntwo".',
    };
/**
 * `name=value`, quoted as a whole where the value has commas.
 * https://docs.docker.com/reference/cli/docker/buildx/create/#driver-opt
 */
const driverOption = text => /^("[^=\s"']+=.*"|[^=\s"']+=.*)$/.test(text)
    ? undefined
    : {
        problem: 'is not an option of a driver',
        remedy: 'Give name=value, one a line, with quotes around the whole of one that has commas in its value.',
    };
/** The external ID of a role. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const externalId = text => /^[\w+=,.@:/-]{2,1224}$/.test(text)
    ? undefined
    : { problem: 'is not an external id', remedy: 'Allowed: 2 to 1224 letters, digits and any of _+=,.@:/-' };
/** The ARN of an IAM policy, managed by AWS or by a customer. */
const policyArn = arn => /^arn:[a-z0-9-]+:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/.test(arn)
    ? undefined
    : {
        problem: "is not a policy's ARN",
        remedy: 'Give it whole, such as arn:aws:iam::aws:policy/ReadOnlyAccess.',
    };
/** The ID of an AWS account, 12 digits. */
const accountId = id => /^\d{12}$/.test(id)
    ? undefined
    : { problem: 'is not an account id', remedy: 'Give its 12 digits, in quotes in YAML.' };
/** A filter of tags. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html */
const exclusionFilter = text => /^[0-9a-zA-Z._*-]{1,128}$/.test(text) && text.split('*').length <= 3
    ? undefined
    : {
        problem: 'is not an exclusion filter',
        remedy: "Allowed: up to 128 letters, digits, '.', '_' and '-', with two '*' at most, such as latest or buildcache*.",
    };
/** A key's ID, alias or ARN. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html */
const kmsKey = text => /^([0-9a-f-]{36}|mrk-[0-9a-f]{32}|alias\/[\w/-]+|arn:[a-z0-9-]+:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[\w/-]+)$/.test(text)
    ? undefined
    : {
        problem: 'is not a KMS key',
        remedy: 'Give its id, its alias (alias/name) or its ARN, arn:aws:kms:eu-central-1:123456789012:key/….',
    };
/** The principal of a service of AWS, or its first part alone. */
const servicePrincipal = text => /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(text)
    ? undefined
    : {
        problem: 'is not a service',
        remedy: 'Give its principal, such as lambda.amazonaws.com, or lambda for short.',
    };
/** The address of a proxy: scheme, host and port, without a path. */
const proxy = text => /^https?:\/\/[^/\s]+\/?$/.test(text)
    ? undefined
    : { problem: "is not a proxy's address", remedy: 'Give it as http://host:port.' };
/** `[type:]name=value`. https://docs.docker.com/reference/cli/docker/buildx/build/#annotation */
const annotation = text => /^((manifest|index|manifest-descriptor|index-descriptor)(\[[^\]]+\])?(,(?!:)|:))*[^=\s]+=/.test(text)
    ? undefined
    : {
        problem: 'is not an annotation',
        remedy: 'Give name=value, one a line; index:name=value is for the index of several platforms.',
    };
/** `host:address` or `host=address`. */
const hostAddress = text => /^[^\s:=]+[:=]\S+$/.test(text)
    ? undefined
    : { problem: 'maps no host', remedy: 'Give host:address, on lines or between commas.' };
/**
 * A number of bytes, with or without a unit. https://docs.docker.com/reference/cli/docker/buildx/build/#shm-size and
 * https://github.com/docker/go-units/blob/master/size.go
 */
const size = text => /^\d+(\.\d+)? ?([kmgtp]?i?b?)$/i.test(text)
    ? undefined
    : { problem: 'is not a size', remedy: 'Give a number of bytes, or one with b, k, m or g, such as 128m.' };
/** `name=soft[:hard]` */
const ulimit = text => /^[a-z]+=-?\d+(:-?\d+)?$/.test(text)
    ? undefined
    : { problem: 'is not a limit', remedy: 'Give name=soft:hard, one a line, such as nofile=1024:2048.' };
/** Accepts every text. */
const anything = () => undefined;


/***/ })

};
