export const id = 756;
export const ids = [756];
export const modules = {

/***/ 16756:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _platform_actions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(21605);
/* harmony import */ var _platform_environment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(50663);
/* harmony import */ var _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93068);
/* harmony import */ var _platform_job_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56497);
/* harmony import */ var _platform_log_writer_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(26330);
/* harmony import */ var _platform_process_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(84539);
/* harmony import */ var _platform_state_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(52799);








(0,_platform_log_writer_js__WEBPACK_IMPORTED_MODULE_5__/* .reportUncaughtErrors */ .f4)();
const { state, doubtful } = (0,_platform_state_js__WEBPACK_IMPORTED_MODULE_7__/* .recall */ .I9)();
const { registry, builder, folder, mounts } = state;
for (const member of doubtful)
    _platform_actions_js__WEBPACK_IMPORTED_MODULE_1__/* .annotate */ .fz.warning(`The saved '${member}' is nothing that this step has made, so it is left alone. Something else in the job has changed the step's state.`);
await Promise.all([
    registry && runDocker(`Docker is still logged in to ${registry}`, ['logout', registry]),
    builder && runDocker(`The builder ${builder} is still there`, ['buildx', 'rm', builder]),
    folder && removeFolder(folder),
    mounts && removeFolder(mounts),
]);
/** Runs a docker command that undoes something. An error becomes a warning, because the post step must not fail the job. */
async function runDocker(warning, args) {
    try {
        const { exitCode, output } = await (0,_platform_process_js__WEBPACK_IMPORTED_MODULE_6__/* .runProcess */ .R3)('docker', args, {
            env: (0,_platform_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .dockerEnvironment */ .O9)((0,_platform_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .jobEnvironment */ .tw)(), args),
        });
        // The main step may have been killed after it stored the builder's name and before it created the builder.
        if (exitCode !== 0 && !/no builder .* found/.test(output))
            throw new _platform_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR(output.trim(), { remedy: `By hand: docker ${args.join(' ')}` });
        (0,_platform_log_writer_js__WEBPACK_IMPORTED_MODULE_5__/* .writeText */ .x3)(`docker ${args.join(' ')}`);
    }
    catch (error) {
        (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_4__/* .warnOfError */ .kY)(warning, error);
    }
}
function removeFolder(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true }).catch(error => (0,_platform_job_js__WEBPACK_IMPORTED_MODULE_4__/* .warnOfError */ .kY)(`${path} is still there`, error));
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

};
