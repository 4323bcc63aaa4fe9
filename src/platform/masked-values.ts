/** What stands in a text where a secret was. The runner's log has the same. */
const REPLACEMENT = '***';

/**
 * Characters. Encodings, lines and parts of a value that are shorter are not looked for: they would also be found in text that
 * has nothing to do with the secret.
 */
const MIN_FORM_LENGTH = 4;

/** Characters. A word of a secret file is looked for only if it has at least so many. */
const MIN_WORD_LENGTH = 16;

/** A host with or without a path. It is no secret, and summaries and comments show the registry's. */
const hostPattern = /^(?:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[a-z0-9._/-]*)?$/;

/** Characters of a line in which `base64` and `openssl base64` write long output. */
const BASE64_LINE_LENGTHS = [76, 64];

/** The secrets of this process in every form in which a program may print them. */
const forms = new Set<string>();

/** Remembers a secret, so that `replaceMasked` replaces it: as it is, line by line, and in common encodings. */
export function rememberSecret(value: string): void {
  if (value.trim() === '') return;
  forms.add(value);
  for (const part of new Set([value, value.trim(), ...linesOf(value)]))
    if (part.length >= MIN_FORM_LENGTH) for (const form of encodingsOf(part)) forms.add(form);
}

/**
 * Remembers the content of a secret file. A file is often settings around a secret, such as `//host/:_authToken=…` or the JSON of
 * a key, and a program may print the secret alone, so each long word of the file counts as one.
 */
export function rememberSecretFile(content: string): void {
  const whole = content.trim();
  const lines = linesOf(content).filter(line => line.length >= MIN_FORM_LENGTH);
  const words = content
    .split(/[\s"'`=:,;{}[\]()<>]+/)
    .filter(word => word.length >= MIN_WORD_LENGTH && !hostPattern.test(word));
  const encodings = whole.length >= MIN_FORM_LENGTH ? encodingsOf(whole) : [];
  for (const form of [...encodings, ...lines, ...words]) forms.add(form);
}

/**
 * The text with `***` for every secret that this process knows. The runner does this to its log and to summaries; a comment or a
 * file never passes through it. A secret of the job that this process was not given cannot be replaced.
 */
export function replaceMasked(text: string): string {
  const matches: { start: number; end: number }[] = [];
  for (const form of forms)
    for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1))
      matches.push({ start, end: start + form.length });
  if (matches.length === 0) return text;
  // Matches that overlap or touch are replaced together, so that nothing of either is left.
  let replaced = '';
  let end = 0;
  for (const match of matches.toSorted((a, b) => a.start - b.start)) {
    if (match.start > end || end === 0) replaced += text.slice(end, match.start) + REPLACEMENT;
    end = Math.max(end, match.end);
  }
  return replaced + text.slice(end);
}

function linesOf(value: string): string[] {
  return value.split(/[\r\n]+/).map(line => line.trim());
}

/**
 * The encodings that the runner masks too: https://github.com/actions/runner/blob/main/src/Runner.Common/HostContext.cs. `base64`
 * without padding, for URLs and in lines is added, as a build may print it.
 */
function encodingsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  // Where a secret begins in the middle of a longer text, its base64 is shifted by one or two bytes.
  const base64 = [0, 1, 2]
    .filter(shift => shift < bytes.length)
    .flatMap(shift => base64Of(bytes.subarray(shift)));
  const encodings = [
    value,
    ...base64,
    bytes.toString('hex'),
    encodeURIComponent(value.toWellFormed()),
    encodeUri(value),
    JSON.stringify(value).slice(1, -1),
    escapeXml(value),
    // In an expression of a workflow a single quote is doubled.
    value.replaceAll("'", "''"),
    // On a command line a double quote gets a backslash.
    value.replaceAll('"', '\\"'),
    ...(value.length > 8 && /^".*"$/s.test(value) ? [value.slice(1, -1)] : []),
    ...aroundAmpersand(value),
  ];
  return encodings.filter(form => form.length >= MIN_FORM_LENGTH);
}

function base64Of(bytes: Buffer): string[] {
  const text = bytes.toString('base64');
  const unpadded = text.replace(/=+$/, '');
  // What follows in a longer text changes the last character, so the form without it is looked for too.
  const stable = bytes.length % 3 === 0 ? unpadded : unpadded.slice(0, -1);
  const lines = BASE64_LINE_LENGTHS.filter(length => text.length > length).flatMap(
    length => text.match(new RegExp(`.{16,${length}}`, 'g')) ?? [],
  );
  // A form of few characters would be found everywhere.
  const reliable = [stable, bytes.toString('base64url')].filter(form => form.length >= 8);
  return [text, ...reliable, ...lines];
}

function encodeUri(value: string): string {
  // Unlike this function, .NET's also encodes the characters that follow.
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function escapeXml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/** PowerShell shows an error in colours that split a command at an ampersand. */
function aroundAmpersand(value: string): string[] {
  const at = value.lastIndexOf('&');
  return at < 0 ? [] : [value.slice(0, at + 1), value.slice(at + 1)].filter(part => part.length >= 6);
}
