export const id = 72;
export const ids = [72];
export const modules = {

/***/ 13322:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ openTransfers),
/* harmony export */   y: () => (/* binding */ CutTransfer)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44708);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(46466);
/* harmony import */ var _platform_network_fault_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(70669);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(33256);






/** Milliseconds without a byte in either direction, after which a request has failed. A registry checks a whole layer before it answers. */
const IDLE_LIMIT_MS = 2 * 60_000;
/** Milliseconds without a byte until the answer to a request that sends nothing. */
const SHORT_IDLE_LIMIT_MS = 30_000;
/** Bytes of an answer that are read as text: what is refused is explained in fewer. */
const MAX_TEXT_BYTES = 64 * 1024;
/** Bytes of a file that are read at once. */
const CHUNK_BYTES = 256 * 1024;
/** A request to which no whole answer came. The message says why, in words for the user; the same request may be answered soon. */
class CutTransfer extends Error {
}
/** Opens connections as those of the SDK are: with its proxy and certificates. Tests are less patient than the defaults. */
function openTransfers(signal, { idleMs = IDLE_LIMIT_MS, shortIdleMs = SHORT_IDLE_LIMIT_MS } = {}) {
    const agents = (0,_connection_js__WEBPACK_IMPORTED_MODULE_5__/* .openAgents */ .J5)();
    const cut = (error, url) => {
        signal.throwIfAborted();
        // The proxy is Node's, whose errors say what it did.
        return new CutTransfer((0,_platform_network_fault_js__WEBPACK_IMPORTED_MODULE_4__/* .sayNetworkFault */ .i)(error, { url: url.href, getProxyUrl: () => '' }), {
            cause: error,
        });
    };
    return {
        async send({ method, url, headers = {}, file }) {
            signal.throwIfAborted();
            const isSecure = url.protocol === 'https:';
            const length = method === 'GET' ? {} : { 'content-length': String(file?.size ?? 0) };
            const sent = (isSecure ? node_https__WEBPACK_IMPORTED_MODULE_2__.request : node_http__WEBPACK_IMPORTED_MODULE_1__.request)(url, {
                method,
                headers: { ...headers, ...length },
                agent: isSecure ? agents.https : agents.http,
                signal,
            });
            const limitMs = file === undefined ? shortIdleMs : idleMs;
            sent.setTimeout(limitMs, () => sent.destroy(timeoutAfter(limitMs)));
            const answered = Promise.withResolvers();
            sent.once('response', answered.resolve);
            sent.on('error', answered.reject);
            // So ends a request whose connection is taken over for another protocol: there is neither an answer nor an error.
            sent.once('close', () => answered.reject(new Error('there was no answer')));
            if (file === undefined)
                sent.end();
            // What goes wrong here ends the request too. A registry that refuses does not wait for the rest, and its answer counts.
            else
                (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_3__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(file.path, { highWaterMark: CHUNK_BYTES }), sent).catch(() => { });
            try {
                return answerOf(await answered.promise, error => cut(error, url));
            }
            catch (error) {
                sent.destroy();
                throw cut(error, url);
            }
        },
        [Symbol.dispose]() {
            agents.http.destroy();
            agents.https.destroy();
        },
    };
}
function answerOf(message, cut) {
    const arriving = message;
    const body = async function* () {
        try {
            for await (const piece of arriving)
                yield piece;
        }
        catch (error) {
            throw cut(error);
        }
    };
    return {
        status: message.statusCode ?? 0,
        headers: message.headers,
        body: body(),
        async text() {
            const pieces = [];
            let bytes = 0;
            for await (const piece of body()) {
                pieces.push(piece);
                bytes += piece.length;
                if (bytes > MAX_TEXT_BYTES)
                    break;
            }
            return Buffer.concat(pieces).toString('utf8', 0, MAX_TEXT_BYTES);
        },
    };
}
function timeoutAfter(milliseconds) {
    return Object.assign(new Error(`nothing came or went for ${milliseconds / 1_000} s`), {
        code: 'ETIMEDOUT',
    });
}


/***/ }),

/***/ 85073:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ openBlobStore)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/aws/transfers.js
var aws_transfers = __webpack_require__(13322);
// EXTERNAL MODULE: ./build/platform/temp-dir.js
var temp_dir = __webpack_require__(23296);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(74995);
// EXTERNAL MODULE: ./build/aws/client.js
var client = __webpack_require__(35811);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
;// CONCATENATED MODULE: ./build/copy/read-blob.js







