import { restoreCache, saveCache } from '@actions/cache';

// A separate process, because GitHub's cache client cannot be stopped in any other way, and because few runs need it.

// The client writes each message, a workflow command or a text, by one call. A text may hold what others wrote, such as the key
// of a cache, and stays on its line, so that no part of it can be taken for a command. What a program prints is left out.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (message: string | Uint8Array): boolean =>
  typeof message !== 'string' || write(`${message.trimEnd().replaceAll(/[\r\n]+/g, ' ')}\n`);

// The client never settles where an answer of GitHub breaks off, and Node would end the process with words of its own.
process.on('beforeExit', () => {
  console.log("GitHub's cache broke off its answer.");
  process.exit(1);
});

const [verb, folder = '', key = '', ...restoreKeys] = process.argv.slice(2);
const answer =
  verb === 'restore'
    ? ((await restoreCache([folder], key, restoreKeys)) ?? '')
    : (await saveCache([folder], key)) >= 0;
console.log(`archive: ${answer}`);
process.removeAllListeners('beforeExit');
