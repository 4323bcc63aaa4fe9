import type { MountsSummary } from '../cache-mounts/plan.ts';
import { sayTimeSaved } from '../cache/cold-build-time.ts';
import type { TimeSaved } from '../cache/cold-build-time.ts';
import type { CacheUse } from '../docker/buildkit-progress.ts';
import type { Judgement } from '../gate/verdict.ts';
import type { ScanReport } from '../scan/report.ts';
import { code, details, escape, escapeTags, fence, fit, quote, table } from './markdown.ts';
import { gantt } from './mermaid.ts';
import type { Span } from './mermaid.ts';
import { findingsPart, upgradesPart } from './summary-findings.ts';

/** The facts of a run that the summary shows. A part is absent where the run did not get that far. */
export interface SummaryFacts {
  name: string;
  repository?: { uri: string; created: boolean; tagSetting: string };
  /** Where layers were cached. */
  layers?: { why: string; restoredBytes: number };
  mounts?: MountsSummary;
  image?: { ref: string; digest: string } & (
    { kind: 'built' } | { kind: 'reused'; by: 'commit' | 'content' } | { kind: 'found' } | { kind: 'joined' }
  );
  /** The build, whether or not its image was pushed. */
  build?: { cacheUse: CacheUse; saved?: TimeSaved };
  /** Why `reuse: content` could not compare the content. */
  whyNotCompared?: string;
  /** The tags on the image, without the repository. */
  tags: string[];
  withheld: string[];
  /** How the repository's settings differ from the inputs, as Markdown. */
  drift?: string[];
  report?: ScanReport;
  judgement?: Judgement;
  /** Why there is no judgement: a part of an image was pushed (`piece`), or there was nothing to do (`idle`). */
  ending?: 'piece' | 'idle';
  /** Why the run stopped. */
  failure?: string;
  /** The last lines of the program that failed. */
  lastLines?: string;
  cancelled?: boolean;
  steps: readonly Span[];
}

/** GitHub's limit for a step's summary in bytes. It drops a longer one as a whole. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
const MAX_SUMMARY_BYTES = 1_048_576;

/** The job summary as GitHub-flavoured Markdown, of at most `limit` bytes. */
export function summarize(facts: SummaryFacts, limit = MAX_SUMMARY_BYTES): string {
  const parts = [
    ...headline(facts),
    ...upgradesPart(facts.judgement),
    ...imagePart(facts),
    ...(facts.drift ?? []),
    ...findingsPart(facts.report, facts.judgement),
    ...stepsPart(facts.steps),
  ];
  return fit(parts, limit);
}

function headline({ name, failure, lastLines, cancelled, judgement, ending, image }: SummaryFacts): string[] {
  if (cancelled) return [`### ⏹️ ${escape(name)}: cancelled`];
  if (failure !== undefined) {
    const tail = lastLines ? ['The last lines of the build:', fence(lastLines)] : [];
    return [`### ❌ ${escape(name)}: failed`, fence(failure), ...tail];
  }
  if (judgement === undefined) {
    const pushed = `built, ${image ? 'pushed' : 'not pushed'}`;
    return [`### ✅ ${escape(name)}: ${ending === undefined ? pushed : endingTexts[ending]}`];
  }
  const { verdict } = judgement;
  const mark = { passed: '✅', blocked: '⛔', unscanned: '⚠️' }[verdict.kind];
  // Where findings block, the part about upgrades has the remedy.
  const remedy = verdict.kind === 'blocked' && judgement.blocking.length === 0 ? `\n\n${verdict.remedy}` : '';
  return [`### ${mark} ${escape(name)}: ${verdict.kind}`, quote(escapeTags(`${verdict.sentence}${remedy}`))];
}

const endingTexts = {
  piece: 'a piece was pushed, to be judged where `mode: merge` joins it',
  idle: 'nothing was pushed that could be judged',
} as const;

function imagePart(facts: SummaryFacts): string[] {
  const { repository, image, build, tags, withheld, report, whyNotCompared, layers, mounts } = facts;
  const rows = [
    tags.length > 0 ? ['Tags', tags.map(code).join(', ')] : [],
    withheld.length > 0 ? ['Withheld', `${withheld.map(code).join(', ')}: not released`] : [],
    repository
      ? [
          'Repository',
          `${code(repository.uri)}, ${repository.created ? '**created**' : 'existing'}, ${code(repository.tagSetting)}`,
        ]
      : [],
    build ? ['Build', sayBuild(build)] : [],
    image && image.kind !== 'built' ? ['Build', sayWhyNotBuilt(image)] : [],
    build && layers ? ['Layers', sayLayers(layers, build.cacheUse)] : [],
    mounts ? ['Cache mounts', sayMounts(mounts)] : [],
    whyNotCompared === undefined ? [] : ['Content', escape(`not compared, as ${whyNotCompared}`)],
    report?.kind === 'scanned' ? ['Scanned', report.platforms.map(code).join(', ')] : [],
  ].filter(row => row.length > 0);
  return [
    ...(image ? [fence(image.ref), fence(image.digest)] : []),
    rows.length > 0 ? table(['', ''], rows) : '',
    cachePart(build),
  ];
}

/** The steps of the Dockerfile. Their names come from the Dockerfile, so they are escaped. */
function cachePart(build: SummaryFacts['build']): string {
  if (build === undefined || build.cacheUse.each.length === 0) return '';
  // Steps that run in parallel begin in any order.
  const steps = build.cacheUse.each.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const rows = steps.map(({ name, isCached }) => [escape(name), isCached ? 'cached' : 'run']);
  return `<details><summary>Steps of the Dockerfile</summary>\n\n${table(['Step', ''], rows)}\n\n</details>`;
}

function sayLayers(
  { why, restoredBytes }: NonNullable<SummaryFacts['layers']>,
  { fetched, trouble }: CacheUse,
): string {
  const bytes = restoredBytes + fetched;
  const failed = trouble.map(({ way }) => `, **not ${way}**`).join('');
  return `${escapeTags(why)}${bytes > 0 ? `: ${megabytes(bytes)} restored` : ''}${failed}`;
}

function sayMounts({ ids, why, from, bytes }: MountsSummary): string {
  const filled = from === undefined ? 'nothing was saved of them yet' : `filled from ${code(from)}`;
  return `${ids.map(code).join(', ')} in ${escapeTags(why)}: ${filled}${bytes > 0 ? `, ${megabytes(bytes)} restored` : ''}`;
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function sayBuild({ cacheUse, saved }: NonNullable<SummaryFacts['build']>): string {
  return `${cacheUse.cached} of ${cacheUse.steps} steps were cached${saved ? `, ${sayTimeSaved(saved)}` : ''}`;
}

/** Why nothing was built. */
function sayWhyNotBuilt(image: Exclude<NonNullable<SummaryFacts['image']>, { kind: 'built' }>): string {
  switch (image.kind) {
    case 'reused':
      return reuseTexts[image.by];
    case 'joined':
      return 'none: other jobs built its platforms (`mode: build`)';
    case 'found':
      return 'none: this image was there (`mode: gate`)';
  }
}

const reuseTexts = {
  commit: 'not needed: this commit was built before from the same inputs',
  content: 'not needed: the same content was built before',
} as const;

function stepsPart(steps: SummaryFacts['steps']): string[] {
  if (steps.length === 0) return [];
  const rows = steps.map(({ title, duration }) => [title, `${(duration / 1000).toFixed(1)} s`]);
  return ['#### Steps', gantt(steps), details('Times', table(['Step', 'Time'], rows))];
}
