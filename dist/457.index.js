export const id = 457;
export const ids = [457];
export const modules = {

/***/ 12457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   copyFromSource: () => (/* binding */ copyFromSource)
/* harmony export */ });
/* harmony import */ var _copy_blob_store_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85073);
/* harmony import */ var _copy_copy_tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(22183);
/* harmony import */ var _copy_mounts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(84204);
/* harmony import */ var _copy_pace_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23801);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});




/** Copies what a single destination lacks of an image. What was read of its blobs is removed at the end. */
async function copyFromSource(tree, { from, to, log, signal }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const blobs = __addDisposableResource(env_1, (0,_copy_blob_store_js__WEBPACK_IMPORTED_MODULE_0__/* .openBlobStore */ .n)(from, { readers: 1, signal }), true);
        return await (0,_copy_copy_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .copyTree */ .E)(tree, {
            to,
            blobs,
            mounts: (0,_copy_mounts_js__WEBPACK_IMPORTED_MODULE_2__/* .openMounts */ .X)(from),
            pace: (0,_copy_pace_js__WEBPACK_IMPORTED_MODULE_3__/* .openPace */ .g)({ signal }),
            log,
            signal,
        });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}


/***/ })

};
