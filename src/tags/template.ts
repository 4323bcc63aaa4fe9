import { parseChoice } from '../validation/parsers.ts';
import type { Parsed } from '../validation/parsers.ts';

/** An expression such as `{{name}}` or `{{date 'YYYYMMDD' tz='Asia/Tokyo'}}`. */
export interface Expression {
  name: string;
  /** Whether `&` becomes `&amp;`, as in Handlebars, which docker/metadata-action uses; not within three braces. */
  escaped: boolean;
  format?: string;
  zone?: string;
}

/** Text with expressions in it. */
export type Template = (string | Expression)[];

/** The names that docker/metadata-action calls its global expressions. */
export const globalNames = [
  'branch',
  'tag',
  'sha',
  'base_ref',
  'is_default_branch',
  'is_not_default_branch',
  'date',
  'commit_date',
] as const;

/** The global expressions that take a format. */
export const dateNames = ['date', 'commit_date'] as const;

/**
 * Parses a template that may use these names. It supports the part of Handlebars that tags need. Handlebars itself takes longer
 * to load than the rest of the step, compiles templates to code, and does not report unknown names.
 */
export function parseTemplate(text: string, names: readonly string[]): Parsed<Template> {
  const template: Template = [];
  let position = 0;
  for (const match of text.matchAll(/(\\)?(?:\{\{\{([^{}]*)\}\}\}|\{\{([^{}]*)\}\})/g)) {
    const [whole, backslash, tripleBraced, doubleBraced = ''] = match;
    template.push(text.slice(position, match.index));
    position = match.index + whole.length;
    if (backslash !== undefined) {
      template.push(whole.slice(1));
      continue;
    }
    const expression = parseExpression(tripleBraced ?? doubleBraced, {
      names,
      escaped: tripleBraced === undefined,
    });
    if (!('value' in expression)) return expression;
    template.push(expression.value);
  }
  template.push(text.slice(position));
  const isUnclosed = template.some(
    (part, index) => typeof part === 'string' && index % 2 === 0 && part.includes('{{'),
  );
  if (isUnclosed) return { problem: "has a '{{' that is not closed", remedy: 'End each expression with }}.' };
  return { value: template.filter(part => part !== '') };
}

function parseExpression(
  text: string,
  { names, escaped }: { names: readonly string[]; escaped: boolean },
): Parsed<Expression> {
  const [, unescaped, name = '', rest = ''] = /^(&)?\s*(\S*)\s*(.*?)\s*$/s.exec(text) ?? [];
  const known = parseChoice(name, names);
  if (!('value' in known)) {
    return { problem: `has {{${text.trim()}}}, which is not known here`, remedy: known.remedy };
  }
  const expression = { name: known.value, escaped: escaped && unescaped === undefined };
  const takesFormat = dateNames.some(each => each === known.value);
  const [, format, zone] = dateArguments.exec(rest)?.map(unquote) ?? [];
  if (takesFormat ? format === undefined : rest !== '') {
    return {
      problem: `has {{${text.trim()}}}, which cannot be read`,
      remedy: takesFormat
        ? `Write {{${known.value} 'YYYYMMDD'}}, or {{${known.value} 'YYYYMMDD' tz='Europe/Berlin'}}.`
        : `Write {{${known.value}}} alone.`,
    };
  }
  if (zone !== undefined && !isZone(zone)) {
    const near = parseChoice(zone, Intl.supportedValuesOf('timeZone'));
    const guess = 'remedy' in near ? (/ Did you mean '.*'\?$/.exec(near.remedy)?.[0] ?? '') : '';
    return {
      problem: `has the time zone '${zone}', which is not known`,
      remedy: `Allowed: such as Europe/Berlin.${guess}`,
    };
  }
  return {
    value: { ...expression, ...(format !== undefined && { format }), ...(zone !== undefined && { zone }) },
  };
}

/** A format in quotes, and the zone of `tz=` where it is given. In quotes a backslash stands before the same quote. */
const quoted = String.raw`"(?:\\"|[^"])*"|'(?:\\'|[^'])*'`;
const dateArguments = new RegExp(`^(${quoted})(?:\\s+tz\\s*=\\s*(${quoted}))?$`);

/** https://handlebarsjs.com/guide/expressions.html#literal-segments */
function unquote(text: string | undefined): string | undefined {
  return text?.slice(1, -1).replaceAll(/\\(["'])/g, '$1');
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

/** The text of a template in which `valueOf` gives the value of each expression. */
export function render(template: Template, valueOf: (expression: Expression) => string): string {
  return template
    .map(part => {
      if (typeof part === 'string') return part;
      return part.escaped ? escape(valueOf(part)) : valueOf(part);
    })
    .join('');
}

/** https://handlebarsjs.com/guide/#html-escaping */
function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#x27;',
    '`': '&#x60;',
    '=': '&#x3D;',
  };
  return text.replaceAll(/[&<>"'`=]/g, each => entities[each] ?? each);
}

/** Whether a template has no expressions. */
export function isPlain(template: Template): boolean {
  return template.every(part => typeof part === 'string');
}
