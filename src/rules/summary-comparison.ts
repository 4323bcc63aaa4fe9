import { sayComparison } from './comparison.ts';
import type { Comparison } from './comparison.ts';
import { code, details, escapeTags } from './markdown.ts';
import { rows, sayMore } from './summary-table.ts';

/** How many findings can be unfolded. */
const folded = 200;

/** What has become of the findings since the baseline. */
export function comparisonPart(comparison: Comparison | undefined): string[] {
  if (comparison === undefined) return [];
  const { baseline, added, gone, stayed } = comparison;
  if (baseline.kind === 'missing') {
    return [
      '#### Since the baseline',
      escapeTags(
        `There is no baseline ${code(baseline.name)}: every finding counts as new. ${baseline.reason}`,
      ),
    ];
  }
  const parts = [
    ['New', added],
    ['Gone', gone],
    ['Stayed', stayed],
  ] as const;
  return [
    '#### Since the baseline',
    `${sayComparison(comparison)}, ${code(baseline.digest.slice(0, 19))}`,
    ...parts
      .filter(([, findings]) => findings.length > 0)
      .map(([title, findings]) =>
        details(
          `${title}: ${findings.length}`,
          rows(findings.slice(0, folded)) + sayMore(findings.length - folded),
        ),
      ),
  ];
}
