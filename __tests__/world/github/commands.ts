/** A workflow command, such as `::error file=a.ts,line=3::It broke`. */
export interface Command {
  /** In lower case. */
  name: string;
  /** The names in lower case. */
  properties: Readonly<Record<string, string>>;
  data: string;
}

/**
 * Reads a line as a command.
 *
 * @returns undefined if it is none of those that `isKnown`, in which case it is text like any other.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function parseCommand(line: string, isKnown: (name: string) => boolean): Command | undefined {
  const match = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/s.exec(line);
  const name = match?.[1]?.toLowerCase();
  if (!match || !name || !isKnown(name)) return undefined;
  return { name, properties: parseProperties(match[2] ?? ''), data: unescape(match[3] ?? '') };
}

function parseProperties(text: string): Record<string, string> {
  const pairs = text.split(',').map(pair => pair.trim());
  return Object.fromEntries(
    pairs
      .map(pair => ({ pair, at: pair.indexOf('=') }))
      .filter(({ at }) => at > 0)
      .map(({ pair, at }) => [pair.slice(0, at).toLowerCase(), unescapeProperty(pair.slice(at + 1))]),
  );
}

function unescape(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescape(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}
