import { megabytes } from '../platform/job.ts';
import { code, details, gfm, joined, table, text } from './markdown.ts';
import type { Markdown } from './markdown.ts';

/** What came of the copy to one destination. */
export interface CopySummary {
  /** How the log calls the destination. */
  title: string;
  status: 'copied' | 'there' | 'failed';
  /** Those of the run's tags that the image has there. */
  tags: readonly string[];
  /** Bytes of blobs; absent where the copy failed before they were counted. */
  bytes?: {
    sent: number;
    /** Taken from another repository of that registry. */
    mounted: number;
    /** There already. */
    present: number;
  };
}

/** The copies of an image; it is copied nowhere where the gate has blocked it. */
export type CopiesSummary =
  { kind: 'blocked'; titles: readonly string[] } | { kind: 'done'; copies: readonly CopySummary[] };

/** Characters of a name. */
const MAX_NAME_LENGTH = 300;

const statusTexts = { copied: '✅ copied', there: '✅ there already', failed: '❌ failed' } as const;

/** The part of the summary about copies. */
export function copiesPart(summary: CopiesSummary | undefined): Markdown[] {
  if (summary === undefined) return [];
  if (summary.kind === 'blocked') {
    const names = joined(summary.titles.map(title => text(title, MAX_NAME_LENGTH)));
    return [gfm`⛔ The image is blocked, and was copied nowhere: ${names}.`];
  }
  const { copies } = summary;
  const rows = copies.map(({ title, status, tags, bytes }) => [
    text(title, MAX_NAME_LENGTH),
    statusTexts[status],
    joined(tags.map(tag => code(tag, MAX_NAME_LENGTH))),
    ...(bytes === undefined ? ['', '', ''] : [bytes.sent, bytes.mounted, bytes.present].map(megabytes)),
  ]);
  const lists = table(['Copied to', '', 'Tags', 'Sent', 'Mounted', 'There'], rows);
  const done = copies.filter(({ status }) => status !== 'failed').length;
  // A list that fills the screen hides what follows, unless something in it failed.
  return copies.length > 10 && done === copies.length
    ? [details(`Copied to ${copies.length} destinations`, lists)]
    : [lists];
}
