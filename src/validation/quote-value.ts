import { withoutCredentials } from '../platform/url-credentials.ts';

/** Characters of a value that an error shows. */
const MAX_VALUE_LENGTH = 200;

/** Characters of a problem or a remedy, which may quote a value too. */
const MAX_SENTENCES_LENGTH = 1_000;

/** A value of an input as errors show it: in quotes, on one line, cut at 200 characters, without the credentials of its URLs. */
export function quoteValue(value: string): string {
  const shown = showCharacters(withoutCredentials(firstOf(value, MAX_VALUE_LENGTH)));
  return value.length > MAX_VALUE_LENGTH
    ? `'${shown}…' (${value.length.toLocaleString('en')} characters)`
    : `'${shown}'`;
}

/** The problem or the remedy of an input, cut at 1,000 characters where it quotes a long value. */
export function boundSentences(text: string): string {
  const shown = withoutCredentials(firstOf(text, MAX_SENTENCES_LENGTH));
  return text.length > MAX_SENTENCES_LENGTH ? `${shown}…` : shown;
}

/** The beginning of a text. The cut divides no credentials of a URL, which would not be known as such without their `@`. */
function firstOf(text: string, length: number): string {
  if (text.length <= length) return text;
  const first = text.slice(0, length);
  return /:\/\/[^/?#\s]*$/.test(first) ? first.replace(/:\/\/[^/?#\s]*$/, '://') : first;
}

/** Writes control characters and halves of surrogate pairs as escapes, so that what is invisible is seen and no line is forged. */
function showCharacters(text: string): string {
  return text
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`)
    .replaceAll(
      /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu,
      each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
