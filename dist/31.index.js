export const id = 31;
export const ids = [31];
export const modules = {

/***/ 33031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   lineOf: () => (/* binding */ lineOf)
/* harmony export */ });
/* harmony import */ var dockerfile_ast__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78390);

/**
 * Where in a Dockerfile a layer comes from: its own instruction, or, as for everything of the base image and where nothing
 * tells, the FROM that the built stage stands on.
 */
function lineOf(text, { target, createdBy }) {
    const dockerfile = dockerfile_ast__WEBPACK_IMPORTED_MODULE_0__.DockerfileParser.parse(text);
    const stages = dockerfile.getFROMs().map(from => ({
        name: from.getBuildStage()?.toLowerCase(),
        base: from.getImage()?.toLowerCase(),
        line: from.getRange().start.line,
    }));
    const named = (name, among) => name === undefined ? undefined : among.findLast(stage => stage.name === name.toLowerCase());
    const chain = [];
    let stage = named(target, stages) ?? stages.at(-1);
    while (stage !== undefined) {
        chain.push(stage);
        stage = named(stage.base, stages.slice(0, stages.indexOf(stage)));
    }
    const made = createdBy === undefined ? undefined : normal(createdBy);
    const instruction = dockerfile.getInstructions().findLast(each => {
        const line = each.getRange().start.line;
        const own = stages.findLast(from => from.line <= line);
        return own !== undefined && chain.includes(own) && made !== undefined && isMaker(each, made);
    });
    return (instruction?.getRange().start.line ?? chain.at(-1)?.line ?? 0) + 1;
}
/** "RUN |1 A=1 /bin/sh -c make # buildkit" without what BuildKit adds. */
function normal(createdBy) {
    return createdBy
        .replace(/# buildkit$/, '')
        .replace(/^RUN (\|\d+ .*?)?\/bin\/sh -c /s, 'RUN ')
        .replaceAll(/\s+/g, ' ')
        .trim();
}
function isMaker(instruction, made) {
    const keyword = instruction.getKeyword().toUpperCase();
    const words = instruction.getArguments().map(String);
    const said = `${keyword} ${words.join(' ')}`;
    if (said === made)
        return true;
    // Variables are filled in by then, but a file goes where it goes.
    return /^(COPY|ADD)$/.test(keyword) && made.startsWith(`${keyword} `) && made.endsWith(` ${words.at(-1)}`);
}


/***/ })

};
