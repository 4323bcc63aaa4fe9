export const id = 824;
export const ids = [824];
export const modules = {

/***/ 29824:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openCopier: () => (/* binding */ openCopier)
/* harmony export */ });
/* harmony import */ var _copy_blob_store_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85073);
/* harmony import */ var _copy_copy_tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(22183);
/* harmony import */ var _copy_mounts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(84204);
/* harmony import */ var _copy_pace_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23801);
/* harmony import */ var _copy_read_tree_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35663);
/* harmony import */ var _image_tagger_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(20138);
/* harmony import */ var _platform_job_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(56497);
/* harmony import */ var _platform_own_value_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(86982);








/**
 * Finds all that belongs to an image, and makes what copies it.
 * @throws {Failure} where a part of it is missing, or cannot be trusted.
 */
async function openCopier(from, image, { destinations, signal }) {
    const tree = await (0,_copy_read_tree_js__WEBPACK_IMPORTED_MODULE_4__.readTree)(from, image, { signal });
    const blobs = (0,_copy_blob_store_js__WEBPACK_IMPORTED_MODULE_0__/* .openBlobStore */ .n)(from, { readers: destinations, signal });
    const mounts = (0,_copy_mounts_js__WEBPACK_IMPORTED_MODULE_2__/* .openMounts */ .X)(from);
    const pace = (0,_copy_pace_js__WEBPACK_IMPORTED_MODULE_3__/* .openPace */ .g)({ signal });
    return {
        tree,
        inTurn: work => pace.destination(work),
        copy: (to, log) => (0,_copy_copy_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .copyTree */ .E)(tree, { to, blobs, mounts, pace, log, signal }),
        async tag(to, { fixed, moving, onPut }) {
            const names = [...fixed, ...moving];
            if (names.length === 0)
                return;
            const tagger = (0,_image_tagger_js__WEBPACK_IMPORTED_MODULE_5__/* .openTagger */ .$)({ ecr: pace.paced(to) }, to.repository, { signal });
            const holders = await tagger.holders(names);
            const options = { image, tagger, holders, onPut };
            await putMissing(fixed, options);
            await putMissing(moving, options);
        },
        [Symbol.asyncDispose]: () => blobs[Symbol.asyncDispose](),
    };
}
function putMissing(tags, { image, tagger, holders, onPut }) {
    return (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_6__/* .together */ .bs)(...tags.map(async (tag) => {
        if ((0,_platform_own_value_js__WEBPACK_IMPORTED_MODULE_7__/* .ownValue */ .e)(holders, tag) !== image.digest)
            await tagger.release(tag, image);
        onPut(tag);
    }));
}


/***/ }),

/***/ 35663:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readTree: () => (/* binding */ readTree)
});

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/ecr/manifest.js + 2 modules
var manifest = __webpack_require__(27079);
// EXTERNAL MODULE: ./build/image/just-pushed.js
var just_pushed = __webpack_require__(97498);
// EXTERNAL MODULE: ./build/image/read-images.js
var read_images = __webpack_require__(71043);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/validation/parsers.js + 1 modules
var parsers = __webpack_require__(59986);
;// CONCATENATED MODULE: ./build/copy/assemble-tree.js



/** Bytes of a blob. https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html, "Layer size" */
const MAX_BLOB_BYTES = 52_000 * 1024 * 1024;
/**
 * Makes the tree of what was found for an image.
 * @throws {Failure} where a manifest cannot be trusted.
 */
