export const id = 474;
export const ids = [474];
export const modules = {

/***/ 6474:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  baseImagesOf: () => (/* binding */ baseImagesOf),
  I: () => (/* binding */ knownBaseImagesOf)
});

// EXTERNAL MODULE: ./node_modules/dockerfile-ast/lib/main.js
var main = __webpack_require__(78390);
// EXTERNAL MODULE: ./build/platform/own-value.js
var own_value = __webpack_require__(86982);
;// CONCATENATED MODULE: ./build/reuse/dockerfile-arguments.js

/** An image that the Dockerfile and the build arguments do not determine. */
class UnknownImage extends Error {
}
/**
 * The values of the ARGs before the first FROM, and of the arguments that BuildKit sets.
 * @throws {UnknownImage} where a default value cannot be expanded.
 */
function globalArguments(declared, { buildArgs, platform, native, target }) {
    const values = new Map([
        ...platformValues('TARGET', platform),
        ...platformValues('BUILD', native),
        ['TARGETSTAGE', target ?? 'default'],
    ]);
    for (const property of declared.flatMap(each => each.getProperties())) {
        const name = property.getName();
        const defaultValue = property.getValue();
        const value = (0,own_value/* ownValue */.e)(buildArgs, name) ??
            (defaultValue === null ? undefined : expandVariables(defaultValue, values));
        if (value !== undefined)
            values.set(name, value);
    }
    return values;
}
function platformValues(prefix, platform) {
    const [os = '', architecture = '', variant = ''] = platform.split('/');
    const values = { PLATFORM: platform, OS: os, ARCH: architecture, VARIANT: variant };
    return Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]);
}
/**
 * Replaces variables by their values.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 * @throws {UnknownImage} where the result is empty or has parts that these values do not determine.
 */
function expandVariables(text, values) {
    const innermost = /\$(?:(\w+)|\{(\w+)(?:(:?)([-+])([^${}]*))?\})/;
    let expanded = text;
    for (let match = innermost.exec(expanded); match !== null; match = innermost.exec(expanded)) {
        const [whole, plain, braced = plain ?? '', colon, operator, word = ''] = match;
        const value = values.get(braced);
        const isSet = value !== undefined && (colon !== ':' || value !== '');
        const replacement = operator === '+' ? (isSet ? word : '') : isSet ? value : operator === '-' ? word : '';
        expanded = expanded.replace(whole, () => replacement.replaceAll('$', ''));
    }
    if (expanded === '' || /[$\\{}]/.test(expanded)) {
        throw new UnknownImage(`which image '${text}' is can't be told in advance`);
    }
    return expanded;
}

;// CONCATENATED MODULE: ./build/reuse/base-images.js


/**
 * Reads which images the target's stages are based on and copy from, as BuildKit would resolve them.
 * https://docs.docker.com/reference/dockerfile/
 */
