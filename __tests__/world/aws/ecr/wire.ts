/** An answer as JSON 1.1 writes it: dates are seconds since the epoch, and what is undefined is left out. */
export function toJson(answer: object): string {
  return JSON.stringify(withoutDates(answer));
}

function withoutDates(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withoutDates);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutDates(member)]));
}
