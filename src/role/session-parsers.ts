import { parseGivenJson } from '../validation/json.ts';
import { isRecord } from '../validation/parsers.ts';
import type { Parsed } from '../validation/parsers.ts';

/**
 * Parses an IAM policy into compact JSON, of which STS accepts 2,048 characters.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function policyOf(text: string): Parsed<string> {
  const noPolicy = {
    problem: 'is no IAM policy',
    remedy: 'Give JSON with a Statement, or the path of a file that has it.',
  };
  const parsed = parseGivenJson(text, noPolicy);
  if ('problem' in parsed) return parsed;
  const document = parsed.value;
  if (!isRecord(document) || !('Statement' in document)) return noPolicy;
  const value = JSON.stringify(document);
  if (value.length <= 2_048) return { value };
  return { problem: `has ${value.length} characters as compact JSON`, remedy: 'STS takes 2,048 at most.' };
}

/**
 * Parses session tags, `{"key": "value"}`: 50 at most, with keys of up to 128 and values of up to 256 characters. Keys that differ in
 * case alone are the same to STS, and `aws:` is for AWS. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function tagsOf(text: string): Parsed<Record<string, string>> {
  const noTags = {
    problem: 'are no session tags',
    remedy:
      'Give up to 50 as JSON, such as {"team": "web"}; letters, digits, spaces and any of _.:/=+-@, no key twice in another case, none that begins with aws:',
  };
  const parsed = parseGivenJson(text, noTags);
  if ('problem' in parsed) return parsed;
  const given = parsed.value;
  const tags = isRecord(given) ? Object.entries(given) : [];
  const value = Object.fromEntries(
    tags.flatMap(([key, each]) => (typeof each === 'string' ? [[key, each]] : [])),
  );
  const fits = tags.every(
    ([key, each]) => key !== '' && isTagText(key, 128) && typeof each === 'string' && isTagText(each, 256),
  );
  const isDistinct = new Set(tags.map(([key]) => key.toLowerCase())).size === tags.length;
  if (isRecord(given) && fits && isDistinct && tags.length <= 50) return { value };
  return noTags;
}

function isTagText(text: string, maxLength: number): boolean {
  return text.length <= maxLength && !/^aws:/i.test(text) && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text);
}
