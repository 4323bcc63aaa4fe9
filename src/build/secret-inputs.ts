import type { InputReader } from '../validation/reader.ts';
import * as parsers from '../validation/parsers.ts';
import type { Secret } from './secrets.ts';

interface ReadSecretsOptions {
  exists(path: string): boolean;
  jobValue(name: string): string | undefined;
  /** The repository of the job as git clones it: its token is for no other. */
  ownUrl: string;
}

/** Reads the inputs about what the build may know and the image may not. */
export function readSecrets(
  reader: InputReader,
  contexts: readonly string[],
  { exists, jobValue, ownUrl }: ReadSecretsOptions,
): Secret[] {
  const values = reader.secret('secrets', parsers.parseLines);
  const variables = reader.list('secret-envs', parsers.parseList, text =>
    pairOf(text, (_, name) => jobValue(name)) ? undefined : missing('variable of the job', 'ID=VARIABLE'),
  );
  const files = reader.list('secret-files', parsers.parseLines, text =>
    pairOf(text, (_, path) => (exists(path) ? path : undefined)) ? undefined : missing('file', 'ID=path'),
  );
  const given: Secret[] = [
    ...values.flatMap(text => pairOf(text, valued) ?? refuseSecret(reader)),
    ...variables.flatMap(
      text =>
        pairOf(text, (id, variable): Secret =>
          // As a pull request from a fork has it.
          jobValue(variable) === '' ? valued(id, '') : { id, kind: 'variable', variable },
        ) ?? [],
    ),
    ...files.flatMap(text => pairOf(text, (id, path): Secret => ({ id, kind: 'file', path })) ?? []),
  ];
  refuseTwins(reader, given);
  const token = reader.optional('github-token', () => undefined);
  const isOurs = contexts.some(each => each === ownUrl || /^[#?]/.test(each.replace(ownUrl, '')));
  if (token === undefined || !isOurs) return given;
  const own = `${gitToken}.${new URL(ownUrl).host}`;
  const isKnown = given.some(({ id }) => id === gitToken || id === own);
  return isKnown ? given : [...given, { id: own, kind: 'value', value: token }];
}

function valued(id: string, value: string): Secret {
  return { id, kind: 'value', value };
}

/** BuildKit looks for a secret of this name when it clones, with the host behind it for that host alone. https://docs.docker.com/build/building/secrets/#git-authentication-for-remote-contexts */
const gitToken = 'GIT_AUTH_TOKEN';

function pairOf<T>(text: string, make: (id: string, value: string) => T | undefined): T[] | undefined {
  // Base64 ends in signs of equality: a secret without an id would become one.
  const [, id, value] = /^(\w[\w.:/@-]*)=(?!=)(.*)$/s.exec(text) ?? [];
  const made = id === undefined || value === undefined ? undefined : make(id, value);
  return made === undefined ? undefined : [made];
}

function missing(what: string, form: string): parsers.Problem {
  return { problem: `names no ${what}`, remedy: `Give ${form}, and check that it exists.` };
}

/** What stands there may be the secret itself, so it is not shown. */
function refuseSecret(reader: InputReader): Secret[] {
  reader.reject('secrets', '…', {
    problem: 'has an item without a name',
    remedy: 'Give ID=value, one a line; put quotes around the whole of an item that spans lines.',
  });
  return [];
}

function refuseTwins(reader: InputReader, given: Secret[]): void {
  const ids = given.map(({ id }) => id);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) {
    reader.reject('secrets', id, {
      problem: 'is given twice',
      remedy: 'Give each id once, in `secrets`, `secret-envs` or `secret-files`.',
    });
  }
}
