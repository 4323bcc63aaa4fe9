import { execFile } from 'node:child_process';
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

interface Output {
  stdout?: string;
  stderr?: string;
}
