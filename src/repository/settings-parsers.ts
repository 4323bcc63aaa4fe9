import { parseGivenJson } from '../validation/json.ts';
import { isRecord, parseLines } from '../validation/parsers.ts';
import type { Parsed } from '../validation/parsers.ts';
import type { CatalogData } from './plan.ts';

/**
 * Parses a policy into JSON without spaces. `min` and `max` are the characters that ECR accepts, `name` is the member with its
 * parts.
 */
export function documentOf(
  text: string,
  { name, min, max }: { name: 'rules' | 'Statement'; min: number; max: number },
): Parsed<string> {
  const remedy = `Give JSON such as {"${name}": […]}, or the path of a file that has it.`;
  const noDocument = { problem: 'is neither JSON nor a file of the workspace', remedy };
  const parsed = parseGivenJson(text, noDocument);
  if ('problem' in parsed) return parsed;
  const document = parsed.value;
  if (!isRecord(document)) return noDocument;
  const parts = document[name];
  if (!Array.isArray(parts) || parts.length === 0) return { problem: `has no ${name}`, remedy };
  const value = JSON.stringify(document);
  if (value.length < min || value.length > max) {
    return { problem: `has ${value.length} characters`, remedy: `ECR takes ${min} to ${max}.` };
  }
  if (!parts.every(isRecord))
    return { problem: `has a part of its ${name} that is no object`, remedy: `Give each as {…}.` };
  if (name === 'rules' && parts.length > 50)
    return { problem: `has ${parts.length} rules`, remedy: 'ECR takes 50 at most.' };
  return { value };
}

/**
 * Parses resource tags, `key=value`, one per line.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html
 */
export function resourceTagsOf(text: string): Parsed<Record<string, string>> {
  const lines = parseLines(text);
  if (!('value' in lines)) return lines;
  const pairs = lines.value.map(line => line.split(/=(.*)/s));
  const wrong = pairs.find(
    ([key = '', value]) =>
      value === undefined ||
      !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) ||
      /^aws:/i.test(key) ||
      !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value),
  );
  if (wrong === undefined && pairs.length <= 50)
    return { value: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value])) };
  return {
    problem:
      wrong === undefined ? `are ${pairs.length} tags` : `have the line '${wrong.slice(0, 2).join('=')}'`,
    remedy:
      "Give up to 50 as key=value, one a line: keys of 128 and values of 256 letters, digits, spaces and any of _.:/=+-@, no key beginning with 'aws:'.",
  };
}

/** The most characters that ECR Public accepts for each text. */
const maxCharacters = new Map([
  ['description', 1_024],
  ['aboutText', 25_600],
  ['usageText', 25_600],
  ['logoImageBlob', 512_000],
]);
const lists = new Set(['architectures', 'operatingSystems']);

/** Parses catalog data. https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_RepositoryCatalogDataInput.html */
export function catalogOf(text: string): Parsed<CatalogData> {
  const remedy =
    'Give JSON, or the path of a file, with any of description (1,024 characters), aboutText and usageText (25,600 each), ' +
    'architectures and operatingSystems (lists of up to 50), logoImageBlob (base64).';
  const parsed = parseGivenJson(text, { problem: 'is no catalog data', remedy });
  if ('problem' in parsed) return parsed;
  const members = isRecord(parsed.value) ? Object.entries(parsed.value) : [];
  const wrong = members.find(([member, value]) =>
    lists.has(member)
      ? !isTexts(value)
      : typeof value !== 'string' || value.length > (maxCharacters.get(member) ?? -1),
  );
  if (members.length > 0 && wrong === undefined) return { value: Object.fromEntries(members) };
  return {
    problem:
      wrong === undefined ? 'is no catalog data' : `has '${wrong[0]}', which is unknown or out of bounds`,
    remedy,
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= 50 && value.every(each => typeof each === 'string');
}
