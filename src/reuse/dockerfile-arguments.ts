import type { Arg } from 'dockerfile-ast';

interface ArgumentOptions {
  target: string | undefined;
  /** Values by name. */
  buildArgs: Record<string, string>;
  /** `os/architecture[/variant]` */
  platform: string;
  /** The platform that builds. */
  native: string;
}

/** What cannot be told in advance. */
export class Unclear extends Error {}

/** The values of the ARGs before the first FROM, and those that BuildKit itself gives. */
export function globalsOf(
  declared: Arg[],
  { buildArgs, platform, native, target }: ArgumentOptions,
): Record<string, string> {
  const values: Record<string, string> = {
    ...platformValues('TARGET', platform),
    ...platformValues('BUILD', native),
    TARGETSTAGE: target ?? 'default',
  };
  for (const property of declared.flatMap(each => each.getProperties())) {
    const name = property.getName();
    const own = property.getValue();
    const value = buildArgs[name] ?? (own === null ? undefined : expand(own, values));
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function platformValues(prefix: 'TARGET' | 'BUILD', platform: string): Record<string, string> {
  const [os = '', architecture = '', variant = ''] = platform.split('/');
  const values = { PLATFORM: platform, OS: os, ARCH: architecture, VARIANT: variant };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}

/**
 * Puts values in.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 * @throws {Unclear} where something is left that these values do not tell.
 */
export function expand(text: string, values: Record<string, string>): string {
  const innermost = /\$(?:(\w+)|\{(\w+)(?:(:?)([-+])([^${}]*))?\})/;
  let expanded = text;
  for (let match = innermost.exec(expanded); match !== null; match = innermost.exec(expanded)) {
    const [whole, plain, braced = plain ?? '', colon, operator, word = ''] = match;
    const value = values[braced];
    const isThere = value !== undefined && (colon !== ':' || value !== '');
    const replacement =
      operator === '+' ? (isThere ? word : '') : isThere ? value : operator === '-' ? word : '';
    expanded = expanded.replace(whole, () => replacement.replaceAll('$', ''));
  }
  if (expanded === '' || /[$\\{}]/.test(expanded)) {
    throw new Unclear(`which image '${text}' is can't be told in advance`);
  }
  return expanded;
}
