import { isRunnersOwn } from '../platform/runner-variables.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import type { Secret } from './secrets.ts';

interface ReadSecretsOptions {
  exists(path: string): boolean;
  jobValue(name: string): string | undefined;
  /** URL of the job's repository, as git clones it: the job's token is valid for no other. */
  ownUrl: string;
}

/**
 * Reads the inputs `secrets`, `secret-envs` and `secret-files`. Where a context is the job's own repository, the input
 * `github-token` is added as the secret that BuildKit clones it with.
 */
export function readSecrets(
  reader: InputReader,
  contexts: readonly string[],
  { exists, jobValue, ownUrl }: ReadSecretsOptions,
): Secret[] {
  const values = reader.secret('secrets', parsers.parseLines);
  const variables = reader.list('secret-envs', parsers.parseList, text =>
    parsePair(text, (_, name) => (isRunnersOwn(name) ? undefined : jobValue(name)))
      ? undefined
      : missing('variable of the job', 'ID=VARIABLE'),
  );
  const files = reader.list('secret-files', parsers.parseLines, text =>
    parsePair(text, (_, path) => (exists(path) ? path : undefined)) ? undefined : missing('file', 'ID=path'),
  );
  const secrets: Secret[] = [
    ...values.flatMap(text => parsePair(text, secretValue) ?? refuseUnnamedSecret(reader)),
    ...variables.flatMap(
      text =>
        parsePair(text, (id, variable): Secret =>
          // In a pull request from a fork the secrets of the repository are empty.
          jobValue(variable) === '' ? secretValue(id, '') : { id, kind: 'variable', variable },
        ) ?? [],
    ),
    ...files.flatMap(text => parsePair(text, (id, path): Secret => ({ id, kind: 'file', path })) ?? []),
  ];
  refuseDuplicates(reader, secrets);
  const token = reader.optional('github-token', () => undefined);
  const clonesOwnRepository = contexts.some(
    each => each === ownUrl || /^[#?]/.test(each.replace(ownUrl, '')),
  );
  if (token === undefined || !clonesOwnRepository) return secrets;
  const ownTokenId = `${gitTokenId}.${new URL(ownUrl).host}`;
  const isGiven = secrets.some(({ id }) => id === gitTokenId || id === ownTokenId);
  return isGiven ? secrets : [...secrets, { id: ownTokenId, kind: 'value', value: token }];
}

function secretValue(id: string, value: string): Secret {
  return { id, kind: 'value', value };
}

/** BuildKit clones with the secret of this id; `GIT_AUTH_TOKEN.<host>` is used for that host alone. https://docs.docker.com/build/building/secrets/#git-authentication-for-remote-contexts */
const gitTokenId = 'GIT_AUTH_TOKEN';

function parsePair<T>(text: string, make: (id: string, value: string) => T | undefined): T[] | undefined {
  // Base64 may end in `==`, so a value without an id could look like `id=value`.
  const [, id, value] = /^(\w[\w.:/@-]*)=(?!=)(.*)$/s.exec(text) ?? [];
  const result = id === undefined || value === undefined ? undefined : make(id, value);
  return result === undefined ? undefined : [result];
}

function missing(what: string, form: string): parsers.Problem {
  return { problem: `names no ${what}`, remedy: `Give ${form}, and check that it exists.` };
}

/** The rejected text is not shown, as it may be the secret itself. */
function refuseUnnamedSecret(reader: InputReader): Secret[] {
  reader.reject('secrets', '…', {
    problem: 'has an item without a name',
    remedy: 'Give ID=value, one a line; put quotes around the whole of an item that spans lines.',
  });
  return [];
}

function refuseDuplicates(reader: InputReader, secrets: Secret[]): void {
  const ids = secrets.map(({ id }) => id);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) {
    reader.reject('secrets', id, {
      problem: 'is given twice',
      remedy: 'Give each id once, in `secrets`, `secret-envs` or `secret-files`.',
    });
  }
}