/** Tries to read a blob, whose connection may be cut. */
const READ_TRIES = 3;
/**
 * Reads a blob into a file; answers `false` where the source does not have it and need not.
 * @throws {Failure} where it cannot be read, or is not what its digest and size say.
 */
async function readBlob({ ecr, repository }, blob, { path, transfers, signal, firstWaitMs = 1_000 }) {
    const { name: repositoryName, registryId, uri } = repository;
    const attempt = async () => {
        // An address of its own for each try: it is good for some minutes alone.
        const { downloadUrl } = await ecr
            .getDownloadUrlForLayer({ repositoryName, registryId, layerDigest: blob.digest })
            .catch(error => {
            if (blob.mayBeAbsent && (0,client/* isRefusal */.vu)(error, 'LayersNotFoundException', 'LayerInaccessibleException'))
                return { downloadUrl: undefined };
            throw error;
        });
        if (!downloadUrl && blob.mayBeAbsent)
            return false;
        const url = URL.parse(downloadUrl ?? '');
        if (url === null)
            throw new aws_transfers/* CutTransfer */.y('ECR answered without an address for it');
        const answer = await transfers.send({ method: 'GET', url });
        if (answer.status !== 200) {
            await answer.text();
            throw new aws_transfers/* CutTransfer */.y(`${url.host} answered HTTP ${answer.status}`);
        }
        await write(answer, blob, { path, signal });
        return true;
    };
    try {
        return await (0,p_retry/* default */.Ay)(attempt, {
            retries: READ_TRIES - 1,
            minTimeout: firstWaitMs,
            shouldRetry: ({ error }) => error instanceof aws_transfers/* CutTransfer */.y,
            signal,
        });
    }
    catch (error) {
        signal.throwIfAborted();
        if (error instanceof failure/* Failure */.HR)
            throw error;
        throw new failure/* Failure */.HR(`The layer ${blob.digest} of ${uri} could not be read: ${(0,failure/* describeFailure */.Ic)(error)}.`, {
            remedy: remedyFor(error),
            cause: error,
        });
    }
}
async function write({ body }, { digest, size }, { path, signal }) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let bytes = 0;
    const check = async function* (pieces) {
        for await (const piece of pieces) {
            bytes += piece.length;
            if (bytes > size)
                break;
            hash.update(piece);
            yield piece;
        }
    };
    await (0,external_node_stream_promises_.pipeline)(body, check, (0,external_node_fs_.createWriteStream)(path), { signal });
    if (bytes > size)
        throw new aws_transfers/* CutTransfer */.y(`it is longer than the ${size} bytes that its manifest says`);
    if (bytes < size)
        throw new aws_transfers/* CutTransfer */.y(`${bytes} of the ${size} bytes came that its manifest says`);
    const actual = `sha256:${hash.digest('hex')}`;
    if (actual !== digest)
        throw new aws_transfers/* CutTransfer */.y(`the digest of what came is ${actual}`);
}
/** Whether the runner's disk takes no more. */
function isFull(error) {
    return error instanceof Error && 'code' in error && /^(ENOSPC|EDQUOT|EFBIG)$/.test(String(error.code));
}
function remedyFor(error) {
    return isFull(error)
        ? "Free space in the runner's temporary folder (RUNNER_TEMP): each layer that a destination lacks is kept there until all destinations have it."
        : "Run the job again; what has been copied is not copied again. If it stays, check that the runner's network or proxy lets it read from the host of the layers (Amazon S3).";
}

;// CONCATENATED MODULE: ./build/copy/blob-store.js






