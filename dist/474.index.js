export const id = 474;
export const ids = [474];
export const modules = {

/***/ 6474:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  baseImagesOf: () => (/* binding */ baseImagesOf)
});

// EXTERNAL MODULE: ./node_modules/dockerfile-ast/lib/main.js
var main = __webpack_require__(78390);
;// CONCATENATED MODULE: ./build/reuse/dockerfile-arguments.js
/** What cannot be told in advance. */
class Unclear extends Error {
}
/** The values of the ARGs before the first FROM, and those that BuildKit itself gives. */
function globalsOf(declared, { buildArgs, platform, native, target }) {
    const values = {
        ...platformValues('TARGET', platform),
        ...platformValues('BUILD', native),
        TARGETSTAGE: target ?? 'default',
    };
    for (const property of declared.flatMap(each => each.getProperties())) {
        const name = property.getName();
        const own = property.getValue();
        const value = buildArgs[name] ?? (own === null ? undefined : expand(own, values));
        if (value !== undefined)
            values[name] = value;
    }
    return values;
}
function platformValues(prefix, platform) {
    const [os = '', architecture = '', variant = ''] = platform.split('/');
    const values = { PLATFORM: platform, OS: os, ARCH: architecture, VARIANT: variant };
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}
/**
 * Puts values in.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 * @throws {Unclear} where something is left that these values do not tell.
 */
function expand(text, values) {
    const innermost = /\$(?:(\w+)|\{(\w+)(?:(:?)([-+])([^${}]*))?\})/;
    let expanded = text;
    for (let match = innermost.exec(expanded); match !== null; match = innermost.exec(expanded)) {
        const [whole, plain, braced = plain ?? '', colon, operator, word = ''] = match;
        const value = values[braced];
        const isThere = value !== undefined && (colon !== ':' || value !== '');
        const replacement = operator === '+' ? (isThere ? word : '') : isThere ? value : operator === '-' ? word : '';
        expanded = expanded.replace(whole, () => replacement.replaceAll('$', ''));
    }
    if (expanded === '' || /[$\\{}]/.test(expanded)) {
        throw new Unclear(`which image '${text}' is can't be told in advance`);
    }
    return expanded;
}

;// CONCATENATED MODULE: ./build/reuse/base-images.js


/**
 * Reads which images the target's stages stand on and copy from, as BuildKit would resolve them.
 * https://docs.docker.com/reference/dockerfile/
 */
function baseImagesOf(text, options) {
    try {
        const images = options.platforms.flatMap(platform => imagesFor(text, { ...options, platform }));
        return { kind: 'known', images: [...new Set(images)].toSorted() };
    }
    catch (error) {
        if (error instanceof Unclear)
            return { kind: 'unknown', reason: error.message };
        throw error;
    }
}
function imagesFor(text, options) {
    const dockerfile = main.DockerfileParser.parse(text);
    const stages = stagesOf(dockerfile.getInstructions());
    const values = globalsOf(dockerfile.getInitialARGs(), options);
    const contexts = new Set(options.contexts.map(familiar));
    const syntax = dockerfile.getDirectives().find(each => each.getName().toLowerCase() === 'syntax');
    const frontend = options.buildArgs['BUILDKIT_SYNTAX'] ?? syntax?.getValue();
    const images = frontend === undefined ? [] : [frontend.trim()];
    const waiting = [indexOf(options.target, stages)];
    for (const index of waiting) {
        const before = stages.slice(0, index);
        for (const source of sourcesOf(stages[index], values)) {
            if (source === 'scratch' || contexts.has(familiar(source)))
                continue;
            const own = before.findLastIndex(({ name }, at) => name === source.toLowerCase() || String(at) === source);
            if (own < 0)
                images.push(source);
            else if (!waiting.includes(own))
                waiting.push(own);
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
function indexOf(target, stages) {
    const index = target === undefined
        ? stages.length - 1
        : stages.findLastIndex(({ name }, at) => name === target.toLowerCase() || String(at) === target);
    if (index < 0)
        throw new Unclear(`the Dockerfile has no stage '${target ?? ''}'`);
    return index;
}
/** What a stage stands on, copies from and mounts. */
function sourcesOf(stage, values) {
    if (stage === undefined)
        return [];
    const fetched = stage.instructions.find(fetchesUnchecked);
    if (fetched !== undefined) {
        const line = fetched.getRange().start.line + 1;
        throw new Unclear(`\`ADD\` in line ${line} fetches what may have changed: give it a \`--checksum\``);
    }
    const copied = stage.instructions.flatMap(fromsOf);
    const variable = copied.find(source => source.includes('$'));
    if (variable !== undefined)
        throw new Unclear(`which image '${variable}' is can't be told in advance`);
    return [expand(stage.base.replaceAll(/["']/g, ''), values), ...copied];
}
/** `COPY --from=…` and `RUN --mount=…,from=…`. */
function fromsOf(instruction) {
    if (!(instruction instanceof main.ModifiableInstruction))
        return [];
    return instruction.getFlags().flatMap(flag => {
        if (flag.getName() === 'from')
            return [flag.getValue() ?? ''];
        return flag.getName() === 'mount' ? (flag.getOption('from')?.getValue() ?? []) : [];
    });
}
/** An `ADD` of a URL or a repository whose content nothing pins. */
function fetchesUnchecked(instruction) {
    if (!(instruction instanceof main.Add))
        return false;
    const pinned = instruction.getFlags().some(flag => flag.getName() === 'checksum');
    const sources = wordsOf(instruction).slice(0, -1);
    return !pinned && sources.some(each => /^"?([a-z]+:\/\/|git@|\$)/i.test(each));
}
/** What is added and where to: words, or JSON, which is taken for words where it is none. */
function wordsOf(instruction) {
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
/** As docker names an image in short, which is how build contexts are looked up. */
function familiar(name) {
    return name
        .replace(/^docker\.io\//, '')
        .replace(/^library\//, '')
        .replace(/:latest$/, '')
        .toLowerCase();
}


/***/ })

};
