import { withoutCredentials } from '../platform/url-credentials.ts';

/**
 * Formats a command so that it can be pasted into a shell, on a single line. Users and passwords in its URLs are left out, as a log
 * is read by more people than the command's process.
 */
export function sayCommand(argv: readonly string[]): string {
  return argv
    .map(withoutCredentials)
    .map(each => (/^[\w@%+=:,./{}-]+$/.test(each) ? each : quote(each)))
    .join(' ');
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
