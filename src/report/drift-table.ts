import { sayDiffering } from '../repository/drift.ts';
import type { Drift } from '../repository/drift.ts';
import type { OnDrift } from '../repository/plan.ts';
import { code, codeBlock, details, joined, gfm, sentence, table } from './markdown.ts';
import type { Markdown } from './markdown.ts';

/** The settings that differ and what happens to each, as parts of the summary in GitHub-flavoured Markdown. */
export function describeDrift(drift: readonly Drift[], onDrift: OnDrift): Markdown[] {
  if (drift.length === 0) return [];
  const rows = drift.map(each => [
    joined(
      each.setting.split(' and ').map(setting => code(setting)),
      ' and ',
    ),
    each.asked,
    each.found,
    sayOutcome(each, onDrift),
  ]);
  const documents = drift.flatMap(({ setting, document }) =>
    document === undefined ? [] : [details(`\`${setting}\` as it was found`, codeBlock(indent(document)))],
  );
  return [
    gfm`#### ${sayDiffering(drift)}`,
    table(['Setting', 'Asked', 'Found', 'Outcome'], rows),
    ...(onDrift === 'reconcile' ? [] : [sentence('`on-drift: reconcile` changes what can be changed.')]),
    ...documents,
  ];
}

function sayOutcome({ setting, whyUnchangeable }: Drift, onDrift: OnDrift): string | Markdown {
  if (whyUnchangeable !== undefined) return sentence(`left as it is: ${whyUnchangeable}`);
  if (onDrift !== 'reconcile') return 'left as it is';
  return setting === 'lifecycle-policy'
    ? 'put last, once a preview has shown it safe'
    : 'to be changed to what was asked';
}

function indent(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}
