const programs = {
  main: () => import('./main.ts'),
  post: () => import('./post.ts'),
  'cache-worker': () => import('./cache-worker.ts'),
};

/**
 * Runs a program for its file in dist/, which script/build makes. They are one bundle because ncc shares chunks only within
 * a bundle: each of three would hold its own copy of undici, which @actions/core brings in whole
 * (https://github.com/actions/toolkit/issues/1697). All is loaded lazily, as ncc's licenses.txt leaves out the packages of
 * the file that a bundle starts with.
 */
export function start(program: keyof typeof programs): Promise<unknown> {
  return programs[program]();
}
