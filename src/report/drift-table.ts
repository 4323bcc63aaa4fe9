import { sayDiffering } from '../repository/drift.ts';
import type { Drift } from '../repository/drift.ts';
import type { OnDrift } from '../repository/plan.ts';
import { code, escape, fence, table } from './markdown.ts';

/** The settings that differ and what happens to each, as parts of the summary in GitHub-flavoured Markdown. */
export function describeDrift(drift: readonly Drift[], onDrift: OnDrift): string[] {
  if (drift.length === 0) return [];
  const rows = drift.map(each => [
    each.setting.split(' and ').map(code).join(' and '),
    escape(each.asked),
    escape(each.found),
    sayOutcome(each, onDrift),
  ]);
  const documents = drift.flatMap(({ setting, document }) =>
    document === undefined
      ? []
      : [
          `<details><summary><code>${setting}</code> as it was found</summary>\n\n${fence(indent(document))}\n\n</details>`,
        ],
  );
  return [
    `#### ${sayDiffering(drift)}`,
    table(['Setting', 'Asked', 'Found', 'Outcome'], rows),
    ...(onDrift === 'reconcile' ? [] : ['`on-drift: reconcile` changes what can be changed.']),
    ...documents,
  ];
}

function sayOutcome({ setting, whyUnchangeable }: Drift, onDrift: OnDrift): string {
  if (whyUnchangeable !== undefined) return `left as it is: ${escape(whyUnchangeable)}`;
  if (onDrift !== 'reconcile') return 'left as it is';
  return setting === 'lifecycle-policy'
    ? 'put last, once a preview has shown it safe'
    : 'to be changed to what was asked';
}

function indent(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}
