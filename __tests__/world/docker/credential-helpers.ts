import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Environment } from './command.ts';

/**
 * Programs that keep logins for docker, as a machine has them:
 *
 * - `keeps` stores, answers and erases what it is given;
 * - `no-store` answers that it cannot store, as those of cloud providers do;
 * - `machine` takes each login and goes on to answer with the machine's own, as amazon-ecr-credential-helper does that is told to
 *   ignore what it is given to store;
 * - `locked` fails at everything;
 * - `unsure` answers, and fails all the same;
 * - `silent` never answers, and does not end when it is asked to;
 * - `silent-store` answers that it knows nobody, and never says whether it has stored a login.
 *
 * https://github.com/docker/docker-credential-helpers#development
 */
const helpers: Record<string, string> = {
  keeps: `
case "$1" in
  get)
    if [ -e "$kept/$host" ]; then cat "$kept/$host"; else not_found; fi ;;
  store) printf %s "$input" >"$kept/$host" ;;
  erase) rm -f "$kept/$host" ;;
esac`,
  'no-store': `
case "$1" in
  get) not_found ;;
  *) echo not implemented; exit 1 ;;
esac`,
  machine: `
if [ "$1" = get ]; then echo '{"ServerURL":"","Username":"AWS","Secret":"the-machine"}'; fi`,
  locked: `echo "the keychain is locked" >&2; exit 1`,
  unsure: `echo '{"ServerURL":"","Username":"AWS","Secret":"of the unsure"}'; exit 1`,
  silent: `trap '' TERM; sleep 60; sleep 60`,
  'silent-store': `
if [ "$1" = get ]; then not_found; fi
sleep 60`,
};

/** A machine with these credential helpers; what they keep is in `folder`. */
export async function withCredentialHelpers(folder: string): Promise<{
  environment: Environment;
  /** The calls of all helpers, as `keeps get`. */
  calls(): Promise<string[]>;
  /** The folder in which `keeps` has a file for each host. */
  kept: string;
}> {
  const [bin, kept, record] = [join(folder, 'bin'), join(folder, 'kept'), join(folder, 'calls')];
  await Promise.all([mkdir(bin, { recursive: true }), mkdir(kept, { recursive: true })]);
  await writeFile(record, '');
  for (const [name, script] of Object.entries(helpers)) {
    const text = `#!/bin/sh
echo "${name} $1" >>"${record}"
kept='${kept}'
input=$(cat)
host=$(printf %s "$input" | sed 's/.*"ServerURL":"\\([^"]*\\)".*/\\1/')
not_found() { echo credentials not found in native store; exit 1; }
${script}
`;
    await writeFile(join(bin, `docker-credential-${name}`), text, { mode: 0o755 });
  }
  return {
    environment: { PATH: [bin, process.env['PATH']].join(delimiter) },
    calls: async () => (await readFile(record, 'utf8')).split('\n').filter(Boolean),
    kept,
  };
}
