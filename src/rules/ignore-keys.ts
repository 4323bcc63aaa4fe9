import { closest, distance } from 'fastest-levenshtein';
import { platform as checkPlatform } from './check.ts';
import type { Objection } from './field.ts';

/** What an entry of the ignore file can say. */
export const keys = ['id', 'package', 'platform', 'reason', 'until', 'until-fixed'] as const;
export type Key = (typeof keys)[number];

/** What is wrong with a key's value. */
export function faultOf(key: Key, value: unknown): Objection | undefined {
  if (key === 'until-fixed') {
    return value === true
      ? undefined
      : because(key, value, 'is not true', 'Write `until-fixed: true`, or give `until`.');
  }
  if (typeof value !== 'string' || value.trim() === '') {
    return because(
      key,
      value,
      'is no text',
      'Give a text, in quotes where YAML would take it for something else.',
    );
  }
  if (key === 'until' && !isDay(value)) {
    return because(key, value, 'is no date', 'Give the last day on which it counts, such as 2026-12-31.');
  }
  const fault = key === 'platform' ? checkPlatform(value) : undefined;
  return fault && because(key, value, fault.problem, fault.remedy);
}

function because(key: Key, value: unknown, problem: string, remedy: string): Objection {
  return { problem: `has \`${key}: ${String(value)}\`, which ${problem}`, remedy };
}

/** A key that does not exist, with the nearest that does. */
export function unknownKey(name: string, known: readonly string[], allowed: string): Objection {
  const near = closest(name.toLowerCase(), [...known]);
  const guess = distance(name.toLowerCase(), near) <= 3 ? ` Did you mean \`${near}\`?` : '';
  return { problem: `has the key \`${name}\`, which does not exist`, remedy: `${allowed}${guess}` };
}

/** A day that is in the calendar: 2026-02-30 is not. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