/** Blobs that are read at once. */
const READS_AT_ONCE = 4;
/** Reads each blob of the source once, whoever asks for it and however often, its digest and size checked. */
function openBlobStore(from, { readers: expected, ...options }) {
    const ending = new AbortController();
    const signal = AbortSignal.any([options.signal, ending.signal]);
    const transfers = (0,aws_transfers/* openTransfers */.N)(signal);
    const files = new Map();
    const readers = new Set();
    const limited = (0,p_limit/* default */.A)(READS_AT_ONCE);
    let folder;
    let readBytes = 0;
    const read = async (blob) => {
        const path = (0,external_node_path_.join)(await (folder ??= (0,temp_dir/* makeTempDir */.mk)()), blob.digest.replace(':', '-'));
        const isRead = await readBlob(from, blob, { ...options, path, transfers, signal });
        if (!isRead)
            return undefined;
        readBytes += blob.size;
        return path;
    };
    const fileOf = (blob) => {
        const file = files.get(blob.digest) ?? limited(() => read(blob));
        files.set(blob.digest, file);
        return file;
    };
    const isNeeded = (digest) => readers.size < expected || [...readers].some(({ released, isDone }) => !isDone && !released.has(digest));
    const removeUnneeded = (digest) => {
        if (isNeeded(digest))
            return;
        const file = files.get(digest);
        file?.then(path => (path === undefined ? undefined : (0,promises_.rm)(path, { force: true }))).catch(() => { });
    };
    return {
        get readBytes() {
            return readBytes;
        },
        reader() {
            const reader = { released: new Set(), isDone: false };
            readers.add(reader);
            const release = (digest) => {
                reader.released.add(digest);
                removeUnneeded(digest);
            };
            return {
                // Whoever uses it is told what goes wrong.
                prepare: blob => void fileOf(blob).catch(() => { }),
                release,
                async use(blob, work) {
                    try {
                        return await work(await fileOf(blob));
                    }
                    finally {
                        release(blob.digest);
                    }
                },
                [Symbol.dispose]() {
                    reader.isDone = true;
                    for (const digest of files.keys())
                        removeUnneeded(digest);
                },
            };
        },
        async [Symbol.asyncDispose]() {
            ending.abort(new Error('The copies have ended.'));
            transfers[Symbol.dispose]();
            await Promise.allSettled(files.values());
            if (folder !== undefined)
                await folder.then(temp_dir/* removeFolder */.v$, () => { });
        },
    };
}


/***/ }),

/***/ 22183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  E: () => (/* binding */ copyTree)
});

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/platform/job.js
var job = __webpack_require__(56497);
// EXTERNAL MODULE: ./build/copy/place.js
var place = __webpack_require__(25135);
// EXTERNAL MODULE: ./build/ecr/manifest.js + 2 modules
var manifest = __webpack_require__(27079);
// EXTERNAL MODULE: ./build/image/read-images.js
var read_images = __webpack_require__(71043);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
;// CONCATENATED MODULE: ./build/copy/plan-puts.js




/**
 * Asks a destination what it has of a tree.
 * @throws {Failure} where it shows other bytes under a digest of the tree.
 */
async function readHeld(to, { manifests }) {
    const ids = [
        ...manifests.map(({ digest: imageDigest }) => ({ imageDigest })),
        ...(0,read_images/* byTag */.O)(manifests.flatMap(({ tags }) => tags)),
    ];
    const images = await (0,read_images/* readImages */.H)(to.ecr, (0,place/* whereIs */.ie)(to), ids);
    const texts = new Map(manifests.map(({ digest, text }) => [digest, text]));
    for (const { digest, text } of images)
        if (texts.has(digest) && texts.get(digest) !== text)
            throw (0,place/* otherBytes */.IF)(to, digest);
    return {
        digests: new Set(images.map(({ digest }) => digest)),
        byTag: new Map(images.flatMap(image => (image.tag === undefined ? [] : [[image.tag, image]]))),
    };
}
/**
 * What has to be put, in the order of the tree.
 * @throws {Failure} where a tag of another tool is on something of the destination's own, which would be lost if it moved.
 */
