export const id = 756;
export const ids = [756];
export const modules = {

/***/ 16756:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _docker_buildx_folder_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51006);
/* harmony import */ var _docker_job_login_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(91424);
/* harmony import */ var _platform_actions_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(21605);
/* harmony import */ var _platform_ending_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(12331);
/* harmony import */ var _platform_environment_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(50663);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(93068);
/* harmony import */ var _platform_job_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(56497);
/* harmony import */ var _platform_log_writer_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(26330);
/* harmony import */ var _platform_limited_process_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(87492);
/* harmony import */ var _platform_state_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(52799);











/** Milliseconds: nodes in a cluster take their time. */
const BUILDER_LIMIT_MS = 60_000;
const end = (0,_platform_ending_js__WEBPACK_IMPORTED_MODULE_4__/* .guardEnd */ .R)();
const { state, doubtful } = (0,_platform_state_js__WEBPACK_IMPORTED_MODULE_10__/* .recall */ .I9)();
const { registry, login, builder, folder, mounts, docker, certificates } = state;
for (const member of doubtful)
    _platform_actions_js__WEBPACK_IMPORTED_MODULE_3__/* .annotate */ .fz.warning(`The saved '${member}' is nothing that this step has made, so it is left alone. Something else in the job has changed the step's state.`);
await Promise.all([
    registry && undo(`Docker is still logged in to ${registry}`, () => (0,_docker_job_login_js__WEBPACK_IMPORTED_MODULE_2__/* .undoJobLogin */ .D)(registry, login)),
    builder && undo(`The builder ${builder} is still there`, () => removeBuilder(builder, docker)),
    ...[folder, mounts].map(path => path && removeFolder(path)),
]);
// What was undone reads the login that was to be put back, and where the builder and its certificates are.
for (const path of [login, docker, certificates])
    if (path !== undefined)
        await removeFolder(path);
end();
/** Undoes something and says what was done. An error becomes a warning, because the post step must not fail the job. */
async function undo(warning, work) {
    try {
        (0,_platform_log_writer_js__WEBPACK_IMPORTED_MODULE_8__/* .writeText */ .x3)(await work());
    }
    catch (error) {
        (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_7__/* .warnOfError */ .kY)(warning, error);
    }
}
/** Removes a builder, by the job's own configuration of docker; buildx has kept it there, or in the step's own. */
async function removeBuilder(name, config) {
    const args = ['buildx', 'rm', name];
    const buildx = config === undefined ? undefined : (0,_docker_buildx_folder_js__WEBPACK_IMPORTED_MODULE_1__/* .ownBuildxFolder */ .n)(config);
    const own = { ...(0,_platform_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .jobEnvironment */ .tw)(), ...(buildx !== undefined && { BUILDX_CONFIG: buildx }) };
    const { exitCode, stdout, stderr } = await (0,_platform_limited_process_js__WEBPACK_IMPORTED_MODULE_9__/* .runLimited */ .O)('docker', args, {
        env: (0,_platform_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .dockerEnvironment */ .O9)(own, args),
        limitMs: BUILDER_LIMIT_MS,
    });
    const output = `${stdout}${stderr}`.trim();
    // The main step may have been killed after it stored the builder's name and before it created the builder.
    if (exitCode !== 0 && !/no builder .* found/.test(output))
        throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_6__/* .Failure */ .HR(output, { remedy: `By hand: docker ${args.join(' ')}` });
    return `docker ${args.join(' ')}`;
}
function removeFolder(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true }).catch(error => (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_7__/* .warnOfError */ .kY)(`${path} is still there`, error));
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

};
