export const id = 90;
export const ids = [90];
export const modules = {

/***/ 49090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readMountsOf: () => (/* binding */ readMountsOf)
/* harmony export */ });
/* harmony import */ var dockerfile_ast__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78390);

/** Reads the cache mounts of a Dockerfile, all of them or those that are named. https://docs.docker.com/reference/dockerfile/#run---mounttypecache */
function readMountsOf(text, named) {
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
    const wanted = named?.flatMap(mount => namedIn(found, mount));
    const groups = new Map();
    const left = [];
    const seen = new Set();
    for (const { id, options, obstacle, index } of wanted ?? found) {
        if (seen.has(`${id}${options}`))
            continue;
        seen.add(`${id}${options}`);
        const root = rootOf(stages, index);
        const image = root?.from.getImage() ?? 'scratch';
        const why = obstacle ?? (image === 'scratch' ? 'stands on scratch, which has no shell' : undefined);
        if (why !== undefined) {
            left.push(`${id} ${why}`);
            continue;
        }
        const flags = root?.from.getFlags().map(flag => `${flag.toString()} `) ?? [];
        const from = `FROM ${flags.join('')}${image}`;
        const group = groups.get(from) ?? { args, from, image, mounts: [] };
        groups.set(from, { ...group, mounts: [...group.mounts, { id, options }] });
    }
    return { groups: [...groups.values()], left };
}
/** The stage at the bottom of a stage, which stands on an image. */
function rootOf(stages, index) {
    const stage = stages[index];
    const base = stage?.from.getImage()?.toLowerCase();
    const below = stages.slice(0, index).findLastIndex(({ name }) => name !== undefined && name === base);
    return below < 0 ? stage : rootOf(stages, below);
}
/** All that BuildKit keeps under a name: by its id, else by where it is mounted. */
function namedIn(found, { id, target }) {
    const byId = found.filter(each => each.id === id);
    const known = byId.length > 0 ? byId : found.filter(each => each.target === clean(target));
    return known.length > 0
        ? known
        : [{ id, target, options: '', index: 0, obstacle: `is not in the Dockerfile, nor a mount at ${target}` }];
}
function mountsIn({ instructions }, index) {
    return instructions.flatMap(instruction => instruction instanceof dockerfile_ast__WEBPACK_IMPORTED_MODULE_0__.ModifiableInstruction
        ? instruction
            .getFlags()
            .filter(flag => flag.getName() === 'mount')
            .flatMap(flag => mountOf(flag.getValue() ?? '', index))
        : []);
}
/** BuildKit's id is the target where none is given. https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert_runmount.go */
function mountOf(text, index) {
    const pairs = text.split(',').map(pair => /^([^=]*)=?(.*)$/s.exec(pair) ?? []);
    const options = new Map(pairs.map(([, name = '', value = '']) => [name.toLowerCase(), value]));
    if (options.get('type') !== 'cache')
        return [];
    const target = options.get('target') ?? options.get('dst') ?? options.get('destination') ?? '';
    const id = options.get('id') || clean(target);
    const kept = ['uid', 'gid', 'mode'].flatMap(name => {
        const value = options.get(name);
        return value === undefined ? [] : `,${name}=${value}`;
    });
    const mount = { id, target: clean(target), options: kept.join(''), index };
    if (/["'$\\]/.test(text))
        return [{ ...mount, obstacle: 'has a variable in it' }];
    if (!options.get('id') && !target.startsWith('/')) {
        return [{ ...mount, obstacle: 'is a relative target without an `id`' }];
    }
    if (options.has('from'))
        return [{ ...mount, obstacle: 'begins with the files of an image (`from`)' }];
    return [mount];
}
/** As Go's path.Clean, of what may stand in a target. */
function clean(path) {
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
