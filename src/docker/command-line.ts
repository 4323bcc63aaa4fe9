/** A command line as it can be pasted into a shell, each argument on the line that it is shown on. */
export function sayCommand(argv: readonly string[]): string {
  return argv.map(each => (/^[\w@%+=:,./{}-]+$/.test(each) ? each : quote(each))).join(' ');
}

/** A line break would begin a new line of the log, where the runner looks for commands to itself. */
function quote(argument: string): string {
  return /[\n\r]/.test(argument)
    ? `$'${argument.replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`
    : `'${argument.replaceAll("'", `'\\''`)}'`;
}
