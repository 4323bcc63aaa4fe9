export const id = 90;
export const ids = [90];
export const modules = {

/***/ 49090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseMounts: () => (/* binding */ parseMounts)
/* harmony export */ });
/* harmony import */ var dockerfile_ast__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78390);

/** Parses the text of a Dockerfile and returns its cache mounts: all of them, or only those that are `named`. https://docs.docker.com/reference/dockerfile/#run---mounttypecache */
function parseMounts(text, named) {
    const dockerfile = dockerfile_ast__WEBPACK_IMPORTED_MODULE_0__.DockerfileParser.parse(text);
    const stages = [];
    for (const each of dockerfile.getInstructions()) {
        if (each instanceof dockerfile_ast__WEBPACK_IMPORTED_MODULE_0__.From) {
            stages.push({ name: each.getBuildStage()?.toLowerCase(), from: each, instructions: [] });
        }
        else
            stages.at(-1)?.instructions.push(each);
    }
    const args = dockerfile
        .getInitialARGs()
        .map(arg => `ARG ${arg.getRawArgumentsContent() ?? ''}\n`)
        .join('');
    const found = stages.flatMap(mountsIn);
    const namedMounts = named?.flatMap(mount => findNamed(found, mount));
    const groups = new Map();
    const skipped = [];
    const seen = new Set();
    for (const { id, options, obstacle, index } of namedMounts ?? found) {
        if (seen.has(`${id}${options}`))
            continue;
        seen.add(`${id}${options}`);
        const baseStage = baseStageOf(stages, index);
        const image = baseStage?.from.getImage() ?? 'scratch';
        const reason = obstacle ?? (image === 'scratch' ? 'stands on scratch, which has no shell' : undefined);
        if (reason !== undefined) {
            skipped.push(`${id} ${reason}`);
            continue;
        }
        const flags = baseStage?.from.getFlags().map(flag => `${flag.toString()} `) ?? [];
        const from = `FROM ${flags.join('')}${image}`;
        const group = groups.get(from) ?? { args, from, image, mounts: [] };
        groups.set(from, { ...group, mounts: [...group.mounts, { id, options }] });
    }
    return { groups: [...groups.values()], skipped };
}
/** The stage that a stage is built from in the end: one whose FROM names an image and not another stage. */
function baseStageOf(stages, index) {
    const stage = stages[index];
    const base = stage?.from.getImage()?.toLowerCase();
    const baseIndex = stages.slice(0, index).findLastIndex(({ name }) => name !== undefined && name === base);
    return baseIndex < 0 ? stage : baseStageOf(stages, baseIndex);
}
/** The mounts with an id; where there are none, those with the target. */
function findNamed(found, { id, target }) {
    const byId = found.filter(each => each.id === id);
    const matches = byId.length > 0 ? byId : found.filter(each => each.target === cleanPath(target));
    return matches.length > 0
        ? matches
        : [{ id, target, options: '', index: 0, obstacle: `is not in the Dockerfile, nor a mount at ${target}` }];
}
function mountsIn({ instructions }, index) {
    return instructions.flatMap(instruction => instruction instanceof dockerfile_ast__WEBPACK_IMPORTED_MODULE_0__.ModifiableInstruction
        ? instruction
            .getFlags()
            .filter(flag => flag.getName() === 'mount')
            .flatMap(flag => parseMount(flag.getValue() ?? '', index))
        : []);
}
/** Parses the value of `--mount`. BuildKit uses the target as the id where none is given. https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert_runmount.go */
function parseMount(text, index) {
    const pairs = text.split(',').map(pair => /^([^=]*)=?(.*)$/s.exec(pair) ?? []);
    const options = new Map(pairs.map(([, name = '', value = '']) => [name.toLowerCase(), value]));
    if (options.get('type') !== 'cache')
        return [];
    const target = options.get('target') ?? options.get('dst') ?? options.get('destination') ?? '';
    const id = options.get('id') || cleanPath(target);
    const folderOptions = ['uid', 'gid', 'mode'].flatMap(name => {
        const value = options.get(name);
        return value === undefined ? [] : `,${name}=${value}`;
    });
    const mount = { id, target: cleanPath(target), options: folderOptions.join(''), index };
    if (/["'$\\]/.test(text))
        return [{ ...mount, obstacle: 'has a variable in it' }];
    if (!options.get('id') && !target.startsWith('/')) {
        return [{ ...mount, obstacle: 'is a relative target without an `id`' }];
    }
    if (options.has('from'))
        return [{ ...mount, obstacle: 'begins with the files of an image (`from`)' }];
    return [mount];
}
/** Cleans a target as Go's `path.Clean` does. */
function cleanPath(path) {
    const parts = [];
    for (const part of path.split('/')) {
        if (part === '..')
            parts.pop();
        else if (part !== '' && part !== '.')
            parts.push(part);
    }
    return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
}


/***/ })

};
