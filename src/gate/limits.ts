import { condemned, severities } from '../scan/severity.ts';
import type { Consequence, Lenience } from '../scan/inputs.ts';
import type { Severity, Threshold } from '../scan/severity.ts';

/** How many findings of a severity may pass; of one that has no limit any number does. */
export type Limits = Partial<Record<Severity, number>>;

/** Whether findings that the baseline has too can block. */
export const scopes = ['all', 'new'] as const;

/** What the inputs say of what blocks. */
export interface Rules {
  failOn: Threshold;
  /** `max-critical`, `max-high`, …: each stands for its own severity in the place of `fail-on`. */
  max: Limits;
  /** Leave out findings that no version mends yet. */
  ignoreUnfixed: boolean;
  /** Block each finding for which an exploit is known, whatever its severity. */
  failOnExploitable: boolean;
  scope: (typeof scopes)[number];
}

/** `fail-on` lets none of its severity and above pass; a `max-…` has the last word on its own. */
export function limitsOf({ failOn, max }: Pick<Rules, 'failOn' | 'max'>): Limits {
  return { ...Object.fromEntries(condemned(failOn).map(severity => [severity, 0])), ...max };
}

/** Whether a scan could block at all. */
export function canBlock(rules: Pick<Rules, 'failOn' | 'max' | 'failOnExploitable'>): boolean {
  return rules.failOnExploitable || Object.keys(limitsOf(rules)).length > 0;
}

/** What the inputs say about images without a scan, as far as it holds: where nothing can block, nothing that is missing can. */
export function lenienceOf({
  onTimeout,
  onUnscannable,
  ...rules
}: Pick<Rules, 'failOn' | 'max' | 'failOnExploitable'> & Lenience): Lenience {
  const held = (chosen: Consequence): Consequence =>
    chosen === 'fail' && !canBlock(rules) ? 'warn' : chosen;
  return { onTimeout: held(onTimeout), onUnscannable: held(onUnscannable) };
}

/** "0 critical, 5 high": what may pass at most. */
export function sayLimits(limits: Limits): string {
  const said = severities.flatMap(each => (limits[each] === undefined ? [] : [`${limits[each]} ${each}`]));
  return said.length > 0 ? `at most ${said.join(', ')}` : 'everything';
}

/** "threshold: high, at most 5 medium": the rules as the verdict tells them. */
export function sayRules(rules: Rules): string {
  const { failOn, max, failOnExploitable, ignoreUnfixed, scope } = rules;
  const own = severities.flatMap(each => (max[each] === undefined ? [] : [`at most ${max[each]} ${each}`]));
  return [
    ...(failOn === 'none' ? [] : [`threshold: ${failOn}`]),
    ...own,
    ...(failOnExploitable ? ['nothing with a known exploit'] : []),
    ...(canBlock(rules) ? [] : ['nothing blocks']),
    ...(ignoreUnfixed ? ['unfixed ones left out'] : []),
    ...(scope === 'new' ? ['new ones only'] : []),
  ].join(', ');
}