function planPuts({ manifests }, { to, held, log }) {
    const isNeeded = new Set(manifests.flatMap(({ needs }) => needs));
    return manifests.flatMap(manifest => {
        const { digest } = manifest;
        const others = manifest.tags.filter(tag => (held.byTag.get(tag)?.digest ?? digest) !== digest);
        const outdone = others.filter(tag => hasAllOf(held.byTag.get(tag), manifest));
        for (const tag of outdone)
            log.info(`${tag} stays on ${held.byTag.get(tag)?.digest}, which has all of ${digest} and more`);
        const own = others.find(tag => !outdone.includes(tag) && !hasAllOf(manifest, held.byTag.get(tag)));
        if (own !== undefined)
            throw wouldBeLost(to, own);
        const tags = manifest.tags.filter(tag => !outdone.includes(tag) && held.byTag.get(tag)?.digest !== digest);
        const isOutdone = outdone.length > 0 && outdone.length === manifest.tags.length && !isNeeded.has(digest);
        const isAbsent = !held.digests.has(digest) && !isOutdone;
        return isAbsent || tags.length > 0 ? [{ manifest, isAbsent, tags }] : [];
    });
}
/** Whether what a tag of another tool is on has all that another manifest has under it, such as all signatures. */
function hasAllOf(holder, other) {
    if (holder === undefined || other === undefined)
        return false;
    const has = new Set(partsOf(holder));
    const parts = partsOf(other);
    return parts.length > 0 && parts.every(part => has.has(part));
}
function wouldBeLost({ repository: { uri } }, tag) {
    return new failure/* Failure */.HR(`${uri} has under ${tag}, by which signatures and the like are found, something that the source has not, which would be lost there if the tag moved.`, {
        remedy: 'Delete that tag there if what it has is of no use, or sign the image at the source too, so that its signatures are all there. Then run the job again.',
    });
}
/**
 * An image's layers, each of which is a signature or an attestation, or an index's entries, as texts to compare. All who sign an image
 * sign the same layer, and the signature itself is in its annotations.
 * https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 */
function partsOf(stored) {
    const content = (0,manifest/* readContentIfSound */.SO)(stored);
    if (content === undefined)
        return [];
    return (content.kind === 'index' ? content.manifests : content.layers).map(({ digest, annotations = {} }) => JSON.stringify([
        digest,
        ...Object.entries(annotations).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ]));
}

// EXTERNAL MODULE: ./build/aws/client.js
var client = __webpack_require__(35811);
// EXTERNAL MODULE: ./build/image/just-pushed.js
var just_pushed = __webpack_require__(97498);
;// CONCATENATED MODULE: ./build/copy/put-manifests.js





/** Puts manifests, each after those that it needs. */
async function putAll(to, puts, pushed) {
    const done = new Map();
    for (const { manifest, isAbsent, tags } of puts) {
        const put = async () => {
            await Promise.all(manifest.needs.flatMap(each => done.get(each) ?? []));
            if (isAbsent && tags.length === 0)
                await putManifest(to, { manifest, pushed });
            for (const tag of tags)
                await putManifest(to, { manifest, tag, pushed });
        };
        done.set(manifest.digest, put());
    }
    await Promise.allSettled(done.values());
    await Promise.all(done.values());
}
async function putManifest(to, { manifest, tag, pushed }) {
    const { digest: imageDigest, text: imageManifest, mediaType: imageManifestMediaType } = manifest;
    const put = () => to.ecr.putImage({
        ...(0,place/* whereIs */.ie)(to),
        imageDigest,
        imageManifest,
        imageManifestMediaType,
        ...(tag !== undefined && { imageTag: tag }),
    });
    try {
        // What was put a moment ago may not be known everywhere yet.
        await (0,just_pushed/* askUntilKnown */.jR)(put, pushed);
    }
    catch (error) {
        if ((0,client/* isRefusal */.vu)(error, 'ImageAlreadyExistsException'))
            return;
        if (tag === undefined || !(0,client/* isRefusal */.vu)(error, 'ImageTagAlreadyExistsException'))
            throw error;
        throw new failure/* Failure */.HR(`${to.repository.uri} has another manifest under ${tag}, by which signatures and the like are found, and does not let that tag move.`, {
            remedy: "Make an exception of such tags (`sha256-*`) in the repository's tag mutability, or delete the tag there if what it has is of no use. Then run the job again.",
            cause: error,
        });
    }
}
/** Asks the destination for what was put and compares it byte for byte. */
async function verify(to, manifests, pushed) {
    if (manifests.length === 0)
        return;
    const ids = manifests.map(({ digest: imageDigest }) => ({ imageDigest }));
    const ask = async () => {
        const images = await (0,read_images/* readImages */.H)(to.ecr, (0,place/* whereIs */.ie)(to), ids);
        const texts = new Map(images.map(({ digest, text }) => [digest, text]));
        return manifests.every(({ digest }) => texts.has(digest)) ? texts : undefined;
    };
    const found = await (0,just_pushed/* askUntilKnown */.jR)(ask, pushed);
    if (found === undefined) {
        throw new failure/* Failure */.HR(`${to.repository.uri} does not show all that was copied to it a moment ago.`, {
            remedy: 'Somebody or a lifecycle policy may have deleted it: look at that repository, then run the job again.',
        });
    }
    const other = manifests.find(({ digest, text }) => found.get(digest) !== text);
    if (other !== undefined)
        throw (0,place/* otherBytes */.IF)(to, other.digest);
}

// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(74995);
// EXTERNAL MODULE: ./build/aws/authorization-token.js
var authorization_token = __webpack_require__(17359);
// EXTERNAL MODULE: ./build/aws/transfers.js
var aws_transfers = __webpack_require__(13322);
// EXTERNAL MODULE: ./build/ecr/hosts.js
var hosts = __webpack_require__(81390);
// EXTERNAL MODULE: ./build/validation/parsers.js + 1 modules
var parsers = __webpack_require__(59986);
;// CONCATENATED MODULE: ./build/copy/send-blobs.js






/** Tries to send a blob, whose connection may be cut. */
const SEND_TRIES = 3;
/**
 * Opens a sender that speaks the registry's protocol as containerd and BuildKit do: one POST and one PUT for a blob. The API of ECR
 * would take the same bytes in base64, a third more, and cannot mount.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs
 */
function openBlobSender({ ecr, region, repository, login }, options) {
    const { signal } = options;
    const { name, registryId, uri } = repository;
    const transfers = (0,aws_transfers/* openTransfers */.N)(signal);
    let mayMount = true;
    let session = login && Promise.resolve(sessionWith(login, uri));
    const logIn = () => (session = (0,authorization_token/* requestLogin */.D)(ecr, registryId).then(renewed => sessionWith(renewed, uri)));
    /** Makes a request with the login, and with a new one where that has expired. */
    const ask = async (request, accepted) => {
        const first = session ?? logIn();
        const answer = await transfers.send(request(await first));
        if (accepted.includes(answer.status))
            return answer;
        if (answer.status !== 401 && answer.status !== 403)
            throw await refusal(answer, uri);
        await answer.text();
        // Whoever came first has renewed it for all.
        const renewed = session === undefined || session === first ? logIn() : session;
        const again = await transfers.send(request(await renewed));
        if (accepted.includes(again.status))
            return again;
        throw await refusal(again, uri);
    };
    const open = async ({ digest }, from) => {
        const mount = from === undefined ? '' : `?${new URLSearchParams({ mount: digest, from }).toString()}`;
        const answer = await ask(({ url, headers }) => ({
            method: 'POST',
            url: new URL(`/v2/${name}/blobs/uploads/${mount}`, url),
            headers,
        }), [201, 202]);
        await answer.text();
        return answer;
    };
    const complete = async ({ headers: { location = '' } }, { digest, size, path }) => {
        const answer = await ask(({ url, headers }) => ({
            method: 'PUT',
            url: uploadUrl(location, { digest, url }),
            headers: { ...headers, 'content-type': 'application/octet-stream' },
            file: { path, size },
        }), [201]);
        await answer.text();
    };
    return {
        async send(blob, { from, withFile }) {
            const mountFrom = mayMount ? from : undefined;
            const opened = await inTries(() => open(blob, mountFrom), { ...options, blob, uri }).catch(error => {
                signal.throwIfAborted();
                if (mountFrom === undefined)
                    throw error;
                // Whoever may not mount may send all the same, and is not refused once more, with a login anew, for each other layer.
                mayMount = false;
                return inTries(() => open(blob, undefined), { ...options, blob, uri });
            });
            if (opened.status === 201)
                return 'mounted';
            return withFile(async (path) => {
                if (path === undefined)
                    return 'absent';
                let upload = opened;
                const attempt = async () => {
                    const current = upload ?? (await open(blob, undefined));
                    // An upload that was cut is begun anew, as nobody knows how much of it has arrived.
                    upload = undefined;
                    await complete(current, { ...blob, path });
                };
                await inTries(attempt, { ...options, blob, uri });
                return 'sent';
            });
        },
        [Symbol.dispose]: () => transfers[Symbol.dispose](),
    };
    /** The login goes to no other registry. One that tells another host of its own is asked at the same host all the same. */
    function uploadUrl(location, { digest, url }) {
        const told = URL.parse(location, url.href);
        const isOwn = (host) => host === url.host || (0,hosts/* registryHosts */.j$)({ registryId, region }).includes(host);
        if (told === null || !isOwn(told.host))
            throw elsewhere(uri);
        const to = new URL(`${told.pathname}${told.search}`, url);
        to.searchParams.set('digest', digest);
        return to;
    }
}
function sessionWith({ user, password, endpoint }, uri) {
    // The user may have written another host of the same registry than the one that ECR answers; docker pushes to that one too.
    const url = new URL(`${URL.parse(endpoint ?? '')?.protocol ?? 'https:'}//${uri.replace(/\/.*/, '')}`);
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    return { url, headers: { authorization } };
}
async function inTries(attempt, { blob, uri, signal, firstWaitMs = 1_000 }) {
    try {
        return await (0,p_retry/* default */.Ay)(attempt, {
            retries: SEND_TRIES - 1,
            minTimeout: firstWaitMs,
            shouldRetry: ({ error }) => error instanceof aws_transfers/* CutTransfer */.y,
            signal,
        });
    }
    catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof aws_transfers/* CutTransfer */.y))
            throw error;
        throw new failure/* Failure */.HR(`The layer ${blob.digest} could not be sent to ${uri}: ${error.message}.`, {
            remedy: "Run the job again; what has been copied is not copied again. If it stays, check that the runner's network or proxy lets it push to that host.",
            cause: error,
        });
    }
}
/** Characters of a registry's message that are told. */
const MAX_MESSAGE_LENGTH = 1_000;
/** The error for an answer that refuses: one that is worth another try, or a failure with the registry's words. */
async function refusal({ status, text }, uri) {
    const message = messageIn(await text());
    const said = `HTTP ${status}${message === '' ? '' : `, ${message.slice(0, MAX_MESSAGE_LENGTH)}`}`;
    // An upload that is unknown (404) or was begun elsewhere (416) is begun anew.
    if (status >= 500 || [404, 408, 416, 429].includes(status))
        return new aws_transfers/* CutTransfer */.y(`it answered ${said}`);
    return new failure/* Failure */.HR(`${uri} took no layer: ${said}.`, {
        remedy: status === 401 || status === 403
            ? 'Give the role of this destination ecr:InitiateLayerUpload, ecr:UploadLayerPart and ecr:CompleteLayerUpload on the repository; in another account the policy of the repository has to allow them too.'
            : 'Run the job again; if it stays, the message above says what the registry did not accept.',
    });
}
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
function messageIn(text) {
    const parsed = (0,parsers/* parseJson */.qF)(text);
    const errors = (0,parsers/* isRecord */.u4)(parsed) && Array.isArray(parsed['errors']) ? parsed['errors'] : [];
    const [first] = errors;
    return (0,parsers/* isRecord */.u4)(first) && typeof first['message'] === 'string' ? first['message'] : '';
}
function elsewhere(uri) {
    return new failure/* Failure */.HR(`${uri} told to send a layer to another host, which does not get the login.`, {
        remedy: 'Check what answers in place of ECR: a proxy or a mirror before it.',
    });
}

