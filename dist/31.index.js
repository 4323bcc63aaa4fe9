export const id = 31;
export const ids = [31];
export const modules = {

/***/ 33031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   lineOf: () => (/* binding */ lineOf)
/* harmony export */ });
/* harmony import */ var dockerfile_ast__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78390);

/**
 * The line of a Dockerfile, from 1, that a layer comes from: its instruction, or the FROM of the base image where the layer
 * belongs to the base image or its instruction is unknown. `createdBy` is the layer's entry in the image's history.
 */
function lineOf(text, { target, createdBy }) {
    const dockerfile = dockerfile_ast__WEBPACK_IMPORTED_MODULE_0__.DockerfileParser.parse(text);
    const stages = dockerfile.getFROMs().map(from => ({
        name: from.getBuildStage()?.toLowerCase(),
        base: from.getImage()?.toLowerCase(),
        line: from.getRange().start.line,
    }));
    const findStage = (name, among) => name === undefined ? undefined : among.findLast(stage => stage.name === name.toLowerCase());
    const chain = [];
    let stage = findStage(target, stages) ?? stages.at(-1);
    while (stage !== undefined) {
        chain.push(stage);
        stage = findStage(stage.base, stages.slice(0, stages.indexOf(stage)));
    }
    const layerCommand = createdBy === undefined ? undefined : normalize(createdBy);
    const instruction = dockerfile.getInstructions().findLast(each => {
        const line = each.getRange().start.line;
        const itsStage = stages.findLast(from => from.line <= line);
        return (itsStage !== undefined &&
            chain.includes(itsStage) &&
            layerCommand !== undefined &&
            createsLayer(each, layerCommand));
    });
    return (instruction?.getRange().start.line ?? chain.at(-1)?.line ?? 0) + 1;
}
/** Removes what BuildKit adds to a command, such as in "RUN |1 A=1 /bin/sh -c make # buildkit". */
function normalize(createdBy) {
    return createdBy
        .replace(/# buildkit$/, '')
        .replace(/^RUN (\|\d+ .*?)?\/bin\/sh -c /s, 'RUN ')
        .replaceAll(/\s+/g, ' ')
        .trim();
}
function createsLayer(instruction, layerCommand) {
    const keyword = instruction.getKeyword().toUpperCase();
    const words = instruction.getArguments().map(String);
    const written = `${keyword} ${words.join(' ')}`;
    if (written === layerCommand)
        return true;
    // The history has the values of variables, so only the keyword and the destination are compared.
    return (/^(COPY|ADD)$/.test(keyword) &&
        layerCommand.startsWith(`${keyword} `) &&
        layerCommand.endsWith(` ${words.at(-1)}`));
}


/***/ })

};
