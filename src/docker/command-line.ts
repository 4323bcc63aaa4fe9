/** Formats a command so that it can be pasted into a shell. The result is always a single line. */
export function sayCommand(argv: readonly string[]): string {
  return argv.map(each => (/^[\w@%+=:,./{}-]+$/.test(each) ? each : quote(each))).join(' ');
}

/**
 * Quotes an argument. Line breaks are escaped, as the runner would run a workflow command at the beginning of a new line of the
 * log.
 */
function quote(argument: string): string {
  return /[\n\r]/.test(argument)
    ? `$'${argument.replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`
    : `'${argument.replaceAll("'", `'\\''`)}'`;
}
