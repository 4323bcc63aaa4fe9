/**
 * The value of a name that somebody else chose; `undefined` where the record has none. Reading it as a member would also give what
 * every object inherits, such as `constructor`.
 */
export function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