function treeOf(root, found) {
    const blobs = new Map();
    const manifests = new Map();
    const visit = (digest) => {
        const each = found.get(digest);
        if (each === undefined || manifests.has(digest))
            return;
        const { stored, content, tags } = each;
        const children = childrenOf(content);
        const needs = [...children, ...subjectOf(content)].filter(need => found.has(need));
        // A digest names what it depends on, so this ends.
        for (const need of needs)
            visit(need);
        if (content.kind === 'index') {
            for (const child of children)
                refuseMisnamed(content, found.get(child)?.stored);
        }
        const own = content.kind === 'image' ? [content.config, ...content.layers].map(blobOf) : [];
        for (const blob of own) {
            const known = blobs.get(blob.digest);
            if (known !== undefined && known.size !== blob.size)
                throw twoSizes(blob, known);
            blobs.set(blob.digest, known === undefined ? blob : { ...blob, mayBeAbsent: blob.mayBeAbsent && known.mayBeAbsent });
        }
        manifests.set(digest, { ...stored, tags: [...tags], needs, blobs: own.map(blob => blob.digest) });
    };
    for (const digest of found.keys())
        visit(digest);
    return {
        root,
        manifests: [...manifests.values()],
        blobs: [...blobs.values()],
        bytes: blobs.values().reduce((sum, { size }) => sum + size, 0),
    };
}
function refuseMisnamed(content, child) {
    const fault = child === undefined ? undefined : (0,manifest/* misnamedChild */.Hz)(content, child);
    if (fault !== undefined)
        throw fault;
}
/** The digest of what a manifest is about, where it says so. */
function subjectOf({ members: { subject } }) {
    return (0,parsers/* isRecord */.u4)(subject) && typeof subject['digest'] === 'string' ? [subject['digest']] : [];
}
/** Begins the types of layers that a registry need not have, as those of Windows. https://github.com/opencontainers/image-spec/blob/main/layer.md */
const foreign = /^application\/vnd\.(docker\.image\.rootfs\.foreign|oci\.image\.layer\.nondistributable)\./;
function blobOf({ digest, size, mediaType = '' }) {
    requireDigest(digest);
    if (size === undefined || size < 0 || size > MAX_BLOB_BYTES) {
        throw untrusted(`The layer ${digest} has ${size ?? 'no'} bytes in its manifest; ECR takes up to ${MAX_BLOB_BYTES}.`);
    }
    return { digest, size, mayBeAbsent: foreign.test(mediaType) };
}
/** A digest that was written by others, which is part of URLs and paths from here on. */
function requireDigest(digest) {
    if (/^sha256:[0-9a-f]{64}$/.test(digest))
        return digest;
    throw untrusted(`'${digest.slice(0, 200)}' is no digest that ECR knows (sha256:…), and a manifest names it.`);
}
function twoSizes({ digest, size }, other) {
    return untrusted(`The layer ${digest} has ${size} bytes in one manifest and ${other.size} in another.`);
}
function untrusted(message) {
    return new failure/* Failure */.HR(message, {
        remedy: 'Build and push this image anew: common tools write no such manifest. It was not copied.',
    });
}
/** The digests of the manifests that an index names. */
function childrenOf(content) {
    return content?.kind === 'index' ? content.manifests.map(({ digest }) => requireDigest(digest)) : [];
}

// EXTERNAL MODULE: ./build/copy/place.js
var place = __webpack_require__(25135);
;// CONCATENATED MODULE: ./build/copy/read-tree.js







/** Manifests of one image that are copied. An image of 8 platforms with attestations, each signed, has 34. */
const MAX_MANIFESTS = 1_000;
/** Bytes of all manifests of one image, which are held in memory. ECR takes single ones of 4 MiB. */
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;
/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImageReferrers.html */
const REFERRERS_PER_PAGE = 50;
/** Calls for referrers at once. */
const LISTS_AT_ONCE = 10;
/**
 * Reads all that belongs to an image: its platforms, and what refers to them, as their registry lists it or as cosign's tags name it.
 * @throws {Failure} where a part of it is missing or cannot be trusted, or the role may not ask for the referrers.
 */
