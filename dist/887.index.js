export const id = 887;
export const ids = [887];
export const modules = {

/***/ 83887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openBase: () => (/* binding */ openBase)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/platform/failure.js
var failure = __webpack_require__(93068);
// EXTERNAL MODULE: ./build/platform/git-objects.js
var git_objects = __webpack_require__(68835);
// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(74995);
// EXTERNAL MODULE: ./build/platform/http.js
var http = __webpack_require__(86444);
;// CONCATENATED MODULE: ./build/platform/github-api.js


/** How often a question is asked again that GitHub could not answer for now. */
const RETRIES = 2;
/**
 * Asks GitHub's REST API. A passing fault is tried again; the answer may still have any status.
 * @throws the last fault of the network.
 */
async function askGitHub({ path, token, accept }) {
    const root = process.env['GITHUB_API_URL'] ?? 'https://api.github.com';
    const headers = {
        accept: accept ?? 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
    };
    let answer;
    const ask = async () => {
        answer = undefined;
        answer = await (0,http/* sendRequest */.w)({ method: 'GET', url: `${root}/${path}`, headers });
        if (answer.status === 429 || answer.status >= 500)
            throw new Error(`GitHub answered ${answer.status}.`);
        return answer;
    };
    return (0,p_retry/* default */.Ay)(ask, { retries: RETRIES, minTimeout: 500 }).catch(error => {
        if (answer !== undefined)
            return answer;
        throw error;
    });
}
/** Why GitHub refused, in its own words. */
function messageIn({ status, body }) {
    const reason = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : 'no reason';
    return `GitHub answered ${status}: ${reason}`;
}

;// CONCATENATED MODULE: ./build/gate/base-files.js





/** GitHub lists no more files of a folder, and has no further page. https://docs.github.com/en/rest/repos/contents#get-repository-content */
const MOST_LISTED = 1000;
/** How many symbolic links may lead to a file. */
const MOST_LINKS = 5;
/**
 * Opens the base commit: in the workspace's repository where git has it, else by GitHub's API, as most checkouts have one commit
 * alone. What git tells is proven by its hash, so that nobody can write something else under the commit's SHA.
 * @throws {Failure} where the commit cannot be read.
 */
async function openBase(options) {
    const { base, workspace, mayAsk, token } = options;
    if (base === undefined) {
        throw new failure/* Failure */.HR('The event names no commit to read exceptions from, and no default branch.', {
            remedy: 'Leave `exceptions-from: base` out in this job.',
        });
    }
    const sha = 'sha' in base ? base.sha : mayAsk ? await lastCommitOf(base.branch, options) : undefined;
    const hasGit = (0,external_node_fs_.existsSync)((0,external_node_path_.join)(workspace, '.git'));
    const entries = sha !== undefined && hasGit ? await (0,git_objects/* readProvenTree */.f9)(workspace, sha) : undefined;
    if (sha !== undefined && entries !== undefined)
        return { sha, files: filesOfTree(workspace, entries) };
    if (sha === undefined || !mayAsk) {
        throw new failure/* Failure */.HR('Git does not have the commit here that exceptions are read from.', {
            remedy: 'A dry run asks nobody for it: give `fetch-depth: 0` to actions/checkout.',
        });
    }
    if (token === '') {
        throw new failure/* Failure */.HR(`Git does not have the commit ${sha} here, and there is no token to ask GitHub for it.`, {
            remedy: 'Leave `github-token` as it is by default, or give `fetch-depth: 0` to actions/checkout.',
        });
    }
    return { sha, files: filesOnGitHub(sha, options) };
}
function filesOfTree(workspace, entries) {
    const textOf = async (path, links = 0) => {
        const name = normalPath(path);
        const entry = entries.get(name);
        if (entry === undefined || entry.mode === '160000')
            return undefined;
        const text = await (0,git_objects/* readProvenText */.g8)(workspace, entry.hash);
        if (text === undefined)
            throw unreadable(`git does not have '${path}' here, or not as text`);
        if (entry.mode !== '120000')
            return text;
        if (links === MOST_LINKS)
            throw unreadable(`'${path}' is a link that leads in a circle`);
        return textOf(external_node_path_.posix.join(external_node_path_.posix.dirname(name), text), links + 1);
    };
    return {
        textOf: path => textOf(path),
        matching: pattern => [...entries.keys()].filter(path => (0,external_node_path_.matchesGlob)(path, normalPath(pattern))).toSorted(),
    };
}
function filesOnGitHub(sha, { repository, token }) {
    const ask = async (path, accept) => {
        const encoded = normalPath(path).split('/').map(encodeURIComponent).join('/');
        const url = `repos/${repository}/contents/${encoded}?ref=${sha}`;
        const answer = await askGitHub({ path: url, token, ...(accept !== undefined && { accept }) });
        // A commit that is not there is answered by the same status, with other words.
        return answer.status === 404 && !/No commit found/.test(answer.text) ? undefined : requireSuccess(answer);
    };
    const textOf = async (path) => {
        if (/^(\/|\.\.(\/|$))/.test(normalPath(path)))
            return undefined;
        const answer = await ask(path);
        if (answer === undefined || Array.isArray(answer.body))
            return undefined;
        const { type, encoding, content } = recordOf(answer.body);
        if (type !== 'file')
            throw unreadable(`'${path}' is no file of the repository, but a ${String(type)}`);
        if (encoding === 'base64' && typeof content === 'string')
            return Buffer.from(content, 'base64').toString();
        // A file of more than 1 MB comes without its content.
        return (await ask(path, 'application/vnd.github.raw+json'))?.text;
    };
    const list = async (folder, depth) => {
        const answer = await ask(folder);
        const items = Array.isArray(answer?.body) ? answer.body : [];
        if (items.length >= MOST_LISTED)
            throw unreadable(`GitHub lists no more than ${MOST_LISTED} files of '${folder}'`);
        const entries = items.map(recordOf).map(({ type, path }) => ({ type, path: String(path) }));
        const inner = entries.filter(({ type }) => type === 'dir' && depth > 1);
        return [
            ...entries.filter(({ type }) => type !== 'dir').map(({ path }) => path),
            ...(await Promise.all(inner.map(({ path }) => list(path, depth - 1)))).flat(),
        ];
    };
    return {
        textOf,
        async matching(pattern) {
            const parts = normalPath(pattern).split('/');
            const first = parts.findIndex(part => /[*?[{(!]/.test(part));
            if (first === -1)
                return (await textOf(pattern)) === undefined ? [] : [normalPath(pattern)];
            const rest = parts.slice(first);
            const depth = rest.includes('**') ? Number.POSITIVE_INFINITY : rest.length;
            const found = await list(parts.slice(0, first).join('/'), depth);
            return found.filter(path => (0,external_node_path_.matchesGlob)(path, normalPath(pattern))).toSorted();
        },
    };
}
/** The full SHA of a branch's last commit. https://docs.github.com/en/rest/commits/commits#get-a-commit */
async function lastCommitOf(branch, { repository, token }) {
    const path = `repos/${repository}/commits/${encodeURIComponent(`heads/${branch}`)}`;
    const answer = requireSuccess(await askGitHub({ path, token, accept: 'application/vnd.github.sha' }));
    if (!/^[0-9a-f]{40,64}$/.test(answer.text))
        throw unreadable('GitHub answered with no SHA');
    return answer.text;
}
function requireSuccess(answer) {
    if (answer.status === 200)
        return answer;
    throw unreadable(messageIn(answer));
}
function unreadable(reason) {
    return new failure/* Failure */.HR(reason, {
        remedy: 'Give the job `permissions: contents: read`, or `fetch-depth: 0` to actions/checkout.',
    });
}
/** A path in the repository, without `./` before it. */
function normalPath(path) {
    return external_node_path_.posix.normalize(path).replace(/\/$/, '');
}
function recordOf(value) {
    return typeof value === 'object' && value !== null ? { ...value } : {};
}


/***/ })

};
