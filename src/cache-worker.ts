import { restoreCache, saveCache } from '@actions/cache';

// A separate process, because GitHub's cache client cannot be stopped in any other way, and because few runs need it.
const [verb, folder = '', key = '', ...restoreKeys] = process.argv.slice(2);
const answer =
  verb === 'restore'
    ? ((await restoreCache([folder], key, restoreKeys)) ?? '')
    : (await saveCache([folder], key)) >= 0;
console.log(`archive: ${answer}`);
