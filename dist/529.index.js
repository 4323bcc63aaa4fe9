export const id = 529;
export const ids = [529];
export const modules = {

/***/ 2529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseIgnoreFile: () => (/* binding */ parseIgnoreFile)
/* harmony export */ });
/* unused harmony exports keys, faultOf, unknownKey */
/* harmony import */ var fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(21916);
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38815);
/* harmony import */ var _validation_validators_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89575);



const shape = 'Give `ignore:` with a list of entries: `id`, optionally `package` and `platform`, `reason`, and `until: 2026-12-31` or `until-fixed: true`.';
/** Reads the exceptions in a YAML file; every fault knows its line. docs/gate.md describes the file. */
function parseIgnoreFile(file, text) {
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_1__/* .LineCounter */ .HN();
    const found = [];
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .parseDocument */ .Tp)(text, { lineCounter: lines, prettyErrors: false });
    const tell = (offset, problem, remedy) => {
        const { line } = lines.linePos(offset);
        found.push({ line, place: `${file}:${line}`, problem, remedy });
    };
    const object = (node, problem, remedy) => tell(offsetOf(node), problem, remedy);
    const faults = () => found
        .toSorted((a, b) => a.line - b.line)
        .map(({ place, problem, remedy }) => ({ place, problem, remedy }));
    for (const { pos, message } of document.errors)
        tell(pos[0], `is no YAML: ${message}`, shape);
    if (found.length > 0)
        return { values: [], faults: faults() };
    const read = entriesOf(document.contents, object).map(node => ({ node, entry: readEntry(node, object) }));
    const values = [];
    for (const { node, entry } of read) {
        if (entry === undefined)
            continue;
        const twin = values.find(other => isSame(other, entry));
        if (twin)
            object(node, `is the same exception as ${twin.source}`, 'Keep one of them.');
        else
            values.push({ ...entry, source: `${file}:${lines.linePos(offsetOf(node)).line}` });
    }
    return { values, faults: faults() };
}
function entriesOf(root, object) {
    // A file of comments alone excuses nothing.
    if (root === null || ((0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isScalar */ .jn)(root) && root.value === null))
        return [];
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isMap */ .jh)(root)) {
        object(root, 'is no list of exceptions', shape);
        return [];
    }
    for (const { key } of root.items) {
        if (nameOf(key) === 'ignore')
            continue;
        const { problem, remedy } = unknownKey(nameOf(key), ['ignore'], shape);
        object(key, problem, remedy);
    }
    const list = root.get('ignore', true);
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isSeq */ .oP)(list))
        return list.items;
    const isEmpty = list === undefined || ((0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isScalar */ .jn)(list) && list.value === null);
    if (!isEmpty)
        object(list, 'is no list of exceptions', shape);
    return [];
}
function readEntry(node, object) {
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isMap */ .jh)(node)) {
        object(node, 'is no exception', shape);
        return undefined;
    }
    const faultless = node.items.map(pair => checkPair(pair, object)).every(Boolean);
    const text = (key) => {
        const value = node.get(key);
        return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
    };
    const [id, reason, until] = [text('id'), text('reason'), text('until')];
    const untilFixed = node.get('until-fixed') === true;
    if (!node.has('id'))
        object(node, 'has no `id`', 'Name the vulnerability, such as CVE-2024-5535.');
    if (!node.has('reason'))
        object(node, 'has no `reason`', 'Say why this finding may pass.');
    if (!node.has('until') && !node.has('until-fixed')) {
        object(node, 'has no end', 'Give `until: 2026-12-31` (its last day) or `until-fixed: true`.');
    }
    const hasEnd = until !== undefined || untilFixed;
    if (!faultless || id === undefined || reason === undefined || !hasEnd)
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
/** Whether a key and its value are what they should be. */
function checkPair({ key, value }, object) {
    const name = nameOf(key);
    const known = keys.find(each => each === name);
    const fault = known === undefined
        ? unknownKey(name, keys, `Allowed: ${keys.join(', ')}.`)
        : faultOf(known, (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isScalar */ .jn)(value) ? value.value : value);
    if (fault !== undefined)
        object(key, fault.problem, fault.remedy);
    return fault === undefined;
}
function isSame(a, b) {
    return a.id.toLowerCase() === b.id.toLowerCase() && a.package === b.package && a.platform === b.platform;
}
function nameOf(key) {
    return (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isScalar */ .jn)(key) ? String(key.value) : String(key);
}
function offsetOf(node) {
    return (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isMap */ .jh)(node) || (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isSeq */ .oP)(node) || (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .isScalar */ .jn)(node) ? (node.range?.[0] ?? 0) : 0;
}
/** What an entry of the ignore file can say. */
const keys = ['id', 'package', 'platform', 'reason', 'until', 'until-fixed'];
/** What is wrong with a key's value. */
function faultOf(key, value) {
    if (key === 'until-fixed') {
        return value === true
            ? undefined
            : because(key, value, 'is not true', 'Write `until-fixed: true`, or give `until`.');
    }
    if (typeof value !== 'string' || value.trim() === '') {
        return because(key, value, 'is no text', 'Give a text, in quotes where YAML would take it for something else.');
    }
    if (key === 'until' && !isDay(value)) {
        return because(key, value, 'is no date', 'Give the last day on which it counts, such as 2026-12-31.');
    }
    const fault = key === 'platform' ? (0,_validation_validators_js__WEBPACK_IMPORTED_MODULE_2__/* .platform */ .iD)(value) : undefined;
    return fault && because(key, value, fault.problem, fault.remedy);
}
function because(key, value, problem, remedy) {
    return { problem: `has \`${key}: ${String(value)}\`, which ${problem}`, remedy };
}
/** A key that does not exist, with the nearest that does. */
function unknownKey(name, known, allowed) {
    const near = (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .closest */ .kp)(name.toLowerCase(), [...known]);
    const guess = (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .distance */ .Io)(name.toLowerCase(), near) <= 3 ? ` Did you mean \`${near}\`?` : '';
    return { problem: `has the key \`${name}\`, which does not exist`, remedy: `${allowed}${guess}` };
}
/** A day that is in the calendar: 2026-02-30 is not. */
function isDay(text) {
    const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}


/***/ })

};
