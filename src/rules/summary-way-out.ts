import type { Judgement } from './gate.ts';
import { sayRest, upgradesFor } from './remedy.ts';
import { named } from './summary-table.ts';

/** What would make it green. */
export function wayOutPart(judgement: Judgement | undefined): string[] {
  if (judgement?.verdict.kind !== 'blocked' || judgement.blocking.length === 0) return [];
  const { blocking } = judgement;
  const upgrades = upgradesFor(blocking);
  const left = blocking.length - upgrades.reduce((sum, { mends }) => sum + mends, 0);
  const lines = upgrades
    .slice(0, 20)
    .map(
      ({ package: name, to, mends }) =>
        `Upgrade **${named(name)}** to **${named(to)}**: fixes ${mends} of ${blocking.length}`,
    );
  const more = upgrades.length - lines.length;
  return [
    '#### What would make it green',
    [
      ...lines,
      ...(more > 0 ? [`and ${more} other upgrades`] : []),
      ...(left > 0 ? [sayRest(left, blocking.length)] : []),
    ]
      .map(line => `- ${line}`)
      .join('\n'),
  ];
}
