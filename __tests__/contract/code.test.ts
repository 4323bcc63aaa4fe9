import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../world/world.ts';

const run = promisify(execFile);

const checks: [name: string, command: string, args: string[]][] = [
  ['the types fit', 'tsc', ['--project', 'tsconfig.json']],
  ['the linter finds nothing', 'oxlint', ['--type-aware', '--deny-warnings', '--format', 'unix']],
  // What has not changed since it was last found formatted is not read again. Prettier without a cache removes the one of
  // the usual place.
  [
    'everything is formatted',
    'prettier',
    [
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      '--cache-location=node_modules/.cache/format-check',
      '.',
    ],
  ],
];

for (const [name, command, args] of checks) {
  test(name, async () => {
    await run(join(root, 'node_modules/.bin', command), args, { cwd: root }).catch(
      (error: Error & Output) => {
        throw new Error(`${command} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
      },
    );
  });
}

// With `ignore-scripts` a package that needs a program at its installation would be broken without a word.
test('no package runs a program when it is installed, and none needs to', async () => {
  const { stdout } = await run('npm', ['config', 'get', 'ignore-scripts'], { cwd: root });
  assert.equal(stdout.trim(), 'true');
  const lock: { packages: Record<string, { hasInstallScript?: boolean }> } = JSON.parse(
    await readFile(join(root, 'package-lock.json'), 'utf8'),
  );
  const running = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  assert.deepEqual(running, []);
});

interface Output {
  stdout?: string;
  stderr?: string;
}
