import type { Arg } from 'dockerfile-ast';
import { ownValue } from '../platform/own-value.ts';

interface ArgumentOptions {
  target: string | undefined;
  /** Values by name. */
  buildArgs: Record<string, string>;
  /** `os/architecture[/variant]` */
  platform: string;
  /** The platform that builds. */
  native: string;
}

/** An image that the Dockerfile and the build arguments do not determine. */
export class UnknownImage extends Error {}

/**
 * The values of the ARGs before the first FROM, and of the arguments that BuildKit sets.
 * @throws {UnknownImage} where a default value cannot be expanded.
 */
export function globalArguments(
  declared: Arg[],
  { buildArgs, platform, native, target }: ArgumentOptions,
): Map<string, string> {
  const values = new Map([
    ...platformValues('TARGET', platform),
    ...platformValues('BUILD', native),
    ['TARGETSTAGE', target ?? 'default'] as const,
  ]);
  for (const property of declared.flatMap(each => each.getProperties())) {
    const name = property.getName();
    const defaultValue = property.getValue();
    const value =
      ownValue(buildArgs, name) ??
      (defaultValue === null ? undefined : expandVariables(defaultValue, values));
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

function platformValues(prefix: 'TARGET' | 'BUILD', platform: string): [string, string][] {
  const [os = '', architecture = '', variant = ''] = platform.split('/');
  const values = { PLATFORM: platform, OS: os, ARCH: architecture, VARIANT: variant };
  return Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]);
}

/**
 * Replaces variables by their values.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 * @throws {UnknownImage} where the result is empty or has parts that these values do not determine.
 */
export function expandVariables(text: string, values: ReadonlyMap<string, string>): string {
  const innermost = /\$(?:(\w+)|\{(\w+)(?:(:?)([-+])([^${}]*))?\})/;
  let expanded = text;
  for (let match = innermost.exec(expanded); match !== null; match = innermost.exec(expanded)) {
    const [whole, plain, braced = plain ?? '', colon, operator, word = ''] = match;
    const value = values.get(braced);
    const isSet = value !== undefined && (colon !== ':' || value !== '');
    const replacement = operator === '+' ? (isSet ? word : '') : isSet ? value : operator === '-' ? word : '';
    expanded = expanded.replace(whole, () => replacement.replaceAll('$', ''));
  }
  if (expanded === '' || /[$\\{}]/.test(expanded)) {
    throw new UnknownImage(`which image '${text}' is can't be told in advance`);
  }
  return expanded;
}
