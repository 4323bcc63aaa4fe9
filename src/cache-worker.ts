import { restoreCache, saveCache } from '@actions/cache';

// A program of its own, as what GitHub's client has begun can be stopped in no other way, and as only few runs need it.
const [verb, folder = '', key = '', ...restoreKeys] = process.argv.slice(2);
const answer =
  verb === 'restore'
    ? ((await restoreCache([folder], key, restoreKeys)) ?? '')
    : (await saveCache([folder], key)) >= 0;
console.log(`archive: ${answer}`);