function baseImagesOf(text, options) {
    try {
        const images = options.platforms.flatMap(platform => imagesFor(text, { ...options, platform }));
        return { kind: 'known', images: [...new Set(images)].toSorted() };
    }
    catch (error) {
        if (error instanceof UnknownImage)
            return { kind: 'unknown', reason: error.message };
        throw error;
    }
}
/** Those of the images that the Dockerfile and the build arguments determine, whatever else the build fetches. */
function knownBaseImagesOf(text, options) {
    const images = options.platforms.flatMap(platform => {
        try {
            return imagesFor(text, { ...options, platform }, knownSourcesOf);
        }
        catch (error) {
            if (error instanceof UnknownImage)
                return [];
            throw error;
        }
    });
    return [...new Set(images)].toSorted();
}
function imagesFor(text, options, sourcesIn = sourcesOf) {
    const dockerfile = main.DockerfileParser.parse(text);
    const stages = stagesOf(dockerfile.getInstructions());
    const values = globalArguments(dockerfile.getInitialARGs(), options);
    const contexts = new Set(options.contexts.map(familiarName));
    const syntax = dockerfile.getDirectives().find(each => each.getName().toLowerCase() === 'syntax');
    const frontend = options.buildArgs['BUILDKIT_SYNTAX'] ?? syntax?.getValue();
    const images = frontend === undefined ? [] : [frontend.trim()];
    const neededStages = [targetIndex(options.target, stages)];
    for (const index of neededStages) {
        const earlierStages = stages.slice(0, index);
        for (const source of sourcesIn(stages[index], values)) {
            if (source === 'scratch' || contexts.has(familiarName(source)))
                continue;
            const sourceStage = earlierStages.findLastIndex(({ name }, at) => name === source.toLowerCase() || String(at) === source);
            if (sourceStage < 0)
                images.push(source);
            else if (!neededStages.includes(sourceStage))
                neededStages.push(sourceStage);
        }
    }
    return images;
}
function stagesOf(instructions) {
    const stages = [];
    for (const each of instructions) {
        if (each instanceof main.From) {
            const name = each.getBuildStage()?.toLowerCase();
            stages.push({ name, base: each.getImage() ?? '', instructions: [] });
        }
        else
            stages.at(-1)?.instructions.push(each);
    }
    return stages;
}
function targetIndex(target, stages) {
    const index = target === undefined
        ? stages.length - 1
        : stages.findLastIndex(({ name }, at) => name === target.toLowerCase() || String(at) === target);
    if (index < 0)
        throw new UnknownImage(`the Dockerfile has no stage '${target ?? ''}'`);
    return index;
}
/** The stages and images that a stage is based on, copies from and mounts. */
function sourcesOf(stage, values) {
    if (stage === undefined)
        return [];
    const unpinnedAdd = stage.instructions.find(fetchesUnchecked);
    if (unpinnedAdd !== undefined) {
        const line = unpinnedAdd.getRange().start.line + 1;
        throw new UnknownImage(`\`ADD\` in line ${line} fetches what may have changed: give it a \`--checksum\``);
    }
    const copySources = stage.instructions.flatMap(copySourcesOf);
    const variableSource = copySources.find(source => source.includes('$'));
    if (variableSource !== undefined)
        throw new UnknownImage(`which image '${variableSource}' is can't be told in advance`);
    return [expandVariables(stage.base.replaceAll(/["']/g, ''), values), ...copySources];
}
/** The sources of a stage that are determined. */
function knownSourcesOf(stage, values) {
    if (stage === undefined)
        return [];
    const base = stage.base.replaceAll(/["']/g, '');
    return [base, ...stage.instructions.flatMap(copySourcesOf)].flatMap(each => {
        try {
            return expandVariables(each, values);
        }
        catch (error) {
            if (error instanceof UnknownImage)
                return [];
            throw error;
        }
    });
}
/** `COPY --from=…` and `RUN --mount=…,from=…`. */
function copySourcesOf(instruction) {
    if (!(instruction instanceof main.ModifiableInstruction))
        return [];
    return instruction.getFlags().flatMap(flag => {
        if (flag.getName() === 'from')
            return [flag.getValue() ?? ''];
        return flag.getName() === 'mount' ? (flag.getOption('from')?.getValue() ?? []) : [];
    });
}
/** Whether an instruction is an `ADD` of a URL or a repository without a checksum. */
function fetchesUnchecked(instruction) {
    if (!(instruction instanceof main.Add))
        return false;
    const pinned = instruction.getFlags().some(flag => flag.getName() === 'checksum');
    const sources = argumentsOf(instruction).slice(0, -1);
    return !pinned && sources.some(each => /^"?([a-z]+:\/\/|git@|\$)/i.test(each));
}
/** The sources and the destination of an `ADD`, written as words or as a JSON array. */
function argumentsOf(instruction) {
    const words = instruction.getArguments().map(each => each.getValue());
    const text = instruction.getArgumentsContent() ?? '';
    return text.startsWith('[') ? (stringsIn(text) ?? words) : words;
}
function stringsIn(json) {
    try {
        const value = JSON.parse(json);
        return Array.isArray(value) ? value.map(String) : undefined;
    }
    catch {
        return undefined;
    }
}
/** Docker's short name of an image. Build contexts are looked up by it. */
function familiarName(name) {
    return name
        .replace(/^docker\.io\//, '')
        .replace(/^library\//, '')
        .replace(/:latest$/, '')
        .toLowerCase();
}


/***/ })

};
