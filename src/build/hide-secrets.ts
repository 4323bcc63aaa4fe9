import { readFileSync, statSync } from 'node:fs';
import { maskIfLong } from '../platform/actions.ts';
import { rememberSecret, rememberSecretFile } from '../platform/masked-values.ts';
import { credentialsIn } from '../platform/url-credentials.ts';
import { leadsOut, MAX_SECRET_BYTES } from '../platform/workspace.ts';
import type { Build } from './build.ts';

/** Secrets of the job that the runner masks itself. No comment or summary may show them either. */
const secretVariables = [
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
];

/**
 * Masks the secrets that the inputs give to the build, and remembers them and the job's own for comments and summaries. `jobValue`
 * is the value of a variable of the job. Returns the build.
 */
export function hideSecrets(build: Build, jobValue: (name: string) => string | undefined): Build {
  for (const name of secretVariables) rememberSecret(jobValue(name) ?? '');
  for (const secret of build.secrets) {
    if (secret.kind === 'file') hideSecretFile(secret.path);
    // A log shows it without the line break at its end, so it is masked without that.
    else maskIfLong(((secret.kind === 'value' ? secret.value : jobValue(secret.variable)) ?? '').trim());
  }
  hideCredentials([build.context, ...build.buildContexts]);
  hideCredentials([...build.buildArgs, ...build.labels, ...build.annotations], MIN_ARGUMENT_SECRET_LENGTH);
  return build;
}

/**
 * Characters. A build often needs the URL of a database that is not there, `postgresql://user:pass@localhost/app`. Masking `pass` would
 * empty the output `scan-verdict` of the job, as that is `passed`; and masking `postgres` each output that names such an image.
 */
const MIN_ARGUMENT_SECRET_LENGTH = 20;

/** Masks the passwords and tokens in the URLs of these texts, from a number of characters on. */
export function hideCredentials(texts: readonly string[], minLength = 0): void {
  for (const text of texts)
    for (const secret of credentialsIn(text)) if (secret.length >= minLength) maskIfLong(secret);
}

/**
 * Hides the content of a secret file in comments and summaries, and masks a file of one line in the log. Of a longer one the
 * runner would mask each line, a `{` too, and would drop the outputs that have it.
 */
function hideSecretFile(path: string): void {
  // What a link out of the workspace leads to is no secret of the build: the input is refused.
  if (leadsOut(path)) return;
  // Only a regular file can be read twice: here, and by buildx.
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile() || stats.size > MAX_SECRET_BYTES) return;
  let content: string;
  try {
    content = readFileSync(path, 'utf8').trim();
  } catch {
    // buildx cannot read it either, and says so.
    return;
  }
  rememberSecretFile(content);
  if (!/[\r\n]/.test(content)) maskIfLong(content);
}
