export const id = 529;
export const ids = [529];
export const modules = {

/***/ 2529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   latestEndOf: () => (/* binding */ latestEndOf),
/* harmony export */   parseIgnoreFile: () => (/* binding */ parseIgnoreFile)
/* harmony export */ });
/* unused harmony exports entryKeys, checkValue, unknownKey */
/* harmony import */ var fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(21916);
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38815);
/* harmony import */ var _validation_validators_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89575);



const shapeRemedy = 'Give `ignore:` with a list of entries: `id`, optionally `package` and `platform`, `reason`, and `until: 2026-12-31` or `until-fixed: true`.';
/** The last day on which an exception may end today. */
function latestEndOf(days, now) {
    return { days, day: new Date(now.getTime() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10) };
}
/** The most characters of a file. Twenty thousand exceptions have two million. */
const MAX_CHARACTERS = 4_000_000;
/** Reads the exceptions in a YAML file. Each fault has its line. docs/gate.md describes the file. */
function parseIgnoreFile(file, text, latestEnd) {
    if (text.length > MAX_CHARACTERS) {
        const problem = `has ${text.length.toLocaleString('en')} characters, and ${MAX_CHARACTERS.toLocaleString('en')} are the most`;
        return { values: [], faults: [{ place: file, problem, remedy: 'Leave out what has ended.' }] };
    }
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_1__/* .LineCounter */ .HN();
    const foundFaults = [];
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_1__.parseDocument)(text, { lineCounter: lines, prettyErrors: false });
    const addFault = (offset, problem, remedy) => {
        const { line } = lines.linePos(offset);
        foundFaults.push({ line, place: `${file}:${line}`, problem, remedy });
    };
    const reportFault = (node, problem, remedy) => addFault(offsetOf(node), problem, remedy);
    const faults = () => foundFaults
        .toSorted((a, b) => a.line - b.line)
        .map(({ place, problem, remedy }) => ({ place, problem, remedy }));
    for (const { pos, message } of document.errors)
        addFault(pos[0], sayYamlError(message), shapeRemedy);
    if (foundFaults.length > 0)
        return { values: [], faults: faults() };
    const entries = entriesOf(document.contents, reportFault).map(node => ({
        node,
        entry: readEntry(node, reportFault),
    }));
    const values = new Map();
    for (const { node, entry } of entries) {
        if (entry === undefined)
            continue;
        if (latestEnd !== undefined && entry.until !== undefined && entry.until > latestEnd.day) {
            reportFault(node, `excuses ${entry.id} until ${entry.until}, which is more than ${latestEnd.days} days ahead`, `The last day that is allowed today is ${latestEnd.day}: give one no later, or raise \`ignore-max-days\`.`);
            continue;
        }
        const key = keyOf(entry);
        const duplicate = values.get(key);
        if (duplicate)
            reportFault(node, `is the same exception as ${duplicate.source}`, 'Keep one of them.');
        else
            values.set(key, { ...entry, source: `${file}:${lines.linePos(offsetOf(node)).line}` });
    }
    return { values: [...values.values()], faults: faults() };
}
/** What is wrong with a text that is no YAML. The parser tells nesting that is too deep by the overflow of its stack. */
function sayYamlError(message) {
    return message.startsWith('Maximum call stack size exceeded')
        ? 'is no YAML that can be read: it nests too deeply'
        : `is no YAML: ${message}`;
}
function entriesOf(root, reportFault) {
    // A file with nothing but comments has no exceptions.
    if (root === null || ((0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isScalar */ .jn)(root) && root.value === null))
        return [];
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isMap */ .jh)(root)) {
        reportFault(root, 'is no list of exceptions', shapeRemedy);
        return [];
    }
    for (const { key } of root.items) {
        if (keyName(key) === 'ignore')
            continue;
        const { problem, remedy } = unknownKey(keyName(key), ['ignore'], shapeRemedy);
        reportFault(key, problem, remedy);
    }
    const list = root.get('ignore', true);
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isSeq */ .oP)(list))
        return list.items;
    const isEmpty = list === undefined || ((0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isScalar */ .jn)(list) && list.value === null);
    if (!isEmpty)
        reportFault(list, 'is no list of exceptions', shapeRemedy);
    return [];
}
function readEntry(node, reportFault) {
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isMap */ .jh)(node)) {
        reportFault(node, 'is no exception', shapeRemedy);
        return undefined;
    }
    const isValid = node.items.map(pair => checkPair(pair, reportFault)).every(Boolean);
    const text = (key) => {
        const value = node.get(key);
        return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
    };
    const [id, reason, until] = [text('id'), text('reason'), text('until')];
    const untilFixed = node.get('until-fixed') === true;
    if (!node.has('id'))
        reportFault(node, 'has no `id`', 'Name the vulnerability, such as CVE-2024-5535.');
    if (!node.has('reason'))
        reportFault(node, 'has no `reason`', 'Say why this finding may pass.');
    if (!node.has('until') && !node.has('until-fixed')) {
        reportFault(node, 'has no end', 'Give `until: 2026-12-31` (its last day) or `until-fixed: true`.');
    }
    const hasEnd = until !== undefined || untilFixed;
    if (!isValid || id === undefined || reason === undefined || !hasEnd)
        return undefined;
    const [name, platform] = [text('package'), text('platform')];
    return {
        id,
        ...(name && { package: name }),
        ...(platform && { platform }),
        reason,
        ...(until && { until }),
        untilFixed,
    };
}
/** Whether a key exists and its value is valid; reports a fault if not. */
function checkPair({ key, value }, reportFault) {
    const name = keyName(key);
    const known = entryKeys.find(each => each === name);
    const fault = known === undefined
        ? unknownKey(name, entryKeys, `Allowed: ${entryKeys.join(', ')}.`)
        : checkValue(known, (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isScalar */ .jn)(value) ? value.value : value);
    if (fault !== undefined)
        reportFault(key, fault.problem, fault.remedy);
    return fault === undefined;
}
/** The same for two entries that are about the same findings. */
function keyOf({ id, package: name, platform }) {
    return JSON.stringify([id.toLowerCase(), name, platform]);
}
function keyName(key) {
    return (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isScalar */ .jn)(key) ? String(key.value) : String(key);
}
function offsetOf(node) {
    return (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isMap */ .jh)(node) || (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isSeq */ .oP)(node) || (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isScalar */ .jn)(node) ? (node.range?.[0] ?? 0) : 0;
}
/** The keys that an entry of the ignore file may have. */
const entryKeys = ['id', 'package', 'platform', 'reason', 'until', 'until-fixed'];
/** The problem of a key's value, if it has one. */
function checkValue(key, value) {
    if (key === 'until-fixed') {
        return value === true
            ? undefined
            : valueProblem(key, value, 'is not true', 'Write `until-fixed: true`, or give `until`.');
    }
    if (typeof value !== 'string' || value.trim() === '') {
        return valueProblem(key, value, 'is no text', 'Give a text, in quotes where YAML would take it for something else.');
    }
    if (key === 'until' && !isCalendarDate(value)) {
        return valueProblem(key, value, 'is no date', 'Give the last day on which it counts, such as 2026-12-31.');
    }
    const fault = key === 'platform' ? (0,_validation_validators_js__WEBPACK_IMPORTED_MODULE_2__/* .platform */ .iD)(value) : undefined;
    return fault && valueProblem(key, value, fault.problem, fault.remedy);
}
function valueProblem(key, value, problem, remedy) {
    return { problem: `has \`${key}: ${String(value)}\`, which ${problem}`, remedy };
}
/** The problem of a key that does not exist, with the most similar key in its remedy. */
function unknownKey(name, known, allowed) {
    const nearest = (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .closest */ .kp)(name.toLowerCase(), [...known]);
    const guess = (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .distance */ .Io)(name.toLowerCase(), nearest) <= 3 ? ` Did you mean \`${nearest}\`?` : '';
    return { problem: `has the key \`${name}\`, which does not exist`, remedy: `${allowed}${guess}` };
}
/** Whether the text is a day of the calendar; 2026-02-30 is not. */
function isCalendarDate(text) {
    const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}


/***/ })

};
