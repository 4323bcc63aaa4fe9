const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

// https://nodejs.org/api/module.html#module-compile-cache
enableCompileCache(join(__dirname, '../../../node_modules/.cache/action'));
