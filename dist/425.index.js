export const id = 425;
export const ids = [425];
export const modules = {

/***/ 4425:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _actions_cache__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61691);

// A separate process, because GitHub's cache client cannot be stopped in any other way, and because few runs need it.
// The client writes each message, a workflow command or a text, by one call. A text may hold what others wrote, such as the key
// of a cache, and stays on its line, so that no part of it can be taken for a command. What a program prints is left out.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (message) => typeof message !== 'string' || write(`${message.trimEnd().replaceAll(/[\r\n]+/g, ' ')}\n`);
// The client never settles where an answer of GitHub breaks off, and Node would end the process with words of its own.
process.on('beforeExit', () => {
    console.log("GitHub's cache broke off its answer.");
    process.exit(1);
});
const [verb, folder = '', key = '', ...restoreKeys] = process.argv.slice(2);
const answer = verb === 'restore'
    ? ((await (0,_actions_cache__WEBPACK_IMPORTED_MODULE_0__/* .restoreCache */ .P3)([folder], key, restoreKeys)) ?? '')
    : (await (0,_actions_cache__WEBPACK_IMPORTED_MODULE_0__/* .saveCache */ .Io)([folder], key)) >= 0;
console.log(`archive: ${answer}`);
process.removeAllListeners('beforeExit');

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

};