async function readTree({ ecr, repository }, root, pushed) {
    const { signal } = pushed;
    const where = (0,place/* whereIs */.ie)({ repository });
    const limited = (0,p_limit/* default */.A)(LISTS_AT_ONCE);
    const found = new Map();
    const asked = new Set();
    let bytes = 0;
    let lost;
    const take = (stored) => {
        const known = found.get(stored.digest);
        if (known !== undefined)
            return known;
        bytes += Buffer.byteLength(stored.text);
        if (found.size >= MAX_MANIFESTS || bytes > MAX_MANIFEST_BYTES)
            throw tooLarge(root, repository.uri);
        const taken = { stored, content: (0,manifest/* readContent */.c_)(stored), tags: new Set() };
        found.set(stored.digest, taken);
        return taken;
    };
    /** What belongs to these manifests, by digest; `undefined` while the registry does not show all of them. */
    const askAbout = async (digests) => {
        const tags = new Set(digests.flatMap(otherToolsTags));
        const unknown = digests.filter(digest => !found.has(digest));
        const ids = [...unknown.map(imageDigest => ({ imageDigest })), ...(0,read_images/* byTag */.O)([...tags])];
        const lists = digests.map(digest => limited(() => listReferrers(ecr, { ...where, digest, signal })));
        const [images, referrers] = await Promise.all([(0,read_images/* readImages */.H)(ecr, where, ids), Promise.all(lists)]);
        const byTags = images.flatMap(({ tag, ...image }) => {
            const taken = take(image);
            // A release tag, which an answer may name too, is no part of the tree.
            if (tag === undefined || !tags.has(tag))
                return [];
            taken.tags.add(tag);
            return [image.digest];
        });
        lost = digests.find(digest => !found.has(digest));
        if (lost !== undefined)
            return undefined;
        const children = digests.flatMap(digest => childrenOf(found.get(digest)?.content));
        return [...children, ...byTags, ...referrers.flat()];
    };
    take(root);
    for (let digests = [root.digest]; digests.length > 0;) {
        signal.throwIfAborted();
        for (const digest of digests)
            asked.add(digest);
        if (asked.size > MAX_MANIFESTS)
            throw tooLarge(root, repository.uri);
        // What was pushed a moment ago may not be known everywhere yet.
        const next = await (0,just_pushed/* askUntilKnown */.jR)(() => askAbout(digests), pushed);
        if (next === undefined)
            throw incomplete(lost, { root, uri: repository.uri });
        digests = [...new Set(next)].filter(digest => !asked.has(digest));
    }
    return treeOf(root, found);
}
/**
 * The tags by which tools name what is about a manifest, where the registry did not list referrers yet: cosign's signatures,
 * attestations and SBOMs, and the list of referrers that clients keep themselves.
 *
 * - https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 * - https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
 */
function otherToolsTags(digest) {
    const name = digest.replace(':', '-');
    return ['.sig', '.att', '.sbom', ''].map(ending => `${name}${ending}`);
}
/** The digests of what refers to a manifest, from all pages. */
async function listReferrers(ecr, { digest, signal, ...where }) {
    const digests = [];
    const tokens = new Set();
    let nextToken;
    do {
        signal.throwIfAborted();
        const answer = await ecr.listImageReferrers({
            ...where,
            subjectId: { imageDigest: digest },
            maxResults: REFERRERS_PER_PAGE,
            ...(nextToken !== undefined && { nextToken }),
        });
        digests.push(...(answer.referrers ?? []).flatMap(each => each.digest ?? []));
        nextToken = answer.nextToken;
        // A token that comes again would be asked with for ever.
        if (nextToken === undefined || tokens.has(nextToken))
            break;
        tokens.add(nextToken);
    } while (digests.length <= MAX_MANIFESTS);
    return digests.map(requireDigest);
}
function tooLarge({ digest }, uri) {
    return new failure/* Failure */.HR(`${uri}@${digest} has more than ${MAX_MANIFESTS} manifests with all that refers to it, or they are larger than ${MAX_MANIFEST_BYTES} bytes.`, { remedy: 'Delete signatures and attestations of it that nobody needs, then run the job again.' });
}
function incomplete(lost, { root, uri }) {
    return new failure/* Failure */.HR(`${uri} does not show ${lost}, which belongs to ${root.digest}, so it cannot be copied.`, {
        remedy: 'A lifecycle policy or somebody may have deleted or archived it: push the image again, then run the job again.',
    });
}


/***/ })

};
