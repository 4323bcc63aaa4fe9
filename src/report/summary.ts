import type { MountsSummary } from '../cache-mounts/plan.ts';
import { sayTimeSaved } from '../cache/cold-build-time.ts';
import type { TimeSaved } from '../cache/cold-build-time.ts';
import type { CacheUse } from '../docker/cache-use.ts';
import type { Judgement } from '../gate/verdict.ts';
import type { ScanReport } from '../scan/report.ts';
import { megabytes } from '../platform/job.ts';
import { copiesPart } from './copies-table.ts';
import type { CopiesSummary } from './copies-table.ts';
import { code, codeBlock, details, fit, joined, gfm, quote, sentence, table, text } from './markdown.ts';
import type { Markdown } from './markdown.ts';
import { gantt } from './mermaid.ts';
import type { Span } from './mermaid.ts';
import { replicasPart } from './replicas-table.ts';
import type { ReplicaEntry } from './replicas-table.ts';
import { findingsPart, upgradesPart } from './summary-findings.ts';

/** The facts of a run that the summary shows. A part is absent where the run did not get that far. */
export interface SummaryFacts {
  name: string;
  repository?: { uri: string; created: boolean; tagSetting: string };
  /** Where layers were cached. */
  layers?: { why: string; restoredBytes: number };
  mounts?: MountsSummary;
  image?: { ref: string; digest: string } & (
    | { kind: 'built' }
    | { kind: 'reused'; by: 'commit' | 'content' }
    | { kind: 'found' }
    | { kind: 'joined' }
    | { kind: 'copied'; isNew: boolean; from: string }
  );
  /** The build, whether or not its image was pushed. */
  build?: { cacheUse: CacheUse; saved?: TimeSaved };
  /** Why `reuse: content` could not compare the content. */
  whyNotCompared?: string;
  /** The tags on the image, without the repository. */
  tags: string[];
  withheld: string[];
  /** The registries that ECR replicates the image to. */
  replicas?: readonly ReplicaEntry[];
  /** How the repository's settings differ from the inputs, as Markdown. */
  drift?: Markdown[];
  report?: ScanReport;
  judgement?: Judgement;
  /** Where the image was copied to; absent where it is copied nowhere. */
  copies?: CopiesSummary;
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
export const MAX_SUMMARY_BYTES = 1_048_576;

/** How many names a row shows, and how many steps of the Dockerfile. */
const [MAX_NAMES, MAX_STEPS] = [50, 100];

/** Characters of the reason why a run stopped, so that a comment has room for it. */
const MAX_FAILURE_LENGTH = 20_000;

/** Characters of a name. */
const MAX_NAME_LENGTH = 300;

/** The job summary as GitHub-flavoured Markdown, of at most `limit` bytes. */
export function summarize(facts: SummaryFacts, limit = MAX_SUMMARY_BYTES): string {
  const parts = [
    ...headline(facts),
    ...upgradesPart(facts.judgement),
    ...imagePart(facts),
    ...copiesPart(facts.copies),
    ...replicasPart(facts.replicas),
    ...(facts.drift ?? []),
    ...findingsPart(facts.report, facts.judgement),
    ...stepsPart(facts.steps),
  ];
  return fit(parts, limit);
}

function headline({
  name,
  failure,
  lastLines,
  cancelled,
  judgement,
  ending,
  image,
}: SummaryFacts): Markdown[] {
  if (cancelled) return [gfm`### ⏹️ ${name}: cancelled`];
  if (failure !== undefined) {
    const tail = lastLines ? [gfm`The last lines of the build:`, codeBlock(lastLines)] : [];
    return [gfm`### ❌ ${name}: failed`, codeBlock(failure, { maxLength: MAX_FAILURE_LENGTH }), ...tail];
  }
  if (judgement === undefined) {
    const pushed = `built, ${image ? 'pushed' : 'not pushed'}`;
    return [gfm`### ✅ ${name}: ${sentence(ending === undefined ? pushed : endingTexts[ending])}`];
  }
  const { verdict } = judgement;
  const mark = { passed: '✅', blocked: '⛔', unscanned: '⚠️' }[verdict.kind];
  // Where findings block, the part about upgrades has the remedy.
  const remedy = verdict.kind === 'blocked' && judgement.blocking.length === 0 ? [verdict.remedy] : [];
  return [
    gfm`### ${mark} ${name}: ${verdict.kind}`,
    quote([verdict.sentence, ...remedy].map(paragraph => sentence(paragraph))),
  ];
}

const endingTexts = {
  piece: 'a piece was pushed, to be judged where `mode: merge` joins it',
  idle: 'nothing was pushed that could be judged',
} as const;

function imagePart(facts: SummaryFacts): Markdown[] {
  const { repository, image, build, tags, withheld, report, whyNotCompared, layers, mounts } = facts;
  const rows = [
    tags.length > 0 ? ['Tags', codes(tags)] : [],
    withheld.length > 0 ? ['Withheld', gfm`${codes(withheld)}: not released`] : [],
    repository
      ? [
          'Repository',
          gfm`${code(repository.uri)}, ${
            repository.created ? gfm`**created**` : 'existing'
          }, ${code(repository.tagSetting)}`,
        ]
      : [],
    build ? ['Build', sayBuild(build)] : [],
    image?.kind === 'copied' ? ['Copied from', sayOrigin(image)] : [],
    image && image.kind !== 'built' && image.kind !== 'copied'
      ? ['Build', sentence(build ? overtaken : sayWhyNotBuilt(image))]
      : [],
    build && layers ? ['Layers', sayLayers(layers, build.cacheUse)] : [],
    mounts ? ['Cache mounts', sayMounts(mounts)] : [],
    whyNotCompared === undefined ? [] : ['Content', text(`not compared, as ${whyNotCompared}`)],
    report?.kind === 'scanned' ? ['Scanned', codes(report.platforms)] : [],
  ].filter(row => row.length > 0);
  return [
    ...(image ? [codeBlock(image.ref), codeBlock(image.digest)] : []),
    ...(rows.length > 0 ? [table(['', ''], rows)] : []),
    ...cachePart(build),
  ];
}

/** Names as code; those after the first {@link MAX_NAMES} are only counted, so that they cannot fill a comment. */
function codes(names: readonly string[]): Markdown {
  const shown = joined(names.slice(0, MAX_NAMES).map(each => code(each, MAX_NAME_LENGTH)));
  return names.length > MAX_NAMES ? gfm`${shown} and ${names.length - MAX_NAMES} more` : shown;
}

/** The steps of the Dockerfile, by the names that the Dockerfile gives them. */
function cachePart(build: SummaryFacts['build']): Markdown[] {
  if (build === undefined || build.cacheUse.each.length === 0) return [];
  // Steps that run in parallel begin in any order.
  const steps = build.cacheUse.each.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const rows = steps
    .slice(0, MAX_STEPS)
    .map(({ name, isCached }) => [text(name, MAX_NAME_LENGTH), isCached ? 'cached' : 'run']);
  const more = steps.length - rows.length;
  const note = more > 0 ? gfm`\n\n… and ${more} more` : gfm``;
  return [details('Steps of the Dockerfile', gfm`${table(['Step', ''], rows)}${note}`)];
}

function sayLayers(
  { why, restoredBytes }: NonNullable<SummaryFacts['layers']>,
  { fetched, trouble }: CacheUse,
): Markdown {
  const bytes = restoredBytes + fetched;
  const failed = joined(
    trouble.map(({ way }) => gfm`, **not ${way}**`),
    '',
  );
  return gfm`${sentence(why)}${bytes > 0 ? `: ${megabytes(bytes)} restored` : ''}${failed}`;
}

function sayMounts({ ids, why, from, bytes }: MountsSummary): Markdown {
  const filled = from === undefined ? 'nothing was saved of them yet' : gfm`filled from ${code(from)}`;
  return gfm`${codes(ids)} in ${sentence(why)}: ${filled}${bytes > 0 ? `, ${megabytes(bytes)} restored` : ''}`;
}

function sayBuild({ cacheUse, saved }: NonNullable<SummaryFacts['build']>): string {
  return `${cacheUse.cached} of ${cacheUse.steps} steps were cached${saved ? `, ${sayTimeSaved(saved)}` : ''}`;
}

function sayOrigin({ from, isNew }: { from: string; isNew: boolean }): Markdown {
  return isNew ? code(from) : gfm`${code(from)}: all of it was there already`;
}

/** Why nothing was built. */
function sayWhyNotBuilt(
  image: Exclude<NonNullable<SummaryFacts['image']>, { kind: 'built' | 'copied' }>,
): string {
  switch (image.kind) {
    case 'reused':
      return reuseTexts[image.by];
    case 'joined':
      return 'none: other jobs built its platforms (`mode: build`)';
    case 'found':
      return 'none: this image was there (`mode: gate`)';
  }
}

/** What is said of a run that has built an image, and then taken that to which another job moved the commit's tag. */
const overtaken = 'another job pushed this commit later, from the same inputs: its image was taken';

const reuseTexts = {
  commit: 'not needed: this commit was built before from the same inputs',
  content: 'not needed: the same content was built before',
} as const;

function stepsPart(steps: SummaryFacts['steps']): Markdown[] {
  if (steps.length === 0) return [];
  const rows = steps.map(({ title, duration }) => [title, `${(duration / 1000).toFixed(1)} s`]);
  return [gfm`#### Steps`, gantt(steps), details('Times', table(['Step', 'Time'], rows))];
}