;// CONCATENATED MODULE: ./build/copy/copy-tree.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});






/** Blobs that are under way to one destination at once. */
const BLOBS_AT_ONCE = 4;
/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchCheckLayerAvailability.html */
const LAYERS_PER_REQUEST = 100;
/**
 * Copies what is missing at the destination, blobs first, then manifests, and asks the destination for every manifest's bytes
 * afterwards. It puts no tags but those by which other tools find what refers to an image.
 * @throws {Failure}
 */
async function copyTree(tree, options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { to, blobs, mounts, pace, log } = options;
        const reader = __addDisposableResource(env_1, blobs.reader(), false);
        const target = { ...to, ecr: pace.paced(to) };
        const held = await readHeld(target, tree);
        const puts = planPuts(tree, { to, held, log });
        if (puts.length === 0) {
            mounts.add(to);
            return { kind: 'there', manifests: 0, sentBytes: 0, mountedBytes: 0, presentBytes: tree.bytes };
        }
        const absent = puts.filter(({ isAbsent }) => isAbsent).map(({ manifest }) => manifest);
        const needed = new Set(absent.flatMap(each => each.blobs));
        const missing = await findMissing(target, tree.blobs.filter(({ digest }) => needed.has(digest)));
        const isMissing = new Set(missing.map(({ digest }) => digest));
        for (const { digest } of tree.blobs)
            if (!isMissing.has(digest))
                reader.release(digest);
        log.info(`${absent.length} of ${tree.manifests.length} manifests and ${missing.length} of ${tree.blobs.length} layers are missing (${(0,job/* megabytes */.ix)(sumOf(missing))})`);
        const copy = async (from) => {
            const done = await sendAll(missing, { ...options, from, reader });
            await putAll(target, puts, options);
            return done;
        };
        const { sent, mounted } = missing.length === 0 ? await copy(undefined) : await mounts.inTurn(to, copy);
        await verify(target, absent, options);
        const [sentBytes, mountedBytes] = [sumOf(sent), sumOf(mounted)];
        return {
            kind: 'copied',
            manifests: absent.length,
            sentBytes,
            mountedBytes,
            presentBytes: tree.bytes - sumOf(missing),
        };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
/** The blobs that the destination lacks. */
async function findMissing(to, blobs) {
    const digests = blobs.map(({ digest }) => digest);
    const requests = Array.from({ length: Math.ceil(digests.length / LAYERS_PER_REQUEST) }, (_, at) => to.ecr.batchCheckLayerAvailability({
        ...(0,place/* whereIs */.ie)(to),
        layerDigests: digests.slice(at * LAYERS_PER_REQUEST, (at + 1) * LAYERS_PER_REQUEST),
    }));
    const answers = await Promise.all(requests);
    const available = new Set(answers.flatMap(({ layers = [] }) => layers.flatMap(({ layerDigest, layerAvailability }) => layerAvailability === 'AVAILABLE' ? [layerDigest] : [])));
    return blobs.filter(({ digest }) => !available.has(digest));
}
async function sendAll(missing, { reader, from, ...options }) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { to, pace, log } = options;
        const done = { sent: [], mounted: [] };
        if (missing.length === 0)
            return done;
        // One that fails ends the others: their destination has failed.
        const ending = new AbortController();
        const sender = __addDisposableResource(env_2, openBlobSender(to, { ...options, signal: AbortSignal.any([options.signal, ending.signal]) }), false);
        const limited = (0,p_limit/* default */.A)(BLOBS_AT_ONCE);
        const send = async (blob) => {
            ending.signal.throwIfAborted();
            // Where nothing can be mounted it is read while the upload is opened.
            if (from === undefined)
                reader.prepare(blob);
            const result = await sender.send(blob, {
                from,
                withFile: work => reader.use(blob, path => pace.upload(() => work(path))),
            });
            if (result === 'mounted')
                reader.release(blob.digest);
            if (result !== 'absent')
                done[result].push(blob);
            log.info(`${blob.digest} ${result === 'absent' ? 'is not in the registry' : result}, ${(0,job/* megabytes */.ix)(blob.size)}`);
        };
        const sends = missing.map(blob => limited(() => send(blob)).catch(error => {
            ending.abort(error);
            throw error;
        }));
        await Promise.allSettled(sends);
        await Promise.all(sends);
        return done;
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        __disposeResources(env_2);
    }
}
function sumOf(blobs) {
    return blobs.reduce((sum, { size }) => sum + size, 0);
}


