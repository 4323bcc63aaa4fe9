import { isRunnersOwn } from '../platform/runner-variables.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import type { Secret } from './secrets.ts';

interface ReadSecretsOptions {
  exists(path: string): boolean;
  jobValue(name: string): string | undefined;
  /** URL of the job's repository, as git clones it: the job's token is valid for no other. */
  ownUrl: string;
  /** Masks a value in the log from then on. */
  hide(secret: string): void;
}

/** A source of secrets: a variable of the job, or a file. */
interface SecretSource {
  input: 'secret-envs' | 'secret-files';
  name: string;
  form: string;
  /** Whether a text is surely a name, and no secret that somebody has written in its place. */
  isName(text: string): boolean;
  hide(secret: string): void;
}

/**
 * Reads the inputs `secrets`, `secret-envs` and `secret-files`. Where a context is the job's own repository, the input
 * `github-token` is added as the secret that BuildKit clones it with.
 */
export function readSecrets(
  reader: InputReader,
  contexts: readonly string[],
  { exists, jobValue, ownUrl, hide }: ReadSecretsOptions,
): Secret[] {
  const values = reader.secret('secrets', parsers.parseExactLines).filter(text => isIdAndValue(reader, text));
  const variables = readSources(
    reader,
    { input: 'secret-envs', name: 'variable of the job', form: 'ID=VARIABLE', isName: isVariableName, hide },
    {
      items: reader.secret('secret-envs', parsers.parseList),
      isThere: name => !isRunnersOwn(name) && jobValue(name) !== undefined,
    },
  );
  const files = readSources(
    reader,
    { input: 'secret-files', name: 'file', form: 'ID=path', isName: text => isPathBelow(text, exists), hide },
    { items: reader.secret('secret-files', parsers.parseLines), isThere: exists },
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

/** A value of blanks alone is an empty one: quotes and a line break stay around the secret that a fork does not get. */
function secretValue(id: string, value: string): Secret {
  return { id, kind: 'value', value: value.trim() === '' ? '' : value };
}

/** BuildKit clones with the secret of this id; `GIT_AUTH_TOKEN.<host>` is used for that host alone. https://docs.docker.com/build/building/secrets/#git-authentication-for-remote-contexts */
const gitTokenId = 'GIT_AUTH_TOKEN';

/**
 * An id and what is given for it. An id may be a path, such as `.npmrc` or `~/.netrc`, but not `//host/:_authToken`, which is a line
 * of an npmrc whose lines lack the quotes around them. Base64 may end in `==`, so that a value without an id could look like
 * `id=value`.
 */
const pairPattern = /^((?!\/\/)[\w.@/~][\w.:/@~-]*)=(?!=)(.*)$/s;

function parsePair<T>(text: string, make: (id: string, value: string) => T | undefined): T[] | undefined {
  const [, id, value] = pairPattern.exec(text) ?? [];
  const result = id === undefined || value === undefined ? undefined : make(id, value);
  return result === undefined ? undefined : [result];
}

/** The items of `secret-envs` or `secret-files` that name a variable or a file that is there; the others are refused. */
function readSources(
  reader: InputReader,
  source: SecretSource,
  { items, isThere }: { items: string[]; isThere: (name: string) => boolean },
): string[] {
  return items.filter(text => {
    if (parsePair(text, (_, name) => (isThere(name) ? name : undefined))) return true;
    refuseSource(reader, text, source);
    return false;
  });
}

/**
 * Refuses what names no variable and no file. Many write the secret itself there, so the text is shown only where it is surely a
 * name, and else masked in what is logged from then on.
 */
function refuseSource(
  reader: InputReader,
  text: string,
  { input, name: kind, form, isName, hide }: SecretSource,
): void {
  // Base64 may end in `=`, so that what seems to be an id without a name is a value.
  const [, pairId, name] = pairPattern.exec(text) ?? [];
  const [id, given] = name ? [pairId, name] : [undefined, text];
  const shown = isName(given) ? given : '***';
  if (shown !== given && given.length >= MIN_SECRET_LENGTH) hide(given);
  reader.reject(input, id === undefined ? shown : `${id}=${shown}`, {
    problem: `names no ${kind}`,
    remedy: `Give ${form}, and check that it exists; a value goes into \`secrets\`, as ID=value.`,
  });
}

/** Characters. Masking a shorter text would hide words of the log, and hardly any secret is shorter. */
const MIN_SECRET_LENGTH = 8;

/** Whether a text is a variable's name rather than a secret: `NPM_TOKEN`. */
function isVariableName(text: string): boolean {
  return isRunnersOwn(text) || /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(text);
}

/** Whether a text is a path rather than a secret: the folder that it begins with is there. */
function isPathBelow(text: string, exists: (path: string) => boolean): boolean {
  const [, folder] = /^(\/?[^/]+)\//.exec(text) ?? [];
  return folder !== undefined && exists(folder);
}

/** Refuses a line in the words of `docker build --secret`, which would make a secret with the id `id`. */
function isIdAndValue(reader: InputReader, text: string): boolean {
  if (!/^(id=[^,]*,(type|src|source|env)=|(type|src|source|env)=[^,]*,id=)/.test(text)) return true;
  reader.reject('secrets', '…', {
    problem: 'has an item in the words of `docker build --secret`',
    remedy: 'Give ID=value here, ID=VARIABLE in `secret-envs`, or ID=path in `secret-files`, one a line.',
  });
  return false;
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
  const byId = Map.groupBy(secrets, ({ id }) => id);
  for (const [id] of [...byId].filter(([, same]) => same.length > 1)) {
    reader.reject('secrets', id, {
      problem: 'is given twice',
      remedy: 'Give each id once, in `secrets`, `secret-envs` or `secret-files`.',
    });
  }
}
