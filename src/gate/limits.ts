import type { Consequence, Lenience } from '../scan/inputs.ts';
import { severitiesFailing, severities } from '../scan/severity.ts';
import type { Severity, Threshold } from '../scan/severity.ts';

/** How many findings of each severity may pass. A severity without a limit never blocks. */
export type Limits = Partial<Record<Severity, number>>;

/** The values of `gate`: judge all findings, or only those that the baseline does not have. */
export const scopes = ['all', 'new'] as const;

/** The inputs that decide what blocks. */
export interface Rules {
  failOn: Threshold;
  /** `max-critical`, `max-high`, …: each replaces `fail-on` for its severity. */
  max: Limits;
  /** Ignore findings that no version fixes yet. */
  ignoreUnfixed: boolean;
  /** Block each finding for which an exploit is known, whatever its severity. */
  failOnExploitable: boolean;
  scope: (typeof scopes)[number];
}

/** The limits of the rules: 0 for the severity of `fail-on` and above, unless a `max-…` sets another limit. */
export function limitsOf({ failOn, max }: Pick<Rules, 'failOn' | 'max'>): Limits {
  return { ...Object.fromEntries(severitiesFailing(failOn).map(severity => [severity, 0])), ...max };
}

/** Whether these rules can block any image. */
export function canBlock(rules: Pick<Rules, 'failOn' | 'max' | 'failOnExploitable'>): boolean {
  return rules.failOnExploitable || Object.keys(limitsOf(rules)).length > 0;
}

/** The consequences of a missing scan. Where the rules can block nothing, a missing scan warns instead of failing. */
export function effectiveLenience({
  onTimeout,
  onUnscannable,
  ...rules
}: Pick<Rules, 'failOn' | 'max' | 'failOnExploitable'> & Lenience): Lenience {
  const effective = (chosen: Consequence): Consequence =>
    chosen === 'fail' && !canBlock(rules) ? 'warn' : chosen;
  return { onTimeout: effective(onTimeout), onUnscannable: effective(onUnscannable) };
}

/** The limits as text, such as "at most 0 critical, 5 high". */
export function sayLimits(limits: Limits): string {
  const parts = severities.flatMap(each => (limits[each] === undefined ? [] : [`${limits[each]} ${each}`]));
  return parts.length > 0 ? `at most ${parts.join(', ')}` : 'everything';
}

/** The rules as the verdict shows them, such as "threshold: high, at most 5 medium". */
export function sayRules(rules: Rules): string {
  const { failOn, max, failOnExploitable, ignoreUnfixed, scope } = rules;
  const maxTexts = severities.flatMap(each =>
    max[each] === undefined ? [] : [`at most ${max[each]} ${each}`],
  );
  return [
    ...(failOn === 'none' ? [] : [`threshold: ${failOn}`]),
    ...maxTexts,
    ...(failOnExploitable ? ['nothing with a known exploit'] : []),
    ...(canBlock(rules) ? [] : ['nothing blocks']),
    ...(ignoreUnfixed ? ['unfixed ones left out'] : []),
    ...(scope === 'new' ? ['new ones only'] : []),
  ].join(', ');
}