/***/ }),

/***/ 84204:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ openMounts)
/* harmony export */ });
/* harmony import */ var _place_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25135);

/** Opens the mounts of a run from the place that has the image; one object is shared by all destinations. */
function openMounts(from) {
    const registries = new Map();
    const registryOf = (place) => {
        const key = (0,_place_js__WEBPACK_IMPORTED_MODULE_0__/* .registryKey */ .n7)(place);
        const registry = registries.get(key) ?? { source: undefined, first: undefined };
        registries.set(key, registry);
        return registry;
    };
    const add = (place) => void (registryOf(place).source ??= place.repository.name);
    add(from);
    return {
        add,
        async inTurn(to, work) {
            const registry = registryOf(to);
            while (registry.source === undefined && registry.first !== undefined)
                await registry.first;
            const done = work(registry.source);
            if (registry.source === undefined) {
                registry.first = done.then(() => add(to), 
                // The next one is the first then.
                () => void (registry.first = undefined));
            }
            return done;
        },
    };
}


/***/ }),

/***/ 23801:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ openPace)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(70370);
/* harmony import */ var p_retry__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(74995);
/* harmony import */ var _aws_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35811);
/* harmony import */ var _platform_poll_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45929);
/* harmony import */ var _place_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(25135);





/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html, "Rate of PutImage requests" */
const PUT_IMAGES_PER_SECOND = 10;
/** Tries of a PutImage that ECR throttles after the SDK's own: other jobs push to the same registry. */
const PUT_TRIES = 6;
/** Destinations that are copied to at once. Those that need the same blob at the same time share its file, which is gone the sooner. */
const DESTINATIONS_AT_ONCE = 20;
/** Blobs that are sent at once, to all destinations together. */
const UPLOADS_AT_ONCE = 10;
/** Opens the limits of a run. */
function openPace({ signal, clock = _platform_poll_js__WEBPACK_IMPORTED_MODULE_1__/* .clock */ .pm, firstWaitMs = 1_000, }) {
    /** When the last calls of a registry may go, in milliseconds, the latest last. */
    const starts = new Map();
    const waitForTurn = async (registry) => {
        const now = clock.now();
        const last = starts.get(registry) ?? [];
        const tenthLast = last.length < PUT_IMAGES_PER_SECOND ? -Infinity : (last[0] ?? -Infinity);
        const at = Math.max(now, tenthLast + 1_000);
        starts.set(registry, [...last, at].slice(-PUT_IMAGES_PER_SECOND));
        if (at > now)
            await clock.sleep(at - now, signal);
    };
    return {
        paced(place) {
            const { ecr } = place;
            const registry = (0,_place_js__WEBPACK_IMPORTED_MODULE_2__/* .registryKey */ .n7)(place);
            return {
                batchCheckLayerAvailability: request => ecr.batchCheckLayerAvailability(request),
                batchGetImage: request => ecr.batchGetImage(request),
                describeImagePages: request => ecr.describeImagePages(request),
                describeImages: request => ecr.describeImages(request),
                getAuthorizationToken: request => ecr.getAuthorizationToken(request),
                getDownloadUrlForLayer: request => ecr.getDownloadUrlForLayer(request),
                listImageReferrers: request => ecr.listImageReferrers(request),
                putImage(request) {
                    const attempt = async () => {
                        await waitForTurn(registry);
                        return ecr.putImage(request);
                    };
                    return (0,p_retry__WEBPACK_IMPORTED_MODULE_3__/* ["default"] */ .Ay)(attempt, {
                        retries: PUT_TRIES - 1,
                        minTimeout: firstWaitMs,
                        shouldRetry: ({ error }) => (0,_aws_client_js__WEBPACK_IMPORTED_MODULE_0__/* .isRefusal */ .vu)(error, 'ThrottlingException'),
                        signal,
                    });
                },
            };
        },
        destination: (0,p_limit__WEBPACK_IMPORTED_MODULE_4__/* ["default"] */ .A)(DESTINATIONS_AT_ONCE),
        upload: (0,p_limit__WEBPACK_IMPORTED_MODULE_4__/* ["default"] */ .A)(UPLOADS_AT_ONCE),
    };
}


/***/ }),

/***/ 25135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IF: () => (/* binding */ otherBytes),
/* harmony export */   ie: () => (/* binding */ whereIs),
/* harmony export */   n7: () => (/* binding */ registryKey)
/* harmony export */ });
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(93068);

/** The account and the region of a place's registry, by which limits and shared layers go: `123456789012/eu-central-1`. */
function registryKey({ region, repository }) {
    return `${repository.registryId}/${region}`;
}
/** The members of a request that name a place. */
function whereIs({ repository: { name, registryId } }) {
    return { repositoryName: name, registryId };
}
/** The failure of a place that shows another manifest than the source under one digest. */
function otherBytes({ repository }, digest) {
    return new _platform_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR(`${repository.uri} answers other bytes for ${digest} than the source.`, {
        remedy: 'Check what answers in place of ECR: a proxy or a mirror before it. Do not use that copy.',
    });
}


/***/ }),

/***/ 70370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}


/***/ })

};
