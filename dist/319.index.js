export const id = 319;
export const ids = [319];
export const modules = {

/***/ 34319:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openBase: () => (/* binding */ openBase)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _git_objects_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9951);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93068);
/* harmony import */ var _platform_github_api_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56826);





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
        throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR('The event names no commit to read exceptions from, and no default branch.', {
            remedy: 'Leave `exceptions-from: base` out in this job.',
        });
    }
    const sha = 'sha' in base ? base.sha : mayAsk ? await lastCommitOf(base.branch, options) : undefined;
    const hasGit = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(workspace, '.git'));
    const entries = sha !== undefined && hasGit ? await (0,_git_objects_js__WEBPACK_IMPORTED_MODULE_2__/* .readProvenTree */ .f9)(workspace, sha) : undefined;
    if (sha !== undefined && entries !== undefined)
        return { sha, files: filesOfTree(workspace, entries) };
    if (sha === undefined || !mayAsk) {
        throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR('Git does not have the commit here that exceptions are read from.', {
            remedy: 'A dry run asks nobody for it: give `fetch-depth: 0` to actions/checkout.',
        });
    }
    if (token === '') {
        throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR(`Git does not have the commit ${sha} here, and there is no token to ask GitHub for it.`, {
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
        const text = await (0,_git_objects_js__WEBPACK_IMPORTED_MODULE_2__/* .readProvenText */ .g8)(workspace, entry.hash);
        if (text === undefined)
            throw unreadable(`git does not have '${path}' here, or not as text`);
        if (entry.mode !== '120000')
            return text;
        if (links === MOST_LINKS)
            throw unreadable(`'${path}' is a link that leads in a circle`);
        return textOf(node_path__WEBPACK_IMPORTED_MODULE_1__.posix.join(node_path__WEBPACK_IMPORTED_MODULE_1__.posix.dirname(name), text), links + 1);
    };
    return {
        textOf: path => textOf(path),
        matching: pattern => [...entries.keys()].filter(path => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.matchesGlob)(path, normalPath(pattern))).toSorted(),
    };
}
function filesOnGitHub(sha, { repository, token }) {
    const ask = async (path, accept) => {
        const encoded = normalPath(path).split('/').map(encodeURIComponent).join('/');
        const url = `repos/${repository}/contents/${encoded}?ref=${sha}`;
        const answer = await (0,_platform_github_api_js__WEBPACK_IMPORTED_MODULE_4__/* .askGitHub */ .X3)({ path: url, token, ...(accept !== undefined && { accept }) });
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
            return found.filter(path => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.matchesGlob)(path, normalPath(pattern))).toSorted();
        },
    };
}
/** The full SHA of a branch's last commit. https://docs.github.com/en/rest/commits/commits#get-a-commit */
async function lastCommitOf(branch, { repository, token }) {
    const path = `repos/${repository}/commits/${encodeURIComponent(`heads/${branch}`)}`;
    const isAnswer = ({ status, text }) => status >= 400 || /^[0-9a-f]{40,64}$/.test(text);
    const accept = 'application/vnd.github.sha';
    const answer = requireSuccess(await (0,_platform_github_api_js__WEBPACK_IMPORTED_MODULE_4__/* .askGitHub */ .X3)({ path, token, accept, isAnswer }));
    if (!isAnswer(answer))
        throw unreadable('GitHub answered with no SHA');
    return answer.text;
}
function requireSuccess(answer) {
    if (answer.status === 200)
        return answer;
    throw unreadable((0,_platform_github_api_js__WEBPACK_IMPORTED_MODULE_4__/* .messageIn */ .v6)(answer));
}
function unreadable(reason) {
    return new _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR(reason, {
        remedy: 'Give the job `permissions: contents: read`, or `fetch-depth: 0` to actions/checkout.',
    });
}
/** A path in the repository, without `./` before it. */
function normalPath(path) {
    return node_path__WEBPACK_IMPORTED_MODULE_1__.posix.normalize(path).replace(/\/$/, '');
}
function recordOf(value) {
    return typeof value === 'object' && value !== null ? { ...value } : {};
}


/***/ })

};
