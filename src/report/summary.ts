import type { ToldMounts } from '../cache-mounts/plan.ts';
import { sayTimeSaved } from '../cache/cold-build-time.ts';
import type { TimeSaved } from '../cache/cold-build-time.ts';
import type { CacheUse } from '../docker/buildkit-progress.ts';
import type { Judgement } from '../gate/verdict.ts';
import type { ScanReport } from '../scan/report.ts';
import { code, details, escape, escapeTags, fence, fit, quote, table } from './markdown.ts';
import { gantt } from './mermaid.ts';
import type { Span } from './mermaid.ts';
import { findingsPart, wayOutPart } from './summary-findings.ts';

/** What became true during the run; a part is absent where the run did not come that far. */
export interface Facts {
  name: string;
  repository?: { uri: string; created: boolean; tagSetting: string };
  /** Where layers were kept. */
  layers?: { why: string; restoredBytes: number };
  mounts?: ToldMounts;
  image?: { ref: string; digest: string } & (
    { kind: 'built' } | { kind: 'reused'; by: 'commit' | 'content' } | { kind: 'found' } | { kind: 'joined' }
  );
  /** What was built, pushed or not. */
  build?: { cacheUse: CacheUse; saved?: TimeSaved };
  /** Why the content was not compared, where that was asked for. */
  uncompared?: string;
  /** Full tags, without the repository. */
  tags: string[];
  withheld: string[];
  /** How the repository differs from what was asked: parts of Markdown. */
  drift?: string[];
  report?: ScanReport;
  judgement?: Judgement;
  /** Why there is no judgement: a part of an image was pushed, or there was nothing to do. */
  ending?: 'piece' | 'idle';
  /** Why the run stopped. */
  failure?: string;
  /** The last lines of the program that failed. */
  lastLines?: string;
  cancelled?: boolean;
  steps: readonly Span[];
}

/** Bytes of a step's summary; a longer one is dropped whole. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
const MAX_SUMMARY_BYTES = 1_048_576;

/** The job summary as GitHub-flavoured Markdown. */
export function summarize(facts: Facts, limit = MAX_SUMMARY_BYTES): string {
  const parts = [
    ...headline(facts),
    ...wayOutPart(facts.judgement),
    ...imagePart(facts),
    ...(facts.drift ?? []),
    ...findingsPart(facts.report, facts.judgement),
    ...stepsPart(facts.steps),
  ];
  return fit(parts, limit);
}

function headline({ name, failure, lastLines, cancelled, judgement, ending, image }: Facts): string[] {
  if (cancelled) return [`### ⏹️ ${escape(name)}: cancelled`];
  if (failure !== undefined) {
    const said = lastLines ? ['The last lines of the build:', fence(lastLines)] : [];
    return [`### ❌ ${escape(name)}: failed`, fence(failure), ...said];
  }
  if (judgement === undefined) {
    const pushed = `built, ${image ? 'pushed' : 'not pushed'}`;
    return [`### ✅ ${escape(name)}: ${ending === undefined ? pushed : sayEnding[ending]}`];
  }
  const { verdict } = judgement;
  const mark = { passed: '✅', blocked: '⛔', unscanned: '⚠️' }[verdict.kind];
  // Where findings block, the part about the way out says more.
  const remedy = verdict.kind === 'blocked' && judgement.blocking.length === 0 ? `\n\n${verdict.remedy}` : '';
  return [`### ${mark} ${escape(name)}: ${verdict.kind}`, quote(escapeTags(`${verdict.sentence}${remedy}`))];
}

const sayEnding = {
  piece: 'a piece was pushed, to be judged where `mode: merge` joins it',
  idle: 'nothing was pushed that could be judged',
} as const;

function imagePart(facts: Facts): string[] {
  const { repository, image, build, tags, withheld, report, uncompared, layers, mounts } = facts;
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
    image && image.kind !== 'built' ? ['Build', sayNone(image)] : [],
    build && layers ? ['Layers', sayLayers(layers, build.cacheUse)] : [],
    mounts ? ['Cache mounts', sayMounts(mounts)] : [],
    uncompared === undefined ? [] : ['Content', escape(`not compared, as ${uncompared}`)],
    report?.kind === 'scanned' ? ['Scanned', report.platforms.map(code).join(', ')] : [],
  ].filter(row => row.length > 0);
  return [
    ...(image ? [fence(image.ref), fence(image.digest)] : []),
    rows.length > 0 ? table(['', ''], rows) : '',
    cachePart(build),
  ];
}

/** Names of steps are the Dockerfile's own words. */
function cachePart(build: Facts['build']): string {
  if (build === undefined || build.cacheUse.each.length === 0) return '';
  // Steps that run at once begin in any order.
  const steps = build.cacheUse.each.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const rows = steps.map(({ name, isCached }) => [escape(name), isCached ? 'cached' : 'run']);
  return `<details><summary>Steps of the Dockerfile</summary>\n\n${table(['Step', ''], rows)}\n\n</details>`;
}

function sayLayers(
  { why, restoredBytes }: NonNullable<Facts['layers']>,
  { fetched, trouble }: CacheUse,
): string {
  const bytes = restoredBytes + fetched;
  const failed = trouble.map(({ way }) => `, **not ${way}**`).join('');
  return `${escapeTags(why)}${bytes > 0 ? `: ${megabytes(bytes)} restored` : ''}${failed}`;
}

function sayMounts({ ids, why, from, bytes }: ToldMounts): string {
  const filled = from === undefined ? 'nothing was saved of them yet' : `filled from ${code(from)}`;
  return `${ids.map(code).join(', ')} in ${escapeTags(why)}: ${filled}${bytes > 0 ? `, ${megabytes(bytes)} restored` : ''}`;
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function sayBuild({ cacheUse, saved }: NonNullable<Facts['build']>): string {
  return `${cacheUse.cached} of ${cacheUse.steps} steps were cached${saved ? `, ${sayTimeSaved(saved)}` : ''}`;
}

/** Why nothing was built. */
function sayNone(image: Exclude<NonNullable<Facts['image']>, { kind: 'built' }>): string {
  switch (image.kind) {
    case 'reused':
      return sayReuse[image.by];
    case 'joined':
      return 'none: other jobs built its platforms (`mode: build`)';
    case 'found':
      return 'none: this image was there (`mode: gate`)';
  }
}

const sayReuse = {
  commit: 'not needed: this commit was built before from the same inputs',
  content: 'not needed: the same content was built before',
} as const;

function stepsPart(steps: Facts['steps']): string[] {
  if (steps.length === 0) return [];
  const rows = steps.map(({ title, duration }) => [title, `${(duration / 1000).toFixed(1)} s`]);
  return ['#### Steps', gantt(steps), details('Times', table(['Step', 'Time'], rows))];
}
