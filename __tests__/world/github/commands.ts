/** A workflow command, such as `::error file=a.ts,line=3::It broke` or `##[error]It broke`. */
export interface Command {
  /** In lower case. */
  name: string;
  /** The names in lower case. */
  properties: Readonly<Record<string, string>>;
  data: string;
}

/** What separates the parts of a command, and what stands for such a separator in a value. */
interface Syntax {
  separator: string;
  /** In the order in which the runner replaces them. */
  escapes: readonly (readonly [escape: string, character: string])[];
  dataEscapes: readonly (readonly [escape: string, character: string])[];
}

const lineEnds = [
  ['%0D', '\r'],
  ['%0A', '\n'],
] as const;
const percent = ['%25', '%'] as const;

const colons: Syntax = {
  separator: ',',
  escapes: [...lineEnds, ['%3A', ':'], ['%2C', ','], percent],
  dataEscapes: [...lineEnds, percent],
};

const brackets: Syntax = {
  separator: ';',
  escapes: [['%3B', ';'], ...lineEnds, ['%5D', ']'], percent],
  dataEscapes: [['%3B', ';'], ...lineEnds, ['%5D', ']'], percent],
};

/** What .NET's `TrimStart` trims: https://learn.microsoft.com/dotnet/api/system.char.iswhitespace */
const leadingSpace = /^\p{White_Space}+/u;

/**
 * Reads a line as a command: `::name key=value,…::data` where it begins so, else the first `##[name key=value;…]data` anywhere
 * in it.
 *
 * @returns undefined if it is none of those that `isKnown`, in which case it is text like any other.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function parseCommand(line: string, isKnown: (name: string) => boolean): Command | undefined {
  return parseColons(line, isKnown) ?? parseBrackets(line, isKnown);
}

function parseColons(line: string, isKnown: (name: string) => boolean): Command | undefined {
  const text = line.replace(leadingSpace, '');
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end < 0) return undefined;
  return commandOf(text.slice(2, end), text.slice(end + 2), { syntax: colons, isKnown });
}

function parseBrackets(line: string, isKnown: (name: string) => boolean): Command | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) return undefined;
  return commandOf(line.slice(start + 3, end), line.slice(end + 1), { syntax: brackets, isKnown });
}

function commandOf(
  head: string,
  data: string,
  { syntax, isKnown }: { syntax: Syntax; isKnown: (name: string) => boolean },
): Command | undefined {
  const space = head.indexOf(' ');
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase();
  if (!isKnown(name)) return undefined;
  const pairs =
    space < 0
      ? []
      : head
          .slice(space + 1)
          .trim()
          .split(syntax.separator);
  return {
    name,
    properties: Object.fromEntries(
      pairs.flatMap((pair): [string, string][] => {
        const [, key, value] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
        return key === undefined || value === undefined
          ? []
          : [[key.toLowerCase(), unescape(value, syntax.escapes)]];
      }),
    ),
    data: unescape(data, syntax.dataEscapes),
  };
}

function unescape(text: string, escapes: Syntax['escapes']): string {
  return escapes.reduce((rest, [escape, character]) => rest.replaceAll(escape, character), text);
}
