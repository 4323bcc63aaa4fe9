import type { Door } from '../validation/reader.ts';
import * as field from '../validation/parsers.ts';
import type { Secret } from './secrets.ts';

interface Surroundings {
  exists(path: string): boolean;
  jobValue(name: string): string | undefined;
  /** The repository of the job as git clones it: its token is for no other. */
  ownUrl: string;
}

/** Reads the inputs about what the build may know and the image may not. */
export function readSecrets(
  door: Door,
  contexts: readonly string[],
  { exists, jobValue, ownUrl }: Surroundings,
): Secret[] {
  const values = door.secret('secrets', field.linesOf);
  const variables = door.list('secret-envs', field.itemsOf, text =>
    pairOf(text, (_, name) => jobValue(name)) ? undefined : missing('variable of the job', 'ID=VARIABLE'),
  );
  const files = door.list('secret-files', field.linesOf, text =>
    pairOf(text, (_, path) => (exists(path) ? path : undefined)) ? undefined : missing('file', 'ID=path'),
  );
  const given: Secret[] = [
    ...values.flatMap(text => pairOf(text, valued) ?? refuseSecret(door)),
    ...variables.flatMap(
      text =>
        pairOf(text, (id, variable): Secret =>
          // As a pull request from a fork has it.
          jobValue(variable) === '' ? valued(id, '') : { id, kind: 'variable', variable },
        ) ?? [],
    ),
    ...files.flatMap(text => pairOf(text, (id, path): Secret => ({ id, kind: 'file', path })) ?? []),
  ];
  refuseTwins(door, given);
  const token = door.optional('github-token', () => undefined);
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

function missing(what: string, form: string): field.Objection {
  return { problem: `names no ${what}`, remedy: `Give ${form}, and check that it exists.` };
}

/** What stands there may be the secret itself, so it is not shown. */
function refuseSecret(door: Door): Secret[] {
  door.fault('secrets', '…', {
    problem: 'has an item without a name',
    remedy: 'Give ID=value, one a line; put quotes around the whole of an item that spans lines.',
  });
  return [];
}

function refuseTwins(door: Door, given: Secret[]): void {
  const ids = given.map(({ id }) => id);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) {
    door.fault('secrets', id, {
      problem: 'is given twice',
      remedy: 'Give each id once, in `secrets`, `secret-envs` or `secret-files`.',
    });
  }
}
